# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# emulate.sh: sourced by record.sh here and in ../zoo: boots an emulated machine in
# which audit -record runs with the tools of several Debian suites. The callers
# set testdata and tools (the folder for the tools), and have functions say and die.
# shellcheck disable=SC2154

tool_packages='dmidecode smartmontools nvme-cli pciutils pci.ids ipmitool util-linux ethtool udev busybox-static libc-bin dash'
lab_packages='qemu-system-x86 ipxe-qemu seabios ovmf linux-image-amd64 kmod cpio busybox-static'

kernel='' release='' # of fetch_lab

# The drivers of the machines' devices, and what tools open.
modules='virtio_pci virtio_mmio 9pnet_virtio 9p nvme ahci ata_piix sd_mod sr_mod virtio_scsi virtio_blk megaraid_sas mptsas vmw_pvscsi
  sym53c8xx xhci_pci usb_storage e1000 e1000e igb virtio_net ipmi_si ipmi_devintf sg i2c_i801 dmi_sysfs af_packet loop'

# fetch_lab SUITE FOLDER gets that suite's QEMU and kernel, and what packs a system
# for it.
fetch_lab() {
  say "QEMU and a kernel"
  # shellcheck disable=SC2086 # a list of names
  lab=$(BEE_TOOLS=$2 sh "$testdata/tools/fetch.sh" "$1" $lab_packages)
  for kernel in "$lab"/boot/vmlinuz-*; do
    release=${kernel##*/vmlinuz-}
  done
  [ -e "$lab/lib/modules/$release/modules.dep" ] || lab depmod -b "$lab" "$release"
}

# lab PROGRAM [ARG...] runs a program that fetch_lab got.
lab() {
  sh "$testdata/tools/run.sh" "$lab" "$@"
}

fetch_tools() { # SUITE...
  for suite in "$@"; do
    say "tools of $suite"
    # shellcheck disable=SC2086 # a list of names
    BEE_TOOLS=$tools sh "$testdata/tools/fetch.sh" "$suite" $tool_packages >/dev/null
  done
}

build_audit() { # FILE
  (cd "$testdata/.." && CGO_ENABLED=0 GOOS=linux GOARCH=amd64 go build -o "$1" ./cmd/audit)
}

# make_initramfs packs a system of busybox, guest.sh and the modules, which are
# listed in an order that they can be loaded in.
make_initramfs() { # FILE
  tree=$1.tree
  rm -rf "$tree"
  mkdir -p "$tree/bin" "$tree/dev" "$tree/proc" "$tree/sys" "$tree/run" "$tree/tools" "$tree/out" "$tree/roots" "$tree/modules"
  cp "$lab/usr/bin/busybox" "$tree/bin/"
  cp "$testdata/lab/guest.sh" "$tree/init"
  chmod 755 "$tree/init"
  for module in $modules; do
    lab modprobe -d "$lab" -S "$release" --show-depends "$module" || die "the kernel $release has no module $module"
  done >"$tree.modules"
  sed -n 's/^insmod \([^ ]*\).*/\1/p' "$tree.modules" | awk '!seen[$0]++' | while IFS= read -r file; do
    name=${file##*/}
    case $name in
      *.xz) name=${name%.xz} && xz -dc "$file" >"$tree/modules/$name" ;;
      *) cp "$file" "$tree/modules/" ;;
    esac
    echo "$name" >>"$tree/modules/order"
  done
  (cd "$tree" && find . | LC_ALL=C sort | lab cpio -o -H newc --quiet | gzip -1 >"$1")
}

# late matches what a report says of what came too late.
late='"(tool|file)\.(timeout|stuck|canceled)"|read took too long'

# emulate DIR boots the machine of DIR/options and waits until it is off.
emulate() {
  cd "$1" || exit
  echo "$late" >out/late
  set -- -L "$lab/usr/share/qemu" -L "$lab/usr/share/seabios" -L "$lab/usr/lib/ipxe/qemu"
  while IFS= read -r word; do
    set -- "$@" "$word"
  done <options
  QEMU_MODULE_DIR=$lab/usr/lib/x86_64-linux-gnu/qemu \
    timeout --foreground 40m sh "$testdata/tools/run.sh" "$lab" qemu-system-x86_64 "$@" </dev/null 2>&1 | tee console
  [ -e out/done ] || die "it did not come to an end: read $PWD/console"
}

# in_time stops if a capture lacks anything because it came too late.
in_time() { # REPORT LOG
  [ -s "$1" ] || die "no report: read $2"
  ! grep -E "$late" "$1" ||
    die "not everything answered in time, and no host was changed. Record again when this machine has less to do: $(uptime)"
}

# versions prints the programs that a capture has, each with its version.
versions() { # SUITE CAPTURE
  sed -n '/"error":"absent"/!s/^{"argv":\["\([^"]*\)".*/\1/p' "$2/commands.jsonl" | sort -u |
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
