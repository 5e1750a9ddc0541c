// SPDX-License-Identifier: Apache-2.0

package megacli

import (
	"fmt"
	"strconv"
	"strings"
)

// Parse parses the output of MegaCli, whatever it was asked for.
//
// It reads to the end whatever it meets. If some lines make no sense, it
// returns the rest of the document together with an [Errors] that names them.
// The document is never nil and does not share memory with data.
func Parse(data []byte) (*Document, error) { return whole(data, parse) }

func parse(text string) (*Document, error) {
	p := parser{doc: new(Document)}
	p.doc.Lines = newLines(strings.Count(text, "\n")+1, text)
	number, limit := 0, maxLines(text)
	for text != "" {
		number++
		if p.raw, text = cutLine(text); p.raw == "" {
			continue
		}
		if len(p.doc.Lines) == limit {
			p.errs.add(&ParseError{number, 1, p.raw, fmt.Errorf("%w: too many lines", ErrLimit)})
			break
		}
		p.doc.Lines = append(p.doc.Lines, Line{})
		p.line = &p.doc.Lines[len(p.doc.Lines)-1]
		p.line.read(number, p.raw)
		p.parseLine()
		if p.tooMany(p.records) {
			break
		}
	}
	p.finish()
	return p.doc, p.errs.err()
}

// A parser knows whose the next line with a key is: headings and some keys
// begin a record, and the next one closes it.
type parser struct {
	doc    *Document
	line   *Line  // being parsed
	raw    string // the same as printed
	at     int    // index of the open adapter
	set    func(*parser, *Adapter, *Line) bool
	member bool // the next drive stands below the open volume

	records int // begun so far
	errs    Errors
}

func (p *parser) parseLine() {
	l := p.line
	switch {
	case l.isRule():
		return
	case l.Key == "Exit Code":
		p.exit(l.Value)
	case p.heading(l), l.Key != "" && p.key(l):
	case l.Key == "" && p.rebuild(l.Value):
	case p.complaint(l):
	case p.doc.taken == 0 && l.Key == "":
		p.doc.Preamble = append(p.doc.Preamble, l.Value)
		return
	default:
		p.doc.Extra = append(p.doc.Extra, *l)
		return
	}
	p.doc.taken++
}

// exit reads "0x00", with which the tool ends.
func (p *parser) exit(text string) {
	n, err := strconv.ParseUint(strings.TrimPrefix(text, "0x"), 16, 16)
	if err != nil {
		p.fail(text, ErrSyntax)
		return
	}
	p.doc.ExitCode = new(int(n))
}

// headings name an adapter; its number follows.
var headings = []string{"Adapter #", "Adapter: ", "Adapter ", "BBU status for Adapter: ", "PCI information for Controller ", "Number of enclosures on adapter "}

// heading takes a line that says which adapter is told of:
//
//	Adapter #0
//	Adapter 0 -- Virtual Drive Information:
func (p *parser) heading(l *Line) bool {
	body := l.Value
	switch first, _, _ := strings.Cut(l.Key, " "); first {
	case "":
	case "Adapter", "BBU", "PCI", "Number":
		body = l.text()
	default:
		return false
	}
	for _, start := range headings {
		digits, ok := strings.CutPrefix(body, start)
		if !ok {
			continue
		}
		digits, rest, _ := strings.Cut(digits, " ")
		n, err := strconv.ParseUint(digits, 10, 16)
		if err != nil || rest != "" && !strings.HasPrefix(trimLeft(rest), "--") {
			continue
		}
		p.open(int(n))
		return true
	}
	return false
}

// open makes an adapter the one that is told of.
func (p *parser) open(number int) {
	p.set, p.member = nil, false
	for i := range p.doc.Adapters {
		if p.doc.Adapters[i].Number == number {
			p.at = i
			return
		}
	}
	p.records++
	p.doc.Adapters = append(p.doc.Adapters, Adapter{Number: number, Line: p.line.Number})
	p.at = len(p.doc.Adapters) - 1
}

// adapter returns the open adapter; a text without its beginning is of the
// first one.
func (p *parser) adapter() *Adapter {
	if len(p.doc.Adapters) == 0 {
		p.open(0)
	}
	return &p.doc.Adapters[p.at]
}

