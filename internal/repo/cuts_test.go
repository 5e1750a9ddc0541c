// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"bytes"
	"encoding/json"
	"errors"
	"hash/fnv"
	"iter"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestCutsYieldNoValues cuts the fixtures: where a text ends, it has no value
// that the whole text does not have. In CI it cuts each at some places; with
// BEE_MUTANTS set, those of the corpus too, at each byte.
//
// To parse a text anew for each of its bytes takes a day for all, of which most
// goes to lines that hundreds of them have. So an end is cut once: where the last
// line, as far as it goes, and the line before it are those of a smaller text, or
// of an earlier place, it is passed over. With BEE_CUTS=N it is cut N times. Of
// what is longer than 64 KB each line is cut at its start and at one byte.
func TestCutsYieldNoValues(t *testing.T) {
	times := 1
	if s := os.Getenv("BEE_CUTS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		times = n
	}
	for _, e := range entries {
		if e.name == "nvidia.ParseMessages" {
			continue // its lines are sentences, of which half says something too
		}
		t.Run(e.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(19, 2))
			seen := make(map[uint64]int)
			start, bad, texts, size, cuts := time.Now(), 0, 0, 0, 0
			for _, doc := range e.outputs(t) {
				at := places(r, len(doc.data))
				if os.Getenv("BEE_MUTANTS") != "" {
					at = ends(r, doc.data, seen, times)
				}
				n, ok := e.cut(t, doc, at)
				if !ok {
					if bad++; bad == 8 {
						return // enough to read
					}
				}
				if cuts += n; n > 0 {
					texts, size = texts+1, size+len(doc.data)
				}
			}
			t.Logf("cuts: %-32s n=%d of %d texts with %d bytes, %v", e.name, cuts, texts, size, time.Since(start).Round(time.Second))
		})
	}
}

// cut cuts a document at the places and returns at how many, and whether it
// was found well at each.
func (e *entry) cut(t *testing.T, doc document, at []int) (n int, ok bool) {
	t.Helper()
	values, err := e.parse(doc.data)
	if err != nil && errors.Is(err, e.tool) {
		return 0, true // a sentence about a failure is no value
	}
	whole := make(map[string]bool)
	for leaf := range leaves(marshal(t, values)) {
		whole[string(leaf)] = true
	}
	var last []byte // what the cut before gave, which most give again
	for _, n := range at {
		cut, err := e.parse(doc.data[:n])
		if b := marshal(t, cut); !bytes.Equal(b, last) {
			for leaf := range leaves(b) {
				if !whole[string(leaf)] && !e.isDerived(string(leaf)) {
					t.Errorf("%s, cut at %d (%q): %s; the whole text has %q", doc.name, n, doc.data[max(0, n-60):n], leaf, of(whole, string(leaf)))
					return len(at), false
				}
			}
			last = b
		}
		if err == nil && endsWithin(doc.data, n) && !(e.name == "nvidia.Parse" && !strings.Contains(string(doc.data[:n]), "<nvidia_smi_log")) { // messages before the XML are kept as they are
			t.Errorf("%s, cut at %d (%q): not told", doc.name, n, doc.data[max(0, n-60):n])
			return len(at), false
		}
	}
	return len(at), true
}

// of returns the leaves of the same path, some of them.
func of(whole map[string]bool, leaf string) (list []string) {
	path, _, _ := strings.Cut(leaf, "=")
	for other := range whole {
		if strings.HasPrefix(other, path+"=") {
			list = append(list, other[len(path)+1:])
		}
	}
	slices.Sort(list)
	return list[:min(len(list), 8)]
}

// places returns twenty places of n bytes.
func places(r *rand.Rand, n int) (list []int) {
	for range 20 {
		list = append(list, r.IntN(n))
	}
	return list
}

