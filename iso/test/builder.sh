#!/bin/sh
# builder.sh: run every branch of the ISO build against stand-ins of what an Alpine builder has.
set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
ISO_DIR=$(dirname "$HERE")
# shellcheck source=iso/test/lib.sh
. "$HERE/lib.sh"

usage() {
  cat <<'USAGE'
usage: builder.sh

Runs iso/builder/build.sh and its helpers in a copy of the project, with
stand-ins for apk, mkimage.sh, NVIDIA's installer and CUDA (iso/test/standin):
first and cached builds, wrong kernel pin, wrong checksum, missing vendor
programs, keys given and not given, an image builder that leaves nothing.
Needs kernel headers of Debian in /usr/src; see deps.sh.
USAGE
}

# --- a project to build, and a builder to build it on

make_project() {
  PROJECT=$WORK/project
  mkdir -p "$PROJECT/iso" "$PROJECT/cmd/audit"
  cp -R "$ISO_DIR/builder" "$ISO_DIR/overlay" "$PROJECT/iso/"
  printf 'module example\n' >"$PROJECT/go.mod"
  printf 'package main\n\nfunc main() {}\n' >"$PROJECT/cmd/audit/main.go"
  set_version NVIDIA_SHA256 "$(sha256sum "$STANDIN_RUN" | cut -d ' ' -f 1)"
  set_version GPU_BURN_URL "$WORK/gpu-burn"
  git -C "$PROJECT" init -q
  commit_project
}

commit_project() {
  git -C "$PROJECT" add -A
  git -C "$PROJECT" -c user.name=test -c user.email=test@example.invalid commit -qm test
}

set_version() { # NAME VALUE
  sed -i "s|^$1=.*|$1=$2|" "$PROJECT/iso/builder/VERSIONS"
}

