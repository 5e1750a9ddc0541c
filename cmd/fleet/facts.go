// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/mchus/bee/inventory/report"
)

// facts is what the tables need of one file.
type facts struct {
	Names      []string // of the machine, "source=value", the best first
	Machine    machine
	Components []component
	Unjudged   []unjudged
	Tallies    []tally
	File       file
}

// A tally is one row of a table that counts, without its counts, and how many
// components of this machine belong to it.
type tally struct {
	Table string
	Key   []string
	Parts int
}

// factsOf takes the facts out of a report.
func factsOf(r *report.Report, f file) facts {
	f.AuditID = r.AuditID
	if !r.CollectedAt.IsZero() {
		f.CollectedAt = r.CollectedAt.UTC().Format(time.RFC3339)
	}
	w := facts{File: f, Names: namesOf(r), Machine: machineOf(r)}
	w.Machine.File, w.Machine.CollectedAt = f.File, f.CollectedAt
	c := componentsOf{file: f.File, models: make(map[string]string)}
	c.all(r)
	w.Components = c.list
	counter := make(counter)
	counter.firmware(r, &c)
	counter.findings(r, &c)
	counter.wear(r)
	w.Tallies = counter.list()
	if r.Summary.Unjudged == nil {
		w.Unjudged = []unjudged{{Why: "the document is of a bee before v0.1, and does not say what was judged"}}
	} else {
		for _, u := range *r.Summary.Unjudged {
			w.Unjudged = append(w.Unjudged, unjudged{Component: u.Component, Kind: kindIn(u.Component), Model: c.models[u.Component], Why: u.Why})
		}
	}
	return w
}

// namesOf lists the names that the machine has for itself, the best first.
func namesOf(r *report.Report) []string {
	id := r.Host.MachineID
	if id == nil || id.Value == "" {
		return nil
	}
	names := []string{id.Source + "=" + id.Value}
	for _, also := range r.Host.Also {
		names = append(names, also.Source+"="+also.Value)
	}
	return names
}

func machineOf(r *report.Report) machine {
	m := machine{
		Hostname: r.Host.Hostname,
		Health:   r.Summary.Health, Complete: r.Summary.Complete,
		CPUs: r.Summary.Counts.CPU, DIMMs: r.Summary.Counts.DIMM, Drives: r.Summary.Counts.Drive,
		GPUs: r.Summary.Counts.GPU, NICs: r.Summary.Counts.NIC, PSUs: r.Summary.Counts.PSU,
		AuditID: r.AuditID,
	}
	if id := r.Host.MachineID; id != nil {
		m.Machine, m.NameSource, m.Confidence = id.Value, id.Source, id.Confidence
	}
	if s := r.System; s != nil {
		m.Manufacturer, m.Product, m.Serial, m.UUID = s.Manufacturer, s.Product, s.Serial, s.UUID
	}
	if r.Memory != nil && r.Memory.TotalBytes > 0 {
		m.MemoryBytes = &r.Memory.TotalBytes
	}
	for _, f := range r.Findings {
		switch f.Severity {
		case report.Critical:
			m.Critical++
		case report.Warning:
			m.Warnings++
		}
	}
	for _, f := range r.Firmware {
		switch {
		case f.Component == "bios" && m.BIOS == "":
			m.BIOS = f.Version
		case f.Component == "bmc" && m.BMC == "":
			m.BMC = f.Version
		}
	}
	if r.Summary.Unjudged != nil {
		n := len(*r.Summary.Unjudged)
		m.Unjudged = &n
		m.Unread = strings.Join(unread(r), " ")
	} else {
		m.Unread = unknownParts
	}
	return m
}

// unknownParts stands for the parts that could not be read, in a document that
// does not name them.
const unknownParts = "?"

