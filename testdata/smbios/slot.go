// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"fmt"
	"strconv"

	"github.com/mchus/bee/dmi"
)

// Port is structure type 8, a connector (DSP0134 7.9).
type Port struct {
	Internal     string
	InternalType uint8
	External     string
	ExternalType uint8
	Type         uint8
}

func (g *generator) port() uint16 {
	return g.add(8, &Port{
		Internal:     g.text("J1A1", "USB12", "J_COM1", "Internal Connector"),
		InternalType: g.code(connectorTypes),
		External:     g.text("USB 1", "Video: VGA", "NIC 1", "COM 1"),
		ExternalType: g.code(connectorTypes),
		Type:         g.code(portTypes),
	})
}

func (p *Port) add(t *Truth, in printed) {
	v := dmi.PortConnector{View: in.view()}
	if in.has(0x09) {
		v.InternalDesignator, v.ExternalDesignator = text(p.Internal), text(p.External)
		v.InternalConnector = connectorTypes.text(uint16(p.InternalType), in.tool)
		v.ExternalConnector = connectorTypes.text(uint16(p.ExternalType), in.tool)
		v.PortType = portTypes.text(uint16(p.Type), in.tool)
	}
	t.PortConnectors = append(t.PortConnectors, v)
}

var (
	connectorTypes = terms(0, "None|Centronics|Mini Centronics|Proprietary|DB-25 male|DB-25 female|DB-15 male|"+
		"DB-15 female|DB-9 male|DB-9 female|RJ-11|RJ-45|50 Pin MiniSCSI|Mini DIN|Micro DIN|PS/2|Infrared|HP-HIL|"+
		"Access Bus (USB)|SSA SCSI|Circular DIN-8 male|Circular DIN-8 female|On Board IDE|On Board Floppy|"+
		"9 Pin Dual Inline (pin 10 cut)|25 Pin Dual Inline (pin 26 cut)|50 Pin Dual Inline|68 Pin Dual Inline|"+
		"On Board Sound Input From CD-ROM|Mini Centronics Type-14|Mini Centronics Type-26|Mini Jack (headphones)|"+
		"BNC|IEEE 1394|SAS/SATA Plug Receptacle|USB Type-C Receptacle|A0=PC-98|PC-98 Hireso|PC-H98|PC-98 Note|"+
		"PC-98 Full|FF=Other")
	portTypes = terms(0, "None|Parallel Port XT/AT Compatible|Parallel Port PS/2|Parallel Port ECP|Parallel Port EPP|"+
		"Parallel Port ECP/EPP|Serial Port XT/AT Compatible|Serial Port 16450 Compatible|"+
		"Serial Port 16550 Compatible|Serial Port 16550A Compatible|SCSI Port|MIDI Port|Joystick Port|Keyboard Port|"+
		"Mouse Port|SSA SCSI|USB|Firewire (IEEE P1394)|PCMCIA Type I|PCMCIA Type II|PCMCIA Type III|Cardbus|"+
		"Access Bus Port|SCSI II|SCSI Wide|PC-98|PC-98 Hireso|PC-H98|Video Port|Audio Port|Modem Port|Network Port|"+
		"SATA|SAS|MFDP (Multi-Function Display Port)@3.6|Thunderbolt@3.6|A0=8251 Compatible|8251 FIFO Compatible|FF=Other")
)

// Slot is structure type 9 (DSP0134 7.10).
type Slot struct {
	Designation         string
	Type, Width         uint8
	Usage, Length       uint8
	ID                  uint16
	Characteristics1    uint8 // bit 0: unknown
	Characteristics2    uint8
	Segment             uint16
	Bus, DeviceFunction uint8
	BaseWidth           uint8
	PeerCount           uint8
	Peers               []Peer
	Generation          uint8  // of PCI Express, 0: not of this kind
	PhysicalWidth       uint8  // 0: not of this kind
	Pitch               uint16 // in 0.01 mm, 0: not of this kind
	Height              uint8
}

// A Peer is a further device in a slot (DSP0134 7.10.9).
type Peer struct {
	Segment             uint16
	Bus, DeviceFunction uint8
	Width               uint8 // in lanes
}

