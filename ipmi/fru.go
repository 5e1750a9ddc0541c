// SPDX-License-Identifier: Apache-2.0

package ipmi

import (
	"slices"
	"strconv"
	"strings"
)

// A FRU is the text of "ipmitool fru print": the inventory of the machine's
// field-replaceable units, as the management controller knows it.
type FRU struct {
	Preamble []string    `json:"preamble,omitzero"` // lines of no device: those before the first, and messages that cut a line in two
	Records  []FRURecord `json:"records,omitzero"`  // one for each device, in printed order
}

// A FRURecord holds the lines of one FRU device.
type FRURecord struct {
	Name     string  `json:"name,omitzero"`     // "PS1 FRU", blanks kept
	ID       int     `json:"id"`                // FRU device ID, which is a byte; -1 where none was printed
	LUN      *int    `json:"lun,omitzero"`      // logical unit, which only Solaris prints
	Headless bool    `json:"headless,omitzero"` // "fru print ID" prints no heading: neither name nor ID
	Fields   []Field `json:"fields,omitzero"`
	Line     int     `json:"line,omitzero"` // of the heading, from 1
}

// heading is the key of each device's first line (ipmi_fru_print_all in
// lib/ipmi_fru.c).
const heading = "FRU Device Description"

// ParseFRU parses the output of "ipmitool fru print", with or without -v or a
// device's ID, and with the messages of standard error among it.
//
// A device that is absent or unreadable is data: its [FRUDevice] says so. The
// error, nil or an [Errors], names headings that make no sense and commands
// that failed as a whole. The value is never nil and does not share memory with
// data.
func ParseFRU(data []byte) (*FRU, error) { return whole(data, parseFRU) }

func parseFRU(text string) (*FRU, error) {
	list := new(FRU)
	p := fruParser{
		fru:    list,
		fields: make([]Field, 0, min(strings.Count(text, "\n")+1, len(text)/16+16, maxFields)),
	}
	headings, messages := scan(text)
	if headings > 0 {
		list.Records = make([]FRURecord, 0, min(headings, maxRecords))
	}
	if messages {
		p.mixer = &mixer{messages: &list.Preamble}
	}
	for rest := text; rest != ""; {
		p.line++
		var line string
		line, rest = cutLine(rest)
		if p.mixer != nil {
			line = p.mixer.next(line)
		}
		p.parseLine(line)
	}
	if p.mixer != nil {
		p.parseLine(p.mixer.rest())
	}
	p.close()
	if len(list.Records) == 0 && !slices.ContainsFunc(list.Preamble, isFRUMessage) {
		p.errs.foreign(text)
	}
	return list, p.errs.err()
}

// isFRUMessage reports whether a line is what ipmitool says instead of a device.
func isFRUMessage(line string) bool {
	return firstMessage(line) >= 0 || strings.Contains(line, "Device not present")
}

// A fruParser holds the position in the text. The fields of all devices lie in
// one slab; those from start on belong to the open device.
type fruParser struct {
	fru    *FRU
	mixer  *mixer // nil where no message cuts into a line
	fields []Field
	start  int
	open   bool // a device is open
	at     int  // of a device without a heading, where in order its last field stands

	headless int // devices without a heading behind the first
	line     int // line being parsed, from 1
	errs     Errors
}

func (p *fruParser) parseLine(line string) {
	if blank(line) {
		return
	}
	f := newField(line, p.line)
	if f.Key != "" && isOEMHeading(line[f.Indent:]) {
		f = Field{Value: line[f.Indent:], Indent: f.Indent, Line: p.line}
	}
	switch {
	case f.Key == heading:
		p.close()
		p.openDevice(line, f.Value)
	case p.open || p.opensHeadless(f):
		p.parts(line, &f)
		p.failed(line, &f)
		if len(p.fields) >= maxFields {
			p.fail(line, 0, ErrLimit)
			return
		}
		p.fields = appendField(p.fields, &f)
	default:
		p.failed(line, &f)
		p.fru.Preamble = append(p.fru.Preamble, line)
	}
}

