// SPDX-License-Identifier: Apache-2.0

package nvidia

// Temperature holds temperatures and their limits, in degrees Celsius. A
// T.Limit is a distance to the limit: it falls as the GPU warms up, and is
// negative beyond it.
type Temperature struct {
	GPUCelsius       *int64 `json:"gpu_celsius,omitzero"`        // gpu_temp
	GPUTLimitCelsius *int64 `json:"gpu_tlimit_celsius,omitzero"` // gpu_temp_tlimit: the distance to throttling
	MemoryCelsius    *int64 `json:"memory_celsius,omitzero"`     // memory_temp
	TargetCelsius    *int64 `json:"target_celsius,omitzero"`     // gpu_target_temperature
	TargetMinCelsius *int64 `json:"target_min_celsius,omitzero"` // supported_gpu_target_temp
	TargetMaxCelsius *int64 `json:"target_max_celsius,omitzero"`

	ShutdownCelsius           *int64 `json:"shutdown_celsius,omitzero"`             // gpu_temp_max_threshold
	SlowdownCelsius           *int64 `json:"slowdown_celsius,omitzero"`             // gpu_temp_slow_threshold
	MaxOperatingCelsius       *int64 `json:"max_operating_celsius,omitzero"`        // gpu_temp_max_gpu_threshold
	MemoryMaxOperatingCelsius *int64 `json:"memory_max_operating_celsius,omitzero"` // gpu_temp_max_mem_threshold

	ShutdownTLimitCelsius           *int64 `json:"shutdown_tlimit_celsius,omitzero"` // gpu_temp_max_tlimit_threshold
	SlowdownTLimitCelsius           *int64 `json:"slowdown_tlimit_celsius,omitzero"`
	MaxOperatingTLimitCelsius       *int64 `json:"max_operating_tlimit_celsius,omitzero"`
	MemoryMaxOperatingTLimitCelsius *int64 `json:"memory_max_operating_tlimit_celsius,omitzero"`
}

// Power holds power draw and its limits, in milliwatts.
type Power struct {
	State      string `json:"state,omitzero"`      // power_state, the performance state
	Management *bool  `json:"management,omitzero"` // power_management is "Supported"; before driver 535

	// DrawMilliwatts is power_draw: an average over a second on Ampere (but GA100) and
	// later GPUs, else instantaneous. Drivers since 545 print the
	// average and the instant instead.
	DrawMilliwatts    *int64 `json:"draw_milliwatts,omitzero"`
	AverageMilliwatts *int64 `json:"average_milliwatts,omitzero"`
	InstantMilliwatts *int64 `json:"instant_milliwatts,omitzero"`

	// LimitMilliwatts is the one that software asked for (power_limit, since driver
	// 535 requested_power_limit); EnforcedMilliwatts is the one in force, the least of
	// all limiters (enforced_power_limit, since driver 535
	// current_power_limit).
	LimitMilliwatts    *int64 `json:"limit_milliwatts,omitzero"`
	EnforcedMilliwatts *int64 `json:"enforced_limit_milliwatts,omitzero"`
	DefaultMilliwatts  *int64 `json:"default_limit_milliwatts,omitzero"`
	MinMilliwatts      *int64 `json:"min_limit_milliwatts,omitzero"`
	MaxMilliwatts      *int64 `json:"max_limit_milliwatts,omitzero"`

	Base BasePower `json:"base,omitzero"`

	// EDPpMultiplierBasisPoints scales the limit of peak current, in hundredths of a
	// percent: 10000 is 100.00 %.
	EDPpMultiplierBasisPoints *int64 `json:"edpp_multiplier_basis_points,omitzero"`
}

