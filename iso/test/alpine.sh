#!/bin/sh
# alpine.sh: build the image with the real programs of an Alpine system, look at what came out, and boot it.
set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
REPO=$(dirname "$(dirname "$HERE")")
# shellcheck source=iso/test/lib.sh
. "$HERE/lib.sh"

usage() {
  cat <<'USAGE'
usage: alpine.sh ROOT [--mirror URL] [--pin VERSION] [--aports DIRECTORY] [--audit FILE] [--out DIRECTORY] [--no-boot]

The gate before a release. Runs build.sh with the apk, mkimage, mkinitfs and
abuild of the Alpine system in ROOT (on a builder: /), from an empty cache and
with a signing key of its own; then again with another key, with a long tag, and
with a pin that the repository does not have. Looks at the medium with the
initramfs's own keys and flags, and boots it in QEMU where this machine has it:
from CD, and by network what --netboot left.
Needs root; leaves ROOT as it was, but for /var/tmp/bee-gate while it runs.

  --mirror URL      packages from there in place of dl-cdn.alpinelinux.org; a
                    directory within ROOT will do
  --pin VERSION     the kernel package of that mirror, if it is not VERSIONS' own
  --aports DIR      checkout of aports, within ROOT (default /root/aports)
  --audit FILE      audit binary compiled elsewhere, for a ROOT without Go
  --out DIRECTORY   leave ISO, logs and screenshots there
USAGE
}

parse_arguments() {
  ROOT='' MIRROR='' PIN='' APORTS=/root/aports AUDIT='' OUT='' BOOT=yes
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) usage && exit 0 ;;
      --no-boot) BOOT=no ;;
      --mirror | --pin | --aports | --audit | --out)
        [ $# -ge 2 ] || { usage >&2 && exit 2; }
        case $1 in
          --mirror) MIRROR=$2 ;;
          --pin) PIN=$2 ;;
          --aports) APORTS=$2 ;;
          --audit) AUDIT=$2 ;;
          --out) OUT=$2 ;;
        esac
        shift
        ;;
      -*) usage >&2 && exit 2 ;;
      *) ROOT=$1 ;;
    esac
    shift
  done
  [ -d "$ROOT" ] || { usage >&2 && exit 2; }
  ROOT=$(cd "$ROOT" && pwd)
  [ "$ROOT" != / ] || ROOT=
}

# inside COMMAND...: runs it in the Alpine system, with a home of the gate's own.
inside() {
  set -- env HOME="$GATE/home" DIST="$GATE/dist" BUILD_TMP="$GATE/tmp" VENDOR="$GATE/vendor" APORTS="$APORTS" \
    PATH=/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin GOFLAGS=-buildvcs=false "$@"
  if [ -n "$ROOT" ]; then chroot "$ROOT" "$@"; else "$@"; fi
}

# --- the project and a key, within ROOT

prepare() {
  GATE=/var/tmp/bee-gate
  rm -rf "$ROOT$GATE"
  mkdir -p "$ROOT$GATE/project" "$ROOT$GATE/home/.abuild" "$ROOT$GATE/tmp" "$ROOT$GATE/dist" "$ROOT$GATE/vendor" "$OUT"
  (cd "$REPO" && git ls-files -co --exclude-standard -z | tar -c --null -T - --ignore-failed-read 2>/dev/null) | tar -x -C "$ROOT$GATE/project"
  [ -z "$MIRROR" ] || set_version ALPINE_MIRROR "$MIRROR"
  [ -z "$PIN" ] || set_version KERNEL_PKG_VERSION "$PIN"
  PIN=$(version KERNEL_PKG_VERSION)
  MIRROR=$(version ALPINE_MIRROR)/v$(version ALPINE_VERSION)
  [ -z "$AUDIT" ] || cp "$AUDIT" "$ROOT$GATE/given-audit"
  git -C "$ROOT$GATE/project" init -q
  commit
  rm -f "$OUT/key" "$OUT/key.pub"
  ssh-keygen -q -t ed25519 -N '' -C test -f "$OUT/key"
  cp "$OUT/key.pub" "$ROOT$GATE/key.pub"
}

version() { sed -n "s/^$1=//p" "$ROOT$GATE/project/iso/builder/VERSIONS"; }
set_version() { sed -i "s|^$1=.*|$1=$2|" "$ROOT$GATE/project/iso/builder/VERSIONS"; }

