// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"testing"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/inventory/report"
)

// fn is a function of a test's bus.
func fn(address, parent, class string, gts float64, width int, maxGTs float64, maxWidth int) report.PCIFunction {
	f := report.PCIFunction{ID: "pci:" + address, Address: address, Parent: parent, Class: report.IDName{ID: class}}
	if maxWidth > 0 {
		f.Link = &report.PCILink{CurrentGTs: gts, CurrentWidth: width, MaxGTs: maxGTs, MaxWidth: maxWidth}
	}
	return f
}

// A link is judged once, at the device that it belongs to, by what both its
// ends and its slot allow.
func TestJudgeEnds(t *testing.T) {
	const root, card, second, port, disk = "0000:00:01.0", "0000:01:00.0", "0000:01:00.1", "0000:02:00.0", "0000:03:00.0"
	virtual := func(f report.PCIFunction, of string) report.PCIFunction { f.VirtualFunctionOf = of; return f }
	made := func(f report.PCIFunction, vendor string) report.PCIFunction { f.Vendor.ID = vendor; return f }
	lanes := func(f report.PCIFunction, n int) report.PCIFunction { f.SlotLanes = n; return f }
	tests := []struct {
		name     string
		list     []report.PCIFunction
		degraded []string // addresses
		limited  []string
	}{
		{"full", []report.PCIFunction{fn(root, "", "0604", 16, 16, 32, 16), fn(card, root, "0200", 16, 16, 16, 16)}, nil, nil},
		{"slow", []report.PCIFunction{fn(root, "", "0604", 8, 16, 16, 16), fn(card, root, "0200", 8, 16, 16, 16)}, []string{card}, nil},
		{"below a slower port", []report.PCIFunction{fn(root, "", "0604", 8, 16, 8, 16), fn(card, root, "0200", 8, 16, 16, 16)}, nil, []string{card}},
		{"below a narrower port and slow", []report.PCIFunction{fn(root, "", "0604", 8, 8, 16, 8), fn(card, root, "0200", 8, 8, 16, 16)}, []string{card}, []string{card}},
		{"below no known port", []report.PCIFunction{fn(card, root, "0200", 8, 8, 16, 16)}, nil, nil},
		{"the best is not known", []report.PCIFunction{fn(root, "", "0604", 16, 16, 16, 16), {Address: card, Parent: root, Link: &report.PCILink{CurrentGTs: 8, CurrentWidth: 16}}}, nil, nil},
		{"two functions", []report.PCIFunction{fn(root, "", "0604", 8, 8, 16, 8), fn(card, root, "0200", 8, 8, 16, 8), fn(second, root, "0200", 8, 8, 16, 8)}, []string{card}, nil},
		{"a virtual function", []report.PCIFunction{fn(root, "", "0604", 8, 8, 8, 8), fn(card, root, "0200", 8, 8, 8, 8), virtual(fn(second, root, "0200", 2.5, 1, 8, 8), card)}, nil, nil},
		{"a port that knows less than it does", []report.PCIFunction{fn(root, "", "0604", 2.5, 1, 2.5, 1), fn(card, root, "0108", 16, 4, 16, 4)}, nil, nil},
		{"a port of a hypervisor", []report.PCIFunction{made(fn(root, "", "0604", 2.5, 4, 16, 16), "1b36"), fn(card, root, "0108", 8, 4, 16, 4)}, nil, nil},
		{"a slot with fewer lanes", []report.PCIFunction{fn(root, "", "0604", 16, 8, 16, 16), lanes(fn(card, root, "0200", 16, 8, 16, 16), 8)}, nil, nil},
		{"fewer lanes than the slot has", []report.PCIFunction{fn(root, "", "0604", 16, 4, 16, 16), lanes(fn(card, root, "0200", 16, 4, 16, 16), 8)}, []string{card}, nil},
		{"more lanes than the slot is said to have", []report.PCIFunction{fn(root, "", "0604", 16, 8, 16, 16), lanes(fn(card, root, "0200", 16, 8, 16, 16), 4)}, []string{card}, nil},
		{"the uplink of a switch", []report.PCIFunction{
			fn(root, "", "0604", 8, 4, 16, 16), fn(card, root, "0604", 8, 4, 8, 16),
			fn(port, card, "0604", 8, 2, 8, 4), fn(disk, port, "0108", 8, 2, 8, 4),
		}, []string{card, disk}, nil},
		{"a bridge to an older bus", []report.PCIFunction{fn(root, "", "0604", 2.5, 1, 5, 1), fn(card, root, "0604", 2.5, 1, 5, 1), fn(port, card, "0300", 0, 0, 0, 0)}, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			judgeEnds(tt.list)
			for _, f := range tt.list {
				if f.Link == nil {
					continue
				}
				if got, want := f.Link.Degraded, has(tt.degraded, f.Address); got != want {
					t.Errorf("%s: degraded %v, want %v", f.Address, got, want)
				}
				if got, want := f.Link.LimitedBy != "", has(tt.limited, f.Address); got != want {
					t.Errorf("%s: limited by %q, want any: %v", f.Address, f.Link.LimitedBy, want)
				}
			}
		})
	}
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// A card is in the slot that firmware names for it or for the port above it.
func TestPlaceInSlots(t *testing.T) {
	const root, other, up, down, card = "0000:80:03.1", "0000:80:03.2", "0000:81:00.0", "0000:82:08.0", "0000:83:00.0"
	list := func(number string) []report.PCIFunction {
		all := []report.PCIFunction{
			fn(root, "", "0604", 8, 8, 8, 8), fn(other, "", "0604", 8, 8, 8, 8),
			fn(up, root, "0604", 8, 8, 8, 8), fn(down, up, "0604", 8, 8, 8, 8), fn(card, down, "0200", 8, 8, 8, 8),
			fn("0000:90:00.0", other, "0200", 8, 8, 8, 8),
		}
		for i := range 2 {
			all[i].Slot = number
		}
		return all
	}
	slot := func(address, usage string) []dmi.Slot {
		return []dmi.Slot{{Designation: "SLOT4", BusAddress: address, Usage: usage, Lanes: 8}}
	}
	tests := []struct {
		name, number string
		slots        []dmi.Slot
		want         map[string]string
		lanes        []string
	}{
		{"the root port is named", "", slot(root, "In Use"), map[string]string{up: "SLOT4", down: "SLOT4", card: "SLOT4"}, []string{up}},
		{"the switch is named", "", slot(up, "In Use"), map[string]string{up: "SLOT4", down: "SLOT4", card: "SLOT4"}, []string{up}},
		{"the card is named", "", slot(card, "In Use"), map[string]string{card: "SLOT4"}, []string{card}},
		{"an empty slot", "", slot(root, "Available"), nil, nil},
		{"a number for two ports", "1", nil, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			functions := list(tt.number)
			placeInSlots(functions, tt.slots)
			for _, f := range functions {
				if f.Slot != tt.want[f.Address] {
					t.Errorf("%s is in %q, want %q", f.Address, f.Slot, tt.want[f.Address])
				}
				if got, want := f.SlotLanes > 0, has(tt.lanes, f.Address); got != want {
					t.Errorf("%s: lanes of the slot known: %v, want %v", f.Address, got, want)
				}
			}
		})
	}
}
