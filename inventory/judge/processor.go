// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"fmt"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// judgeProcessors: a processor that is there and switched off, or not running. VMware fills a
// machine's table with such ones, and firmware that calls the only processor
// disabled is wrong.
func judgeProcessors(r *report.Report) []report.Finding {
	if isGuest(r) {
		return nil
	}
	list := judgeProcessorSet(r)
	set := len(list)
	enabled := false
	on := make(map[string]bool) // firmware with two records of one socket calls the second disabled
	for _, p := range r.Processors {
		on[p.Socket] = on[p.Socket] || p.Present && p.Enabled != nil && *p.Enabled && p.Socket != ""
	}
	for _, p := range r.Processors {
		off := p.Enabled != nil && !*p.Enabled
		enabled = enabled || p.Present && !off
		if p.Present && off && !on[p.Socket] {
			list = append(list, report.Finding{
				Code: report.CodeCPUDisabled, Severity: report.Warning, Component: p.ID,
				Text: fmt.Sprintf("Processor %s is present and disabled.", p.Socket),
			})
		}
	}
	if !enabled {
		return list[:set]
	}
	return append(list, judgeRunning(r, on)...)
}

// judgeRunning: processors or cores that firmware has started and the kernel has
// not, and processors that only the kernel knows. The kernel tells sockets apart
// where it tells their cores.
func judgeRunning(r *report.Report, on map[string]bool) []report.Finding {
	working := 0
	for _, is := range on {
		if is {
			working++
		}
	}
	present, cores := 0, 0
	for _, p := range r.Processors {
		if p.Present {
			present++
			cores += p.CoresEnabled
		}
	}
	k := r.Summary.Kernel
	switch {
	case k == nil:
		return nil
	case k.Cores == 0 && k.Threads > 0 && k.Threads < cores && working == present: // one that tells neither, as on ARM
		return []report.Finding{find(report.CodeCPUCoresNotRunning, "processors",
			fmt.Sprintf("The firmware calls %d cores enabled, and the kernel runs on %d processors of its own count.", cores, k.Threads),
			map[string]any{"smbios": cores, "kernel": k.Threads})}
	case k.Cores == 0:
		return nil
	case k.CPUs < working:
		return []report.Finding{find(report.CodeCPUNotRunning, "processors",
			fmt.Sprintf("The firmware calls %d processors enabled, and the kernel runs on %d.", working, k.CPUs),
			map[string]any{"smbios": working, "kernel": k.CPUs})}
	case k.CPUs > present && hasWholeTable(r):
		return []report.Finding{find(report.CodeCPUFirmwareShort, "processors",
			fmt.Sprintf("The kernel runs on %d processors, and the firmware describes %d: its list is not whole.", k.CPUs, present),
			map[string]any{"smbios": present, "kernel": k.CPUs})}
	case k.CPUs == present && present == working && k.Cores < cores:
		return []report.Finding{find(report.CodeCPUCoresNotRunning, "processors",
			fmt.Sprintf("The firmware calls %d cores enabled, and the kernel runs on %d.", cores, k.Cores),
			map[string]any{"smbios": cores, "kernel": k.Cores})}
	}
	return nil
}

// judgeProcessorSet: processors that differ from each other, and those with
// cores switched off.
func judgeProcessorSet(r *report.Report) []report.Finding {
	var list []report.Finding
	var models, off []string
	met := map[string]bool{"": true} // models
	enabled := 0
	for _, p := range r.Processors {
		if !p.Present {
			continue
		}
		model := strings.Join(strings.Fields(p.Model), " ")      // firmware pads some
		if !met[model] && !strings.HasPrefix(model, "Cortex-") { // clusters of one chip
			met[model] = true
			models = append(models, model)
		}
		if p.CoresEnabled > 0 && p.CoresEnabled < p.Cores {
			off = append(off, fmt.Sprintf("%s (%d of %d)", p.Socket, p.CoresEnabled, p.Cores))
		}
		enabled += p.CoresEnabled
	}
	if len(models) > 1 {
		list = append(list, find(report.CodeCPUMixedModel, "processors",
			"The processors are of different models: "+strings.Join(models, ", ")+".", map[string]any{"models": models}))
	}
	if k := r.Summary.Kernel; k != nil && k.Cores > enabled || enabled < 2*len(off) {
		off = nil // the kernel runs on more, or firmware says 1 of every processor: it does not know
	}
	if len(off) > 0 {
		list = append(list, find(report.CodeCPUCoresOff, "processors",
			"Some cores are switched off: "+strings.Join(off, ", ")+" run.", map[string]any{"sockets": off}))
	}
	if k := r.Summary.Kernel; k != nil && len(k.Microcode) > 1 {
		list = append(list, find(report.CodeCPUMixedMicrocode, "processors",
			"The processors run different microcode: "+strings.Join(k.Microcode, ", ")+".", map[string]any{"microcode": k.Microcode}))
	}
	return list
}

// guests are the makers and products that hypervisors call a machine.
var guests = []string{
	"QEMU", "VMware", "Xen", "innotek", "VirtualBox", "Parallels", "OpenStack", "KVM", "Virtual Machine", "Bochs",
	"Google Compute Engine", "RHEV", "oVirt", "AHV", "HVM domU", "BHYVE", "Alibaba Cloud ECS", "Standard PC", "cloud-hypervisor",
	"Apple Virtualization",
}

// isGuest tells a machine that a hypervisor makes up: how its parts are set up
// is not a fault of any hardware.
func isGuest(r *report.Report) bool {
	if k := r.Summary.Kernel; k != nil && k.Guest && r.BMC == nil { // one with a BMC is made to be a machine
		return true
	}
	if r.System == nil {
		return false
	}
	for _, word := range guests {
		if strings.Contains(r.System.Manufacturer, word) || strings.Contains(r.System.Product, word) {
			return true
		}
	}
	return r.System.Manufacturer == "Amazon EC2" && !strings.HasSuffix(r.System.Product, ".metal")
}
