// SPDX-License-Identifier: Apache-2.0

package inventory

// collectors are the parts of an audit, in the order of the report. Each has a
// Collect function of its own, which other programs may call alone.
var collectors = []collector{
	collect("board", "dmidecode", CollectBoard, func(r *Report, b *Board) {
		r.System, r.Boards, r.Chassis = b.System, b.Boards, b.Chassis
		r.Firmware = append(r.Firmware, b.Firmware...)
	}),
	collect("cpu", "dmidecode", CollectCPUs, func(r *Report, p *Processors) { r.Processors = *p }),
	collect("memory", "dmidecode", CollectMemory, func(r *Report, m *Memory) { r.Memory = m }),
	collect("storage", "smartctl", CollectStorage, func(r *Report, s *Storage) { r.Storage = s }),
	collect("pcie", "lspci", CollectPCIe, func(r *Report, f *PCIFunctions) { r.PCI = *f }),
	collect("network", "ethtool", CollectNetwork, func(r *Report, n *NetworkCards) { r.Network = *n }),
	collect("gpu", "nvidia-smi", CollectGPUs, func(r *Report, g *GPUs) { r.GPUs = *g }),
	collect("psu", "ipmitool", CollectPowerSupplies, func(r *Report, p *PowerSupplies) { r.PowerSupplies = *p }),
	collect("bmc", "ipmitool", CollectBMC, func(r *Report, b *BMC) { r.BMC = b }),
	collect("fru", "ipmitool", CollectFRU, func(r *Report, f *FRUs) { r.FRU = *f }),
}
