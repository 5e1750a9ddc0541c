// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// DiffSchema names the version of the document that [Difference] marshals to.
const DiffSchema = "bee.diff/1"

// A Difference is what changed between two audits.
type Difference struct {
	Schema  string   `json:"schema"`
	Old     DiffSide `json:"old"`
	New     DiffSide `json:"new"`
	Changes []Change `json:"changes"` // by component; empty, and there, when nothing changed
}

// A DiffSide says which document was compared.
type DiffSide struct {
	AuditID     string     `json:"audit_id,omitzero"`
	CollectedAt time.Time  `json:"collected_at,omitzero"`
	MachineID   *MachineID `json:"machine_id,omitzero"`
}

// A Change is what happened to one component.
type Change struct {
	Kind      string        `json:"kind"`                // one of the constants below
	Component string        `json:"component"`           // its kind, as [Component.Kind]; also "machine", "host", "bmc", "chassis", "firmware", or a part for [Unread]
	ID        string        `json:"id,omitzero"`         // in the newer document if it stands there
	Model     string        `json:"model,omitzero"`      // what a person calls it
	Serial    string        `json:"serial,omitzero"`     //
	Place     string        `json:"place,omitzero"`      // its slot, socket or address; the new one of what moved
	OldPlace  string        `json:"old_place,omitzero"`  // of what moved
	SizeBytes uint64        `json:"size_bytes,omitzero"` // of what was added or removed
	Fields    []FieldChange `json:"fields,omitzero"`     // what else is different; a reading only if asked for
	Side      string        `json:"side,omitzero"`       // of what is unread: "old" or "new"
}

// The kinds of a [Change].
const (
	Added   = "added"
	Removed = "removed"
	Moved   = "moved" // the same serial number in another place
	Changed = "changed"
	Unread  = "unread" // one of the audits could not read this part: nothing is known of its change
)

// A FieldChange is a value that is not what it was.
type FieldChange struct {
	Field string `json:"field"` // its path in the component: "link.current_width"
	Old   any    `json:"old"`
	New   any    `json:"new"`
}

// DiffOptions says what [Diff] compares.
type DiffOptions struct {
	Readings bool // also what always differs: temperatures, hours, watts
}

// Diff tells what changed from old to new.
//
// Components are the same if their ids are, else if their serial numbers are,
// else if they are of one model and in one place; never if their serial numbers,
// or without those their models, contradict each other. What one of the
// documents does not know is not a change, and what stands in a part that one of
// them could not read was neither added nor removed; nor is a wording a change
// that belongs to a tool and not to the machine. Empty slots are not components.
//
// Findings are not compared, the health that they lead to is: a program that wants
// those that are new tells them apart by their code and component.
func Diff(old, new *Report, opts DiffOptions) *Difference {
	d := &differ{opts: opts, changes: []Change{}, ids: make(map[string]string)}
	d.machine(old, new)
	for _, part := range parts {
		d.part(part, itemsOf(old, part.kind), itemsOf(new, part.kind), old, new)
	}
	d.foldFunctions(old, new)
	return &Difference{DiffSchema, sideOf(old), sideOf(new), d.changes}
}

func sideOf(r *Report) DiffSide { return DiffSide{r.AuditID, r.CollectedAt, r.Host.MachineID} }

type differ struct {
	opts    DiffOptions
	changes []Change
	ids     map[string]string  // of the older document, as the newer calls the same
	slots   [2]map[string]bool // the places for the kind that is compared, in each document
}

// part compares the components of one kind.
func (d *differ) part(p part, old, new []item, oldReport, newReport *Report) {
	d.slots = [2]map[string]bool{slotsOf(oldReport, p.kind), slotsOf(newReport, p.kind)}
	pairs, removed, added := match(old, new)
	for _, pair := range pairs {
		d.ids[pair[0].id] = pair[1].id
	}
	removed = d.spare(p, removed, newReport, "new")
	added = d.spare(p, added, oldReport, "old")
	if p.kind == "cpu" && (unjudged(oldReport, p.section) || unjudged(newReport, p.section)) {
		removed, added = nil, nil // the kernel has other names for the sockets than the firmware
	}
	for _, it := range removed {
		d.changes = append(d.changes, it.change(Removed))
	}
	for _, it := range added {
		d.changes = append(d.changes, it.change(Added))
	}
	for _, pair := range pairs {
		d.compare(p, pair[0], pair[1])
	}
}

// spare leaves out what stands in one document alone because the other's audit
// could not read that part, and says so once.
func (d *differ) spare(p part, alone []item, other *Report, side string) []item {
	mute, unread, unjudged := muteTools(other), unreadControllers(other), unjudged(other, p.section)
	kept := slices.DeleteFunc(slices.Clone(alone), func(it item) bool {
		return unjudged || unread[it.controller] ||
			len(it.sources) > 0 && !slices.ContainsFunc(it.sources, func(tool string) bool { return !mute[tool] })
	})
	if len(kept) < len(alone) {
		d.changes = append(d.changes, Change{Kind: Unread, Component: p.kind, Side: side})
	}
	return kept
}

