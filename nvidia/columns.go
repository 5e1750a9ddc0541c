// SPDX-License-Identifier: Apache-2.0

package nvidia

// A setter gives the value in c to the field that the column c.Name stands for.
// It reports false for a name that is not of its group.
type setter func(d *decoder, r *row, c *Node) bool

// setters are the groups of columns. Names are those of nvidia-smi
// --help-query-gpu, -compute-apps, -accounted-apps and -retired-pages of drivers
// 470 to 610.
func setters() [17]setter {
	return [...]setter{
		identityColumn, pciColumn, stateColumn, settingsColumn, memoryColumn,
		temperatureColumn, powerColumn, clocksColumn, eventColumn, eccColumn, sramColumn,
		rowsColumn, fabricColumn, smoothingColumn, profileColumn, vgpuColumn, itemColumn,
	}
}

// columnSetter returns the setter for a column, nil if no field stands for it.
// It finds out by having scratch set to nothing.
func columnSetter(d *decoder, name string, scratch *row) setter {
	cell := &Node{Name: name}
	for _, set := range setters() {
		if set(d, scratch, cell) {
			return set
		}
	}
	return nil
}

// identityColumn reads what names the driver and the GPU.
func identityColumn(d *decoder, r *row, c *Node) bool {
	g := r.gpu
	switch c.Name {
	case "timestamp":
		d.log.Timestamp = d.text(c)
	case "driver_version":
		d.log.Driver = d.version(c)
	case "kmd_version":
		d.log.KMD = d.text(c)
	case "count":
		d.log.AttachedGPUs = d.num(c, count)
	case "index":
		g.Index = d.num(c, count)
	case "name", "gpu_name":
		g.Name = d.name(c)
	case "serial", "gpu_serial":
		g.Serial = d.nonzero(c)
	case "uuid", "gpu_uuid":
		g.UUID = d.text(c)
	case "compute_cap":
		g.ComputeCapability = d.text(c)
	case "vbios_version":
		g.VBIOS = d.vbios(c)
	case "inforom.img":
		g.InfoROM.Image = d.text(c)
	case "inforom.oem":
		g.InfoROM.OEM = d.text(c)
	case "inforom.ecc":
		g.InfoROM.ECC = d.text(c)
	case "inforom.pwr", "inforom.power":
		g.InfoROM.Power = d.text(c)
	case "inforom.checksum_validation":
		g.InfoROM.ChecksumValid = d.flag(c)
	case "bbx.time_run":
		g.InfoROM.RunSeconds = d.num(c, seconds)
	case "hostname":
		g.Hostname = d.text(c)
	case "gpu_recovery_action":
		g.RecoveryAction = d.text(c)
	case "reset_status.reset_required":
		g.ResetRequired = d.flag(c)
	case "reset_status.drain_and_reset_recommended":
		g.DrainAndResetRecommended = d.flag(c)
	default:
		return false
	}
	return true
}

// pciColumn reads the place on the bus and in the rack.
func pciColumn(d *decoder, r *row, c *Node) bool {
	p, f := &r.gpu.PCI, &r.gpu.Platform
	switch c.Name {
	case "pci.bus_id", "gpu_bus_id":
		r.gpu.ID = d.text(c)
		p.Address = d.address(c)
	case "pci.domain":
		p.Domain = d.hex(c)
	case "pci.bus":
		p.Bus = d.hex(c)
	case "pci.device":
		p.Device = d.hex(c)
	case "pci.baseClass":
		p.BaseClass = d.hex(c)
	case "pci.subClass":
		p.SubClass = d.hex(c)
	case "pci.device_id":
		p.DeviceID, p.VendorID = d.ids(c)
	case "pci.sub_device_id":
		p.SubsystemDeviceID, p.SubsystemVendorID = d.ids(c)
	case "pcie.link.gen.current":
		p.LinkGeneration = d.num(c, count)
	case "pcie.link.gen.max":
		p.LinkGenerationMax = d.num(c, count)
	case "pcie.link.gen.gpucurrent":
		p.DeviceLinkGeneration = d.num(c, count)
	case "pcie.link.gen.gpumax":
		p.DeviceLinkGenerationMax = d.num(c, count)
	case "pcie.link.gen.hostmax":
		p.HostLinkGenerationMax = d.num(c, count)
	case "pcie.link.width.current":
		p.LinkWidth = d.num(c, lanes)
	case "pcie.link.width.max":
		p.LinkWidthMax = d.num(c, lanes)
	case "platform.chassis_serial_number":
		f.ChassisSerial = d.text(c)
	case "platform.slot_number":
		f.Slot = d.num(c, count)
	case "platform.tray_index":
		f.Tray = d.num(c, count)
	case "platform.host_id":
		f.Host = d.num(c, count)
	case "platform.peer_type":
		f.PeerType = d.text(c)
	case "platform.module_id":
		f.Module = d.num(c, count)
	case "platform.gpu_fabric_guid":
		f.FabricGUID = d.nonzero(c)
	default:
		return false
	}
	return true
}

