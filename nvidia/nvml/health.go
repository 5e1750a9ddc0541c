// SPDX-License-Identifier: Apache-2.0

//go:build nvml

package nvml

import (
	"encoding/binary"
	"fmt"

	gonvml "github.com/NVIDIA/go-nvml/pkg/nvml"

	"github.com/mchus/bee/nvidia"
)

// memory asks how much memory is in use.
func (r *reader) memory() {
	d := r.dev
	if m, ok := try(r, "nvmlDeviceGetMemoryInfo_v2", d.GetMemoryInfo_v2); ok {
		r.gpu.Memory = usage(m.Total, m.Used, m.Free)
		r.gpu.Memory.ReservedBytes = ptr(int64(m.Reserved))
	} else if m, ok := try(r, "nvmlDeviceGetMemoryInfo", d.GetMemoryInfo); ok {
		r.gpu.Memory = usage(m.Total, m.Used, m.Free)
	}
	if m, ok := try(r, "nvmlDeviceGetBAR1MemoryInfo", d.GetBAR1MemoryInfo); ok {
		r.gpu.BAR1 = usage(m.Bar1Total, m.Bar1Used, m.Bar1Free)
	}
	if m, ok := try(r, "nvmlDeviceGetConfComputeProtectedMemoryUsage", d.GetConfComputeProtectedMemoryUsage); ok {
		r.gpu.ProtectedMemory = usage(m.Total, m.Used, m.Free)
	}
}

func usage(total, used, free uint64) nvidia.MemoryUsage {
	return nvidia.MemoryUsage{
		TotalBytes: ptr(int64(total)), UsedBytes: ptr(int64(used)), FreeBytes: ptr(int64(free)),
	}
}

// ecc asks for the memory errors: by kind of memory where the GPU counts so
// (since Turing), else by location.
func (r *reader) ecc() {
	e := &r.gpu.ECC
	r.eccCounts(&e.Volatile, gonvml.VOLATILE_ECC)
	r.eccCounts(&e.Aggregate, gonvml.AGGREGATE_ECC)
	if s, ok := try(r, "nvmlDeviceGetSramEccErrorStatus", r.dev.GetSramEccErrorStatus); ok {
		v, a := &e.Volatile, &e.Aggregate
		v.SRAMUncorrectable, a.SRAMUncorrectable = nil, nil
		v.SRAMUncorrectableParity, v.SRAMUncorrectableSECDED = ptr(int64(s.VolatileUncParity)), ptr(int64(s.VolatileUncSecDed))
		a.SRAMUncorrectableParity, a.SRAMUncorrectableSECDED = ptr(int64(s.AggregateUncParity)), ptr(int64(s.AggregateUncSecDed))
		a.SRAMThresholdExceeded = ptr(s.BThresholdExceeded != 0)
		e.Sources = nvidia.SRAMSources{
			L2: ptr(int64(s.AggregateUncBucketL2)), SM: ptr(int64(s.AggregateUncBucketSm)),
			Microcontroller: ptr(int64(s.AggregateUncBucketMcu)), PCIe: ptr(int64(s.AggregateUncBucketPcie)),
			Other: ptr(int64(s.AggregateUncBucketOther)),
		}
	}
	if s, ok := try(r, "nvmlDeviceGetRepairStatus", r.dev.GetRepairStatus); ok {
		e.ChannelRepairPending, e.TPCRepairPending = ptr(s.BChannelRepairPending != 0), ptr(s.BTpcRepairPending != 0)
	}
	if s, ok := try(r, "nvmlDeviceGetUnrepairableMemoryFlag_v1", r.dev.GetUnrepairableMemoryFlag_v1); ok {
		e.UnrepairableMemory = ptr(s.BUnrepairableMemory != 0)
	}
}

func (r *reader) eccCounts(v *nvidia.ECCCounts, span gonvml.EccCounterType) {
	const corrected, uncorrected = gonvml.MEMORY_ERROR_TYPE_CORRECTED, gonvml.MEMORY_ERROR_TYPE_UNCORRECTED
	v.SRAMCorrectable = r.eccCount(corrected, span, gonvml.MEMORY_LOCATION_SRAM)
	v.SRAMUncorrectable = r.eccCount(uncorrected, span, gonvml.MEMORY_LOCATION_SRAM)
	if v.SRAMCorrectable != nil || v.SRAMUncorrectable != nil {
		v.DRAMCorrectable = r.eccCount(corrected, span, gonvml.MEMORY_LOCATION_DRAM)
		v.DRAMUncorrectable = r.eccCount(uncorrected, span, gonvml.MEMORY_LOCATION_DRAM)
		return
	}
	v.SingleBit = r.eccLocations(corrected, span)
	v.DoubleBit = r.eccLocations(uncorrected, span)
}

