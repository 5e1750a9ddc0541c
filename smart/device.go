// SPDX-License-Identifier: Apache-2.0

package smart

import "encoding/json"

// A Device is what smartctl says of one drive.
//
// The fields at the top say the same for every kind of drive; ATA, SCSI and
// NVMe hold what only that kind has. In all of them a nil pointer and an empty
// text mean that smartctl did not print the value: the drive has none, or it
// was not asked, or the reading failed.
type Device struct {
	Preamble string `json:"preamble,omitzero"` // text before the document: some versions print a line there
	Tool     Tool   `json:"tool,omitzero"`

	Path     string `json:"path,omitzero"`      // "/dev/sda", or the controller for a drive behind one
	InfoName string `json:"info_name,omitzero"` // "/dev/sda [SAT]", "/dev/bus/0 [megaraid_disk_08] [SAT]"
	Type     string `json:"type,omitzero"`      // what -d takes: "sat", "scsi", "nvme", "sat+megaraid,8"
	Protocol string `json:"protocol,omitzero"`  // "ATA", "SCSI", "NVMe"
	Kind     string `json:"kind,omitzero"`      // SCSI peripheral device type: "disk", "CD/DVD"

	ModelFamily         string `json:"model_family,omitzero"` // from smartctl's drive database
	ModelName           string `json:"model_name,omitzero"`   // for SCSI vendor and product
	Vendor              string `json:"vendor,omitzero"`       // SCSI only
	Product             string `json:"product,omitzero"`      // SCSI only
	SerialNumber        string `json:"serial_number,omitzero"`
	FirmwareVersion     string `json:"firmware_version,omitzero"` // for SCSI the product revision
	AdditionalProductID string `json:"additional_product_id,omitzero"`
	InDatabase          *bool  `json:"in_database,omitzero"` // whether smartctl's drive database knows the model

	// WWN is the world wide name of an ATA drive, or the logical unit ID of
	// a SCSI one, in lower-case hexadecimal without a prefix:
	// "5000c500a1b2c3d4".
	WWN string `json:"wwn,omitzero"`

	CapacityBytes      uint64     `json:"capacity_bytes,omitzero"` // of an NVMe drive the namespace, if there is one, or else the total
	CapacityBlocks     uint64     `json:"capacity_blocks,omitzero"`
	LogicalBlockBytes  int64      `json:"logical_block_bytes,omitzero"`
	PhysicalBlockBytes int64      `json:"physical_block_bytes,omitzero"`
	RotationRPM        *int64     `json:"rotation_rpm,omitzero"` // 0 is a drive that does not rotate; nil, too, may be one
	FormFactor         string     `json:"form_factor,omitzero"`  // "2.5 inches", "M.2"
	FormFactorCode     *int64     `json:"form_factor_code,omitzero"`
	LinkCurrent        *LinkSpeed `json:"link_current,omitzero"` // SATA
	LinkMax            *LinkSpeed `json:"link_max,omitzero"`     // SATA
	Trim               *Trim      `json:"trim,omitzero"`

	SmartAvailable *bool  `json:"smart_available,omitzero"`
	SmartEnabled   *bool  `json:"smart_enabled,omitzero"`
	Passed         *bool  `json:"passed,omitzero"` // the drive's own verdict; nil is not "passed"
	PowerMode      *Coded `json:"power_mode,omitzero"`

	Temperature    Temperature `json:"temperature,omitzero"`
	PowerOnHours   *int64      `json:"power_on_hours,omitzero"`
	PowerOnMinutes *int64      `json:"power_on_minutes,omitzero"` // beyond PowerOnHours
	PowerCycles    *int64      `json:"power_cycles,omitzero"`

	EndurancePercentUsed  *int64 `json:"endurance_percent_used,omitzero"` // of the rated life; may exceed 100
	SparePercent          *int64 `json:"spare_percent,omitzero"`          // spare blocks still unused
	SpareThresholdPercent *int64 `json:"spare_threshold_percent,omitzero"`

	HostReads     *Traffic `json:"host_reads,omitzero"`     // since smartctl 8.0; see BytesRead
	HostWrites    *Traffic `json:"host_writes,omitzero"`    // since smartctl 8.0; see BytesWritten
	FARMSupported *bool    `json:"farm_supported,omitzero"` // Seagate's field accessible reliability metrics

	ATA  *ATA  `json:"ata,omitzero"`
	SCSI *SCSI `json:"scsi,omitzero"`
	NVMe *NVMe `json:"nvme,omitzero"`

	// Extra holds the members that no field takes, by path:
	// "seagate_farm_log.page_2". A dot within a key is escaped by a backslash.
	Extra map[string]json.RawMessage `json:"extra,omitzero"`
}

// A Coded is a number and what smartctl calls it.
type Coded struct {
	Value int64  `json:"value"`
	Text  string `json:"text,omitzero"`
}

// A LinkSpeed is a speed of the SATA interface.
type LinkSpeed struct {
	BitsPerSecond uint64 `json:"bits_per_second,omitzero"`
	Text          string `json:"text,omitzero"` // "6.0 Gb/s"
	Code          int64  `json:"code,omitzero"` // of the SATA standard
}

// Trim tells what a drive does with trimmed blocks.
type Trim struct {
	Supported     bool `json:"supported"`
	Deterministic bool `json:"deterministic,omitzero"`
	Zeroed        bool `json:"zeroed,omitzero"`
}

// A Temperature holds readings and limits in degrees Celsius.
type Temperature struct {
	// CurrentCelsius is the drive's own reading. Where smartctl prints none
	// for a SAS drive, or 0, it is the first one of the environmental report.
	CurrentCelsius            *int64 `json:"current_celsius,omitzero"`
	PowerCycleMinCelsius      *int64 `json:"power_cycle_min_celsius,omitzero"`
	PowerCycleMaxCelsius      *int64 `json:"power_cycle_max_celsius,omitzero"`
	LifetimeMinCelsius        *int64 `json:"lifetime_min_celsius,omitzero"`
	LifetimeMaxCelsius        *int64 `json:"lifetime_max_celsius,omitzero"`
	OperatingMinCelsius       *int64 `json:"operating_min_celsius,omitzero"` // recommended
	OperatingMaxCelsius       *int64 `json:"operating_max_celsius,omitzero"` // recommended; for NVMe the warning threshold
	LimitMinCelsius           *int64 `json:"limit_min_celsius,omitzero"`
	LimitMaxCelsius           *int64 `json:"limit_max_celsius,omitzero"`
	CriticalCelsius           *int64 `json:"critical_celsius,omitzero"` // NVMe
	TripCelsius               *int64 `json:"trip_celsius,omitzero"`     // SCSI
	LifetimeOverLimitMinutes  *int64 `json:"lifetime_over_limit_minutes,omitzero"`
	LifetimeUnderLimitMinutes *int64 `json:"lifetime_under_limit_minutes,omitzero"`
	WarningEnabled            *bool  `json:"warning_enabled,omitzero"` // SCSI
}

// A Traffic is how much hosts have read from or written to a drive.
type Traffic struct {
	Units     *Uint128 `json:"units,omitzero"`
	UnitBytes uint64   `json:"unit_bytes,omitzero"`
	Commands  *Uint128 `json:"commands,omitzero"`
	Text      string   `json:"text,omitzero"` // "1.23 TB"
}
