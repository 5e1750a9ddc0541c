// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"errors"
	"fmt"
	"math/bits"
	"strings"

	"github.com/mchus/bee/dmi"

	"github.com/mchus/bee/inventory/report"
)

const sourceDMI = "dmidecode"

// boardFromDMI fills the board from dmidecode's table.
func boardFromDMI(b *report.Board, t *dmi.Table) error {
	system, systemErr := t.System()
	boards, boardErr := t.Baseboards()
	chassis, chassisErr := t.Chassis()
	bios, biosErr := t.BIOS()
	b.System = systemFromDMI(system)
	if boot, _ := t.BootStatus(); boot != nil && b.System != nil && strings.HasSuffix(boot.Status, "hardware failure") {
		b.System.BootError = boot.Status
	}
	for _, d := range boards {
		b.Boards = append(b.Boards, report.Baseboard{
			Manufacturer: d.Manufacturer, Product: d.ProductName, Serial: d.SerialNumber, Version: d.Version,
			AssetTag: d.AssetTag, Slot: d.Location, Type: d.Type, Sources: []string{sourceDMI},
		})
	}
	for _, d := range chassis {
		b.Chassis = append(b.Chassis, report.Chassis{
			Manufacturer: d.Manufacturer, Type: d.Type, Version: d.Version, Serial: d.SerialNumber,
			AssetTag: d.AssetTag, SKU: d.SKUNumber, HeightU: d.HeightU, Sources: []string{sourceDMI},
			PowerSupplyState: trouble(d.PowerSupplyState), ThermalState: trouble(d.ThermalState),
		})
	}
	if b.System != nil && len(b.Chassis) > 0 {
		b.System.AssetTag = b.Chassis[0].AssetTag
	}
	if bios != nil && bios.Version != "" {
		b.Firmware = append(b.Firmware, report.Firmware{
			Component: "bios", Name: bios.Vendor, Version: bios.Version, Date: bios.ReleaseDate, Source: sourceDMI,
		})
	}
	return from(sourceDMI, errors.Join(systemErr, boardErr, chassisErr, biosErr))
}

// trouble returns the state of a chassis that is not well, "" for another.
func trouble(state string) string {
	switch state {
	case "Warning", "Critical", "Non-recoverable":
		return state
	}
	return ""
}

func systemFromDMI(d *dmi.System) *report.System {
	if d == nil {
		return nil
	}
	return &report.System{
		Manufacturer: d.Manufacturer, Product: d.ProductName, Version: d.Version, Serial: d.SerialNumber,
		UUID: d.UUID, SKU: d.SKUNumber, Family: d.Family, Sources: []string{sourceDMI},
	}
}

// processorsFromDMI reads the CPU sockets. Other processors (DSP, video) are
// not sockets of the machine.
func processorsFromDMI(t *dmi.Table) ([]report.Processor, error) {
	var list []report.Processor
	processors, err := t.Processors()
	system, _ := t.System()
	vmware := system != nil && strings.HasPrefix(system.Manufacturer, "VMware") // it fills the table with disabled ones
	for _, d := range processors {
		if d.Type != "Central Processor" && d.Type != "" {
			continue
		}
		p := report.Processor{
			Socket: d.Socket, Present: d.Present, Manufacturer: d.Manufacturer, Model: d.Version, Family: d.Family,
			Cores: d.Cores, CoresEnabled: d.CoresEnabled, Threads: d.Threads,
			MaxMHz: d.MaxSpeedMHz, CurrentMHz: d.CurrentSpeedMHz,
			Serial: d.SerialNumber, PartNumber: d.PartNumber, AssetTag: d.AssetTag, Sources: []string{sourceDMI},
		}
		if d.Present && d.Status != "" {
			enabled := !strings.HasPrefix(d.Status, "Disabled")
			p.Enabled = &enabled
		}
		if isMachineType(p.Model) { // QEMU's word for the machine, not for the processor
			p.Model, p.Manufacturer = "", ""
		}
		if !d.Present || vmware && p.Enabled != nil && !*p.Enabled { // what firmware says of an empty socket is about no processor
			p = report.Processor{Socket: p.Socket, Sources: p.Sources}
		}
		list = append(list, p)
	}
	return list, from(sourceDMI, err)
}

