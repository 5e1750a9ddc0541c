#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# fetch.sh SUITE PACKAGE...: unpack programs of one Debian suite and print the
# folder that they are in, for run.sh. SUITE is a release or its backports,
# which come with the release: what has not been ported back is as there.
#
# The packages come with everything they depend on, from the mirror that this
# machine already uses. Nothing is installed and no root is needed: the folder
# is $BEE_TOOLS/SUITE/root. A package that is there is not fetched again.
set -eu

# mirror prints the base URL of the Debian archive in apt's own configuration.
mirror() {
  # shellcheck disable=SC1091
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME-}")
  apt-get indextargets --format "\$(REPO_URI) \$(RELEASE) \$(COMPONENT)" 'Created-By: Packages' |
    awk -v codename="$codename" '
      $2 ~ "^(" codename "|(old)?stable|testing|unstable|sid)$" && $3 == "main" { print $1; exit }'
}

# apt runs apt-get for the suite, its state kept away from the system's. A
# mirror that stands still is as good: signatures are checked, dates are not.
apt() {
  apt-get -qq -o Acquire::Check-Valid-Until=false -o Acquire::Retries=3 \
    -o Dir::Etc::SourceList="$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State="$apt" -o Dir::State::lists="$apt/lists" -o Dir::State::status="$apt/status" \
    -o Dir::Cache="$apt" -o Dir::Cache::archives="$apt/archives" \
    -o Dir::Cache::pkgcache=pkgcache.bin -o Dir::Cache::srcpkgcache="" \
    -o APT::Default-Release="$suite" -o APT::Architecture=amd64 -o APT::Install-Recommends=false -o APT::Sandbox::User= \
    -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false \
    "$@"
}

# prepare lays out the folders of a suite, once. Every suite gets the merged
# /usr of the newer ones, so that all of them unpack alike.
prepare() {
  url=$(mirror)
  [ -n "$url" ] || die "no Debian mirror in the apt configuration of this machine"
  mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$have" "$root/usr"
  for name in bin sbin lib lib64; do
    mkdir -p "$root/usr/$name"
    ln -sfn "usr/$name" "$root/$name"
  done
  : >"$apt/status"
  for name in "${suite%-backports}" "$suite"; do
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $url $name main"
  done | uniq >"$apt/sources.list"
}

# download gets what the packages need. The lists of a moving suite grow old,
# so a failure is worth one look at new ones.
download() {
  if [ -n "$(find "$apt/lists" -name '*_Packages*')" ] &&
    apt install -y --download-only "$@" >/dev/null 2>&1; then
    return
  fi
  apt update && apt install -y --download-only "$@" >/dev/null
}

unpack() {
  for deb in "$apt"/archives/*.deb; do
    [ -e "$deb" ] || return 0
    name=${deb##*/}
    if [ ! -e "$have/$name" ]; then
      dpkg-deb --fsys-tarfile "$deb" |
        tar -x -C "$root" --keep-directory-symlink --no-same-owner --no-same-permissions \
          --exclude='./usr/share/doc' --exclude='./usr/share/man' --exclude='./usr/share/locale'
      : >"$have/$name"
    fi
    rm "$deb"
  done
}

die() {
  echo "fetch.sh: $*" >&2
  exit 1
}

# missing prints the packages that are not unpacked yet.
missing() {
  for package in "$@"; do
    [ -e "$have/$package" ] || echo "$package"
  done
}

[ $# -ge 2 ] || die "usage: fetch.sh SUITE PACKAGE..."
suite=$1
shift
dir=${BEE_TOOLS:?names the folder for the tools}/$suite
apt=$dir/apt
have=$dir/have
root=$dir/root

mkdir -p "$dir"
exec 9>"$dir/lock"
flock 9
if [ -n "$(missing "$@")" ]; then
  [ -e "$apt/sources.list" ] || prepare
  download "$@"
  unpack
  for package in "$@"; do
    : >"$have/$package"
  done
fi
echo "$root"
