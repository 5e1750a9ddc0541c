// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"fmt"

	"github.com/mchus/bee/dmi"
)

// IPMI is structure type 38 (DSP0134 7.39).
type IPMI struct {
	Interface   uint8
	Version     uint8 // major and minor, four bits each
	I2CAddress  uint8 // in its upper seven bits
	NVStorage   uint8 // 0xFF: none
	BaseAddress uint64
	Modifier    uint8
	Interrupt   uint8 // 0: none
}

func (g *generator) ipmi() uint16 {
	return g.add(38, &IPMI{
		Interface:   uint8(pick(g, ipmiInterfaces...).code),
		Version:     pick[uint8](g, 0x20, 0x15),
		I2CAddress:  pick[uint8](g, 0x20, 0x40),
		NVStorage:   pick[uint8](g, 0xFF, 0, 1),
		BaseAddress: pick(g, 0xCA3, 0xCA2, 0xFED00000, g.Uint64()),
		Modifier:    uint8(g.Uint32()),
		Interrupt:   pick[uint8](g, 0, 10),
	}, 0x10, 0x11, 0x12)
}

func (d *IPMI) add(t *Truth, in printed) {
	v := dmi.IPMIDevice{View: in.view()}
	if in.has(0x10) {
		v.InterfaceType = ipmiInterfaces.text(uint16(d.Interface), in.tool)
		v.SpecificationVersion = fmt.Sprintf("%d.%d", d.Version>>4, d.Version&0xF)
		v.I2CAddress = new(d.I2CAddress >> 1)
		if d.NVStorage != 0xFF {
			v.NVStorageAddress = new(int(d.NVStorage))
		}
		v.BaseAddress, v.AddressSpace = d.address(in)
	}
	if in.has(0x12) {
		if d.Interface != ssif {
			v.RegisterSpacing = ipmiSpacings.text(uint16(d.Modifier>>6), in.tool)
			if d.Modifier&(1<<3) != 0 {
				v.InterruptPolarity = pickOne(d.Modifier&2 != 0, "Active High", "Active Low")
				v.InterruptTrigger = pickOne(d.Modifier&1 != 0, "Level", "Edge")
			}
		}
		v.InterruptNumber = int(d.Interrupt)
	}
	t.IPMIDevices = append(t.IPMIDevices, v)
}

// ssif is the interface type whose address is one of SMBus.
const ssif = 4

// address returns the base address and its space: bit 0 says which, and the
// modifier has the bit of the address in its place.
func (d *IPMI) address(in printed) (*uint64, string) {
	if d.Interface == ssif {
		return new(d.BaseAddress & 0xFF >> 1), "SMBus"
	}
	address := d.BaseAddress &^ 1
	if in.has(0x11) {
		address |= uint64(d.Modifier >> 4 & 1)
	}
	return &address, pickOne(d.BaseAddress&1 != 0, "I/O", "Memory-mapped")
}

var (
	ipmiInterfaces = terms(0, "Unknown|KCS (Keyboard Control Style)|SMIC (Server Management Interface Chip)|"+
		"BT (Block Transfer)|SSIF (SMBus System Interface)")
	ipmiSpacings = terms(0, "Successive Byte Boundaries|32-bit Boundaries|16-byte Boundaries")
)
