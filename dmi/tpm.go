// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// A TPM is a Trusted Platform Module (type 43, DSP0134 3.7 section 7.44).
type TPM struct {
	View
	VendorID             string   `json:"vendor_id,omitzero"`             // "INTC"
	SpecificationVersion string   `json:"specification_version,omitzero"` // "2.0"
	FirmwareRevision     string   `json:"firmware_revision,omitzero"`     // "7.85"
	Description          string   `json:"description,omitzero"`
	Characteristics      []string `json:"characteristics,omitzero"` // "Family configurable via firmware update"
	OEMInformation       *uint32  `json:"oem_information,omitzero"`
}

// TPMs returns the Trusted Platform Modules.
func (t *Table) TPMs() ([]TPM, error) { return all[TPM](t, TypeTPMDevice) }

func (d *TPM) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Vendor ID":
		d.VendorID = r.text(f)
	case "Specification Version":
		d.SpecificationVersion = r.word(f)
	case "Firmware Revision":
		d.FirmwareRevision = r.word(f)
		_, minor, _ := strings.Cut(d.FirmwareRevision, ".")
		if r.tool == 301 && strings.HasPrefix(d.SpecificationVersion, "2.") && (minor == "0" || minor == "1") {
			d.FirmwareRevision = "" // 3.1 prints whether there is a minor number, not which
		}
	case "Description":
		d.Description = r.text(f)
	case "Characteristics":
		d.Characteristics = r.words(f)
	case "OEM-specific Information":
		d.OEMInformation = r.word32(f)
	default:
		return false
	}
	return true
}
