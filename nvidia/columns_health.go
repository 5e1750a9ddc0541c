// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"fmt"
	"strings"
)

// eccColumn reads error counts by location, ecc.errors.corrected.volatile.cbu.
func eccColumn(d *decoder, r *row, c *Node) bool {
	name, ok := strings.CutPrefix(c.Name, "ecc.errors.")
	if !ok {
		return false
	}
	kind, name, _ := strings.Cut(name, ".")
	span, name, _ := strings.Cut(name, ".")
	counts := &r.gpu.ECC.Volatile
	switch span {
	case "volatile":
	case "aggregate":
		counts = &r.gpu.ECC.Aggregate
	default:
		return false
	}
	switch kind {
	case "corrected":
		return eccCount(d, &counts.SingleBit, &counts.SRAMCorrectable, &counts.DRAMCorrectable, name, c)
	case "uncorrected":
		return eccCount(d, &counts.DoubleBit, &counts.SRAMUncorrectable, &counts.DRAMUncorrectable, name, c)
	}
	return false
}

// eccCount reads one count of eccColumn.
func eccCount(d *decoder, v *ECCLocations, sram, dram **int64, name string, c *Node) bool {
	switch name {
	case "device_memory":
		v.DeviceMemory = d.num(c, count)
	case "register_file":
		v.RegisterFile = d.num(c, count)
	case "l1_cache":
		v.L1Cache = d.num(c, count)
	case "l2_cache":
		v.L2Cache = d.num(c, count)
	case "texture_memory":
		v.TextureMemory = d.num(c, count)
	case "cbu":
		v.CBU = d.num(c, count)
	case "total":
		v.Total = d.num(c, count)
	case "texture_shm":
		v.TextureSHM = d.num(c, count)
	case "sram":
		*sram = d.num(c, count)
	case "dram":
		*dram = d.num(c, count)
	default:
		return false
	}
	return true
}

// sramColumn reads what is known of uncorrectable errors of SRAM.
func sramColumn(d *decoder, r *row, c *Node) bool {
	v, a, s := &r.gpu.ECC.Volatile, &r.gpu.ECC.Aggregate, &r.gpu.ECC.Sources
	switch c.Name {
	case "ecc.errors.uncorrected.volatile.sram.parity":
		v.SRAMUncorrectableParity = d.num(c, count)
	case "ecc.errors.uncorrected.volatile.sram.secded":
		v.SRAMUncorrectableSECDED = d.num(c, count)
	case "ecc.errors.uncorrected.aggregate.sram.parity":
		a.SRAMUncorrectableParity = d.num(c, count)
	case "ecc.errors.uncorrected.aggregate.sram.secded":
		a.SRAMUncorrectableSECDED = d.num(c, count)
	case "ecc.errors.uncorrected.aggregate.sram.thresholdExceeded":
		a.SRAMThresholdExceeded = d.flag(c)
	case "ecc.errors.uncorrected.aggregate.sram.l2":
		s.L2 = d.num(c, count)
	case "ecc.errors.uncorrected.aggregate.sram.sm":
		s.SM = d.num(c, count)
	case "ecc.errors.uncorrected.aggregate.sram.mcu":
		s.Microcontroller = d.num(c, count)
	case "ecc.errors.uncorrected.aggregate.sram.pcie":
		s.PCIe = d.num(c, count)
	case "ecc.errors.uncorrected.aggregate.sram.other":
		s.Other = d.num(c, count)
	default:
		return false
	}
	return true
}