// unread names the parts of a machine of which something may be there that was
// not seen. What hangs on a controller that could not be asked is not seen, unless it
// shows drives: those that it hides are few.
func unread(r *report.Report) []string {
	var parts []string
	for _, u := range *r.Summary.Unjudged {
		part := u.Component
		switch kindIn(u.Component) {
		case "volume":
			part = "storage"
		case "controller":
			if !showsDrives(r, u.Component) {
				part = "storage"
			}
		}
		if !strings.Contains(part, ":") && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	slices.Sort(parts)
	return parts
}

// showsDrives tells that some of the drives of a report hang on a controller.
func showsDrives(r *report.Report, controller string) bool {
	return r.Storage != nil && slices.ContainsFunc(r.Storage.Drives, func(d report.Drive) bool {
		return d.PCIAddress != "" && "controller:"+d.PCIAddress == controller
	})
}

// kindIn is the kind of component that an id begins with.
func kindIn(id string) string {
	kind, _, _ := strings.Cut(id, ":")
	return kind
}

// componentsOf lists the components of a report.
type componentsOf struct {
	file   string
	list   []component
	models map[string]string // by id; of what is in no list too
}

func (c *componentsOf) add(p component) {
	p.File = c.file
	c.list = append(c.list, p)
	if p.ID != "" {
		c.models[p.ID] = p.Model
	}
}

func (c *componentsOf) all(r *report.Report) {
	if s := r.System; s != nil {
		c.add(component{Kind: "system", Serial: s.Serial, Manufacturer: s.Manufacturer, Model: s.Product, PartNumber: s.SKU})
	}
	for _, ch := range r.Chassis {
		c.add(component{Kind: "chassis", Serial: ch.Serial, Manufacturer: ch.Manufacturer, Model: ch.Type, PartNumber: ch.SKU})
	}
	for found := range r.Components() {
		c.component(found)
	}
}

func (c *componentsOf) component(found report.Component) {
	p := component{ID: found.ID, Kind: found.Kind}
	switch v := found.Value.(type) {
	case *report.Baseboard:
		p.Serial, p.Manufacturer, p.Model, p.Place = v.Serial, v.Manufacturer, v.Product, v.Slot
	case *report.Processor:
		if !v.Present {
			return
		}
		p.Serial, p.Manufacturer, p.Model, p.PartNumber, p.Firmware, p.Place = v.Serial, v.Manufacturer, v.Model, v.PartNumber, v.Microcode, v.Socket
	case *report.MemoryModule:
		if !v.Present {
			return
		}
		p.Serial, p.Model, p.PartNumber, p.Firmware, p.Place, p.Health = v.Serial, v.PartNumber, v.PartNumber, v.Firmware, v.Slot, v.Health
		p.SizeBytes = known(v.SizeBytes)
		if v.Manufacturer != nil {
			p.Manufacturer = cmp.Or(v.Manufacturer.Name, v.Manufacturer.Raw)
		}
	case *report.StorageController:
		c.battery(v)
		p.Serial, p.Manufacturer, p.Model, p.Firmware, p.Place = v.Serial, v.Vendor, v.Model, v.Firmware, v.PCIAddress
	case *report.Drive:
		p.Serial, p.Manufacturer, p.Model, p.Firmware, p.Place, p.Health = v.Serial, v.Vendor, v.Model, v.Firmware, placeOfDrive(v), v.Health
		p.SizeBytes = known(v.CapacityBytes)
	case *report.NetworkCard:
		c.transceivers(v)
		p.Serial, p.Manufacturer, p.Model, p.PartNumber, p.Firmware, p.Place = v.Serial, v.Vendor, v.Model, v.PartNumber, v.Firmware, v.PCIAddress
	case *report.GPU:
		p.Serial, p.Manufacturer, p.Model, p.PartNumber, p.Firmware, p.Place, p.Health = v.Serial, v.Vendor, v.Model, v.BoardPartNumber, v.VBIOS, v.PCIAddress, v.Health
		p.SizeBytes = known(v.MemoryBytes)
	case *report.PowerSupply:
		if v.Present != nil && !*v.Present {
			return
		}
		p.Serial, p.Manufacturer, p.Model, p.PartNumber, p.Firmware, p.Place, p.Health = v.Serial, v.Manufacturer, v.Model, v.PartNumber, v.Revision, v.Slot, v.Health
	case *report.PCIFunction:
		c.models[found.ID] = words(v.Vendor.Name, v.Device.Name)
		return
	case *report.Volume:
		c.models[found.ID] = words(v.Vendor, v.Model)
		return
	default:
		return
	}
	c.add(p)
}

func (c *componentsOf) battery(v *report.StorageController) {
	if b := v.Battery; b != nil && b.State != "missing" && words(b.Model, b.Serial) != "" {
		c.add(component{Kind: "battery", Serial: b.Serial, Model: b.Model, Place: v.PCIAddress})
	}
}

func (c *componentsOf) transceivers(v *report.NetworkCard) {
	for _, port := range v.Ports {
		if t := port.Transceiver; t != nil {
			c.add(component{Kind: "transceiver", Serial: t.Serial, Manufacturer: t.Vendor, Model: t.PartNumber, Place: cmp.Or(port.PCIAddress, port.Name)})
		}
	}
}

// placeOfDrive is where a person finds a drive. Only an NVMe drive has a PCI
// address of its own, and the kernel's names change from boot to boot.
func placeOfDrive(v *report.Drive) string {
	switch {
	case v.Slot != "":
		return words(v.Enclosure, v.Slot)
	case v.Protocol == "nvme":
		return v.PCIAddress
	}
	return ""
}

func known(n uint64) *uint64 {
	if n == 0 {
		return nil
	}
	return &n
}

func words(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// A counter counts components by table and row. Its keys join the row's cells
// with NUL.
type counter map[string]int

func (c counter) add(table string, row any) {
	list := cells(row)
	list = list[:len(list)-len(columnsOfCounts)]
	c[table+"\x00"+strings.Join(list, "\x00")]++
}

var columnsOfCounts = cells(counts{})

func (c counter) list() []tally {
	var list []tally
	for key, n := range c {
		parts := strings.Split(key, "\x00")
		list = append(list, tally{parts[0], parts[1:], n})
	}
	slices.SortFunc(list, func(a, b tally) int { return cmp.Or(cmp.Compare(a.Table, b.Table), slices.Compare(a.Key, b.Key)) })
	return list
}

func product(r *report.Report) string {
	if r.System == nil {
		return ""
	}
	return words(r.System.Manufacturer, r.System.Product)
}

func (c counter) firmware(r *report.Report, list *componentsOf) {
	for _, f := range r.Firmware {
		model := cmp.Or(list.models[f.Target], f.Name)
		if f.Target == "" {
			model = product(r)
		}
		c.add("firmware", firmwareRow{Kind: f.Component, Model: model, Version: f.Version})
	}
}

func (c counter) findings(r *report.Report, list *componentsOf) {
	for _, f := range r.Findings {
		model, ok := list.models[f.Component]
		if !ok && !strings.Contains(f.Component, ":") {
			model = product(r)
		}
		c.add("findings", findingRow{Code: f.Code, Severity: f.Severity, Kind: kindIn(f.Component), Model: model})
	}
}

const (
	stepPct      = 10
	hoursOfAYear = 24 * 365
)

func (c counter) wear(r *report.Report) {
	if r.Storage == nil {
		return
	}
	for i := range r.Storage.Drives {
		d := &r.Storage.Drives[i]
		if d.Media == "optical" {
			continue
		}
		row := wearRow{Model: d.Model, Media: d.Media, Protocol: d.Protocol}
		measured := func(measure string, from int) {
			row.Measure, row.From = measure, &from
			c.add("wear", row)
		}
		if d.Smart != nil && d.Smart.UsedPct != nil {
			measured("used_pct", min(100, *d.Smart.UsedPct/stepPct*stepPct))
		}
		if d.Smart != nil && d.Smart.PowerOnHours != nil {
			measured("power_on_years", int(*d.Smart.PowerOnHours/hoursOfAYear))
		}
		if row.Measure == "" {
			row.Measure = "unknown"
			c.add("wear", row)
		}
	}
}
