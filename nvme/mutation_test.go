// SPDX-License-Identifier: Apache-2.0

package nvme_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"strconv"
	"testing"

	"github.com/mchus/bee/internal/mutate"
)

// commands are those that the package reads.
var commands = []string{"list", "id-ctrl", "id-ns", "smart-log", "error-log", "fw-log"}

// mutants returns how many mutants a test looks at: n, or BEE_MUTANTS.
func mutants(t *testing.T, n int) int {
	if s := os.Getenv("BEE_MUTANTS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

// TestMutants breaks the captures in many ways: no panic, errors inside of the
// input, and a value that can be written.
func TestMutants(t *testing.T) {
	for _, command := range commands {
		t.Run(command, func(t *testing.T) {
			var docs [][]byte
			for _, path := range glob(t, "testdata/*-"+command+"*/input") {
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				docs = append(docs, data)
			}
			mutate.Run(t, docs, mutants(t, 1500), 1, func(t *testing.T, doc []byte) {
				input := bytes.Clone(doc)
				var got any
				var err error
				mutate.CheckAllocated(t, len(doc), func() { got, _, err = parse(command, input) })
				checkErrors(t, doc, err)
				if !bytes.Equal(input, doc) {
					t.Error("the input was changed")
				}
				if _, err := json.Marshal(got); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// TestHostile feeds every parser with what makes much of little.
func TestHostile(t *testing.T) {
	keys := map[string][]string{
		"list": {"Devices", "Subsystems"}, "id-ctrl": {"psds", "sn"}, "id-ns": {"lbafs"},
		"smart-log": {"critical_warning"}, "error-log": {"errors"}, "fw-log": {"nvme0"},
	}
	docs := make(map[string][]byte)
	docs["lines of text"] = bytes.Repeat([]byte("a:\n"), 1<<16)
	docs["error log entries"] = append([]byte("Error Log Entries for device:nvme0\n"), bytes.Repeat([]byte(" Entry[\n"), 1<<15)...)
	var text bytes.Buffer
	for i := range 1 << 15 {
		text.WriteString(strconv.Itoa(i) + ":\n")
	}
	docs["keys of text"] = text.Bytes()
	for _, command := range commands {
		own := mutate.Hostile(keys[command]...)
		maps.Copy(own, docs)
		for name, doc := range own {
			mutate.CheckMemory(t, command+": "+name, len(doc), func() any {
				got, _, err := parse(command, doc)
				checkErrors(t, doc, err)
				return []any{got, err}
			})
		}
	}
}
