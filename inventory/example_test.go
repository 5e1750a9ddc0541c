// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"context"
	"fmt"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/collect"
	"github.com/mchus/bee/inventory/host"
)

// captured is the capture of a small machine, as audit -record writes it.
var captured = host.Capture{
	"host.json":      []byte(`{"schema":"bee.capture/1","times":["2026-01-15T12:00:00Z"]}`),
	"commands.jsonl": []byte(`{"argv":["dmidecode"],"stdout":"dmidecode.stdout"}`),
	"dmidecode.stdout": []byte(`# dmidecode 3.6

Handle 0x0001, DMI type 1, 27 bytes
System Information
	Manufacturer: Lab Systems Inc
	Product Name: LX2 Server
	Serial Number: SRV-2023-0042

Handle 0x0011, DMI type 17, 92 bytes
Memory Device
	Size: 64 GB
	Locator: DIMM_A1
	Type: DDR5
	Speed: 4800 MT/s
	Manufacturer: 0xCE00
	Serial Number: 2F3E11AA
	Part Number: M321R8GA0BB0-CQKZJ
	Configured Memory Speed: 4400 MT/s

Handle 0x0012, DMI type 17, 92 bytes
Memory Device
	Size: No Module Installed
	Locator: DIMM_A2

Handle 0x7F00, DMI type 127, 4 bytes
End Of Table
`),
}

// What is this machine, and what should a person know about it?
func ExampleAudit() {
	machine, err := host.Replay(captured.FS()) // host.Live() for this one
	if err != nil {
		fmt.Println(err)
		return
	}
	report := inventory.Audit(context.Background(), machine, inventory.Options{})
	if s := report.System; s != nil { // nil where nothing could say it
		fmt.Println(s.Product, s.Serial)
	}
	fmt.Println("health:", report.Summary.Health)
	for _, f := range report.Findings {
		fmt.Println(f.Severity, f.Component, f.Text)
	}
	for _, u := range *report.Summary.Unjudged { // never nil after an audit; here dmidecode was all there was
		fmt.Println("not judged:", u.Component)
	}
	// Output:
	// LX2 Server SRV-2023-0042
	// health: unknown
	// info dimm:2F3E11AA Memory module DIMM_A1 runs at 4400 MT/s and could run at 4800 MT/s.
	// not judged: storage
	// not judged: pci
	// not judged: gpus
}

// Which memory modules are in the machine, and which slots are empty?
func Example_memory() {
	machine, err := host.Replay(captured.FS())
	if err != nil {
		fmt.Println(err)
		return
	}
	memory, err := collect.Memory(context.Background(), machine)
	if err != nil {
		fmt.Println(err) // and go on: what could be read is there
	}
	if memory == nil {
		return // neither dmidecode nor the kernel says anything of it
	}
	for _, m := range memory.Modules {
		if !m.Present {
			fmt.Println(m.Slot, "is empty")
			continue
		}
		maker := "unknown maker"
		if m.Manufacturer != nil {
			maker = m.Manufacturer.Name
		}
		fmt.Println(m.Slot, m.SizeBytes>>30, "GiB", m.Type, maker, m.PartNumber, m.Serial)
	}
	// Output:
	// DIMM_A1 64 GiB DDR5 Samsung M321R8GA0BB0-CQKZJ 2F3E11AA
	// DIMM_A2 is empty
}
