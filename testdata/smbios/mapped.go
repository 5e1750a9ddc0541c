// SPDX-License-Identifier: Apache-2.0

package smbios

import "github.com/mchus/bee/dmi"

// MemoryArrayMapped is structure type 19 (DSP0134 7.20).
type MemoryArrayMapped struct {
	Start, End                 uint32 // KiB, all ones: see the extended fields
	ArrayHandle                uint16
	PartitionWidth             uint8
	ExtendedStart, ExtendedEnd uint64 // bytes
}

func (g *generator) memoryArrayMapped(array uint16) uint16 {
	m := &MemoryArrayMapped{ArrayHandle: array, PartitionWidth: uint8(g.between(1, 16))}
	m.Start, m.End, m.ExtendedStart, m.ExtendedEnd = g.mapped()
	return g.add(19, m, 0x0F, 0x1F)
}

// mapped returns a range of addresses: both ends are part of it.
func (g *generator) mapped() (start, end uint32, start64, end64 uint64) {
	if g.oneIn(2) {
		start = pick[uint32](g, 0, 4<<20, 0x100000, 3)
		return start, start + pick[uint32](g, 1, 2<<20, 16<<20, 640, 1023, 63<<20|512<<10) - 1, 0, 0
	}
	start64 = pick[uint64](g, 0, 4<<30, 1<<40, 1<<36)
	return 0xFFFFFFFF, 0xFFFFFFFF, start64, start64 + pick[uint64](g, 1<<30, 2<<40, 1536<<30, 1<<20+1<<10, 512<<30) - 1
}

func (m *MemoryArrayMapped) add(t *Truth, in printed) {
	v := dmi.MemoryArrayRange{View: in.view()}
	if in.has(0x0F) {
		r := addresses(m.Start, m.End, m.ExtendedStart, m.ExtendedEnd, in.has(0x1F))
		v.Start, v.End, v.SizeBytes = &r.start, &r.end, r.size
		v.ArrayHandle = handle(m.ArrayHandle)
		v.PartitionWidth = int(m.PartitionWidth)
	}
	t.MemoryArrayRanges = append(t.MemoryArrayRanges, v)
}

// addressRange is a range of addresses in bytes, with its last one.
type addressRange struct{ start, end, size uint64 }

// addresses reads the fields of a range, the extended ones where there are any.
func addresses(start, end uint32, start64, end64 uint64, extended bool) addressRange {
	if start == 0xFFFFFFFF && extended {
		return addressRange{start64, end64, rounded(end64 - start64 + 1)}
	}
	return addressRange{
		uint64(start) << 10,
		uint64(end)<<10 + 0x3FF,
		rounded(uint64(end-start+1)) << 10,
	}
}

// MemoryDeviceMapped is structure type 20 (DSP0134 7.21).
type MemoryDeviceMapped struct {
	Start, End                      uint32 // KiB, all ones: see the extended fields
	DeviceHandle, ArrayMappedHandle uint16
	RowPosition                     uint8 // 0xFF: unknown
	InterleavePosition              uint8 // 0: none, 0xFF: unknown
	InterleavedDepth                uint8 // 0: none, 0xFF: unknown
	ExtendedStart, ExtendedEnd      uint64
}

func (g *generator) memoryDeviceMapped(device, array uint16) uint16 {
	m := &MemoryDeviceMapped{
		DeviceHandle: device, ArrayMappedHandle: array,
		RowPosition:        pick[uint8](g, 1, 2, 0xFF, 0),
		InterleavePosition: pick[uint8](g, 0, 1, 2, 0xFF),
		InterleavedDepth:   pick[uint8](g, 0, 1, 4, 0xFF),
	}
	m.Start, m.End, m.ExtendedStart, m.ExtendedEnd = g.mapped()
	return g.add(20, m, 0x13, 0x23)
}

func (m *MemoryDeviceMapped) add(t *Truth, in printed) {
	v := dmi.MemoryDeviceRange{View: in.view()}
	if in.has(0x13) {
		r := addresses(m.Start, m.End, m.ExtendedStart, m.ExtendedEnd, in.has(0x23))
		v.Start, v.End, v.SizeBytes = &r.start, &r.end, r.size
		v.DeviceHandle, v.ArrayRangeHandle = handle(m.DeviceHandle), handle(m.ArrayMappedHandle)
		v.RowPosition = zero(m.RowPosition, 0xFF)
		v.InterleavePosition = zero(m.InterleavePosition, 0xFF)
		v.InterleavedDepth = zero(m.InterleavedDepth, 0xFF)
	}
	t.MemoryDeviceRanges = append(t.MemoryDeviceRanges, v)
}
