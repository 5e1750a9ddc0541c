#!/bin/sh
# builder.sh: run every branch of the ISO build against stand-ins of what an Alpine builder has.
set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
ISO_DIR=$(dirname "$HERE")
# shellcheck source=iso/test/lib.sh
. "$HERE/lib.sh"

usage() {
  cat <<'USAGE'
usage: builder.sh [CASE]...

Runs iso/builder/build.sh and its helpers in a copy of the project, with
stand-ins for apk, mkimage.sh, NVIDIA's installer and CUDA (iso/test/standin):
first and cached builds, wrong kernel pin, wrong checksum, missing vendor
programs, keys given and not given, an image builder that leaves nothing.
Needs kernel headers of Debian in /usr/src; see deps.sh. Without a CASE all of
them are run; with, the first build and those:
USAGE
  cases | sed 's/^/  /'
}

# --- a project to build, and a builder to build it on

make_project() {
  PROJECT=$WORK/project
  mkdir -p "$PROJECT/iso" "$PROJECT/cmd/audit"
  cp -R "$ISO_DIR/builder" "$ISO_DIR/overlay" "$PROJECT/iso/"
  printf 'module example\n\ngo 1.26\n' >"$PROJECT/go.mod"
  echo '{}' >"$PROJECT/cmd/audit/schema.json"
  echo 'package main' >"$PROJECT/cmd/audit/more.go"
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
  export STANDIN_VERMAGIC="$KVER" STANDIN_KERNEL="$KVER" STANDIN_PIN="$PIN"
  export HOME="$WORK/home" DIST="$WORK/dist" VENDOR="$WORK/vendor" APORTS="$HERE/standin/aports"
  export BUILD_TMP="$WORK/tmp" HEADERS="$WORK/src" CUDAPATH="$WORK/cuda" PATH="$HERE/standin/bin:$PATH"
  unset PACKAGER_PRIVKEY PACKAGER_PUBKEY GOTOOLCHAIN ARCH
  make_key packager
  mkdir -p "$HOME" "$VENDOR" "$BUILD_TMP" "$HEADERS" "$CUDAPATH/bin"
  ln -s "$(find /usr/src -maxdepth 1 -name 'linux-headers-*-amd64' | sort | tail -n 1)" "$HEADERS/linux-headers-$KVER"
  ln -s "$HERE/standin/bin/nvcc" "$CUDAPATH/bin/nvcc"
  echo 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHNvbWV0aGluZw test' >"$WORK/keys.pub"
}

