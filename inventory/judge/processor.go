// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"fmt"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// judgeProcessors: a processor that is there and switched off. VMware fills a
// machine's table with such ones, and firmware that calls the only processor
// disabled is wrong.
func judgeProcessors(r *report.Report) []report.Finding {
	if r.System != nil && strings.HasPrefix(r.System.Manufacturer, "VMware") {
		return nil
	}
	var list []report.Finding
	enabled := false
	for _, p := range r.Processors {
		off := p.Enabled != nil && !*p.Enabled
		enabled = enabled || p.Present && !off
		if p.Present && off {
			list = append(list, report.Finding{
				Code: report.CodeCPUDisabled, Severity: report.Warning, Component: p.ID,
				Text: fmt.Sprintf("Processor %s is present and disabled.", p.Socket),
			})
		}
	}
	if !enabled {
		return nil
	}
	return list
}
