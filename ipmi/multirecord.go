// SPDX-License-Identifier: Apache-2.0

package ipmi

import "strings"

// A MultiRecord is one record of the multi-record area (FRU definition,
// section 16), which ipmitool prints with -v only. At most one of its pointers
// is set, none for a kind that ipmitool or this package does not decode.
type MultiRecord struct {
	Title       string             `json:"title"` // "Power Supply Record"
	PowerSupply *PowerSupplyRecord `json:"power_supply,omitzero"`
	DCOutput    *DCOutputRecord    `json:"dc_output,omitzero"`
	DCLoad      *DCLoadRecord      `json:"dc_load,omitzero"`
	OEM         string             `json:"oem,omitzero"` // whose OEM record it is
	Fields      []Field            `json:"-"`            // its lines, without the heading
}

// A Range is a span of whole units, both ends included.
type Range struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// A PowerSupplyRecord is power supply information (FRU definition, section
// 18.1).
type PowerSupplyRecord struct {
	CapacityWatts             int      `json:"capacity_watts,omitzero"`
	PeakVoltAmperes           int      `json:"peak_volt_amperes,omitzero"`     // 0 where unspecified (65535)
	InrushAmperes             *int     `json:"inrush_amperes,omitzero"`        // nil where unspecified (255)
	InrushMilliseconds        *int     `json:"inrush_milliseconds,omitzero"`   //
	InputRange1Volts          *Range   `json:"input_range_1_volts,omitzero"`   // nil where 0-0
	InputRange2Volts          *Range   `json:"input_range_2_volts,omitzero"`   // nil where 0-0: a single range
	InputFrequencyHertz       *Range   `json:"input_frequency_hertz,omitzero"` // nil where 0-0, as direct current has it
	DropoutMilliseconds       *int     `json:"dropout_milliseconds,omitzero"`
	Flags                     []string `json:"flags,omitzero"` // "Hot swap"
	PeakCapacityWatts         int      `json:"peak_capacity_watts,omitzero"`
	PeakHoldupSeconds         *int     `json:"peak_holdup_seconds,omitzero"`
	CombinedCapacityWatts     int      `json:"combined_capacity_watts,omitzero"`       // 0 where not specified
	CombinedVoltages          []string `json:"combined_voltages,omitzero"`             // "12 V", "5 V"
	FanThresholdRevsPerSecond *int     `json:"fan_threshold_revs_per_second,omitzero"` // below it, a failure is predicted
}

// A DCOutputRecord describes one output of a power supply (FRU definition,
// section 18.2).
type DCOutputRecord struct {
	Number                      int   `json:"number"`
	Standby                     *bool `json:"standby,omitzero"` // on while the machine is off
	NominalMillivolts           *int  `json:"nominal_millivolts,omitzero"`
	NegativeDeviationMillivolts *int  `json:"negative_deviation_millivolts,omitzero"`
	PositiveDeviationMillivolts *int  `json:"positive_deviation_millivolts,omitzero"`
	RippleMillivolts            *int  `json:"ripple_millivolts,omitzero"` // peak to peak
	MinMilliamperes             *int  `json:"min_milliamperes,omitzero"`
	MaxMilliamperes             *int  `json:"max_milliamperes,omitzero"`
}

// A DCLoadRecord describes what a unit draws from one output of a power supply
// (FRU definition, section 18.3).
type DCLoadRecord struct {
	Number            int  `json:"number"`
	NominalMillivolts *int `json:"nominal_millivolts,omitzero"`
	MinMillivolts     *int `json:"min_millivolts,omitzero"` // lowest allowed
	MaxMillivolts     *int `json:"max_millivolts,omitzero"` // highest allowed
	RippleMillivolts  *int `json:"ripple_millivolts,omitzero"`
	MinMilliamperes   *int `json:"min_milliamperes,omitzero"`
	MaxMilliamperes   *int `json:"max_milliamperes,omitzero"`
}

// newMultiRecord returns the typed view of the record under a heading, and
// those of its fields that it does not understand.
func newMultiRecord(title string, fields []Field) (m MultiRecord, unknown []Field) {
	m = MultiRecord{Title: title, Fields: fields}
	read := func(*Field) bool { return false }
	switch title {
	case "Power Supply Record":
		m.PowerSupply = new(PowerSupplyRecord)
		read = m.PowerSupply.read
	case "DC Output Record":
		m.DCOutput = new(DCOutputRecord)
		read = m.DCOutput.read
	case "DC Load Record":
		m.DCLoad = new(DCLoadRecord)
		read = m.DCLoad.read
	default:
		if oem, ok := strings.CutPrefix(title, "OEM ("); ok && !strings.HasPrefix(oem, "Unknown (0x") {
			m.OEM = text(strings.TrimSuffix(oem, ") Record"))
		}
	}
	for i := range fields {
		if !read(&fields[i]) {
			unknown = append(unknown, fields[i])
		}
	}
	return m, unknown
}

