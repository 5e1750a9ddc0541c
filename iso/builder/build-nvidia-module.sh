#!/bin/sh
# build-nvidia-module.sh: compile NVIDIA's kernel modules for the pinned kernel.
set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
REPO=$(dirname "$(dirname "$HERE")")
# shellcheck source=iso/builder/lib.sh
. "$HERE/lib.sh"
# shellcheck source=iso/builder/VERSIONS
. "$HERE/VERSIONS"

set_arch
DIST=${DIST:-$REPO/dist}
HEADERS=${HEADERS:-/usr/src}
LIBRARIES='libnvidia-ml libcuda'
OPTIONAL_LIBRARIES='libnvidia-ptxjitcompiler libnvidia-nvvm'

usage() {
  cat <<USAGE
usage: build-nvidia-module.sh

Installs the headers of linux-lts $KERNEL_PKG_VERSION, fetches NVIDIA's driver
$NVIDIA_VERSION (checked by sha256), compiles its modules against the headers,
and prints the directory that holds them:
  $DIST/nvidia-$NVIDIA_VERSION-KERNEL
A directory that is there already is used again; so is the fetched installer.

environment:
  DIST     results and caches              $DIST
  HEADERS  where linux-headers-* are       $HEADERS
USAGE
}

# Always, not only when missing: headers of another kernel compile well and
# their modules never load. Only Alpine's own mirror is asked, never the
# builder's /etc/apk/repositories, which may hold another state of the branch.
# The virtual package keeps the pin out of the builder's own world, and a new
# pin takes the place of the old one.
install_headers() {
  check_offer "$DIST/offer" linux-lts-dev
  pinned_apk add --quiet --update-cache --virtual .bee-headers "linux-lts-dev=$KERNEL_PKG_VERSION" build-base >&2 ||
    die "apk cannot install linux-lts-dev=$KERNEL_PKG_VERSION, though the repositories have it." \
      "See what apk printed above."
}

detect_kernel() {
  KVER=$(kernel_release "$KERNEL_PKG_VERSION")
  found=
  for dir in "$HEADERS"/linux-headers-*-lts; do
    [ -d "$dir" ] && found="$found ${dir##*/linux-headers-}"
  done
  case " $found " in *" $KVER "*) return 0 ;; esac
  die "The headers in $HEADERS are of kernel${found:-: none}, not of $KVER," \
    "which KERNEL_PKG_VERSION=$KERNEL_PKG_VERSION in iso/builder/VERSIONS asks for." \
    "Set KERNEL_PKG_VERSION to the kernel that Alpine has now."
}

fetch_installer() {
  RUN=$DIST/NVIDIA-Linux-$ARCH-$NVIDIA_VERSION.run
  [ "$ARCH" = x86_64 ] || NVIDIA_SHA256=$NVIDIA_SHA256_AARCH64
  [ -f "$RUN" ] || download "$NVIDIA_URL/Linux-$ARCH/$NVIDIA_VERSION/${RUN##*/}" "$RUN"
  sum=$(sha256sum "$RUN" | cut -d ' ' -f 1)
  [ "$sum" = "$NVIDIA_SHA256" ] || die "sha256 of $RUN is" "  $sum, and iso/builder/VERSIONS has" "  $NVIDIA_SHA256." \
    "If you changed NVIDIA_VERSION, take the sum that NVIDIA publishes beside the file;" \
    "else delete the file and build again."
}

# A download that broke off goes on where it stopped.
download() { # URL FILE
  say "nvidia: fetching $1"
  wget -q -c -O "$2.part" "$1" || die "Cannot fetch $1." "Put the file into $DIST by hand, or build again when the network is there."
  mv "$2.part" "$2"
}

extract_installer() {
  SOURCE=$DIST/nvidia-$NVIDIA_VERSION-source
  rm -rf "$SOURCE"
  sh "$RUN" --extract-only --target "$SOURCE" >/dev/null ||
    die "NVIDIA's installer did not unpack." "It needs about 1 GB in $DIST and in TMPDIR."
  [ -d "$SOURCE/$NVIDIA_SOURCE" ] || die "The driver has no $NVIDIA_SOURCE directory." "Set NVIDIA_SOURCE in iso/builder/VERSIONS to kernel or kernel-open."
}

compile_modules() {
  say "nvidia: compiling for $KVER"
  log=$DIST/nvidia-$NVIDIA_VERSION-$KVER.log
  make -C "$SOURCE/$NVIDIA_SOURCE" -j "$(nproc)" SYSSRC="$HEADERS/linux-headers-$KVER" \
    IGNORE_CC_MISMATCH=1 modules >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    die "NVIDIA's modules did not compile; all of it is in $log."
  }
}

collect() {
  rm -rf "$OUT.new"
  mkdir -p "$OUT.new/modules" "$OUT.new/bin" "$OUT.new/lib"
  collect_modules
  cp "$SOURCE/nvidia-smi" "$OUT.new/bin/nvidia-smi"
  for library in $LIBRARIES; do collect_library "$library"; done
  for library in $OPTIONAL_LIBRARIES; do
    [ ! -f "$SOURCE/$library.so.$NVIDIA_VERSION" ] || collect_library "$library"
  done
  if [ -d "$SOURCE/firmware" ]; then
    mkdir -p "$OUT.new/firmware/nvidia/$NVIDIA_VERSION"
    cp "$SOURCE"/firmware/*.bin "$OUT.new/firmware/nvidia/$NVIDIA_VERSION/"
  fi
  mv "$OUT.new" "$OUT"
  rm -rf "$SOURCE"
}

collect_modules() {
  for module in nvidia nvidia-modeset nvidia-drm nvidia-uvm; do
    ko=$SOURCE/$NVIDIA_SOURCE/$module.ko
    [ -f "$ko" ] || die "The build left no $module.ko." "See $log"
    magic=$(modinfo -F vermagic "$ko" | cut -d ' ' -f 1)
    [ "$magic" = "$KVER" ] || die "$module.ko is of kernel $magic, not of $KVER." "Delete $OUT and $HEADERS/linux-headers-$magic, and build again."
    strip --strip-debug "$ko" -o "$OUT.new/modules/$module.ko"
  done
}

# Programs ask for the soname: libcuda.so.1, not the versioned file.
collect_library() { # NAME
  soname=$1.so.1
  [ "$1" != libnvidia-nvvm ] || soname=$1.so.4
  [ -f "$SOURCE/$1.so.$NVIDIA_VERSION" ] || die "The driver has no $1.so.$NVIDIA_VERSION." "Is NVIDIA_VERSION in iso/builder/VERSIONS a driver for Linux on $ARCH?"
  cp "$SOURCE/$1.so.$NVIDIA_VERSION" "$OUT.new/lib/"
  ln -sf "$1.so.$NVIDIA_VERSION" "$OUT.new/lib/$soname"
}

main() {
  case ${1-} in
    -h | --help) usage && exit 0 ;;
    '') ;;
    *) usage >&2 && exit 2 ;;
  esac
  mkdir -p "$DIST"
  [ "$ARCH" = "$(uname -m)" ] || die "NVIDIA's modules for $ARCH compile on $ARCH only; this machine is $(uname -m)." "Build there, or --without-nvidia."
  install_headers
  detect_kernel
  fetch_installer
  OUT=$DIST/nvidia-$NVIDIA_VERSION-$KVER
  [ "$ARCH" = x86_64 ] || OUT=$OUT-$ARCH
  if [ -d "$OUT" ]; then
    say "nvidia: $OUT is there, used again"
  else
    extract_installer
    compile_modules
    collect
  fi
  echo "$OUT"
}

main "$@"
