// SPDX-License-Identifier: Apache-2.0

// Package jsondoc reads the JSON that command line tools print, whatever state
// it is in.
//
// [Open] copies the text and looks past another program's noise to the
// document. Then a [Doc] is a cursor, and the caller walks it once, in order:
//
//	d := jsondoc.Open(data)
//	for key := range d.Object() {
//		switch key {
//		case "model_name":
//			dev.ModelName = d.Text()
//		case "temperature":
//			for key := range d.Object() {
//				…
//			}
//		}
//	}
//
// The cursor checks what it passes, so that the text is read once. If the
// document breaks off or breaks, every loop ends there: the caller has what is
// complete, and sees nothing of a member whose value is not.
//
// A member that the loop's body does not read is unknown: it is kept whole in
// [Doc.Extra] under its path. A value of the wrong type is a [Fault], is absent
// for the caller, and lands in Extra too. A null is absent and no fault. Where
// a key stands twice in an object its members come in order, so that the last
// one wins. Faults are inert: one short line of printable text each, whatever
// the document has in its keys and values.
package jsondoc

import (
	"errors"
	"math/bits"
	"strings"
)

// These are the causes of a [Fault]. Some are wrapped with a word on what was
// wanted.
var (
	ErrNoJSON = errors.New("no JSON document")
	ErrSyntax = errors.New("invalid syntax")
	ErrType   = errors.New("unexpected type")
	ErrRange  = errors.New("value out of range")
	ErrLimit  = errors.New("limit exceeded")
)

// MaxDepth is how deep objects and arrays may nest. What nests deeper is cut.
const MaxDepth = 64

// A Doc is a JSON document and a place in it.
type Doc struct {
	// Preamble is the text before the document, without the blanks around it.
	Preamble string

	// Quoted lets numbers and booleans stand in quotes ("12", "2,752,848",
	// "true"), integers have a fraction of zeros (12.0) and booleans be 0 and 1.
	Quoted bool

	done  bool   // there is nothing, or nothing more, to read
	ended bool   // the end has been looked at
	full  bool   // extra has all that it may have
	src   string // the input
	start int    // where the document starts in src
	pos   int    // cursor: before a value, or behind one
	token token  // the value that the cursor came to last
	last  span   // the value read last

	few   [9]level             // what the cursor is in
	more  *[MaxDepth - 9]level // and what is deeper, which is seldom
	depth int                  // how many of them

	elements int // how many more array elements are allowed
	objects  int // … that are objects or arrays

	faults []fault
	sound  int // how far src is JSON
	extra  []member
	paths  []byte         // of extra, one behind the other
	short  map[int]string // how long keys stand in paths, by their place
	tail   string         // what closes the member that the document broke off in

	blocks *blocks // nil until one is needed
}

// blocks hold the values that methods of a Doc hand out pointers to.
type blocks struct {
	ints  block[int64]   // IntPtr
	uints block[uint64]  // UintPtr
	longs block[Uint128] // Uint128Ptr
	flags block[bool]    // BoolPtr
}

// A span is a part of the text, a value.
type span struct{ start, end int }

// A token is a span that starts a value: all of a scalar.
type token struct {
	span
	traits traits
	number uint64 // if it is whole
}

// A level is an object or array that the cursor is in, and the member or
// element that it is at.
type level struct {
	closer  byte
	begun   bool   // the cursor has been at a member or element, or at its end
	refused bool   // an element was not what the caller wanted
	traits  traits // of the key
	key     span   // not yet read if its end is 0
	index   int    // of an array
	value   int    // where the value that the caller was given starts
}

// level is one of the objects and arrays that the cursor is in, 0 the outermost.
// It stays where it is.
func (d *Doc) level(i int) *level {
	if i < len(d.few) {
		return &d.few[i]
	}
	return &d.more[i-len(d.few)]
}

// Open finds the document in data. It never fails: if there is no document at
// all, or nothing of it can be read, the Doc reads as null and [Doc.Faults]
// says why.
func Open(data []byte) *Doc {
	d := new(struct {
		Doc
		blocks
	})
	d.Doc.blocks = &d.blocks
	d.Open(data)
	return &d.Doc
}

// Open is the function Open for a new Doc of the caller's. It takes half the
// memory, and none of the heap's, where no pointers to values are wanted.
func (d *Doc) Open(data []byte) {
	src := string(data)
	d.src, d.start, d.sound, d.token.traits = src, findStart(src), len(src), other
	d.elements, d.objects = 1<<14+len(src)/64, 1<<9+len(src)/64
	if d.start < 0 {
		d.start, d.pos = len(src), len(src)
		d.done = true
		d.fail(len(src)-len(strings.TrimLeft(src, " \t\r\n")), ErrNoJSON)
		return
	}
	if d.start > 0 {
		d.Preamble = strings.TrimSpace(strings.TrimPrefix(src[:d.start], "\ufeff"))
	}
	d.pos = d.start
	d.token.span = span{d.start, d.start}
}

// Broken reports whether the document broke off, or broke, in what was read so
// far: the array or object read last may not be whole.
func (d *Doc) Broken() bool { return d.done }

// findStart returns the offset of the document in text, -1 if there is none.
// A bracket starts it if what follows could: `[proxychains] DLL init` is noise.
func findStart(text string) int {
	for i := 0; i < len(text); i++ {
		j := strings.IndexAny(text[i:], "{[")
		if j < 0 {
			return -1
		}
		i += j
		switch next := byteAt(text, skipSpace(text, i+1)); next {
		case 0:
			return i // a document that ends right here
		case '"', '}':
			if text[i] == '{' {
				return i
			}
		case '{', '[', ']':
			if text[i] == '[' {
				return i
			}
		}
	}
	return -1
}

// skipSpace returns the offset of the first byte from pos on that is not a blank.
func skipSpace(text string, pos int) int {
	if pos < len(text) && text[pos] > ' ' {
		return pos
	}
	return skipBlanks(text, pos)
}

// skipBlanks is skipSpace. What is indented has a newline and then spaces or tabs,
// which are counted eight at a time.
func skipBlanks(text string, pos int) int {
	const spaces, tabs = 0x2020202020202020, 0x0909090909090909
	for pos < len(text) {
		switch text[pos] {
		case ' ', '\n', '\r', '\t':
		default:
			return pos
		}
		for pos++; pos+8 <= len(text); pos += 8 {
			eight := load64(text, pos)
			other := eight ^ spaces
			if byte(eight) == '\t' {
				other = eight ^ tabs
			}
			if other != 0 {
				if pos += bits.TrailingZeros64(other) / 8; text[pos] > ' ' {
					return pos
				}
				break
			}
		}
	}
	return pos
}

// load64 returns eight bytes of s; the compiler makes one load of it.
func load64(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// byteAt returns the byte at pos, 0 behind the end.
func byteAt(text string, pos int) byte {
	if pos < len(text) {
		return text[pos]
	}
	return 0
}
