// SPDX-License-Identifier: Apache-2.0

package hosts

import (
	"testing"

	"github.com/mchus/bee/inventory/render"
	"github.com/mchus/bee/inventory/report"
)

// TestDiffOfGenerations: the same machine seen by other versions of the tools
// is the same machine.
func TestDiffOfGenerations(t *testing.T) {
	newest := audit(t, zoo[len(zoo)-1])
	for _, name := range zoo {
		d := report.Diff(audit(t, name), newest, report.DiffOptions{})
		if len(d.Changes) > 0 {
			t.Errorf("%s:\n%s", name, render.AppendDiff(nil, d))
		}
	}
}
