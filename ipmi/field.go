// SPDX-License-Identifier: Apache-2.0

package ipmi

import (
	"fmt"
	"slices"
	"strings"
)

// maxFields caps the fields of one document, maxRecords its records. A
// controller has at most 256 FRU devices and 65,535 records in a repository or
// log, so that only a hostile input meets them.
const (
	maxFields  = 1 << 18
	maxRecords = 1 << 16
)

// A Field is one printed line: a key with its value, or a text without a key.
//
// The text has no key in headings ("Power Supply Record"), list items ("SEL
// Device") and messages ("Device not present (Timeout)").
type Field struct {
	Key    string `json:"key,omitzero"`    // "" for a line without a key
	Value  string `json:"value,omitzero"`  // as printed, trailing blanks and placeholders included
	Indent int    `json:"indent,omitzero"` // blanks before the key
	Line   int    `json:"line,omitzero"`   // from 1
}

// appendField is append, but for long lists: it doubles them, as append does only
// short ones, which costs a text of very short lines less.
func appendField(list []Field, f *Field) []Field {
	if len(list) == cap(list) {
		list = slices.Grow(list, len(list)+1)
	}
	return append(list, *f)
}

// newField takes a line apart at its first colon. A line that has none, or
// nothing before it, is a text without a key.
func newField(line string, number int) Field {
	indent := 0
	for indent < len(line) && line[indent] == ' ' {
		indent++
	}
	text := line[indent:]
	colon := strings.IndexByte(text, ':')
	end := colon
	for end > 0 && (text[end-1] == ' ' || text[end-1] == '\t') {
		end--
	}
	if end <= 0 {
		return Field{Value: text, Indent: indent, Line: number}
	}
	value := strings.TrimPrefix(text[colon+1:], " ")
	return Field{Key: text[:end], Value: value, Indent: indent, Line: number}
}

// appendLine is the inverse of newField. The key is padded to width.
func (f *Field) appendLine(b []byte, width int) []byte {
	b = appendBlanks(b, f.Indent)
	if f.Key == "" {
		return append(append(b, f.Value...), '\n')
	}
	b = append(b, f.Key...)
	b = appendBlanks(b, width-f.Indent-len(f.Key))
	b = append(b, ": "...)
	return append(append(b, f.Value...), '\n')
}

func appendBlanks(b []byte, n int) []byte {
	for range n {
		b = append(b, ' ')
	}
	return b
}

// cutLine cuts the first line off text, its end of line included.
func cutLine(text string) (line, rest string) {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		line, rest = text[:i], text[i+1:]
	} else {
		line = text
	}
	for strings.HasSuffix(line, "\r") {
		line = line[:len(line)-1]
	}
	return line, rest
}

// blank reports whether a line shows nothing.
func blank(line string) bool {
	for i := range len(line) {
		if line[i] != ' ' && line[i] != '\t' && line[i] != '\r' {
			return false
		}
	}
	return true
}

// A listing collects the fields of a document whose keys are padded to width.
// What stands before its first field is the preamble.
type listing struct {
	width    int
	begin    string // what the first key begins with, where keys are not padded
	preamble []string
	fields   []Field
	errs     Errors
	known    bool // one of the keys stands where this document has it
	keys     []string
	first    string // the key with which each output begins
}

// read takes in every line of text.
func (l *listing) read(text string) {
	for number := 1; text != ""; number++ {
		var line string
		line, text = cutLine(text)
		if !blank(line) {
			l.readLine(line, number)
		}
	}
}

// expect reports a text that has none of the keys of which each such document
// has one, before the same column.
func (l *listing) expect(text string) {
	if !l.known {
		l.errs.foreign(text)
	}
	if l.first == "" {
		return
	}
	if i := another(l.fields, l.first); i < len(l.fields) {
		f := &l.fields[i]
		l.errs.add(&ParseError{Line: f.Line, Column: f.Indent + 1, Text: f.Key, Err: errAnother})
	}
}

func (l *listing) readLine(line string, number int) {
	f := newField(line, number)
	l.known = l.known || f.Key != "" && f.Indent == 0 && strings.IndexByte(line, ':') == l.width && slices.Contains(l.keys, f.Key)
	begun := len(l.fields) > 0
	if l.begin != "" {
		begun = begun || strings.HasPrefix(f.Key, l.begin)
	} else {
		begun = begun || f.Key != "" && strings.IndexByte(line, ':') == l.width
	}
	if err := f.failure(); err != nil {
		l.errs.add(&ParseError{Line: number, Column: 1, Text: line, Err: err})
	}
	switch {
	case !begun:
		l.preamble = append(l.preamble, line)
	case len(l.fields) >= maxFields:
		l.errs.add(&ParseError{Line: number, Column: 1, Text: line, Err: ErrLimit})
	default:
		l.fields = append(l.fields, f)
	}
}

// another returns where the output of another run begins, which is of another
// controller or channel: at the second field with the key that comes first in
// each. It is len(fields) if there is none.
func another(fields []Field, first string) int {
	begun := false
	for i := range fields {
		if fields[i].Key != first {
			continue
		}
		if begun {
			return i
		}
		begun = true
	}
	return len(fields)
}

// errAnother is the cause where [another] finds one.
var errAnother = fmt.Errorf("%w: another output begins", ErrSyntax)

// formatListing is the inverse of listing.read.
func formatListing(preamble []string, fields []Field, width int) []byte {
	b := appendLines(nil, preamble)
	for i := range fields {
		b = fields[i].appendLine(b, width)
	}
	return b
}

func appendLines(b []byte, lines []string) []byte {
	for _, line := range lines {
		b = append(append(b, line...), '\n')
	}
	return b
}

// failure returns what a line means as a message of ipmitool on standard error:
// nil if it does not say that a whole command failed.
func (f *Field) failure() error {
	if f.Indent > 0 {
		return nil
	}
	switch line := f.Key + f.Value; {
	case strings.HasPrefix(line, "Could not open device at "),
		f.Key == "Error" && strings.HasPrefix(f.Value, "Unable to establish "),
		strings.HasPrefix(line, "Unable to establish "):
		return ErrNoBMC
	case strings.HasSuffix(f.Key, " command failed"),
		f.Key == "" && strings.HasSuffix(f.Value, " command failed"),
		f.Key == "Invalid channel", strings.HasPrefix(line, "Invalid Channel "),
		strings.HasPrefix(line, "Unable to open SDR for reading"),
		strings.HasPrefix(line, "Unable to obtain SDR reservation"),
		strings.HasPrefix(line, "Failed to initialize the OEM info dictionary"),
		strings.HasPrefix(line, "Error obtaining SDR info"):
		return ErrCommand
	}
	return nil
}
