// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"strconv"
	"strings"
)

// A Type is the type of an SMBIOS structure (DSP0134 3.7, section 7). Types
// from 128 on belong to the makers of systems.
type Type uint8

// These are the types that the specification defines.
const (
	TypeBIOS                  Type = 0
	TypeSystem                Type = 1
	TypeBaseboard             Type = 2
	TypeChassis               Type = 3
	TypeProcessor             Type = 4
	TypeMemoryController      Type = 5
	TypeMemoryModule          Type = 6
	TypeCache                 Type = 7
	TypePortConnector         Type = 8
	TypeSlot                  Type = 9
	TypeOnboardDevices        Type = 10
	TypeOEMStrings            Type = 11
	TypeConfigurationOptions  Type = 12
	TypeBIOSLanguage          Type = 13
	TypeGroupAssociations     Type = 14
	TypeEventLog              Type = 15
	TypeMemoryArray           Type = 16
	TypeMemoryDevice          Type = 17
	TypeMemoryError32         Type = 18
	TypeMemoryArrayMapped     Type = 19
	TypeMemoryDeviceMapped    Type = 20
	TypePointingDevice        Type = 21
	TypeBattery               Type = 22
	TypeSystemReset           Type = 23
	TypeHardwareSecurity      Type = 24
	TypePowerControls         Type = 25
	TypeVoltageProbe          Type = 26
	TypeCoolingDevice         Type = 27
	TypeTemperatureProbe      Type = 28
	TypeCurrentProbe          Type = 29
	TypeRemoteAccess          Type = 30
	TypeBootIntegrity         Type = 31
	TypeBootStatus            Type = 32
	TypeMemoryError64         Type = 33
	TypeManagementDevice      Type = 34
	TypeManagementComponent   Type = 35
	TypeManagementThreshold   Type = 36
	TypeMemoryChannel         Type = 37
	TypeIPMIDevice            Type = 38
	TypePowerSupply           Type = 39
	TypeAdditionalInformation Type = 40
	TypeOnboardDevice         Type = 41
	TypeHostInterface         Type = 42
	TypeTPMDevice             Type = 43
	TypeProcessorAdditional   Type = 44
	TypeFirmwareInventory     Type = 45
	TypeStringProperty        Type = 46
	TypeInactive              Type = 126
	TypeEndOfTable            Type = 127
)

// titles are what dmidecode 3.6 prints above the structures of each type.
var titles = [...]string{
	TypeBIOS:                  "BIOS Information",
	TypeSystem:                "System Information",
	TypeBaseboard:             "Base Board Information",
	TypeChassis:               "Chassis Information",
	TypeProcessor:             "Processor Information",
	TypeMemoryController:      "Memory Controller Information",
	TypeMemoryModule:          "Memory Module Information",
	TypeCache:                 "Cache Information",
	TypePortConnector:         "Port Connector Information",
	TypeSlot:                  "System Slot Information",
	TypeOnboardDevices:        "On Board Device Information",
	TypeOEMStrings:            "OEM Strings",
	TypeConfigurationOptions:  "System Configuration Options",
	TypeBIOSLanguage:          "BIOS Language Information",
	TypeGroupAssociations:     "Group Associations",
	TypeEventLog:              "System Event Log",
	TypeMemoryArray:           "Physical Memory Array",
	TypeMemoryDevice:          "Memory Device",
	TypeMemoryError32:         "32-bit Memory Error Information",
	TypeMemoryArrayMapped:     "Memory Array Mapped Address",
	TypeMemoryDeviceMapped:    "Memory Device Mapped Address",
	TypePointingDevice:        "Built-in Pointing Device",
	TypeBattery:               "Portable Battery",
	TypeSystemReset:           "System Reset",
	TypeHardwareSecurity:      "Hardware Security",
	TypePowerControls:         "System Power Controls",
	TypeVoltageProbe:          "Voltage Probe",
	TypeCoolingDevice:         "Cooling Device",
	TypeTemperatureProbe:      "Temperature Probe",
	TypeCurrentProbe:          "Electrical Current Probe",
	TypeRemoteAccess:          "Out-of-band Remote Access",
	TypeBootIntegrity:         "Boot Integrity Services Entry Point",
	TypeBootStatus:            "System Boot Information",
	TypeMemoryError64:         "64-bit Memory Error Information",
	TypeManagementDevice:      "Management Device",
	TypeManagementComponent:   "Management Device Component",
	TypeManagementThreshold:   "Management Device Threshold Data",
	TypeMemoryChannel:         "Memory Channel",
	TypeIPMIDevice:            "IPMI Device Information",
	TypePowerSupply:           "System Power Supply",
	TypeAdditionalInformation: "Additional Information",
	TypeOnboardDevice:         "Onboard Device",
	TypeHostInterface:         "Management Controller Host Interface",
	TypeTPMDevice:             "TPM Device",
	TypeProcessorAdditional:   "Processor Additional Information",
	TypeFirmwareInventory:     "Firmware Inventory Information",
	TypeStringProperty:        "String Property",
	TypeInactive:              "Inactive",
	TypeEndOfTable:            "End Of Table",
}

// String returns the title of the type in dmidecode 3.6 ("Memory Device"), or
// "type 200" for one that has no title.
func (t Type) String() string {
	if int(t) < len(titles) && titles[t] != "" {
		return titles[t]
	}
	return "type " + strconv.Itoa(int(t))
}

// typeOf returns the type whose structures have a title.
func typeOf(title string) (typ Type, known bool) {
	switch {
	case title == "Platform Firmware Information": // 3.7
		return TypeBIOS, true
	case title == "Firmware Language Information": // 3.7
		return TypeBIOSLanguage, true
	case isNumbered(title, "On Board Device ", " Information"):
		return TypeOnboardDevices, true
	case isNumbered(title, "Additional Information ", ""):
		return TypeAdditionalInformation, true
	}
	for typ, t := range titles {
		if t == title && t != "" {
			return Type(typ), true
		}
	}
	return 0, false
}

// isNumbered reports whether title is a number between before and after.
func isNumbered(title, before, after string) bool {
	rest, ok := strings.CutPrefix(title, before)
	number, ok2 := strings.CutSuffix(rest, after)
	return ok && ok2 && len(number) <= 3 && number != "" && strings.Trim(number, "0123456789") == ""
}

// isRepeated reports whether one structure of a type can have several titles.
func isRepeated(typ Type) bool {
	return typ == TypeOnboardDevices || typ == TypeAdditionalInformation
}