// ends returns where a text ends as no text did often enough.
func ends(r *rand.Rand, data []byte, seen map[uint64]int, times int) (list []int) {
	start := 0
	var before []byte // the last line
	for line := range bytes.Lines(data) {
		within := -1 // where to cut in the line, if at one place alone
		if len(data) > 1<<16 {
			within = r.IntN(len(line))
		}
		h := fnv.New64a()
		_, _ = h.Write(before)
		for i := range line {
			if key := h.Sum64(); seen[key] < times && (within < 0 || i == 0 || i == within) {
				seen[key]++
				list = append(list, start+i)
			}
			_, _ = h.Write(line[i : i+1])
		}
		start, before = start+len(line), line
	}
	return list
}

// endsWithin reports whether a document cut at n ends within a line: behind a
// letter or digit that another one follows.
func endsWithin(data []byte, n int) bool {
	return n > 0 && isAlnum(data[n-1]) && isAlnum(data[n])
}

func isAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// derived are what later lines change without anything being wrong with the
// ones before: none of it is made of half a line.
var derived = []string{
	"dmi.Parse 0.notes.text",                                       // the first half of a Handle line of two
	"ipmi.ParseFRU 1.state=empty",                                  // a device of which the fields are cut off
	"nvidia.Parse 0.notes.text",                                    // beside the XML, where any text may stand
	"nvidia.ParseCSV 1.timestamp",                                  // of the log, if all rows have the same
	"nvidia.ParseCSV 1.driver",                                     // the same
	"smart.Parse 0.model_name",                                     // of vendor and product, until a line says it
	"smart.Parse 1.",                                               // a verdict
	"smart/mdadm.ParseDetail 0.arrays.removed",                     // counts rows
	"smart/mdadm.ParseMdstat 0.arrays.state",                       // that it recovers is in its last line
	"smart/megacli.Parse 0.adapters.battery.state",                 // what all of its bits say
	"smart/megacli.Parse 0.adapters.drives.state",                  // foreign, as a later line says
	"smart/sasircu.Parse 0.drives.enclosure=0",                     // of a missing drive, as its address tells
	"smart/sasircu.Parse 0.drives.slot=0",                          // the same
	"smart/ssacli.Parse 0.controllers.drives.bay",                  // of the drive's address, until a line says it
	"smart/ssacli.Parse 0.controllers.drives.interface_text",       // a second time, in other words
	"smart/ssacli.Parse 0.controllers.drives.port",                 // of the drive's address, until a line says it
	"smart/storcli.Parse 0.cli_version",                            // each controller's says it again
	"smart/storcli.Parse 0.operating_system",                       // the same
	"smart/storcli.Parse 0.controllers.batteries.model",            // its type, until a line says it
	"smart/storcli.Parse 0.controllers.settings.value",             // two lines with one key
	"smart/storcli.Parse 0.controllers.drives.state",               // of the state alone, until the status is there
	"smart/storcli.Parse 0.controllers.volumes.members.state",      // the same
	"smart/storcli.Parse 0.controllers.drives.coerced_bytes",       // rounded in a list
	"smart/storcli.Parse 0.controllers.drives.non_coerced_bytes",   // in sectors of 512 bytes, until a line says otherwise
	"smart/storcli.Parse 0.controllers.drives.size_bytes",          // rounded in a list
	"smart.ParseLsblk 0.roots.parent_name",                         // of two parents
	"smart/storcli.Parse 0.controllers.drives.model",               // a list cuts it
	"smart/sasircu.Parse 0.drives.serial",                          // the label's, as it is without the one of the VPD page
	"smart.ParseText 0.device.ata.extended_error_log.logged_count", // counts
	"smart.ParseText 0.device.ata.error_log.logged_count",          // counts
	"smart.ParseText 0.device.ata.offline_status.text",             // goes on in the next line
	"smart.ParseText 0.device.capacity_",                           // all of an NVMe drive's, until its one namespace says its own
	"smart.ParseText 0.device.nvme.namespaces.capacity_",           // its size, until a line says that it differs
	"smart.ParseText 0.device.nvme.namespaces.used_",               // its capacity, the same
	"smart.ParseText 0.device.ata.pending_defects.count",           // counts rows
	"smart.ParseText 0.device.ata.self_test_log.count",             // the same
	"smart.ParseText 0.device.ata.self_test_log.error_count",       // the same
	"smart.ParseText 0.device.ata.extended_self_test_log.count",    // the same
	"smart.ParseText 0.device.ata.extended_self_test_log.error_",   // the same
	"smart.ParseText 0.device.power_cycles",                        // two pages count them
	"smart.ParseText 0.device.power_on_hours",                      // the same
	"smart.ParseText 0.device.temperature.",                        // of an attribute, until a page that knows better
}

