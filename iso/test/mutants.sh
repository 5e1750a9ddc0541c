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
the tests: exit status 1. A boot ends at the first such check. Without names: all
that need no boot.
USAGE
  mutants | cut -d '|' -f 1-2 | sed 's/|/\t/; s/^/  /'
}

# NAME | TEST, a part of run.sh or builder.sh with its case | FILE | SED
mutants() {
  cat <<'MUTANTS'
order|contract|overlay/etc/init.d/bee-audit|s/after bee-nvidia/before bee-nvidia/
audit-fails-boot|contract|overlay/etc/init.d/bee-audit|s/eend 0/eend 1/
dhcp-blocks|contract|overlay/etc/init.d/bee-network|s/ &$//
dropbear-needs-net|contract|overlay/etc/init.d/dropbear|s/need localmount/need net/
modprobe|contract|overlay/etc/init.d/bee-nvidia|s/insmod "$modules/modprobe "$modules/
downloads|contract|overlay/usr/local/bin/bee-run|s/^main() {/main() {\n  wget http:\/\/example.invalid\/x/
no-runlevel-link|contract|builder/genapkovl-bee.sh|s/dropbear bee-network/bee-network/
not-on-medium|contract|builder/mkimg.bee.sh|s/^  apks=.*/  apks="alpine-base dropbear"/
not-reproducible|contract|builder/genapkovl-bee.sh|s/-exec touch .*/-exec true {} +/
skipped-profile|contract|builder/mkimg.bee.sh|s/arch="x86_64 aarch64"/arch="aarch64"/
second-pin|contract|builder/build-nvidia-module.sh|s/linux-lts-dev=$KERNEL_PKG_VERSION" build-base/linux-lts-dev=6.12.76-r0" build-base/
version-in-apks|contract|builder/mkimg.bee.sh|s/^  apks="$(sed/  apks="linux-lts=$(. "$BEE_BUILDER\/VERSIONS" \&\& echo "$KERNEL_PKG_VERSION") $(sed/
profile-unpinned|contract|builder/mkimg.bee.sh|s/^  bee_pinned || exit 1//
no-openssl|contract|builder/packages|/^openssl$/d
kernel-as-package|contract|builder/packages|s/^jq$/jq\nlinux-lts/
no-scp|contract|builder/packages|/^dropbear-scp$/d
no-sftp|contract|builder/packages|/^openssh-sftp-server$/d
no-gcompat|contract|builder/packages|/^gcompat$/d
no-lsblk|contract|builder/packages|/^lsblk$/d
no-nvme-cli|contract|builder/packages|/^nvme-cli$/d
no-mdadm|contract|builder/packages|/^mdadm$/d
arrays-start|contract|overlay/etc/mdadm.conf|s/^AUTO -all/AUTO +all/
disks-mounted|contract|builder/mkimg.bee.sh|s/ -e ext4//
arrays-in-initramfs|builder netboot|builder/mkimg.bee.sh|s/ -e raid//
no-smartmontools|contract|builder/packages|/^smartmontools$/d
serial-console-lost|contract|builder/mkimg.bee.sh|s/\*) kernel_cmdline="/*) kernel_cmdline="console=ttyS1,115200 /
open-modes|contract|builder/genapkovl-bee.sh|s/-exec chmod 644/-exec chmod 666/
downloads-by-path|contract|overlay/usr/local/bin/bee-run|s/^main() {/main() {\n  \/sbin\/apk add jq/
first-overlay-wins|contract|builder/mkimg.bee.sh|s/ apkovl=\/$hostname.apkovl.tar.gz//
package-file-wins|contract|builder/genapkovl-bee.sh|s/| sed 's|^\\.\/||' | LC_ALL/| LC_ALL/
folded-to-the-left|contract|overlay/usr/local/bin/bee-tui|s/^      \$0 = sprintf.*/      $0 = rest/
no-network-feature|contract|builder/mkimg.bee.sh|s/ network"$/"/
placeholder-hostname|contract|overlay/usr/local/bin/bee-hostname|s/^  genuine "$serial" || return 1//
reports-unasked|contract|overlay/usr/local/bin/bee-report|s/^  \[ -n "$url" \] ||.*/  url=${url:-http:\/\/10.0.0.1\/}/
password-in-log|contract|overlay/etc/init.d/bee-sshsetup|s/the password is on the console"/password $password"/
offer-unchecked|builder kernel_pin|builder/build.sh|s/^  check_offer .*//
headers-of-old|builder kernel_pin|builder/build-nvidia-module.sh|s/^  check_offer .*//
pin-in-world|builder first_build|builder/build-nvidia-module.sh|s/--virtual .bee-headers //
tools-unchecked|builder tools|builder/build.sh|s/^  need mkinitfs mkinitfs//
go-unchecked|builder go|builder/build.sh|s/|| check_go$/|| true/
long-tag|builder tag|builder/build.sh|s/--tag "$TAG"/--tag "$VERSION"/
key-unchecked|builder keys|builder/build.sh|s/^  check_key$/  PUBLIC_KEY=$HERE\/VERSIONS PRIVATE_KEY=none/
key-not-in-cache|builder keys|builder/build.sh|s/^    rm -rf "$WORKDIR"\/kernel_.*/    true/
signature-unchecked|builder keys|builder/build.sh|s/^  check_signature$//
one-advice|builder image_builder|builder/build.sh|s/^  advice=.*/  advice="set KERNEL_PKG_VERSION"/
dynamic-binary|builder sources|builder/build.sh|s/CGO_ENABLED=0 GOOS/CGO_ENABLED=1 GOOS/
embed-unseen|builder sources|builder/build.sh|s/^  source=$(audit_source)/  source=same/
sha256-unchecked|builder installer|builder/build-nvidia-module.sh|s/\[ "$sum" = "$NVIDIA_SHA256" \]/true/
silent-mkimage|builder image_builder|builder/build.sh|s/\[ -n "$IMAGE" \]/true/
kernel-unchecked|builder kernel_pin|builder/build.sh|s/^  check_image/  true/
stale-overlay|builder changed_source|builder/build.sh|s/apks_\* | kernel_\*/apkovl_* | apks_* | kernel_*/
firmware-as-version|builder vendor_versions|builder/smoketest.sh|s/^    ssacli) echo version/    ssacli | arcconf) echo version/
dead-vendor-passes|builder vendor_versions|builder/smoketest.sh|s/-ge 124/-ge 999/
conflict-as-moved|builder kernel_pin|builder/lib.sh|s/^      case " $has " in .*/      case none in *" $KERNEL_PKG_VERSION "*)/
always-compiles|builder cached_build|builder/build.sh|s/\[ -x "$DIST\/audit" \]/false/
soname-missing|builder first_build|builder/build-nvidia-module.sh|s/^  ln -sf .*soname.*/  true/
keys-kept|builder logins|builder/build.sh|s/rm -rf "$STAGE"/mkdir -p "$STAGE"/
boot-order|bios|overlay/etc/init.d/bee-audit|s/after bee-nvidia/before bee-nvidia/
boot-dhcp-blocks|bios|overlay/etc/init.d/bee-network|s/udhcpc -b \(.*\) &$/udhcpc -f \1/
boot-audit-fails|broken|overlay/etc/init.d/bee-audit|s/eend 0/eend 1/
boot-arrays-start|bios|overlay/etc/mdadm.conf|s/^AUTO -all/AUTO +all/
boot-no-nodes|bios|overlay/etc/init.d/bee-nvidia|s/^  make_nodes$//
boot-other-verdict|bios|builder/smoketest.sh|s/^  verdict=$(jq.*/  verdict=warning/
boot-open-login|broken|overlay/etc/init.d/bee-sshsetup|s/^  (umask 077 \&\& echo "SSH/  (umask 022 \&\& echo "SSH/
boot-no-button|broken|builder/genapkovl-bee.sh|s/ bee-power / /
boot-reports-unasked|bios|overlay/usr/local/bin/bee-report|s/^  tr ' ' .*/  echo http:\/\/10.0.2.100\/in/
boot-link-dropped|broken|overlay/etc/init.d/bee-nvidia|s/^  link_library libcuda$//
MUTANTS
}

run_mutant() { # NAME TEST FILE SED
  copy=$(mktemp -d)
  (cd "$REPO" && git ls-files -co --exclude-standard -z -- go.mod go.sum '*.go' iso inventory pci nvidia |
    tar -c --null -T - --ignore-failed-read 2>/dev/null) | tar -x -C "$copy"
  git -C "$copy" init -q
  cp "$copy/iso/$3" "$copy/before"
  sed -i "$4" "$copy/iso/$3"
  if cmp -s "$copy/before" "$copy/iso/$3"; then
    echo "HOLE    $1: the break does not apply to iso/$3 any more"
    HOLES=$((HOLES + 1))
  elif failed=$(run_test "$copy" "$2" | grep '^FAIL'); then
    echo "noticed $1: $(echo "$failed" | grep -c '') checks, the first: $(echo "$failed" | head -n 1 | cut -c 1-150)"
  else
    echo "HOLE    $1: no check notices it"
    HOLES=$((HOLES + 1))
  fi
  rm -rf "$copy"
}

run_test() { # PROJECT TEST
  case $2 in
    builder\ *) BEE_ISO_FIRST=1 "$1/iso/test/builder.sh" "${2#builder }" ;;
    *) BEE_ISO_FIRST=1 BEE_ISO_RUN="$1/run" BEE_ISO_CACHE="$CACHE" "$1/iso/test/run.sh" "$2" ;;
  esac
}

wanted() { # NAME TEST: of the names given
  [ -n "$NAMES" ] || case $2 in contract | builder*) return 0 ;; *) return 1 ;; esac
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
