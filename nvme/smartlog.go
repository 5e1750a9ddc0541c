// SPDX-License-Identifier: Apache-2.0

package nvme

import "encoding/json"

// A SmartLog is the SMART / Health Information log page: what "nvme smart-log"
// prints (NVM Express Base Specification 2.1, section 5.1.12.1.3).
//
// A nil counter was not printed.
type SmartLog struct {
	Device string `json:"device,omitzero"` // "nvme0"; plain text only
	NSID   uint32 `json:"nsid,omitzero"`   // 0xffffffff is the whole controller; plain text only

	CriticalWarning *CriticalWarning `json:"critical_warning,omitzero"`

	// TemperatureCelsius is the composite temperature. It is nil where the
	// drive reports 0 K, which means that it has none.
	TemperatureCelsius    *int `json:"temperature_celsius,omitzero"`
	SparePercent          *int `json:"spare_percent,omitzero"`
	SpareThresholdPercent *int `json:"spare_threshold_percent,omitzero"`
	UsedPercent           *int `json:"used_percent,omitzero"` // of the rated life; may exceed 100

	EnduranceGroupWarning EnduranceGroupWarning `json:"endurance_group_warning,omitzero"` // 0 also where not printed
	InformativeWarning    uint8                 `json:"informative_warning,omitzero"`     // since nvme-cli 3.0

	// A data unit is 1,000 blocks of 512 bytes: see BytesRead and BytesWritten.
	DataUnitsRead     *Uint128 `json:"data_units_read,omitzero"`
	DataUnitsWritten  *Uint128 `json:"data_units_written,omitzero"`
	HostReads         *Uint128 `json:"host_reads,omitzero"`  // commands
	HostWrites        *Uint128 `json:"host_writes,omitzero"` // commands
	BusyMinutes       *Uint128 `json:"busy_minutes,omitzero"`
	PowerCycles       *Uint128 `json:"power_cycles,omitzero"`
	PowerOnHours      *Uint128 `json:"power_on_hours,omitzero"`
	UnsafeShutdowns   *Uint128 `json:"unsafe_shutdowns,omitzero"`
	MediaErrors       *Uint128 `json:"media_errors,omitzero"`
	ErrorLogEntries   *Uint128 `json:"error_log_entries,omitzero"` // over the drive's life
	WarningMinutes    *uint32  `json:"warning_minutes,omitzero"`   // at or above the warning temperature
	CriticalMinutes   *uint32  `json:"critical_minutes,omitzero"`  // at or above the critical temperature
	ThrottleT1Count   *uint32  `json:"throttle_t1_count,omitzero"` // light throttling by host-controlled thermal management
	ThrottleT2Count   *uint32  `json:"throttle_t2_count,omitzero"` // heavy throttling
	ThrottleT1Seconds *uint32  `json:"throttle_t1_seconds,omitzero"`
	ThrottleT2Seconds *uint32  `json:"throttle_t2_seconds,omitzero"`

	LifetimeEnergy        *uint64 `json:"lifetime_energy,omitzero"`         // as printed by nvme-cli 3.0 (op_lifetime_energy_consumed)
	IntervalPowerMeasured *uint32 `json:"interval_power_measured,omitzero"` // as printed by nvme-cli 3.0 (interval_power_measurement)

	Sensors []TemperatureSensor `json:"sensors,omitzero"` // those that the drive has

	// Extra holds what no field above takes, by its path in the JSON or its
	// key in plain text.
	Extra map[string]json.RawMessage `json:"extra,omitzero"`
}

// A TemperatureSensor is one of up to eight in a drive.
type TemperatureSensor struct {
	Number             int `json:"number"` // from 1
	TemperatureCelsius int `json:"temperature_celsius"`
}

// dataUnitBytes is the size of the unit that a drive counts reads and writes
// in: 1,000 units of 512 bytes, whatever the LBA format.
const dataUnitBytes = 1000 * 512

// BytesRead returns what hosts read from the drive, and whether that is known.
func (s *SmartLog) BytesRead() (bytes Uint128, ok bool) { return dataBytes(s.DataUnitsRead) }

// BytesWritten returns what hosts wrote to the drive, and whether that is
// known.
func (s *SmartLog) BytesWritten() (bytes Uint128, ok bool) { return dataBytes(s.DataUnitsWritten) }

func dataBytes(units *Uint128) (bytes Uint128, ok bool) {
	if units == nil {
		return Uint128{}, false
	}
	return units.Mul(dataUnitBytes)
}
