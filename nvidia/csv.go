// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"fmt"
	"strings"
)

const (
	maxColumns = 1024    // --help-query-gpu of driver 610 lists about 240
	maxRows    = 1 << 16 // processes and pages can be many
)

// A Table is the record layer of CSV output: what was printed, as text. Its
// typed view is [Table.Log].
type Table struct {
	Columns []Column
	Rows    []Row
	Notes   []Note // lines of text between the rows
}

// A Column is one property that was asked for.
type Column struct {
	Name string // "memory.total", as in --query-gpu
	Unit string // "MiB"; "" if the header names none
}

// A Row is one line of values, as printed. It has fewer or more of them than
// there are columns where the line is broken.
type Row struct {
	Values []string
	Line   int // from 1
	indent int // bytes before the first value
}

// Value returns what a row, counted from 0, says of a column, "" if there is no
// such row or column.
func (t *Table) Value(row int, column string) string {
	for i, c := range t.Columns {
		if c.Name == column && row < len(t.Rows) && i < len(t.Rows[row].Values) {
			return t.Rows[row].Values[i]
		}
	}
	return ""
}

// ParseCSV parses the output of nvidia-smi --query-gpu=… --format=csv, and of
// --query-compute-apps, --query-accounted-apps and --query-retired-pages.
//
// The header says which columns there are and in which units. Output printed
// with noheader has none: then columns are the names given to the query.
//
// Lines of text between the rows, such as "Unable to determine the device handle
// for GPU…", become notes. The table is never nil; the error is as of [Parse].
func ParseCSV(data []byte, columns ...string) (*Table, error) {
	return whole(data, func(text string) (*Table, error) { return parseCSV(text, columns) })
}

func parseCSV(text string, columns []string) (*Table, error) {
	p := csvParser{input: &input{src: text}, table: new(Table)}
	if p.wide() {
		return p.table, p.errs.err()
	}
	if len(columns) > 0 {
		p.setColumns(columns)
	}
	for line := range strings.Lines(p.src) {
		p.line++
		p.parseLine(line)
		p.offset += len(line)
	}
	if t := p.table; len(columns) == 0 && len(t.Columns) == 1 && len(t.Unknown()) == 1 {
		t.Columns, t.Rows = nil, nil // any word looks like that
	}
	if len(p.table.Columns) == 0 {
		p.rowsAlone()
		p.explainNothing("no header of columns")
	}
	return p.table, p.finish(&p.table.Notes)
}

// A csvParser holds the position in CSV output.
type csvParser struct {
	*input
	table  *Table
	joined int      // the column that may hold the separator, -1 if none
	cells  []string // values not yet used
	offset int      // of the line
	line   int
	full   bool
}

const separator = ", "

func (p *csvParser) parseLine(line string) {
	text := trimSpace(line)
	switch {
	case text == "" || p.full:
	case len(p.table.Columns) == 0 && isHeader(text):
		p.setColumns(strings.Split(text, separator))
	case len(p.table.Columns) == 0 || isMessage(text, len(p.table.Columns)):
		p.note(line, p.offset)
	case len(p.table.Rows) == maxRows:
		p.fail(p.offset, "", text, fmt.Errorf("%w: more than %d rows", ErrLimit, maxRows))
		p.full = true
	default:
		p.parseRow(text, strings.Index(line, text))
	}
}

// rowsAlone reports rows without a header, which no other text explains.
func (p *csvParser) rowsAlone() {
	for _, note := range p.notes {
		if strings.Count(note.Text, separator) > 1 && !note.Unreadable && len(p.errs) == 0 {
			p.fail(strings.Index(p.src, note.Text), "", note.Text, fmt.Errorf("%w: rows without a header of columns", ErrFormat))
		}
	}
}

// isHeader tells "index, memory.used [MiB]" from messages printed before it:
// names have no blanks in them.
func isHeader(line string) bool {
	for name := range strings.SplitSeq(line, separator) {
		name, _ = cutUnit(name)
		if name == "" || !isPropertyName(name) {
			return false
		}
	}
	return true
}

func isPropertyName(s string) bool {
	for _, c := range []byte(s) {
		if !isNameStart(c) && (c < '0' || c > '9') && c != '.' && c != '-' || c == ':' {
			return false
		}
	}
	return true
}

// isMessage tells text from rows.
func isMessage(line string, columns int) bool {
	switch line[0] {
	case 'N', 'U', 'W', 'F':
		if failureOf(line) != nil || strings.HasPrefix(line, deviceHandle) ||
			strings.HasPrefix(line, "WARNING: ") {
			return true
		}
	}
	return columns > 1 && !strings.Contains(line, separator)
}

// cutUnit cuts "memory.used [MiB]" in two.
func cutUnit(name string) (string, string) {
	name = trimSpace(name)
	if i := strings.IndexByte(name, '['); i > 0 && name[i-1] == ' ' && name[len(name)-1] == ']' {
		return name[:i-1], name[i+1 : len(name)-1]
	}
	return name, ""
}

func (p *csvParser) setColumns(names []string) {
	if len(names) > maxColumns {
		p.fail(p.offset, "", names[maxColumns], fmt.Errorf("%w: more than %d columns", ErrLimit, maxColumns))
		p.full = true
		names = names[:maxColumns]
	}
	p.joined = -1
	p.table.Columns = make([]Column, len(names))
	for i, name := range names {
		name, unit := cutUnit(name)
		p.table.Columns[i] = Column{name, unit}
		if name == "process_name" || name == "name" && p.joined < 0 {
			p.joined = i
		}
	}
	rows := strings.Count(p.src[p.offset:], "\n")
	p.table.Rows = make([]Row, 0, min(rows, maxRows))
	p.cells = make([]string, 0, min(rows, 64)*len(names))
}

func (p *csvParser) parseRow(line string, indent int) {
	values := p.split(line)
	p.table.Rows = append(p.table.Rows, Row{values, p.line, indent})
	if n := len(p.table.Columns); len(values) != n {
		p.fail(p.offset+indent, "", line, fmt.Errorf("%w: %d values in %d columns", ErrSyntax, len(values), n))
	}
}

// split cuts a row into its values. The name of a process may hold the
// separator, which nvidia-smi does not quote.
func (p *csvParser) split(line string) []string {
	columns := len(p.table.Columns)
	if cap(p.cells)-len(p.cells) < columns {
		p.cells = make([]string, 0, 64*columns)
	}
	start := len(p.cells)
	for at := 0; len(p.cells)-start < 2*columns; {
		i := strings.IndexByte(line[at:], ',')
		if i < 0 {
			break
		}
		if at += i + 1; at < len(line) && line[at] == ' ' {
			p.cells = append(p.cells, line[:at-1])
			line, at = line[at+1:], 0
		}
	}
	p.cells = append(p.cells, line)
	values := p.cells[start:len(p.cells):len(p.cells)]
	extra := len(values) - columns
	if i := p.joined; extra > 0 && i >= 0 {
		name := strings.Join(values[i:i+extra+1], separator)
		values = append(append(values[:i:i], name), values[i+extra+1:]...)
	}
	return values
}
