// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"cmp"
	"context"
	"errors"
	"strconv"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/pci"
	"github.com/mchus/bee/pci/names"
)

// A PCIFunction is one function of a PCI device.
type PCIFunction struct {
	ID         string        `json:"id"`
	Address    string        `json:"address"` // "0000:3b:00.0"
	Class      IDName        `json:"class"`
	Vendor     IDName        `json:"vendor"`
	Device     IDName        `json:"device"`
	Subsystem  *PCISubsystem `json:"subsystem,omitzero"`
	Revision   string        `json:"revision,omitzero"`
	ProgIf     string        `json:"prog_if,omitzero"`
	Driver     string        `json:"driver,omitzero"`
	Modules    []string      `json:"modules,omitzero"`
	Slot       string        `json:"slot,omitzero"`
	NUMANode   *int          `json:"numa_node,omitzero"`
	IOMMUGroup *int          `json:"iommu_group,omitzero"`
	Parent     string        `json:"parent,omitzero"` // the address of the bridge above it
	Link       *PCILink      `json:"link,omitzero"`
	Sources    []string      `json:"sources,omitzero"`
}

// An IDName is a number that a registry gives out, and its name there.
type IDName struct {
	ID   string `json:"id,omitzero"` // hexadecimal digits
	Name string `json:"name,omitzero"`
}

// A PCISubsystem names the maker of the card, where vendor and device name
// that of the chip.
type PCISubsystem struct {
	Vendor IDName `json:"vendor"`
	Device IDName `json:"device"`
}

// A PCILink is a PCI Express link as it runs and as it could.
type PCILink struct {
	CurrentGTs   float64 `json:"current_gts,omitzero"` // in gigatransfers a second
	CurrentWidth int     `json:"current_width,omitzero"`
	MaxGTs       float64 `json:"max_gts,omitzero"`
	MaxWidth     int     `json:"max_width,omitzero"`
	Degraded     bool    `json:"degraded,omitzero"`   // runs below what both ends can do
	LimitedBy    string  `json:"limited_by,omitzero"` // the address of the port above, if that is the slower end
}

// PCIFunctions are all functions of a machine, by address.
type PCIFunctions []PCIFunction

// CollectPCIe reads the PCI functions from lspci, for their names, and from
// sysfs, for their links and their places.
func CollectPCIe(ctx context.Context, h host.Host) (*PCIFunctions, error) {
	fromTool, err := runLspci(ctx, h)
	fromKernel, sysfsErr := pci.ReadSysfs(h.FS())
	err = errors.Join(err, from(sourceSysfs, sysfsErr))
	list := pci.Merge(fromTool, fromKernel)
	if len(list.Devices) == 0 {
		return nil, err
	}
	if len(fromTool.Devices) == 0 {
		_ = new(names.DB).Fill(list) // a machine without pci.ids keeps the numbers
	}
	slots, dmiErr := readSlots(ctx, h)
	err = errors.Join(err, dmiErr)
	functions := make(PCIFunctions, 0, len(list.Devices))
	for i := range list.Devices {
		d := &list.Devices[i]
		if d.Address == "" {
			continue
		}
		f := functionOf(d)
		for _, s := range []struct {
			list *pci.List
			name string
		}{{fromTool, "lspci"}, {fromKernel, sourceSysfs}} {
			if s.list.Lookup(d.Address) != nil {
				f.Sources = append(f.Sources, s.name)
			}
		}
		f.Link = linkOf(d, list.Lookup(d.Parent))
		if slot := dmi.SlotAt(slots, d.Address); slot != nil {
			f.Slot = slot.Designation // what is printed on the board beats the kernel's number
		}
		functions = append(functions, f)
	}
	return &functions, err
}

// readSlots reads the slots' names as they are printed on the board.
func readSlots(ctx context.Context, h host.Host) (slots []dmi.Slot, err error) {
	table, _ := readDMI(ctx, h) // the board's collector tells what is wrong with it
	if table != nil {
		slots = view[[]dmi.Slot](&err)(table.Slots())
	}
	return slots, err
}

// runLspci runs lspci; the list is empty without it.
func runLspci(ctx context.Context, h host.Host) (*pci.List, error) {
	list, err := runParse(ctx, h, pci.Parse, "lspci", "-vmmnnkD")
	if list == nil {
		list = new(pci.List)
	}
	return list, err
}

func functionOf(d *pci.Device) PCIFunction {
	f := PCIFunction{
		ID: "pci:" + d.Address, Address: d.Address,
		Class:  IDName{d.Class.ID, d.Class.Name},
		Vendor: IDName{d.Vendor.ID, d.Vendor.Name}, Device: IDName{d.Device.ID, d.Device.Name},
		Revision: cmp.Or(d.Revision, "00"), ProgIf: d.ProgIf, // lspci leaves out revision 00
		Driver: d.Driver, Modules: d.Modules, Slot: d.PhysicalSlot, NUMANode: d.NUMANode, Parent: d.Parent,
	}
	if d.SubsystemVendor != (pci.Name{}) || d.SubsystemDevice != (pci.Name{}) {
		f.Subsystem = &PCISubsystem{
			Vendor: IDName{d.SubsystemVendor.ID, d.SubsystemVendor.Name},
			Device: IDName{d.SubsystemDevice.ID, d.SubsystemDevice.Name},
		}
	}
	if group, err := strconv.Atoi(d.IOMMUGroup); err == nil {
		f.IOMMUGroup = &group
	}
	return f
}

// linkOf describes a function's link and whether it runs as well as the two
// ends of it could; parent is the port above, nil if unknown.
func linkOf(d, parent *pci.Device) *PCILink {
	if d.Link == (pci.Link{}) && d.MaxLink == (pci.Link{}) {
		return nil
	}
	link := &PCILink{
		CurrentGTs: float64(d.Link.SpeedMTs) / 1000, CurrentWidth: d.Link.Width,
		MaxGTs: float64(d.MaxLink.SpeedMTs) / 1000, MaxWidth: d.MaxLink.Width,
	}
	if d.Class.ID == classBridge { // its link's worth is for the device below to say
		return link
	}
	if parent == nil || parent.MaxLink == (pci.Link{}) { // it may be the slower end
		return link
	}
	best := d.MaxLink
	if parent.MaxLink.Below(best) {
		link.LimitedBy = parent.Address
		best = slower(best, parent.MaxLink)
	}
	link.Degraded = d.Link.Below(best)
	return link
}

// slower is the best link between two ends that can do a and b.
func slower(a, b pci.Link) pci.Link {
	if b.SpeedMTs != 0 && b.SpeedMTs < a.SpeedMTs {
		a.SpeedMTs = b.SpeedMTs
	}
	if b.Width != 0 && b.Width < a.Width {
		a.Width = b.Width
	}
	return a
}
