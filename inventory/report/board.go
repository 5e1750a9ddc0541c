// SPDX-License-Identifier: Apache-2.0

package report

// A System is the machine as its maker sells it (SMBIOS type 1).
type System struct {
	Manufacturer string   `json:"manufacturer,omitzero"`
	Product      string   `json:"product,omitzero"`
	Version      string   `json:"version,omitzero"`
	Serial       string   `json:"serial,omitzero"`
	UUID         string   `json:"uuid,omitzero"` // lower case
	SKU          string   `json:"sku,omitzero"`
	Family       string   `json:"family,omitzero"`
	AssetTag     string   `json:"asset_tag,omitzero"`  // of the chassis, where people put it
	BootError    string   `json:"boot_error,omitzero"` // what the firmware says of the last boot: "Firmware-detected hardware failure"; "" for no error
	Sources      []string `json:"sources,omitzero"`
}

// A Baseboard is a mainboard, a riser or a blade (SMBIOS type 2).
type Baseboard struct {
	ID           string   `json:"id"`
	Manufacturer string   `json:"manufacturer,omitzero"`
	Product      string   `json:"product,omitzero"`
	Serial       string   `json:"serial,omitzero"`
	Version      string   `json:"version,omitzero"`
	AssetTag     string   `json:"asset_tag,omitzero"`
	Slot         string   `json:"slot,omitzero"` // its place in the chassis
	Type         string   `json:"type,omitzero"` // "Motherboard", "Server Blade", …
	Sources      []string `json:"sources,omitzero"`
}

// A Chassis is what the machine is built into (SMBIOS type 3).
type Chassis struct {
	Manufacturer string `json:"manufacturer,omitzero"`
	Type         string `json:"type,omitzero"` // "Rack Mount Chassis", …
	Version      string `json:"version,omitzero"`
	Serial       string `json:"serial,omitzero"`
	AssetTag     string `json:"asset_tag,omitzero"`
	SKU          string `json:"sku,omitzero"`
	HeightU      int    `json:"height_u,omitzero"` // in rack units of 44.45 mm
	// How the firmware found its power supplies and its temperatures when the machine
	// started: "Warning", "Critical", "Non-recoverable"; "" for safe and for unknown.
	PowerSupplyState string   `json:"power_supply_state,omitzero"`
	ThermalState     string   `json:"thermal_state,omitzero"`
	Sources          []string `json:"sources,omitzero"`
}

// A Firmware is a program that a component runs.
type Firmware struct {
	Component string `json:"component"` // "bios", "bmc", "nic", "gpu", "controller", "drive", …
	Target    string `json:"target,omitzero"`
	Name      string `json:"name,omitzero"` // its maker
	Version   string `json:"version"`
	Date      string `json:"date,omitzero"` // as the firmware tells it
	Source    string `json:"source,omitzero"`
}

// A Board is what firmware says of the machine as a whole.
type Board struct {
	System   *System
	Boards   []Baseboard
	Chassis  []Chassis
	Firmware []Firmware
}
