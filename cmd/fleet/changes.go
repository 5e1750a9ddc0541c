// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// What happened to a machine as a whole.
const (
	seen   = "seen"   // in this run, not in the previous one
	unseen = "unseen" // in the previous run, not in this one
)

// partKey groups what may be one part: a serial number is a maker's, and two
// models may share it.
func partKey(c component) string { return c.Kind + "\x00" + c.Serial }

// sameModel tells whether two models may be one, each as a tool wrote it: with
// or without the maker's name, or cut.
func sameModel(a, b string) bool {
	a, b = letters(a), letters(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, s)
}

// A part is one serial number of one model, where it is now and where it was.
type part struct{ now, before []component }

// partsOf tells parts of one serial number apart by their models.
func partsOf(now, before []component) []part {
	var parts []part
	add := func(c component, list func(*part) *[]component) {
		i := slices.IndexFunc(parts, func(p part) bool { return sameModel(slices.Concat(p.now, p.before)[0].Model, c.Model) })
		if i < 0 {
			i, parts = len(parts), append(parts, part{})
		}
		in := list(&parts[i])
		*in = append(*in, c)
	}
	byModel := func(a, b component) int {
		return cmp.Or(-cmp.Compare(len(a.Model), len(b.Model)), cmp.Compare(a.Model, b.Model), cmp.Compare(a.Machine, b.Machine), cmp.Compare(a.Place, b.Place), cmp.Compare(a.ID, b.ID))
	}
	slices.SortFunc(now, byModel)
	slices.SortFunc(before, byModel)
	for _, c := range now {
		add(c, func(p *part) *[]component { return &p.now })
	}
	for _, c := range before {
		add(c, func(p *part) *[]component { return &p.before })
	}
	return parts
}

// maxNames bounds the list of machines in a row.
const maxNames = 100

// duplicateOf returns the row of a part that several machines have.
func duplicateOf(p part) (row duplicate, ok bool) {
	var names []string
	for _, c := range p.now {
		names = append(names, c.Machine)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) < 2 {
		return duplicate{}, false
	}
	c := p.now[0]
	return duplicate{Kind: c.Kind, Serial: c.Serial, Model: c.Model, Machines: len(names), Names: strings.Join(names[:min(len(names), maxNames)], " ")}, true
}

// movesOf returns what moved, and what of the part came or went.
func movesOf(p part) (moved []change, came, gone []component) {
	now, before := slices.Clone(p.now), slices.Clone(p.before)
	for _, same := range []func(a, b component) bool{samePlace, sameMachine} {
		now = slices.DeleteFunc(now, func(c component) bool {
			i := slices.IndexFunc(before, func(b component) bool { return same(b, c) })
			if i < 0 {
				return false
			}
			if !samePlace(before[i], c) {
				moved = append(moved, moveOf(before[i], c))
			}
			before = slices.Delete(before, i, i+1)
			return true
		})
	}
	n := min(len(now), len(before))
	for i := range n {
		moved = append(moved, moveOf(before[i], now[i]))
	}
	return moved, now[n:], before[n:]
}

// samePlace tells that nothing says that a part was moved.
func samePlace(a, b component) bool {
	return sameMachine(a, b) && (a.Place == b.Place || a.Place == "" || b.Place == "")
}

func sameMachine(a, b component) bool { return a.Machine == b.Machine }

func moveOf(from, to component) change {
	return change{
		Change: report.Moved, Kind: to.Kind, Serial: to.Serial, Model: to.Model, Machine: to.Machine, Place: to.Place,
		OldMachine: from.Machine, OldPlace: from.Place, OldSerial: from.Serial, OldModel: from.Model,
	}
}

// A presence is a machine in a run: nil if it was not there, else the parts of
// it that could not be read.
type presence struct{ unread []string }

// sections are the parts of a machine by the kinds of their components, as
// summary.unjudged names them. dmidecode tells of what has none of its own.
var sections = map[string]string{
	"cpu": "processors", "controller": "storage", "battery": "storage", "drive": "storage",
	"nic": "pci", "transceiver": "pci", "gpu": "gpus", "psu": "power",
}

func (p *presence) read(kind string) bool {
	return !slices.Contains(p.unread, cmp.Or(sections[kind], "memory")) && !slices.Contains(p.unread, unknownParts)
}

// changesOf says what happened to one machine, of whose parts some came and
// some went.
func changesOf(machine string, now, before *presence, came, gone []component) []change {
	switch {
	case before == nil && now == nil:
		return nil
	case before == nil:
		return []change{{Change: seen, Machine: machine, Kind: "machine"}}
	case now == nil:
		return []change{{Change: unseen, Machine: machine, Kind: "machine"}}
	}
	var list []change
	came, gone = slices.Clone(came), slices.Clone(gone)
	byPlace := func(a, b component) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Serial, b.Serial), cmp.Compare(a.Model, b.Model))
	}
	slices.SortFunc(came, byPlace)
	slices.SortFunc(gone, byPlace)
	for _, c := range came {
		row := change{Change: report.Added, Machine: machine, Kind: c.Kind, Place: c.Place, Serial: c.Serial, Model: c.Model}
		if !before.read(c.Kind) {
			row.Change = report.Unread
		} else if i := slices.IndexFunc(gone, func(g component) bool { return g.Place != "" && g.Kind == c.Kind && g.Place == c.Place }); i >= 0 {
			row.Change, row.OldMachine, row.OldPlace, row.OldSerial, row.OldModel = "replaced", machine, gone[i].Place, gone[i].Serial, gone[i].Model
			gone = slices.Delete(gone, i, i+1)
		}
		list = append(list, row)
	}
	for _, g := range gone {
		row := change{Change: report.Removed, Machine: machine, Kind: g.Kind, Place: g.Place, OldMachine: machine, OldPlace: g.Place, OldSerial: g.Serial, OldModel: g.Model}
		if !now.read(g.Kind) {
			row.Change = report.Unread
		}
		list = append(list, row)
	}
	return list
}