// openDevice parses the name in a heading: "PS1 FRU (ID 1)". The FRU of a
// satellite controller has no ID, and its name is padded.
func (p *fruParser) openDevice(line, name string) {
	if len(p.fru.Records) >= maxRecords {
		p.fail(line, 0, ErrLimit)
		return
	}
	r := FRURecord{Name: name, ID: -1, Line: p.line}
	whole := strings.TrimRight(name, " \t") // some logs pad their lines
	if i := strings.LastIndex(whole, " (ID "); i >= 0 {
		if id, ok := headingNumber(whole[i+len(" (ID "):], ")"); ok {
			r.Name, r.ID = name[:i], id
		} else {
			p.fail(line, len(line)-len(name)+i+1, ErrSyntax)
		}
	} else if i := strings.LastIndex(whole, " (LUN "); i >= 0 {
		digits, rest, _ := strings.Cut(whole[i+len(" (LUN "):], " ID ")
		lun, ok := headingNumber(digits, "")
		id, ok2 := headingNumber(rest, ")")
		if ok && ok2 {
			r.Name, r.ID, r.LUN = name[:i], id, &lun
		} else {
			p.fail(line, len(line)-len(name)+i+1, ErrSyntax)
		}
	}
	p.fru.Records = append(p.fru.Records, r)
	p.open = true
}

// headingNumber parses a number of a heading as Format prints it, before end.
func headingNumber(s, end string) (int, bool) {
	digits, ok := strings.CutSuffix(s, end)
	n, err := strconv.ParseUint(digits, 10, 16)
	return int(n), ok && err == nil && (digits[0] != '0' || digits == "0")
}

// opensHeadless reports whether a line without a heading above it is of the
// device that "fru print ID" prints, and opens it.
func (p *fruParser) opensHeadless(f Field) bool {
	if f.Indent != 1 || len(p.fru.Records) > 0 {
		return false
	}
	word, _, _ := strings.Cut(f.Key+f.Value, " ")
	switch word {
	case "Chassis", "Board", "Product", "Memory", "SDRAM", "Device", "Power", "DC":
		p.openHeadless()
	}
	return p.open
}

func (p *fruParser) openHeadless() {
	p.fru.Records = append(p.fru.Records, FRURecord{ID: -1, Headless: true, Line: p.line})
	p.open, p.at = true, -1
}

// maxDevices caps the devices without a heading: a FRU device ID has eight bits.
const maxDevices = 256

// order is that in which the fields of a device are printed, those of which it has
// one (lib/ipmi_fru.c).
var order = []string{
	"Chassis Type", "Chassis Part Number", "Chassis Serial",
	"Board Mfg Date", "Board Mfg", "Board Product", "Board Serial", "Board Part Number",
	"Product Manufacturer", "Product Name", "Product Part Number", "Product Version", "Product Serial", "Product Asset Tag",
}

// parts begins another device where a field comes again or too late: several
// outputs of "fru print ID" have nothing else between them.
func (p *fruParser) parts(line string, f *Field) {
	if f.Indent != 1 || !p.fru.Records[len(p.fru.Records)-1].Headless {
		return
	}
	at := slices.Index(order, f.Key)
	if at < 0 {
		return
	}
	if at <= p.at {
		if p.headless++; p.headless == maxDevices {
			p.fail(line, 0, ErrLimit)
		}
		if p.headless >= maxDevices {
			return
		}
		p.close()
		p.openHeadless()
	}
	p.at = at
}

// close gives the open device its fields.
func (p *fruParser) close() {
	if p.open && len(p.fields) > p.start {
		p.fru.Records[len(p.fru.Records)-1].Fields = p.fields[p.start:len(p.fields):len(p.fields)]
	}
	p.start, p.open = len(p.fields), false
}

// failed reports a message that says that a command failed as a whole.
func (p *fruParser) failed(line string, f *Field) {
	if err := f.failure(); err != nil {
		p.fail(line, 0, err)
	}
}

// fail reports the text from column on, which counts from 0.
func (p *fruParser) fail(line string, column int, err error) {
	p.errs.add(&ParseError{Line: p.line, Column: column + 1, Text: line[column:], Err: err})
}

// Format returns the inventory as ipmitool prints it: the inverse of [ParseFRU].
func (f *FRU) Format() []byte {
	b := appendLines(nil, f.Preamble)
	for i := range f.Records {
		b = f.Records[i].format(b)
	}
	return b
}

func (r *FRURecord) format(b []byte) []byte {
	if !r.Headless {
		b = append(append(b, heading+" : "...), r.Name...)
		if r.ID >= 0 {
			b = append(b, " ("...)
			if r.LUN != nil {
				b = append(strconv.AppendInt(append(b, "LUN "...), int64(*r.LUN), 10), ' ')
			}
			b = append(b, "ID "...)
			b = append(strconv.AppendInt(b, int64(r.ID), 10), ')')
		}
		b = append(b, '\n')
	}
	for i := range r.Fields {
		width := 23
		if r.Fields[i].Indent == 2 { // inside a multi-record
			width = 29
		}
		b = r.Fields[i].appendLine(b, width)
	}
	if !r.Headless {
		b = append(b, '\n')
	}
	return b
}
