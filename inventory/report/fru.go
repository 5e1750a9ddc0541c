// SPDX-License-Identifier: Apache-2.0

package report

// A FRU is a field-replaceable unit that the BMC knows, as it describes it.
type FRU struct {
	ID          *int          `json:"id,omitzero"`
	Name        string        `json:"name,omitzero"`
	State       string        `json:"state"` // "present", "empty", "absent", "bad"
	Chassis     *FRUChassis   `json:"chassis,omitzero"`
	Board       *FRUBoard     `json:"board,omitzero"`
	Product     *FRUProduct   `json:"product,omitzero"`
	MultiRecord []MultiRecord `json:"multirecord,omitzero"`
}

// A FRUChassis is the chassis information area (FRU definition, section 10).
type FRUChassis struct {
	Type       string   `json:"type,omitzero"` // "Rack Mount Chassis"
	PartNumber string   `json:"part_number,omitzero"`
	Serial     string   `json:"serial,omitzero"`
	Extra      []string `json:"extra,omitzero"`       // the maker's own fields, in order
	ChecksumOK *bool    `json:"checksum_ok,omitzero"` // nil where not printed, as up to 1.8.19
}

// A FRUBoard is the board information area (FRU definition, section 11).
type FRUBoard struct {
	// ManufactureDate is ISO 8601: "2023-05-17T08:30:00Z". It ends in an offset
	// only where the tool printed UTC or a number; 1.8.18 prints local time and
	// no zone. It is "" where the date is unspecified, which 1.8.18 prints as 1
	// January 1996.
	ManufactureDate string   `json:"manufacture_date,omitzero"`
	ManufactureZone string   `json:"manufacture_zone,omitzero"` // the zone's name as printed: "CET"
	Manufacturer    string   `json:"manufacturer,omitzero"`
	Product         string   `json:"product,omitzero"`
	Serial          string   `json:"serial,omitzero"`
	PartNumber      string   `json:"part_number,omitzero"`
	FileID          string   `json:"fru_file_id,omitzero"` // printed with -v only
	Extra           []string `json:"extra,omitzero"`       // the maker's own fields, in order
	ChecksumOK      *bool    `json:"checksum_ok,omitzero"` // nil where not printed, as up to 1.8.19
}

// A FRUProduct is the product information area (FRU definition, section 12).
type FRUProduct struct {
	Manufacturer string   `json:"manufacturer,omitzero"`
	Name         string   `json:"name,omitzero"`
	PartNumber   string   `json:"part_number,omitzero"` // the definition's "part/model number"
	Version      string   `json:"version,omitzero"`
	Serial       string   `json:"serial,omitzero"`
	AssetTag     string   `json:"asset_tag,omitzero"`
	FileID       string   `json:"fru_file_id,omitzero"` // printed with -v only
	Extra        []string `json:"extra,omitzero"`       // the maker's own fields, in order
	ChecksumOK   *bool    `json:"checksum_ok,omitzero"` // nil where not printed, as up to 1.8.19
}

// A MultiRecord is one record of the multi-record area (FRU definition,
// section 16), which ipmitool prints with -v only. At most one of its pointers
// is set, none for a kind that ipmitool or this package does not decode.
type MultiRecord struct {
	Title       string             `json:"title"` // "Power Supply Record"
	PowerSupply *PowerSupplyRecord `json:"power_supply,omitzero"`
	DCOutput    *DCOutputRecord    `json:"dc_output,omitzero"`
	DCLoad      *DCLoadRecord      `json:"dc_load,omitzero"`
	OEM         string             `json:"oem,omitzero"` // whose OEM record it is
}

// A Range is a span of whole units, both ends included.
type Range struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// A PowerSupplyRecord is power supply information (FRU definition, section
// 18.1).
type PowerSupplyRecord struct {
	CapacityWatts             int      `json:"capacity_w,omitzero"`
	PeakVoltAmperes           int      `json:"peak_va,omitzero"`            // 0 where unspecified (65535)
	InrushAmperes             *int     `json:"inrush_a,omitzero"`           // nil where unspecified (255)
	InrushMilliseconds        *int     `json:"inrush_ms,omitzero"`          //
	InputRange1Volts          *Range   `json:"input_range_1_v,omitzero"`    // nil where 0-0
	InputRange2Volts          *Range   `json:"input_range_2_v,omitzero"`    // nil where 0-0: a single range
	InputFrequencyHertz       *Range   `json:"input_frequency_hz,omitzero"` // nil where 0-0, as direct current has it
	DropoutMilliseconds       *int     `json:"dropout_ms,omitzero"`
	Flags                     []string `json:"flags,omitzero"` // "Hot swap"
	PeakCapacityWatts         int      `json:"peak_capacity_w,omitzero"`
	PeakHoldupSeconds         *int     `json:"peak_holdup_s,omitzero"`
	CombinedCapacityWatts     int      `json:"combined_capacity_w,omitzero"` // 0 where not specified
	CombinedVoltages          []string `json:"combined_voltages,omitzero"`   // "12 V", "5 V"
	FanThresholdRevsPerSecond *int     `json:"fan_threshold_rps,omitzero"`   // below it, a failure is predicted
}

// A DCOutputRecord describes one output of a power supply (FRU definition,
// section 18.2).
type DCOutputRecord struct {
	Number                      int   `json:"number"`
	Standby                     *bool `json:"standby,omitzero"` // on while the machine is off
	NominalMillivolts           *int  `json:"nominal_mv,omitzero"`
	NegativeDeviationMillivolts *int  `json:"negative_deviation_mv,omitzero"`
	PositiveDeviationMillivolts *int  `json:"positive_deviation_mv,omitzero"`
	RippleMillivolts            *int  `json:"ripple_mv,omitzero"` // peak to peak
	MinMilliamperes             *int  `json:"min_ma,omitzero"`
	MaxMilliamperes             *int  `json:"max_ma,omitzero"`
}

// A DCLoadRecord describes what a unit draws from one output of a power supply
// (FRU definition, section 18.3).
type DCLoadRecord struct {
	Number            int  `json:"number"`
	NominalMillivolts *int `json:"nominal_mv,omitzero"`
	MinMillivolts     *int `json:"min_mv,omitzero"` // lowest allowed
	MaxMillivolts     *int `json:"max_mv,omitzero"` // highest allowed
	RippleMillivolts  *int `json:"ripple_mv,omitzero"`
	MinMilliamperes   *int `json:"min_ma,omitzero"`
	MaxMilliamperes   *int `json:"max_ma,omitzero"`
}
