#!/bin/sh
# genapkovl-bee.sh: write HOSTNAME.apkovl.tar.gz, the system's configuration, into the current directory.
set -eu

# Alpine's mkimage.sh runs a copy of this script under fakeroot, in a directory
# of its own: everything it reads is found by these two absolute paths.
OVERLAY=${BEE_OVERLAY:-}
BUILDER=${BEE_BUILDER:-}

usage() {
  cat <<'USAGE'
usage: genapkovl-bee.sh HOSTNAME

Writes HOSTNAME.apkovl.tar.gz into the current directory: Alpine unpacks it
over the empty system at boot, then installs /etc/apk/world from the medium.
Run by mkimage.sh; build.sh exports what it reads:
  BEE_OVERLAY        the staged overlay directory
  BEE_BUILDER        the directory of this script's original
  BEE_BUILD_INFO     the line for the message of the day
  ARCH               aarch64 adds its serial console
  SOURCE_DATE_EPOCH  the time of every file (default 0)
Two runs over the same files give the same bytes.
USAGE
}

check_inputs() {
  [ -d "$OVERLAY/etc/init.d" ] || fail "BEE_OVERLAY does not name an overlay: '$OVERLAY'. Run build.sh, which sets it."
  [ -r "$BUILDER/packages" ] || fail "BEE_BUILDER does not name iso/builder: '$BUILDER'. Run build.sh, which sets it."
}

fail() {
  echo "genapkovl-bee.sh: $*" >&2
  exit 1
}

copy_overlay() {
  cp -R "$OVERLAY/." "$tree/"
  mkdir -p "$tree/etc/apk" "$tree/etc/conf.d" "$tree/etc/network"
}

write_configuration() { # HOSTNAME
  echo "$1" >"$tree/etc/hostname"
  printf '127.0.0.1 localhost %s\n::1 localhost %s\n' "$1" "$1" >"$tree/etc/hosts"
  sed 's/#.*//; s/[[:space:]]//g; /^$/d' "$BUILDER/packages" >"$tree/etc/apk/world"
  # -R makes host keys when they are first asked for, -B is harmless as no
  # account has an empty password; etc/init.d/dropbear adds -s.
  echo 'DROPBEAR_OPTS="-R -B"' >"$tree/etc/conf.d/dropbear"
  printf 'auto lo\niface lo inet loopback\n' >"$tree/etc/network/interfaces"
}

write_consoles() {
  [ "${ARCH-}" != aarch64 ] || echo 'ttyAMA0::respawn:/usr/local/bin/bee-console ttyAMA0' >>"$tree/etc/inittab"
}

# Not by sed: the line may hold any character.
write_motd() {
  motd=$(cat "$OVERLAY/etc/motd")
  before=${motd%%@BEE_BUILD_INFO@*}
  after=${motd#*@BEE_BUILD_INFO@}
  printf '%s%s%s\n' "$before" "${BEE_BUILD_INFO:-bee, built by hand}" "$after" >"$tree/etc/motd"
}

# Modes do not depend on the umask of the checkout or of the builder.
set_modes() {
  find "$tree" -type d -exec chmod 755 {} +
  find "$tree" -type f -perm -u+x -exec chmod 755 {} +
  find "$tree" -type f ! -perm -u+x -exec chmod 644 {} +
  chmod 700 "$tree/root"
  [ ! -d "$tree/root/.ssh" ] || { chmod 700 "$tree/root/.ssh" && chmod 600 "$tree/root/.ssh"/*; }
}

# With an overlay Alpine adds no service of its own: all of them are named here.
link_services() {
  rc_add sysinit devfs dmesg udev udev-trigger udev-settle hwdrivers modloop bee-copytoram
  rc_add boot modules sysctl hostname bootmisc syslog localmount bee-hostname
  rc_add default bee-power bee-sshsetup dropbear bee-network bee-nvidia bee-audit udev-postmount
  rc_add shutdown mount-ro killprocs savecache
}

rc_add() { # RUNLEVEL SERVICE...
  runlevel=$1
  shift
  mkdir -p "$tree/etc/runlevels/$runlevel"
  for service in "$@"; do ln -sf "/etc/init.d/$service" "$tree/etc/runlevels/$runlevel/$service"; done
}

# Plain options only: busybox tar has neither --sort nor --mtime nor --owner,
# and in some builds no -T, so the names go on the command line.
pack() { # FILE
  find "$tree" -exec touch -h -d "@${SOURCE_DATE_EPOCH:-0}" {} +
  spaced=$(find "$tree" -name '*[[:space:]]*' | head -n 1)
  [ -z "$spaced" ] || fail "a name in the overlay has a blank in it: ${spaced#"$tree"/}. Rename it."
  # shellcheck disable=SC2046 # names without blanks
  (cd "$tree" && tar -c -f "$work/archive" --no-recursion $(find . ! -name . | sed 's|^\./||' | LC_ALL=C sort))
  gzip -9n <"$work/archive" >"$1"
  touch -d "@${SOURCE_DATE_EPOCH:-0}" "$1"
}

main() {
  case ${1-} in
    -h | --help) usage && exit 0 ;;
    '' | -*) usage >&2 && exit 2 ;;
  esac
  check_inputs
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  tree=$work/tree
  mkdir "$tree"
  copy_overlay
  write_configuration "$1"
  write_consoles
  write_motd
  link_services
  set_modes
  pack "$PWD/$1.apkovl.tar.gz"
}

main "$@"
