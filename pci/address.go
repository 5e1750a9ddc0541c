// SPDX-License-Identifier: Apache-2.0

package pci

import "fmt"

// An address is where a PCI function sits.
type address struct {
	domain                uint32
	bus, device, function uint8
}

// parseAddress reads "[domain:]bus:device.function", all in hex.
func parseAddress(s string) (a address, ok bool) {
	n := len(s) - len("00:00.0")
	if n < 0 || s[n+2] != ':' || s[n+5] != '.' {
		return address{}, false
	}
	domain := uint32(0)
	if n > 0 {
		d, ok := hex(s[:n-1])
		if !ok || n < len("0000:") || n > len("00000000:") || s[n-1] != ':' {
			return address{}, false
		}
		domain = d
	}
	bus, ok1 := hex(s[n : n+2])
	device, ok2 := hex(s[n+3 : n+5])
	function, ok3 := hex(s[n+6:])
	a = address{domain, uint8(bus), uint8(device), uint8(function)}
	return a, ok1 && ok2 && ok3 && device < 32 && function < 8
}

func (a address) String() string {
	return fmt.Sprintf("%04x:%02x:%02x.%x", a.domain, a.bus, a.device, a.function)
}

// hex returns the value of hex digits, of the last eight if there are more.
func hex(s string) (n uint32, ok bool) {
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			n = n<<4 | uint32(c-'0')
		case 'a' <= c && c <= 'f':
			n = n<<4 | uint32(c-'a'+10)
		case 'A' <= c && c <= 'F':
			n = n<<4 | uint32(c-'A'+10)
		default:
			return 0, false
		}
	}
	return n, s != ""
}

// isHex reports whether s consists of so many hex digits.
func isHex(s string, digits int) bool {
	if len(s) != digits {
		return false
	}
	_, ok := hex(s)
	return ok
}

// isAddress reports whether s is the address of a PCI function.
func isAddress(s string) bool {
	_, ok := parseAddress(s)
	return ok
}
