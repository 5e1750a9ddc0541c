// SPDX-License-Identifier: Apache-2.0

package ipmi

// An MC is the text of "ipmitool mc info" (or "bmc info").
type MC struct {
	Preamble []string `json:"preamble,omitzero"` // lines before the first field
	Fields   []Field  `json:"fields,omitzero"`
}

// An MCInfo is the typed view of an [MC]: what the management controller says
// of itself (IPMI 2.0, section 20.1, Get Device ID).
type MCInfo struct {
	DeviceID         *int     `json:"device_id,omitzero"`
	DeviceRevision   *int     `json:"device_revision,omitzero"`
	FirmwareRevision string   `json:"firmware_revision,omitzero"` // "1.17"
	AuxFirmware      string   `json:"aux_firmware,omitzero"`      // four bytes of the maker's own: "01.17.37.10"
	IPMIVersion      string   `json:"ipmi_version,omitzero"`      // "2.0"
	ManufacturerID   int      `json:"manufacturer_id,omitzero"`   // IANA enterprise number; 0 is unspecified
	ManufacturerName string   `json:"manufacturer_name,omitzero"` // "" where ipmitool does not know the number
	ProductID        *int     `json:"product_id,omitzero"`
	ProductName      string   `json:"product_name,omitzero"` // "" where ipmitool does not know the number
	Available        *bool    `json:"available,omitzero"`    // false during a firmware update or self-initialisation
	ProvidesSDRs     *bool    `json:"provides_sdrs,omitzero"`
	Support          []string `json:"support,omitzero"` // "FRU Inventory Device"
	Unknown          []Field  `json:"unknown,omitzero"` // what this view does not understand
}

// ParseMC parses the output of "ipmitool mc info".
func ParseMC(data []byte) (*MC, error) { return new(MC), nil }

// Info returns the typed view.
func (m *MC) Info() MCInfo { return MCInfo{} }
