// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// join joins what several collectors said of the same component.
func join(r *report.Report) {
	byAddress := make(map[string]*report.PCIFunction, len(r.PCI))
	for i := range r.PCI {
		byAddress[r.PCI[i].Address] = &r.PCI[i]
	}
	joinNetwork(r, byAddress)
	joinGPUs(r, byAddress)
	joinStorage(r, byAddress)
	joinFirmware(r)
}

// The base classes and classes of PCI functions (PCI Code and ID Assignment
// Specification).
const (
	classStorage     = "01"
	classNVMe        = "0108"
	classNetwork     = "02"
	classDisplay     = "03"
	classAccelerator = "12"
	classBridge      = "0604"
)

// joinNetwork names the cards by the PCI functions that they are.
func joinNetwork(r *report.Report, byAddress map[string]*report.PCIFunction) {
	r.Network = slices.DeleteFunc(r.Network, func(c report.NetworkCard) bool { // its links to its sisters
		f := byAddress[c.PCIAddress]
		return f != nil && strings.HasPrefix(f.Class.ID, classAccelerator)
	})
	joinSwitched(r, byAddress)
	for i := range r.Network {
		card := &r.Network[i]
		if f := byAddress[card.PCIAddress]; f != nil {
			card.Vendor = cmp.Or(card.Vendor, f.Vendor.Name)
			card.Model = cmp.Or(card.Model, f.Device.Name)
			card.Driver = cmp.Or(card.Driver, f.Driver)
		}
	}
	known := make(map[string]int, len(r.Network)) // cards by device
	for i := range r.Network {
		known[deviceOf(r.Network[i].PCIAddress)] = i
		for _, p := range r.Network[i].Ports {
			known[deviceOf(p.PCIAddress)] = i
		}
	}
	for i := range r.PCI { // those that no driver makes an interface of
		f := &r.PCI[i]
		if k, ok := known[deviceOf(f.Address)]; ok && lacksDriver(r, f, byAddress[r.Network[k].PCIAddress]) {
			r.Network[k].NoDriver = append(r.Network[k].NoDriver, f.Address)
		}
		if _, ok := known[deviceOf(f.Address)]; ok || !strings.HasPrefix(f.Class.ID, classNetwork) || f.VirtualFunctionOf != "" {
			continue
		}
		known[deviceOf(f.Address)] = len(r.Network)
		r.Network = append(r.Network, report.NetworkCard{
			ID: "nic:" + f.Address, PCIAddress: f.Address, Vendor: f.Vendor.Name, Model: f.Device.Name, Driver: f.Driver, Sources: f.Sources,
		})
	}
	for i := range r.PCI {
		if f := &r.PCI[i]; f.VirtualFunctionOf != "" {
			if k, ok := known[deviceOf(f.VirtualFunctionOf)]; ok && strings.HasPrefix(f.Class.ID, classNetwork) {
				r.Network[k].VirtualFunctions++
			}
		}
	}
}

// lacksDriver tells a port that its driver could not start, beside a sister of the same
// kind that it could. The functions of some cards are of several kinds, most of which
// have no interface.
func lacksDriver(r *report.Report, f, sister *report.PCIFunction) bool {
	return sister != nil && f != sister && f.Driver == "" && sister.Driver != "" && f.VirtualFunctionOf == "" &&
		f.Class.ID == sister.Class.ID && f.Vendor.ID == sister.Vendor.ID && f.Device.ID == sister.Device.ID && isKernels(f)
}

// joinSwitched makes one card of the interfaces of a Cisco VIC: it has a switch of its
// own, and each of them is a device below another port of that.
func joinSwitched(r *report.Report, byAddress map[string]*report.PCIFunction) {
	const cisco = "1137"
	first := make(map[string]int) // cards by the highest port that is Cisco's
	list := r.Network[:0]
	for _, c := range r.Network {
		top := ""
		for f, n := byAddress[c.PCIAddress], 0; f != nil && f.Vendor.ID == cisco && n < maxDepth; f, n = byAddress[f.Parent], n+1 {
			top = f.Address
		}
		i, known := first[top]
		if known && top != "" {
			list[i].Ports = append(list[i].Ports, c.Ports...)
			continue
		}
		first[top] = len(list)
		list = append(list, c)
	}
	r.Network = list
}

