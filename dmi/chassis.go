// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"strconv"
	"strings"
)

// A Chassis is an enclosure (type 3, DSP0134 3.7 section 7.4).
type Chassis struct {
	View
	Manufacturer      string             `json:"manufacturer,omitzero"`
	Type              string             `json:"type,omitzero"` // "Rack Mount Chassis"
	Lock              *bool              `json:"lock,omitzero"` // whether it has one
	Version           string             `json:"version,omitzero"`
	SerialNumber      string             `json:"serial_number,omitzero"`
	AssetTag          string             `json:"asset_tag,omitzero"`
	BootUpState       string             `json:"boot_up_state,omitzero"` // "Safe", "Warning", "Critical", "Non-recoverable"
	PowerSupplyState  string             `json:"power_supply_state,omitzero"`
	ThermalState      string             `json:"thermal_state,omitzero"`
	SecurityStatus    string             `json:"security_status,omitzero"` // "None", "External Interface Locked Out"
	OEMInformation    *uint32            `json:"oem_information,omitzero"`
	HeightU           int                `json:"height_u,omitzero"` // in rack units of 1.75 inches
	PowerCords        int                `json:"power_cords,omitzero"`
	ContainedElements []ContainedElement `json:"contained_elements,omitzero"`
	SKUNumber         string             `json:"sku_number,omitzero"`
	RackType          string             `json:"rack_type,omitzero"`   // "OU": the unit of RackHeight
	RackHeight        int                `json:"rack_height,omitzero"` // in units of RackType
}

// A ContainedElement says how many parts of a type a chassis can hold.
type ContainedElement struct {
	Type    string `json:"type,omitzero"` // "Power Supply"
	Minimum int    `json:"minimum"`
	Maximum int    `json:"maximum"`
}

// Chassis returns the enclosures of the system.
func (t *Table) Chassis() ([]Chassis, error) { return all[Chassis](t, TypeChassis) }

func (c *Chassis) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Manufacturer", "Vendor": // Vendor until 2.6
		c.Manufacturer = r.text(f)
	case "Type", "Chassis Type": // Chassis Type until 2.6
		c.Type = r.word(f)
	case "Lock":
		c.Lock = r.flag(f, "Present", "Not Present")
	case "Version":
		c.Version = r.text(f)
	case "Serial Number":
		c.SerialNumber = r.serial(f)
	case "Asset Tag":
		c.AssetTag = r.text(f)
	case "Boot-up State", "Bootup State":
		c.BootUpState = r.word(f)
	case "Power Supply State":
		c.PowerSupplyState = r.word(f)
	case "Thermal State":
		c.ThermalState = r.word(f)
	case "Security Status":
		c.SecurityStatus = r.word(f)
	case "OEM Information":
		c.OEMInformation = r.word32(f)
	case "Height":
		c.HeightU = r.measure(f, "U")
	case "Number Of Power Cords":
		c.PowerCords = r.count(f)
	case "Contained Elements":
		c.ContainedElements = containedElements(f)
	case "SKU Number":
		c.SKUNumber = r.text(f)
	case "Rack Type":
		c.RackType = r.word(f)
	case "Rack Height":
		c.RackHeight = r.count(f)
	default:
		return false
	}
	return true
}

// containedElements reads the items "Power Supply (1-2)" and "Fan (4)".
func containedElements(f *Field) []ContainedElement {
	var list []ContainedElement
	for _, item := range f.Items {
		i := strings.LastIndexByte(item, '(')
		if i < 0 || !strings.HasSuffix(item, ")") {
			continue
		}
		low, high, ok := strings.Cut(item[i+1:len(item)-1], "-")
		if !ok {
			high = low
		}
		minimum, err := strconv.ParseUint(low, 10, 8)
		maximum, err2 := strconv.ParseUint(high, 10, 8)
		if err != nil || err2 != nil {
			continue
		}
		list = append(list, ContainedElement{respellType(strings.TrimSpace(item[:i])), int(minimum), int(maximum)})
	}
	return list
}
