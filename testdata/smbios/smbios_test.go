// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
)

// many is a number of machines that shows everything a machine can have.
const many = 600

func TestNewRepeats(t *testing.T) {
	for seed := range uint64(20) {
		if !bytes.Equal(New(seed).Table.Dump(), New(seed).Table.Dump()) {
			t.Errorf("seed %d gives two machines", seed)
		}
		if !bytes.Equal(NewHostile(seed).Dump, NewHostile(seed).Dump) {
			t.Errorf("seed %d gives two hostile dumps", seed)
		}
	}
}

// TestDump reads dumps back: the entry point's checksums and sizes, and the
// headers of the structures.
func TestDump(t *testing.T) {
	for seed := range uint64(many) {
		m := New(seed)
		dump := m.Table.Dump()
		if err := checkEntry(dump, len(m.Table.Structures)); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		table := dump[tableOffset:]
		for i, s := range m.Table.Structures {
			size := int(table[1])
			got := Header{table[0], binary.LittleEndian.Uint16(table[2:]), size}
			if want := (Header{s.Type, s.Handle, s.Len()}); got != want {
				t.Fatalf("seed %d: structure %d is %+v, want %+v", seed, i, got, want)
			}
			end := bytes.Index(table[size:], []byte{0, 0})
			if end < 0 {
				t.Fatalf("seed %d: structure %d does not end", seed, i)
			}
			table = table[size+end+2:]
		}
		if len(table) > 0 {
			t.Fatalf("seed %d: %d bytes behind the last structure", seed, len(table))
		}
	}
}

func checkEntry(dump []byte, count int) error {
	table := len(dump) - tableOffset
	if bytes.HasPrefix(dump, []byte("_SM3_")) {
		if s := sum(dump[:dump[6]]); s != 0 || int(binary.LittleEndian.Uint32(dump[12:])) != table {
			return fmt.Errorf("64-bit entry point % x: sum %d, table of %d bytes", dump[:tableOffset], s, table)
		}
		return nil
	}
	s, middle := sum(dump[:dump[5]]), sum(dump[0x10:0x1F])
	if s != 0 || middle != 0 || int(binary.LittleEndian.Uint16(dump[0x16:])) != table ||
		int(binary.LittleEndian.Uint16(dump[0x1C:])) != count {
		return fmt.Errorf("32-bit entry point % x: sums %d, %d, table of %d bytes in %d", dump[:tableOffset], s, middle, table, count)
	}
	return nil
}

// TestTruthHasEveryField makes sure that nothing in package dmi goes untested:
// some machine has each field of each view.
func TestTruthHasEveryField(t *testing.T) {
	set := make(map[string]bool)
	for seed := range uint64(many) {
		survey(reflect.ValueOf(New(seed).Truth(307)).Elem(), "", set)
	}
	for _, field := range slices.Sorted(maps.Keys(set)) {
		if !set[field] {
			t.Errorf("no machine has %s", field)
		}
	}
}

// survey notes for each field whether it is set in some machine.
func survey(v reflect.Value, path string, set map[string]bool) {
	set[path] = set[path] || !v.IsZero()
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			survey(v.Elem(), path, set)
		}
	case reflect.Slice:
		for i := range v.Len() {
			survey(v.Index(i), path+"[]", set)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Name != "Record" {
				survey(v.Field(i), path+"."+f.Name, set)
			}
		}
	}
}

// TestHostileFaults makes sure that each fault occurs, and changes the dump.
func TestHostileFaults(t *testing.T) {
	seen := make(map[string]int)
	for seed := range uint64(many) {
		h := NewHostile(seed)
		for _, fault := range h.Faults {
			seen[fault]++
		}
	}
	for _, f := range structureFaults {
		if seen[f.name] == 0 {
			t.Errorf("no dump has the fault %q", f.name)
		}
	}
	for _, f := range tableFaults {
		if seen[f.name] == 0 {
			t.Errorf("no dump has the fault %q", f.name)
		}
	}
}

func TestEncode(t *testing.T) {
	fields := &struct {
		Name   string
		Word   uint16
		Other  string
		Same   string
		None   string
		Bad    string
		Values []uint16
	}{"a", 0x1234, "b", "a", "", badIndex, []uint16{5, 6}}
	tests := []struct {
		name    string
		length  int
		data    []byte
		strings []string
	}{
		{"whole", -1, []byte{1, 0x34, 0x12, 2, 1, 0, 0xF0, 5, 0, 6, 0}, []string{"a", "b"}},
		{"cut", 4 + 2, []byte{1, 0x34}, []string{"a", "b"}},
		{"header only", 4, []byte{}, []string{"a", "b"}},
		{"filled up", 4 + 13, []byte{1, 0x34, 0x12, 2, 1, 0, 0xF0, 5, 0, 6, 0, 0, 0}, []string{"a", "b"}},
	}
	for _, tt := range tests {
		s := encode(0x10, 17, fields, tt.length)
		if !bytes.Equal(s.Data, tt.data) || !slices.Equal(s.Strings, tt.strings) {
			t.Errorf("%s: got % x %q, want % x %q", tt.name, s.Data, s.Strings, tt.data, tt.strings)
		}
	}
}

func TestTerms(t *testing.T) {
	e := terms(1, "Other|Unknown|DIMM|22=DDR5@3.4|LPDDR5@3.4")
	tests := []struct {
		code uint16
		tool Tool
		want string
	}{
		{0, 307, ""},
		{1, 303, "Other"},
		{2, 307, ""},
		{3, 303, "DIMM"},
		{4, 307, ""},
		{0x22, 303, ""},
		{0x22, 304, "DDR5"},
		{0x23, 307, "LPDDR5"},
	}
	for _, tt := range tests {
		if got := e.text(tt.code, tt.tool); got != tt.want {
			t.Errorf("code %#x in %v: got %q, want %q", tt.code, tt.tool, got, tt.want)
		}
	}
	if got := e.bits(1<<1|1<<2|1<<3, 307); !slices.Equal(got, []string{"Other", "DIMM"}) {
		t.Errorf("bits: %q", got)
	}
}

func TestRounded(t *testing.T) {
	const kb, mb, gb, tb = 1 << 10, 1 << 20, 1 << 30, 1 << 40
	tests := []struct{ in, want uint64 }{
		{0, 0},
		{1, 1},
		{1023, 1023},
		{kb, kb},
		{kb + 1, kb + 1},
		{mb + kb, mb + kb},
		{mb + 1, mb},
		{mb + kb + 1, mb + kb},
		{tb + gb + mb, tb + gb},
		{tb + mb, tb},
		{3*gb + 512*mb, 3*gb + 512*mb},
	}
	for _, tt := range tests {
		if got := rounded(tt.in); got != tt.want {
			t.Errorf("rounded(%d) = %d, want %d", tt.in, got, tt.want)
		}
	}
}

func TestVersion(t *testing.T) {
	if got := (Version{2, 8, 0}).String() + " " + (Version{3, 1, 1}).String(); got != "2.8 3.1.1" {
		t.Errorf("got %q", got)
	}
	if v := (Version{3, 0, 0}); !v.AtLeast(2, 7) || !v.AtLeast(3, 0) || v.AtLeast(3, 1) {
		t.Errorf("AtLeast is wrong about %v", v)
	}
}
