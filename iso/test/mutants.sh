#!/bin/sh
# mutants.sh: break the image on purpose and show which check says so.
set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
REPO=$(dirname "$(dirname "$HERE")")
CACHE=${BEE_ISO_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bee-iso}

usage() {
  cat <<'USAGE'
usage: mutants.sh [NAME]...

Breaks a copy of the project in one place, runs the tests that should notice,
and prints the checks that failed. A break that no check notices is a hole in
the tests: exit status 1. Without names: all that need no boot.
USAGE
  mutants | cut -d '|' -f 1-2 | sed 's/|/\t/; s/^/  /'
}

# NAME | TEST | FILE | SED
mutants() {
  cat <<'MUTANTS'
order|contract|overlay/etc/init.d/bee-audit|s/after bee-nvidia/before bee-nvidia/
audit-fails-boot|contract|overlay/etc/init.d/bee-audit|s/eend 0/eend 1/
dhcp-blocks|contract|overlay/etc/init.d/bee-network|s/ &$//
dropbear-needs-net|contract|overlay/etc/init.d/dropbear|s/need localmount/need net/
modprobe|contract|overlay/etc/init.d/bee-nvidia|s/insmod "$modules/modprobe "$modules/
downloads|contract|overlay/usr/local/bin/bee-run|s/^main() {/main() {\n  wget http:\/\/example.invalid\/x/
no-runlevel-link|contract|builder/genapkovl-bee.sh|s/dropbear bee-network/bee-network/
not-on-medium|contract|builder/mkimg.bee.sh|s/^  apks="$apks .*/  apks="$apks dropbear"/
not-reproducible|contract|builder/genapkovl-bee.sh|s/-exec touch .*/-exec true {} +/
skipped-profile|contract|builder/mkimg.bee.sh|s/arch="x86_64"/arch="aarch64"/
second-pin|contract|builder/build-nvidia-module.sh|s/linux-lts-dev=$KERNEL_PKG_VERSION" build-base/linux-lts-dev=6.12.76-r0" build-base/
sha256-unchecked|builder|builder/build-nvidia-module.sh|s/\[ "$sum" = "$NVIDIA_SHA256" \]/true/
silent-mkimage|builder|builder/build.sh|s/\[ -n "$IMAGE" \]/true/
kernel-unchecked|builder|builder/build.sh|s/^  check_image/  true/
stale-overlay|builder|builder/build.sh|s/apks_\* | kernel_\*/apkovl_* | apks_* | kernel_*/
always-compiles|builder|builder/build.sh|s/\[ -x "$DIST\/audit" \]/false/
soname-missing|builder|builder/build-nvidia-module.sh|s/^  ln -sf .*soname.*/  true/
keys-kept|builder|builder/build.sh|s/rm -rf "$STAGE"/mkdir -p "$STAGE"/
boot-order|bios|overlay/etc/init.d/bee-audit|s/after bee-nvidia/before bee-nvidia/
boot-dhcp-blocks|bios|overlay/etc/init.d/bee-network|s/udhcpc -b \(.*\) &$/udhcpc -f \1/
boot-audit-fails|broken|overlay/etc/init.d/bee-audit|s/eend 0/eend 1/
boot-link-dropped|broken|overlay/etc/init.d/bee-nvidia|s/^  link_library libcuda$//
MUTANTS
}

run_mutant() { # NAME TEST FILE SED
  copy=$(mktemp -d)
  (cd "$REPO" && git ls-files -co --exclude-standard -z | tar -c --null -T - --ignore-failed-read 2>/dev/null) | tar -x -C "$copy"
  git -C "$copy" init -q
  cp "$copy/iso/$3" "$copy/before"
  sed -i "$4" "$copy/iso/$3"
  if cmp -s "$copy/before" "$copy/iso/$3"; then
    echo "HOLE    $1: the break does not apply to iso/$3 any more"
    HOLES=$((HOLES + 1))
  elif failed=$(BEE_ISO_RUN="$copy/run" BEE_ISO_CACHE="$CACHE" "$copy/iso/test/run.sh" "$2" | grep '^FAIL'); then
    echo "noticed $1: $(echo "$failed" | grep -c '') checks, the first: $(echo "$failed" | head -n 1 | cut -c 1-150)"
  else
    echo "HOLE    $1: no check notices it"
    HOLES=$((HOLES + 1))
  fi
  rm -rf "$copy"
}

wanted() { # NAME TEST: of the names given
  [ -n "$NAMES" ] || case $2 in contract | builder) return 0 ;; *) return 1 ;; esac
  case " $NAMES " in *" $1 "*) ;; *) return 1 ;; esac
}

case ${1-} in
  -h | --help) usage && exit 0 ;;
  -*) usage >&2 && exit 2 ;;
esac
NAMES=$*
HOLES=0
list=$(mktemp)
trap 'rm -f "$list"' EXIT
mutants >"$list"
while IFS='|' read -r name part file break <&3; do
  if wanted "$name" "$part"; then run_mutant "$name" "$part" "$file" "$break"; fi
done 3<"$list"
[ "$HOLES" = 0 ]
