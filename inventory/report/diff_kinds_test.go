// SPDX-License-Identifier: Apache-2.0

package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// said words changes in short: "moved drive S1 1>2".
func said(d *Difference) string {
	var list []string
	for _, c := range d.Changes {
		text := words(c.Kind, c.Component, c.Side, c.Serial)
		if c.Serial == "" {
			text = words(text, c.Model)
		}
		if c.Kind == Moved {
			text += " " + c.OldPlace + ">" + c.Place
		}
		for _, f := range c.Fields {
			text += fmt.Sprintf(" %s %v>%v", f.Field, f.Old, f.New)
		}
		list = append(list, text)
	}
	return strings.Join(list, "; ")
}

// gpus, modules, drives, supplies and cards make parts of a machine.
func gpu(address, model, serial, uuid string) GPU {
	id := "gpu:" + address
	if uuid != "" {
		id = "gpu:" + uuid
	}
	return GPU{ID: id, PCIAddress: address, Model: model, Serial: serial, UUID: uuid}
}

func module(slot, part, serial string) MemoryModule {
	id := "dimm:" + slot
	if serial != "" {
		id = "dimm:" + serial
	}
	return MemoryModule{ID: id, Slot: slot, Present: true, SizeBytes: 32 << 30, PartNumber: part, Serial: serial}
}

func disk(name, slot, model, serial string) Drive {
	id := "drive:" + name
	if serial != "" {
		id = "drive:" + serial
	}
	return Drive{ID: id, Name: name, Slot: slot, Model: model, Serial: serial, CapacityBytes: 8e12}
}

func supply(slot, model, serial string) PowerSupply {
	id := "psu:" + slot
	if serial != "" {
		id = "psu:" + serial
	}
	return PowerSupply{ID: id, Slot: slot, Present: new(true), Model: model, Serial: serial}
}

func nic(address, mac string) NetworkCard {
	return NetworkCard{ID: "nic:" + mac, PCIAddress: address, Model: "X710", Firmware: "9.20", Ports: []NetworkPort{{Name: "eth0", PCIAddress: address, PermanentMAC: mac}}}
}

func function(address, slot, device string) PCIFunction {
	return PCIFunction{ID: "pci:" + address, Address: address, Slot: slot, Vendor: IDName{ID: "15b3"}, Device: IDName{ID: device}}
}

func drives(list ...Drive) *Report       { return &Report{Storage: &Storage{Drives: list}} }
func dimms(list ...MemoryModule) *Report { return &Report{Memory: &Memory{Modules: list}} }

// without says that a part was not read.
func without(r *Report, part string) *Report {
	r.Summary.Unjudged = &[]Unjudged{{Component: part, Why: "not installed"}}
	return r
}

