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
func width(text string) int {
	columns := displaywidth.String(text)
	if strings.ContainsAny(text, ams) {
		columns = 0
		for g := displaywidth.StringGraphemes(text); g.Next(); {
			columns += clusterWidth(g.Value(), g.Width())
		}
	}
	return columns
}

// ams are the vowels of Thai and Lao that Unicode puts into one cluster with
// the letter before them, and terminals into a column of their own.
const ams = "\u0e33\u0eb3"

func clusterWidth(cluster string, columns int) int {
	for i, r := range cluster {
		if i > 0 && strings.ContainsRune(ams, r) {
			columns++
		}
	}
	return columns
}

// fit shortens text to at most columns; a tilde shows that it did. The font of
// a VGA console has no ellipsis.
func fit(text string, columns int) string {
	if len(text) <= columns || width(text) <= columns {
		return text
	}
	if columns < 1 {
		return ""
	}
	start, _ := split(text, columns-1)
	return start + "~"
}

// Fit shortens text to at most columns of a terminal.
func Fit(text string, columns int) string { return fit(text, columns) }

// maxText is how much of one text of a device is shown: more than any serial
// number or name has.
const maxText = 300

func clip(text string) string { return fit(text, maxText) }

// split cuts text where the columns are full, never within a character.
func split(text string, columns int) (start, rest string) {
	at, end := 0, 0
	for g := displaywidth.StringGraphemes(text); g.Next(); {
		at += clusterWidth(g.Value(), g.Width())
		if at > columns {
			break
		}
		end += len(g.Value())
	}
	return text[:end], text[end:]
}

// pad fills text with blanks to at least columns.
func pad(text string, columns int) string {
	return text + strings.Repeat(" ", max(0, columns-width(text)))
}

// wrap breaks text into lines of at most columns: at blanks, and within a word
// that is longer than a line.
func wrap(text string, columns int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && width(line)+1+width(word) <= columns {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; ; {
			start, rest := split(line, columns)
			if rest == "" {
				break
			}
			if start == "" { // not even one character fits
				return append(lines, fit(line, columns))
			}
			lines = append(lines, start)
			line = rest
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