// BasePower holds the base power of drivers since 610 (gpu_base_power, in CSV
// gpu.base.*), in milliwatts.
type BasePower struct {
	CurrentMilliwatts   *int64 `json:"current_milliwatts,omitzero"`
	RequestedMilliwatts *int64 `json:"requested_milliwatts,omitzero"`
	DefaultMilliwatts   *int64 `json:"default_milliwatts,omitzero"`
	MinMilliwatts       *int64 `json:"min_milliwatts,omitzero"`
	MaxMilliwatts       *int64 `json:"max_milliwatts,omitzero"`
}

// PowerProfiles are the workload power profiles, as printed.
type PowerProfiles struct {
	Requested string `json:"requested,omitzero"`
	Enforced  string `json:"enforced,omitzero"`
}

// PowerSmoothing is the state of power smoothing (Blackwell), which keeps large
// systems from changing their draw too fast. Most GPUs say "N/A" and all of it
// is absent. No capture with other values has been seen, so those without a
// unit in their column's name are kept as text.
type PowerSmoothing struct {
	Status                          string                `json:"status,omitzero"` // XML: the text of power_smoothing
	Enabled                         *bool                 `json:"enabled,omitzero"`
	SoCEnabled                      *bool                 `json:"soc_enabled,omitzero"`
	PrivilegeLevel                  string                `json:"privilege_level,omitzero"`
	ImmediateRampDown               *bool                 `json:"immediate_ramp_down,omitzero"`
	TMPFloorMilliwatts              *int64                `json:"tmp_floor_milliwatts,omitzero"`
	TMPCeilingMilliwatts            *int64                `json:"tmp_ceiling_milliwatts,omitzero"`
	MaxTMPFloorBasisPoints          *int64                `json:"max_tmp_floor_basis_points,omitzero"`
	MinTMPFloorBasisPoints          *int64                `json:"min_tmp_floor_basis_points,omitzero"`
	LifetimeLeftBasisPoints         *int64                `json:"hw_lifetime_left_basis_points,omitzero"`
	PresetProfiles                  *int64                `json:"preset_profiles,omitzero"`
	ActiveProfile                   string                `json:"active_profile,omitzero"`
	DelayedSupported                *bool                 `json:"delayed_supported,omitzero"`
	PrimaryFloorMilliwatts          *int64                `json:"primary_floor_milliwatts,omitzero"`
	SecondaryFloorMilliwatts        *int64                `json:"secondary_floor_milliwatts,omitzero"`
	MinPrimaryFloorOffsetMilliwatts *int64                `json:"min_primary_floor_activation_offset_milliwatts,omitzero"`
	MinPrimaryFloorPointMilliwatts  *int64                `json:"min_primary_floor_activation_point_milliwatts,omitzero"`
	WindowMultiplierMs              *int64                `json:"window_multiplier_milliseconds,omitzero"`
	Profile                         PowerSmoothingProfile `json:"profile,omitzero"`        // curr_profile
	Override                        PowerSmoothingProfile `json:"admin_override,omitzero"` // admin_override
}

// PowerSmoothingProfile holds the parameters of one profile.
type PowerSmoothingProfile struct {
	TMPFloorBasisPoints        *int64 `json:"tmp_floor_basis_points,omitzero"`
	RampUpMilliwattsPerS       *int64 `json:"ramp_up_milliwatts_per_second,omitzero"`
	RampDownMilliwattsPerS     *int64 `json:"ramp_down_milliwatts_per_second,omitzero"`
	RampDownHysteresisMs       *int64 `json:"ramp_down_hysteresis_milliseconds,omitzero"`
	SecondaryFloorMilliwatts   *int64 `json:"secondary_floor_milliwatts,omitzero"`
	ActivationMultiplier       string `json:"primary_floor_act_window_multiplier,omitzero"`
	TargetMultiplier           string `json:"primary_floor_tar_window_multiplier,omitzero"`
	ActivationOffsetMilliwatts *int64 `json:"primary_floor_act_offset_milliwatts,omitzero"`
}

