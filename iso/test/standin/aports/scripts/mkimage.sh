#!/bin/sh
# mkimage.sh: stands for Alpine's image builder. Written from its behaviour:
# profiles and sections come from ~/.mkimage, a section is kept in the work
# directory under its arguments, the overlay script is checksummed relative to
# the current directory and runs under fakeroot in its section's directory, and
# the tag goes into the volume's name.
set -e

echo "mkimage $*" >>"$STANDIN_LOG"
echo "mkimage-env PWD=$PWD TMPDIR=$TMPDIR" >>"$STANDIN_LOG"
RELEASE='' outdir='' WORKDIR='' arch_wanted='' PROFILE=''
while [ $# -gt 0 ]; do
  case $1 in
    --tag) RELEASE=$2 ;;
    --outdir) outdir=$2 ;;
    --workdir) WORKDIR=$2 ;;
    --arch) arch_wanted=$2 ;;
    --profile) PROFILE=$2 ;;
    --repository | --extra-repository) ;;
    *) exit 1 ;;
  esac
  shift 2
done

say() { echo ">>> mkimage-$ARCH: $*" >&2; }

# The signing key, as abuild's configuration names it; without one it goes on.
public_key() {
  # shellcheck source=/dev/null # the builder's own
  [ ! -f "$HOME/.abuild/abuild.conf" ] || . "$HOME/.abuild/abuild.conf"
  [ -z "${PACKAGER_PRIVKEY-}" ] || echo "$PACKAGER_PRIVKEY.pub"
}

# shellcheck disable=SC2034 # what a profile may ask
profile_standard() {
  arch='aarch64 x86_64' apks='alpine-base openssl openssh' hostname=alpine apkovl='' kernel_flavors=lts
  kernel_addons=xtables-addons kernel_cmdline='' initfs_cmdline='modules=loop,squashfs,sd-mod,usb-storage quiet'
  initfs_features='ata base cdrom ext4 raid' modloop_sign=yes initrd_ucode='' output_filename='' image_ext=iso
}

# build_section SECTION ARGUMENT...: in a fresh directory, unless it is kept.
build_section() {
  directory=$(echo "$*" | tr -c 'a-zA-Z0-9\n' _)
  sections="$sections $directory"
  [ ! -d "$WORKDIR/$directory" ] || return 0
  echo "section $directory" >>"$STANDIN_LOG"
  say "--> $*"
  DESTDIR=$WORKDIR/$directory.work
  rm -rf "$DESTDIR"
  mkdir -p "$DESTDIR"
  section=$1
  shift
  if [ "${STANDIN_FAIL_IN-}" = "$section" ]; then
    echo "${STANDIN_FAIL_SAYS-}" >&2
    exit 1
  fi
  "build_$section" "$@" || exit 1
  mv "$DESTDIR" "$WORKDIR/$directory"
}

build_kernel() {
  update-kernel "$(public_key)" "$initfs_features" "$DESTDIR"
}

build_apks() {
  mkdir -p "$DESTDIR/apks/$ARCH"
  # shellcheck disable=SC2086 # a list
  apk fetch --root "$APKROOT" --recursive --output "$DESTDIR/apks/$ARCH" $apks || true
  ls "$DESTDIR/apks/$ARCH"/*.apk >/dev/null 2>&1 || return 1
  apk index --output "$DESTDIR/apks/$ARCH/APKINDEX.tar.gz" "$DESTDIR/apks/$ARCH"/*.apk
  abuild-sign "$DESTDIR/apks/$ARCH/APKINDEX.tar.gz" || true
  : >"$DESTDIR/apks/.boot_repository"
}

build_apkovl() {
  (cd "$DESTDIR" && fakeroot "$started_in/$apkovl" "$1")
}

build_grub_cfg() {
  mkdir -p "$DESTDIR/boot/grub"
  printf 'menuentry "Linux lts" {\n\tlinux\t/boot/vmlinuz-lts %s %s\n\tinitrd\t%s /boot/initramfs-lts\n}\n' \
    "$initfs_cmdline" "$kernel_cmdline" "$initrd_ucode" >"$DESTDIR/boot/grub/grub.cfg"
}

checksum() { sha1sum | cut -c 1-8; }

[ "${STANDIN_MKIMAGE-}" != fail ] || exit 1
grep -qx "profile_$PROFILE() {" "$HOME/.mkimage/mkimg.$PROFILE.sh"
ARCH=$arch_wanted APKROOT=$WORKDIR/apkroot-$arch_wanted started_in=$PWD sections=''
mkdir -p "$APKROOT"
apk add --root "$APKROOT" --initdb
# shellcheck source=/dev/null # copied there by build.sh
. "$HOME/.mkimage/mkimg.$PROFILE.sh"
"profile_$PROFILE"
case " $arch " in *" $ARCH "*) ;; *) exit 0 ;; esac
[ "${STANDIN_MKIMAGE-}" != skip ] || exit 0

build_section kernel "$ARCH" lts "$({ echo "$initfs_features" && apk fetch --root "$APKROOT" --simulate alpine-base linux-lts; } | checksum)"
# shellcheck disable=SC2086 # a list
build_section apks "$ARCH" "$(apk fetch --root "$APKROOT" --simulate --recursive $apks | checksum)"
build_section apkovl "$hostname" "$(checksum <"$apkovl")"
build_section grub_cfg boot/grub/grub.cfg "$(echo "$initfs_cmdline $kernel_cmdline" | checksum)"
section_names=$(sed -n 's/^section_\(.*\)() {$/\1/p' "$HOME/.mkimage/mkimg.$PROFILE.sh")
for name in $section_names; do "section_$name"; done
output_filename=${output_filename:-${image_name:-alpine-$PROFILE}-$RELEASE-$ARCH.$image_ext}
say "Creating $output_filename"
mkdir -p "$WORKDIR/image"
for directory in $sections; do cp -R "$WORKDIR/$directory/." "$WORKDIR/image/"; done
xorriso -as mkisofs -quiet -R -volid "alpine-${profile_abbrev:-$PROFILE} $RELEASE $ARCH" -o "$outdir/$output_filename" "$WORKDIR/image"
