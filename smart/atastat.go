// SPDX-License-Identifier: Apache-2.0

package smart

import "github.com/mchus/bee/internal/jsondoc"

// A StatisticsPage is a page of the log of device statistics (ACS-4, Device
// Statistics log).
type StatisticsPage struct {
	Number     int64       `json:"number"`
	Name       string      `json:"name,omitzero"` // "General Statistics"
	Revision   int64       `json:"revision,omitzero"`
	Statistics []Statistic `json:"statistics,omitzero"`
}

// A Statistic is an entry of the device statistics log.
type Statistic struct {
	Offset    int64          `json:"offset"` // in the page
	Name      string         `json:"name,omitzero"`
	SizeBytes int64          `json:"size_bytes,omitzero"`
	Value     *int64         `json:"value,omitzero"` // nil: the drive has none
	Flags     StatisticFlags `json:"flags,omitzero"`
}

// StatisticFlags are the flags of a statistic (ataprint.cpp,
// print_device_statistics_page).
type StatisticFlags uint8

// The flags of a statistic.
const (
	StatisticMonitored  StatisticFlags = 1 << (3 + iota) // the monitored condition is met
	StatisticNotifies                                    // the drive can notify the host of it
	StatisticNormalized                                  // a percentage
	StatisticValid                                       // there is a value
	StatisticSupported                                   // the drive has the statistic
)

// Statistic returns the statistic at an offset of a page, nil if the drive has
// none there or it is not valid.
func (a *ATA) Statistic(page, offset int64) *Statistic {
	for i := range a.DeviceStatistics {
		p := &a.DeviceStatistics[i]
		if p.Number != page {
			continue
		}
		for j := range p.Statistics {
			s := &p.Statistics[j]
			if s.Offset == offset && s.Flags&StatisticValid != 0 && s.Value != nil {
				return s
			}
		}
	}
	return nil
}

// An SCTStatus is the SCT status (ACS-4, SCT Command Transport), with the
// temperatures that the drive gives there.
type SCTStatus struct {
	FormatVersion   int64       `json:"format_version,omitzero"`
	SCTVersion      int64       `json:"sct_version,omitzero"`
	State           *Coded      `json:"state,omitzero"` // "Active", "Stand-by"
	Temperature     Temperature `json:"temperature,omitzero"`
	UnderLimitCount *int64      `json:"under_limit_count,omitzero"`
	OverLimitCount  *int64      `json:"over_limit_count,omitzero"`
	Passed          *bool       `json:"passed,omitzero"`
	ReservedStatus  *int64      `json:"reserved_status,omitzero"` // neither passed nor failed
	VendorSpecific  []int64     `json:"vendor_specific,omitzero"`
}

// A TemperatureHistory is the SCT temperature history.
type TemperatureHistory struct {
	Version               int64 `json:"version,omitzero"`
	SamplingPeriodMinutes int64 `json:"sampling_period_minutes,omitzero"`
	IntervalMinutes       int64 `json:"interval_minutes,omitzero"`
	Size                  int64 `json:"size,omitzero"`
	Index                 int64 `json:"index,omitzero"`

	Limits Temperature `json:"limits,omitzero"`

	// Celsius are the readings, oldest first; [NoTemperature] where there is
	// none: the drive was off.
	Celsius []int8 `json:"celsius,omitzero"`
}

// NoTemperature stands in a [TemperatureHistory] where there is no reading, as
// in the drive's log.
const NoTemperature = -128

// An ErrorRecovery is the SCT error recovery control: how long the drive tries.
type ErrorRecovery struct {
	ReadEnabled      *bool  `json:"read_enabled,omitzero"`
	ReadDeciseconds  *int64 `json:"read_deciseconds,omitzero"`
	WriteEnabled     *bool  `json:"write_enabled,omitzero"`
	WriteDeciseconds *int64 `json:"write_deciseconds,omitzero"`
}

