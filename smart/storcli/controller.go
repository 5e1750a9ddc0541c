// SPDX-License-Identifier: Apache-2.0

package storcli

import "strings"

// set reads a property of a controller. The names are the same whether they
// stand alone, as in "show", or in groups, as in "show all". It is one switch,
// since to look into several takes longer than to read the value.
func (c *Controller) set(group, key string, in *input) bool {
	switch key {
	case "Product Name", "Model":
		c.Model = in.str()
	case "Serial Number":
		c.Serial = in.str()
	case "Custom Serial Number":
		c.CustomSerial = in.str()
	case "Board Name":
		c.BoardName = in.str()
	case "Board Assembly":
		c.Assembly = in.str()
	case "Board Tracer Number":
		c.Tracer = in.str()
	case "Revision No", "Board Revision":
		c.Revision = in.str()
	case "Chip Name":
		c.ChipName = in.str()
	case "Chip Revision", "ChipRevision":
		c.ChipRevision = in.str()
	case "OEM", "OEMID":
		c.OEM = in.str()
	case "SubOEMID":
		c.SubOEM = in.str()
	case "SAS Address":
		c.SASAddress = in.address()
	case "Safe ID":
		c.SafeID = in.str()
	case "Mfg Date", "Mfg. Date", "Board Mfg Date(yyyy/mm/dd)":
		c.Manufactured = date(in)
	case "Rework Date", "Board Rework Date(yyyy/mm/dd)":
		c.Reworked = date(in)
	case "PCI Address":
		c.PCIAddress = in.pci()
	case "Vendor Id", "PCI Vendor ID":
		c.VendorID = in.id()
	case "Device Id", "PCI Device ID":
		c.DeviceID = in.id()
	case "SubVendor Id", "PCI Subsystem Vendor ID":
		c.SubsystemVendorID = in.id()
	case "SubDevice Id", "PCI Subsystem ID":
		c.SubsystemDeviceID = in.id()
	case "Bus Number", "Device Number", "Function Number", "Domain ID": // parts of the PCI address
		in.skip()
	case "PCI Slot Number":
		c.PCISlot = in.num()
	case "Host Interface":
		c.HostInterface = in.str()
	case "Device Interface", "SAS/SATA":
		c.DeviceInterface = in.str()

	case "FW Version", "Firmware Version":
		c.Firmware = in.str()
	case "FW Package Build", "Firmware Package Build", "Package Version":
		c.FirmwarePackage = in.str()
	case "BIOS Version", "Bios Version":
		c.BIOS = in.str()
	case "NVDATA Version":
		c.NVDATA = in.str()
	case "Driver Name":
		c.Driver = in.str()
	case "Driver Version":
		c.DriverVersion = in.str()
	case "Current Personality", "Controller Personality":
		c.Mode = in.str()
	case "Controller Time", "Current Controller Date/Time", "Controller Time(LocalTime yyyy/mm/dd hh:mm:sec)":
		c.ControllerTime = in.str()
	case "System Time", "Current System Date/time", "System Time(LocalTime yyyy/mm/dd hh:mm:sec)":
		c.SystemTime = in.str()
	case "Max PCIe Link Rate":
		c.PCIeMaxSpeed = in.str()
	case "Max PCIe Port Width":
		c.PCIeMaxWidth = in.num()
	case "PCIe Link Width":
		c.PCIeWidth = in.str()
	case "Current Max PCI Link Speed":
		c.PCIeSpeed = in.str()
	case "Current PCIe Port Width": // again, as a number
		in.skip()

	case "Controller Status":
		c.Status = in.str()
	case "Memory Correctable Errors":
		c.MemoryCorrectableErrors = in.num()
	case "Memory Uncorrectable Errors":
		c.MemoryUncorrectableErrors = in.num()
	case "ECC Bucket Count":
		c.ECCBucketCount = in.num()
	case "Any Offline VD Cache Preserved", "Preserved Cache Present":
		c.PreservedCache = in.flag()
	case "Controller has booted into safe mode":
		c.SafeMode = in.flag()
	case "System Reboot Required", "Controller must be rebooted to complete security operation":
		c.RebootRequired = or(c.RebootRequired, in.flag())
	case "System Shutdown Required", "Controller shutdown required":
		c.ShutdownRequired = in.flag()
	case "Controller Reset Required":
		c.ResetRequired = in.flag()
	case "VD Degraded Count":
		c.VolumesDegraded = in.num()
	case "VD Offline Count":
		c.VolumesOffline = in.num()
	case "Failed PD Drive Count":
		c.DrivesFailed = in.num()
	case "Critical Predictive Failure PD Drive Count":
		c.DrivesPredictedToFail = in.num()
	case "BBU Status", "Energy Pack Status":
		c.BatteryStatus = in.str()
		c.BatteryState = batteryCode(c.BatteryStatus)
	case "BBU", "Energy Pack":
		if group != "HwCfg" {
			return c.setOther(group, key, in)
		}
		c.BatteryPresent = in.flag()
	case "ROC temperature(Degree Celsius)", "ROC temperature(Degree Celcius)", "Chip temperature(C)":
		c.ROCTemperatureCelsius = in.celsius()
	case "Ctrl temperature(Degree Celsius)", "Ctrl temperature(Degree Celcius)", "Board temperature(C)":
		c.BoardTemperatureCelsius = in.celsius()
	case "On Board Memory Size":
		c.MemoryBytes = in.bytes()
	case "DDR Memory Size(MiB)":
		if n := in.uint(); n < 1<<40 {
			c.MemoryBytes = n << 20
		}

	case "Drive Groups", "Arrays":
		c.DriveGroupCount = in.num()
	case "Virtual Drives", "VD Count":
		c.VolumeCount = in.num()
	case "Physical Drives", "PD Drive Count", "JBOD Drives":
		c.DriveCount = in.num()
	case "Enclosures":
		c.EnclosureCount = in.num()
	case "Total foreign Drive Groups":
		c.ForeignGroupCount = in.num()
	case "Requested Boot Drive":
		c.RequestedBootDrive = in.str()
	default:
		return c.setOther(group, key, in)
	}
	return true
}

