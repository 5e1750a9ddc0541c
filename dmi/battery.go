// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// A Battery is a battery of a portable system (type 22, DSP0134 3.7 section
// 7.23). Serial number, date and chemistry come from the battery itself (its
// Smart Battery Data, SBDS) where firmware gives no text for them.
type Battery struct {
	View
	Location            string  `json:"location,omitzero"`
	Manufacturer        string  `json:"manufacturer,omitzero"`
	ManufactureDate     string  `json:"manufacture_date,omitzero"` // as printed
	SerialNumber        string  `json:"serial_number,omitzero"`
	Name                string  `json:"name,omitzero"`
	Chemistry           string  `json:"chemistry,omitzero"` // "Lithium Ion", "LION"
	CapacityMWh         int     `json:"capacity_mwh,omitzero"`
	DesignMillivolts    int     `json:"design_millivolts,omitzero"`
	SBDSVersion         string  `json:"sbds_version,omitzero"`
	MaximumErrorPercent *int    `json:"maximum_error_percent,omitzero"` // of the capacity
	OEMInformation      *uint32 `json:"oem_information,omitzero"`
}

// Batteries returns the batteries of a portable system.
func (t *Table) Batteries() ([]Battery, error) { return all[Battery](t, TypeBattery) }

func (b *Battery) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Location":
		b.Location = r.text(f)
	case "Manufacturer":
		b.Manufacturer = r.text(f)
	case "Manufacture Date":
		b.ManufactureDate = r.text(f)
	case "SBDS Manufacture Date": // a date of zeros is printed as 1980-00-00
		if date := r.text(f); !strings.HasSuffix(date, "-00-00") {
			b.ManufactureDate = date
		}
	case "Serial Number", "SBDS Serial Number":
		b.SerialNumber = r.serial(f)
	case "Name":
		b.Name = r.text(f)
	case "Chemistry":
		b.Chemistry = r.word(f)
	case "SBDS Chemistry":
		b.Chemistry = r.text(f)
	case "Design Capacity":
		b.CapacityMWh = r.measure(f, "mWh")
	case "Design Voltage":
		b.DesignMillivolts = r.measure(f, "mV")
	case "SBDS Version":
		b.SBDSVersion = r.text(f)
	case "Maximum Error":
		if n, known := r.quantity(f, "%"); known {
			b.MaximumErrorPercent = new(r.fit(f, n))
		}
	case "OEM-specific Information":
		b.OEMInformation = r.word32(f)
	default:
		return false
	}
	return true
}