func (a *ATA) readStatistics(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "pages":
			a.DeviceStatistics = make([]StatisticsPage, 0, 8)
			for range d.Array() {
				a.DeviceStatistics = append(a.DeviceStatistics, readStatisticsPage(d))
			}
		case "supported_pages":
			a.StatisticsPages = make([]Coded, 0, 8)
			for range d.Array() {
				var c Coded
				for key := range d.Object() {
					switch key {
					case "number":
						c.Value = d.Int()
					case "name":
						c.Text = d.Text()
					}
				}
				a.StatisticsPages = append(a.StatisticsPages, c)
			}
		}
	}
}

func readStatisticsPage(d *jsondoc.Doc) (p StatisticsPage) {
	for key := range d.Object() {
		switch key {
		case "number":
			p.Number = d.Int()
		case "name":
			p.Name = d.Text()
		case "revision":
			p.Revision = d.Int()
		case "table":
			p.Statistics = make([]Statistic, 0, 16)
			for range d.Array() {
				p.Statistics = append(p.Statistics, readStatistic(d))
			}
		}
	}
	return p
}

func readStatistic(d *jsondoc.Doc) (s Statistic) {
	for key := range d.Object() {
		switch key {
		case "offset":
			s.Offset = d.Int()
		case "name":
			s.Name = d.Text()
		case "size":
			s.SizeBytes = d.Int()
		case "value":
			s.Value = d.IntPtr()
		case "flags":
			for key := range d.Object() {
				switch key {
				case "value":
					s.Flags = StatisticFlags(d.IntIn(0, 255))
				case "string", "valid", "normalized", "supports_dsn", "monitored_condition_met", "other":
					d.Skip() // all of them spell out value
				}
			}
		}
	}
	return s
}

func readSCTStatus(d *jsondoc.Doc) *SCTStatus {
	s := new(SCTStatus)
	for key := range d.Object() {
		switch key {
		case "format_version":
			s.FormatVersion = d.Int()
		case "sct_version":
			s.SCTVersion = d.Int()
		case "device_state":
			s.State = readCoded(d)
		case "temperature":
			for key := range d.Object() {
				switch key {
				case "under_limit_count":
					s.UnderLimitCount = d.IntPtr()
				case "over_limit_count":
					s.OverLimitCount = d.IntPtr()
				default:
					s.Temperature.read(d, key)
				}
			}
		case "smart_status":
			for key := range d.Object() {
				switch key {
				case "passed":
					s.Passed = d.BoolPtr()
				case "reserved_value":
					s.ReservedStatus = d.IntPtr()
				}
			}
		case "vendor_specific":
			s.VendorSpecific = make([]int64, 0, 32) // what the status holds
			for range d.Array() {
				s.VendorSpecific = append(s.VendorSpecific, d.Int())
			}
		}
	}
	return s
}

func readTemperatureHistory(d *jsondoc.Doc) *TemperatureHistory {
	h := new(TemperatureHistory)
	for key := range d.Object() {
		switch key {
		case "version":
			h.Version = d.Int()
		case "sampling_period_minutes":
			h.SamplingPeriodMinutes = d.Int()
		case "logging_interval_minutes":
			h.IntervalMinutes = d.Int()
		case "size":
			h.Size = d.Int()
		case "index":
			h.Index = d.Int()
		case "temperature":
			for key := range d.Object() {
				h.Limits.read(d, key)
			}
		case "table":
			h.Celsius = make([]int8, 0, count(h.Size, 1024))
			for range d.Array() {
				reading := int8(NoTemperature)
				if d.Kind() == jsondoc.Null {
					d.Skip()
				} else {
					reading = int8(d.IntIn(-128, 127))
				}
				h.Celsius = append(h.Celsius, reading)
			}
		}
	}
	return h
}

func readErrorRecovery(d *jsondoc.Doc) *ErrorRecovery {
	e := new(ErrorRecovery)
	timer := func(enabled **bool, deciseconds **int64) {
		for key := range d.Object() {
			switch key {
			case "enabled":
				*enabled = d.BoolPtr()
			case "deciseconds":
				*deciseconds = d.IntPtr()
			}
		}
	}
	for key := range d.Object() {
		switch key {
		case "read":
			timer(&e.ReadEnabled, &e.ReadDeciseconds)
		case "write":
			timer(&e.WriteEnabled, &e.WriteDeciseconds)
		}
	}
	return e
}
