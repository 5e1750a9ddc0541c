// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

const ( // PCI Code and ID Assignment Specification
	classDisplay     = "03"
	classAccelerator = "12"
	classBridge      = "0604"
	classCXLMemory   = "0502"
	classNVMe        = "0108"
	classAudio       = "0403"
)

// judgePCI: devices that no longer answer, links that run below what card,
// port and slot allow together, and cards in slots that are too slow for them.
// A link is judged once, at the function that the collector marked.
func judgePCI(r *report.Report) []report.Finding {
	var list []report.Finding
	b := busOf(r)
	for i := range r.PCI {
		f := &r.PCI[i]
		switch name := b.nameOf(f); {
		case f.Dead && f.VirtualFunctionOf == "" && b.firstDead(f):
			list = append(list, find(report.CodePCIDead, f.ID, fmt.Sprintf(
				"%s (%s) does not answer: it reads as all ones. It is switched off or has failed.", f.Address, name),
				map[string]any{"revision": f.Revision}))
		case f.Link != nil && f.Link.CurrentWidth > 0:
			list = append(list, b.judgeLink(f, name)...)
		}
		list = append(list, b.judgeErrors(f)...)
	}
	return list
}

// A bus finds functions by their addresses, by their devices and by what they
// hang on.
type bus struct {
	at      map[string]*report.PCIFunction
	device  map[string][]*report.PCIFunction
	below   map[string][]*report.PCIFunction
	first   map[string]*report.PCIFunction // the first below each that has a link and is real: the link is its
	serials map[string]string              // of NVMe drives and GPUs, at their functions
}

// deviceOf is an address without its function.
func deviceOf(address string) string {
	device, _, _ := strings.Cut(address, ".")
	return device
}

func busOf(r *report.Report) bus {
	b := bus{
		make(map[string]*report.PCIFunction, len(r.PCI)), make(map[string][]*report.PCIFunction),
		make(map[string][]*report.PCIFunction), make(map[string]*report.PCIFunction), make(map[string]string),
	}
	for i := range drivesOf(r) {
		if d := &r.Storage.Drives[i]; d.Protocol == "nvme" {
			b.serials[d.PCIAddress] = d.Serial
			for _, at := range d.AlsoAt {
				b.serials[at] = d.Serial
			}
		}
	}
	for i := range r.GPUs {
		b.serials[r.GPUs[i].PCIAddress] = r.GPUs[i].Serial
	}
	for i := range r.PCI {
		f := &r.PCI[i]
		b.at[f.Address] = f
		b.device[deviceOf(f.Address)] = append(b.device[deviceOf(f.Address)], f)
		b.below[f.Parent] = append(b.below[f.Parent], f)
		if b.first[f.Parent] == nil && f.Link != nil && f.VirtualFunctionOf == "" {
			b.first[f.Parent] = f
		}
	}
	return b
}

// nameOf is by what a person finds a card: what it is, its slot, and the serial number on
// the label of a drive or a GPU.
func (b bus) nameOf(f *report.PCIFunction) string {
	name := cmp.Or(f.Device.Name, f.Device.ID)
	if f.Slot != "" {
		name += ", slot " + f.Slot
	}
	if serial := b.serials[f.Address]; serial != "" && (f.Class.ID == classNVMe || drawsOrComputes(f)) { // an adapter has drives behind it
		name += ", serial " + serial
	}
	return name
}

// firstDead tells the first function of a dead device: the others died with it.
func (b bus) firstDead(f *report.PCIFunction) bool {
	for _, sister := range b.device[deviceOf(f.Address)] {
		if sister.Dead {
			return sister == f
		}
	}
	return false
}

func (b bus) judgeLink(f *report.PCIFunction, name string) []report.Finding {
	l := f.Link
	gts, width, limit := l.MaxGTs, l.MaxWidth, ""
	evidence := map[string]any{"current_gts": l.CurrentGTs, "current_width": l.CurrentWidth, "max_gts": l.MaxGTs, "max_width": l.MaxWidth}
	if port := b.at[l.LimitedBy]; l.LimitedBy != "" {
		evidence["limited_by"] = l.LimitedBy
		limit = fmt.Sprintf("the port above it, %s, allows no more", l.LimitedBy)
		if port != nil && port.Link != nil {
			gts, width = min(gts, cmp.Or(port.Link.MaxGTs, gts)), min(width, cmp.Or(port.Link.MaxWidth, width))
		}
	}
	if f.SlotLanes > 0 && f.SlotLanes < width && f.Parent != "" && b.first[f.Parent] == f {
		evidence["slot_lanes"] = f.SlotLanes
		limit = fmt.Sprintf("its slot %s has %d lanes", f.Slot, f.SlotLanes)
		width = f.SlotLanes
	}
	runs := fmt.Sprintf("The link of %s (%s) runs at %g GT/s x%d", f.Address, name, l.CurrentGTs, l.CurrentWidth)
	rests := b.isGPU(f) || b.leadsToGPUs(f)
	switch {
	case l.Degraded && !(rests && l.CurrentWidth >= width):
		text := fmt.Sprintf("%s and could run at %g GT/s x%d", runs, gts, width)
		if limit != "" {
			text += ", for " + limit
		}
		return []report.Finding{find(report.CodePCILinkDegraded, f.ID, text+".", evidence)}
	case limit != "" && !l.Degraded && !rests:
		return []report.Finding{find(report.CodePCILinkLimited, f.ID, fmt.Sprintf(
			"%s; the card could run at %g GT/s x%d, but %s.", runs, l.MaxGTs, l.MaxWidth, limit), evidence)}
	}
	return nil
}

// isGPU tells a function of a GPU or accelerator. One slows its link down while
// it is idle; its width it keeps.
func (b bus) isGPU(f *report.PCIFunction) bool {
	return slices.ContainsFunc(b.device[deviceOf(f.Address)], drawsOrComputes)
}

func drawsOrComputes(f *report.PCIFunction) bool {
	return strings.HasPrefix(f.Class.ID, classDisplay) || strings.HasPrefix(f.Class.ID, classAccelerator)
}

// leadsToGPUs tells a switch with nothing but GPUs and their audio behind it: many
// cards hold one, and its link slows down with theirs.
func (b bus) leadsToGPUs(f *report.PCIFunction) bool {
	if f.Class.ID != classBridge {
		return false
	}
	gpus, queue := false, []*report.PCIFunction{f}
	for n := 0; n < len(queue) && n < len(b.at); n++ {
		for _, c := range b.below[queue[n].Address] {
			switch {
			case c.Class.ID == classBridge:
				queue = append(queue, c)
			case b.isGPU(c):
				gpus = true
			case c.Class.ID == classAudio: // some cards have theirs at a port of its own
			default:
				return false
			}
		}
	}
	return gpus
}
