// SPDX-License-Identifier: Apache-2.0

package oracle

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/testdata/smbios"
)

// A comparer collects where a parsed table differs from the truth.
type comparer struct{ diffs []string }

func (c *comparer) add(format string, args ...any) {
	c.diffs = append(c.diffs, fmt.Sprintf(format, args...))
}

// compare parses what dmidecode printed and returns how it differs from the
// truth, one line each: the field, what it should be, and what it is.
func compare(want *smbios.Truth, output []byte) []string {
	var c comparer
	t, err := dmi.Parse(output)
	if err != nil {
		c.add("Parse: %v", err)
	}
	if t.SMBIOS != want.SMBIOS {
		c.add("SMBIOS: want %q, got %q", want.SMBIOS, t.SMBIOS)
	}
	c.headers(want.Heads, t.Records)
	for _, v := range views {
		if err := v.compare(&c, want, t); err != nil {
			c.add("%s: %v", v.name, err)
		}
	}
	return c.diffs
}

// headers compares the headers of the records. One structure of type 10 or 40
// may be several records. Each has a title, but for those of [untitled].
func (c *comparer) headers(want []smbios.Header, records []dmi.Record) {
	var got []smbios.Header
	for _, r := range records {
		h := smbios.Header{Type: uint8(r.Type), Handle: r.Handle, Size: r.Size}
		if n := len(got); n > 0 && got[n-1] == h && (h.Type == 10 || h.Type == 40) {
			continue
		}
		got = append(got, h)
		if r.Title == "" && !untitled(&r) {
			c.add("record %d: no title", len(got)-1)
		}
	}
	for i := range max(len(want), len(got)) {
		if i >= len(want) || i >= len(got) || want[i] != got[i] {
			c.add("record %d: want %+v, got %+v", i, at(want, i), at(got, i))
			return
		}
	}
}

// untitled reports whether dmidecode prints no title of a structure: because it
// has no device (type 10) or no entry (type 40), or does not fit into the table.
func untitled(r *dmi.Record) bool {
	return r.Type == dmi.TypeOnboardDevices && r.Size < 6 ||
		r.Type == dmi.TypeAdditionalInformation ||
		len(r.Fields) > 0 && r.Fields[0].Value == "<TRUNCATED>"
}

func at[T any](list []T, i int) any {
	if i < len(list) {
		return list[i]
	}
	return "none"
}

// value compares two typed views. The one that was parsed must point at its
// record.
func (c *comparer) value(name string, want, got any) {
	record := reflect.ValueOf(got).Elem().FieldByName("Record")
	handle := reflect.ValueOf(got).Elem().FieldByName("Handle").Uint()
	if r, _ := record.Interface().(*dmi.Record); r == nil || uint64(r.Handle) != handle {
		c.add("%s.Record: want that of handle %#x, got %v", name, handle, r)
	}
	record.SetZero()
	if reflect.DeepEqual(want, got) {
		return
	}
	w, g := flatten(want), flatten(got)
	for _, key := range slices.Sorted(keys(w, g)) {
		if w[key] != g[key] {
			c.add("%s.%s: want %s, got %s", name, key, or(w[key], "absent"), or(g[key], "absent"))
		}
	}
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

// keys yields the keys of both maps, some of them twice.
func keys(a, b map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range a {
			if !yield(key) {
				return
			}
		}
		for key := range b {
			if _, both := a[key]; !both && !yield(key) {
				return
			}
		}
	}
}

// flatten returns the fields of a view by their path in JSON. A field that is
// not there, or is a list of nothing, has no path.
func flatten(view any) map[string]string {
	data, err := json.Marshal(view)
	if err != nil {
		panic(err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		panic(err)
	}
	flat := make(map[string]string)
	walk(flat, "", tree)
	return flat
}

func walk(flat map[string]string, path string, node any) {
	switch node := node.(type) {
	case map[string]any:
		if len(node) == 0 {
			flat[path] = "{}"
		}
		for key, child := range node {
			walk(flat, strings.TrimPrefix(path+"."+key, "."), child)
		}
	case []any:
		for i, child := range node {
			walk(flat, path+"["+strconv.Itoa(i)+"]", child)
		}
	case string:
		flat[path] = strconv.Quote(node)
	default:
		flat[path] = fmt.Sprint(node)
	}
}
