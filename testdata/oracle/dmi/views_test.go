// SPDX-License-Identifier: Apache-2.0

package oracle

import (
	"fmt"
	"testing"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/testdata/smbios"
)

// A view is a typed view of a table, or all those of a type.
type view struct {
	name string
	// compare reads the view and compares it with the truth.
	compare func(c *comparer, want *smbios.Truth, t *dmi.Table) error
	// walk reads the view and calls visit for each value with its name.
	walk func(t *dmi.Table, visit func(name string, value any)) error
}

// views are all the typed views.
var views = []view{
	one("BIOS", func(t *smbios.Truth) *dmi.BIOS { return t.BIOS }, (*dmi.Table).BIOS),
	one("System", func(t *smbios.Truth) *dmi.System { return t.System }, (*dmi.Table).System),
	many("Baseboards", func(t *smbios.Truth) []dmi.Baseboard { return t.Baseboards }, (*dmi.Table).Baseboards),
	many("Chassis", func(t *smbios.Truth) []dmi.Chassis { return t.Chassis }, (*dmi.Table).Chassis),
	many("Processors", func(t *smbios.Truth) []dmi.Processor { return t.Processors }, (*dmi.Table).Processors),
	many("MemoryControllers", func(t *smbios.Truth) []dmi.MemoryController { return t.MemoryControllers }, (*dmi.Table).MemoryControllers),
	many("MemoryModules", func(t *smbios.Truth) []dmi.MemoryModule { return t.MemoryModules }, (*dmi.Table).MemoryModules),
	many("Caches", func(t *smbios.Truth) []dmi.Cache { return t.Caches }, (*dmi.Table).Caches),
	many("PortConnectors", func(t *smbios.Truth) []dmi.PortConnector { return t.PortConnectors }, (*dmi.Table).PortConnectors),
	many("Slots", func(t *smbios.Truth) []dmi.Slot { return t.Slots }, (*dmi.Table).Slots),
	many("OnboardDevices", func(t *smbios.Truth) []dmi.OnboardDevice { return t.OnboardDevices }, (*dmi.Table).OnboardDevices),
	many("OEMStrings", func(t *smbios.Truth) []dmi.StringList { return t.OEMStrings }, (*dmi.Table).OEMStrings),
	many("ConfigurationOptions", func(t *smbios.Truth) []dmi.StringList { return t.ConfigurationOptions }, (*dmi.Table).ConfigurationOptions),
	one("BIOSLanguage", func(t *smbios.Truth) *dmi.BIOSLanguage { return t.BIOSLanguage }, (*dmi.Table).BIOSLanguage),
	many("Groups", func(t *smbios.Truth) []dmi.Group { return t.Groups }, (*dmi.Table).Groups),
	many("EventLogs", func(t *smbios.Truth) []dmi.EventLog { return t.EventLogs }, (*dmi.Table).EventLogs),
	many("MemoryArrays", func(t *smbios.Truth) []dmi.MemoryArray { return t.MemoryArrays }, (*dmi.Table).MemoryArrays),
	many("MemoryDevices", func(t *smbios.Truth) []dmi.MemoryDevice { return t.MemoryDevices }, (*dmi.Table).MemoryDevices),
	many("MemoryErrors", func(t *smbios.Truth) []dmi.MemoryError { return t.MemoryErrors }, (*dmi.Table).MemoryErrors),
	many("MemoryArrayRanges", func(t *smbios.Truth) []dmi.MemoryArrayRange { return t.MemoryArrayRanges }, (*dmi.Table).MemoryArrayRanges),
	many("MemoryDeviceRanges", func(t *smbios.Truth) []dmi.MemoryDeviceRange { return t.MemoryDeviceRanges }, (*dmi.Table).MemoryDeviceRanges),
	many("PointingDevices", func(t *smbios.Truth) []dmi.PointingDevice { return t.PointingDevices }, (*dmi.Table).PointingDevices),
	many("Batteries", func(t *smbios.Truth) []dmi.Battery { return t.Batteries }, (*dmi.Table).Batteries),
	one("SystemReset", func(t *smbios.Truth) *dmi.SystemReset { return t.SystemReset }, (*dmi.Table).SystemReset),
	one("HardwareSecurity", func(t *smbios.Truth) *dmi.HardwareSecurity { return t.HardwareSecurity }, (*dmi.Table).HardwareSecurity),
	one("PowerControls", func(t *smbios.Truth) *dmi.PowerControls { return t.PowerControls }, (*dmi.Table).PowerControls),
	many("VoltageProbes", func(t *smbios.Truth) []dmi.VoltageProbe { return t.VoltageProbes }, (*dmi.Table).VoltageProbes),
	many("CoolingDevices", func(t *smbios.Truth) []dmi.CoolingDevice { return t.CoolingDevices }, (*dmi.Table).CoolingDevices),
	many("TemperatureProbes", func(t *smbios.Truth) []dmi.TemperatureProbe { return t.TemperatureProbes }, (*dmi.Table).TemperatureProbes),
	many("CurrentProbes", func(t *smbios.Truth) []dmi.CurrentProbe { return t.CurrentProbes }, (*dmi.Table).CurrentProbes),
	many("RemoteAccess", func(t *smbios.Truth) []dmi.RemoteAccess { return t.RemoteAccess }, (*dmi.Table).RemoteAccess),
	one("BootIntegrity", func(t *smbios.Truth) *dmi.BootIntegrity { return t.BootIntegrity }, (*dmi.Table).BootIntegrity),
	one("BootStatus", func(t *smbios.Truth) *dmi.BootStatus { return t.BootStatus }, (*dmi.Table).BootStatus),
	many("ManagementDevices", func(t *smbios.Truth) []dmi.ManagementDevice { return t.ManagementDevices }, (*dmi.Table).ManagementDevices),
	many("ManagementComponents", func(t *smbios.Truth) []dmi.ManagementComponent { return t.ManagementComponents }, (*dmi.Table).ManagementComponents),
	many("ManagementThresholds", func(t *smbios.Truth) []dmi.ManagementThreshold { return t.ManagementThresholds }, (*dmi.Table).ManagementThresholds),
	many("MemoryChannels", func(t *smbios.Truth) []dmi.MemoryChannel { return t.MemoryChannels }, (*dmi.Table).MemoryChannels),
	many("IPMIDevices", func(t *smbios.Truth) []dmi.IPMIDevice { return t.IPMIDevices }, (*dmi.Table).IPMIDevices),
	many("PowerSupplies", func(t *smbios.Truth) []dmi.PowerSupply { return t.PowerSupplies }, (*dmi.Table).PowerSupplies),
	many("AdditionalInformation", func(t *smbios.Truth) []dmi.AdditionalInformation { return t.AdditionalInformation }, (*dmi.Table).AdditionalInformation),
	many("HostInterfaces", func(t *smbios.Truth) []dmi.HostInterface { return t.HostInterfaces }, (*dmi.Table).HostInterfaces),
	many("TPMs", func(t *smbios.Truth) []dmi.TPM { return t.TPMs }, (*dmi.Table).TPMs),
	many("FirmwareInventory", func(t *smbios.Truth) []dmi.FirmwareComponent { return t.FirmwareInventory }, (*dmi.Table).FirmwareInventory),
}

