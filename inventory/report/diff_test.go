// SPDX-License-Identifier: Apache-2.0

package report

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// machine is a small server. Each call makes a new one, to be changed.
func machine() *Report {
	return &Report{
		System: &System{Product: "LX2", Serial: "SRV-1"},
		Memory: &Memory{Modules: []MemoryModule{
			{ID: "dimm:AAA1", Slot: "A1", Present: true, SizeBytes: 64 << 30, PartNumber: "M321", Serial: "AAA1"},
			{ID: "dimm:AAA2", Slot: "A2", Present: true, SizeBytes: 64 << 30, PartNumber: "M321", Serial: "AAA2"},
			{ID: "dimm:A3", Slot: "A3"},
		}},
		Storage: &Storage{Drives: []Drive{
			{ID: "drive:S1", Name: "sda", Slot: "1", Model: "ST8000", Serial: "S1", Firmware: "SN01", CapacityBytes: 8e12, Health: OK, Smart: &Smart{TemperatureC: new(30), PowerOnHours: new(int64(100))}},
			{ID: "drive:S2", Name: "sdb", Slot: "2", Model: "ST8000", Serial: "S2", Firmware: "SN01", CapacityBytes: 8e12, Health: OK},
		}},
		PCI: []PCIFunction{
			{ID: "pci:0000:3b:00.0", Address: "0000:3b:00.0", Class: IDName{ID: "0302"}, Vendor: IDName{ID: "10de"}, Device: IDName{ID: "2330", Name: "GH100"}, Link: &PCILink{CurrentWidth: 16, MaxWidth: 16, CurrentGTs: 32, MaxGTs: 32}},
			{ID: "pci:0000:17:00.0", Address: "0000:17:00.0", Vendor: IDName{ID: "8086"}, Device: IDName{ID: "1572"}},
			{ID: "pci:0000:17:00.1", Address: "0000:17:00.1", Vendor: IDName{ID: "8086"}, Device: IDName{ID: "1572"}},
		},
		Network: []NetworkCard{{ID: "nic:52:54:00:00:00:01", PCIAddress: "0000:17:00.0", Model: "X710", Firmware: "9.20", Ports: []NetworkPort{
			{Name: "eth0", PCIAddress: "0000:17:00.0", PermanentMAC: "52:54:00:00:00:01", Link: new(true)},
			{Name: "eth1", PCIAddress: "0000:17:00.1", PermanentMAC: "52:54:00:00:00:02", Link: new(true)},
		}}},
		PowerSupplies: []PowerSupply{{ID: "psu:PS1", Slot: "PS1", Present: new(true), Model: "DPS-800", CapacityW: 800, InputW: new(120.0)}, {ID: "psu:PS2", Slot: "PS2", Present: new(false)}},
		Firmware:      []Firmware{{Component: "bios", Version: "3.2a"}},
		Summary:       Summary{Health: OK, Unjudged: &[]Unjudged{}},
	}
}

