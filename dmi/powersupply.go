// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"math"
	"strings"
)

// A PowerSupply is a power supply or its bay (type 39, DSP0134 3.7 section
// 7.40). Most firmware fills in little of it: of 151 in the corpus 78 do not
// know their power.
type PowerSupply struct {
	View
	UnitGroup               int     `json:"unit_group,omitzero"` // supplies of a group back each other up; 0 for none
	Location                string  `json:"location,omitzero"`
	Name                    string  `json:"name,omitzero"`
	Manufacturer            string  `json:"manufacturer,omitzero"`
	SerialNumber            string  `json:"serial_number,omitzero"`
	AssetTag                string  `json:"asset_tag,omitzero"`
	ModelPartNumber         string  `json:"model_part_number,omitzero"`
	Revision                string  `json:"revision,omitzero"`
	MaxPowerWatts           int     `json:"max_power_watts,omitzero"`
	Present                 bool    `json:"present"`
	Status                  string  `json:"status,omitzero"`                // of a present one: "OK", "Non-critical", "Critical"
	Type                    string  `json:"type,omitzero"`                  // "Switching"
	InputRangeSwitching     string  `json:"input_range_switching,omitzero"` // "Auto-switch"
	Plugged                 *bool   `json:"plugged,omitzero"`
	HotReplaceable          *bool   `json:"hot_replaceable,omitzero"`
	InputVoltageProbeHandle *uint16 `json:"input_voltage_probe_handle,omitzero"`
	CoolingDeviceHandle     *uint16 `json:"cooling_device_handle,omitzero"`
	InputCurrentProbeHandle *uint16 `json:"input_current_probe_handle,omitzero"`
}

// PowerSupplies returns the power supplies of the system, absent ones too.
func (t *Table) PowerSupplies() ([]PowerSupply, error) { return all[PowerSupply](t, TypePowerSupply) }

func (p *PowerSupply) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Power Unit Group":
		p.UnitGroup = r.count(f)
	case "Location":
		p.Location = r.text(f)
	case "Name":
		p.Name = r.text(f)
	case "Manufacturer":
		p.Manufacturer = r.text(f)
	case "Serial Number":
		p.SerialNumber = r.serial(f)
	case "Asset Tag":
		p.AssetTag = r.text(f)
	case "Model Part Number":
		p.ModelPartNumber = r.text(f)
	case "Revision":
		p.Revision = r.text(f)
	case "Max Power Capacity":
		p.MaxPowerWatts = r.watts(f)
	case "Status":
		p.Present, p.Status = cutStatus(f, "Present")
	case "Type":
		p.Type = r.word(f)
	case "Input Voltage Range Switching":
		p.InputRangeSwitching = r.word(f)
	case "Plugged":
		p.Plugged = r.flag(f, "Yes", "No")
	case "Hot Replaceable":
		p.HotReplaceable = r.flag(f, "Yes", "No")
	case "Input Voltage Probe Handle":
		p.InputVoltageProbeHandle = r.handle(f)
	case "Cooling Device Handle":
		p.CoolingDeviceHandle = r.handle(f)
	case "Input Current Probe Handle":
		p.InputCurrentProbeHandle = r.handle(f)
	default:
		return false
	}
	return true
}

// watts returns a power. dmidecode up to 2.10 takes its watts for milliwatts and
// prints "0.750 W".
func (r *reader) watts(f *Field) int {
	n := r.fixed(f, "W", 3)
	switch {
	case n == nil:
		return 0
	case strings.Contains(f.Value, ".") && *n <= math.MaxUint16:
		return *n
	}
	return *n / 1000
}
