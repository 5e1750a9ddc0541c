// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// addText adds character data to the innermost element.
func (r *reader) addText(text string, offset int, escaped bool) {
	top := r.top()
	if top.node.Text == "" {
		for text != "" && isSpace(text[0]) {
			text, offset = text[1:], offset+1
		}
	}
	if text == "" || r.skip > 0 {
		return
	}
	if len(r.open) <= 2 || top.node.Name == "gpu" { // no place for values
		r.note(text, offset)
	}
	text = r.unescape(text, offset, escaped)
	switch {
	case top.node.Text == "":
		top.node.Text, top.node.offset = text, offset
	case len(top.more) > maxValue:
		// pop reports it; there is no need to keep more.
	default:
		if top.more == nil {
			top.more = []byte(top.node.Text)
		}
		top.more = append(top.more, text...)
	}
}

// unescape replaces entities, if text can have them, and line ends.
func (r *reader) unescape(text string, offset int, escaped bool) string {
	if !r.escapes || strings.IndexByte(text, '&') < 0 && strings.IndexByte(text, '\r') < 0 {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\r':
			out = append(out, '\n')
			if i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
		case c == '&' && escaped:
			s, n := entity(text[i:])
			if n == 0 {
				r.fail(offset+i, "", r.restOfLine(offset+i), fmt.Errorf("%w: unknown entity", ErrSyntax))
				s, n = "&", 1
			}
			out = append(out, s...)
			i += n - 1
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// entity returns what the entity at the start of text stands for, and its
// length; 0 if it is none that XML defines.
func entity(text string) (string, int) {
	switch {
	case strings.HasPrefix(text, "&lt;"):
		return "<", 4
	case strings.HasPrefix(text, "&gt;"):
		return ">", 4
	case strings.HasPrefix(text, "&amp;"):
		return "&", 5
	case strings.HasPrefix(text, "&apos;"):
		return "'", 6
	case strings.HasPrefix(text, "&quot;"):
		return `"`, 6
	case strings.HasPrefix(text, "&#x"):
		return char(text, 3, 16)
	case strings.HasPrefix(text, "&#"):
		return char(text, 2, 10)
	}
	return "", 0
}

// char reads a numeric reference whose digits begin at i.
func char(text string, i, base int) (string, int) {
	end := i
	for end < len(text) && isHex(text[end]) {
		end++
	}
	v, err := strconv.ParseUint(text[i:end], base, 64)
	if err != nil || v > unicode.MaxRune || end == len(text) || text[end] != ';' {
		return "", 0
	}
	return string(rune(v)), end + 1
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// capped cuts a value that is too long.
func (r *reader) capped(value string, offset int) string {
	if len(value) <= maxValue {
		return value
	}
	r.fail(offset, "", value, fmt.Errorf("%w: more than %d bytes", ErrLimit, maxValue))
	return value[:maxValue]
}
