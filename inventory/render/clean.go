// SPDX-License-Identifier: Apache-2.0

package render

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// clean makes text from a device safe to print: whatever could move a
// terminal's cursor, change its colours or turn the direction of its text
// (control and format characters, invalid UTF-8) becomes U+FFFD.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if harmful(r) {
			return utf8.RuneError
		}
		return r
	}, text)
}

// harmful reports whether a character, alone or with others, moves the cursor
// or changes how what follows looks.
func harmful(r rune) bool {
	return r == utf8.RuneError || unicode.Is(unicode.C, r) || r == '\u2028' || r == '\u2029'
}

// Clean makes text from a device or a capture safe to print on a line of a
// terminal.
func Clean(text string) string { return clean(text) }

// EscapeJSON returns a JSON document that is safe to print on a terminal: what
// [Clean] would replace stands as \u escapes, so that it means the same.
func EscapeJSON(document []byte) []byte {
	out := make([]byte, 0, len(document))
	for at := 0; at < len(document); {
		r, size := utf8.DecodeRune(document[at:])
		if bad := r == utf8.RuneError && size == 1; bad || harmful(r) && r != '\n' && r != utf8.RuneError {
			for _, unit := range utf16.AppendRune(nil, r) {
				out = fmt.Appendf(out, `\u%04x`, unit)
			}
		} else {
			out = append(out, document[at:at+size]...)
		}
		at += size
	}
	return out
}

// width is the number of columns that text takes on a terminal. Combining
// marks take none, and an emoji of several characters two.
func width(text string) int { return displaywidth.String(text) }

// fit shortens text to at most columns; a tilde shows that it did. The font of
// a VGA console has no ellipsis.
func fit(text string, columns int) string {
	if width(text) <= columns {
		return text
	}
	if columns < 1 {
		return ""
	}
	return displaywidth.TruncateString(text, columns, "~")
}

// pad fills text with blanks to at least columns.
func pad(text string, columns int) string {
	return text + strings.Repeat(" ", max(0, columns-width(text)))
}

// wrap breaks text into lines of at most columns, at blanks where it can.
func wrap(text string, columns int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case width(line)+1+width(word) <= columns:
			line += " " + word
		default:
			lines = append(lines, fit(line, columns))
			line = word
		}
	}
	if line != "" {
		lines = append(lines, fit(line, columns))
	}
	return lines
}
