#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# record.sh: record the emulated hosts ../hosts/qemu-* anew.
set -eu

usage() {
  cat <<'USAGE'
usage: record.sh [SUITE]...

Records the emulated hosts testdata/hosts/qemu-SUITE anew: for the suites
bullseye, bookworm, bookworm-backports, trixie and sid, or for those named. Run
it after a change to what a collector runs or reads; then read "git diff
testdata/hosts".

QEMU emulates one server (machine.sh, firmware/) and boots once. In it, audit
-record runs with the tools of each suite. A capture takes the place of the old
one only if everything answered in time, and renews the host's source.json,
report.json, differences.txt and summary.txt; then the tests of testdata/hosts run.

It takes about three minutes on two idle cores, and 250 MB of downloads the
first time. Needs Go, apt, dpkg and a Debian mirror in apt's configuration
(tools/fetch.sh), on linux/amd64, but not root: QEMU and the kernel are
bookworm's, unpacked and not installed.

environment:
  BEE_ZOO    QEMU, the kernel and the last run's files  (~/.cache/bee-zoo)
  BEE_TOOLS  the suites' tools                          (~/.cache/bee-tools)
USAGE
}

tool_packages='dmidecode smartmontools nvme-cli pciutils pci.ids ipmitool util-linux ethtool udev busybox-static libc-bin dash'
lab_packages='qemu-system-x86 ipxe-qemu seabios linux-image-amd64 kmod cpio busybox-static'

# The drivers of machine.sh's devices, and what tools open.
modules='virtio_pci 9pnet_virtio 9p nvme ahci sd_mod sr_mod virtio_scsi virtio_blk megaraid_sas sym53c8xx
  xhci_pci usb_storage e1000e virtio_net ipmi_si ipmi_devintf sg i2c_i801 dmi_sysfs af_packet loop'

here=$(cd "$(dirname "$0")" && pwd)
testdata=$(dirname "$here")
caches=${XDG_CACHE_HOME:-$HOME/.cache}
# shellcheck source=testdata/zoo/machine.sh
. "$here/machine.sh"

# lay_out finds the folders. Only one run at a time may use them.
lay_out() {
  mkdir -p "${BEE_ZOO:=$caches/bee-zoo}" "${BEE_TOOLS:=$caches/bee-tools}"
  zoo=$(cd "$BEE_ZOO" && pwd)
  tools=$(cd "$BEE_TOOLS" && pwd)
  run=$zoo/run
  exec 8>"$zoo/lock"
  flock -n 8 || die "another record.sh is at work in $zoo: wait for it, or name another folder with BEE_ZOO"
}

say() {
  echo "record.sh: $*"
}

die() {
  echo "record.sh: $*" >&2
  exit 1
}

