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

// isBlank knows the white space that may stand around keys and values.
func isBlank(c byte) bool { return c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n') }

// trimLeft cuts white space off the beginning. It and trimRight are called for
// every line: strings.TrimLeft makes its set of bytes anew each time.
func trimLeft(text string) string {
	start := 0
	for start < len(text) && isBlank(text[start]) {
		start++
	}
	return text[start:]
}

// trimRight cuts white space off the end.
func trimRight(text string) string {
	end := len(text)
	for end > 0 && isBlank(text[end-1]) {
		end--
	}
	return text[:end]
}

// cutLine cuts the first line off a text, without the white space at its end.
func cutLine(text string) (line, rest string) {
	end := strings.IndexByte(text, '\n')
	if end < 0 {
		return trimRight(text), ""
	}
	return trimRight(text[:end]), text[end+1:]
}

// eight is the white space that deep lines have before them, and more.
const eight = "        "

// read takes a line apart that has no white space at its end.
func (l *Line) read(number int, text string) {
	start := 0
	for strings.HasPrefix(text[start:], eight) {
		start += len(eight)
	}
	body := trimLeft(text[start:])
	l.Number, l.Indent = number, len(text)-len(body)
	if key, value, ok := cut(body); ok {
		l.Key, l.Value = trimRight(key), trimLeft(value)
	} else {
		l.Value = body
	}
}

// newLines returns room for so many lines of a text, unless they are shorter than
// the tool's are.
func newLines(n int, text string) []Line { return make([]Line, 0, min(n, maxLines(text))) }

// text returns the line without the white space around it.
func (l *Line) text() string {
	if l.Key == "" {
		return l.Value
	}
	return trimRight(l.Key + separator + l.Value)
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
