#!/bin/sh
# smoketest.sh: check a booted image; any FAIL line blocks shipping.
set -eu

usage() {
  cat <<'USAGE'
usage: ssh root@ADDRESS 'sh -s' < iso/builder/smoketest.sh
       ssh root@ADDRESS 'sh -s -- --gpus 8' < iso/builder/smoketest.sh

Checks the live system it runs on and prints a line per check: PASS, FAIL, SKIP
(does not apply to this machine) or INFO. Exit status 0: no check failed.
--gpus N is the number of NVIDIA GPUs the machine was sold with; without it as
many are expected as the PCI bus shows. On the machine itself: bee-smoketest.
USAGE
}

FAILED=0

result() { # 0|other TEXT
  if [ "$1" = 0 ]; then
    echo "PASS  $2"
  else
    echo "FAIL  $2"
    FAILED=$((FAILED + 1))
  fi
}

# check TEXT COMMAND...
check() {
  text=$1
  shift
  status=0
  "$@" >/dev/null 2>&1 || status=1
  result "$status" "$text"
}

gpus_on_bus() {
  count=0
  for device in /sys/bus/pci/devices/*; do
    case $(cat "$device/vendor" 2>/dev/null) in 0x10de) ;; *) continue ;; esac
    case $(cat "$device/class") in 0x03*) count=$((count + 1)) ;; esac
  done
  echo "$count"
}

# SSH answers minutes before the audit ends. As long as bee-run may take.
wait_for_audit() {
  seconds=900
  while rc-service bee-audit status 2>/dev/null | grep -q starting && [ "$seconds" -gt 0 ]; do
    [ "$seconds" != 900 ] || echo "INFO  the audit is still running: waiting for it"
    sleep 1
    seconds=$((seconds - 1))
  done
}

check_services() {
  for service in bee-sshsetup dropbear bee-network bee-nvidia bee-audit; do
    check "service $service is started" rc-service "$service" status
  done
  check "SSH listens on port 22" listens 22
  others=$(listeners | grep -v '^22$' | tr '\n' ' ')
  [ -z "$others" ] && status=0 || status=1
  result "$status" "nothing else listens${others:+: port $others}"
}

# TCP from anywhere; the DHCP client's raw sockets are not in the list.
listeners() {
  netstat -lnt | sed -n 's/^tcp.*:\([0-9]*\) .*LISTEN.*/\1/p' | sort -un
}

listens() { # PORT
  listeners | grep -qx "$1"
}

check_tools() {
  for tool in dmidecode smartctl nvme mdadm lspci ipmitool lsblk ethtool qrencode jq scp; do
    check "$tool is on the image" command -v "$tool"
  done
  case $(uname -m) in
    aarch64) loader=/lib/ld-linux-aarch64.so.1 ;;
    *) loader=/lib64/ld-linux-x86-64.so.2 ;;
  esac
  check "glibc programs have their loader (gcompat)" test -e "$loader"
  check_vendor
}

# What bee-release says was put on the image: a program that does not start there
# would be missed only when a controller of its kind is in the machine.
check_vendor() {
  programs=$(sed -n 's/^VENDOR_PROGRAMS="\(.*\)"/\1/p' /etc/bee-release 2>/dev/null)
  for program in $programs; do
    # shellcheck disable=SC2046 # none or one argument
    said=$(timeout 30 "$program" $(version_question "$program") 2>&1 </dev/null) && status=0 || status=$?
    if [ "$status" -ge 124 ]; then
      result 1 "vendor program $program does not start: status $status, $(echo "$said" | head -n 1)"
    else
      version=$(echo "$said" | version_in "$program")
      result 0 "vendor program $program starts${version:+: version $version}"
    fi
  done
}

# Without a controller they end with a status of their own; 124 and above are
# the shell's and timeout's: it hung, cannot be run, or crashed.
version_question() { # PROGRAM
  case $1 in
    storcli* | perccli*) echo -v ;;
    sas2ircu | sas3ircu) echo LIST ;;
    ssacli) echo version ;;
    mstflint) echo --version ;;
    gpu_burn) echo -h ;;
    # "arcconf version" is of the controllers' firmware; its banner names its own.
    *) ;;
  esac
}

