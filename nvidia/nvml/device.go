// SPDX-License-Identifier: Apache-2.0

//go:build nvml

package nvml

import (
	"fmt"
	"strings"

	gonvml "github.com/NVIDIA/go-nvml/pkg/nvml"

	"github.com/mchus/bee/nvidia"
)

// identity asks what the GPU is.
func (r *reader) identity() {
	g, d := r.gpu, r.dev
	g.Index = num(r, "nvmlDeviceGetIndex", d.GetIndex)
	g.MinorNumber = num(r, "nvmlDeviceGetMinorNumber", d.GetMinorNumber)
	g.Name = get(r, "nvmlDeviceGetName", d.GetName)
	g.Brand = brand(get(r, "nvmlDeviceGetBrand", d.GetBrand))
	g.Architecture = architecture(get(r, "nvmlDeviceGetArchitecture", d.GetArchitecture))
	g.UUID = get(r, "nvmlDeviceGetUUID", d.GetUUID)
	g.Serial = get(r, "nvmlDeviceGetSerial", d.GetSerial)
	if strings.Trim(g.Serial, "0") == "" {
		g.Serial = ""
	}
	if id, ok := try(r, "nvmlDeviceGetBoardId", d.GetBoardId); ok {
		g.BoardID = fmt.Sprintf("0x%x", id)
	}
	g.BoardPartNumber = get(r, "nvmlDeviceGetBoardPartNumber", d.GetBoardPartNumber)
	if n, ok := try(r, "nvmlDeviceGetMultiGpuBoard", d.GetMultiGpuBoard); ok {
		g.MultiGPUBoard = ptr(n != 0)
	}
	if r.has("nvmlDeviceGetCudaComputeCapability") {
		if major, minor, ret := d.GetCudaComputeCapability(); r.ok(ret) {
			g.ComputeCapability = fmt.Sprintf("%d.%d", major, minor)
		}
	}
	g.VBIOS = get(r, "nvmlDeviceGetVbiosVersion", d.GetVbiosVersion)
	g.GSPFirmware = get(r, "nvmlDeviceGetGspFirmwareVersion", d.GetGspFirmwareVersion)
	g.Platform.Module = num(r, "nvmlDeviceGetModuleId", d.GetModuleId)
	g.InfoROM.Image = get(r, "nvmlDeviceGetInforomImageVersion", d.GetInforomImageVersion)
	g.InfoROM.OEM = r.inforom(gonvml.INFOROM_OEM)
	g.InfoROM.ECC = r.inforom(gonvml.INFOROM_ECC)
	g.InfoROM.Power = r.inforom(gonvml.INFOROM_POWER)
}

func (r *reader) inforom(object gonvml.InforomObject) string {
	return get(r, "nvmlDeviceGetInforomVersion", with(r.dev.GetInforomVersion, object))
}

// brand names a brand as nvidia-smi does.
func brand(b gonvml.BrandType) string {
	names := [...]string{
		gonvml.BRAND_QUADRO: "Quadro", gonvml.BRAND_TESLA: "Tesla", gonvml.BRAND_NVS: "NVS",
		gonvml.BRAND_GRID: "Grid", gonvml.BRAND_GEFORCE: "GeForce", gonvml.BRAND_TITAN: "Titan",
		gonvml.BRAND_QUADRO_RTX: "Quadro RTX", gonvml.BRAND_NVIDIA_RTX: "NVIDIA RTX",
		gonvml.BRAND_NVIDIA: "NVIDIA", gonvml.BRAND_GEFORCE_RTX: "GeForce RTX", gonvml.BRAND_TITAN_RTX: "Titan RTX",
	}
	if int(b) < len(names) {
		return names[b]
	}
	return ""
}

// architecture names an architecture as nvidia-smi does.
func architecture(a gonvml.DeviceArchitecture) string {
	names := [...]string{
		gonvml.DEVICE_ARCH_KEPLER: "Kepler", gonvml.DEVICE_ARCH_MAXWELL: "Maxwell",
		gonvml.DEVICE_ARCH_PASCAL: "Pascal", gonvml.DEVICE_ARCH_VOLTA: "Volta",
		gonvml.DEVICE_ARCH_TURING: "Turing", gonvml.DEVICE_ARCH_AMPERE: "Ampere",
		gonvml.DEVICE_ARCH_ADA: "Ada Lovelace", gonvml.DEVICE_ARCH_HOPPER: "Hopper",
		gonvml.DEVICE_ARCH_BLACKWELL: "Blackwell",
	}
	if int64(a) < int64(len(names)) {
		return names[a]
	}
	return ""
}

