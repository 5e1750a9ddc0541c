// SPDX-License-Identifier: Apache-2.0

package host

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// checkLine holds what a scanner reads of a line against encoding/json.
func checkLine[T any](t *testing.T, line string, read func(*T, string) bool) (ok bool) {
	t.Helper()
	var got, want T
	if !read(&got, line) {
		return false
	}
	dec := json.NewDecoder(strings.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&want); err != nil {
		t.Errorf("%s: read, though %v", line, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-encoding/json +scanner):\n%s", line, diff)
	}
	return true
}

var entryLines = []string{
	`{"path":"a","text":""}`, `{"path":"a","text":"\"\\\n\t\b\f\r<&>"}`, `{"path":"a","dir":[]}`, `{"path":"a","dir":["b/","c@"]}`,
	`{"path":"a","link":"../b"}`, `{"path":"a","type":"device"}`, `{"path":"a","error":"permission"}`, `{"path":"a","path":"b","text":"1","text":"2"}`,
	`{"argv":["a","-b"],"exit":2,"duration":"1ms","stdout":"o","stderr":"e"}`, `{"argv":[],"exit":-1,"signal":"killed","error":"timeout"}`, `{"argv":["a"],"argv":[]}`,
}

// left are lines that are left to encoding/json.
var left = []string{
	`{"path":"\u0041"}`, `{"path":"é"}`, `{"path":"a","bytes":"AA=="}`, `{"path": "a"}`, `{"PATH":"a"}`, `{"path":"\/"}`, `{"path":"\'"}`, `{"path":"a","text":null}`,
	`{"argv":["a"],"exit":1.0}`, `{"argv":["a"],"exit":01}`, `{"argv":["a"],"exit":-0}`, `{"argv":["a"],"exit":99999999999999999999}`, `{"argv":["a",]}`, `{"argv":[,"a"]}`,
	``, `{`, `}`, `{}`, `{"`, `{"path"`, `{"path":`, `{"path":"`, `{"path":"a`, `{"path":"a"`, `{"path":"a",`, `{"path":"a",}`, `{"path":"a"}}`, `{"argv":[`, `{"argv":["a"`, `{"exit":`, `[]`, "{\"path\":\"\x01\"}", `{"path":"\`,
}

func TestEntries(t *testing.T) {
	for _, line := range entryLines {
		if !checkLine(t, line, (*fileEntry).read) && !checkLine(t, line, (*commandEntry).read) {
			t.Errorf("%s is not read", line)
		}
	}
	for _, line := range left {
		if checkLine(t, line, (*fileEntry).read) || checkLine(t, line, (*commandEntry).read) {
			t.Errorf("%s is read", line)
		}
	}
	files, err := filepath.Glob("../../testdata/hosts/*/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines, slow := 0, 0
		for line := range bytes.Lines(data) {
			text := strings.TrimSpace(string(line))
			lines++
			if !checkLine(t, text, (*fileEntry).read) && !checkLine(t, text, (*commandEntry).read) {
				slow++
			}
		}
		if slow > lines/10+1 {
			t.Errorf("%s: %d lines of %d are left to encoding/json", file, slow, lines)
		}
	}
}

func FuzzEntries(f *testing.F) {
	for _, line := range append(entryLines, left...) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		checkLine(t, line, (*fileEntry).read)
		checkLine(t, line, (*commandEntry).read)
	})
}
