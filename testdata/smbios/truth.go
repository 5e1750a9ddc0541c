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
	SMBIOS string   // version of the specification
	Heads  []Header // of all structures, in order

	BIOS                  *dmi.BIOS
	System                *dmi.System
	Baseboards            []dmi.Baseboard
	Chassis               []dmi.Chassis
	Processors            []dmi.Processor
	Caches                []dmi.Cache
	PortConnectors        []dmi.PortConnector
	Slots                 []dmi.Slot
	OnboardDevices        []dmi.OnboardDevice // those of type 10 first
	onboardItems          []dmi.OnboardDevice // those of type 10
	OEMStrings            []dmi.StringList
	ConfigurationOptions  []dmi.StringList
	BIOSLanguage          *dmi.BIOSLanguage
	MemoryControllers     []dmi.MemoryController
	MemoryModules         []dmi.MemoryModule
	Groups                []dmi.Group
	EventLogs             []dmi.EventLog
	MemoryErrors          []dmi.MemoryError
	PointingDevices       []dmi.PointingDevice
	RemoteAccess          []dmi.RemoteAccess
	MemoryChannels        []dmi.MemoryChannel
	AdditionalInformation []dmi.AdditionalInformation
	SystemReset           *dmi.SystemReset
	PowerControls         *dmi.PowerControls
	memoryErrors32        []dmi.MemoryError // those of type 18
	CoolingDevices        []dmi.CoolingDevice
	ManagementDevices     []dmi.ManagementDevice
	ManagementComponents  []dmi.ManagementComponent
	ManagementThresholds  []dmi.ManagementThreshold
	PowerSupplies         []dmi.PowerSupply
	IPMIDevices           []dmi.IPMIDevice
	HostInterfaces        []dmi.HostInterface
	TPMs                  []dmi.TPM
	FirmwareInventory     []dmi.FirmwareComponent
	Batteries             []dmi.Battery
	VoltageProbes         []dmi.VoltageProbe
	TemperatureProbes     []dmi.TemperatureProbe
	CurrentProbes         []dmi.CurrentProbe
	MemoryArrayRanges     []dmi.MemoryArrayRange
	MemoryDeviceRanges    []dmi.MemoryDeviceRange
	HardwareSecurity      *dmi.HardwareSecurity
	BootStatus            *dmi.BootStatus
	MemoryArrays          []dmi.MemoryArray
	MemoryDevices         []dmi.MemoryDevice
}

// A Header is the header of a structure.
type Header struct {
	Type   uint8
	Handle uint16
	Size   int
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
