// SPDX-License-Identifier: Apache-2.0

package pciconf

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// Names are what a pci.ids calls the numbers. A number without an entry is
// unknown.
type Names struct {
	Vendors    map[uint16]string
	Devices    map[[2]uint16]string // vendor, device
	Subsystems map[[4]uint16]string // vendor, device, subsystem vendor, subsystem device
	Bases      map[uint8]string
	Classes    map[uint16]string // only of a known base class
}

// File writes the names as a pci.ids. lspci drops one blank at the end of a
// line, so each line gets one.
func (n *Names) File() []byte {
	var b bytes.Buffer
	for _, v := range sorted(n.Vendors) {
		fmt.Fprintf(&b, "%04x  %s \n", v, n.Vendors[v])
		for _, d := range sorted16(n.Devices, v) {
			fmt.Fprintf(&b, "\t%04x  %s \n", d, n.Devices[[2]uint16{v, d}])
			for key, name := range n.Subsystems {
				if key[0] == v && key[1] == d {
					fmt.Fprintf(&b, "\t\t%04x %04x  %s \n", key[2], key[3], name)
				}
			}
		}
	}
	for _, base := range sorted(n.Bases) {
		fmt.Fprintf(&b, "C %02x  %s \n", base, n.Bases[base])
		for _, class := range sorted(n.Classes) {
			if uint8(class>>8) == base {
				fmt.Fprintf(&b, "\t%02x  %s \n", class&0xff, n.Classes[class])
			}
		}
	}
	return b.Bytes()
}

func sorted[K uint8 | uint16](m map[K]string) []K { return slices.Sorted(maps.Keys(m)) }

func sorted16(m map[[2]uint16]string, vendor uint16) []uint16 {
	var devices []uint16
	for key := range m {
		if key[0] == vendor {
			devices = append(devices, key[1])
		}
	}
	slices.Sort(devices)
	return devices
}

// Vendor, Device, Subsystem and Class look a name up by lspci's rules
// (pciutils, lib/names.c): a subsystem with the device's own numbers has its
// name, and a class without one that of its base. exact says that the class
// itself has a name.
func (n *Names) Vendor(v uint16) string    { return n.Vendors[v] }
func (n *Names) Device(v, d uint16) string { return n.Devices[[2]uint16{v, d}] }

func (n *Names) Subsystem(v, d, sv, sd uint16) string {
	if name := n.Subsystems[[4]uint16{v, d, sv, sd}]; name != "" && v != 0 && d != 0 {
		return name
	}
	if v == sv && d == sd {
		return n.Device(v, d)
	}
	return ""
}

func (n *Names) Class(class uint16) (name string, exact bool) {
	if name := n.Classes[class]; name != "" {
		return name, true
	}
	return n.Bases[uint8(class>>8)], false
}

// parts of names, as vendors like them.
var parts = strings.Split("Ethernet|Controller|[AMD/ATI]|Corp.,|Ltd.|Family|(rev 2)|SAS-3|X710/X557-AT|PCIe|\"Quoted\"|"+
	"back\\slash|a: b|Slot:|Device|Vendor|[8086|1af4]|[|]|Gerät|设备|#2|\xff\xfe|<BAD>|100%|-|Cla$$|Unknown|Switch,|Hub", "|")

// traps are names that look like what lspci prints where it knows no name, or
// like numbers. A text without numbers cannot tell some of them from the real
// thing: see [Options.Numbers].
var traps = []string{
	"Name [1234]", "[abcd]", "Name [ABCD]", "Name [12345]", "Name[1234]", "abcd", "0200",
	"Device 1234", "Vendor 1234", "Unknown vendor 1234", "Class 0200", "Device [1234]", "Name [8086] [1234]",
	"Slot:\t00:00.0", "...", "cut off...",
}

func (g *generator) name(maxLen int) string {
	if g.opts.Numbers && g.IntN(6) == 0 {
		return traps[g.IntN(len(traps))]
	}
	words := make([]string, 1+g.IntN(6))
	for i := range words {
		words[i] = parts[g.IntN(len(parts))]
	}
	if g.IntN(20) == 0 {
		words = append(words, strings.Repeat("long ", 20+g.IntN(60)))
	}
	name := strings.Join(words, " ")
	name = strings.TrimSpace(name[:min(len(name), maxLen)])
	switch name {
	case "", "Device", "Vendor", "Unknown": // what lspci says of unknown numbers
		return "Plain Name"
	}
	if g.IntN(8) == 0 {
		name += " \t " // lspci prints that too
	}
	return name
}

// names invents names for most of the functions' numbers.
func (g *generator) names(functions []Function) *Names {
	n := &Names{
		Vendors: map[uint16]string{}, Devices: map[[2]uint16]string{}, Subsystems: map[[4]uint16]string{},
		Bases: map[uint8]string{}, Classes: map[uint16]string{},
	}
	for _, f := range functions {
		if g.known() {
			n.Vendors[f.Vendor] = g.name(400)
			if g.known() {
				n.Devices[[2]uint16{f.Vendor, f.Device}] = g.name(400)
				if g.known() && f.SubVendor != 0 {
					n.Subsystems[[4]uint16{f.Vendor, f.Device, f.SubVendor, f.SubDevice}] = g.name(400)
				}
			}
		}
		if g.known() && f.SubVendor != 0 {
			n.Vendors[f.SubVendor] = g.name(400)
		}
		if base := uint8(f.Class >> 8); g.known() {
			n.Bases[base] = g.name(100)
			if g.known() {
				n.Classes[f.Class] = g.name(100)
			}
		}
	}
	for class := range n.Classes { // a subclass stands below its base
		if n.Bases[uint8(class>>8)] == "" {
			delete(n.Classes, class)
		}
	}
	return n
}

func (g *generator) known() bool { return g.IntN(5) > 0 }

type generator struct {
	*rand.Rand
	opts Options
}
