// SPDX-License-Identifier: Apache-2.0

package dmi_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/mchus/bee/dmi"
)

// TestMarks: what an older dmidecode prints of a field that it does not know to be
// extended is no value, and what it prints wrongly is mended or left out.
func TestMarks(t *testing.T) {
	for _, tt := range []struct {
		tool, smbios string
		typ          int
		lines, want  string
	}{
		{"3.0", "3.2", 0, "ROM Size: 16384 kB", `{}`},
		{"3.0", "2.8", 0, "ROM Size: 16384 kB", `{"rom_bytes":16777216}`},
		{"3.0", "3.2", 0, "ROM Size: 8192 kB", `{"rom_bytes":8388608}`},
		{"3.1", "3.2", 0, "ROM Size: 16 MB", `{"rom_bytes":16777216}`},
		{"2.12", "3.0", 4, "Core Count: 255\n\tCore Enabled: 128\n\tThread Count: 255", `{"present":false,"cores_enabled":128}`},
		{"2.12", "2.8", 4, "Core Count: 255", `{"present":false,"cores":255}`},
		{"3.0", "3.0", 4, "Core Count: 255", `{"present":false,"cores":255}`},
		{"3.0", "3.1", 7, "Installed Size: 2097088 kB", `{}`},
		{"2.10", "2.7", 16, "Maximum Capacity: 2 TB", `{}`},
		{"2.11", "2.7", 16, "Maximum Capacity: 2 TB", `{"max_capacity_bytes":2199023255552}`},
		{"2.10", "2.7", 17, "Size: 32767 MB", `{"present":true}`},
		{"2.12", "2.7", 17, "Size: 32 GB", `{"present":true,"size_bytes":34359738368}`},
		{"2.10", "2.7", 19, "Starting Address: 0x3FFFFFFFC00\n\tEnding Address: 0x3FFFFFFFFFF\n\tRange Size: 1 kB", `{}`},
		{"2.10", "2.7", 39, "Max Power Capacity: 0.750 W", `{"present":false,"max_power_watts":750}`},
		{"2.11", "2.7", 39, "Max Power Capacity: 750 W", `{"present":false,"max_power_watts":750}`},
		{"3.1", "3.1", 43, "Specification Version: 2.0\n\tFirmware Revision: 7.1", `{"specification_version":"2.0"}`},
		{"3.1", "3.1", 43, "Specification Version: 1.2\n\tFirmware Revision: 6.1", `{"specification_version":"1.2","firmware_revision":"6.1"}`},
		{"3.2", "3.1", 43, "Specification Version: 2.0\n\tFirmware Revision: 7.1", `{"specification_version":"2.0","firmware_revision":"7.1"}`},
		{"", "3.2", 0, "ROM Size: 16384 kB", `{"rom_bytes":16777216}`},
	} {
		head := "# dmidecode " + tt.tool + "\n"
		if tt.tool == "" {
			head = ""
		}
		table, err := dmi.Parse([]byte(fmt.Sprintf("%sSMBIOS %s present.\n\nHandle 0x0001, DMI type %d, 42 bytes\nTitle\n\t%s\n", head, tt.smbios, tt.typ, tt.lines)))
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range table.Views() {
			b, err := json.Marshal(v.Value)
			var got, want map[string]any
			var list []map[string]any
			if json.Unmarshal(b, &list) == nil && len(list) == 1 {
				got = list[0]
			} else if json.Unmarshal(b, &got) != nil || got == nil {
				continue
			}
			delete(got, "handle")
			if err := json.Unmarshal([]byte(tt.want), &want); err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(got) != fmt.Sprint(want) || err != nil || v.Err != nil {
				t.Errorf("dmidecode %s, SMBIOS %s: %s: %v, want %v (%v)", tt.tool, tt.smbios, tt.lines, got, want, v.Err)
			}
		}
	}
}