# make_key NAME: a signing key as abuild-keygen leaves it; only its name and its
# bytes matter here.
make_key() {
  mkdir -p "$HOME/.abuild"
  head -c 32 /dev/urandom | sha256sum >"$HOME/.abuild/$1.rsa"
  sed 's/^/public /' "$HOME/.abuild/$1.rsa" >"$HOME/.abuild/$1.rsa.pub"
  echo "PACKAGER_PRIVKEY=\"\$HOME/.abuild/$1.rsa\"" >"$HOME/.abuild/abuild.conf"
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
  check "first build: step 5a installs the pinned headers from dl-cdn" called "^apk add --repositories-file /dev/null .*https://dl-cdn.alpinelinux.org/alpine/v3.21/main .*--virtual .bee-headers linux-lts-dev=$PIN"
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
  check_not "cached build: the audit binary is not compiled again" called '^go build'
  check_not "cached build: nothing is fetched" called '^wget '
  check "cached build: NVIDIA's modules are used again" said 'is there, used again'
  check "cached build: the headers are installed all the same" called '^apk add .*linux-lts-dev='
  check_not "cached build: the kernel section is kept" called '^section kernel_'
  check_not "cached build: so are the packages" called '^section apks_'
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
  programs='storcli64 storcli2 perccli64 perccli2 sas2ircu sas3ircu ssacli arcconf mstflint'
  for program in $programs; do
    echo "$program" >"$VENDOR/$program"
  done
  build --authorized-keys "$WORK/keys.pub"
  builds "vendor: builds with programs in iso/vendor"
  unpack_overlay
  for program in $programs; do
    check "vendor: $program is in /usr/local/bin, where the audit looks, and can be run" test -x "$WORK/tree/usr/local/bin/$program"
  done
  check "vendor: bee-release names them" test "$(release VENDOR_PROGRAMS)" = "\"$programs\""
  echo gpu_burn >"$VENDOR/gpu_burn"
  build
  stops "vendor: gpu_burn without compare.ptx stops the build" 'not compare.ptx' 'build-gpu-burn.sh'
  echo ptx >"$VENDOR/compare.ptx"
  build
  builds "vendor: gpu_burn with compare.ptx builds"
  check "vendor: compare.ptx is on the image" in_overlay usr/local/share/gpu_burn/compare.ptx
  rm -f "$VENDOR"/*
}

# The smoke test's part on vendor programs, over stand-ins of them.
case_vendor_versions() {
  mkdir -p "$WORK/vendor-bin"
  for program in storcli64 storcli2 perccli64 perccli2 sas2ircu sas3ircu ssacli arcconf mstflint; do
    cp "$HERE/standin/vendor" "$WORK/vendor-bin/$program"
  done
  printf '#!/bin/sh\necho "GPU Burn"\n' >"$WORK/vendor-bin/gpu_burn"
  chmod 755 "$WORK/vendor-bin/gpu_burn"
  smoke_vendor "$(ls "$WORK/vendor-bin")"
  while read -r program version; do
    check "vendor: the smoke test names $program with its version" grep -qx "PASS  vendor program $program starts${version:+: version $version}" "$WORK/out"
  done <<VERSIONS
storcli64 007.2807.0000.0000
storcli2 008.0009.0000.0010
perccli64 007.2616.0000.0000
perccli2 008.0004.0000.0022
sas2ircu 20.00.00.00
sas3ircu 17.00.00.00
ssacli 6.40.6.0
arcconf 4.17
mstflint 4.21.0
gpu_burn
VERSIONS
  printf '#!/bin/sh\necho "Error loading shared library libX.so" >&2\nexit 127\n' >"$WORK/vendor-bin/ssacli"
  rm "$WORK/vendor-bin/arcconf"
  smoke_vendor 'ssacli arcconf'
  check "vendor: a program that does not start fails the smoke test, its words are told" grep -q '^FAIL  vendor program ssacli does not start: status 127, Error loading shared library libX.so' "$WORK/out"
  check "vendor: so does one that is not there" grep -q '^FAIL  vendor program arcconf does not start' "$WORK/out"
}

# Its first minutes are the audit's.
case_smoke_waits() {
  mkdir -p "$WORK/rc-bin"
  # shellcheck disable=SC2016 # expanded when it runs
  printf '#!/bin/sh\necho asked >>%s\n[ "$(grep -c "" %s)" -ge 3 ] && echo " * status: started" || echo " * status: starting"\n' "$WORK/asked" "$WORK/asked" >"$WORK/rc-bin/rc-service"
  chmod 755 "$WORK/rc-bin/rc-service"
  sed "s|^main \"\$@\"|wait_for_audit|" "$PROJECT/iso/builder/smoketest.sh" >"$WORK/smoke.sh"
  PATH=$WORK/rc-bin:$PATH sh "$WORK/smoke.sh" >"$WORK/out" 2>&1
  check "smoke test: waits for an audit that is still running, and says so once" test "$(grep -c '' "$WORK/asked") $(grep -c 'still running' "$WORK/out")" = '3 1'
}

smoke_vendor() { # PROGRAMS
  echo "VENDOR_PROGRAMS=\"$(echo "$1" | tr '\n' ' ')\"" >"$WORK/bee-release"
  sed "s|/etc/bee-release|$WORK/bee-release|; s|^main \"\$@\"|check_vendor|" "$PROJECT/iso/builder/smoketest.sh" >"$WORK/smoke.sh"
  PATH=$WORK/vendor-bin:$PATH sh "$WORK/smoke.sh" >"$WORK/out" 2>&1
}

case_kernel_pin() {
  set_version KERNEL_PKG_VERSION 6.12.99-r1
  STANDIN_OFFERS=6.12.99-r1
  export STANDIN_OFFERS
  build
  stops "kernel pin: headers of another kernel stop the build, both are named" "$KVER" 6.12.99-1-lts 'Set KERNEL_PKG_VERSION'
  set_version KERNEL_PKG_VERSION "$PIN"
  STANDIN_OFFERS=6.12.77-r0
  build
  stops "kernel pin: a version that Alpine no longer has stops the build, what it has is named" "no linux-lts=$PIN" 'they have: 6.12.77-r0' 'set KERNEL_PKG_VERSION'
  check_not "kernel pin: before anything is compiled" called '^go build'
  status=0
  DIST=$DIST "$PROJECT/iso/builder/build-nvidia-module.sh" >"$WORK/out" 2>&1 || status=$?
  stops "kernel pin: headers that the builder still has do not hide that Alpine has moved on" "no linux-lts-dev=$PIN" 6.12.77-r0
  run_profile
  stops "kernel pin: the profile refuses a repository with another kernel" "is not KERNEL_PKG_VERSION=$PIN"
  unset STANDIN_OFFERS
  STANDIN_CONFLICT=linux-firmware-any
  export STANDIN_CONFLICT
  build
  stops "kernel pin: a pinned package that apk cannot install is not told as one that Alpine no longer has" 'linux-firmware-any (no such package)' "have linux-lts=$PIN, but apk cannot install it"
  unset STANDIN_CONFLICT
  run_profile
  builds "kernel pin: and takes the pinned one"
  STANDIN_APK_FAIL=1
  export STANDIN_APK_FAIL
  build
  stops "kernel pin: a mirror that cannot be reached is told as that" 'temporary error' 'Is the network there'
  unset STANDIN_APK_FAIL
  check_not "kernel pin: no version goes to apk fetch, which knows names only" grep -q '^apk fetch .*=' "$WORK"/log*
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
  stops "mkimage: a failure stops the build" 'mkimage.sh failed in section (none was begun)'
  STANDIN_MKIMAGE=''
  advises apks 'ERROR: jq (no such package):' 'mend iso/builder/packages'
  advises kernel 'ERROR: No such package: .tmp-update-kernel' 'apk add mkinitfs squashfs-tools kmod must work here'
  advises kernel 'cp: write error: No space left on device' 'Free some space'
  advises apks 'ERROR: https://mirror: UNTRUSTED signature' 'does not trust'
  advises apks 'WARNING: mirror: temporary error (try again later)' 'The mirror cannot be reached'
  advises grub_cfg 'mkimage.sh: line 9: grub-mkimage: not found' 'Install what brings grub-mkimage'
  advises grub_cfg 'a word that nobody knows' ''
  APORTS=$WORK/absent
  build --without-nvidia
  stops "mkimage: without aports the build says how to get it" 'git clone --depth 1 --branch 3.21-stable'
  APORTS=$HERE/standin/aports
}

# advises SECTION LAST-WORDS ADVICE: mkimage fails there and so; ADVICE may be none.
advises() {
  rm -rf "$BUILD_TMP/bee-iso"
  STANDIN_FAIL_IN=$1 STANDIN_FAIL_SAYS=$2
  export STANDIN_FAIL_IN STANDIN_FAIL_SAYS
  build --without-nvidia
  stops "mkimage: it failed in $1 with '$2': section, last line and advice '$3'" "failed in section $1" "^build.sh:   $2" "${3:-failed}"
  [ -n "$3" ] || check "mkimage: and no advice where none is known" test "$(tail -n 1 "$WORK/out")" = "build.sh: All it said is in $DIST/mkimage.log."
  unset STANDIN_FAIL_IN STANDIN_FAIL_SAYS
}

# run_profile: only the profile, in mkimage's place.
run_profile() {
  mkdir -p "$WORK/profile" "$WORK/apkroot"
  cp "$PROJECT/iso/builder/mkimg.bee.sh" "$WORK/profile/"
  status=0
  BEE_BUILDER="$PROJECT/iso/builder" APKROOT="$WORK/apkroot" ARCH=x86_64 RELEASE=x \
    sh -c 'profile_standard() { initfs_cmdline= initfs_features=; }; . "$1"; profile_bee' profile "$WORK/profile/mkimg.bee.sh" >"$WORK/out" 2>&1 || status=$?
}

# What mkimage.sh calls, when it is not there.
case_tools() {
  mkdir "$WORK/few"
  for program in "$HERE"/standin/bin/*; do [ "${program##*/}" = mkinitfs ] || ln -s "$program" "$WORK/few/"; done
  path=$PATH
  PATH=$WORK/few:${PATH#"$HERE/standin/bin:"}
  build --without-nvidia
  stops "tools: one that mkimage needs and that is missing is named, with its package" 'mkinitfs is not on this machine' 'apk add mkinitfs'
  PATH=$path
}

