// SPDX-License-Identifier: Apache-2.0

package jsondoc

import (
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// These cap what a hostile document can make a Doc remember.
const (
	maxFaults = 256
	maxExtra  = 1 << 12 // members
	maxPaths  = 1 << 18 // bytes of their paths, and 8 for each byte of text
	maxKey    = 128     // bytes of a key in a path
	maxPath   = 160     // bytes of a fault's path
	maxText   = 80      // bytes of a fault's text
)

// A Fault is a place in the input that could not be understood. Path and Text
// are inert, as by [Inert].
type Fault struct {
	Offset int    // in bytes, from 0
	Line   int    // from 1
	Column int    // in bytes, from 1
	Path   string // where it is in the document: "table.3.raw.value"
	Text   string // the offending text, to the end of its line at most
	Err    error  // what is wrong with it: wraps ErrSyntax, ErrType, …
}

// A fault is a Fault before its line is known.
type fault struct {
	offset int
	path   string
	err    error
}

// fail notes a fault at an offset that belongs to what the cursor is at.
func (d *Doc) fail(offset int, err error) {
	if len(d.faults) > maxFaults {
		return
	}
	if len(d.faults) == maxFaults {
		err = fmt.Errorf("%w: too many errors", ErrLimit)
	}
	path := Inert(string(d.appendPath(nil)), maxPath)
	d.faults = append(d.faults, fault{offset, path, err})
}

// Start is the place where the document starts, for an error about all of it.
func (d *Doc) Start() Fault {
	before := d.src[:d.start]
	return Fault{
		Offset: d.start, Line: 1 + strings.Count(before, "\n"), Column: d.start - strings.LastIndexByte(before, '\n'),
		Text: d.faultText(d.start),
	}
}

// Faults returns what could not be understood, in input order. Call it once,
// when everything is read.
func (d *Doc) Faults() []Fault {
	d.end()
	if len(d.faults) == 0 {
		return nil
	}
	slices.SortStableFunc(d.faults, func(a, b fault) int { return cmp.Compare(a.offset, b.offset) })
	list := make([]Fault, len(d.faults))
	line, lineStart, done := 1, 0, 0
	for i, f := range d.faults {
		line += strings.Count(d.src[done:f.offset], "\n")
		if n := strings.LastIndexByte(d.src[done:f.offset], '\n'); n >= 0 {
			lineStart = done + n + 1
		}
		done = f.offset
		list[i] = Fault{f.offset, line, f.offset - lineStart + 1, f.path, d.faultText(f.offset), f.err}
	}
	return list
}

// faultText returns the value at an offset; where there is none, or none that
// is sound, what stands there to the end of its line.
func (d *Doc) faultText(offset int) string {
	window := d.src[:min(len(d.src), offset+1024)]
	text, _, _ := strings.Cut(window[offset:], "\n")
	if d.start <= offset && offset < d.sound && strings.IndexByte(",]}", d.src[offset]) < 0 {
		text = text[:min(len(text), valueEnd(window, offset)-offset)]
	}
	return Inert(strings.TrimRight(text, "\r"), maxText)
}

// Inert returns text as an error may quote it: clipped behind limit bytes or a
// few before, on a rune and with an ellipsis, and with U+FFFD for what is not
// printable or not UTF-8, so that it stays on its line and moves no terminal.
func Inert(text string, limit int) string {
	const ellipsis = "…"
	if len(text) <= limit && isInert(text) {
		return text
	}
	clean := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return utf8.RuneError
		}
		return r
	}, text[:min(len(text), limit+utf8.UTFMax)])
	if len(clean) <= limit && len(text) <= limit {
		return clean
	}
	end := min(len(clean), limit)
	if end < len(clean) && !utf8.RuneStart(clean[end]) {
		end = limit - len(ellipsis) // so that what clips again finds nothing to clip
	}
	for end < len(clean) && !utf8.RuneStart(clean[end]) {
		end--
	}
	return clean[:end] + ellipsis
}