func TestDiff(t *testing.T) {
	tests := []struct {
		name   string
		change func(r *Report)
		want   []Change
	}{
		{"nothing", func(*Report) {}, nil},
		{"another boot", func(r *Report) {
			drives := r.Storage.Drives
			drives[0].Name, drives[1].Name = "sdb", "sda"
			drives[0], drives[1] = drives[1], drives[0]
			drives[1].Smart = &Smart{TemperatureC: new(41), PowerOnHours: new(int64(101))}
			r.PowerSupplies[0].InputW = new(140.0)
		}, nil},
		{"swapped DIMMs", func(r *Report) {
			m := r.Memory.Modules
			m[0].Slot, m[1].Slot = "A2", "A1"
		}, []Change{
			{Kind: Moved, Component: "dimm", ID: "dimm:AAA1", Model: "M321", Serial: "AAA1", OldPlace: "A1", Place: "A2"},
			{Kind: Moved, Component: "dimm", ID: "dimm:AAA2", Model: "M321", Serial: "AAA2", OldPlace: "A2", Place: "A1"},
		}},
		{"a DIMM less", func(r *Report) {
			r.Memory.Modules[1] = MemoryModule{ID: "dimm:A2", Slot: "A2"}
		}, []Change{{Kind: Removed, Component: "dimm", ID: "dimm:AAA2", Model: "M321", Serial: "AAA2", Place: "A2", SizeBytes: 64 << 30}}},
		{"drive moved", func(r *Report) { r.Storage.Drives[0].Slot = "7" }, []Change{
			{Kind: Moved, Component: "drive", ID: "drive:S1", Model: "ST8000", Serial: "S1", OldPlace: "1", Place: "7"},
		}},
		{"new firmware", func(r *Report) { r.Storage.Drives[0].Firmware = "SN02" }, []Change{
			{Kind: Changed, Component: "drive", ID: "drive:S1", Model: "ST8000", Serial: "S1", Place: "1", Fields: []FieldChange{{"firmware", "SN01", "SN02"}}},
		}},
		{"link from x16 to x8", func(r *Report) {
			*r.PCI[0].Link = PCILink{CurrentWidth: 8, MaxWidth: 16, CurrentGTs: 2.5, MaxGTs: 32, Degraded: true}
		}, []Change{
			{Kind: Changed, Component: "pci", ID: "pci:0000:3b:00.0", Model: "GH100", Place: "0000:3b:00.0", Fields: []FieldChange{
				{"link.current_width", json.Number("16"), json.Number("8")}, {"link.degraded", false, true},
			}},
		}},
		{"drive replaced in its slot", func(r *Report) {
			r.Storage.Drives[1].ID, r.Storage.Drives[1].Serial = "drive:S9", "S9"
		}, []Change{
			{Kind: Removed, Component: "drive", ID: "drive:S2", Model: "ST8000", Serial: "S2", Place: "2", SizeBytes: 8e12},
			{Kind: Added, Component: "drive", ID: "drive:S9", Model: "ST8000", Serial: "S9", Place: "2", SizeBytes: 8e12},
		}},
		{"serial number not read", func(r *Report) {
			r.Storage.Drives[1].ID, r.Storage.Drives[1].Serial = "drive:sdb", ""
		}, nil},
		{"another id for the same serial number", func(r *Report) { r.Storage.Drives[1].ID = "drive:0x5000c500aabbccdd" }, nil},
		{"health", func(r *Report) {
			r.Storage.Drives[1].Health, r.Summary.Health = Critical, Critical
		}, []Change{
			{Kind: Changed, Component: "machine", Fields: []FieldChange{{"health", OK, Critical}}},
			{Kind: Changed, Component: "drive", ID: "drive:S2", Model: "ST8000", Serial: "S2", Place: "2", Fields: []FieldChange{{"health", OK, Critical}}},
		}},
		{"a card out is one change", func(r *Report) { r.Network, r.PCI = nil, r.PCI[:1] }, []Change{
			{Kind: Removed, Component: "nic", ID: "nic:52:54:00:00:00:01", Model: "X710", Place: "0000:17:00.0"},
		}},
		{"another card at the address", func(r *Report) {
			r.PCI[0].Device = IDName{ID: "20b0", Name: "GA100"}
		}, []Change{
			{Kind: Removed, Component: "pci", ID: "pci:0000:3b:00.0", Model: "GH100", Place: "0000:3b:00.0"},
			{Kind: Added, Component: "pci", ID: "pci:0000:3b:00.0", Model: "GA100", Place: "0000:3b:00.0"},
		}},
		{"a card in another slot", func(r *Report) {
			card := &r.Network[0]
			card.PCIAddress, card.Ports[0].PCIAddress, card.Ports[1].PCIAddress = "0000:af:00.0", "0000:af:00.0", "0000:af:00.1"
			r.PCI[1].ID, r.PCI[1].Address = "pci:0000:af:00.0", "0000:af:00.0"
			r.PCI[2].ID, r.PCI[2].Address = "pci:0000:af:00.1", "0000:af:00.1"
		}, []Change{
			{Kind: Moved, Component: "nic", ID: "nic:52:54:00:00:00:01", Model: "X710", OldPlace: "0000:17:00.0", Place: "0000:af:00.0"},
		}},
		{"a cable pulled", func(r *Report) { r.Network[0].Ports[1].Link = new(false) }, []Change{
			{Kind: Changed, Component: "nic", ID: "nic:52:54:00:00:00:01", Model: "X710", Place: "0000:17:00.0", Fields: []FieldChange{{"ports[52:54:00:00:00:02].link", true, false}}},
		}},
		{"a power supply in the empty bay", func(r *Report) {
			r.PowerSupplies[1] = PowerSupply{ID: "psu:PS2", Slot: "PS2", Present: new(true), Model: "DPS-800"}
		}, []Change{{Kind: Added, Component: "psu", ID: "psu:PS2", Model: "DPS-800", Place: "PS2"}}},
		{"BIOS", func(r *Report) { r.Firmware[0].Version = "3.3" }, []Change{
			{Kind: Changed, Component: "firmware", Model: "bios", Fields: []FieldChange{{"version", "3.2a", "3.3"}}},
		}},
		{"memory not read", func(r *Report) {
			r.Memory, r.Summary.Unjudged = nil, &[]Unjudged{{Component: "memory", Why: "dmidecode: not installed"}}
		}, []Change{{Kind: Unread, Component: "dimm", Side: "new"}}},
		{"wordings", func(r *Report) {
			r.Network[0].Model, r.PCI[0].Device.Name, r.Storage.Drives[0].StateText = "Ethernet Controller X710", "GH100 [H100 SXM5]", "Onln"
		}, nil},
		{"other machine", func(r *Report) { r.System.Serial = "SRV-2" }, []Change{
			{Kind: Changed, Component: "system", Model: "LX2", Fields: []FieldChange{{"serial", "SRV-1", "SRV-2"}}},
		}},
	}
	for _, tt := range tests {
		changed := machine()
		tt.change(changed)
		if diff := cmp.Diff(tt.want, Diff(machine(), changed, DiffOptions{}).Changes, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestDiffReadings(t *testing.T) {
	warmer := machine()
	warmer.Storage.Drives[0].Smart.TemperatureC = new(41)
	want := []Change{{Kind: Changed, Component: "drive", ID: "drive:S1", Model: "ST8000", Serial: "S1", Place: "1", Fields: []FieldChange{
		{"smart.temperature_c", json.Number("30"), json.Number("41")},
	}}}
	if diff := cmp.Diff(want, Diff(machine(), warmer, DiffOptions{Readings: true}).Changes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Every path of the table is a field of its component: a renamed one would
// never differ again.
func TestDiffPathsExist(t *testing.T) {
	types := map[string]reflect.Type{
		"board": reflect.TypeFor[Baseboard](), "cpu": reflect.TypeFor[Processor](), "dimm": reflect.TypeFor[MemoryModule](),
		"controller": reflect.TypeFor[StorageController](), "drive": reflect.TypeFor[Drive](), "volume": reflect.TypeFor[Volume](),
		"pci": reflect.TypeFor[PCIFunction](), "nic": reflect.TypeFor[NetworkCard](), "gpu": reflect.TypeFor[GPU](),
		"psu": reflect.TypeFor[PowerSupply](), "sensor": reflect.TypeFor[Sensor](),
	}
	for _, p := range parts {
		for _, path := range append(append([]string{}, p.facts...), p.readings...) {
			if !hasPath(types[p.kind], path) {
				t.Errorf("%s has no field %q", p.kind, path)
			}
		}
		delete(types, p.kind)
	}
	for _, path := range portFacts {
		if !hasPath(reflect.TypeFor[NetworkPort](), path) {
			t.Errorf("a port has no field %q", path)
		}
	}
	if len(types) > 0 {
		t.Errorf("not compared: %v", types)
	}
}

func hasPath(t reflect.Type, path string) bool {
	for key := range strings.SplitSeq(path, ".") {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			return false
		}
		field, ok := fieldsOf(t)[key]
		if !ok {
			return false
		}
		t = field
	}
	return true
}
