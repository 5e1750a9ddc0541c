// SPDX-License-Identifier: Apache-2.0

package smbios

import "github.com/mchus/bee/dmi"

// MemoryController is structure type 5, obsolete since 2.1 (DSP0134 7.6).
type MemoryController struct {
	ErrorDetection, ErrorCorrection        uint8
	SupportedInterleave, CurrentInterleave uint8
	MaxModuleSize                          uint8 // as a power of two, in MiB
	Speeds, Types                          uint16
	Voltage                                uint8
	Count                                  uint8
	Modules                                []uint16
	EnabledCorrection                      uint8
}

func (g *generator) memoryController() uint16 {
	c := &MemoryController{
		ErrorDetection:      g.code(detectionMethods),
		ErrorCorrection:     uint8(g.flags(correctionCapabilities)),
		SupportedInterleave: g.code(interleaves), CurrentInterleave: g.code(interleaves),
		MaxModuleSize:     uint8(g.IntN(16)),
		Speeds:            uint16(g.flags(moduleSpeeds)),
		Types:             uint16(g.flags(moduleTypes)),
		Voltage:           uint8(g.IntN(8)),
		Modules:           g.handles(6),
		EnabledCorrection: uint8(g.flags(correctionCapabilities)),
	}
	c.Count = uint8(len(c.Modules))
	return g.add(5, c, 0x0F)
}

func (c *MemoryController) add(t *Truth, in printed) {
	v := dmi.MemoryController{View: in.view()}
	if in.has(0x0F) {
		v.ErrorDetection = detectionMethods.text(uint16(c.ErrorDetection), in.tool)
		v.ErrorCorrection = correctionCapabilities.bits(uint64(c.ErrorCorrection), in.tool)
		v.SupportedInterleave = interleaves.text(uint16(c.SupportedInterleave), in.tool)
		v.CurrentInterleave = interleaves.text(uint16(c.CurrentInterleave), in.tool)
		v.MaxModuleBytes = 1 << (20 + c.MaxModuleSize)
		v.MaxTotalBytes = uint64(c.Count) << (20 + c.MaxModuleSize)
		v.SupportedSpeeds = moduleSpeeds.bits(uint64(c.Speeds), in.tool)
		v.SupportedMemoryTypes = moduleTypes.bits(uint64(c.Types), in.tool)
		v.VoltagesMillivolts = voltages(c.Voltage)
	}
	end := 0x0F + 2*len(c.Modules)
	if in.has(end) {
		v.ModuleHandles = c.Modules
	}
	if in.has(end + 1) {
		v.EnabledErrorCorrection = correctionCapabilities.bits(uint64(c.EnabledCorrection), in.tool)
	}
	t.MemoryControllers = append(t.MemoryControllers, v)
}

// MemoryModule is structure type 6, obsolete since 2.1 (DSP0134 7.7).
type MemoryModule struct {
	Socket             string
	Banks              uint8 // two numbers, 0xF: none
	Speed              uint8 // ns, 0: unknown
	Types              uint16
	Installed, Enabled uint8 // bit 7: two banks; a power of two in MiB, 0x7D to 0x7F: none
	Error              uint8
}

func (g *generator) memoryModule() uint16 {
	size := func() uint8 { return uint8(g.IntN(2)<<7) | pick(g, uint8(g.IntN(16)), 0x7D, 0x7E, 0x7F) }
	return g.add(6, &MemoryModule{
		Socket:    g.text("DIMM0", "BANK_0: A", "RAM socket #1"),
		Banks:     pick[uint8](g, 0x01, 0x23, 0xF0, 0x1F, 0xFF),
		Speed:     pick[uint8](g, 0, 60, 70),
		Types:     uint16(g.flags(moduleTypes)),
		Installed: size(), Enabled: size(),
		Error: uint8(g.IntN(8)),
	})
}

func (m *MemoryModule) add(t *Truth, in printed) {
	v := dmi.MemoryModule{View: in.view()}
	if in.has(0x0C) {
		v.Socket = text(m.Socket)
		for _, bank := range []uint8{m.Banks >> 4, m.Banks & 0xF} {
			if bank != 0xF {
				v.BankConnections = append(v.BankConnections, int(bank))
			}
		}
		v.SpeedNanosecs = int(m.Speed)
		v.Types = moduleTypes.bits(uint64(m.Types), in.tool)
		v.Present = m.Installed&0x7F != 0x7F
		v.InstalledBytes, v.EnabledBytes = moduleBytes(m.Installed), moduleBytes(m.Enabled)
		v.ErrorStatus = moduleErrors.text(uint16(m.Error&3), in.tool)
		if m.Error&4 != 0 {
			v.ErrorStatus = "See Event Log"
		}
	}
	t.MemoryModules = append(t.MemoryModules, v)
}

func moduleBytes(code uint8) uint64 {
	if code&0x7F >= 0x7D {
		return 0
	}
	return 1 << (20 + code&0x7F)
}

var (
	detectionMethods       = terms(1, "Other|Unknown|None|8-bit Parity|32-bit ECC|64-bit ECC|128-bit ECC|CRC")
	correctionCapabilities = terms(0, "Other|Unknown|None|Single-bit Error Correcting|Double-bit Error Correcting|Error Scrubbing")
	interleaves            = terms(1, "Other|Unknown|One-way Interleave|Two-way Interleave|Four-way Interleave|"+
		"Eight-way Interleave|Sixteen-way Interleave")
	moduleSpeeds = terms(0, "Other|Unknown|70 ns|60 ns|50 ns")
	moduleTypes  = terms(0, "Other|Unknown|Standard|FPM|EDO|Parity|ECC|SIMM|DIMM|Burst EDO|SDRAM")
	moduleErrors = terms(0, "OK|Uncorrectable Errors|Correctable Errors|Correctable and Uncorrectable Errors")
)

// Channel is structure type 37 (DSP0134 7.38), with one device more than it
// counts: all versions of dmidecode read each device in the place of the next.
type Channel struct {
	Type, MaximumLoad, Count uint8
	Devices                  []ChannelDevice
}

// A ChannelDevice is a memory device on a channel.
type ChannelDevice struct {
	Load   uint8
	Handle uint16
}

func (g *generator) channel() uint16 {
	c := &Channel{Type: g.code(channelTypes), MaximumLoad: uint8(g.IntN(32))}
	c.Count = uint8(g.IntN(4))
	for range c.Count + 1 {
		c.Devices = append(c.Devices, ChannelDevice{uint8(g.IntN(8)), uint16(g.IntN(0x2000))})
	}
	return g.add(37, c)
}

func (c *Channel) add(t *Truth, in printed) {
	v := dmi.MemoryChannel{View: in.view()}
	if in.has(0x07) {
		v.Type = channelTypes.text(uint16(c.Type), in.tool)
		v.MaximumLoad = int(c.MaximumLoad)
	}
	if in.has(0x07 + 3*len(c.Devices)) {
		for _, d := range c.Devices[1:] {
			v.Devices = append(v.Devices, dmi.ChannelDevice{Load: int(d.Load), Handle: handle(d.Handle)})
		}
	}
	t.MemoryChannels = append(t.MemoryChannels, v)
}

var channelTypes = terms(1, "Other|Unknown|RamBus|SyncLink")