// joinGPUs takes the links of the GPUs from the kernel, which knows both ends.
func joinGPUs(r *report.Report, byAddress map[string]*report.PCIFunction) {
	for i := range r.GPUs {
		if f := byAddress[r.GPUs[i].PCIAddress]; f != nil && f.Link != nil {
			r.GPUs[i].Link = f.Link
		}
	}
}

// joinStorage makes a controller of each PCI function that drives hang on. An
// NVMe drive is its own controller.
func joinStorage(r *report.Report, byAddress map[string]*report.PCIFunction) {
	if r.Storage == nil && !slices.ContainsFunc(r.PCI, isStorageController) {
		return
	}
	if r.Storage == nil {
		r.Storage = new(report.Storage)
	}
	known := make(map[string]int, len(r.Storage.Controllers)) // by address
	for i, c := range r.Storage.Controllers {
		known[c.PCIAddress] = i
	}
	var list []report.StorageController
	for i := range r.PCI {
		f := &r.PCI[i]
		k, ok := known[f.Address]
		if !ok && !isStorageController(*f) {
			continue
		}
		c := controllerOf(f)
		if ok {
			c = withTool(c, &r.Storage.Controllers[k])
			c.Enclosures = r.Storage.Controllers[k].Enclosures
			delete(known, f.Address)
		}
		list = append(list, c)
	}
	for _, c := range r.Storage.Controllers { // those that no list of the bus has
		if _, left := known[c.PCIAddress]; left {
			list = append(list, c)
		}
	}
	r.Storage.Controllers = list
	controllers := make(map[string]string, len(r.Storage.Controllers)) // ids by address
	for _, c := range r.Storage.Controllers {
		controllers[c.PCIAddress] = c.ID
	}
	for i := range r.Storage.Drives {
		d := &r.Storage.Drives[i]
		d.Controller = cmp.Or(d.Controller, controllers[d.PCIAddress])
		if f := byAddress[d.PCIAddress]; f != nil && d.NUMANode == nil {
			d.NUMANode = f.NUMANode
		}
	}
	for i := range r.Storage.Volumes {
		v := &r.Storage.Volumes[i]
		v.Controller = cmp.Or(v.Controller, controllers[v.PCIAddress])
	}
}

func isStorageController(f report.PCIFunction) bool {
	return strings.HasPrefix(f.Class.ID, classStorage) && f.Class.ID != classNVMe
}

// controllerModes words the classes of storage controllers.
var controllerModes = map[string]string{
	"0100": "scsi", "0101": "ide", "0104": "raid", "0105": "ata", "0106": "ahci", "0107": "sas",
}

func controllerOf(f *report.PCIFunction) report.StorageController {
	c := report.StorageController{
		ID: "controller:" + f.Address, PCIAddress: f.Address, Model: f.Device.Name, Vendor: f.Vendor.Name,
		Driver: f.Driver, Mode: controllerModes[f.Class.ID], Sources: f.Sources,
	}
	if s := f.Subsystem; s != nil && s.Device.Name != "" && (c.Mode == "raid" || c.Mode == "sas") {
		c.Model = s.Device.Name // the card's; of others it is the board's
	}
	return c
}

// joinFirmware lists the firmware of every component in one place.
func joinFirmware(r *report.Report) {
	add := func(component, target, name, version string, sources []string) {
		if version == "" {
			return
		}
		f := report.Firmware{Component: component, Target: target, Name: name, Version: version}
		if len(sources) > 0 {
			f.Source = sources[0]
		}
		r.Firmware = append(r.Firmware, f)
	}
	if r.BMC != nil {
		add("bmc", "", r.BMC.Manufacturer, r.BMC.Firmware, r.BMC.Sources)
	}
	for _, card := range r.Network {
		add("nic", card.ID, card.Model, card.Firmware, []string{"ethtool"})
	}
	for _, g := range r.GPUs {
		add("gpu", g.ID, g.Model, g.VBIOS, g.Sources)
	}
	if r.Storage != nil {
		for _, c := range r.Storage.Controllers {
			if c.Mode != "nvme" { // that is its drive
				add("controller", c.ID, c.Model, c.Firmware, c.Sources[max(len(c.Sources)-1, 0):]) // the tool that knows it, if one does
			}
		}
		for _, d := range r.Storage.Drives {
			add("drive", d.ID, d.Model, d.Firmware, d.Sources)
		}
	}
}
