// SPDX-License-Identifier: Apache-2.0

//go:build nvml

package nvml

import (
	"fmt"

	gonvml "github.com/NVIDIA/go-nvml/pkg/nvml"

	"github.com/mchus/bee/nvidia"
)

// temperature asks for temperatures and their limits.
func (r *reader) temperature() {
	t, d := &r.gpu.Temperature, r.dev
	t.GPUCelsius = num(r, "nvmlDeviceGetTemperature", with(d.GetTemperature, gonvml.TEMPERATURE_GPU))
	t.MemoryCelsius = r.field(gonvml.FI_DEV_MEMORY_TEMP, 0)
	if m, ok := try(r, "nvmlDeviceGetMarginTemperature", d.GetMarginTemperature); ok {
		t.GPUTLimitCelsius = ptr(int64(m.MarginTemperature))
	}
	t.ShutdownCelsius = r.threshold(gonvml.TEMPERATURE_THRESHOLD_SHUTDOWN)
	t.SlowdownCelsius = r.threshold(gonvml.TEMPERATURE_THRESHOLD_SLOWDOWN)
	t.MaxOperatingCelsius = r.threshold(gonvml.TEMPERATURE_THRESHOLD_GPU_MAX)
	t.MemoryMaxOperatingCelsius = r.threshold(gonvml.TEMPERATURE_THRESHOLD_MEM_MAX)
	t.TargetCelsius = r.threshold(gonvml.TEMPERATURE_THRESHOLD_ACOUSTIC_CURR)
	r.gpu.FanPercent = num(r, "nvmlDeviceGetFanSpeed", d.GetFanSpeed)
	if state, ok := try(r, "nvmlDeviceGetPerformanceState", d.GetPerformanceState); ok && state < gonvml.PSTATE_UNKNOWN {
		r.gpu.PerformanceState = fmt.Sprintf("P%d", state)
	}
}

func (r *reader) threshold(which gonvml.TemperatureThresholds) *int64 {
	return num(r, "nvmlDeviceGetTemperatureThreshold", with(r.dev.GetTemperatureThreshold, which))
}

// power asks for power draw and limits, all in milliwatts.
func (r *reader) power() {
	p, d := &r.gpu.Power, r.dev
	p.AverageMilliwatts = r.field(gonvml.FI_DEV_POWER_AVERAGE, gonvml.POWER_SCOPE_GPU)
	p.InstantMilliwatts = r.field(gonvml.FI_DEV_POWER_INSTANT, gonvml.POWER_SCOPE_GPU)
	p.DrawMilliwatts = num(r, "nvmlDeviceGetPowerUsage", d.GetPowerUsage)
	p.LimitMilliwatts = num(r, "nvmlDeviceGetPowerManagementLimit", d.GetPowerManagementLimit)
	p.EnforcedMilliwatts = num(r, "nvmlDeviceGetEnforcedPowerLimit", d.GetEnforcedPowerLimit)
	p.DefaultMilliwatts = num(r, "nvmlDeviceGetPowerManagementDefaultLimit", d.GetPowerManagementDefaultLimit)
	p.MinMilliwatts = num(r, "nvmlDeviceGetPowerManagementLimitConstraints", first(d.GetPowerManagementLimitConstraints))
	p.MaxMilliwatts = num(r, "nvmlDeviceGetPowerManagementLimitConstraints", second(d.GetPowerManagementLimitConstraints))
}

