// SPDX-License-Identifier: Apache-2.0

package smbios

import "github.com/mchus/bee/dmi"

// Cache is structure type 7 (DSP0134 7.8).
type Cache struct {
	Designation          string
	Configuration        uint16 // level, socketed, location, enabled, mode
	Maximum, Installed   uint16 // KiB, or 64 KiB with bit 15
	Supported, Current   uint16 // kinds of SRAM, as bits
	Speed                uint8  // ns, 0: unknown
	ErrorCorrection      uint8
	Type, Associativity  uint8
	Maximum2, Installed2 uint32 // KiB, or 64 KiB with bit 31
}

func (g *generator) cache(level int) uint16 {
	c := &Cache{
		Designation:     g.text("L1 Cache", "CPU Internal L2", "L3-Cache", "CACHE3: shared"),
		Configuration:   uint16(level-1) | uint16(g.IntN(2)<<3|g.IntN(4)<<5|g.IntN(2)<<7|g.IntN(4)<<8),
		Supported:       uint16(g.flags(sramTypes)),
		Current:         uint16(g.flags(sramTypes)),
		Speed:           pick(g, 0, uint8(g.Uint32())),
		ErrorCorrection: g.code(cacheCorrections),
		Type:            g.code(cacheTypes),
		Associativity:   g.code(cacheAssociativities),
	}
	c.Maximum, c.Maximum2 = g.cacheSize()
	c.Installed, c.Installed2 = g.cacheSize()
	return g.add(7, c, 0x0F, 0x13, 0x17, 0x1B)
}

func (c *Cache) add(t *Truth, in printed) {
	v := dmi.Cache{View: in.view()}
	if in.has(0x0F) {
		config := c.Configuration
		v.Designation = text(c.Designation)
		v.Level = int(config&7) + 1
		v.Socketed = new(config&(1<<3) != 0)
		v.Location = cacheLocations.text(config>>5&3, in.tool)
		v.Enabled = new(config&(1<<7) != 0)
		v.OperationalMode = cacheModes.text(config>>8&3, in.tool)
		v.MaximumBytes = cacheBytes(c.Maximum, c.Maximum2, in.has(0x17))
		v.InstalledBytes = cacheBytes(c.Installed, c.Installed2, in.has(0x1B))
		v.SupportedSRAM = sramTypes.bits(uint64(c.Supported), in.tool)
		v.InstalledSRAM = sramTypes.bits(uint64(c.Current), in.tool)
	}
	if in.has(0x13) {
		v.SpeedNanosecs = int(c.Speed)
		v.ErrorCorrection = cacheCorrections.text(uint16(c.ErrorCorrection), in.tool)
		v.SystemType = cacheTypes.text(uint16(c.Type), in.tool)
		v.Associativity = cacheAssociativities.text(uint16(c.Associativity), in.tool)
	}
	t.Caches = append(t.Caches, v)
}

// cacheSize returns a size in the 16-bit field and in the 32-bit one: the narrow
// one of a cache of 2 GiB or more is full.
func (g *generator) cacheSize() (uint16, uint32) {
	kib := pick[uint32](g, 0, 32, 512, 1024, 1280, 32767, 32768, 36<<10, 256<<10, 1152<<10, 1<<21, 3<<21, uint32(g.IntN(1<<15)))
	narrow, wide := uint16(kib), kib
	if kib > 0x7FFF {
		narrow = 0x8000 | uint16(min(kib/64, 0x7FFF))
	}
	if kib%64 == 0 && g.oneIn(2) {
		wide = 1<<31 | kib/64
	}
	return narrow, wide
}

// cacheBytes reads either field.
func cacheBytes(narrow uint16, wide uint32, has bool) uint64 {
	if !has {
		wide = uint32(narrow&0x8000)<<16 | uint32(narrow&0x7FFF)
	}
	if wide&(1<<31) != 0 {
		return rounded(uint64(wide&^(1<<31))<<6) << 10
	}
	return rounded(uint64(wide)) << 10
}

var (
	cacheModes           = terms(0, "Write Through|Write Back|Varies With Memory Address|Unknown")
	cacheLocations       = terms(0, "Internal|External|3=Unknown")
	sramTypes            = terms(0, "Other|Unknown|Non-burst|Burst|Pipeline Burst|Synchronous|Asynchronous")
	cacheCorrections     = terms(1, "Other|Unknown|None|Parity|Single-bit ECC|Multi-bit ECC")
	cacheTypes           = terms(1, "Other|Unknown|Instruction|Data|Unified")
	cacheAssociativities = terms(1, "Other|Unknown|Direct Mapped|2-way Set-associative|4-way Set-associative|"+
		"Fully Associative|8-way Set-associative|16-way Set-associative|12-way Set-associative|"+
		"24-way Set-associative|32-way Set-associative|48-way Set-associative|64-way Set-associative|"+
		"20-way Set-associative")
)
