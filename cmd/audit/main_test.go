// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory/host"
)

// audited runs the command and returns its exit status and what it printed.
func audited(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	dir := t.TempDir()
	out, err := os.Create(filepath.Join(dir, "stdout"))
	if err != nil {
		t.Fatal(err)
	}
	errs, err := os.Create(filepath.Join(dir, "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	status = run(args, out, errs)
	read := func(f *os.File) string {
		defer f.Close()
		_, _ = f.Seek(0, io.SeekStart)
		data, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	return status, read(out), read(errs)
}

// capture makes the capture of a small machine.
func capture(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "capture")
	c := host.Capture{
		"host.json":        []byte(`{"schema":"bee.capture/1","times":["2026-01-15T12:00:00Z","2026-01-15T12:00:02Z"]}`),
		"commands.jsonl":   []byte(`{"argv":["dmidecode"],"duration":"41ms","stdout":"dmidecode.stdout"}`),
		"dmidecode.stdout": []byte("# dmidecode 3.6\n\nHandle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: Lab\n\tProduct Name: LX2\n\tSerial Number: SRV-1\n\nHandle 0x7F00, DMI type 127, 4 bytes\nEnd Of Table\n"),
	}
	if err := c.WriteDir(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestFlags(t *testing.T) {
	tests := []struct {
		args   []string
		status int
		stderr string
	}{
		{[]string{"-help"}, 0, ""},
		{[]string{"-version"}, 0, ""},
		{[]string{"-no-such-flag"}, 2, "not defined"},
		{[]string{"-format", "xml"}, 2, `unknown format "xml"`},
		{[]string{"-timeout", "-1s"}, 2, "must be more than 0"},
		{[]string{"-timeout", "5"}, 2, "did you mean 5s?"},
		{[]string{"-timeout", "1.5"}, 2, "did you mean 1.5s?"},
		{[]string{"-timeout", "soon"}, 2, "no time such as 30s"},
		{[]string{"-timeout", "0"}, 2, "must be more than 0"},
		{[]string{"-replay", ""}, 2, "names no place"},
		{[]string{"-record", ""}, 2, "names no place"},
		{[]string{"-o", ""}, 2, "names no place"},
		{[]string{"-o", "/tmp/x.tgz", "-record", "/tmp/./x.tgz"}, 2, "the same place"},
		{[]string{"extra"}, 2, `unexpected argument "extra"`},
		{[]string{"-replay", "/no/such/capture"}, 1, "could not read the capture"},
	}
	for _, tt := range tests {
		status, _, stderr := audited(t, tt.args...)
		if status != tt.status || !strings.Contains(stderr, tt.stderr) {
			t.Errorf("%q: status %d, want %d; stderr %q, want %q in it", tt.args, status, tt.status, stderr, tt.stderr)
		}
	}
}

func TestDocumentToStdout(t *testing.T) {
	status, stdout, _ := audited(t, "-replay", capture(t), "-o", "-")
	var document struct {
		Schema string
		System struct{ Serial string }
	}
	if err := json.Unmarshal([]byte(stdout), &document); err != nil || status != 0 {
		t.Fatalf("status %d, %v: %s", status, err, stdout)
	}
	if document.Schema != "bee.audit/1" || document.System.Serial != "SRV-1" {
		t.Errorf("document = %+v", document)
	}
	_, text, _ := audited(t, "-replay", capture(t), "-o", "-", "-format", "text")
	if !strings.HasPrefix(text, "Verdict   UNKNOWN") || !strings.Contains(text, "SRV-1") {
		t.Errorf("text = %q", text)
	}
}

func TestDocumentToFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.json")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, stdout, _ := audited(t, "-replay", capture(t), "-o", path)
	document, err := os.ReadFile(path)
	if status != 0 || err != nil || !json.Valid(document) {
		t.Errorf("status %d, %v, %q", status, err, document)
	}
	if !strings.Contains(stdout, "SRV-1") || !strings.HasSuffix(stdout, "Document  "+path+"\n") {
		t.Errorf("stdout = %q", stdout)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestReplayWritesNothingByItself(t *testing.T) {
	status, stdout, _ := audited(t, "-replay", capture(t))
	if status != 0 || !strings.Contains(stdout, "Document  not written") {
		t.Errorf("status %d, stdout %q", status, stdout)
	}
}

func TestUnwritable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "no", "audit.json")
	status, _, stderr := audited(t, "-replay", capture(t), "-o", path)
	if status != 1 || !strings.Contains(stderr, path) || !strings.Contains(stderr, "make the folder first") {
		t.Errorf("status %d, stderr %q", status, stderr)
	}
}

// A capture, recorded as a folder or as one file, replays to the same bytes.
func TestRecordAndReplay(t *testing.T) {
	original := capture(t)
	_, want, _ := audited(t, "-replay", original, "-o", "-")
	for _, name := range []string{"copy", "copy.tgz"} {
		path := filepath.Join(t.TempDir(), name)
		if status, _, stderr := audited(t, "-replay", original, "-record", path, "-o", "-"); status != 0 {
			t.Fatalf("status %d: %s", status, stderr)
		}
		_, got, _ := audited(t, "-replay", path, "-o", "-")
		if diff := cmp.Diff(want, got); diff != "" || want == "" {
			t.Errorf("%s (-recorded +replayed):\n%s", name, diff)
		}
	}
}
