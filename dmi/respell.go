// SPDX-License-Identifier: Apache-2.0

package dmi

// respell returns a word of the specification as dmidecode 3.7 spells it, so
// that the typed views do not depend on the version.
func respell(word string) string {
	switch word {
	case "BIOS characteristics not supported":
		return "Firmware characteristics not supported"
	case "BIOS is upgradeable":
		return "Firmware is upgradeable"
	case "BIOS shadowing is allowed":
		return "Firmware shadowing is allowed"
	case "BIOS ROM is socketed":
		return "Firmware ROM is socketed"
	case "CompactPCI":
		return "Compact PCI"
	case "AdvancedTCA":
		return "Advanced TCA"
	case "Blade Enclosing":
		return "Blade Enclosure"
	case "Disabled By User":
		return "Disabled by user"
	case "Disabled By BIOS":
		return "Disabled by firmware"
	case "Intel Optane DC persistent memory":
		return "Intel Optane persistent memory"
	case "PCI Express 2 SFF-8639", "PCI Express 3 SFF-8639": // until 3.3
		return word + " (U.2)"
	case "CXL Flexbus 1.0": // until 3.4
		return "CXL Add-on Card"
	}
	return word
}

// respellType does the same for the name of a type of structures in a list.
func respellType(name string) string {
	switch {
	case noWord(name):
		return ""
	case name == "BIOS":
		return "Platform Firmware"
	case name == "BIOS Language":
		return "Firmware Language"
	}
	return name
}
