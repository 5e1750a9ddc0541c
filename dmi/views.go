// SPDX-License-Identifier: Apache-2.0

package dmi

// An AnyView is what one accessor of a table returned.
type AnyView struct {
	Name  string // of the accessor in snake case: "memory_devices"
	Value any    // *T or []T, nil pointers and slices included
	Count int    // of the views in it
	Err   error  // nil or an Errors
}

// Views calls every accessor of the table, in the order of the types. It is
// the only list of them: tests, fuzzing and benchmarks go by it.
func (t *Table) Views() []AnyView {
	return []AnyView{
		single(t.BIOS()).as("bios"),
		single(t.System()).as("system"),
		several(t.Baseboards()).as("baseboards"),
		several(t.Chassis()).as("chassis"),
		several(t.Processors()).as("processors"),
		several(t.MemoryControllers()).as("memory_controllers"),
		several(t.MemoryModules()).as("memory_modules"),
		several(t.Caches()).as("caches"),
		several(t.PortConnectors()).as("port_connectors"),
		several(t.Slots()).as("slots"),
		several(t.OnboardDevices()).as("onboard_devices"),
		several(t.OEMStrings()).as("oem_strings"),
		several(t.ConfigurationOptions()).as("configuration_options"),
		single(t.BIOSLanguage()).as("bios_language"),
		several(t.Groups()).as("groups"),
		several(t.EventLogs()).as("event_logs"),
		several(t.MemoryArrays()).as("memory_arrays"),
		several(t.MemoryDevices()).as("memory_devices"),
		several(t.MemoryErrors()).as("memory_errors"),
		several(t.MemoryArrayRanges()).as("memory_array_ranges"),
		several(t.MemoryDeviceRanges()).as("memory_device_ranges"),
		several(t.PointingDevices()).as("pointing_devices"),
		several(t.Batteries()).as("batteries"),
		single(t.SystemReset()).as("system_reset"),
		single(t.HardwareSecurity()).as("hardware_security"),
		single(t.PowerControls()).as("power_controls"),
		several(t.VoltageProbes()).as("voltage_probes"),
		several(t.CoolingDevices()).as("cooling_devices"),
		several(t.TemperatureProbes()).as("temperature_probes"),
		several(t.CurrentProbes()).as("current_probes"),
		several(t.RemoteAccess()).as("remote_access"),
		single(t.BootIntegrity()).as("boot_integrity"),
		single(t.BootStatus()).as("boot_status"),
		several(t.ManagementDevices()).as("management_devices"),
		several(t.ManagementComponents()).as("management_components"),
		several(t.ManagementThresholds()).as("management_thresholds"),
		several(t.MemoryChannels()).as("memory_channels"),
		several(t.IPMIDevices()).as("ipmi_devices"),
		several(t.PowerSupplies()).as("power_supplies"),
		several(t.AdditionalInformation()).as("additional_information"),
		several(t.HostInterfaces()).as("host_interfaces"),
		several(t.TPMs()).as("tpms"),
		several(t.FirmwareInventory()).as("firmware_inventory"),
	}
}

func (v AnyView) as(name string) AnyView {
	v.Name = name
	return v
}

func single[T any](v *T, err error) AnyView {
	if v == nil {
		return AnyView{Value: v, Err: err}
	}
	return AnyView{Value: v, Count: 1, Err: err}
}

func several[T any](v []T, err error) AnyView {
	return AnyView{Value: v, Count: len(v), Err: err}
}
