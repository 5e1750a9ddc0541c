// SPDX-License-Identifier: Apache-2.0

package pci

import "slices"

// Merge joins what several sources say of one machine, such as lspci's output
// and sysfs, by address. Where two of them name the same thing the first wins,
// so put lspci first: its names come with it. The devices stand in the order in
// which the lists name them; those without an address are kept apart. The
// lists stay as they are; the result shares slices and pointers with them.
func Merge(lists ...*List) *List {
	merged := new(List)
	index := make(map[string]int) // address to place in merged.Devices
	for _, l := range lists {
		merged.Stray = append(merged.Stray, l.Stray...)
		merged.Devices = slices.Grow(merged.Devices, len(l.Devices))
		for _, d := range l.Devices {
			if i, ok := index[d.Address]; ok && d.Address != "" {
				merged.Devices[i].fill(&d)
				continue
			}
			index[d.Address] = len(merged.Devices)
			merged.Devices = append(merged.Devices, d)
		}
	}
	return merged
}

// fill sets what d does not say to what from says.
func (d *Device) fill(from *Device) {
	d.Class.fill(from.Class)
	d.Vendor.fill(from.Vendor)
	d.Device.fill(from.Device)
	d.SubsystemVendor.fill(from.SubsystemVendor)
	d.SubsystemDevice.fill(from.SubsystemDevice)
	setFirst(&d.Revision, from.Revision)
	setFirst(&d.ProgIf, from.ProgIf)
	setFirst(&d.PhysicalSlot, from.PhysicalSlot)
	setFirst(&d.Driver, from.Driver)
	setFirst(&d.IOMMUGroup, from.IOMMUGroup)
	setFirst(&d.DeviceTreeNode, from.DeviceTreeNode)
	setFirst(&d.Parent, from.Parent)
	setFirst(&d.PhysicalFunction, from.PhysicalFunction)
	d.Link.fill(from.Link)
	d.MaxLink.fill(from.MaxLink)
	if d.Modules == nil {
		d.Modules = from.Modules
	}
	if d.NUMANode == nil {
		d.NUMANode = from.NUMANode
	}
	d.Gone = d.Gone || from.Gone
	if d.SRIOV == nil {
		d.SRIOV = from.SRIOV
	}
	if d.Fields == nil {
		d.Fields, d.Line = from.Fields, from.Line
	}
}

// fill completes n, unless from has another number: then the two sources saw
// different cards, and their texts must not mix.
func (n *Name) fill(from Name) {
	if n.ID != "" && from.ID != "" && n.ID != from.ID {
		return
	}
	setFirst(&n.ID, from.ID)
	setFirst(&n.Name, from.Name)
}

func (k *Link) fill(from Link) {
	if *k == (Link{}) {
		*k = from
	}
}
