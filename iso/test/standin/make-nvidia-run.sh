#!/bin/sh
# make-nvidia-run.sh: make a self-extracting file with the layout of NVIDIA's installer.
set -eu

HERE=$(cd "$(dirname "$0")" && pwd)

usage() {
  cat <<'USAGE'
usage: make-nvidia-run.sh VERSION FILE [NVIDIA-SMI]

Writes FILE, which unpacks itself with --extract-only --target DIRECTORY, as
NVIDIA's installer does: kernel-open with the sources of small modules of ours
under NVIDIA's names, libraries that are only files, firmware, and NVIDIA-SMI,
the program to put in as nvidia-smi.
USAGE
}

fill() { # TREE VERSION NVIDIA-SMI
  mkdir -p "$1/kernel-open" "$1/firmware"
  cp "$HERE"/../module/* "$1/kernel-open/"
  for library in libnvidia-ml libcuda libnvidia-ptxjitcompiler; do
    echo "$library" >"$1/$library.so.$2"
  done
  echo firmware >"$1/firmware/gsp_ga10x.bin"
  if [ -n "$3" ]; then cp "$3" "$1/nvidia-smi"; else printf '#!/bin/sh\nexit 9\n' >"$1/nvidia-smi"; fi
  chmod 755 "$1/nvidia-smi"
}

header() {
  cat <<'HEADER'
#!/bin/sh
set -e
[ "$1 $2" = '--extract-only --target' ] && [ ! -e "$3" ] || exit 1
mkdir "$3"
tail -n +7 "$0" | tar -xz -C "$3"
exit 0
HEADER
}

case ${1-} in
  -h | --help) usage && exit 0 ;;
esac
[ $# -ge 2 ] || { usage >&2 && exit 2; }
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
fill "$tree" "$1" "${3-}"
{
  header
  tar -cz -C "$tree" .
} >"$2"
