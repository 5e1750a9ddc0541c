// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"fmt"

	"github.com/mchus/bee/dmi"
)

// BIOS is structure type 0, of the platform firmware (DSP0134 7.1).
type BIOS struct {
	Vendor, Version                  string
	StartSegment                     uint16
	ReleaseDate                      string
	ROMSize                          uint8 // (n+1) × 64 KiB, 0xFF: see ExtendedROMSize
	Characteristics                  uint64
	Extension1, Extension2           uint8
	Major, Minor                     uint8 // 0xFF: none
	ControllerMajor, ControllerMinor uint8 // of the embedded controller, 0xFF: none
	ExtendedROMSize                  uint16
}

func (g *generator) bios() uint16 {
	b := &BIOS{
		Vendor:          g.text("American Megatrends International, LLC.", "Dell Inc.", "HPE", "Intel Corporation", "EDK II"),
		Version:         g.text("2.19.1", "U46", "SE5C620.86B.02.01.0013.121520200651", "2.3a", "F31"),
		ReleaseDate:     fmt.Sprintf("%02d/%02d/%d", g.between(1, 12), g.between(1, 28), g.between(1998, 2026)),
		StartSegment:    pick[uint16](g, 0, 0xF000, 0xE000, 0xEFA4, 0xFFFF),
		ROMSize:         uint8(g.IntN(256)),
		Characteristics: g.flags(biosCharacteristics[1:]) | sometimes[uint64](g, 0, 1<<3),
		Extension1:      uint8(g.flags(biosExtension1)),
		Extension2:      uint8(g.flags(biosExtension2)),
		Major:           sometimes(g, uint8(g.IntN(30)), 0xFF),
		Minor:           sometimes(g, uint8(g.IntN(100)), 0xFF),
		ControllerMajor: sometimes(g, uint8(g.IntN(30)), 0xFF),
		ControllerMinor: sometimes(g, uint8(g.IntN(100)), 0xFF),
		ExtendedROMSize: pick[uint16](g, 16, 32, 64, 256, 1<<14|1, 1<<14|16, 0x3FFF),
	}
	return g.add(0, b, 0x12, 0x13, 0x14, 0x18)
}

func (b *BIOS) add(t *Truth, in printed) {
	v := dmi.BIOS{View: in.view()}
	if in.has(0x12) {
		v.Vendor, v.Version, v.ReleaseDate = text(b.Vendor), text(b.Version), text(b.ReleaseDate)
		if b.StartSegment != 0 {
			v.Address = new(uint32(b.StartSegment) << 4)
			v.RuntimeBytes = (0x10000 - uint64(b.StartSegment)) << 4
		}
		v.ROMBytes = b.romBytes(in)
		v.Characteristics = biosCharacteristics.bits(b.Characteristics, in.tool)
		if b.Characteristics&(1<<3) != 0 {
			v.Characteristics = biosCharacteristics[:1].bits(1<<3, in.tool)
		}
	}
	if in.has(0x13) {
		v.Characteristics = append(v.Characteristics, biosExtension1.bits(uint64(b.Extension1), in.tool)...)
	}
	if in.has(0x14) {
		v.Characteristics = append(v.Characteristics, biosExtension2.bits(uint64(b.Extension2), in.tool)...)
	}
	if in.has(0x18) {
		v.Revision = revision(b.Major, b.Minor)
		v.ControllerRevision = revision(b.ControllerMajor, b.ControllerMinor)
	}
	if t.BIOS == nil {
		t.BIOS = &v
	}
}

// romBytes returns the size of the flash chip, in two fields since 3.1.
func (b *BIOS) romBytes(in printed) uint64 {
	switch {
	case b.ROMSize != 0xFF:
		return (uint64(b.ROMSize) + 1) << 16
	case !in.has(0x1A):
		return 16 << 20
	}
	return uint64(b.ExtendedROMSize&0x3FFF) << (20 + 10*(b.ExtendedROMSize>>14))
}

// revision returns "5.14", "" where either half says that there is none.
func revision(major, minor uint8) string {
	if major == 0xFF || minor == 0xFF {
		return ""
	}
	return fmt.Sprintf("%d.%d", major, minor)
}

