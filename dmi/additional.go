// SPDX-License-Identifier: Apache-2.0

package dmi

// AdditionalInformation amends a field of another structure (type 40, DSP0134
// 3.7 section 7.41). One structure can hold several.
type AdditionalInformation struct {
	View
	ReferencedHandle *uint16 `json:"referenced_handle,omitzero"`
	ReferencedOffset *uint8  `json:"referenced_offset,omitzero"` // of the field in that structure
	String           string  `json:"string,omitzero"`
	Value            *uint32 `json:"value,omitzero"` // nil also for one of a size that dmidecode does not print
}

// AdditionalInformation returns the amendments of all structures.
func (t *Table) AdditionalInformation() ([]AdditionalInformation, error) {
	return all[AdditionalInformation](t, TypeAdditionalInformation)
}

func (a *AdditionalInformation) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Referenced Handle":
		a.ReferencedHandle = r.handle(f)
	case "Referenced Offset":
		if n, known := r.hex(f, 8); known {
			a.ReferencedOffset = new(uint8(n))
		}
	case "String":
		a.String = r.text(f)
	case "Value":
		if f.Value != "Unexpected size" {
			a.Value = r.word32(f)
		}
	default:
		return false
	}
	return true
}
