// SPDX-License-Identifier: Apache-2.0

package dmi_test

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/mchus/bee/dmi"
)

// server is what dmidecode prints, for the most part.
const server = `# dmidecode 3.7
Getting SMBIOS data from sysfs.
SMBIOS 3.6.0 present.

Handle 0x0000, DMI type 0, 26 bytes
BIOS Information
	Vendor: American Lab Inc.
	Version: 3.2a
	Release Date: 05/17/2023

Handle 0x0090, DMI type 9, 28 bytes
System Slot Information
	Designation: PCIE1 (CPU1 x16)
	Type: PCI Express 6+
	Current Usage: In Use
	Bus Address: 0000:01:00.0

Handle 0x1100, DMI type 17, 92 bytes
Memory Device
	Size: 64 GB
	Locator: DIMM_P0_A1
	Type: DDR5
	Speed: 4800 MT/s
	Manufacturer: Samsung
	Part Number: M321R8GA0BB0-CQKZJ
	Configured Memory Speed: 4400 MT/s

Handle 0x1101, DMI type 17, 92 bytes
Memory Device
	Size: No Module Installed
	Locator: DIMM_P0_A2

Handle 0x1102, DMI type 17, 92 bytes
Memory Device
	Size: 16 GB
	Locator: DIMM_P1_A1
	Type: DDR5
	Speed: 4800 MT/s
	Manufacturer: Micron Technology
	Part Number: Not Specified
	Configured Memory Speed: 4800 MT/s
`

// Which memory slots are empty?
func ExampleTable_MemoryDevices_empty() {
	table, err := dmi.Parse([]byte(server))
	if err != nil {
		fmt.Println(err) // and go on: the table holds what could be read
	}
	devices, err := table.MemoryDevices()
	if err != nil {
		fmt.Println(err)
	}
	for _, d := range devices {
		if !d.Present {
			fmt.Println(d.Locator)
		}
	}
	// Output:
	// DIMM_P0_A2
}

// How much memory is there, at what speed, and from whom?
func ExampleTable_MemoryDevices_installed() {
	table, err := dmi.Parse([]byte(server))
	if err != nil {
		fmt.Println(err)
	}
	devices, err := table.MemoryDevices()
	if err != nil {
		fmt.Println(err)
	}
	var total uint64
	for _, d := range devices {
		if !d.Present {
			continue
		}
		total += d.SizeBytes
		fmt.Printf("%s: %d GiB %s at %d of %d MT/s from %s, %s\n",
			d.Locator, d.SizeBytes>>30, d.Type, d.ConfiguredSpeedMTs, d.SpeedMTs, d.Manufacturer, cmp.Or(d.PartNumber, "no part number"))
	}
	fmt.Printf("%d GiB in all\n", total>>30)
	// Output:
	// DIMM_P0_A1: 64 GiB DDR5 at 4400 of 4800 MT/s from Samsung, M321R8GA0BB0-CQKZJ
	// DIMM_P1_A1: 16 GiB DDR5 at 4800 of 4800 MT/s from Micron Technology, no part number
	// 80 GiB in all
}

// Which slot holds the card at this PCI address?
func ExampleSlotAt() {
	table, err := dmi.Parse([]byte(server))
	if err != nil {
		fmt.Println(err)
	}
	slots, err := table.Slots()
	if err != nil {
		fmt.Println(err)
	}
	for _, address := range []string{"0000:01:00.1", "0000:7f:00.0"} {
		if slot := dmi.SlotAt(slots, address); slot != nil {
			fmt.Printf("%s is in %s (%s)\n", address, slot.Designation, slot.Type)
		} else {
			fmt.Printf("%s is in no slot\n", address)
		}
	}
	// Output:
	// 0000:01:00.1 is in PCIE1 (CPU1 x16) (PCI Express 6+)
	// 0000:7f:00.0 is in no slot
}

// Which firmware is it?
func ExampleTable_BIOS() {
	table, err := dmi.Parse([]byte(server))
	if err != nil {
		fmt.Println(err)
	}
	bios, err := table.BIOS()
	if err != nil {
		fmt.Println(err)
	}
	if bios != nil {
		fmt.Println(bios.Vendor, bios.Version, "of", bios.ReleaseDate)
	}
	components, err := table.FirmwareInventory()
	if err != nil {
		fmt.Println(err)
	}
	for _, c := range components {
		fmt.Println(c.Name, c.Version)
	}
	// Output:
	// American Lab Inc. 3.2a of 05/17/2023
}

// Handles tie a processor to its caches and a memory slot to its array.
func ExampleProcessor_Caches() {
	table, _ := dmi.Parse([]byte(`Handle 0x0004, DMI type 4, 48 bytes
Processor Information
	Socket Designation: CPU0
	L1 Cache Handle: 0x0007
	L2 Cache Handle: 0x0008
	L3 Cache Handle: Not Provided

Handle 0x0007, DMI type 7, 27 bytes
Cache Information
	Configuration: Enabled, Not Socketed, Level 1
	Installed Size: 512 kB

Handle 0x0008, DMI type 7, 27 bytes
Cache Information
	Configuration: Enabled, Not Socketed, Level 2
	Installed Size: 16 MB
`))
	processors, _ := table.Processors()
	caches, _ := table.Caches()
	for _, p := range processors {
		for _, c := range p.Caches(caches) {
			fmt.Printf("%s: L%d, %d KiB\n", p.Socket, c.Level, c.InstalledBytes>>10)
		}
	}
	// Output:
	// CPU0: L1, 512 KiB
	// CPU0: L2, 16384 KiB
}

// Structures without a typed view are as much at hand as the others.
func ExampleTable_OfType() {
	table, _ := dmi.Parse([]byte(`Handle 0x00DD, DMI type 221, 26 bytes
OEM-specific Type
	Header and Data:
		DD 1A DD 00 03 01 00 04 01 00 08 00 02 00 00 00
	Strings:
		Reference Code - CPU
`))
	for rec := range table.OfType(221) {
		fmt.Printf("%#x %s\n", rec.Handle, rec.Title)
		if f := rec.Lookup("Strings"); f != nil {
			fmt.Println(strings.Join(f.Items, ", "))
		}
	}
	// Output:
	// 0xdd OEM-specific Type
	// Reference Code - CPU
}

// An error names the place, and does not cost the rest.
func ExampleParseError() {
	table, _ := dmi.Parse([]byte(`Handle 0x0011, DMI type 17, 84 bytes
Memory Device
	Size: 32 XB
	Locator: DIMM_A1
`))
	devices, err := table.MemoryDevices()
	fmt.Println(err)
	for _, d := range devices {
		if errors.Is(err, dmi.ErrUnit) && d.SizeBytes == 0 {
			fmt.Println("the size of", d.Locator, "is not known")
		}
	}
	// Output:
	// dmi: line 3, column 11: unknown unit: "XB"
	// the size of DIMM_A1 is not known
}
