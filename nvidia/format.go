// SPDX-License-Identifier: Apache-2.0

package nvidia

import "strings"

// Format prints the table as nvidia-smi does, with its header: the inverse of
// [ParseCSV] on the record layer.
func (t *Table) Format() []byte {
	var b strings.Builder
	for i, c := range t.Columns {
		if i > 0 {
			b.WriteString(separator)
		}
		b.WriteString(c.Name)
		if c.Unit != "" {
			b.WriteString(" [" + c.Unit + "]")
		}
	}
	b.WriteByte('\n')
	for _, row := range t.Rows {
		b.WriteString(strings.Join(row.Values, separator))
		b.WriteByte('\n')
	}
	return []byte(b.String())
}
