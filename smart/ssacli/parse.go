// SPDX-License-Identifier: Apache-2.0

package ssacli

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Parse parses the output of ssacli, hpssacli or hpacucli.
//
// It reads to the end whatever it meets. If some lines make no sense, it
// returns the rest of the document together with an [Errors] that names them.
// The document is never nil and does not share memory with data.
func Parse(data []byte) (*Document, error) { return whole(data, parse) }

func parse(text string) (*Document, error) {
	p := parser{doc: new(Document), rest: text, lines: newLines(strings.Count(text, "\n")+1, text)}
	for p.next() {
		p.parseLine()
		if p.records > maxRecords {
			p.fail(p.line.text(), fmt.Errorf("%w: too many records", ErrLimit))
			break
		}
	}
	p.doc.Lines = p.lines
	p.finish()
	return p.doc, p.errs.err()
}

// A parser knows which block is open: lines that are indented more than its
// heading belong to it, others close it.
type parser struct {
	doc    *Document
	lines  []Line
	line   *Line  // being parsed
	raw    string // the same as printed
	rest   string // of the text, behind that line
	at     int    // number of that line, from 1
	ctrl   *Controller
	drives map[string]int // by name, in the controller's list
	set    func(p *parser, l *Line) bool
	indent int    // of the open block's heading
	array  string // open array's name, "" for unassigned drives
	group  string // open group of a volume's members
	deep   int    // indent of the group's heading
	parts  int    // indent of the open list of partitions, 0 for none
	last   int    // the open drive
	hba    bool   // in the section of HBA drives
	slots  bool   // a heading named a slot
	headed bool   // a heading named an array, a drive or the like
	fresh  bool   // the open block is a drive's, and has no line yet
	flat   bool   // the text has lost its indents: nobody knows whose a line is

	records int   // begun so far
	counts  []int // room for numbers that are pointed at
	errs    Errors
}

// next goes to the next line that is not blank, and takes it apart.
func (p *parser) next() bool {
	for p.rest != "" {
		p.at++
		if p.raw, p.rest = cutLine(p.rest); p.raw == "" {
			continue
		}
		n := len(p.lines)
		if n == cap(p.lines) { // there was room for as many as there may be
			p.errs.add(&ParseError{p.at, 1, p.raw, fmt.Errorf("%w: too many lines", ErrLimit)})
			return false
		}
		p.lines = p.lines[:n+1]
		p.line = &p.lines[n]
		p.line.read(p.at, p.raw)
		return true
	}
	return false
}

func (p *parser) parseLine() {
	l := p.line
	if l.Indent > 0 && l.Key != "" && p.ctrl != nil { // most lines
		switch {
		case isHeading(l.Key) && p.heading(l):
			p.headed = true
		case p.key(l):
			p.doc.taken++
		default:
			p.doc.Extra = append(p.doc.Extra, *l)
		}
		return
	}
	switch {
	case l.Indent == 0 && p.message(l):
	case l.Indent == 0 && p.controller(l):
	case p.doc.Messages != nil && p.ctrl == nil && l.Indent > 0:
		p.doc.Messages = append(p.doc.Messages, l.text()) // goes on
	case p.ctrl == nil && l.Indent == 0:
		p.doc.Preamble = append(p.doc.Preamble, l.text())
	case p.heading(l):
		p.headed = true
	case p.repeats(l): // above each drive of a list, in some versions
	case p.row(l), p.key(l):
		p.doc.taken++
	default:
		p.doc.Extra = append(p.doc.Extra, *l)
	}
}

// message takes what the tool says beside its answer.
func (p *parser) message(l *Line) bool {
	switch text := l.text(); {
	case l.Key == "Error" && strings.Contains(l.Value, "does not have any"):
		// an answer
	case l.Key == "Error" && strings.Contains(l.Value, "No controllers detected"):
		p.fail(l.Value, ErrNoController)
	case l.Key == "Error":
		p.fail(l.Value, ErrTool)
	case strings.HasSuffix(l.Key, "REQUIRED"), strings.HasPrefix(text, "Note:"), strings.HasPrefix(text, "Warning:"):
	default:
		return false
	}
	p.doc.Messages = append(p.doc.Messages, l.text())
	return true
}

// controller takes the heading of a controller, such as
//
//	Smart HBA H240ar in Slot 0 (Embedded) (RAID Mode)  (sn: PDNLN0BRH8O054)
func (p *parser) controller(l *Line) bool {
	model, rest, ok := strings.Cut(l.Value, " in ")
	if l.Key != "" || !ok || !isController(model, rest) {
		return false
	}
	var serial, mode string
	embedded := false
	for strings.HasSuffix(rest, ")") {
		i := strings.LastIndexByte(rest, '(')
		if i < 0 {
			break
		}
		switch note := rest[i+1 : len(rest)-1]; {
		case strings.HasPrefix(note, "sn: "):
			serial = note[len("sn: "):]
		case note == "Embedded":
			embedded = true
		case strings.HasSuffix(note, " Mode"):
			mode = strings.TrimSuffix(note, " Mode")
		}
		rest = trimRight(rest[:i])
	}
	slot, ok := strings.CutPrefix(rest, "Slot ")
	p.slots = p.slots || ok
	p.open(p.setterOf(l))
	p.array = ""
	p.hba = mode == "HBA"
	if p.ctrl != nil && p.ctrl.Model == model && p.ctrl.Slot == slot {
		return true // the same, asked for something else
	}
	p.addController()
	c := p.ctrl
	c.Model, c.Slot, c.Serial, c.Mode, c.Embedded = model, slot, serial, mode, embedded
	return true
}

