// SPDX-License-Identifier: Apache-2.0

package nvme

// Format returns the text again: what ParseText reads from it is t.
func (t *Text) Format() []byte {
	var b []byte
	for _, line := range t.Lines {
		b = append(b, line.Text...)
		b = append(b, '\n')
	}
	return b
}
