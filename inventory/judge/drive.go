// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"

	"github.com/mchus/bee/inventory/report"
)

// judgeDrives repeats what smart's rules say of each drive, with the evidence.
func judgeDrives(r *report.Report) []report.Finding {
	if r.Storage == nil {
		return nil
	}
	var list []report.Finding
	for i := range r.Storage.Drives {
		d := &r.Storage.Drives[i]
		if d.Smart == nil {
			continue
		}
		for _, reason := range d.Smart.Verdict.Reasons {
			if reason.Severity != report.Warning && reason.Severity != report.Critical {
				continue
			}
			evidence := map[string]any{"value": reason.Value}
			if reason.Attribute != "" {
				evidence["attribute"] = reason.Attribute
			}
			if reason.Threshold != nil {
				evidence["threshold"] = *reason.Threshold
			}
			list = append(list, report.Finding{
				Code: reason.Code, Severity: reason.Severity, Component: d.ID, Evidence: evidence,
				Text: fmt.Sprintf("Drive %s: %s", nameOf(d), reason.Text),
			})
		}
	}
	return list
}

// nameOf is what a person calls a drive.
func nameOf(d *report.Drive) string { return cmp.Or(d.Name, d.Serial, d.ID) }
