// SPDX-License-Identifier: Apache-2.0

// Package pciconf generates PCI machines: the configuration space of each
// function as a dump that lspci -F reads, the names of all numbers as a pci.ids,
// and, since nothing here was read by a parser, the truth about both.
//
// Machines are odd on purpose: capabilities that point at each other, headers of
// unknown types, dead functions that read as ones, domains of up to 31 bits,
// spaces that are cut short, and names with brackets, numbers, quotes and bytes
// that are no UTF-8.
package pciconf

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// A Function is one PCI function and what its configuration space says.
type Function struct {
	Domain             uint32
	Bus, Slot, Func    uint8
	Vendor, Device     uint16
	Class              uint16 // base class and subclass
	ProgIf, Revision   uint8
	Header             uint8  // layout of the header: 0 device, 1 bridge, 2 CardBus, or none that exists
	SubVendor          uint16 // 0: none
	SubDevice          uint16
	Primary, Secondary uint8 // buses of a bridge
	Subordinate        uint8
	Capabilities       []Capability
	Loop               bool // the last capability points back at the first
	Size               int  // bytes of the space in the dump, 64 to 4096
	Dead               bool // everything reads as ones
}

// A Capability is an entry of the list in the configuration space.
type Capability struct {
	ID   uint8
	Body []byte // after the ID and the pointer to the next
}

// Offsets in the configuration space (PCI Local Bus Specification 3.0, section
// 6.1; PCI-to-PCI Bridge Architecture 1.2, section 3.2).
const (
	offStatus     = 0x06
	offRevision   = 0x08
	offHeader     = 0x0e
	offBuses      = 0x18
	offSubsystem  = 0x2c
	offCapPointer = 0x34
	offCBCapPtr   = 0x14
	offCBSubsys   = 0x40
	offFirstCap   = 0x50

	capSubsystem = 0x0d // the subsystem of a bridge
)

// Config returns the configuration space, Size bytes of it.
func (f *Function) Config() []byte {
	c := make([]byte, 4096)
	put := binary.LittleEndian.PutUint16
	put(c[0:], f.Vendor)
	put(c[2:], f.Device)
	c[offRevision], c[offRevision+1] = f.Revision, f.ProgIf
	put(c[offRevision+2:], f.Class)
	c[offHeader] = f.Header
	switch f.Header & 0x7f {
	case 0:
		put(c[offSubsystem:], f.SubVendor)
		put(c[offSubsystem+2:], f.SubDevice)
	case 1, 2:
		c[offBuses], c[offBuses+1], c[offBuses+2] = f.Primary, f.Secondary, f.Subordinate
	}
	if f.Header&0x7f == 2 {
		put(c[offCBSubsys:], f.SubVendor)
		put(c[offCBSubsys+2:], f.SubDevice)
	}
	f.putCapabilities(c)
	if f.Dead {
		c = bytes.Repeat([]byte{0xff}, len(c))
	}
	return c[:f.Size]
}

func (f *Function) putCapabilities(c []byte) {
	list := f.capabilities()
	if len(list) == 0 {
		return
	}
	c[offStatus] |= 0x10 // there is a list
	at, link := offFirstCap, offCapPointer
	if f.Header&0x7f == 2 {
		link = offCBCapPtr
	}
	for _, capability := range list {
		c[link] = byte(at)
		c[at] = capability.ID
		copy(c[at+2:], capability.Body)
		link = at + 1
		at += capability.size()
	}
	if f.Loop {
		c[link] = offFirstCap
	}
}

// capabilities returns the list in the order of the space. The last one of a
// bridge that has a subsystem says so.
func (f *Function) capabilities() []Capability {
	if f.Header&0x7f != 1 || f.SubVendor == 0 {
		return f.Capabilities
	}
	body := binary.LittleEndian.AppendUint16([]byte{0, 0}, f.SubVendor)
	return append(f.Capabilities[:len(f.Capabilities):len(f.Capabilities)],
		Capability{capSubsystem, binary.LittleEndian.AppendUint16(body, f.SubDevice)})
}

// size is how much of the space the capability takes: it begins at a multiple
// of four.
func (c Capability) size() int { return (2 + len(c.Body) + 3) &^ 3 }

// HasSubsystem reports whether the dump says which subsystem the function is:
// it may be too short for that, and unknown headers have no place for it.
func (f *Function) HasSubsystem() bool {
	end := 0
	switch f.Header & 0x7f {
	case 0:
		end = offSubsystem + 4
	case 1:
		end = offFirstCap
		for _, c := range f.capabilities() {
			end += c.size()
		}
	case 2:
		end = 128 // lspci wants the space up to there
	default:
		return false
	}
	return end <= f.Size && f.SubVendor != 0 && f.SubVendor != 0xffff
}

// address writes the function's address as lspci's dumps have it, without
// domain 0.
func (f *Function) address() string {
	if f.Domain == 0 {
		return fmt.Sprintf("%02x:%02x.%d", f.Bus, f.Slot, f.Func)
	}
	return fmt.Sprintf("%04x:%02x:%02x.%d", f.Domain, f.Bus, f.Slot, f.Func)
}

// Dump writes the functions as lspci -xxx does, for lspci -F.
func Dump(functions []Function) []byte {
	var b bytes.Buffer
	for i := range functions {
		f := &functions[i]
		fmt.Fprintf(&b, "%s generated\n", f.address())
		for j, c := range f.Config() {
			if j%16 == 0 {
				fmt.Fprintf(&b, "%02x:", j)
			}
			fmt.Fprintf(&b, " %02x", c)
			if j%16 == 15 {
				b.WriteByte('\n')
			}
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}
