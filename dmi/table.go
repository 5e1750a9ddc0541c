// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"iter"
	"strings"
)

// A Table is what one run of dmidecode printed.
type Table struct {
	Version  string   `json:"version,omitzero"`  // of dmidecode, "3.4"; "" when it did not say
	SMBIOS   string   `json:"smbios,omitzero"`   // version of the specification that the firmware claims, "3.2.0"
	Preamble []string `json:"preamble,omitzero"` // the lines before the first record, without blank ones
	Records  []Record `json:"records,omitzero"`  // in the order printed
	Notes    []Note   `json:"notes,omitzero"`    // the lines after the preamble that belong to no record
}

// A Note is a line among or after the records that is part of none: a
// complaint of dmidecode itself ("Invalid entry length (16). Fixed up to
// 11."), the heading of a second run, or another program's noise.
type Note struct {
	Text string `json:"text"` // as printed
	Line int    `json:"line"` // from 1
}

// A Record is one structure of the table, or one part of it: dmidecode prints
// types 10 and 40 as several titles under one handle, and each title is a
// Record with the same Handle, Type and Size.
type Record struct {
	Handle uint16  `json:"handle"`         // 0 when Size is -1
	Type   Type    `json:"type"`           // by the title when Size is -1
	Size   int     `json:"size"`           // in bytes, strings not included; -1 when no Handle line was printed (dmidecode -q)
	Title  string  `json:"title,omitzero"` // "Memory Device"; "" when none was printed (dmidecode -u)
	Fields []Field `json:"fields,omitzero"`
	Line   int     `json:"line"` // of the Handle line, from 1; of the title where there is no other
}

// A Field is one line of a record with the list below it.
//
// A line without a key, such as a masked one or "<TRUNCATED>", has its text in
// Value and no Key.
type Field struct {
	Key   string   `json:"key,omitzero"`
	Value string   `json:"value,omitzero"` // as printed, with the blanks at its end
	Items []string `json:"items,omitzero"` // the lines below; each tab at the start of one is one level deeper
	Line  int      `json:"line"`           // from 1
}

// OfType returns the records of a type, in the order printed.
func (t *Table) OfType(typ Type) iter.Seq[*Record] {
	return func(yield func(*Record) bool) {
		for i := range t.Records {
			if t.Records[i].Type == typ && !yield(&t.Records[i]) {
				return
			}
		}
	}
}

// ByHandle returns the first record with a handle, or nil.
func (t *Table) ByHandle(handle uint16) *Record {
	for i := range t.Records {
		if t.Records[i].Handle == handle && t.Records[i].Size >= 0 {
			return &t.Records[i]
		}
	}
	return nil
}

// Lookup returns the first field with a key, as printed in the version of
// dmidecode at hand, or nil.
func (r *Record) Lookup(key string) *Field {
	for i := range r.Fields {
		if r.Fields[i].Key == key {
			return &r.Fields[i]
		}
	}
	return nil
}

// Text returns the value of the first field with a key, without the blanks
// around it, or "". Unlike the typed views it returns placeholders too.
func (r *Record) Text(key string) string {
	if f := r.Lookup(key); f != nil {
		return strings.TrimSpace(f.Value)
	}
	return ""
}