var (
	biosCharacteristics = terms(3, "Firmware characteristics not supported|ISA is supported|MCA is supported|EISA is supported|PCI is supported|"+
		"PC Card (PCMCIA) is supported|PNP is supported|APM is supported|Firmware is upgradeable|"+
		"Firmware shadowing is allowed|VLB is supported|ESCD support is available|"+
		"Boot from CD is supported|Selectable boot is supported|Firmware ROM is socketed|"+
		"Boot from PC Card (PCMCIA) is supported|EDD is supported|"+
		"Japanese floppy for NEC 9800 1.2 MB is supported (int 13h)|"+
		"Japanese floppy for Toshiba 1.2 MB is supported (int 13h)|"+
		"5.25\"/360 kB floppy services are supported (int 13h)|5.25\"/1.2 MB floppy services are supported (int 13h)|"+
		"3.5\"/720 kB floppy services are supported (int 13h)|3.5\"/2.88 MB floppy services are supported (int 13h)|"+
		"Print screen service is supported (int 5h)|8042 keyboard services are supported (int 9h)|"+
		"Serial services are supported (int 14h)|Printer services are supported (int 17h)|"+
		"CGA/mono video services are supported (int 10h)|NEC PC-98")
	biosExtension1 = terms(0, "ACPI is supported|USB legacy is supported|AGP is supported|I2O boot is supported|"+
		"LS-120 boot is supported|ATAPI Zip drive boot is supported|IEEE 1394 boot is supported|"+
		"Smart battery is supported")
	biosExtension2 = terms(0, "BIOS boot specification is supported|"+
		"Function key-initiated network boot is supported|Targeted content distribution is supported|"+
		"UEFI is supported|System is a virtual machine|Manufacturing mode is supported@3.4|"+
		"Manufacturing mode is enabled@3.4")
)

// System is structure type 1 (DSP0134 7.2).
type System struct {
	Manufacturer, Product, Version, Serial string
	UUID                                   [16]uint8
	WakeUp                                 uint8
	SKU, Family                            string
}

func (g *generator) system() uint16 {
	s := &System{
		Manufacturer: g.text("Dell Inc.", "HPE", "Supermicro", "GIGABYTE", "Lenovo", "QEMU", "Inspur"),
		Product:      g.text("PowerEdge R760", "ProLiant DL380 Gen10", "SYS-420GP-TNAR", "R282-Z90", "Standard PC (Q35 + ICH9, 2009)"),
		Version:      g.text("B-7", "A01", "pc-q35-7.2", "0100"),
		Serial:       g.serial(),
		WakeUp:       g.code(wakeUpTypes),
		SKU:          g.text("SKU=0A6B;ModelName=PowerEdge R760", "868703-B21", "091715D9"),
		Family:       g.text("PowerEdge", "ProLiant", "SMC X12", "Server"),
	}
	for i := range s.UUID {
		s.UUID[i] = uint8(g.Uint32())
	}
	switch g.IntN(20) {
	case 0:
		s.UUID = [16]uint8{}
	case 1:
		s.UUID = allOnes
	}
	return g.add(1, s, 0x08, 0x19)
}

func (s *System) add(t *Truth, in printed) {
	v := dmi.System{View: in.view()}
	if in.has(0x08) {
		v.Manufacturer, v.ProductName = text(s.Manufacturer), text(s.Product)
		v.Version, v.SerialNumber = text(s.Version), text(s.Serial)
	}
	if in.has(0x19) {
		v.UUID = uuid(s.UUID, in.smbios)
		v.WakeUpType = wakeUpTypes.text(uint16(s.WakeUp), in.tool)
	}
	if in.has(0x1B) {
		v.SKUNumber, v.Family = text(s.SKU), text(s.Family)
	}
	if t.System == nil {
		t.System = &v
	}
}

