#!/bin/sh
# contract.sh: check the profile and the overlay script against what Alpine's image builder expects of them.
set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
BUILDER=$(dirname "$HERE")/builder
# shellcheck source=iso/test/lib.sh
. "$HERE/lib.sh"

usage() {
  cat <<'USAGE'
usage: contract.sh

Checks iso/builder/mkimg.bee.sh and genapkovl-bee.sh against mkimage.sh, Alpine's
image builder, without apk: how profiles are found and run, which variables they
set, where the overlay archive must be left and what may be in it. Everything
runs twice: under dash and under busybox ash with busybox's own tools.
USAGE
}

# What the builder's own profiles set before ours runs.
profile_prelude() {
  cat <<'PRELUDE'
profile_standard() {
  kernel_flavors=lts
  initfs_cmdline="modules=loop,squashfs,sd-mod,usb-storage quiet"
  initfs_features="ata base cdrom ext4 mmc nvme raid scsi squashfs usb virtio"
  modloop_sign=yes grub_mod="all_video disk"
  initrd_ucode='' output_filename='' kernel_cmdline=''
  kernel_addons=xtables-addons image_ext=iso output_format=iso arch="aarch64 x86_64"
  apks="alpine-base chrony" apkovl= hostname=alpine
}
apk() { :; }
PRELUDE
}

# value NAME: what the profile sets NAME to.
value() {
  # shellcheck disable=SC2086 # a shell and its argument
  BEE_BUILDER="$BUILDER" ARCH=${ARCH_UNDER_TEST:-x86_64} APKROOT=/nonexistent PROFILE=bee BEE_VERSION=9.9 $SHELL_UNDER_TEST -c \
    "$(profile_prelude); . '$BUILDER/mkimg.bee.sh'; profile_bee; echo \$$1"
}

has_word() { # LIST WORD
  case " $1 " in *" $2 "*) ;; *) return 1 ;; esac
}

has_words() { # LIST WORD...
  list=$1
  shift
  for word in "$@"; do has_word "$list" "$word" || return 1; done
}

check_profile() {
  check "$NAME: the profile line has the form that mkimage searches for" grep -qx 'profile_bee() {' "$BUILDER/mkimg.bee.sh"
  check "$NAME: sourcing the profile prints nothing" test -z "$($SHELL_UNDER_TEST -c ". '$BUILDER/mkimg.bee.sh'" 2>&1)"
  check "$NAME: arch has x86_64 (or mkimage skips it and exits 0)" has_word "$(value arch)" x86_64
  check "$NAME: the image is an ISO" test "$(value image_ext) $(value output_format)" = 'iso iso'
  check "$NAME: hostname and apkovl are set (or there is no overlay)" test "$(value hostname) $(value apkovl)" = 'bee genapkovl-bee.sh'
  check "$NAME: the medium carries alpine-base" has_word "$(value apks)" alpine-base
  check "$NAME: no version is in the list of packages (apk fetch takes names only)" test -z "$(value apks | tr -cd '=<>~')"
  check "$NAME: the profile asks for the pinned kernel, in a way that apk knows" asks_for_pin
  check "$NAME: kernel and firmware are in the modloop, not among the packages" test -z "$(value apks | tr ' ' '\n' | grep -E '^linux-')"
  check "$NAME: modules of no other package are compiled in" test -z "$(value kernel_addons)"
  check "$NAME: the initramfs keeps its own arguments" has_word "$(value initfs_cmdline)" modules=loop,squashfs,sd-mod,usb-storage
  check "$NAME: the archive is taken from the initramfs, not from the first disk that has one" has_word "$(value initfs_cmdline)" apkovl=/bee.apkovl.tar.gz
  check "$NAME: which the boot loader loads beside Alpine's" test "$(value initrd_ucode)" = /boot/bee.img
  check "$NAME: the section that makes it has the form that mkimage searches for" grep -qx 'section_bee_overlay() {' "$BUILDER/mkimg.bee.sh"
  check "$NAME: the initramfs starts no array and mounts no ext4, whose journal it would replay" test -z "$(value initfs_features | tr ' ' '\n' | grep -x -e raid -e ext4)"
  check "$NAME: and keeps what it finds the medium by" has_words "$(value initfs_features)" ata base cdrom nvme scsi squashfs usb virtio
  check "$NAME: the network feature is left to --netboot" test "$(value initfs_features) $(BEE_NETBOOT=yes value initfs_features)" = "$(value initfs_features) $(value initfs_features) network"
  check "$NAME: the screen is the last console of the command line" test "$(value kernel_cmdline | tr ' ' '\n' | grep console= | tail -n 1)" = console=tty0
  check "$NAME: and ttyS0 the one serial port: of several Linux takes the first, be it there or not" test "$(value kernel_cmdline | tr ' ' '\n' | grep console=ttyS)" = console=ttyS0,115200
  same="$(value apks) $(value apkovl) $(value initrd_ucode) $(value initfs_cmdline)"
  ARCH_UNDER_TEST=aarch64
  check "$NAME: arch has aarch64" has_word "$(value arch)" aarch64
  check "$NAME: arm64 has the same packages, archive and initramfs arguments" test "$(value apks) $(value apkovl) $(value initrd_ucode) $(value initfs_cmdline)" = "$same"
  check "$NAME: arm64's serial port is a console there, the screen the last" test "$(value kernel_cmdline)" = 'console=ttyS0,115200 console=ttyAMA0,115200 console=tty0'
  check "$NAME: arm64's ISO has its name" test "$(value output_filename)" = bee-9.9-aarch64.iso
  ARCH_UNDER_TEST=x86_64
}

