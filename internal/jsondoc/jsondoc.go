// SPDX-License-Identifier: Apache-2.0

// Package jsondoc reads the JSON that command line tools print, whatever state
// it is in.
//
// [Open] copies the text, looks past another program's noise to the document,
// and checks it in one pass without recursion. If the document breaks off or
// breaks, Open cuts it after the last complete member and closes what is open,
// so that the rest can be read. Then a [Doc] is a cursor over a sound document,
// and the caller walks it once, in order:
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
// A member that the loop's body does not read is unknown: it lands in
// [Doc.Extra] under its path. A value of the wrong type is a [Fault], is absent
// for the caller, and lands in Extra too. A null is absent and no fault. Where
// a key stands twice in an object its members come in order, so that the last
// one wins. Lines, columns and paths are worked out at the end, and only for
// what needs them.
package jsondoc

import (
	"errors"
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

	src    string // the input
	start  int    // where the document starts in src
	text   string // the document, cut and closed where it is broken; offsets as in src
	sound  int    // how far text is the same as src
	pos    int    // cursor in text: before a value, or behind one
	last   int    // where the value read last starts
	room   int    // how many more array elements are allowed
	faults []fault
	extra  []span

	ints  block[int64]   // what IntPtr hands out
	uints block[uint64]  // what UintPtr hands out
	longs block[Uint128] // what Uint128Ptr hands out
	flags block[bool]    // what BoolPtr hands out
}

// A span is a part of the text, a value.
type span struct{ start, end int }

// Open finds the document in data and checks it. It never fails: if there is no
// document at all, or nothing of it can be read, the Doc reads as null and
// [Doc.Faults] says why.
func Open(data []byte) *Doc {
	src := string(data)
	d := &Doc{src: src, start: findStart(src), room: 1<<14 + len(src)/64}
	if d.start < 0 {
		d.start = len(src)
		d.text = src + "null"
		d.pos = d.start
		d.fail(len(src)-len(strings.TrimLeft(src, " \t\r\n")), ErrNoJSON)
		return d
	}
	d.Preamble = strings.TrimSpace(strings.TrimPrefix(src[:d.start], "\ufeff"))
	d.pos = d.start
	d.check()
	return d
}

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

// skipSpace returns the offset of the first byte from pos on that is no blank.
func skipSpace(text string, pos int) int {
	for pos < len(text) && (text[pos] == ' ' || text[pos] == '\n' || text[pos] == '\r' || text[pos] == '\t') {
		pos++
	}
	return pos
}

// byteAt returns the byte at pos, 0 behind the end.
func byteAt(text string, pos int) byte {
	if pos < len(text) {
		return text[pos]
	}
	return 0
}
