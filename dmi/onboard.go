// SPDX-License-Identifier: Apache-2.0

package dmi

// An OnboardDevice is a device on the board (types 10 and 41, DSP0134 3.7
// sections 7.11 and 7.42). Type 10 is the older one and knows no instance and
// no address; some firmware prints a device as both.
type OnboardDevice struct {
	View
	Designation string `json:"designation,omitzero"` // "Onboard LAN 1"
	Type        string `json:"type,omitzero"`        // "Ethernet"
	Enabled     *bool  `json:"enabled,omitzero"`
	Instance    *int   `json:"instance,omitzero"`    // counts the devices of a type
	BusAddress  string `json:"bus_address,omitzero"` // "0000:3b:00.0"; "" for what ParseBusAddress refuses
}

// OnboardDevices returns the devices on the board, those of type 10 first.
func (t *Table) OnboardDevices() ([]OnboardDevice, error) {
	return both[OnboardDevice](t, TypeOnboardDevices, TypeOnboardDevice)
}

func (d *OnboardDevice) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Reference Designation", "Description":
		d.Designation = r.text(f)
	case "Type":
		d.Type = r.word(f)
	case "Status":
		d.Enabled = r.flag(f, "Enabled", "Disabled")
	case "Type Instance":
		d.Instance = r.optional(f)
	case "Bus Address":
		d.BusAddress = r.busAddress(f)
	default:
		return false
	}
	return true
}
