// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/kernel"
	"github.com/mchus/bee/pci"

	"github.com/mchus/bee/inventory/report"
)

// A Namer gives the functions the names of their numbers, where lspci did not.
type Namer interface {
	Fill(list *pci.List) error
}

// PCI reads the PCI functions from lspci, for their names, and from sysfs, for
// their links and their places. names may be nil.
func PCI(ctx context.Context, h host.Host, names Namer) ([]report.PCIFunction, error) {
	a := askerOf(h)
	fromTool, err := ask(ctx, a, pci.Parse, "lspci", "-vmmnnkD")
	if fromTool == nil {
		fromTool = new(pci.List)
	}
	fromKernel, sysfsErr := kernel.PCI(a.FS())
	err = errors.Join(err, from(sourceSysfs, sysfsErr))
	if len(fromKernel.Devices) == 0 && sysfsErr == nil && exists(a.FS(), "sys/bus/pci/devices") {
		a.note(sourceSysfs, report.StatusEmpty, "the bus is empty") // as in a guest of Hyper-V
	} else {
		noteFound(a, sourceSysfs, len(fromKernel.Devices) > 0, "no PCI bus is shown", sysfsErr)
	}
	list := pci.Merge(fromTool, fromKernel)
	if len(list.Devices) == 0 {
		return nil, err
	}
	if len(fromTool.Devices) == 0 && names != nil {
		err = errors.Join(err, from("pci.ids", names.Fill(list)))
	}
	slots, dmiErr := readSlots(ctx, a)
	tool, kernel := index(fromTool), index(fromKernel)
	functions := make([]report.PCIFunction, 0, len(list.Devices))
	for i := range list.Devices {
		d := &list.Devices[i]
		if d.Address == "" {
			continue
		}
		f := functionOf(d)
		if tool[d.Address] != nil {
			f.Sources = append(f.Sources, "lspci")
		}
		if kernel[d.Address] != nil {
			f.Sources = append(f.Sources, sourceSysfs)
		}
		f.Link = linkOf(d)
		f.VirtualFunctionOf = d.PhysicalFunction
		f.Dead = isDead(d)
		functions = append(functions, f)
	}
	asleep, sleepErr := look(a, sourceSysfs, func(fsys fs.FS) map[string]bool { return readSleeping(fsys, functions) })
	err = errors.Join(err, sleepErr)
	memory, memoryErr := look(a, sourceSysfs, func(fsys fs.FS) map[string]uint64 { return readWindows(fsys, functions) })
	err = errors.Join(err, memoryErr)
	counted, countedErr := look(a, sourceSysfs, func(fsys fs.FS) map[string]*report.PCIErrors { return readBusErrors(fsys, functions) })
	err = errors.Join(err, countedErr)
	for i := range functions {
		functions[i].MemoryBytes, functions[i].Errors = memory[functions[i].Address], counted[functions[i].Address]
		functions[i].Dead = functions[i].Dead && !asleep[functions[i].Address]
	}
	placeInSlots(functions, slots)
	judgeEnds(functions)
	return functions, errors.Join(err, dmiErr)
}

// index finds the devices of a list by their addresses.
func index(list *pci.List) map[string]*pci.Device {
	byAddress := make(map[string]*pci.Device, len(list.Devices))
	for i := range list.Devices {
		byAddress[list.Devices[i].Address] = &list.Devices[i]
	}
	return byAddress
}

// noteFound notes whether a part of the kernel had anything to say; why says what
// it means that it had not, unless it could not be read.
func noteFound(a *asker, source string, found bool, why string, err error) {
	switch {
	case found:
		a.note(source, report.StatusOK, "")
	case err != nil:
		a.note(source, report.StatusFailed, diagnose("", err)[0].Message)
	default:
		a.note(source, report.StatusAbsent, why)
	}
}

// readSlots reads the slots' names as they are printed on the board.
func readSlots(ctx context.Context, a *asker) ([]dmi.Slot, error) {
	table, err := readDMI(ctx, a)
	if table == nil {
		return nil, err
	}
	slots, viewErr := table.Slots()
	return slots, errors.Join(err, from(sourceDMI, viewErr))
}

func functionOf(d *pci.Device) report.PCIFunction {
	f := report.PCIFunction{
		ID: "pci:" + d.Address, Address: d.Address,
		Class:  report.IDName{ID: d.Class.ID, Name: d.Class.Name},
		Vendor: report.IDName{ID: d.Vendor.ID, Name: d.Vendor.Name}, Device: report.IDName{ID: d.Device.ID, Name: d.Device.Name},
		Revision: cmp.Or(d.Revision, "00"), ProgIf: d.ProgIf, // lspci leaves out revision 00
		Driver: d.Driver, Modules: d.Modules, Slot: d.PhysicalSlot, NUMANode: d.NUMANode, Parent: d.Parent,
	}
	if d.SubsystemVendor != (pci.Name{}) || d.SubsystemDevice != (pci.Name{}) {
		f.Subsystem = &report.PCISubsystem{
			Vendor: report.IDName{ID: d.SubsystemVendor.ID, Name: d.SubsystemVendor.Name},
			Device: report.IDName{ID: d.SubsystemDevice.ID, Name: d.SubsystemDevice.Name},
		}
	}
	if group, err := strconv.Atoi(d.IOMMUGroup); err == nil {
		f.IOMMUGroup = &group
	}
	return f
}

// readWindows reads how large the largest prefetchable window is that each GPU
// and accelerator has into its memory, by address. With a window as large as its
// memory, as most have that compute, it tells the memory where no tool does.
func readWindows(fsys fs.FS, functions []report.PCIFunction) map[string]uint64 {
	const memory, prefetch = 0x200, 0x2000 // IORESOURCE_MEM, IORESOURCE_PREFETCH
	largest := make(map[string]uint64)
	for i := range functions {
		f := &functions[i]
		if !strings.HasPrefix(f.Class.ID, classDisplay) && !strings.HasPrefix(f.Class.ID, classAccelerator) {
			continue
		}
		for line := range strings.Lines(readText(fsys, "sys/bus/pci/devices/"+f.Address+"/resource")) {
			var n [3]uint64 // first and last address, flags
			for k, word := range strings.Fields(line) {
				if k < len(n) {
					n[k], _ = strconv.ParseUint(word, 0, 64)
				}
			}
			if n[2]&memory != 0 && n[2]&prefetch != 0 && n[1] > n[0] {
				largest[f.Address] = max(largest[f.Address], n[1]-n[0]+1)
			}
		}
	}
	return largest
}
