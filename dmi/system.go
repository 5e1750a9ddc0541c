// SPDX-License-Identifier: Apache-2.0

package dmi

// System is the machine as its maker sells it (type 1, DSP0134 3.7 section
// 7.2).
type System struct {
	View
	Manufacturer string `json:"manufacturer,omitzero"`
	ProductName  string `json:"product_name,omitzero"`
	Version      string `json:"version,omitzero"`
	SerialNumber string `json:"serial_number,omitzero"`
	UUID         string `json:"uuid,omitzero"`         // lower case; "" for one that IsPlaceholderUUID knows
	WakeUpType   string `json:"wake_up_type,omitzero"` // "Power Switch"
	SKUNumber    string `json:"sku_number,omitzero"`
	Family       string `json:"family,omitzero"`
}

// System returns the machine, nil if there is no record of it.
func (t *Table) System() (*System, error) { return one[System](t, TypeSystem) }

func (s *System) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Manufacturer", "Vendor": // Vendor until 2.6
		s.Manufacturer = r.text(f)
	case "Product Name", "Product": // Product until 2.6
		s.ProductName = r.text(f)
	case "Version":
		s.Version = r.text(f)
	case "Serial Number":
		s.SerialNumber = r.serial(f)
	case "UUID":
		s.UUID = r.uuid(f)
	case "Wake-up Type":
		s.WakeUpType = r.word(f)
	case "SKU Number":
		s.SKUNumber = r.text(f)
	case "Family":
		s.Family = r.text(f)
	default:
		return false
	}
	return true
}
