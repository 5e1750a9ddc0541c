// SPDX-License-Identifier: Apache-2.0

//go:build unix

package bench

import "github.com/mchus/bee/dmi"

// allViews parses a table and reads every typed view of it.
func allViews(in []byte) (int, error) {
	t, err := dmi.Parse(in)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, view := range views {
		k, err := view(t)
		if err != nil {
			return 0, err
		}
		n += k
	}
	return n, nil
}

func one[T any](read func(*dmi.Table) (*T, error)) func(*dmi.Table) (int, error) {
	return func(t *dmi.Table) (int, error) {
		v, err := read(t)
		if v == nil {
			return 0, err
		}
		return 1, err
	}
}

func all[T any](read func(*dmi.Table) ([]T, error)) func(*dmi.Table) (int, error) {
	return func(t *dmi.Table) (int, error) {
		v, err := read(t)
		return len(v), err
	}
}

// views are all the typed views of a table.
var views = []func(*dmi.Table) (int, error){
	all((*dmi.Table).AdditionalInformation),
	one((*dmi.Table).BIOS),
	one((*dmi.Table).BIOSLanguage),
	all((*dmi.Table).Baseboards),
	all((*dmi.Table).Batteries),
	one((*dmi.Table).BootIntegrity),
	one((*dmi.Table).BootStatus),
	all((*dmi.Table).Caches),
	all((*dmi.Table).Chassis),
	all((*dmi.Table).ConfigurationOptions),
	all((*dmi.Table).CoolingDevices),
	all((*dmi.Table).CurrentProbes),
	all((*dmi.Table).EventLogs),
	all((*dmi.Table).FirmwareInventory),
	all((*dmi.Table).Groups),
	one((*dmi.Table).HardwareSecurity),
	all((*dmi.Table).HostInterfaces),
	all((*dmi.Table).IPMIDevices),
	all((*dmi.Table).ManagementComponents),
	all((*dmi.Table).ManagementDevices),
	all((*dmi.Table).ManagementThresholds),
	all((*dmi.Table).MemoryArrayRanges),
	all((*dmi.Table).MemoryArrays),
	all((*dmi.Table).MemoryChannels),
	all((*dmi.Table).MemoryControllers),
	all((*dmi.Table).MemoryDeviceRanges),
	all((*dmi.Table).MemoryDevices),
	all((*dmi.Table).MemoryErrors),
	all((*dmi.Table).MemoryModules),
	all((*dmi.Table).OEMStrings),
	all((*dmi.Table).OnboardDevices),
	all((*dmi.Table).PointingDevices),
	all((*dmi.Table).PortConnectors),
	one((*dmi.Table).PowerControls),
	all((*dmi.Table).PowerSupplies),
	all((*dmi.Table).Processors),
	all((*dmi.Table).RemoteAccess),
	all((*dmi.Table).Slots),
	one((*dmi.Table).System),
	one((*dmi.Table).SystemReset),
	all((*dmi.Table).TPMs),
	all((*dmi.Table).TemperatureProbes),
	all((*dmi.Table).VoltageProbes),
}
