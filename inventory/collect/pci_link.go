// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/pci"
)

// linkOf describes a function's link as its own end tells it.
func linkOf(d *pci.Device) *report.PCILink {
	if d.Link == (pci.Link{}) && d.MaxLink == (pci.Link{}) {
		return nil
	}
	return &report.PCILink{
		CurrentGTs: float64(d.Link.SpeedMTs) / 1000, CurrentWidth: d.Link.Width,
		MaxGTs: float64(d.MaxLink.SpeedMTs) / 1000, MaxWidth: d.MaxLink.Width,
	}
}

// isDead tells a function that no longer answers: its configuration space
// reads as all ones. lspci prints a revision of ff then; one with a link that
// runs is a revision. The kernel remembers the revision and reads the link anew;
// that of a port may be of what was below it.
func isDead(d *pci.Device) bool {
	return d.Gone && d.Class.ID != classBridge || d.Revision == "ff" && d.Link.Width == 0 && d.MaxLink.Width == 0
}

// readSleeping finds those of the dead functions that the kernel has switched off
// for as long as nobody needs them.
func readSleeping(fsys fs.FS, functions []report.PCIFunction) map[string]bool {
	asleep := make(map[string]bool)
	for i := range functions {
		if f := &functions[i]; f.Dead {
			dir := "sys/bus/pci/devices/" + f.Address
			asleep[f.Address] = readText(fsys, dir+"/power/runtime_status") == "suspended" || strings.HasPrefix(readText(fsys, dir+"/power_state"), "D3")
		}
	}
	return asleep
}

// A tree finds functions by their addresses, and what hangs below them.
type tree struct {
	at    map[string]*report.PCIFunction
	below map[string][]*report.PCIFunction // in the order of their addresses
	first map[string]*report.PCIFunction   // the first below each that has a link and is real
}

func treeOf(functions []report.PCIFunction) tree {
	t := tree{
		make(map[string]*report.PCIFunction, len(functions)), make(map[string][]*report.PCIFunction), make(map[string]*report.PCIFunction),
	}
	for i := range functions {
		f := &functions[i]
		t.at[f.Address] = f
		t.below[f.Parent] = append(t.below[f.Parent], f)
		if f.Link != nil && f.VirtualFunctionOf == "" && t.first[f.Parent] == nil {
			t.first[f.Parent] = f
		}
	}
	return t
}

// maxDepth bounds a walk up the tree: PCI has 256 buses.
const maxDepth = 256

// isRootPort tells a bridge on a root bus: its link is the one below it.
func (t tree) isRootPort(f *report.PCIFunction) bool {
	above := t.at[f.Parent]
	return f.Class.ID == classBridge && (above == nil || above.Class.ID != classBridge)
}

// isUplink tells the upstream port of a switch, which is the lower end of a
// link and has nothing but other ports below it. Ports alternate on the way
// down: what hangs on a root port or a downstream port is an upstream one, and
// what hangs on that is a downstream one.
func (t tree) isUplink(f *report.PCIFunction) bool {
	children := t.below[f.Address]
	if f.Class.ID != classBridge || len(children) == 0 {
		return false
	}
	for _, c := range children {
		if c.Class.ID != classBridge {
			return false
		}
	}
	depth := 0
	for g := f; depth < maxDepth && !t.isRootPort(g); depth++ {
		g = t.at[g.Parent]
	}
	return depth%2 == 1
}

// placeInSlots gives each function the name of its slot as it is printed on the
// board, which beats the kernel's number. Firmware names the card itself or the
// port above it; what is in between belongs to the card too. A port is in no
// slot, but for those of a card.
func placeInSlots(functions []report.PCIFunction, slots []dmi.Slot) {
	t := treeOf(functions)
	numbers := kernelSlots(t, functions)
	for i := range functions {
		f := &functions[i]
		f.Slot = ""
		if t.isRootPort(f) {
			continue
		}
		steps := 0
		for g := f; g != nil && steps < maxDepth; g, steps = t.at[g.Parent], steps+1 {
			slot := dmi.SlotAt(slots, g.Address)
			if slot != nil && g != f && (g.Class.ID != classBridge || slot.Usage == "Available" || !samePort(slot.BusAddress, g.Address)) {
				slot = nil // an empty slot holds no card
			}
			if slot != nil {
				f.Slot = slot.Designation
				if steps == 0 || steps == 1 && t.isPortAbove(g) {
					f.SlotLanes = slot.Lanes
				}
				break
			}
			if f.Slot == "" {
				f.Slot = numbers[g.Address]
			}
		}
	}
}

