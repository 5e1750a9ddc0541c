// SPDX-License-Identifier: Apache-2.0

package hosts

import (
	"strings"
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

// TestDiffOfMissingTools: what an audit could not read for want of a tool was
// not removed, and is not added when the tool is there.
func TestDiffOfMissingTools(t *testing.T) {
	for _, name := range names(t) {
		full := audit(t, name)
		for _, tool := range []string{"dmidecode", "ipmitool", "lsblk", "smartctl", "lspci", "ethtool"} {
			c := captured(t, name)
			var kept []string
			for line := range strings.Lines(string(c["commands.jsonl"])) {
				if !strings.Contains(line, `"argv":["`+tool+`"`) {
					kept = append(kept, line)
				}
			}
			c["commands.jsonl"] = []byte(strings.Join(kept, ""))
			less := replay(t, c)
			for _, d := range []*report.Difference{report.Diff(full, less, report.DiffOptions{}), report.Diff(less, full, report.DiffOptions{})} {
				for _, change := range d.Changes {
					if change.Kind != report.Unread && change.Component != "machine" {
						t.Errorf("%s without %s:\n%s", name, tool, render.AppendDiff(nil, d))
						break
					}
				}
			}
		}
	}
}
