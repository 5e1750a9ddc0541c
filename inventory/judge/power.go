// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"fmt"
	"slices"

	"github.com/mchus/bee/inventory/report"
)

// judgePower: supplies that failed or have no input, and bays that are empty
// beside filled ones.
func judgePower(r *report.Report) []report.Finding {
	texts := map[string]struct{ severity, text string }{
		"failed":            {report.Critical, "has failed"},
		"input_lost":        {report.Warning, "has no input power"},
		"predicted_failure": {report.Warning, "is about to fail"},
		"config_error":      {report.Warning, "does not match the others"},
	}
	var list []report.Finding
	filled := slices.ContainsFunc(r.PowerSupplies, func(p report.PowerSupply) bool { return deref(p.Present) })
	for _, p := range r.PowerSupplies {
		if t, ok := texts[p.Status]; ok {
			list = append(list, report.Finding{
				Code: "psu." + p.Status, Severity: t.severity, Component: p.ID,
				Text: fmt.Sprintf("Power supply %s %s.", p.Slot, t.text), Evidence: map[string]any{"status": p.Status},
			})
		}
		if p.Present != nil && !*p.Present && filled {
			list = append(list, report.Finding{
				Code: report.CodePSUAbsent, Severity: report.Info, Component: p.ID,
				Text: fmt.Sprintf("The bay for power supply %s is empty.", p.Slot),
			})
		}
	}
	return list
}