# The second of the pin's three places.
asks_for_pin() {
  asked=$(BEE_BUILDER="$BUILDER" ARCH=x86_64 APKROOT=/some/root BEE_VERSION=9.9 $SHELL_UNDER_TEST -c \
    "$(profile_prelude); apk() { echo \"\$*\" >&2; }; . '$BUILDER/mkimg.bee.sh'; profile_bee" 2>&1)
  echo "$asked" | grep -q "^add .*--root /some/root .*linux-lts=$(pin)$" && ! BEE_BUILDER="$BUILDER" ARCH=x86_64 APKROOT=/some/root BEE_VERSION=9.9 $SHELL_UNDER_TEST -c \
    "$(profile_prelude); apk() { return 1; }; . '$BUILDER/mkimg.bee.sh'; profile_bee" 2>/dev/null
}

pin() {
  sed -n 's/^KERNEL_PKG_VERSION=//p' "$BUILDER/VERSIONS"
}

# Under fakeroot as mkimage does; busybox is static here, which fakeroot cannot
# reach, so it runs as (a namespace's) root.
generate() { # DIRECTORY
  (cd "$1" && BEE_BUILDER="$BUILDER" BEE_OVERLAY="$(dirname "$BUILDER")/overlay" BEE_BUILD_INFO='bee 9.9 (a/b&c\d) Alpine' \
  SOURCE_DATE_EPOCH=1700000000 $SHELL_AS_ROOT "$BUILDER/genapkovl-bee.sh" bee)
}

