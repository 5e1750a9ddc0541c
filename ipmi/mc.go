// SPDX-License-Identifier: Apache-2.0

package ipmi

import (
	"strconv"
	"strings"
)

// An MC is the text of "ipmitool mc info" (or "bmc info").
type MC struct {
	Preamble []string `json:"preamble,omitzero"` // lines before the first field
	Fields   []Field  `json:"fields,omitzero"`
}

// An MCInfo is the typed view of an [MC]: what the management controller says
// of itself (IPMI 2.0, section 20.1, Get Device ID).
type MCInfo struct {
	DeviceID         *int     `json:"device_id,omitzero"`
	DeviceRevision   *int     `json:"device_revision,omitzero"`
	FirmwareRevision string   `json:"firmware_revision,omitzero"` // "1.17"
	AuxFirmware      string   `json:"aux_firmware,omitzero"`      // four bytes of the maker's own: "01.17.37.10"
	IPMIVersion      string   `json:"ipmi_version,omitzero"`      // "2.0"
	ManufacturerID   int      `json:"manufacturer_id,omitzero"`   // IANA enterprise number; 0 is unspecified
	ManufacturerName string   `json:"manufacturer_name,omitzero"` // "" where ipmitool does not know the number
	ProductID        *int     `json:"product_id,omitzero"`
	ProductName      string   `json:"product_name,omitzero"` // "" where ipmitool does not know the number
	Available        *bool    `json:"available,omitzero"`    // false during a firmware update or self-initialisation
	ProvidesSDRs     *bool    `json:"provides_sdrs,omitzero"`
	Support          []string `json:"support,omitzero"` // "FRU Inventory Device"
	Unknown          []Field  `json:"unknown,omitzero"` // what this view does not understand
}

// mcWidth is the column of the colon in "mc info" (ipmi_mc_get_deviceid in
// lib/ipmi_mc.c).
const mcWidth = 26

const mcFirst = "Device ID"

// ParseMC parses the output of "ipmitool mc info".
//
// The error, nil or an [Errors], says that the command failed. The value is
// never nil and does not share memory with data.
func ParseMC(data []byte) (*MC, error) { return whole(data, parseMC) }

func parseMC(text string) (*MC, error) {
	l := listing{width: mcWidth, first: mcFirst, keys: []string{"Device ID", "Device Revision", "Firmware Revision", "IPMI Version", "Manufacturer ID"}}
	l.read(text)
	l.expect(text)
	return &MC{Preamble: l.preamble, Fields: l.fields}, l.errs.err()
}

// Format returns the text as ipmitool prints it: the inverse of [ParseMC].
func (m *MC) Format() []byte { return formatListing(m.Preamble, m.Fields, mcWidth) }

// Info returns the typed view.
func (m *MC) Info() MCInfo {
	var info MCInfo
	var list string // key of the list that items are under
	end := another(m.Fields, mcFirst)
	for _, f := range m.Fields[:end] {
		ok := false
		if f.Key != "" {
			list = f.Key
			ok = info.read(f.Key, f.Value)
		} else {
			ok = info.readItem(list, strings.TrimSpace(f.Value))
		}
		if !ok {
			info.Unknown = append(info.Unknown, f)
		}
	}
	if len(info.AuxFirmware) < len("00.00.00.00") { // the text ends within the four
		info.AuxFirmware = ""
	}
	info.Unknown = append(info.Unknown, m.Fields[end:]...)
	return info
}

func (m *MCInfo) read(key, value string) bool {
	switch key {
	case "Device ID":
		return readReading(&m.DeviceID, value, "", -1)
	case "Device Revision":
		return readReading(&m.DeviceRevision, value, "", -1)
	case "Firmware Revision":
		m.FirmwareRevision = text(value)
	case "IPMI Version":
		m.IPMIVersion = text(value)
	case "Manufacturer ID":
		return readNumber(&m.ManufacturerID, value, "", 0)
	case "Manufacturer Name":
		m.ManufacturerName = text(value)
	case "Product ID":
		decimal, _, _ := strings.Cut(value, " (")
		return readReading(&m.ProductID, decimal, "", -1)
	case "Product Name":
		if !strings.HasPrefix(value, "Unknown (") {
			m.ProductName, _, _ = strings.Cut(text(value), " (0x")
		}
	case "Device Available":
		return readYesNo(&m.Available, value)
	case "Provides Device SDRs":
		return readYesNo(&m.ProvidesSDRs, value)
	case "Additional Device Support", "Aux Firmware Rev Info":
		return text(value) == ""
	default:
		return false
	}
	return true
}

// readItem takes in a line of the list under a key.
func (m *MCInfo) readItem(list, item string) bool {
	switch list {
	case "Additional Device Support":
		m.Support = append(m.Support, item)
		return true
	case "Aux Firmware Rev Info":
		digits, ok := strings.CutPrefix(item, "0x")
		if _, err := strconv.ParseUint(digits, 16, 8); !ok || err != nil {
			return false
		}
		if len(m.AuxFirmware) >= len("00.00.00.00") {
			return false
		}
		if m.AuxFirmware != "" {
			m.AuxFirmware += "."
		}
		m.AuxFirmware += digits
		return true
	}
	return false
}