// Clocks are the frequencies of a GPU, in MHz.
type Clocks struct {
	Current             ClockSet `json:"current,omitzero"`
	Max                 ClockSet `json:"max,omitzero"`
	Applications        ClockSet `json:"applications,omitzero"`
	DefaultApplications ClockSet `json:"default_applications,omitzero"`
	Deferred            ClockSet `json:"deferred,omitzero"`
	MaxCustomerBoost    ClockSet `json:"max_customer_boost,omitzero"`
}

// ClockSet is the frequency of each domain, in MHz.
type ClockSet struct {
	GraphicsMHz *int64 `json:"graphics_mhz,omitzero"`
	SMMHz       *int64 `json:"sm_mhz,omitzero"`
	MemoryMHz   *int64 `json:"memory_mhz,omitzero"`
	VideoMHz    *int64 `json:"video_mhz,omitzero"`
}

// SupportedClock is one memory clock that can be set, and the graphics clocks
// that go with it, in MHz.
type SupportedClock struct {
	MemoryMHz   int64   `json:"memory_mhz"`
	GraphicsMHz []int64 `json:"graphics_mhz,omitzero"`
}

// EventReasons say why the clocks are lower than they could be
// (clocks_throttle_reasons before driver 535).
type EventReasons struct {
	Supported string `json:"supported,omitzero"` // CSV: a bit mask in hexadecimal
	Active    string `json:"active,omitzero"`    // CSV: a bit mask in hexadecimal

	Idle                 *bool `json:"idle,omitzero"`
	ApplicationsClocks   *bool `json:"applications_clocks,omitzero"`
	SWPowerCap           *bool `json:"sw_power_cap,omitzero"`
	HWSlowdown           *bool `json:"hw_slowdown,omitzero"` // thermal or power brake
	HWThermalSlowdown    *bool `json:"hw_thermal_slowdown,omitzero"`
	HWPowerBrakeSlowdown *bool `json:"hw_power_brake_slowdown,omitzero"`
	SyncBoost            *bool `json:"sync_boost,omitzero"`
	SWThermalSlowdown    *bool `json:"sw_thermal_slowdown,omitzero"`
	DisplayClocks        *bool `json:"display_clocks,omitzero"`
	Unknown              *bool `json:"unknown,omitzero"` // before driver 384

	// Counters tell how long each reason has held since the driver was loaded.
	Counters EventCounters `json:"counters,omitzero"`
}

// EventCounters are durations in microseconds.
type EventCounters struct {
	SWPowerCapMicroseconds           *int64 `json:"sw_power_cap_microseconds,omitzero"`
	SyncBoostMicroseconds            *int64 `json:"sync_boost_microseconds,omitzero"`
	SWThermalSlowdownMicroseconds    *int64 `json:"sw_thermal_slowdown_microseconds,omitzero"`
	HWThermalSlowdownMicroseconds    *int64 `json:"hw_thermal_slowdown_microseconds,omitzero"`
	HWPowerBrakeSlowdownMicroseconds *int64 `json:"hw_power_brake_slowdown_microseconds,omitzero"`
}

// Utilization is the share of the last sample period in which a unit was busy,
// in percent.
type Utilization struct {
	GPUPercent     *int64 `json:"gpu_percent,omitzero"`
	MemoryPercent  *int64 `json:"memory_percent,omitzero"` // its controller, not its capacity
	EncoderPercent *int64 `json:"encoder_percent,omitzero"`
	DecoderPercent *int64 `json:"decoder_percent,omitzero"`
	JPEGPercent    *int64 `json:"jpeg_percent,omitzero"`
	OFAPercent     *int64 `json:"ofa_percent,omitzero"` // optical flow accelerator
}

// SessionStats are those of the video encoder or of frame buffer capture.
type SessionStats struct {
	Sessions            *int64 `json:"sessions,omitzero"`
	AverageFPS          *int64 `json:"average_fps,omitzero"`
	LatencyMicroseconds *int64 `json:"latency_microseconds,omitzero"`
}