check_overlay() {
  work=$(mktemp -d)
  mkdir "$work/out" "$work/again" "$work/tree"
  check "$NAME: the overlay script is executable" test -x "$BUILDER/genapkovl-bee.sh"
  check "$NAME: it exits 0 in a directory that is not its own" generate "$work/out"
  archive=$work/out/bee.apkovl.tar.gz
  check "$NAME: it leaves bee.apkovl.tar.gz there" gzip -t "$archive"
  check "$NAME: and nothing else (it would land in the ISO)" test "$(find "$work/out" -mindepth 1 | grep -c '')" = 1
  (umask 077 && generate "$work/again")
  check "$NAME: two runs give the same bytes, whatever the umask" cmp "$archive" "$work/again/bee.apkovl.tar.gz"
  check "$NAME: every member has the time that is given" test -z "$(TZ=UTC tar --full-time -tvzf "$archive" | grep -v ' 2023-11-14 22:13:20 ')"
  check "$NAME: every member is root's" test -z "$(tar --numeric-owner -tvzf "$archive" | awk '$2 != "0/0"')"
  check "$NAME: names start neither with / nor with ./" test -z "$(tar -tzf "$archive" | grep -E '^(/|\./)')"
  # shellcheck disable=SC2046 # a list
  check "$NAME: and are those of the packages' files that the overlay replaces: told them, apk leaves these alone" lists "$archive" $(replaced_files)
  tar -xzf "$archive" -C "$work/tree"
  check_tree "$work/tree"
  mkdir "$work/arm64" "$work/arm64-tree"
  (ARCH=aarch64 && export ARCH && generate "$work/arm64")
  tar -xzf "$work/arm64/bee.apkovl.tar.gz" -C "$work/arm64-tree"
  check "$NAME: arm64's archive differs by its serial port alone" test "$(diff -r --no-dereference "$work/tree" "$work/arm64-tree" | grep '^[<>O]')" = '> ttyAMA0::respawn:/usr/local/bin/bee-console ttyAMA0'
  rm -rf "$work"
}

# Of the packages dropbear, mdadm, busybox, openrc and alpine-baselayout.
replaced_files() {
  echo etc/init.d/dropbear etc/conf.d/dropbear etc/mdadm.conf etc/acpi/PWRF/00000080 etc/inittab etc/motd \
    etc/modules etc/hostname etc/hosts etc/network/interfaces
}

# As Alpine's initramfs makes the list that it gives to apk --overlay-from-stdin.
lists() { # ARCHIVE FILE...
  names=$(mktemp -d)
  (cd "$names" && busybox tar -zxvf "$1" >list)
  shift
  listed=0
  for file in "$@"; do grep -qxF "$file" "$names/list" || listed=1; done
  rm -rf "$names"
  return "$listed"
}

check_tree() { # ROOT
  apks=$(value apks)
  while read -r package; do
    check "$NAME: world's $package is on the medium" has_word "$apks" "$package"
  done <"$1/etc/apk/world"
  check "$NAME: no package is taken that starts a second DHCP client or SSH server" test -z "$(echo "$apks" | tr ' ' '\n' | grep -E '^(openssh|openssh-server.*|dhcpcd|chrony)$')"
  while read -r package why; do
    check "$NAME: $package is in the world: $why" grep -qx "$package" "$1/etc/apk/world"
  done <<PACKAGES
$(needed_packages)
PACKAGES
  check "$NAME: nothing in it may be written by others than root" test -z "$(find "$1" ! -type l -perm /022)"
  check "$NAME: nothing in it is set-uid or set-gid" test -z "$(find "$1" -perm /6000)"
  check "$NAME: programs may be run, the rest may not" modes_fit "$1"
  check "$NAME: conf.d/dropbear has the options of the design" grep -qx 'DROPBEAR_OPTS="-R -B"' "$1/etc/conf.d/dropbear"
  check "$NAME: network/interfaces knows only lo" test "$(awk '$1 == "iface" { print $2 }' "$1/etc/network/interfaces")" = lo
  check "$NAME: mdadm starts no array by itself" test "$(sed '/^#/d' "$1/etc/mdadm.conf")" = 'AUTO -all'
  check "$NAME: and no service of its own is linked" test -z "$(find "$1/etc/runlevels" -name 'mdadm*')"
  check "$NAME: the hostname is written" test "$(cat "$1/etc/hostname")" = bee
  check "$NAME: the message of the day has the build line, unharmed" grep -qF 'bee 9.9 (a/b&c\d) Alpine' "$1/etc/motd"
  check_links "$1"
  check "$NAME: no host key, private key or password in it" no_secret "$1"
  check "$NAME: /root is closed to others" test "$(stat -c %a "$1/root")" = 700
  check "$NAME: nothing at /lib/modules (the modloop covers it)" test ! -e "$1/lib/modules"
}

