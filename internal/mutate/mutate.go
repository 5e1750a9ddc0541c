// SPDX-License-Identifier: Apache-2.0

// Package mutate breaks documents, in JSON and as text, in the ways in which
// they break in the field, and in those that somebody may think of, for tests of
// parsers.
package mutate

import (
	"bytes"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// A Kind is a way to break a document.
type Kind struct {
	Name string
	Do   func(r *rand.Rand, doc []byte) []byte // returns a new document
}

// Kinds are all ways to break a JSON document.
var Kinds = []Kind{
	{"cut", func(r *rand.Rand, doc []byte) []byte { return bytes.Clone(doc[:r.IntN(len(doc)+1)]) }},
	{"head lost", func(r *rand.Rand, doc []byte) []byte { return bytes.Clone(doc[r.IntN(len(doc)+1):]) }},
	{"bit flipped", flip},
	{"wrong type", wrongType},
	{"long key", longKey},
	{"deep nesting", deep},
	{"odd byte", oddByte},
	{"lines swapped", swapLines},
	{"part dropped", dropPart},
	{"part doubled", doublePart},
	{"joined", func(_ *rand.Rand, doc []byte) []byte { return bytes.Join([][]byte{doc, doc}, nil) }},
	{"CRLF", func(_ *rand.Rand, doc []byte) []byte { return bytes.ReplaceAll(doc, []byte("\n"), []byte("\r\n")) }},
	{"leaf repeated", repeat},
}

// Text are all ways to break a text.
var Text = []Kind{
	{"cut", Kinds[0].Do},
	{"head lost", Kinds[1].Do},
	{"bit flipped", flip},
	{"wrong type", wrongValue},
	{"long key", longWord},
	{"deep nesting", deepLines},
	{"odd byte", oddByte},
	{"lines swapped", swapLines},
	{"line dropped", dropLine},
	{"line doubled", doubleLine},
	{"part dropped", dropPart},
	{"part doubled", doublePart},
	{"joined", joined},
	{"CRLF", crlf},
	{"NUL", nul},
	{"leaf repeated", repeatLine},
}

func joined(_ *rand.Rand, doc []byte) []byte { return bytes.Join([][]byte{doc, doc}, nil) }

func crlf(_ *rand.Rand, doc []byte) []byte {
	return bytes.ReplaceAll(doc, []byte("\n"), []byte("\r\n"))
}

func nul(r *rand.Rand, doc []byte) []byte {
	at := r.IntN(len(doc) + 1)
	return splice(doc, at, at, strings.Repeat("\x00", 1+r.IntN(64)))
}

// line returns the place of a line, its end included.
func line(r *rand.Rand, doc []byte) (start, end int) {
	at := r.IntN(len(doc) + 1)
	start = bytes.LastIndexByte(doc[:at], '\n') + 1
	if n := bytes.IndexByte(doc[at:], '\n'); n >= 0 {
		return start, at + n + 1
	}
	return start, len(doc)
}

func dropLine(r *rand.Rand, doc []byte) []byte {
	start, end := line(r, doc)
	return splice(doc, start, end, "")
}

func doubleLine(r *rand.Rand, doc []byte) []byte {
	start, end := line(r, doc)
	return splice(doc, end, end, string(doc[start:end]))
}

// repeatLine makes many of a line.
func repeatLine(r *rand.Rand, doc []byte) []byte {
	start, end := line(r, doc)
	return splice(doc, end, end, strings.Repeat(string(doc[start:end]), 1<<r.IntN(10)))
}

// words are what may stand in the place of a value of a text.
var words = []string{
	"x", "", "-1", "1,000", "0", "1.5", "1e400", "18446744073709551616", "99999999999999999999999", "-0x1", "0xZZ", "nan", "N/A", "[]", "{}",
	"\x1b[2J", "\ufffd\xff", ": : :", "|||", "<a>&amp;</a>", "12 XB", "\t\t", "(null)", "%s%n", "\u202e",
}

// wrongValue puts another value behind the separator of a line.
func wrongValue(r *rand.Rand, doc []byte) []byte {
	start, end := line(r, doc)
	text := doc[start:end]
	at := bytes.IndexAny(text, ":=|>,\t")
	if at < 0 {
		return bytes.Clone(doc)
	}
	rest := bytes.TrimRight(text, "\r\n")
	return splice(doc, start+at+1, start+max(at+1, len(rest)), " "+words[r.IntN(len(words))])
}

// longWord makes a key or a value long.
func longWord(r *rand.Rand, doc []byte) []byte {
	at := r.IntN(len(doc) + 1)
	return splice(doc, at, at, strings.Repeat([]string{"k", "ä", "\x1b", ".", " ", ":"}[r.IntN(6)], 1<<r.IntN(15)))
}

// deepLines indents the lines from one on, each deeper than the one before, or
// opens elements.
func deepLines(r *rand.Rand, doc []byte) []byte {
	start, end := line(r, doc)
	n := 1 << r.IntN(8)
	var b strings.Builder
	for i := range n {
		switch r.IntN(3) {
		case 0:
			b.WriteString(strings.Repeat("\t", i) + "key:\n")
		case 1:
			b.WriteString(strings.Repeat(" ", i) + string(doc[start:end]))
		default:
			b.WriteString("<a>")
		}
	}
	return splice(doc, start, start, b.String())
}

// flip changes up to four bits.
func flip(r *rand.Rand, doc []byte) []byte {
	doc = bytes.Clone(doc)
	for range 1 + r.IntN(4) {
		if len(doc) > 0 {
			doc[r.IntN(len(doc))] ^= 1 << r.IntN(8)
		}
	}
	return doc
}

// values are what may stand in the place of another value.
var values = []string{
	`"x"`, `""`, `"-1"`, `"1,000"`, `0`, `-1`, `1.5`, `1e400`, `18446744073709551616`, `-9223372036854775809`, `true`, `null`,
	`{}`, `[]`, `[[]]`, `{"a":{"b":[1]}}`, `[{}]`, `"\u0000\u001b[2J\n"`, `"\ud800"`, `nan`, `007`, `"` + "\xff\x1b" + `"`,
}

// wrongType puts another value into the place of a leaf.
func wrongType(r *rand.Rand, doc []byte) []byte {
	return replace(r, doc, values[r.IntN(len(values))])
}

// repeat makes an array of a leaf, or an object with many members.
func repeat(r *rand.Rand, doc []byte) []byte {
	n := 1 << r.IntN(12)
	switch r.IntN(3) {
	case 0:
		return replace(r, doc, "["+strings.Repeat("{},", n)+"1]")
	case 1:
		return replace(r, doc, "["+strings.Repeat("1,", n)+"{}]")
	}
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"%d":%d,`, i, i)
	}
	return replace(r, doc, "{"+b.String()+`"":0}`)
}

// longKey makes a key long: of letters, or of what an error must not print.
func longKey(r *rand.Rand, doc []byte) []byte {
	_, keys := scan(doc)
	if len(keys) == 0 {
		return bytes.Clone(doc)
	}
	at := keys[r.IntN(len(keys))]
	key := strings.Repeat([]string{"k", "ä", `\u001b`, ".", `\n`}[r.IntN(5)], 1<<r.IntN(15))
	return splice(doc, at.start+1, at.start+1, key)
}

// deep nests a leaf deeper than any parser should follow.
func deep(r *rand.Rand, doc []byte) []byte {
	n := 1 << r.IntN(13)
	if r.IntN(2) == 0 {
		return replace(r, doc, strings.Repeat("[", n)+strings.Repeat("]", n*r.IntN(2)))
	}
	return replace(r, doc, strings.Repeat(`{"a":`, n)+"1"+strings.Repeat("}", n*r.IntN(2)))
}

func oddByte(r *rand.Rand, doc []byte) []byte {
	at := r.IntN(len(doc) + 1)
	odd := []string{"\x00", "\xff", "\ufeff", "{", "}", "[", "]", `"`, `\`, ",", ":", "\n", "'"}
	return splice(doc, at, at, odd[r.IntN(len(odd))])
}

func swapLines(r *rand.Rand, doc []byte) []byte {
	lines := bytes.SplitAfter(bytes.Clone(doc), []byte("\n"))
	i, j := r.IntN(len(lines)), r.IntN(len(lines))
	lines[i], lines[j] = lines[j], lines[i]
	return bytes.Join(lines, nil)
}

func dropPart(r *rand.Rand, doc []byte) []byte {
	start := r.IntN(len(doc) + 1)
	return splice(doc, start, min(len(doc), start+r.IntN(200)), "")
}

func doublePart(r *rand.Rand, doc []byte) []byte {
	start := r.IntN(len(doc) + 1)
	end := min(len(doc), start+r.IntN(200))
	return splice(doc, end, end, string(doc[start:end]))
}

// replace puts text into the place of a leaf.
func replace(r *rand.Rand, doc []byte, text string) []byte {
	leaves, _ := scan(doc)
	if len(leaves) == 0 {
		return bytes.Clone(doc)
	}
	at := leaves[r.IntN(len(leaves))]
	return splice(doc, at.start, at.end, text)
}

func splice(doc []byte, start, end int, text string) []byte {
	out := make([]byte, 0, len(doc)+len(text))
	out = append(out, doc[:start]...)
	out = append(out, text...)
	return append(out, doc[end:]...)
}

// A span is a part of a document.
type span struct{ start, end int }

// scan finds the strings and words of a document: those that a colon follows
// are keys.
func scan(doc []byte) (leaves, keys []span) {
	for i := 0; i < len(doc); i++ {
		start := i
		switch b := doc[i]; {
		case b == '"':
			for i++; i < len(doc) && doc[i] != '"'; i++ {
				if doc[i] == '\\' {
					i++
				}
			}
			if i >= len(doc) {
				return leaves, keys
			}
		case b == '-', '0' <= b && b <= '9', 'a' <= b && b <= 'z':
			for i+1 < len(doc) && bytes.IndexByte([]byte(" \r\n,]}:"), doc[i+1]) < 0 {
				i++
			}
		default:
			continue
		}
		if rest := bytes.TrimLeft(doc[i+1:min(len(doc), i+8)], " \t"); len(rest) > 0 && rest[0] == ':' {
			keys = append(keys, span{start, i + 1})
		} else {
			leaves = append(leaves, span{start, i + 1})
		}
	}
	return leaves, keys
}

// Run has check look at n mutants of JSON documents, and says how many of each
// kind there were. The same seed gives the same mutants.
func Run(t *testing.T, docs [][]byte, n int, seed uint64, check func(t *testing.T, doc []byte)) {
	t.Helper()
	RunKinds(t, Kinds, docs, n, seed, check)
}

// RunKinds is Run with other kinds. Of documents of many sizes it takes the
// small ones more often.
func RunKinds(t *testing.T, kinds []Kind, docs [][]byte, n int, seed uint64, check func(t *testing.T, doc []byte)) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 0))
	counts := make([]int, len(kinds))
	for range n {
		k := r.IntN(len(kinds))
		doc := docs[r.IntN(len(docs))]
		if other := docs[r.IntN(len(docs))]; len(other) < len(doc) && r.IntN(8) > 0 {
			doc = other
		}
		doc = kinds[k].Do(r, doc)
		if r.IntN(4) == 0 { // two faults at once
			doc = kinds[r.IntN(6)].Do(r, doc)
		}
		counts[k]++
		look(t, kinds[k].Name, seed, doc, check)
	}
	for k, kind := range kinds {
		t.Logf("mutants: %-13s seed=%d n=%d", kind.Name, seed, counts[k])
	}
}

