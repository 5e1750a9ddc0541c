// SPDX-License-Identifier: Apache-2.0

package pci

import (
	"math"
	"strconv"
	"strings"
)

// Slabs hold the small values of all devices, so that no device allocates.
type slabs struct {
	modules   []string
	nodes     []int
	addresses strings.Builder
}

// interpret is the second pass: it gives the fields their meaning, and reports
// in input order what has none.
func (p *parser) interpret() {
	p.place.rest = p.text
	p.list.Devices = make([]Device, len(p.starts))
	stray := p.list.Stray
	for i, s := range p.starts {
		end := len(p.fields)
		if i+1 < len(p.starts) {
			end = p.starts[i+1].field
		}
		d := &p.list.Devices[i]
		d.Fields = p.fields[s.field:end:end]
		d.Line = d.Fields[0].Line
		stray = p.reportStray(stray, d.Line, i > 0)
		if !s.placed {
			p.fail(&d.Fields[0], ErrNoSlot)
		}
		p.interpretDevice(d)
	}
	if len(p.starts) == 0 && len(stray) > 0 {
		p.failTool(stray)
	} else if len(p.starts) == 0 && p.full.Line == 0 {
		p.fail(&Field{Line: 1}, ErrFormat) // nothing at all
	} else {
		p.reportStray(stray, math.MaxInt, true)
	}
	if p.full.Line != 0 {
		p.fail(&p.full, ErrLimit)
	}
}

// reportStray reports the stray lines before a line, one error for each run of
// them, and returns the others. Before the first device they are not errors, and
// lspci's own messages never are.
func (p *parser) reportStray(stray []Field, before int, report bool) []Field {
	last := 0
	for len(stray) > 0 && stray[0].Line < before {
		if f := &stray[0]; report && !f.isMessage() {
			if f.Line != last+1 {
				p.fail(f, ErrOrphan)
			}
			last = f.Line
		}
		stray = stray[1:]
	}
	return stray
}

// failTool reports that the text holds no device: lspci says last why, or it is
// not its output at all.
func (p *parser) failTool(stray []Field) {
	if last := &stray[len(stray)-1]; last.isMessage() {
		p.fail(last, ErrTool)
		return
	}
	for i := range stray {
		if !stray[i].isMessage() {
			p.fail(&stray[i], ErrFormat)
			return
		}
	}
}

// isMessage reports whether f is a line that lspci or one of its libraries wrote to
// standard error.
func (f *Field) isMessage() bool { return isMessage(f.Key) }

func isMessage(key string) bool {
	switch key {
	case "lspci", "pcilib", "libkmod", "modprobe": // it asks the last two for the modules
		return true
	}
	return false
}

func (p *parser) interpretDevice(d *Device) {
	firstModule := len(p.slabs.modules)
	slot := false
	for i := range d.Fields {
		f := &d.Fields[i]
		v := trimRight(f.Value)
		if !slot && isSlot(f.Key, f.Value) {
			slot = true
			d.Address = p.address(f, v)
			continue
		}
		switch f.Key {
		case "Class":
			setFirst(&d.Class.Name, v)
		case "Vendor":
			setFirst(&d.Vendor.Name, v)
		case "Device":
			setFirst(&d.Device.Name, v)
		case "SVendor":
			setFirst(&d.SubsystemVendor.Name, v)
		case "SDevice":
			setFirst(&d.SubsystemDevice.Name, v)
		case "PhySlot":
			setFirst(&d.PhysicalSlot, v)
		case "Rev":
			setFirst(&d.Revision, p.hexByte(f, v))
		case "ProgIf":
			setFirst(&d.ProgIf, p.hexByte(f, v))
		case "Driver":
			setFirst(&d.Driver, v)
		case "Module":
			p.slabs.modules = append(p.slabs.modules, v)
		case "NUMANode":
			p.numaNode(d, f, v)
		case "DTNode":
			setFirst(&d.DeviceTreeNode, v)
		case "IOMMUGroup":
			setFirst(&d.IOMMUGroup, v)
		case "":
			p.fail(f, ErrSyntax)
		}
	}
	if n := len(p.slabs.modules); n > firstModule {
		d.Modules = p.slabs.modules[firstModule:n:n]
	}
	d.splitNames()
}

// setFirst keeps the first of several values for a tag that lspci prints once.
func setFirst(s *string, v string) {
	if *s == "" {
		*s = v
	}
}

// address returns the address in a slot with its domain, which lspci leaves
// out where all domains are 0 (without -D).
func (p *parser) address(f *Field, v string) string {
	a, ok := parseAddress(v)
	if !ok {
		p.fail(f, ErrSyntax)
		return ""
	}
	const full = len("0000:00:00.0")
	switch {
	case hasUpper(v), len(v) > full && v[0] == '0': // not lspci's way
		return a.String()
	case len(v) >= full:
		return v
	}
	b := &p.slabs.addresses
	if b.Len() == 0 {
		b.Grow(full * len(p.starts))
	}
	from := b.Len()
	b.WriteString("0000:")
	b.WriteString(v)
	return b.String()[from:]
}

func (p *parser) hexByte(f *Field, v string) string {
	if !isHex(v, 2) {
		p.fail(f, ErrSyntax)
		return ""
	}
	return v
}

// numaNode sets the device's node. The kernel's -1 is not a node; lspci does not
// print it.
func (p *parser) numaNode(d *Device, f *Field, v string) {
	n, err := strconv.Atoi(v)
	switch {
	case err != nil:
		p.fail(f, ErrSyntax)
	case n < -1:
		p.fail(f, ErrRange)
	case n >= 0 && d.NUMANode == nil:
		if p.slabs.nodes == nil {
			p.slabs.nodes = make([]int, 0, len(p.starts))
		}
		p.slabs.nodes = append(p.slabs.nodes, n)
		d.NUMANode = &p.slabs.nodes[len(p.slabs.nodes)-1]
	}
}

// A place is the line up to which the text was searched for errors' columns.
type place struct {
	rest string // the text from that line on
	line int    // counted from 0
}

// fail reports the value of a field, or the line that is not one. Fields come
// in input order, so that all searches together read the text once.
func (p *parser) fail(f *Field, cause error) {
	for ; p.place.line < f.Line-1; p.place.line++ {
		_, p.place.rest = cutLine(p.place.rest)
	}
	line, _ := cutLine(p.place.rest)
	text := trimLeft(f.Value)
	p.errs.add(&ParseError{Line: f.Line, Column: 1 + len(line) - len(text), Text: text, Err: cause})
}
