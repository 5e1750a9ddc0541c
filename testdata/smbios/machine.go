// SPDX-License-Identifier: Apache-2.0

package smbios

import "math/rand/v2"

// A Machine is a made-up machine.
type Machine struct {
	Seed       uint64
	Table      Table
	structures []fields // what Table.Structures were made from
}

// Truth returns what a version of dmidecode can say of the machine.
func (m *Machine) Truth(tool Tool) *Truth {
	t := &Truth{SMBIOS: m.Table.Version.String()}
	for i, f := range m.structures {
		s := &m.Table.Structures[i]
		in := printed{Header{s.Type, s.Handle, s.Len()}, m.Table.Version, tool}
		t.Heads = append(t.Heads, in.Header)
		f.add(t, in)
	}
	t.MemoryErrors = append(t.memoryErrors32, t.MemoryErrors...)
	t.OnboardDevices = append(t.onboardItems, t.OnboardDevices...)
	return t
}

// versions are those that a machine may claim: of what dmidecode tells apart,
// each side.
var versions = []Version{
	{2, 1, 0},
	{2, 3, 0},
	{2, 4, 0},
	{2, 5, 0},
	{2, 6, 0},
	{2, 7, 0},
	{2, 8, 0},
	{3, 0, 0},
	{3, 1, 1},
	{3, 2, 0},
	{3, 2, 1},
	{3, 3, 0},
	{3, 4, 0},
	{3, 5, 0},
	{3, 6, 0},
	{3, 7, 0},
	{3, 8, 0},
	{3, 9, 0},
}

// New returns the machine of a seed. The same seed always gives the same one.
func New(seed uint64) *Machine {
	m := &Machine{Seed: seed}
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 0)), machine: m}
	m.Table.Version = pick(g, versions...)
	g.handle = uint16(pick(g, 0, 1, 0x100))
	g.bios()
	g.system()
	chassis := g.chassis()
	for range 1 + g.IntN(2)*g.IntN(4) {
		g.baseboard(chassis)
	}
	g.processors(1 << g.IntN(4))
	g.connections()
	g.memory()
	g.sensors()
	g.service()
	if !g.oneIn(20) {
		g.add(127, &EndOfTable{})
	}
	if g.oneIn(20) {
		g.repeatHandle()
	}
	return m
}

// repeatHandle gives a structure the handle of another one.
func (g *generator) repeatHandle() {
	list := g.machine.Table.Structures
	list[g.IntN(len(list))].Handle = list[g.IntN(len(list))].Handle
}

// EndOfTable is structure type 127 (DSP0134 7.45), a header only.
type EndOfTable struct{}

func (*EndOfTable) add(*Truth, printed) {}

// processors adds sockets with their caches.
func (g *generator) processors(n int) {
	family := pick(g, processorFamilies...)
	for i := range n {
		g.processor(i, family, g.cache(1), g.cache(2), g.cache(3))
	}
}

// connections adds ports, slots and devices on the board.
func (g *generator) connections() {
	for range g.IntN(8) {
		g.port()
	}
	for n := range g.IntN(12) {
		g.slot(n)
	}
	for range g.IntN(2) {
		g.onboardDevices()
	}
	for n := range g.IntN(6) {
		g.onboardDevice(n)
	}
}

// sensors adds probes, fans and power supplies, and the devices that watch them.
func (g *generator) sensors() {
	for n := range g.IntN(4) {
		voltage, temperature, current := g.voltageProbe(), g.temperatureProbe(), g.currentProbe()
		fan := g.cooling(temperature)
		g.powerSupply(voltage, fan, current)
		if n == 0 {
			g.management(voltage, temperature, fan)
		}
	}
}

// service adds what the firmware says of itself and of what serves it, each up to
// twice, and some of what few machines have.
func (g *generator) service() {
	for _, add := range []func() uint16{
		g.oemStrings, g.options, g.languages, g.security, g.boot, g.battery, g.ipmi, g.hostInterface, g.tpm, g.firmware,
	} {
		for range g.IntN(3) {
			add()
		}
	}
	rare := []func() uint16{
		g.memoryController, g.memoryModule, g.group, g.eventLog, g.memoryError, g.pointing, g.reset,
		g.powerControls, g.remote, g.integrity, g.channel, g.additional, g.raw, g.raw, g.raw,
	}
	for range g.IntN(8) {
		pick(g, rare...)()
	}
}

// memory adds arrays of slots: a few mostly, and hundreds now and then. The
// modules of a machine are alike, but for some.
func (g *generator) memory() {
	arrays := 1 << g.IntN(4)
	slots := pick(g, 1, 2, 4, 8, 12, 16)
	if g.machine.Table.Version.Major >= 3 && g.oneIn(30) {
		slots = 48
	}
	m := g.module()
	for range arrays {
		array := g.memoryArray(slots)
		for n := range slots {
			if g.oneIn(20) {
				m = g.module()
			}
			device := g.memoryDevice(n, array, m, g.oneIn(4))
			if g.oneIn(10) {
				g.memoryDeviceMapped(device, array)
			}
		}
		for range g.IntN(3) {
			g.memoryArrayMapped(array)
		}
	}
}
