// SPDX-License-Identifier: Apache-2.0

package dmi

// A MemoryArray is a group of memory devices that work together (type 16,
// DSP0134 3.7 section 7.17).
type MemoryArray struct {
	View
	Location         string  `json:"location,omitzero"`         // "System Board Or Motherboard"
	Use              string  `json:"use,omitzero"`              // "System Memory"
	ErrorCorrection  string  `json:"error_correction,omitzero"` // "None", "Multi-bit ECC"
	MaxCapacityBytes uint64  `json:"max_capacity_bytes,omitzero"`
	ErrorHandle      *uint16 `json:"error_handle,omitzero"` // of the last error's record; nil also for no error
	Devices          int     `json:"devices,omitzero"`      // how many slots it has
}

// MemoryArrays returns the memory arrays of the system.
func (t *Table) MemoryArrays() ([]MemoryArray, error) { return all[MemoryArray](t, TypeMemoryArray) }

func (a *MemoryArray) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Location":
		a.Location = r.word(f)
	case "Use":
		a.Use = r.word(f)
	case "Error Correction Type":
		a.ErrorCorrection = r.word(f)
	case "Maximum Capacity":
		a.MaxCapacityBytes = r.bytes(f)
	case "Error Information Handle":
		a.ErrorHandle = r.handle(f)
	case "Number Of Devices":
		a.Devices = r.count(f)
	default:
		return false
	}
	return true
}