// isMachineType recognises what QEMU puts into the version of a processor:
// "pc-i440fx-9.2", "pc-q35-rhel9.4.0", "virt-9.2", "RHEL 7.6.0 PC (i440FX + PIIX,
// 1996)".
func isMachineType(model string) bool {
	model = strings.ToLower(model)
	for _, prefix := range []string{"pc-", "virt-", "microvm", "pseries-", "rhel", "standard pc", "bochs"} {
		if strings.HasPrefix(model, prefix) {
			return true
		}
	}
	return false
}

// memoryFromDMI fills the memory from dmidecode's table. Only the system's
// memory counts: firmware flash and caches have records too. It returns the indexes of
// the modules by the handles of their records.
func memoryFromDMI(m *report.Memory, t *dmi.Table) (map[int]int, error) {
	at := make(map[int]int)
	system := make(map[uint16]bool) // handles of the arrays that are system memory
	arrays, arrayErr := t.MemoryArrays()
	devices, deviceErr := t.MemoryDevices()
	failed, errorErr := memoryFailures(t)
	of := func(handle *uint16) string {
		if handle == nil {
			return ""
		}
		return failed[*handle]
	}
	for _, d := range arrays {
		if d.Use != "System Memory" && d.Use != "" {
			continue
		}
		system[d.Handle] = true
		m.Arrays = append(m.Arrays, report.MemoryArray{
			Handle: fmt.Sprintf("0x%04X", d.Handle), Location: d.Location, Use: d.Use,
			ECC: d.ErrorCorrection, MaxBytes: d.MaxCapacityBytes, Slots: d.Devices, LastError: of(d.ErrorHandle),
		})
		m.AnnouncedModules += d.Devices
	}
	for i := range devices {
		d := &devices[i]
		if d.ArrayHandle != nil && len(arrays) > 0 && !system[*d.ArrayHandle] {
			continue
		}
		module := moduleFromDMI(d)
		if module.Present {
			module.LastError = of(d.ErrorHandle)
		}
		at[int(d.Handle)] = len(m.Modules)
		addModule(m, module)
	}
	if m.Modules != nil || m.Arrays != nil {
		m.Sources = append(m.Sources, sourceDMI)
	}
	return at, from(sourceDMI, errors.Join(arrayErr, deviceErr, errorErr))
}

// memoryFailures are the kinds of the errors of memory that the firmware noted, by
// the handles of their records.
func memoryFailures(t *dmi.Table) (map[uint16]string, error) {
	list, err := t.MemoryErrors()
	failed := make(map[uint16]string)
	for i := range list {
		if kind := list[i].Type; kind != "OK" && kind != "Other" && kind != "" {
			failed[list[i].Handle] = kind
		}
	}
	return failed, err
}

// addModule appends a slot and counts it.
func addModule(m *report.Memory, module report.MemoryModule) {
	m.Modules = append(m.Modules, module)
	m.SlotsTotal++
	if module.Present {
		m.SlotsUsed++
		m.TotalBytes += module.SizeBytes
	}
}

func moduleFromDMI(d *dmi.MemoryDevice) report.MemoryModule {
	module := report.MemoryModule{Slot: d.Locator, Bank: d.BankLocator, Sources: []string{sourceDMI}}
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

func manufacturerFromDMI(d *dmi.MemoryDevice) *report.Manufacturer {
	if d.Manufacturer == "" && d.JEDEC == nil {
		return nil
	}
	m := &report.Manufacturer{Name: d.Manufacturer, Raw: strings.TrimSpace(d.ManufacturerRaw)}
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
