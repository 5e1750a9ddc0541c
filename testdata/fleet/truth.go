// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// A truth is what the tables of one run must say: how many rows, or how many
// parts, there are by table and by the cells named in keys.
type truth map[string]map[string]int

// keys are the columns by which a truth counts.
var keys = map[string][]string{
	"machines":     {"health"},
	"components":   {"kind"},
	"firmware":     {"kind", "model", "version"},
	"findings":     {"code", "severity", "model"},
	"wear":         {"model", "measure", "from"},
	"duplicates":   {"kind", "serial", "machines"},
	"changes":      {"change", "kind", "machine", "place", "serial", "old_machine", "old_place", "old_serial"},
	"unjudged":     {"kind", "model"},
	"files":        {"kind", "use"},
	"dead_letters": {},
	"counts":       {"name"},
}

func newTruth() truth {
	t := make(truth)
	for table := range keys {
		t[table] = make(map[string]int)
	}
	return t
}

func (t truth) add(table string, n int, cells ...any) {
	words := make([]string, len(cells))
	for i, c := range cells {
		words[i] = fmt.Sprint(c)
	}
	t[table][strings.Join(words, "|")] += n
}

const product = "Lab Systems Inc LX2 Server"

// machine counts a machine: what its base has, and what was changed.
func (t truth) machine(m *machine, base *report.Report) {
	t.base(base)
	model := slots[nvme0].model
	t.add("firmware", -1, "drive", slots[ssd].model, "XCV10132")
	t.add("firmware", 1, "drive", slots[ssd].model, pick(m.newSSD, "XCV10200", "XCV10132"))
	t.add("firmware", -1, "bios", product, "3.2a")
	t.add("firmware", 1, "bios", product, pick(m.newBIOS, "3.3b", "3.2a"))
	t.add("wear", -1, model, "used_pct", 0)
	t.add("wear", 1, model, "used_pct", m.usedPct/10*10)
	t.add("wear", -1, model, "power_on_years", 0)
	t.add("wear", 1, model, "power_on_years", m.hours/8760)
	health := base.Summary.Health
	if m.reallocated > 0 {
		t.add("findings", 1, "ata.reallocated", "warning", slots[hdd].model)
		health = "warning"
	}
	if m.unreliable {
		t.add("findings", 1, "nvme.reliability", "critical", model)
		health = "critical"
	}
	t.add("machines", 1, health)
}

func pick(which bool, yes, no string) string {
	if which {
		return yes
	}
	return no
}

// base counts what a captured host has. The report is right: hosts_test.go
// looks after that.
func (t truth) base(r *report.Report) {
	t.add("components", 1, "system")
	t.add("components", len(r.Chassis), "chassis")
	t.add("components", len(r.Boards), "board")
	t.add("components", *r.Summary.Counts.CPU, "cpu")
	t.add("components", *r.Summary.Counts.DIMM, "dimm")
	t.add("components", len(r.Storage.Controllers), "controller")
	t.add("components", len(r.Storage.Drives), "drive")
	t.add("components", len(r.Network), "nic")
	t.add("components", *r.Summary.Counts.PSU, "psu")
	for _, f := range r.Firmware {
		t.add("firmware", 1, f.Component, pick(f.Target == "", product, f.Name), f.Version)
	}
	for _, f := range r.Findings {
		t.add("findings", 1, f.Code, f.Severity, pick(strings.Contains(f.Component, ":"), "", product))
	}
	for _, u := range *r.Summary.Unjudged {
		part, _ := r.Find(u.Component)
		switch part := part.Value.(type) {
		case *report.Drive:
			t.add("unjudged", 1, "drive", part.Model)
		case *report.StorageController:
			t.add("unjudged", 1, "controller", part.Model)
		}
	}
	for _, d := range r.Storage.Drives {
		t.drive(&d)
	}
}

func (t truth) drive(d *report.Drive) {
	known := false
	if d.Smart != nil && d.Smart.UsedPct != nil {
		t.add("wear", 1, d.Model, "used_pct", *d.Smart.UsedPct/10*10)
		known = true
	}
	if d.Smart != nil && d.Smart.PowerOnHours != nil {
		t.add("wear", 1, d.Model, "power_on_years", *d.Smart.PowerOnHours/8760)
		known = true
	}
	if !known && d.Media != "optical" {
		t.add("wear", 1, d.Model, "unknown", "")
	}
}

// moved says that the part in a slot of one machine went to a slot of another.
func (t truth) moved(from *machine, fromSlot int, to *machine, toSlot int) {
	s := from.serials[fromSlot]
	t.add("changes", 1, "moved", slots[fromSlot].kind, to.serials[system], slots[toSlot].place, s, from.serials[system], slots[fromSlot].place, s)
}

// changed says that the part in a slot gave way to another.
func (t truth) changed(m *machine, s int, old string) {
	name, kind, place := m.serials[system], slots[s].kind, slots[s].place
	if place == "" { // nobody knows that it is the same place
		t.add("changes", 1, "added", kind, name, "", m.serials[s], "", "", "")
		t.add("changes", 1, "removed", kind, name, "", "", name, "", old)
		return
	}
	t.add("changes", 1, "replaced", kind, name, place, m.serials[s], name, place, old)
}

// came says that a machine is in one run alone.
func (t truth) came(m *machine, change string) {
	t.add("changes", 1, change, "machine", m.serials[system], "", "", "", "", "")
}
