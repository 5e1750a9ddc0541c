// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"fmt"
	"slices"
	"strings"
)

// A parser holds the line being parsed, the record layer and the errors. The
// three formats share it.
type parser struct {
	lines  []Line
	line   *Line  // being parsed
	raw    string // the same as printed
	rest   string // of the text, behind that line
	at     int    // number of that line, from 1
	length int    // of the text
	most   int    // how many records there may be

	headings int     // lines that may begin an array or a device
	ends     [64]int // lengths of the first lines
	known    int     // how many of them there are
	errs     Errors
	ints     []int // room for numbers that are pointed at
}

// start makes room for the lines of a text, and counts those that begin as the
// headings of its records do.
func (p *parser) start(text string, heading byte) {
	p.rest, p.length = text, len(text)
	p.most = min(16+len(text)/64, maxRecords) // an array has some hundred bytes
	lines := 0
	for rest := text; rest != ""; {
		if rest[0] == heading {
			p.headings++
		}
		end := strings.IndexByte(rest, '\n')
		if end < 0 {
			lines++
			break
		}
		if p.known < len(p.ends) { // next need not look for it again
			p.ends[p.known] = end
			p.known++
		}
		if end > 8 || trimRight(rest[:end]) != "" { // blank lines are short
			lines++
		}
		rest = rest[end+1:]
	}
	p.headings = min(p.headings, p.most)
	p.lines = newLines(lines, text)
}

// next goes to the next line that is not blank, which it does not take apart.
func (p *parser) next() bool {
	for p.rest != "" {
		if p.at < p.known {
			end := p.ends[p.at]
			p.raw, p.rest = trimRight(p.rest[:end]), p.rest[end+1:]
		} else {
			p.raw, p.rest = cutLine(p.rest)
		}
		p.at++
		if p.raw == "" {
			continue
		}
		n := len(p.lines)
		if n == cap(p.lines) { // there was room for as many as there may be
			p.errs.add(&ParseError{p.at, 1, p.raw, fmt.Errorf("%w: too many lines", ErrLimit)})
			return false
		}
		p.lines = p.lines[:n+1]
		p.line = &p.lines[n]
		return true
	}
	return false
}

// room is how many records to make room for at first where the text says how
// many there are to be, which may not be so.
func room(said *int) int {
	if said == nil {
		return 1
	}
	return min(max(*said, 1), 4)
}

// extend appends a zero value. Where there is room for it, it writes nothing.
func extend[T any](list []T) []T {
	if len(list) == cap(list) {
		list = slices.Grow(list, 1)
	}
	return list[:len(list)+1]
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
	return records > p.most && p.failTooMany()
}

func (p *parser) failTooMany() bool {
	p.fail(p.line.text(), fmt.Errorf("%w: too many records", ErrLimit))
	return true
}
