// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"context"
	"io/fs"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/host"
)

// A Processor is a CPU socket and what is in it (SMBIOS type 4).
type Processor struct {
	ID           string   `json:"id"`
	Socket       string   `json:"socket,omitzero"`
	Present      bool     `json:"present"`          // false: the socket is empty
	Enabled      *bool    `json:"enabled,omitzero"` // by firmware or user; nil if nothing said so
	Manufacturer string   `json:"manufacturer,omitzero"`
	Model        string   `json:"model,omitzero"`
	Family       string   `json:"family,omitzero"`
	Cores        int      `json:"cores,omitzero"`
	CoresEnabled int      `json:"cores_enabled,omitzero"`
	Threads      int      `json:"threads,omitzero"`
	MaxMHz       int      `json:"max_mhz,omitzero"`     // the highest that the socket's firmware supports
	CurrentMHz   int      `json:"current_mhz,omitzero"` // the processor's rated speed
	Microcode    string   `json:"microcode,omitzero"`   // the running revision, as the kernel prints it
	Serial       string   `json:"serial,omitzero"`
	PartNumber   string   `json:"part_number,omitzero"`
	AssetTag     string   `json:"asset_tag,omitzero"`
	NUMANodes    []int    `json:"numa_nodes,omitzero"`
	Sources      []string `json:"sources,omitzero"`
}

// Processors are a machine's CPU sockets.
type Processors []Processor

// CollectCPUs reads the CPU sockets from dmidecode, and from /proc/cpuinfo
// where dmidecode is silent.
func CollectCPUs(ctx context.Context, h host.Host) (*Processors, error) {
	table, err := readDMI(ctx, h)
	var list Processors
	if table != nil {
		list = processorsFromDMI(table, &err)
	}
	packages := readCPUInfo(h.FS())
	if list == nil {
		list = processorsFromKernel(packages)
	} else if len(packages) > 0 {
		list.addMicrocode(packages)
	}
	if list == nil {
		return nil, err
	}
	assignIDs("cpu", list,
		func(p *Processor) []string { return []string{p.Serial, p.Socket} },
		func(p *Processor, id string) { p.ID = id })
	return &list, err
}

// A cpuPackage is a physical processor as /proc/cpuinfo tells it.
type cpuPackage struct {
	id                       string // "physical id"
	vendor, model, microcode string
	cores, threads           int
}

// readCPUInfo reads /proc/cpuinfo, in the order of the physical ids met.
func readCPUInfo(fsys fs.FS) []cpuPackage {
	text, err := fs.ReadFile(fsys, "proc/cpuinfo")
	if err != nil {
		return nil
	}
	var list []cpuPackage
	var cpu cpuPackage // of the thread being read
	end := func() {
		if cpu.threads == 0 {
			return
		}
		for i := range list {
			if list[i].id == cpu.id {
				list[i].threads++
				cpu = cpuPackage{}
				return
			}
		}
		list = append(list, cpu)
		cpu = cpuPackage{}
	}
	for line := range strings.Lines(string(text)) {
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(key) {
		case "processor":
			end()
			cpu.threads = 1
		case "physical id":
			cpu.id = value
		case "vendor_id":
			cpu.vendor = value
		case "model name":
			cpu.model = value
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
func processorsFromKernel(packages []cpuPackage) Processors {
	var list Processors
	for _, c := range packages {
		p := Processor{
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
func (list Processors) addMicrocode(packages []cpuPackage) {
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
