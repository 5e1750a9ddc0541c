// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"fmt"
	"strings"
)

const (
	maxColumns = 1024    // --help-query-gpu of driver 610 lists about 240
	maxRows    = 1 << 16 // processes and pages can be many
)

// A Table is the record layer of CSV output: what was printed, as text.
type Table struct {
	Columns []Column
	Rows    []Row
	Log     *Log // the typed view
}

// A Column is one property that was asked for.
type Column struct {
	Name string // "memory.total", as in --query-gpu
	Unit string // "MiB"; "" if the header names none

	// Known says that the typed view has a field for it.
	Known bool
}

// A Row is one line of values.
type Row struct {
	Values []string // as printed, one for each column that the line reaches
	Line   int      // from 1
}

// Value returns what a row says of a column, "" if there is no such column.
func (t *Table) Value(row int, column string) string {
	for i, c := range t.Columns {
		if c.Name == column && i < len(t.Rows[row].Values) {
			return t.Rows[row].Values[i]
		}
	}
	return ""
}

// ParseCSV parses the output of nvidia-smi --query-gpu=… --format=csv, and of
// --query-compute-apps, --query-accounted-apps and --query-retired-pages.
//
// The header says which columns there are and in which units. Output printed
// with noheader has none: then columns are the names given to the query. A
// column that no field stands for is kept in the table.
//
// Each row of --query-gpu is a GPU of the log. The rows of the other queries are
// about something of a GPU, and are gathered below the GPU that they name.
//
// Lines of text between the rows, such as "Unable to determine the device handle
// for GPU…", become [Log.Notes]. The table and its log are never nil; the error
// is as of [Parse].
func ParseCSV(data []byte, columns ...string) (*Table, error) {
	in := &input{src: string(data)}
	d := &decoder{input: in, log: new(Log)}
	p := csvParser{decoder: d, table: &Table{Log: d.log}, gpus: make(map[string]int)}
	if len(columns) > 0 {
		p.setColumns(columns)
	}
	for line := range strings.Lines(in.src) {
		p.line++
		p.parseLine(line)
		p.offset += len(line)
	}
	if len(p.table.Columns) == 0 {
		in.explainNothing("no header of columns")
	}
	return p.table, in.finish(d.log)
}

// A csvParser holds the position in CSV output.
type csvParser struct {
	*decoder
	table   *Table
	setters []setter // of each column, nil for one that no field stands for
	item    item
	joined  int // the column that may hold the separator, -1 if none

	gpus   map[string]int // what the rows call a GPU: its place in the log
	row    row
	cell   Node
	cells  []string // values not yet used
	offset int      // of the line
	line   int
	full   bool
}

// A row is what one line is about.
type row struct {
	gpu       *GPU
	process   Process
	accounted AccountedProcess
	page      RetiredPage
	double    bool // the page was retired for a double bit error
}

// An item is what the lines of a query stand for.
type item uint8

const (
	itemGPU item = iota
	itemProcess
	itemAccounted
	itemPage
)

// itemOf returns what lines with such a column stand for, at least.
func itemOf(column string) item {
	switch column {
	case "retired_pages.address", "retired_pages.timestamp", "retired_pages.cause":
		return itemPage
	case "gpu_utilization", "gpu_util", "mem_utilization", "mem_util", "max_memory_usage", "time":
		return itemAccounted
	case "pid", "process_name", "used_gpu_memory", "used_memory":
		return itemProcess
	}
	return itemGPU
}

const separator = ", "

func (p *csvParser) parseLine(line string) {
	text := trimSpace(line)
	switch {
	case text == "" || p.full:
	case len(p.table.Columns) == 0 && isHeader(text):
		p.setColumns(strings.Split(text, separator))
	case len(p.table.Columns) == 0 || isMessage(text, len(p.table.Columns)):
		p.note(line, p.offset)
	case len(p.table.Rows) == maxRows:
		p.fail(p.offset, "", text, fmt.Errorf("%w: more than %d rows", ErrLimit, maxRows))
		p.full = true
	default:
		p.parseRow(text, p.offset+strings.Index(line, text))
	}
}

// isHeader tells "index, memory.used [MiB]" from messages printed before it:
// names have no blanks in them.
func isHeader(line string) bool {
	for name := range strings.SplitSeq(line, separator) {
		name, _ = cutUnit(name)
		if name == "" || strings.ContainsAny(name, " :'\"") {
			return false
		}
	}
	return true
}

// isMessage tells text from rows.
func isMessage(line string, columns int) bool {
	switch line[0] {
	case 'N', 'U', 'W', 'F':
		if isNoDriver(line) || isNoDevices(line) || strings.HasPrefix(line, "Unable to determine the device handle") ||
			strings.HasPrefix(line, "WARNING: ") {
			return true
		}
	}
	return columns > 1 && !strings.Contains(line, separator)
}

