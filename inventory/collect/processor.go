// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/host"

	"github.com/mchus/bee/inventory/report"
)

// CPUs reads the CPU sockets from dmidecode, and from /proc/cpuinfo where
// dmidecode is silent.
func CPUs(ctx context.Context, h host.Host) ([]report.Processor, error) {
	a := askerOf(h)
	table, err := readDMI(ctx, a)
	var list []report.Processor
	if table != nil {
		var viewErr error
		list, viewErr = processorsFromDMI(table)
		err = errors.Join(err, viewErr)
	}
	packages, kernelErr := look(a, sourceProcfs, readCPUInfo)
	err = errors.Join(err, kernelErr)
	if list == nil {
		list = processorsFromKernel(packages)
	} else if len(packages) > 0 {
		addMicrocode(list, packages)
		addModel(list, packages)
	}
	assignIDs("cpu", list,
		func(p *report.Processor) []string { return []string{p.Serial, p.Socket} },
		func(p *report.Processor, id string) { p.ID = id })
	return list, err
}

// A cpuPackage is a physical processor as /proc/cpuinfo tells it.
type cpuPackage struct {
	id                       string // "physical id"
	vendor, model, microcode string
	cores, threads           int
	guest                    bool // it has the flag of a processor that a hypervisor runs
}

// readCPUInfo reads /proc/cpuinfo, in the order of the physical ids met.
func readCPUInfo(fsys fs.FS) []cpuPackage {
	text, err := fs.ReadFile(fsys, "proc/cpuinfo")
	if err != nil {
		return nil
	}
	var list []cpuPackage
	at := make(map[string]int) // packages by id
	var cpu cpuPackage         // of the thread being read
	thread := ""               // its number
	end := func() {
		if cpu.threads == 0 {
			return
		}
		if i, known := at[cpu.id]; known {
			list[i].threads++
		} else {
			at[cpu.id] = len(list)
			list = append(list, cpu)
		}
		cpu = cpuPackage{}
	}
	for line := range strings.Lines(string(text)) {
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(key) {
		case "processor":
			end()
			cpu.threads, thread = 1, value
		case "physical id":
			cpu.id = value
		case "vendor_id":
			cpu.vendor = value
		case "model name":
			cpu.model = value
		case "cpu": // on POWER, which has no "physical id"
			cpu.model = value
			if id := readText(fsys, "sys/devices/system/cpu/cpu"+thread+"/topology/physical_package_id"); id != "-1" {
				cpu.id = id
			}
		case "flags":
			cpu.guest = strings.Contains(value+" ", " hypervisor ")
		case "microcode":
			cpu.microcode = value
		case "cpu cores":
			cpu.cores, _ = strconv.Atoi(value)
		}
	}
	end()
	return list
}

// processorsFromKernel makes processors of what the kernel alone knows: no
// sockets, no serials, and none that are empty.
func processorsFromKernel(packages []cpuPackage) []report.Processor {
	var list []report.Processor
	for _, c := range packages {
		p := report.Processor{
			Present: true, Manufacturer: genuine(c.vendor), Model: genuine(c.model), Cores: c.cores, Threads: c.threads,
			Microcode: c.microcode, Sources: []string{sourceProcfs},
		}
		if c.id != "" {
			p.Socket = "CPU" + c.id
		}
		list = append(list, p)
	}
	return list
}

// addMicrocode adds the running microcode if it is the same everywhere: which
// socket has which physical id is not known.
func addMicrocode(list []report.Processor, packages []cpuPackage) {
	for _, c := range packages {
		if c.microcode == "" || c.microcode != packages[0].microcode {
			return
		}
	}
	for i := range list {
		if list[i].Present {
			list[i].Microcode = packages[0].microcode
			list[i].Sources = append(list[i].Sources, sourceProcfs)
		}
	}
}

// addModel takes the model from the kernel where firmware tells none, if it is
// the same everywhere.
func addModel(list []report.Processor, packages []cpuPackage) {
	for _, c := range packages {
		if c.model == "" || c.model != packages[0].model {
			return
		}
	}
	for i := range list {
		if p := &list[i]; p.Present && p.Model == "" {
			p.Model, p.Manufacturer = genuine(packages[0].model), cmp.Or(p.Manufacturer, genuine(packages[0].vendor))
			if !slices.Contains(p.Sources, sourceProcfs) {
				p.Sources = append(p.Sources, sourceProcfs)
			}
		}
	}
}
