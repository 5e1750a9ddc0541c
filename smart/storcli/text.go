// SPDX-License-Identifier: Apache-2.0

package storcli

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mchus/bee/internal/lines"
)

// Limits on a text. A machine with 240 drives prints some 30,000 lines.
const (
	maxLines  = 1 << 18
	maxHeader = 256 // bytes in the header of a table
)

// A LineKind is what a line of a text is.
type LineKind byte

// These are the kinds of lines.
const (
	Blank    LineKind = iota
	Heading           // "TOPOLOGY :", and a rule of equals signs below it
	Rule              // of equals signs or dashes
	Property          // "Key = Value"
	Header            // of a table
	Row               // of a table
	Note              // the legend below a table, and whatever else
)

// A Line is a line of a text, without its end. Its number is its place in
// [Report.Lines], from 1.
type Line struct {
	Text string
	Kind LineKind
}

// Format returns the text that Lines were read from, with plain line ends.
func (r *Report) Format() []byte {
	var b []byte
	for _, l := range r.Lines {
		b = append(append(b, l.Text...), '\n')
	}
	return b
}

// A textParser is a builder with a place in a text.
type textParser struct {
	builder
	lines []Line
	next  int // index of the line to read next; from 1 the number of the one read
	extra map[string]json.RawMessage

	statusLine int        // the last line that says how it went
	room       [16]column // for those of a table, as wide as most are
}

func (p *textParser) parse(data []byte) {
	p.decimal = knowsGiB(data, 0)
	text, tail := lines.Whole(string(data))
	p.split(text)
	for p.next < len(p.lines) {
		p.next++
		p.read(&p.lines[p.next-1])
	}
	p.closeText()
	p.r.Lines, p.r.Preamble = p.lines, ""
	if !p.seen {
		p.errs = nil
		p.errs.add(&ParseError{Line: 1, Column: 1, Text: firstLine(string(data)), Err: ErrFormat})
	}
	if p.seen && tail != "" {
		p.errs.add(&ParseError{Line: lines.Number(text), Column: 1, Text: tail, Err: ErrTruncated})
	}
	p.r.settings += p.settings
	p.keepExtra(p.extra)
}

// split cuts the text into lines.
func (p *textParser) split(text string) {
	n := min(strings.Count(text, "\n")+1, maxLines)
	p.lines = make([]Line, 0, n)
	for text != "" {
		if len(p.lines) == maxLines {
			p.errs.add(&ParseError{Line: maxLines + 1, Column: 1, Text: firstLine(text), Err: ErrLimit})
			return
		}
		line := text
		if end := strings.IndexByte(text, '\n'); end >= 0 {
			line, text = text[:end], text[end+1:]
		} else {
			text = ""
		}
		p.lines = append(p.lines, Line{Text: trimRight(line)})
	}
}

// trimRight cuts white space off a line's end.
func trimRight(line string) string {
	end := len(line)
	for end > 0 && (line[end-1] == ' ' || line[end-1] == '\t' || line[end-1] == '\r') {
		end--
	}
	return line[:end]
}

// read reads the line before p.next.
func (p *textParser) read(l *Line) {
	text := l.Text
	switch {
	case text == "":
		return
	case isRule(text, '-'):
		l.Kind = Rule
		p.table()
		return
	case text[len(text)-1] == ':' && p.next < len(p.lines) && isRule(p.lines[p.next].Text, '='):
		l.Kind = Heading
		p.lines[p.next].Kind = Rule
		p.next++
		p.open(strings.TrimSpace(strings.TrimSuffix(text, ":")))
		return
	}
	key, value, isProperty := cutProperty(text)
	if !isProperty {
		l.Kind = Note
		return
	}
	l.Kind = Property
	p.cell, p.line, p.col = value, p.next, 1+len(text)-len(value)
	p.textProperty(key)
}

// isRule reports whether a line is made of at least three of a sign.
func isRule(text string, sign byte) bool {
	return len(text) >= 3 && text[0] == sign && strings.Count(text, text[:1]) == len(text)
}

// cutProperty cuts "Key = Value". The legend below a table has no blanks around
// its equals signs.
func cutProperty(text string) (key, value string, ok bool) {
	for start := 0; ; {
		at := start + strings.IndexByte(text[start:], '=')
		if at < start {
			return "", "", false
		}
		if at > 0 && text[at-1] == ' ' && (at+1 == len(text) || text[at+1] == ' ') {
			key, value = text[:at-1], text[at+1:]
			break
		}
		start = at + 1
	}
	if strings.IndexByte(key, '|') >= 0 {
		return "", "", false
	}
	for value != "" && (value[0] == ' ' || value[0] == '\t') {
		value = value[1:]
	}
	return trim(key), value, true
}

func (p *textParser) textProperty(key string) {
	if p.header(key) {
		p.r.taken++
		return
	}
	if p.property(key) {
		p.r.taken++
		return
	}
	p.unknown(key)
}

// header reads a property that stands above the sections. The CLI's version, or
// a second controller's number, begins the answer for the next controller.
func (p *textParser) header(key string) bool {
	switch key {
	case "CLI Version":
		p.beginAnswer()
	case "Controller":
		if p.sec.name == "Basics" {
			return false
		}
		if p.answer < 0 || p.r.Answers[p.answer].Controller != nil {
			p.beginAnswer()
		}
	case "Operating system", "Status Code", "Status", "Description":
		if p.sec.name != "" {
			return false
		}
		if p.answer < 0 {
			p.beginAnswer()
		}
		if key == "Status" || key == "Description" { // the description tells why
			p.statusLine = p.line
		}
	default:
		return false
	}
	return p.status(key)
}

