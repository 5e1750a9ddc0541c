// SPDX-License-Identifier: Apache-2.0

// Package corpus lets the tests read the corpus of real captures.
//
// The corpus is not in the repository: its files belong to those who published
// them. A test reads it from the folder named by BEE_CORPUS and skips where
// that is not set.
package corpus

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A File is one capture.
type File struct {
	Name string // path below the tool's folder, with forward slashes
	Data []byte
}

// Files returns the captures in the corpus's folder for a tool ("dmidecode",
// "smartctl-json", …), sorted by name. It skips the test without BEE_CORPUS.
func Files(tb testing.TB, folder string) []File {
	tb.Helper()
	root := os.Getenv("BEE_CORPUS")
	if root == "" {
		tb.Skip("BEE_CORPUS is not set")
	}
	root = filepath.Join(root, folder)
	var files []File
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if len(data) > 0 && data[len(data)-1] != '\n' {
			data = append(data, '\n') // lost where it was published; no tool leaves it out
		}
		name, err := filepath.Rel(root, path)
		files = append(files, File{filepath.ToSlash(name), data})
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	if len(files) == 0 {
		tb.Fatalf("%s holds no files", root)
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files
}

// A Tally counts how much of a tool's captures was understood.
type Tally struct {
	Tool        string
	Files       int
	Panics      int
	Unexplained int // errors outside known.txt
	Known       int // keys, lines or leaves that a typed view understands
	Total       int // all of them
	misses      map[string]int
}

// Hit counts n pieces that a typed view understands.
func (t *Tally) Hit(n int) { t.Known += n; t.Total += n }

// Miss counts one piece that no typed view understands, under a name for it.
func (t *Tally) Miss(name string) {
	if t.misses == nil {
		t.misses = make(map[string]int)
	}
	t.misses[name]++
	t.Total++
}

// Coverage is the share of pieces that a typed view understands, in percent.
func (t *Tally) Coverage() float64 {
	if t.Total == 0 {
		return 0
	}
	return 100 * float64(t.Known) / float64(t.Total)
}

// Check logs the tally in the form that scripts grep for, with the most
// frequent misses, and fails the test on a panic, on an unexplained error, and
// on coverage below floor percent.
func (t *Tally) Check(tb testing.TB, floor float64) {
	tb.Helper()
	tb.Logf("corpus: %s files=%d panics=%d unexplained=%d coverage=%.2f%%",
		t.Tool, t.Files, t.Panics, t.Unexplained, t.Coverage())
	for _, name := range t.Top(10) {
		tb.Logf("not understood, %d times: %s", t.misses[name], name)
	}
	if t.Panics > 0 || t.Unexplained > 0 {
		tb.Errorf("%s: %d panics, %d unexplained errors", t.Tool, t.Panics, t.Unexplained)
	}
	if t.Coverage() < floor {
		tb.Errorf("%s: coverage %.2f%%, want at least %.2f%%", t.Tool, t.Coverage(), floor)
	}
}

// Top returns the n most frequent misses.
func (t *Tally) Top(n int) []string {
	names := make([]string, 0, len(t.misses))
	for name := range t.misses {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := t.misses[b] - t.misses[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return names[:min(n, len(names))]
}

// Safely calls fn and counts a panic of it.
func (t *Tally) Safely(tb testing.TB, name string, fn func()) {
	tb.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Panics++
			tb.Errorf("%s: panic: %v", name, r)
		}
	}()
	fn()
}

// Known lists the captures that are known to give errors, each with its
// reason. A line of the file is "NAME<TAB>REASON"; "#" begins a comment.
type Known map[string]string

// ReadKnown reads a known.txt. Each line must give a reason.
func ReadKnown(tb testing.TB, path string) Known {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	known := make(Known)
	for s := bufio.NewScanner(bytes.NewReader(data)); s.Scan(); {
		line := strings.TrimSpace(s.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, reason, ok := strings.Cut(line, "\t")
		if !ok || strings.TrimSpace(reason) == "" {
			tb.Fatal(fmt.Errorf("%s: no reason in %q", path, line))
		}
		known[name] = strings.TrimSpace(reason)
	}
	return known
}

// Explain counts err as unexplained and reports it, unless name is known. It
// reports a name that is known and gives no error: the entry is stale.
func (t *Tally) Explain(tb testing.TB, known Known, name string, err error) {
	tb.Helper()
	_, ok := known[name]
	switch {
	case err != nil && !ok:
		t.Unexplained++
		tb.Errorf("%s: %v", name, err)
	case err == nil && ok:
		tb.Errorf("%s: listed in known.txt but gives no error", name)
	}
}
