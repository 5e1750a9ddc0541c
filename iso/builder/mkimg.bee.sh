# mkimg.bee.sh: the image's profile; Alpine's mkimage.sh sources it and finds
# the profile by the line "profile_bee() {".
# shellcheck shell=sh
# shellcheck disable=SC2034 # the variables are mkimage's; it reads them after calling the profile

profile_bee() {
  profile_standard
  title="bee"
  desc="Hardware audit of servers, without network"
  profile_abbrev="bee"
  image_name="bee"
  arch="x86_64"
  hostname="bee"
  apkovl="genapkovl-bee.sh"
  kernel_addons=
  # The last console is where services print: the screen, and the BMC's view of it.
  kernel_cmdline="console=ttyS0,115200 console=tty0"
  syslinux_serial="0 115200"
  # BEE_BUILDER is exported by build.sh: this file is copied before it is sourced.
  # shellcheck source=/dev/null
  apks="alpine-base linux-lts=$(. "$BEE_BUILDER/VERSIONS" && echo "$KERNEL_PKG_VERSION")"
  apks="$apks $(sed 's/#.*//' "$BEE_BUILDER/packages" | tr -s '[:space:]' ' ')"
}