// date reads a date, "" for one of zeros.
func date(in *input) string {
	text := in.str()
	if strings.Trim(text, "0/") == "" {
		return ""
	}
	return text
}

// or joins two readings of which one suffices.
func or(a, b *bool) *bool {
	if a == nil || b != nil && *b {
		return b
	}
	return a
}

func (c *Controller) setOther(group, key string, in *input) bool {
	switch {
	case group == "Basics" && key == "Controller": // its number, again
		in.skip()
	case strings.HasPrefix(group, "Supported "):
		c.Capabilities = in.capability(c.Capabilities, group, key)
	case c.setPolicy(group, key, in):
	case isSettings(group) || isLoneSetting(key):
		c.Settings = in.setting(c.Settings, group, key)
	default:
		return false
	}
	return true
}

// isSettings reports whether a group of properties is a list of settings.
func isSettings(group string) bool {
	switch group {
	case "Version", "Status", "HwCfg", "Defaults", "Capabilities", "Policies", "Boot", "Properties", "Scheduled Tasks",
		"Max. Supported Config", "High Availability", "Secure Boot", "Secure Boot Details",
		"Enterprise Key management", "External Key Management", "Security Protocol properties", "Security Protocol Details",
		"Pending Images in Flash", "NVCache Information", "DeviceInterface", "HostInterface":
		return true
	}
	return false
}

// setPolicy reads what a controller is set to and can be set to.
func (c *Controller) setPolicy(group, key string, in *input) bool {
	switch group {
	case "Version", "Status", "HwCfg", "Policies", "Properties", "Scheduled Tasks":
		return setPart(&c.Policy, &noPolicy, (*ControllerPolicy).field, &c.Settings, group, key, in)
	case "Capabilities", "Max. Supported Config":
		return setPart(&c.Limits, &noLimits, (*ControllerLimits).field, &c.Settings, group, key, in)
	case "Boot", "Secure Boot", "Secure Boot Details":
		return setPart(&c.Boot, &noBoot, (*ControllerBoot).field, &c.Settings, group, key, in)
	case "Defaults":
		return setPart(&c.Defaults, &noDefaults, (*ControllerDefaults).field, &c.Settings, group, key, in)
	}
	return false
}

// isLoneSetting reports whether a property outside the groups is a setting.
func isLoneSetting(key string) bool {
	switch key {
	case "Security Protocol", "Firmware Security Version Number", "PCIe", "Total Slot Count", "PD Count":
		return true
	}
	return false
}