// isController tells the heading of a controller from other sentences: it is in a
// slot, or a box with drives of its own, "MSA1500 CS in MY STORAGE".
func isController(model, place string) bool {
	if strings.HasPrefix(model, "#") || strings.HasPrefix(model, "[") || strings.IndexFunc(model, unicode.IsControl) >= 0 {
		return false // a prompt, or what a terminal was told
	}
	return strings.HasPrefix(place, "Slot ") || strings.HasPrefix(model, "MSA")
}

// repeats reports whether a line names the open controller again.
func (p *parser) repeats(l *Line) bool {
	if p.ctrl == nil || p.ctrl.Model == "" || l.Key != "" {
		return false
	}
	rest, ok := strings.CutPrefix(l.Value, p.ctrl.Model)
	return ok && strings.HasPrefix(rest, " in Slot ")
}

func (p *parser) addController() {
	p.records++
	p.doc.Controllers = extend(p.doc.Controllers)
	p.ctrl = &p.doc.Controllers[len(p.doc.Controllers)-1]
	p.ctrl.Line = p.at
	p.drives, p.last = nil, 0
}

// extend appends a zero value. Where there is room for it, it writes nothing.
func extend[T any](list []T) []T {
	if len(list) == cap(list) {
		list = slices.Grow(list, 1)
	}
	return list[:len(list)+1]
}

// open closes the open block and begins another.
func (p *parser) open(set func(*parser, *Line) bool) {
	p.set, p.indent, p.fresh = set, p.line.Indent, false
	p.group, p.parts = "", 0
}

// heading reports whether a line begins a block below a controller, and
// enters it into its list.
func (p *parser) heading(l *Line) bool {
	set := p.setterOf(l)
	if set == nil && !isSection(l) {
		return false
	}
	if p.ctrl == nil { // a document without its beginning
		p.addController()
	}
	c := p.ctrl
	p.records++
	p.open(set)
	switch text := l.Value; {
	case l.Key == "Array":
		c.Arrays = append(c.Arrays, Array{Name: l.Value, Line: l.Number})
		p.array = l.Value
		p.doc.taken++
	case strings.HasPrefix(text, "array "):
		p.shortArray(text[len("array "):])
	case l.Key == "Logical Drive":
		c.Volumes = extend(c.Volumes)
		v := &c.Volumes[len(c.Volumes)-1]
		v.Number, v.Array, v.Line = p.number(l.Value), p.array, l.Number
		p.doc.taken++
	case l.Key == "Port Name":
		c.PortList = append(c.PortList, Port{Name: l.Value, Line: l.Number})
		p.doc.taken++
	case l.Key == "Sensor ID":
		c.Sensors = append(c.Sensors, Sensor{ID: l.Value, Line: l.Number})
		p.doc.taken++
	case strings.HasPrefix(text, "physicaldrive "):
		d := p.drive(text[len("physicaldrive "):])
		d.Array, d.Line = p.array, l.Number
		p.fresh = true
	case isSection(l):
		p.section(text)
	case isExpander(l.Value):
		c.Expanders = append(c.Expanders, Enclosure{Name: l.Value, Line: l.Number})
	default:
		p.enclosure(l.Value)
	}
	return true
}

// isHeading knows the keys that begin a block.
func isHeading(key string) bool {
	switch key {
	case "Array", "Logical Drive", "Port Name", "Sensor ID":
		return true
	}
	return false
}

// setterOf returns what takes the lines of the block that a line begins, nil
// if it begins none.
func (p *parser) setterOf(l *Line) func(*parser, *Line) bool {
	if l.Key != "" {
		switch l.Key {
		case "Array":
			return (*parser).setArray
		case "Logical Drive":
			return (*parser).setVolume
		case "Port Name":
			return (*parser).setPort
		case "Sensor ID":
			return (*parser).setSensor
		}
		return nil
	}
	switch {
	case strings.HasPrefix(l.Value, "physicaldrive ") && !strings.Contains(l.Value, "("):
		return (*parser).setDrive
	case isExpander(l.Value):
		return (*parser).setExpander
	case l.Indent > 0 && strings.Contains(l.Value, " at Port "):
		return (*parser).setEnclosure
	}
	return nil
}

// isExpander knows "Expander 378" and "SEP (Vendor ID HP, Model D3700) 377".
func isExpander(text string) bool {
	return strings.HasPrefix(text, "Expander ") || strings.HasPrefix(text, "Enclosure SEP ") || strings.HasPrefix(text, "SEP ")
}

