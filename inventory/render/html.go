// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bytes"
	"cmp"
	_ "embed" // for the page
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/mchus/bee/inventory/report"
)

//go:embed page.html
var pageText string

// parsePage is put off until the first page is wanted: most runs want none.
var parsePage = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"size": size, "diskSize": diskSize, "join": func(parts ...string) string { return join(" ", parts...) },
		"upper": strings.ToUpper, "evidence": evidence, "slow": slowLink, "speed": linkSpeed, "number": number,
		"bar": func(pct int) int { return min(max(pct, 0), 100) }, "unjudged": unjudgedWords, "verdict": verdictWords,
		"maker": maker, "no": func(b *bool) bool { return b != nil && !*b }, // a template takes any pointer for true
		"kind": func(d report.MemoryModule) string { return memoryKind(&d) },
	}).Parse(pageText))
})

// AppendHTML appends a report as a page that needs nothing beside it: no
// script, no network.
func AppendHTML(dst []byte, r *report.Report) ([]byte, error) {
	var b bytes.Buffer
	if err := parsePage().Execute(&b, newPage(r)); err != nil {
		return dst, err
	}
	for line := range strings.Lines(b.String()) { // no mark turns the direction of the text
		dst = append(dst, clean(strings.TrimRight(line, "\n"))...)
		dst = append(dst, '\n')
	}
	return dst, nil
}

// A page is a report in the order of the page.
type page struct {
	*report.Report
	Title    string
	Counts   string
	Shelves  []shelf
	Tree     []branch
	Fans     []report.Sensor
	Sensors  []report.Sensor // those that are not well
	Unread   []string
	Label    string // of Unread
	Unjudged []report.Unjudged
}

// A shelf is the drives of one enclosure, or of one controller without any.
type shelf struct {
	Name   string
	Drives []report.Drive
}

// A branch is a PCI function in the tree.
type branch struct {
	*report.PCIFunction
	Depth int
}

func newPage(r *report.Report) *page {
	p := &page{Report: r, Title: "Audit", Counts: Counts(r), Shelves: shelves(r.Storage), Tree: tree(r.PCI)}
	if s := r.System; s != nil {
		p.Title = join(" ", s.Manufacturer, s.Product, s.Serial)
	}
	if r.Summary.Unjudged != nil {
		p.Unjudged = *r.Summary.Unjudged
	}
	for _, s := range r.Sensors {
		switch {
		case s.Kind == "fan":
			p.Fans = append(p.Fans, s)
		case s.Bad:
			p.Sensors = append(p.Sensors, s)
		}
	}
	p.Label = unreadLabel(r)
	for _, d := range r.Diagnostics {
		if line := describe(d); !slices.Contains(p.Unread, line) && len(p.Unread) < maxUnreadPage {
			p.Unread = append(p.Unread, line)
		}
	}
	return p
}

// maxUnreadPage bounds how many diagnostics a page lists.
const maxUnreadPage = 100

// shelves sorts the drives by where they are: first those in enclosures.
func shelves(s *report.Storage) []shelf {
	if s == nil {
		return nil
	}
	names := make(map[string]string)
	for _, c := range s.Controllers {
		names[c.ID] = "On " + join(" ", cmp.Or(join(" ", c.Vendor, c.Model), c.Mode), c.PCIAddress)
		for _, e := range c.Enclosures {
			names["e"+e.ID] = "Enclosure " + join(" ", e.ID, e.Vendor, e.Model)
		}
	}
	by := make(map[string][]report.Drive)
	for _, d := range s.Drives {
		key := cmp.Or(names[d.Controller], "Other drives")
		switch {
		case d.Enclosure != "":
			key = cmp.Or(names["e"+d.Enclosure], "Enclosure "+d.Enclosure)
		case d.Protocol == "nvme":
			key = "NVMe"
		}
		by[key] = append(by[key], d)
	}
	var list []shelf
	for _, name := range slices.Sorted(maps.Keys(by)) {
		slices.SortStableFunc(by[name], func(a, b report.Drive) int {
			return cmp.Or(cmp.Compare(len(a.Slot), len(b.Slot)), cmp.Compare(a.Slot, b.Slot))
		})
		list = append(list, shelf{name, by[name]})
	}
	return list
}

// maxDepth bounds how far the tree is indented.
const maxDepth = 8

// tree puts each PCI function below its bridge.
func tree(list []report.PCIFunction) []branch {
	below := make(map[string][]int)
	known := make(map[string]bool)
	for i := range list {
		known[list[i].Address] = true
	}
	for i := range list {
		parent := list[i].Parent
		if !known[parent] || parent == list[i].Address {
			parent = ""
		}
		below[parent] = append(below[parent], i)
	}
	branches := make([]branch, 0, len(list))
	var grow func(parent string, depth int)
	grow = func(parent string, depth int) {
		children := below[parent]
		delete(below, parent) // a ring of parents comes to its end
		for _, i := range children {
			branches = append(branches, branch{&list[i], min(depth, maxDepth)})
			grow(list[i].Address, depth+1)
		}
	}
	grow("", 0)
	for i := range list { // what is below itself hangs on nothing
		grow(list[i].Parent, 0)
	}
	return branches
}

// slowLink tells whether a link runs below what both ends can do.
func slowLink(l *report.PCILink) bool { return l != nil && l.Degraded }

func linkSpeed(gts float64, width int) string {
	if width == 0 {
		return ""
	}
	return fmt.Sprintf("x%d %g GT/s", width, gts)
}

func maker(m *report.Manufacturer) string {
	if m == nil {
		return ""
	}
	return cmp.Or(m.Name, m.Raw)
}

func verdictWords(health string) string {
	_, words, _ := strings.Cut(verdicts[health], ": ")
	return words
}

// evidence words what a rule saw: "pending_sectors 8, threshold 0".
func evidence(values map[string]any) string {
	var parts []string
	for _, key := range slices.Sorted(maps.Keys(values)) {
		text, err := json.Marshal(values[key])
		if err == nil {
			parts = append(parts, key+" "+strings.Trim(string(text), `"`))
		}
	}
	return strings.Join(parts, ", ")
}
