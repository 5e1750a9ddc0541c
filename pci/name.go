// SPDX-License-Identifier: Apache-2.0

package pci

import (
	"strings"

	"github.com/mchus/bee/internal/placeholder"
)

// A style is how lspci prints a number and its name (pciutils, lib/names.c,
// format_name).
type style int

const (
	namesOnly style = iota // "Intel Corporation", or "Vendor 8086" where pci.ids has no name
	numbers                // -n: "8086"
	both                   // -nn: "Intel Corporation [8086]", or "Vendor [8086]"
)

// splitNames tells the numbers from the names, which lspci printed as one text.
//
// A name may end in brackets of its own, so the device as a whole decides: no
// class has a name of four hex digits, and with -nn the vendor ends in its
// number. A text that was too long for lspci ends in dots instead, or is its
// complaint; the next one tells.
func (d *Device) splitNames() {
	s := namesOnly
	if isID(d.Class.Name) || d.Class.Name == "" && isID(d.Vendor.Name) {
		s = numbers
	} else {
		for _, n := range [...]*Name{&d.Vendor, &d.Device, &d.SubsystemVendor, &d.SubsystemDevice} {
			if !strings.HasSuffix(n.Name, "...") && n.Name != tooLong {
				if endsInID(n.Name) {
					s = both
				}
				break
			}
		}
	}
	d.Vendor.split(s)
	d.Device.split(s)
	d.SubsystemVendor.split(s)
	d.SubsystemDevice.split(s)
	if s == namesOnly && endsInID(d.Class.Name) {
		s = both // lspci adds the number where pci.ids knows only the base class
	}
	d.Class.split(s)
	for _, n := range [...]*Name{&d.Vendor, &d.Device, &d.SubsystemVendor, &d.SubsystemDevice} {
		if n.Name != "" && (n.Name == tooLong || placeholder.Is(n.Name)) {
			n.Name = ""
		}
	}
}

// tooLong is what lspci up to 3.1 prints in the place of a name that is too long
// for it, with its number.
const tooLong = "<pci_lookup_name: buffer too small>"

// split parts the text in n.Name.
func (n *Name) split(s style) {
	text := n.Name
	switch {
	case s == numbers && isID(text):
		*n = Name{ID: text}
	case s == both && endsInID(text):
		n.ID = text[len(text)-5 : len(text)-1]
		n.Name = trimRight(text[:len(text)-6])
		if isUnknown(n.Name) {
			n.Name = ""
		}
	case s == namesOnly && len(text) > 5 && text[len(text)-5] == ' ' && isID(text[len(text)-4:]) && isUnknown(text[:len(text)-5]):
		*n = Name{ID: text[len(text)-4:]}
	}
}

// isUnknown reports whether lspci prints text in place of a name that it does
// not know. Versions before 3.0 say "Unknown device".
func isUnknown(text string) bool {
	switch text {
	case "Class", "Vendor", "Device", "Unknown vendor", "Unknown device", "Unknown class":
		return true
	}
	return false
}

// isID reports whether s is a number as lspci prints it.
func isID(s string) bool { return isHex(s, 4) && !hasUpper(s) }

// endsInID reports whether s ends like " [8086]".
func endsInID(s string) bool {
	n := len(s)
	return n >= 7 && s[n-1] == ']' && s[n-6] == '[' && s[n-7] == ' ' && isID(s[n-5:n-1])
}

func hasUpper(s string) bool {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return true
		}
	}
	return false
}
