// SPDX-License-Identifier: Apache-2.0

package render

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// unwell is what there is to say of a health that is "ok" nearly always.
func unwell(health string) string {
	if health == report.OK {
		return ""
	}
	return health
}

func (t *text) processors(list []report.Processor) {
	var present, empty []thing
	for _, p := range list {
		if !p.Present {
			empty = append(empty, thing{name: p.Socket})
			continue
		}
		present = append(present, thing{
			name: p.Socket, serial: p.Serial,
			kind:     []string{processorName(p.Model), count(p.Cores, "core"), count(p.Threads, "thread")},
			readings: []reading{{nonZero(p.CurrentMHz), "MHz"}},
		})
	}
	label := "CPU"
	t.things(label, "x", present)
	if len(present) > 0 {
		label = ""
	}
	t.empty(label, empty)
}

// processorName leaves the words out of a model that tell no two processors
// apart.
func processorName(model string) string {
	model, _, _ = strings.Cut(model, " @ ")
	return join(" ", strings.Fields(fillers.Replace(model+" "))...)
}

var fillers = strings.NewReplacer("(R)", " ", "(TM)", " ", "(tm)", " ", " CPU ", " ", " Processor ", " ")

func (t *text) memory(m *report.Memory) {
	if m == nil {
		return
	}
	total := size(m.TotalBytes)
	if m.SlotsTotal > 0 {
		total += fmt.Sprintf(" in %d of %d slots", m.SlotsUsed, m.SlotsTotal)
	} else {
		total += " usable, as the kernel says"
	}
	t.flow("Memory", total)
	var present, empty []thing
	for _, d := range m.Modules {
		if !d.Present {
			empty = append(empty, thing{name: d.Slot})
			continue
		}
		present = append(present, thing{
			name: d.Slot, serial: d.Serial, health: d.Health, state: unwell(d.Health),
			kind: []string{size(d.SizeBytes), memoryKind(&d), maker(d.Manufacturer), d.PartNumber},
		})
	}
	t.things("", "x", present)
	t.empty("", empty)
}

// memoryKind words a module's type and the speed it is made for: "DDR5-4800".
func memoryKind(d *report.MemoryModule) string {
	speed := cmp.Or(d.SpeedMTs, d.ConfiguredMTs)
	if d.Type == "" {
		return number(speed, "MT/s")
	}
	return join("-", d.Type, digits(speed))
}

func (t *text) storage(s *report.Storage) {
	if s == nil {
		return
	}
	drives := make([]thing, len(s.Drives))
	for i, d := range s.Drives {
		smart := cmp.Or(d.Smart, new(report.Smart))
		drives[i] = thing{
			name: driveName(&d), serial: d.Serial, health: d.Health, state: driveState(&d),
			kind: []string{diskSize(d.CapacityBytes), join(" ", d.Protocol, d.Media), d.Model},
			readings: []reading{
				read(smart.TemperatureC, "°C"), read(smart.PowerOnHours, "h"), read(smart.UsedPct, "% worn"),
			},
		}
	}
	t.things("Drives", "x", drives)
	t.volumes(s.Volumes)
	t.controllers(s.Controllers)
}

// controllers lists the RAID controllers and host bus adapters: what has
// firmware of its own, or a tool that was asked.
func (t *text) controllers(list []report.StorageController) {
	var rows [][]string
	for _, c := range list {
		if c.Mode == "nvme" || c.Firmware == "" && c.Battery == nil && c.Status == "" {
			continue
		}
		battery := ""
		switch b := c.Battery; {
		case b == nil:
		case b.State == "absent":
			battery = "no " + cmp.Or(b.Kind, "battery")
		default:
			battery = join(" ", cmp.Or(b.Kind, "battery"), b.State)
		}
		rows = append(rows, []string{cmp.Or(c.Model, c.PCIAddress), joined(labelled("firmware", c.Firmware)...), battery, c.Status})
	}
	if len(rows) > 0 {
		t.table("RAID/HBA", 0, rows)
	}
}

