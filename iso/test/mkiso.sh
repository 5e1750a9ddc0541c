#!/bin/sh
# mkiso.sh: make a hybrid ISO of Alpine's boot shape out of Debian's packages and our overlay archive.
set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
CACHE=${BEE_ISO_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bee-iso}

INITRAMFS_MODULES='e1000e virtio_net af_packet virtio_pci virtio_scsi ahci ata_piix nvme sd_mod sr_mod cdrom usb_storage uas xhci_pci ehci_pci loop squashfs overlay isofs'
MODLOOP_MODULES="$INITRAMFS_MODULES virtio_net e1000e virtio_blk megaraid_sas mpt3sas raid1 vfat nls_cp437 nls_iso8859_1 nls_utf8 nls_ascii
  hid_generic usbhid af_packet ipv6 ipmi_si ipmi_devintf ipmi_ssif sg button evdev i2c-core video backlight drm drm_kms_helper ecdh_generic"

usage() {
  cat <<'USAGE'
usage: mkiso.sh OVERLAY.apkovl.tar.gz OUT.iso
       mkiso.sh --netboot OVERLAY.apkovl.tar.gz DIRECTORY

Makes a live ISO that boots by BIOS and by UEFI, from CD and from USB, as
Alpine's does: a kernel, an initramfs that finds the medium, unpacks the overlay
archive over the system, and starts busybox init and OpenRC; a modloop mounted
over /lib/modules, read-only. What Alpine would install from its packages comes
from Debian's (mkroot.sh), with stand-ins for the OpenRC services that Debian
leaves out. The overlay archive is the image's own, unchanged. --netboot leaves
the parts in DIRECTORY, for a server, under the names that build.sh gives them.
environment: CMDLINE  more of the kernel's command line
USAGE
}

# --- the system that the packages would make

make_root() { # DEST
  cp -a "$CACHE/root" "$1"
  # A link of the tree may lead nowhere on this machine, as /sbin/ip does.
  busybox --list-full | while read -r applet; do
    [ -e "$1/$applet" ] || [ -L "$1/$applet" ] || ln -s /usr/bin/busybox "$1/$applet"
  done
  ln -sf busybox "$1/usr/bin/sh"
  ln -sf ../bin/busybox "$1/usr/sbin/init"
  rm -rf "$1"/etc/init.d/* "$1"/etc/runlevels "$1/usr/share/perl" "$1"/usr/lib/x86_64-linux-gnu/perl* "$1/lib/modules"
  mkdir -p "$1/etc/init.d" "$1/etc/conf.d" "$1/etc/runlevels" "$1/var/log" "$1/media/cdrom" "$1/lib/modules" \
    "$1/proc" "$1/sys" "$1/dev" "$1/run" "$1/tmp" "$1/root" "$1/home" "$1/usr/share/udhcpc" "$1/etc/udhcpc"
  write_accounts "$1"
  cp "$HERE/standin/udhcpc.script" "$1/usr/share/udhcpc/default.script"
  # Debian's busybox looks here, Alpine's there.
  ln -sf /usr/share/udhcpc/default.script "$1/etc/udhcpc/default.script"
  cp "$HERE"/standin/openrc/* "$1/etc/init.d/"
  chmod 755 "$1"/etc/init.d/* "$1/usr/share/udhcpc/default.script"
  printf '%s\n' 'rc_logger="YES"' 'rc_parallel="NO"' 'rc_sys=""' >>"$1/etc/rc.conf"
}

# As Alpine leaves them: root has no password at all, until bee-sshsetup.
write_accounts() { # ROOT
  echo 'root:x:0:0:root:/root:/bin/sh' >"$1/etc/passwd"
  echo 'root:::0:::::' >"$1/etc/shadow"
  printf 'root:x:0:\ntty:x:5:\ndisk:x:6:\n' >"$1/etc/group"
  echo /bin/sh >"$1/etc/shells"
  chmod 640 "$1/etc/shadow"
}

# --- modules, with all that they need, unpacked so that insmod can load them

copy_modules() { # DEST MODULE...
  dest=$1/lib/modules/$RELEASE
  shift
  mkdir -p "$dest"
  for module in "$@"; do
    modprobe -d "$KERNEL" -S "$RELEASE" --show-depends "$module" 2>/dev/null || true
  done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | sort -u | while read -r ko; do
    rel=${ko#*"/$RELEASE/"}
    mkdir -p "$dest/$(dirname "$rel")"
    case $ko in
      *.xz) xz -dc "$ko" >"$dest/${rel%.xz}" ;;
      *) cp "$ko" "$dest/$rel" ;;
    esac
  done
  cp "$KERNEL/lib/modules/$RELEASE"/modules.builtin "$KERNEL/lib/modules/$RELEASE"/modules.builtin.modinfo \
    "$KERNEL/lib/modules/$RELEASE"/modules.order "$dest/"
  depmod -b "${dest%/lib/modules/*}" "$RELEASE"
}

make_initramfs() { # DEST
  tree=$1.tree
  mkdir -p "$tree/bin" "$tree/proc" "$tree/sys" "$tree/dev" "$tree/media" "$tree/ro" "$tree/rw" "$tree/sysroot"
  cp "$CACHE/root/usr/bin/busybox" "$tree/bin/busybox"
  cp "$HERE/standin/initramfs-init" "$tree/init"
  cp "$HERE/standin/udhcpc.script" "$tree/udhcpc.script"
  chmod 755 "$tree/udhcpc.script"
  chmod 755 "$tree/init"
  # shellcheck disable=SC2086 # a list
  copy_modules "$tree" $INITRAMFS_MODULES
  (cd "$tree" && find . | LC_ALL=C sort | cpio -o -H newc 2>/dev/null | zstd -q -3 >"$1")
  rm -rf "$tree"
}

# Everything but the overlay archive depends on the packages and on these files
# alone, and is kept.
make_parts() {
  stamp=$(cat "$CACHE/root.stamp" "$0" "$HERE"/standin/openrc/* "$HERE/standin/initramfs-init" "$HERE/standin/udhcpc.script" | sha256sum | cut -c 1-16)
  PARTS=$CACHE/parts-$RELEASE-$stamp
  [ ! -d "$PARTS" ] || return 0
  rm -rf "$CACHE"/parts-* "$PARTS.new"
  mkdir -p "$PARTS.new"
  make_root "$PARTS.new/root"
  mksquashfs "$PARTS.new/root" "$PARTS.new/root.squashfs" -comp zstd -Xcompression-level 3 -noappend -quiet -no-progress
  # shellcheck disable=SC2086 # a list
  copy_modules "$PARTS.new/modloop" $MODLOOP_MODULES
  mksquashfs "$PARTS.new/modloop/lib/modules" "$PARTS.new/modloop-lts" -comp zstd -Xcompression-level 3 -noappend -quiet -no-progress
  make_initramfs "$PARTS.new/initramfs-lts"
  rm -rf "$PARTS.new/root" "$PARTS.new/modloop"
  mv "$PARTS.new" "$PARTS"
}

# --- the medium

profile_cmdline() {
  sed -n 's/^ *[*]) kernel_cmdline="\(.*\)".*/\1/p' "$HERE/../builder/mkimg.bee.sh"
}

