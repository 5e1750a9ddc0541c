// SPDX-License-Identifier: Apache-2.0

package lab

import (
	"fmt"
	"slices"
	"strings"
)

// Truth returns, sorted, a line for each part that the machine has and for what
// an audit with the tools of a suite must say of it. The same functions make the
// lines of a report.
func (m *Machine) Truth(suite string) []string {
	t := truth{suite: suite}
	if m.NoTables {
		t.add(processorLine("QEMU TCG CPU version 2.5+", "CPU0")) // as the kernel knows it
	} else {
		t.add(systemLine(maker, m.product(), m.Serial), boardLine(maker, m.board(), m.boardSerial()), chassisLine(maker, m.chassisSerial()))
		for i := range m.Sockets {
			t.add(processorLine(processor, fmt.Sprintf("CPU %d", i)))
		}
	}
	for _, s := range m.Memory {
		t.add(moduleLine(s.GiB > 0, told(s.PartNumber), told(s.Serial), uint64(s.GiB)<<30, s.Locator))
	}
	for _, p := range m.Power {
		t.add(supplyLine(p.Present, p.Manufacturer, p.Name, p.PartNumber, p.Serial, p.Location))
	}
	for _, d := range m.Drives {
		t.drive(d, map[string]string{q35: "0000:00:1f.2", i440fx: "0000:00:01.1"}[m.Chipset])
	}
	t.cards(m.Cards, 0, firstCard)
	for _, f := range m.Findings {
		t.add("finding " + f)
	}
	for _, u := range m.Unjudged {
		t.unjudged(u)
	}
	t.add("verdict " + t.verdict())
	slices.Sort(t.lines)
	return t.lines
}

type truth struct {
	suite string
	lines []string
	buses int // given so far
}

func (t *truth) add(lines ...string)  { t.lines = append(t.lines, lines...) }
func (t *truth) unjudged(what string) { t.add("unjudged " + what) }
func (t *truth) has(beginning string) bool {
	return slices.ContainsFunc(t.lines, func(s string) bool { return strings.HasPrefix(s, beginning) })
}

// verdict is the worst finding, else that not all could be judged.
func (t *truth) verdict() string {
	switch {
	case t.has("finding critical"):
		return "critical"
	case t.has("finding warning"):
		return "warning"
	case t.has("unjudged "):
		return "unknown"
	}
	return "ok"
}

// cards goes through the cards of a bus. Firmware numbers the buses in the order
// in which it meets their bridges, what is behind a bridge before the next one.
func (t *truth) cards(cards []Card, bus, first int) {
	for i, c := range cards {
		at := fmt.Sprintf("0000:%02x:%02x.0", bus, first+i)
		switch {
		case c.NVMe != nil:
			t.nvme(c, at)
		case c.MAC != "":
			t.add(portLine(c.MAC, at))
		case c.Bridge:
			t.buses++
			t.cards(c.Cards, t.buses, 0)
		default:
			t.drives(c, at)
		}
	}
}

// drives are those of a controller, which a RAID controller shows as volumes too.
func (t *truth) drives(c Card, at string) {
	for _, d := range c.Drives {
		if c.RAID {
			t.volume(d)
		}
		if c.RAID && t.suite == "bullseye" {
			d.WWN = 0 // smartctl 7.2 prints none of a drive behind a RAID controller
		}
		t.drive(d, at)
	}
}

// volume is what a RAID controller makes of a drive. Its maker's tool, which could
// tell its state, is not free.
func (t *truth) volume(d Drive) {
	t.add(volumeLine(d.WWN, d.Bytes))
	t.unjudged(volumeName(d.WWN))
}

// nvme is one drive, however many namespaces and controllers it has.
func (t *truth) nvme(c Card, at string) {
	d := Drive{Protocol: "nvme", Model: "QEMU NVMe Ctrl", Serial: told(c.NVMe.Serial)}
	for _, n := range c.Drives {
		d.Bytes += n.Bytes
		d.Block = n.Block
	}
	if len(c.Drives) > 0 {
		t.add(driveLine(&d, len(c.Drives), at))
	}
}

func (t *truth) drive(d Drive, at string) {
	d.Serial, d.Model = told(d.Serial), told(d.Model)
	t.add(driveLine(&d, 0, at))
	if strings.HasPrefix(d.Device, "scsi-hd") { // QEMU's have no SMART
		t.unjudged("drive " + d.Serial)
	}
}

// told is what a field says when its blanks are taken off.
func told(s string) string { return strings.Trim(s, " \x00") }

func systemLine(maker, product, serial string) string {
	return fmt.Sprintf("system %s %s, serial %q", maker, product, serial)
}

func boardLine(maker, product, serial string) string {
	return fmt.Sprintf("board %s %s, serial %q", maker, product, serial)
}

func chassisLine(maker, serial string) string {
	return fmt.Sprintf("chassis %s, serial %q", maker, serial)
}

func processorLine(model, socket string) string {
	return fmt.Sprintf("processor %s at %q", model, socket)
}

func moduleLine(present bool, part, serial string, bytes uint64, slot string) string {
	if !present {
		return fmt.Sprintf("no module at %q", slot)
	}
	return fmt.Sprintf("module %s, serial %q, %d bytes, at %q", part, serial, bytes, slot)
}

func supplyLine(present bool, maker, model, part, serial, slot string) string {
	if !present {
		return fmt.Sprintf("no power supply at %q", slot)
	}
	return fmt.Sprintf("power supply %s %s %s, serial %q, at %q", maker, model, part, serial, slot)
}

func volumeName(wwn uint64) string { return fmt.Sprintf("volume %#x", wwn) }

func volumeLine(wwn, bytes uint64) string { return fmt.Sprintf("%s, %d bytes", volumeName(wwn), bytes) }

func portLine(mac, address string) string { return fmt.Sprintf("port %s at %s", mac, address) }

func driveLine(d *Drive, namespaces int, address string) string {
	wwn := ""
	if d.WWN != 0 {
		wwn = fmt.Sprintf(", %#x", d.WWN)
	}
	if namespaces > 0 { // its firmware is QEMU's version
		d.Firmware = fmt.Sprintf("%d namespaces", namespaces)
	}
	return strings.TrimSpace(fmt.Sprintf("drive %s %s %s, serial %q, %s%s, %d bytes in blocks of %d, at %s",
		d.Protocol, d.Vendor, d.Model, d.Serial, d.Firmware, wwn, d.Bytes, d.Block, address))
}
