// SPDX-License-Identifier: Apache-2.0

package arcconf

import (
	"fmt"
	"slices"
	"strings"
)

// Parse parses the output of arcconf GETCONFIG, GETSTATUS or LIST.
//
// It reads to the end whatever it meets. If some lines make no sense, it
// returns the rest of the document together with an [Errors] that names them.
// The document is never nil and does not share memory with data. It is of one
// controller: a second one is an error, and its lines are in Extra.
func Parse(data []byte) (*Document, error) { return whole(data, parse) }

func parse(text string) (*Document, error) {
	p := parser{doc: new(Document), dev: -1, set: (*parser).setOutside}
	p.doc.Lines = newLines(strings.Count(text, "\n")+1, text)
	number, limit := 0, maxLines(text)
	for text != "" {
		p.left = len(text)
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
		if p.tooMany(len(d.Drives) + len(d.Volumes) + len(d.Enclosures) + len(d.Connectors) + len(d.Arrays) + len(d.Tasks)) {
			break
		}
	}
	p.finish()
	return p.doc, p.errs.err()
}

// A parser knows what the next line with a key adds to. Headings stand alone
// in their lines and change that. Keys and headings are compared in small
// letters, since versions differ in capitals.
type parser struct {
	doc  *Document
	line *Line  // being parsed
	raw  string // the same as printed
	set  func(p *parser, l *Line, key []byte) bool
	dev  int  // number of the device whose kind is not known yet, -1 for none
	seen bool // something was understood
	errs Errors
	buf  [64]byte
	left int   // bytes of the text from this line on
	ints []int // room for numbers that are pointed at

	isDevice bool // the open record is a device, and no enclosure
	other    bool // another controller's configuration has begun
}

// begun tells whether a controller's configuration is being read: a second one
// is not its.
func (p *parser) begun() bool {
	return p.doc.Controller != nil && len(p.doc.Volumes)+len(p.doc.Drives) > 0
}

// fold returns a text in small letters, cut where it is longer than any key.
func (p *parser) fold(text string) []byte {
	n := min(len(text), len(p.buf))
	for i := range n {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		p.buf[i] = c
	}
	return p.buf[:n]
}

func (p *parser) parseLine() {
	l := p.line
	switch {
	case p.other:
		p.doc.Extra = append(p.doc.Extra, *l)
	case l.isRule():
	case l.Key == "" && p.begun() && string(p.fold(l.Value)) == "controller information":
		p.other = true
		p.fail(l.Value, ErrSyntax)
	case l.Key == "" && p.heading(l.Value):
		p.seen = true
	case l.Key != "" && p.key(l):
		p.seen = true
		p.doc.taken++
	case !p.seen:
		p.doc.Preamble = append(p.doc.Preamble, l.text())
	default:
		p.doc.Extra = append(p.doc.Extra, *l)
	}
}

// key takes a line with a key.
func (p *parser) key(l *Line) bool {
	key := p.fold(l.Key)
	if string(key) == "controllers found" {
		p.doc.ControllersFound = p.count(l.Value)
		p.set = (*parser).setOutside
		return true
	}
	if p.dev >= 0 {
		p.openDrive()
		key = p.fold(l.Key)
	}
	if p.set == nil {
		return false
	}
	return p.set(p, l, key)
}

// heading takes a line without a key that begins or ends something.
func (p *parser) heading(text string) bool {
	name, number := numbered(text)
	switch string(p.fold(name)) {
	case "logical device number", "logical drive number":
		p.doc.Volumes = append(p.doc.Volumes, Volume{Number: number, Line: p.line.Number})
		p.set = (*parser).setVolume
	case "maxcache device number":
		p.doc.Volumes = append(p.doc.Volumes, Volume{Number: number, MaxCache: true, Line: p.line.Number})
		p.set = (*parser).setVolume
	case "array number":
		p.doc.Arrays = append(p.doc.Arrays, Array{Number: number, Line: p.line.Number})
		p.set = (*parser).setArray
	case "device #":
		p.dev, p.isDevice = number, true
		p.set = (*parser).setDrive
	case "connector #", "lane #":
		p.doc.Connectors = append(p.doc.Connectors, Connector{Lane: name[0] == 'L', Number: number, Line: p.line.Number})
		p.set, p.isDevice = (*parser).setConnector, false
	case "phy #":
		p.openPHY(number)
	case "channel #", "initiator at scsi id":
	default:
		return p.sentence(text)
	}
	return true
}

// numbered takes "Logical device number 0" or "Channel #2:" apart.
func numbered(text string) (name string, number int) {
	text = strings.TrimSuffix(text, ":")
	i := len(text)
	for i > 0 && i > len(text)-9 && '0' <= text[i-1] && text[i-1] <= '9' {
		i--
	}
	for _, c := range []byte(text[i:]) {
		number = number*10 + int(c-'0')
	}
	return strings.TrimRight(text[:i], " "), number
}

