// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"strconv"
	"strings"
)

// A HostInterface is a way for the operating system to talk to the management
// controller (type 42, DSP0134 3.7 section 7.43; DSP0270 1.3 section 8 for
// those over a network).
type HostInterface struct {
	View
	Type              string         `json:"type,omitzero"`        // "Network", "KCS: Keyboard Controller Style"
	DeviceType        string         `json:"device_type,omitzero"` // "USB", "PCI/PCIe v2"
	OEMVendor         string         `json:"oem_vendor,omitzero"`  // of an OEM interface or device, as printed
	VendorID          uint16         `json:"vendor_id,omitzero"`   // of the USB or PCI device; 0 for none
	DeviceID          uint16         `json:"device_id,omitzero"`
	SubsystemVendorID uint16         `json:"subsystem_vendor_id,omitzero"`
	SubsystemDeviceID uint16         `json:"subsystem_device_id,omitzero"`
	MACAddress        string         `json:"mac_address,omitzero"`
	BusAddress        string         `json:"bus_address,omitzero"`
	Characteristics   []string       `json:"characteristics,omitzero"`
	CredentialHandle  *uint16        `json:"credential_handle,omitzero"` // of the structure for credential bootstrapping
	Protocols         []HostProtocol `json:"protocols,omitzero"`
}

// A HostProtocol is what a host interface speaks.
type HostProtocol struct {
	ID      uint8           `json:"id"`
	Name    string          `json:"name,omitzero"` // "Redfish over IP"
	Redfish *RedfishService `json:"redfish,omitzero"`
}

// A RedfishService tells where Redfish over IP is served (DSP0270 1.3 section
// 8.4.1).
type RedfishService struct {
	ServiceUUID      string `json:"service_uuid,omitzero"`
	HostIPAssignment string `json:"host_ip_assignment,omitzero"` // "Static", "DHCP"
	HostIPFormat     string `json:"host_ip_format,omitzero"`     // "IPv4", "IPv6"
	HostAddress      string `json:"host_address,omitzero"`
	HostMask         string `json:"host_mask,omitzero"`
	DiscoveryType    string `json:"discovery_type,omitzero"` // "Static", "DHCP"
	AddressFormat    string `json:"address_format,omitzero"` // "IPv4", "IPv6"
	Address          string `json:"address,omitzero"`
	Mask             string `json:"mask,omitzero"`
	Port             int    `json:"port,omitzero"`
	VLAN             *int   `json:"vlan,omitzero"`
	Hostname         string `json:"hostname,omitzero"`
}

// HostInterfaces returns the ways to talk to the management controller.
func (t *Table) HostInterfaces() ([]HostInterface, error) {
	return all[HostInterface](t, TypeHostInterface)
}

func (h *HostInterface) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Host Interface Type", "Interface Type":
		h.Type = r.word(f)
	case "Device Type":
		h.DeviceType = r.word(f)
	case "Vendor ID":
		h.OEMVendor = r.word(f)
	case "idVendor", "VendorID":
		h.VendorID = r.word16(f)
	case "idProduct", "DeviceID":
		h.DeviceID = r.word16(f)
	case "SubVendorID":
		h.SubsystemVendorID = r.word16(f)
	case "SubDeviceID":
		h.SubsystemDeviceID = r.word16(f)
	case "MAC Address":
		h.MACAddress = r.word(f)
	case "Bus Address":
		h.BusAddress = r.busAddress(f)
	case "Device Characteristics":
		if len(f.Items) > 0 && f.Items[0] != "None" {
			h.Characteristics = r.words(f)
		}
	case "Credential Bootstrapping Handle":
		h.CredentialHandle = r.handle(f)
	case "Protocol ID":
		h.setProtocol(r, f)
	default:
		return false
	}
	return true
}

// setProtocol reads "04 (Redfish over IP)" and the items below it.
func (h *HostInterface) setProtocol(r *reader, f *Field) {
	s := strings.TrimSpace(f.Value)
	id, name, _ := strings.Cut(strings.TrimSuffix(s, ")"), " (")
	n, err := strconv.ParseUint(id, 16, 8)
	if err != nil {
		r.fail(f, s, causeOf(err))
		return
	}
	protocol := HostProtocol{ID: uint8(n)}
	if !noWord(name) {
		protocol.Name = name
	}
	if len(f.Items) > 0 {
		protocol.Redfish = new(RedfishService)
	}
	r.indent++
	for i, item := range f.Items {
		key, value := cutKey(strings.TrimSpace(item))
		protocol.Redfish.set(r, &Field{Key: key, Value: value, Line: f.Line + i + 1})
	}
	r.indent--
	h.Protocols = append(h.Protocols, protocol)
}

func (s *RedfishService) set(r *reader, f *Field) {
	switch f.Key {
	case "Service UUID":
		s.ServiceUUID = r.uuid(f)
	case "Host IP Assignment Type":
		s.HostIPAssignment = r.word(f)
	case "Host IP Address Format":
		s.HostIPFormat = r.word(f)
	case "IPv4 Address", "IPv6 Address":
		s.HostAddress = r.word(f)
	case "IPv4 Mask", "IPv6 Mask":
		s.HostMask = r.word(f)
	case "Redfish Service IP Discovery Type":
		s.DiscoveryType = r.word(f)
	case "Redfish Service IP Address Format":
		s.AddressFormat = r.word(f)
	case "IPv4 Redfish Service Address", "IPv6 Redfish Service Address":
		s.Address = r.word(f)
	case "IPv4 Redfish Service Mask", "IPv6 Redfish Service Mask":
		s.Mask = r.word(f)
	case "Redfish Service Port":
		s.Port = r.count(f)
	case "Redfish Service Vlan": // all ones for none
		if strings.TrimSpace(f.Value) != "4294967295" {
			s.VLAN = r.optional(f)
		}
	case "Redfish Service Hostname":
		s.Hostname = r.text(f)
	}
}