// clocks asks for frequencies and why they are low.
func (r *reader) clocks() {
	c, d := &r.gpu.Clocks, r.dev
	c.Current = clockSet(r, "nvmlDeviceGetClockInfo", d.GetClockInfo)
	c.Max = clockSet(r, "nvmlDeviceGetMaxClockInfo", d.GetMaxClockInfo)
	c.Applications.GraphicsMHz = num(r, "nvmlDeviceGetApplicationsClock", with(d.GetApplicationsClock, gonvml.CLOCK_GRAPHICS))
	c.Applications.MemoryMHz = num(r, "nvmlDeviceGetApplicationsClock", with(d.GetApplicationsClock, gonvml.CLOCK_MEM))
	c.MaxCustomerBoost.GraphicsMHz = num(r, "nvmlDeviceGetMaxCustomerBoostClock", with(d.GetMaxCustomerBoostClock, gonvml.CLOCK_GRAPHICS))
	mask, ok := try(r, "nvmlDeviceGetCurrentClocksEventReasons", d.GetCurrentClocksEventReasons)
	if !ok { // the name before driver 535
		mask, ok = try(r, "nvmlDeviceGetCurrentClocksThrottleReasons", d.GetCurrentClocksThrottleReasons)
	}
	if !ok {
		return
	}
	active := func(reason uint64) *bool { return ptr(mask&reason != 0) }
	r.gpu.EventReasons = nvidia.EventReasons{
		Active:               fmt.Sprintf("0x%016X", mask),
		Idle:                 active(gonvml.ClocksEventReasonGpuIdle),
		ApplicationsClocks:   active(gonvml.ClocksEventReasonApplicationsClocksSetting),
		SWPowerCap:           active(gonvml.ClocksEventReasonSwPowerCap),
		HWSlowdown:           active(gonvml.ClocksThrottleReasonHwSlowdown),
		HWThermalSlowdown:    active(gonvml.ClocksThrottleReasonHwThermalSlowdown),
		HWPowerBrakeSlowdown: active(gonvml.ClocksThrottleReasonHwPowerBrakeSlowdown),
		SyncBoost:            active(gonvml.ClocksEventReasonSyncBoost),
		SWThermalSlowdown:    active(gonvml.ClocksEventReasonSwThermalSlowdown),
		DisplayClocks:        active(gonvml.ClocksEventReasonDisplayClockSetting),
	}
}

func clockSet(r *reader, symbol string, call func(gonvml.ClockType) (uint32, gonvml.Return)) nvidia.ClockSet {
	return nvidia.ClockSet{
		GraphicsMHz: num(r, symbol, with(call, gonvml.CLOCK_GRAPHICS)),
		SMMHz:       num(r, symbol, with(call, gonvml.CLOCK_SM)),
		MemoryMHz:   num(r, symbol, with(call, gonvml.CLOCK_MEM)),
		VideoMHz:    num(r, symbol, with(call, gonvml.CLOCK_VIDEO)),
	}
}

// utilization asks how busy the GPU is.
func (r *reader) utilization() {
	u, d := &r.gpu.Utilization, r.dev
	if rates, ok := try(r, "nvmlDeviceGetUtilizationRates", d.GetUtilizationRates); ok {
		u.GPUPercent, u.MemoryPercent = ptr(int64(rates.Gpu)), ptr(int64(rates.Memory))
	}
	u.EncoderPercent = num(r, "nvmlDeviceGetEncoderUtilization", first(d.GetEncoderUtilization))
	u.DecoderPercent = num(r, "nvmlDeviceGetDecoderUtilization", first(d.GetDecoderUtilization))
	u.JPEGPercent = num(r, "nvmlDeviceGetJpgUtilization", first(d.GetJpgUtilization))
	u.OFAPercent = num(r, "nvmlDeviceGetOfaUtilization", first(d.GetOfaUtilization))
	if r.has("nvmlDeviceGetEncoderStats") {
		if sessions, fps, latency, ret := d.GetEncoderStats(); r.ok(ret) {
			r.gpu.Encoder = nvidia.SessionStats{
				Sessions: ptr(int64(sessions)), AverageFPS: ptr(int64(fps)), LatencyMicroseconds: ptr(int64(latency)),
			}
		}
	}
	if s, ok := try(r, "nvmlDeviceGetFBCStats", d.GetFBCStats); ok {
		r.gpu.FrameBuffer = nvidia.SessionStats{
			Sessions: ptr(int64(s.SessionsCount)), AverageFPS: ptr(int64(s.AverageFPS)), LatencyMicroseconds: ptr(int64(s.AverageLatency)),
		}
	}
}
