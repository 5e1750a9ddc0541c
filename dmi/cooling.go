// SPDX-License-Identifier: Apache-2.0

package dmi

// A CoolingDevice is a fan or the like (type 27, DSP0134 3.7 section 7.28).
type CoolingDevice struct {
	View
	TemperatureProbeHandle *uint16 `json:"temperature_probe_handle,omitzero"`
	Type                   string  `json:"type,omitzero"`       // "Chip Fan"
	Status                 string  `json:"status,omitzero"`     // "OK", "Critical"
	UnitGroup              int     `json:"unit_group,omitzero"` // devices of a group back each other up; 0 for none
	OEMInformation         *uint32 `json:"oem_information,omitzero"`
	NominalRPM             *int    `json:"nominal_rpm,omitzero"` // nil also for a device that does not turn
	Description            string  `json:"description,omitzero"`
}

// CoolingDevices returns the fans and the like.
func (t *Table) CoolingDevices() ([]CoolingDevice, error) {
	return all[CoolingDevice](t, TypeCoolingDevice)
}

func (d *CoolingDevice) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Temperature Probe Handle":
		d.TemperatureProbeHandle = r.handle(f)
	case "Type":
		d.Type = r.word(f)
	case "Status":
		d.Status = r.word(f)
	case "Cooling Unit Group":
		d.UnitGroup = r.count(f)
	case "OEM-specific Information":
		d.OEMInformation = r.word32(f)
	case "Nominal Speed":
		d.NominalRPM = r.optional(f, "rpm")
	case "Description":
		d.Description = r.text(f)
	default:
		return false
	}
	return true
}
