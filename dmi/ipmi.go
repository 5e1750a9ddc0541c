// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"strconv"
	"strings"
)

// An IPMIDevice is the way to the management controller (type 38, DSP0134 3.7
// section 7.39).
type IPMIDevice struct {
	View
	InterfaceType        string  `json:"interface_type,omitzero"`        // "KCS (Keyboard Control Style)"
	SpecificationVersion string  `json:"specification_version,omitzero"` // "2.0"
	I2CAddress           *uint8  `json:"i2c_address,omitzero"`           // of the controller, without the read bit
	NVStorageAddress     *int    `json:"nv_storage_address,omitzero"`    // nil for none
	BaseAddress          *uint64 `json:"base_address,omitzero"`          // in AddressSpace
	AddressSpace         string  `json:"address_space,omitzero"`         // "I/O", "Memory-mapped", "SMBus"
	RegisterSpacing      string  `json:"register_spacing,omitzero"`      // "Successive Byte Boundaries"
	InterruptPolarity    string  `json:"interrupt_polarity,omitzero"`    // "Active High"
	InterruptTrigger     string  `json:"interrupt_trigger,omitzero"`     // "Edge", "Level"
	InterruptNumber      int     `json:"interrupt_number,omitzero"`
}

// IPMIDevices returns the ways to the management controllers.
func (t *Table) IPMIDevices() ([]IPMIDevice, error) { return all[IPMIDevice](t, TypeIPMIDevice) }

func (d *IPMIDevice) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Interface Type":
		d.InterfaceType = r.word(f)
	case "Specification Version":
		d.SpecificationVersion = r.word(f)
	case "I2C Slave Address":
		if n, known := r.hex(f, 8); known {
			d.I2CAddress = new(uint8(n))
		}
	case "NV Storage Device Address":
		d.NVStorageAddress = r.optional(f)
	case "NV Storage Device": // "Not Present"
	case "Base Address":
		d.setAddress(r, f)
	case "Register Spacing":
		d.RegisterSpacing = r.word(f)
	case "Interrupt Polarity":
		d.InterruptPolarity = r.word(f)
	case "Interrupt Trigger Mode":
		d.InterruptTrigger = r.word(f)
	case "Interrupt Number":
		d.InterruptNumber = r.interrupt(f)
	default:
		return false
	}
	return true
}

// setAddress reads "0x0000000000000CA2 (I/O)".
func (d *IPMIDevice) setAddress(r *reader, f *Field) {
	s := strings.TrimSpace(f.Value)
	if noNumber(s) {
		return
	}
	number, space, _ := strings.Cut(strings.TrimSuffix(s, ")"), " (")
	if n, known := r.parseHex(f, number, 64); known {
		d.BaseAddress, d.AddressSpace = &n, space
	}
}

// interrupt returns the number of an interrupt, which dmidecode prints in
// hexadecimal digits until 3.0.
func (r *reader) interrupt(f *Field) int {
	s := strings.TrimSpace(f.Value)
	if !r.olderThan(301) {
		return r.count(f)
	}
	n, err := strconv.ParseUint(s, 16, 8)
	if err != nil && !noNumber(s) {
		r.fail(f, s, causeOf(err))
	}
	return int(n)
}