// stateColumn reads how busy the GPU is.
func stateColumn(d *decoder, r *row, c *Node) bool {
	g, u := r.gpu, &r.gpu.Utilization
	switch c.Name {
	case "fan.speed":
		g.FanPercent = d.num(c, percent)
	case "pstate":
		g.PerformanceState = d.text(c)
	case "utilization.gpu":
		u.GPUPercent = d.num(c, percent)
	case "utilization.memory":
		u.MemoryPercent = d.num(c, percent)
	case "utilization.encoder":
		u.EncoderPercent = d.num(c, percent)
	case "utilization.decoder":
		u.DecoderPercent = d.num(c, percent)
	case "utilization.jpeg":
		u.JPEGPercent = d.num(c, percent)
	case "utilization.ofa":
		u.OFAPercent = d.num(c, percent)
	case "encoder.stats.sessionCount":
		g.Encoder.Sessions = d.num(c, count)
	case "encoder.stats.averageFps":
		g.Encoder.AverageFPS = d.num(c, count)
	case "encoder.stats.averageLatency":
		g.Encoder.LatencyMicroseconds = d.num(c, count)
	default:
		return false
	}
	return true
}

// settingsColumn reads the modes.
func settingsColumn(d *decoder, r *row, c *Node) bool {
	g, s := r.gpu, &r.gpu.Settings
	switch c.Name {
	case "display_mode":
		s.DisplayMode = d.flag(c)
	case "display_attached":
		s.DisplayAttached = d.flag(c)
	case "display_active":
		s.DisplayActive = d.flag(c)
	case "persistence_mode":
		s.PersistenceMode = d.flag(c)
	case "addressing_mode":
		s.AddressingMode = d.text(c)
	case "accounting.mode":
		s.AccountingMode = d.flag(c)
	case "accounting.buffer_size":
		s.AccountingBufferSize = d.num(c, count)
	case "driver_model.current":
		s.DriverModel.Current = d.text(c)
	case "driver_model.pending":
		s.DriverModel.Pending = d.text(c)
	case "gom.current":
		s.GPUOperationMode.Current = d.text(c)
	case "gom.pending":
		s.GPUOperationMode.Pending = d.text(c)
	case "compute_mode":
		s.ComputeMode = d.text(c)
	case "gsp.mode.current":
		s.GSPMode = d.flag(c)
	case "gsp.mode.default":
		s.GSPModeDefault = d.flag(c)
	case "c2c.mode":
		s.C2CMode = d.flag(c)
	case "mig.mode.current":
		g.MIGMode.Current = d.flag(c)
	case "mig.mode.pending":
		g.MIGMode.Pending = d.flag(c)
	case "ecc.mode.current":
		g.ECCMode.Current = d.flag(c)
	case "ecc.mode.pending":
		g.ECCMode.Pending = d.flag(c)
	case "dramEncryption.mode.current":
		g.DRAMEncryption.Current = d.flag(c)
	case "dramEncryption.mode.pending":
		g.DRAMEncryption.Pending = d.flag(c)
	default:
		return false
	}
	return true
}

