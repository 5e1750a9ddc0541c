// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/binary"

	"github.com/mchus/bee/testdata/smbios"
)

// Sections are those of the SMBIOS specification, DSP0134 3.7.

// structures returns the structures that replace QEMU's own of their types, in
// the order of the table.
func structures() []smbios.Structure {
	var list []smbios.Structure
	for i, m := range memorySlots {
		list = append(list, m.structure(i))
	}
	for _, s := range slots {
		list = append(list, s.structure())
	}
	for i, p := range powerSupplies {
		list = append(list, p.structure(i))
	}
	return list
}

// A memorySlot is a slot for a DDR5 module, which is empty with 0 GiB.
type memorySlot struct {
	Locator, Manufacturer, Serial, PartNumber string
	GiB                                       uint32
}

// structure returns the memory device (type 17, section 7.18) of slot i.
func (m memorySlot) structure(i int) smbios.Structure {
	d := memoryDevice{
		Array: 0x1000, Error: 0xFFFE, TotalWidth: 80, DataWidth: 64,
		FormFactor: 9, Locator: 1, Bank: 2, Type: 0x22, TypeDetail: 0x2080, // DIMM; DDR5, synchronous and registered
		Speed: 4800, Manufacturer: 3, Serial: 4, AssetTag: 5, PartNumber: 6, Rank: 2, ConfiguredSpeed: 4800,
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
	letter := string(rune('A' + i))
	number := string(rune('0' + i))
	return structure(17, 0x1100+i, d, m.Locator, "P0 CHANNEL "+letter, m.Manufacturer, m.Serial, "A"+number+"_AssetTag", m.PartNumber)
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

// Codes of slots (sections 7.10.1 to 7.10.3).
const (
	pcie5x16  = 0xC4
	pcie4x8   = 0xBE
	x8        = 0x0B
	x16       = 0x0D
	available = 3
	inUse     = 4
)

// A slot is a PCIe slot.
type slot struct {
	Designation        string
	ID                 uint16
	Type, Lanes, Usage uint8
	Bus, Device        uint8
}

// structure returns the system slot (type 9, section 7.10), in SMBIOS 2.6.
func (s slot) structure() smbios.Structure {
	return structure(9, 0x900+int(s.ID), struct {
		Designation, Type, Lanes, Usage, Length uint8
		ID                                      uint16
		Characteristics                         [2]uint8
		Segment                                 uint16
		Bus, DeviceFunction                     uint8
	}{1, s.Type, s.Lanes, s.Usage, 4, s.ID, [2]uint8{0x0C, 1}, 0, s.Bus, s.Device << 3}, s.Designation)
}

const wattsUnknown = 0x8000

// A powerSupply is a bay for a power supply.
type powerSupply struct {
	Location, Name                             string
	Manufacturer, Serial, PartNumber, Revision string
	Present                                    bool
	Watts                                      uint16
}

// structure returns the power supply (type 39, section 7.40) of bay i. An empty
// text is string 0: the set of strings cannot hold it.
func (p powerSupply) structure(i int) smbios.Structure {
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
	var strings []string
	for n, s := range []string{p.Location, p.Name, p.Manufacturer, p.Serial, noAssetTag, p.PartNumber, p.Revision} {
		if s != "" {
			strings = append(strings, s)
			f.Texts[n] = uint8(len(strings))
		}
	}
	return structure(39, 0x2701+i, f, strings...)
}

// structure puts a structure together; fields is a struct of fixed-size integers.
func structure(kind uint8, handle int, fields any, strings ...string) smbios.Structure {
	data, err := binary.Append(nil, binary.LittleEndian, fields)
	if err != nil {
		panic(err)
	}
	return smbios.Structure{Type: kind, Handle: uint16(handle), Data: data, Strings: strings}
}
