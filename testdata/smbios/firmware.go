// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"fmt"
	"strings"

	"github.com/mchus/bee/dmi"
)

// TPM is structure type 43 (DSP0134 7.44).
type TPM struct {
	Vendor          [4]uint8 // ASCII, ended by a NUL if shorter
	Major, Minor    uint8
	Firmware1       uint32
	Firmware2       uint32
	Description     string
	Characteristics uint64
	OEM             uint32
}

func (g *generator) tpm() uint16 {
	d := &TPM{
		Vendor:          pick(g, [4]uint8{'I', 'F', 'X', 0}, [4]uint8{'S', 'T', 'M', ' '}, [4]uint8{'N', 'T', 'C'}, [4]uint8{'A', 'M', 'D', 0}, [4]uint8{'I', 'N', 'T', 'C'}),
		Major:           pick[uint8](g, 1, 2, 2, 3),
		Minor:           uint8(g.IntN(3)),
		Firmware1:       g.Uint32() >> g.IntN(20),
		Firmware2:       g.Uint32(),
		Description:     g.text("TPM 2.0, ManufacturerID: IFX", "Infineon", "AMD"),
		Characteristics: g.flags(tpmCharacteristics),
		OEM:             g.Uint32(),
	}
	return g.add(43, d, 0x1B, 0x1F)
}

func (d *TPM) add(t *Truth, in printed) {
	v := dmi.TPM{View: in.view()}
	if in.has(0x1B) {
		v.VendorID = text(strings.TrimRight(string(d.Vendor[:]), "\x00"))
		v.SpecificationVersion = fmt.Sprintf("%d.%d", d.Major, d.Minor)
		switch d.Major {
		case 1:
			v.FirmwareRevision = fmt.Sprintf("%d.%d", d.Firmware1>>16&0xFF, d.Firmware1>>24)
		case 2:
			v.FirmwareRevision = fmt.Sprintf("%d.%d", d.Firmware1>>16, d.Firmware1&0xFFFF)
		}
		v.Description = text(d.Description)
		v.Characteristics = tpmCharacteristics.bits(d.Characteristics, in.tool)
		if d.Characteristics&(1<<2) != 0 {
			v.Characteristics = tpmCharacteristics[:1].bits(1<<2, in.tool)
		}
	}
	if in.has(0x1F) {
		v.OEMInformation = &d.OEM
	}
	t.TPMs = append(t.TPMs, v)
}

var tpmCharacteristics = terms(2, "TPM Device characteristics not supported|Family configurable via firmware update|"+
	"Family configurable via platform software support|Family configurable via OEM proprietary mechanism")

// Firmware is structure type 45, of a component with firmware (DSP0134 7.46).
type Firmware struct {
	Name, Version             string
	VersionFormat             uint8
	ID                        string
	IDFormat                  uint8
	ReleaseDate, Manufacturer string
	LowestVersion             string
	ImageSize                 uint64 // bytes, all ones: unknown
	Characteristics           uint16
	State, Count              uint8
	Components                []uint16
}

func (g *generator) firmware() uint16 {
	f := &Firmware{
		Name:            g.text("BMC Firmware", "System ROM", "NIC: port 1", "CPLD"),
		Version:         g.text("2.10", "iLO 5 v2.72", "0x1A"),
		VersionFormat:   uint8(g.IntN(4)),
		ID:              g.text("35dfe22c-0000-4b5c", "FW-0001"),
		IDFormat:        uint8(g.IntN(2)),
		ReleaseDate:     g.text("2024-05-01T00:00:00Z", "2023-11-23"),
		Manufacturer:    g.text("HPE", "Broadcom", "Lattice"),
		LowestVersion:   g.text("1.00", "2.0"),
		ImageSize:       pick[uint64](g, 0, ^uint64(0), 32<<20, 33554433, 64<<10, g.Uint64()>>g.IntN(64)),
		Characteristics: uint16(g.IntN(4)),
		State:           g.code(firmwareStates),
		Components:      g.handles(4),
	}
	f.Count = uint8(len(f.Components))
	return g.add(45, f, 0x18)
}

func (f *Firmware) add(t *Truth, in printed) {
	if in.tool < 304 {
		return // printed as the bytes that it is
	}
	v := dmi.FirmwareComponent{View: in.view()}
	if in.has(0x18) {
		v.Name, v.Version, v.ID = text(f.Name), text(f.Version), text(f.ID)
		v.ReleaseDate, v.Manufacturer = text(f.ReleaseDate), text(f.Manufacturer)
		v.LowestSupportedVersion = text(f.LowestVersion)
		if f.ImageSize != ^uint64(0) {
			v.ImageBytes = rounded(f.ImageSize)
		}
		v.Updatable, v.WriteProtected = new(f.Characteristics&1 != 0), new(f.Characteristics&2 != 0)
		v.State = firmwareStates.text(uint16(f.State), in.tool)
	}
	if in.has(0x18 + 2*len(f.Components)) {
		v.ComponentHandles = f.Components
	}
	t.FirmwareInventory = append(t.FirmwareInventory, v)
}

var firmwareStates = terms(1, "Other|Unknown|Disabled|Enabled|Absent|Stand-by Offline|Stand-by Spare|Unavailable Offline")
