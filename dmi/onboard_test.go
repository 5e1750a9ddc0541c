// SPDX-License-Identifier: Apache-2.0

package dmi

import "testing"

// TestOnboardDevicesOfOneTitle: before 2.0 all devices of a structure stood
// below one title, with their state behind the name.
func TestOnboardDevicesOfOneTitle(t *testing.T) {
	table, err := Parse([]byte("Handle 0x0A00\n\tDMI type 10, 8 bytes.\n\tOn Board Devices Information\n" +
		"\t\tDescription: Video A : Enabled\n\t\tType: \n\t\tDescription: LAN : B : Disabled\n\t\tType: Ethernet\n\t\tDescription: Sound\n\t\tStatus: Enabled\n"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := table.OnboardDevices()
	if err != nil || len(list) != 3 {
		t.Fatalf("%d devices, %v", len(list), err)
	}
	for i, want := range []struct {
		name, typ string
		enabled   bool
	}{{"Video A", "", true}, {"LAN : B", "Ethernet", false}, {"Sound", "", true}} {
		d := &list[i]
		if d.Designation != want.name || d.Type != want.typ || d.Enabled == nil || *d.Enabled != want.enabled || d.Handle != 0x0a00 {
			t.Errorf("%+v, want %+v", d, want)
		}
	}
}