case_sources() {
  build --without-nvidia
  check_not "sources: nothing changed, nothing compiled" called '^go build'
  changed_source 'a file that go:embed takes in' sh -c "echo '{ }' >'$PROJECT/cmd/audit/schema.json'"
  changed_source 'a deleted Go file' rm "$PROJECT/cmd/audit/more.go"
  changed_source 'a new commit, which the binary names' git -C "$PROJECT" -c user.name=test -c user.email=test@example.invalid commit -q --allow-empty -m again
  sed -i 's/CGO_ENABLED=0 GOOS/CGO_ENABLED=1 GOOS/' "$PROJECT/iso/builder/build.sh"
  touch "$PROJECT/go.mod"
  build --without-nvidia
  stops "sources: a binary that wants a loader stops the build" 'linked dynamically' 'CGO_ENABLED=0'
  sed -i 's/CGO_ENABLED=1 GOOS/CGO_ENABLED=0 GOOS/' "$PROJECT/iso/builder/build.sh"
  build --without-nvidia
  builds "sources: compiled again"
}

changed_source() { # WHAT COMMAND...
  changed=$1
  shift
  "$@"
  touch "$DIST/audit"
  build --without-nvidia
  check "sources: $changed makes the binary anew, though it is no newer" called '^go build'
}

