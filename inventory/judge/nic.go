// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"fmt"

	"github.com/mchus/bee/inventory/report"
)

// judgeNetwork: ports that are switched on and have no link, and those of
// InfiniBand that nobody has set up. A cable may be missing on purpose.
func judgeNetwork(r *report.Report) []report.Finding {
	var list []report.Finding
	for _, c := range r.Network {
		for _, p := range c.Ports {
			if deref(p.AdminUp) && p.Link != nil && !*p.Link && p.Kind != "wireless" {
				list = append(list, find(report.CodeNICLinkDown, c.ID, fmt.Sprintf("The port %s is switched on and has no link.", p.Name),
					map[string]any{"port": p.Name}))
			}
			if p.Lanes == 1 {
				list = append(list, find(report.CodeNICOneLane, c.ID, fmt.Sprintf("The InfiniBand port %s runs on one lane, at %g Gb/s.", p.Name, p.RateGbps),
					map[string]any{"port": p.Name, "rate_gbps": p.RateGbps}))
			}
			if p.Kind == "infiniband" && (p.State == "init" || p.State == "armed") {
				list = append(list, find(report.CodeNICNoManager, c.ID, fmt.Sprintf("The InfiniBand port %s has its link and no subnet manager has set it up: its state is %s.", p.Name, p.State),
					map[string]any{"port": p.Name, "state": p.State}))
			}
		}
	}
	return list
}
