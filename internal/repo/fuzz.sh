#!/bin/sh
# fuzz.sh TIME [PACKAGE...]: run each fuzz target for a while, one after another.
set -eu

time=${1:?usage: fuzz.sh TIME [PACKAGE...]}
shift
[ $# -gt 0 ] || set -- ./...

targets=0
for dir in $(go list -f '{{.Dir}}' "$@"); do
  for target in $(cd "$dir" && go test -list '^Fuzz' . | sed -n '/^Fuzz/p'); do
    targets=$((targets + 1))
    echo "fuzz: ${dir##*/} $target for $time"
    (cd "$dir" && go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 10x .)
  done
done
[ "$targets" -gt 0 ] || {
  echo "fuzz: found no targets" >&2
  exit 1
}
echo "fuzz: $targets targets"
