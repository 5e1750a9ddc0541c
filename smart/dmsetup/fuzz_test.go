// SPDX-License-Identifier: Apache-2.0

package dmsetup

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	addFixtures(f)
	for _, seed := range []string{
		"", "\n", "No devices found\n", "a:\n", "a: \nb: 0 1 zero \n", ": 0 1 x\n", "0 1 x: y\n", "a : b: c\n", "a: 0 x y\n",
		"a: 0 1 raid raid1 2 Aa 1/2 recover 0 0 -\n", "a: 0 1 mirror 2 8:0 8:1 1/2 1 AD 3 disk 8:2 F\na: 1 1 error \n",
		"a: 0 1 multipath 2 0 0 0 1 1 A 0 1 99999999999 8:0 A 0 1\n", "a: 0 1 cache 8 1/2 3 4/5 6 7 8 9 10 11 12 0 0 smq 0 rw -\n",
		"a: 0 1 cache Fail\na: 0 1 linear\nCommand failed.\n", "Device does not exist.\nCommand failed.\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Parse(data)
		checkErrors(t, data, err)
		checkLines(t, data, doc.Lines)
		again, err2 := Parse(doc.Format())
		if a, b := string(doc.Format()), string(again.Format()); a != b {
			t.Fatalf("Format is no fixed point:\n%q\n%q", a, b)
		}
		if a, b := withoutLines(t, doc), withoutLines(t, again); a != b {
			t.Fatalf("Format lost something:\n%s\n%s", a, b)
		}
		if a, b := messages(err), messages(err2); len(a) != len(b) && !errors.Is(err, ErrTruncated) {
			t.Fatalf("Format changed the errors:\n%q\n%q", a, b)
		}
	})
}

// addFixtures gives the fuzzer the fixtures to begin with, and their halves.
func addFixtures(f *testing.F) {
	inputs, _ := filepath.Glob("testdata/*/input")
	if len(inputs) == 0 {
		f.Fatal("no testdata/*/input")
	}
	for _, name := range inputs {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data[:min(len(data), 4096)]) // the fuzzer is slow with long inputs
		f.Add(data[:len(data)/2])
	}
}

// checkErrors checks that err is nil or Errors whose places hold their texts,
// and that those texts are one clean line.
func checkErrors(t *testing.T, data []byte, err error) {
	t.Helper()
	if err == nil {
		return
	}
	list, ok := err.(Errors)
	if !ok || len(list) == 0 || len(list) > maxErrors+1 {
		t.Fatalf("error is no list: %#v", err)
	}
	lines := strings.Split(string(data), "\n")
	for _, e := range list {
		if strings.ContainsAny(e.Text, "\n\r\t\x00") || utf8.Valid(data) && !utf8.ValidString(e.Text) {
			t.Fatalf("text of the error is not clean: %q", e.Text)
		}
		text := strings.TrimSuffix(e.Text, "…")
		if e.Line < 1 || e.Line > len(lines) || e.Column < 1 || e.Column > len(lines[e.Line-1])+1 {
			t.Fatalf("no such place: %v", e)
		}
		if at := lines[e.Line-1][e.Column-1:]; !strings.HasPrefix(clip(at), text) && !strings.HasPrefix(squeeze(at), squeeze(text)) {
			t.Fatalf("error is not where its text is: %v, there is %q", e, at)
		}
	}
}

// squeeze leaves out everything that is not printable ASCII.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' {
			return -1
		}
		return r
	}, text)
}

// checkLines checks that each line that is not blank is in the record layer,
// where it says.
func checkLines(t *testing.T, data []byte, lines []Line) {
	t.Helper()
	n := 0
	for i, text := range strings.Split(string(data), "\n") {
		if trimRight(text) == "" || i == bytes.Count(data, []byte("\n")) {
			continue // nothing, or cut off
		}
		if n == len(lines) {
			t.Fatalf("line %d is lost: %q", i+1, text)
		}
		l := lines[n]
		n++
		if l.Number != i+1 || !strings.Contains(text, l.Key) || !strings.HasSuffix(trimRight(text), l.Value) {
			t.Fatalf("line %d, %q, is kept as %+v", i+1, text, l)
		}
	}
	if n != len(lines) {
		t.Fatalf("%d lines are kept of %d", len(lines), n)
	}
}

// withoutLines returns a value as JSON, without the places of its lines.
func withoutLines(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		t.Fatal(err)
	}
	dropLines(tree)
	b, _ = json.Marshal(tree)
	return string(b)
}

func dropLines(tree any) {
	switch v := tree.(type) {
	case map[string]any:
		delete(v, "line")
		for _, e := range v {
			dropLines(e)
		}
	case []any:
		for _, e := range v {
			dropLines(e)
		}
	}
}
