// SPDX-License-Identifier: Apache-2.0

package dmi

// A Baseboard is a board or module of the system (type 2, DSP0134 3.7 section
// 7.3). A machine of several nodes has one for each.
type Baseboard struct {
	View
	Manufacturer     string   `json:"manufacturer,omitzero"`
	ProductName      string   `json:"product_name,omitzero"`
	Version          string   `json:"version,omitzero"`
	SerialNumber     string   `json:"serial_number,omitzero"`
	AssetTag         string   `json:"asset_tag,omitzero"`
	Features         []string `json:"features,omitzero"` // "Board is a hosting board"
	Location         string   `json:"location,omitzero"` // in the chassis
	ChassisHandle    *uint16  `json:"chassis_handle,omitzero"`
	Type             string   `json:"type,omitzero"` // "Motherboard"
	ContainedHandles []uint16 `json:"contained_handles,omitzero"`
}

// Baseboards returns the boards of the system.
func (t *Table) Baseboards() ([]Baseboard, error) { return all[Baseboard](t, TypeBaseboard) }

func (b *Baseboard) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Manufacturer", "Vendor": // Vendor until 2.6
		b.Manufacturer = r.text(f)
	case "Product Name", "Product": // Product until 2.6
		b.ProductName = r.text(f)
	case "Version":
		b.Version = r.text(f)
	case "Serial Number":
		b.SerialNumber = r.serial(f)
	case "Asset Tag":
		b.AssetTag = r.text(f)
	case "Features":
		b.Features = r.words(f)
	case "Location In Chassis":
		b.Location = r.text(f)
	case "Chassis Handle":
		b.ChassisHandle = r.handle(f)
	case "Type":
		b.Type = r.word(f)
	case "Contained Object Handles":
		b.ContainedHandles = r.handles(f)
	default:
		return false
	}
	return true
}
