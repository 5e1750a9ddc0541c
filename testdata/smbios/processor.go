// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"encoding/binary"
	"fmt"

	"github.com/mchus/bee/dmi"
)

// Processor is structure type 4, a socket (DSP0134 7.5).
type Processor struct {
	Socket                                 string
	Type, Family                           uint8 // Family 0xFE: see Family2
	Manufacturer                           string
	ID                                     [8]uint8
	Version                                string
	Voltage                                uint8  // bit 7: tenths of a volt, else three bits
	ExternalClock, MaxSpeed, CurrentSpeed  uint16 // MHz, 0: unknown
	Status, Upgrade                        uint8  // Status bit 6: populated
	L1, L2, L3                             uint16 // handles of the caches, 0xFFFF: none
	Serial, AssetTag, PartNumber           string
	CoreCount, CoreEnabled, ThreadCount    uint8 // 0: unknown, 0xFF: see the fields below
	Characteristics                        uint16
	Family2                                uint16
	CoreCount2, CoreEnabled2, ThreadCount2 uint16
	ThreadEnabled                          uint16
}

// processor is a socket of a machine whose processors are all alike.
func (g *generator) processor(n int, family term, l1, l2, l3 uint16) uint16 {
	p := &Processor{
		Socket:        g.text(fmt.Sprintf("CPU%d", n), fmt.Sprintf("P%d", n), fmt.Sprintf("CPU Socket %d", n)),
		Type:          g.code(processorTypes),
		Family:        0xFE,
		Manufacturer:  g.text("Intel(R) Corporation", "Advanced Micro Devices, Inc.", "Ampere(R)", "GenuineIntel"),
		Version:       g.text("Intel(R) Xeon(R) Platinum 8380 CPU @ 2.30GHz", "AMD EPYC 9654 96-Core Processor                ", "Ampere(R) Altra(R) Max Processor"),
		Voltage:       pick(g, 0x80|18, 0x80|uint8(g.between(5, 127)), 0x80, uint8(g.IntN(8)), 0x02),
		ExternalClock: sometimes(g, pick[uint16](g, 100, 133, 200, 1000), 0),
		MaxSpeed:      sometimes(g, uint16(g.between(800, 6000)), 0),
		CurrentSpeed:  sometimes(g, uint16(g.between(800, 6000)), 0),
		Status:        sometimes[uint8](g, 0x41, uint8(g.IntN(128))),
		Upgrade:       g.code(processorUpgrades),
		L1:            sometimes(g, l1, 0xFFFF), L2: sometimes(g, l2, 0xFFFF), L3: sometimes(g, l3, 0xFFFF),
		Serial: g.serial(), AssetTag: g.text("CPU-A-1", "01"), PartNumber: g.text("PK8071305554801", "100-000000789"),
		Characteristics: uint16(g.flags(processorCharacteristics)),
		Family2:         family.code,
		ThreadEnabled:   sometimes(g, uint16(g.between(1, 512)), 0),
	}
	if family.code < 0xFE && !g.oneIn(8) {
		p.Family = uint8(family.code)
	}
	binary.LittleEndian.PutUint64(p.ID[:], g.Uint64()&pick(g, ^uint64(0), 0x00000000_0fffffff, 0))
	p.CoreCount2, p.CoreCount = g.count()
	p.CoreEnabled2, p.CoreEnabled = g.count()
	p.ThreadCount2, p.ThreadCount = g.count()
	return g.add(4, p, 0x1A, 0x20, 0x23, 0x28, 0x2A, 0x30)
}

// count returns a number of cores or threads, in 16 bits and in the 8 bits of
// older versions, which say 0xFF where they are too few.
func (g *generator) count() (wide uint16, narrow uint8) {
	wide = pick(g, 0, uint16(g.between(1, 254)), uint16(g.between(1, 254)), 255, 256, uint16(g.between(257, 1024)))
	return wide, uint8(min(wide, 0xFF))
}

