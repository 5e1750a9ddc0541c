// SPDX-License-Identifier: Apache-2.0

package dmi

// BIOS is the firmware of the system (type 0, DSP0134 3.7 section 7.1), which
// dmidecode 3.7 calls Platform Firmware.
type BIOS struct {
	View
	Vendor             string   `json:"vendor,omitzero"`
	Version            string   `json:"version,omitzero"`
	ReleaseDate        string   `json:"release_date,omitzero"`        // as printed, mostly month/day/year
	Address            *uint32  `json:"address,omitzero"`             // where the code starts below 1 MiB; not for UEFI
	RuntimeBytes       uint64   `json:"runtime_bytes,omitzero"`       // of the code at Address
	ROMBytes           uint64   `json:"rom_bytes,omitzero"`           // of the flash chip
	Characteristics    []string `json:"characteristics,omitzero"`     // "UEFI is supported"
	Revision           string   `json:"revision,omitzero"`            // "5.14", of the BIOS
	ControllerRevision string   `json:"controller_revision,omitzero"` // of the embedded controller's firmware
}

// BIOS returns the firmware of the system, nil if there is no record of it.
func (t *Table) BIOS() (*BIOS, error) { return one[BIOS](t, TypeBIOS) }

func (b *BIOS) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Vendor":
		b.Vendor = r.text(f)
	case "Version":
		b.Version = r.text(f)
	case "Release Date", "Release": // Release until 1.8
		b.ReleaseDate = r.text(f)
	case "Address", "BIOS base":
		b.Address = r.word32(f)
	case "Runtime Size":
		b.RuntimeBytes = r.bytes(f)
	case "ROM Size", "ROM size":
		b.ROMBytes = r.bytes(f)
	case "Characteristics":
		b.Characteristics = r.words(f)
	case "BIOS Revision", "Platform Firmware Revision": // 3.7
		b.Revision = r.word(f)
	case "Firmware Revision", "Embedded Controller Firmware Revision": // 3.7
		b.ControllerRevision = r.word(f)
	default:
		return false
	}
	return true
}
