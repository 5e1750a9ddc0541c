// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/mchus/bee/ipmi"
)

// A document is what each Parse function returns.
type document interface{ Format() []byte }

// fuzz states the contract of a Parse function for the inputs below a folder
// of testdata and whatever the fuzzer makes of them.
func fuzz[T document](f *testing.F, folder string, parse func([]byte) (T, error), views func(T) any) {
	paths, err := filepath.Glob(filepath.Join("testdata", folder, "*", "input"))
	if err != nil || len(paths) == 0 {
		f.Fatalf("no seeds in %s: %v", folder, err)
	}
	for _, path := range paths {
		seed, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seed)
		f.Add(bytes.ReplaceAll(seed, []byte("\n"), []byte("\r\n")))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		doc, err := parse(data)
		if !bytes.Equal(before, data) {
			t.Fatal("Parse changed its input")
		}
		if reflect.ValueOf(doc).IsNil() {
			t.Fatal("Parse returned nil")
		}
		checkErrors(t, data, err)
		if _, err := json.Marshal(views(doc)); err != nil {
			t.Fatalf("typed views: %v", err)
		}
		checkFixedPoint(t, doc, parse)
	})
}

// checkErrors checks that an error is a list whose members point at text of
// the input.
func checkErrors(t *testing.T, data []byte, err error) {
	if err == nil {
		return
	}
	list, ok := err.(ipmi.Errors)
	if !ok || len(list) == 0 {
		t.Fatalf("error is %T of length %d", err, len(list))
	}
	lines := strings.Split(string(data), "\n")
	last := 0
	for _, e := range list {
		if e.Line < last || e.Line < 1 || e.Line > len(lines) || e.Err == nil {
			t.Fatalf("misplaced error: %v", e)
		}
		last = e.Line
		if errors.Is(e.Err, ipmi.ErrLimit) {
			continue
		}
		line := strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return ' '
			}
			return r
		}, lines[e.Line-1])
		if at := strings.Index(line, strings.TrimSuffix(e.Text, "…")); at < 0 && len(e.Text) < 80 {
			// The end of a line that a message cut in two is all that is there.
			if !strings.HasSuffix(e.Text, strings.TrimRight(line, " ")) {
				t.Fatalf("error does not quote its line: %v", e)
			}
		}
	}
}

// checkFixedPoint checks that Format is the inverse of Parse: what it writes is
// read back as the same, line numbers aside, and written again as the same.
func checkFixedPoint[T document](t *testing.T, doc T, parse func([]byte) (T, error)) {
	text := doc.Format()
	again, _ := parse(text)
	clearLines(reflect.ValueOf(doc))
	clearLines(reflect.ValueOf(again))
	if !reflect.DeepEqual(doc, again) {
		t.Fatalf("Format is not the inverse:\n%+v\n%+v\nof %q", doc, again, text)
	}
	if second := again.Format(); !bytes.Equal(text, second) {
		t.Fatalf("Format is not stable:\n%q\n%q", text, second)
	}
}

// clearLines sets every field named Line to zero.
func clearLines(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		clearLines(v.Elem())
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

func FuzzParseFRU(f *testing.F) {
	fuzz(f, "fru", ipmi.ParseFRU, func(d *ipmi.FRU) any {
		return []any{d.Devices(), ipmi.PowerSupplies(d, nil)}
	})
}

func FuzzParseSDR(f *testing.F) {
	fuzz(f, "sdr", ipmi.ParseSDR, func(d *ipmi.SDR) any {
		sensors := d.Sensors()
		for i := range sensors {
			sensors[i].Bad()
		}
		return []any{sensors, d.Locators(), ipmi.PowerSupplies(nil, d)}
	})
}

func FuzzParseMC(f *testing.F) {
	fuzz(f, "mc", ipmi.ParseMC, func(d *ipmi.MC) any { return d.Info() })
}

func FuzzParseLAN(f *testing.F) {
	fuzz(f, "lan", ipmi.ParseLAN, func(d *ipmi.LAN) any { return d.Config() })
}

func FuzzParseLAN6(f *testing.F) {
	fuzz(f, "lan6", ipmi.ParseLAN6, func(d *ipmi.LAN6) any { return d.Addresses() })
}

func FuzzParseSEL(f *testing.F) {
	fuzz(f, "sel", ipmi.ParseSEL, func(d *ipmi.SEL) any { return []any{d.Events(), d.Info()} })
}