func (r *reader) eccLocations(kind gonvml.MemoryErrorType, span gonvml.EccCounterType) nvidia.ECCLocations {
	total := func() (uint64, gonvml.Return) { return r.dev.GetTotalEccErrors(kind, span) }
	return nvidia.ECCLocations{
		DeviceMemory:  r.eccCount(kind, span, gonvml.MEMORY_LOCATION_DEVICE_MEMORY),
		RegisterFile:  r.eccCount(kind, span, gonvml.MEMORY_LOCATION_REGISTER_FILE),
		L1Cache:       r.eccCount(kind, span, gonvml.MEMORY_LOCATION_L1_CACHE),
		L2Cache:       r.eccCount(kind, span, gonvml.MEMORY_LOCATION_L2_CACHE),
		TextureMemory: r.eccCount(kind, span, gonvml.MEMORY_LOCATION_TEXTURE_MEMORY),
		TextureSHM:    r.eccCount(kind, span, gonvml.MEMORY_LOCATION_TEXTURE_SHM),
		CBU:           r.eccCount(kind, span, gonvml.MEMORY_LOCATION_CBU),
		Total:         num(r, "nvmlDeviceGetTotalEccErrors", total),
	}
}

func (r *reader) eccCount(kind gonvml.MemoryErrorType, span gonvml.EccCounterType, where gonvml.MemoryLocation) *int64 {
	return num(r, "nvmlDeviceGetMemoryErrorCounter", func() (uint64, gonvml.Return) {
		return r.dev.GetMemoryErrorCounter(kind, span, where)
	})
}

// rows asks for retired pages, remapped rows and what the driver wants done.
func (r *reader) rows() {
	p, m, d := &r.gpu.RetiredPages, &r.gpu.RemappedRows, r.dev
	p.SingleBit = r.retired(gonvml.PAGE_RETIREMENT_CAUSE_MULTIPLE_SINGLE_BIT_ECC_ERRORS)
	p.DoubleBit = r.retired(gonvml.PAGE_RETIREMENT_CAUSE_DOUBLE_BIT_ECC_ERROR)
	p.Pending = flag(r, "nvmlDeviceGetRetiredPagesPendingStatus", d.GetRetiredPagesPendingStatus)
	if r.has("nvmlDeviceGetRemappedRows") {
		if corrected, uncorrected, pending, failure, ret := d.GetRemappedRows(); r.ok(ret) {
			m.Correctable, m.Uncorrectable = ptr(int64(corrected)), ptr(int64(uncorrected))
			m.Pending, m.Failure = &pending, &failure
		}
	}
	if h, ok := try(r, "nvmlDeviceGetRowRemapperHistogram", d.GetRowRemapperHistogram); ok {
		m.Histogram = nvidia.RemapHistogram{
			Max: ptr(int64(h.Max)), High: ptr(int64(h.High)), Partial: ptr(int64(h.Partial)),
			Low: ptr(int64(h.Low)), None: ptr(int64(h.None)),
		}
	}
	if v := r.field(gonvml.FI_DEV_GET_GPU_RECOVERY_ACTION, 0); v != nil {
		r.gpu.RecoveryAction = recoveryAction(*v)
	}
}

func (r *reader) retired(cause gonvml.PageRetirementCause) nvidia.Retirement {
	pages, ok := try(r, "nvmlDeviceGetRetiredPages", with(r.dev.GetRetiredPages, cause))
	if !ok {
		return nvidia.Retirement{}
	}
	v := nvidia.Retirement{Count: ptr(int64(len(pages)))}
	for _, address := range pages {
		v.Pages = append(v.Pages, nvidia.RetiredPage{Address: fmt.Sprintf("0x%016x", address)})
	}
	return v
}

// recoveryAction names an action as nvidia-smi does.
func recoveryAction(v int64) string {
	switch gonvml.DeviceGpuRecoveryAction(v) {
	case gonvml.GPU_RECOVERY_ACTION_NONE:
		return "None"
	case gonvml.GPU_RECOVERY_ACTION_GPU_RESET:
		return "Reset"
	case gonvml.GPU_RECOVERY_ACTION_NODE_REBOOT:
		return "Reboot"
	case gonvml.GPU_RECOVERY_ACTION_DRAIN_P2P:
		return "Drain P2P"
	case gonvml.GPU_RECOVERY_ACTION_DRAIN_AND_RESET:
		return "Drain and Reset"
	}
	return fmt.Sprintf("action %d", v)
}

// field asks for a field value, nil where there is none. Fields are in one of
// several types of up to 64 bits.
func (r *reader) field(id, scope uint32) *int64 {
	if !r.has("nvmlDeviceGetFieldValues") {
		return nil
	}
	values := []gonvml.FieldValue{{FieldId: id, ScopeId: scope}}
	if !r.ok(r.dev.GetFieldValues(values)) || !r.ok(gonvml.Return(values[0].NvmlReturn)) {
		return nil
	}
	raw := values[0].Value[:]
	switch gonvml.ValueType(values[0].ValueType) {
	case gonvml.VALUE_TYPE_UNSIGNED_INT:
		return ptr(int64(binary.NativeEndian.Uint32(raw)))
	case gonvml.VALUE_TYPE_SIGNED_INT:
		return ptr(int64(int32(binary.NativeEndian.Uint32(raw))))
	case gonvml.VALUE_TYPE_UNSIGNED_SHORT:
		return ptr(int64(binary.NativeEndian.Uint16(raw)))
	case gonvml.VALUE_TYPE_UNSIGNED_LONG, gonvml.VALUE_TYPE_UNSIGNED_LONG_LONG, gonvml.VALUE_TYPE_SIGNED_LONG_LONG:
		return ptr(int64(binary.NativeEndian.Uint64(raw)))
	}
	return nil
}
