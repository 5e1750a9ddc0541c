// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

const document = `{
  "schema": "bee.audit/1",
  "system": {"product": "LX2 Server", "serial": "SRV-2023-0042"},
  "storage": {"drives": [
    {"id": "drive:ZA1ABCDE", "name": "sda", "model": "ST8000NM000A", "serial": "ZA1ABCDE", "slot": "1", "health": "ok",
     "smart": {"verdict": {"health": "ok"}, "power_on_hours": 31000}},
    {"id": "drive:ZA1ABCDF", "name": "sdb", "model": "ST8000NM000A", "serial": "ZA1ABCDF", "slot": "2", "health": "unknown"}
  ]}
}`

// Which drives does a document list, and how old are they?
func ExampleRead() {
	r, err := report.Read(strings.NewReader(document))
	var newer report.UnknownKeys
	switch {
	case errors.As(err, &newer):
		fmt.Println(newer) // written by a newer version; the rest was read
	case err != nil:
		fmt.Println(err)
		return
	}
	if r.Storage == nil {
		fmt.Println("no storage was read")
		return
	}
	for _, d := range r.Storage.Drives {
		if d.Smart == nil || d.Smart.PowerOnHours == nil {
			fmt.Println(d.Serial, d.Health, "age unknown")
			continue
		}
		fmt.Println(d.Serial, d.Health, *d.Smart.PowerOnHours, "hours")
	}
	// Output:
	// ZA1ABCDE ok 31000 hours
	// ZA1ABCDF unknown age unknown
}

// What is in the machine, of whatever kind?
func ExampleReport_Components() {
	r, err := report.Read(strings.NewReader(document))
	if r == nil {
		fmt.Println(err)
		return
	}
	for c := range r.Components() {
		fmt.Println(c.Kind, c.ID)
	}
	// Output:
	// drive drive:ZA1ABCDE
	// drive drive:ZA1ABCDF
}

// What changed between two audits of a machine?
func ExampleDiff() {
	before, err := report.Read(strings.NewReader(document))
	if before == nil {
		fmt.Println(err)
		return
	}
	swapped := strings.NewReplacer(`"slot": "1"`, `"slot": "2"`, `"slot": "2"`, `"slot": "1"`).Replace(document)
	after, err := report.Read(strings.NewReader(swapped))
	if after == nil {
		fmt.Println(err)
		return
	}
	for _, c := range report.Diff(before, after, report.DiffOptions{}).Changes {
		fmt.Println(c.Component, c.Serial, c.Kind, "from", c.OldPlace, "to", c.Place)
	}
	// Output:
	// drive ZA1ABCDE moved from 1 to 2
	// drive ZA1ABCDF moved from 2 to 1
}

// What is new since the last audit? A finding is the same if its code and its
// component are.
func ExampleFinding() {
	type key struct{ code, component string }
	before := &report.Report{Findings: []report.Finding{
		{Code: report.CodePSUAbsent, Severity: report.Info, Component: "psu:PS2", Text: "The bay for power supply PS2 is empty."},
	}}
	after := &report.Report{Findings: append([]report.Finding{
		{Code: report.CodeATAPending, Severity: report.Warning, Component: "drive:ZA1ABCDE", Text: "Drive sda: 8 sectors wait to be reallocated."},
	}, before.Findings...)}

	known := make(map[key]bool)
	for _, f := range before.Findings {
		known[key{f.Code, f.Component}] = true
	}
	for _, f := range after.Findings {
		if !known[key{f.Code, f.Component}] {
			fmt.Println(f.Severity, f.Code, f.Text)
		}
	}
	// Output:
	// warning ata.pending Drive sda: 8 sectors wait to be reallocated.
}

// On which controller and in which slot is each drive?
func ExampleReport_Find() {
	r := &report.Report{Storage: &report.Storage{
		Controllers: []report.StorageController{{ID: "controller:0000:3b:00.0", Model: "MegaRAID 9361-8i"}},
		Drives: []report.Drive{
			{ID: "drive:ZA1ABCDE", Serial: "ZA1ABCDE", Health: report.OK, Controller: "controller:0000:3b:00.0", Enclosure: "252", Slot: "3"},
			{ID: "drive:QM0001", Serial: "QM0001"}, // of a hypervisor: it has no health to tell
		},
	}}
	for _, d := range r.Storage.Drives {
		model := "-"
		found, _ := r.Find(d.Controller)
		if c, ok := found.Value.(*report.StorageController); ok {
			model = c.Model
		}
		fmt.Printf("%s %q on %s, enclosure %q, slot %q\n", d.Serial, d.Health, model, d.Enclosure, d.Slot)
	}
	// Output:
	// ZA1ABCDE "ok" on MegaRAID 9361-8i, enclosure "252", slot "3"
	// QM0001 "" on -, enclosure "", slot ""
}
