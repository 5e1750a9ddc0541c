// SPDX-License-Identifier: Apache-2.0

package ipmi

import (
	"slices"
	"strings"
)

// An SDR is the text of "ipmitool sdr" or "ipmitool sensor": the sensor data
// repository, which lists sensors and where devices are.
type SDR struct {
	Preamble []string    `json:"preamble,omitzero"` // lines before the first record
	Records  []SDRRecord `json:"records,omitzero"`  // in printed order
}

// An SDRLayout tells how a record was printed, and so what its cells mean.
type SDRLayout string

// These are the layouts of a record.
const (
	SDRList      SDRLayout = "list"       // sdr list: name, reading, status
	SDRElist     SDRLayout = "elist"      // sdr elist: name, number, status, entity, reading
	SDRSensor    SDRLayout = "sensor"     // sensor: name, value, unit, status, six thresholds
	SDRListCSV   SDRLayout = "list-csv"   // sdr -c: name, value, unit, status
	SDRElistCSV  SDRLayout = "elist-csv"  // sdr -c, a discrete sensor or a locator: name, number, status, entity, states
	SDRSensorCSV SDRLayout = "sensor-csv" // sensor -c
	SDRVerbose   SDRLayout = "verbose"    // -v: a block of fields
	SDRText      SDRLayout = "text"       // no record: one line that is a message, or makes no sense
)

// An SDRRecord is one row of the list, or one block of the verbose output.
type SDRRecord struct {
	Layout SDRLayout `json:"layout"`
	Cells  []string  `json:"cells,omitzero"`  // a row's columns, blanks around them cut off
	Fields []Field   `json:"fields,omitzero"` // a block's lines
	Line   int       `json:"line,omitzero"`   // from 1
}

// ParseSDR parses the output of "ipmitool sdr [elist|list] [full|compact|all]"
// and "ipmitool sensor", each with or without -c or -v.
//
// The error, nil or an [Errors], names rows that make no sense and commands
// that failed as a whole. The value is never nil and does not share memory with
// data.
func ParseSDR(data []byte) (*SDR, error) { return whole(data, parseSDR) }

func parseSDR(text string) (*SDR, error) {
	p := sdrParser{sdr: new(SDR), limit: min(1<<9+len(text)/18, maxRecords)} // rows have some forty bytes, a sensor three hundred
	for rest := text; rest != ""; {
		p.line++
		var line string
		line, rest = cutLine(rest)
		p.parseLine(line)
	}
	if !slices.ContainsFunc(p.sdr.Records, func(r SDRRecord) bool { return r.Layout != SDRText }) {
		p.errs.foreign(text)
	}
	return p.sdr, p.errs.err()
}

// An sdrParser holds the position in the text.
type sdrParser struct {
	sdr   *SDR
	cells []string // slab that records take their cells from
	block bool     // the last record is a verbose block that is not ended
	total int      // fields of all blocks
	line  int      // line being parsed, from 1
	limit int      // of records
	errs  Errors
}

func (p *sdrParser) parseLine(line string) {
	if blank(line) {
		p.block = false
		return
	}
	f := newField(line, p.line)
	switch {
	case f.Indent == 0 && (f.Key == "Sensor ID" || f.Key == "Device ID") && strings.IndexByte(line, ':') > len("Device ID:"):
		p.add(SDRRecord{Layout: SDRVerbose, Fields: []Field{f}}, line)
		p.block = true
	case p.block:
		p.addField(f, line)
	case isRow(line):
		p.addRow(line)
	default:
		p.addCSV(line, &f)
	}
}

// isRow recognises a row of a table: its bars stand between blanks. Those of
// other tools' drawings do not.
func isRow(line string) bool {
	if !strings.Contains(line, " |") {
		return false
	}
	for rest := line; ; {
		i := strings.IndexByte(rest, '|')
		if i < 0 {
			return true
		}
		if rest = rest[i+1:]; rest != "" && rest[0] != ' ' {
			return false
		}
	}
}

// addField adds a line to the open block.
func (p *sdrParser) addField(f Field, line string) {
	if p.total++; p.total > maxFields {
		p.fail(line, ErrLimit)
		return
	}
	if text := line[f.Indent:]; f.Key != "" && text[0] == '[' { // an item of a list of states, which may hold a colon
		f = Field{Value: text, Indent: f.Indent, Line: f.Line}
	}
	r := &p.sdr.Records[len(p.sdr.Records)-1]
	r.Fields = append(r.Fields, f)
}

// addRow adds a row of columns: "PS1 Status       | 64h | ok  | 10.1 | Presence
// detected".
func (p *sdrParser) addRow(line string) {
	r := SDRRecord{}
	switch strings.Count(line, "|") {
	case 2:
		r.Layout = SDRList
	case 4:
		r.Layout = SDRElist
	case 9:
		r.Layout = SDRSensor
	default:
		p.fail(line, ErrSyntax)
		p.addText(line)
		return
	}
	if name, _, _ := strings.Cut(line, "|"); !isSensorName(strings.TrimRight(name, " ")) {
		p.fail(line, ErrSyntax)
		p.addText(line)
		return
	}
	start := len(p.cells)
	for cell := range strings.SplitSeq(line, "|") {
		if len(p.cells) > start {
			cell = strings.TrimLeft(cell, " ")
		}
		p.cells = append(p.cells, strings.TrimRight(cell, " \r"))
	}
	r.Cells = p.cells[start:len(p.cells):len(p.cells)]
	p.add(r, line)
}

