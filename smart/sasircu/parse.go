// SPDX-License-Identifier: Apache-2.0

package sasircu

import (
	"fmt"
	"slices"
	"strings"
)

// Parse parses the output of sas2ircu or sas3ircu, whichever of LIST, DISPLAY
// and STATUS it is.
//
// It reads to the end whatever it meets. If some lines make no sense, it
// returns the rest of the document together with an [Errors] that names them.
// The document is never nil and does not share memory with data. It is of one
// adapter: a second one is an error, and its lines are in Extra.
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
		d := p.doc
		if p.tooMany(len(d.Adapters) + len(d.Volumes) + len(d.Drives) + len(d.Others) + len(d.Enclosures) + len(d.Operations)) {
			break
		}
	}
	p.finish()
	return p.doc, p.errs.err()
}

// Format returns the lines as the tool prints them, without blank ones. It is
// the inverse of [Parse].
func (d *Document) Format() []byte { return appendLines(nil, d.Lines) }

// A parser knows what the next line may add to: a heading of a record opens
// it, and the next heading closes it.
type parser struct {
	doc  *Document
	line *Line  // being parsed
	raw  string // the same as printed
	set  func(p *parser, l *Line) bool
	rows bool // in the table of LIST

	other    bool // another adapter's answer has begun
	informed bool // "Controller information" was met

	errs Errors
}

func (p *parser) parseLine() {
	l := p.line
	switch {
	case p.other:
		p.doc.Extra = append(p.doc.Extra, *l)
	case l.Key == "" && (l.Value == "Controller information" && p.informed || p.doc.Title != "" && isTitle(l.Value)):
		p.other = true
		p.fail(l.Value, ErrSyntax)
	case l.isRule():
		p.rows = strings.Contains(l.Value, "--  --")
	case l.Key == "" && p.heading(l.Value):
		p.doc.taken++
	case l.Key != "" && p.setter()(p, l):
		p.doc.taken++
	case p.rows && l.Key == "" && p.adapter(l):
		p.doc.taken++
	case p.doc.taken == 0 && l.Key == "":
		p.doc.Preamble = append(p.doc.Preamble, l.Value)
	case strings.HasPrefix(l.Value, "Adapter ") || strings.HasPrefix(l.Value, "Index "):
		// the two lines above the table of LIST
	default:
		p.doc.Extra = append(p.doc.Extra, *l)
	}
}

// setter returns what takes the next line with a key. Where no record is
// open, as in a document without its beginning, it is the controller.
func (p *parser) setter() func(*parser, *Line) bool {
	if p.set == nil {
		return (*parser).setController
	}
	return p.set
}

// heading reads a line without a key that begins something.
func (p *parser) heading(text string) bool {
	switch {
	case isTitle(text):
		p.doc.Title = text
	case strings.HasPrefix(text, "Version ") && p.doc.Title != "":
		p.version(strings.TrimPrefix(text, "Version "))
	case strings.HasPrefix(text, "Copyright ") && p.doc.Title != "":
		p.doc.Copyright = text
	case strings.HasPrefix(text, "SAS") && strings.Contains(text[:min(len(text), 12)], "IRCU: "):
		_, message, _ := strings.Cut(text, ": ")
		p.message(message)
	case text == "Controller information":
		p.set, p.informed = (*parser).setController, true
	case text == "IR Volume information", text == "Physical device information":
		p.set = (*parser).setNothing
	case text == "Enclosure information":
		p.set = (*parser).setEnclosure
	case strings.HasPrefix(text, "Read configuration has been initiated for controller "),
		strings.HasPrefix(text, "Background command progress status for controller "):
		_, n, _ := strings.Cut(text, " for controller ")
		p.doc.Index = p.int(strings.TrimRight(n, "."))
		if text[0] == 'B' {
			p.set = (*parser).setNothing
		}
	case strings.HasPrefix(text, "IR volume "): // DISPLAY
		p.doc.Volumes = append(p.doc.Volumes, Volume{Number: p.number(text[len("IR volume "):]), Line: p.line.Number})
		p.set = (*parser).setVolume
	case strings.HasPrefix(text, "IR Volume "): // STATUS
		p.doc.Operations = append(p.doc.Operations, Operation{Volume: p.number(text[len("IR Volume "):]), Line: p.line.Number})
		p.set = (*parser).setOperation
	case strings.HasPrefix(text, "Initiator at ID"):
	case strings.HasPrefix(text, "Device is a"):
		p.device(text)
	default:
		return false
	}
	return true
}

// isTitle knows the first line of an output.
func isTitle(text string) bool { return strings.HasSuffix(text, "IR Configuration Utility.") }

// version reads "20.00.00.00 (2014.09.18)".
func (p *parser) version(text string) {
	version, date, _ := strings.Cut(text, " (")
	p.doc.Version, p.doc.Date = version, strings.TrimRight(date, ") ")
}

// message reads what stands behind "SAS3IRCU: ".
func (p *parser) message(text string) {
	switch {
	case strings.HasPrefix(text, "Utility Completed Successfully"):
		p.doc.Complete = true
	case strings.HasSuffix(text, "Completed Successfully."):
	case strings.HasPrefix(text, "there are no IR volumes"):
		p.doc.NoVolumes = true
	case p.doc.NoVolumes && strings.HasPrefix(text, "Error executing command"):
		// follows, and means no more than that
	case strings.HasPrefix(text, "MPTLib2 Error 1"):
		p.fail(text, ErrNoController)
	default:
		p.fail(text, ErrTool)
	}
}

// device opens the record of a device. What is not a disk stands apart.
func (p *parser) device(text string) {
	kind := strings.TrimPrefix(strings.TrimPrefix(text, "Device is a"), "n")
	d := Drive{Kind: strings.TrimSpace(kind), Line: p.line.Number}
	if strings.Contains(strings.ToLower(d.Kind), "dis") { // "Hard disk", "Solid State Disk"
		p.doc.Drives = append(p.doc.Drives, d)
		p.set = (*parser).setDrive
		return
	}
	p.doc.Others = append(p.doc.Others, d)
	p.set = (*parser).setOther
}

// isArcconf tells a line that arcconf begins with, or a piece of what it says of a
// drive.
func isArcconf(l Line) bool {
	const first = "controllers found:"
	return len(l.Value) >= len(first) && strings.EqualFold(l.Value[:len(first)], first) || strings.HasPrefix(l.Value, "Device #")
}

// finish puts together what was printed in pieces, and says what the document
// is if it is none.
func (p *parser) finish() {
	if l := p.doc.Lines; slices.ContainsFunc(l[:min(3, len(l))], isArcconf) { // which has some of the same keys
		p.doc, p.errs = &Document{Lines: l}, nil
	}
	d := p.doc
	for i := range d.Drives {
		d.Drives[i].finish()
	}
	for i := range d.Others {
		d.Others[i].finish()
	}
	if c := d.Controller; c != nil && c.known == 1<<len(c.pci)-1 {
		c.PCIAddress = pciAddress(c.pci)
	}
	if d.taken > 0 || len(p.errs) > 0 {
		return
	}
	e := &ParseError{Line: 1, Column: 1, Err: ErrFormat}
	if len(d.Lines) > 0 {
		e.Line, e.Column, e.Text = d.Lines[0].Number, d.Lines[0].Indent+1, d.Lines[0].text()
	}
	p.errs.add(e)
}

// fail reports text, which is a part of the line being parsed.
func (p *parser) fail(text string, err error) {
	p.errs.add(&ParseError{p.line.Number, strings.LastIndex(p.raw, text) + 1, text, err})
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