func (e *entry) isDerived(leaf string) bool {
	key, value, _ := strings.Cut(leaf, "=")
	if strings.HasSuffix(key, ".line") || strings.HasSuffix(key, ".complete") && value == "false" {
		return true
	}
	if e.name == "dmi.Parse" && (strings.HasSuffix(leaf, ".present=false") || strings.HasSuffix(key, ".handle")) || value == "0" || value == "false" {
		return true // what did not come, where absence has no form of its own
	}
	return slices.ContainsFunc(derived, func(s string) bool { return strings.HasPrefix(e.name+" "+leaf, s) })
}

// leaves yields the scalars of an array of values in JSON, as json.Marshal
// writes them, each with its path, in which places in arrays do not count:
// "0.drives.serial=X". The bytes are good until the next.
func leaves(values []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		s := scanner{rest: values, yield: yield}
		s.rest = s.rest[1:] // the array's bracket
		for i := 0; len(s.rest) > 1; i++ {
			s.path = strconv.AppendInt(s.path[:0], int64(i), 10)
			if !s.value() {
				return
			}
			s.rest = bytes.TrimPrefix(s.rest, []byte(","))
		}
	}
}

// A scanner walks over the JSON that json.Marshal wrote.
type scanner struct {
	rest  []byte
	path  []byte
	yield func([]byte) bool
}

func (s *scanner) value() bool {
	switch s.rest[0] {
	case '{', '[':
		open, path := s.rest[0], len(s.path)
		for s.rest[1] != open+2 { // in ASCII its closing one
			s.rest = s.rest[1:]
			if open == '{' {
				key := s.scalar()
				if string(key) != "children" { // lsblk: whose a device is, later lines may tell
					s.path = append(append(s.path, '.'), key...)
				}
				s.rest = s.rest[1:]
			}
			if !s.value() {
				return false
			}
			s.path = s.path[:path]
			if s.rest[0] != ',' {
				s.rest = s.rest[1:]
				return true
			}
		}
		s.rest = s.rest[2:]
		return true
	}
	path := len(s.path)
	value := s.scalar()
	if string(value) == "null" {
		return true
	}
	s.path = append(append(s.path, '='), value...)
	ok := s.yield(s.path)
	s.path = s.path[:path]
	return ok
}

// scalar takes a number or a word, or a string without its quotes.
func (s *scanner) scalar() []byte {
	n := 0
	if s.rest[0] != '"' {
		n = bytes.IndexAny(s.rest, ",]}")
		value := s.rest[:n]
		s.rest = s.rest[n:]
		return value
	}
	for n = 1; s.rest[n] != '"'; n++ {
		if s.rest[n] == '\\' {
			n++
		}
	}
	value := s.rest[1:n]
	s.rest = s.rest[n+1:]
	return value
}

func marshal(t *testing.T, values []any) []byte {
	t.Helper()
	b, err := json.Marshal(slices.Concat([]any{}, values))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLeaves(t *testing.T) {
	var got []string
	for leaf := range leaves(marshal(t, []any{map[string]any{
		"a": []any{1, "x\"]}", nil, map[string]any{}, []any{}, true}, "children": []any{map[string]any{"b": -1.5}}, "c": "",
	}, "d", nil, 7})) {
		got = append(got, string(leaf))
	}
	want := []string{"0.a=1", `0.a=x\"]}`, "0.a=true", "0.c=", "0.b=-1.5", "1=d", "3=7"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
