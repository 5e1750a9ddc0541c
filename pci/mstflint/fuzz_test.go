// SPDX-License-Identifier: Apache-2.0

package mstflint

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
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
		if at := lines[e.Line-1][e.Column-1:]; !strings.HasPrefix(clip(at), strings.TrimSuffix(e.Text, "…")) {
			t.Fatalf("%q is not where the error is, there is %q", e.Text, at)
		}
		if !knownCause(e.Err) {
			t.Fatalf("unknown cause: %v", e)
		}
	}
}

func knownCause(err error) bool {
	for _, cause := range []error{ErrSyntax, ErrUnit, ErrRange, ErrLimit, ErrFormat, ErrTool} {
		if errors.Is(err, cause) {
			return true
		}
	}
	return false
}

// checkFixedPoint checks that Format is the inverse: what it writes is read
// back as the same, line numbers aside, and written again as the same.
func checkFixedPoint(t *testing.T, value *Query, parse func([]byte) (*Query, error)) {
	t.Helper()
	text := value.Format()
	again, _ := parse(text)
	if second := again.Format(); !bytes.Equal(text, second) {
		t.Fatalf("Format is no fixed point:\n%q\n%q", text, second)
	}
	clearLines(reflect.ValueOf(value))
	clearLines(reflect.ValueOf(again))
	if !reflect.DeepEqual(value, again) {
		t.Fatalf("Format lost something:\n%+v\n%+v", value, again)
	}
}

// clearLines sets every field named Line to zero.
func clearLines(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			clearLines(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			clearLines(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name == "Line" {
				v.Field(i).SetInt(0)
			} else {
				clearLines(v.Field(i))
			}
		}
	}
}

// FuzzParse states the contract of Parse.
func FuzzParse(f *testing.F) {
	seed(f, "*")
	f.Add([]byte("     Image type:            FS4\nFW")) // keys are at the margin
	f.Fuzz(func(t *testing.T, data []byte) {
		query, err := Parse(data)
		checkErrors(t, data, err)
		if _, err := json.Marshal(query); err != nil {
			t.Fatalf("not JSON: %v", err)
		}
		if mac := query.BaseMAC(); mac != "" && len(mac) != len("00:00:5e:00:53:01") {
			t.Fatalf("MAC %q", mac)
		}
		checkFixedPoint(t, query, Parse)
	})
}
