# The login shell of root: on a console it opens the menu, over SSH it does not.
# shellcheck shell=sh
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# Lines of the menu in UTF-8: many terminals at the other end of a serial line
# know no other.
export LANG=C.UTF-8 NCURSES_NO_UTF8_ACS=1
PS1='\h:\w\$ '

case $(tty) in
  /dev/tty[0-9]* | /dev/ttyS* | /dev/ttyAMA*)
    # A serial line does not tell its size.
    [ "$(stty size)" != "0 0" ] || stty rows 24 cols 80
    bee-tui
    ;;
esac
