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

set_arch
DIST=${DIST:-$REPO/dist}
VENDOR=${VENDOR:-$ISO_DIR/vendor}
APORTS=${APORTS:-$HOME/aports}
# mkimage unpacks all of linux-firmware: a tmpfs /tmp is too small for it.
BUILD_TMP=${BUILD_TMP:-/var/tmp}
WORKDIR=$BUILD_TMP/bee-iso
STAGE=$DIST/overlay
VENDOR_PROGRAMS='storcli64 storcli2 perccli64 perccli2 sas2ircu sas3ircu ssacli arcconf mstflint gpu_burn'

usage() {
  cat <<USAGE
usage: build.sh [--authorized-keys FILE] [--without-nvidia] [--netboot] [--audit FILE]

Builds the live ISO for $ARCH into $DIST.

  --authorized-keys FILE  SSH keys that may log in as root and bee. No password
                          login works then. Without it the image makes up a
                          password at each boot and shows it on the console.
  --without-nvidia        leave out NVIDIA's driver
  --netboot               also leave in $DIST/netboot what a boot by PXE or HTTP
                          needs: kernel, initramfs, modloop, packages, overlay
                          archive, and boot.ipxe
  --audit FILE            take this audit binary, compiled elsewhere, instead of
                          compiling it here

Runs on Alpine $ALPINE_VERSION as a user who may run apk (root, or doas), with
abuild, go, git, xorriso, squashfs-tools, grub-efi, mtools, dosfstools and
syslinux installed, a signing key (abuild-keygen -a -i -n), and a checkout of
aports. What it compiled or fetched is kept and used again.

environment:
  ARCH       x86_64 or aarch64         $ARCH
  DIST       results and caches        $DIST
  VENDOR     optional vendor programs  $VENDOR
  APORTS     checkout of aports        $APORTS
  BUILD_TMP  a directory on disk with 10 GB free  $BUILD_TMP
USAGE
}

parse_arguments() {
  AUTHORIZED_KEYS=
  WITH_NVIDIA=yes
  BEE_NETBOOT=
  GIVEN_AUDIT=
  while [ $# -gt 0 ]; do
    case $1 in
      --authorized-keys)
        [ $# -ge 2 ] || die "--authorized-keys wants a file." "Try: build.sh --authorized-keys ~/.ssh/id_ed25519.pub"
        AUTHORIZED_KEYS=$2
        shift
        ;;
      --without-nvidia) WITH_NVIDIA=no ;;
      --netboot) BEE_NETBOOT=yes ;;
      --audit)
        [ $# -ge 2 ] || die "--audit wants a file." "Compile it where Go is: CGO_ENABLED=0 GOARCH=$GOARCH go build ./cmd/audit"
        GIVEN_AUDIT=$2
        shift
        ;;
      -h | --help) usage && exit 0 ;;
      *) usage >&2 && exit 2 ;;
    esac
    shift
  done
}

check_builder() {
  need apk apk-tools
  need git git
  need xorriso xorriso
  need fakeroot fakeroot
  need cpio cpio
  # What mkimage.sh calls. update-kernel, run as root, would else take its tools
  # from the builder's own repositories, of whatever release those are.
  need abuild-sign abuild
  need update-kernel alpine-conf
  need mkinitfs mkinitfs
  need mksquashfs squashfs-tools
  need kmod kmod
  need grub-mkimage grub-efi
  need mformat mtools
  [ -x "$APORTS/scripts/mkimage.sh" ] ||
    die "No mkimage.sh in $APORTS/scripts." \
      "Get it: git clone --depth 1 --branch $ALPINE_VERSION-stable https://gitlab.alpinelinux.org/alpine/aports.git $APORTS" \
      "or set APORTS to your checkout."
  [ -n "$GIVEN_AUDIT" ] || check_go
  check_key
  mkdir -p "$DIST" "$WORKDIR"
  check_offer "$WORKDIR/offer" linux-lts
}

# Alpine's release may have an older Go than the module asks for, and its
# package sets GOTOOLCHAIN=local: then Go fetches no newer one by itself.
check_go() {
  wanted=$(sed -n 's/^go \([0-9.]*\).*/\1/p' "$REPO/go.mod")
  command -v go >/dev/null 2>&1 || no_go "There is no Go on this machine, and the audit binary needs $wanted."
  found=$(cd / && GOTOOLCHAIN=local go env GOVERSION | sed 's/^go//; s/[^0-9.].*//')
  ! newer "$wanted" "$found" || [ "$(cd "$REPO" && go env GOVERSION 2>/dev/null | cut -c 1-2)" = go ] ||
    no_go "Go is $found here, the audit binary needs $wanted, and GOTOOLCHAIN=$(cd / && go env GOTOOLCHAIN) fetches none."
}

