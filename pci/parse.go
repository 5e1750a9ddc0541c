// SPDX-License-Identifier: Apache-2.0

package pci

import "strings"

// These cap what one document may hold; the largest machines have some
// thousand functions.
const (
	maxDevices = 1 << 16
	maxLines   = 1 << 20
)

// Parse parses the output of lspci -vmm or -vm, with or without -n, -nn, -k
// and -D, alone or together.
//
// Parse reads to the end whatever it meets. If some lines make no sense, it
// returns the rest of the devices together with an [Errors] that names them.
// The list is never nil and does not share memory with data. A text that is
// something else, or empty, gives one [ErrFormat], and where lspci only says why it failed, one [ErrTool].
func Parse(data []byte) (*List, error) { return whole(data, parse) }

func parse(text string) (*List, error) {
	p := parser{text: text, list: new(List)}
	p.parseLines()
	p.interpret()
	return p.list, p.errs.err()
}

// A parser holds the position in the output. The first pass fills the fields
// and knows where each device begins; the second gives them meaning.
type parser struct {
	text   string
	list   *List
	fields []Field // of all devices, in order
	starts []start // where each device begins in fields
	full   Field   // the line at which a limit stopped the first pass
	slabs  slabs   // what the second pass cuts its small values from
	place  place   // how far the second pass has looked for an error's line
	errs   Errors
}

type start struct {
	field  int
	placed bool // the device has a slot
}

// parseLines is the first pass. A blank line ends a device, and so does the
// slot of the next one: some programs drop the blank lines.
func (p *parser) parseLines() {
	p.fields = make([]Field, 0, min(strings.Count(p.text, "\t"), maxLines))
	p.starts = make([]start, 0, 1+cap(p.fields)/8) // lspci prints some ten fields a device
	open, placed := false, false                   // a device is open; its slot was seen
	for rest, n := p.text, 1; rest != ""; n++ {
		var line string
		line, rest = cutLine(rest)
		key, value := splitLine(line)
		slot := isSlot(key, value)
		switch {
		case key == "" && trimLeft(value) == "":
			open = false
			continue
		case slot && (!open || placed), !open && isTag(key):
			if len(p.starts) == maxDevices {
				p.full = Field{key, value, n}
				return
			}
			p.starts = append(p.starts, start{field: len(p.fields)})
			open, placed = true, false
		}
		if len(p.fields)+len(p.list.Stray) == maxLines {
			p.full = Field{key, value, n}
			return
		}
		if !open || isMessage(key) { // standard error among the output cuts into devices
			p.list.Stray = append(p.list.Stray, Field{key, value, n})
			continue
		}
		p.fields = append(p.fields, Field{key, value, n})
		if slot {
			placed, p.starts[len(p.starts)-1].placed = true, true
		}
	}
}

// cutLine returns the first line of text, without its end, and the others.
func cutLine(text string) (line, rest string) {
	line = text
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		line, rest = text[:i], text[i+1:]
	}
	for line != "" && line[len(line)-1] == '\r' {
		line = line[:len(line)-1]
	}
	return line, rest
}

// splitLine splits a line like "Rev:\t02". lspci prints a tab; where the output
// was copied from a terminal there are blanks. A line without a tag is all value.
func splitLine(line string) (key, value string) {
	i := 0
	for i < len(line) && isTagByte(line[i]) {
		i++
	}
	if i > 0 && i < len(line) && line[i] == ':' {
		if value := trimLeft(line[i+1:]); len(value) < len(line)-i-1 || value == "" {
			return line[:i], value
		}
	}
	if trimmed := strings.TrimLeft(line, "\ufeff"); len(trimmed) < len(line) {
		return splitLine(trimmed)
	}
	return "", line
}

// trimLeft and trimRight do what the functions of package strings do for
// blanks and tabs, in a quarter of the time.
func trimLeft(s string) string {
	for s != "" && (s[0] == ' ' || s[0] == '\t') {
		s = s[1:]
	}
	return s
}

func trimRight(s string) string {
	for s != "" && (s[len(s)-1] == ' ' || s[len(s)-1] == '\t') {
		s = s[:len(s)-1]
	}
	return s
}

// isSlot reports whether a line says where a device sits. With -vm the tag is
// "Device", and the device's name follows under the same tag.
func isSlot(key, value string) bool {
	return key == "Slot" || key == "Device" && isAddress(value)
}

func isTagByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

// isTag reports whether lspci prints key (lspci.c, show_machine, and
// ls-kernel.c, show_kernel_machine; pciutils 3.1 to 3.15).
func isTag(key string) bool {
	switch key {
	case "Slot", "Class", "Vendor", "Device", "SVendor", "SDevice", "PhySlot", "Rev",
		"ProgIf", "Driver", "Module", "NUMANode", "DTNode", "IOMMUGroup":
		return true
	}
	return false
}
