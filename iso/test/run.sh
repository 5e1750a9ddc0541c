#!/bin/sh
# run.sh: all tests of the live image.
set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
REPO=$(dirname "$(dirname "$HERE")")
CACHE=${BEE_ISO_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bee-iso}
# The test modules load though no NVIDIA device is emulated.
CMDLINE='bee.nvidia=force mitigations=off tsc=unstable'
export CMDLINE
RUN=
cd "$REPO"
# shellcheck source=iso/test/lib.sh
. "$HERE/lib.sh"

usage() {
  cat <<'USAGE'
usage: run.sh [--all | lint | contract | builder | bios | broken | uefi | usb | nonic | net]...

Tests the live image and ends with the count. Without arguments: lint, contract,
builder, and boots by BIOS of the image and of a broken one (5 minutes on two
cores). --all adds boots by UEFI, from USB, without a network card, and by network.
Installs what it needs by apt-get when root.
environment:
  BEE_ISO_CACHE  kernel, packages and parts of the image  (~/.cache/bee-iso)
  BEE_ISO_RUN    where this run's images, logs and screenshots go
USAGE
}

shell_scripts() {
  git ls-files -co --exclude-standard iso | while read -r file; do
    [ -f "$file" ] || continue
    case $(head -n 1 "$file") in
      '#!/bin/sh' | '#!/sbin/openrc-run' | '#!/bin/busybox sh') echo "$file" ;;
      *) case $file in *.sh | */.profile) echo "$file" ;; esac ;;
    esac
  done
}

run_lint() {
  for file in $(shell_scripts); do
    check "lint: shellcheck $file" shellcheck -x "$file"
    check "lint: shfmt $file" shfmt -i 2 -ci -d "$file"
  done
  check_not "lint: no blanket disables" grep -rnE '(shellcheck disable=al[l]|disable=SC[0-9]+(,SC[0-9]+){3})' iso
  check "lint: python compiles" /usr/bin/python3 -c 'import ast, sys; [ast.parse(open(f).read()) for f in sys.argv[1:]]' \
    "$HERE/boot.py" "$HERE/guest.py" "$HERE/mkhardware.py"
  check "lint: --help on every script of the tests" helps "$HERE"/*.sh
  check "lint: nothing built is tracked" test -z "$(git ls-files iso | grep -E '\.(iso|ko|o|deb|apk|img|gz|tgz|squashfs)$')"
}

# In a subshell: the count starts at 0.
lint() (
  run_lint
  finish
)

helps() { # FILE...
  for file in "$@"; do
    [ "${file##*/}" = lib.sh ] || "$file" --help | grep -q '^usage: ' || return 1
  done
}

# Two runs of one user, of two checkouts say, would delete each other's images:
# the second waits for the first.
take_cache() {
  [ -z "$RUN" ] || return 0
  mkdir -p "$CACHE"
  exec 9>"$CACHE/lock"
  flock -n 9 || { echo "      waiting for another run that uses $CACHE" && flock 9; }
  RUN=${BEE_ISO_RUN:-$CACHE/run}
  [ -n "${BEE_ISO_RUN-}" ] || rm -rf "$RUN"
  mkdir -p "$RUN"
}

make_images() {
  if [ ! -f "$RUN/keys.iso" ]; then
    echo "      building the images with build.sh, stand-ins and Debian's packages"
    "$HERE/prepare.sh" "$RUN"
    "$HERE/mkiso.sh" "$RUN/keys.apkovl.tar.gz" "$RUN/keys.iso"
    "$HERE/mkiso.sh" "$RUN/password.apkovl.tar.gz" "$RUN/password.iso"
  fi
}

# What only one scenario boots.
make_more() { # SCENARIO
  case $1 in
    usb) [ -f "$RUN/copytoram.iso" ] || CMDLINE="$CMDLINE bee.copytoram" "$HERE/mkiso.sh" "$RUN/keys.apkovl.tar.gz" "$RUN/copytoram.iso" ;;
    net)
      mkdir -p "$RUN/net-root"
      "$HERE/mkiso.sh" --netboot "$RUN/keys.apkovl.tar.gz" "$RUN/net-root/bee"
      cp "$RUN/boot.ipxe" "$RUN/net-root/bee/"
      # What an operator adds is set before chaining to the script.
      printf '%s\n' '#!ipxe' 'set base http://10.0.2.100/bee' "set bee $CMDLINE bee.report=http://10.0.2.100/in" \
        "chain \${base}/boot.ipxe" >"$RUN/net-root/start.ipxe"
      ;;
  esac
}

run_boot() { # SCENARIO
  make_images
  make_more "$1"
  "$HERE/boot.py" "$1" "$RUN" || true
}

add_up() {
  awk '{ passed += $1; failed += $2 } END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 }' "$TALLY"
}

case ${1-} in
  -h | --help) usage && exit 0 ;;
  '') set -- lint contract builder bios broken ;;
  --all) set -- lint contract builder bios broken uefi usb nonic net ;;
esac
for part in "$@"; do
  case $part in
    lint | contract | builder | bios | broken | uefi | usb | nonic | net) ;;
    *) usage >&2 && exit 2 ;;
  esac
done
"$HERE/deps.sh"
TALLY=$(mktemp)
trap 'rm -f "$TALLY"' EXIT
export TALLY
for part in "$@"; do
  began=$(date +%s)
  case $part in
    lint) lint || true ;;
    contract | builder) "$HERE/$part.sh" || true ;;
    *)
      take_cache
      run_boot "$part"
      ;;
  esac
  echo "      $part took $(($(date +%s) - began)) s"
done
add_up