func (p *Processor) add(t *Truth, in printed) {
	v := dmi.Processor{View: in.view()}
	if in.has(0x1A) {
		v.Socket, v.Manufacturer, v.Version = text(p.Socket), text(p.Manufacturer), text(p.Version)
		v.Type = processorTypes.text(uint16(p.Type), in.tool)
		v.Family = p.family(in).name(in.tool)
		v.ID = fmt.Sprintf("% X", p.ID[:])
		p.identify(&v, in)
		v.VoltagesMillivolts = voltages(p.Voltage)
		v.ExternalClockMHz, v.MaxSpeedMHz, v.CurrentSpeedMHz = int(p.ExternalClock), int(p.MaxSpeed), int(p.CurrentSpeed)
		if p.Status&0x40 != 0 {
			v.Present = true
			v.Status = processorStatuses.text(uint16(p.Status&7), in.tool)
		}
		v.Upgrade = processorUpgrades.text(uint16(p.Upgrade), in.tool)
	}
	if in.has(0x20) {
		v.L1CacheHandle, v.L2CacheHandle, v.L3CacheHandle = handle(p.L1), handle(p.L2), handle(p.L3)
	}
	if in.has(0x23) {
		v.SerialNumber, v.AssetTag, v.PartNumber = text(p.Serial), text(p.AssetTag), text(p.PartNumber)
	}
	if in.has(0x28) {
		v.Cores = counted(p.CoreCount, p.CoreCount2, in.has(0x2C))
		v.CoresEnabled = counted(p.CoreEnabled, p.CoreEnabled2, in.has(0x2E))
		v.Threads = counted(p.ThreadCount, p.ThreadCount2, in.has(0x30))
		// dmidecode prints none of the bits if none of the lower six is set.
		if p.Characteristics&0xFC != 0 {
			v.Characteristics = processorCharacteristics.bits(uint64(p.Characteristics), in.tool)
		}
	}
	if in.has(0x32) && in.tool >= 306 {
		v.ThreadsEnabled = int(p.ThreadEnabled)
	}
	t.Processors = append(t.Processors, v)
}

// counted returns the 16-bit count where there is one and the 8-bit one is full.
func counted(narrow uint8, wide uint16, has bool) int {
	if narrow == 0xFF && has {
		return int(wide)
	}
	return int(narrow)
}

// family returns the term of the processor's family, which takes 16 bits since
// version 2.6 of the specification.
func (p *Processor) family(in printed) term {
	code := uint16(p.Family)
	if code == 0xFE && in.has(0x2A) {
		code = p.Family2
	}
	for _, f := range processorFamilies {
		if f.code == code {
			return f
		}
	}
	return term{}
}

// identify sets what dmidecode reads from the ID of the families whose ID it
// knows the layout of.
func (p *Processor) identify(v *dmi.Processor, in printed) {
	id := binary.LittleEndian.Uint32(p.ID[:])
	switch family := p.family(in).code; {
	case intelFamilies[family]:
		v.Signature = fmt.Sprintf("Type %d, Family %d, Model %d, Stepping %d",
			id>>12&3, id>>20&0xFF+id>>8&0xF, id>>12&0xF0+id>>4&0xF, id&0xF)
	case amdFamilies[family]:
		base, model := id>>8&0xF, id>>4&0xF
		if base == 0xF {
			base, model = base+id>>20&0xFF, model|id>>12&0xF0
		}
		v.Signature = fmt.Sprintf("Family %d, Model %d, Stepping %d", base, model, id&0xF)
	case family == 0x100, family == 0x101, family == 0x102 && in.tool >= 306:
		v.Signature = p.arm(in)
		return
	case family >= 0x258 && family <= 0x271 && in.tool >= 306:
		v.Signature = fmt.Sprintf("Processor Identity 0x%08x", id)
		return
	default:
		return
	}
	v.Flags = cpuidFlags.bits(uint64(binary.LittleEndian.Uint32(p.ID[4:])), in.tool)
}

// arm reads the ID of an ARM processor: that of the system on chip where a bit of
// the characteristics says so, which dmidecode knows since 3.4, or else MIDR_EL1.
func (p *Processor) arm(in printed) string {
	id, revision := binary.LittleEndian.Uint32(p.ID[:]), binary.LittleEndian.Uint32(p.ID[4:])
	switch {
	case in.has(0x28) && p.Characteristics&(1<<9) != 0 && in.tool >= 304:
		return fmt.Sprintf("JEP-106 Bank 0x%02x Manufacturer 0x%02x, SoC ID 0x%04x, SoC Revision 0x%08x",
			id>>24&0x7F, id>>16&0x7F, id&0xFFFF, revision)
	case id == 0:
		return ""
	}
	return fmt.Sprintf("Implementor 0x%02x, Variant 0x%x, Architecture %d, Part 0x%03x, Revision %d",
		id>>24, id>>20&0xF, id>>16&0xF, id>>4&0xFFF, id&0xF)
}

