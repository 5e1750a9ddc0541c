// SPDX-License-Identifier: Apache-2.0

package jsondoc

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// A Kind is a kind of value.
type Kind byte

// The kinds of values.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

var (
	errObject  = fmt.Errorf("%w: want an object", ErrType)
	errArray   = fmt.Errorf("%w: want an array", ErrType)
	errScalar  = fmt.Errorf("%w: want a string, number or boolean", ErrType)
	errText    = fmt.Errorf("%w: want a string", ErrType)
	errNumber  = fmt.Errorf("%w: want a number", ErrType)
	errInteger = fmt.Errorf("%w: want an integer", ErrType)
	errBool    = fmt.Errorf("%w: want a boolean", ErrType)
	errRecords = fmt.Errorf("%w: too many array elements", ErrLimit)
)

// HoldsObjects reports whether the cursor is at an array that begins with an
// object.
func (d *Doc) HoldsObjects() bool {
	return d.Kind() == Array && byteAt(d.src, skipSpace(d.src, d.pos+1)) == '{'
}

// GuessObjects tells about how many objects the array holds that starts at a place
// where the cursor was, from 1 on and at most one for each 32 bytes. It is exact
// where they hold no arrays and their texts no brackets. It reads nothing.
func (d *Doc) GuessObjects(here int) int {
	text := d.src[here:]
	if end := strings.IndexByte(text, ']'); end >= 0 {
		text = text[:end]
	}
	return max(1, min(strings.Count(text, "{"), len(text)/32))
}

// Kind tells the kind of the value at the cursor. It reads nothing.
func (d *Doc) Kind() Kind {
	switch byteAt(d.src, d.pos) {
	case '{':
		return Object
	case '[':
		return Array
	case '"':
		return String
	case 't', 'f':
		return Bool
	case 'n', 0: // 0 is the end
		return Null
	}
	return Number
}

// Object reads the object at the cursor: it yields each key, in order, with the
// cursor before the value. A value that is not read then is unknown and lands
// in Extra. The loop may be left early: what is left of the object is unknown.
func (d *Doc) Object() iter.Seq[string] {
	return func(yield func(string) bool) {
		l := d.enter('{', errObject)
		for key, ok := d.nextMember(l); ok; key, ok = d.nextMember(l) {
			if !yield(key) {
				for ok {
					_, ok = d.nextMember(l)
				}
				return
			}
		}
	}
}

// nextMember moves the cursor to the next member of an object, and returns its
// key. The one before is unknown if it was not read.
func (d *Doc) nextMember(l *level) (key string, ok bool) {
	if l == nil {
		return "", false
	}
	if d.pos == l.value {
		d.unknown()
	}
	if !d.step(l) {
		return "", false
	}
	l.value = d.pos
	if l.traits != 0 {
		return d.spoken(l.key, l.traits), true
	}
	return d.src[l.key.start+1 : l.key.end-1], true
}

// Array reads the array at the cursor: it yields the index of each element,
// with the cursor before it. As with Object, elements that are not read land in
// Extra.
//
// All the arrays of a document together yield at most 16,384 elements and one
// for each 64 bytes of text; of objects and arrays, which a caller keeps in
// larger structs, and of what stands in the place of one, 512 and one for each 64 bytes. What is beyond is a fault.
func (d *Doc) Array() iter.Seq[int] {
	return func(yield func(int) bool) {
		for l := d.enter('[', errArray); d.nextElement(l); {
			if !yield(l.index) {
				for d.nextElement(l) {
				}
				return
			}
		}
	}
}

// nextElement moves the cursor to the next element of an array for which there is
// room. The one before is unknown if it was not read.
func (d *Doc) nextElement(l *level) bool {
	if l == nil {
		return false
	}
	if d.pos == l.value {
		d.unknown()
	}
	for d.step(l) {
		if d.admit(l) {
			l.value = d.pos
			return true
		}
		d.skip()
	}
	return false
}

// admit counts the element at the cursor and reports whether there is room for
// it. The first that is too many is a fault.
func (d *Doc) admit(l *level) bool {
	room := &d.elements
	if d.token.end == d.pos || l.refused { // no scalar, or the caller wants none
		room = &d.objects
	}
	*room--
	if *room == -1 {
		d.fail(d.pos, errRecords)
	}
	return *room >= 0
}

