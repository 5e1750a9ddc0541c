// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"slices"
	"strconv"
	"strings"
)

// Limits on what is read. The largest machines seen print a hundred thousand
// lines.
const (
	maxLines = 1 << 20
	maxDepth = 8 // levels of items below the first
)

// Parse parses the output of dmidecode: of a whole table or some types of it
// (-t), decoded, quiet (-q) or as bytes (-u).
//
// Parse reads to the end whatever it meets. If some lines make no sense, it
// returns the rest of the table together with an [Errors] that names them.
// The table is never nil and does not share memory with data.
//
// What dmidecode itself complains of is not an error but a note in the table, and
// "# No SMBIOS nor DMI entry point found, sorry." is a table without records.
func Parse(data []byte) (*Table, error) { return whole(data, parse) }

func parse(input string) (*Table, error) {
	text := input
	p := newParser(text)
	for text != "" && p.line < maxLines {
		line := text
		if i := strings.IndexByte(text, '\n'); i >= 0 {
			line, text = text[:i], text[i+1:]
		} else {
			text = ""
		}
		for line != "" && line[len(line)-1] == '\r' {
			line = line[:len(line)-1]
		}
		p.line++
		p.parseLine(line)
	}
	if text != "" {
		p.errs.add(&ParseError{Line: p.line + 1, Column: 1, Err: ErrLimit})
	}
	p.closeHandle()
	p.closeRecord()
	p.checkPreamble(input)
	if len(p.table.Records) == 0 {
		p.table.Records = nil
	}
	return p.table, p.errs.err()
}

// A parser holds the position in the report. Indentation is the grammar: a
// Handle line and a title open a record, what is indented below them are its
// fields, what is indented further are the items of a field.
type parser struct {
	table *Table
	errs  Errors
	line  int // line being parsed, from 1

	fields []Field  // slab that all records share
	items  []string // slab that all fields share

	open      bool // the last record can take lines in
	titled    bool // its title was read, or it has none
	blank     bool // the line before was blank
	lost      bool // lines go to a record that could not be opened
	first     int  // where the open record's fields begin in the slab
	firstItem int  // where the last field's items begin in the slab
	base      int  // depth of the open record's fields, -1 before the first
	itemDepth int  // depth of the last field's items, 0 before the first

	handle     string // "Handle 0x0000", which the next line completes
	handleLine int

	again Note            // the heading of another output
	had   map[uint16]bool // handles of the outputs before
	over  bool            // the table begins anew: its lines are notes
}

// newParser makes the slabs just large enough for an ordinary report, where a
// field has one tab, an item two, and a record three lines without any.
func newParser(text string) *parser {
	records := min(strings.Count(text, "Handle 0x"), maxLines)
	indented := min(max(strings.Count(text, "\n")-3*records, 0), maxLines)
	items := min(max(strings.Count(text, "\t")-indented, 0), indented)
	return &parser{
		table:  &Table{Records: make([]Record, 0, records+slack)},
		fields: make([]Field, 0, indented-items+slack),
		items:  make([]string, 0, items+slack),
	}
}

// slack is for what newParser does not foresee, such as the preamble.
const slack = 8

func (p *parser) parseLine(line string) {
	depth, text := cutIndent(line)
	blank := p.blank
	p.blank = text == ""
	switch {
	case text == "":
	case p.over:
		p.note(line, p.line)
	case p.open && p.titled && depth > 0: // most lines
		p.parseField(depth, text)
	case p.handle != "" && strings.HasPrefix(text, "DMI type "):
		p.parseHandle(p.handle+", "+text, p.handleLine)
	case depth == 0 && strings.HasPrefix(text, "Handle 0x"):
		p.closeHandle()
		p.parseHandle(text, p.line)
	case p.open && !p.titled:
		p.parseTitle(line, depth, text)
	case p.open && !blank && isField(text):
		p.parseField(depth, text)
	default:
		p.closeHandle()
		p.parseOther(line, depth, text, blank)
	}
}

// cutIndent returns the depth of a line, a tab counting as eight blanks, and
// the line without it.
func cutIndent(line string) (depth int, text string) {
	for i := range len(line) {
		switch line[i] {
		case '\t':
			depth += 8
		case ' ':
			depth++
		default:
			return depth, line[i:]
		}
	}
	return depth, ""
}

// parseHandle reads "Handle 0x0011, DMI type 17, 84 bytes", which ends in a
// full stop until 2.8. Until 2.6 the part from "DMI type" on was a line of its
// own.
func (p *parser) parseHandle(text string, line int) {
	handle, rest, ok := strings.Cut(strings.TrimPrefix(text, "Handle 0x"), ",")
	p.closeRecord()
	if !ok {
		p.handle, p.handleLine = text, line
		return
	}
	p.handle = ""
	typ, size, _ := strings.Cut(strings.TrimPrefix(rest, " DMI type "), ",")
	size, _, _ = strings.Cut(strings.TrimPrefix(size, " "), " ")
	h, err := strconv.ParseUint(handle, 16, 16)
	if err == nil {
		var n, s uint64
		n, err = strconv.ParseUint(typ, 10, 8)
		if err == nil {
			s, err = strconv.ParseUint(size, 10, 31)
		}
		if err == nil && p.again.Line > 0 && p.repeats(uint16(h)) {
			p.note(text, line)
			return
		}
		if err == nil {
			p.openRecord(Record{Handle: uint16(h), Type: Type(n), Size: int(s), Line: line})
			return
		}
	}
	p.lost = true
	p.note(text, line)
	p.errs.add(&ParseError{Line: line, Column: 1, Text: text, Err: causeOf(err)})
}