version_in() { # PROGRAM
  sed -nE "s/.*([Vv]er|[Vv]ersion:?|$1,? $1) +v?([0-9][0-9.]*[0-9]).*/\2/p" | head -n 1
}

check_audit() {
  check "the audit left a report" test -s "$REPORT"
  check "the report is a bee.audit/1 document" jq -e '.schema == "bee.audit/1"' "$REPORT"
  verdict=$(jq -r '.summary.health // "unknown"' "$REPORT" 2>/dev/null) || verdict=unknown
  unjudged=$(jq -r '[.summary.unjudged[]? | if type == "object" then (.what // .component // .name // tojson) else tostring end] | join(", ")' "$REPORT" 2>/dev/null) || unjudged=
  echo "INFO  verdict on this machine: ${verdict:-unknown}${unjudged:+; not judged: $unjudged}"
  echo "INFO  report of $(jq -r '.collected_at // "?"' "$REPORT" 2>/dev/null), machine $(jq -r '.system.serial // "without serial"' "$REPORT" 2>/dev/null)"
  echo "INFO  collectors that did not read all: $(jq -r '[.collectors[]? | select(.status != "ok") | .name + " " + .status] | join(", ")' "$REPORT" 2>/dev/null)"
}

check_nvidia() {
  if [ ! -e /usr/local/lib/nvidia/nvidia.ko ]; then
    [ "$GPUS" = 0 ] && status=0 || status=1
    result "$status" "no NVIDIA driver on the image, $GPUS GPUs expected"
    return
  fi
  for library in libnvidia-ml libcuda; do
    check "link /usr/lib/$library.so.1 leads to a library" test -f "/usr/lib/$library.so.1"
  done
  if [ "$GPUS" = 0 ]; then
    echo "SKIP  NVIDIA modules, nvidia-smi, enrichment: no NVIDIA GPU in this machine"
    return
  fi
  for module in nvidia nvidia_modeset nvidia_uvm; do
    check "module $module is loaded" test -d "/sys/module/$module"
  done
  seen=$(nvidia-smi -L 2>/dev/null | grep -c '^GPU ') || true
  [ "$seen" = "$GPUS" ] && status=0 || status=1
  result "$status" "nvidia-smi sees all GPUs: $seen of $GPUS"
  told=$(jq '[.gpus[]? | select(.driver // "" != "")] | length' "$REPORT" 2>/dev/null) || told=none
  [ "$told" = "$GPUS" ] && status=0 || status=1
  result "$status" "the report has NVIDIA's data of all GPUs: $told of $GPUS"
}

# SMBIOS type 38 is the BMC's interface; without the device nodes its inventory
# and sensors are missing from the report.
bmc_answers() {
  [ -z "$(find /sys/firmware/dmi/entries -maxdepth 1 -name '38-*' 2>/dev/null)" ] || [ -c /dev/ipmi0 ]
}

# The image works without; a machine that reaches the internet is worth a look.
tell_network() {
  if ip route show default 2>/dev/null | grep -q . && ping -c 1 -W 2 1.1.1.1 >/dev/null 2>&1; then
    echo "INFO  internet: reachable from this network"
  else
    echo "INFO  internet: not reachable, as designed"
  fi
}

tell_release() {
  check "the image says what it was built from (/etc/bee-release)" test -s /etc/bee-release
  sed 's/^/INFO  /' /etc/bee-release 2>/dev/null || true
}

main() {
  REPORT=/var/log/bee-audit.json
  GPUS=$(gpus_on_bus)
  case ${1-} in
    -h | --help) usage && exit 0 ;;
    --gpus) GPUS=${2:?--gpus wants a number} ;;
    '') ;;
    *) usage >&2 && exit 2 ;;
  esac
  tell_release
  wait_for_audit
  check_services
  check_tools
  check_audit
  check_nvidia
  check "a BMC that firmware tells of answers to the system (/dev/ipmi0)" bmc_answers
  tell_network
  if [ "$FAILED" != 0 ]; then
    echo "$FAILED FAILED: do not ship"
    exit 1
  fi
  echo "all required checks pass"
}

main "$@"
