#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# record.sh: record the emulated hosts ../hosts/qemu-* anew.
set -eu

usage() {
  cat <<'USAGE'
usage: record.sh [SUITE]...

Records the emulated hosts testdata/hosts/qemu-SUITE anew: for the suites
bullseye, bookworm, bookworm-backports, trixie and sid, or for those named. Run
it after a change to what a collector runs or reads; then read "git diff
testdata/hosts".

QEMU emulates one server (machine.sh, firmware/) and boots once. In it, audit
-record runs with the tools of each suite. A capture takes the place of the old
one only if everything answered in time, and renews the host's source.json,
report.json, differences.txt and summary.txt; then the tests of testdata/hosts run.

It takes about three minutes on two idle cores, and 250 MB of downloads the
first time. Needs Go, apt, dpkg and a Debian mirror in apt's configuration
(tools/fetch.sh), on linux/amd64, but not root: QEMU and the kernel are
bookworm's, unpacked and not installed.

environment:
  BEE_ZOO    QEMU, the kernel and the last run's files  (~/.cache/bee-zoo)
  BEE_TOOLS  the suites' tools                          (~/.cache/bee-tools)
USAGE
}

here=$(cd "$(dirname "$0")" && pwd)
testdata=$(dirname "$here")
caches=${XDG_CACHE_HOME:-$HOME/.cache}
# shellcheck source=testdata/zoo/machine.sh
. "$here/machine.sh"
# shellcheck source=testdata/lab/emulate.sh
. "$testdata/lab/emulate.sh"

# lay_out finds the folders. Only one run at a time may use them.
lay_out() {
  mkdir -p "${BEE_ZOO:=$caches/bee-zoo}" "${BEE_TOOLS:=$caches/bee-tools}"
  zoo=$(cd "$BEE_ZOO" && pwd)
  tools=$(cd "$BEE_TOOLS" && pwd)
  run=$zoo/run
  exec 8>"$zoo/lock"
  flock -n 8 || die "another record.sh is at work in $zoo: wait for it, or name another folder with BEE_ZOO"
}

say() {
  echo "record.sh: $*"
}

die() {
  echo "record.sh: $*" >&2
  exit 1
}

# make_run lays out the folder that QEMU runs in.
make_run() { # SUITE...
  say "firmware, audit and initramfs"
  rm -rf "$run"
  mkdir -p "$run/out/captures" "$run/disks"
  ln -s "$tools" "$run/tools"
  cp "$kernel" "$run/vmlinuz"
  (cd "$testdata" && go run ./zoo/firmware "$run/firmware")
  build_audit "$run/out/audit"
  cp "$run/firmware/readings" "$run/out/"
  echo lx2 >"$run/out/name"
  printf '%s\n' "$@" >"$run/out/suites"
  make_initramfs "$run/initramfs"
  (cd "$run" && machine >options)
}

# replace puts a capture in the place of the old one.
replace() { # SUITE
  host=$testdata/hosts/qemu-$1
  mkdir -p "$host"
  find "$host" -type f ! -name report.json ! -name differences.txt ! -name summary.txt -delete
  cp "$run/out/captures/$1"/* "$host/"
  chmod 644 "$host"/*
  passport "$1" >"$host/source.json"
}

passport() { # SUITE
  cat <<PASSPORT
{
  "hardware": "a server emulated by QEMU $(lab qemu-system-x86_64 --version | number): two CPUs, six DIMM slots, three NVMe drives (one with two namespaces, one behind a PCIe switch), SATA, SAS, SCSI, USB and virtio drives, a BMC, two NICs",
  "tools": "$(versions "$1" "$host") of Debian $1",
  "argv": "audit -record, as root, in a chroot; kernel $release, no udevd",
  "origin": "recorded by bee's authors; the serial numbers are made up",
  "licence": "Apache-2.0"
}
PASSPORT
}

renew_reports() {
  cd "$testdata"
  go test ./hosts -update >/dev/null || true # the next line says what is wrong
  go test ./hosts || die "the captures are in place, but do not tell the truth that hosts_test.go holds"
  say 'now read "git diff testdata/hosts"'
}

main() {
  [ $# -gt 0 ] || set -- bullseye bookworm bookworm-backports trixie sid
  lay_out
  fetch_lab bookworm "$zoo/lab"
  fetch_tools "$@"
  make_run "$@"
  say "the emulated server boots and records; its folder is $run"
  (emulate "$run")
  for suite in "$@"; do in_time "$run/out/$suite.json" "$run/out/$suite.log"; done
  for suite in "$@"; do replace "$suite"; done
  renew_reports
}

for argument in "$@"; do
  case $argument in
    -h | --help) usage && exit 0 ;;
    -*) usage >&2 && exit 2 ;;
  esac
done
main "$@"