// sentence takes a heading that is a title, or what the tool says.
func (p *parser) sentence(text string) bool {
	switch string(p.fold(text)) {
	case "controller information":
		p.set, p.isDevice = (*parser).setController, false
	case "controller battery information", "controller zmm information", "controller cache backup unit information", "supercap information", "green backup information":
		p.set = (*parser).setBackup
	case "temperature sensors information":
		p.set = (*parser).setSensor
	case "array information", "connector information", "lane information", "logical device information", "logical drive information", "physical device information", "maxcache information", "maxcache 2.0 information", "maxcache 3.0 information":
		p.set, p.isDevice = nil, false
	case "logical device segment information", "logical drive segment information", "array physical device information", "array logical device information":
		// what is open takes them
	case "device phy information", "lane sas phy information":
		p.openDrive()
	case "runtime error counters", "device error counters":
		p.openDrive()
		p.set = (*parser).setCounter
	case "status of enclosure", "status of enclosure services device", "pbsi", "mctp", "life-time temperature recorded":
	case "device is a hard drive":
		p.openDrive()
	case "device is an enclosure services device", "device is an enclosure":
		p.openEnclosure()
	case "logical device task:":
		p.doc.Tasks = append(p.doc.Tasks, Task{Line: p.line.Number})
		p.set = (*parser).setTask
	case "command completed successfully.":
		p.doc.Complete = true
	case "no logical devices configured", "no physical drives attached", "no maxcache array found", "no logical device configured":
	default:
		return p.complaint(text) || p.settings(text)
	}
	return true
}

// settings takes a title between the controller's own lines, such as "RAID
// Properties": what comes below is the controller's.
func (p *parser) settings(text string) bool {
	if p.doc.Controller == nil || p.isDevice || len(p.doc.Volumes) > 0 || len(p.doc.Drives) > 0 {
		return false
	}
	for _, end := range []string{"Properties", "Information", "Settings"} {
		if strings.HasSuffix(text, end) {
			p.set = (*parser).setController
			return true
		}
	}
	return false
}

// complaint takes what the tool says when it fails.
func (p *parser) complaint(text string) bool {
	if strings.HasPrefix(text, "Command aborted") && len(p.errs) > 0 {
		return true // said why above
	}
	for _, start := range []string{"Command failed", "Command aborted", "Invalid controller", "Controller is not", "Error"} {
		if strings.HasPrefix(text, start) {
			p.fail(text, ErrTool)
			return true
		}
	}
	return false
}

// openDrive begins the drive of the last "Device #", unless it is begun.
func (p *parser) openDrive() {
	if p.dev < 0 || !p.isDevice {
		return
	}
	if p.doc.Drives == nil {
		p.doc.Drives = make([]Drive, 0, p.left/driveBytes+1)
	}
	p.doc.Drives = append(p.doc.Drives, Drive{})
	d := &p.doc.Drives[len(p.doc.Drives)-1]
	d.Number, d.Line = p.dev, p.line.Number
	p.dev = -1
	p.set = (*parser).setDrive
}

// driveBytes is how much text there is about a drive.
const driveBytes = 800

func (p *parser) openEnclosure() {
	p.doc.Enclosures = append(p.doc.Enclosures, Enclosure{Number: max(p.dev, 0), Line: p.line.Number})
	p.dev, p.isDevice = -1, false
	p.set = (*parser).setEnclosure
}

// openPHY begins a link of what is open.
func (p *parser) openPHY(number int) {
	p.set = (*parser).setPHY
	phy := PHY{Number: number, Line: p.line.Number}
	switch d := p.doc; {
	case p.isDevice && len(d.Drives) > 0:
		last := &d.Drives[len(d.Drives)-1]
		last.PHYs = append(last.PHYs, phy)
	case len(d.Connectors) > 0:
		last := &d.Connectors[len(d.Connectors)-1]
		last.PHYs = append(last.PHYs, phy)
	default:
		p.set = nil
	}
}

// finish says what the document is if it is none, and draws from a drive's
// lines what none of them says alone.
func (p *parser) finish() {
	banner := func(l Line) bool { return strings.HasSuffix(l.Value, "IR Configuration Utility.") }
	if slices.ContainsFunc(p.doc.Lines[:min(3, len(p.doc.Lines))], banner) { // sas2ircu, which has some of the same keys
		p.doc, p.errs = &Document{Lines: p.doc.Lines}, nil
	}
	for i := range p.doc.Drives {
		p.finishDrive(&p.doc.Drives[i])
	}
	if p.seen && (p.doc.taken > 0 || p.doc.Complete) || len(p.errs) > 0 {
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
