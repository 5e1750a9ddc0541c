// SPDX-License-Identifier: Apache-2.0

package devlink

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/jsondoc"
)

// seed adds the fixtures whose names match, as they are, with carriage returns
// and cut in half.
func seed(f *testing.F, pattern string) {
	f.Helper()
	files, err := filepath.Glob("testdata/" + pattern + "/input")
	if err != nil || len(files) == 0 {
		f.Fatalf("no fixtures (%v)", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add(bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")))
		f.Add(data[:len(data)/2])
	}
}

// checkErrors checks that an error is a list in input order whose members point
// at their text.
func checkErrors(t *testing.T, data []byte, err error) {
	t.Helper()
	if err == nil {
		return
	}
	list, ok := err.(Errors)
	if !ok || len(list) == 0 || len(list) > maxErrors+1 {
		t.Fatalf("odd error %#v", err)
	}
	lines := strings.Split(string(data), "\n")
	last := 0
	for _, e := range list {
		if e.Line < last || e.Line > len(lines) || e.Column < 1 || e.Column > len(lines[e.Line-1])+1 {
			t.Fatalf("outside the input: %v", e)
		}
		last = e.Line
		text := strings.TrimRight(strings.TrimSuffix(e.Text, "…"), blanks)
		if at := strings.TrimRight(lines[e.Line-1][e.Column-1:], blanks); !strings.HasPrefix(jsondoc.Inert(at, maxText), text) {
			t.Fatalf("%q is not where the error is, there is %q", e.Text, at)
		}
		if !knownCause(e.Err) {
			t.Fatalf("unknown cause: %v", e)
		}
	}
}

func knownCause(err error) bool {
	for _, cause := range []error{ErrSyntax, ErrType, ErrLimit, ErrFormat, ErrTool} {
		if errors.Is(err, cause) {
			return true
		}
	}
	return false
}

// FuzzParse states the contract of Parse.
func FuzzParse(f *testing.F) {
	seed(f, "*")
	f.Fuzz(func(t *testing.T, data []byte) {
		info, err := Parse(data)
		checkErrors(t, data, err)
		if _, err := json.Marshal(info); err != nil {
			t.Fatalf("not JSON: %v", err)
		}
		for i := range info.Devices {
			dev := &info.Devices[i]
			dev.PSID()
			dev.Firmware()
			dev.StoredFirmware()
		}
		if err == nil { // what is read does not depend on what stands before it
			again, err := Parse(append([]byte("noise\n"), data...))
			info.Preamble, again.Preamble = "", ""
			if err == nil && !reflect.DeepEqual(info, again) {
				t.Fatalf("other devices behind noise:\n%+v\n%+v", info, again)
			}
		}
	})
}