make_builder() {
  export STANDIN_LOG="$WORK/log" STANDIN_RUN="$WORK/nvidia.run"
  VERSION_NVIDIA=$(sed -n 's/^NVIDIA_VERSION=//p' "$ISO_DIR/builder/VERSIONS")
  "$HERE/standin/make-nvidia-run.sh" "$VERSION_NVIDIA" "$STANDIN_RUN"
  PIN=$(sed -n 's/^KERNEL_PKG_VERSION=//p' "$ISO_DIR/builder/VERSIONS")
  KVER=${PIN%-r*}-${PIN##*-r}-lts
  export STANDIN_VERMAGIC="$KVER" STANDIN_KERNEL="$KVER"
  export HOME="$WORK/home" DIST="$WORK/dist" VENDOR="$WORK/vendor" APORTS="$HERE/standin/aports"
  export BUILD_TMP="$WORK/tmp" HEADERS="$WORK/src" CUDAPATH="$WORK/cuda" PATH="$HERE/standin/bin:$PATH"
  mkdir -p "$HOME" "$VENDOR" "$BUILD_TMP" "$HEADERS" "$CUDAPATH/bin"
  ln -s "$(find /usr/src -maxdepth 1 -name 'linux-headers-*-amd64' | sort | tail -n 1)" "$HEADERS/linux-headers-$KVER"
  ln -s "$HERE/standin/bin/nvcc" "$CUDAPATH/bin/nvcc"
  echo 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHNvbWV0aGluZw test' >"$WORK/keys.pub"
}

# build [ARGUMENT...]: status in $status, messages in $WORK/out.
build() {
  : >"$STANDIN_LOG"
  status=0
  "$PROJECT/iso/builder/build.sh" "$@" >"$WORK/out" 2>&1 || status=$?
}

builds() { # TEXT: the last build succeeded
  result "$status" "$1"
  [ "$status" = 0 ] || tail -n 5 "$WORK/out"
}

# stops TEXT PATTERN...: the last build failed, and its message has each PATTERN.
stops() {
  stops_text=$1
  shift
  stops_status=0
  [ "$status" != 0 ] || stops_status=1
  for pattern in "$@"; do said "$pattern" || stops_status=1; done
  result "$stops_status" "$stops_text"
  [ "$stops_status" = 0 ] || tail -n 5 "$WORK/out"
}

said() { grep -q -- "$1" "$WORK/out"; }
called() { grep -q -- "$1" "$STANDIN_LOG"; }

in_overlay() { # PATH: it is in the archive of the last build
  unpack_overlay
  [ -e "$WORK/tree/$1" ] || [ -L "$WORK/tree/$1" ]
}

unpack_overlay() {
  rm -rf "$WORK/tree"
  mkdir "$WORK/tree"
  tar -xzf "$BUILD_TMP"/bee-iso/apkovl_*/bee.apkovl.tar.gz -C "$WORK/tree"
}

release() { # NAME: its value in /etc/bee-release of the last build
  unpack_overlay
  sed -n "s/^$1=//p" "$WORK/tree/etc/bee-release"
}

# --- the cases

case_help() {
  for script in build.sh build-nvidia-module.sh build-gpu-burn.sh genapkovl-bee.sh smoketest.sh; do
    check "help: $script --help says how it is used" sh -c "'$PROJECT/iso/builder/$script' --help | grep -q '^usage: '"
    status=0
    "$PROJECT/iso/builder/$script" --no-such-option >/dev/null 2>&1 || status=$?
    check "help: $script refuses an unknown option" test "$status" = 2
  done
}

case_first_build() {
  build --authorized-keys "$WORK/keys.pub"
  builds "first build: succeeds"
  check "first build: prints the ISO" test -s "$(tail -n 1 "$WORK/out")"
  check "first build: step 1 compiles the audit binary, static and trimmed" called 'go build -trimpath -ldflags -s -w -X main.version=.* -X main.commit='
  check "first build: step 2 puts the keys into root/.ssh" cmp "$DIST/overlay/root/.ssh/authorized_keys" "$WORK/keys.pub"
  check "first build: step 3 puts the binary to usr/local/bin/audit" cmp "$DIST/audit" "$DIST/overlay/usr/local/bin/audit"
  check "first build: step 4 names each vendor program that is missing" said 'no storcli64 (put it into'
  check "first build: step 5a installs the pinned headers from dl-cdn" called "^apk add .*--repositories-file /dev/null .*https://dl-cdn.alpinelinux.org/alpine/v3.21/main .*linux-lts-dev=$PIN"
  check "first build: step 5c fetches NVIDIA's installer" called "^wget .*NVIDIA-Linux-x86_64-$VERSION_NVIDIA.run$"
  check "first build: steps 5e, 5g compile the modules into the cache" test -s "$DIST/nvidia-$VERSION_NVIDIA-$KVER/modules/nvidia-uvm.ko"
  for library in libnvidia-ml libcuda; do
    check "first build: steps 5f, 8 link $library.so.1" test "$(readlink "$DIST/overlay/usr/lib/$library.so.1")" = "$library.so.$VERSION_NVIDIA"
  done
  for module in nvidia nvidia-modeset nvidia-uvm nvidia-drm; do
    check "first build: step 6 puts $module.ko to usr/local/lib/nvidia" in_overlay "usr/local/lib/nvidia/$module.ko"
  done
  check "first build: the firmware of the open modules comes along" in_overlay "usr/local/lib/nvidia/firmware/nvidia/$VERSION_NVIDIA/gsp_ga10x.bin"
  check "first build: step 7 puts nvidia-smi to usr/local/bin" in_overlay usr/local/bin/nvidia-smi
  check "first build: step 9 writes bee-release: kernel" test "$(release KERNEL_PKG_VERSION)" = "$PIN"
  check "first build: step 9 writes bee-release: commit" test "$(release BEE_COMMIT)" = "$(git -C "$PROJECT" rev-parse --short=12 HEAD)"
  check "first build: step 9 writes bee-release: driver" test "$(release NVIDIA_VERSION)" = "$VERSION_NVIDIA"
  check "first build: step 10 puts the build line into the motd" grep -q "Alpine 3.21, Linux $PIN, NVIDIA $VERSION_NVIDIA" "$WORK/tree/etc/motd"
  check "first build: step 11 runs mkimage in BUILD_TMP with TMPDIR there" called "^mkimage-env PWD=$BUILD_TMP TMPDIR=$BUILD_TMP$"
  check "first build: step 11 takes packages from dl-cdn" called '^mkimage .*--repository https://dl-cdn.alpinelinux.org/alpine/v3.21/main --extra-repository https://dl-cdn.alpinelinux.org/alpine/v3.21/community'
  check "first build: the overlay archive is on the ISO's root" sh -c "xorriso -indev '$(tail -n 1 "$WORK/out")' -find / -maxdepth 1 2>/dev/null | grep -q bee.apkovl.tar.gz"
  check "first build: the tracked tree is untouched" test -z "$(git -C "$PROJECT" status --porcelain --ignored)"
  check "first build: keys in the archive are for root's eyes" test "$(stat -c %a "$WORK/tree/root/.ssh/authorized_keys")" = 600
  check "first build: no host key or private key in the archive" sh -c "! find '$WORK/tree' -name '*host_key*' | grep . && ! grep -rq 'PRIVATE KEY' '$WORK/tree'"
  check "first build: the smoke test is on the image, for the menu" in_overlay usr/local/bin/bee-smoketest
  cp "$BUILD_TMP"/bee-iso/apkovl_*/bee.apkovl.tar.gz "$WORK/first.apkovl"
}

case_cached_build() {
  build --authorized-keys "$WORK/keys.pub"
  builds "cached build: succeeds"
  check_not "cached build: the audit binary is not compiled again" called '^go '
  check_not "cached build: nothing is fetched" called '^wget '
  check "cached build: NVIDIA's modules are used again" said 'is there, used again'
  check "cached build: the headers are installed all the same" called '^apk add .*linux-lts-dev='
  check_not "cached build: the kernel section is kept" called '^section kernel_'
  check "cached build: the overlay archive is made anew" called '^section apkovl_'
  check "cached build: two builds give the same overlay archive" cmp "$BUILD_TMP"/bee-iso/apkovl_*/bee.apkovl.tar.gz "$WORK/first.apkovl"
}

case_changed_source() {
  sleep 1
  echo '// changed' >>"$PROJECT/cmd/audit/main.go"
  echo '# changed' >>"$PROJECT/iso/overlay/etc/modules"
  commit_project
  build --authorized-keys "$WORK/keys.pub"
  builds "changed source: builds"
  check "changed source: a newer Go file makes the binary anew" called '^go build'
  unpack_overlay
  check "changed source: the changed overlay is in the archive" grep -qx '# changed' "$WORK/tree/etc/modules"
  STANDIN_GO_FAIL=1
  export STANDIN_GO_FAIL
  touch "$PROJECT/go.mod"
  build
  stops "changed source: a binary that does not compile stops the build" 'did not compile'
  unset STANDIN_GO_FAIL
}

case_logins() {
  build
  builds "no keys: builds"
  check "no keys: the password fallback is a build choice in bee-release" test "$(release SSH_LOGIN)" = password
  check_not "no keys: no authorized_keys of the last build is left" in_overlay root/.ssh/authorized_keys
  check "no keys: the build says so" said 'make up a password at each boot'
  build --authorized-keys "$WORK/keys.pub"
  check "keys: bee-release says so" test "$(release SSH_LOGIN)" = keys
  build --authorized-keys "$WORK/absent"
  stops "keys: a missing file stops the build" 'Cannot read'
  echo nothing >"$WORK/empty.pub"
  build --authorized-keys "$WORK/empty.pub"
  stops "keys: a file without a key stops the build" 'no SSH public key' 'A line looks like'
  printf -- '-----BEGIN OPENSSH PRIVATE KEY-----\n' >"$WORK/private"
  build --authorized-keys "$WORK/private"
  stops "keys: a private key stops the build" 'private key' 'public half'
  build --authorized-keys
  stops "keys: the option without a file stops the build" 'wants a file'
}

case_vendor() {
  for program in storcli64 sas2ircu sas3ircu mstflint; do
    echo "$program" >"$VENDOR/$program"
  done
  build --authorized-keys "$WORK/keys.pub"
  builds "vendor: builds with programs in iso/vendor"
  for program in storcli64 sas2ircu sas3ircu mstflint; do
    check "vendor: $program is on the image and can be run" test -x "$DIST/overlay/usr/local/bin/$program"
  done
  check "vendor: bee-release names them" test "$(release VENDOR_PROGRAMS)" = '"storcli64 sas2ircu sas3ircu mstflint"'
  echo gpu_burn >"$VENDOR/gpu_burn"
  build
  stops "vendor: gpu_burn without compare.ptx stops the build" 'not compare.ptx' 'build-gpu-burn.sh'
  echo ptx >"$VENDOR/compare.ptx"
  build
  builds "vendor: gpu_burn with compare.ptx builds"
  check "vendor: compare.ptx is on the image" in_overlay usr/local/share/gpu_burn/compare.ptx
  rm -f "$VENDOR"/*
}

case_kernel_pin() {
  set_version KERNEL_PKG_VERSION 6.12.99-r1
  build
  stops "kernel pin: headers of another kernel stop the build, both are named" "$KVER" 6.12.99-1-lts 'Set KERNEL_PKG_VERSION'
  set_version KERNEL_PKG_VERSION "$PIN"
  STANDIN_APK_FAIL=1
  export STANDIN_APK_FAIL
  build
  stops "kernel pin: a version that Alpine no longer has stops the build" "linux-lts-dev=$PIN" 'Alpine keeps only the newest'
  unset STANDIN_APK_FAIL
  STANDIN_KERNEL=6.12.77-0-lts
  rm -rf "$BUILD_TMP/bee-iso"
  build
  stops "kernel pin: an ISO that boots another kernel stops the build" 'boots kernel 6.12.77-0-lts' "$PIN"
  STANDIN_KERNEL=$KVER
  rm -rf "$BUILD_TMP/bee-iso"
  rm -rf "$DIST/nvidia-$VERSION_NVIDIA-$KVER"
  STANDIN_VERMAGIC=6.6.1-0-lts
  build
  stops "kernel pin: modules of another kernel stop the build" 'is of kernel 6.6.1-0-lts'
  STANDIN_VERMAGIC=$KVER
  check "kernel pin: and leave no half-made cache" test ! -d "$DIST/nvidia-$VERSION_NVIDIA-$KVER"
}

case_installer() {
  run=$DIST/NVIDIA-Linux-x86_64-$VERSION_NVIDIA.run
  build
  builds "installer: an emptied cache is filled again from the kept installer"
  check_not "installer: without fetching it" called '^wget '
  rm -rf "$DIST/nvidia-$VERSION_NVIDIA-$KVER"
  echo tampered >>"$run"
  build
  stops "installer: a wrong sha256 stops the build, both sums are named" 'sha256 of' "$(sha256sum "$run" | cut -d ' ' -f 1)" 'delete the file'
  check "installer: and nothing of it is unpacked" test ! -d "$DIST/nvidia-$VERSION_NVIDIA-source"
  rm -f "$run"
  STANDIN_RUN_KEPT=$STANDIN_RUN
  STANDIN_RUN=''
  build
  stops "installer: without network the build says where to put the file" 'Cannot fetch' "Put the file into $DIST"
  STANDIN_RUN=$STANDIN_RUN_KEPT
  build
  builds "installer: fetched again, builds"
  check "installer: downloads go on where they broke off" called '^wget -q -c -O .*part '
}

case_compile_error() {
  rm -rf "$DIST/nvidia-$VERSION_NVIDIA-$KVER"
  rm -f "$HEADERS/linux-headers-$KVER"
  mkdir "$HEADERS/linux-headers-$KVER"
  build
  stops "modules: that do not compile stop the build and name the log" 'did not compile' "$KVER.log"
  rmdir "$HEADERS/linux-headers-$KVER"
  ln -s "$(find /usr/src -maxdepth 1 -name 'linux-headers-*-amd64' | sort | tail -n 1)" "$HEADERS/linux-headers-$KVER"
  build --without-nvidia
  builds "modules: --without-nvidia builds without them"
  check "modules: and bee-release names no driver" test -z "$(release NVIDIA_VERSION)"
  check_not "modules: and none are on the image" in_overlay usr/local/lib/nvidia/nvidia.ko
}

case_image_builder() {
  STANDIN_MKIMAGE=skip
  export STANDIN_MKIMAGE
  build --without-nvidia
  stops "mkimage: exit 0 without an ISO stops the build" 'exited 0 but left no ISO'
  STANDIN_MKIMAGE=fail
  build --without-nvidia
  stops "mkimage: a failure stops the build" 'mkimage.sh failed'
  STANDIN_MKIMAGE=''
  APORTS=$WORK/absent
  build --without-nvidia
  stops "mkimage: without aports the build says how to get it" 'git clone --depth 1 --branch 3.21-stable'
  APORTS=$HERE/standin/aports
}

case_gpu_burn() {
  mkdir "$WORK/gpu-burn"
  printf 'gpu_burn compare.ptx:\n\techo built > %s\n' '$@' >"$WORK/gpu-burn/Makefile"
  git -C "$WORK/gpu-burn" init -q
  git -C "$WORK/gpu-burn" add -A
  git -C "$WORK/gpu-burn" -c user.name=test -c user.email=test@example.invalid commit -qm test
  set_version GPU_BURN_COMMIT "$(git -C "$WORK/gpu-burn" rev-parse HEAD)"
  check "gpu_burn: builds from the pinned commit" "$PROJECT/iso/builder/build-gpu-burn.sh" "$WORK/burn"
  check "gpu_burn: leaves gpu_burn and compare.ptx" test -s "$WORK/burn/gpu_burn" -a -s "$WORK/burn/compare.ptx"
  STANDIN_CUDA=12.4
  export STANDIN_CUDA
  status=0
  "$PROJECT/iso/builder/build-gpu-burn.sh" "$WORK/burn" >"$WORK/out" 2>&1 || status=$?
  stops "gpu_burn: an old CUDA stops it" 'CUDA is 12.4' '12.8 or newer'
  STANDIN_CUDA=13.0
  check "gpu_burn: a newer CUDA does not" "$PROJECT/iso/builder/build-gpu-burn.sh" "$WORK/burn"
  CUDAPATH=$WORK/absent
  status=0
  "$PROJECT/iso/builder/build-gpu-burn.sh" "$WORK/burn" >"$WORK/out" 2>&1 || status=$?
  stops "gpu_burn: without CUDA it says what to install" 'No nvcc' 'set CUDAPATH'
}

case ${1-} in
  -h | --help) usage && exit 0 ;;
  '') ;;
  *) usage >&2 && exit 2 ;;
esac
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
make_builder
make_project
case_help
case_first_build
case_cached_build
case_changed_source
case_logins
case_vendor
case_kernel_pin
case_installer
case_compile_error
case_image_builder
case_gpu_burn
finish
