// SPDX-License-Identifier: Apache-2.0

package render

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory/report"
)

func TestAppendDiff(t *testing.T) {
	d := &report.Difference{Changes: []report.Change{
		{Kind: report.Removed, Component: "drive", Model: "ST8000", Serial: "S2", Place: "2", SizeBytes: 8e12},
		{Kind: report.Added, Component: "dimm", Model: "M321", Serial: "A\x1b[31m", Place: "A1", SizeBytes: 64 << 30},
		{Kind: report.Moved, Component: "drive", Model: "ST8000", Serial: "S1", OldPlace: "1", Place: "7", Fields: []report.FieldChange{{Field: "firmware", Old: "SN01", New: "SN02"}}},
		{Kind: report.Changed, Component: "pci", ID: "pci:0000:3b:00.0", Place: "0000:3b:00.0", Fields: []report.FieldChange{
			{Field: "link.current_width", Old: json.Number("16"), New: json.Number("8")}, {Field: "link.degraded", Old: false, New: true},
		}},
		{Kind: report.Changed, Component: "nic", Model: "X710", Fields: []report.FieldChange{{Field: "ports[52:54:00:00:00:02].admin_up", Old: true, New: false}}},
		{Kind: report.Changed, Component: "volume", Model: "md0", Fields: []report.FieldChange{{Field: "members", Old: []any{"drive:1", "drive:2"}, New: []any{"drive:1"}}}},
		{Kind: report.Unread, Component: "dimm", Side: "new"},
	}}
	const want = `removed  drive ST8000 S2 in 2: 8 TB
added    dimm M321 A` + "\ufffd" + `[31m in A1: 64 GiB
moved    drive ST8000 S1: 1 -> 7, firmware SN01 -> SN02
changed  pci 0000:3b:00.0: link current width x16 -> x8, link degraded no -> yes
changed  nic X710: port 52:54:00:00:00:02 admin up yes -> no
changed  volume md0: members drive:1, drive:2 -> drive:1
unread   dimm: the new audit could not read this part
`
	if diff := cmp.Diff(want, string(AppendDiff(nil, d))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
