// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"fmt"
	"strings"
)

// A parser holds the line being parsed, the record layer and the errors. The
// three formats share it.
type parser struct {
	lines  []Line
	line   *Line  // being parsed
	raw    string // the same as printed
	length int    // of the text
	errs   Errors
	ints   []int // room for numbers that are pointed at
}

// each calls fn for each line that is not blank. It returns how many records
// there are so far.
func (p *parser) each(text string, fn func(*Line) (records int)) {
	p.lines = newLines(text)
	p.length = len(text)
	number, limit := 0, maxLines(text)
	for text != "" {
		number++
		if p.raw, text = cutLine(text); p.raw == "" {
			continue
		}
		if len(p.lines) == limit {
			p.errs.add(&ParseError{number, 1, p.raw, fmt.Errorf("%w: too many lines", ErrLimit)})
			return
		}
		p.lines = append(p.lines, Line{})
		p.line = &p.lines[len(p.lines)-1]
		p.line.read(number, p.raw)
		if p.tooMany(fn(p.line)) {
			return
		}
	}
}

// fail reports text, which is a part of the line being parsed.
func (p *parser) fail(text string, err error) {
	p.errs.add(&ParseError{p.line.Number, strings.LastIndex(p.raw, text) + 1, text, err})
}

// complaint takes what mdadm says of itself, "mdadm: cannot open …".
func (p *parser) complaint(l *Line) bool {
	message, ok := strings.CutPrefix(p.raw[l.Indent:], "mdadm: ")
	if !ok {
		return false
	}
	err := ErrTool
	if strings.HasPrefix(message, "No md superblock detected") || strings.HasPrefix(message, "no recogniseable superblock") {
		err = ErrNoSuperblock
	}
	p.errs.add(&ParseError{l.Number, l.Indent + 1, p.raw[l.Indent:], err})
	return true
}

// foreign reports a text of which nothing was understood.
func (p *parser) foreign() {
	if len(p.errs) > 0 {
		return
	}
	e := &ParseError{Line: 1, Column: 1, Err: ErrFormat}
	if len(p.lines) > 0 {
		l := &p.lines[0]
		e.Line, e.Column, e.Text = l.Number, l.Indent+1, l.text()
	}
	p.errs.add(e)
}

// device reads a heading such as "/dev/md0:".
func device(l *Line) (string, bool) {
	if l.Key != "" || !strings.HasPrefix(l.Value, "/") || strings.ContainsAny(l.Value, " \t") {
		return "", false
	}
	return strings.CutSuffix(l.Value, ":")
}

// maxRecords caps the records of a document, which take more memory than the
// lines they are made of.
const maxRecords = 1 << 14

// tooMany reports a document with more records than that.
func (p *parser) tooMany(records int) bool {
	if records <= min(64+p.length/40, maxRecords) { // an array has some hundred bytes
		return false
	}
	p.fail(p.line.text(), fmt.Errorf("%w: too many records", ErrLimit))
	return true
}