// samePort tells that a slot names this very port: ports of one device are
// different slots.
func samePort(named, address string) bool {
	return strings.HasSuffix(address, named) || named == address
}

// isPortAbove tells that the link of a bridge is the one below it.
func (t tree) isPortAbove(f *report.PCIFunction) bool {
	return f.Class.ID == classBridge && !t.isUplink(f)
}

// kernelSlots are the kernel's names of slots, by function. They name a device
// without its function; if that is several ports, which one is meant is not
// known.
func kernelSlots(t tree, functions []report.PCIFunction) map[string]string {
	names := make(map[string]string)
	ports := make(map[string]int) // root ports by device
	for i := range functions {
		if f := &functions[i]; t.isRootPort(f) {
			ports[deviceOf(f.Address)]++
		}
	}
	for i := range functions {
		f := &functions[i]
		if f.Slot != "" && (!t.isRootPort(f) || ports[deviceOf(f.Address)] == 1) {
			names[f.Address] = f.Slot
		}
	}
	return names
}

// deviceOf is an address without its function.
func deviceOf(address string) string {
	device, _, _ := strings.Cut(address, ".")
	return device
}

// judgeEnds says of each link, at the device it belongs to, whether it runs as
// well as its two ends and the slot allow. All functions of a device tell the
// same link, and there is one device below a port: the first is the one to ask.
func judgeEnds(functions []report.PCIFunction) {
	t := treeOf(functions)
	for i := range functions {
		f := &functions[i]
		port := t.at[f.Parent]
		if f.Link == nil || port == nil || port.Link == nil || f.VirtualFunctionOf != "" || isVirtualPort(port) {
			continue // the other end is not known, or no link is there
		}
		if f.Class.ID == classBridge && !t.isUplink(f) || t.first[f.Parent] != f {
			continue
		}
		now, card, above := f.Link, endOf(f), endOf(port)
		if above.less(end{now.CurrentGTs, now.CurrentWidth}) { // it runs better than the port says it can
			continue
		}
		best := card
		if above.less(card) {
			now.LimitedBy = port.Address
			best = best.with(above)
		}
		if f.SlotLanes >= now.CurrentWidth {
			best = best.with(end{0, f.SlotLanes})
		} else {
			f.SlotLanes = 0 // it has more than firmware says of the slot
		}
		now.Degraded = end{now.CurrentGTs, now.CurrentWidth}.less(best)
	}
}

// virtualMakers are the vendors of ports that hypervisors make up: Red Hat,
// QEMU, VMware, Microsoft, VirtualBox, Xen, Parallels.
var virtualMakers = []string{"1b36", "1af4", "1234", "15ad", "1414", "80ee", "5853", "1ab8"}

func isVirtualPort(f *report.PCIFunction) bool { return slices.Contains(virtualMakers, f.Vendor.ID) }

// An end is what one end of a link can do; 0 is unknown.
type end struct {
	gts   float64
	width int
}

func endOf(f *report.PCIFunction) end { return end{f.Link.MaxGTs, f.Link.MaxWidth} }

// less tells whether a is slower or narrower than b.
func (a end) less(b end) bool {
	return a.gts > 0 && a.gts < b.gts || a.width > 0 && a.width < b.width
}

// with is the best link between two ends.
func (a end) with(b end) end {
	return end{min(a.gts, cmp.Or(b.gts, a.gts)), min(a.width, cmp.Or(b.width, a.width))}
}
