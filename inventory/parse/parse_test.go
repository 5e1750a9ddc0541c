// SPDX-License-Identifier: Apache-2.0

package parse

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/corpus"
	"github.com/mchus/bee/inventory/sniff"
)

// Every output that package sniff can name has a reader, and every reader such
// an output.
func TestReadersOfAllDocuments(t *testing.T) {
	for _, m := range sniff.Documents() {
		if readerOf(m) == nil {
			t.Errorf("no reader for %+v", m)
		}
	}
	for _, r := range Readers() {
		found := false
		for _, m := range sniff.Documents() {
			found = found || m.Tool == r.Tool && m.Document == r.Document
		}
		if !found || r.Command == "" || r.Versions == "" || r.Parse == nil {
			t.Errorf("%s: no such document, or its row is not whole", r.Name())
		}
	}
}

// fixtures are the inputs of the parsers' own golden tests.
func fixtures(t *testing.T) map[string][]byte {
	t.Helper()
	files := make(map[string][]byte)
	for _, dir := range []string{"dmi", "ipmi", "nvidia", "nvme", "pci", "smart"} {
		err := filepath.WalkDir("../../"+dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasPrefix(d.Name(), "input") {
				return err
			}
			files[path], err = os.ReadFile(path)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 100 {
		t.Fatalf("%d fixtures", len(files))
	}
	return files
}

// What a reader returns is JSON, whatever the text, and its errors have places.
func TestFixtures(t *testing.T) {
	read := 0
	for path, data := range fixtures(t) {
		r, confidence, err := Find("", data)
		if err != nil {
			continue
		}
		read++
		check(t, path, r, data)
		if confidence == sniff.Certain && strings.Contains(path, "/dmi/") && r.Tool != "dmidecode" {
			t.Errorf("%s: taken for %s", path, r.Name())
		}
		if named, _, err := Find(r.Name(), data); err != nil || named.Name() != r.Name() {
			t.Errorf("%s: %q is not found by its name: %v", path, r.Name(), err)
		}
	}
	if read < 100 {
		t.Errorf("only %d fixtures were recognised", read)
	}
}

func check(t *testing.T, path string, r *Reader, data []byte) {
	t.Helper()
	value, err := r.Parse(data)
	text, jsonErr := json.Marshal(value)
	if jsonErr != nil || string(text) == "null" {
		t.Errorf("%s: %s gives %.40s, %v", path, r.Name(), text, jsonErr)
	}
	for _, e := range Errors(err) {
		var place interface {
			Place() (string, int, int, string)
		}
		if !errors.As(e, &place) {
			t.Errorf("%s: an error without a place: %v", path, e)
		}
	}
}

// Any reader takes any text.
func TestReadersTakeAnything(t *testing.T) {
	inputs := []string{"", "{", "hello\n", "\x00\xff", `{"a":1}`, "<a>", "Handle 0x0001, DMI type 1, 27 bytes\n", "a | b | c\n"}
	for _, r := range Readers() {
		for _, input := range inputs {
			check(t, input, &r, []byte(input))
		}
	}
}

func TestFind(t *testing.T) {
	for _, tt := range []struct {
		name, text, want string
		err              error
	}{
		{"", "hello\n", "", ErrUnknown},
		{"hdparm", "", "", ErrNoTool},
		{"lspci", "hello\n", "lspci", nil},
		{"nvme", `{"nsze":1,"ncap":1,"nuse":1}`, "nvme id-ns", nil},
		{"nvme id-ctrl", `{}`, "nvme id-ctrl", nil},
		{"nvme", "hello\n", "", ErrWhich},
		{"", `{"nsze":1,"ncap":1,"nuse":1}`, "nvme id-ns", nil},
	} {
		r, _, err := Find(tt.name, []byte(tt.text))
		got := ""
		if r != nil {
			got = r.Name()
		}
		if got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("Find(%q, %q) = %q, %v", tt.name, tt.text, got, err)
		}
	}
}

func TestCorpus(t *testing.T) {
	for _, dir := range []string{"dmidecode", "smartctl-json", "lsblk", "nvme", "lspci-vmm", "ipmitool-fru", "nvidia-smi-xml"} {
		for _, c := range corpus.Files(t, dir) {
			if r, _, err := Find("", c.Data); err == nil {
				check(t, c.Name, r, c.Data)
			}
		}
	}
}
