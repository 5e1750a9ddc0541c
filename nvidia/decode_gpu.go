// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"cmp"
	"fmt"
)

// readLog reads nvidia_smi_log.
func (d *decoder) readLog(n *Node) {
	d.seen = make(map[string]bool, 128)
	gpus := 0
	for c := n.first; c != nil && gpus < maxGPUs; c = c.next {
		if c.Name == "gpu" {
			gpus++
		}
	}
	if gpus > 0 {
		d.log.GPUs = make([]GPU, 0, gpus)
	}
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "timestamp":
			d.log.Timestamp = d.text(c)
		case "driver_version":
			d.log.Driver = cmp.Or(d.log.Driver, d.version(c))
		case "kmd_version":
			d.log.KMD = d.text(c)
		case "cuda_version", "cuda_umd_version":
			d.log.CUDA = cmp.Or(d.version(c), d.log.CUDA)
		case "attached_gpus":
			if d.log.AttachedGPUs == nil {
				d.log.AttachedGPUs = d.num(c, count)
			}
		case "gpu":
			if !d.readGPU(c) {
				return
			}
		default:
			d.unknown(c)
		}
	}
	if known := d.log.AttachedGPUs; known != nil && int64(len(d.log.GPUs)) > *known {
		d.reject(n, fmt.Errorf("%w: %d GPUs where the driver counts %d", ErrSyntax, len(d.log.GPUs), *known))
	}
}

// behindProcesses returns what follows a GPU's processes if there are more of
// them behind it: then the name of a process went over several lines, and wrote
// what is there. It is nil otherwise.
func behindProcesses(gpu *Node) *Node {
	var behind *Node
	processes := 0
	for c := gpu.first; c != nil; c = c.next {
		if c.Name != "processes" {
			continue
		}
		if processes++; processes == 1 {
			behind = c.next
		}
	}
	if processes < 2 {
		return nil
	}
	return behind
}

// readGPU appends one GPU to the log. It reports false at the limit.
func (d *decoder) readGPU(n *Node) bool {
	if len(d.log.GPUs) == maxGPUs {
		d.reject(n, fmt.Errorf("%w: more than %d GPUs", ErrLimit, maxGPUs))
		return false
	}
	d.log.GPUs = append(d.log.GPUs, GPU{ID: n.Attr("id"), Element: n})
	g := &d.log.GPUs[len(d.log.GPUs)-1]
	d.gpu = g
	clear(d.seen)
	forged := behindProcesses(n)
	for c := d.inside(n); c != nil; c = c.next {
		if c == forged {
			d.reject(c, fmt.Errorf("%w: processes twice in one GPU: what stands behind the first is not the driver's", ErrSyntax))
			break
		}
		if d.seen[c.Name] {
			d.unknown(c)
			d.reject(c, fmt.Errorf("%w: a second element of one name", ErrSyntax))
			continue
		}
		if d.identity(g, c) || d.settings(&g.Settings, c) || d.group(g, c) || d.state(g, c) {
			d.seen[c.Name] = true
		} else {
			d.unknown(c)
		}
	}
	if g.PCI.Address == "" {
		g.PCI.Address = pciAddress(g.ID)
	}
	return true
}

// identity reads what names the GPU.
func (d *decoder) identity(g *GPU, c *Node) bool {
	switch c.Name {
	case "product_name":
		g.Name = d.name(c)
	case "product_brand":
		g.Brand = d.name(c)
	case "product_architecture":
		g.Architecture = d.text(c)
	case "uuid":
		g.UUID = d.uuid(c)
	case "serial":
		g.Serial = d.nonzero(c)
	case "pdi":
		g.PDI = d.nonzero(c)
	case "minor_number":
		g.MinorNumber = d.num(c, count)
	case "board_id":
		g.BoardID = d.text(c)
	case "board_part_number":
		g.BoardPartNumber = d.name(c)
	case "gpu_part_number":
		g.GPUPartNumber = d.name(c)
	case "gpu_fru_part_number":
		g.FRUPartNumber = d.name(c)
	case "multigpu_board":
		g.MultiGPUBoard = d.flag(c)
	case "vbios_version":
		g.VBIOS = d.vbios(c)
	case "gsp_firmware_version":
		g.GSPFirmware = d.text(c)
	case "inforom_version":
		d.inforom(&g.InfoROM, c)
	case "inforom_bbx_flush", "inforom_time_data":
		d.inforomFlush(&g.InfoROM, c)
	case "pci":
		d.pci(&g.PCI, c)
	case "platformInfo":
		d.platform(&g.Platform, c)
	case "gpu_module_id":
		g.Platform.Module = d.num(c, count)
	default:
		return false
	}
	return true
}