// isInert reports whether all of text is printable ASCII.
func isInert(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// A member is a value that the caller did not read.
type member struct {
	span
	path int // where its path ends in Doc.paths; it starts where the last one ends
}

// keep notes the value at start, whose end is yet to be told, for Extra. If
// there is too much already, keep returns false; the first time that is a fault.
func (d *Doc) keep(start int) bool {
	if d.full {
		return false
	}
	if len(d.extra) == maxExtra || len(d.paths) > maxPaths+8*len(d.src) {
		d.full = true
		d.fail(start, fmt.Errorf("%w: too many unknown members", ErrLimit))
		return false
	}
	if d.extra == nil { // in most documents there are none, or a few
		d.paths, d.extra = make([]byte, 0, 64), make([]member, 0, 4)
	}
	d.paths = d.appendPath(d.paths)
	d.extra = append(d.extra, member{span{start, start}, len(d.paths)})
	return true
}

// Extra returns the values that the caller did not read, by path, as they stand
// in the document; nil if there are none. A key of more than 128 bytes is cut in
// a path, with a checksum for the rest. Call it once, when everything is read,
// and before Faults.
func (d *Doc) Extra() map[string]json.RawMessage {
	d.end()
	if len(d.extra) == 0 {
		return nil
	}
	size := len(d.tail)
	for _, m := range d.extra {
		size += m.end - m.start
	}
	paths := string(d.paths)
	raw := make([]byte, 0, size)
	extra := make(map[string]json.RawMessage, len(d.extra))
	start := 0
	for i, m := range d.extra {
		n := len(raw)
		text := d.src[m.start:m.end]
		if d.done && i == len(d.extra)-1 && (text[0] == '{' || text[0] == '[') {
			text += d.tail
		}
		raw = appendValid(raw, text)
		extra[paths[start:m.path]] = raw[n:len(raw):len(raw)]
		start = m.path
	}
	return extra
}

// appendValid appends text, which is a value; if strict JSON would refuse it
// for a small thing (a bare 0B, a control character), as a string.
func appendValid(raw []byte, text string) []byte {
	text = strings.ToValidUTF8(text, "\ufffd")
	if !gjson.Valid(text) {
		return gjson.AppendJSONString(raw, text)
	}
	return append(raw, text...)
}

// appendPath spells the place that the cursor is at. A dot in a key is escaped
// with a backslash.
func (d *Doc) appendPath(b []byte) []byte {
	for i := range d.depth {
		l := d.level(i)
		if l.closer == '}' && l.key.end == 0 {
			break // between two members
		}
		if i > 0 {
			b = append(b, '.')
		}
		if l.closer == ']' {
			b = strconv.AppendInt(b, int64(l.index), 10)
			continue
		}
		b = d.appendKey(b, l)
	}
	return b
}

// appendKey appends a key as it stands in a path.
func (d *Doc) appendKey(b []byte, l *level) []byte {
	key := d.short[l.key.start]
	if key == "" {
		key = d.spoken(l.key, l.traits)
		if len(key) > maxKey {
			sum := fnv.New64a()
			_, _ = sum.Write([]byte(key))
			end := maxKey - 20
			for !utf8.RuneStart(key[end]) {
				end--
			}
			key = key[:end] + "…" + fmt.Sprintf("%016x", sum.Sum64())
			if d.short == nil {
				d.short = make(map[int]string)
			}
			d.short[l.key.start] = key
		}
	}
	for i := range len(key) {
		if c := key[i]; c == '.' || c == '\\' {
			b = append(b, '\\')
		}
		b = append(b, key[i])
	}
	return b
}

// Leaves counts the values of a document that hold no others: strings, numbers,
// booleans and nulls, but also empty objects and arrays. With the ones in Extra
// it tells how much of a document was understood.
func Leaves(raw []byte) int {
	d := Open(raw)
	return d.leaves()
}

func (d *Doc) leaves() int {
	n := 0
	d.elements, d.objects = len(d.src), len(d.src)
	switch d.Kind() {
	case Object:
		for range d.Object() {
			n += d.leaves()
		}
		return max(n, 1)
	case Array:
		for range d.Array() {
			n += d.leaves()
		}
		return max(n, 1)
	}
	d.Skip()
	return 1
}