// look has check look at one mutant, and prints the one at which it fails.
func look(t *testing.T, kind string, seed uint64, doc []byte, check func(t *testing.T, doc []byte)) {
	t.Helper()
	defer func() {
		t.Helper()
		if e := recover(); e != nil {
			t.Fatalf("panic: %v\n%s\n%s, seed %d: %d bytes, %.2000q", e, debug.Stack(), kind, seed, len(doc), doc)
		}
		if t.Failed() {
			t.Fatalf("%s, seed %d: %d bytes, %.2000q", kind, seed, len(doc), doc)
		}
	}()
	check(t, doc)
}

// Hostile are documents of about 200 KB that make much of little. The keys are
// names under which the parser under test knows an array or an object.
func Hostile(keys ...string) map[string][]byte {
	const n = 1 << 14
	docs := make(map[string][]byte)
	var members strings.Builder
	for i := range n {
		fmt.Fprintf(&members, `"u%d":1,`, i)
	}
	long := strings.Repeat("k", 1<<16)
	for _, key := range append(keys, "unknown") {
		docs[key+": long key, many members"] = []byte(`{"` + key + `":{"` + long + `":{` + members.String() + `"":0}}}`)
		docs[key+": members behind a long key"] = []byte(`{"` + key + long + `":{` + members.String() + `"":0}}`)
		docs[key+": members"] = []byte(`{"` + key + `":{` + members.String() + `"":0}}`)
		docs[key+": faults behind a long key"] = []byte(`{"` + long + `":{` + strings.Repeat(`"`+key+`":x,`, 300) + `"":0},"` + key + `":[` + strings.Repeat(`x,`, n) + `0]}`)
		for _, element := range []string{`{}`, `[]`, `0`, `""`, `null`, `{"":0}`, `{"name":"a"}`, `[{}]`} {
			docs[key+": array of "+element] = []byte(`{"` + key + `":[` + strings.Repeat(element+",", 1<<16) + element + `]}`)
		}
		docs[key+": deep"] = []byte(strings.Repeat(`{"`+key+`":`, n) + "1" + strings.Repeat("}", n))
		docs[key+": deep arrays"] = []byte(`{"` + key + `":` + strings.Repeat(`[`, n) + strings.Repeat("]", n) + "}")
		docs[key+": one member, often"] = []byte(`{` + strings.Repeat(`"`+key+`":{"a":1},`, n) + `"a":1}`)
		docs[key+": one array, often"] = []byte(`{` + strings.Repeat(`"`+key+`":[{}],`, n) + `"a":1}`)
	}
	return docs
}