func (p *textParser) beginAnswer() {
	p.closeText()
	p.openAnswer()
}

// closeText ends an answer, and reports it if the tool says that it failed.
func (p *textParser) closeText() {
	if p.answer >= 0 && p.statusLine > 0 {
		a := &p.r.Answers[p.answer]
		if err := a.failure(); err != nil {
			line := p.lines[p.statusLine-1].Text
			p.errs.add(&ParseError{Line: p.statusLine, Column: 1, Text: line, Err: err})
		}
	}
	p.statusLine = 0
	p.closeAnswer()
}

// unknown keeps a value that no field takes. Where a key comes again the line
// tells the values apart.
func (p *textParser) unknown(key string) {
	if len(p.extra) >= maxSettings || p.rows > maxRows {
		return // it is in Lines all the same
	}
	section, value := p.sec.name, p.cell
	if p.extra == nil {
		p.extra = make(map[string]json.RawMessage)
	}
	path := key
	if section != "" {
		path = section + "." + key
	}
	if !utf8.ValidString(path) {
		path = strings.ToValidUTF8(path, "\uFFFD")
	}
	if p.extra[path] != nil {
		path += "." + strconv.Itoa(p.line)
	}
	raw, err := json.Marshal(value)
	if err == nil {
		p.extra[path] = raw
	}
}

// table reads a table, whose first rule was the line before p.next: a header, a
// rule, and rows up to the next rule or blank line.
func (p *textParser) table() {
	i := p.next
	if i+1 >= len(p.lines) || !isRule(p.lines[i+1].Text, '-') || p.lines[i].Text == "" {
		return
	}
	header := &p.lines[i]
	header.Kind = Header
	p.lines[i+1].Kind = Rule
	first := i + 2
	end := first
	for end < len(p.lines) && p.lines[end].Text != "" && !isRule(p.lines[end].Text, '-') {
		p.lines[end].Kind = Row
		end++
	}
	p.next = end
	if end < len(p.lines) && p.lines[end].Text != "" {
		p.lines[end].Kind = Rule
		p.next++
	}
	if len(header.Text) > maxHeader {
		p.errs.add(&ParseError{Line: i + 1, Column: 1, Text: header.Text, Err: ErrLimit})
		return
	}
	p.list = min(end-first, maxRows)
	columns := splitHeader(p.room[:0], header.Text)
	placeCuts(columns, p.lines[first:end])
	for n := first; n < end; n++ {
		p.row(columns, p.lines[n].Text, n+1)
	}
}

// A column of a table. It reaches from start to the blank before the next one.
type column struct {
	name       string
	start, end int // of its name in the header
	cut        int // where it begins in the rows
}

// restOf returns what follows the first word of a column's name, "" in most.
func restOf(word string) string {
	switch word {
	case "Software":
		return " option"
	case "Time":
		return " Remaining"
	case "Adv":
		return " S/W Opt"
	case "Estimated":
		return " Time Left"
	case "Next":
		return " Learn"
	case "SAS":
		return " address"
	case "Auto-config":
		return " property"
	case "Product":
		return " Name"
	}
	return ""
}

// splitHeader appends the columns of the header of a table.
func splitHeader(columns []column, text string) []column {
	for i := 0; i < len(text); {
		if text[i] == ' ' {
			i++
			continue
		}
		end := i + 1
		for end < len(text) && text[end] != ' ' {
			end++
		}
		if rest := restOf(text[i:end]); rest != "" && strings.HasPrefix(text[end:], rest) {
			end += len(rest)
		}
		columns = append(columns, column{name: text[i:end], start: i, end: end})
		i = end
	}
	return columns
}

// placeCuts finds out where each column begins. Between two names there is a
// gap, and one blank of it separates the columns in every row: where several
// do, the first one before a size, which stands to the right, and else the last.
func placeCuts(columns []column, rows []Line) {
	for i := 1; i < len(columns); i++ {
		c := &columns[i]
		c.cut = columns[i-1].end
		if c.start == c.cut+1 { // the only blank
			continue
		}
		best := -1
		for at := columns[i-1].end; at < c.start; at++ {
			n := 0
			for _, row := range rows {
				if at >= len(row.Text) || row.Text[at] == ' ' {
					n++
				}
			}
			if n > best || n == best && c.name != "Size" {
				best, c.cut = n, at
			}
		}
	}
}

// row reads a row of a table.
func (p *textParser) row(columns []column, text string, line int) {
	for i := 1; i < len(columns); i++ {
		if at := columns[i].cut; at < len(text) && text[at] != ' ' {
			p.errs.add(&ParseError{Line: line, Column: at + 1, Text: text[at:], Err: ErrSyntax})
			return
		}
	}
	var r row
	for i := range columns {
		c := &columns[i]
		end := len(text)
		if i+1 < len(columns) {
			end = min(columns[i+1].cut, end)
		}
		start := min(c.cut, end)
		for start < end && text[start] == ' ' {
			start++
		}
		for end > start && text[end-1] == ' ' {
			end--
		}
		p.cell, p.line, p.col = text[start:end], line, start+1
		if r.set(&p.builder, c.name) {
			p.r.taken++
		} else {
			p.unknown(c.name)
		}
	}
	if r.started {
		r.done(&p.builder)
	}
}