# Package, and what is lost without it.
needed_packages() {
  cat <<'PACKAGES'
alpine-base init and OpenRC
eudev serial numbers and WWNs of disks
udev-init-scripts-openrc the services that start udevd
dropbear SSH
dropbear-scp scp of the report
openssh-sftp-server sftp of the report
openssl what the initramfs adds where the modloop is signed
dmidecode board, processors, memory
smartmontools the state of disks
nvme-cli NVMe drives
mdadm arrays of the kernel, and their members
pciutils the PCI bus
hwdata-pci names of PCI devices
ipmitool the BMC
lsblk block devices
util-linux what lsblk belongs to
ethtool firmware of network cards
libqrencode-tools the QR code
gcompat the loader of nvidia-smi and of vendor programs
dialog the menu
ncurses-terminfo-base terminals
dosfstools sticks
iproute2 addresses in the menu
jq the smoke test
PACKAGES
}

modes_fit() { # ROOT
  [ -z "$(find "$1" -type f \( -path '*/bin/*' -o -path '*/init.d/*' \) ! -perm -755)" ] &&
    [ -z "$(find "$1" -type f ! -path '*/bin/*' ! -path '*/init.d/*' ! -path '*/etc/acpi/*' -perm /111)" ]
}

check_links() { # ROOT
  for service in sysinit/bee-copytoram sysinit/udev sysinit/udev-trigger sysinit/hwdrivers sysinit/modloop sysinit/devfs \
    boot/modules boot/sysctl boot/hostname boot/localmount boot/syslog boot/bootmisc \
    boot/bee-hostname default/bee-power default/bee-sshsetup default/dropbear default/bee-network default/bee-nvidia default/bee-audit \
    shutdown/killprocs shutdown/mount-ro; do
    check "$NAME: runlevel $service is a link into /etc/init.d" test "$(readlink "$1/etc/runlevels/$service")" = "/etc/init.d/${service##*/}"
  done
  for script in "$1"/etc/init.d/*; do
    check "$NAME: ${script##*/} is an executable openrc-run script" openrc_script "$script"
  done
}

openrc_script() { # FILE
  [ -x "$1" ] && [ "$(head -n 1 "$1")" = '#!/sbin/openrc-run' ]
}

no_secret() { # ROOT
  [ -z "$(find "$1" -name '*host_key*' -o -name shadow -o -name 'id_*')" ] && ! grep -rq 'PRIVATE KEY' "$1"
}