// muteTools returns the tools that an audit could not ask.
func muteTools(r *Report) map[string]bool {
	mute := make(map[string]bool)
	for _, c := range r.Collectors {
		for _, s := range c.Sources {
			switch s.Status {
			case StatusAbsent, StatusFailed, StatusTimeout, StatusNotRun:
				mute[s.Name] = true
			}
		}
	}
	return mute
}

// unreadControllers returns the controllers that an audit could not ask for their
// drives.
func unreadControllers(r *Report) map[string]bool {
	unread := make(map[string]bool)
	if r.Storage == nil {
		return unread
	}
	for _, c := range r.Storage.Controllers {
		if c.ID != "" && c.Unread != "" {
			unread[c.ID] = true
		}
	}
	return unread
}

// compare looks at one component in both documents.
func (d *differ) compare(p part, old, new item) {
	c := new.change(Changed)
	c.SizeBytes = 0
	c.Fields = d.fields(p, old, new)
	if from, to := old.placeBeside(new), new.placeBeside(old); d.moved(old, new, from, to) {
		c.Kind, c.OldPlace, c.Place = Moved, from, to
	}
	if c.Kind == Moved || len(c.Fields) > 0 {
		d.changes = append(d.changes, c)
	}
}

// moved tells whether a component is in another place, and not only in one that
// another tool gives another name, or on a bus with another number.
func (d *differ) moved(old, new item, from, to string) bool {
	switch {
	case from == to, from == "", to == "", old.address != "" && old.address == new.address:
		return false
	case old.slot == "" || new.slot == "":
		return old.kind != "pci" // the cards on a bus tell where they are
	}
	return stem(from) == stem(to) || d.slots[0][to] || d.slots[1][from]
}

// stem is the name of a place without its number.
func stem(place string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, place)
}

func (d *differ) fields(p part, old, new item) []FieldChange {
	var list []FieldChange
	paths := p.facts
	if d.opts.Readings {
		paths = slices.Concat(p.facts, p.readings)
	}
	for _, path := range paths {
		a, b := lookUp(old.tree, path), lookUp(new.tree, path)
		switch {
		case path == "link.current_gts" && old.saves:
			continue
		case path == "status" && lookUp(old.tree, "health") != nil && lookUp(new.tree, "health") != nil:
			continue // a tool's words for what health says
		case path == "health" && p.kind != "" && (a == Unknown || b == Unknown):
			continue // not known is not a change
		case path == "members":
			a, b = d.renamed(a), d.renamed(b)
		}
		list = appendChanges(list, path, a, b)
	}
	return list
}

// renamed sorts a list of ids and calls each as the newer document does.
func (d *differ) renamed(value any) any {
	list, ok := value.([]any)
	if !ok {
		return value
	}
	list = slices.Clone(list)
	for i, id := range list {
		if name, ok := d.ids[fmt.Sprint(id)]; ok {
			list[i] = name
		}
	}
	slices.SortFunc(list, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return list
}

// foldFunctions leaves out the PCI functions of what was itself added, removed
// or moved: one card is one change.
func (d *differ) foldFunctions(old, new *Report) {
	covered := map[string]map[string]bool{Added: d.addresses(new, Added), Removed: d.addresses(old, Removed), Moved: d.addresses(new, Moved)}
	d.changes = slices.DeleteFunc(d.changes, func(c Change) bool { return c.Component == "pci" && covered[c.Kind][c.Place] })
}

// addresses returns the PCI addresses, in a report, of the components that
// changed in this way or moved.
func (d *differ) addresses(r *Report, kind string) map[string]bool {
	changed := make(map[string]bool)
	for _, c := range d.changes {
		if c.Component != "pci" && (c.Kind == kind || c.Kind == Moved) {
			changed[c.ID] = true
		}
	}
	set := make(map[string]bool)
	for c := range r.Components() {
		if !changed[c.ID] {
			continue
		}
		for _, address := range addressesOf(c.Value) {
			set[address] = true
		}
	}
	return set
}

func addressesOf(value any) []string {
	switch v := value.(type) {
	case *Drive:
		if v.Protocol == "nvme" {
			return []string{v.PCIAddress}
		}
	case *GPU:
		return []string{v.PCIAddress}
	case *StorageController:
		return []string{v.PCIAddress}
	case *NetworkCard:
		list := []string{v.PCIAddress}
		for _, port := range v.Ports {
			list = append(list, port.PCIAddress)
		}
		return list
	}
	return nil
}

// unjudged tells whether an audit says that it could not read a part.
func unjudged(r *Report, section string) bool {
	if r.Summary.Unjudged == nil {
		return false
	}
	return slices.ContainsFunc(*r.Summary.Unjudged, func(u Unjudged) bool { return u.Component == section })
}
