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

# The machine that the image is for: as Alpine, Go and NVIDIA's installer name it.
set_arch() {
  ARCH=${ARCH:-$(uname -m)}
  case $ARCH in
    x86_64) GOARCH=amd64 ELF_MACHINE=62 ;;
    aarch64) GOARCH=arm64 ELF_MACHINE=183 ;;
    *) die "There is no image for $ARCH." "Set ARCH to x86_64 or aarch64." ;;
  esac
  export ARCH GOARCH ELF_MACHINE
}

# pinned_apk COMMAND ARGUMENT...: apk with the image's repositories alone.
pinned_apk() {
  command=$1
  shift
  apk "$command" --repositories-file /dev/null \
    --repository "$ALPINE_MIRROR/v$ALPINE_VERSION/main" \
    --repository "$ALPINE_MIRROR/v$ALPINE_VERSION/community" "$@"
}

# versions_of PACKAGE: what apk's own list of versions, on stdin, names.
versions_of() {
  sed -n '/^'"$1"' policy:/,/policy:/s/^  \([^ ].*\):$/\1/p' | paste -s -d ' '
}

# check_offer DIRECTORY PACKAGE...: dies unless the repositories have each
# package in the pinned version. An empty root is asked, never the builder's:
# what is installed there would do for apk, though the mirror has moved on.
check_offer() {
  offer=$1
  shift
  rm -rf "$offer"
  mkdir -p "$offer/etc/apk"
  ! [ -d /etc/apk/keys ] || cp -R /etc/apk/keys "$offer/etc/apk/keys"
  pinned_apk add --quiet --root "$offer" --arch "$ARCH" --initdb --update-cache >&2 ||
    die "apk cannot read the package lists of $ALPINE_MIRROR/v$ALPINE_VERSION." \
      "Is the network there, and is ALPINE_VERSION in iso/builder/VERSIONS a release of Alpine?"
  for package in "$@"; do
    pinned_apk add --quiet --root "$offer" --arch "$ARCH" --simulate --no-scripts "$package=$KERNEL_PKG_VERSION" >/dev/null 2>"$offer/message" || {
      has=$(pinned_apk policy --root "$offer" --arch "$ARCH" "$package" 2>/dev/null | versions_of "$package")
      cat "$offer/message" >&2
      case " $has " in *" $KERNEL_PKG_VERSION "*)
        die "The repositories have $package=$KERNEL_PKG_VERSION, but apk cannot install it: see above."
        ;;
      esac
      die "The repositories have no $package=$KERNEL_PKG_VERSION; they have: ${has:-none}." \
        "Alpine keeps only the newest build: set KERNEL_PKG_VERSION in iso/builder/VERSIONS to it."
    }
  done
  rm -rf "$offer"
}
