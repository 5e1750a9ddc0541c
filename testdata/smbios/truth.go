// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"strings"

	"github.com/mchus/bee/dmi"
)

// A Truth is what a version of dmidecode can say of a machine, in the terms of
// package dmi but known from the structures alone: a field is zero where the
// structure does not have it, where it holds the code for "not known", or where
// that version does not print it. The views have no Record.
type Truth struct {
	SMBIOS string   `json:"smbios,omitzero"` // version of the specification
	Heads  []Header `json:"heads,omitzero"`  // of all structures, in order

	BIOS                  *dmi.BIOS                   `json:"bios,omitzero"`
	System                *dmi.System                 `json:"system,omitzero"`
	Baseboards            []dmi.Baseboard             `json:"baseboards,omitzero"`
	Chassis               []dmi.Chassis               `json:"chassis,omitzero"`
	Processors            []dmi.Processor             `json:"processors,omitzero"`
	MemoryControllers     []dmi.MemoryController      `json:"memory_controllers,omitzero"`
	MemoryModules         []dmi.MemoryModule          `json:"memory_modules,omitzero"`
	Caches                []dmi.Cache                 `json:"caches,omitzero"`
	PortConnectors        []dmi.PortConnector         `json:"port_connectors,omitzero"`
	Slots                 []dmi.Slot                  `json:"slots,omitzero"`
	OnboardDevices        []dmi.OnboardDevice         `json:"onboard_devices,omitzero"` // those of type 10 first
	OEMStrings            []dmi.StringList            `json:"oem_strings,omitzero"`
	ConfigurationOptions  []dmi.StringList            `json:"configuration_options,omitzero"`
	BIOSLanguage          *dmi.BIOSLanguage           `json:"bios_language,omitzero"`
	Groups                []dmi.Group                 `json:"groups,omitzero"`
	EventLogs             []dmi.EventLog              `json:"event_logs,omitzero"`
	MemoryArrays          []dmi.MemoryArray           `json:"memory_arrays,omitzero"`
	MemoryDevices         []dmi.MemoryDevice          `json:"memory_devices,omitzero"`
	MemoryErrors          []dmi.MemoryError           `json:"memory_errors,omitzero"` // those of type 18 first
	MemoryArrayRanges     []dmi.MemoryArrayRange      `json:"memory_array_ranges,omitzero"`
	MemoryDeviceRanges    []dmi.MemoryDeviceRange     `json:"memory_device_ranges,omitzero"`
	PointingDevices       []dmi.PointingDevice        `json:"pointing_devices,omitzero"`
	Batteries             []dmi.Battery               `json:"batteries,omitzero"`
	SystemReset           *dmi.SystemReset            `json:"system_reset,omitzero"`
	HardwareSecurity      *dmi.HardwareSecurity       `json:"hardware_security,omitzero"`
	PowerControls         *dmi.PowerControls          `json:"power_controls,omitzero"`
	VoltageProbes         []dmi.VoltageProbe          `json:"voltage_probes,omitzero"`
	CoolingDevices        []dmi.CoolingDevice         `json:"cooling_devices,omitzero"`
	TemperatureProbes     []dmi.TemperatureProbe      `json:"temperature_probes,omitzero"`
	CurrentProbes         []dmi.CurrentProbe          `json:"current_probes,omitzero"`
	RemoteAccess          []dmi.RemoteAccess          `json:"remote_access,omitzero"`
	BootIntegrity         *dmi.BootIntegrity          `json:"boot_integrity,omitzero"`
	BootStatus            *dmi.BootStatus             `json:"boot_status,omitzero"`
	ManagementDevices     []dmi.ManagementDevice      `json:"management_devices,omitzero"`
	ManagementComponents  []dmi.ManagementComponent   `json:"management_components,omitzero"`
	ManagementThresholds  []dmi.ManagementThreshold   `json:"management_thresholds,omitzero"`
	MemoryChannels        []dmi.MemoryChannel         `json:"memory_channels,omitzero"`
	IPMIDevices           []dmi.IPMIDevice            `json:"ipmi_devices,omitzero"`
	PowerSupplies         []dmi.PowerSupply           `json:"power_supplies,omitzero"`
	AdditionalInformation []dmi.AdditionalInformation `json:"additional_information,omitzero"`
	HostInterfaces        []dmi.HostInterface         `json:"host_interfaces,omitzero"`
	TPMs                  []dmi.TPM                   `json:"tpms,omitzero"`
	FirmwareInventory     []dmi.FirmwareComponent     `json:"firmware_inventory,omitzero"`

	onboardItems   []dmi.OnboardDevice // those of type 10
	memoryErrors32 []dmi.MemoryError   // those of type 18
}

// A Header is the header of a structure.
type Header struct {
	Type   uint8  `json:"type"`
	Handle uint16 `json:"handle"`
	Size   int    `json:"size"`
}

// printed says where a structure stands, and which tool prints it.
type printed struct {
	Header
	smbios Version
	tool   Tool
}

// has reports whether the structure is long enough for a field that ends there.
func (in printed) has(size int) bool { return in.Size >= size }

func (in printed) view() dmi.View { return dmi.View{Handle: in.Handle} }

// text returns a string of a structure as it is printed, without the blanks
// around it and with a dot for a byte that is not printable ASCII. It is "" if
// the string stands for none.
func text(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c < ' ' || c > '~' {
			b[i] = '.'
		}
	}
	s = strings.TrimSpace(string(b))
	for _, p := range placeholders {
		if s == strings.TrimSpace(p) {
			return ""
		}
	}
	return s
}

// rounded returns a size as dmidecode prints it: exactly if it takes no more
// than two units (GB and MB, say), else cut to the second of them.
func rounded(bytes uint64) uint64 {
	unit := 60
	for unit > 0 && bytes>>unit&0x3FF == 0 {
		unit -= 10
	}
	if unit > 0 && bytes>>(unit-10)&0x3FF != 0 {
		unit -= 10
	}
	return bytes >> unit << unit
}

// none returns a pointer to v, or nil where v is one of the codes for none.
func none[T comparable](v T, codes ...T) *T {
	for _, c := range codes {
		if v == c {
			return nil
		}
	}
	return &v
}

// handle returns a reference to another structure, nil for the codes of none.
func handle(h uint16) *uint16 { return none(h, 0xFFFE, 0xFFFF) }

// zero returns v, or 0 where v is one of the codes for none.
func zero[T int | uint8 | uint16 | uint32](v T, codes ...T) int {
	if none(v, codes...) == nil {
		return 0
	}
	return int(v)
}
