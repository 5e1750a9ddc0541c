#!/bin/sh
# deps.sh: install from Debian what the tests of the live image need on this machine.
set -eu

usage() {
  cat <<'USAGE'
usage: deps.sh [--list]

Installs, as root and by apt-get, the Debian packages that the tests of the
live image use: QEMU and firmware, the tools that make an ISO, the headers of
the kernel that the test image boots, and the checkers. Packages that are
installed already cost nothing. --list prints the names and installs nothing.
USAGE
}

packages() {
  printf '%s\n' \
    busybox-static cpio dosfstools e2fsprogs fakeroot g++ gcc imagemagick kmod libc6-dev make mtools \
    grub-common grub-efi-amd64-bin grub-pc-bin ipxe-qemu ovmf qemu-system-x86 \
    qemu-utils seabios squashfs-tools xorriso zstd zbar-tools qrencode jq \
    openssh-client sshpass python3 python3-pyte shellcheck shfmt \
    linux-headers-amd64
}

missing() {
  for package in $(packages); do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
  done
}

install_missing() {
  wanted=$(missing)
  [ -n "$wanted" ] || return 0
  if [ "$(id -u)" != 0 ]; then
    echo "deps.sh: not root; ask an administrator to run: apt-get install $(echo "$wanted" | tr '\n' ' ')" >&2
    exit 1
  fi
  apt-get update -qq
  # Once more on failure: a package manager running beside this one may hold the lock.
  # shellcheck disable=SC2086 # a list of names
  apt_install $wanted || { sleep 5 && dpkg --configure -a && apt_install $wanted; }
}

apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@" >&2
}

case ${1-} in
  -h | --help) usage ;;
  --list) packages ;;
  '') install_missing ;;
  *) usage >&2 && exit 2 ;;
esac