// read takes in one field (fru_area_print_multirec in lib/ipmi_fru.c).
func (r *PowerSupplyRecord) read(f *Field) bool {
	switch f.Key {
	case "Capacity":
		return readNumber(&r.CapacityWatts, f.Value, " W", 0)
	case "Peak VA":
		return readNumber(&r.PeakVoltAmperes, f.Value, " VA", 0xFFFF)
	case "Inrush Current":
		return readReading(&r.InrushAmperes, f.Value, " A", 0xFF)
	case "Inrush Interval":
		return readReading(&r.InrushMilliseconds, f.Value, " ms", -1)
	case "Input Voltage Range 1":
		return readRange(&r.InputRange1Volts, f.Value, " V")
	case "Input Voltage Range 2":
		return readRange(&r.InputRange2Volts, f.Value, " V")
	case "Input Frequency Range":
		return readRange(&r.InputFrequencyHertz, f.Value, " Hz")
	case "A/C Dropout Tolerance":
		return readReading(&r.DropoutMilliseconds, f.Value, " ms", -1)
	case "Flags":
		r.Flags = quoted(f.Value)
		return true
	case "Peak capacity":
		return readNumber(&r.PeakCapacityWatts, f.Value, " W", 0)
	case "Peak capacity holdup":
		return readReading(&r.PeakHoldupSeconds, f.Value, " s", -1)
	case "Combined capacity":
		return r.readCombined(f.Value)
	case "Fan lower threshold":
		return readReading(&r.FanThresholdRevsPerSecond, f.Value, " RPS", -1)
	}
	return false
}

// readCombined parses "750 W (12 V and 5 V)".
func (r *PowerSupplyRecord) readCombined(value string) bool {
	if text(value) == "" {
		return true
	}
	watts, voltages, ok := strings.Cut(value, " (")
	first, second, ok2 := strings.Cut(strings.TrimSuffix(voltages, ")"), " and ")
	if !ok || !ok2 || !readNumber(&r.CombinedCapacityWatts, watts, " W", 0) {
		return false
	}
	r.CombinedVoltages = []string{first, second}
	return true
}

// read takes in one field (fru_area_print_multirec in lib/ipmi_fru.c).
func (r *DCOutputRecord) read(f *Field) bool {
	switch f.Key {
	case "Output Number":
		return readNumber(&r.Number, f.Value, "", -1)
	case "Standby power":
		return readYesNo(&r.Standby, f.Value)
	case "Nominal voltage":
		return readThousandths(&r.NominalMillivolts, f.Value, " V")
	case "Max negative deviation":
		return readThousandths(&r.NegativeDeviationMillivolts, f.Value, " V")
	case "Max positive deviation":
		return readThousandths(&r.PositiveDeviationMillivolts, f.Value, " V")
	case "Ripple and noise pk-pk":
		return readReading(&r.RippleMillivolts, f.Value, " mV", -1)
	case "Minimum current draw":
		return readThousandths(&r.MinMilliamperes, f.Value, " A")
	case "Maximum current draw":
		return readThousandths(&r.MaxMilliamperes, f.Value, " A")
	}
	return false
}

// read takes in one field (fru_area_print_multirec in lib/ipmi_fru.c).
func (r *DCLoadRecord) read(f *Field) bool {
	switch f.Key {
	case "Output Number":
		return readNumber(&r.Number, f.Value, "", -1)
	case "Nominal voltage":
		return readThousandths(&r.NominalMillivolts, f.Value, " V")
	case "Min voltage allowed":
		return readThousandths(&r.MinMillivolts, f.Value, " V")
	case "Max voltage allowed":
		return readThousandths(&r.MaxMillivolts, f.Value, " V")
	case "Ripple and noise pk-pk":
		return readReading(&r.RippleMillivolts, f.Value, " mV", -1)
	case "Minimum current load":
		return readThousandths(&r.MinMilliamperes, f.Value, " A")
	case "Maximum current load":
		return readThousandths(&r.MaxMilliamperes, f.Value, " A")
	}
	return false
}
