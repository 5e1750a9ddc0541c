#!/bin/sh
# build.sh: build the live ISO on an Alpine builder.
set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
ISO_DIR=$(dirname "$HERE")
REPO=$(dirname "$ISO_DIR")
# shellcheck source=iso/builder/lib.sh
. "$HERE/lib.sh"
# shellcheck source=iso/builder/VERSIONS
. "$HERE/VERSIONS"

DIST=${DIST:-$REPO/dist}
VENDOR=${VENDOR:-$ISO_DIR/vendor}
APORTS=${APORTS:-$HOME/aports}
# mkimage unpacks all of linux-firmware: a tmpfs /tmp is too small for it.
BUILD_TMP=${BUILD_TMP:-/var/tmp}
WORKDIR=$BUILD_TMP/bee-iso
STAGE=$DIST/overlay
ARCH=x86_64
VENDOR_PROGRAMS='storcli64 sas2ircu sas3ircu mstflint gpu_burn'

usage() {
  cat <<USAGE
usage: build.sh [--authorized-keys FILE] [--without-nvidia]

Builds the live ISO into $DIST.

  --authorized-keys FILE  SSH keys that may log in as root and bee. No password
                          login works then. Without it the image makes up a
                          password at each boot and shows it on the console.
  --without-nvidia        leave out NVIDIA's driver

Runs on Alpine $ALPINE_VERSION as a user who may run apk (root, or doas), with
abuild, go, git, xorriso, squashfs-tools, grub-efi, mtools, dosfstools and
syslinux installed, a signing key (abuild-keygen -a -i -n), and a checkout of
aports. What it compiled or fetched is kept and used again.

environment:
  DIST       results and caches        $DIST
  VENDOR     optional vendor programs  $VENDOR
  APORTS     checkout of aports        $APORTS
  BUILD_TMP  a directory on disk with 10 GB free  $BUILD_TMP
USAGE
}

parse_arguments() {
  AUTHORIZED_KEYS=
  WITH_NVIDIA=yes
  while [ $# -gt 0 ]; do
    case $1 in
      --authorized-keys)
        [ $# -ge 2 ] || die "--authorized-keys wants a file." "Try: build.sh --authorized-keys ~/.ssh/id_ed25519.pub"
        AUTHORIZED_KEYS=$2
        shift
        ;;
      --without-nvidia) WITH_NVIDIA=no ;;
      -h | --help) usage && exit 0 ;;
      *) usage >&2 && exit 2 ;;
    esac
    shift
  done
}

check_builder() {
  need apk apk-tools
  need go go
  need git git
  need xorriso xorriso
  need fakeroot fakeroot
  [ -x "$APORTS/scripts/mkimage.sh" ] ||
    die "No mkimage.sh in $APORTS/scripts." \
      "Get it: git clone --depth 1 --branch $ALPINE_VERSION-stable https://gitlab.alpinelinux.org/alpine/aports.git $APORTS" \
      "or set APORTS to your checkout."
  mkdir -p "$DIST" "$WORKDIR"
}

# 1. The audit binary, unless it is newer than every Go file.
build_audit() {
  if [ -x "$DIST/audit" ] && [ -z "$(newer_source "$DIST/audit")" ]; then
    say "audit: no Go file is newer, kept"
    return
  fi
  say "audit: compiling"
  (cd "$REPO" && CGO_ENABLED=0 GOOS=linux GOARCH=amd64 go build -trimpath \
    -ldflags "-s -w -X main.version=$VERSION -X main.commit=$COMMIT" -o "$DIST/audit.new" ./cmd/audit) ||
    die "The audit binary did not compile." "Fix what go build printed above, then build again."
  mv "$DIST/audit.new" "$DIST/audit"
}

newer_source() { # FILE
  find "$REPO" -path "$DIST" -prune -o \( -name '*.go' -o -name go.mod -o -name go.sum \) -newer "$1" -print | head -n 1
}

# The overlay is copied before anything is put into it: keys and binaries never
# touch the tracked tree.
stage_overlay() {
  rm -rf "$STAGE"
  cp -a "$ISO_DIR/overlay" "$STAGE"
  mkdir -p "$STAGE/etc" "$STAGE/usr/local/bin" "$STAGE/usr/local/lib/nvidia" "$STAGE/usr/lib"
}