// pci asks where the GPU sits and how its link is.
func (r *reader) pci() {
	p, d := &r.gpu.PCI, r.dev
	if info, ok := try(r, "nvmlDeviceGetPciInfo_v3", d.GetPciInfo); ok {
		r.gpu.ID = text(info.BusId[:])
		p.DeviceID, p.VendorID = ids(info.PciDeviceId)
		p.SubsystemDeviceID, p.SubsystemVendorID = ids(info.PciSubSystemId)
		if r.gpu.ID != "" { // else nothing was filled in but the identifiers
			p.Address = fmt.Sprintf("%04x:%02x:%02x.0", info.Domain, info.Bus, info.Device)
			p.Domain, p.Bus, p.Device = ptr(int64(info.Domain)), ptr(int64(info.Bus)), ptr(int64(info.Device))
		}
	}
	if info, ok := try(r, "nvmlDeviceGetPciInfoExt", d.GetPciInfoExt); ok {
		p.BaseClass, p.SubClass = ptr(int64(info.BaseClass)), ptr(int64(info.SubClass))
	}
	p.LinkGeneration = num(r, "nvmlDeviceGetCurrPcieLinkGeneration", d.GetCurrPcieLinkGeneration)
	p.LinkGenerationMax = num(r, "nvmlDeviceGetMaxPcieLinkGeneration", d.GetMaxPcieLinkGeneration)
	p.DeviceLinkGenerationMax = num(r, "nvmlDeviceGetGpuMaxPcieLinkGeneration", d.GetGpuMaxPcieLinkGeneration)
	p.LinkWidth = num(r, "nvmlDeviceGetCurrPcieLinkWidth", d.GetCurrPcieLinkWidth)
	p.LinkWidthMax = num(r, "nvmlDeviceGetMaxPcieLinkWidth", d.GetMaxPcieLinkWidth)
	p.Replays = num(r, "nvmlDeviceGetPcieReplayCounter", d.GetPcieReplayCounter)
	p.TransmitKBs = num(r, "nvmlDeviceGetPcieThroughput", with(d.GetPcieThroughput, gonvml.PCIE_UTIL_TX_BYTES))
	p.ReceiveKBs = num(r, "nvmlDeviceGetPcieThroughput", with(d.GetPcieThroughput, gonvml.PCIE_UTIL_RX_BYTES))
}

// ids splits an identifier into device and vendor; 0 is none.
func ids(id uint32) (device, vendor string) {
	if id == 0 {
		return "", ""
	}
	return fmt.Sprintf("%04x", id>>16), fmt.Sprintf("%04x", id&0xffff)
}

// text reads a C string.
func text(chars []int8) string {
	var b strings.Builder
	for _, c := range chars {
		if c == 0 {
			break
		}
		b.WriteByte(byte(c))
	}
	return b.String()
}

// settings asks for the modes.
func (r *reader) settings() {
	g, s, d := r.gpu, &r.gpu.Settings, r.dev
	s.PersistenceMode = flag(r, "nvmlDeviceGetPersistenceMode", d.GetPersistenceMode)
	s.AccountingMode = flag(r, "nvmlDeviceGetAccountingMode", d.GetAccountingMode)
	s.AccountingBufferSize = num(r, "nvmlDeviceGetAccountingBufferSize", d.GetAccountingBufferSize)
	s.DisplayActive = flag(r, "nvmlDeviceGetDisplayActive", d.GetDisplayActive)
	if mode, ok := try(r, "nvmlDeviceGetComputeMode", d.GetComputeMode); ok {
		s.ComputeMode = computeMode(mode)
	}
	if mode, ok := try(r, "nvmlDeviceGetVirtualizationMode", d.GetVirtualizationMode); ok {
		s.VirtualizationMode = virtualizationMode(mode)
	}
	g.ECCMode = nvidia.Mode{
		Current: flag(r, "nvmlDeviceGetEccMode", first(d.GetEccMode)),
		Pending: flag(r, "nvmlDeviceGetEccMode", second(d.GetEccMode)),
	}
}

func computeMode(mode gonvml.ComputeMode) string {
	switch mode {
	case gonvml.COMPUTEMODE_DEFAULT:
		return "Default"
	case gonvml.COMPUTEMODE_EXCLUSIVE_THREAD:
		return "Exclusive_Thread"
	case gonvml.COMPUTEMODE_PROHIBITED:
		return "Prohibited"
	case gonvml.COMPUTEMODE_EXCLUSIVE_PROCESS:
		return "Exclusive_Process"
	}
	return ""
}

func virtualizationMode(mode gonvml.GpuVirtualizationMode) string {
	switch mode {
	case gonvml.GPU_VIRTUALIZATION_MODE_NONE:
		return "None"
	case gonvml.GPU_VIRTUALIZATION_MODE_PASSTHROUGH:
		return "Pass-Through"
	case gonvml.GPU_VIRTUALIZATION_MODE_VGPU:
		return "VGPU"
	case gonvml.GPU_VIRTUALIZATION_MODE_HOST_VGPU:
		return "Host VGPU"
	case gonvml.GPU_VIRTUALIZATION_MODE_HOST_VSGA:
		return "Host VSGA"
	}
	return ""
}