func (g *generator) slot(n int) uint16 {
	s := &Slot{
		Designation:      g.text("PCIe Slot 1", "CPU1 SLOT3 PCI-E 4.0 X16", "Slot6.2 (SCM-N)", "M.2_1: x4", "J6B2"),
		Type:             g.code(slotTypes),
		Width:            g.code(slotWidths),
		Usage:            g.code(slotUsages),
		Length:           g.code(slotLengths),
		ID:               pick(g, uint16(n), uint16(g.Uint32())),
		Characteristics1: uint8(g.flags(slotCharacteristics1)) | sometimes[uint8](g, 0, 1),
		Characteristics2: uint8(g.flags(slotCharacteristics2)),
		BaseWidth:        pick[uint8](g, 0, 1, 4, 8, 16),
		Generation:       uint8(g.IntN(7)),
		PhysicalWidth:    pick(g, 0, g.code(slotWidths)),
		Pitch:            pick[uint16](g, 0, 2032, 4064, 1805, uint16(g.Uint32())),
		Height:           uint8(g.IntN(5)),
	}
	s.Segment, s.Bus, s.DeviceFunction = g.address()
	for range g.IntN(4) * g.IntN(2) {
		segment, bus, function := g.address()
		s.Peers = append(s.Peers, Peer{segment, bus, function, pick[uint8](g, 0, 4, 8, 16)})
	}
	s.PeerCount = uint8(len(s.Peers))
	end := 0x13 + 5*len(s.Peers)
	return g.add(9, s, 0x0C, 0x0D, 0x11, 0x13, end, end+4)
}

// address returns the address of a PCI function, at times one that is none.
func (g *generator) address() (segment uint16, bus, deviceFunction uint8) {
	switch g.IntN(10) {
	case 0:
		return 0xFFFF, 0xFF, 0xFF
	case 1:
		return 0, 0xFF, 0xFF
	case 2:
		return 0x00FF, 0xFF, 0xFF
	case 3:
		return uint16(g.IntN(4)), uint8(g.Uint32()), uint8(g.Uint32())
	}
	return 0, uint8(g.IntN(255)), uint8(g.IntN(32)<<3 | g.IntN(8))
}

func (s *Slot) add(t *Truth, in printed) {
	v := dmi.Slot{View: in.view()}
	if in.has(0x0C) {
		v.Designation = text(s.Designation)
		v.Type = slotTypes.text(uint16(s.Type), in.tool) + s.suffix(in.tool)
		v.Lanes, v.WidthBits = width(s.Width)
		v.Usage = slotUsages.text(uint16(s.Usage), in.tool)
		v.Length = slotLengths.text(uint16(s.Length), in.tool)
		v.ID = s.id(in.tool)
		v.Characteristics = s.characteristics(in)
	}
	if in.has(0x11) {
		v.BusAddress = busAddress(s.Segment, s.Bus, s.DeviceFunction)
	}
	if in.has(0x13) {
		v.BaseWidth = int(s.BaseWidth)
	}
	end := 0x13 + 5*len(s.Peers)
	if in.has(max(0x13, end)) {
		for _, p := range s.Peers {
			v.Peers = append(v.Peers, dmi.SlotPeer{BusAddress: busAddress(p.Segment, p.Bus, p.DeviceFunction), Width: int(p.Width)})
		}
	}
	if in.has(end+4) && in.tool >= 304 {
		if pciExpress(s.Type) {
			v.PCIeGeneration = int(s.Generation)
		}
		v.PhysicalLanes, v.PhysicalBits = width(s.PhysicalWidth)
		v.PitchMicrons = 10 * int(s.Pitch)
	}
	if in.has(end+5) && in.tool >= 304 {
		v.Height = slotHeights.text(uint16(s.Height), in.tool)
	}
	t.Slots = append(t.Slots, v)
}

// characteristics reads both bytes, of which the second came later. Bit 0 says
// that nothing is known.
func (s *Slot) characteristics(in printed) []string {
	if s.Characteristics1&1 != 0 {
		return nil
	}
	list := slotCharacteristics1.bits(uint64(s.Characteristics1), in.tool)
	second := s.Characteristics2
	if !in.has(0x0D) || in.tool < 306 && len(list) == 0 && second&7 == 0 {
		second = 0 // dmidecode 3.6 fixed that the newer bits alone counted as none
	}
	return append(list, slotCharacteristics2.bits(uint64(second), in.tool)...)
}