no_go() { # WHAT
  die "$1" "One of these helps:" \
    "  put Go $wanted from https://go.dev/dl/ into /usr/local/go, and /usr/local/go/bin first into PATH" \
    "  export GOTOOLCHAIN=auto, where the builder reaches the internet" \
    "  compile it elsewhere (CGO_ENABLED=0 GOARCH=$GOARCH go build ./cmd/audit) and build.sh --audit FILE"
}

newer() { # A B: A is a newer version than B
  [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | tail -n 1)" = "$1" ]
}

# The key that signs the package index of the medium, found as abuild finds it.
# Without one mkimage ends well all the same, and the medium boots to nothing:
# apk takes no package of an index that it cannot check.
check_key() {
  PRIVATE_KEY=$(abuild_setting PACKAGER_PRIVKEY "${PACKAGER_PRIVKEY-}")
  PUBLIC_KEY=$(abuild_setting PACKAGER_PUBKEY "${PACKAGER_PUBKEY-}")
  PUBLIC_KEY=${PUBLIC_KEY:-$PRIVATE_KEY.pub}
  [ -n "$PRIVATE_KEY" ] || die "There is no signing key: PACKAGER_PRIVKEY is set neither in the environment nor in abuild.conf." "Make one: abuild-keygen -a -i -n"
  [ -r "$PRIVATE_KEY" ] || die "Cannot read the signing key $PRIVATE_KEY." "Set PACKAGER_PRIVKEY in ~/.abuild/abuild.conf, or make a key: abuild-keygen -a -i -n"
  [ -r "$PUBLIC_KEY" ] || die "Cannot read $PUBLIC_KEY, the public half of the signing key." "Make it: openssl rsa -in $PRIVATE_KEY -pubout -out $PUBLIC_KEY"
}

abuild_setting() ( # NAME ENVIRONMENT
  set +u
  for conf in /etc/abuild.conf "${ABUILD_USERCONF:-${ABUILD_USERDIR:-$HOME/.abuild}/abuild.conf}"; do
    # shellcheck source=/dev/null # the builder's own
    [ ! -f "$conf" ] || . "$conf" >/dev/null 2>&1
  done
  eval "echo \"\${2:-\$$1}\""
)

# 1. The audit binary, unless it is newer than every Go file and made of these
# very sources: the time of a file tells neither of a deleted one nor of what
# go:embed takes in, and a kept binary would name the commit of its day.
build_audit() {
  if [ -n "$GIVEN_AUDIT" ]; then
    [ -r "$GIVEN_AUDIT" ] || die "Cannot read $GIVEN_AUDIT." "Give --audit the binary that you compiled."
    cp "$GIVEN_AUDIT" "$DIST/audit.new"
    rm -f "$DIST/audit.source"
    keep_audit
    say "audit: $GIVEN_AUDIT, compiled elsewhere"
    return
  fi
  source=$(audit_source)
  if [ -x "$DIST/audit" ] && [ "$(cat "$DIST/audit.source" 2>/dev/null)" = "$source" ] && [ -z "$(newer_source "$DIST/audit")" ]; then
    say "audit: no source has changed, kept"
    return
  fi
  say "audit: compiling"
  (cd "$REPO" && CGO_ENABLED=0 GOOS=linux GOARCH="$GOARCH" go build -trimpath \
    -ldflags "-s -w -X main.version=$VERSION -X main.commit=$COMMIT" -o "$DIST/audit.new" ./cmd/audit) ||
    die "The audit binary did not compile." "Fix what go build printed above, then build again."
  keep_audit
  echo "$source" >"$DIST/audit.source"
}

# Alpine has another C library than Go's cgo links against here: a binary that
# asks for a loader does not start there.
keep_audit() {
  [ "$(elf_machine "$DIST/audit.new")" = "$ELF_MACHINE" ] || die "The audit binary is not an ELF program for $ARCH." "Compile it with GOOS=linux GOARCH=$GOARCH."
  is_static "$DIST/audit.new" || die "The audit binary is linked dynamically and would not start on the image." "Compile it with CGO_ENABLED=0."
  chmod 755 "$DIST/audit.new"
  mv "$DIST/audit.new" "$DIST/audit"
}

