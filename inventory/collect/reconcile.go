// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/inventory/kernel"
	"github.com/mchus/bee/inventory/report"
)

// A pair is two sources that must agree. Its function lays them side by side
// and writes what it saw into the report as facts. What a fact means is for
// package judge.
type pair struct {
	name  string
	check func(r *report.Report, all *answers)
}

// pairs are all that are compared, in the order of the parts.
var pairs = []pair{
	{"structures that SMBIOS announces and that dmidecode decoded", announcedStructures},
	{"processors and memory of SMBIOS and of the kernel", kernelTotals},
	{"GPUs on the bus and GPUs that their driver describes", gpusOnTheBus},
	{"storage on the bus and what the kernel shows of it", storageOnTheBus},
}

func reconcile(r *report.Report, all *answers) {
	for _, p := range pairs {
		p.check(r, all)
	}
}

// table returns dmidecode's table, nil if it said nothing.
func (all *answers) table() *dmi.Table {
	all.mu.Lock()
	got := all.byID[sourceDMI]
	all.mu.Unlock()
	if got == nil {
		return nil
	}
	select {
	case <-got.done:
	default:
		return nil
	}
	table, _ := got.value.(*dmi.Table)
	return table
}

// announcedStructures notes how many structures the table says that it has.
// SMBIOS 3 no longer says so.
func announcedStructures(r *report.Report, all *answers) {
	table := all.table()
	if table == nil {
		return
	}
	for _, line := range table.Preamble {
		if n := announcedIn(line); n > 0 {
			r.Tables = append(r.Tables, report.Table{Source: sourceDMI, Announced: n, Read: countHandles(table)})
			return
		}
	}
}

// smiLog tells whether nvidia-smi gave a whole log.
func (all *answers) smiLog() bool {
	all.mu.Lock()
	got := all.byID["nvidia-smi\x00-q\x00-x"]
	all.mu.Unlock()
	if got == nil {
		return false
	}
	select {
	case <-got.done:
		return wholeLog(got.out.Stdout)
	default:
		return false
	}
}

// countHandles counts structures: some print as several records.
func countHandles(table *dmi.Table) int {
	n := 0
	for i := range table.Records {
		if i == 0 || table.Records[i].Handle != table.Records[i-1].Handle {
			n++
		}
	}
	return n
}

// announcedIn reads "49 structures occupying 2301 bytes.", 0 if a line is
// another.
func announcedIn(line string) int {
	number, rest, ok := strings.Cut(strings.TrimSpace(line), " ")
	if !ok || !strings.HasPrefix(rest, "structures occupying ") {
		return 0
	}
	return atoi(number)
}

// kernelTotals notes what the kernel runs on.
func kernelTotals(r *report.Report, all *answers) {
	var k report.Kernel
	first := isFirstDomain(all.FS())
	met := map[string]bool{"": true} // versions of microcode
	for _, p := range readCPUInfo(all.FS()) {
		if !met[p.microcode] {
			met[p.microcode] = true
			k.Microcode = append(k.Microcode, p.microcode)
		}
		k.Guest = k.Guest || p.guest && !first
		if first { // its processors are made up
			continue
		}
		k.CPUs++
		k.Cores += p.cores
		k.Threads += p.threads
	}
	k.MemoryBytes = readMemTotal(all.FS())
	k.PoisonedBytes = readMemInfo(all.FS(), "proc/meminfo", "HardwareCorrupted:")
	k.ApartBytes, _ = kernel.Watch(all.FS(), readApart)
	if !isZero(k) {
		r.Summary.Kernel = &k
	}
	if m := r.Memory; m != nil && k.MemoryBytes > m.TotalBytes+k.ApartBytes {
		m.TotalBytes = k.MemoryBytes // SMBIOS knows less than is in use, so that it is wrong
		m.Sources = append(m.Sources, sourceProcfs)
	}
}

// readApart sums the memory of the nodes without a processor (Documentation/ABI/stable/
// sysfs-devices-node): SMBIOS has no modules for that of a GPU and of a card.
func readApart(fsys fs.FS) uint64 {
	const nodes = "sys/devices/system/node"
	entries, _ := fs.ReadDir(fsys, nodes)
	var sum uint64
	for _, e := range entries {
		dir := nodes + "/" + e.Name()
		if _, err := fs.Stat(fsys, dir+"/cpulist"); err == nil && readText(fsys, dir+"/cpulist") == "" {
			sum += readMemInfo(fsys, dir+"/meminfo", "MemTotal:")
		}
	}
	return sum
}

// isFirstDomain tells the guest of Xen that has the hardware to itself.
func isFirstDomain(fsys fs.FS) bool {
	return strings.Contains(readText(fsys, "proc/xen/capabilities"), "control_d")
}

