// SPDX-License-Identifier: Apache-2.0

package nvme_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/mchus/bee/nvme"
)

func FuzzParseList(f *testing.F)       { fuzz(f, "list", nvme.ParseList, checkList) }
func FuzzParseListSubsys(f *testing.F) { fuzz(f, "list", nvme.ParseListSubsys, checkList) }
func FuzzParseIDCtrl(f *testing.F)     { fuzz(f, "id-ctrl", nvme.ParseIDCtrl, checkIDCtrl) }
func FuzzParseIDNS(f *testing.F)       { fuzz(f, "id-ns", nvme.ParseIDNS, checkIDNS) }
func FuzzParseSmartLog(f *testing.F)   { fuzz(f, "smart-log", nvme.ParseSmartLog, checkSmartLog) }
func FuzzParseErrorLog(f *testing.F)   { fuzz(f, "error-log", nvme.ParseErrorLog, checkErrorLog) }
func FuzzParseFWLog(f *testing.F)      { fuzz(f, "fw-log", nvme.ParseFWLog, checkFWLog) }

// FuzzParseText checks that what Format writes, ParseText reads back.
func FuzzParseText(f *testing.F) {
	seed(f, "")
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := nvme.ParseText(data)
		checkErrors(t, data, err)
		again, _ := nvme.ParseText(text.Format())
		if !reflect.DeepEqual(text, again) {
			t.Fatalf("not a fixed point:\n%#v\n%#v", text, again)
		}
		for _, line := range text.Lines {
			if key, value, ok := line.Cut(); ok && (!strings.Contains(line.Text, key) || !strings.HasSuffix(line.Text, value)) {
				t.Fatalf("%q has key %q, value %q", line.Text, key, value)
			}
		}
	})
}

// seed adds the captures of a command, and some of what it was cut from.
func seed(f *testing.F, command string) {
	for _, path := range glob(f, "testdata/*"+command+"*/input") {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add(data[:len(data)*2/3])
		f.Add(bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")))
	}
	f.Add([]byte("\x1b[31mld.so: error\xff\n{\"Devices\":[null,{\"NameSpace\":\"1e3\",\"UsedBytes\":-1}]}"))
}

// fuzz checks the contract of all Parse functions, and check what is special
// to one.
func fuzz[T any](f *testing.F, command string, parse func([]byte) (*T, error), check func(*testing.T, *T)) {
	seed(f, command)
	f.Fuzz(func(t *testing.T, data []byte) {
		input := bytes.Clone(data)
		got, err := parse(input)
		if got == nil {
			t.Fatal("the value is nil")
		}
		if !bytes.Equal(input, data) {
			t.Fatal("the input was changed")
		}
		checkErrors(t, data, err)
		check(t, got)
		first, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		clear(input) // the value shares no memory with the input
		second, _ := json.Marshal(got)
		if !bytes.Equal(first, second) {
			t.Fatal("the value changed with the input")
		}
		again, _ := parse(data)
		if !reflect.DeepEqual(got, again) {
			t.Fatal("two readings differ")
		}
	})
}

// checkErrors sees to it that an error is an Errors that points into the input.
func checkErrors(t *testing.T, data []byte, err error) {
	t.Helper()
	if err == nil {
		return
	}
	list, ok := err.(nvme.Errors)
	if !ok || len(list) == 0 || len(list) > 257 {
		t.Fatalf("%d errors of type %T", len(list), err)
	}
	lines := bytes.Split(data, []byte("\n"))
	for _, e := range list {
		if e.Line < 1 || e.Line > len(lines) || e.Column < 1 || e.Column > len(lines[e.Line-1])+1 {
			t.Fatalf("%v is outside of the input", e)
		}
		if len(e.Path) > 170 || strings.ContainsFunc(e.Path+e.Text, unicode.IsControl) || !utf8.ValidString(e.Path+e.Text) {
			t.Fatalf("not inert: %q %q", e.Path, e.Text)
		}
		if len(e.Text) > 90 || !anyOf(e.Err, nvme.ErrSyntax, nvme.ErrType, nvme.ErrUnit, nvme.ErrRange, nvme.ErrLimit, nvme.ErrFormat, nvme.ErrTool) {
			t.Fatalf("%v: unexpected cause %v", e, e.Err)
		}
	}
}

func anyOf(err error, list ...error) bool {
	for _, target := range list {
		if errors.Is(err, target) {
			return true
		}
	}
	return false
}

// checkList sees to it that a name stands once in each table.
func checkList(t *testing.T, l *nvme.List) {
	for i := range l.Namespaces {
		if ns := &l.Namespaces[i]; ns.Name != "" && l.Namespace(ns.Name) != ns {
			t.Fatalf("namespace %q stands twice", ns.Name)
		}
	}
	for i := range l.Controllers {
		if c := &l.Controllers[i]; c.Name != "" && l.Controller(c.Name) != c {
			t.Fatalf("controller %q stands twice", c.Name)
		}
	}
}

func checkIDCtrl(t *testing.T, c *nvme.IDCtrl) {
	for _, s := range []string{c.Serial, c.Model, c.Firmware} {
		checkWords(t, s)
	}
	if kelvin := c.WarningTemperatureCelsius; kelvin != nil && *kelvin <= -273 {
		t.Fatalf("a warning temperature of %d °C", *kelvin)
	}
}

func checkWords(t *testing.T, s string) {
	if s != strings.TrimSpace(strings.ToValidUTF8(s, "?")) && s != strings.Trim(s, " \t\x00") {
		t.Fatalf("%q is padded or not UTF-8", s)
	}
}

func checkIDNS(t *testing.T, ns *nvme.IDNS) {
	if format := ns.Format(); format != nil && !format.InUse {
		t.Fatal("the format in use is not")
	}
	if bytes, ok := ns.SizeBytes(); ok && bytes/ns.Format().DataBytes != *ns.SizeBlocks {
		t.Fatalf("%d bytes are not %d blocks", bytes, *ns.SizeBlocks)
	}
}

func checkSmartLog(t *testing.T, s *nvme.SmartLog) {
	if bytes, ok := s.BytesWritten(); ok && bytes.Hi == 0 && bytes.Lo%512_000 != 0 {
		t.Fatalf("%v bytes are no data units", bytes)
	}
	for _, sensor := range s.Sensors {
		if sensor.TemperatureCelsius <= -273 {
			t.Fatalf("sensor %d at %d °C", sensor.Number, sensor.TemperatureCelsius)
		}
	}
}

func checkErrorLog(t *testing.T, log *nvme.ErrorLog) {
	for i, e := range log.Entries {
		if e.Phase == nil {
			t.Fatalf("entry %d has no phase tag", i)
		}
	}
}

func checkFWLog(t *testing.T, log *nvme.FirmwareLog) {
	if log.ActiveSlot > 7 || log.NextSlot > 7 {
		t.Fatalf("slot %d, next %d", log.ActiveSlot, log.NextSlot)
	}
}
