// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
)

func packed(t *testing.T, data string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestReadFile: what a file is taken for, or where and why it gives nothing.
func TestReadFile(t *testing.T) {
	old := `{"host":{"machine_id":{"value":"M","source":"uuid","confidence":"high"}},"summary":{"health":"ok"},"schema":"bee.audit/1"}`
	tests := map[string]struct {
		name, data         string
		kind, place, error string
	}{
		"an old document":     {"a.json", old, kindDocument, "", ""},
		"a packed document":   {"a.json.gz", packed(t, old), kindDocument, "", ""},
		"a packed output":     {"a.gz", packed(t, "# dmidecode 3.4\nGetting SMBIOS data from sysfs.\nSMBIOS 3.3.0 present.\n\nHandle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tSerial Number: S1\n"), kindOutput, "", ""},
		"a later version":     {"a.json", `{"schema":"bee.audit/2"}`, "", "", `not an audit document of bee: its schema is "bee.audit/2", not "bee.audit/1"`},
		"a cut document":      {"a.json", "{\n\"schema\":\"bee.audit/1\",\n", "", "line 3, column 1", "not an audit document of bee: line 3, column 1: unexpected end of JSON input"},
		"an empty file":       {"a", "", "", "", "empty"},
		"no tool's":           {"a", "hello\n", "", "", "the output of no tool that is known"},
		"half of gzip's head": {"a.tgz", "\x1f\x8b\x08", "", "byte 3 of 3", "unexpected EOF"},
		"a folder's line":     {"host.json", `{"schema":"bee.capture/1"}`, "", "commands.jsonl: line 1", "commands.jsonl: line 1: unexpected end of JSON input"},
		"a folder's output":   {"host.json", `{"schema":"bee.capture/1"}`, "", "gone.stdout", `"gone.stdout": file does not exist`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, tt.name)
			files := map[string]string{path: tt.data}
			switch tt.place {
			case "commands.jsonl: line 1":
				files[filepath.Join(dir, "commands.jsonl")] = `{"argv":`
			case "gone.stdout":
				files[filepath.Join(dir, "commands.jsonl")] = `{"argv":["dmidecode"],"stdout":"gone.stdout"}`
			}
			for path, data := range files {
				if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			w, err := readFile(t.Context(), local.New(t.Context()), path)
			if err != nil {
				if d := deadLetterOf(path, err); d.Place != tt.place || d.Error != tt.error {
					t.Errorf("dead letter %+v, want place %q, error %q", d, tt.place, tt.error)
				}
				return
			}
			if w.File.Kind != tt.kind || tt.error != "" {
				t.Errorf("kind %q, want %q; error wanted %q", w.File.Kind, tt.kind, tt.error)
			}
		})
	}
	w, err := readFile(t.Context(), local.New(t.Context()), writeOld(t, old))
	if err != nil || w.Machine.Unread != unknownParts || w.Machine.Unjudged != nil || len(w.Unjudged) != 1 {
		t.Errorf("an old document: %+v, %v", w, err)
	}
}

func writeOld(t *testing.T, data string) string {
	path := filepath.Join(t.TempDir(), "old.json")
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