// uuid returns the text of a UUID. Since version 2.6 of the specification its
// first three fields are little-endian, and tools read older ones as they are.
func uuid(u [16]uint8, version Version) string {
	if u == [16]uint8{} || u == allOnes {
		return ""
	}
	if version.AtLeast(2, 6) {
		u[0], u[1], u[2], u[3] = u[3], u[2], u[1], u[0]
		u[4], u[5], u[6], u[7] = u[5], u[4], u[7], u[6]
	}
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

var allOnes = [16]uint8{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}

var wakeUpTypes = terms(0, "Reserved|Other|Unknown|APM Timer|Modem Ring|LAN Remote|Power Switch|PCI PME#|AC Power Restored")

// Baseboard is structure type 2 (DSP0134 7.3).
type Baseboard struct {
	Manufacturer, Product, Version, Serial, AssetTag string
	Features                                         uint8
	Location                                         string
	ChassisHandle                                    uint16
	Type                                             uint8
	Count                                            uint8
	Objects                                          []uint16
}

func (g *generator) baseboard(chassis uint16) uint16 {
	b := &Baseboard{
		Manufacturer:  g.text("Dell Inc.", "Supermicro", "Intel Corporation", "GIGABYTE"),
		Product:       g.text("0D41HC", "X12DPG-OA6", "S2600WFT", "MZ92-FS0-00"),
		Version:       g.text("A00", "1.10", "H48104-872", "01000100"),
		Serial:        g.serial(),
		AssetTag:      g.text("Asset-1234", "01"),
		Features:      uint8(g.flags(baseboardFeatures)),
		Location:      g.text("Node: left", "Slot 3", "Bay 1"),
		ChassisHandle: chassis,
		Type:          g.code(baseboardTypes),
		Objects:       g.handles(8),
	}
	b.Count = uint8(len(b.Objects))
	return g.add(2, b, 0x08, 0x09, 0x0A, 0x0E, 0x0F)
}

func (b *Baseboard) add(t *Truth, in printed) {
	v := dmi.Baseboard{View: in.view()}
	if in.has(0x08) {
		v.Manufacturer, v.ProductName = text(b.Manufacturer), text(b.Product)
		v.Version, v.SerialNumber = text(b.Version), text(b.Serial)
	}
	if in.has(0x09) {
		v.AssetTag = text(b.AssetTag)
	}
	if in.has(0x0A) {
		v.Features = baseboardFeatures.bits(uint64(b.Features), in.tool)
	}
	if in.has(0x0E) {
		v.Location = text(b.Location)
		v.ChassisHandle = handle(b.ChassisHandle)
		v.Type = baseboardTypes.text(uint16(b.Type), in.tool)
	}
	if in.has(0x0F + 2*len(b.Objects)) {
		v.ContainedHandles = b.Objects
	}
	t.Baseboards = append(t.Baseboards, v)
}

// handles returns up to n handles of structures that may or may not exist.
func (g *generator) handles(n int) []uint16 {
	list := make([]uint16, g.IntN(n+1)*g.IntN(2))
	for i := range list {
		list[i] = uint16(g.IntN(0x2000))
	}
	return list
}

var (
	baseboardFeatures = terms(0, "Board is a hosting board|Board requires at least one daughter board|"+
		"Board is removable|Board is replaceable|Board is hot swappable")
	baseboardTypes = terms(1, "Unknown|Other|Server Blade|Connectivity Switch|System Management Module|"+
		"Processor Module|I/O Module|Memory Module|Daughter Board|Motherboard|Processor+Memory Module|"+
		"Processor+I/O Module|Interconnect Board")
)

// Chassis is structure type 3, of the system's enclosure (DSP0134 7.4).
type Chassis struct {
	Manufacturer                                    string
	Type                                            uint8 // bit 7: there is a lock
	Version, Serial, AssetTag                       string
	BootUpState, PowerState, ThermalState, Security uint8
	OEM                                             uint32
	Height                                          uint8 // in U, 0: unspecified
	PowerCords                                      uint8 // 0: unspecified
	ElementCount, ElementLength                     uint8
	Elements                                        []Element
	SKU                                             string
	RackType, RackHeight                            uint8 // since version 3.9
}

// An Element is something that a chassis may contain (DSP0134 7.4.4).
type Element struct{ Type, Minimum, Maximum uint8 }

func (g *generator) chassis() uint16 {
	c := &Chassis{
		Manufacturer:  g.text("Dell Inc.", "Supermicro", "HPE", "Intel"),
		Type:          g.code(chassisTypes) | uint8(g.IntN(2)<<7),
		Version:       g.text("1.0", "9"),
		Serial:        g.serial(),
		AssetTag:      g.text("RACK-7/12", "A-77"),
		BootUpState:   g.code(chassisStates),
		PowerState:    g.code(chassisStates),
		ThermalState:  g.code(chassisStates),
		Security:      g.code(chassisSecurity),
		OEM:           pick(g, 0, g.Uint32()),
		Height:        uint8(g.IntN(9)),
		PowerCords:    uint8(g.IntN(5)),
		ElementLength: 3,
		SKU:           g.text("SKU-1", "P21463-B21"),
		RackType:      g.code(rackTypes),
		RackHeight:    uint8(g.IntN(48)),
	}
	for range g.IntN(4) * g.IntN(2) {
		low := uint8(g.IntN(4))
		kind := pick(g, g.code(baseboardTypes), 0x80|17, 0x80|4, 0x80|39)
		c.Elements = append(c.Elements, Element{kind, low, low + uint8(g.IntN(3))})
	}
	c.ElementCount = uint8(len(c.Elements))
	if g.oneIn(8) {
		c.RackType = 0
	}
	end := 0x15 + 3*len(c.Elements)
	return g.add(3, c, 0x09, 0x0D, 0x11, 0x13, 0x15, end+1, end+1)
}

func (c *Chassis) add(t *Truth, in printed) {
	v := dmi.Chassis{View: in.view()}
	if in.has(0x09) {
		v.Manufacturer = text(c.Manufacturer)
		v.Type = chassisTypes.text(uint16(c.Type&0x7F), in.tool)
		v.Lock = new(c.Type&0x80 != 0)
		v.Version, v.SerialNumber, v.AssetTag = text(c.Version), text(c.Serial), text(c.AssetTag)
	}
	if in.has(0x0D) {
		v.BootUpState = chassisStates.text(uint16(c.BootUpState), in.tool)
		v.PowerSupplyState = chassisStates.text(uint16(c.PowerState), in.tool)
		v.ThermalState = chassisStates.text(uint16(c.ThermalState), in.tool)
		v.SecurityStatus = chassisSecurity.text(uint16(c.Security), in.tool)
	}
	if in.has(0x11) {
		v.OEMInformation = &c.OEM
	}
	if in.has(0x13) {
		v.HeightU, v.PowerCords = int(c.Height), int(c.PowerCords)
	}
	end := 0x15 + 3*len(c.Elements)
	if in.has(end) {
		for _, e := range c.Elements {
			v.ContainedElements = append(v.ContainedElements, e.view(in.tool))
		}
	}
	if in.has(end+1) && (in.tool < 307 || in.smbios.AtLeast(2, 7)) {
		v.SKUNumber = text(c.SKU)
	}
	if in.has(end+3) && in.tool >= 307 && in.smbios.AtLeast(3, 9) {
		v.RackType, v.RackHeight = rackTypes.text(uint16(c.RackType), in.tool), int(c.RackHeight)
	}
	t.Chassis = append(t.Chassis, v)
}

// view reads the type of an element: of a board, or of a structure with bit 7.
func (e Element) view(tool Tool) dmi.ContainedElement {
	kinds := baseboardTypes
	if e.Type&0x80 != 0 {
		kinds = structureTypes
	}
	return dmi.ContainedElement{
		Type:    kinds.text(uint16(e.Type&0x7F), tool),
		Minimum: int(e.Minimum),
		Maximum: int(e.Maximum),
	}
}

var (
	chassisTypes = terms(1, "Other|Unknown|Desktop|Low Profile Desktop|Pizza Box|Mini Tower|Tower|Portable|Laptop|"+
		"Notebook|Hand Held|Docking Station|All In One|Sub Notebook|Space-saving|Lunch Box|Main Server Chassis|"+
		"Expansion Chassis|Sub Chassis|Bus Expansion Chassis|Peripheral Chassis|RAID Chassis|Rack Mount Chassis|"+
		"Sealed-case PC|Multi-system|Compact PCI|Advanced TCA|Blade|"+
		"Blade Enclosure|Tablet|Convertible|Detachable|IoT Gateway|Embedded PC|Mini PC|Stick PC")
	chassisStates   = terms(1, "Other|Unknown|Safe|Warning|Critical|Non-recoverable")
	structureTypes  = terms(0, "Platform Firmware|4=Processor|D=Firmware Language|11=Memory Device|27=Power Supply")
	rackTypes       = terms(1, "OU")
	chassisSecurity = terms(1, "Other|Unknown|None|External Interface Locked Out|External Interface Enabled")
)
