// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"iter"
	"strings"
)

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
	var list []OnboardDevice
	r := newReader(t)
	for _, typ := range []Type{TypeOnboardDevices, TypeOnboardDevice} {
		for rec := range t.OfType(typ) {
			if !rec.isDecoded() {
				continue
			}
			for fields := range devices(rec.Fields) {
				var d OnboardDevice
				d.from(rec)
				for i := range fields {
					d.set(r, &fields[i])
				}
				list = append(list, d)
			}
		}
	}
	return list, r.errs.err()
}

// devices iterates over the fields of each device of a structure. dmidecode
// before 2.0 prints them all below one title.
func devices(fields []Field) iter.Seq[[]Field] {
	return func(yield func([]Field) bool) {
		from, named := 0, false
		for i := range fields {
			if fields[i].Key != "Description" {
				continue
			}
			if named {
				if !yield(fields[from:i]) {
					return
				}
				from = i
			}
			named = true
		}
		yield(fields[from:])
	}
}

func (d *OnboardDevice) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Reference Designation", "Description":
		d.Designation = r.text(f)
		if name, ok := strings.CutSuffix(d.Designation, " : Enabled"); ok { // dmidecode before 2.0
			d.Designation, d.Enabled = name, new(true)
		} else if name, ok := strings.CutSuffix(d.Designation, " : Disabled"); ok {
			d.Designation, d.Enabled = name, new(false)
		}
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
