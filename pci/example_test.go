// SPDX-License-Identifier: Apache-2.0

package pci_test

import (
	"fmt"
	"strings"

	"github.com/mchus/bee/pci"
)

// Which driver runs this network card?
func ExampleParse() {
	list, err := pci.Parse([]byte(`Slot:	0000:07:00.0
Class:	Ethernet controller [0200]
Vendor:	Intel Corporation [8086]
Device:	82574L Gigabit Network Connection [10d3]
Driver:	e1000e
Module:	e1000e

`))
	if err != nil {
		fmt.Println(err) // and go on with what could be read
	}
	for _, d := range list.Devices {
		if strings.HasPrefix(d.Class.ID, "02") {
			fmt.Printf("%s %s: %s\n", d.Address, d.Device.Name, d.Driver)
		}
	}
	// Output: 0000:07:00.0 82574L Gigabit Network Connection: e1000e
}

// A line that makes no sense costs only itself.
func ExampleParse_errors() {
	list, err := pci.Parse([]byte("Slot:\t3b:00.0\nRev:\tzz\nDriver:\tnvme\n"))
	for _, d := range list.Devices {
		fmt.Println(d.Address, d.Driver)
	}
	fmt.Println(err)
	// Output:
	// 0000:3b:00.0 nvme
	// pci: line 2, column 6: invalid syntax: "zz"
}

// What the typed view does not know is in the fields.
func ExampleDevice_fields() {
	list, err := pci.Parse([]byte("Slot:\t3b:00.0\nFutureTag:\tsomething new\n"))
	if err != nil {
		fmt.Println(err)
	}
	for _, d := range list.Devices {
		for _, f := range d.Fields {
			fmt.Printf("line %d: %s = %s\n", f.Line, f.Key, f.Value)
		}
	}
	// Output:
	// line 1: Slot = 3b:00.0
	// line 2: FutureTag = something new
}

// The names of lspci with the links of another source, such as the kernel.
func ExampleMerge() {
	fromTool, err := pci.Parse([]byte("Slot:\t3d:00.0\nVendor:\tMellanox Technologies\n"))
	if err != nil {
		fmt.Println(err)
	}
	other := &pci.List{Devices: []pci.Device{{Address: "0000:3d:00.0", Link: pci.Link{SpeedMTs: 8000, Width: 8}, Parent: "0000:3c:00.0"}}}
	if d := pci.Merge(fromTool, other).Lookup("3d:00.0"); d != nil {
		fmt.Printf("%s: %d lanes below %s\n", d.Vendor.Name, d.Link.Width, d.Parent)
	}
	// Output: Mellanox Technologies: 8 lanes below 0000:3c:00.0
}
