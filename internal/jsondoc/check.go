// SPDX-License-Identifier: Apache-2.0

package jsondoc

import (
	"fmt"
	"math/bits"
	"strings"
)

var (
	errTrailer = fmt.Errorf("%w: text after the document", ErrSyntax)
	errEnd     = fmt.Errorf("%w: unexpected end", ErrSyntax)
	errLast    = fmt.Errorf("%w: comma behind the last member or element", ErrSyntax)
	errKey     = fmt.Errorf("%w: want a key", ErrSyntax)
	errColon   = fmt.Errorf("%w: want a colon", ErrSyntax)
	errComma   = fmt.Errorf("%w: want a comma or the end of the object or array", ErrSyntax)
	errValue   = fmt.Errorf("%w: want a value", ErrSyntax)
	errString  = fmt.Errorf("%w: unknown escape in a string", ErrSyntax)
	errBroken  = fmt.Errorf("%w: a string goes over lines", ErrSyntax)
	errDepth   = fmt.Errorf("%w: nested too deep", ErrLimit)
)

// stop ends the reading at a place where the document breaks.
func (d *Doc) stop(pos int, err error) bool {
	d.fail(pos, err)
	d.pos, d.sound, d.done = len(d.src), pos, true
	return false
}

// open moves the cursor into the object or array that it stands at. That it is
// not too deep has been seen to.
func (d *Doc) open() *level {
	if d.depth == len(d.few) && d.more == nil {
		d.more = new([MaxDepth - len(d.few)]level)
	}
	l := d.level(d.depth)
	*l = level{closer: d.src[d.pos] + 2} // '}' and ']'
	d.depth++
	d.pos++
	return l
}

// step moves the cursor to the next member or element of the innermost object
// or array, and reads its key if it has one. At the end it moves the cursor out
// and returns false. If the document breaks here, or in a scalar that comes
// next, the reading ends. It is long, since a call more for each key took a
// twentieth of the time.
func (d *Doc) step(l *level) bool {
	if d.done {
		return false
	}
	text := d.src
	pos := skipSpace(text, d.pos)
	parted := !l.begun
	l.begun = true
	if !parted && byteAt(text, pos) == ',' {
		comma := pos
		pos = skipSpace(text, pos+1)
		if byteAt(text, pos) == l.closer {
			d.fail(comma, errLast)
		}
		parted = true
		l.index++
		l.key.end = 0
	}
	switch {
	case pos == len(text):
		return d.stop(pos, errEnd)
	case text[pos] == l.closer:
		d.pos = pos + 1
		d.depth--
		return false
	case !parted:
		return d.stop(pos, errComma)
	case l.closer == ']':
		return d.value(pos)
	case text[pos] != '"':
		return d.stop(pos, errKey)
	}
	end, traits := stringEnd(text, pos)
	if end < 0 {
		return d.stop(len(text), errEnd)
	}
	if traits&escaped != 0 {
		if _, ok := unquote(text[pos:end]); !ok {
			d.fail(pos, errString)
		}
	}
	l.key, l.traits = span{pos, end}, traits
	if byteAt(text, end) == ' ' { // as storcli and nvme-cli print it
		end++
	}
	if pos = skipSpace(text, end); pos == len(text) {
		return d.stop(pos, errEnd)
	} else if text[pos] != ':' {
		return d.stop(pos, errColon)
	}
	if pos++; byteAt(text, pos) == ' ' { // as most tools print it
		pos++
	}
	return d.value(skipSpace(text, pos))
}

// value moves the cursor to the value at pos and finds the end of a scalar.
func (d *Doc) value(pos int) bool {
	text := d.src
	if pos == len(text) {
		return d.stop(pos, errEnd)
	}
	end := pos // of an object or array it is not known
	has, number := traits(0), uint64(0)
	switch c := text[pos]; {
	case c == '"':
		if end, has = stringEnd(text, pos); end < 0 {
			return d.stop(len(text), errEnd)
		}
	case c == '{' || c == '[':
		if d.depth == MaxDepth {
			return d.stop(pos, errDepth)
		}
		has = other
	default:
		if number, end = wholeNumber(text, pos); end > 0 {
			has = whole
			break
		}
		has = other
		switch end = wordEnd(text, pos); end {
		case pos:
			return d.stop(pos, errValue)
		case len(text): // it may go on
			return d.stop(end, errEnd)
		}
	}
	d.pos = pos
	d.token = token{span{pos, end}, has, number}
	return true
}

// wholeNumber reads a number of up to 18 digits at pos, as most are, and returns
// where it ends. If there is anything else, end is 0.
func wholeNumber(text string, pos int) (n uint64, end int) {
	end = pos
	for end < len(text) && '0' <= text[end] && text[end] <= '9' {
		n = n*10 + uint64(text[end]-'0')
		end++
	}
	if end == pos || end == len(text) || isWord(text[end]) || end-pos > 18 || text[pos] == '0' && end-pos > 1 {
		return 0, 0
	}
	return n, end
}

