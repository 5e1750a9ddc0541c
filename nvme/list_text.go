// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"slices"
	"strings"
)

// readText reads the tables of list and the tree of list-subsys. What is in
// neither is another program's noise.
func (r *listReader) readText() {
	var table *table
	for i, line := range r.text.Lines {
		text := strings.TrimSpace(line.Text)
		if strings.Contains(text, "No NVMe devices") {
			r.known++
		}
		switch {
		case text == "":
			table = nil
		case isHeader(text):
			table = newTable(line, r.text.Lines[i+1:])
			r.known++
		case table != nil && isRule(text):
		case table != nil:
			if !r.takeRow(table, line.Text) {
				r.failLine(line, line.Text, ErrSyntax)
			}
		case !r.takeBranch(line.Text):
			r.failLine(line, line.Text, ErrSyntax)
		}
	}
}

// isHeader tells the header of a table by the columns that its rows are read
// by.
func isHeader(text string) bool {
	words := strings.Fields(text)
	columns := strings.Join(words, " ")
	switch words[0] {
	case "Node":
		return strings.Contains(columns, " SN Model ")
	case "Subsystem":
		return strings.HasPrefix(columns, "Subsystem Subsystem-NQN")
	case "Device":
		return strings.Contains(columns, " SN MN FR ") || strings.Contains(columns, " NSID ")
	}
	return false
}

// isRule tells the line of dashes under a header.
func isRule(text string) bool { return strings.Trim(text, "- ") == "" }

// A table is the header of a table: the columns' names, and where they start
// according to the line of dashes. There are no starts without such a line.
type table struct {
	names  []string
	starts []int
}

func newTable(header Line, rest []Line) *table {
	t := &table{names: strings.Fields(strings.ReplaceAll(header.Text, "FW Rev", "FW"))}
	if len(rest) == 0 || !isRule(strings.TrimSpace(rest[0].Text)) {
		return t
	}
	for i := range len(rest[0].Text) {
		if rest[0].Text[i] == '-' && (i == 0 || rest[0].Text[i-1] == ' ') {
			t.starts = append(t.starts, i)
		}
	}
	return t
}

// has reports whether the table has a column.
func (t *table) has(name string) bool { return slices.Contains(t.names, name) }

// cells cuts a row at the starts of the columns. It is not ok if a cell runs
// over the next column, as wide values and misprinted headers make them.
func cells(row string, starts []int) (list []string, ok bool) {
	for i, start := range starts {
		if start > 0 && (start > len(row) || row[start-1] != ' ') {
			return nil, false
		}
		end := len(row)
		if i+1 < len(starts) {
			end = min(end, starts[i+1])
		}
		list = append(list, row[start:end])
	}
	return list, true
}

// cells cuts the beginning of a row. Its last cells, which may hold blanks, are
// the serial number and the model, with more three to the firmware. Some
// versions print a wider header than rows: then the row's first column is 8
// wide.
func (t *table) cells(head string, last int) (list []string, ok bool) {
	n := t.index(last)
	if len(t.starts) < n || n < 2 {
		return nil, false
	}
	starts := t.starts[:n]
	if list, ok := cells(head, starts); ok {
		return list, true
	}
	narrow := []int{0}
	for _, start := range starts[1:] {
		narrow = append(narrow, start-starts[1]+9)
	}
	return cells(head, narrow)
}

// index returns how many columns there are up to the model, or to the firmware.
func (t *table) index(last int) int {
	if last == 2 {
		return 1 + slices.Index(t.names, "Model")
	}
	return 1 + slices.Index(t.names, "FR")
}

// words cuts the beginning of a row where blanks are all there is to go by: a
// serial number is taken for a word, and the model for what is left.
func (t *table) words(head string, last int) []string {
	var list []string
	for range t.index(last) - last + 1 {
		var word string
		word, head = nextWord(head)
		list = append(list, word)
	}
	if last == 2 {
		return append(list, head)
	}
	model, firmware := lastWord(head)
	return append(list, model, firmware)
}
