// SPDX-License-Identifier: Apache-2.0

package judge

import "github.com/mchus/bee/inventory/report"

// summarize counts what is there and gives the verdict: the worst finding, or
// else unknown if something could not be judged.
func summarize(r *report.Report) {
	s := &r.Summary
	s.Findings = len(r.Findings)
	list := unjudged(r)
	s.Unjudged = &list
	if s.Complete == nil {
		s.Complete = new(true)
	}
	s.Health = report.OK
	if len(list) > 0 || !*s.Complete {
		s.Health = report.Unknown
	}
	for _, f := range r.Findings {
		s.Health = worse(s.Health, f.Severity)
	}
	if r.Processors != nil {
		s.Counts.CPU = countPresent(r.Processors, func(p *report.Processor) bool { return p.Present })
	}
	if r.Memory != nil && r.Memory.Modules != nil {
		s.Counts.DIMM = &r.Memory.SlotsUsed
	}
	if r.Storage != nil || r.Collectors != nil && !names(list, "storage") {
		s.Counts.Drive = countPresent(drivesOf(r), func(d *report.Drive) bool { return d.State != "missing" })
	}
	if r.GPUs != nil {
		s.Counts.GPU = countPresent(r.GPUs, always[report.GPU])
	}
	if r.Network != nil {
		s.Counts.NIC = countPresent(r.Network, always[report.NetworkCard])
	}
	if r.PowerSupplies != nil && !isPowerUnread(r) {
		s.Counts.PSU = countPresent(r.PowerSupplies, func(p *report.PowerSupply) bool { return deref(p.Present) })
	}
}

// drivesOf are the drives of a machine, none for one without storage.
func drivesOf(r *report.Report) []report.Drive {
	if r.Storage == nil {
		return nil
	}
	return r.Storage.Drives
}

func always[T any](*T) bool { return true }

func countPresent[T any](list []T, present func(*T) bool) *int {
	n := 0
	for i := range list {
		if present(&list[i]) {
			n++
		}
	}
	return &n
}
