#!/bin/sh
# mkimage.sh: stands for Alpine's image builder. Written from its behaviour:
# profiles come from ~/.mkimage, a section is kept in the work directory under
# its arguments, the overlay script is checksummed relative to the current
# directory and runs under fakeroot in its section's directory.
set -e

echo "mkimage $*" >>"$STANDIN_LOG"
echo "mkimage-env PWD=$PWD TMPDIR=$TMPDIR" >>"$STANDIN_LOG"
tag='' outdir='' workdir='' arch_wanted='' profile=''
while [ $# -gt 0 ]; do
  case $1 in
    --tag) tag=$2 ;;
    --outdir) outdir=$2 ;;
    --workdir) workdir=$2 ;;
    --arch) arch_wanted=$2 ;;
    --profile) profile=$2 ;;
    --repository | --extra-repository) ;;
    *) exit 1 ;;
  esac
  shift 2
done

profile_standard() {
  arch='aarch64 x86_64' apks=alpine-base hostname=alpine apkovl=
}

# section NAME COMMAND...: runs COMMAND in a fresh directory unless it is kept.
section() {
  name=$1
  shift
  [ -d "$workdir/$name" ] && return
  echo "section $name" >>"$STANDIN_LOG"
  mkdir "$workdir/$name.work"
  (cd "$workdir/$name.work" && "$@")
  mv "$workdir/$name.work" "$workdir/$name"
}

kernel_section() {
  mkdir boot
  echo kernel >"boot/vmlinuz-lts"
  echo config >"boot/config-$STANDIN_KERNEL"
}

[ "${STANDIN_MKIMAGE-}" != fail ] || exit 1
grep -qx "profile_$profile() {" "$HOME/.mkimage/mkimg.$profile.sh"
ARCH=$arch_wanted
# shellcheck source=/dev/null # copied there by build.sh
. "$HOME/.mkimage/mkimg.$profile.sh"
"profile_$profile"
case " $arch " in *" $ARCH "*) ;; *) exit 0 ;; esac
[ "${STANDIN_MKIMAGE-}" != skip ] || exit 0

section "kernel_$(echo "$apks" | sha1sum | cut -c 1-8)" kernel_section
sum=$(sha1sum <"$apkovl" | cut -c 1-8)
section "apkovl_${hostname}_$sum" fakeroot "$PWD/$apkovl" "$hostname"
mkdir -p "$workdir/image"
cp -R "$workdir"/kernel_*/. "$workdir"/apkovl_*/. "$workdir/image/"
xorriso -as mkisofs -quiet -R -o "$outdir/${image_name:-alpine-$profile}-$tag-$ARCH.iso" "$workdir/image"