commit() {
  git -C "$ROOT$GATE/project" add -A
  git -C "$ROOT$GATE/project" -c user.name=gate -c user.email=gate@example.invalid commit -q --allow-empty -m gate
}

sign_with() { # NAME
  inside openssl genrsa -out "$GATE/home/.abuild/$1.rsa" 2048 2>/dev/null
  inside openssl rsa -in "$GATE/home/.abuild/$1.rsa" -pubout -out "$GATE/home/.abuild/$1.rsa.pub" 2>/dev/null
  echo "PACKAGER_PRIVKEY=$GATE/home/.abuild/$1.rsa" >"$ROOT$GATE/home/.abuild/abuild.conf"
}

build() { # LOG ARGUMENT...
  log=$OUT/$1.log
  shift
  status=0
  # shellcheck disable=SC2086 # an option with its file, or nothing
  inside sh "$GATE/project/iso/builder/build.sh" --authorized-keys "$GATE/key.pub" --without-nvidia ${AUDIT:+--audit $GATE/given-audit} "$@" >"$log" 2>&1 || status=$?
  IMAGE=$ROOT$(tail -n 1 "$log")
}

builds() { # TEXT
  result "$status" "$1"
  [ "$status" = 0 ] || tail -n 6 "$log"
}

# --- what is on the medium

unpack() {
  MEDIUM=$ROOT$GATE/medium
  rm -rf "$MEDIUM" && mkdir -p "$MEDIUM/initramfs" "$MEDIUM/overlay"
  xorriso -osirrox on -indev "$IMAGE" -extract / "$MEDIUM/iso" >/dev/null 2>&1
  chmod -R u+w "$MEDIUM/iso"
  case $(od -An -tx1 -N2 "$MEDIUM/iso/boot/initramfs-lts" | tr -d ' ') in
    1f8b) gzip -dc "$MEDIUM/iso/boot/initramfs-lts" ;;
    28b5) zstd -dc "$MEDIUM/iso/boot/initramfs-lts" ;;
    *) cat "$MEDIUM/iso/boot/initramfs-lts" ;;
  esac | (cd "$MEDIUM/initramfs" && cpio -id --quiet 2>/dev/null)
  tar -xzf "$MEDIUM/iso/bee.apkovl.tar.gz" -C "$MEDIUM/overlay"
}

# With the flags and the keys of Alpine's own initramfs: what it installs at boot.
installs_offline() { # PACKAGE...
  target=$GATE/medium/target
  rm -rf "$ROOT$target"
  mkdir -p "$ROOT$target/etc/apk"
  cp -R "$MEDIUM/initramfs/etc/apk/keys" "$ROOT$target/etc/apk/keys"
  inside apk add --root "$target" --initdb --no-network --quiet
  inside apk add --root "$target" --repositories-file /dev/null --repository "$GATE/medium/iso/apks" --no-network --no-scripts \
    --simulate --quiet "$@"
}

# Where they do not, the boot ends in a shell on the screen, at "Mounting boot media".
initramfs_starts() {
  chroot "$MEDIUM/initramfs" /sbin/apk --version && chroot "$MEDIUM/initramfs" /sbin/nlplug-findfs --help
}

check_medium() {
  unpack
  world=$(tr '\n' ' ' <"$MEDIUM/overlay/etc/apk/world")
  # shellcheck disable=SC2086 # a list
  check "medium: apk takes the whole world from it, offline, by the initramfs's keys" installs_offline alpine-base openssl $world
  mv "$MEDIUM/initramfs/etc/apk/keys/gate-1.rsa.pub" "$MEDIUM/"
  check_not "medium: and takes nothing without the key that signed it" installs_offline alpine-base
  mv "$MEDIUM/gate-1.rsa.pub" "$MEDIUM/initramfs/etc/apk/keys/"
  check "medium: the initramfs's apk and nlplug-findfs start: their loader and libraries are in it" initramfs_starts
  check "medium: the initramfs has neither mdadm, which would start arrays, nor ext4, whose journal it would replay" test -z "$(find "$MEDIUM/initramfs" -name mdadm -o -name 'ext4.ko*')"
  check "medium: the initramfs asks for openssl only if the world has it" grep -qx openssl "$MEDIUM/overlay/etc/apk/world"
  volume=$(xorriso -indev "$IMAGE" -pvd_info 2>/dev/null | sed -n "s/^Volume Id *: *'\{0,1\}\([^']*\)'\{0,1\}$/\1/p")
  check "medium: its volume has a name of at most 32 characters: $volume" test -n "$volume" -a "${#volume}" -le 32
  check "medium: GRUB searches for that name" grep -rqaF "$volume" "$ROOT$GATE/tmp/bee-iso" --include='grub_early*.cfg'
  check "medium: it boots the pinned kernel" test -e "$MEDIUM/iso/boot/config-${PIN%-r*}-${PIN##*-r}-lts"
  check "medium: no kernel, firmware or mkinitfs that nothing installs" test -z "$(find "$MEDIUM/iso/apks" -name 'linux-*' -o -name 'mkinitfs-*')"
  check "medium: the modloop is signed by a key that the initramfs has" test -n "$(find "$MEDIUM/initramfs/var/cache/misc" -name '*modloop*.SIGN.*' 2>/dev/null)"
  check "medium: the boot loader takes the overlay archive from /boot/bee.img" grep -q 'apkovl=/bee.apkovl.tar.gz' "$MEDIUM/iso/boot/syslinux/syslinux.cfg"
  check "medium: it has nothing at its root that is not wanted" test -z "$(find "$MEDIUM/iso" -mindepth 1 -maxdepth 1 ! -name apks ! -name boot ! -name efi ! -name bee.apkovl.tar.gz ! -name .alpine-release)"
}

