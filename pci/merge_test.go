// SPDX-License-Identifier: Apache-2.0

package pci_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/pci"
)

func TestMerge(t *testing.T) {
	tool := &pci.List{
		Stray: []pci.Field{{Value: "noise", Line: 1}},
		Devices: []pci.Device{
			{Address: "0000:01:00.0", Vendor: id("", "Intel"), Class: id("0200", "Ethernet"), Driver: "igb", Line: 2, Fields: []pci.Field{{Key: "Slot", Value: "01:00.0", Line: 2}}},
			{Address: "0000:02:00.0", Vendor: id("8086", "Intel"), NUMANode: node(0)},
			{Address: "", Driver: "lost"},
			{Address: "", Driver: "lost too"},
			{Address: "0000:01:00.0", Revision: "01"}, // printed twice
		},
	}
	kernel := &pci.List{Devices: []pci.Device{
		{Address: "0000:00:00.0", Vendor: id("8086", "")},
		{
			Address: "0000:01:00.0", Vendor: id("8086", ""), Class: id("0200", ""), Driver: "vfio-pci", Revision: "02", ProgIf: "00",
			NUMANode: node(1), Parent: "0000:00:01.0", Link: pci.Link{SpeedMTs: 8000, Width: 4}, MaxLink: pci.Link{SpeedMTs: 16000},
			SRIOV: &pci.SRIOV{TotalVFs: 8}, Modules: []string{"igb"}, IOMMUGroup: "7", PhysicalSlot: "3",
		},
		{Address: "0000:02:00.0", Vendor: id("144d", ""), NUMANode: node(1), PhysicalFunction: "0000:01:00.0"}, // another card by now
	}}
	want := &pci.List{
		Stray: tool.Stray,
		Devices: []pci.Device{
			{
				Address: "0000:01:00.0", Vendor: id("8086", "Intel"), Class: id("0200", "Ethernet"), Driver: "igb", Revision: "01", ProgIf: "00",
				NUMANode: node(1), Parent: "0000:00:01.0", Link: pci.Link{SpeedMTs: 8000, Width: 4}, MaxLink: pci.Link{SpeedMTs: 16000},
				SRIOV: &pci.SRIOV{TotalVFs: 8}, Modules: []string{"igb"}, IOMMUGroup: "7", PhysicalSlot: "3",
				Line: 2, Fields: tool.Devices[0].Fields,
			},
			{Address: "0000:02:00.0", Vendor: id("8086", "Intel"), NUMANode: node(0), PhysicalFunction: "0000:01:00.0"},
			{Driver: "lost"},
			{Driver: "lost too"},
			{Address: "0000:00:00.0", Vendor: id("8086", "")},
		},
	}
	if diff := cmp.Diff(want, pci.Merge(tool, kernel)); diff != "" {
		t.Errorf("Merge mismatch (-want +got):\n%s", diff)
	}
	if tool.Devices[0].ProgIf != "" || kernel.Devices[1].Driver != "vfio-pci" {
		t.Error("Merge changed its arguments")
	}
	if got := pci.Merge(); got == nil || len(got.Devices) != 0 {
		t.Errorf("Merge of nothing = %v", got)
	}
}

func TestTopology(t *testing.T) {
	list := &pci.List{Devices: []pci.Device{
		{Address: "0000:00:01.0"},
		{Address: "0000:01:00.0", Parent: "0000:00:01.0"},
		{Address: "0000:02:00.0", Parent: "0000:03:00.0"}, // a loop
		{Address: "0000:03:00.0", Parent: "0000:02:00.0"},
		{Address: "0000:04:00.0", Parent: "0000:99:00.0"}, // not in the list
		{Address: "", Parent: ""},
	}}
	for in, want := range map[string]string{
		"0000:01:00.0": "0000:01:00.0", "01:00.0": "0000:01:00.0", "0000:01:00.1": "", "": "", "nowhere": "",
	} {
		got := ""
		if d := list.Lookup(in); d != nil {
			got = d.Address
		}
		if got != want {
			t.Errorf("Lookup(%q) = %q, want %q", in, got, want)
		}
	}
	for i, want := range []int{0, 1, len(list.Devices), len(list.Devices), 0, 0} {
		if got := list.Ancestors(&list.Devices[i]); len(got) != want {
			t.Errorf("device %d has %d ancestors, want %d", i, len(got), want)
		}
	}
	for _, tt := range []struct {
		now, max pci.Link
		want     bool
	}{
		{pci.Link{SpeedMTs: 8000, Width: 8}, pci.Link{SpeedMTs: 8000, Width: 8}, false},
		{pci.Link{SpeedMTs: 8000, Width: 8}, pci.Link{SpeedMTs: 16000, Width: 8}, true},
		{pci.Link{SpeedMTs: 8000, Width: 4}, pci.Link{SpeedMTs: 8000, Width: 8}, true},
		{pci.Link{SpeedMTs: 16000, Width: 8}, pci.Link{SpeedMTs: 8000, Width: 8}, false},
		{pci.Link{}, pci.Link{SpeedMTs: 8000, Width: 8}, false},
		{pci.Link{SpeedMTs: 8000, Width: 8}, pci.Link{}, false},
	} {
		if got := tt.now.Below(tt.max); got != tt.want {
			t.Errorf("%+v.Below(%+v) = %v", tt.now, tt.max, got)
		}
	}
}
