// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

const classDisplay = "03" // PCI Code and ID Assignment Specification

// judgeLinks: a link that runs below what both its ends can do, and a card in
// a slot that is too slow for it. A link is judged at its lower end. A GPU
// slows its link down while it is idle; its width it keeps.
func judgeLinks(r *report.Report) []report.Finding {
	var list []report.Finding
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
		case f.Link.Degraded && !restsAsGPU(f):
			list = append(list, report.Finding{
				Code: report.CodePCILinkDegraded, Severity: report.Warning, Component: f.ID, Evidence: evidence,
				Text: fmt.Sprintf("The link of %s (%s) %s.", f.Address, name, speeds),
			})
		case f.Link.LimitedBy != "" && !strings.HasPrefix(f.Class.ID, classDisplay):
			evidence["limited_by"] = f.Link.LimitedBy
			list = append(list, report.Finding{
				Code: report.CodePCILinkLimited, Severity: report.Info, Component: f.ID, Evidence: evidence,
				Text: fmt.Sprintf("The link of %s (%s) %s; the port above it, %s, allows no more.", f.Address, name, speeds, f.Link.LimitedBy),
			})
		}
	}
	return list
}

// restsAsGPU tells that a function is a GPU whose link is slow and not narrow.
func restsAsGPU(f *report.PCIFunction) bool {
	return strings.HasPrefix(f.Class.ID, classDisplay) && f.Link.CurrentWidth >= f.Link.MaxWidth
}