// addCSV adds a row with commas, or a line that is not a row at all.
func (p *sdrParser) addCSV(line string, f *Field) {
	for {
		locator, rest, ok := cutLocator(line)
		if !ok {
			break
		}
		p.add(SDRRecord{Layout: SDRElistCSV, Cells: strings.Split(locator, ",")}, locator)
		line = rest
	}
	cells := strings.SplitN(line, ",", maxCells)
	layout, name := csvLayout(cells)
	if layout == SDRText {
		if err := f.failure(); err != nil {
			p.fail(line, err)
		}
		p.addText(line)
		return
	}
	if name > 1 { // the name has commas of its own
		cells = slices.Concat([]string{strings.Join(cells[:name], ",")}, cells[name:])
	}
	if !isSensorName(cells[0]) {
		p.fail(line, ErrSyntax)
		p.addText(line)
		return
	}
	if layout == SDRElistCSV && len(cells) > 5 { // so have the states
		cells = append(cells[:4], strings.Join(cells[4:], ","))
	}
	p.add(SDRRecord{Layout: layout, Cells: cells}, line)
}

// cutLocator cuts the row of a locator off the next one: up to 1.8.12 those of
// controllers end with nothing and those of FRUs with a comma, "BMC,00h,ok,46.1PS1
// FRU,00h,ns,10.1,CPU1 Temp,35,degrees C,ok".
func cutLocator(line string) (locator, rest string, ok bool) {
	at := strings.Index(line, ",00h,")
	if at <= 0 || !isSensorName(line[:at]) {
		return "", "", false
	}
	at += len(",00h,ok,")
	if at >= len(line) || line[at-3:at] != "ok," && line[at-3:at] != "ns," {
		return "", "", false
	}
	end := at + len(line[at:]) - len(strings.TrimLeft(line[at:], ".0123456789"))
	rest = strings.TrimPrefix(line[end:], ",")
	layout, _ := csvLayout(strings.SplitN(rest, ",", maxCells))
	return line[:end], rest, layout != SDRText && entity(line[at:end]) != nil
}

// isSensorName reports whether a name has the length that one can have, five bits
// (section 43.15, type/length byte), and no control character: what a log or a
// terminal puts before each line is none.
func isSensorName(name string) bool {
	return len(name) <= 31 && strings.IndexFunc(name, func(r rune) bool { return r < ' ' }) < 0
}

// maxCells caps the cells of a row with commas; the longest layout has 18.
const maxCells = 64

// csvLayout returns the layout of a row and the number of cells that make up
// its name, [SDRText] for a line that is not a row. The cells after the name are
// what tells the layouts apart.
func csvLayout(cells []string) (layout SDRLayout, name int) {
	for i := 1; i+2 < len(cells); i++ {
		if sensorNumber(cells[i]) != nil && sensorStatus(cells[i+1]) != "" {
			return SDRElistCSV, i
		}
	}
	for i := 1; i+2 < len(cells); i++ {
		switch rest := cells[i:]; {
		case len(rest) == 9 && (rest[1] == "discrete" || sensorStatus(rest[2]) != "" || rest[2] == "na"):
			return SDRSensorCSV, i
		case sensorStatus(rest[2]) != "":
			return SDRListCSV, i
		}
	}
	return SDRText, 0
}

// addText keeps a line that is not a record.
func (p *sdrParser) addText(line string) {
	if len(p.sdr.Records) == 0 {
		p.sdr.Preamble = append(p.sdr.Preamble, line)
		return
	}
	p.add(SDRRecord{Layout: SDRText, Cells: []string{line}}, line)
}

func (p *sdrParser) add(r SDRRecord, line string) {
	if len(p.sdr.Records) >= p.limit {
		p.fail(line, ErrLimit)
		return
	}
	r.Line = p.line
	p.sdr.Records = append(p.sdr.Records, r)
}

func (p *sdrParser) fail(line string, err error) {
	p.errs.add(&ParseError{Line: p.line, Column: 1, Text: line, Err: err})
}

// Format returns the text as ipmitool prints it: the inverse of [ParseSDR].
func (s *SDR) Format() []byte {
	b := appendLines(nil, s.Preamble)
	for i := range s.Records {
		b = s.Records[i].format(b)
	}
	return b
}

// Column widths of the layouts (lib/ipmi_sdr.c and lib/ipmi_sensor.c). The
// column after the last of these is not padded.
var (
	listWidths   = []int{17, 18}
	elistWidths  = []int{17, 4, 4, 5}
	sensorWidths = []int{17, 11, 11, 6, 10, 10, 10, 10, 10, 10}
)

func (r *SDRRecord) format(b []byte) []byte {
	switch r.Layout {
	case SDRList:
		return appendRow(b, r.Cells, listWidths)
	case SDRElist:
		entity := r.Cells[3]
		if len(entity) == len("7.1") { // the ID is padded to two digits
			entity = " " + entity
		}
		return appendRow(b, []string{r.Cells[0], r.Cells[1], r.Cells[2], entity, r.Cells[4]}, elistWidths)
	case SDRSensor:
		return appendRow(b, r.Cells, sensorWidths)
	case SDRVerbose:
		for i := range r.Fields {
			width := 23
			if strings.HasPrefix(r.Fields[i].Key, "Sensor Type (T") || strings.HasPrefix(r.Fields[i].Key, "Sensor Type (A") {
				width = 26 // ipmitool's own slip
			}
			b = r.Fields[i].appendLine(b, width)
		}
		return append(b, '\n')
	}
	return append(append(b, strings.Join(r.Cells, ",")...), '\n')
}

func appendRow(b []byte, cells []string, widths []int) []byte {
	for i, cell := range cells {
		if i > 0 {
			b = append(b, "| "...)
		}
		b = append(b, cell...)
		if i == 0 {
			b = appendBlanks(b, max(1, widths[i]-len(cell)))
		} else if i < len(widths) {
			b = appendBlanks(b, widths[i]-len(cell))
		}
	}
	return append(b, '\n')
}
