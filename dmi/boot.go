// SPDX-License-Identifier: Apache-2.0

package dmi

// BootIntegrity is the entry point of the Boot Integrity Services (type 31,
// DSP0134 3.7 section 7.32).
type BootIntegrity struct {
	View
	ChecksumValid *bool   `json:"checksum_valid,omitzero"`
	EntryPoint16  string  `json:"entry_point16,omitzero"` // segment and offset, "F000:1234"
	EntryPoint32  *uint32 `json:"entry_point32,omitzero"`
}

// BootIntegrity returns the entry point, nil if there is no record of it.
func (t *Table) BootIntegrity() (*BootIntegrity, error) {
	return one[BootIntegrity](t, TypeBootIntegrity)
}

func (b *BootIntegrity) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Checksum":
		b.ChecksumValid = r.flag(f, "OK", "Invalid")
	case "16-bit Entry Point Address":
		b.EntryPoint16 = r.word(f)
	case "32-bit Entry Point Address":
		b.EntryPoint32 = r.word32(f)
	default:
		return false
	}
	return true
}

// BootStatus tells how the last boot went (type 32, DSP0134 3.7 section 7.33).
type BootStatus struct {
	View
	Status string `json:"status,omitzero"` // "No errors detected"
}

// BootStatus returns how the last boot went, nil if there is no record of it.
func (t *Table) BootStatus() (*BootStatus, error) { return one[BootStatus](t, TypeBootStatus) }

func (b *BootStatus) set(r *reader, f *Field) bool {
	if f.Key != "Status" {
		return false
	}
	b.Status = r.word(f)
	return true
}