// suffix tells the short and the long kind of EDSFF apart, as dmidecode does
// since 3.7.
func (s *Slot) suffix(tool Tool) string {
	if tool < 307 || s.Type != 0xC5 && s.Type != 0xC6 {
		return ""
	}
	return map[uint8]string{3: ".S", 4: ".L"}[s.Length]
}

// id returns the number of a slot, which has another form for PCMCIA, and none
// for the types that dmidecode does not print it of: fewer with each version.
func (s *Slot) id(tool Tool) string {
	switch code := s.Type; {
	case code == 0x07:
		return fmt.Sprintf("Adapter %d, Socket %d", s.ID&0xFF, s.ID>>8)
	case code >= 0x04 && code <= 0x06, code >= 0x0E && code <= 0x13,
		pciExpress(code) && (code < 0xBE || tool >= 304),
		tool >= 307 && (code >= 0x14 && code <= 0x17 || code >= 0x24 && code <= 0x28 || code == 0xC5 || code == 0xC6):
		return strconv.Itoa(int(s.ID & 0xFF))
	}
	return ""
}

// pciExpress is true of the types of slot that dmidecode takes for it.
func pciExpress(code uint8) bool {
	return code >= 0x1F && code <= 0x23 || code >= 0xA5 && code <= 0xC4 && code != 0xB7
}

// width reads the code of a bus width (DSP0134 7.10.2): bits, or lanes.
func width(code uint8) (lanes, bits int) {
	switch {
	case code >= 3 && code <= 7:
		return 0, 8 << (code - 3)
	case code >= 8 && int(code-8) < len(laneCounts):
		return laneCounts[code-8], 0
	}
	return 0, 0
}

var laneCounts = []int{1, 2, 4, 8, 12, 16, 32}

// busAddress returns an address, "" for one that no device in a slot can have:
// that of the host bridge, a bus of all ones, and domains beyond 255.
func busAddress(segment uint16, bus, deviceFunction uint8) string {
	if segment > 0xFF || bus == 0xFF || bus == 0 && deviceFunction == 0 {
		return ""
	}
	return fmt.Sprintf("%04x:%02x:%02x.%x", segment, bus, deviceFunction>>3, deviceFunction&7)
}

var (
	slotTypes = terms(1, "Other|Unknown|ISA|MCA|EISA|PCI|PC Card (PCMCIA)|VLB|Proprietary|Processor Card|"+
		"Proprietary Memory Card|I/O Riser Card|NuBus|PCI-66|AGP|AGP 2x|AGP 4x|PCI-X|AGP 8x|M.2 Socket 1-DP|"+
		"M.2 Socket 1-SD|M.2 Socket 2|M.2 Socket 3|MXM Type I|MXM Type II|MXM Type III|MXM Type III-HE|MXM Type IV|"+
		"MXM 3.0 Type A|MXM 3.0 Type B|PCI Express 2 SFF-8639 (U.2)|"+
		"PCI Express 3 SFF-8639 (U.2)|"+
		"PCI Express Mini 52-pin with bottom-side keep-outs|PCI Express Mini 52-pin without bottom-side keep-outs|"+
		"PCI Express Mini 76-pin|PCI Express 4 SFF-8639 (U.2)@3.4|PCI Express 5 SFF-8639 (U.2)@3.4|"+
		"OCP NIC 3.0 Small Form Factor (SFF)@3.4|OCP NIC 3.0 Large Form Factor (LFF)@3.4|OCP NIC Prior to 3.0@3.4|"+
		"30=CXL FLexbus 1.0|A0=PC-98/C20|PC-98/C24|PC-98/E|PC-98/Local Bus|PC-98/Card|"+
		"PCI Express|PCI Express x1|PCI Express x2|PCI Express x4|PCI Express x8|PCI Express x16|"+
		"PCI Express 2|PCI Express 2 x1|PCI Express 2 x2|PCI Express 2 x4|PCI Express 2 x8|PCI Express 2 x16|"+
		"PCI Express 3|PCI Express 3 x1|PCI Express 3 x2|PCI Express 3 x4|PCI Express 3 x8|PCI Express 3 x16|"+
		"B8=PCI Express 4|PCI Express 4 x1|PCI Express 4 x2|PCI Express 4 x4|PCI Express 4 x8|PCI Express 4 x16|"+
		"PCI Express 5@3.4|PCI Express 5 x1@3.4|PCI Express 5 x2@3.4|PCI Express 5 x4@3.4|PCI Express 5 x8@3.4|"+
		"PCI Express 5 x16@3.4|PCI Express 6+@3.4|EDSFF E1@3.4|EDSFF E3@3.4")
	slotWidths = terms(1, "Other|Unknown|8 bit|16 bit|32 bit|64 bit|128 bit|1x or x1|2x or x2|4x or x4|8x or x8|"+
		"12x or x12|16x or x16|32x or x32")
	slotUsages  = terms(1, "Other|Unknown|Available|In Use|Unavailable")
	slotLengths = terms(1, "Other|Unknown|Short|Long|2.5\" drive form factor|3.5\" drive form factor")
	slotHeights = terms(0, "Not applicable|Other|Unknown|Full height|Low-profile")

	slotCharacteristics1 = terms(1, "5.0 V is provided|3.3 V is provided|Opening is shared|PC Card-16 is supported|"+
		"Cardbus is supported|Zoom Video is supported|Modem ring resume is supported")
	slotCharacteristics2 = terms(0, "PME signal is supported|Hot-plug devices are supported|SMBus signal is supported|"+
		"PCIe slot bifurcation is supported|Async/surprise removal is supported@3.4|"+
		"Flexbus slot, CXL 1.0 capable@3.4|Flexbus slot, CXL 2.0 capable@3.4|Flexbus slot, CXL 3.0 capable@3.6")
)

