// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// storageOnTheBus lays the NVMe drives and the storage controllers on the bus
// beside what the kernel made of them. A drive that its driver could not start is
// there all the same, and so is what hangs on a controller that no driver has.
func storageOnTheBus(r *report.Report, all *answers) {
	shown := all.shownNVMe()
	if shown == nil || !tellsDrivers(r.PCI) {
		return // what the kernel does not show, it does not show of any
	}
	s := cmp.Or(r.Storage, new(report.Storage))
	functions := make(map[string]*report.PCIFunction, len(r.PCI))
	started := false // an NVMe drive by its driver
	for i := range r.PCI {
		f := &r.PCI[i]
		functions[f.Address] = f
		started = started || f.Class.ID == classNVMe && f.Driver == "nvme"
	}
	for i := range s.Drives {
		d := &s.Drives[i]
		if d.Protocol == "nvme" && d.PCIAddress == "" {
			return // it may be any of them
		}
		shown[d.PCIAddress] = true
	}
	for i := range s.Volumes {
		shown[s.Volumes[i].PCIAddress] = true
	}
	for i := range s.Controllers {
		c := &s.Controllers[i]
		f := functions[c.PCIAddress]
		if f != nil && !shown[c.PCIAddress] && c.Mode != "ide" && c.Unread == "" && isKernels(f) {
			c.Unread = notStarted(f)
		}
		shown[c.PCIAddress] = true
	}
	for i := range r.PCI {
		f := &r.PCI[i]
		if f.Class.ID != classNVMe || shown[f.Address] || f.VirtualFunctionOf != "" || !isKernels(f) {
			continue
		}
		d := report.Drive{
			ID: "drive:" + f.Address, PCIAddress: f.Address, Protocol: "nvme", Media: "ssd", Vendor: f.Vendor.Name, Model: f.Device.Name,
			NUMANode: f.NUMANode, Unread: cmp.Or(notStarted(f), "its driver shows nothing of it"), Sources: slices.Clone(f.Sources),
		}
		if f.Dead || f.Driver == "nvme" || f.Driver == "" && started {
			d.Fault = report.FaultGivenUp
		}
		s.Drives = append(s.Drives, d)
		r.Storage = s
	}
}

// notStarted says why a function's driver shows nothing of it, "" if it is one that
// would.
func notStarted(f *report.PCIFunction) string {
	switch {
	case f.Dead:
		return "it reads as all ones"
	case f.Driver == "":
		return "no driver has it"
	case f.Driver == "vfio-pci", f.Driver == "pci-stub", f.Driver == "pciback", f.Driver == "xen-pciback",
		strings.HasPrefix(f.Driver, "uio_"), f.Driver == "igb_uio":
		return "it is given to the driver " + f.Driver
	}
	return ""
}

// tellsDrivers tells that the kernel says which driver has a function: a capture
// may have come without.
func tellsDrivers(functions []report.PCIFunction) bool {
	return slices.ContainsFunc(functions, func(f report.PCIFunction) bool { return f.Driver != "" && isKernels(&f) })
}

// isKernels tells that the kernel describes a function.
func isKernels(f *report.PCIFunction) bool { return slices.Contains(f.Sources, sourceSysfs) }