// enter moves the cursor behind the bracket b. If there is another value, enter
// reads it and returns nil; null is absent, the others are faults.
func (d *Doc) enter(b byte, wrong error) *level {
	if byteAt(d.src, d.pos) == b && d.token.start == d.pos {
		return d.open()
	}
	if d.depth > 0 {
		d.level(d.depth - 1).refused = true
	}
	d.wrong(wrong)
	return nil
}

// spoken returns what a string says, with U+FFFD for each byte that is not UTF-8.
func (d *Doc) spoken(s span, has traits) string {
	text := d.src[s.start+1 : s.end-1]
	if has == 0 {
		return text
	}
	if has&escaped != 0 {
		text, _ = unquote(d.src[s.start:s.end])
	}
	return valid(text)
}

// Skip reads the value at the cursor and drops it. It is for what says the same
// as another member.
func (d *Doc) Skip() { d.skip() }

// valueEnd returns the offset behind the value at pos, or the end of a text
// that ends before it.
func valueEnd(text string, pos int) int {
	for depth := 0; pos < len(text); {
		switch text[pos] {
		case '"':
			if pos, _ = stringEnd(text, pos); pos < 0 {
				return len(text)
			}
		case '{', '[':
			depth++
			pos++
		case '}', ']':
			depth--
			pos++
		case ' ', '\n', '\r', '\t', ',', ':':
			pos++
			continue // never the end of a value
		default:
			pos = max(pos+1, wordEnd(text, pos))
		}
		if depth <= 0 {
			break
		}
	}
	return pos
}

// unknown reads the value at the cursor and keeps it for Extra.
func (d *Doc) unknown() {
	if d.done {
		return
	}
	kept := d.keep(d.pos)
	d.skip()
	if kept {
		d.extra[len(d.extra)-1].end = d.last.end
	}
}

// wrong reads the value at the cursor, of which the caller can make nothing. A
// null is absent; everything else is a fault and kept for Extra.
func (d *Doc) wrong(err error) {
	if d.Kind() == Null && !d.done {
		d.skip()
		return
	}
	if d.done || d.token.start != d.pos {
		return
	}
	d.fail(d.pos, err)
	d.unknown()
}

// Reject makes the value read last a fault, and keeps it for Extra: the caller
// asked for a string or a number, and it makes no sense.
func (d *Doc) Reject(err error) {
	if d.done && d.last.end == 0 {
		return
	}
	if d.keep(d.last.start) {
		d.extra[len(d.extra)-1].end = d.last.end
	}
	d.fail(d.last.start, err)
}

// Here is where the cursor is, for RejectFrom and GuessObjects.
func (d *Doc) Here() int { return d.pos }

// RejectFrom is Reject for the object or array that starts at here and has just
// been read: nothing in it makes sense.
func (d *Doc) RejectFrom(here int, err error) {
	if d.done {
		return // that it breaks off has been told
	}
	d.last = span{here, d.pos}
	d.Reject(err)
}

// Scalar reads the string, number, boolean or null at the cursor. Text is the
// string's value, or the literal as it stands; it is "" for null. An object or
// array is a fault and reads as null. Bytes that are not UTF-8 become U+FFFD.
func (d *Doc) Scalar() (text string, kind Kind) {
	t := &d.token
	if t.start != d.pos || d.done {
		return "", Null
	}
	if t.traits&whole != 0 {
		d.last, d.pos = t.span, t.end
		return d.src[t.start:t.end], Number
	}
	kind = d.Kind()
	switch kind {
	case Array, Object:
		d.wrong(errScalar)
		return "", Null
	case String:
		d.last, d.pos = t.span, t.end
		if t.traits == 0 {
			return d.src[t.start+1 : t.end-1], String
		}
		if t.traits&broken != 0 {
			d.fail(t.start, errBroken)
			return "", Null
		}
		if t.traits&escaped != 0 {
			if _, ok := unquote(d.src[t.start:t.end]); !ok {
				d.fail(t.start, errString)
			}
		}
		return d.spoken(t.span, t.traits), String
	}
	text = d.src[t.start:t.end]
	d.last, d.pos = t.span, t.end
	switch {
	case kind == Null && text == "null":
		return "", Null
	case isLiteral(text):
		return text, kind
	case isBareSize(text):
		return text, String
	}
	d.Reject(errValue)
	return "", Null
}