# 2. Keys, or the password fallback.
inject_login() {
  if [ -z "$AUTHORIZED_KEYS" ]; then
    SSH_LOGIN=password
    say "login: no keys given; the image will make up a password at each boot and show it on the console"
    return
  fi
  [ -r "$AUTHORIZED_KEYS" ] || die "Cannot read $AUTHORIZED_KEYS." "Give --authorized-keys a file of public keys."
  ! grep -q 'PRIVATE KEY' "$AUTHORIZED_KEYS" ||
    die "$AUTHORIZED_KEYS holds a private key." "Give the public half: the file that ends in .pub"
  grep -Eq '^[^#]*(ssh-(ed25519|rsa)|ecdsa-sha2-[^ ]+|sk-[^ ]+) AAAA' "$AUTHORIZED_KEYS" ||
    die "$AUTHORIZED_KEYS holds no SSH public key." "A line looks like: ssh-ed25519 AAAA... name"
  SSH_LOGIN=keys
  mkdir -p "$STAGE/root/.ssh"
  cp "$AUTHORIZED_KEYS" "$STAGE/root/.ssh/authorized_keys"
  chmod 700 "$STAGE/root/.ssh"
  chmod 600 "$STAGE/root/.ssh/authorized_keys"
  say "login: keys from $AUTHORIZED_KEYS; no password login"
}

# 3. The audit binary into the overlay, and the smoke test for the menu.
inject_audit() {
  cp "$DIST/audit" "$STAGE/usr/local/bin/audit"
  cp "$HERE/smoketest.sh" "$STAGE/usr/local/bin/bee-smoketest"
  chmod 755 "$STAGE/usr/local/bin/audit" "$STAGE/usr/local/bin/bee-smoketest"
}

# 4. Vendor programs that the operator has a licence for; each is optional.
inject_vendor() {
  VENDOR_FOUND=
  for program in $VENDOR_PROGRAMS; do
    if [ ! -f "$VENDOR/$program" ]; then
      say "vendor: no $program (put it into $VENDOR to have it on the image)"
      continue
    fi
    cp "$VENDOR/$program" "$STAGE/usr/local/bin/$program"
    chmod 755 "$STAGE/usr/local/bin/$program"
    VENDOR_FOUND="$VENDOR_FOUND${VENDOR_FOUND:+ }$program"
  done
  inject_gpu_burn_kernel
}

# gpu_burn opens compare.ptx in its working directory and cannot run without.
inject_gpu_burn_kernel() {
  case " $VENDOR_FOUND " in *" gpu_burn "*) ;; *) return 0 ;; esac
  [ -f "$VENDOR/compare.ptx" ] ||
    die "$VENDOR has gpu_burn but not compare.ptx." "Build both: sh iso/builder/build-gpu-burn.sh $DIST"
  mkdir -p "$STAGE/usr/local/share/gpu_burn"
  cp "$VENDOR/compare.ptx" "$STAGE/usr/local/share/gpu_burn/compare.ptx"
}

# 5. NVIDIA's modules, tools and libraries, compiled or from the cache.
build_nvidia() {
  NVIDIA_DIR=$(DIST="$DIST" "$HERE/build-nvidia-module.sh") || die "NVIDIA's driver was not built; see above." \
    "To build an image without it: build.sh --without-nvidia"
  check_headers
}

# The pin, the headers and the modules are one kernel, or the modules would
# never load.
check_headers() {
  KVER=$(kernel_release "$KERNEL_PKG_VERSION")
  [ "$NVIDIA_DIR" = "$DIST/nvidia-$NVIDIA_VERSION-$KVER" ] ||
    die "NVIDIA's modules are in $NVIDIA_DIR," \
      "but KERNEL_PKG_VERSION=$KERNEL_PKG_VERSION asks for $DIST/nvidia-$NVIDIA_VERSION-$KVER." \
      "Set KERNEL_PKG_VERSION in iso/builder/VERSIONS to the kernel of the headers."
}