// OnboardDevices is structure type 10: a list of devices (DSP0134 7.11).
type OnboardDevices struct{ Devices []OnboardItem }

// An OnboardItem is a device of that list. Bit 7 of its type says enabled.
type OnboardItem struct {
	Type        uint8
	Description string
}

func (g *generator) onboardDevices() uint16 {
	var d OnboardDevices
	for range g.between(1, 3) {
		d.Devices = append(d.Devices, OnboardItem{g.code(onboardTypes) | uint8(g.IntN(2)<<7), g.text("ASPEED Video AST2500", "Embedded Ethernet: LOM 1", "82579V")})
	}
	return g.add(10, &d)
}

func (d *OnboardDevices) add(t *Truth, in printed) {
	if in.Size < 6 { // no device, and a record without a title
		t.onboardItems = append(t.onboardItems, dmi.OnboardDevice{View: in.view()})
	}
	for i := range (in.Size - 4) / 2 {
		var item OnboardItem // a longer structure has devices of zeros
		if i < len(d.Devices) {
			item = d.Devices[i]
		}
		t.onboardItems = append(t.onboardItems, dmi.OnboardDevice{
			View:        in.view(),
			Designation: text(item.Description),
			Type:        onboardTypes.text(uint16(item.Type&0x7F), in.tool),
			Enabled:     new(item.Type&0x80 != 0),
		})
	}
}

// OnboardDevice is structure type 41 (DSP0134 7.42). Bit 7 of its type says
// enabled.
type OnboardDevice struct {
	Designation         string
	Type, Instance      uint8
	Segment             uint16
	Bus, DeviceFunction uint8
}

func (g *generator) onboardDevice(n int) uint16 {
	d := &OnboardDevice{
		Designation: g.text("Onboard LAN", "Embedded NIC 1 Port 1 Partition 1", "ASPEED Video AST2600", "SATA: Controller 1"),
		Type:        g.code(onboardTypes) | uint8(g.IntN(2)<<7),
		Instance:    uint8(n),
	}
	d.Segment, d.Bus, d.DeviceFunction = g.address()
	return g.add(41, d)
}

func (d *OnboardDevice) add(t *Truth, in printed) {
	v := dmi.OnboardDevice{View: in.view()}
	if in.has(0x0B) {
		v.Designation = text(d.Designation)
		v.Type = onboardTypes.text(uint16(d.Type&0x7F), in.tool)
		v.Enabled = new(d.Type&0x80 != 0)
		v.Instance = new(int(d.Instance))
		v.BusAddress = busAddress(d.Segment, d.Bus, d.DeviceFunction)
	}
	t.OnboardDevices = append(t.OnboardDevices, v)
}

var onboardTypes = terms(1, "Other|Unknown|Video|SCSI Controller|Ethernet|Token Ring|Sound|PATA Controller|"+
	"SATA Controller|SAS Controller|Wireless LAN@3.4|Bluetooth@3.4|WWAN@3.4|eMMC@3.4|NVMe Controller@3.4|UFS Controller@3.4")
