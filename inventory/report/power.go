// SPDX-License-Identifier: Apache-2.0

package report

// A PowerSupply is a bay for a power supply and what is in it.
type PowerSupply struct {
	ID           string            `json:"id"`
	Slot         string            `json:"slot,omitzero"`
	Present      *bool             `json:"present,omitzero"` // nil if nothing can tell
	Manufacturer string            `json:"manufacturer,omitzero"`
	Model        string            `json:"model,omitzero"`
	PartNumber   string            `json:"part_number,omitzero"`
	Serial       string            `json:"serial,omitzero"`
	Revision     string            `json:"revision,omitzero"`
	BootSerial   string            `json:"boot_serial,omitzero"` // the serial number that SMBIOS, written at boot, has for the bay; "" if it is the same
	CapacityW    int               `json:"capacity_w,omitzero"`
	InputW       *float64          `json:"input_w,omitzero"`
	InputV       *float64          `json:"input_v,omitzero"`
	Status       string            `json:"status,omitzero"`        // "ok", "failed", "predicted_failure", "input_lost", "config_error", "not_ok"
	Health       string            `json:"health,omitzero"`        // "" where only SMBIOS knows it
	FieldSources map[string]string `json:"field_sources,omitzero"` // by key: "ipmi.fru", "ipmi.sdr", "smbios.39"
}
