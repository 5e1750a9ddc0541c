// SPDX-License-Identifier: Apache-2.0

package jsondoc

import (
	"fmt"
	"slices"
	"strings"
)

// check sees to it that the cursor can walk the document without looking out
// for errors. It does not recurse. If the document is broken, check cuts it
// behind the last complete member and closes what is open there.
func (d *Doc) check() {
	c := checker{doc: d, text: d.src, pos: d.start}
	end, err := c.run()
	if err == nil {
		d.text = d.src[:end]
		d.sound = end
		if rest := skipSpace(d.src, end); rest < len(d.src) {
			d.fail(rest, errTrailer)
		}
		return
	}
	d.fail(c.pos, err)
	d.sound = c.cut // at least the bracket that the document starts with
	slices.Reverse(c.open)
	d.text = d.src[:c.cut] + string(c.open)
}

var (
	errTrailer = fmt.Errorf("%w: text after the document", ErrSyntax)
	errEnd     = fmt.Errorf("%w: unexpected end", ErrSyntax)
	errLast    = fmt.Errorf("%w: comma behind the last member or element", ErrSyntax)
	errKey     = fmt.Errorf("%w: want a key", ErrSyntax)
	errColon   = fmt.Errorf("%w: want a colon", ErrSyntax)
	errComma   = fmt.Errorf("%w: want a comma or the end of the object or array", ErrSyntax)
	errValue   = fmt.Errorf("%w: want a value", ErrSyntax)
	errString  = fmt.Errorf("%w: unknown escape in a string", ErrSyntax)
	errDepth   = fmt.Errorf("%w: nested too deep", ErrLimit)
)

// A checker is the state of check. When run stops, open holds what to close at
// cut: only a bracket changes open, and each sets cut.
type checker struct {
	doc  *Doc
	text string
	pos  int
	cut  int    // behind the last complete value, or the bracket opened last
	open []byte // closing brackets of what is open
}

// run returns the end of the document. If it returns an error, pos is the place.
func (c *checker) run() (end int, err error) {
	for {
		opened, err := c.value()
		if err != nil {
			return 0, err
		}
		if more, err := c.next(opened); err != nil || !more {
			return c.pos, err
		}
	}
}

// next moves from the end of a value to the start of the next one, behind its
// key if it has one, and closes what ends on the way. If a bracket has just been
// opened the next value is the first in there. At the end of the document more
// is false.
func (c *checker) next(opened bool) (more bool, err error) {
	for ; ; opened = false {
		c.cut = c.pos
		if len(c.open) == 0 {
			return false, nil
		}
		top := c.open[len(c.open)-1]
		c.pos = skipSpace(c.text, c.pos)
		comma := c.pos
		if !opened && byteAt(c.text, c.pos) == ',' {
			c.pos = skipSpace(c.text, c.pos+1)
		}
		passed := c.pos > comma
		switch {
		case byteAt(c.text, c.pos) == top:
			if passed {
				c.doc.fail(comma, errLast)
			}
			c.pos++
			c.open = c.open[:len(c.open)-1]
		case (opened || passed) && top == '}':
			return true, c.key()
		case opened || passed:
			return true, nil
		case c.pos == len(c.text):
			return false, errEnd
		default:
			return false, errComma
		}
	}
}

// value reads a scalar or an opening bracket.
func (c *checker) value() (opened bool, err error) {
	c.pos = skipSpace(c.text, c.pos)
	switch b := byteAt(c.text, c.pos); b {
	case '{', '[':
		if len(c.open) == MaxDepth {
			return false, errDepth
		}
		c.open = append(c.open, b+2) // '}' and ']'
		c.pos++
		return true, nil
	case '"':
		return false, c.string()
	}
	end := wordEnd(c.text, c.pos)
	switch {
	case c.pos == len(c.text):
		return false, errEnd
	case end == c.pos:
		return false, errValue
	case end == len(c.text): // it may go on
		c.pos = end
		return false, errEnd
	case !isLiteral(c.text[c.pos:end]) && !isBareSize(c.text[c.pos:end]):
		c.doc.fail(c.pos, errValue)
	}
	c.pos = end
	return false, nil
}

// key reads a key and its colon.
func (c *checker) key() error {
	c.pos = skipSpace(c.text, c.pos)
	if c.pos == len(c.text) {
		return errEnd
	}
	if c.text[c.pos] != '"' {
		return errKey
	}
	if err := c.string(); err != nil {
		return err
	}
	c.pos = skipSpace(c.text, c.pos)
	switch byteAt(c.text, c.pos) {
	case ':':
		c.pos++
		return nil
	case 0:
		return errEnd
	}
	return errColon
}

// string reads a string. An escape that JSON does not know is a fault but does
// not stop the reading.
func (c *checker) string() error {
	start := c.pos
	end, escaped := stringEnd(c.text, start)
	if end < 0 {
		c.pos = len(c.text)
		return errEnd
	}
	if escaped {
		if _, ok := unquote(c.text[start:end]); !ok {
			c.doc.fail(start, errString)
		}
	}
	c.pos = end
	return nil
}

// stringEnd returns the offset behind the string at pos, -1 if it has no end,
// and whether there is an escape in it.
func stringEnd(text string, pos int) (end int, escaped bool) {
	for i := pos + 1; i < len(text); i++ {
		switch text[i] {
		case '"':
			return i + 1, escaped
		case '\\':
			escaped = true
			i++
		}
	}
	return -1, escaped
}

// wordEnd returns the offset behind the number or word at pos.
func wordEnd(text string, pos int) int {
	for pos < len(text) {
		switch b := text[pos]; {
		case '0' <= b && b <= '9', 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', b == '-', b == '+', b == '.', b == '_':
			pos++
		default:
			return pos
		}
	}
	return pos
}

// isLiteral reports whether word is a number, true, false or null.
func isLiteral(word string) bool {
	switch word {
	case "true", "false", "null":
		return true
	}
	word = strings.TrimPrefix(word, "-")
	whole := digits(word)
	if whole == 0 || whole > 1 && word[0] == '0' {
		return false
	}
	word = word[whole:]
	if word == "" {
		return true
	}
	if word[0] == '.' {
		n := digits(word[1:])
		if n == 0 {
			return false
		}
		word = word[1+n:]
	}
	if word != "" && word[0]|0x20 == 'e' {
		word = word[1:]
		if word != "" && (word[0] == '+' || word[0] == '-') {
			word = word[1:]
		}
		return word != "" && digits(word) == len(word)
	}
	return word == ""
}

// isBareSize reports whether word is a size without its quotes: lsblk of
// util-linux 2.38.0 prints a bare 0B.
func isBareSize(word string) bool {
	n := len(word) - 1
	return n > 0 && strings.IndexByte("BKMGTPE", word[n]) >= 0 && isLiteral(word[:n]) && digits(word[:1]) == 1
}

// digits counts the digits that s starts with.
func digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}