# The order and needs of the five services are a requirement of their own.
check_order() {
  services=$(dirname "$BUILDER")/overlay/etc/init.d
  for service in bee-sshsetup dropbear bee-network bee-nvidia bee-audit; do
    check "order: $service needs localmount and nothing else" test "$(depends need "$services/$service")" = localmount
  done
  check "order: bee-sshsetup runs before dropbear" has_word "$(depends before "$services/bee-sshsetup")" dropbear
  check "order: dropbear runs after bee-sshsetup" has_word "$(depends after "$services/dropbear")" bee-sshsetup
  check "order: bee-nvidia runs after bee-network" has_word "$(depends after "$services/bee-nvidia")" bee-network
  check "order: bee-audit runs after bee-nvidia" has_word "$(depends after "$services/bee-audit")" bee-nvidia
  check "order: bee-copytoram frees the medium before udevd holds files of the modloop" test "$(depends after "$services/bee-copytoram"):$(depends before "$services/bee-copytoram")" = 'modloop:udev udev-trigger hwdrivers modules'
  check "order: bee-audit ends with eend 0" test "$(sed -n '/^start()/,/^}/p' "$services/bee-audit" | tail -n 2 | head -n 1 | tr -d ' ')" = 'eend0'
  check "order: bee-network runs udhcpc -b, and not in the foreground" grep -q 'udhcpc -b .*&$' "$services/bee-network"
  check "order: bee-nvidia runs insmod on absolute paths" grep -q 'insmod "[$]modules/' "$services/bee-nvidia"
  check "order: the modules are in /usr/local/lib/nvidia" grep -qx 'modules=/usr/local/lib/nvidia' "$services/bee-nvidia"
  check_not "order: no service calls modprobe" grep -rq modprobe "$services"
  check_not "order: nothing on the image calls apk, wget or curl" grep -rEq '(^|[^-a-z])(apk|wget|curl) ' "$services" "$services/../../usr" "$services/../../root"
  check "order: only bee-report opens a connection, and only to bee.report= of the command line" test "$(grep -rlE '(^|[^-a-z])(nc|telnet|ftpput|ssl_client) ' "$services" "$services/../../usr" "$services/../../root")" = "$services/../../usr/local/bin/bee-report"
  check "order: bee-hostname names the machine before it asks for addresses" has_word "$(depends before "$services/bee-hostname")" bee-network
  check "order: it knows the hostname service and the drivers first" test "$(depends after "$services/bee-hostname")" = 'hostname modules hwdrivers udev-settle'
  check_not "order: no service prints a password" grep -rE '(einfo|ewarn|eerror|ebegin|echo).*[$]password"?$' "$services"
  check "order: the modules of the BMC and of the power button are loaded" has_lines "$services/../modules" ipmi_si ipmi_devintf button evdev
}

has_lines() { # FILE LINE...
  file=$1
  shift
  for line in "$@"; do grep -qx "$line" "$file" || return 1; done
}

# bee-hostname over made-up machines.
check_hostnames() {
  sys=$(mktemp -d)
  mkdir -p "$sys/class/dmi/id" "$sys/class/net/lo" "$sys/class/net/eth1/device" "$sys/class/net/eth0/device"
  echo 00:00:00:00:00:00 >"$sys/class/net/lo/address"
  echo 3c:ec:ef:12:34:56 >"$sys/class/net/eth1/address"
  echo 2 >"$sys/class/net/eth1/ifindex"
  echo 3c:ec:ef:99:99:99 >"$sys/class/net/eth0/address"
  echo 3 >"$sys/class/net/eth0/ifindex"
  names 'SRV-2023-0042' bee-SRV-2023-0042
  names 'S/N: A_B 7' bee-S-N-A-B-7
  names ' ..CN7016343D00A1.. ' bee-CN7016343D00A1
  names "A$(printf '%080d' 0)" "bee-A$(printf '%058d' 0)"
  for placeholder in 'To Be Filled By O.E.M.' 'To be filled by O.E.M.' 'Default string' 'System Serial Number' 'Not Specified' None N/A \
    0123456789 '0000000000' 'XXXXXXXXXX' '........' '' '   ' 'Unknown'; do
    names "$placeholder" bee-123456
  done
  rm "$sys/class/dmi/id/product_serial"
  check "hostname: no SMBIOS at all: the first port's MAC" test "$(BEE_SYS=$sys "$OVERLAY/usr/local/bin/bee-hostname")" = bee-123456
  rm -r "$sys"/class/net/eth*
  check "hostname: nor any port: bee" test "$(BEE_SYS=$sys "$OVERLAY/usr/local/bin/bee-hostname")" = bee
  rm -rf "$sys"
}

names() { # SERIAL HOSTNAME
  echo "$1" >"$sys/class/dmi/id/product_serial"
  named=$(BEE_SYS=$sys "$OVERLAY/usr/local/bin/bee-hostname")
  check "hostname: of serial '$(echo "$1" | cut -c 1-30)' it is $2" test "$named" = "$2" -a "${#named}" -le 63
}

