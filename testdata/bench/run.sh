#!/bin/sh
# run.sh: measure the parsers. With BEE_PEERS naming the folder of a benchmark
# of peers (its run.sh takes further test binaries in EXTRA), the table shows
# bee beside them; without it, bee alone on the captured hosts.
#
# A minute or two: it measures inputs of the size that a tool prints, beside the
# peers that bee is held against. ALL=1 measures ten and a hundred times that
# too, beside every peer, which takes many minutes.
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
go run ./cmd/geninputs -out inputs # which needs dmidecode
if [ -z "${ALL:-}" ]; then
  rm -f inputs/*/*-x10.* inputs/*/*-x100.*
  export PEERS="${PEERS:-limit:indexbyte|goccy|proto:typed|encoding/xml.struct|encoding/csv.ReadAll}"
fi
export BENCHTIME="${BENCHTIME:-30ms}"
EXTRA="$work/bee.test" WHAT="${WHAT:-bench}" ROUNDS="${ROUNDS:-3}" ./run.sh
