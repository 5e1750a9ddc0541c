// SPDX-License-Identifier: Apache-2.0

package render

import "strings"

const (
	gap    = 2 // blanks between columns
	indent = 2 // blanks before what belongs to the line above
)

// table writes rows of cells in columns, the label beside the first. Columns
// that do not fit continue on another line below the second; nothing is cut.
// Columns that are empty in all rows take no room.
func (t *text) table(label string, margin int, rows [][]string) {
	widths := measure(rows)
	hang := margin + min(widths[0]+gap, t.width/4)
	for _, row := range rows {
		at, line := margin, strings.Repeat(" ", margin)
		for c, cell := range row {
			if widths[c] == 0 {
				continue
			}
			if at+width(cell) > t.width-labelWidth && at > hang {
				t.put(&label, line, hang)
				at, line = hang, strings.Repeat(" ", hang)
			}
			line += pad(cell, widths[c]+gap)
			at += widths[c] + gap
		}
		t.put(&label, line, hang)
	}
}

// put writes a line of a table, if there is anything on it. One that is too
// long, as with a name of a hundred letters, is broken.
func (t *text) put(label *string, line string, hang int) {
	line = strings.TrimRight(line, " ")
	if line == "" {
		return
	}
	lines := []string{line}
	if room := t.width - labelWidth; width(line) > room {
		lines = wrap(line, room-hang)
	}
	for i, line := range lines {
		if i > 0 {
			line = strings.Repeat(" ", hang) + line
		}
		t.line(*label, line)
		*label = ""
	}
}

// measure makes the cells harmless and measures the columns.
func measure(rows [][]string) []int {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			row[i] = clip(clean(strings.TrimSpace(cell)))
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], width(row[i]))
		}
	}
	return widths
}