elf_machine() { # FILE
  [ "$(od -An -tx1 -N4 "$1" | tr -d ' ')" = 7f454c46 ] && number 2 18 "$1"
}

# No program header of type PT_INTERP (3).
is_static() { # FILE
  header=$(number 8 32 "$1")
  left=$(number 2 56 "$1")
  while [ "$left" -gt 0 ]; do
    [ "$(number 4 "$header" "$1")" != 3 ] || return 1
    header=$((header + 56))
    left=$((left - 1))
  done
}

number() { # BYTES OFFSET FILE
  od -An -tu"$1" -j"$2" -N"$1" "$3" | tr -d ' '
}

newer_source() { # FILE
  find "$REPO" -path "$DIST" -prune -o \( -name '*.go' -o -name go.mod -o -name go.sum \) -newer "$1" -print | head -n 1
}

# Everything that can go into the binary, by content, and what it says of itself.
audit_source() {
  {
    echo "$VERSION $COMMIT $ARCH"
    (cd "$REPO" && git ls-files -co --exclude-standard -- . ':!iso' ':!testdata' ':!*/testdata/*' | sort |
      while read -r file; do [ ! -f "$file" ] || sha256sum "$file"; done)
  } | sha256sum | cut -d ' ' -f 1
}

# The overlay is copied before anything is put into it: keys and binaries never
# touch the tracked tree.
stage_overlay() {
  rm -rf "$STAGE"
  cp -a "$ISO_DIR/overlay" "$STAGE"
  strangers=$(find "$STAGE" \( -type f -o -type l \) -name '*host_key*' -o -name shadow -o -name '*.apkovl.tar.gz')
  [ -z "$strangers" ] || die "The overlay holds what must not be on an image: $strangers" "Delete it from iso/overlay."
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
BEE_ARCH=$ARCH
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
# makes it, not by what goes in. Nor does it key by the signing key, which is in
# the kernel section's initramfs and under the index of the packages.
clean_workdir() {
  key=$(sha256sum <"$PUBLIC_KEY")
  if [ "$(cat "$WORKDIR/.key" 2>/dev/null)" != "$key" ]; then
    rm -rf "$WORKDIR"/kernel_* "$WORKDIR"/apks_*
    echo "$key" >"$WORKDIR/.key"
  fi
  for entry in "$WORKDIR"/*; do
    case ${entry##*/} in
      apks_* | kernel_* | syslinux_* | grub_*) ;;
      *) rm -rf "$entry" ;;
    esac
  done
  rm -f "$DIST"/*bee-*.iso
}

# mkimage takes profiles from ~/.mkimage, and checksums the overlay script
# relative to the directory it runs in. The tag goes into the volume's name,
# "alpine-bee TAG ARCH", for which ISO 9660 has 32 characters.
run_mkimage() {
  mkdir -p "$HOME/.mkimage"
  cp "$HERE/mkimg.bee.sh" "$HOME/.mkimage/mkimg.bee.sh"
  cp "$HERE/genapkovl-bee.sh" "$BUILD_TMP/genapkovl-bee.sh"
  chmod 755 "$BUILD_TMP/genapkovl-bee.sh"
  export BEE_BUILDER="$HERE" BEE_OVERLAY="$STAGE" BEE_VERSION="$VERSION" BEE_NETBOOT SOURCE_DATE_EPOCH
  MKIMAGE_LOG=$DIST/mkimage.log
  {
    status=0
    (cd "$BUILD_TMP" && TMPDIR="$BUILD_TMP" sh "$APORTS/scripts/mkimage.sh" \
      --tag "$TAG" --arch "$ARCH" --profile bee --outdir "$DIST" --workdir "$WORKDIR" \
      --repository "$ALPINE_MIRROR/v$ALPINE_VERSION/main" \
      --extra-repository "$ALPINE_MIRROR/v$ALPINE_VERSION/community") 2>&1 || status=$?
    echo "$status" >"$WORKDIR/.status"
  } | tee "$MKIMAGE_LOG" >&2
  [ "$(cat "$WORKDIR/.status")" = 0 ] || explain_mkimage
}

# Which section failed, its last words, and advice only where we know any.
explain_mkimage() {
  section=$(sed -n 's/.*--> \([a-z_0-9]*\) .*/\1/p; s/.*mkimage[^:]*: Creating .*/the ISO itself/p' "$MKIMAGE_LOG" | tail -n 1)
  last=$(grep -v '^[[:space:]]*$' "$MKIMAGE_LOG" | tail -n 1)
  set -- "mkimage.sh failed in section ${section:-(none was begun)}; its last line is:" "  $last" "All it said is in $MKIMAGE_LOG."
  advice=$(mkimage_advice)
  [ -z "$advice" ] || set -- "$@" "$advice"
  die "$@"
}

