// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mchus/bee/internal/mutate"
)

// mutants returns how many mutants each entry gets: few, or its share of
// BEE_MUTANTS, which is of all.
func mutants(t *testing.T, few int) int {
	s := os.Getenv("BEE_MUTANTS")
	if s == "" {
		return few
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return 1 + n/len(entries)
}

// seed is that of the mutants: BEE_SEED, or 1.
func seed() uint64 {
	n, err := strconv.ParseUint(os.Getenv("BEE_SEED"), 10, 64)
	if err != nil {
		return 1
	}
	return n
}

// TestMutants breaks the fixtures of every parser, and with BEE_CORPUS the
// corpus: no panic, errors inside of the input, small and inert, a value that
// can be written, memory in proportion, the input untouched.
func TestMutants(t *testing.T) {
	for _, e := range entries {
		t.Run(e.name, func(t *testing.T) {
			var docs [][]byte
			isJSON := 0
			for _, doc := range e.fixtures(t) {
				docs = append(docs, doc.data)
				if bytes.HasPrefix(bytes.TrimSpace(doc.data), []byte("{")) {
					isJSON++
				}
			}
			start, size, n := time.Now(), 0, 0
			check := func(t *testing.T, doc []byte) {
				input := bytes.Clone(doc)
				var values []any
				var err error
				mutate.CheckAllocated(t, len(doc), func() { values, err = e.parse(input) })
				checkPlaces(t, doc, err)
				if len(errorsIn(err)) > 0 && len(values) == 0 {
					t.Error("no value")
				}
				if !bytes.Equal(input, doc) {
					t.Error("the input was changed")
				}
				size, n = size+len(doc), n+1
				if n%16 == 0 {
					if _, err := json.Marshal(values); err != nil {
						t.Error(err)
					}
				}
				if n%256 == 0 {
					mutate.CheckMemory(t, e.name, len(doc), func() any {
						values, err := e.parse(input)
						return []any{values, err}
					})
				}
			}
			for _, kinds := range [][]mutate.Kind{mutate.Kinds, mutate.Text} {
				count := mutants(t, 400)
				if (isJSON > 0) != (&kinds[0] == &mutate.Kinds[0]) {
					count /= 8 // what is of the other form
				}
				mutate.RunKinds(t, kinds, docs, count, seed(), check)
			}
			t.Logf("mutants: %-32s n=%d, %.1f KB each, %v", e.name, n, float64(size)/float64(n)/1024, time.Since(start).Round(time.Millisecond))
		})
	}
}

// TestHostileTexts feeds the parsers with what makes much of little.
func TestHostileTexts(t *testing.T) {
	for _, e := range entries {
		t.Run(e.name, func(t *testing.T) {
			for name, doc := range hostile(e.fixtures(t)) {
				mutate.CheckMemory(t, e.name+": "+name, len(doc), func() any {
					values, err := e.parse(doc)
					checkPlaces(t, doc, err)
					return []any{values, err}
				})
			}
		})
	}
}

// hostile returns texts of about 100 KB: the lines of a fixture over and over,
// and what no tool prints.
func hostile(docs []document) map[string][]byte {
	const size = 100 << 10
	texts := map[string][]byte{
		"colons":       bytes.Repeat([]byte("a:\n"), size/3),
		"bars":         bytes.Repeat([]byte("|"), size),
		"rows":         bytes.Repeat([]byte("a | b | c\n"), size/10),
		"commas":       bytes.Repeat([]byte("a,"), size/2),
		"tabs":         bytes.Repeat([]byte("\t"), size),
		"blank lines":  bytes.Repeat([]byte("\n"), size),
		"elements":     bytes.Repeat([]byte("<a>"), size/3),
		"attributes":   append([]byte("<a "), bytes.Repeat([]byte(`b="c" `), size/6)...),
		"equals signs": bytes.Repeat([]byte("=\n"), size/2),
		"one line":     bytes.Repeat([]byte("x"), size),
		"NUL":          make([]byte, size),
	}
	smallest := docs[0].data
	lines := slices.Compact(strings.SplitAfter(string(smallest), "\n"))
	step := 1
	if os.Getenv("BEE_MUTANTS") == "" {
		step = 1 + len(lines)/8
	}
	for i, line := range lines {
		if i%step == 0 && i < 100 && strings.TrimSpace(line) != "" {
			head := smallest[:strings.Index(string(smallest), line)]
			texts["much of line "+strconv.Itoa(i+1)] = append(bytes.Clone(head), strings.Repeat(line, size/len(line))...)
		}
	}
	return texts
}

// TestTimeIsLinear: eight times the input takes some eight times as long.
func TestTimeIsLinear(t *testing.T) {
	if testing.Short() || os.Getenv("BEE_MUTANTS") == "" {
		t.Skip("takes half a minute; make torture does it")
	}
	for _, e := range entries {
		for name, doc := range hostile(e.fixtures(t)) {
			part := doc[:len(doc)/8]
			small, large := timeOf(&e, part), timeOf(&e, doc)
			for range 4 { // a busy machine
				if large < 40*small+2*time.Millisecond {
					break
				}
				small, large = max(small, timeOf(&e, part)), min(large, timeOf(&e, doc))
			}
			if large >= 40*small+2*time.Millisecond { // eight times, squared, is 64
				t.Errorf("%s, %s: %v for %d bytes, %v for %d", e.name, name, small, len(part), large, len(doc))
			}
		}
	}
}

func timeOf(e *entry, data []byte) time.Duration {
	best := time.Hour
	for range 3 {
		start := time.Now()
		_, _ = e.parse(data)
		best = min(best, time.Since(start))
	}
	return best
}

// TestWrongTypeIsTold puts an object into the place of each leaf of the JSON
// fixtures: what was a value is told or kept in Extra, not lost.
func TestWrongTypeIsTold(t *testing.T) {
	for _, e := range entries {
		for _, doc := range e.fixtures(t) {
			if !bytes.HasPrefix(bytes.TrimSpace(doc.data), []byte("{")) || len(doc.data) > 6<<10 || e.anything {
				continue
			}
			values, err := e.parse(doc.data)
			if err != nil {
				continue
			}
			before, err := json.Marshal(values)
			if err != nil {
				t.Fatal(err)
			}
			for at, mutant := range mutate.EachLeaf(doc.data, `{"bee":[{"x":1}]}`) {
				values, err := e.parse(mutant)
				after, err2 := json.Marshal(values)
				if err2 != nil {
					t.Fatal(err2)
				}
				if err == nil && !bytes.Equal(before, after) && !bytes.Contains(after, []byte("bee")) && !errors.Is(err, e.format) {
					t.Errorf("%s, %s: a wrong type at %d, %.40q, is not told", e.name, doc.name, at, doc.data[at:])
				}
			}
		}
	}
}
