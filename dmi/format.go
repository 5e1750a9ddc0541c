// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"fmt"
	"strings"
)

// Format returns the table in the layout of dmidecode 3. What [Parse] makes of
// it is the same table, apart from line numbers, columns and the place of
// notes that stood among the fields of a record: they follow it.
func (t *Table) Format() []byte {
	var b []byte
	for _, line := range t.Preamble {
		b = append(append(b, line...), '\n')
	}
	if len(t.Preamble) > 0 {
		b = append(b, '\n')
	}
	notes := t.Notes
	for i := range t.Records {
		rec := &t.Records[i]
		if i > 0 && rec.isPartOf(&t.Records[i-1]) {
			b = rec.appendBody(b[:len(b)-1])
			continue
		}
		b, notes = appendNotes(b, notes, rec.Line)
		if rec.Size >= 0 {
			b = fmt.Appendf(b, "Handle 0x%04X, DMI type %d, %d bytes\n", rec.Handle, rec.Type, rec.Size)
			b, notes = rec.appendComplaints(b, notes)
		}
		b = rec.appendBody(b)
	}
	for _, note := range notes {
		b = append(append(b, note.Text...), '\n')
	}
	return b
}

// isPartOf reports whether r and the record before it are parts of one
// structure.
func (r *Record) isPartOf(before *Record) bool {
	return isRepeated(r.Type) && r.Type == before.Type && r.Handle == before.Handle && r.Size == before.Size && r.Line == before.Line
}

// appendNotes appends the notes that stand before a line, and a blank line.
func appendNotes(b []byte, notes []Note, line int) ([]byte, []Note) {
	n := 0
	for n < len(notes) && notes[n].Line < line {
		b = append(append(b, notes[n].Text...), '\n')
		n++
	}
	if n > 0 {
		b = append(b, '\n')
	}
	return b, notes[n:]
}

// appendComplaints appends the notes that stand between the Handle line and
// the fields.
func (r *Record) appendComplaints(b []byte, notes []Note) ([]byte, []Note) {
	for len(notes) > 0 && len(r.Fields) > 0 && notes[0].Line < r.Fields[0].Line && isComplaint(strings.TrimLeft(notes[0].Text, " \t")) {
		b = append(append(b, notes[0].Text...), '\n')
		notes = notes[1:]
	}
	return b, notes
}

// appendBody appends the title, the fields and a blank line.
func (r *Record) appendBody(b []byte) []byte {
	if r.Title != "" {
		b = append(append(b, r.Title...), '\n')
	}
	for i := range r.Fields {
		f := &r.Fields[i]
		b = append(b, '\t')
		if f.Key != "" {
			b = append(append(b, f.Key...), ':')
		}
		if f.Key != "" && f.Value != "" {
			b = append(b, ' ')
		}
		b = append(append(b, f.Value...), '\n')
		for _, item := range f.Items {
			b = append(append(append(b, "\t\t"...), item...), '\n')
		}
	}
	return append(b, '\n')
}