// isSection knows the lines that say where the next drives belong.
func isSection(l *Line) bool {
	if l.Key != "" || l.Indent == 0 {
		return false
	}
	switch l.Value {
	case "Physical Drives", "None attached", "Unassigned", "unassigned", "HBA Drives":
		return true
	}
	return strings.HasPrefix(l.Value, "array ")
}

// section enters one of them.
func (p *parser) section(text string) {
	switch text {
	case "Unassigned", "unassigned":
		p.array, p.hba = "", false
	case "HBA Drives":
		p.array, p.hba = "", true
	}
}

// shortArray takes "A (SAS, Unused Space: 0  MB)" or "B (Failed)".
func (p *parser) shortArray(text string) {
	name, notes, _ := strings.Cut(text, " (")
	a := Array{Name: name, Line: p.line.Number}
	notes = strings.TrimSuffix(notes, ")")
	switch first, _, more := strings.Cut(notes, ", "); {
	case more:
		a.Interface = first
	default:
		a.StatusText = notes
	}
	p.ctrl.Arrays = append(p.ctrl.Arrays, a)
	p.array = name
	p.doc.taken++
}

// enclosure takes "Internal Drive Cage at Port 1I, Box 0, OK".
func (p *parser) enclosure(text string) {
	name, place, _ := strings.Cut(text, " at Port ")
	port, rest, _ := strings.Cut(place, ", Box ")
	box, status, _ := strings.Cut(rest, ", ")
	p.ctrl.Enclosures = extend(p.ctrl.Enclosures)
	e := &p.ctrl.Enclosures[len(p.ctrl.Enclosures)-1]
	e.Name, e.Port, e.Box, e.StatusText, e.Line = name, port, box, status, p.at
}

// drive finds the open controller's drive with a name, or begins it.
func (p *parser) drive(name string) *Drive {
	if i := p.find(name); i >= 0 {
		p.last = i
		return &p.ctrl.Drives[i]
	}
	p.records++
	if p.ctrl.Drives == nil {
		p.ctrl.Drives = make([]Drive, 0, max(len(p.rest)/driveBytes, 1))
	}
	p.last = len(p.ctrl.Drives)
	p.ctrl.Drives = extend(p.ctrl.Drives)
	d := &p.ctrl.Drives[p.last]
	d.Name, d.Line = name, p.line.Number
	if p.hba {
		d.TypeText = "HBA Mode Drive"
	}
	return d
}

// driveBytes is how much text there is about a drive, in detail.
const driveBytes = 800

// find returns the index of the open controller's drive with a name, -1 if there
// is none: it looks at each of a few, and has a map of many.
func (p *parser) find(name string) int {
	drives := p.ctrl.Drives
	if len(drives) <= 16 {
		for i := range drives {
			if drives[i].Name == name {
				return i
			}
		}
		return -1
	}
	if p.drives == nil {
		p.drives = make(map[string]int, 2*len(drives))
	}
	for i := len(p.drives); i < len(drives); i++ {
		p.drives[drives[i].Name] = i
	}
	if i, ok := p.drives[name]; ok {
		return i
	}
	return -1
}

// key takes a line with a key: what is open decides what it means.
func (p *parser) key(l *Line) bool {
	if (p.parts > 0 || l.Value == partitions) && p.partition(l) {
		return true
	}
	if l.Key == "" {
		return false
	}
	if p.ctrl == nil {
		p.addController()
	}
	if p.set != nil && l.Indent > p.indent {
		p.fresh = false
		return p.set(p, l)
	}
	if p.fresh && !p.flat { // a drive is never without lines
		p.flat = true
		p.fail(l.text(), errFlat)
	}
	if p.flat {
		return false
	}
	if !p.setController(l) {
		return false // of another program, or new: the block may go on
	}
	p.set = nil
	return true
}

// partitions is the heading of a volume's partitions.
const partitions = "Disk Partition Information"

// partition takes "Disk Partition Information" of a volume and the lines that
// are indented more.
func (p *parser) partition(l *Line) bool {
	switch {
	case l.Value == partitions && p.ctrl != nil && len(p.ctrl.Volumes) > 0 && p.set != nil:
		p.parts = l.Indent
		return true
	case p.parts == 0:
		return false
	case l.Indent <= p.parts:
		p.parts = 0
		return false
	}
	v := &p.ctrl.Volumes[len(p.ctrl.Volumes)-1]
	v.Partitions = append(v.Partitions, l.text())
	return true
}

// finish says what the document is if it is none, and what the drives' lines
// say together.
func (p *parser) finish() {
	for i := range p.doc.Controllers {
		c := &p.doc.Controllers[i]
		c.finish()
		for j := range c.Drives {
			c.Drives[j].finish()
		}
	}
	if p.slots || p.headed && p.doc.taken > 0 || len(p.errs) > 0 && p.doc.taken == 0 || len(p.doc.Messages) > 0 {
		return
	}
	p.doc.Controllers, p.errs = nil, nil // made of lines that are none of its
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