mkimage_advice() {
  if log_says 'is not KERNEL_PKG_VERSION'; then
    echo "Alpine has another kernel now: set KERNEL_PKG_VERSION in iso/builder/VERSIONS to it."
  elif log_says 'No space left on device'; then
    echo "Free some space in $BUILD_TMP and $DIST, or set BUILD_TMP to a directory with 10 GB free."
  elif log_says 'UNTRUSTED signature\|BAD signature'; then
    echo "apk does not trust the repository's key: install alpine-keys, or put the key of your repository into /etc/apk/keys."
  elif log_says 'temporary error\|DNS\|network error\|could not connect\|Host is unreachable'; then
    echo "The mirror cannot be reached: build again when the network is there; what was fetched is kept."
  elif log_says 'tmp-update-kernel'; then
    echo "update-kernel takes its tools from this builder's repositories: apk add mkinitfs squashfs-tools kmod must work here."
  elif log_says '(no such package)\|unable to select package'; then
    echo "A package has another name in Alpine $ALPINE_VERSION, or is gone: mend iso/builder/packages."
  elif log_says 'olume ID\|-volid'; then
    echo "The tag $TAG is too long for the volume's name: it has 32 characters, of which \"alpine-bee  $ARCH\" takes the most."
  else
    sed -n 's/.*[ :]\([a-z0-9-]*\): \(command \)\{0,1\}not found$/Install what brings \1 (README: "Build it")./p' "$MKIMAGE_LOG" | tail -n 1
  fi
}

log_says() { tail -n 40 "$MKIMAGE_LOG" | grep -q -- "$1"; }

# mkimage exits 0 even when it skipped the profile.
find_image() {
  IMAGE=$(find "$DIST" -maxdepth 1 -name '*bee-*.iso' -size +0 | head -n 1)
  [ -n "$IMAGE" ] || die "mkimage.sh exited 0 but left no ISO in $DIST." \
    "It skips a profile whose arch lacks $ARCH: check mkimg.bee.sh and the log above."
}

# What came out, and not what should have.
check_image() {
  look=$WORKDIR/look
  rm -rf "$look"
  mkdir -p "$look/keys"
  xorriso -indev "$IMAGE" -find / -type f -exec echo 2>/dev/null | tr -d "'" >"$look/files"
  xorriso -osirrox on -indev "$IMAGE" -extract /boot/initramfs-lts "$look/initramfs" \
    -extract "/apks/$ARCH/APKINDEX.tar.gz" "$look/index" >"$look/log" 2>&1 ||
    die "$IMAGE has no initramfs, or no package index for $ARCH." "See $look/log"
  check_overlay
  check_kernel
  check_signature
  check_volume
  rm -rf "$look"
}

on_image() { # PATTERN
  grep -q "$1" "$look/files"
}

check_overlay() {
  on_image '^/[^/]*\.apkovl\.tar\.gz$' || die "$IMAGE holds no overlay archive at its root." "Look for what genapkovl-bee.sh printed above."
  on_image '^/boot/bee\.img$' || die "$IMAGE holds no /boot/bee.img: the overlay of a forgotten stick could win." "Does mkimage.sh of this release still take sections from ~/.mkimage?"
}

check_kernel() {
  kernels=$(sed -n 's|^/boot/config-\([0-9].*\)|\1|p' "$look/files")
  [ -n "$kernels" ] || die "$IMAGE has no /boot/config-RELEASE: which kernel it boots cannot be checked."
  [ "$kernels" = "$(kernel_release "$KERNEL_PKG_VERSION")" ] ||
    die "The ISO boots kernel $kernels, but KERNEL_PKG_VERSION is $KERNEL_PKG_VERSION: NVIDIA's modules would not load." \
      "Set KERNEL_PKG_VERSION in iso/builder/VERSIONS to the kernel that Alpine has now, and build again."
}

