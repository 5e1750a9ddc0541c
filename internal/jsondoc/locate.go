// SPDX-License-Identifier: Apache-2.0

package jsondoc

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// maxFaults and maxExtra cap what a hostile document can make a Doc remember.
const (
	maxFaults = 256
	maxExtra  = 1 << 14
)

// A Fault is a place in the input that could not be understood.
type Fault struct {
	Offset int    // in bytes, from 0
	Line   int    // from 1
	Column int    // in bytes, from 1
	Path   string // where it is in the document: "table.3.raw.value"
	Text   string // the offending text, to the end of its line
	Err    error  // what is wrong with it: wraps ErrSyntax, ErrType, …
}

// A fault is a Fault before its place is known.
type fault struct {
	offset int
	err    error
}

// fail notes a fault.
func (d *Doc) fail(offset int, err error) {
	if len(d.faults) > maxFaults {
		return
	}
	if len(d.faults) == maxFaults {
		err = fmt.Errorf("%w: too many errors", ErrLimit)
	}
	d.faults = append(d.faults, fault{offset, err})
}

// Faults returns what could not be understood, in input order. Call it once,
// when everything is read.
func (d *Doc) Faults() []Fault {
	if len(d.faults) == 0 {
		return nil
	}
	slices.SortStableFunc(d.faults, func(a, b fault) int { return cmp.Compare(a.offset, b.offset) })
	offsets := make([]int, len(d.faults))
	for i, f := range d.faults {
		offsets[i] = f.offset
	}
	paths := d.paths(offsets)
	list := make([]Fault, len(d.faults))
	line, lineStart, done := 1, 0, 0
	for i, f := range d.faults {
		line += strings.Count(d.src[done:f.offset], "\n")
		if n := strings.LastIndexByte(d.src[done:f.offset], '\n'); n >= 0 {
			lineStart = done + n + 1
		}
		done = f.offset
		text, _, _ := strings.Cut(d.src[f.offset:min(len(d.src), f.offset+1024)], "\n")
		if d.start <= f.offset && f.offset < d.sound && strings.IndexByte(",]}", d.src[f.offset]) < 0 {
			text = text[:min(len(text), valueEnd(d.text, f.offset)-f.offset)]
		}
		list[i] = Fault{f.offset, line, f.offset - lineStart + 1, paths[i], strings.TrimRight(text, "\r"), f.err}
	}
	return list
}

// Extra returns the values that the caller did not read, by path, as they stand
// in the document; nil if there are none. Call it once, when everything is
// read, and before Faults.
func (d *Doc) Extra() map[string]json.RawMessage {
	if len(d.extra) == 0 {
		return nil
	}
	if len(d.extra) > maxExtra {
		d.fail(d.extra[maxExtra].start, fmt.Errorf("%w: too many unknown members", ErrLimit))
		d.extra = d.extra[:maxExtra]
	}
	slices.SortStableFunc(d.extra, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	offsets := make([]int, len(d.extra))
	size := 0
	for i, s := range d.extra {
		offsets[i] = s.start
		size += s.end - s.start
	}
	raw := make([]byte, 0, size)
	extra := make(map[string]json.RawMessage, len(d.extra))
	for i, path := range d.paths(offsets) {
		n := len(raw)
		raw = appendValid(raw, d.text[d.extra[i].start:d.extra[i].end])
		extra[path] = raw[n:len(raw):len(raw)]
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

// A level is an object or array on the way to a place: the member or element
// that the place is in.
type level struct {
	closer byte
	key    span
	index  int
}

// paths returns the paths of the values that hold the offsets, which must
// ascend, in one pass over the document.
func (d *Doc) paths(offsets []int) []string {
	paths := make([]string, len(offsets))
	var levels []level
	done := 0
	upTo := func(end int) { // all offsets before end are at the current place
		for ; done < len(offsets) && offsets[done] < end; done++ {
			paths[done] = d.path(levels)
		}
	}
	for pos := skipSpace(d.src, d.start); pos < len(d.src) && done < len(offsets); pos = skipSpace(d.src, pos) {
		upTo(pos + 1)
		end := pos + 1
		switch b := d.src[pos]; b {
		case '{', '[':
			levels = append(levels, level{closer: b + 2})
		case '}', ']':
			levels = levels[:max(0, len(levels)-1)]
		case ',':
			if top := len(levels) - 1; top >= 0 {
				levels[top].index++
				levels[top].key = span{}
			}
		case '"':
			end, _ = stringEnd(d.src, pos)
			if top := len(levels) - 1; end > 0 && top >= 0 && levels[top].closer == '}' && levels[top].key.end == 0 {
				levels[top].key = span{pos, end}
			}
		default:
			end = max(end, wordEnd(d.src, pos))
		}
		if end < 0 {
			break
		}
		pos = end
	}
	upTo(len(d.src) + 1)
	return paths
}

// path spells the place that levels lead to. A dot in a key is escaped with a
// backslash.
func (d *Doc) path(levels []level) string {
	var b []byte
	for i, l := range levels {
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
		key, _ := unquote(d.src[l.key.start:l.key.end])
		for _, c := range []byte(valid(key)) {
			if c == '.' || c == '\\' {
				b = append(b, '\\')
			}
			b = append(b, c)
		}
	}
	return string(b)
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
	d.room = len(d.text)
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
