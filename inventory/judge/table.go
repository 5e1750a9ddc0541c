// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"fmt"

	"github.com/mchus/bee/inventory/report"
)

// judgeTables: a source that announced more than it could read, and memory
// arrays with more slots than there are records of slots.
func judgeTables(r *report.Report) []report.Finding {
	var list []report.Finding
	for _, t := range r.Tables {
		if t.Read < t.Announced {
			list = append(list, find(report.CodeTableShort, "memory", fmt.Sprintf(
				"The firmware's tables announce %d structures and %d could be read: what is missing is not known.", t.Announced, t.Read),
				map[string]any{"source": t.Source, "announced": t.Announced, "read": t.Read}))
		}
	}
	if m := r.Memory; m != nil && !isGuest(r) && m.SlotsTotal > 0 && m.SlotsTotal < m.AnnouncedModules {
		list = append(list, find(report.CodeMemorySlots, "memory", fmt.Sprintf(
			"The firmware announces %d memory slots and describes %d.", m.AnnouncedModules, m.SlotsTotal),
			map[string]any{"announced": m.AnnouncedModules, "described": m.SlotsTotal}))
	}
	return list
}
