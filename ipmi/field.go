// SPDX-License-Identifier: Apache-2.0

package ipmi

import "strings"

// maxFields caps the fields of one document, maxRecords its records. A
// controller has at most 256 FRU devices and 65,535 records in a repository or
// log, so that only a hostile input meets them.
const (
	maxFields  = 1 << 20
	maxRecords = 1 << 17
)

// A Field is one printed line: a key with its value, or a text without a key.
//
// The text has no key in headings ("Power Supply Record"), list items ("SEL
// Device") and messages ("Device not present (Timeout)").
type Field struct {
	Key    string `json:"key,omitzero"`    // "" for a line without a key
	Value  string `json:"value,omitzero"`  // as printed, trailing blanks and placeholders included
	Indent int    `json:"indent,omitzero"` // blanks before the key
	Line   int    `json:"line,omitzero"`   // from 1
}

// newField takes a line apart at its first colon. A line that has none, or
// nothing before it, is a text without a key.
func newField(line string, number int) Field {
	indent := 0
	for indent < len(line) && line[indent] == ' ' {
		indent++
	}
	text := line[indent:]
	colon := strings.IndexByte(text, ':')
	end := colon
	for end > 0 && (text[end-1] == ' ' || text[end-1] == '\t') {
		end--
	}
	if end <= 0 {
		return Field{Value: text, Indent: indent, Line: number}
	}
	value := text[colon+1:]
	if strings.HasPrefix(value, " ") {
		value = value[1:]
	}
	return Field{Key: text[:end], Value: value, Indent: indent, Line: number}
}

// appendLine is the inverse of newField. The key is padded to width.
func (f *Field) appendLine(b []byte, width int) []byte {
	b = appendBlanks(b, f.Indent)
	if f.Key == "" {
		return append(append(b, f.Value...), '\n')
	}
	b = append(b, f.Key...)
	b = appendBlanks(b, width-f.Indent-len(f.Key))
	b = append(b, ": "...)
	return append(append(b, f.Value...), '\n')
}

func appendBlanks(b []byte, n int) []byte {
	for range n {
		b = append(b, ' ')
	}
	return b
}

// cutLine cuts the first line off text, its end of line included.
func cutLine(text string) (line, rest string) {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		line, rest = text[:i], text[i+1:]
	} else {
		line = text
	}
	for strings.HasSuffix(line, "\r") {
		line = line[:len(line)-1]
	}
	return line, rest
}

// blank reports whether a line shows nothing.
func blank(line string) bool {
	for i := range len(line) {
		if line[i] != ' ' && line[i] != '\t' {
			return false
		}
	}
	return true
}

// failure returns what a message of ipmitool on standard error means: nil if
// it does not say that a whole command failed.
func failure(line string) error {
	switch {
	case strings.HasPrefix(line, "Could not open device at "),
		strings.HasPrefix(line, "Error: Unable to establish "),
		strings.HasPrefix(line, "Unable to establish "):
		return ErrNoBMC
	case strings.Contains(line, " command failed"),
		strings.HasPrefix(line, "Unable to open SDR for reading"),
		strings.HasPrefix(line, "Error obtaining SDR info"),
		strings.HasPrefix(line, "Unable to obtain SDR reservation"),
		strings.HasPrefix(line, "Invalid channel: "),
		strings.HasPrefix(line, "Invalid Channel "):
		return ErrCommand
	}
	return nil
}
