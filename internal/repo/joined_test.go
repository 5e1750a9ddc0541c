// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// several are the entries of which one text may answer several questions about
// the same thing, which a second output goes on with.
var several = map[string]string{
	"dmi.Parse":           "types of one table, each asked for by itself",
	"ipmi.ParseSEL":       "sel info, then sel elist",
	"ipmi.ParseFRU":       "devices that are printed one by one",
	"smart/arcconf.Parse": "GETCONFIG and GETSTATUS of one controller",
	"smart/megacli.Parse": "-AdpAllInfo and -PDList of one adapter",
	"smart/ssacli.Parse":  "the controller, then its drives",
	"smart/storcli.Parse": "/c0 show, then /c0/eall/sall show",
}

// TestTwoOutputsAreNotOne: in a text of two outputs no value of one stands beside a
// value of the other, as in a drive with another's serial number, unless an error
// says where the second begins. A loop in a shell writes such texts.
func TestTwoOutputsAreNotOne(t *testing.T) {
	for _, e := range entries {
		if e.anything || several[e.name] != "" {
			continue
		}
		n, told := 0, 0
		var docs []document
		for _, doc := range e.fixtures(t) {
			if strings.HasPrefix(doc.name, root) { // those of the corpus lack heads and ends
				docs = append(docs, doc)
			}
		}
		for i := range docs {
			other := &docs[(i+1)%len(docs)]
			if len(docs[i].data)+len(other.data) > 16<<10 || e.failed(&docs[i]) || e.failed(other) {
				continue
			}
			n++
			if e.joined(t, &docs[i], other) {
				told++
			}
		}
		t.Logf("joined: %-32s n=%d, %d told", e.name, n, told)
	}
}

// failed reports whether a document says that the tool failed.
func (e *entry) failed(doc *document) bool {
	_, err := e.parse(doc.data)
	return e.tool != nil && errors.Is(err, e.tool)
}

// joined parses two documents as one and reports whether the second is told.
func (e *entry) joined(t *testing.T, a, b *document) (told bool) {
	t.Helper()
	if !bytes.HasSuffix(a.data, []byte("\n")) {
		return true // the tool did not come to its end
	}
	known := make(map[string]bool)
	faults := 0
	for _, doc := range []*document{a, b} {
		values, err := e.parse(doc.data)
		faults += len(errorsIn(err))
		for _, pair := range pairs(t, values) {
			known[pair] = true
		}
	}
	values, err := e.parse(slices.Concat(a.data, b.data))
	if len(errorsIn(err)) > faults {
		return true
	}
	for _, pair := range pairs(t, values) {
		if !known[pair] {
			t.Errorf("%s: %s and %s have %s", e.name, a.name, b.name, pair)
			break
		}
	}
	return false
}

// pairs returns every two scalars that stand in one object, but for places and for
// what says how much there is of a text.
func pairs(t *testing.T, values []any) (list []string) {
	var tree any
	if err := json.Unmarshal(marshal(t, values), &tree); err != nil {
		t.Fatal(err)
	}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case []any:
			for _, v := range v {
				walk(path, v)
			}
		case map[string]any:
			var scalars []string
			for key, v := range v {
				switch v.(type) {
				case []any, map[string]any:
					if key != "extra" { // by path
						walk(path+"."+key, v)
					}
				case string, float64, bool:
					if key != "line" && key != "Line" && key != "number" && key != "complete" {
						scalars = append(scalars, fmt.Sprint(key, "=", v))
					}
				}
			}
			slices.Sort(scalars)
			for i, a := range scalars {
				for _, b := range scalars[:i] {
					list = append(list, path+": "+b+", "+a)
				}
			}
		}
	}
	walk("", tree)
	return list
}
