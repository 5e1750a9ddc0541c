// SPDX-License-Identifier: Apache-2.0

package pci

// Lookup returns the device at an address, nil if the list has none. The
// address may leave out domain 0000, as lspci does: "3b:00.0".
func (l *List) Lookup(address string) *Device {
	a, ok := parseAddress(address)
	if !ok {
		return nil
	}
	address = a.String()
	for i := range l.Devices {
		if l.Devices[i].Address == address {
			return &l.Devices[i]
		}
	}
	return nil
}

// Ancestors returns what is above d, nearest first: its bridge, the bridge
// above that, and so on up to the root port. It needs Parent, which
// lspci does not print, and stops where one is not in the list. Above nil, which
// Lookup returns of what is not there, is nothing.
func (l *List) Ancestors(d *Device) []*Device {
	if d == nil {
		return nil
	}
	var chain []*Device
	for up := l.Lookup(d.Parent); up != nil && len(chain) < len(l.Devices); up = l.Lookup(up.Parent) {
		chain = append(chain, up)
	}
	return chain
}

// Below reports whether the link is slower or narrower than max. What is
// unknown on either side does not count.
func (k Link) Below(max Link) bool {
	return k.SpeedMTs != 0 && k.SpeedMTs < max.SpeedMTs || k.Width != 0 && k.Width < max.Width
}
