// SPDX-License-Identifier: Apache-2.0

//go:build nvml

package nvml

import (
	"fmt"
	"math"
	"strings"

	gonvml "github.com/NVIDIA/go-nvml/pkg/nvml"

	"github.com/mchus/bee/nvidia"
)

// mig asks for the MIG mode and the compute instances.
func (r *reader) mig() {
	g, d := r.gpu, r.dev
	if !r.has("nvmlDeviceGetMigMode") {
		return
	}
	current, pending, ret := d.GetMigMode()
	if !r.ok(ret) {
		return
	}
	g.MIGMode.Current = ptr(current == gonvml.DEVICE_MIG_ENABLE)
	g.MIGMode.Pending = ptr(pending == gonvml.DEVICE_MIG_ENABLE)
	for i := range get(r, "nvmlDeviceGetMaxMigDeviceCount", d.GetMaxMigDeviceCount) {
		// Indexes without an instance are not found.
		if dev, ok := try(r, "nvmlDeviceGetMigDeviceHandleByIndex", with(d.GetMigDeviceHandleByIndex, i)); ok {
			g.MIGDevices = append(g.MIGDevices, r.migDevice(i, dev))
		}
	}
}

func (r *reader) migDevice(index int, d gonvml.Device) nvidia.MIGDevice {
	v := nvidia.MIGDevice{
		Index:           ptr(int64(index)),
		GPUInstance:     num(r, "nvmlDeviceGetGpuInstanceId", d.GetGpuInstanceId),
		ComputeInstance: num(r, "nvmlDeviceGetComputeInstanceId", d.GetComputeInstanceId),
		UUID:            get(r, "nvmlDeviceGetUUID", d.GetUUID),
	}
	// "NVIDIA H100 80GB HBM3 MIG 3g.40gb"
	if name := get(r, "nvmlDeviceGetName", d.GetName); name != "" {
		_, v.Profile, _ = strings.Cut(name, " MIG ")
	}
	if a, ok := try(r, "nvmlDeviceGetAttributes_v2", d.GetAttributes); ok {
		v.Multiprocessors, v.CopyEngines = ptr(int64(a.MultiprocessorCount)), ptr(int64(a.SharedCopyEngineCount))
		v.Encoders, v.Decoders = ptr(int64(a.SharedEncoderCount)), ptr(int64(a.SharedDecoderCount))
		v.OFAs, v.JPEGs = ptr(int64(a.SharedOfaCount)), ptr(int64(a.SharedJpegCount))
	}
	if m, ok := try(r, "nvmlDeviceGetMemoryInfo", d.GetMemoryInfo); ok {
		v.Memory = usage(m.Total, m.Used, m.Free)
	}
	if m, ok := try(r, "nvmlDeviceGetBAR1MemoryInfo", d.GetBAR1MemoryInfo); ok {
		v.BAR1 = usage(m.Bar1Total, m.Bar1Used, m.Bar1Free)
	}
	return v
}

// nvlinks asks for the links; a GPU has as many as do not give an error.
func (r *reader) nvlinks() {
	for i := range gonvml.NVLINK_MAX_LINKS {
		active := flag(r, "nvmlDeviceGetNvLinkState", with(r.dev.GetNvLinkState, i))
		if active == nil {
			return
		}
		v := nvidia.NVLink{Link: i, Active: active}
		if *active {
			r.nvlink(&v)
		}
		r.gpu.NVLinks = append(r.gpu.NVLinks, v)
	}
}

func (r *reader) nvlink(v *nvidia.NVLink) {
	d := r.dev
	v.SpeedMBs = r.field(gonvml.FI_DEV_NVLINK_GET_SPEED, uint32(v.Link))
	v.Version = num(r, "nvmlDeviceGetNvLinkVersion", with(d.GetNvLinkVersion, v.Link))
	if p, ok := try(r, "nvmlDeviceGetNvLinkRemotePciInfo_v2", with(d.GetNvLinkRemotePciInfo, v.Link)); ok {
		v.RemoteAddress = fmt.Sprintf("%04x:%02x:%02x.0", p.Domain, p.Bus, p.Device)
	}
	errors := func(kind gonvml.NvLinkErrorCounter) *int64 {
		return num(r, "nvmlDeviceGetNvLinkErrorCounter", func() (uint64, gonvml.Return) {
			return d.GetNvLinkErrorCounter(v.Link, kind)
		})
	}
	v.Replays = errors(gonvml.NVLINK_ERROR_DL_REPLAY)
	v.Recovered = errors(gonvml.NVLINK_ERROR_DL_RECOVERY)
	v.CRCErrors = errors(gonvml.NVLINK_ERROR_DL_CRC_FLIT)
}

// processes asks what runs on the GPU.
func (r *reader) processes() {
	d := r.dev
	for _, p := range get(r, "nvmlDeviceGetComputeRunningProcesses", d.GetComputeRunningProcesses) {
		r.gpu.Processes = append(r.gpu.Processes, r.process(p, "C"))
	}
	for _, p := range get(r, "nvmlDeviceGetGraphicsRunningProcesses", d.GetGraphicsRunningProcesses) {
		if i := r.findProcess(int64(p.Pid)); i >= 0 {
			r.gpu.Processes[i].Type = "C+G"
			continue
		}
		r.gpu.Processes = append(r.gpu.Processes, r.process(p, "G"))
	}
}

func (r *reader) findProcess(pid int64) int {
	for i, p := range r.gpu.Processes {
		if p.PID == pid {
			return i
		}
	}
	return -1
}

func (r *reader) process(p gonvml.ProcessInfo, kind string) nvidia.Process {
	v := nvidia.Process{PID: int64(p.Pid), Type: kind}
	v.Name = get(r, "nvmlSystemGetProcessName", with(r.lib.SystemGetProcessName, int(p.Pid)))
	if p.UsedGpuMemory <= math.MaxInt64 { // all ones: not available
		v.UsedBytes = ptr(int64(p.UsedGpuMemory))
	}
	if p.GpuInstanceId != math.MaxUint32 {
		v.GPUInstance, v.ComputeInstance = ptr(int64(p.GpuInstanceId)), ptr(int64(p.ComputeInstanceId))
	}
	return v
}

// fabric asks for the membership in an NVLink fabric.
func (r *reader) fabric() {
	f, ok := try(r, "nvmlDeviceGetGpuFabricInfo", r.dev.GetGpuFabricInfo)
	if !ok || f.State == gonvml.GPU_FABRIC_STATE_NOT_SUPPORTED {
		return
	}
	v := &r.gpu.Fabric
	switch f.State {
	case gonvml.GPU_FABRIC_STATE_NOT_STARTED:
		v.State = "Not Started"
	case gonvml.GPU_FABRIC_STATE_IN_PROGRESS:
		v.State = "In Progress"
	case gonvml.GPU_FABRIC_STATE_COMPLETED:
		v.State = "Completed"
		v.Status = "Success"
		if ret := gonvml.Return(f.Status); ret != gonvml.SUCCESS {
			v.Status = message(ret)
		}
		v.Clique = ptr(int64(f.CliqueId))
		if u := f.ClusterUuid; u != [16]uint8{} {
			v.ClusterUUID = fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
		}
	}
}
