# mkimg.bee.sh: the image's profile; Alpine's mkimage.sh sources it and finds
# the profile by the line "profile_bee() {", the section by its like.
# shellcheck shell=sh
# shellcheck disable=SC2034 # the variables are mkimage's; it reads them after calling the profile

profile_bee() {
  profile_standard
  title="bee"
  desc="Hardware audit of servers, without network"
  profile_abbrev="bee"
  image_name="bee"
  # shellcheck disable=SC2153 # mkimage's own
  output_filename="bee-${BEE_VERSION:-$RELEASE}-$ARCH.iso"
  arch="x86_64 aarch64"
  hostname="bee"
  apkovl="genapkovl-bee.sh"
  # The kernel and its firmware are in the modloop: no package of them is needed.
  kernel_addons=
  apks="$(sed 's/#.*//' "$BEE_BUILDER/packages" | tr -s '[:space:]' ' ')"
  # In search of its medium Alpine's initramfs mounts every filesystem that it
  # knows, and starts every array if it has mdadm. Mounted read-only, ext4 replays
  # its journal all the same: that would write to the disks of the machine.
  initfs_features=$(echo "$initfs_features" | tr ' ' '\n' | grep -vx -e ext4 -e raid | paste -s -d ' ')
  # For boot/bee.img, see below.
  initrd_ucode="/boot/bee.img"
  initfs_cmdline="$initfs_cmdline apkovl=/$hostname.apkovl.tar.gz"
  [ -z "${BEE_NETBOOT-}" ] || initfs_features="$initfs_features network"
  # The last console is where services print: the screen, and the BMC's view of it.
  # Of one kind of serial port Linux makes one a console, the first that is named,
  # also where no such port is: with ttyS1 before it ttyS0 would get nothing.
  case $ARCH in
    aarch64) kernel_cmdline="console=ttyS0,115200 console=ttyAMA0,115200 console=tty0" ;;
    *) kernel_cmdline="console=ttyS0,115200 console=tty0" ;;
  esac
  syslinux_serial="0 115200"
  bee_pinned || exit 1
}

# mkimage takes whatever kernel the repository has, and apk fetch knows no
# versions: stop here unless it is the pinned one. APKROOT is mkimage's own
# root, with the package lists that the kernel will be taken from.
bee_pinned() {
  # shellcheck source=iso/builder/VERSIONS
  . "$BEE_BUILDER/VERSIONS"
  apk add --quiet --root "$APKROOT" --arch "$ARCH" --simulate --no-scripts "linux-lts=$KERNEL_PKG_VERSION" >/dev/null || {
    echo "mkimg.bee.sh: the kernel of the repository is not KERNEL_PKG_VERSION=$KERNEL_PKG_VERSION" >&2
    return 1
  }
}

# The overlay archive once more, as an initramfs of its own that the boot
# loader loads before Alpine's: by apkovl= on the command line it is taken from
# there. Left to itself Alpine's initramfs searches every disk, and the first
# archive that it finds wins, also one on a forgotten stick; a path on the
# medium would have to name the device, which differs from machine to machine.
section_bee_overlay() {
  [ "$PROFILE" = bee ] || return 0
  build_section bee_overlay "$hostname"
}

build_bee_overlay() {
  mkdir -p "$DESTDIR/boot"
  (cd "$WORKDIR"/apkovl_"$hostname"_* && echo "$hostname.apkovl.tar.gz" | cpio --quiet --renumber-inodes -o -H newc) >"$DESTDIR/boot/bee.img"
}
