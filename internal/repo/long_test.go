// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"runtime"
	"strings"
	"testing"
)

// TestLongTimesMany makes one line of an output long and repeats another: what a
// parser repeats of the one for each of the other is length times count. Nothing
// that it allocates is more than a multiple of the input, and no error is long.
func TestLongTimesMany(t *testing.T) {
	const (
		size    = 1 << 16
		long    = size / 4
		maxUse  = 250 // bytes allocated for a byte; a record may take a line of twenty
		maxText = 600 // of an error
	)
	word := strings.Repeat("x", long)
	spoil := map[string]func(line string) string{
		"value": func(line string) string { return strings.TrimRight(line, "\r\n") + word + "\n" },
		"key": func(line string) string {
			at := len(line) - len(strings.TrimLeft(line, " \t\"<"))
			return line[:at] + word + line[at:]
		},
		"quoted": func(line string) string {
			at := strings.LastIndexByte(line, '"') + 1
			return line[:max(at-1, 0)] + word + line[max(at-1, 0):]
		},
	}
	for _, e := range entries {
		docs := e.fixtures(t)
		lines := strings.SplitAfter(string(docs[len(docs)/2].data), "\n")
		for _, a := range pick(lines) {
			for how, change := range spoil {
				for _, b := range pick(lines[a:]) {
					before := strings.Join(lines[:a], "") + change(lines[a]) + strings.Join(lines[a+1:a+1+b], "")
					again := lines[a+b]
					in := []byte(before + strings.Repeat(again, max(0, size-len(before))/max(1, len(again))) + strings.Join(lines[a+b:], ""))
					var m0, m1 runtime.MemStats
					runtime.ReadMemStats(&m0)
					_, err := e.parse(in)
					runtime.ReadMemStats(&m1)
					if use := (m1.TotalAlloc - m0.TotalAlloc) / uint64(len(in)); use > maxUse {
						t.Errorf("%s: %d bytes allocated for a byte: a long %s of %.40q, then many %.40q", e.name, use, how, lines[a], again)
					}
					if err != nil && len(err.Error()) > maxText {
						t.Errorf("%s: an error of %d bytes: a long %s of %.40q", e.name, len(err.Error()), how, lines[a])
					}
				}
			}
		}
	}
}

// pick returns the places of some lines, one of each kind: those that begin alike
// are of one.
func pick(lines []string) (at []int) {
	const most = 8
	seen := make(map[string]bool)
	for i, line := range lines {
		kind := line[:min(len(line), len(line)-len(strings.TrimLeft(line, " \t"))+4)]
		if strings.TrimSpace(line) != "" && !seen[kind] && len(at) < most {
			seen[kind] = true
			at = append(at, i)
		}
	}
	return at
}
