#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# record.sh: record the machines of the lab anew.
set -eu

usage() {
  cat <<'USAGE'
usage: record.sh [-k] [MACHINE]...

Records the machines of machines.go anew, or those named: QEMU emulates each, and
in it audit -record runs with the tools of Debian bullseye, bookworm, its
backports, trixie and sid. The captures take the place of hosts/MACHINE only if
everything answered in time; then the tests of this folder run.

It takes one to four minutes a machine on two idle cores, and 1.5 GB of disk.
Needs Go, apt, dpkg, xz and a Debian mirror in apt's configuration (tools/fetch.sh),
on linux/amd64, but not root: QEMU and the kernel are trixie's, unpacked and not
installed.

  -k  keep hosts/ as it is: compare with it what this run would make of it

environment:
  BEE_LAB    QEMU, the kernel and the last run of each machine  (~/.cache/bee-lab)
  BEE_TOOLS  the suites' tools                                  (~/.cache/bee-tools)
USAGE
}

here=$(cd "$(dirname "$0")" && pwd)
testdata=$(dirname "$here")
caches=${XDG_CACHE_HOME:-$HOME/.cache}
suites='bullseye bookworm bookworm-backports trixie sid'
whole=sid # the suite whose captures are kept as folders, which a person can read
keep=
# shellcheck source=testdata/lab/emulate.sh
. "$here/emulate.sh"

# lay_out finds the folders. Only one run at a time may use them.
lay_out() {
  mkdir -p "${BEE_LAB:=$caches/bee-lab}" "${BEE_TOOLS:=$caches/bee-tools}"
  cache=$(cd "$BEE_LAB" && pwd)
  tools=$(cd "$BEE_TOOLS" && pwd)
  exec 8>"$cache/lock"
  flock -n 8 || die "another record.sh is at work in $cache: wait for it, or name another folder with BEE_LAB"
}

say() {
  echo "record.sh: $*"
}

die() {
  echo "record.sh: $*" >&2
  exit 1
}

# prepare makes what all machines share.
prepare() {
  fetch_lab trixie "$cache/lab"
  # shellcheck disable=SC2086 # a list of names
  fetch_tools $suites
  say "audit and a system to run it in"
  (cd "$testdata" && go build -o "$cache/describe" ./lab/describe)
  build_audit "$cache/audit"
  make_initramfs "$cache/initramfs"
}

# machine MACHINE UDEV UEFI ABOUT records one.
machine() {
  say "$1 boots: $4"
  rm -rf "$run"
  mkdir -p "$run/out/captures" "$run/disks"
  "$cache/describe" "$1" "$run"
  ln -s "$tools" "$run/tools"
  ln -s "$kernel" "$run/vmlinuz"
  ln -s "$cache/initramfs" "$run/initramfs"
  cp "$cache/audit" "$run/out/"
  [ ! -e "$run/readings" ] || cp "$run/readings" "$run/out/"
  [ "$2" = no ] || : >"$run/out/udev"
  [ "$3" = no ] || for part in CODE VARS; do cp "$lab/usr/share/OVMF/OVMF_${part}_4M.fd" "$run/OVMF_$part.fd"; done
  echo "$1" >"$run/out/name"
  for suite in $suites; do echo "$suite"; done >"$run/out/suites"
  while read -r disk size; do truncate -s "$size" "$run/disks/$disk"; done <"$run/disks.txt"
  (emulate "$run") || exit
  for suite in $suites; do in_time "$run/out/$suite.json" "$run/out/$suite.log"; done
}

# compare MACHINE tells what is not as in hosts/.
compare() {
  [ ! -e "$here/hosts/$1" ] || (cd "$testdata" && BEE_LAB=$cache go test -count=1 -run "TestAgain/^$1\$" ./lab) || say "$1 is not as it was"
}

# replace MACHINE ABOUT puts its captures in the place of the old ones.
replace() {
  host=$here/hosts/$1
  rm -rf "$host"
  mkdir -p "$host"
  for suite in $suites; do
    if [ "$suite" = $whole ]; then
      cp -r "$run/out/captures/$suite" "$host/$suite"
    else
      tar -C "$run/out/captures/$suite" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=644 -c . | gzip -9n >"$host/$suite.tgz"
    fi
  done
  chmod 755 "$host/$whole"
  chmod 644 "$host/$whole"/*
  passport "$2" >"$host/source.json"
}

passport() { # ABOUT
  cat <<PASSPORT
{
  "hardware": "emulated by QEMU $(lab qemu-system-x86_64 --version | number): $1",
  "tools": {
$(for suite in $suites; do echo "    \"$suite\": \"$(versions "$suite" "$run/out/captures/$suite")\","; done | sed '$s/,$//')
  },
  "argv": "audit -record, as root, in a chroot; kernel $release",
  "origin": "recorded by bee's authors; the serial numbers are made up",
  "licence": "Apache-2.0"
}
PASSPORT
}

main() {
  lay_out
  prepare
  "$cache/describe" >"$cache/machines"
  # shellcheck disable=SC2046 # a list of names
  [ $# -gt 0 ] || set -- $(cut -d ' ' -f 1 "$cache/machines")
  failed=''
  for name in "$@"; do
    line=$(grep "^$name " "$cache/machines") || die "no machine $name"
    read -r _ udev uefi about <<LINE
$line
LINE
    run=$cache/$name
    if (machine "$name" "$udev" "$uefi" "$about"); then
      compare "$name"
      [ -n "$keep" ] || replace "$name" "$about"
    else
      failed="$failed $name"
    fi
  done
  (cd "$testdata" && go test -run "TestLab/^($(echo "$*" | tr ' ' '|'))\$" ./lab) || failed="$failed tests"
  [ -z "$failed" ] || die "failed:$failed"
}

while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage && exit 0 ;;
    -k) keep=yes ;;
    -*) usage >&2 && exit 2 ;;
    *) break ;;
  esac
  shift
done
main "$@"
