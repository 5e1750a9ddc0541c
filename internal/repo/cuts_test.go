// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestCutsYieldNoValues cuts the fixtures: where a text ends, it has no value
// that the whole text does not have. In CI it cuts each at some places, with
// BEE_MUTANTS set at every byte.
func TestCutsYieldNoValues(t *testing.T) {
	every := os.Getenv("BEE_MUTANTS") != ""
	for _, e := range entries {
		if e.name == "nvidia.ParseMessages" {
			continue // its lines are sentences, of which half says something too
		}
		t.Run(e.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(19, 2))
			cuts := 0
			for _, doc := range e.fixtures(t) {
				values, err := e.parse(doc.data)
				if err != nil && errors.Is(err, e.tool) {
					continue // a sentence about a failure is no value
				}
				whole := leaves(t, values)
				at := places(r, len(doc.data), every)
				for _, n := range at {
					cuts++
					cut, err := e.parse(doc.data[:n])
					for leaf := range leaves(t, cut) {
						if !whole[leaf] && !e.isDerived(leaf) {
							t.Errorf("%s, cut at %d (%q): %s", doc.name, n, doc.data[max(0, n-60):n], leaf)
							break
						}
					}
					if err == nil && endsWithin(doc.data, n) && !(e.name == "nvidia.Parse" && !strings.Contains(string(doc.data[:n]), "<nvidia_smi_log")) { // messages before the XML are kept as they are
						t.Errorf("%s, cut at %d (%q): not told", doc.name, n, doc.data[max(0, n-60):n])
					}
					if t.Failed() {
						return
					}
				}
			}
			t.Logf("cuts: %-32s n=%d", e.name, cuts)
		})
	}
}

// places returns where to cut n bytes: everywhere, or at twenty places and
// around one.
func places(r *rand.Rand, n int, every bool) []int {
	if every && n <= 1<<14 {
		list := make([]int, n)
		for i := range list {
			list[i] = i
		}
		return list
	}
	count := 20
	if every {
		count = 1 << 11
	}
	var list []int
	for range count {
		list = append(list, r.IntN(n))
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
	"smart.Parse 1.",                                               // a verdict
	"smart/mdadm.ParseDetail 0.arrays.removed",                     // counts rows
	"smart/mdadm.ParseMdstat 0.arrays.state",                       // that it recovers is in its last line
	"smart/megacli.Parse 0.adapters.battery.state",                 // what all of its bits say
	"smart/megacli.Parse 0.adapters.drives.state",                  // foreign, as a later line says
	"smart/sasircu.Parse 0.drives.enclosure=0",                     // of a missing drive, as its address tells
	"smart/sasircu.Parse 0.drives.slot=0",                          // the same
	"smart/ssacli.Parse 0.controllers.drives.interface_text",       // a second time, in other words
	"smart/storcli.Parse 0.operating_system",                       // each controller's says it again
	"smart/storcli.Parse 0.controllers.drives.coerced_bytes",       // rounded in a list
	"smart/storcli.Parse 0.controllers.drives.size_bytes",          // rounded in a list
	"smart.ParseLsblk 0.roots.parent_name",                         // of two parents
	"smart/storcli.Parse 0.controllers.drives.model",               // a list cuts it
	"smart/sasircu.Parse 0.drives.serial",                          // the label's, as it is without the one of the VPD page
	"smart.ParseText 0.device.ata.extended_error_log.logged_count", // counts
	"smart.ParseText 0.device.ata.error_log.logged_count",          // counts
	"smart.ParseText 0.device.ata.offline_status.text",             // goes on in the next line
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

// leaves returns the scalars of values as JSON, each with its path, in which
// places in arrays do not count.
func leaves(t *testing.T, values []any) map[string]bool {
	t.Helper()
	set := make(map[string]bool)
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, v := range v {
				if key != "children" { // lsblk: whose a device is, later lines may tell
					key = path + "." + key
				} else {
					key = path
				}
				walk(key, v)
			}
		case []any:
			for _, v := range v {
				walk(path, v)
			}
		case nil:
		default:
			set[fmt.Sprint(path, "=", v)] = true
		}
	}
	for i, v := range values {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var tree any
		d := json.NewDecoder(strings.NewReader(string(b)))
		d.UseNumber()
		if err := d.Decode(&tree); err != nil {
			t.Fatal(err)
		}
		walk(fmt.Sprint(i), tree)
	}
	return set
}
