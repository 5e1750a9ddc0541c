// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// A FirmwareComponent is the firmware of a part of the system: of the BIOS,
// the BMC, a TPM, a disk (type 45, DSP0134 3.7 section 7.46). dmidecode
// decodes it since 3.4.
type FirmwareComponent struct {
	View
	Name                   string   `json:"name,omitzero"` // "BMC Firmware"
	Version                string   `json:"version,omitzero"`
	ID                     string   `json:"id,omitzero"`           // often a UUID
	ReleaseDate            string   `json:"release_date,omitzero"` // as printed
	Manufacturer           string   `json:"manufacturer,omitzero"`
	LowestSupportedVersion string   `json:"lowest_supported_version,omitzero"` // that it can be set back to
	ImageBytes             uint64   `json:"image_bytes,omitzero"`
	Updatable              *bool    `json:"updatable,omitzero"`
	WriteProtected         *bool    `json:"write_protected,omitzero"`
	State                  string   `json:"state,omitzero"`             // "Enabled"
	ComponentHandles       []uint16 `json:"component_handles,omitzero"` // of the structures that it serves
}

// FirmwareInventory returns the firmware of the parts of the system.
func (t *Table) FirmwareInventory() ([]FirmwareComponent, error) {
	return all[FirmwareComponent](t, TypeFirmwareInventory)
}

func (c *FirmwareComponent) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Firmware Component Name":
		c.Name = r.text(f)
	case "Firmware Version":
		c.Version = r.text(f)
	case "Firmware ID":
		c.ID = r.text(f)
	case "Release Date":
		c.ReleaseDate = r.text(f)
	case "Manufacturer":
		c.Manufacturer = r.text(f)
	case "Lowest Supported Firmware Version":
		c.LowestSupportedVersion = r.text(f)
	case "Image Size":
		c.ImageBytes = r.bytes(f)
	case "Characteristics":
		c.setCharacteristics(r, f)
	case "State":
		c.State = r.word(f)
	case "Associated Components":
		c.ComponentHandles = r.handles(f)
	default:
		return false
	}
	return true
}

// setCharacteristics reads the items "Updatable: Yes" and "Write-Protect: No".
func (c *FirmwareComponent) setCharacteristics(r *reader, f *Field) {
	for _, item := range f.Items {
		key, value := cutKey(item)
		value = strings.TrimSpace(value)
		switch key {
		case "Updatable":
			c.Updatable = new(value == "Yes")
		case "Write-Protect":
			c.WriteProtected = new(value == "Yes")
		}
	}
}