// key takes a line with a key: it begins a record, or is of the open one.
func (p *parser) key(l *Line) bool {
	begins := true
	switch key := l.Key; {
	case key == "Enclosure Device ID":
		a := p.adapter()
		d := Drive{Enclosure: p.count(l.Value), Line: l.Number}
		if n := len(a.Volumes); p.member && n > 0 {
			d.Volume = a.Volumes[n-1].Number
		}
		a.Drives = append(a.Drives, d)
		p.set, p.member = (*parser).setDrive, false
	case key == "Virtual Drive" || key == "Virtual Disk" || key == "CacheCade Virtual Drive":
		digits, rest, _ := strings.Cut(l.Value, " ")
		a, v := p.adapter(), Volume{Number: p.count(digits), CacheCade: key[0] == 'C', Line: l.Number}
		if _, target, ok := strings.Cut(rest, "(Target Id: "); ok {
			v.Target = p.count(strings.TrimSuffix(target, ")"))
		}
		a.Volumes = append(a.Volumes, v)
		p.set = (*parser).setVolume
	case key == "BatteryType" || key == "BBU Firmware Status" && p.adapter().Battery == nil:
		p.adapter().Battery = &Battery{Type: word(l.Value), Line: l.Number}
		p.set = (*parser).setBattery
	case key == "BBU Firmware Status", key == "BBU GasGauge Status":
		return true // headings
	case strings.HasPrefix(key, "Enclosure ") && l.Value == "" && p.isNumber(key[len("Enclosure "):]):
		a := p.adapter()
		a.Enclosures = append(a.Enclosures, Enclosure{Line: l.Number})
		p.set = (*parser).setEnclosure
	default:
		begins = false
	}
	if begins {
		p.records++
		return true
	}
	if l.Key == "PD" && strings.HasSuffix(l.Value, "Information") {
		p.member = true
		return true
	}
	if len(p.doc.Adapters) == 0 {
		return false // before the first adapter
	}
	if p.set == nil {
		return p.setAdapter(p.adapter(), l)
	}
	return p.set(p, p.adapter(), l)
}

func (p *parser) isNumber(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// complaint takes what the tool says when it fails or has nothing to tell.
func (p *parser) complaint(l *Line) bool {
	body := l.text()
	for _, nothing := range []string{"No Virtual Drive Configured", "No Physical Drive", "No Virtual Drive configured"} {
		if strings.Contains(body, nothing) {
			return true
		}
	}
	for _, start := range []string{"Invalid input at or near token", "ERROR:", "Failed to ", "User specified controller is not present", "Controller is not present"} {
		if strings.HasPrefix(body, start) {
			if len(p.errs) == 0 { // the lines after the first say the same again
				p.fail(body, ErrTool)
			}
			return true
		}
	}
	return false
}

// finish draws from a drive's lines what none of them says alone, and says what
// the document is if it is none.
func (p *parser) finish() {
	for i := range p.doc.Adapters {
		a := &p.doc.Adapters[i]
		for j := range a.Drives {
			a.Drives[j].finish()
		}
		for j := range a.Volumes {
			a.Volumes[j].Level = levelOf(&a.Volumes[j])
		}
		if a.Battery != nil {
			a.Battery.finish()
		}
	}
	if p.doc.taken > 0 || len(p.errs) > 0 {
		return
	}
	e := &ParseError{Line: 1, Column: 1, Err: ErrFormat}
	if len(p.doc.Lines) > 0 {
		l := &p.doc.Lines[0]
		e.Line, e.Column, e.Text = l.Number, l.Indent+1, l.text()
	}
	p.errs.add(e)
}

// fail reports text, which is a part of the line being parsed.
func (p *parser) fail(text string, err error) {
	p.errs.add(&ParseError{p.line.Number, max(strings.LastIndex(p.raw, text), 0) + 1, text, err})
}

// maxRecords caps the records of a document, which take more memory than the
// lines they are made of.
const maxRecords = 1 << 14

// tooMany reports a document with more records than that.
func (p *parser) tooMany(records int) bool {
	if records <= maxRecords {
		return false
	}
	p.fail(p.line.text(), fmt.Errorf("%w: too many records", ErrLimit))
	return true
}