// settings reads the modes.
func (d *decoder) settings(s *Settings, c *Node) bool {
	switch c.Name {
	case "persistence_mode":
		s.PersistenceMode = d.flag(c)
	case "accounting_mode":
		s.AccountingMode = d.flag(c)
	case "accounting_mode_buffer_size":
		s.AccountingBufferSize = d.num(c, count)
	case "compute_mode":
		s.ComputeMode = d.text(c)
	case "addressing_mode":
		s.AddressingMode = d.text(c)
	case "display_mode":
		s.DisplayMode = d.flag(c)
	case "display_attached":
		s.DisplayAttached = d.flag(c)
	case "display_active":
		s.DisplayActive = d.flag(c)
	case "driver_model":
		d.namedMode(&s.DriverModel, c)
	case "gpu_operation_mode":
		d.namedMode(&s.GPUOperationMode, c)
	case "c2c_mode":
		s.C2CMode = d.flag(c)
	case "sparse_operation_mode":
		s.SparseOperationMode = d.flag(c)
	case "gpu_virtualization_mode":
		d.virtualization(s, c)
	case "ibmnpu", "capabilities", "clock_policy":
		d.misc(s, c)
	default:
		return false
	}
	return true
}

// group reads what is not a reading of a sensor.
func (d *decoder) group(g *GPU, c *Node) bool {
	switch c.Name {
	case "mig_mode":
		d.mode(&g.MIGMode, c)
	case "mig_devices":
		d.migDevices(g, c)
	case "ecc_mode":
		d.mode(&g.ECCMode, c)
	case "ecc_errors":
		d.ecc(&g.ECC, c)
	case "dram_encryption_mode":
		d.mode(&g.DRAMEncryption, c)
	case "retired_pages":
		d.retiredPages(&g.RetiredPages, c)
	case "remapped_rows":
		d.remappedRows(&g.RemappedRows, c)
	case "gpu_recovery_action":
		g.RecoveryAction = d.text(c)
	case "gpu_reset_status":
		d.resetStatus(g, c)
	case "fabric":
		d.fabric(&g.Fabric, c)
	case "processes":
		d.processes(g, c)
	case "accounted_processes":
		d.accounted(g, c)
	case "fb_memory_usage":
		d.memory(&g.Memory, c)
	case "bar1_memory_usage":
		d.memory(&g.BAR1, c)
	case "cc_protected_memory_usage", "conf_compute_protected_memory_usage":
		d.memory(&g.ProtectedMemory, c)
	case "supported_clocks":
		d.supportedClocks(g, c)
	default:
		return false
	}
	return true
}

// state reads the sensors.
func (d *decoder) state(g *GPU, c *Node) bool {
	switch c.Name {
	case "temperature":
		d.temperature(&g.Temperature, c)
	case "supported_gpu_target_temp":
		d.temperature(&g.Temperature, c)
	case "fan_speed":
		g.FanPercent = d.num(c, percent)
	case "performance_state":
		g.PerformanceState = d.text(c)
	case "power_readings", "gpu_power_readings":
		d.power(&g.Power, c)
	case "module_power_readings":
		d.power(&g.ModulePower, c)
	case "gpu_memory_power_readings":
		d.power(&g.MemoryPower, c)
	case "edpp_multiplier":
		g.Power.EDPpMultiplierBasisPoints = d.num(c, basisPoints)
	case "power_profiles":
		d.powerProfiles(&g.PowerProfiles, c)
	case "power_smoothing":
		g.PowerSmoothing.Status = d.text(c)
		for c := c.first; c != nil; c = c.next {
			d.unknown(c)
		}
	case "voltage":
		d.voltage(g, c)
	case "clocks":
		d.clocks(&g.Clocks.Current, c)
	case "max_clocks":
		d.clocks(&g.Clocks.Max, c)
	case "applications_clocks":
		d.clocks(&g.Clocks.Applications, c)
	case "default_applications_clocks":
		d.clocks(&g.Clocks.DefaultApplications, c)
	case "deferred_clocks":
		d.clocks(&g.Clocks.Deferred, c)
	case "max_customer_boost_clocks":
		d.clocks(&g.Clocks.MaxCustomerBoost, c)
	case "clocks_event_reasons", "clocks_throttle_reasons":
		d.eventReasons(&g.EventReasons, c)
	case "clocks_event_reasons_counters":
		d.eventCounters(&g.EventReasons.Counters, c)
	case "utilization":
		d.utilization(&g.Utilization, c)
	case "encoder_stats":
		d.sessions(&g.Encoder, c)
	case "fbc_stats":
		d.sessions(&g.FrameBuffer, c)
	default:
		return false
	}
	return true
}