// memoryColumn reads how much memory is in use.
func memoryColumn(d *decoder, r *row, c *Node) bool {
	g := r.gpu
	switch c.Name {
	case "memory.total":
		g.Memory.TotalBytes = d.num(c, mebibytes)
	case "memory.reserved":
		g.Memory.ReservedBytes = d.num(c, mebibytes)
	case "memory.used":
		g.Memory.UsedBytes = d.num(c, mebibytes)
	case "memory.free":
		g.Memory.FreeBytes = d.num(c, mebibytes)
	case "protected_memory.total":
		g.ProtectedMemory.TotalBytes = d.num(c, mebibytes)
	case "protected_memory.used":
		g.ProtectedMemory.UsedBytes = d.num(c, mebibytes)
	case "protected_memory.free":
		g.ProtectedMemory.FreeBytes = d.num(c, mebibytes)
	default:
		return false
	}
	return true
}

// temperatureColumn reads temperatures.
func temperatureColumn(d *decoder, r *row, c *Node) bool {
	v := &r.gpu.Temperature
	switch c.Name {
	case "temperature.gpu":
		v.GPUCelsius = d.num(c, celsius)
	case "temperature.gpu.tlimit":
		v.GPUTLimitCelsius = d.num(c, celsius)
	case "temperature.memory":
		v.MemoryCelsius = d.num(c, celsius)
	default:
		return false
	}
	return true
}

// powerColumn reads power draw and limits.
func powerColumn(d *decoder, r *row, c *Node) bool {
	p, m, b := &r.gpu.Power, &r.gpu.ModulePower, &r.gpu.Power.Base
	switch c.Name {
	case "power.management":
		p.Management = d.flag(c)
	case "power.draw":
		p.DrawMilliwatts = d.num(c, milliwatts)
	case "power.draw.average":
		p.AverageMilliwatts = d.num(c, milliwatts)
	case "power.draw.instant":
		p.InstantMilliwatts = d.num(c, milliwatts)
	case "power.limit":
		p.LimitMilliwatts = d.num(c, milliwatts)
	case "enforced.power.limit":
		p.EnforcedMilliwatts = d.num(c, milliwatts)
	case "power.default_limit":
		p.DefaultMilliwatts = d.num(c, milliwatts)
	case "power.min_limit":
		p.MinMilliwatts = d.num(c, milliwatts)
	case "power.max_limit":
		p.MaxMilliwatts = d.num(c, milliwatts)
	case "module.power.draw.average":
		m.AverageMilliwatts = d.num(c, milliwatts)
	case "module.power.draw.instant":
		m.InstantMilliwatts = d.num(c, milliwatts)
	case "module.power.limit":
		m.LimitMilliwatts = d.num(c, milliwatts)
	case "module.enforced.power.limit":
		m.EnforcedMilliwatts = d.num(c, milliwatts)
	case "module.power.default_limit":
		m.DefaultMilliwatts = d.num(c, milliwatts)
	case "module.power.min_limit":
		m.MinMilliwatts = d.num(c, milliwatts)
	case "module.power.max_limit":
		m.MaxMilliwatts = d.num(c, milliwatts)
	case "edpp_multiplier":
		p.EDPpMultiplierBasisPoints = d.num(c, basisPoints)
	case "gpu.base.current":
		b.CurrentMilliwatts = d.num(c, milliwatts)
	case "gpu.base.requested":
		b.RequestedMilliwatts = d.num(c, milliwatts)
	case "gpu.base.default":
		b.DefaultMilliwatts = d.num(c, milliwatts)
	case "gpu.base.min":
		b.MinMilliwatts = d.num(c, milliwatts)
	case "gpu.base.max":
		b.MaxMilliwatts = d.num(c, milliwatts)
	default:
		return false
	}
	return true
}