case_go() {
  STANDIN_GO_OLD=1.23.12
  export STANDIN_GO_OLD
  build --without-nvidia
  stops "go: the release's old Go stops the build, both versions and ways out are named" 'Go is 1.23.12' 'needs 1.26' 'go.dev/dl' 'GOTOOLCHAIN=auto' '--audit FILE'
  check_not "go: before anything is done" called '^apk'
  STANDIN_GOTOOLCHAIN=auto
  export STANDIN_GOTOOLCHAIN
  build --without-nvidia
  builds "go: GOTOOLCHAIN=auto, which fetches a newer one, builds"
  unset STANDIN_GOTOOLCHAIN
  GOARCH=amd64 CGO_ENABLED=0 STANDIN_GO_OLD='' go build -o "$WORK/given" ./x
  build --without-nvidia --audit "$WORK/given"
  builds "go: --audit takes a binary that was compiled elsewhere, without Go"
  check "go: and it is on the image" cmp "$WORK/given" "$DIST/overlay/usr/local/bin/audit"
  GOARCH=amd64 CGO_ENABLED=1 STANDIN_GO_OLD='' go build -o "$WORK/given" ./x
  build --without-nvidia --audit "$WORK/given"
  stops "go: --audit refuses one that wants a loader" 'linked dynamically'
  GOARCH=arm64 CGO_ENABLED=0 STANDIN_GO_OLD='' go build -o "$WORK/given" ./x
  build --without-nvidia --audit "$WORK/given"
  stops "go: --audit refuses one for another machine" 'not an ELF program for x86_64'
  unset STANDIN_GO_OLD
  build --without-nvidia
  check "go: a given binary is not kept in place of the sources'" called '^go build'
}

image() { tail -n 1 "$WORK/out"; }

