// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mchus/bee/dmi"
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
	for _, p := range readCPUInfo(all.FS()) {
		k.CPUs++
		k.Cores += p.cores
		k.Threads += p.threads
	}
	k.MemoryBytes = readMemTotal(all.FS())
	if !isZero(k) {
		r.Summary.Kernel = &k
	}
}

// gpusOnTheBus adds each NVIDIA GPU that is on the bus and that its driver's
// tool did not describe, and says why nobody read it.
func gpusOnTheBus(r *report.Report, all *answers) {
	known := make(map[string]int, len(r.GPUs))
	for i, g := range r.GPUs {
		known[g.PCIAddress] = i
	}
	why := whyNoGPUs(r)
	for i := range r.PCI {
		f := &r.PCI[i]
		if !isAccelerator(f) {
			continue
		}
		if _, ok := known[f.Address]; ok {
			continue
		}
		g := report.GPU{
			ID: "gpu:" + f.Address, PCIAddress: f.Address, Vendor: f.Vendor.Name, Model: cmp.Or(f.Device.Name, f.Device.ID),
			Link: f.Link, Unread: "no tool of its maker is known to bee", Sources: slices.Clone(f.Sources),
		}
		if f.Vendor.ID == vendorNVIDIA {
			g.Vendor, g.Unread = "NVIDIA", why
		}
		r.GPUs = append(r.GPUs, g)
	}
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
		return class == "0302" || class == "0380" || strings.HasPrefix(class, "12")
	}
}

// whyNoGPUs words why nvidia-smi did not describe a card that is there.
func whyNoGPUs(r *report.Report) string {
	for _, c := range r.Collectors {
		if c.Name != "gpu" {
			continue
		}
		for _, s := range c.Sources {
			switch {
			case s.Name != "nvidia-smi":
			case s.Status == report.StatusIdle:
				return s.Why
			case s.Status == report.StatusOK || s.Status == report.StatusPartial:
				return "nvidia-smi did not list it"
			default:
				return "nvidia-smi: " + s.Why
			}
		}
	}
	return "nobody asked its driver"
}
