#!/bin/sh
# fuzz.sh TIME [PACKAGE...]: run each fuzz target for a while, one after another,
# of this module and of testdata's, and count what was tried. What fails is shown
# at once, and the others run all the same.
set -eu

time=${1:?usage: fuzz.sh TIME [PACKAGE...]}
shift
if [ $# -gt 0 ]; then
  dirs=$(go list -f '{{.Dir}}' "$@")
else
  dirs=$(go list -f '{{.Dir}}' ./... && cd testdata && go list -f '{{.Dir}}' ./...)
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT

targets=0
failed=0
total=0
for dir in $dirs; do
  for target in $(cd "$dir" && go test -list '^Fuzz' . | sed -n '/^Fuzz/p'); do
    targets=$((targets + 1))
    echo "fuzz: ${dir##*/} $target for $time"
    if ! (cd "$dir" && go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 10x .) >"$log" 2>&1; then
      cat "$log"
      failed=$((failed + 1))
    fi
    execs=$(sed -n 's/.*execs: \([0-9]*\).*/\1/p' "$log" | tail -n 1)
    total=$((total + ${execs:-0}))
  done
done
[ "$targets" -gt 0 ] || {
  echo "fuzz: found no targets" >&2
  exit 1
}
echo "fuzz: $targets targets, $total executions, $failed failed"
[ "$failed" -eq 0 ]
