// SPDX-License-Identifier: Apache-2.0

package main

import (
	"time"

	"github.com/mchus/bee/testdata/firmware"
	"github.com/mchus/bee/testdata/fru"
)

// What the machine is made of, where its firmware and its management controller
// say so. ../machine.sh has the rest, and ../../hosts/hosts_test.go what a
// report must make of it. Odd texts are here because real machines have them.

var memorySlots = []firmware.MemorySlot{
	{Locator: "DIMM_P0_A1", GiB: 64, Manufacturer: "Samsung", Serial: "80CE012249A1B2C3", PartNumber: "M321R8GA0BB0-CQKZJ  "},
	{Locator: "DIMM_P0_A2", Manufacturer: "NO DIMM", Serial: "NO DIMM", PartNumber: "NO DIMM"},
	{Locator: "DIMM_P0_B1", GiB: 64, Manufacturer: "SK Hynix", Serial: "25B8F0C1", PartNumber: "HMCG94AEBRA109N"},
	{Locator: "DIMM_P0_B2", Manufacturer: "Unknown", Serial: "Unknown", PartNumber: "Unknown"},
	{Locator: "DIMM_P1_A1", GiB: 16, Manufacturer: "Micron Technology", Serial: "00000000", PartNumber: "MTC10F1084S1RC48BA1"},
	{Locator: "DIMM_P1_A2", GiB: 16, Manufacturer: "0x2C00", Serial: "  2F3E11AA", PartNumber: "Not Specified"},
}

var slots = []firmware.Slot{
	{ID: 1, Designation: "PCIE1 (CPU1 x16)", Type: firmware.PCIe5x16, Lanes: firmware.X16, Usage: firmware.InUse, Bus: 0x01},
	{ID: 2, Designation: "PCIE2 (CPU2 x8)", Type: firmware.PCIe4x8, Lanes: firmware.X8, Usage: firmware.Available, Bus: 0xFF, Device: 0x1F},
}

var powerSupplies = []firmware.PowerSupply{
	{Location: "PSU1 bay", Name: "PSU.1", Present: true, Manufacturer: "DELTA", Serial: "DPSN0000123456", PartNumber: "DPS-800AB-1", Revision: "00F", Watts: 800},
	{Location: "PSU2 bay", Name: "PSU.2", Watts: firmware.WattsUnknown},
	{Location: "PSU3 bay", Name: "PSU.3", Present: true, Serial: "  ", PartNumber: "N/A"},
}

// frus are the controller's FRU devices, by their number.
var frus = []*fru.Image{
	{
		Version: 1,
		Chassis: &fru.Chassis{Type: 23, PartNumber: firmware.Text("CSE-LAB-2U"), Serial: firmware.Text("CH-LAB-0001"), Extra: []fru.Text{firmware.Text("chassis extra")}},
		Board: &fru.Board{
			Language: firmware.English, Made: time.Date(2023, 5, 17, 8, 30, 0, 0, time.UTC),
			Manufacturer: firmware.Text("Lab Systems Inc"), Product: firmware.Text("LX2-BOARD"), Serial: firmware.Text("BRD-0001-A7"),
			PartNumber: firmware.Text("P00-11223"), FileID: firmware.Text("fru.xml"), Extra: []fru.Text{firmware.Text("rev B")},
		},
		Product: &fru.Product{
			Language: firmware.English, Manufacturer: firmware.Text("Lab Systems Inc"), Name: firmware.Text("LX2 Server"), PartNumber: firmware.Text("LX2-2U12"),
			ProductVersion: firmware.Text("02"), Serial: firmware.Text("SRV-2023-0042"), AssetTag: firmware.Text("ASSET 77"), FileID: firmware.Text(""),
		},
	},
	{
		Version: 1,
		Product: &fru.Product{
			Language: firmware.English, Manufacturer: firmware.Text("DELTA ELEC"), Name: firmware.Text("PSU 800W Platinum"), PartNumber: firmware.Text("DPS-800AB-1"),
			ProductVersion: firmware.Text("00F"), Serial: firmware.Text("DPSN0000123456"), AssetTag: firmware.Text(""), FileID: firmware.Text(""),
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
			Language: firmware.English, Manufacturer: firmware.Text(""), Name: firmware.Text(""), PartNumber: firmware.Text(""),
			ProductVersion: firmware.Text(""), Serial: firmware.Text(""), AssetTag: firmware.Text(""), FileID: firmware.Text(""),
		},
	},
	{ // no date, blanks around the serial number
		Version: 1,
		Board: &fru.Board{
			Language: firmware.English, Manufacturer: firmware.Text("Lab Systems Inc"), Product: firmware.Text("BP-12NVMe"), Serial: firmware.Text("  BPSN77 \t"),
			PartNumber: firmware.Text("N/A"), FileID: firmware.Text(""),
		},
	},
	{ // its checksums are wrong
		Version: 1, BadChecksum: true,
		Board: &fru.Board{
			Language: firmware.English, Made: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
			Manufacturer: firmware.Text("Broken"), Product: firmware.Text("Header sum wrong"), Serial: firmware.Text("X1"), PartNumber: firmware.Text("Y1"), FileID: firmware.Text(""),
		},
	},
	nil, // never written: all bytes FFh
}

var locators = []firmware.Locator{
	{FRU: 1, Name: "PS1 FRU", Entity: firmware.PowerSupplyUnit},
	{FRU: 2, Name: "PS2 FRU", Entity: firmware.PowerSupplyUnit},
	{FRU: 3, Name: "HDD BP", Entity: firmware.Backplane},
	{FRU: 4, Name: "Riser1", Entity: firmware.Backplane},
	{FRU: 5, Name: "OCP", Entity: firmware.Backplane},
}

// sensors have Raw as their reading, which stands for M × Raw × 10^Exponent.
var sensors = []firmware.Sensor{
	{Number: 1, Name: "CPU1 Temp", Type: firmware.Temperature, Unit: firmware.Celsius, Entity: firmware.SystemBoard, M: 1, Nominal: 45, Upper: 90, Raw: 45},
	{Number: 2, Name: "Inlet Temp", Type: firmware.Temperature, Unit: firmware.Celsius, Entity: firmware.SystemBoard, M: 1, Nominal: 22, Upper: 45, Raw: 22},
	{Number: 3, Name: "FAN1", Type: firmware.Fan, Unit: firmware.RPM, Entity: firmware.FanUnit, M: 60, Nominal: 80, Lower: 5, Raw: 90},
	{Number: 4, Name: "FAN2", Type: firmware.Fan, Unit: firmware.RPM, Entity: firmware.FanUnit, M: 60, Nominal: 80, Lower: 5, Raw: 0},
	{Number: 5, Name: "PS1 Input Power", Type: firmware.OtherUnits, Unit: firmware.Watts, Entity: firmware.PowerSupplyUnit, M: 4, Nominal: 50, Upper: 220, Raw: 52},
	{Number: 6, Name: "P12V", Type: firmware.Voltage, Unit: firmware.Volts, Entity: firmware.SystemBoard, M: 6, Exponent: -2, Nominal: 200, Upper: 220, Lower: 180, Raw: 201},
}
