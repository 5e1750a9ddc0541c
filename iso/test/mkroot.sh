#!/bin/sh
# mkroot.sh: fetch a kernel and unpack the Debian packages that stand for Alpine's in the test image.
set -eu

CACHE=${BEE_ISO_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bee-iso}

usage() {
  cat <<'USAGE'
usage: mkroot.sh

Makes, in the cache (BEE_ISO_CACHE, else ~/.cache/bee-iso), two directories:
  root    the programs of the live system, unpacked, never installed
  kernel  Debian's kernel with its modules
and keeps both until Debian has newer packages. Prints the kernel's release.
USAGE
}

# The programs that the image's profile takes from Alpine, under Debian's names.
packages() {
  printf '%s\n' \
    openrc dropbear-bin openssh-client openssh-sftp-server busybox-static kmod udev libc-bin \
    dmidecode smartmontools nvme-cli mdadm pciutils pci.ids ipmitool util-linux fdisk ethtool \
    qrencode jq dialog whiptail ncurses-base ncurses-term iproute2 dosfstools
}

# An empty package database makes apt fetch the whole closure, whatever is installed here.
fetch() { # ARCHIVES PACKAGE...
  archives=$1
  shift
  mkdir -p "$archives/partial"
  : >"$CACHE/no-packages"
  apt-get -qq -y -o Dir::State::status="$CACHE/no-packages" -o Dir::Cache::archives="$archives" \
    -o Debug::NoLocking=1 -o APT::Sandbox::User=root \
    install --download-only --no-install-recommends "$@" >&2
}

# Of the headers that are installed: the test modules are compiled against them.
kernel_package() {
  dpkg-query -W -f '${Depends}' linux-headers-amd64 | sed 's/^linux-headers-\([^ ]*\).*/linux-image-\1/'
}

unpack() { # ARCHIVES DEST
  rm -rf "$2.new"
  mkdir -p "$2.new/usr/bin" "$2.new/usr/sbin" "$2.new/usr/lib" "$2.new/usr/lib64"
  for dir in bin sbin lib lib64; do ln -s "usr/$dir" "$2.new/$dir"; done
  for deb in "$1"/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$2.new" --keep-directory-symlink \
      --exclude=./usr/share/doc --exclude=./usr/share/man --exclude=./usr/share/locale \
      --exclude=./usr/share/info --exclude=./usr/share/perl --exclude=./usr/lib/x86_64-linux-gnu/gconv
  done
  rm -rf "$2"
  mv "$2.new" "$2"
}

make_root() {
  stamp=$(packages | sha256sum | cut -c1-16)
  [ "$(cat "$CACHE/root.stamp" 2>/dev/null)" != "$stamp" ] || return 0
  # shellcheck disable=SC2046 # a list of names
  fetch "$CACHE/debs-root-$stamp" $(packages)
  unpack "$CACHE/debs-root-$stamp" "$CACHE/root"
  ldconfig -r "$CACHE/root"
  echo "$stamp" >"$CACHE/root.stamp"
}

make_kernel() {
  package=$(kernel_package)
  [ -n "$package" ] || { echo "mkroot.sh: linux-headers-amd64 is not installed: run iso/test/deps.sh" >&2 && exit 1; }
  release=${package#linux-image-}
  if [ ! -e "$CACHE/kernel-$release/boot/vmlinuz-$release" ]; then
    rm -rf "$CACHE/debs-kernel"
    mkdir -p "$CACHE/debs-kernel"
    (cd "$CACHE/debs-kernel" && apt-get -qq -o APT::Sandbox::User=root download "$package") >&2
    rm -rf "$CACHE/kernel-$release.new"
    dpkg-deb -x "$CACHE/debs-kernel/$package"_*.deb "$CACHE/kernel-$release.new"
    depmod -b "$CACHE/kernel-$release.new" "$release"
    mv "$CACHE/kernel-$release.new" "$CACHE/kernel-$release"
  fi
  echo "$release"
}

case ${1-} in
  -h | --help) usage && exit 0 ;;
  '') ;;
  *) usage >&2 && exit 2 ;;
esac
mkdir -p "$CACHE"
make_root
make_kernel
