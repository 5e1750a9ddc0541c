// SPDX-License-Identifier: Apache-2.0

package dmi_test

import (
	"cmp"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/mchus/bee/dmi"
)

// readServer parses what dmidecode 3.7 printed on an emulated server.
func readServer() *dmi.Table {
	out, err := os.ReadFile("testdata/qemu-3.7/input")
	if err != nil {
		log.Fatal(err)
	}
	table, err := dmi.Parse(out)
	if err != nil {
		log.Print(err) // the table holds what could be read
	}
	return table
}

// Which memory slots are empty?
func ExampleTable_MemoryDevices_empty() {
	devices, err := readServer().MemoryDevices()
	if err != nil {
		log.Print(err)
	}
	for _, d := range devices {
		if !d.Present {
			fmt.Println(d.Locator)
		}
	}
	// Output:
	// DIMM_P0_A2
	// DIMM_P0_B2
}

// How much memory is there, at what speed, and from whom?
func ExampleTable_MemoryDevices_installed() {
	devices, err := readServer().MemoryDevices()
	if err != nil {
		log.Print(err)
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
	// DIMM_P0_A1: 64 GiB DDR5 at 4800 of 4800 MT/s from Samsung, M321R8GA0BB0-CQKZJ
	// DIMM_P0_B1: 64 GiB DDR5 at 4800 of 4800 MT/s from SK Hynix, HMCG94AEBRA109N
	// DIMM_P1_A1: 16 GiB DDR5 at 4800 of 4800 MT/s from Micron Technology, MTC10F1084S1RC48BA1
	// DIMM_P1_A2: 16 GiB DDR5 at 4800 of 4800 MT/s from Micron Technology, no part number
	// 160 GiB in all
}

// Which slot holds the card at this PCI address?
func ExampleSlotAt() {
	slots, err := readServer().Slots()
	if err != nil {
		log.Print(err)
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
	table := readServer()
	bios, err := table.BIOS()
	if err != nil {
		log.Print(err)
	}
	if bios != nil {
		fmt.Println(bios.Vendor, bios.Version, "of", bios.ReleaseDate)
	}
	components, err := table.FirmwareInventory()
	if err != nil {
		log.Print(err)
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
	if errors.Is(err, dmi.ErrUnit) {
		fmt.Println("the size of", devices[0].Locator, "is not known")
	}
	// Output:
	// dmi: line 3, column 11: unknown unit: "XB"
	// the size of DIMM_A1 is not known
}