# fetch_lab gets the programs that make and run the emulated server.
fetch_lab() {
  say "QEMU and a kernel"
  # shellcheck disable=SC2086 # a list of names
  lab=$(BEE_TOOLS=$zoo/lab sh "$testdata/tools/fetch.sh" bookworm $lab_packages)
  for kernel in "$lab"/boot/vmlinuz-*; do
    release=${kernel##*/vmlinuz-}
  done
  [ -e "$lab/lib/modules/$release/modules.dep" ] || lab depmod -b "$lab" "$release"
}

# lab PROGRAM [ARG...] runs a program that fetch_lab got.
lab() {
  sh "$testdata/tools/run.sh" "$lab" "$@"
}

emulate() { # OPTION...
  QEMU_MODULE_DIR=$lab/usr/lib/x86_64-linux-gnu/qemu \
    timeout --foreground 40m sh "$testdata/tools/run.sh" "$lab" qemu-system-x86_64 "$@"
}

fetch_tools() { # SUITE
  say "tools of $1"
  # shellcheck disable=SC2086 # a list of names
  BEE_TOOLS=$tools sh "$testdata/tools/fetch.sh" "$1" $tool_packages >/dev/null
}

# make_run lays out the folder that QEMU runs in.
make_run() { # SUITE...
  say "firmware, audit and initramfs"
  rm -rf "$run"
  mkdir -p "$run/out/hosts" "$run/disks"
  ln -s "$tools" "$run/tools"
  cp "$kernel" "$run/vmlinuz"
  (cd "$testdata" && go run ./zoo/firmware "$run/firmware")
  (cd "$testdata/.." && CGO_ENABLED=0 GOOS=linux GOARCH=amd64 go build -o "$run/out/audit" ./cmd/audit)
  cp "$run/firmware/readings" "$run/out/"
  printf '%s\n' "$@" >"$run/out/suites"
  make_initramfs
}

# make_initramfs packs a system of busybox, guest.sh and the modules, which are
# listed in an order that they can be loaded in.
make_initramfs() {
  tree=$run/initramfs.tree
  mkdir -p "$tree/bin" "$tree/dev" "$tree/proc" "$tree/sys" "$tree/run" "$tree/tools" "$tree/out" "$tree/roots" "$tree/modules"
  cp "$lab/usr/bin/busybox" "$tree/bin/"
  cp "$here/guest.sh" "$tree/init"
  chmod 755 "$tree/init"
  for module in $modules; do
    lab modprobe -d "$lab" -S "$release" --show-depends "$module" || die "the kernel $release has no module $module"
  done >"$run/modules"
  sed -n 's/^insmod \(.*\.ko\).*/\1/p' "$run/modules" | awk '!seen[$0]++' | while IFS= read -r file; do
    cp "$file" "$tree/modules/"
    echo "${file##*/}" >>"$tree/modules/order"
  done
  (cd "$tree" && find . | LC_ALL=C sort | lab cpio -o -H newc --quiet | gzip -1 >"$run/initramfs")
}

# boot runs the emulated server until it is done.
boot() {
  say "the emulated server boots and records; its folder is $run"
  cd "$run"
  machine >options
  set -- -L "$lab/usr/share/qemu" -L "$lab/usr/share/seabios" -L "$lab/usr/lib/ipxe/qemu"
  while IFS= read -r word; do
    set -- "$@" "$word"
  done <options
  emulate "$@" </dev/null 2>&1 | tee console
  [ -e "$run/out/done" ] || die "it did not come to an end: read $run/console"
}

# check stops if a capture lacks anything because it came too late.
check() { # SUITE
  document=$run/out/$1.json
  [ -s "$document" ] || die "$1: no report: read $run/out/$1.log"
  ! grep -E '"(tool|file)\.(timeout|stuck|canceled)"|read took too long' "$document" ||
    die "$1: not everything answered in time, and no host was changed. Record again when this machine has less to do: $(uptime)"
}

# replace puts a capture in the place of the old one.
replace() { # SUITE
  host=$testdata/hosts/qemu-$1
  mkdir -p "$host"
  find "$host" -type f ! -name report.json ! -name differences.txt ! -name summary.txt -delete
  cp "$run/out/hosts/qemu-$1"/* "$host/"
  chmod 644 "$host"/*
  passport "$1" >"$host/source.json"
}

passport() { # SUITE
  cat <<PASSPORT
{
  "hardware": "a server emulated by QEMU $(lab qemu-system-x86_64 --version | number): two CPUs, six DIMM slots, three NVMe drives (one with two namespaces, one behind a PCIe switch), SATA, SAS, SCSI, USB and virtio drives, a BMC, two NICs",
  "tools": "$(versions "$1") of Debian $1",
  "argv": "audit -record, as root, in a chroot; kernel $release, no udevd",
  "origin": "recorded by bee's authors; the serial numbers are made up",
  "licence": "Apache-2.0"
}
PASSPORT
}

# versions prints the programs that a capture has, each with its version.
versions() { # SUITE
  sed -n '/"error":"absent"/!s/^{"argv":\["\([^"]*\)".*/\1/p' "$testdata/hosts/qemu-$1/commands.jsonl" | sort -u |
    while read -r program; do
      case $program in
        ipmitool) flag=-V ;;
        nvme) flag=version ;;
        *) flag=--version ;;
      esac
      echo "$program $(sh "$testdata/tools/run.sh" "$tools/$1/root" "$program" "$flag" </dev/null 2>&1 | number)"
    done | paste -s -d , | sed 's/,/, /g'
}

# number prints the first version number that it reads.
number() {
  sed -n 's/^[^0-9]*\([0-9][0-9.]*[0-9]\).*/\1/p' | head -n 1
}

renew_reports() {
  cd "$testdata"
  go test ./hosts -update >/dev/null || true # the next line says what is wrong
  go test ./hosts || die "the captures are in place, but do not tell the truth that hosts_test.go holds"
  say 'now read "git diff testdata/hosts"'
}

main() {
  [ $# -gt 0 ] || set -- bullseye bookworm bookworm-backports trixie sid
  lay_out
  fetch_lab
  for suite in "$@"; do fetch_tools "$suite"; done
  make_run "$@"
  boot
  for suite in "$@"; do check "$suite"; done
  for suite in "$@"; do replace "$suite"; done
  renew_reports
}

for argument in "$@"; do
  case $argument in
    -h | --help) usage && exit 0 ;;
    -*) usage >&2 && exit 2 ;;
  esac
done
main "$@"
