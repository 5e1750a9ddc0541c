// SPDX-License-Identifier: Apache-2.0

package dmsetup

import (
	"cmp"
	"fmt"
	"strings"
)

// Parse parses the output of dmsetup status, of all devices or of one.
//
// It reads to the end whatever it meets. If some lines make no sense, it
// returns the rest together with an [Errors] that names them. The status is
// never nil and does not share memory with data. It is of one run: where a second
// one begins is an error, and its lines are in Extra.
func Parse(data []byte) (*Status, error) { return whole(data, parse) }

func parse(text string) (*Status, error) {
	lines := strings.Count(text, "\n") + 1
	p := parser{status: new(Status), room: min(lines, 16+len(text)/24, 1<<12)} // a segment has some thirty bytes
	p.status.Lines = newLines(lines, text)
	number, limit := 0, maxLines(text)
	for text != "" {
		number++
		if p.raw, text = cutLine(text); p.raw == "" {
			continue
		}
		if len(p.status.Lines) == limit {
			p.errs.add(&ParseError{number, 1, p.raw, fmt.Errorf("%w: too many lines", ErrLimit)})
			break
		}
		p.status.Lines = append(p.status.Lines, Line{})
		p.line = &p.status.Lines[len(p.status.Lines)-1]
		p.line.read(number, p.raw)
		p.parseLine()
		if p.records > maxRecords {
			p.fail(fmt.Errorf("%w: too many records", ErrLimit))
			break
		}
	}
	p.finish()
	return p.status, p.errs.err()
}

// Format returns the lines as dmsetup prints them, without blank ones. It is the
// inverse of [Parse].
func (s *Status) Format() []byte { return appendLines(nil, s.Lines) }

// maxRecords caps the devices and segments, which take more memory than the lines
// they are made of.
const maxRecords = 1 << 16

// A parser holds the line being parsed.
type parser struct {
	status  *Status
	line    *Line
	raw     string          // the line as printed
	seen    map[string]bool // names of devices
	name    string          // of those whose lines do not begin with it
	end     uint64          // of the last segment, in sectors
	gap     bool            // behind it is a line that could not be read
	room    int             // for how many devices and segments
	slab    []Segment       // of which those of devices are slices
	records int
	taken   bool // a line was a segment
	failed  bool // dmsetup said so
	other   bool // another output has begun
	errs    Errors
}

func (p *parser) parseLine() {
	l, s := p.line, p.status
	switch {
	case p.other:
		s.Extra = append(s.Extra, *l)
	case l.Key == "" && l.Value == "No devices found":
		s.NoDevices = true
		p.begins(s.Devices == nil)
	case l.Key != "" && l.Value == "":
		if p.begins(!s.NoDevices && !p.seen[l.Key]) {
			p.open(l.Key)
		}
	case isSegment(l.Value):
		p.segment()
	case l.Key == "Name": // with -v all that is said of a device stands below it
		p.name = l.Value
	case l.Key != "" && isLikeSegment(l.Value) && s.Devices != nil:
		p.gap = true
		p.fail(ErrSyntax)
	case isFailure(l.text()) && !p.failed:
		p.failed = true
		p.fail(ErrTool)
	case s.Devices == nil && !s.NoDevices:
		s.Preamble = append(s.Preamble, l.text())
	default:
		s.Extra = append(s.Extra, *l)
	}
}

// begins tells whether a line begins something of this output. Where it cannot,
// another output has begun.
func (p *parser) begins(fits bool) bool {
	if !fits {
		p.other = true
		p.fail(ErrSyntax)
	}
	return fits
}

// open begins a device.
func (p *parser) open(name string) {
	if p.seen == nil {
		p.seen, p.slab = make(map[string]bool, p.room), make([]Segment, 0, p.room)
		p.status.Devices = make([]Device, 0, p.room)
	}
	p.seen[name], p.gap = name != "", false
	p.status.Devices = append(p.status.Devices, Device{Name: name, Line: p.line.Number})
	p.records++
}

// segment reads "0 2048 linear ", and opens the device that it is the first of.
func (p *parser) segment() {
	l, s := p.line, p.status
	p.taken = true
	c := cursor{text: l.Value}
	seg := Segment{StartSectors: c.uint(), LengthSectors: c.uint(), Target: c.need(), Line: l.Number}
	if c.err != nil {
		p.gap = true
		p.failAt(&c)
		return
	}
	seg.Params = trimLeft(c.text[c.at:])
	n, name := len(s.Devices), cmp.Or(l.Key, p.name)
	switch follows := p.gap || seg.StartSectors == p.end; {
	case n > 0 && s.Devices[n-1].Name == name && follows && s.Devices[n-1].Segments != nil:
	case !p.begins(!s.NoDevices && !p.seen[name]):
		return
	default:
		p.open(name)
		n++
	}
	seg.read(&c)
	if c.err != nil {
		p.failAt(&c)
	}
	d := &s.Devices[n-1]
	if d.Segments == nil {
		p.slab = append(p.slab, seg)
		d.Segments = p.slab[len(p.slab)-1 : len(p.slab) : len(p.slab)]
	} else {
		d.Segments = append(d.Segments, seg)
	}
	p.end, p.gap = seg.StartSectors+seg.LengthSectors, false
	p.records++
}

// read reads what the target says, if it is one of those whose words are known.
func (s *Segment) read(c *cursor) {
	switch {
	case s.Params == "":
	case s.Target == "raid":
		s.RAID = c.raid()
	case s.Target == "mirror":
		s.Mirror = c.mirror()
	case s.Target == "multipath":
		s.Multipath = c.multipath()
	case s.Target == "cache":
		s.Cache = c.cache()
	case s.Target == "thin-pool":
		s.ThinPool = c.thinPool()
	}
	if c.err != nil {
		s.RAID, s.Mirror, s.Multipath, s.Cache, s.ThinPool = nil, nil, nil, nil, nil
	}
}

// isFailure knows the sentences with which dmsetup says that it failed.
func isFailure(text string) bool {
	for _, head := range []string{
		"Command failed", "Device does not exist", "/dev/mapper/control: ", "device-mapper: ",
		"Failure to communicate with kernel device-mapper driver", "Incompatible libdevmapper ",
	} {
		if strings.HasPrefix(text, head) {
			return true
		}
	}
	return false
}

// finish says what the text is if it is no output of dmsetup. Lines that end with a
// colon are in many texts.
func (p *parser) finish() {
	s := p.status
	if s.NoDevices || p.taken {
		return
	}
	*s = Status{Lines: s.Lines}
	if p.failed {
		return
	}
	p.errs = nil
	e := &ParseError{Line: 1, Column: 1, Err: ErrFormat}
	if len(s.Lines) > 0 {
		e.Line, e.Column, e.Text = s.Lines[0].Number, s.Lines[0].Indent+1, s.Lines[0].text()
	}
	p.errs.add(e)
}

// fail reports the line being parsed.
func (p *parser) fail(err error) {
	p.errs.add(&ParseError{p.line.Number, p.line.Indent + 1, p.raw[p.line.Indent:], err})
}

// failAt reports the word at which a cursor over the line's value stopped.
func (p *parser) failAt(c *cursor) {
	p.errs.add(&ParseError{p.line.Number, len(p.raw) - len(p.line.Value) + c.from + 1, c.word, c.err})
}
