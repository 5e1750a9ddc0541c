// SPDX-License-Identifier: Apache-2.0

package report

import (
	"slices"
	"time"
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
// else if they are of one model and in one place; never if their serial numbers
// contradict each other. What one of the documents does not know is no change,
// nor is a wording that belongs to a tool and not to the machine. Empty slots
// are no components.
func Diff(old, new *Report, opts DiffOptions) *Difference {
	d := &differ{opts: opts, changes: []Change{}}
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
}

// part compares the components of one kind.
func (d *differ) part(p part, old, new []item, oldReport, newReport *Report) {
	switch {
	case len(old) > 0 && len(new) == 0 && unjudged(newReport, p.section):
		d.changes = append(d.changes, Change{Kind: Unread, Component: p.kind, Side: "new"})
		return
	case len(new) > 0 && len(old) == 0 && unjudged(oldReport, p.section):
		d.changes = append(d.changes, Change{Kind: Unread, Component: p.kind, Side: "old"})
		return
	}
	pairs, removed, added := match(old, new)
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

// compare looks at one component in both documents.
func (d *differ) compare(p part, old, new item) {
	c := new.change(Changed)
	c.SizeBytes = 0
	c.Fields = d.fields(p, old, new)
	if from, to := old.placeBeside(new), new.placeBeside(old); from != to && from != "" && to != "" {
		c.Kind, c.OldPlace, c.Place = Moved, from, to
	}
	if c.Kind == Moved || len(c.Fields) > 0 {
		d.changes = append(d.changes, c)
	}
}

func (d *differ) fields(p part, old, new item) []FieldChange {
	var list []FieldChange
	paths := p.facts
	if d.opts.Readings {
		paths = slices.Concat(p.facts, p.readings)
	}
	for _, path := range paths {
		a, b := lookUp(old.tree, path), lookUp(new.tree, path)
		if path == "link.current_gts" && old.saves {
			continue
		}
		list = appendChanges(list, path, a, b)
	}
	return list
}

// foldFunctions leaves out the PCI functions of what was itself added, removed
// or moved: one card is one change.
func (d *differ) foldFunctions(old, new *Report) {
	covered := map[string]map[string]bool{Added: d.addresses(new, Added), Removed: d.addresses(old, Removed)}
	d.changes = slices.DeleteFunc(d.changes, func(c Change) bool { return c.Component == "pci" && covered[c.Kind][c.Place] })
}

// addresses returns the PCI addresses, in a report, of the components that
// changed in this way or moved.
func (d *differ) addresses(r *Report, kind string) map[string]bool {
	set := make(map[string]bool)
	for _, c := range d.changes {
		if c.Component == "pci" || c.Kind != kind && c.Kind != Moved {
			continue
		}
		if found, ok := r.Find(c.ID); ok {
			for _, address := range addressesOf(found.Value) {
				set[address] = true
			}
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
