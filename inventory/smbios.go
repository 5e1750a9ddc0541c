// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"fmt"
	"math/bits"
	"strings"

	"github.com/mchus/bee/dmi"
)

const sourceDMI = "dmidecode"

// fromDMI fills the board from dmidecode's table and adds to err.
func (b *Board) fromDMI(t *dmi.Table, err *error) {
	b.addSystem(view[*dmi.System](err)(t.System()))
	for _, d := range view[[]dmi.Baseboard](err)(t.Baseboards()) {
		b.Boards = append(b.Boards, Baseboard{
			Manufacturer: d.Manufacturer, Product: d.ProductName, Serial: d.SerialNumber, Version: d.Version,
			AssetTag: d.AssetTag, Slot: d.Location, Type: d.Type, Sources: []string{sourceDMI},
		})
	}
	for _, d := range view[[]dmi.Chassis](err)(t.Chassis()) {
		b.Chassis = append(b.Chassis, Chassis{
			Manufacturer: d.Manufacturer, Type: d.Type, Version: d.Version, Serial: d.SerialNumber,
			AssetTag: d.AssetTag, SKU: d.SKUNumber, HeightU: d.HeightU, Sources: []string{sourceDMI},
		})
	}
	if b.System != nil && len(b.Chassis) > 0 {
		b.System.AssetTag = b.Chassis[0].AssetTag
	}
	if bios := view[*dmi.BIOS](err)(t.BIOS()); bios != nil && bios.Version != "" {
		b.Firmware = append(b.Firmware, Firmware{
			Component: "bios", Name: bios.Vendor, Version: bios.Version, Date: bios.ReleaseDate, Source: sourceDMI,
		})
	}
}

func (b *Board) addSystem(d *dmi.System) {
	if d == nil {
		return
	}
	b.System = &System{
		Manufacturer: d.Manufacturer, Product: d.ProductName, Version: d.Version, Serial: d.SerialNumber,
		UUID: d.UUID, SKU: d.SKUNumber, Family: d.Family, Sources: []string{sourceDMI},
	}
}

// processorsFromDMI reads the CPU sockets. Other processors (DSP, video) are
// not sockets of the machine.
func processorsFromDMI(t *dmi.Table, err *error) Processors {
	var list Processors
	for _, d := range view[[]dmi.Processor](err)(t.Processors()) {
		if d.Type != "Central Processor" && d.Type != "" {
			continue
		}
		p := Processor{
			Socket: d.Socket, Present: d.Present, Manufacturer: d.Manufacturer, Model: d.Version, Family: d.Family,
			Cores: d.Cores, CoresEnabled: d.CoresEnabled, Threads: d.Threads,
			MaxMHz: d.MaxSpeedMHz, CurrentMHz: d.CurrentSpeedMHz,
			Serial: d.SerialNumber, PartNumber: d.PartNumber, AssetTag: d.AssetTag, Sources: []string{sourceDMI},
		}
		if d.Present && d.Status != "" {
			enabled := !strings.HasPrefix(d.Status, "Disabled")
			p.Enabled = &enabled
		}
		if !d.Present { // what firmware says of an empty socket is about no processor
			p = Processor{Socket: p.Socket, Sources: p.Sources}
		}
		list = append(list, p)
	}
	return list
}

// fromDMI fills the memory from dmidecode's table and adds to err. Only the
// system's memory counts: firmware flash and caches have records too.
func (m *Memory) fromDMI(t *dmi.Table, err *error) {
	system := make(map[uint16]bool) // handles of the arrays that are system memory
	arrays := view[[]dmi.MemoryArray](err)(t.MemoryArrays())
	for _, d := range arrays {
		if d.Use != "System Memory" && d.Use != "" {
			continue
		}
		system[d.Handle] = true
		m.Arrays = append(m.Arrays, MemoryArray{
			Handle: fmt.Sprintf("0x%04X", d.Handle), Location: d.Location, Use: d.Use,
			ECC: d.ErrorCorrection, MaxBytes: d.MaxCapacityBytes,
		})
	}
	for _, d := range view[[]dmi.MemoryDevice](err)(t.MemoryDevices()) {
		if d.ArrayHandle != nil && len(arrays) > 0 && !system[*d.ArrayHandle] {
			continue
		}
		m.add(moduleFromDMI(&d))
	}
	if m.Modules != nil || m.Arrays != nil {
		m.Sources = append(m.Sources, sourceDMI)
	}
}

// add appends a slot and counts it.
func (m *Memory) add(module MemoryModule) {
	m.Modules = append(m.Modules, module)
	m.SlotsTotal++
	if module.Present {
		m.SlotsUsed++
		m.TotalBytes += module.SizeBytes
	}
}

func moduleFromDMI(d *dmi.MemoryDevice) MemoryModule {
	module := MemoryModule{Slot: d.Locator, Bank: d.BankLocator, Sources: []string{sourceDMI}}
	if d.ArrayHandle != nil {
		module.Array = fmt.Sprintf("0x%04X", *d.ArrayHandle)
	}
	if !d.Present { // what firmware says of an empty slot is about no module
		return module
	}
	module.Present = true
	module.SizeBytes = d.SizeBytes
	module.Type, module.TypeDetail, module.FormFactor = d.Type, strings.Join(d.TypeDetail, " "), d.FormFactor
	module.SpeedMTs, module.ConfiguredMTs = d.SpeedMTs, d.ConfiguredSpeedMTs
	module.Rank = d.Rank
	module.Voltage = float64(d.ConfiguredMillivolts) / 1000
	module.Manufacturer = manufacturerFromDMI(d)
	module.PartNumber, module.Serial, module.AssetTag = d.PartNumber, d.SerialNumber, d.AssetTag
	module.Firmware, module.Technology = d.FirmwareVersion, d.Technology
	module.TotalWidthBits, module.DataWidthBits = d.TotalWidthBits, d.DataWidthBits
	return module
}

func manufacturerFromDMI(d *dmi.MemoryDevice) *Manufacturer {
	if d.Manufacturer == "" && d.JEDEC == nil {
		return nil
	}
	m := &Manufacturer{Name: d.Manufacturer, Raw: strings.TrimSpace(d.ManufacturerRaw)}
	if d.JEDEC != nil {
		m.JEDEC = fmt.Sprintf("0x%02X%02X", jedecBankByte(d.JEDEC.Bank), d.JEDEC.Code)
	}
	return m
}

// jedecBankByte is the number of continuation codes with its odd parity bit,
// as module SPDs hold it: bank 1 is 0x80, bank 2 is 0x01.
func jedecBankByte(bank int) int {
	n := bank - 1
	if bits.OnesCount(uint(n))%2 == 0 {
		n |= 0x80
	}
	return n
}