// cutUnit cuts "memory.used [MiB]" in two.
func cutUnit(name string) (string, string) {
	name = trimSpace(name)
	if before, unit, ok := strings.Cut(name, " ["); ok && strings.HasSuffix(unit, "]") {
		return before, unit[:len(unit)-1]
	}
	return name, ""
}

func (p *csvParser) setColumns(names []string) {
	if len(names) > maxColumns {
		p.fail(p.offset, "", "", fmt.Errorf("%w: more than %d columns", ErrLimit, maxColumns))
		p.full = true
		names = names[:maxColumns]
	}
	p.joined = -1
	scratch := &row{gpu: new(GPU)}
	for i, name := range names {
		name, unit := cutUnit(name)
		set := columnSetter(p.decoder, name, scratch)
		p.setters = append(p.setters, set)
		p.table.Columns = append(p.table.Columns, Column{name, unit, set != nil})
		p.item = max(p.item, itemOf(name))
		if name == "process_name" || name == "name" && p.joined < 0 {
			p.joined = i
		}
	}
	if n := strings.Count(p.src[p.offset:], "\n") + 1; p.item == itemGPU {
		p.log.GPUs = make([]GPU, 0, min(n, maxGPUs))
	}
}

func (p *csvParser) parseRow(line string, offset int) {
	values := p.split(line)
	p.table.Rows = append(p.table.Rows, Row{values, p.line})
	if len(values) != len(p.setters) {
		p.fail(offset, "", line, fmt.Errorf("%w: %d values in %d columns", ErrSyntax, len(values), len(p.setters)))
		if len(values) > len(p.setters) {
			return
		}
		values = values[:len(values)-1] // it may be cut
	}
	if p.row.gpu = p.rowGPU(values); p.row.gpu == nil {
		return
	}
	p.gpu = p.row.gpu
	for i, v := range values {
		if p.setters[i] != nil {
			p.unit = p.table.Columns[i].Unit
			p.cell = Node{Name: p.table.Columns[i].Name, Text: trimSpace(v), Line: p.line, offset: offset}
			p.setters[i](p.decoder, &p.row, &p.cell)
		}
		offset += len(v) + len(separator)
	}
	p.addItem()
}

// addItem gives what the row was about to its GPU.
func (p *csvParser) addItem() {
	g := p.row.gpu
	switch p.item {
	case itemProcess:
		g.Processes = append(g.Processes, p.row.process)
	case itemAccounted:
		g.AccountedProcesses = append(g.AccountedProcesses, p.row.accounted)
	case itemPage:
		pages := &g.RetiredPages.SingleBit
		if p.row.double {
			pages = &g.RetiredPages.DoubleBit
		}
		if p.row.page != (RetiredPage{}) {
			pages.Pages = append(pages.Pages, p.row.page)
		}
	}
	p.row = row{}
}

// split cuts a row into its values. The name of a process may hold the
// separator, which nvidia-smi does not quote.
func (p *csvParser) split(line string) []string {
	n := min(strings.Count(line, separator)+1, 2*maxColumns)
	if cap(p.cells)-len(p.cells) < n {
		p.cells = make([]string, 0, max(n, 1024))
	}
	start := len(p.cells)
	for range n - 1 {
		i := strings.Index(line, separator)
		p.cells = append(p.cells, line[:i])
		line = line[i+len(separator):]
	}
	p.cells = append(p.cells, line)
	values := p.cells[start:len(p.cells):len(p.cells)]
	extra := n - len(p.setters)
	if i := p.joined; extra > 0 && i >= 0 {
		name := strings.Join(values[i:i+extra+1], separator)
		values = append(append(values[:i:i], name), values[i+extra+1:]...)
	}
	return values
}

// rowGPU returns the GPU that a row is about, nil beyond the limit.
func (p *csvParser) rowGPU(values []string) *GPU {
	key := ""
	if p.item != itemGPU {
		key = p.rowKey(values)
		if i, ok := p.gpus[key]; ok {
			return &p.log.GPUs[i]
		}
	}
	if len(p.log.GPUs) == maxGPUs {
		p.fail(p.offset, "", key, fmt.Errorf("%w: more than %d GPUs", ErrLimit, maxGPUs))
		p.full = true
		return nil
	}
	if p.item != itemGPU {
		p.gpus[key] = len(p.log.GPUs)
	}
	p.log.GPUs = append(p.log.GPUs, GPU{})
	return &p.log.GPUs[len(p.log.GPUs)-1]
}

// rowKey is what a row calls its GPU.
func (p *csvParser) rowKey(values []string) string {
	for _, name := range []string{"gpu_uuid", "gpu_bus_id", "gpu_serial", "gpu_name"} {
		for i, c := range p.table.Columns {
			if c.Name == name && i < len(values) {
				return values[i]
			}
		}
	}
	return ""
}