// driveState is a drive's health, and its controller's word if there is more to
// it than that the drive is used.
func driveState(d *report.Drive) string {
	if d.State == "online" || d.State == "jbod" {
		return d.Health
	}
	return joined(d.Health, strings.ReplaceAll(d.State, "_", " "))
}

// driveName says where a drive is: as the kernel calls it, and the bay.
func driveName(d *report.Drive) string {
	bay := d.Slot
	if bay != "" && len(d.Enclosure) < 6 { // and is no world-wide name
		bay = join(":", d.Enclosure, d.Slot)
	}
	return cmp.Or(join(" ", d.Name, bay), strings.Join(d.Paths, " "))
}

// volumes lists what is made of drives, but for what only divides a disk.
func (t *text) volumes(list []report.Volume) {
	var things []thing
	for _, v := range list {
		if v.Kind == "lvm" || v.Kind == "luks" {
			continue
		}
		kind, level := v.Kind, v.Level
		if level != "" && strings.Trim(level, "0123456789") == "" {
			kind, level = strings.TrimPrefix(kind, "raid"), "RAID "+level
		}
		missing := ""
		if v.Missing > 0 {
			missing = fmt.Sprintf("%d missing", v.Missing)
		}
		things = append(things, thing{
			name: cmp.Or(v.Name, v.ID), health: v.Health, state: v.Health,
			kind: []string{diskSize(v.SizeBytes), join(" ", kind, level), cmp.Or(v.State, v.StateText), joined(count(len(v.Members), "member"), missing)},
		})
	}
	t.things("Volumes", "x", things)
}

// network lists ports, for it is they that have an address.
func (t *text) network(list []report.NetworkCard) {
	var ports []thing
	for _, card := range list {
		for _, port := range card.Ports {
			link, rate := "", ""
			if port.RateGbps > 0 {
				rate = fmt.Sprintf("%g Gb/s", port.RateGbps)
			}
			switch {
			case port.Link == nil:
			case *port.Link:
				link = "up"
			default:
				link = "no link"
			}
			ports = append(ports, thing{
				name: port.Name, serial: cmp.Or(port.PermanentMAC, port.MAC, port.GUID),
				kind: []string{join(" ", card.Vendor, card.Model)}, state: joined(link, port.State, number(port.SpeedMbps, "Mb/s"), rate),
			})
		}
	}
	t.things("Network", "ports of", ports)
}

func (t *text) gpus(list []report.GPU) {
	things := make([]thing, len(list))
	for i, g := range list {
		fault := g.Fault
		if g.Missing { // a finding says why
			fault = "missing"
		}
		things[i] = thing{
			name: g.PCIAddress, serial: g.Serial, health: g.Health, state: joined(g.Health, fault),
			kind: []string{g.Model, size(g.MemoryBytes)}, readings: []reading{read(g.TemperatureC, "°C")},
		}
	}
	t.things("GPU", "x", things)
}

func (t *text) power(list []report.PowerSupply) {
	var present, empty []thing
	for _, p := range list {
		if p.Present != nil && !*p.Present {
			empty = append(empty, thing{name: p.Slot})
			continue
		}
		it := thing{
			name: p.Slot, serial: p.Serial, health: p.Health, state: joined(unwell(p.Health), p.Status),
			kind: []string{number(p.CapacityW, "W"), join(" ", p.Manufacturer, cmp.Or(p.PartNumber, p.Model))},
		}
		if it.serial == "" && join("", it.kind...) == "" {
			it.kind[1] = "present, says nothing of itself"
		}
		present = append(present, it)
	}
	label := "Power"
	t.things(label, "x", present)
	if len(present) > 0 {
		label = ""
	}
	t.empty(label, empty)
}

// pci counts the functions: a list of them is for the document.
func (t *text) pci(list []report.PCIFunction) {
	t.flow("PCI", count(len(list), "function"))
}

// nonZero is for numbers that are 0 where nothing tells them.
func nonZero(n int) *int64 {
	if n == 0 {
		return nil
	}
	return new(int64(n))
}
