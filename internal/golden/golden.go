// SPDX-License-Identifier: Apache-2.0

// Package golden compares what the tests computed with what a file says.
//
// Run the tests with -update to rewrite the files, then read the diff: a wrong
// value in a golden file is the bug.
package golden

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// Updating tells that the golden files shall be rewritten.
func Updating() bool { return *update }

// Dir runs fn for each directory dir/CASE that holds a file named input, and
// compares the JSON of what fn returns with dir/CASE/want.json.
func Dir(t *testing.T, dir string, fn func(t *testing.T, input []byte) any) {
	t.Helper()
	inputs, err := filepath.Glob(filepath.Join(dir, "*", "input"))
	if err != nil || len(inputs) == 0 {
		t.Fatalf("no %s/*/input (%v)", dir, err)
	}
	for _, path := range inputs {
		caseDir := filepath.Dir(path)
		t.Run(filepath.Base(caseDir), func(t *testing.T) {
			input, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			JSON(t, filepath.Join(caseDir, "want.json"), fn(t, input))
		})
	}
}

// JSON compares the indented JSON of got with the file at path.
func JSON(t *testing.T, path string, got any) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(got); err != nil {
		t.Fatal(err)
	}
	Bytes(t, path, b.Bytes())
}

// Bytes compares got with the file at path.
func Bytes(t *testing.T, path string, got []byte) {
	t.Helper()
	want, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if bytes.Equal(want, got) && err == nil {
		return
	}
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err != nil {
		t.Fatalf("%v (run the test with -update to write it, then read it)", err)
	}
	t.Errorf("%s mismatch (-want +got):\n%s", path,
		cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")))
}
