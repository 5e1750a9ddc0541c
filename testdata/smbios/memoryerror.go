// SPDX-License-Identifier: Apache-2.0

package smbios

import "github.com/mchus/bee/dmi"

// MemoryError32 is structure type 18 (DSP0134 7.19), MemoryError64 is type 33
// (DSP0134 7.34).
type (
	MemoryError32 struct {
		Type, Granularity, Operation uint8
		Syndrome                     uint32 // 0: unknown
		ArrayAddress, DeviceAddress  uint32 // bit 31 alone: unknown
		Resolution                   uint32 // bytes, bit 31 alone: unknown
	}
	MemoryError64 struct {
		Type, Granularity, Operation uint8
		Syndrome                     uint32
		ArrayAddress, DeviceAddress  uint64 // bit 63 alone: unknown
		Resolution                   uint32
	}
)

func (g *generator) memoryError() uint16 {
	if g.oneIn(2) {
		return g.add(33, &MemoryError64{
			g.code(errorTypes), g.code(errorGranularities), g.code(errorOperations), pick(g, 0, g.Uint32()),
			pick(g, 1<<63, g.Uint64()), pick(g, 1<<63, g.Uint64()), pick(g, 1<<31, g.Uint32()),
		})
	}
	return g.add(18, &MemoryError32{
		g.code(errorTypes), g.code(errorGranularities), g.code(errorOperations), pick(g, 0, g.Uint32()),
		pick(g, 1<<31, g.Uint32()), pick(g, 1<<31, g.Uint32()), pick(g, 1<<31, g.Uint32()),
	})
}

func (e *MemoryError32) add(t *Truth, in printed) {
	v := dmi.MemoryError{View: in.view()}
	if in.has(0x17) {
		describe(&v, e.Type, e.Granularity, e.Operation, e.Syndrome, e.Resolution, in.tool)
		if a := none(e.ArrayAddress, 1<<31); a != nil {
			v.ArrayAddress = new(uint64(*a))
		}
		if a := none(e.DeviceAddress, 1<<31); a != nil {
			v.DeviceAddress = new(uint64(*a))
		}
	}
	t.memoryErrors32 = append(t.memoryErrors32, v)
}

func (e *MemoryError64) add(t *Truth, in printed) {
	v := dmi.MemoryError{View: in.view()}
	if in.has(0x1F) {
		describe(&v, e.Type, e.Granularity, e.Operation, e.Syndrome, e.Resolution, in.tool)
		v.ArrayAddress, v.DeviceAddress = none(e.ArrayAddress, 1<<63), none(e.DeviceAddress, 1<<63)
	}
	t.MemoryErrors = append(t.MemoryErrors, v)
}

// describe sets what both types have in common.
func describe(v *dmi.MemoryError, kind, granularity, operation uint8, syndrome, resolution uint32, tool Tool) {
	v.Type = errorTypes.text(uint16(kind), tool)
	v.Granularity = errorGranularities.text(uint16(granularity), tool)
	v.Operation = errorOperations.text(uint16(operation), tool)
	v.VendorSyndrome, v.ResolutionBytes = none(syndrome, 0), none(resolution, 1<<31)
}

var (
	errorTypes = terms(1, "Other|Unknown|OK|Bad Read|Parity Error|Single-bit Error|Double-bit Error|Multi-bit Error|"+
		"Nibble Error|Checksum Error|CRC Error|Corrected Single-bit Error|Corrected Error|Uncorrectable Error")
	errorGranularities = terms(1, "Other|Unknown|Device Level|Memory Partition Level")
	errorOperations    = terms(1, "Other|Unknown|Read|Write|Partial Write")
)
