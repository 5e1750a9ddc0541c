# lib.sh: sourced by the scripts of this directory.
# shellcheck shell=sh

# A message for the person at the terminal; stdout stays free for results.
say() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
}

# What is wrong, then what to do about it, a line each.
die() {
  for line in "$@"; do say "$line"; done
  exit 1
}

# need COMMAND PACKAGE
need() {
  command -v "$1" >/dev/null 2>&1 || die "$1 is not on this machine." "Install it: apk add $2"
}

# kernel_release PKGVERSION: 6.12.1-r0 is release 6.12.1-0-lts.
kernel_release() {
  printf '%s-%s-lts\n' "${1%-r*}" "${1##*-r}"
}
