// SPDX-License-Identifier: Apache-2.0

package ethtool

import (
	"errors"
	"fmt"
	"strings"
)

// maxLines caps what is read. A module with eight lanes prints 250 lines.
const maxLines = 1 << 16

// maxRoom caps the fields that room is made for before they are read.
const maxRoom = 256

// A Listing is the record layer of each output: lines "Key: Value", in order.
type Listing struct {
	Preamble []string `json:"preamble,omitzero"` // lines before the first key that ethtool prints
	Fields   []Field  `json:"-"`                 // all lines from there on
	Unknown  []Field  `json:"unknown,omitzero"`  // those of them that no typed field takes
}

// A Field is one line. Key is "" for a line that has none, a message of another
// program for instance; Value is the whole line then.
type Field struct {
	Key   string `json:"key,omitzero"`
	Value string `json:"value,omitzero"`
	Line  int    `json:"line"`
}

// A parser reads a Listing. Each command brings a take, which gives a value to
// the typed field for a key. It returns errUnknown where there is none.
type parser struct {
	Listing
	errs Errors
	take func(key, value string) error

	first string // the key that an output begins with
	begun bool   // it was read
	over  bool   // another output follows

	line   int
	room   int  // how many fields to make room for at first
	found  bool // a key of this command was read
	failed bool // ethtool said that it failed
}

// errAnother says that the output of another run follows, which is of another
// interface: its fields are kept, and none of them is a value.
var errAnother = fmt.Errorf("%w: another output begins", ErrSyntax)

// errUnknown says that a key has no typed field. It is never reported.
var errUnknown = errors.New("unknown key")

// parse reads a whole output.
func (p *parser) parse(text string) error {
	p.room = min(strings.Count(text, "\n")+1, maxRoom)
	for line := range strings.Lines(text) {
		p.line++
		if p.line > maxLines {
			p.errs.add(&ParseError{Line: p.line, Column: 1, Err: ErrLimit})
			break
		}
		if line = strings.TrimRight(line, blanks); line != "" {
			p.parseLine(line)
		}
	}
	if !p.found && len(p.errs) == 0 {
		p.errs.add(notOurs(text))
	}
	return p.errs.err()
}

const blanks = " \t\r\n"

// notOurs points at the first line of an output of something else.
func notOurs(text string) *ParseError {
	rest := strings.TrimLeft(text, blanks)
	before := text[:len(text)-len(rest)]
	line, _, _ := strings.Cut(rest, "\n")
	return &ParseError{
		Line:   1 + strings.Count(before, "\n"),
		Column: len(before) - strings.LastIndexByte(before, '\n'),
		Text:   strings.TrimRight(line, blanks),
		Err:    ErrFormat,
	}
}

// parseLine reads a line that is not blank.
func (p *parser) parseLine(line string) {
	key, value, ok := cutKey(line)
	if isFailure(key) {
		if !p.failed { // the lines after the first tell the same again
			p.fail(line, strings.TrimLeft(line, blanks), ErrTool)
		}
		p.failed = true
		p.stray(line)
		return
	}
	if ok && key == p.first {
		if p.begun && !p.over {
			p.over = true
			p.fail(line, strings.TrimLeft(line, blanks), errAnother)
		}
		p.begun = true
	}
	err := errUnknown
	if ok && !p.over {
		err = p.take(key, value)
	}
	p.found = p.found || err != errUnknown
	switch {
	case !ok && p.found:
		p.fail(line, strings.TrimLeft(line, blanks), ErrSyntax)
		p.stray(line)
		return
	case !p.found:
		p.Preamble = append(p.Preamble, line)
		return
	}
	f := Field{Key: key, Value: value, Line: p.line}
	if p.Fields == nil {
		p.Fields = make([]Field, 0, p.room)
	}
	p.Fields = append(p.Fields, f)
	if err != nil {
		p.Unknown = append(p.Unknown, f)
	}
	if err != nil && err != errUnknown {
		p.fail(line, value, err)
	}
}

// stray keeps a line that is not "Key: Value".
func (p *parser) stray(line string) {
	if !p.found {
		p.Preamble = append(p.Preamble, line)
		return
	}
	f := Field{Value: line, Line: p.line}
	p.Fields = append(p.Fields, f)
	p.Unknown = append(p.Unknown, f)
}

// fail reports text, which is the end of line.
func (p *parser) fail(line, text string, err error) {
	p.errs.add(&ParseError{Line: p.line, Column: len(line) - len(text) + 1, Text: text, Err: err})
}

// cutKey splits "Key : Value" at the first colon.
func cutKey(line string) (key, value string, ok bool) {
	key, value, ok = strings.Cut(line, ":")
	key = strings.Trim(key, blanks)
	return key, strings.Trim(value, blanks), ok && key != ""
}

// isFailure recognises by its key a line in which ethtool says that it failed:
// "Cannot get driver information: No such device", "netlink error: Operation
// not supported".
func isFailure(key string) bool {
	return key == "netlink error" || strings.HasPrefix(key, "Cannot ")
}

// format writes the listing with each key before the separator, filled up to
// width.
func (l *Listing) format(indent string, width int, separator string) []byte {
	var b []byte
	for _, line := range l.Preamble {
		b = append(append(b, line...), '\n')
	}
	for _, f := range l.Fields {
		if f.Key == "" {
			b = append(append(b, f.Value...), '\n')
			continue
		}
		b = fmt.Appendf(b, "%s%-*s%s%s\n", indent, width, f.Key, separator, f.Value)
	}
	return b
}

// text returns a value, "" for the words that say there is none.
func text(value string) string {
	switch value {
	case "N/A", "n/a", "Unknown", "unknown", "not set", "(null)":
		return ""
	}
	return value
}
