#!/bin/sh
# run.sh: measure the parsers. With BEE_PEERS naming the folder of a benchmark
# of peers (its run.sh takes further test binaries in EXTRA), the table shows
# bee beside them; without it, bee alone on the captured hosts.
set -eu
cd "$(dirname "$0")"

peers=${BEE_PEERS:-../../../shared/perf}
if [ ! -x "$peers/run.sh" ]; then
  exec go test -run '^$' -bench Peers .
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$peers" "$work/perf"
[ ! -d "$peers/../corpus" ] || ln -s "$(cd "$peers/../corpus" && pwd)" "$work/corpus"
go test -c -o "$work/bee.test" .
cd "$work/perf"
EXTRA="$work/bee.test" WHAT="${WHAT:-bench}" ROUNDS="${ROUNDS:-3}" ./run.sh
