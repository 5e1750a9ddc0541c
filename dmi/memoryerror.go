// SPDX-License-Identifier: Apache-2.0

package dmi

// A MemoryError is the last error of a memory array or device (types 18 and
// 33, DSP0134 3.7 sections 7.19 and 7.34). Type 33 has the wider addresses.
type MemoryError struct {
	View
	Type            string  `json:"type,omitzero"`        // "OK", "Single-bit Error"
	Granularity     string  `json:"granularity,omitzero"` // "Device Level"
	Operation       string  `json:"operation,omitzero"`   // "Read"
	VendorSyndrome  *uint32 `json:"vendor_syndrome,omitzero"`
	ArrayAddress    *uint64 `json:"array_address,omitzero"`  // in the memory array
	DeviceAddress   *uint64 `json:"device_address,omitzero"` // in the failing device
	ResolutionBytes *uint32 `json:"resolution_bytes,omitzero"`
}

// MemoryErrors returns the records of memory errors, those of type 18 first.
func (t *Table) MemoryErrors() ([]MemoryError, error) {
	return both[MemoryError](t, TypeMemoryError32, TypeMemoryError64)
}

func (e *MemoryError) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Type":
		e.Type = r.word(f)
	case "Granularity":
		e.Granularity = r.word(f)
	case "Operation":
		e.Operation = r.word(f)
	case "Vendor Syndrome":
		e.VendorSyndrome = r.word32(f)
	case "Memory Array Address":
		e.ArrayAddress = r.address(f)
	case "Device Address":
		e.DeviceAddress = r.address(f)
	case "Resolution":
		e.ResolutionBytes = r.word32(f)
	default:
		return false
	}
	return true
}