# --- builds that could go wrong quietly

check_again() {
  sign_with gate-2
  build another-key
  builds "another key: builds from the kept cache"
  unpack
  world=$(tr '\n' ' ' <"$MEDIUM/overlay/etc/apk/world")
  # shellcheck disable=SC2086 # a list
  check "another key: and its medium installs by the initramfs's keys" installs_offline alpine-base $world
  git -C "$ROOT$GATE/project" tag v0.123.45-rc6-with-a-name-that-is-too-long-for-a-volume
  commit
  build long-tag --netboot
  builds "long tag: builds, with --netboot"
  unpack
  check "netboot: the initramfs has drivers of network cards" test -n "$(find "$MEDIUM/initramfs" -path '*drivers/net*' -name '*.ko*')"
  check "netboot: kernel, initramfs, modloop, packages, archive and script are left" netboot_is_whole
  rm -rf "$OUT/net-root" && mkdir "$OUT/net-root"
  cp -R "$ROOT$GATE/dist/netboot" "$OUT/net-root/bee"
  printf '%s\n' '#!ipxe' 'set base http://10.0.2.100/bee' 'set bee bee.report=http://10.0.2.100/in' \
    "chain \${base}/boot.ipxe" >"$OUT/net-root/start.ipxe"
  set_version KERNEL_PKG_VERSION 9.9.9-r9
  build moved
  [ "$status" != 0 ] && grep -q "no linux-lts=9.9.9-r9; they have: $PIN" "$log" && refused=0 || refused=1
  result "$refused" "moved package: a pin that the repository does not have is refused, and what it has is named"
  set_version KERNEL_PKG_VERSION "$PIN"
}

netboot_is_whole() {
  for file in vmlinuz-lts initramfs-lts modloop-lts boot.ipxe bee.apkovl.tar.gz; do
    [ -s "$ROOT$GATE/dist/netboot/$file" ] || return 1
  done
  [ -n "$(find "$ROOT$GATE/dist/netboot/apks" -name APKINDEX.tar.gz)" ]
}

boot() {
  if [ "$BOOT" = no ] || ! command -v qemu-system-x86_64 >/dev/null 2>&1; then
    echo "      not booted: no QEMU here, or --no-boot"
    return
  fi
  "$HERE/boot.py" alpine "$OUT" && booted=0 || booted=1
  result "$booted" "boot: the medium boots, audits and passes the smoke test (lines above)"
  "$HERE/boot.py" alpinenet "$OUT" && booted=0 || booted=1
  result "$booted" "boot: so does what --netboot left, from an HTTP server, which gets the report (lines above)"
}

parse_arguments "$@"
[ -n "$OUT" ] || OUT=$(mktemp -d)
prepare
trap 'rm -rf "$ROOT$GATE"' EXIT
echo "      apk: $(inside apk --version), mirror $MIRROR, pin $PIN"
sign_with gate-1
build first
builds "first build: from an empty cache"
if [ "$status" = 0 ]; then
  cp "$IMAGE" "$OUT/alpine.iso"
  cp "$REPO/iso/builder/smoketest.sh" "$OUT/"
  check_medium
  check_again
  boot
fi
finish
