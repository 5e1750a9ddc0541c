// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"fmt"
	"slices"
	"strings"
)

// A parser holds the line being parsed and the errors. The three formats share
// it.
type parser struct {
	line  Line   // being parsed
	raw   string // the same as printed
	text  string // all of it
	rest  string // of the text, behind that line
	at    int    // number of that line, from 1
	lines int    // how many more there may be that are not blank
	most  int    // how many records there may be
	errs  Errors
	ints  []int // room for numbers that are pointed at
}

func (p *parser) start(text string) {
	p.text, p.rest, p.lines = text, text, maxLines(text)
	p.most = min(16+len(text)/64, maxRecords) // an array has some hundred bytes
}

// next goes to the next line that is not blank, which it does not take apart.
func (p *parser) next() bool {
	for p.rest != "" {
		line, rest := cutLine(p.rest)
		p.at++
		switch {
		case line == "":
		case p.lines == 0:
			p.errs.add(&ParseError{p.at, 1, line, fmt.Errorf("%w: too many lines", ErrLimit)})
			return false
		default:
			p.raw, p.rest = line, rest
			p.lines--
			return true
		}
		p.rest = rest
	}
	return false
}

// passed is the text up to the line being parsed, with that line.
func (p *parser) passed() string { return p.text[:len(p.text)-len(p.rest)] }

// headings counts the lines that begin as those do with which the records begin.
func (p *parser) headings(mark byte) int {
	n := 0
	for rest := p.text; rest != ""; {
		if rest[0] == mark {
			n++
		}
		end := strings.IndexByte(rest, '\n')
		if end < 0 {
			break
		}
		rest = rest[end+1:]
	}
	return min(n, p.most)
}

// linesOf takes a text apart again that was parsed.
func linesOf(text string, lineOf func(number int, text string) Line) []Line {
	lines := newLines(1+strings.Count(text, "\n"), text)
	for number := 1; text != ""; number++ {
		var line string
		if line, text = cutLine(text); line != "" {
			lines = append(lines, lineOf(number, line))
		}
	}
	return lines
}

// lineOf takes a line apart that has no white space at its end.
func lineOf(number int, text string) (l Line) {
	l.read(number, text)
	return l
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
	p.errs.add(&ParseError{p.at, strings.LastIndex(p.raw, text) + 1, text, err})
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
func (p *parser) foreign(lines []Line) {
	if len(p.errs) > 0 {
		return
	}
	e := &ParseError{Line: 1, Column: 1, Err: ErrFormat}
	if len(lines) > 0 {
		l := &lines[0]
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
	l := lineOf(p.at, p.raw)
	p.fail(l.text(), fmt.Errorf("%w: too many records", ErrLimit))
	return true
}
