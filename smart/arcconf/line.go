// SPDX-License-Identifier: Apache-2.0

package arcconf

import "strings"

// A Line is one line that was printed and is not blank. All lines together
// are the record layer: the typed values point back at it by line number.
type Line struct {
	Number int    `json:"line"`           // from 1
	Indent int    `json:"-"`              // white space before it, in bytes
	Key    string `json:"key,omitzero"`   // what stands before the separator, "" in a line without one
	Value  string `json:"value,omitzero"` // what stands behind it, or the whole line
}

// maxLines caps the record layer of a text. Lines have some forty bytes; very
// short ones would take many times as much memory as they are long.
func maxLines(text string) int { return min(1<<13+len(text)/16, 1<<20) }

// blanks is the white space that may stand around keys and values.
const blanks = " \t\r\n"

// newLine takes a printed line apart.
func newLine(number int, text string) Line {
	text = strings.TrimRight(text, blanks)
	body := strings.TrimLeft(text, blanks)
	l := Line{Number: number, Indent: len(text) - len(body), Value: body}
	if key, value, ok := cut(body); ok {
		l.Key, l.Value = strings.TrimRight(key, blanks), strings.TrimLeft(value, blanks)
	}
	return l
}

// text returns the line without the white space around it.
func (l *Line) text() string {
	if l.Key == "" {
		return l.Value
	}
	return strings.TrimRight(l.Key+separator+l.Value, blanks)
}

// isRule reports whether the line is one drawn with hyphens, asterisks or
// equals signs.
func (l *Line) isRule() bool {
	return l.Key == "" && strings.Trim(l.Value, "-*= ") == ""
}

// appendLines appends the lines as the tool would print them.
func appendLines(b []byte, lines []Line) []byte {
	for i := range lines {
		for range lines[i].Indent {
			b = append(b, ' ')
		}
		b = append(append(b, lines[i].text()...), '\n')
	}
	return b
}
