// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// A MemoryArrayRange is where a memory array appears in the address space
// (type 19, DSP0134 3.7 section 7.20).
type MemoryArrayRange struct {
	View
	Start          *uint64 `json:"start,omitzero"`      // in bytes
	End            *uint64 `json:"end,omitzero"`        // in bytes, the last one
	SizeBytes      uint64  `json:"size_bytes,omitzero"` // 0 also for an invalid one
	ArrayHandle    *uint16 `json:"array_handle,omitzero"`
	PartitionWidth int     `json:"partition_width,omitzero"` // devices that form a row
}

// MemoryArrayRanges returns where the memory arrays are mapped.
func (t *Table) MemoryArrayRanges() ([]MemoryArrayRange, error) {
	return all[MemoryArrayRange](t, TypeMemoryArrayMapped)
}

func (m *MemoryArrayRange) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Starting Address":
		m.Start = r.address(f)
	case "Ending Address":
		m.End = r.address(f)
	case "Range Size":
		m.SizeBytes = r.bytes(f)
	case "Physical Array Handle":
		m.ArrayHandle = r.handle(f)
	case "Partition Width":
		m.PartitionWidth = r.count(f)
	default:
		return false
	}
	return true
}

// A MemoryDeviceRange is where a memory device appears in the address space
// (type 20, DSP0134 3.7 section 7.21).
type MemoryDeviceRange struct {
	View
	Start              *uint64 `json:"start,omitzero"`      // in bytes
	End                *uint64 `json:"end,omitzero"`        // in bytes, the last one
	SizeBytes          uint64  `json:"size_bytes,omitzero"` // 0 also for an invalid one
	DeviceHandle       *uint16 `json:"device_handle,omitzero"`
	ArrayRangeHandle   *uint16 `json:"array_range_handle,omitzero"`
	RowPosition        int     `json:"row_position,omitzero"`        // in the partition, from 1
	InterleavePosition int     `json:"interleave_position,omitzero"` // from 1; 0 also for none
	InterleavedDepth   int     `json:"interleaved_depth,omitzero"`   // rows read at a time; 0 also for none
}

// MemoryDeviceRanges returns where the memory devices are mapped.
func (t *Table) MemoryDeviceRanges() ([]MemoryDeviceRange, error) {
	return all[MemoryDeviceRange](t, TypeMemoryDeviceMapped)
}

func (m *MemoryDeviceRange) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Starting Address":
		m.Start = r.address(f)
	case "Ending Address":
		m.End = r.address(f)
	case "Range Size":
		m.SizeBytes = r.bytes(f)
	case "Physical Device Handle":
		m.DeviceHandle = r.handle(f)
	case "Memory Array Mapped Address Handle":
		m.ArrayRangeHandle = r.handle(f)
	case "Partition Row Position":
		m.RowPosition = r.count(f)
	case "Interleave Position":
		m.InterleavePosition = r.count(f)
	case "Interleaved Data Depth":
		m.InterleavedDepth = r.count(f)
	default:
		return false
	}
	return true
}

// address returns an address in bytes. dmidecode until 3.6 puts a k behind the
// extended addresses of types 19 and 20 although they are in bytes.
func (r *reader) address(f *Field) *uint64 {
	s := strings.TrimSpace(f.Value)
	if noNumber(s) {
		return nil
	}
	if n, known := r.parseHex(f, strings.TrimSuffix(s, "k"), 64); known {
		return r.sizes.keep(n)
	}
	return nil
}
