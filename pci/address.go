// SPDX-License-Identifier: Apache-2.0

package pci

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// An address is where a PCI function sits.
type address struct {
	domain                uint32
	bus, device, function uint8
}

// parseAddress reads "[domain:]bus:device.function", all in hex.
func parseAddress(s string) (a address, ok bool) {
	rest, function, ok := cutLast(s, '.')
	rest, device, ok1 := cutLast(rest, ':')
	domain, bus, ok2 := cutLast(rest, ':')
	if !ok2 {
		domain, bus = "0000", rest
	}
	if !ok || !ok1 || !isHex(function, 1, 1) || !isHex(device, 2, 2) || !isHex(bus, 2, 2) || !isHex(domain, 4, 8) {
		return address{}, false
	}
	a = address{uint32(hex(domain)), uint8(hex(bus)), uint8(hex(device)), uint8(hex(function))}
	return a, a.device < 32 && a.function < 8
}

func (a address) String() string {
	return fmt.Sprintf("%04x:%02x:%02x.%x", a.domain, a.bus, a.device, a.function)
}

// compare orders addresses as lspci does, which is not the order of their
// texts: domain 10000 comes after domain ffff.
func (a address) compare(b address) int {
	return cmp.Or(cmp.Compare(a.domain, b.domain), cmp.Compare(a.bus, b.bus),
		cmp.Compare(a.device, b.device), cmp.Compare(a.function, b.function))
}

// cutLast cuts s around its last sep.
func cutLast(s string, sep byte) (before, after string, ok bool) {
	if i := strings.LastIndexByte(s, sep); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// isHex reports whether s consists of low to high hex digits.
func isHex(s string, low, high int) bool {
	if len(s) < low || len(s) > high {
		return false
	}
	for i := range len(s) {
		if c := s[i] | 0x20; (s[i] < '0' || s[i] > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// hex returns the value of up to eight hex digits.
func hex(s string) uint64 {
	n, _ := strconv.ParseUint(s, 16, 32)
	return n
}

// isAddress reports whether s is the address of a PCI function.
func isAddress(s string) bool {
	if len(s) < len("00:00.0") || s[len(s)-2] != '.' { // most are names
		return false
	}
	_, ok := parseAddress(s)
	return ok
}
