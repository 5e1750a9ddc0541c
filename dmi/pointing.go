// SPDX-License-Identifier: Apache-2.0

package dmi

// A PointingDevice is a mouse or the like that is built in (type 21, DSP0134
// 3.7 section 7.22).
type PointingDevice struct {
	View
	Type      string `json:"type,omitzero"`      // "Touch Pad"
	Interface string `json:"interface,omitzero"` // "PS/2"
	Buttons   int    `json:"buttons,omitzero"`
}

// PointingDevices returns the built-in pointing devices.
func (t *Table) PointingDevices() ([]PointingDevice, error) {
	return all[PointingDevice](t, TypePointingDevice)
}

func (d *PointingDevice) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Type":
		d.Type = r.word(f)
	case "Interface":
		d.Interface = r.word(f)
	case "Buttons":
		d.Buttons = r.count(f)
	default:
		return false
	}
	return true
}
