// SPDX-License-Identifier: Apache-2.0

package render

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// A thing is a component as the summary shows it.
type thing struct {
	name     string    // where it is: "sda", "DIMM_A1"
	serial   string    // what it is told by from others of its kind
	kind     []string  // what it is: its size, type and model
	state    string    // how it is, "" if there is nothing to say
	health   string    // as the judge has it
	readings []reading // as many for each thing of a list
}

// A reading is a number that differs from one thing to the next.
type reading struct {
	value *int64 // nil if nothing tells it
	unit  string
}

func (r reading) String() string {
	if r.value == nil {
		return ""
	}
	return strconv.FormatInt(*r.value, 10) + " " + r.unit
}

// read makes a reading of any kind of number.
func read[T ~int | ~int64](value *T, unit string) reading {
	if value == nil {
		return reading{nil, unit}
	}
	return reading{new(int64(*value)), unit}
}

// maxRows is how many things of a kind have a row each where their readings
// differ; more are listed by name and serial number, with the range of what
// they read.
const maxRows = 8

// things lists components: what is sick first, things of a kind together, and
// what of a kind is there once in a table. times stands between a number and a
// kind: "12 x 8 TB sata hdd".
func (t *text) things(label, times string, list []thing) {
	var singles [][]string
	flush := func() {
		if len(singles) > 0 {
			t.table(label, 0, singles)
			label, singles = "", nil
		}
	}
	for _, group := range fold(list) {
		if len(group) == 1 {
			singles = append(singles, group[0].cells())
			continue
		}
		flush()
		t.group(label, times, group)
		label = ""
	}
	flush()
}

// fold puts the things of one kind and state together, the sick ones first.
func fold(list []thing) [][]thing {
	var groups [][]thing
	index := make(map[string]int)
	for _, it := range list {
		key := strings.Join(append([]string{it.health, it.state}, it.kind...), "\x00")
		i, ok := index[key]
		if !ok {
			i = len(groups)
			index[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], it)
	}
	slices.SortStableFunc(groups, func(a, b []thing) int { return urgency(b[0].health) - urgency(a[0].health) })
	return groups
}

// urgency orders what is sick.
func urgency(health string) int {
	return 1 + slices.Index([]string{report.Unknown, report.Warning, report.Critical}, health)
}

// cells are a row for a thing that there is one of.
func (it *thing) cells() []string {
	cells := []string{it.name, it.state, join(" ", it.kind...), it.serial}
	for _, r := range it.readings {
		cells = append(cells, r.String())
	}
	return cells
}

// group shows what the members share on one line, and below it what each has
// for itself.
//
//	12 x 8 TB sata hdd HGST HUS728T8TALE6L4, ok, 31-38 °C, 0 % worn
//	  sda VDPRV1ZM  sdb VDVCLRWF  sdc VDVZ9Z6Z  sdd VDGM8T7M
func (t *text) group(label, times string, group []thing) {
	kind := cmp.Or(join(" ", group[0].kind...), "unknown model")
	head := []string{fmt.Sprintf("%d %s %s", len(group), times, kind), group[0].state}
	rows := make([][]string, len(group))
	for i, it := range group {
		rows[i] = []string{it.name, it.serial}
	}
	columns := 0
	for c := range group[0].readings {
		same, span := spread(group, c)
		if same || len(group) > maxRows {
			head = append(head, span)
			continue
		}
		columns++
		for i, it := range group {
			rows[i] = append(rows[i], it.readings[c].String())
		}
	}
	switch {
	case columns > 0:
		t.flow(label, head...)
		t.table("", indent, rows)
	case slices.ContainsFunc(group, func(it thing) bool { return it.serial != "" }):
		t.flow(label, head...)
		t.pack(rows)
	default:
		names := someNames(group, maxPlaces)
		if len(names) == 0 {
			names = []string{""}
		}
		names[0] = join(": ", joined(head...), names[0])
		t.flow(label, names...)
	}
}

// spread words a reading of all members, and tells whether it is one.
func spread(group []thing, column int) (same bool, span string) {
	unit := group[0].readings[column].unit
	var least, most *int64
	unknown := false
	for _, it := range group {
		value := it.readings[column].value
		if value == nil {
			unknown = true
			continue
		}
		if least == nil || *value < *least {
			least = value
		}
		if most == nil || *value > *most {
			most = value
		}
	}
	switch {
	case least == nil:
		return true, ""
	case *least == *most:
		return !unknown, fmt.Sprintf("%d %s", *least, unit)
	}
	return false, fmt.Sprintf("%d-%d %s", *least, *most, unit)
}

// pack writes names and serial numbers in as many columns as there is room for.
func (t *text) pack(rows [][]string) {
	widths := measure(rows)
	cells := make([]string, len(rows))
	room, widest := t.width-labelWidth-indent, 0
	for i, row := range rows {
		cells[i] = strings.TrimRight(pad(row[0], widths[0])+" "+row[1], " ")
		widest = max(widest, width(cells[i]))
	}
	n := max(1, (room+gap)/(widest+gap))
	var packed [][]string
	for line := range slices.Chunk(cells, n) {
		packed = append(packed, line)
	}
	t.table("", indent, packed)
}

// foldNames lists names, those that count on as a range: "A9 to A16".
func foldNames(group []thing) []string {
	var names []string
	for i := 0; i < len(group); {
		n := 1
		for i+n < len(group) && group[i+n].name == following(group[i+n-1].name) {
			n++
		}
		first, last := group[i].name, group[i+n-1].name
		switch {
		case first == "":
		case n < 3: // a range of two is no shorter
			n = 1
			names = append(names, first)
		default:
			names = append(names, first+" to "+last)
		}
		i += n
	}
	return names
}

// following is the name that counts on: "A10" follows "A9", and "A09" "A08". It
// is "\x00" where none does.
func following(name string) string {
	stem := strings.TrimRight(name, "0123456789")
	digits := name[len(stem):]
	number, err := strconv.Atoi(digits)
	if err != nil || len(digits) > 9 {
		return "\x00"
	}
	return fmt.Sprintf("%s%0*d", stem, len(digits), number+1)
}

// How many names, or ranges of them, are listed where they are no more than
// that.
const (
	maxNames  = 12
	maxPlaces = 48 // of things that have nothing but their places to tell them apart
)

// empty names the places with nothing in them.
func (t *text) empty(label string, places []thing) {
	if len(places) == 0 {
		return
	}
	names := someNames(places, maxNames)
	if len(names) == 0 {
		names = []string{count(len(places), "place")}
	}
	names[0] = "empty: " + names[0]
	t.flow(label, names...)
}

// someNames lists the first names.
func someNames(list []thing, most int) []string {
	names := foldNames(list)
	if hidden := len(names) - most; hidden > 0 {
		names = append(names[:most], fmt.Sprintf("and %d more", hidden))
	}
	return names
}