// Escaped reports whether the string read last has a backslash in the document.
func (d *Doc) Escaped() bool { return d.token.traits&escaped != 0 }

// Nested reports whether the value at the cursor is an object or array. It reads
// nothing.
func (d *Doc) Nested() bool { return d.token.end == d.pos }

// Plain reads a string of ASCII without escapes, as most are. If the value is
// another one it is not ok, and the cursor stays.
func (d *Doc) Plain() (text string, ok bool) {
	t := &d.token
	if t.traits != 0 || t.start != d.pos {
		return "", false
	}
	d.last, d.pos = t.span, t.end
	return d.src[t.start+1 : t.end-1], true
}

// Whole reads a number that is of up to 18 digits and nothing else, as most are.
// If the value is another one it is not ok, and the cursor stays.
func (d *Doc) Whole() (n uint64, ok bool) {
	if d.token.traits&whole == 0 || d.token.start != d.pos {
		return 0, false
	}
	d.last, d.pos = d.token.span, d.token.end
	return d.token.number, true
}

// valid replaces each byte of text that is not UTF-8 by U+FFFD.
func valid(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return string([]rune(text))
}

// unquote returns the value of a string that has an escape. If JSON does not
// know the escape, unquote returns the text between the quotes.
func unquote(quoted string) (text string, ok bool) {
	if r := gjson.Parse(quoted); gjson.Valid(printable(quoted)) {
		return r.Str, true
	}
	return quoted[1 : len(quoted)-1], false
}

// printable replaces the control characters in s, which are let pass.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
}

// Text reads a string, "" for null.
func (d *Doc) Text() string {
	if text, ok := d.Plain(); ok {
		return text
	}
	if k := d.Kind(); k != String && k != Number { // a bare size looks like a number
		d.wrong(errText)
		return ""
	}
	text, kind := d.Scalar()
	if kind == Number {
		d.Reject(errText)
		return ""
	}
	return text
}

// Bool reads a boolean, false for null.
func (d *Doc) Bool() bool {
	v, _ := d.bool()
	return v
}

// BoolPtr reads a boolean, nil for null.
func (d *Doc) BoolPtr() *bool {
	v, ok := d.bool()
	if !ok {
		return nil
	}
	return d.room().flags.keep(v, d.left())
}

func (d *Doc) bool() (v, ok bool) {
	text, kind := d.Scalar()
	switch {
	case kind == Null:
		return false, false
	case kind == Bool:
		return text == "true", true
	case d.Quoted && (text == "1" || text == "true"):
		return true, true
	case d.Quoted && (text == "0" || text == "false"):
		return false, true
	}
	d.Reject(errBool)
	return false, false
}

// Float reads a number, 0 for null.
func (d *Doc) Float() float64 {
	text, kind := d.Scalar()
	if kind == Null {
		return 0
	}
	if kind == Number || d.Quoted && kind == String && isLiteral(text) {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			d.Reject(ErrRange)
			return 0
		}
		return v
	}
	d.Reject(errNumber)
	return 0
}

// KeepInt returns a pointer to v, without an allocation for each, as IntPtr
// does.
func (d *Doc) KeepInt(v int64) *int64 { return d.room().ints.keep(v, d.left()) }

// KeepUint returns a pointer to v, without an allocation for each, as UintPtr
// does.
func (d *Doc) KeepUint(v uint64) *uint64 { return d.room().uints.keep(v, d.left()) }

// A block hands out pointers to values without an allocation for each. The
// first few are in the block itself, and so beside the Doc.
type block[T any] struct {
	first [24]T
	used  int // of first
	more  []T
}

// keep stores v and returns where. When the block is full, it grows by as many
// values as left bytes of text may bring.
func (b *block[T]) keep(v T, left int) *T {
	if b.used < len(b.first) {
		b.first[b.used] = v
		b.used++
		return &b.first[b.used-1]
	}
	if len(b.more) == cap(b.more) {
		b.more = make([]T, 0, min(max(left/128, 32), 1024))
	}
	b.more = append(b.more, v)
	return &b.more[len(b.more)-1]
}

// room is where values are kept that are pointed at.
func (d *Doc) room() *blocks {
	if d.blocks == nil {
		d.blocks = new(blocks)
	}
	return d.blocks
}

// left is how much text there is behind the cursor.
func (d *Doc) left() int { return len(d.src) - d.pos }