# bee-report: where it goes, and where it does not.
check_report() {
  work=$(mktemp -d)
  echo 'quiet console=tty0' >"$work/cmdline"
  check "report: without bee.report= nothing is asked for" test -z "$(BEE_CMDLINE=$work/cmdline "$OVERLAY/usr/local/bin/bee-report" --url)"
  check "report: and nothing is sent" test "$(BEE_CMDLINE=$work/cmdline "$OVERLAY/usr/local/bin/bee-report")" = "bee-report: bee.report= is not on the kernel's command line: nothing is sent"
  echo 'quiet xbee.report=http://no/ bee.report=http://10.0.0.1:8080/in console=tty0' >"$work/cmdline"
  check "report: the argument of that very name is the address" test "$(BEE_CMDLINE=$work/cmdline "$OVERLAY/usr/local/bin/bee-report" --url)" = http://10.0.0.1:8080/in
  rm -rf "$work"
}

# bee-tui's folding of lines for its boxes.
check_folding() {
  sed -n '/^fold_lines() {/,/^}/p' "$OVERLAY/usr/local/bin/bee-tui" | sed "s/^  awk/  ${1:-awk}/" >"$applets/fold"
  echo 'fold_lines 40' >>"$applets/fold"
  printf '%s\n' 'Drives    nvme0n1  ok  960 GB nvme ssd INTEL SSDSC2KB480G8' '          it is not long' \
    '          sda      ok  480 GB sata ssd INTEL SSDSC2KB480G8' "PASS  $(printf '%050d' 0)" | sh "$applets/fold" >"$applets/folded"
  check "menu: a line that does not fit is folded to go on under its own text (${1:-awk})" cmp "$applets/folded" - <<'FOLDED'
Drives    nvme0n1  ok  960 GB nvme ssd
          INTEL SSDSC2KB480G8
          it is not long
          sda      ok  480 GB sata ssd
            INTEL SSDSC2KB480G8
PASS  0000000000000000000000000000000000
      0000000000000000
FOLDED
}

depends() { # KIND FILE
  sed -n "/^depend()/,/^}/s/^ *$1 //p" "$2" | tr '\n' ' ' | sed 's/ $//'
}

check_pin() {
  for script in build.sh build-nvidia-module.sh mkimg.bee.sh; do
    check "pin: $script takes the kernel from VERSIONS" grep -q KERNEL_PKG_VERSION "$BUILDER/$script"
  done
  check "pin: the kernel's version stands in VERSIONS alone" test "$(grep -rlF "$(pin)" "$BUILDER")" = "$BUILDER/VERSIONS"
  check "pin: packages come from dl-cdn.alpinelinux.org" grep -qx 'ALPINE_MIRROR=https://dl-cdn.alpinelinux.org/alpine' "$BUILDER/VERSIONS"
  check "pin: the builder's own repositories are ignored" grep -q -- '--repositories-file /dev/null' "$BUILDER/lib.sh"
}

case ${1-} in
  -h | --help) usage && exit 0 ;;
  '') ;;
  *) usage >&2 && exit 2 ;;
esac
OVERLAY=$(dirname "$BUILDER")/overlay
check_order
check_pin
check_hostnames
check_report
applets=$(mktemp -d)
trap 'rm -rf "$applets"' EXIT
check_folding
check_folding 'busybox awk'
NAME=dash SHELL_UNDER_TEST=dash SHELL_AS_ROOT='fakeroot dash'
check_profile
check_overlay
busybox --install -s "$applets"
NAME=ash SHELL_UNDER_TEST='busybox ash' SHELL_AS_ROOT="env PATH=$applets busybox ash"
[ "$(id -u)" = 0 ] || SHELL_AS_ROOT="unshare -r $SHELL_AS_ROOT"
check_profile
check_overlay
finish