volume_of() { xorriso -indev "$1" -pvd_info 2>/dev/null | sed -n "s/^Volume Id *: *'\{0,1\}\([^']*\)'\{0,1\}$/\1/p"; }

case_tag() {
  git -C "$PROJECT" tag v0.123.45-rc1-with-a-long-name
  echo '// changed' >>"$PROJECT/cmd/audit/main.go"
  commit_project
  build --without-nvidia
  builds "tag: a long version builds, though a volume has 32 characters for its name"
  volume=$(volume_of "$(image)")
  check "tag: the volume's name is short and has day and commit" test "${#volume}" -le 32 -a "${volume#alpine-bee }" = "$(date -u -d "@$(git -C "$PROJECT" log -1 --format=%ct)" +%y%m%d)-$(git -C "$PROJECT" rev-parse --short=6 HEAD | cut -c 1-6) x86_64"
  check "tag: bee-release has the version whole" test "$(release BEE_VERSION)" = "$(git -C "$PROJECT" describe --tags --always --dirty)"
  check "tag: so has the ISO's name" test "$(basename "$(image)")" = "bee-$(release BEE_VERSION)-x86_64.iso"
}

case_keys() {
  build --without-nvidia
  make_key another
  build --without-nvidia
  builds "signing key: another key builds"
  check "signing key: the initramfs, which knows the key, is made anew" called '^section kernel_'
  check "signing key: so is the index that it signs" called '^section apks_'
  mv "$HOME/.abuild/another.rsa" "$HOME/.abuild/away"
  build --without-nvidia
  stops "signing key: a key that is not there stops the build" 'Cannot read the signing key' 'abuild-keygen'
  mv "$HOME/.abuild/away" "$HOME/.abuild/another.rsa"
  mv "$HOME/.abuild/abuild.conf" "$HOME/.abuild/away"
  build --without-nvidia
  stops "signing key: none at all stops the build before anything is made" 'There is no signing key' 'abuild-keygen -a -i -n'
  check_not "signing key: before anything is made" called '^mkimage'
  mv "$HOME/.abuild/away" "$HOME/.abuild/abuild.conf"
  rm -rf "$BUILD_TMP/bee-iso"
  STANDIN_SIGN_FAIL=1
  export STANDIN_SIGN_FAIL
  build --without-nvidia
  stops "signing key: an index that was left unsigned, which mkimage ignores, stops the build" 'is not signed' 'boot to nothing'
  unset STANDIN_SIGN_FAIL
  rm -rf "$BUILD_TMP/bee-iso"
  build --without-nvidia
  stale_section
  build --without-nvidia
  stops "signing key: an initramfs that knows another key than signed the index stops the build" 'is signed by another.rsa.pub' 'its initramfs knows only: other.rsa.pub'
  rm -rf "$BUILD_TMP/bee-iso"
  make_key packager
}

# An initramfs of other hands in the kept section.
stale_section() {
  echo public >"$WORK/other.rsa.pub"
  mkinitfs "$WORK/other.rsa.pub" "$(find "$BUILD_TMP"/bee-iso/kernel_* -name initramfs-lts)"
}

case_netboot() {
  rm -rf "$BUILD_TMP/bee-iso"
  build --without-nvidia
  check "netboot: without --netboot the initramfs stays small, without what would write to a disk" called 'update-kernel features=ata base cdrom$'
  check "netboot: and nothing is left for it" test ! -d "$DIST/netboot"
  build --without-nvidia --netboot
  builds "netboot: --netboot builds"
  check "netboot: the initramfs has the network feature" called 'update-kernel features=ata base cdrom network$'
  for file in vmlinuz-lts initramfs-lts modloop-lts bee.apkovl.tar.gz boot.ipxe apks/x86_64/APKINDEX.tar.gz apks/.boot_repository; do
    check "netboot: leaves $file" test -s "$DIST/netboot/$file" -o "$file" = apks/.boot_repository -a -e "$DIST/netboot/$file"
  done
  check "netboot: the archive is the ISO's" cmp "$DIST/netboot/bee.apkovl.tar.gz" "$BUILD_TMP"/bee-iso/apkovl_*/bee.apkovl.tar.gz
  for argument in ip=dhcp alpine_repo= modloop= apkovl= BOOTIF= console=tty0 console=ttyS0,115200 modules=loop,squashfs; do
    check "netboot: boot.ipxe says $argument" grep -q "^kernel .*/vmlinuz-lts .* $argument" "$DIST/netboot/boot.ipxe"
  done
  check "netboot: and names one archive only" test "$(grep -o ' apkovl=' "$DIST/netboot/boot.ipxe" | grep -c '')" = 1
}

