// SPDX-License-Identifier: Apache-2.0

// Package firmware writes what the firmware and the management controller of an
// emulated machine hold: SMBIOS structures, FRU devices and sensor data records,
// as QEMU takes them from files.
package firmware

import (
	"encoding/binary"
	"fmt"

	"github.com/mchus/bee/testdata/smbios"
)

// Sections are those of the SMBIOS specification, DSP0134 3.7.

// A MemorySlot is a slot for a DDR5 module, which is empty with 0 GiB.
type MemorySlot struct {
	Locator, Manufacturer, Serial, PartNumber string
	GiB                                       uint32
}

// Structure returns the memory device (type 17, section 7.18) of slot i.
func (m MemorySlot) Structure(i int) smbios.Structure {
	d := memoryDevice{
		Array: arrayHandle, Error: 0xFFFE, TotalWidth: 80, DataWidth: 64,
		FormFactor: 9, Type: 0x22, TypeDetail: 0x2080, // DIMM; DDR5, synchronous and registered
		Speed: 4800, Rank: 2, ConfiguredSpeed: 4800,
		MinMillivolts: 1100, MaxMillivolts: 1100, Millivolts: 1100, Technology: 3, Modes: 8, // DRAM, volatile
	}
	switch {
	case m.GiB == 0:
		d.TotalWidth, d.DataWidth, d.Type, d.TypeDetail = 0xFFFF, 0xFFFF, 2, 4
		d.Speed, d.ConfiguredSpeed, d.Rank, d.Technology = 0, 0, 0, 2
	case m.GiB < 32:
		d.Size = uint16(m.GiB << 10)
	default:
		d.Size, d.ExtendedSize = 0x7FFF, m.GiB<<10
	}
	numbers, strings := texts(m.Locator, fmt.Sprintf("P0 CHANNEL %c", 'A'+i%26), m.Manufacturer, m.Serial, fmt.Sprintf("A%d_AssetTag", i), m.PartNumber)
	d.Locator, d.Bank, d.Manufacturer, d.Serial, d.AssetTag, d.PartNumber = numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]
	return structure(17, 0x1100+i, d, strings...)
}

// memoryDevice is the formatted area of type 17 in SMBIOS 3.2. Texts are numbers
// of strings.
type memoryDevice struct {
	Array, Error, TotalWidth, DataWidth            uint16
	Size                                           uint16 // MiB; 7FFFh: see ExtendedSize
	FormFactor, Set, Locator, Bank, Type           uint8
	TypeDetail, Speed                              uint16
	Manufacturer, Serial, AssetTag, PartNumber     uint8
	Rank                                           uint8
	ExtendedSize                                   uint32 // MiB
	ConfiguredSpeed                                uint16
	MinMillivolts, MaxMillivolts, Millivolts       uint16
	Technology                                     uint8
	Modes                                          uint16
	Firmware                                       uint8
	Module, ModuleProduct, Controller, ControllerP uint16
	NonVolatile, Volatile, Cache, Logical          uint64
}

// MemoryArray returns the memory array (type 16, section 7.17) that the memory
// devices belong to.
func MemoryArray(slots int) smbios.Structure {
	const systemBoard, systemMemory, multiBitECC, see, notProvided = 3, 3, 6, 0x80000000, 0xFFFE
	return structure(16, arrayHandle, struct {
		Location, Use, Correction uint8
		Capacity                  uint32
		Error, Slots              uint16
		ExtendedCapacity          uint64 // bytes
	}{systemBoard, systemMemory, multiBitECC, see, notProvided, uint16(slots), uint64(slots) << 38})
}

const arrayHandle = 0x1000

// Codes of slots (sections 7.10.1 to 7.10.3).
const (
	PCIe5x16  = 0xC4
	PCIe4x8   = 0xBE
	X8        = 0x0B
	X16       = 0x0D
	Available = 3
	InUse     = 4
)

// A Slot is a PCIe slot.
type Slot struct {
	Designation        string
	ID                 uint16
	Type, Lanes, Usage uint8
	Bus, Device        uint8
}

// Structure returns the system slot (type 9, section 7.10), in SMBIOS 2.6.
func (s Slot) Structure() smbios.Structure {
	return structure(9, 0x900+int(s.ID), struct {
		Designation, Type, Lanes, Usage, Length uint8
		ID                                      uint16
		Characteristics                         [2]uint8
		Segment                                 uint16
		Bus, DeviceFunction                     uint8
	}{1, s.Type, s.Lanes, s.Usage, 4, s.ID, [2]uint8{0x0C, 1}, 0, s.Bus, s.Device << 3}, s.Designation)
}

// WattsUnknown is what a bay has that does not know its power supply.
const WattsUnknown = 0x8000

// A PowerSupply is a bay for a power supply.
type PowerSupply struct {
	Location, Name                             string
	Manufacturer, Serial, PartNumber, Revision string
	Present                                    bool
	Watts                                      uint16
}

// Structure returns the power supply (type 39, section 7.40) of bay i.
func (p PowerSupply) Structure(i int) smbios.Structure {
	const hotReplaceable, present, statusUnknown, statusOK, switching = 1, 1 << 1, 2 << 7, 3 << 7, 4 << 10
	f := struct {
		Group                          uint8
		Texts                          [7]uint8
		Watts, Characteristics         uint16
		VoltageProbe, Cooling, Current uint16
	}{1, [7]uint8{}, p.Watts, hotReplaceable | statusUnknown, 0xFFFF, 0xFFFF, 0xFFFF}
	if p.Present {
		f.Characteristics = hotReplaceable | present | statusOK | switching
	}
	const noAssetTag = ""
	numbers, strings := texts(p.Location, p.Name, p.Manufacturer, p.Serial, noAssetTag, p.PartNumber, p.Revision)
	copy(f.Texts[:], numbers)
	return structure(39, 0x2701+i, f, strings...)
}

// texts returns the numbers of texts and the set of strings that holds them. It
// cannot hold an empty one, which is number 0.
func texts(list ...string) (numbers []uint8, set []string) {
	for _, s := range list {
		n := 0
		if s != "" {
			set = append(set, s)
			n = len(set)
		}
		numbers = append(numbers, uint8(n))
	}
	return numbers, set
}

// structure puts a structure together; fields is a struct of fixed-size integers.
func structure(kind uint8, handle int, fields any, strings ...string) smbios.Structure {
	data, err := binary.Append(nil, binary.LittleEndian, fields)
	if err != nil {
		panic(err)
	}
	return smbios.Structure{Type: kind, Handle: uint16(handle), Data: data, Strings: strings}
}
