// SPDX-License-Identifier: Apache-2.0

package pciconf

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// Options say what the machine is for.
type Options struct {
	// Numbers says that lspci will print numbers beside the names (-nn), so
	// that names may look like anything. Without numbers "Device 1234" can
	// be an unknown device as well as one of that name.
	Numbers bool
}

// A Machine is a set of functions, sorted as lspci does, and their names.
type Machine struct {
	Functions []Function
	Names     *Names
}

// Generate makes a machine. The same random numbers give the same machine.
func Generate(r *rand.Rand, opts Options) *Machine {
	g := &generator{r, opts}
	byAddress := make(map[string]Function)
	for range 1 + g.IntN(24) {
		f := g.function()
		byAddress[f.address()] = f
	}
	m := new(Machine)
	for _, f := range byAddress {
		m.Functions = append(m.Functions, f)
	}
	slices.SortFunc(m.Functions, func(a, b Function) int {
		return cmp.Or(cmp.Compare(a.Domain, b.Domain), cmp.Compare(a.Bus, b.Bus),
			cmp.Compare(a.Slot, b.Slot), cmp.Compare(a.Func, b.Func))
	})
	m.Names = g.names(m.Functions)
	return m
}

var (
	vendors = []uint16{0x8086, 0x10de, 0x1022, 0x15b3, 0x1000, 0x1af4}
	classes = []uint16{0x0200, 0x0108, 0x0107, 0x0302, 0x0c03, 0x0600, 0x0604, 0x0880}
	sizes   = []int{64, 128, 256, 256, 256, 4096}
)

func (g *generator) function() Function {
	f := Function{
		Bus: uint8(g.Uint32()), Slot: uint8(g.IntN(32)), Func: uint8(g.IntN(8)),
		Vendor: pick(g, vendors), Device: g.number(), Class: pick(g, classes),
		Size: sizes[g.IntN(len(sizes))],
	}
	switch g.IntN(8) {
	case 0:
		f.Domain = g.Uint32() & 0xffff
	case 1:
		f.Domain = 0x10000 + g.Uint32()&0xfff // as behind Intel's VMD
	case 2:
		f.Domain = g.Uint32() >> (1 + g.IntN(31))
	}
	if g.IntN(2) == 0 {
		f.ProgIf = uint8(g.Uint32())
	}
	if g.IntN(2) == 0 {
		f.Revision = uint8(g.Uint32())
	}
	if g.IntN(3) > 0 {
		f.SubVendor, f.SubDevice = pick(g, vendors), g.number()
	}
	if g.IntN(10) == 0 { // subsystem like the device
		f.SubVendor, f.SubDevice = f.Vendor, f.Device
	}
	g.header(&f)
	for range g.IntN(5) {
		body := make([]byte, 2+g.IntN(16))
		for i := range body {
			body[i] = byte(g.Uint32())
		}
		id := uint8(g.IntN(0x20))
		if id == capSubsystem { // that one would be a subsystem
			id = 0x09
		}
		f.Capabilities = append(f.Capabilities, Capability{id, body})
	}
	f.Loop = g.IntN(10) == 0
	return f
}

func (g *generator) header(f *Function) {
	switch g.IntN(12) {
	case 0, 1, 2:
		f.Header, f.Class = 1, 0x0604
		f.Primary, f.Secondary, f.Subordinate = f.Bus, f.Bus+1, f.Bus+1+uint8(g.IntN(8))
	case 3:
		f.Header, f.Class = 2, 0x0607
	case 4:
		f.Header = 3 + uint8(g.IntN(0x7d)) // does not exist
	case 5: // dead
		*f = Function{
			Domain: f.Domain, Bus: f.Bus, Slot: f.Slot, Func: f.Func, Size: f.Size, Dead: true,
			Vendor: 0xffff, Device: 0xffff, Class: 0xffff, ProgIf: 0xff, Revision: 0xff, Header: 0xff,
		}
	}
	if g.IntN(3) == 0 {
		f.Header |= 0x80 // several functions
	}
	if f.Header&0x7f > 2 {
		f.SubVendor, f.SubDevice = 0, 0
	}
}

// pick takes one of the list, or any number.
func pick(g *generator, list []uint16) uint16 {
	if i := g.IntN(len(list) + 2); i < len(list) {
		return list[i]
	}
	return g.number()
}

func (g *generator) number() uint16 {
	switch g.IntN(12) {
	case 0:
		return 0
	case 1:
		return 0xffff
	}
	return uint16(g.Uint32())
}
