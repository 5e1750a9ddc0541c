// SPDX-License-Identifier: Apache-2.0

package mstflint

import (
	"fmt"
	"slices"
	"strings"
)

// maxLines caps what is read. A query prints thirty lines.
const maxLines = 1 << 16

// maxRoom caps the fields that room is made for before they are read.
const maxRoom = 64

func isBlank(c byte) bool { return c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n') }

// eight is the white space that most values have before them, and more.
const eight = "        "

// trimLeft and trimRight cut white space off. They are called for every line:
// those of package strings make their set of bytes anew each time.
func trimLeft(text string) string {
	start := 0
	for strings.HasPrefix(text[start:], eight) {
		start += len(eight)
	}
	for start < len(text) && isBlank(text[start]) {
		start++
	}
	return text[start:]
}

func trimRight(text string) string {
	end := len(text)
	for end > 0 && isBlank(text[end-1]) {
		end--
	}
	return text[:end]
}

// cutByte cuts a text at the first sep.
func cutByte(text string, sep byte) (before, after string, ok bool) {
	if i := strings.IndexByte(text, sep); i >= 0 {
		return text[:i], text[i+1:], true
	}
	return text, "", false
}

// cutWord cuts the first word off a text that has no white space before it.
func cutWord(text string) (word, rest string) {
	end := 0
	for end < len(text) && !isBlank(text[end]) {
		end++
	}
	return text[:end], trimLeft(text[end:])
}

// A Field is one line. Key is "" where a line goes on with what is before it
// (Rom Info), or is a message.
type Field struct {
	Key   string `json:"key,omitzero"`
	Value string `json:"value,omitzero"`
	Line  int    `json:"line"`
}

// Parse parses the output of "mstflint query" or "mstflint query full", and of
// NVIDIA's flint, which is the same tool.
//
// The Query is never nil and does not share memory with data. The error, nil
// or an [Errors], names what could not be read; the rest is there all the same.
// It wraps [ErrTool] where mstflint says that it failed ("-E- Cannot open
// Device …"), and [ErrFormat] where data is something else. A second query in
// data is an error: its lines are in Unknown, so that no card has another's
// firmware.
func Parse(data []byte) (*Query, error) { return whole(data, parse) }

func parse(text string) (*Query, error) {
	p := parser{query: new(Query), room: min(strings.Count(text, "\n"), maxRoom)}
	for rest := text; rest != ""; {
		p.line++
		if p.line > maxLines {
			p.errs.add(&ParseError{Line: p.line, Column: 1, Err: ErrLimit})
			break
		}
		var line string
		line, rest, _ = cutByte(rest, '\n')
		if line = trimRight(line); line != "" {
			p.parseLine(line)
		}
	}
	if !p.found && len(p.errs) == 0 {
		p.errs.add(notOurs(text))
	}
	return p.query, p.errs.err()
}

// A parser holds the position in the output.
type parser struct {
	query  *Query
	errs   Errors
	ints   []int    // room for numbers that are pointed at
	words  []string // room for the lists of ROMs
	line   int
	room   int    // how many fields to make room for at first
	found  bool   // a key of a query was read
	failed bool   // mstflint said that it failed
	last   string // the key that a line without one goes on with
	other  bool   // the query of another card has begun, whose values are not this one's
}

// notOurs points at the first line of an output of something else.
func notOurs(text string) *ParseError {
	rest := trimLeft(text)
	before := text[:len(text)-len(rest)]
	line, _, _ := strings.Cut(rest, "\n")
	return &ParseError{
		Line:   1 + strings.Count(before, "\n"),
		Column: len(before) - strings.LastIndexByte(before, '\n'),
		Text:   trimRight(line),
		Err:    ErrFormat,
	}
}

// parseLine reads a line that is not blank.
func (p *parser) parseLine(line string) {
	text := trimLeft(line)
	if text[0] == '-' || text[0] == 'F' { // as few keys do
		switch {
		case isFailure(text):
			if !p.failed { // the lines after the first tell the same again
				p.fail(line, text, ErrTool)
			}
			p.failed = true
			p.stray(line, text)
			return
		case strings.HasPrefix(text, "-W-"), strings.HasPrefix(text, "-I-"):
			p.query.Warnings = append(p.query.Warnings, text)
			p.stray(line, text)
			return
		}
	}
	key, value, ok := cutByte(text, ':')
	key, value = trimRight(key), trimLeft(value)
	switch {
	case p.last == "Rom Info" && isROM(text):
		key, value = "", text
	case !ok || key == "":
		if p.found {
			p.fail(line, text, ErrSyntax)
		}
		p.stray(line, text)
		return
	}
	err := errUnknown
	switch {
	case key == "Image type" && p.query.ImageType != "" && !p.other:
		p.other = true
		p.fail(line, text, ErrSyntax)
	case !p.other && (p.found || text == line): // its keys are at the margin
		err = p.take(key, value)
	}
	if p.found = p.found || err != errUnknown; !p.found {
		p.query.Preamble = append(p.query.Preamble, line)
		return
	}
	p.keep(key, value)
	if key != "" {
		p.last = key
	}
	if err == nil {
		return
	}
	p.query.Unknown = append(p.query.Unknown, Field{Key: key, Value: value, Line: p.line})
	if err != errUnknown {
		p.fail(line, value, err)
	}
}

// keep appends a line to the record layer.
func (p *parser) keep(key, value string) {
	fields := p.query.Fields
	if fields == nil {
		fields = make([]Field, 0, p.room)
	}
	if len(fields) == cap(fields) {
		fields = slices.Grow(fields, 1)
	}
	fields = fields[:len(fields)+1]
	f := &fields[len(fields)-1] // filled in place: faster than append
	f.Key, f.Value, f.Line = key, value, p.line
	p.query.Fields = fields
}

// isFailure recognises a line in which mstflint says that it failed.
func isFailure(text string) bool {
	return strings.HasPrefix(text, "-E-") || strings.HasPrefix(text, "FATAL - ")
}

// isROM recognises a line about an option ROM: "type=PXE version=3.6.902
// cpu=AMD64", "version_id=8025 type=CLP".
func isROM(text string) bool {
	return strings.HasPrefix(text, "type=") || strings.HasPrefix(text, "version_id=")
}

// stray keeps a line that is not "Key: Value".
func (p *parser) stray(line, text string) {
	if !p.found {
		p.query.Preamble = append(p.query.Preamble, line)
		return
	}
	p.last = ""
	p.keep("", text)
	p.query.Unknown = append(p.query.Unknown, Field{Value: text, Line: p.line})
}

// fail reports text, which is the end of line.
func (p *parser) fail(line, text string, err error) {
	p.errs.add(&ParseError{Line: p.line, Column: len(line) - len(text) + 1, Text: text, Err: err})
}

// Format returns the text as mstflint prints it: the inverse of [Parse].
func (q *Query) Format() []byte {
	var b []byte
	for _, line := range q.Preamble {
		b = append(append(b, line...), '\n')
	}
	for _, f := range q.Fields {
		if f.Key == "" {
			b = fmt.Appendf(b, "%-22s %s\n", "", f.Value)
			continue
		}
		b = fmt.Appendf(b, "%-22s %s\n", f.Key+":", f.Value)
	}
	return b
}
