// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// rules judge a report, each one thing. What nothing could read is not judged:
// it stands in the diagnostics.
var rules = []func(*Report) []Finding{
	judgeIdentity,
	judgeProcessors,
	judgeMemory,
	judgeDrives,
	judgeLinks,
	judgeGPUs,
	judgePower,
}

// findings applies all rules; the worst findings come first.
func findings(r *Report) []Finding {
	var list []Finding
	for _, rule := range rules {
		list = append(list, rule(r)...)
	}
	rank := map[string]int{Critical: 0, Warning: 1, Info: 2}
	slices.SortStableFunc(list, func(a, b Finding) int { return rank[a.Severity] - rank[b.Severity] })
	return list
}

// judgeIdentity: a machine whose firmware holds a placeholder for its serial
// number cannot be told from its sisters. What only root may read is not
// missing.
func judgeIdentity(r *Report) []Finding {
	s := r.System
	if s == nil || s.Serial != "" || !slices.Contains(s.Sources, sourceDMI) {
		return nil
	}
	return []Finding{{
		Code: "identity.no_serial", Severity: Info, Component: "system",
		Text: "The firmware holds no serial number for this machine.",
	}}
}

// judgeProcessors: a processor that is there and switched off. VMware fills a
// machine's table with such ones, and firmware that calls the only processor
// disabled is wrong.
func judgeProcessors(r *Report) []Finding {
	if r.System != nil && strings.HasPrefix(r.System.Manufacturer, "VMware") {
		return nil
	}
	var list []Finding
	enabled := false
	for _, p := range r.Processors {
		off := p.Enabled != nil && !*p.Enabled
		enabled = enabled || p.Present && !off
		if p.Present && off {
			list = append(list, Finding{
				Code: "cpu.disabled", Severity: Warning, Component: p.ID,
				Text: fmt.Sprintf("Processor %s is present and disabled.", p.Socket),
			})
		}
	}
	if !enabled {
		return nil
	}
	return list
}

// judgeDrives repeats what smartctl's evidence says of each drive.
func judgeDrives(r *Report) []Finding {
	if r.Storage == nil {
		return nil
	}
	var list []Finding
	for _, d := range r.Storage.Drives {
		if d.Smart == nil {
			continue
		}
		for _, reason := range d.Smart.Verdict.Reasons {
			if reason.Severity != Warning && reason.Severity != Critical {
				continue
			}
			evidence := map[string]any{"value": reason.Value}
			if reason.Attribute != "" {
				evidence["attribute"] = reason.Attribute
			}
			if reason.Threshold != nil {
				evidence["threshold"] = *reason.Threshold
			}
			list = append(list, Finding{
				Code: reason.Code, Severity: reason.Severity, Component: d.ID, Evidence: evidence,
				Text: fmt.Sprintf("Drive %s: %s", cmp.Or(d.Name, d.Serial, d.ID), reason.Text),
			})
		}
	}
	return list
}

// judgeLinks: a link that runs below what both its ends can do, and a card in
// a slot that is too slow for it. A link is judged at its lower end. A GPU
// slows its link down while it is idle; its width it keeps.
func judgeLinks(r *Report) []Finding {
	var list []Finding
	for i := range r.PCI {
		f := &r.PCI[i]
		if f.Link == nil || f.Link.CurrentWidth == 0 {
			continue
		}
		evidence := map[string]any{
			"current_gts": f.Link.CurrentGTs, "current_width": f.Link.CurrentWidth,
			"max_gts": f.Link.MaxGTs, "max_width": f.Link.MaxWidth,
		}
		name := cmp.Or(f.Device.Name, f.Device.ID)
		speeds := fmt.Sprintf("runs at %g GT/s x%d and could run at %g GT/s x%d",
			f.Link.CurrentGTs, f.Link.CurrentWidth, f.Link.MaxGTs, f.Link.MaxWidth)
		switch {
		case f.Link.Degraded && !f.restsAsGPU():
			list = append(list, Finding{
				Code: "pci.link_degraded", Severity: Warning, Component: f.ID, Evidence: evidence,
				Text: fmt.Sprintf("The link of %s (%s) %s.", f.Address, name, speeds),
			})
		case f.Link.LimitedBy != "" && !strings.HasPrefix(f.Class.ID, classDisplay):
			evidence["limited_by"] = f.Link.LimitedBy
			list = append(list, Finding{
				Code: "pci.link_limited", Severity: Info, Component: f.ID, Evidence: evidence,
				Text: fmt.Sprintf("The link of %s (%s) %s; the port above it, %s, allows no more.", f.Address, name, speeds, f.Link.LimitedBy),
			})
		}
	}
	return list
}