// rowsColumn reads retired pages and remapped rows.
func rowsColumn(d *decoder, r *row, c *Node) bool {
	p, m := &r.gpu.RetiredPages, &r.gpu.RemappedRows
	switch c.Name {
	case "retired_pages.single_bit_ecc.count", "retired_pages.sbe":
		p.SingleBit.Count = d.num(c, count)
	case "retired_pages.double_bit.count", "retired_pages.dbe":
		p.DoubleBit.Count = d.num(c, count)
	case "retired_pages.pending":
		p.Pending = d.flag(c)
	case "remapped_rows.correctable":
		m.Correctable = d.num(c, count)
	case "remapped_rows.uncorrectable":
		m.Uncorrectable = d.num(c, count)
	case "remapped_rows.correctable_inactive":
		m.CorrectableInactive = d.num(c, count)
	case "remapped_rows.uncorrectable_inactive":
		m.UncorrectableInactive = d.num(c, count)
	case "remapped_rows.pending":
		m.Pending = d.flag(c)
	case "remapped_rows.failure":
		m.Failure = d.flag(c)
	case "remapped_rows.histogram.max":
		m.Histogram.Max = d.num(c, banks)
	case "remapped_rows.histogram.high":
		m.Histogram.High = d.num(c, banks)
	case "remapped_rows.histogram.partial":
		m.Histogram.Partial = d.num(c, banks)
	case "remapped_rows.histogram.low":
		m.Histogram.Low = d.num(c, banks)
	case "remapped_rows.histogram.none":
		m.Histogram.None = d.num(c, banks)
	default:
		return false
	}
	return true
}

// fabricColumn reads the membership in an NVLink fabric.
func fabricColumn(d *decoder, r *row, c *Node) bool {
	v, h := &r.gpu.Fabric, &r.gpu.Fabric.Health
	switch c.Name {
	case "fabric.state":
		v.State = d.text(c)
	case "fabric.status":
		v.Status = d.text(c)
	case "fabric.cliqueId":
		v.Clique = d.num(c, count)
	case "fabric.clusterUuid":
		v.ClusterUUID = d.nonzero(c)
	case "fabric.health.summary":
		h.Summary = d.text(c)
	case "fabric.health.bandwidth":
		h.Bandwidth = d.text(c)
	case "fabric.health.route_recovery_in_progress":
		h.RouteRecovery = d.flag(c)
	case "fabric.health.route_unhealthy":
		h.RouteUnhealthy = d.flag(c)
	case "fabric.health.access_timeout_recovery":
		h.AccessTimeoutRecovery = d.flag(c)
	case "fabric.health.incorrect_configuration":
		h.IncorrectConfiguration = d.text(c)
	case "fabric.health.partition_assigned":
		h.PartitionAssigned = d.text(c)
	default:
		return false
	}
	return true
}

// smoothingColumn reads power_smoothing.*.
func smoothingColumn(d *decoder, r *row, c *Node) bool {
	v := &r.gpu.PowerSmoothing
	switch c.Name {
	case "power_smoothing.enabled":
		v.Enabled = d.flag(c)
	case "power_smoothing.soc_power_smoothing_enabled":
		v.SoCEnabled = d.flag(c)
	case "power_smoothing.priv_level":
		v.PrivilegeLevel = d.text(c)
	case "power_smoothing.imm_ramp_down":
		v.ImmediateRampDown = d.flag(c)
	case "power_smoothing.tmp_floor":
		v.TMPFloorMilliwatts = d.num(c, milliwatts)
	case "power_smoothing.tmp_ceil":
		v.TMPCeilingMilliwatts = d.num(c, milliwatts)
	case "power_smoothing.max_percent_tmp_floor":
		v.MaxTMPFloorBasisPoints = d.num(c, basisPoints)
	case "power_smoothing.min_percent_tmp_floor":
		v.MinTMPFloorBasisPoints = d.num(c, basisPoints)
	case "power_smoothing.hw_lifetime_remaining_percent":
		v.LifetimeLeftBasisPoints = d.num(c, basisPoints)
	case "power_smoothing.num_preset_profiles":
		v.PresetProfiles = d.num(c, count)
	case "power_smoothing.active_profile":
		v.ActiveProfile = d.text(c)
	case "power_smoothing.delayed_power_smoothing_supported":
		v.DelayedSupported = d.flag(c)
	case "power_smoothing.primary_power_floor":
		v.PrimaryFloorMilliwatts = d.num(c, milliwatts)
	case "power_smoothing.secondary_power_floor":
		v.SecondaryFloorMilliwatts = d.num(c, milliwatts)
	case "power_smoothing.min_primary_floor_activation_offset":
		v.MinPrimaryFloorOffsetMilliwatts = d.num(c, milliwatts)
	case "power_smoothing.min_primary_floor_activation_point":
		v.MinPrimaryFloorPointMilliwatts = d.num(c, milliwatts)
	case "power_smoothing.window_multiplier":
		v.WindowMultiplierMs = d.num(c, millis)
	default:
		return false
	}
	return true
}

