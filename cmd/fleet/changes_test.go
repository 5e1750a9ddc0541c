// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func drive(machine, place, serial string) component {
	return component{Kind: "drive", Machine: machine, Place: place, Serial: serial, Model: "M1"}
}

// TestParts: one serial number is one part unless the models say otherwise.
func TestParts(t *testing.T) {
	whole, cut, other := drive("a", "1", "S"), drive("b", "1", "S"), drive("c", "1", "S")
	whole.Model, cut.Model, other.Model = "INTEL SSDSC2KB480G8", "SSDSC2KB48", "ST8000NM000A"
	parts := partsOf([]component{other, cut, whole}, []component{whole})
	if len(parts) != 2 || len(parts[0].now) != 2 || len(parts[0].before) != 1 || len(parts[1].now) != 1 {
		t.Errorf("%+v", parts)
	}
}

func TestMoves(t *testing.T) {
	tests := map[string]struct {
		now, before       []component
		moved             []string // from → to
		came, gone, twice bool
	}{
		"stays":                {now: []component{drive("a", "1", "S")}, before: []component{drive("a", "1", "S")}},
		"place is not known":   {now: []component{drive("a", "", "S")}, before: []component{drive("a", "1", "S")}},
		"another slot":         {now: []component{drive("a", "2", "S")}, before: []component{drive("a", "1", "S")}, moved: []string{"a 1 → a 2"}},
		"another machine":      {now: []component{drive("b", "1", "S")}, before: []component{drive("a", "1", "S")}, moved: []string{"a 1 → b 1"}},
		"came":                 {now: []component{drive("a", "1", "S")}, came: true},
		"gone":                 {before: []component{drive("a", "1", "S")}, gone: true},
		"a copy came":          {now: []component{drive("a", "1", "S"), drive("b", "1", "S")}, before: []component{drive("a", "1", "S")}, came: true, twice: true},
		"two stay":             {now: []component{drive("a", "1", "S"), drive("b", "1", "S")}, before: []component{drive("a", "1", "S"), drive("b", "1", "S")}, twice: true},
		"one of two moved":     {now: []component{drive("a", "1", "S"), drive("c", "1", "S")}, before: []component{drive("a", "1", "S"), drive("b", "1", "S")}, moved: []string{"b 1 → c 1"}, twice: true},
		"two in one, one slot": {now: []component{drive("a", "1", "S"), drive("a", "3", "S")}, before: []component{drive("a", "1", "S"), drive("a", "2", "S")}, moved: []string{"a 2 → a 3"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			parts := partsOf(tt.now, tt.before)
			if len(parts) != 1 {
				t.Fatalf("%d parts", len(parts))
			}
			moved, came, gone := movesOf(parts[0])
			var got []string
			for _, m := range moved {
				got = append(got, m.OldMachine+" "+m.OldPlace+" → "+m.Machine+" "+m.Place)
			}
			if diff := cmp.Diff(tt.moved, got); diff != "" {
				t.Error(diff)
			}
			_, twice := duplicateOf(parts[0])
			if (len(came) > 0) != tt.came || (len(gone) > 0) != tt.gone || twice != tt.twice {
				t.Errorf("came %v, gone %v, twice %v", came, gone, twice)
			}
		})
	}
}

// TestChanges: what was not read, now or then, is neither added nor removed.
func TestChanges(t *testing.T) {
	here, silent := &presence{}, &presence{[]string{"storage"}}
	s1, s2 := drive("a", "1", "S1"), drive("a", "1", "S2")
	tests := map[string]struct {
		now, before *presence
		came, gone  []component
		want        []string
	}{
		"replaced":            {here, here, []component{s2}, []component{s1}, []string{"replaced S2 S1"}},
		"no place":            {here, here, []component{drive("a", "", "S2")}, []component{drive("a", "", "S1")}, []string{"added S2 ", "removed  S1"}},
		"other places":        {here, here, []component{drive("a", "2", "S2")}, []component{s1}, []string{"added S2 ", "removed  S1"}},
		"not read now":        {silent, here, nil, []component{s1}, []string{"unread  S1"}},
		"not read then":       {here, silent, []component{s2}, nil, []string{"unread S2 "}},
		"a machine came":      {here, nil, []component{s2}, nil, []string{"seen  "}},
		"a machine is gone":   {nil, here, nil, []component{s1}, []string{"unseen  "}},
		"nothing of the kind": {here, here, nil, nil, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, c := range changesOf("a", tt.now, tt.before, tt.came, tt.gone) {
				got = append(got, c.Change+" "+c.Serial+" "+c.OldSerial)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNewest: the newest audit of each machine counts, in any order; machines
// that share a serial number stay apart.
func TestNewest(t *testing.T) {
	audit := func(file, at, uuid string) facts {
		return facts{Names: []string{"smbios.system.serial=S", "uuid=" + uuid}, Machine: machine{Machine: "S"}, File: fileAt(file, at)}
	}
	old, last, other := audit("1", "2026-01-01T00:00:00Z", "u1"), audit("2", "2026-02-01T00:00:00Z", "u1"), audit("3", "2026-01-15T00:00:00Z", "u2")
	for _, list := range [][]facts{{old, last, other}, {other, last, old}, {last, old, other}} {
		machines, older := newest(list)
		if len(machines) != 2 || len(older) != 1 || machines[0].File.File != "2" || machines[0].Machine.Documents != 2 {
			t.Fatalf("%+v, %+v", machines, older)
		}
		if a, b := machines[0].Machine.Machine, machines[1].Machine.Machine; a != "S#u1" || b != "S#u2" || older[0].Machine != "S#u1" {
			t.Errorf("names %q, %q, %q", a, b, older[0].Machine)
		}
	}
}

func fileAt(name, at string) file { return file{File: name, CollectedAt: at, Kind: kindCapture} }
