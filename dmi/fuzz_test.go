// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func FuzzParse(f *testing.F) {
	inputs, _ := filepath.Glob("testdata/*/input")
	for _, name := range inputs {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data[:min(len(data), 4096)]) // the fuzzer is slow with long inputs
	}
	for _, seed := range []string{
		"", "\n", strings.Repeat("\x96", 75) + "\u0596\x96\x96\x96\x96", "Handle 0x0011, DMI type 17, 84 bytes\nMemory Device\n\tSize: 32 XB\n",
		"Handle 0x0000\n\tDMI type 0, 20 bytes.\n\tBIOS Information\n\t\tVendor: A\n\t\tCharacteristics:\n\t\t\tPCI is supported\n",
		"Handle 0x0001, DMI type 43, 31 bytes\nTPM Device\n\tSpecification Version: 2.0\tFirmware Revision: 7.1\n\tDescription: A\tCharacteristics:\n\t\tx\n\t\t\ty\n",
		"Handle 0x0002, DMI type 34, 16 bytes\nInvalid entry length (16). Fixed up to 11.\nManagement Device\n",
		"Handle 0x0003, DMI type 10, 8 bytes\nOn Board Device 1 Information\n\tType: Video\nOn Board Device 2 Information\n\tType: Sound\n",
		"Handle 0x0004, DMI type 0, 24 bytes\n\t<TRUNCATED>\n\nWrong DMI structures count: 2 announced, only 1 decoded.\n",
		"Memory Device\n\tSize: 8 GiB\n\nnoise\n\tmore\n",
		"Handle 0xD400\n\tDMI type 212, 182 bytes.\n70 00 71 00 \tp.q.\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := Parse(data)
		if table == nil {
			t.Fatal("Parse returned no table")
		}
		checkErrors(t, data, err)
		checkLines(t, table, data)
		checkFixedPoint(t, table)
		checkPrefix(t, table, data)
		for _, v := range table.Views() {
			checkViewErrors(t, data, v.Err)
		}
	})
}

// checkErrors checks that err is nil or Errors whose places hold their texts.
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
		if errors.Is(e, ErrLimit) {
			continue
		}
		text := strings.TrimSuffix(e.Text, "…")
		if e.Line < 1 || e.Line > len(lines) || e.Column < 1 || e.Column > len(lines[e.Line-1])+1 {
			t.Fatalf("no such place: %v", e)
		}
		// A Handle line of the old layout is made of two.
		if at := inert(lines[e.Line-1][e.Column-1:]); !strings.HasPrefix(at, text) && !strings.HasPrefix(text, "Handle 0x") {
			t.Fatalf("error is not where its text is: %v, there is %q", e, at)
		}
	}
}

// checkViewErrors checks that the errors of a view name lines that hold their
// texts. Their columns are right in the layouts of dmidecode only.
func checkViewErrors(t *testing.T, data []byte, err error) {
	t.Helper()
	list, ok := err.(Errors)
	if !ok && err != nil {
		t.Fatalf("error is no list: %#v", err)
	}
	lines := strings.Split(string(data), "\n")
	for _, e := range list {
		// The items of a field are counted on from its line.
		at := strings.Join(lines[min(e.Line-1, len(lines)):], "\n")
		if e.Column < 1 || !errors.Is(e, ErrLimit) && !strings.Contains(inert(at), strings.TrimSuffix(e.Text, "…")) {
			t.Fatalf("error is not where its text is: %v, there is %q", e, at)
		}
	}
}

// inert returns text as an error quotes it, not clipped.
func inert(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return ' '
		}
		return r
	}, text)
}

// checkLines checks that fields lie where they say.
func checkLines(t *testing.T, table *Table, data []byte) {
	t.Helper()
	lines := strings.Split(string(data), "\n")
	for _, rec := range table.Records {
		for _, f := range rec.Fields {
			if at := lines[f.Line-1]; !strings.Contains(at, f.Key) || !strings.Contains(at, f.Value) {
				t.Fatalf("field %q is not in line %d, %q", f.Key, f.Line, at)
			}
		}
	}
}

// checkPrefix checks that more input never changes what came before: half of
// it gives the same records but for the last.
func checkPrefix(t *testing.T, table *Table, data []byte) {
	t.Helper()
	half, _ := Parse(data[:bytes.LastIndexByte(data[:len(data)/2], '\n')+1])
	for i := 0; i+1 < len(half.Records); i++ {
		if !reflect.DeepEqual(half.Records[i], table.Records[i]) {
			t.Fatalf("record %d of the half is %v, of the whole %v", i, half.Records[i], table.Records[i])
		}
	}
}

// checkFixedPoint checks that Format is the inverse of Parse.
func checkFixedPoint(t *testing.T, table *Table) {
	t.Helper()
	first := table.Format()
	again, _ := Parse(first)
	second := again.Format()
	if !bytes.Equal(first, second) {
		t.Fatalf("Format is no fixed point:\n%q\n%q", first, second)
	}
	if a, b := withoutLines(table), withoutLines(again); a != b {
		t.Fatalf("Format lost something:\n%s\n%s", a, b)
	}
}

// withoutLines returns a table as JSON, without the places of its lines.
func withoutLines(t *Table) string {
	c := Table{Version: t.Version, SMBIOS: t.SMBIOS, Preamble: t.Preamble}
	for _, note := range t.Notes {
		c.Notes = append(c.Notes, Note{Text: note.Text})
	}
	for _, rec := range t.Records {
		rec.Line = 0
		rec.Fields = slices.Clone(rec.Fields)
		for i := range rec.Fields {
			rec.Fields[i].Line = 0
		}
		c.Records = append(c.Records, rec)
	}
	b, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	return string(b)
}
