#!/bin/sh
# prepare.sh: build the overlay archives that the boot test boots, with build.sh itself.
set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
REPO=$(dirname "$(dirname "$HERE")")

usage() {
  cat <<'USAGE'
usage: prepare.sh DIRECTORY

Runs build.sh on a copy of this checkout, with stand-ins for apk, mkimage.sh and
NVIDIA's installer but the real compilers, and leaves in DIRECTORY:
  key, key.pub            an SSH key made for this run
  keys.apkovl.tar.gz      the image's overlay, built with the key
  password.apkovl.tar.gz  built without keys, then broken: an audit that exits 1,
                          no library links, nvidia-modeset.ko missing,
                          nvidia-uvm.ko garbage
  boot.ipxe, smoketest.sh, audit  as built
USAGE
}

# The working tree as it is, without what git ignores.
copy_project() {
  mkdir -p "$WORK/project"
  (cd "$REPO" && git ls-files -co --exclude-standard -z -- go.mod go.sum '*.go' iso inventory pci nvidia |
    tar -c --null -T - --ignore-failed-read 2>/dev/null) | tar -x -C "$WORK/project"
  sed -i "s|^NVIDIA_SHA256=.*|NVIDIA_SHA256=$(sha256sum "$WORK/nvidia.run" | cut -d ' ' -f 1)|" "$WORK/project/iso/builder/VERSIONS"
  git -C "$WORK/project" init -q
  git -C "$WORK/project" add -A
  git -C "$WORK/project" -c user.name=test -c user.email=test@example.invalid commit -qm test
}

# The modules are compiled against the headers of the kernel that will boot;
# only their directory is named as Alpine names it.
make_builder() {
  version() { sed -n "s/^$1=//p" "$HERE/../builder/VERSIONS"; }
  "$HERE/standin/make-nvidia-run.sh" "$(version NVIDIA_VERSION)" "$WORK/nvidia.run" "$HERE/standin/nvidia-smi"
  pin=$(version KERNEL_PKG_VERSION)
  STANDIN_KERNEL=${pin%-r*}-${pin##*-r}-lts
  mkdir -p "$WORK/bin" "$WORK/home/.abuild" "$WORK/tmp" "$WORK/src"
  echo key | tee "$WORK/home/.abuild/test.rsa" >"$WORK/home/.abuild/test.rsa.pub"
  echo "PACKAGER_PRIVKEY=$WORK/home/.abuild/test.rsa" >"$WORK/home/.abuild/abuild.conf"
  for program in apk wget modinfo abuild-sign update-kernel mkinitfs; do cp "$HERE/standin/bin/$program" "$WORK/bin/"; done
  ln -s "/usr/src/linux-headers-$("$HERE/mkroot.sh")" "$WORK/src/linux-headers-$STANDIN_KERNEL"
  STANDIN_LOG=$WORK/log STANDIN_RUN=$WORK/nvidia.run STANDIN_VERMAGIC=$STANDIN_KERNEL STANDIN_PIN=$pin
  export STANDIN_PIN STANDIN_LOG STANDIN_RUN STANDIN_VERMAGIC STANDIN_KERNEL
}

make_vendor() {
  mkdir -p "$WORK/vendor"
  # shellcheck disable=SC2016 # expanded on the image
  printf '#!/bin/sh\necho "burning for $1 s beside $(ls)"\n' >"$WORK/vendor/gpu_burn"
  echo ptx >"$WORK/vendor/compare.ptx"
  # Not those that the audit would ask about QEMU's RAID controller.
  for program in storcli2 perccli2 sas2ircu sas3ircu ssacli arcconf mstflint; do cp "$HERE/standin/vendor" "$WORK/vendor/$program"; done
}

build() { # ARGUMENT...
  go_environment=$(go env GOMODCACHE GOCACHE | paste -s -d ' ')
  # shellcheck disable=SC2086 # two words
  set -- $go_environment "$@"
  modcache=$1 gocache=$2
  shift 2
  env HOME="$WORK/home" GOMODCACHE="$modcache" GOCACHE="$gocache" GOFLAGS=-buildvcs=false \
    DIST="$WORK/dist" VENDOR="$WORK/vendor" APORTS="$HERE/standin/aports" BUILD_TMP="$WORK/tmp" HEADERS="$WORK/src" \
    PATH="$WORK/bin:$PATH" "$WORK/project/iso/builder/build.sh" "$@" >"$WORK/build.log" 2>&1 || {
    cat "$WORK/build.log" >&2
    exit 1
  }
}

built_archive() {
  find "$WORK/tmp/bee-iso" -path '*apkovl_*' -name bee.apkovl.tar.gz
}

break_overlay() {
  printf '#!/bin/sh\necho broken on purpose >&2\nexit 1\n' >"$WORK/dist/overlay/usr/local/bin/audit"
  rm "$WORK/dist/overlay/usr/local/lib/nvidia/nvidia-modeset.ko" "$WORK"/dist/overlay/usr/lib/lib*.so.1
  echo garbage >"$WORK/dist/overlay/usr/local/lib/nvidia/nvidia-uvm.ko"
  (cd "$OUT" && BEE_OVERLAY="$WORK/dist/overlay" BEE_BUILDER="$WORK/project/iso/builder" \
    BEE_BUILD_INFO="$(sed -n 's/^ *\(bee .*, Alpine .*\)/\1/p' "$WORK/motd")" \
    fakeroot "$WORK/project/iso/builder/genapkovl-bee.sh" password)
}

case ${1-} in
  -h | --help) usage && exit 0 ;;
  '' | -*) usage >&2 && exit 2 ;;
esac
mkdir -p "$1"
OUT=$(cd "$1" && pwd)
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
rm -f "$OUT/key" "$OUT/key.pub"
ssh-keygen -q -t ed25519 -N '' -C test -f "$OUT/key"
make_builder
make_vendor
copy_project
build --authorized-keys "$OUT/key.pub" --netboot
cp "$WORK/dist/netboot/boot.ipxe" "$OUT/"
cp "$(built_archive)" "$OUT/keys.apkovl.tar.gz"
cp "$WORK/dist/audit" "$WORK/project/iso/builder/smoketest.sh" "$OUT/"
build
tar -xOzf "$(built_archive)" etc/motd >"$WORK/motd"
break_overlay
