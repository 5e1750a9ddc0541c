// SPDX-License-Identifier: Apache-2.0

package dmi

// A viewed is what one accessor of a table returned.
type viewed struct {
	name  string
	value any
	err   error
}

// allViews calls every accessor of a table.
func allViews(t *Table) []viewed {
	return []viewed{
		call("bios", t.BIOS),
		call("system", t.System),
		call("baseboards", t.Baseboards),
		call("chassis", t.Chassis),
		call("processors", t.Processors),
		call("memory_controllers", t.MemoryControllers),
		call("memory_modules", t.MemoryModules),
		call("caches", t.Caches),
		call("port_connectors", t.PortConnectors),
		call("slots", t.Slots),
		call("onboard_devices", t.OnboardDevices),
		call("oem_strings", t.OEMStrings),
		call("configuration_options", t.ConfigurationOptions),
		call("bios_language", t.BIOSLanguage),
		call("groups", t.Groups),
		call("event_logs", t.EventLogs),
		call("memory_arrays", t.MemoryArrays),
		call("memory_devices", t.MemoryDevices),
		call("memory_errors", t.MemoryErrors),
		call("memory_array_ranges", t.MemoryArrayRanges),
		call("memory_device_ranges", t.MemoryDeviceRanges),
		call("pointing_devices", t.PointingDevices),
		call("batteries", t.Batteries),
		call("system_reset", t.SystemReset),
		call("hardware_security", t.HardwareSecurity),
		call("power_controls", t.PowerControls),
		call("voltage_probes", t.VoltageProbes),
		call("cooling_devices", t.CoolingDevices),
		call("temperature_probes", t.TemperatureProbes),
		call("current_probes", t.CurrentProbes),
		call("remote_access", t.RemoteAccess),
		call("boot_integrity", t.BootIntegrity),
		call("boot_status", t.BootStatus),
		call("management_devices", t.ManagementDevices),
		call("management_components", t.ManagementComponents),
		call("management_thresholds", t.ManagementThresholds),
		call("memory_channels", t.MemoryChannels),
		call("ipmi_devices", t.IPMIDevices),
		call("power_supplies", t.PowerSupplies),
		call("additional_information", t.AdditionalInformation),
		call("host_interfaces", t.HostInterfaces),
		call("tpms", t.TPMs),
		call("firmware_inventory", t.FirmwareInventory),
	}
}

func call[T any](name string, accessor func() (T, error)) viewed {
	value, err := accessor()
	return viewed{name, value, err}
}

// newView returns an empty typed view for a record, nil if there is none for
// its type.
func newView(typ Type) interface {
	set(r *reader, f *Field) bool
} {
	switch typ {
	case TypeBIOS:
		return new(BIOS)
	case TypeSystem:
		return new(System)
	case TypeBaseboard:
		return new(Baseboard)
	case TypeChassis:
		return new(Chassis)
	case TypeProcessor:
		return new(Processor)
	case TypeMemoryController:
		return new(MemoryController)
	case TypeMemoryModule:
		return new(MemoryModule)
	case TypeCache:
		return new(Cache)
	case TypePortConnector:
		return new(PortConnector)
	case TypeSlot:
		return new(Slot)
	case TypeOnboardDevices, TypeOnboardDevice:
		return new(OnboardDevice)
	case TypeOEMStrings, TypeConfigurationOptions:
		return new(StringList)
	case TypeBIOSLanguage:
		return new(BIOSLanguage)
	case TypeGroupAssociations:
		return new(Group)
	case TypeEventLog:
		return new(EventLog)
	case TypeMemoryArray:
		return new(MemoryArray)
	case TypeMemoryDevice:
		return new(MemoryDevice)
	case TypeMemoryError32, TypeMemoryError64:
		return new(MemoryError)
	case TypeMemoryArrayMapped:
		return new(MemoryArrayRange)
	case TypeMemoryDeviceMapped:
		return new(MemoryDeviceRange)
	case TypePointingDevice:
		return new(PointingDevice)
	case TypeBattery:
		return new(Battery)
	case TypeSystemReset:
		return new(SystemReset)
	case TypeHardwareSecurity:
		return new(HardwareSecurity)
	case TypePowerControls:
		return new(PowerControls)
	case TypeVoltageProbe:
		return new(VoltageProbe)
	case TypeCoolingDevice:
		return new(CoolingDevice)
	case TypeTemperatureProbe:
		return new(TemperatureProbe)
	case TypeCurrentProbe:
		return new(CurrentProbe)
	case TypeRemoteAccess:
		return new(RemoteAccess)
	case TypeBootIntegrity:
		return new(BootIntegrity)
	case TypeBootStatus:
		return new(BootStatus)
	case TypeManagementDevice:
		return new(ManagementDevice)
	case TypeManagementComponent:
		return new(ManagementComponent)
	case TypeManagementThreshold:
		return new(ManagementThreshold)
	case TypeMemoryChannel:
		return new(MemoryChannel)
	case TypeIPMIDevice:
		return new(IPMIDevice)
	case TypePowerSupply:
		return new(PowerSupply)
	case TypeAdditionalInformation:
		return new(AdditionalInformation)
	case TypeHostInterface:
		return new(HostInterface)
	case TypeTPMDevice:
		return new(TPM)
	case TypeFirmwareInventory:
		return new(FirmwareComponent)
	}
	return nil
}
