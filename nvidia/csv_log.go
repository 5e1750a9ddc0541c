// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"cmp"
	"fmt"
)

// Log reads the typed view of a table. Each row of --query-gpu is a GPU of the
// log. The rows of the other queries are about something of a GPU, and are
// gathered below the GPU that they name.
//
// The errors are of values that make no sense; their Path is the name of the
// column. A row with too many values is left out.
func (t *Table) Log() (*Log, error) {
	r := tableReader{decoder: &decoder{input: new(input), log: new(Log)}, table: t, gpus: make(map[string]int)}
	r.setters = make([]setter, len(t.Columns))
	scratch := &row{gpu: new(GPU)}
	for i, c := range t.Columns {
		r.setters[i] = columnSetter(r.decoder, c.Name, scratch)
		r.item = max(r.item, itemOf(c.Name))
	}
	if r.item == itemGPU {
		r.log.GPUs = make([]GPU, 0, min(len(t.Rows), maxGPUs))
	}
	for i := range t.Rows {
		if !r.readRow(&t.Rows[i]) {
			break
		}
	}
	r.log.Notes, r.log.Unreadable = t.Notes, unreadable(t.Notes)
	r.log.Driver = cmp.Or(r.log.Driver, r.log.KMD)
	return r.log, r.errs.err()
}

// Unknown returns the columns that no field stands for. Their values are in the
// rows.
func (t *Table) Unknown() []Column {
	d := &decoder{input: new(input), log: new(Log)}
	scratch := &row{gpu: new(GPU)}
	var unknown []Column
	for _, c := range t.Columns {
		if columnSetter(d, c.Name, scratch) == nil {
			unknown = append(unknown, c)
		}
	}
	return unknown
}

// A tableReader gives the values of a table to the fields of a log.
type tableReader struct {
	*decoder
	table   *Table
	setters []setter // of each column, nil for one that no field stands for
	item    item
	gpus    map[string]int // what the rows call a GPU: its place in the log
	row     row
	cell    Node
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

// readRow reads one row. It reports false at the limit of GPUs.
func (r *tableReader) readRow(line *Row) bool {
	values := line.Values
	switch n := len(r.setters); {
	case len(values) > n:
		return true
	case len(values) < n && len(values) > 0:
		values = values[:len(values)-1] // it may be cut
	}
	if r.row.gpu = r.rowGPU(values); r.row.gpu == nil {
		r.errs.add(&ParseError{Line: line.Line, Column: 1, Err: fmt.Errorf("%w: more than %d GPUs", ErrLimit, maxGPUs)})
		return false
	}
	r.gpu = r.row.gpu
	column := 1 + line.indent
	for i, v := range values {
		if r.setters[i] != nil {
			r.unit = r.table.Columns[i].Unit
			r.cell.Name, r.cell.Text = r.table.Columns[i].Name, trimSpace(v)
			r.cell.Line, r.cell.offset = line.Line, column
			r.setters[i](r.decoder, &r.row, &r.cell)
		}
		column += len(v) + len(separator)
	}
	if r.item != itemGPU {
		r.addItem()
		r.row = row{}
	}
	return true
}

// addItem gives what the row was about to its GPU.
func (r *tableReader) addItem() {
	g := r.row.gpu
	switch r.item {
	case itemProcess:
		g.Processes = append(g.Processes, r.row.process)
	case itemAccounted:
		g.AccountedProcesses = append(g.AccountedProcesses, r.row.accounted)
	case itemPage:
		pages := &g.RetiredPages.SingleBit
		if r.row.double {
			pages = &g.RetiredPages.DoubleBit
		}
		if r.row.page != (RetiredPage{}) {
			pages.Pages = append(pages.Pages, r.row.page)
		}
	}
}

// rowGPU returns the GPU that a row is about, nil beyond the limit.
func (r *tableReader) rowGPU(values []string) *GPU {
	key := ""
	if r.item != itemGPU {
		key = r.rowKey(values)
		if i, ok := r.gpus[key]; ok {
			return &r.log.GPUs[i]
		}
	}
	if len(r.log.GPUs) == maxGPUs {
		return nil
	}
	if r.item != itemGPU {
		r.gpus[key] = len(r.log.GPUs)
	}
	r.log.GPUs = append(r.log.GPUs, GPU{})
	return &r.log.GPUs[len(r.log.GPUs)-1]
}

// rowKey is what a row calls its GPU.
func (r *tableReader) rowKey(values []string) string {
	for _, name := range []string{"gpu_uuid", "gpu_bus_id", "gpu_serial", "gpu_name"} {
		for i, c := range r.table.Columns {
			if c.Name == name && i < len(values) {
				return values[i]
			}
		}
	}
	return ""
}
