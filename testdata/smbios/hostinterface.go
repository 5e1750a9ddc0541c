// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"

	"github.com/mchus/bee/dmi"
)

// HostInterface is structure type 42 of version 3.2 and later (DSP0134 7.43),
// for a network device with Redfish (DSP0270 8.3).
type HostInterface struct {
	Type          uint8
	Length        uint8 // of Device
	Device        []uint8
	ProtocolCount uint8
	Protocols     []Protocol

	link     network // what Device was made from
	services []redfish
}

// A Protocol is spoken over a host interface.
type Protocol struct {
	Type, Length uint8
	Data         []uint8
}

// A network is the device of a host interface: of USB or of PCI, as in the
// first version of DSP0270 or the second, or of a vendor's own kind.
type network struct {
	kind             uint8 // 2 USB, 3 PCI, 4 USB v2, 5 PCI v2, oem
	vendor, device   uint16
	subVendor, subID uint16
	mac              [6]uint8
	segment          uint16
	bus, function    uint8
	bootstrap        uint16 // bit 0: credentials can be had through IPMI
	credential       uint16 // handle
}

// oem is a kind of device that the vendor defines.
const oem = 0x80

// bytes lays out the device descriptor (DSP0270 8.3.1 to 8.3.7).
func (n *network) bytes() []uint8 {
	b := []uint8{n.kind}
	if n.kind == oem {
		return append(b, n.mac[:4]...)
	}
	le := binary.LittleEndian
	if n.kind >= 4 {
		b = append(b, 0) // the length of a descriptor of the second version, filled in below
	}
	b = le.AppendUint16(b, n.vendor)
	b = le.AppendUint16(b, n.device)
	switch n.kind {
	case 2:
		return append(b, 4, 3, 'S', 0) // the serial number, of USB's own form
	case 3:
		b = le.AppendUint16(b, n.subVendor)
		return le.AppendUint16(b, n.subID)
	case 4:
		b = append(b, 0)
	case 5:
		b = le.AppendUint16(b, n.subVendor)
		b = le.AppendUint16(b, n.subID)
	}
	b = append(b, n.mac[:]...)
	if n.kind == 5 {
		b = append(le.AppendUint16(b, n.segment), n.bus, n.function)
	}
	b = le.AppendUint16(b, n.bootstrap)
	b = le.AppendUint16(b, n.credential)
	b[1] = uint8(len(b))
	return b
}

// A redfish is a service record (DSP0270 8.4.1).
type redfish struct {
	uuid                       [16]uint8
	hostAssignment, hostFormat uint8
	hostAddress, hostMask      [16]uint8
	discovery, format          uint8
	address, mask              [16]uint8
	port                       uint16
	vlan                       uint32
	hostname                   string
}

func (r *redfish) bytes() []uint8 {
	b := append([]uint8(nil), r.uuid[:]...)
	b = append(b, r.hostAssignment, r.hostFormat)
	b = append(append(b, r.hostAddress[:]...), r.hostMask[:]...)
	b = append(b, r.discovery, r.format)
	b = append(append(b, r.address[:]...), r.mask[:]...)
	b = binary.LittleEndian.AppendUint16(b, r.port)
	b = binary.LittleEndian.AppendUint32(b, r.vlan)
	b = append(b, uint8(len(r.hostname)))
	return append(b, r.hostname...)
}

func (g *generator) hostInterface() uint16 {
	h := &HostInterface{Type: 0x40, link: g.network()}
	h.Device = h.link.bytes()
	h.Length = uint8(len(h.Device))
	for range g.IntN(2) {
		h.Protocols = append(h.Protocols, Protocol{Type: pick[uint8](g, 2, 3), Length: 1, Data: []uint8{0}})
		h.services = append(h.services, redfish{})
	}
	if g.oneIn(2) {
		r := g.redfish()
		h.Protocols = append(h.Protocols, Protocol{4, uint8(len(r.bytes())), r.bytes()})
		h.services = append(h.services, r)
	}
	h.ProtocolCount = uint8(len(h.Protocols))
	return g.add(42, h)
}

func (g *generator) network() network {
	n := network{
		kind:   pick[uint8](g, 2, 3, 4, 5, oem),
		vendor: uint16(g.Uint32()) | 1, device: uint16(g.Uint32()) | 1,
		subVendor: uint16(g.Uint32()) | 1, subID: uint16(g.Uint32()) | 1,
		bootstrap: uint16(g.IntN(2)), credential: uint16(g.IntN(0xF000)),
	}
	for i := range n.mac {
		n.mac[i] = uint8(g.Uint32())
	}
	n.segment, n.bus, n.function = g.address()
	return n
}

