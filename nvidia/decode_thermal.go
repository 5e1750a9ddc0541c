// SPDX-License-Identifier: Apache-2.0

package nvidia

import "strings"

// temperature reads temperature and supported_gpu_target_temp.
func (d *decoder) temperature(v *Temperature, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "gpu_temp":
			v.GPUCelsius = d.num(c, celsius)
		case "gpu_temp_tlimit":
			v.GPUTLimitCelsius = d.num(c, celsius)
		case "memory_temp":
			v.MemoryCelsius = d.num(c, celsius)
		case "gpu_target_temperature":
			v.TargetCelsius = d.num(c, celsius)
		case "gpu_target_temp_min":
			v.TargetMinCelsius = d.num(c, celsius)
		case "gpu_target_temp_max":
			v.TargetMaxCelsius = d.num(c, celsius)
		case "gpu_temp_max_threshold":
			v.ShutdownCelsius = d.num(c, celsius)
		case "gpu_temp_slow_threshold":
			v.SlowdownCelsius = d.num(c, celsius)
		case "gpu_temp_max_gpu_threshold":
			v.MaxOperatingCelsius = d.num(c, celsius)
		case "gpu_temp_max_mem_threshold":
			v.MemoryMaxOperatingCelsius = d.num(c, celsius)
		case "gpu_temp_max_tlimit_threshold":
			v.ShutdownTLimitCelsius = d.num(c, celsius)
		case "gpu_temp_slow_tlimit_threshold":
			v.SlowdownTLimitCelsius = d.num(c, celsius)
		case "gpu_temp_max_gpu_tlimit_threshold":
			v.MaxOperatingTLimitCelsius = d.num(c, celsius)
		case "gpu_temp_max_mem_tlimit_threshold":
			v.MemoryMaxOperatingTLimitCelsius = d.num(c, celsius)
		default:
			d.unknown(c)
		}
	}
}

// power reads a *power_readings.
func (d *decoder) power(v *Power, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "power_state":
			v.State = d.text(c)
		case "power_management":
			v.Management = d.flag(c)
		case "power_draw":
			v.DrawMilliwatts = d.num(c, milliwatts)
		case "average_power_draw":
			v.AverageMilliwatts = d.num(c, milliwatts)
		case "instant_power_draw":
			v.InstantMilliwatts = d.num(c, milliwatts)
		case "power_limit", "requested_power_limit":
			v.LimitMilliwatts = d.num(c, milliwatts)
		case "enforced_power_limit", "current_power_limit":
			v.EnforcedMilliwatts = d.num(c, milliwatts)
		case "default_power_limit":
			v.DefaultMilliwatts = d.num(c, milliwatts)
		case "min_power_limit":
			v.MinMilliwatts = d.num(c, milliwatts)
		case "max_power_limit":
			v.MaxMilliwatts = d.num(c, milliwatts)
		case "gpu_ceiling_power_limit": // driver 610 gathers the limits in it
			d.power(v, c)
		case "gpu_base_power":
			d.basePower(&v.Base, c)
		default:
			d.unknown(c)
		}
	}
}

// basePower reads gpu_base_power.
func (d *decoder) basePower(v *BasePower, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "current_base_power":
			v.CurrentMilliwatts = d.num(c, milliwatts)
		case "requested_base_power":
			v.RequestedMilliwatts = d.num(c, milliwatts)
		case "default_base_power":
			v.DefaultMilliwatts = d.num(c, milliwatts)
		case "min_base_power":
			v.MinMilliwatts = d.num(c, milliwatts)
		case "max_base_power":
			v.MaxMilliwatts = d.num(c, milliwatts)
		default:
			d.unknown(c)
		}
	}
}

// powerProfiles reads power_profiles.
func (d *decoder) powerProfiles(v *PowerProfiles, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "power_profile_requested_profiles":
			v.Requested = d.text(c)
		case "power_profile_enforced_profiles":
			v.Enforced = d.text(c)
		default:
			d.unknown(c)
		}
	}
}

// voltage reads voltage.
func (d *decoder) voltage(g *GPU, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "graphics_volt":
			g.GraphicsMicrovolts = d.num(c, microvolts)
		default:
			d.unknown(c)
		}
	}
}