write_grub() { # FILE
  cat >"$1" <<GRUB
serial --unit=0 --speed=115200
terminal_input console serial
terminal_output console serial
insmod all_video
set gfxpayload=keep
set timeout=0
menuentry "bee" {
  linux /boot/vmlinuz-lts quiet apkovl=/bee.apkovl.tar.gz $(profile_cmdline) ${CMDLINE-}
  initrd /boot/bee.img /boot/initramfs-lts
}
GRUB
}

make_iso() { # OVERLAY OUT
  medium=$(mktemp -d)
  trap 'rm -rf "$medium"' EXIT
  mkdir -p "$medium/boot/grub" "$medium/live"
  cp "$KERNEL/boot/vmlinuz-$RELEASE" "$medium/boot/vmlinuz-lts"
  cp "$PARTS/initramfs-lts" "$PARTS/modloop-lts" "$medium/boot/"
  cp "$PARTS/root.squashfs" "$medium/live/"
  cp "$1" "$medium/bee.apkovl.tar.gz"
  # As section_bee_overlay of the profile makes it, and beside it the archive of
  # a stranger, which sorts first and must not win.
  (cd "$medium" && echo bee.apkovl.tar.gz | cpio --quiet -o -H newc >boot/bee.img)
  : >"$medium/a-stranger.apkovl.tar.gz"
  write_grub "$medium/boot/grub/grub.cfg"
  grub-mkrescue -o "$2" "$medium" --product-name=bee -- -volid BEE >"$medium.log" 2>&1 || {
    cat "$medium.log" >&2
    exit 1
  }
  rm -f "$medium.log"
}

make_netboot() { # OVERLAY DIRECTORY
  mkdir -p "$2/apks"
  cp "$KERNEL/boot/vmlinuz-$RELEASE" "$2/vmlinuz-lts"
  cp "$PARTS/initramfs-lts" "$PARTS/modloop-lts" "$PARTS/root.squashfs" "$2/"
  cp "$1" "$2/bee.apkovl.tar.gz"
}

make=make_iso
case ${1-} in
  -h | --help) usage && exit 0 ;;
  --netboot) make=make_netboot && shift ;;
esac
[ $# = 2 ] || { usage >&2 && exit 2; }
RELEASE=$("$HERE/mkroot.sh")
KERNEL=$CACHE/kernel-$RELEASE
make_parts
"$make" "$1" "$2"
