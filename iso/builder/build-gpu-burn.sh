#!/bin/sh
# build-gpu-burn.sh: build gpu_burn and its compare.ptx; not part of the ISO build.
set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=iso/builder/lib.sh
. "$HERE/lib.sh"
# shellcheck source=iso/builder/VERSIONS
. "$HERE/VERSIONS"

CUDAPATH=${CUDAPATH:-/usr/local/cuda}

usage() {
  cat <<USAGE
usage: build-gpu-burn.sh DIRECTORY

Builds gpu_burn and compare.ptx into DIRECTORY. Copy both into iso/vendor and
the next build.sh puts them on the image:
  sh iso/builder/build-gpu-burn.sh dist/
  cp dist/gpu_burn iso/vendor/gpu_burn
  cp dist/compare.ptx iso/vendor/compare.ptx
Needs CUDA $CUDA_MINIMUM or newer (in CUDAPATH, now $CUDAPATH), libxml2, g++,
make and git.
USAGE
}

check_tools() {
  need git git
  need make make
  need g++ g++
  [ -x "$CUDAPATH/bin/nvcc" ] || die "No nvcc in $CUDAPATH/bin." "Install CUDA $CUDA_MINIMUM or newer, or set CUDAPATH."
  have=$("$CUDAPATH/bin/nvcc" --version | sed -n 's/.*release \([0-9.]*\).*/\1/p')
  oldest=$(printf '%s\n%s\n' "$have" "$CUDA_MINIMUM" | sort -t . -k 1,1n -k 2,2n | head -n 1)
  [ "$oldest" = "$CUDA_MINIMUM" ] || die "CUDA is ${have:-unknown}; gcc 14 needs $CUDA_MINIMUM or newer."
}

# A commit names its content, so it is the checksum too.
fetch_source() { # DEST
  git init -q "$1"
  git -C "$1" fetch -q --depth 1 "$GPU_BURN_URL" "$GPU_BURN_COMMIT" || die "Cannot fetch $GPU_BURN_URL at $GPU_BURN_COMMIT."
  git -C "$1" checkout -q FETCH_HEAD
}

build() { # OUT
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  fetch_source "$work"
  make -C "$work" CUDAPATH="$CUDAPATH" COMPUTE=75 gpu_burn compare.ptx >&2 || die "gpu_burn did not compile; see above."
  mkdir -p "$1"
  cp "$work/gpu_burn" "$work/compare.ptx" "$1/"
  say "done: $1/gpu_burn and $1/compare.ptx; copy both into iso/vendor"
}

case ${1-} in
  -h | --help) usage ;;
  '' | -*) usage >&2 && exit 2 ;;
  *) check_tools && build "$1" ;;
esac