# 6.-8. Modules, nvidia-smi and libraries.
inject_nvidia() {
  cp "$NVIDIA_DIR"/modules/*.ko "$STAGE/usr/local/lib/nvidia/"
  [ ! -d "$NVIDIA_DIR/firmware" ] || cp -R "$NVIDIA_DIR/firmware" "$STAGE/usr/local/lib/nvidia/"
  cp "$NVIDIA_DIR/bin/nvidia-smi" "$STAGE/usr/local/bin/nvidia-smi"
  chmod 755 "$STAGE/usr/local/bin/nvidia-smi"
  cp -P "$NVIDIA_DIR"/lib/* "$STAGE/usr/lib/"
}

# 9. What the image was built from, for the smoke test and for support.
write_release() {
  cat >"$STAGE/etc/bee-release" <<RELEASE
BEE_VERSION=$VERSION
BEE_COMMIT=$COMMIT
BEE_BUILT=$BUILT
ALPINE_VERSION=$ALPINE_VERSION
KERNEL_PKG_VERSION=$KERNEL_PKG_VERSION
NVIDIA_VERSION=$IMAGE_NVIDIA
VENDOR_PROGRAMS="$VENDOR_FOUND"
SSH_LOGIN=$SSH_LOGIN
RELEASE
}

# 10. The same in a line, for the message of the day.
export_build_info() {
  BEE_BUILD_INFO="bee $VERSION ($COMMIT) $BUILT, Alpine $ALPINE_VERSION, Linux $KERNEL_PKG_VERSION${IMAGE_NVIDIA:+, NVIDIA $IMAGE_NVIDIA}"
  export BEE_BUILD_INFO
}

# 11. The sections that are costly and keyed by their content stay; the overlay
# archive and the ISO are made anew: mkimage keys the archive by the script that
# makes it, not by what goes in.
clean_workdir() {
  for entry in "$WORKDIR"/*; do
    case ${entry##*/} in
      apks_* | kernel_* | syslinux_* | grub_*) ;;
      *) rm -rf "$entry" ;;
    esac
  done
  rm -f "$DIST"/*bee-*.iso
}

# mkimage takes profiles from ~/.mkimage, and checksums the overlay script
# relative to the directory it runs in.
run_mkimage() {
  mkdir -p "$HOME/.mkimage"
  cp "$HERE/mkimg.bee.sh" "$HOME/.mkimage/mkimg.bee.sh"
  cp "$HERE/genapkovl-bee.sh" "$BUILD_TMP/genapkovl-bee.sh"
  chmod 755 "$BUILD_TMP/genapkovl-bee.sh"
  export BEE_BUILDER="$HERE" BEE_OVERLAY="$STAGE" SOURCE_DATE_EPOCH
  (cd "$BUILD_TMP" && TMPDIR="$BUILD_TMP" sh "$APORTS/scripts/mkimage.sh" \
    --tag "$VERSION" --arch "$ARCH" --profile bee --outdir "$DIST" --workdir "$WORKDIR" \
    --repository "$ALPINE_MIRROR/v$ALPINE_VERSION/main" \
    --extra-repository "$ALPINE_MIRROR/v$ALPINE_VERSION/community") ||
    die "mkimage.sh failed; see above." \
      "If a package cannot be selected, Alpine has a newer one: set KERNEL_PKG_VERSION in iso/builder/VERSIONS."
}

# mkimage exits 0 even when it skipped the profile.
find_image() {
  IMAGE=$(find "$DIST" -maxdepth 1 -name '*bee-*.iso' -size +0 | head -n 1)
  [ -n "$IMAGE" ] || die "mkimage.sh exited 0 but left no ISO in $DIST." \
    "It skips a profile whose arch lacks $ARCH: check mkimg.bee.sh and the log above."
}

# The kernel section is not pinned by the profile: look at what came out.
check_image() {
  files=$(xorriso -indev "$IMAGE" -find / -type f -exec echo 2>/dev/null | tr -d "'")
  echo "$files" | grep -q '^/[^/]*\.apkovl\.tar\.gz$' ||
    die "$IMAGE holds no overlay archive at its root." "Look for what genapkovl-bee.sh printed above."
  kernels=$(echo "$files" | sed -n 's|^/boot/config-\([0-9].*\)|\1|p')
  if [ -z "$kernels" ]; then
    say "image: no /boot/config-* on the medium; the kernel's version was not checked"
  elif [ "$kernels" != "$(kernel_release "$KERNEL_PKG_VERSION")" ]; then
    die "The ISO boots kernel $kernels, but KERNEL_PKG_VERSION is $KERNEL_PKG_VERSION: NVIDIA's modules would not load." \
      "Set KERNEL_PKG_VERSION in iso/builder/VERSIONS to the kernel that Alpine has now, and build again."
  fi
}

describe_source() {
  COMMIT=$(git -C "$REPO" rev-parse --short=12 HEAD)
  VERSION=$(git -C "$REPO" describe --tags --always --dirty)
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$REPO" log -1 --format=%ct)}
  BUILT=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)
  IMAGE_NVIDIA=
  [ "$WITH_NVIDIA" = no ] || IMAGE_NVIDIA=$NVIDIA_VERSION
}

main() {
  parse_arguments "$@"
  check_builder
  describe_source
  build_audit
  stage_overlay
  inject_login
  inject_audit
  inject_vendor
  if [ "$WITH_NVIDIA" = yes ]; then
    build_nvidia
    inject_nvidia
  fi
  write_release
  export_build_info
  clean_workdir
  run_mkimage
  find_image
  check_image
  say "done: $IMAGE"
  echo "$IMAGE"
}

main "$@"
