// SPDX-License-Identifier: Apache-2.0

package main

import (
	"time"

	"github.com/mchus/bee/testdata/fru"
)

// What the machine is made of, where its firmware and its management controller
// say so. ../machine.sh has the rest, and ../../hosts/hosts_test.go what a
// report must make of it. Odd texts are here because real machines have them.

var memorySlots = []memorySlot{
	{Locator: "DIMM_P0_A1", GiB: 64, Manufacturer: "Samsung", Serial: "80CE012249A1B2C3", PartNumber: "M321R8GA0BB0-CQKZJ  "},
	{Locator: "DIMM_P0_A2", Manufacturer: "NO DIMM", Serial: "NO DIMM", PartNumber: "NO DIMM"},
	{Locator: "DIMM_P0_B1", GiB: 64, Manufacturer: "SK Hynix", Serial: "25B8F0C1", PartNumber: "HMCG94AEBRA109N"},
	{Locator: "DIMM_P0_B2", Manufacturer: "Unknown", Serial: "Unknown", PartNumber: "Unknown"},
	{Locator: "DIMM_P1_A1", GiB: 16, Manufacturer: "Micron Technology", Serial: "00000000", PartNumber: "MTC10F1084S1RC48BA1"},
	{Locator: "DIMM_P1_A2", GiB: 16, Manufacturer: "0x2C00", Serial: "  2F3E11AA", PartNumber: "Not Specified"},
}

var slots = []slot{
	{ID: 1, Designation: "PCIE1 (CPU1 x16)", Type: pcie5x16, Lanes: x16, Usage: inUse, Bus: 0x01},
	{ID: 2, Designation: "PCIE2 (CPU2 x8)", Type: pcie4x8, Lanes: x8, Usage: available, Bus: 0xFF, Device: 0x1F},
}

var powerSupplies = []powerSupply{
	{Location: "PSU1 bay", Name: "PSU.1", Present: true, Manufacturer: "DELTA", Serial: "DPSN0000123456", PartNumber: "DPS-800AB-1", Revision: "00F", Watts: 800},
	{Location: "PSU2 bay", Name: "PSU.2", Watts: wattsUnknown},
	{Location: "PSU3 bay", Name: "PSU.3", Present: true, Serial: "  ", PartNumber: "N/A"},
}

// frus are the controller's FRU devices, by their number.
var frus = []*fru.Image{
	{
		Version: 1,
		Chassis: &fru.Chassis{Type: 23, PartNumber: text("CSE-LAB-2U"), Serial: text("CH-LAB-0001"), Extra: texts("chassis extra")},
		Board: &fru.Board{
			Language: english, Made: time.Date(2023, 5, 17, 8, 30, 0, 0, time.UTC),
			Manufacturer: text("Lab Systems Inc"), Product: text("LX2-BOARD"), Serial: text("BRD-0001-A7"),
			PartNumber: text("P00-11223"), FileID: text("fru.xml"), Extra: texts("rev B"),
		},
		Product: &fru.Product{
			Language: english, Manufacturer: text("Lab Systems Inc"), Name: text("LX2 Server"), PartNumber: text("LX2-2U12"),
			ProductVersion: text("02"), Serial: text("SRV-2023-0042"), AssetTag: text("ASSET 77"), FileID: text(""),
		},
	},
	{
		Version: 1,
		Product: &fru.Product{
			Language: english, Manufacturer: text("DELTA ELEC"), Name: text("PSU 800W Platinum"), PartNumber: text("DPS-800AB-1"),
			ProductVersion: text("00F"), Serial: text("DPSN0000123456"), AssetTag: text(""), FileID: text(""),
		},
		Records: []fru.Record{fru.PowerSupply{
			Watts: 800, PeakVA: 900, InrushAmps: 35, InrushMs: 5, Low1: 90, High1: 132, Low2: 180, High2: 264,
			LowHz: 47, HighHz: 63, DropoutMs: 16, PFC: true, Auto: true, Swap: true, Polarity: true,
			PeakWatts: 800, HoldupSeconds: 1,
		}},
	},
	{ // an area without anything in its fields
		Version: 1,
		Product: &fru.Product{
			Language: english, Manufacturer: text(""), Name: text(""), PartNumber: text(""),
			ProductVersion: text(""), Serial: text(""), AssetTag: text(""), FileID: text(""),
		},
	},
	{ // no date, blanks around the serial number
		Version: 1,
		Board: &fru.Board{
			Language: english, Manufacturer: text("Lab Systems Inc"), Product: text("BP-12NVMe"), Serial: text("  BPSN77 \t"),
			PartNumber: text("N/A"), FileID: text(""),
		},
	},
	{ // its checksums are wrong
		Version: 1, BadChecksum: true,
		Board: &fru.Board{
			Language: english, Made: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
			Manufacturer: text("Broken"), Product: text("Header sum wrong"), Serial: text("X1"), PartNumber: text("Y1"), FileID: text(""),
		},
	},
	nil, // never written: all bytes FFh
}

var locators = []locator{
	{FRU: 1, Name: "PS1 FRU", Entity: entityPowerSupply},
	{FRU: 2, Name: "PS2 FRU", Entity: entityPowerSupply},
	{FRU: 3, Name: "HDD BP", Entity: entityBackplane},
	{FRU: 4, Name: "Riser1", Entity: entityBackplane},
	{FRU: 5, Name: "OCP", Entity: entityBackplane},
}

// sensors have Raw as their reading, which stands for M × Raw × 10^Exponent.
var sensors = []sensor{
	{Number: 1, Name: "CPU1 Temp", Type: temperature, Unit: celsius, Entity: entitySystemBoard, M: 1, Nominal: 45, Upper: 90, Raw: 45},
	{Number: 2, Name: "Inlet Temp", Type: temperature, Unit: celsius, Entity: entitySystemBoard, M: 1, Nominal: 22, Upper: 45, Raw: 22},
	{Number: 3, Name: "FAN1", Type: fan, Unit: rpm, Entity: entityFan, M: 60, Nominal: 80, Lower: 5, Raw: 90},
	{Number: 4, Name: "FAN2", Type: fan, Unit: rpm, Entity: entityFan, M: 60, Nominal: 80, Lower: 5, Raw: 0},
	{Number: 5, Name: "PS1 Input Power", Type: otherUnits, Unit: watts, Entity: entityPowerSupply, M: 4, Nominal: 50, Upper: 220, Raw: 52},
	{Number: 6, Name: "P12V", Type: voltage, Unit: volts, Entity: entitySystemBoard, M: 6, Exponent: -2, Nominal: 200, Upper: 220, Lower: 180, Raw: 201},
}
