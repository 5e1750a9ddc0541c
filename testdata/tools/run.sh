#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh [-c] ROOT PROGRAM [ARG...]: run a program of a folder that fetch.sh
# printed.
#
# The program is loaded by the folder's own ld.so with the folder's libraries,
# and sees the files of this machine. It needs no root. Data files are the
# machine's too: where a program wants its own (lspci: pci.ids), name the file,
# as in "lspci -i ROOT/usr/share/misc/pci.ids". With -c the program runs in a
# chroot instead, as root only, and sees just the folder.
set -eu

if [ "$1" = -c ]; then
  shift
  root=$1
  shift
  exec chroot "$root" "$@"
fi
root=$1
program=$2
shift 2
path=$root/usr/sbin/$program
[ -x "$path" ] || path=$root/usr/bin/$program
exec "$root/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" \
  --library-path "$root/usr/lib/x86_64-linux-gnu:$root/usr/lib" "$path" "$@"