func TestDiffOfKinds(t *testing.T) {
	raid := func(unread string, list ...Drive) *Report {
		for i := range list {
			if list[i].Controller == "" {
				list[i].Controller = "controller:1"
			}
		}
		return &Report{Storage: &Storage{Controllers: []StorageController{{ID: "controller:1", Unread: unread}}, Drives: list}}
	}
	volume := func(members ...string) Volume {
		return Volume{ID: "volume:md0", Name: "md0", Kind: "md", Level: "1", Members: members}
	}
	for _, tt := range []struct {
		name     string
		old, new *Report
		want     string
	}{
		{"renamed drives, in each other's bays", drives(disk("sda", "1", "X", "S1"), disk("sdb", "2", "X", "S2")), drives(disk("sda", "1", "X", "S2"), disk("sdb", "2", "X", "S1")), "moved drive S2 2>1; moved drive S1 1>2"},
		{"renamed drives alone", drives(disk("sda", "1", "X", "S1"), disk("sdb", "2", "X", "S2")), drives(disk("sdb", "1", "X", "S1"), disk("sda", "2", "X", "S2")), ""},
		{"equal modules without serial numbers, swapped", dimms(module("A1", "P", ""), module("A2", "P", "")), dimms(module("A2", "P", ""), module("A1", "P", "")), ""},
		{"a module without a serial number in another slot", dimms(module("A1", "P", "")), dimms(module("A3", "P", "")), "removed dimm P; added dimm P"},
		{"another module in the slot, without serial numbers", dimms(module("A1", "P", "")), dimms(module("A1", "Q", "")), "removed dimm P; added dimm Q"},
		{"another module in the slot, the new one with a serial number", dimms(module("A1", "P", "")), dimms(module("A1", "Q", "77")), "removed dimm P; added dimm 77"},
		{"a module whose serial number is read now", dimms(module("A1", "P", "")), dimms(module("A1", "P", "77")), ""},
		{"a part number with a blank at its end", dimms(module("A1", "M393A4K40CB2-CTD ", "")), dimms(module("A1", "M393A4K40CB2-CTD", "")), ""},
		{"GPU replaced by one like it", &Report{GPUs: []GPU{gpu("0000:3b:00.0", "H100", "1", "u1")}}, &Report{GPUs: []GPU{gpu("0000:3b:00.0", "H100", "2", "u2")}}, "removed gpu 1; added gpu 2"},
		{"GPU without a serial number replaced by one like it", &Report{GPUs: []GPU{gpu("0000:3b:00.0", "A10", "", "u1")}}, &Report{GPUs: []GPU{gpu("0000:3b:00.0", "A10", "", "u2")}}, "removed gpu A10; added gpu A10"},
		{"GPU replaced by another, no driver", &Report{GPUs: []GPU{gpu("0000:3b:00.0", "A10", "", "")}}, &Report{GPUs: []GPU{gpu("0000:3b:00.0", "L40", "", "")}}, "removed gpu A10; added gpu L40"},
		{"a GPU's driver is gone", &Report{GPUs: []GPU{gpu("0000:3b:00.0", "NVIDIA A10", "1", "u1")}}, &Report{GPUs: []GPU{gpu("0000:3b:00.0", "GA102GL [A10]", "", "")}}, ""},
		{"network card replaced by one like it", &Report{Network: []NetworkCard{nic("0000:17:00.0", "52:54:00:00:00:01")}}, &Report{Network: []NetworkCard{nic("0000:17:00.0", "52:54:00:00:00:09")}}, "removed nic X710; added nic X710"},
		{"network card's firmware", &Report{Network: []NetworkCard{nic("0000:17:00.0", "m")}}, func() *Report {
			card := nic("0000:17:00.0", "m")
			card.Firmware = "9.30"
			return &Report{Network: []NetworkCard{card}}
		}(), "changed nic X710 firmware 9.20>9.30"},
		{"network card's firmware in other words", &Report{Network: []NetworkCard{nic("0000:17:00.0", "m")}}, func() *Report {
			card := nic("0000:17:00.0", "m")
			card.Firmware = "9.20 0x8000d8c5 1.3353.0"
			return &Report{Network: []NetworkCard{card}}
		}(), ""},
		{"power supply in another bay", &Report{PowerSupplies: []PowerSupply{supply("PS1", "P", "S1")}}, &Report{PowerSupplies: []PowerSupply{supply("PS2", "P", "S1")}}, "moved psu S1 PS1>PS2"},
		{"two power supplies swapped", &Report{PowerSupplies: []PowerSupply{supply("PS1", "P", "S1"), supply("PS2", "P", "S2")}}, &Report{PowerSupplies: []PowerSupply{supply("PS1", "P", "S2"), supply("PS2", "P", "S1")}}, "moved psu S2 PS2>PS1; moved psu S1 PS1>PS2"},
		{"another power supply in the bay", &Report{PowerSupplies: []PowerSupply{supply("PS1", "P", "")}}, &Report{PowerSupplies: []PowerSupply{supply("PS1", "Q", "")}}, "removed psu P; added psu Q"},
		{"a power supply's state in other words", &Report{PowerSupplies: []PowerSupply{{ID: "psu:1", Health: OK, Status: "Present, OK"}}}, &Report{PowerSupplies: []PowerSupply{{ID: "psu:1", Health: OK, Status: "Presence detected"}}}, ""},
		{"a model in 16 characters", drives(disk("sda", "", "INTEL SSDSC2KB480G8", "S1")), drives(disk("sda", "", "INTEL SSDSC2KB48", "S1")), ""},
		{"a model with other marks", drives(disk("sda", "", "Micron_5200_MTFDDAK960TDN", "S1")), drives(disk("sda", "", "Micron 5200 MTFDDAK960TDN", "S1")), ""},
		{"a maker before the model", drives(disk("sda", "", "ATA HUS728T8TALE6L4", "S1")), drives(disk("sda", "", "HUS728T8TALE6L4", "S1")), ""},
		{"a size that a controller rounds", drives(disk("sda", "", "X", "S1")), func() *Report {
			r := drives(disk("sda", "", "X", "S1"))
			r.Storage.Drives[0].CapacityBytes = 8001563222016
			return r
		}(), ""},
		{"microcode with a zero before it", &Report{Processors: []Processor{{ID: "cpu:1", Present: true, Microcode: "0xb000040"}}}, &Report{Processors: []Processor{{ID: "cpu:1", Present: true, Microcode: "0x0b000040"}}}, ""},
		{"another processor in the socket", &Report{Processors: []Processor{{ID: "cpu:1", Socket: "1", Present: true, Model: "E5-2650 v3"}}}, &Report{Processors: []Processor{{ID: "cpu:1", Socket: "1", Present: true, Model: "E5-2650 v4"}}}, "removed cpu E5-2650 v3; added cpu E5-2650 v4"},
		{"serial numbers of several equal drives not read", drives(disk("sda", "", "X", "S1"), disk("sdb", "", "X", "S2")), drives(disk("sdb", "", "X", ""), disk("sda", "", "X", "")), ""},
		{"drives behind a controller that was not asked", raid("", disk("", "1", "X", "S1"), disk("", "2", "X", "S2")), raid("storcli64: not installed"), "unread drive new"},
		{"the same, the other way", raid("storcli64: not installed"), raid("", disk("", "1", "X", "S1")), "unread drive old"},
		{"a drive gone from a controller that was asked", raid("", disk("", "1", "X", "S1"), disk("", "2", "X", "S2")), raid("", disk("", "2", "X", "S2")), "removed drive S1"},
		{"half of the modules read", dimms(module("A1", "P", "1"), module("A2", "P", "2")), without(dimms(module("A1", "P", "1")), "memory"), "unread dimm new"},
		{"nothing read, and nothing there before", &Report{}, without(&Report{}, "memory"), ""},
		{"a drive beside what could not be read", drives(disk("sda", "1", "X", "S1")), without(drives(disk("sda", "1", "X", "S1"), disk("sdb", "2", "X", "S2")), "storage"), "added drive S2"},
		{"buses numbered anew", &Report{PCI: []PCIFunction{function("0000:17:00.0", "", "1017"), function("0000:17:00.1", "", "1017")}}, &Report{PCI: []PCIFunction{function("0000:18:00.0", "", "1017"), function("0000:18:00.1", "", "1017")}}, ""},
		{"buses numbered anew, a card in its slot", &Report{PCI: []PCIFunction{function("0000:17:00.0", "4", "1017")}}, &Report{PCI: []PCIFunction{function("0000:18:00.0", "4", "1017")}}, ""},
		{"a card in another slot", &Report{PCI: []PCIFunction{function("0000:17:00.0", "4", "1017")}}, &Report{PCI: []PCIFunction{function("0000:18:00.0", "5", "1017")}}, "moved pci 4>5"},
		{"a controller on another bus", &Report{Storage: &Storage{Controllers: []StorageController{{ID: "controller:a", PCIAddress: "0000:17:00.0", Model: "9361"}}}}, &Report{Storage: &Storage{Controllers: []StorageController{{ID: "controller:b", PCIAddress: "0000:18:00.0", Model: "9361"}}}}, "moved controller 9361 0000:17:00.0>0000:18:00.0"},
		{
			"members under other ids, in another order",
			&Report{Storage: &Storage{Drives: []Drive{disk("sda", "", "X", "S1"), disk("sdb", "", "X", "S2")}, Volumes: []Volume{volume("drive:S1", "drive:S2")}}},
			&Report{Storage: &Storage{Drives: []Drive{{ID: "drive:0x5000", Serial: "S1", Model: "X"}, disk("sdb", "", "X", "S2")}, Volumes: []Volume{volume("drive:S2", "drive:0x5000")}}},
			"",
		},
		{
			"a member replaced",
			&Report{Storage: &Storage{Drives: []Drive{disk("sda", "1", "X", "S1")}, Volumes: []Volume{volume("drive:S1")}}},
			&Report{Storage: &Storage{Drives: []Drive{disk("sda", "1", "X", "S9")}, Volumes: []Volume{volume("drive:S9")}}},
			"removed drive S1; added drive S9; changed volume md 1 md0 members [drive:S1]>[drive:S9]",
		},
	} {
		if got := said(Diff(tt.old, tt.new, DiffOptions{})); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A document does not differ from itself, and a diff is the same each time.
func TestDiffIsStable(t *testing.T) {
	list := []Drive{}
	for i := range 40 {
		list = append(list, disk(fmt.Sprint("sd", i), "", "X", ""))
	}
	if got := said(Diff(drives(list...), drives(list...), DiffOptions{Readings: true})); got != "" {
		t.Error(got)
	}
	first, _ := json.Marshal(Diff(machine(), drives(list...), DiffOptions{}))
	for range 20 {
		if again, _ := json.Marshal(Diff(machine(), drives(list...), DiffOptions{})); string(again) != string(first) {
			t.Fatal("another order")
		}
	}
}