// profileColumn reads power_smoothing.curr_profile.* and admin_override.*.
func profileColumn(d *decoder, r *row, c *Node) bool {
	v := &r.gpu.PowerSmoothing.Profile
	name, ok := strings.CutPrefix(c.Name, "power_smoothing.curr_profile.")
	if !ok {
		v = &r.gpu.PowerSmoothing.Override
		if name, ok = strings.CutPrefix(c.Name, "power_smoothing.admin_override."); !ok {
			return false
		}
	}
	switch name {
	case "percent_tmp_floor":
		v.TMPFloorBasisPoints = d.num(c, basisPoints)
	case "ramp_up_rate":
		v.RampUpMilliwattsPerS = d.num(c, milliwattsS)
	case "ramp_down_rate":
		v.RampDownMilliwattsPerS = d.num(c, milliwattsS)
	case "ramp_down_hysteresis":
		v.RampDownHysteresisMs = d.num(c, millis)
	case "secondary_power_floor":
		v.SecondaryFloorMilliwatts = d.num(c, milliwatts)
	case "primary_floor_act_window_multiplier":
		v.ActivationMultiplier = d.text(c)
	case "primary_floor_tar_window_multiplier":
		v.TargetMultiplier = d.text(c)
	case "primary_floor_act_offset":
		v.ActivationOffsetMilliwatts = d.num(c, milliwatts)
	default:
		return false
	}
	return true
}

// vgpuColumn reads what can be done for virtual GPUs.
func vgpuColumn(d *decoder, r *row, c *Node) bool {
	v := &r.gpu.Settings.VGPU
	switch c.Name {
	case "vgpu_driver_capability.heterogenous_multivGPU", "vgpu_driver_capability.heterogeneous_multivGPU":
		v.HeterogeneousMulti = d.text(c)
	case "vgpu_device_capability.fractional_multiVgpu":
		v.FractionalMulti = d.text(c)
	case "vgpu_device_capability.heterogeneous_timeSlice_profile":
		v.TimeSliceProfile = d.text(c)
	case "vgpu_device_capability.heterogeneous_timeSlice_sizes":
		v.TimeSliceSizes = d.text(c)
	case "vgpu_device_capability.homogeneous_placements":
		v.HomogeneousPlacements = d.text(c)
	case "vgpu_device_capability.mig_timeSlicing":
		v.MIGTimeSlicing = d.text(c)
	case "vgpu_device_capability.mig_timeSlicing_mode":
		v.MIGTimeSlicingMode = d.text(c)
	default:
		return false
	}
	return true
}

// itemColumn reads the process or the page that a row is about.
func itemColumn(d *decoder, r *row, c *Node) bool {
	switch c.Name {
	case "pid":
		r.process.PID = d.must(c, count)
		r.accounted.PID = r.process.PID
	case "process_name":
		r.process.Name = d.text(c)
	case "used_gpu_memory", "used_memory":
		r.process.UsedBytes = d.num(c, mebibytes)
	case "gpu_utilization", "gpu_util":
		r.accounted.GPUPercent = d.num(c, percent)
	case "mem_utilization", "mem_util":
		r.accounted.MemoryPercent = d.num(c, percent)
	case "max_memory_usage":
		r.accounted.MaxMemoryBytes = d.num(c, mebibytes)
	case "time":
		r.accounted.TimeMilliseconds = d.num(c, millis)
	case "retired_pages.address":
		r.page.Address = d.text(c)
	case "retired_pages.timestamp":
		r.page.Timestamp = d.text(c)
	case "retired_pages.cause":
		r.double = d.isDouble(c)
	default:
		return false
	}
	return true
}

// isDouble reads the cause of a page's retirement.
func (d *decoder) isDouble(c *Node) bool {
	switch c.Text {
	case "Double Bit ECC":
		return true
	case "Single Bit ECC", "Multiple Single Bit ECC":
		return false
	}
	if d.isValue(c) {
		d.reject(c, fmt.Errorf("%w: unknown cause", ErrSyntax))
	}
	return false
}