// voltages reads a voltage in tenths, or the three bits of the voltages that a
// socket can give.
func voltages(code uint8) []int {
	if code&0x80 != 0 {
		if tenths := int(code & 0x7F); tenths != 0 {
			return []int{100 * tenths}
		}
		return nil
	}
	var list []int
	for bit, mv := range []int{5000, 3300, 2900} {
		if code>>bit&1 != 0 {
			list = append(list, mv)
		}
	}
	return list
}

// The families whose ID is that of CPUID.
var (
	intelFamilies = map[uint16]bool{0x0F: true, 0x2B: true, 0xA1: true, 0xB3: true, 0xB5: true, 0xC6: true, 0xCD: true, 0xCE: true, 0xCF: true, 0xD6: true}
	amdFamilies   = map[uint16]bool{0x3D: true, 0x4D: true, 0x6B: true, 0x84: true, 0xEE: true}
)

var (
	processorTypes    = terms(1, "Other|Unknown|Central Processor|Math Processor|DSP Processor|Video Processor")
	processorFamilies = terms(1, "Other|Unknown|0F=Celeron|2B=Atom|3D=Opteron 6200|4D=Opteron 6300|6B=Zen|"+
		"82=Itanium|84=Opteron|A1=Quad-Core Xeon 3200|B3=Xeon|B5=Xeon MP|B8=Itanium 2|C6=Core i7|CC=z/Architecture|"+
		"CD=Core i5|CE=Core i3|CF=Core i9|D6=Multi-Core Xeon|EE=Six-Core Opteron|"+
		"100=ARMv7|101=ARMv8|102=ARMv9@3.6|258=LoongArch@3.6|25B=Loongson 3@3.6|270=Multi-Core Loongson 3C 5xxx@3.6|"+
		"300=Core 3@3.7|301=Core 5@3.7|307=Core Ultra 9@3.7|200=RV32|201=RV64|202=RV128")
	processorStatuses = terms(0, "Unknown|Enabled|Disabled by user|Disabled by firmware|Idle|7=Other")
	processorUpgrades = terms(1, "Other|Unknown|Daughter Board|ZIF Socket|Replaceable Piggy Back|None|LIF Socket|Slot 1|"+
		"Slot 2|370-pin Socket|Slot A|Slot M|Socket 423|Socket A (Socket 462)|Socket 478|Socket 754|Socket 940|"+
		"Socket 939|Socket mPGA604|Socket LGA771|Socket LGA775|Socket S1|Socket AM2|Socket F (1207)|Socket LGA1366|"+
		"Socket G34|Socket AM3|Socket C32|26=Socket LGA2011|2B=Socket LGA2011-3|31=Socket AM4|36=Socket LGA3647-1|"+
		"37=Socket SP3|3A=Socket BGA1392|3D=Socket LGA4189@3.4|3E=Socket LGA1200@3.4|3F=Socket LGA4677@3.4|"+
		"40=Socket LGA1700@3.6|49=Socket AM5@3.6|4A=Socket SP5@3.6|4F=Socket LGA4710@3.6|50=Socket LGA7529@3.6|"+
		"Socket BGA1964@3.7|Socket BGA1792@3.7|55=Socket LGA1851@3.7")
	processorCharacteristics = terms(2, "64-bit capable|Multi-Core|Hardware Thread|Execute Protection|"+
		"Enhanced Virtualization|Power/Performance Control|128-bit Capable@3.4|Arm64 SoC ID@3.4")
	cpuidFlags = terms(0, "FPU (Floating-point unit on-chip)|VME (Virtual mode extension)|DE (Debugging extension)|"+
		"PSE (Page size extension)|TSC (Time stamp counter)|MSR (Model specific registers)|"+
		"PAE (Physical address extension)|MCE (Machine check exception)|CX8 (CMPXCHG8 instruction supported)|"+
		"APIC (On-chip APIC hardware supported)|B=SEP (Fast system call)|MTRR (Memory type range registers)|"+
		"PGE (Page global enable)|MCA (Machine check architecture)|CMOV (Conditional move instruction supported)|"+
		"PAT (Page attribute table)|PSE-36 (36-bit page size extension)|"+
		"PSN (Processor serial number present and enabled)|CLFSH (CLFLUSH instruction supported)|"+
		"15=DS (Debug store)|ACPI (ACPI supported)|MMX (MMX technology supported)|"+
		"FXSR (FXSAVE and FXSTOR instructions supported)|SSE (Streaming SIMD extensions)|"+
		"SSE2 (Streaming SIMD extensions 2)|SS (Self-snoop)|HTT (Multi-threading)|TM (Thermal monitor supported)|"+
		"1F=PBE (Pending break enabled)")
)
