#!/bin/busybox sh
# shellcheck shell=dash
# SPDX-License-Identifier: Apache-2.0
#
# guest.sh: /init of an emulated machine. Beside it are the kernel modules that
# emulate.sh chose; the share "tools" has the tools of each suite, "out" what is
# to be done and the results:
#
#   out/name           the name of the machine
#   out/suites         the suites, a line each
#   out/readings       the BMC's sensors, a number and a raw reading each
#   out/udev           udevd is to run, if it is there
#   out/late           what a report says of what came too late, as grep -E has it
#   out/audit          the program
#   out/captures/SUITE the captures
#   out/SUITE.json     the report, and in SUITE.log what was printed
#   out/done           all of it was done
set -u

mount_system() {
  mount -t proc proc /proc
  mount -t sysfs sys /sys
  mount -t devtmpfs dev /dev
  mkdir -p /dev/pts
  mount -t devpts devpts /dev/pts
  mount -t tmpfs run /run
}

# Devices answer a little after their drivers are there.
load_modules() {
  while read -r module; do
    insmod "/modules/$module" 2>/dev/null || echo "no $module"
  done </modules/order
  sleep 1
}

mount_shares() {
  with=trans=virtio,version=9p2000.L,msize=512000
  mount -t 9p -o "$with,ro,cache=loose" tools /tools && mount -t 9p -o "$with" out /out
}

# build_root SUITE makes /roots/SUITE of a suite's tools and of this system's
# folders.
build_root() {
  root=/roots/$1
  for dir in usr etc var dev proc sys run out tmp; do
    mkdir -p "$root/$dir"
  done
  for dir in bin sbin lib lib64; do
    ln -s "usr/$dir" "$root/$dir"
  done
  for dir in usr etc var; do
    mount --bind "/tools/$1/root/$dir" "$root/$dir"
  done
  for dir in dev proc sys run out; do
    mount --bind "/$dir" "$root/$dir"
  done
}

# start_udev SUITE starts that suite's udevd, which does not want to in a chroot.
start_udev() {
  export SYSTEMD_IGNORE_CHROOT=1
  chroot "/roots/$1" /usr/lib/systemd/systemd-udevd --daemon
  for type in subsystems devices; do
    chroot "/roots/$1" udevadm trigger --type="$type" --action=add
  done
  chroot "/roots/$1" udevadm settle -t 120
  unset SYSTEMD_IGNORE_CHROOT
}

# set_sensors SUITE gives the sensors their readings ("Set Sensor Reading And
# Event Status"), with that suite's ipmitool.
set_sensors() {
  while read -r number reading; do
    chroot "/roots/$1" ipmitool raw 0x04 0x30 "$number" 0x01 "$reading" </dev/null >/dev/null || echo "sensor $number has no reading"
  done </out/readings
}

# record SUITE audits with that suite's tools, again if something came too late.
record() {
  for try in 1 2 3; do
    echo "$1: recording"
    rm -rf "/out/captures/$1"
    chroot "/roots/$1" /out/audit -timeout 8m -v -record "/out/captures/$1" -o "/out/$1.json" >"/out/$1.log" 2>&1 || echo "$1: the audit failed"
    grep -qE "$(cat /out/late)" "/out/$1.json" || break
    echo "$1: $try was too slow"
  done
}

up() {
  cut -d ' ' -f 1 /proc/uptime
}

main() {
  mount_system
  load_modules
  mount_shares || return
  hostname "$(cat /out/name)"
  echo "up after $(up) s"
  while read -r suite; do
    build_root "$suite"
  done </out/suites
  newest=$(tail -n 1 /out/suites)
  [ ! -e /out/udev ] || start_udev "$newest"
  [ ! -e /out/readings ] || set_sensors "$newest"
  while read -r suite; do
    record "$suite" </dev/null
  done </out/suites
  echo "done after $(up) s"
  : >/out/done
}

/bin/busybox --install -s /bin
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
main
sync
poweroff -f