case_overlay() {
  echo 'private' >"$PROJECT/iso/overlay/etc/dropbear_host_key"
  build --without-nvidia
  stops "overlay: a host key in it stops the build" 'must not be on an image' dropbear_host_key
  rm "$PROJECT/iso/overlay/etc/dropbear_host_key"
  build --without-nvidia
  check "overlay: the initramfs of its own holds the archive, byte by byte" own_initramfs
  check "overlay: the boot loader loads it, and the archive is taken from there" grub_takes_it
}

own_initramfs() {
  rm -rf "$WORK/img" && mkdir "$WORK/img"
  xorriso -osirrox on -indev "$(image)" -extract /boot/bee.img "$WORK/bee.img" -extract /boot/grub/grub.cfg "$WORK/grub.cfg" 2>/dev/null
  (cd "$WORK/img" && cpio -id --quiet <"$WORK/bee.img")
  cmp "$WORK/img/bee.apkovl.tar.gz" "$BUILD_TMP"/bee-iso/apkovl_*/bee.apkovl.tar.gz
}

grub_takes_it() {
  grep -q 'linux.* apkovl=/bee.apkovl.tar.gz' "$WORK/grub.cfg" && grep -q 'initrd.*/boot/bee.img.*/boot/initramfs-lts' "$WORK/grub.cfg"
}

case_arm64() {
  ARCH=aarch64
  export ARCH
  build --without-nvidia --authorized-keys "$WORK/keys.pub"
  builds "arm64: builds"
  check "arm64: the audit binary is for arm64" test "$(od -An -tu2 -j18 -N2 "$DIST/audit" | tr -d ' ')" = 183
  check "arm64: packages and image are aarch64's" called '^mkimage .*--arch aarch64'
  check "arm64: the image's name says so" test "$(basename "$(image)")" = "bee-$(release BEE_VERSION)-aarch64.iso"
  volume=$(volume_of "$(image)")
  check "arm64: the volume's name fits" test -n "$volume" -a "${#volume}" -le 32
  xorriso -osirrox on -indev "$(image)" -extract /boot/grub/grub.cfg "$WORK/grub.cfg" 2>/dev/null
  unpack_overlay
  check "arm64: the menu is on its serial port" grep -q '^ttyAMA0::respawn:' "$WORK/tree/etc/inittab"
  check "arm64: its serial port is a console" grep -q 'console=ttyAMA0,115200' "$WORK/grub.cfg"
  if [ "$(uname -m)" = x86_64 ]; then
    build
    stops "arm64: NVIDIA's modules are not compiled for it on another machine" 'compile on aarch64 only' '--without-nvidia'
  fi
  ARCH=riscv64
  build
  stops "arm64: a machine that there is no image for is refused" 'no image for riscv64' 'x86_64 or aarch64'
  unset ARCH
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

# In this order: some take up what the one before has left.
cases() {
  printf '%s\n' help first_build cached_build changed_source logins vendor vendor_versions smoke_waits kernel_pin installer compile_error image_builder tools \
    sources go tag keys netboot overlay arm64 gpu_burn
}

case ${1-} in
  -h | --help) usage && exit 0 ;;
  -*) usage >&2 && exit 2 ;;
esac
for name in "$@"; do cases | grep -qx "$name" || { usage >&2 && exit 2; }; done
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
make_builder
make_project
for name in $(cases); do
  case " first_build $* " in
    ' first_build  ' | *" $name "*) "case_$name" ;;
  esac
done
finish
