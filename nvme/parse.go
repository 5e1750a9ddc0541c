// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"strings"

	"github.com/mchus/bee/internal/lines"
)

// A Text is the record layer of the plain text that nvme-cli prints: its lines,
// in order. The typed parsers stand on it.
type Text struct {
	Lines []Line
}

// A Line is one line of plain text.
type Line struct {
	Number int    // from 1
	Text   string // without its end; blanks are kept
}

// maxLines caps the lines of a Text; one more is allowed for each 32 bytes.
const maxLines = 1 << 16

// ParseText reads the plain text that any command of nvme-cli prints, for what
// the typed parsers do not tell: the decoded bits of --human-readable, say. It
// takes any text; the error is an [Errors] if there are too many lines, or the
// last one is cut off.
func ParseText(data []byte) (*Text, error) {
	whole, tail := lines.Whole(string(data))
	text, errs := parseText(whole)
	if tail != "" {
		errs.add(&ParseError{Line: lines.Number(whole), Column: 1, Text: tail, Err: ErrTruncated})
	}
	return text, errs.err()
}

func parseText(data string) (*Text, Errors) {
	var errs Errors
	limit := maxLines + len(data)/32
	text := &Text{Lines: make([]Line, 0, min(limit, strings.Count(data, "\n")+1))}
	for line := range strings.Lines(data) {
		n := len(text.Lines) + 1
		if n > limit {
			errs.add(&ParseError{Line: n, Column: 1, Text: strings.TrimRight(line, "\r\n"), Err: ErrLimit})
			break
		}
		text.Lines = append(text.Lines, Line{n, strings.TrimRight(line, "\r\n")})
	}
	return text, errs
}

// Cut splits a line such as
//
//	nsze    : 0x5d27216
//
// at the first colon that a blank or the end of the line follows. Blanks around
// the key go, and one blank before the value; a key of a line of its own
// ("vs[]:") has an empty value.
func (l Line) Cut() (key, value string, ok bool) {
	for i := 0; i < len(l.Text); i++ {
		if l.Text[i] != ':' {
			continue
		}
		rest := l.Text[i+1:]
		if rest == "" || rest[0] == ' ' || rest[0] == '\t' {
			return strings.TrimSpace(l.Text[:i]), strings.TrimPrefix(rest, " "), true
		}
	}
	return "", "", false
}