// Memory reports how many bytes parse allocates, and how many of them the value
// that it returns holds.
func Memory(parse func() any) (allocated, live int) {
	var before, after, held runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	value := parse()
	runtime.ReadMemStats(&after)
	runtime.GC()
	runtime.ReadMemStats(&held)
	runtime.KeepAlive(value)
	return int(after.TotalAlloc - before.TotalAlloc), int(held.HeapAlloc) - int(before.HeapAlloc)
}

// CheckAllocated sees to it that parse keeps to 100 bytes allocated for each of
// the input's, and half a megabyte. It costs less than CheckMemory.
func CheckAllocated(t *testing.T, size int, parse func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	parse()
	runtime.ReadMemStats(&after)
	if allocated := int(after.TotalAlloc - before.TotalAlloc); allocated > 100*size+1<<19 {
		t.Errorf("%d bytes allocated for %d", allocated, size)
	}
}

// CheckMemory sees to it that parse keeps to 100 bytes allocated for each of
// the input's, and to 30 held, and a constant.
func CheckMemory(t *testing.T, name string, size int, parse func() any) {
	t.Helper()
	allocated, live := Memory(parse)
	if allocated > 100*size+1<<16 {
		t.Errorf("%s: %d bytes allocated for %d", name, allocated, size)
	}
	if live > 30*size+1<<20 {
		t.Errorf("%s: %d bytes held of %d", name, live, size)
	}
}

// EachLeaf yields the document with text in the place of each leaf in turn, and
// where that is.
func EachLeaf(doc []byte, text string) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		leaves, _ := scan(doc)
		for _, at := range leaves {
			if !yield(at.start, splice(doc, at.start, at.end, text)) {
				return
			}
		}
	}
}