// repeats reports whether a handle is of a table that an output before had, which
// is how a table printed twice, or one of another machine, tells itself from types
// of one table that were asked for one after the other.
func (p *parser) repeats(handle uint16) bool {
	if p.had == nil {
		p.had = make(map[uint16]bool, len(p.table.Records))
		for i := range p.table.Records {
			if rec := &p.table.Records[i]; rec.Size >= 0 && rec.Line < p.again.Line {
				p.had[rec.Handle] = true
			}
		}
	}
	if p.had[handle] {
		p.over = true
		p.errs.add(&ParseError{Line: p.again.Line, Column: 1, Text: p.again.Text, Err: errAnother})
	}
	return p.over
}

// closeHandle reports a line "Handle 0x0000" that no line completed.
func (p *parser) closeHandle() {
	if p.handle == "" {
		return
	}
	p.lost = true
	p.note(p.handle, p.handleLine)
	p.errs.add(&ParseError{Line: p.handleLine, Column: 1, Text: p.handle, Err: ErrSyntax})
	p.handle = ""
}

func (p *parser) openRecord(rec Record) {
	p.closeRecord()
	p.table.Records = append(p.table.Records, rec)
	p.open, p.titled, p.lost, p.base = true, rec.Title != "", false, -1
	p.first = len(p.fields)
}

func (p *parser) closeRecord() {
	if !p.open {
		return
	}
	p.closeField()
	rec := p.last()
	if n := len(p.fields); n > p.first {
		rec.Fields = p.fields[p.first:n:n]
	}
	p.open = false
}

// parseTitle reads the line below the Handle line. Some titles are indented; a
// record printed as bytes has none.
func (p *parser) parseTitle(line string, depth int, text string) {
	if isComplaint(text) {
		p.note(line, p.line)
		return
	}
	p.titled = true
	title := trimBlanks(text)
	if isField(title) || depth > 0 && (text[0] == '<' || strings.HasPrefix(text, "Handle 0x")) {
		p.parseField(depth, text)
		return
	}
	p.last().Title = title
}

// parseField reads a line of a record: "\tKey: Value", "\tKey:", a line
// without a key, or "\t\tItem" below one of these.
func (p *parser) parseField(depth int, text string) {
	if p.base >= 0 && depth > p.base {
		p.parseItem(depth, text)
		return
	}
	p.closeField()
	if depth > 0 || p.base < 0 {
		p.base = depth
	}
	if len(p.fields) == cap(p.fields) {
		p.fields = slices.Grow(p.fields, 1)
	}
	p.fields = p.fields[:len(p.fields)+1]
	f := &p.fields[len(p.fields)-1] // filled in place: faster than append
	f.Key, f.Value = cutKey(text)
	f.Line = p.line
	for p.last().Type == TypeTPMDevice && p.unglue() {
	}
}

// unglue splits the last field into two that dmidecode 3.1 and 3.2 print on one
// line for lack of a newline, and reports whether it did:
// "\tSpecification Version: 2.0\tFirmware Revision: 7.1".
func (p *parser) unglue() bool {
	f := &p.fields[len(p.fields)-1]
	value, rest, ok := strings.Cut(f.Value, "\t")
	if !ok || !isGluedOn(rest) {
		return false
	}
	f.Value = value
	next := Field{Line: f.Line}
	next.Key, next.Value = cutKey(rest)
	p.fields = append(p.fields, next)
	return true
}

// isGluedOn reports whether a TPM's field begins here. One of neither version
// 1 nor 2 has no firmware revision: its description follows the version.
func isGluedOn(text string) bool {
	return text == "Characteristics:" || strings.HasPrefix(text, "Firmware Revision: ") || strings.HasPrefix(text, "Description: ")
}

// parseItem reads an item. One tab stays in front of it for each level that it
// is deeper than the first item of the field.
func (p *parser) parseItem(depth int, text string) {
	if p.itemDepth == 0 {
		p.itemDepth = depth
	}
	if deeper := (depth - p.itemDepth) / (p.itemDepth - p.base); deeper > 0 {
		text = strings.Repeat("\t", min(deeper, maxDepth)) + text
	}
	p.items = append(p.items, text)
}

// closeField gives the items read to the last field.
func (p *parser) closeField() {
	if p.itemDepth == 0 {
		return
	}
	n := len(p.items)
	p.fields[len(p.fields)-1].Items = p.items[p.firstItem:n:n]
	p.firstItem, p.itemDepth = n, 0
}

// parseOther reads a line that is neither below a record nor a Handle line.
func (p *parser) parseOther(line string, depth int, text string, blank bool) {
	title := trimBlanks(text)
	typ, known := typeOf(title)
	switch {
	case depth == 0 && known:
		rec := Record{Type: typ, Size: -1, Title: title, Line: p.line}
		if p.open && isRepeated(typ) && p.last().Type == typ {
			last := p.last()
			rec.Handle, rec.Size, rec.Line = last.Handle, last.Size, last.Line
		}
		p.openRecord(rec)
		return
	case len(p.table.Records) == 0 && len(p.table.Notes) == 0:
		p.preamble(line)
		return
	case strings.HasPrefix(text, "# dmidecode "):
		p.again, p.had = Note{Text: text, Line: p.line}, nil
	case isComplaint(text) || isHeading(text):
	case !p.lost:
		p.errs.add(&ParseError{Line: p.line, Column: len(line) - len(text) + 1, Text: text, Err: ErrSyntax})
		p.lost = true
	}
	if blank {
		p.closeRecord()
	}
	p.note(line, p.line)
}

func (p *parser) note(line string, number int) {
	p.table.Notes = append(p.table.Notes, Note{Text: line, Line: number})
}

func (p *parser) last() *Record { return &p.table.Records[len(p.table.Records)-1] }
