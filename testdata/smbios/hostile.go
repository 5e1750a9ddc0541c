// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"encoding/binary"
	"math/rand/v2"
)

// A Hostile is a dump that breaks the rules of the specification: what a careless
// firmware leaves, or what someone made up to break its reader. There is no truth
// to it but that nothing may break.
type Hostile struct {
	Seed   uint64
	Faults []string // what is wrong with it
	Dump   []byte
}

// NewHostile returns the hostile dump of a seed.
func NewHostile(seed uint64) *Hostile {
	m := New(seed)
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 1)), machine: m}
	h := &Hostile{Seed: seed}
	t := &m.Table
	for range g.between(1, 3) {
		f := pick(g, structureFaults...)
		f.spoil(g, t)
		h.Faults = append(h.Faults, f.name)
	}
	table, count := t.Bytes(), len(t.Structures)
	if g.oneIn(3) {
		f := pick(g, tableFaults...)
		table, count = f.spoil(g, table, count)
		h.Faults = append(h.Faults, f.name)
	}
	h.Dump = t.dump(table, count)
	return h
}

// structureFaults spoil a structure, or the order of them.
var structureFaults = []struct {
	name  string
	spoil func(g *generator, t *Table)
}{
	{"shorter than any version", func(g *generator, t *Table) {
		s := g.any(t)
		s.Data = s.Data[:g.IntN(len(s.Data)+1)]
	}},
	{"longer than any version", func(g *generator, t *Table) {
		s := g.any(t)
		for range g.IntN(256 - s.Len()) {
			s.Data = append(s.Data, uint8(g.Uint32()))
		}
	}},
	{"random bytes", func(g *generator, t *Table) {
		for _, s := range []*Structure{g.any(t), g.any(t), g.any(t)} {
			for i := range s.Data {
				s.Data[i] = pick(g, s.Data[i], uint8(g.Uint32()), 0, 0xFF)
			}
		}
	}},
	{"bytes all ones", func(g *generator, t *Table) {
		s := g.any(t)
		for i := range s.Data {
			s.Data[i] = 0xFF
		}
	}},
	{"another type", func(g *generator, t *Table) { g.any(t).Type = uint8(g.IntN(48)) }},
	{"no strings", func(g *generator, t *Table) { g.any(t).Strings = nil }},
	{"strings of control characters", func(g *generator, t *Table) {
		g.any(t).Strings = []string{"\n\nHandle 0x0000, DMI type 0, 0 bytes\n", "\t\t\x1b[2J\r", "\xff\xfe\xfd"}
	}},
	{"end of table in the middle", func(g *generator, t *Table) {
		*g.any(t) = Structure{Type: 127, Handle: 0xFEFE}
	}},
	{"the handle of another", func(g *generator, t *Table) { g.any(t).Handle = g.any(t).Handle }},
	{"two of what there is one of", func(g *generator, t *Table) {
		for range 3 {
			t.Structures = append(t.Structures, t.Structures[g.IntN(3)])
		}
	}},
	{"the length of a common mistake", func(g *generator, t *Table) {
		t.Structures = append(t.Structures, Structure{
			Type: 34, Handle: 0xABCD,
			Data:    []byte{1, 4, 0x95, 2, 0, 0, 3, 'L', 'M', '7', '8', 'x'},
			Strings: []string{"-1"},
		})
	}},
}

// tableFaults spoil the bytes of the whole table, or the number of structures
// that the entry point announces.
var tableFaults = []struct {
	name  string
	spoil func(g *generator, table []byte, count int) ([]byte, int)
}{
	{"cut", func(g *generator, table []byte, count int) ([]byte, int) {
		return table[:g.IntN(len(table))], count
	}},
	{"too few announced", func(g *generator, table []byte, count int) ([]byte, int) { return table, g.IntN(count) }},
	{"too many announced", func(g *generator, table []byte, count int) ([]byte, int) {
		return table, count + g.between(1, 9)
	}},
	{"an entry shorter than its header", func(g *generator, table []byte, count int) ([]byte, int) {
		return append(table, 17, uint8(g.IntN(4)), 1, 0, 0, 0), count + 1
	}},
	{"no final NULs", func(g *generator, table []byte, count int) ([]byte, int) {
		return append(append([]byte(nil), table[:len(table)-2]...), 'x'), count
	}},
	{"missing NULs", func(g *generator, table []byte, count int) ([]byte, int) {
		for i, b := range table {
			if b == 0 && g.oneIn(200) {
				table[i] = 1
			}
		}
		return table, count
	}},
	{"random words", func(g *generator, table []byte, count int) ([]byte, int) {
		for range g.between(1, 20) {
			i := g.IntN(len(table) - 1)
			binary.LittleEndian.PutUint16(table[i:], uint16(g.Uint32()))
		}
		return table, count
	}},
}

// any returns one of the structures.
func (g *generator) any(t *Table) *Structure {
	i := g.IntN(len(t.Structures))
	t.Structures[i] = t.Structures[i].clone()
	return &t.Structures[i]
}
