// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strings"

	"github.com/mchus/bee/internal/lines"
)

// Limits on what is read of a text.
const maxLines = 1 << 20

// A Text is what smartctl printed of one drive without -j: the lines as they
// stand, and the drive as [Parse] would read it.
type Text struct {
	Lines  []Line  `json:"lines,omitzero"`
	Device *Device `json:"device"`
}

// A Line is a line of a [Text] that is not empty.
type Line struct {
	Number int    `json:"number"` // from 1
	Text   string `json:"text"`   // without blanks at the end

	// Read reports whether the line is known: it is in the device, or is a
	// heading, a legend, or what smartctl has to say of itself.
	Read bool `json:"read,omitzero"`
}

// ParseText parses what "smartctl" of 5.38 to 8.0 printed of one drive, with any
// of the options that select what to print (-x, -a, -i, -H, -A, -l …).
//
// Like [Parse] it reads to the end whatever it meets; a text that breaks off is
// read up to there. The Text and its device are never nil and share no memory
// with data. A text has no exit status: why smartctl could not read the drive is
// among [Tool.Messages]. It says of a rotation rate of a SCSI drive what JSON
// leaves open. Where the output of another run follows, which may
// be of another drive, it is an error, and its lines are not read.
func ParseText(data []byte) (*Text, error) {
	whole, tail := lines.Whole(string(data)) // one copy; every field is a slice of it
	text := whole
	n := min(strings.Count(text, "\n")+1, maxLines)
	p := textParser{lines: make([]Line, 0, n), dev: new(Device)}
	for text != "" && p.number < maxLines {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		p.number++
		line = strings.TrimRight(line, " \t\r")
		if line == "" {
			p.blank()
			continue
		}
		if !p.over && p.begins(line) {
			p.over = true
			p.errs.add(&ParseError{Line: p.number, Column: 1, Text: line, Err: errAnother})
		}
		p.lines = append(p.lines, Line{Number: p.number, Text: line, Read: !p.over && p.read(line)})
	}
	if text != "" {
		p.errs.add(&ParseError{Line: p.number + 1, Column: 1, Err: ErrLimit})
	}
	p.settle()
	if !p.known {
		e := &ParseError{Line: 1, Column: 1, Err: ErrFormat}
		if len(p.lines) > 0 {
			e.Line, e.Text = p.lines[0].Number, p.lines[0].Text
		}
		p.errs.add(e)
	} else if tail != "" {
		p.errs.add(&ParseError{Line: lines.Number(whole), Column: 1, Text: tail, Err: ErrTruncated})
	}
	return &Text{p.lines, p.dev}, p.errs.err()
}

// Format returns the lines, each at its number. What [ParseText] makes of it is
// the same text.
func (t *Text) Format() []byte {
	var b []byte
	at := 1
	for _, line := range t.Lines {
		for ; at < line.Number && at < maxLines; at++ {
			b = append(b, '\n')
		}
		b = append(append(b, line.Text...), '\n')
		at++
	}
	return b
}

// A textParser holds the position in a text.
type textParser struct {
	dev    *Device
	lines  []Line
	errs   Errors
	number int
	known  bool // the text is smartctl's
	over   bool // another output follows

	informed bool // the information section was met

	table func(p *textParser, line string) bool // reads the rows of the table, nil outside of one
	label string                                // that the next line goes on with
	group string                                // of the statistics that follow

	farmNumber int64       // the page of the FARM log
	member     string      // of it, that the next values belong to
	status     *TestStatus // whose text goes on

	log      *ErrorLog    // whose entries follow
	tests    *SelfTestLog // whose entries follow
	extended bool
	after    bool // the registers after the completion follow

	ints     []int64      // slab of the numbers that pointers point to
	bools    []bool       // slab of the truths
	commands []ATACommand // slab of the commands of the error log
	states   []Coded      // slab of the states of the error log
}

// ptr returns a pointer to n.
func (p *textParser) ptr(n int64) *int64 {
	if len(p.ints) == 0 {
		p.ints = make([]int64, 128)
	}
	v := &p.ints[0]
	p.ints = p.ints[1:]
	*v = n
	return v
}

// truth returns a pointer to v.
func (p *textParser) truth(v bool) *bool {
	if len(p.bools) == 0 {
		p.bools = make([]bool, 32)
	}
	b := &p.bools[0]
	p.bools = p.bools[1:]
	*b = v
	return b
}

// begins reports whether another output begins with a line: the first of one comes
// again, or the heading of what is said of the drive itself.
func (p *textParser) begins(line string) bool {
	if strings.HasPrefix(line, "=== START OF INFORMATION SECTION") {
		again := p.informed
		p.informed = true
		return again
	}
	return p.dev.Tool.Version != "" && isBanner(line)
}

func (p *textParser) blank() { p.label, p.status = "", nil }

// read reads a line, and reports whether it knew what to do with it.
func (p *textParser) read(line string) bool {
	if line[0] != ' ' && line[0] != '\t' {
		p.status = nil
	}
	switch {
	case p.table != nil && p.table(p, line):
		return true
	case p.heading(line):
		return true
	case p.smartValue(line), p.labelled(line), p.said(line), p.message(line):
		return true
	}
	return isFiller(line)
}

// next cuts the first word off a line.
func next(line *string) string {
	s := *line
	start := 0
	for start < len(s) && (s[start] == ' ' || s[start] == '\t') {
		start++
	}
	end := start
	for end < len(s) && s[end] != ' ' && s[end] != '\t' {
		end++
	}
	*line = s[min(end+1, len(s)):]
	return s[start:end]
}

// digits reads a decimal number at the start of s, with the locale's separators
// of thousands.
func digits(s string) (n int64, ok bool) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			if n > (1<<63-10)/10 {
				return 0, false
			}
			n, ok = n*10+int64(c-'0'), true
		case ok && (c == ',' || c == '.' || c == '\'' || c >= 0x80) && i+1 < len(s):
		default:
			return n, ok
		}
	}
	return n, ok
}

// hex reads a hexadecimal number of any length up to 16 digits.
func hex(s string) (n uint64, ok bool) {
	s = strings.TrimPrefix(s, "0x")
	if s == "" || len(s) > 16 {
		return 0, false
	}
	for i := range len(s) {
		switch c := s[i] | 0x20; {
		case c >= '0' && c <= '9':
			n = n<<4 | uint64(c-'0')
		case c >= 'a' && c <= 'f':
			n = n<<4 | uint64(c-'a'+10)
		default:
			return 0, false
		}
	}
	return n, true
}
