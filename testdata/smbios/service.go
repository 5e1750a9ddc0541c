// SPDX-License-Identifier: Apache-2.0

package smbios

import "github.com/mchus/bee/dmi"

// OEMStrings is structure type 11 (DSP0134 7.12), Options is type 12: nothing
// but the strings behind them.
type (
	OEMStrings struct{ Count uint8 }
	Options    struct{ Count uint8 }
)

// strings returns free texts of the kind that types 11 and 12 hold.
func (g *generator) strings(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = g.text("Dell System", "5[0000]", "PSF: 1234", "JP1: 1-2 Clear CMOS", "www.example.com", "Intel Haswell/Wellsburg/Grantley", "SN:"+g.serial())
		if list[i] == "" {
			list[i] = "-"
		}
	}
	return list
}

func (g *generator) oemStrings() uint16 {
	texts := g.strings(g.between(1, 12))
	h := g.add(11, &OEMStrings{uint8(len(texts))})
	g.attach(texts)
	return h
}

func (g *generator) options() uint16 {
	texts := g.strings(g.between(1, 6))
	h := g.add(12, &Options{uint8(len(texts))})
	g.attach(texts)
	return h
}

// attach sets the strings of the last structure, where its fields do not.
func (g *generator) attach(texts []string) {
	list := g.machine.Table.Structures
	list[len(list)-1].Strings = texts
}

// Languages is structure type 13, of the firmware's languages (DSP0134 7.14).
type Languages struct {
	Count    uint8
	Flags    uint8 // bit 0: abbreviated
	Reserved [15]uint8
	Current  uint8 // number of a string
}

func (g *generator) languages() uint16 {
	all := []string{"en|US|iso8859-1", "fr|FR|iso8859-1", "zh|TW|unicode", "ja|JP|unicode", "enUS"}
	n := g.between(1, len(all))
	h := g.add(13, &Languages{Count: uint8(n), Flags: uint8(g.IntN(2)), Current: uint8(g.between(0, n))})
	g.attach(all[:n])
	return h
}

// Security is structure type 24, of hardware passwords (DSP0134 7.25): four
// settings of two bits.
type Security struct{ Settings uint8 }

func (g *generator) security() uint16 { return g.add(24, &Security{uint8(g.Uint32())}) }

var securitySettings = terms(0, "Disabled|Enabled|Not Implemented|Unknown")

// Boot is structure type 32, the status of the last boot (DSP0134 7.33).
type Boot struct {
	Reserved [6]uint8
	Status   uint8
}

func (g *generator) boot() uint16 {
	return g.add(32, &Boot{Status: uint8(pick(g, bootStatuses...).code)}, 0x14)
}

var bootStatuses = terms(0, "No errors detected|No bootable media|Operating system failed to load|"+
	"Firmware-detected hardware failure|Operating system-detected hardware failure|User-requested boot|"+
	"System security violation|Previously-requested image|System watchdog timer expired|"+
	"80=OEM-specific|C0=Product-specific")

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
	t := &TPM{
		Vendor:          pick(g, [4]uint8{'I', 'F', 'X', 0}, [4]uint8{'S', 'T', 'M', ' '}, [4]uint8{'N', 'T', 'C'}, [4]uint8{'A', 'M', 'D', 0}, [4]uint8{'I', 'N', 'T', 'C'}),
		Major:           pick[uint8](g, 1, 2, 2, 3),
		Minor:           uint8(g.IntN(3)),
		Firmware1:       g.Uint32() >> g.IntN(20),
		Firmware2:       g.Uint32(),
		Description:     g.text("TPM 2.0, ManufacturerID: IFX", "Infineon", "AMD"),
		Characteristics: g.flags(tpmCharacteristics),
		OEM:             g.Uint32(),
	}
	return g.add(43, t, 0x1B, 0x1F)
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

var firmwareStates = terms(1, "Other|Unknown|Disabled|Enabled|Absent|Stand-by Offline|Stand-by Spare|Unavailable Offline")

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

var (
	ipmiInterfaces = terms(0, "Unknown|KCS (Keyboard Control Style)|SMIC (Server Management Interface Chip)|"+
		"BT (Block Transfer)|SSIF (SMBus System Interface)")
	ipmiSpacings = terms(0, "Successive Byte Boundaries|32-bit Boundaries|16-byte Boundaries")
)

// HostInterface is structure type 42 of version 3.2 and later (DSP0134 7.43),
// for Redfish over a network device (DSP0270 8.3).
type HostInterface struct {
	Type          uint8
	Length        uint8 // of what follows, to Device
	Device        []uint8
	ProtocolCount uint8
	Protocols     []Protocol
}

// A Protocol is spoken over a host interface.
type Protocol struct {
	Type, Length uint8
	Data         []uint8
}

var _ dmi.View