// clocksColumn reads frequencies.
func clocksColumn(d *decoder, r *row, c *Node) bool {
	v := &r.gpu.Clocks
	switch c.Name {
	case "clocks.current.graphics", "clocks.gr":
		v.Current.GraphicsMHz = d.num(c, megahertz)
	case "clocks.current.sm", "clocks.sm":
		v.Current.SMMHz = d.num(c, megahertz)
	case "clocks.current.memory", "clocks.mem":
		v.Current.MemoryMHz = d.num(c, megahertz)
	case "clocks.current.video", "clocks.video":
		v.Current.VideoMHz = d.num(c, megahertz)
	case "clocks.max.graphics":
		v.Max.GraphicsMHz = d.num(c, megahertz)
	case "clocks.max.sm":
		v.Max.SMMHz = d.num(c, megahertz)
	case "clocks.max.memory":
		v.Max.MemoryMHz = d.num(c, megahertz)
	case "clocks.applications.graphics":
		v.Applications.GraphicsMHz = d.num(c, megahertz)
	case "clocks.applications.memory":
		v.Applications.MemoryMHz = d.num(c, megahertz)
	case "clocks.default_applications.graphics":
		v.DefaultApplications.GraphicsMHz = d.num(c, megahertz)
	case "clocks.default_applications.memory":
		v.DefaultApplications.MemoryMHz = d.num(c, megahertz)
	default:
		return false
	}
	return true
}

// eventColumn reads why clocks are low.
func eventColumn(d *decoder, r *row, c *Node) bool {
	v, n := &r.gpu.EventReasons, &r.gpu.EventReasons.Counters
	switch c.Name {
	case "clocks_event_reasons.supported", "clocks_throttle_reasons.supported":
		v.Supported = d.text(c)
	case "clocks_event_reasons.active", "clocks_throttle_reasons.active":
		v.Active = d.text(c)
	case "clocks_event_reasons.gpu_idle", "clocks_throttle_reasons.gpu_idle":
		v.Idle = d.flag(c)
	case "clocks_event_reasons.applications_clocks_setting", "clocks_throttle_reasons.applications_clocks_setting":
		v.ApplicationsClocks = d.flag(c)
	case "clocks_event_reasons.sw_power_cap", "clocks_throttle_reasons.sw_power_cap":
		v.SWPowerCap = d.flag(c)
	case "clocks_event_reasons.hw_slowdown", "clocks_throttle_reasons.hw_slowdown":
		v.HWSlowdown = d.flag(c)
	case "clocks_event_reasons.hw_thermal_slowdown", "clocks_throttle_reasons.hw_thermal_slowdown":
		v.HWThermalSlowdown = d.flag(c)
	case "clocks_event_reasons.hw_power_brake_slowdown", "clocks_throttle_reasons.hw_power_brake_slowdown":
		v.HWPowerBrakeSlowdown = d.flag(c)
	case "clocks_event_reasons.sync_boost", "clocks_throttle_reasons.sync_boost":
		v.SyncBoost = d.flag(c)
	case "clocks_event_reasons.sw_thermal_slowdown", "clocks_throttle_reasons.sw_thermal_slowdown":
		v.SWThermalSlowdown = d.flag(c)
	case "clocks_event_reasons.display_clocks_setting", "clocks_throttle_reasons.display_clocks_setting":
		v.DisplayClocks = d.flag(c)
	case "clocks_event_reasons_counters.sw_power_cap":
		n.SWPowerCapMicroseconds = d.num(c, micros)
	case "clocks_event_reasons_counters.sync_boost":
		n.SyncBoostMicroseconds = d.num(c, micros)
	case "clocks_event_reasons_counters.sw_thermal_slowdown":
		n.SWThermalSlowdownMicroseconds = d.num(c, micros)
	case "clocks_event_reasons_counters.hw_thermal_slowdown":
		n.HWThermalSlowdownMicroseconds = d.num(c, micros)
	case "clocks_event_reasons_counters.hw_power_brake_slowdown":
		n.HWPowerBrakeSlowdownMicroseconds = d.num(c, micros)
	default:
		return false
	}
	return true
}