// set reads a column of the topology.
func (t *TopologyRow) set(key string, in *input) bool {
	switch key {
	case "DG":
		t.Group = in.num()
	case "Arr", "Span":
		t.Array = in.num()
	case "Row":
		t.Row = in.num()
	case "EID:Slot":
		enclosure, slot := in.pair(':')
		t.Enclosure, t.Slot = in.known(enclosure), in.known(slot)
	case "DID":
		t.DID = in.num()
	case "PID":
		t.PID = in.num()
	case "Type":
		t.Type = in.str()
	case "State":
		t.StateText = in.str()
	case "Status":
		t.StatusText = in.str()
	case "Size":
		t.SizeText = in.str()
	case "BT":
		t.Busy = in.flag()
	case "PDC":
		t.DriveCache = in.str()
	case "PI":
		t.Protection = in.str()
	case "SED", "Secured":
		t.Encrypting = in.str()
	case "DS3":
		t.PowerSaving = in.str()
	case "FSpace":
		t.FreeSpace = in.str()
	case "TR":
		t.Transport = in.str()
	case "NoVDs":
		t.Volumes = in.num()
	default:
		return false
	}
	return true
}

// set reads a column of the list of enclosures.
func (e *Enclosure) set(key string, in *input) bool {
	switch key {
	case "EID":
		e.ID = in.num()
	case "State":
		e.State = in.str()
	case "DeviceType":
		e.Kind = in.str()
	case "Slots":
		e.Slots = in.num()
	case "PD":
		e.Drives = in.num()
	case "Partner-EID":
		e.Partner = in.str()
	case "Multipath":
		e.Multipath = in.str()
	case "PS":
		e.PowerSupplies = in.num()
	case "Fans":
		e.Fans = in.num()
	case "TSs":
		e.Sensors = in.num()
	case "Alms":
		e.Alarms = in.num()
	case "SIM":
		e.Modules = in.num()
	case "Port#":
		e.Port = in.str()
	case "ProdID":
		e.Product = in.str()
	case "VendorSpecific":
		e.VendorSpecific = in.str()
	default:
		return false
	}
	return true
}

// set reads a column or a property of a battery.
func (b *Battery) set(key string, in *input) bool {
	switch key {
	case "Model", "SubType", "Module Type":
		b.Model = in.str()
	case "Type":
		if kind := in.str(); b.Model == "" {
			b.Model = kind
		}
	case "Serial Number", "Serial No":
		b.Serial = in.str()
	case "State", "Status", "Battery State":
		b.StateText = in.str()
		b.State = batteryStateOf(b.StateText)
	case "Temp", "Temperature", "Temperature(C)":
		b.TemperatureCelsius = in.celsius()
	case "Voltage", "Voltage(mV)":
		b.VoltageMillivolts = in.milli()
	case "Current":
		b.CurrentMilliamperes = in.milli()
	case "Relative State of Charge":
		b.ChargePercent = in.percent()
	case "Replacement required", "Battery Replacement required", "Battery Pack Replacement required":
		b.Replace = in.flag()
	case "RetentionTime":
		b.RetentionTime = in.str()
	case "Mode":
		b.Mode = in.str()
	case "MfgDate", "Date of Manufacture", "Manufacture Date":
		b.Manufactured = in.str()
	case "Next Learn", "Next Learn time":
		b.NextLearn = in.str()
	default:
		return false
	}
	return true
}

// set reads a column of the overview.
func (o *Overview) set(key string, in *input) bool {
	switch key {
	case "Ctl", "Ctrl":
		o.Number = in.num()
	case "Model", "Product Name":
		o.Model = in.str()
	case "AdapterType":
		o.AdapterType = in.str()
	case "SASAddress":
		o.SASAddress = in.address()
	case "PCI Address":
		o.PCIAddress = in.pci()
	case "VendId":
		o.VendorID = in.id()
	case "DevId":
		o.DeviceID = in.id()
	case "SubVendId":
		o.SubsystemVendorID = in.id()
	case "SubDevId":
		o.SubsystemDeviceID = in.id()
	case "Personality":
		o.Personality = in.str()
	case "Hlth", "Status":
		o.Health = in.str()
	case "Ports":
		o.Ports = in.num()
	case "PDs", "PD(s)":
		o.Drives = in.num()
	case "DGs":
		o.DriveGroups = in.num()
	case "DNOpt":
		o.DriveGroupsNotOK = in.num()
	case "VDs", "VD(s)":
		o.Volumes = in.num()
	case "VNOpt":
		o.VolumesNotOK = in.num()
	case "BBU", "EPack":
		o.BatteryText = in.str()
		o.BatteryState = batteryStateOf(o.BatteryText)
	case "sPR":
		o.ScheduledPatrolRead = in.str()
	case "DS":
		o.DimmerSwitch = in.str()
	case "EHS":
		o.EmergencySpare = in.str()
	case "ASOs":
		o.AdvancedOptionsCount = in.num()
	default:
		return false
	}
	return true
}
