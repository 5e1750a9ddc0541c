// SPDX-License-Identifier: Apache-2.0

package nvidia

// inforom reads inforom_version.
func (d *decoder) inforom(v *InfoROM, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "img_version":
			v.Image = d.text(c)
		case "oem_object":
			v.OEM = d.text(c)
		case "ecc_object":
			v.ECC = d.text(c)
		case "pwr_object":
			v.Power = d.text(c)
		default:
			d.unknown(c)
		}
	}
}

// inforomFlush reads inforom_bbx_flush and inforom_time_data.
func (d *decoder) inforomFlush(v *InfoROM, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "latest_timestamp":
			v.FlushTimestamp = d.text(c)
		case "latest_duration":
			v.FlushMicroseconds = d.num(c, micros)
		case "time_run":
			v.RunSeconds = d.num(c, seconds)
		default:
			d.unknown(c)
		}
	}
}

// pci reads pci.
func (d *decoder) pci(v *PCI, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "pci_bus_id":
			v.Address = d.address(c)
		case "pci_domain":
			v.Domain = d.hex(c)
		case "pci_bus":
			v.Bus = d.hex(c)
		case "pci_device":
			v.Device = d.hex(c)
		case "pci_device_id":
			v.DeviceID, v.VendorID = d.ids(c)
		case "pci_sub_system_id":
			v.SubsystemDeviceID, v.SubsystemVendorID = d.ids(c)
		case "pci_base_class":
			v.BaseClass = d.hex(c)
		case "pci_sub_class":
			v.SubClass = d.hex(c)
		case "pci_gpu_link_info", "pcie_gen", "link_widths", "pci_bridge_chip":
			d.link(v, c)
		case "replay_counter":
			v.Replays = d.num(c, count)
		case "replay_rollover_counter":
			v.ReplayRollovers = d.num(c, count)
		case "tx_util":
			v.TransmitKBs = d.num(c, kbs)
		case "rx_util":
			v.ReceiveKBs = d.num(c, kbs)
		case "atomic_caps_outbound":
			v.AtomicCapsOutbound = d.text(c)
		case "atomic_caps_inbound":
			v.AtomicCapsInbound = d.text(c)
		default:
			d.unknown(c)
		}
	}
}

// link reads pci_gpu_link_info, pci_bridge_chip and what they hold.
func (d *decoder) link(v *PCI, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "pcie_gen", "link_widths":
			d.link(v, c)
		case "max_link_gen":
			v.LinkGenerationMax = d.num(c, count)
		case "current_link_gen":
			v.LinkGeneration = d.num(c, count)
		case "device_current_link_gen":
			v.DeviceLinkGeneration = d.num(c, count)
		case "max_device_link_gen":
			v.DeviceLinkGenerationMax = d.num(c, count)
		case "max_host_link_gen":
			v.HostLinkGenerationMax = d.num(c, count)
		case "max_link_width":
			v.LinkWidthMax = d.num(c, lanes)
		case "current_link_width":
			v.LinkWidth = d.num(c, lanes)
		case "bridge_chip_type":
			v.BridgeType = d.text(c)
		case "bridge_chip_fw":
			v.BridgeFirmware = d.text(c)
		default:
			d.unknown(c)
		}
	}
}

// platform reads platformInfo.
func (d *decoder) platform(v *Platform, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "chassis_serial_number", "rack_serial_number":
			v.ChassisSerial = d.text(c)
		case "slot_number", "chassis_physical_slot_number":
			v.Slot = d.num(c, count)
		case "tray_index", "compute_slot_index":
			v.Tray = d.num(c, count)
		case "host_id", "node_index":
			v.Host = d.num(c, count)
		case "peer_type":
			v.PeerType = d.text(c)
		case "module_id":
			v.Module = d.num(c, count)
		case "gpu_fabric_guid":
			v.FabricGUID = d.nonzero(c)
		default:
			d.unknown(c)
		}
	}
}

// fabric reads fabric.
func (d *decoder) fabric(v *Fabric, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "state":
			v.State = d.text(c)
		case "status":
			v.Status = d.text(c)
		case "cliqueId":
			v.Clique = d.num(c, count)
		case "clusterUuid":
			v.ClusterUUID = d.nonzero(c)
		case "health":
			d.fabricHealth(&v.Health, c)
		default:
			d.unknown(c)
		}
	}
}

// fabricHealth reads fabric/health.
func (d *decoder) fabricHealth(v *FabricHealth, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "summary":
			v.Summary = d.text(c)
		case "bandwidth":
			v.Bandwidth = d.text(c)
		case "route_recovery_in_progress":
			v.RouteRecovery = d.flag(c)
		case "route_unhealthy":
			v.RouteUnhealthy = d.flag(c)
		case "access_timeout_recovery":
			v.AccessTimeoutRecovery = d.flag(c)
		case "incorrect_configuration":
			v.IncorrectConfiguration = d.text(c)
		case "partition_assigned":
			v.PartitionAssigned = d.text(c)
		default:
			d.unknown(c)
		}
	}
}

// mode reads a setting of two values.
func (d *decoder) mode(v *Mode, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "current_mig", "current_ecc", "current_dram_encryption":
			v.Current = d.flag(c)
		case "pending_mig", "pending_ecc", "pending_dram_encryption":
			v.Pending = d.flag(c)
		default:
			d.unknown(c)
		}
	}
}

// namedMode reads a setting of several values.
func (d *decoder) namedMode(v *NamedMode, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "current_dm", "current_gom":
			v.Current = d.text(c)
		case "pending_dm", "pending_gom":
			v.Pending = d.text(c)
		default:
			d.unknown(c)
		}
	}
}

// virtualization reads gpu_virtualization_mode.
func (d *decoder) virtualization(v *Settings, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "virtualization_mode":
			v.VirtualizationMode = d.text(c)
		case "host_vgpu_mode":
			v.HostVGPUMode = d.text(c)
		case "vgpu_heterogeneous_mode":
			v.VGPUHeterogeneous = d.flag(c)
		default:
			d.unknown(c)
		}
	}
}

// misc reads groups of one or two flags: ibmnpu, capabilities, clock_policy.
func (d *decoder) misc(v *Settings, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "relaxed_ordering_mode":
			v.RelaxedOrderingMode = d.flag(c)
		case "egm":
			v.EGM = d.flag(c)
		case "auto_boost":
			v.AutoBoost = d.flag(c)
		case "auto_boost_default":
			v.AutoBoostDefault = d.flag(c)
		default:
			d.unknown(c)
		}
	}
}
