// SPDX-License-Identifier: Apache-2.0

package pci

// A List is what lspci printed or what the kernel lists: the PCI functions of
// one machine.
type List struct {
	// Devices has one entry for each PCI function. [Parse] keeps lspci's
	// order.
	Devices []Device `json:"devices,omitzero"`
	// Stray are the lines that belong to no device: what another program
	// printed before lspci, or messages of lspci itself.
	Stray []Field `json:"stray,omitzero"`
}

// A Device is one PCI function, which is what lspci and the kernel call a
// device: a card with two ports has two.
//
// The fields up to DeviceTreeNode are those of lspci -vmm (pciutils, lspci.c,
// show_machine), and sysfs has them too; those from Parent on come from sysfs
// alone.
type Device struct {
	// Address is domain, bus, device and function in lower-case hex, as in
	// "0000:3b:00.0". The domain is always there, with four digits or more.
	// "" if what was printed is not an address.
	Address string `json:"address,omitzero"`

	// Class is the base class and subclass, four digits: "0200" is an
	// Ethernet controller (PCI Code and ID Assignment Specification).
	Class Name `json:"class,omitzero"`
	// Vendor and Device say who made the chip and which one it is.
	Vendor Name `json:"vendor,omitzero"`
	Device Name `json:"device,omitzero"`
	// SubsystemVendor and SubsystemDevice say who made the card and which
	// one it is. Bridges mostly have neither.
	SubsystemVendor Name `json:"subsystem_vendor,omitzero"`
	SubsystemDevice Name `json:"subsystem_device,omitzero"`

	// Revision is the revision ID, two hex digits. lspci leaves out 00.
	Revision string `json:"revision,omitzero"`
	// ProgIf is the programming interface, the third byte of the class
	// code, two hex digits. lspci before 3.8 leaves out 00.
	ProgIf string `json:"prog_if,omitzero"`
	// PhysicalSlot is the name that the firmware gives the slot. "" means
	// that it names none.
	PhysicalSlot string `json:"physical_slot,omitzero"`
	// Driver is the kernel driver that has the device; "" if none does or if
	// lspci was not asked (-k).
	Driver string `json:"driver,omitzero"`
	// Modules are the kernel modules that can drive the device. sysfs knows
	// only the one that does.
	Modules []string `json:"modules,omitzero"`
	// NUMANode is the memory node next to the device. nil means that the
	// firmware names none (the kernel's -1), which is not node 0.
	NUMANode *int `json:"numa_node,omitzero"`
	// IOMMUGroup is the number of the isolation group, from "0". "" means
	// that there is none, as without an IOMMU.
	IOMMUGroup string `json:"iommu_group,omitzero"`
	// DeviceTreeNode is the path of the device's node in sysfs, on machines
	// with a device tree.
	DeviceTreeNode string `json:"device_tree_node,omitzero"`

	// Parent is the address of the function that the device hangs on: a
	// bridge, or the controller that a domain of its own lives behind. "" for
	// a device on a root bus.
	Parent string `json:"parent,omitzero"`
	// Link is how the device's PCI Express link runs now, MaxLink the best
	// that this end of it can do. The link of a root port, and of a switch's
	// downstream port, is the one below it: its slot. Zero fields are unknown.
	Link    Link `json:"link,omitzero"`
	MaxLink Link `json:"max_link,omitzero"`
	// Gone says that a register of the link reads as all ones, as it does of a
	// device that no longer answers. Only sysfs tells: it knows the rest of a
	// device from the time when it answered.
	Gone bool `json:"gone,omitzero"`
	// SRIOV is nil for a device that cannot make virtual functions.
	SRIOV *SRIOV `json:"sriov,omitzero"`
	// PhysicalFunction is the address of the function that made this virtual
	// one; "" for a real one.
	PhysicalFunction string `json:"physical_function,omitzero"`

	// Fields are the lines that lspci printed for the device, in order; nil
	// for one of another source.
	Fields []Field `json:"fields,omitzero"`
	// Line is that of the first of Fields, from 1.
	Line int `json:"line,omitzero"`
}

// A Name is a number that the PCI-SIG or a vendor assigned, and what pci.ids
// calls it.
type Name struct {
	// ID is in lower-case hex, four digits. "" means that lspci printed the
	// name alone.
	ID string `json:"id,omitzero"`
	// Name is "" where pci.ids does not know the number, and with lspci -n.
	Name string `json:"name,omitzero"`
}

// A Link is a speed and a width of a PCI Express link.
type Link struct {
	// SpeedMTs is the rate of one lane in megatransfers per second: 2500,
	// 5000, 8000, 16000, 32000 or 64000. 0 means unknown.
	SpeedMTs int `json:"speed_mts,omitzero"`
	// Width counts the lanes, 1 to 32. 0 means unknown.
	Width int `json:"width,omitzero"`
}

// SRIOV is what a physical function can do with Single Root I/O
// Virtualization (PCI Express Base Specification, chapter 9).
type SRIOV struct {
	TotalVFs int  `json:"total_vfs"`        // how many virtual functions it can make
	NumVFs   *int `json:"num_vfs,omitzero"` // how many it has made; nil means unknown
}

// A Field is one line of lspci's output.
type Field struct {
	// Key is the tag, without its colon. "" for a line that has none.
	Key string `json:"key,omitzero"`
	// Value is what follows the tag, or the whole line where Key is "".
	Value string `json:"value,omitzero"`
	// Line counts from 1.
	Line int `json:"line,omitzero"`
}
