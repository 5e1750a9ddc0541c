# lib.sh: sourced by the tests: one line a check, a count at the end.
# shellcheck shell=sh

PASSED=0
FAILED=0

result() { # 0|other TEXT
  if [ "$1" = 0 ]; then
    PASSED=$((PASSED + 1))
    echo "ok    $2"
  else
    FAILED=$((FAILED + 1))
    echo "FAIL  $2"
    # One is enough for mutants.sh.
    [ -z "${BEE_ISO_FIRST-}" ] || finish || exit 1
  fi
}

# check TEXT COMMAND...: passes if the command does.
check() {
  check_text=$1
  shift
  check_status=0
  "$@" >/dev/null 2>&1 || check_status=1
  result "$check_status" "$check_text"
}

# check_not TEXT COMMAND...: passes if the command fails.
check_not() {
  check_text=$1
  shift
  check_status=0
  ! "$@" >/dev/null 2>&1 || check_status=1
  result "$check_status" "$check_text"
}

# The counts go to the file TALLY when run.sh adds several tests up.
finish() {
  if [ -n "${TALLY-}" ]; then
    echo "$PASSED $FAILED" >>"$TALLY"
  else
    echo "$PASSED passed, $FAILED failed"
  fi
  [ "$FAILED" = 0 ]
}