func (g *generator) redfish() redfish {
	r := redfish{
		hostAssignment: uint8(g.IntN(5)), hostFormat: uint8(g.between(1, 2)),
		discovery: uint8(g.IntN(5)), format: uint8(g.between(1, 2)),
		port: uint16(g.Uint32()), vlan: uint32(g.IntN(4096)),
		hostname: pick(g, "", "bmc.example.com", "ILO-1: mgmt"),
	}
	for i := range 16 {
		r.uuid[i], r.hostAddress[i], r.address[i] = uint8(g.Uint32()), uint8(g.Uint32()), uint8(g.Uint32())
		if i < 3 {
			r.hostMask[i], r.mask[i] = 0xFF, 0xFF
		}
	}
	return r
}

func (h *HostInterface) add(t *Truth, in printed) {
	v := dmi.HostInterface{View: in.view()}
	switch {
	case !in.smbios.AtLeast(3, 2):
		// The layout was another one. Only the type stands at the same place.
		v.Type = "Network"
	case in.has(0x0B) && in.has(6+len(h.Device)):
		v.Type = "Network"
		h.link.add(&v, in.tool)
		v.Protocols = h.protocols(in)
	}
	if !in.has(0x05) {
		v.Type = ""
	}
	t.HostInterfaces = append(t.HostInterfaces, v)
}

// add says what is printed of the device.
func (n *network) add(v *dmi.HostInterface, tool Tool) {
	// Until 3.4 the second versions are not known, and the one for USB is taken
	// for a vendor's.
	old := tool < 306
	if old && n.kind == 4 || !old && n.kind == oem {
		b := n.bytes()
		v.OEMVendor = fmt.Sprintf("0x%02x:0x%02x:0x%02x:0x%02x", b[1], b[2], b[3], b[4])
	}
	if old && (n.kind == 4 || n.kind == 5) {
		return
	}
	v.DeviceType = networkKinds.text(uint16(n.kind), tool)
	if n.kind == oem {
		return
	}
	v.VendorID, v.DeviceID = n.vendor, n.device
	if n.kind == 3 || n.kind == 5 {
		v.SubsystemVendorID, v.SubsystemDeviceID = n.subVendor, n.subID
	}
	if n.kind < 4 {
		return
	}
	v.MACAddress = fmt.Sprintf("%02x:%02x:%02x:%02x:%02x:%02x", n.mac[0], n.mac[1], n.mac[2], n.mac[3], n.mac[4], n.mac[5])
	if n.kind == 5 {
		v.BusAddress = busAddress(n.segment, n.bus, n.function)
	}
	if n.bootstrap&1 != 0 {
		v.Characteristics = []string{"Credential bootstrapping via IPMI is supported"}
		v.CredentialHandle = handle(n.credential)
	}
}

// protocols says what is printed of the protocols: those that end within the
// structure, and all fields of Redfish only.
func (h *HostInterface) protocols(in printed) []dmi.HostProtocol {
	var list []dmi.HostProtocol
	end := 7 + len(h.Device)
	for i, p := range h.Protocols {
		if end += 2 + len(p.Data); !in.has(end) {
			break
		}
		v := dmi.HostProtocol{ID: p.Type, Name: protocolKinds.text(uint16(p.Type), in.tool)}
		if p.Type == 4 {
			v.Redfish = h.services[i].view()
		}
		list = append(list, v)
	}
	return list
}

func (r *redfish) view() *dmi.RedfishService {
	v := &dmi.RedfishService{
		ServiceUUID:      uuid(r.uuid, Version{3, 2, 0}),
		HostIPAssignment: assignments.text(uint16(r.hostAssignment), 0),
		HostIPFormat:     addressFormats.text(uint16(r.hostFormat), 0),
		DiscoveryType:    assignments.text(uint16(r.discovery), 0),
		AddressFormat:    addressFormats.text(uint16(r.format), 0),
		Hostname:         strings.TrimSpace(r.hostname),
	}
	if r.hostAssignment == 1 || r.hostAssignment == 3 {
		v.HostAddress, v.HostMask = ip(r.hostFormat, r.hostAddress), ip(r.hostFormat, r.hostMask)
	}
	if r.discovery == 1 || r.discovery == 3 {
		v.Address, v.Mask = ip(r.format, r.address), ip(r.format, r.mask)
		v.Port, v.VLAN = int(r.port), new(int(r.vlan))
	}
	return v
}

// ip returns an address of version 4, which takes the first four bytes, or 6.
func ip(format uint8, b [16]uint8) string {
	if format == 1 {
		return netip.AddrFrom4([4]byte(b[:4])).String()
	}
	return netip.AddrFrom16(b).String()
}

var (
	networkKinds   = terms(2, "USB|PCI/PCIe|USB v2|PCI/PCIe v2|80=OEM")
	protocolKinds  = terms(2, "IPMI|MCTP|Redfish over IP")
	assignments    = terms(0, "Unknown|Static|DHCP|AutoConf|Host Selected")
	addressFormats = terms(0, "Unknown|IPv4|IPv6")
)
