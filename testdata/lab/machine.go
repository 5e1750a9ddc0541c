// SPDX-License-Identifier: Apache-2.0

// Package lab describes machines that QEMU emulates. A [Machine] is the source of
// two things that must not come from each other: what QEMU is told
// ([Machine.Files]), and what an audit must say ([Machine.Truth]).
//
// record.sh boots them and records the captures of hosts/, which the tests replay.
package lab

import (
	"fmt"
	"hash/crc32"
	"time"

	"github.com/mchus/bee/testdata/firmware"
	"github.com/mchus/bee/testdata/fru"
)

// A Machine is one server.
type Machine struct {
	Name    string
	About   string // what it is, for its passport
	Chipset string // QEMU's name of the machine
	UEFI    bool
	Udev    bool // udevd runs in it

	NoTables bool // its SMBIOS has no structure of QEMU's

	Serial  string // of the system; those of board and chassis are made of it
	Sockets int    // each with a processor of one core
	Memory  []firmware.MemorySlot
	Power   []firmware.PowerSupply
	BMC     *BMC
	Drives  []Drive // on the chipset's own controller, in the order of its ports
	Cards   []Card  // on the root bus, from firstCard on

	// What an audit must say of it: "severity code component" of each finding, and
	// the components and parts of which nobody can tell whether they are well.
	Findings []string
	Unjudged []string
}

// A BMC is a management controller. It has a FRU device for the machine and one
// for each power supply, unless FRUs says what it has.
type BMC struct {
	FRUs []FRU
}

// A FRU is a FRU device with a name, and all its bytes.
type FRU struct {
	Name string
	Data []byte
}

// A Card is a PCI device: a controller with drives, a network card, or a bridge
// with the cards behind it.
type Card struct {
	Device  string // QEMU's name, with properties
	Bridge  bool
	Chassis bool // a bridge that QEMU wants a number of
	Root    bool // a bridge to a bus of a number that Device has
	Cards   []Card
	Drives  []Drive
	RAID    bool // it shows each drive as a volume
	NVMe    *NVMe
	MAC     string
}

// NVMe is an NVMe controller. Its drives are its namespaces; one without any is
// another way to those of the controller before it that has its subsystem.
type NVMe struct {
	Serial    string
	Subsystem string // "" for one of its own
}

// A Drive is a disk, or a namespace of an NVMe drive.
type Drive struct {
	Device        string // QEMU's name, with properties
	Protocol      string // as far as the kernel tells
	Vendor, Model string
	Serial        string
	Firmware      string
	WWN           uint64
	Bytes         uint64
	Block         int // bytes of a logical block
}

// noSerial is a drive of which QEMU is told no serial number, not even an empty one.
const noSerial = "\x00"

// frus returns the BMC's FRU devices.
func (m *Machine) frus() []FRU {
	if m.BMC.FRUs != nil {
		return m.BMC.FRUs
	}
	text := firmware.Text
	list := []FRU{{"", firmware.Area(&fru.Image{
		Version: 1,
		Chassis: &fru.Chassis{Type: 23, PartNumber: text("CSE-LAB"), Serial: text(m.chassisSerial())},
		Board: &fru.Board{
			Language: firmware.English, Made: time.Date(2023, 5, 17, 8, 30, 0, 0, time.UTC), Manufacturer: text(maker),
			Product: text(m.board()), Serial: text(m.boardSerial()), PartNumber: text("P00-11223"), FileID: text("fru.xml"),
		},
		Product: &fru.Product{
			Language: firmware.English, Manufacturer: text(maker), Name: text(m.product()), PartNumber: text("LAB-1"),
			ProductVersion: text("02"), Serial: text(m.Serial), AssetTag: text(""), FileID: text(""),
		},
	})}}
	for _, p := range m.Power {
		list = append(list, FRU{p.Location + " FRU", firmware.Area(&fru.Image{
			Version: 1,
			Product: &fru.Product{
				Language: firmware.English, Manufacturer: text(p.Manufacturer), Name: text(p.Name), PartNumber: text(p.PartNumber),
				ProductVersion: text(p.Revision), Serial: text(p.Serial), AssetTag: text(""), FileID: text(""),
			},
		})})
	}
	return list
}

func (m *Machine) product() string       { return "Lab " + m.Name }
func (m *Machine) board() string         { return "BOARD-" + m.Name }
func (m *Machine) boardSerial() string   { return m.part("B") }
func (m *Machine) chassisSerial() string { return m.part("C") }

func (m *Machine) part(letter string) string {
	if m.Serial == "" {
		return ""
	}
	return letter + m.Serial
}

// uuid is made of the name, so that no two machines share one.
func (m *Machine) uuid() string {
	return fmt.Sprintf("4c414221-0000-4000-8000-%012x", crc32.ChecksumIEEE([]byte(m.Name)))
}

// sensors are those of every BMC. They have Raw as their reading, which stands
// for M × Raw × 10^Exponent; nothing is wrong.
var sensors = []firmware.Sensor{
	{Number: 1, Name: "CPU1 Temp", Type: firmware.Temperature, Unit: firmware.Celsius, Entity: firmware.SystemBoard, M: 1, Nominal: 45, Upper: 90, Raw: 45},
	{Number: 2, Name: "FAN1", Type: firmware.Fan, Unit: firmware.RPM, Entity: firmware.FanUnit, M: 60, Nominal: 80, Lower: 5, Raw: 90},
	{Number: 3, Name: "P12V", Type: firmware.Voltage, Unit: firmware.Volts, Entity: firmware.SystemBoard, M: 6, Exponent: -2, Nominal: 200, Upper: 220, Lower: 180, Raw: 201},
	{Number: 4, Name: "PS1 Input Power", Type: firmware.OtherUnits, Unit: firmware.Watts, Entity: firmware.PowerSupplyUnit, M: 4, Nominal: 50, Upper: 220, Raw: 52},
	{Number: 5, Name: "PS2 Input Power", Type: firmware.OtherUnits, Unit: firmware.Watts, Entity: firmware.PowerSupplyUnit, Instance: 2, M: 4, Nominal: 50, Upper: 220, Raw: 49},
}
