// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/mchus/bee/internal/mutate"
)

// jsonParsers are the parsers of JSON.
var jsonParsers = map[string]func([]byte) (any, error){
	"Parse":      func(data []byte) (any, error) { return Parse(data) },
	"ParseScan":  func(data []byte) (any, error) { return ParseScan(data) },
	"ParseLsblk": func(data []byte) (any, error) { return ParseLsblk(data) },
}

// TestMutants breaks the fixtures in many ways: no panic, errors inside of the
// input, and a value that can be written and judged. BEE_MUTANTS is how many
// mutants a parser gets.
func TestMutants(t *testing.T) {
	n := 1500
	if s := os.Getenv("BEE_MUTANTS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	var docs [][]byte
	for _, pattern := range []string{"testdata/*/input", "testdata/lab/*/*.json"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatal(pattern, err)
		}
		for _, path := range paths {
			docs = append(docs, read(t, path))
		}
	}
	for name, parse := range jsonParsers {
		t.Run(name, func(t *testing.T) {
			mutate.Run(t, docs, n, 1, func(t *testing.T, doc []byte) {
				input := bytes.Clone(doc)
				var got any
				var err error
				mutate.CheckAllocated(t, len(doc), func() { got, err = parse(input) })
				checkPlaces(t, doc, err)
				if !bytes.Equal(input, doc) {
					t.Error("the input was changed")
				}
				if dev, ok := got.(*Device); ok {
					dev.Health()
				}
				if _, err := json.Marshal(got); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// checkPlaces sees to it that each error points into the input and stays on
// its line.
func checkPlaces(t *testing.T, data []byte, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var list Errors
	if !errors.As(err, &list) || len(list) == 0 || len(list) > 257 {
		t.Fatalf("%d errors of type %T", len(list), err)
	}
	lines := bytes.Split(data, []byte("\n"))
	for _, e := range list {
		path, line, column, text := e.Place()
		if line < 1 || line > len(lines) || column < 1 || column > len(lines[line-1])+1 {
			t.Fatalf("%v is outside of the input", e)
		}
		if len(path) > 170 || len(text) > 90 || strings.ContainsFunc(path+text, unicode.IsControl) || !utf8.ValidString(path+text) {
			t.Fatalf("not small and inert: %q %q", path, text)
		}
	}
}

// TestHostileMemory feeds every parser with what makes much of little.
func TestHostileMemory(t *testing.T) {
	keys := map[string][]string{
		"Parse":      {"ata_smart_attributes", "nvme_error_information_log", "scsi_environmental_reports"},
		"ParseScan":  {"devices"},
		"ParseLsblk": {"blockdevices"},
	}
	for name, parse := range jsonParsers {
		for doc, data := range mutate.Hostile(keys[name]...) {
			mutate.CheckMemory(t, name+": "+doc, len(data), func() any {
				got, err := parse(data)
				checkPlaces(t, data, err)
				return []any{got, err}
			})
		}
	}
	// Arrays that stand one level down.
	for _, path := range []string{
		"ata_smart_attributes.table", "ata_smart_error_log.extended.table", "ata_smart_self_test_log.standard.table",
		"ata_device_statistics.pages", "sata_phy_event_counters.table", "nvme_error_information_log.table",
		"nvme_self_test_log.table", "nvme_namespaces", "smartctl.messages", "smartctl.argv", "nvme_power_states",
	} {
		keys := strings.Split(path, ".")
		for _, element := range []string{`{}`, `0`, `{"table":[{}]}`, `{"id":0}`, `""`} {
			doc := `[` + strings.Repeat(element+",", 1<<15) + element + `]`
			for i := len(keys) - 1; i >= 0; i-- {
				doc = `{"` + keys[i] + `":` + doc + `}`
			}
			mutate.CheckMemory(t, path+" of "+element, len(doc), func() any {
				got, err := Parse([]byte(doc))
				return []any{got, err}
			})
		}
	}
}
