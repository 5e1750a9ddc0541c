// SPDX-License-Identifier: Apache-2.0

package inventory

// summarize counts what is there and takes the worst finding for the verdict.
func summarize(r *Report) Summary {
	s := Summary{Health: Unknown, Findings: len(r.Findings)}
	if r.System != nil || r.Processors != nil || r.Memory != nil {
		s.Health = OK
	}
	for _, f := range r.Findings {
		s.Health = worse(s.Health, f.Severity)
	}
	if r.Processors != nil {
		s.Counts.CPU = countPresent(r.Processors, func(p *Processor) bool { return p.Present })
	}
	if r.Memory != nil && r.Memory.Modules != nil {
		s.Counts.DIMM = &r.Memory.SlotsUsed
	}
	if r.Storage != nil {
		s.Counts.Drive = countPresent(r.Storage.Drives, always[Drive])
	}
	if r.GPUs != nil {
		s.Counts.GPU = countPresent(r.GPUs, always[GPU])
	}
	if r.Network != nil {
		s.Counts.NIC = countPresent(r.Network, always[NetworkCard])
	}
	if r.PowerSupplies != nil {
		s.Counts.PSU = countPresent(r.PowerSupplies, func(p *PowerSupply) bool { return p.Present })
	}
	return s
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

// worse returns the worse of a verdict and a severity.
func worse(health, severity string) string {
	rank := map[string]int{Unknown: 0, OK: 1, Info: 1, Warning: 2, Critical: 3}
	if rank[severity] > rank[health] && severity != Info {
		return severity
	}
	return health
}