// skip moves the cursor behind the value it stands at, and checks it. It does
// not recurse. If the document breaks in there, the value ends behind the last
// complete one in it, and tail is what closes it.
func (d *Doc) skip() {
	start, outer := d.pos, d.depth
	if d.done || d.token.start != start {
		return
	}
	if d.token.end > start {
		d.passScalar()
		return
	}
	for d.open(); d.depth > outer; {
		end := d.pos
		switch {
		case !d.step(d.level(d.depth - 1)):
			if d.done {
				d.last = span{start, end}
				d.closeTail(outer)
				return
			}
		case d.token.end > d.pos:
			d.passScalar()
		default:
			d.open()
		}
	}
	d.last = span{start, d.pos}
}

// closeTail notes what closes the levels that are open, down to outer.
func (d *Doc) closeTail(outer int) {
	var b []byte
	for i := d.depth - 1; i >= outer; i-- {
		b = append(b, d.level(i).closer)
	}
	d.tail = string(b)
}

// passScalar moves the cursor behind a scalar, and checks it.
func (d *Doc) passScalar() {
	text := d.src[d.token.start:d.token.end]
	switch {
	case d.token.traits&whole != 0:
	case text[0] != '"':
		if !isLiteral(text) && !isBareSize(text) {
			d.fail(d.pos, errValue)
		}
	case d.token.traits&broken != 0:
		d.fail(d.pos, errBroken)
	case d.token.traits&escaped != 0:
		if _, ok := unquote(text); !ok {
			d.fail(d.pos, errString)
		}
	}
	d.last, d.pos = d.token.span, d.token.end
}

// end looks at what follows the document, which has been read by now. One that
// nobody has read is checked.
func (d *Doc) end() {
	if d.ended {
		return
	}
	d.ended = true
	if d.pos == d.start {
		d.skip()
	}
	if d.done {
		return
	}
	d.sound = d.pos
	if rest := skipSpace(d.src, d.pos); rest < len(d.src) {
		d.fail(rest, errTrailer)
	}
}

// traits are what makes reading a string more work, or a number less. A string of
// ASCII without escapes has none.
type traits uint8

const (
	escaped traits = 1 << iota // a backslash
	wide                       // a byte that is not ASCII
	broken                     // a newline: a terminal broke the line, or the closing quote is missing
	whole                      // a number of digits alone, which the token has
	other                      // no string, and no such number
)

// stringEnd returns the offset behind the string at pos, -1 if it has no end. It
// looks at eight bytes at a time, and leaves a string of more than letters to
// wideStringEnd.
func stringEnd(text string, pos int) (end int, has traits) {
	for pos++; pos+8 <= len(text); pos += 8 {
		if marks := marks(load64(text, pos)); marks != 0 {
			pos += bits.TrailingZeros64(marks) / 8
			if text[pos] == '"' {
				return pos + 1, 0
			}
			break
		}
	}
	return wideStringEnd(text, pos)
}

// marks has the high bit set of the first of eight bytes that is a quote, a
// control character, a backslash or not ASCII, and of none before it. Of what is
// ASCII, quotes and control characters alone are below 0x21 with the bit 2 turned.
func marks(w uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	low, slash := (w^2*ones)-0x21*ones, (w^'\\'*ones)-ones
	return (low | slash | w) & highs
}

// wideStringEnd is stringEnd from a place within the string on.
func wideStringEnd(text string, pos int) (end int, has traits) {
	for pos < len(text) {
		if pos+8 <= len(text) {
			marks := marks(load64(text, pos))
			if marks == 0 {
				pos += 8
				continue
			}
			pos += bits.TrailingZeros64(marks) / 8
		}
		switch b := text[pos]; {
		case b == '"':
			return pos + 1, has
		case b == '\\':
			has |= escaped
			pos++
			if pos < len(text) && text[pos] >= 0x80 {
				has |= wide
			}
		case b >= 0x80:
			has |= wide
		case b == '\n':
			has |= broken
		}
		pos++
	}
	return -1, has
}

// wordEnd returns the offset behind the number or word at pos.
func wordEnd(text string, pos int) int {
	for pos < len(text) && isWord(text[pos]) {
		pos++
	}
	return pos
}

// isWord reports whether b can stand in a number or word.
func isWord(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || b == '-' || b == '+' || b == '.' || b == '_'
}

// isLiteral reports whether word is a number, true, false or null.
func isLiteral(word string) bool {
	if n := digits(word); n > 0 && n == len(word) {
		return n == 1 || word[0] != '0'
	}
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