// one makes a view of what a table has once.
func one[T any](name string, truth func(*smbios.Truth) *T, get func(*dmi.Table) (*T, error)) view {
	compare := func(c *comparer, want *smbios.Truth, t *dmi.Table) error {
		got, err := get(t)
		switch w := truth(want); {
		case w != nil && got != nil:
			c.value(name, w, got)
		case w != got:
			c.add("%s: want %v, got %v", name, w, got)
		}
		return err
	}
	walk := func(t *dmi.Table, visit func(string, any)) error {
		got, err := get(t)
		if got != nil {
			visit(name, got)
		}
		return err
	}
	return view{name, compare, walk}
}

// many makes a view of what a table can have many of.
func many[T any](name string, truth func(*smbios.Truth) []T, get func(*dmi.Table) ([]T, error)) view {
	compare := func(c *comparer, want *smbios.Truth, t *dmi.Table) error {
		got, err := get(t)
		w := truth(want)
		for i := range min(len(w), len(got)) {
			c.value(fmt.Sprintf("%s[%d]", name, i), &w[i], &got[i])
		}
		if len(w) != len(got) {
			c.add("%s: want %d, got %d", name, len(w), len(got))
		}
		return err
	}
	walk := func(t *dmi.Table, visit func(string, any)) error {
		got, err := get(t)
		for i := range got {
			visit(fmt.Sprintf("%s[%d]", name, i), &got[i])
		}
		return err
	}
	return view{name, compare, walk}
}

// TestEveryViewHasItsTruth: the oracle compares each view that package dmi has.
func TestEveryViewHasItsTruth(t *testing.T) {
	if have := len(new(dmi.Table).Views()); len(views) != have {
		t.Errorf("package dmi has %d views, the oracle compares %d", have, len(views))
	}
}