// gpusOnTheBus lays the GPUs on the bus beside those that their driver
// describes, counts and complains about. What it knows and cannot place is one
// of those that it did not describe; what nobody described is added with the
// reason.
func gpusOnTheBus(r *report.Report, all *answers) {
	known := make(map[string]bool, len(r.GPUs))
	described := all.smiLog() // the driver's tool answered to the end
	for _, g := range r.GPUs {
		known[g.PCIAddress] = true
	}
	why, empty := whyNoGPUs(r)
	var left []report.GPU
	for i := range r.PCI {
		f := &r.PCI[i]
		if !isAccelerator(f) || known[f.Address] {
			continue
		}
		g := report.GPU{
			ID: "gpu:" + f.Address, PCIAddress: f.Address, Vendor: f.Vendor.Name, Model: cmp.Or(f.Device.Name, f.Device.ID),
			Link: f.Link, Driver: f.Driver, Unread: "health not read: bee asks no tool of its maker", Sources: slices.Clone(f.Sources),
		}
		if f.Vendor.ID == vendorNVIDIA {
			g.Vendor, g.Unread = "NVIDIA", why
			g.Missing = f.Driver == "nvidia" && (described || empty)
			switch {
			case f.Dead && described:
				g.Missing, g.Fault = true, "it has fallen off the bus: it reads as all ones"
			case f.Dead:
				g.Unread = "it does not answer: it reads as all ones"
			case f.Driver != "" && f.Driver != "nvidia":
				g.Unread = "it is given to the driver " + f.Driver
			}
		} else if a, err := kernel.Watch(all.FS(), func(fsys fs.FS) accelerator { return readAccelerator(fsys, f.Address) }); err == nil {
			a.addTo(&g)
		}
		left = append(left, g)
	}
	if slices.ContainsFunc(left, func(g report.GPU) bool { return g.Vendor == "NVIDIA" }) { // a log that was cut before its address is of one of these
		r.GPUs = slices.DeleteFunc(r.GPUs, func(g report.GPU) bool { return g.PCIAddress == "" && g.UUID == "" && g.Serial == "" && !g.Missing })
	}
	r.GPUs = append(placeMissing(r.GPUs, left), left...)
	byAddress := make(map[string]*report.PCIFunction, len(r.PCI))
	for i := range r.PCI {
		byAddress[r.PCI[i].Address] = &r.PCI[i]
	}
	for i := range r.GPUs {
		g := &r.GPUs[i]
		if f := byAddress[g.PCIAddress]; f != nil && g.Missing {
			g.Model, g.Link = cmp.Or(g.Model, f.Device.Name, f.Device.ID), cmp.Or(g.Link, f.Link)
		}
	}
}

// placeMissing gives the GPUs that the driver knows without an address their
// places: they are among those on the bus that it did not describe. Where there
// are as many of the one as of the other, the driver's order is the bus's.
// It returns list without those that are in left then.
func placeMissing(list, left []report.GPU) []report.GPU {
	var free []int // indexes in left of NVIDIA's that a missing one can be
	for i := range left {
		if left[i].Vendor == "NVIDIA" && !strings.HasPrefix(left[i].Unread, "it is given to") {
			free = append(free, i)
		}
	}
	placeless := func(g report.GPU) bool { return g.Missing && g.PCIAddress == "" }
	n := 0
	for _, g := range list {
		if placeless(g) {
			n++
		}
	}
	if n == 0 || n > len(free) {
		return list
	}
	k := 0
	return slices.DeleteFunc(list, func(g report.GPU) bool {
		if !placeless(g) {
			return false
		}
		at := &left[free[k]]
		k++
		at.Missing, at.Driver = true, g.Driver
		at.Fault = cmp.Or(at.Fault, g.Fault)
		at.Sources = append(at.Sources, "nvidia-smi")
		if n == len(free) {
			at.Index = g.Index
		} else {
			at.Fault = fmt.Sprintf("%d GPUs of the driver are among those that it does not describe: %s", n, g.Fault)
		}
		return true
	})
}

const vendorNVIDIA = "10de"

// isAccelerator tells the functions whose health a maker's tool must tell: all
// of NVIDIA's that compute or draw, and compute cards of others. Display
// adapters without such a tool have no health to read.
func isAccelerator(f *report.PCIFunction) bool {
	switch class := f.Class.ID; {
	case f.VirtualFunctionOf != "":
		return false
	case f.Vendor.ID == vendorNVIDIA:
		return strings.HasPrefix(class, "03") || strings.HasPrefix(class, "12")
	default:
		return class == "0302" || class == "0380" && isComputeCard(f) || strings.HasPrefix(class, "12")
	}
}

// isComputeCard tells those of the "other display controllers" that compute: the
// class is also that of a laptop's second adapter and of hypervisors'. Numbers are
// of pci.ids: AMD's Instinct, Intel's Data Center GPU Flex and Max.
func isComputeCard(f *report.PCIFunction) bool {
	begins := func(list ...string) bool {
		return slices.ContainsFunc(list, func(start string) bool { return strings.HasPrefix(f.Device.ID, start) })
	}
	switch f.Vendor.ID {
	case "1002":
		return strings.Contains(f.Device.Name, "Instinct") || begins("66a0", "66a1", "738", "740", "74a", "74b", "75a")
	case "8086":
		return strings.Contains(f.Device.Name, "Data Center GPU") || begins("56c", "0bd")
	}
	return !isVirtual(f)
}

// whyNoGPUs words why nvidia-smi did not describe a card that is there. empty
// tells that it ran and said that there is none.
func whyNoGPUs(r *report.Report) (why string, empty bool) {
	for _, c := range r.Collectors {
		if c.Name != "gpu" {
			continue
		}
		for _, s := range c.Sources {
			switch {
			case s.Name != "nvidia-smi":
			case s.Status == report.StatusIdle:
				return s.Why, false
			case s.Status == report.StatusOK || s.Status == report.StatusPartial && s.Why == "":
				return "nvidia-smi did not list it", false
			default:
				return "nvidia-smi: " + s.Why, strings.Contains(s.Why, "No devices were found")
			}
		}
	}
	return "nobody asked its driver", false
}
