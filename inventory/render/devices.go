// SPDX-License-Identifier: Apache-2.0

package render

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

func (t *text) storage(s *report.Storage) {
	if s == nil {
		return
	}
	rows := make([][]string, len(s.Drives))
	for i, d := range s.Drives {
		rows[i] = []string{cmp.Or(d.Name, strings.Join(d.Paths, " ")), diskSize(d.CapacityBytes), join(" ", d.Protocol, d.Media), d.Model, d.Serial, d.Health}
		if t.width >= roomy {
			rows[i] = append(rows[i], age(d.Smart)...)
		}
	}
	t.table("Drives", rows, 3, 2)
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
		rows = append(rows, []string{cmp.Or(c.Model, c.PCIAddress), labelled("firmware", c.Firmware), battery, c.Status})
	}
	t.table("RAID/HBA", rows, 0)
}

// volumes lists what is made of drives, but for what only divides a disk.
func (t *text) volumes(list []report.Volume) {
	var rows [][]string
	for _, v := range list {
		if v.Kind == "lvm" || v.Kind == "luks" {
			continue
		}
		members := count(len(v.Members), "member")
		if v.Missing > 0 {
			members = joined(members, fmt.Sprintf("%d missing", v.Missing))
		}
		rows = append(rows, []string{cmp.Or(v.Name, v.ID), diskSize(v.SizeBytes), join(" ", v.Kind, v.Level), cmp.Or(v.State, v.StateText), members, v.Health})
	}
	t.table("Volumes", rows, 3)
}

// roomy is the width from which drives are listed with their age.
const roomy = 100

// age words how long a drive ran and how worn it is.
func age(s *report.Smart) []string {
	cells := make([]string, 2)
	if s != nil && s.PowerOnHours != nil {
		cells[0] = fmt.Sprintf("%d h", *s.PowerOnHours)
	}
	if s != nil && s.UsedPct != nil {
		cells[1] = fmt.Sprintf("%d %% worn", *s.UsedPct)
	}
	return cells
}

func (t *text) network(list []report.NetworkCard) {
	var rows [][]string
	for _, card := range list {
		for _, port := range card.Ports {
			link := ""
			if port.Link != nil {
				link = map[bool]string{true: "up", false: "no link"}[*port.Link]
			}
			rows = append(rows, []string{port.Name, cmp.Or(port.PermanentMAC, port.MAC), link, number(port.SpeedMbps, "Mb/s"), join(" ", card.Vendor, card.Model)})
		}
	}
	t.table("Network", rows, 4)
}

func (t *text) gpus(list []report.GPU) {
	rows := make([][]string, len(list))
	for i, g := range list {
		temperature := ""
		if g.TemperatureC != nil {
			temperature = strconv.Itoa(*g.TemperatureC) + " °C"
		}
		rows[i] = []string{g.PCIAddress, g.Model, size(g.MemoryBytes), g.Serial, temperature}
	}
	t.table("GPU", rows, 1)
}

func (t *text) power(list []report.PowerSupply) {
	rows := make([][]string, len(list))
	for i, p := range list {
		if p.Present != nil && !*p.Present {
			rows[i] = []string{p.Slot, "empty"}
			continue
		}
		if p.Serial+p.Model+p.PartNumber == "" && p.CapacityW == 0 {
			rows[i] = []string{p.Slot, "", "present, says nothing of itself"}
			continue
		}
		rows[i] = []string{p.Slot, number(p.CapacityW, "W"), join(" ", p.Manufacturer, cmp.Or(p.PartNumber, p.Model)), p.Serial, p.Status}
	}
	t.table("Power", rows, 2)
}

// pci counts the functions: a list of them is for the document.
func (t *text) pci(list []report.PCIFunction) {
	if len(list) > 0 {
		t.line("PCI", "%s", count(len(list), "function"))
	}
}
