// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"fmt"
	"strconv"
	"strings"
)

// ParseBusAddress returns a PCI address in the form "0000:3b:00.0", and
// whether it can be that of a device in a slot or on the board. Firmware fills
// the field with other things where there is no device:
//
//   - a bus of all ones, with whatever around it: "ffff:ff:1f.7",
//     "0000:ff:1f.7", "00ff:ff:1f.7", "0000:ff:01.0"
//   - all zeros, which is where the host bridge sits: "0000:00:00.0"
//   - a domain that no machine has: "0200:00:02.2", "ff00:b2:02.0"
func ParseBusAddress(s string) (address string, ok bool) {
	s = strings.TrimSpace(s)
	domain, bus, device, function, ok := cutBusAddress(s)
	switch {
	case !ok:
		return "", false
	case domain > 0xff, bus == 0xff, bus == 0 && device == 0 && function == 0:
		return "", false
	}
	if len(s) == len("0000:3b:00.0") && strings.ToLower(s) == s {
		return s, true
	}
	return fmt.Sprintf("%04x:%02x:%02x.%x", domain, bus, device, function), true
}

// cutBusAddress splits "0000:3b:00.0" or "3b:00.0" into its numbers.
func cutBusAddress(s string) (domain, bus, device, function uint64, ok bool) {
	switch strings.Count(s, ":") {
	case 0:
		return 0, 0, 0, 0, false // most slots and texts
	case 1:
		s = "0:" + s
	}
	dom, s, _ := strings.Cut(s, ":")
	b, s, _ := strings.Cut(s, ":")
	dev, fn, _ := strings.Cut(s, ".")
	domain, err := strconv.ParseUint(dom, 16, 16)
	bus, err2 := strconv.ParseUint(b, 16, 8)
	device, err3 := strconv.ParseUint(dev, 16, 5)
	function, err4 := strconv.ParseUint(fn, 16, 3)
	return domain, bus, device, function, err == nil && err2 == nil && err3 == nil && err4 == nil
}

// busDevice returns an address without its function, "" if it is none.
func busDevice(s string) string {
	address, ok := ParseBusAddress(s)
	if !ok {
		return ""
	}
	return address[:strings.LastIndexByte(address, '.')]
}

// busAddress returns a PCI address, "" for one that no device can have.
func (r *reader) busAddress(f *Field) string {
	s := strings.TrimSpace(f.Value)
	if noNumber(s) {
		return ""
	}
	if _, _, _, _, ok := cutBusAddress(s); !ok {
		r.fail(f, s, ErrSyntax)
	}
	address, _ := ParseBusAddress(s)
	return address
}
