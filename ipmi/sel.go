// SPDX-License-Identifier: Apache-2.0

package ipmi

import "strings"

// A SEL is the text of "ipmitool sel": the system event log's entries, what is
// said about the log, or both.
type SEL struct {
	Preamble []string    `json:"preamble,omitzero"` // lines that are neither entry nor field
	Fields   []Field     `json:"fields,omitzero"`   // of "sel info"
	Records  []SELRecord `json:"records,omitzero"`  // of "sel list" or "sel elist"
}

// A SELRecord is one row of the list.
type SELRecord struct {
	Cells []string `json:"cells"`         // the columns, blanks around them cut off
	CSV   bool     `json:"csv,omitzero"`  // printed with -c
	Line  int      `json:"line,omitzero"` // from 1
}

// selWidth is the column of the colon in "sel info" (ipmi_sel_get_info in
// lib/ipmi_sel.c).
const selWidth = 17

// ParseSEL parses the output of "ipmitool sel [info|list|elist]", with or
// without -c. An empty log ("SEL has no entries") is an empty value.
//
// The error, nil or an [Errors], says that the command failed. The value is
// never nil and does not share memory with data.
func ParseSEL(data []byte) (*SEL, error) { return whole(data, parseSEL) }

func parseSEL(text string) (*SEL, error) {
	p := selParser{sel: new(SEL)}
	for rest := text; rest != ""; {
		p.line++
		var line string
		line, rest = cutLine(rest)
		if !blank(line) {
			p.parseLine(line)
		}
	}
	if len(p.sel.Records) == 0 && !p.known {
		p.errs.foreign(text)
	}
	return p.sel, p.errs.err()
}

// A selParser holds the position in the text.
type selParser struct {
	sel  *SEL
	line int // line being parsed, from 1

	known bool // a line says that it is of a log
	errs  Errors
}

// parseLine tells what a line is by itself: a row, a field or another text.
func (p *selParser) parseLine(line string) {
	f := newField(line, p.line)
	r, row := newSELRecord(line, p.line)
	err := f.failure()
	p.known = p.known || isSELHeading(strings.TrimSpace(line)) || f.Key == "Entries" || f.Key == "Free Space"
	switch {
	case row && len(p.sel.Records) < maxRecords:
		p.sel.Records = append(p.sel.Records, r)
		err = nil
	case row:
		err = ErrLimit
	case f.Key == "" || strings.IndexByte(line, ':') != selWidth:
		p.sel.Preamble = append(p.sel.Preamble, line)
	case len(p.sel.Fields) < maxFields:
		p.sel.Fields = append(p.sel.Fields, f)
	default:
		err = ErrLimit
	}
	if err != nil {
		p.errs.add(&ParseError{Line: p.line, Column: 1, Text: line, Err: err})
	}
}

// isSELHeading knows "SEL Information" and "SEL has no entries", but not the "SEL
// Record ID" of a verbose entry, which is not read.
func isSELHeading(line string) bool {
	return strings.HasPrefix(line, "SEL ") && !strings.HasPrefix(line, "SEL Record ID")
}

// newSELRecord takes a row apart, false for a line that is none. A row begins
// with the record's ID in hexadecimal: "   1 | 05/27/2014 | 21:20:43 | …".
func newSELRecord(line string, number int) (r SELRecord, ok bool) {
	r = SELRecord{Line: number}
	separator := "|"
	i := strings.IndexAny(line, "|,")
	if i < 0 {
		return r, false
	}
	if r.CSV = line[i] == ','; r.CSV {
		separator = ","
	}
	if _, err := parseHex(strings.Trim(line[:i], " \t\r")); err != nil {
		return r, false
	}
	r.Cells = strings.SplitN(line, separator, maxCells)
	for i := range r.Cells {
		r.Cells[i] = strings.Trim(r.Cells[i], " \t\r")
	}
	return r, dated(r.Cells[1]) && (r.Cells[1] != "" || len(r.Cells) > 3)
}

// dated reports whether the cell behind an ID is what ipmitool prints there: a
// date in whatever locale, a word in its place, or nothing.
func dated(cell string) bool {
	switch {
	case cell == "", cell == "Pre-Init", cell == preInitOld, cell == "Unspecified",
		strings.HasPrefix(cell, "OEM record"), strings.HasPrefix(cell, "Linux kernel panic"):
		return true
	}
	return cell[0] >= '0' && cell[0] <= '9' && strings.ContainsAny(cell, "/.-")
}

// Format returns the text as ipmitool prints it: the inverse of [ParseSEL].
func (s *SEL) Format() []byte {
	b := formatListing(s.Preamble, s.Fields, selWidth)
	for _, r := range s.Records {
		separator := " | "
		if r.CSV {
			separator = ","
		} else {
			b = appendBlanks(b, 4-len(r.Cells[0]))
		}
		b = append(append(b, strings.Join(r.Cells, separator)...), '\n')
	}
	return b
}