# apk in the initramfs takes packages only from an index that is signed by one
# of the keys there; else the boot ends without a system.
check_signature() {
  signer=$(tar -tzf "$look/index" 2>/dev/null | sed -n '1s/^\.SIGN\.[A-Z0-9]*\.//p')
  [ -n "$signer" ] || die "The package index of $IMAGE is not signed: it would boot to nothing." "Does abuild-sign work with $PRIVATE_KEY?"
  unpack_keys
  [ -f "$look/keys/etc/apk/keys/$signer" ] ||
    die "The package index of $IMAGE is signed by $signer, and its initramfs knows only: $(find "$look/keys" -type f | sed 's|.*/||' | tr '\n' ' ')" \
      "It would boot to nothing. Delete $WORKDIR and build again."
  cmp -s "$look/keys/etc/apk/keys/$signer" "$PUBLIC_KEY" ||
    die "The key $signer in the initramfs of $IMAGE is not $PUBLIC_KEY, though it has its name." "Delete $WORKDIR and build again."
}

unpack_keys() {
  case $(od -An -tx1 -N4 "$look/initramfs" | tr -d ' ') in
    1f8b*) gzip -dc "$look/initramfs" ;;
    28b52ffd) zstd -dc "$look/initramfs" ;;
    fd377a58) xz -dc "$look/initramfs" ;;
    *) cat "$look/initramfs" ;;
  esac | (cd "$look/keys" && cpio -id 'etc/apk/keys/*' 'etc/apk/keys' './etc/apk/keys/*' >/dev/null 2>&1) || true
}

# GRUB finds the medium by this name.
check_volume() {
  volume=$(xorriso -indev "$IMAGE" -pvd_info 2>/dev/null | sed -n "s/^Volume Id *: *'\{0,1\}\([^']*\)'\{0,1\}$/\1/p")
  [ "$volume" = "alpine-bee $TAG $ARCH" ] || die "The volume of $IMAGE is named '$volume', not 'alpine-bee $TAG $ARCH': UEFI would not find it."
}

# --netboot: what the ISO is made of, for a server of the LAN.
write_netboot() {
  NETBOOT=$DIST/netboot
  rm -rf "$NETBOOT"
  mkdir -p "$NETBOOT"
  xorriso -osirrox on -indev "$IMAGE" -extract /boot/vmlinuz-lts "$NETBOOT/vmlinuz-lts" \
    -extract /boot/initramfs-lts "$NETBOOT/initramfs-lts" -extract /boot/modloop-lts "$NETBOOT/modloop-lts" \
    -extract /boot/grub/grub.cfg "$NETBOOT/grub.cfg" -extract /apks "$NETBOOT/apks" -extract /bee.apkovl.tar.gz "$NETBOOT/bee.apkovl.tar.gz" >/dev/null 2>&1 ||
    die "$IMAGE lacks a part of what a boot by network needs: kernel, initramfs, modloop, grub.cfg, apks or overlay archive."
  chmod -R u+w,a+rX "$NETBOOT"
  # The ISO's own command line, but for the archive, which comes by HTTP.
  cmdline=$(sed -n 's|^[[:space:]]*linux[[:space:]]*/boot/vmlinuz-lts ||p' "$NETBOOT/grub.cfg" | head -n 1 | sed 's/apkovl=[^ ]* *//')
  rm -f "$NETBOOT/grub.cfg"
  sed "s|@CMDLINE@|$cmdline|; s|@BUILD@|$BEE_BUILD_INFO|" "$HERE/boot.ipxe" >"$NETBOOT/boot.ipxe"
  say "netboot: $NETBOOT, to be served by HTTP; see iso/README.md"
}

describe_source() {
  COMMIT=$(git -C "$REPO" rev-parse --short=12 HEAD)
  VERSION=$(git -C "$REPO" describe --tags --always --dirty)
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$REPO" log -1 --format=%ct)}
  BUILT=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)
  # 13 characters, whatever the version is called.
  TAG=$(date -u -d "@$SOURCE_DATE_EPOCH" +%y%m%d)-$(git -C "$REPO" rev-parse --short=12 HEAD | cut -c 1-6)
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
  [ -z "$BEE_NETBOOT" ] || write_netboot
  say "done: $IMAGE"
  echo "$IMAGE"
}

main "$@"