// restsAsGPU tells that a function is a GPU whose link is slow and not narrow.
func (f *PCIFunction) restsAsGPU() bool {
	return strings.HasPrefix(f.Class.ID, classDisplay) && f.Link.CurrentWidth >= f.Link.MaxWidth
}

// judgeGPUs: what the driver says of the card's memory, and what it asks for.
func judgeGPUs(r *Report) []Finding {
	var list []Finding
	for _, g := range r.GPUs {
		add := func(code, severity, text string, evidence map[string]any) {
			list = append(list, Finding{
				Code: code, Severity: severity, Component: g.ID, Evidence: evidence,
				Text: fmt.Sprintf("GPU %s (%s) %s.", g.PCIAddress, cmp.Or(g.Serial, g.Model, g.UUID), text),
			})
		}
		if g.Fault != "" {
			add("gpu.fault", Critical, "is faulty, says its driver: "+strings.TrimSuffix(g.Fault, "."), nil)
		}
		if action := g.RecoveryAction; action != "" && action != "none" {
			add("gpu.recovery_action", Warning, "needs an action: "+action, map[string]any{"recovery_action": action})
		}
		if m := g.RowRemap; m != nil {
			if deref(m.Failure) {
				add("gpu.row_remap_failure", Critical, "could not replace a row of its memory: the card must be replaced", nil)
			}
			if deref(m.Pending) {
				add("gpu.row_remap_pending", Warning, "will replace a row of its memory at the next reset", nil)
			}
		}
		if p := g.RetiredPages; p != nil && deref(p.Pending) {
			add("gpu.retirement_pending", Warning, "will retire pages of its memory at the next reset", nil)
		}
		if e := g.ECC; e != nil {
			judgeECC(e, add)
		}
	}
	return list
}

// judgeECC: uncorrected errors since the driver was loaded are of today; those
// over the card's life may have been repaired since.
func judgeECC(e *GPUECC, add func(code, severity, text string, evidence map[string]any)) {
	if deref(e.SRAMThresholdExceeded) {
		add("gpu.sram_threshold", Critical, "has had too many uncorrectable errors: the card must be replaced", nil)
	}
	count := func(c *ECCCounts) int64 {
		if c == nil {
			return 0
		}
		return deref(c.Uncorrected)
	}
	switch now, ever := count(e.Volatile), count(e.Aggregate); {
	case now > 0:
		add("gpu.ecc_uncorrected", Critical, fmt.Sprintf("has %d uncorrected memory errors", now), map[string]any{"volatile_uncorrected": now})
	case ever > 0:
		add("gpu.ecc_uncorrected", Warning, fmt.Sprintf("had %d uncorrected memory errors in its life", ever), map[string]any{"aggregate_uncorrected": ever})
	}
}

// judgePower: supplies that failed or have no input, and bays that are empty
// beside filled ones.
func judgePower(r *Report) []Finding {
	texts := map[string]struct{ severity, text string }{
		"failed":            {Critical, "has failed"},
		"input_lost":        {Warning, "has no input power"},
		"predicted_failure": {Warning, "is about to fail"},
		"config_error":      {Warning, "does not match the others"},
	}
	var list []Finding
	filled := slices.ContainsFunc(r.PowerSupplies, func(p PowerSupply) bool { return p.Present })
	for _, p := range r.PowerSupplies {
		if t, ok := texts[p.Status]; ok {
			list = append(list, Finding{
				Code: "psu." + p.Status, Severity: t.severity, Component: p.ID,
				Text: fmt.Sprintf("Power supply %s %s.", p.Slot, t.text), Evidence: map[string]any{"status": p.Status},
			})
		}
		if !p.Present && filled {
			list = append(list, Finding{
				Code: "psu.absent", Severity: Info, Component: p.ID,
				Text: fmt.Sprintf("The bay for power supply %s is empty.", p.Slot),
			})
		}
	}
	return list
}

// sortedKeys returns the keys of a map in order.
func sortedKeys[K interface{ ~int | ~uint64 }](m map[K]int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
