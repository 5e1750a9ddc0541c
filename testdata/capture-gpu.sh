#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Captures what nvidia-smi says of this machine's GPUs, as a host that
# inventory/host can replay: OUT/idle and, given a load, OUT/load.
#
#   capture-gpu.sh [-l LOAD] [-w SECONDS] [-a AUDIT] [-t NVMLTEST] OUT
#
#   -l LOAD      command that keeps the GPUs busy, run by sh; it is stopped when
#                the capture is done
#   -w SECONDS   wait so long for the load to take hold (default 10)
#   -a AUDIT     the audit program: its report goes to OUT/STATE.audit.json
#   -t NVMLTEST  the tests of nvidia/nvml, which compare nvidia-smi with NVML on
#                this machine (CGO_ENABLED=1 go test -c -tags nvml ./nvidia/nvml);
#                what they say goes to OUT/STATE.nvml.txt
#
# Serial numbers and UUIDs are captured as they are: see "audit redact" before
# the result is shown to others.
set -eu

load='' settle=10 audit='' nvmltest='' out=''

usage() {
  sed -n 's/^#   \{0,1\}//p' "$0" | head -n 13 >&2
  exit 2
}

parse_args() {
  while getopts l:w:a:t: option; do
    case $option in
      l) load=$OPTARG ;;
      w) settle=$OPTARG ;;
      a) audit=$OPTARG ;;
      t) nvmltest=$OPTARG ;;
      *) usage ;;
    esac
  done
  shift $((OPTIND - 1))
  [ $# -eq 1 ] || usage
  out=$1
  if [ -e "$out" ]; then
    echo "capture-gpu: $out exists" >&2
    exit 1
  fi
}

# quote prints a text as a JSON string.
quote() {
  printf '"%s"' "$(printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g; s/	/\\t/g')"
}

# run DIR NAME COMMAND… stores what a command prints, and appends its line to
# commands.jsonl.
run() {
  dir=$1 name=$2
  shift 2
  code=0
  LC_ALL=C "$@" >"$dir/$name.stdout" 2>"$dir/$name.stderr" </dev/null || code=$?
  argv=''
  for word in "$@"; do
    argv="$argv${argv:+, }$(quote "$word")"
  done
  line="{\"argv\": [$argv]"
  [ "$code" -eq 0 ] || line="$line, \"exit\": $code"
  for stream in stdout stderr; do
    if [ -s "$dir/$name.$stream" ]; then
      line="$line, \"$stream\": \"$name.$stream\""
    else
      rm -f "$dir/$name.$stream"
    fi
  done
  printf '%s}\n' "$line" >>"$dir/commands.jsonl"
}

# columns lists every property that --query-gpu knows, as its own help names
# them: each in quotes at the beginning of a line, other spellings behind "or".
columns() {
  LC_ALL=C nvidia-smi --help-query-gpu </dev/null | sed -n 's/^"\([A-Za-z0-9_.]*\)".*/\1/p' | sort -u
}

# accepted prints the columns of a list that the driver answers, with commas
# between them: a column that is documented and refused fails the whole query.
accepted() {
  list=''
  for column in $1; do
    if LC_ALL=C nvidia-smi --query-gpu="$column" --format=csv >/dev/null 2>&1 </dev/null; then
      list="$list${list:+,}$column"
    fi
  done
  printf '%s' "$list"
}

# widest prints the widest query: all columns at once if the driver takes them.
widest() {
  all=$(columns)
  list=$(printf '%s' "$all" | tr '\n' ',')
  if LC_ALL=C nvidia-smi --query-gpu="$list" --format=csv >/dev/null 2>&1 </dev/null; then
    printf '%s' "$list"
  else
    accepted "$all"
  fi
}

# files stores the driver's files that tell an audit to ask nvidia-smi.
files() {
  dir=$1
  printf '{\n  "schema": "bee.capture/1",\n  "times": ["%s"]\n}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$dir/host.json"
  if [ -r /proc/driver/nvidia/version ]; then
    text=$(awk '{ printf "%s\\n", $0 }' /proc/driver/nvidia/version | sed 's/"/\\"/g; s/	/\\t/g')
    printf '{"path": "proc/driver/nvidia/version", "text": "%s"}\n' "$text" >"$dir/files.jsonl"
  else
    : >"$dir/files.jsonl"
  fi
}

# state NAME captures the machine as it is now.
state() {
  dir=$out/$1
  mkdir -p "$dir"
  : >"$dir/commands.jsonl"
  files "$dir"
  run "$dir" nvidia-smi-q-x nvidia-smi -q -x
  run "$dir" nvidia-smi-q nvidia-smi -q
  run "$dir" nvidia-smi-query-gpu nvidia-smi --query-gpu="$query" --format=csv
  run "$dir" nvidia-smi-query-gpu-nounits nvidia-smi --query-gpu="$query" --format=csv,noheader,nounits
  run "$dir" nvidia-smi-query-compute-apps nvidia-smi --query-compute-apps=timestamp,gpu_name,gpu_bus_id,gpu_serial,gpu_uuid,pid,process_name,used_gpu_memory --format=csv
  run "$dir" nvidia-smi-query-retired-pages nvidia-smi --query-retired-pages=timestamp,gpu_name,gpu_bus_id,gpu_serial,gpu_uuid,retired_pages.address,retired_pages.timestamp,retired_pages.cause --format=csv
  run "$dir" nvidia-smi-l nvidia-smi -L
  run "$dir" nvidia-smi-topo-m nvidia-smi topo -m
  run "$dir" nvidia-smi-nvlink-s nvidia-smi nvlink -s
  run "$dir" nvidia-smi nvidia-smi
  run "$dir" nvidia-smi-version nvidia-smi --version
  run "$dir" nvidia-smi-help-query-gpu nvidia-smi --help-query-gpu
  compare "$1"
}

# compare NAME runs the audit and the comparison with NVML beside the capture.
compare() {
  if [ -n "$audit" ]; then
    "$audit" -o "$out/$1.audit.json" >"$out/$1.audit.txt" 2>&1 || echo "capture-gpu: $audit failed" >&2
  fi
  if [ -n "$nvmltest" ]; then
    "$nvmltest" -test.v -test.run 'Live' >"$out/$1.nvml.txt" 2>&1 || echo "capture-gpu: NVML differs, see $out/$1.nvml.txt" >&2
  fi
}

# under_load captures once more while the load runs.
under_load() {
  # In a session of its own, so that all it starts can be stopped.
  setsid sh -c "$load" >"$out/load.txt" 2>&1 &
  pid=$!
  trap 'kill -- "-$pid" 2>/dev/null || :' EXIT
  sleep "$settle"
  kill -0 "$pid" 2>/dev/null || echo "capture-gpu: the load has ended already, see $out/load.txt" >&2
  state load
  kill -- "-$pid" 2>/dev/null || :
  wait "$pid" 2>/dev/null || :
  trap - EXIT
}

main() {
  parse_args "$@"
  if ! command -v nvidia-smi >/dev/null; then
    echo "capture-gpu: no nvidia-smi on this machine" >&2
    exit 1
  fi
  mkdir -p "$out"
  query=$(widest)
  state idle
  [ -z "$load" ] || under_load
  echo "capture-gpu: see $out"
}

main "$@"