// clocks reads a *clocks.
func (d *decoder) clocks(v *ClockSet, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "graphics_clock":
			v.GraphicsMHz = d.num(c, megahertz)
		case "sm_clock":
			v.SMMHz = d.num(c, megahertz)
		case "mem_clock":
			v.MemoryMHz = d.num(c, megahertz)
		case "video_clock":
			v.VideoMHz = d.num(c, megahertz)
		default:
			d.unknown(c)
		}
	}
}

// eventReasons reads clocks_event_reasons or clocks_throttle_reasons.
func (d *decoder) eventReasons(v *EventReasons, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		name, ok := strings.CutPrefix(c.Name, "clocks_event_reason_")
		if !ok {
			name = strings.TrimPrefix(c.Name, "clocks_throttle_reason_")
		}
		switch name {
		case "gpu_idle":
			v.Idle = d.flag(c)
		case "applications_clocks_setting":
			v.ApplicationsClocks = d.flag(c)
		case "sw_power_cap":
			v.SWPowerCap = d.flag(c)
		case "hw_slowdown":
			v.HWSlowdown = d.flag(c)
		case "hw_thermal_slowdown":
			v.HWThermalSlowdown = d.flag(c)
		case "hw_power_brake_slowdown":
			v.HWPowerBrakeSlowdown = d.flag(c)
		case "sync_boost":
			v.SyncBoost = d.flag(c)
		case "sw_thermal_slowdown":
			v.SWThermalSlowdown = d.flag(c)
		case "display_clocks_setting":
			v.DisplayClocks = d.flag(c)
		case "unknown":
			v.Unknown = d.flag(c)
		default:
			d.unknown(c)
		}
	}
}

// eventCounters reads clocks_event_reasons_counters.
func (d *decoder) eventCounters(v *EventCounters, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "clocks_event_reasons_counters_sw_power_cap":
			v.SWPowerCapMicroseconds = d.num(c, micros)
		case "clocks_event_reasons_counters_sync_boost":
			v.SyncBoostMicroseconds = d.num(c, micros)
		case "clocks_event_reasons_counters_sw_therm_slowdown":
			v.SWThermalSlowdownMicroseconds = d.num(c, micros)
		case "clocks_event_reasons_counters_hw_therm_slowdown":
			v.HWThermalSlowdownMicroseconds = d.num(c, micros)
		case "clocks_event_reasons_counters_hw_power_brake":
			v.HWPowerBrakeSlowdownMicroseconds = d.num(c, micros)
		default:
			d.unknown(c)
		}
	}
}

// utilization reads utilization.
func (d *decoder) utilization(v *Utilization, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "gpu_util":
			v.GPUPercent = d.num(c, percent)
		case "memory_util":
			v.MemoryPercent = d.num(c, percent)
		case "encoder_util":
			v.EncoderPercent = d.num(c, percent)
		case "decoder_util":
			v.DecoderPercent = d.num(c, percent)
		case "jpeg_util":
			v.JPEGPercent = d.num(c, percent)
		case "ofa_util":
			v.OFAPercent = d.num(c, percent)
		default:
			d.unknown(c)
		}
	}
}

// sessions reads encoder_stats or fbc_stats.
func (d *decoder) sessions(v *SessionStats, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "session_count":
			v.Sessions = d.num(c, count)
		case "average_fps":
			v.AverageFPS = d.num(c, count)
		case "average_latency":
			v.LatencyMicroseconds = d.num(c, count)
		default:
			d.unknown(c)
		}
	}
}

// supportedClocks reads supported_clocks: memory clocks, each with the graphics
// clocks that go with it.
func (d *decoder) supportedClocks(g *GPU, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		if c.Name != "supported_mem_clock" {
			d.unknown(c)
			continue
		}
		d.supportedClock(g, c)
	}
}

func (d *decoder) supportedClock(g *GPU, n *Node) {
	var v SupportedClock
	size := 0
	for c := n.first; c != nil; c = c.next {
		size++
	}
	v.GraphicsMHz = make([]int64, 0, max(0, size-1))
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "value":
			v.MemoryMHz = d.must(c, megahertz)
		case "supported_graphics_clock":
			if mhz := d.must(c, megahertz); mhz != 0 {
				v.GraphicsMHz = append(v.GraphicsMHz, mhz)
			}
		default:
			d.unknown(c)
		}
	}
	g.SupportedClocks = append(g.SupportedClocks, v)
}
