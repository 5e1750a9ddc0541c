// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// judgeGPUs: what the driver says of the card's memory, and what it asks for.
func judgeGPUs(r *report.Report) []report.Finding {
	var list []report.Finding
	for _, g := range r.GPUs {
		add := func(code, severity, text string, evidence map[string]any) {
			list = append(list, report.Finding{
				Code: code, Severity: severity, Component: g.ID, Evidence: evidence,
				Text: fmt.Sprintf("GPU %s (%s) %s.", g.PCIAddress, cmp.Or(g.Serial, g.Model, g.UUID), text),
			})
		}
		if g.Fault != "" {
			add(report.CodeGPUFault, report.Critical, "is faulty, says its driver: "+strings.TrimSuffix(g.Fault, "."), nil)
		}
		if action := g.RecoveryAction; action != "" && action != "none" {
			add(report.CodeGPURecoveryAction, report.Warning, "needs an action: "+action, map[string]any{"recovery_action": action})
		}
		if m := g.RowRemap; m != nil {
			if deref(m.Failure) {
				add(report.CodeGPURowRemapFailure, report.Critical, "could not replace a row of its memory: the card must be replaced", nil)
			}
			if deref(m.Pending) {
				add(report.CodeGPURowRemapPending, report.Warning, "will replace a row of its memory at the next reset", nil)
			}
		}
		if p := g.RetiredPages; p != nil && deref(p.Pending) {
			add(report.CodeGPURetirementPending, report.Warning, "will retire pages of its memory at the next reset", nil)
		}
		if e := g.ECC; e != nil {
			judgeECC(e, add)
		}
	}
	return list
}

// judgeECC: uncorrected errors since the driver was loaded are of today; those
// over the card's life may have been repaired since.
func judgeECC(e *report.GPUECC, add func(code, severity, text string, evidence map[string]any)) {
	if deref(e.SRAMThresholdExceeded) {
		add(report.CodeGPUSRAMThreshold, report.Critical, "has had too many uncorrectable errors: the card must be replaced", nil)
	}
	count := func(c *report.ECCCounts) int64 {
		if c == nil {
			return 0
		}
		return deref(c.Uncorrected)
	}
	switch now, ever := count(e.Volatile), count(e.Aggregate); {
	case now > 0:
		add(report.CodeGPUECCUncorrected, report.Critical, fmt.Sprintf("has %d uncorrected memory errors", now), map[string]any{"volatile_uncorrected": now})
	case ever > 0:
		add(report.CodeGPUECCUncorrected, report.Warning, fmt.Sprintf("had %d uncorrected memory errors in its life", ever), map[string]any{"aggregate_uncorrected": ever})
	}
}
