// SPDX-License-Identifier: Apache-2.0

package ethtool

import "strings"

// A DriverInfo is what "ethtool -i" says of an interface's driver and firmware
// (struct ethtool_drvinfo in the kernel's uapi/linux/ethtool.h).
type DriverInfo struct {
	Listing

	Driver       string `json:"driver,omitzero"`
	Version      string `json:"version,omitzero"`       // of the driver; the kernel's release in modern ones
	Firmware     string `json:"firmware,omitzero"`      // as the driver words it, without the PSID
	PSID         string `json:"psid,omitzero"`          // of an NVIDIA (Mellanox) board: "MT_0000000359", "DEL0000000027"
	ExpansionROM string `json:"expansion_rom,omitzero"` // version of the option ROM
	BusInfo      string `json:"bus_info,omitzero"`      // "0000:3b:00.0", "usb-0000:00:14.0-1", "tap"
	PCIAddress   string `json:"pci_address,omitzero"`   // BusInfo, where it is one

	SupportsStatistics   *bool `json:"supports_statistics,omitzero"`
	SupportsTest         *bool `json:"supports_test,omitzero"`
	SupportsEEPROMAccess *bool `json:"supports_eeprom_access,omitzero"`
	SupportsRegisterDump *bool `json:"supports_register_dump,omitzero"`
	SupportsPrivateFlags *bool `json:"supports_private_flags,omitzero"`
}

// ParseDriverInfo parses the output of "ethtool -i".
//
// The value is never nil and does not share memory with data. The error, nil
// or an [Errors], names what could not be read; the rest is there all the same.
func ParseDriverInfo(data []byte) (*DriverInfo, error) { return whole(data, parseDriverInfo) }

func parseDriverInfo(text string) (*DriverInfo, error) {
	info := new(DriverInfo)
	p := parser{take: info.take, first: "driver"}
	err := p.parse(text)
	info.Listing = p.Listing
	return info, err
}

// Format returns the text as ethtool prints it: the inverse of
// [ParseDriverInfo].
func (d *DriverInfo) Format() []byte { return d.format("", 0, ": ") }

func (d *DriverInfo) take(key, value string) error {
	switch key {
	case "driver":
		d.Driver = text(value)
	case "version":
		d.Version = text(value)
	case "firmware-version":
		d.Firmware, d.PSID = cutPSID(text(value))
	case "expansion-rom-version":
		d.ExpansionROM = text(value)
	case "bus-info":
		d.BusInfo = text(value)
		d.PCIAddress = pciAddress(value)
	case "supports-statistics":
		return takeYesNo(&d.SupportsStatistics, value)
	case "supports-test":
		return takeYesNo(&d.SupportsTest, value)
	case "supports-eeprom-access":
		return takeYesNo(&d.SupportsEEPROMAccess, value)
	case "supports-register-dump":
		return takeYesNo(&d.SupportsRegisterDump, value)
	case "supports-priv-flags":
		return takeYesNo(&d.SupportsPrivateFlags, value)
	default:
		return errUnknown
	}
	return nil
}

func takeYesNo(field **bool, value string) error {
	switch strings.ToLower(value) {
	case "yes":
		*field = new(true)
	case "no":
		*field = new(false)
	case "":
	default:
		return ErrSyntax
	}
	return nil
}

// cutPSID splits "22.31.1014 (MT_0000000359)", the firmware of an NVIDIA
// (Mellanox) card with the identity of its board. The PSIDs of other makers'
// boards have no underscore: "DEL0000000027", "HUA0020040036".
func cutPSID(value string) (firmware, psid string) {
	firmware, rest, ok := strings.Cut(value, " (")
	psid, closed := strings.CutSuffix(rest, ")")
	if !ok || !closed || !isPSID(psid) {
		return value, ""
	}
	return firmware, psid
}

// isPSID reports whether s is like a PSID: 8 to 16 capitals, digits and
// underscores, a capital first, with a digit among them.
func isPSID(s string) bool {
	if len(s) < 8 || len(s) > 16 || s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			digits++
		case 'A' <= c && c <= 'Z', c == '_':
		default:
			return false
		}
	}
	return digits > 0
}

// pciAddress returns s in lower case if it is the address of a PCI function,
// "0000:3b:00.0", with a domain of four digits or more; "" if it is not.
func pciAddress(s string) string {
	domain, rest, _ := strings.Cut(s, ":")
	if len(domain) < 4 || len(domain) > 8 || len(rest) != len("3b:00.0") || rest[2] != ':' || rest[5] != '.' {
		return ""
	}
	if !isHex(domain) || !isHex(rest[:2]) || !isHex(rest[3:5]) || rest[6] < '0' || rest[6] > '7' {
		return ""
	}
	return strings.ToLower(s)
}

func isHex(s string) bool {
	for i := range len(s) {
		switch c := s[i] | 0x20; {
		case '0' <= s[i] && s[i] <= '9', 'a' <= c && c <= 'f':
		default:
			return false
		}
	}
	return s != ""
}
