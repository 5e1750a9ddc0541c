// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// ParseSmartLog parses the output of "nvme smart-log", JSON or plain text, with
// or without --human-readable. The result is never nil; the error is nil or an
// [Errors]: what could be read is there beside it.
func ParseSmartLog(data []byte) (*SmartLog, error) {
	s := new(SmartLog)
	p := smartReader{s: s}
	d := open(data, smartTitle)
	if d.doc != nil {
		d.members(p.take)
	} else {
		d.lines(smartTitle, p.takeLine)
	}
	var err error
	s.Extra, err = d.finish()
	return s, err
}

// smartTitle is in the first line of plain text:
//
//	Smart Log for NVME device:nvme1 namespace-id:ffffffff
const smartTitle = "Smart Log for NVME device:"

// smartReader fills a SmartLog. The counters share one allocation.
type smartReader struct {
	s        *SmartLog
	counters []Uint128
}

func (p *smartReader) takeLine(line Line, key string, f *field) bool {
	if _, rest, ok := strings.Cut(line.Text, smartTitle); ok {
		device, nsid, _ := strings.Cut(rest, " namespace-id:")
		p.s.Device = clean(device)
		p.s.NSID = integer[uint32](&field{text: nsid, hex: true})
		return true
	}
	if strings.HasPrefix(line.Text, " ") || strings.HasPrefix(key, "[") {
		return key != "" // a bit of critical_warning, which the line above has
	}
	return p.take(key, f)
}

// take reads the value of a key, if it knows it. The first of two keys is that
// of JSON, the second that of plain text; where there is one, they are alike.
func (p *smartReader) take(key string, f *field) bool {
	s := p.s
	switch key {
	case "critical_warning":
		s.CriticalWarning = readCriticalWarning(f)
	case "temperature", "Temperature": // nvme-cli 2.7.0 has the capital
		s.TemperatureCelsius = f.temperature()
	case "avail_spare", "available_spare":
		s.SparePercent = f.percent()
	case "spare_thresh", "available_spare_threshold":
		s.SpareThresholdPercent = f.percent()
	case "percent_used", "percentage_used":
		s.UsedPercent = f.percent()
	case "endurance_grp_critical_warning_summary", "endurance group critical warning summary":
		s.EnduranceGroupWarning = integer[EnduranceGroupWarning](f)
	case "informative_warning", "informative warning":
		s.InformativeWarning = integer[uint8](f)
	case "voltage_log_threshold_warning": // bit 0 of informative_warning
		f.scalar()
	case "data_units_read", "Data Units Read":
		s.DataUnitsRead = p.counter(f)
	case "data_units_written", "Data Units Written":
		s.DataUnitsWritten = p.counter(f)
	case "host_read_commands":
		s.HostReads = p.counter(f)
	case "host_write_commands":
		s.HostWrites = p.counter(f)
	case "controller_busy_time":
		s.BusyMinutes = p.counter(f)
	case "power_cycles":
		s.PowerCycles = p.counter(f)
	case "power_on_hours":
		s.PowerOnHours = p.counter(f)
	case "unsafe_shutdowns":
		s.UnsafeShutdowns = p.counter(f)
	case "media_errors":
		s.MediaErrors = p.counter(f)
	case "num_err_log_entries":
		s.ErrorLogEntries = p.counter(f)
	case "warning_temp_time", "Warning Temperature Time":
		s.WarningMinutes = pointer[uint32](f)
	case "critical_comp_time", "Critical Composite Temperature Time":
		s.CriticalMinutes = pointer[uint32](f)
	case "thm_temp1_trans_count", "Thermal Management T1 Trans Count":
		s.ThrottleT1Count = pointer[uint32](f)
	case "thm_temp2_trans_count", "Thermal Management T2 Trans Count":
		s.ThrottleT2Count = pointer[uint32](f)
	case "thm_temp1_total_time", "Thermal Management T1 Total Time":
		s.ThrottleT1Seconds = pointer[uint32](f)
	case "thm_temp2_total_time", "Thermal Management T2 Total Time":
		s.ThrottleT2Seconds = pointer[uint32](f)
	case "op_lifetime_energy_consumed", "Operational Lifetime Energy Consumed":
		s.LifetimeEnergy = pointer[uint64](f)
	case "interval_power_measurement":
		s.IntervalPowerMeasured = pointer[uint32](f)
	default:
		return p.takeSensor(key, f)
	}
	return true
}

// takeSensor reads "temperature_sensor_1" or "Temperature Sensor 1".
func (p *smartReader) takeSensor(key string, f *field) bool {
	number, ok := strings.CutPrefix(key, "temperature_sensor_")
	if !ok {
		number, ok = strings.CutPrefix(key, "Temperature Sensor ")
	}
	n, err := strconv.ParseUint(strings.TrimSpace(number), 10, 8)
	if !ok || err != nil {
		return false
	}
	c := f.temperature()
	none := c == nil || *c == 0 && f.doc == nil && !strings.Contains(f.text, "(") // up to 1.1 a sensor that is not there has 0 C
	if !none {
		p.s.Sensors = append(p.s.Sensors, TemperatureSensor{int(n), *c})
	}
	return true
}

func (p *smartReader) counter(f *field) *Uint128 {
	u, ok := f.uint128()
	if !ok {
		return nil
	}
	if len(p.counters) == cap(p.counters) {
		p.counters = make([]Uint128, 0, 10) // all that a document has
	}
	p.counters = append(p.counters, u)
	return &p.counters[len(p.counters)-1]
}

// readCriticalWarning reads the number, or the object that names the bits and
// has the number too.
func readCriticalWarning(f *field) *CriticalWarning {
	if f.doc == nil || f.doc.Kind() != jsondoc.Object {
		return pointer[CriticalWarning](f)
	}
	here := f.doc.Here()
	var value *CriticalWarning
	var bits CriticalWarning
	told := false // that at least one bit is set or is not
	bit := func(bit CriticalWarning) {
		v, ok := maybe[uint8](f)
		if ok && v != 0 {
			bits |= bit
		}
		told = told || ok
	}
	for key := range f.doc.Object() {
		switch key {
		case "value", "Value": // nvme-cli 2.7.0 has the capital
			value = pointer[CriticalWarning](f)
		case "available_spare":
			bit(WarningSpare)
		case "temp_threshold":
			bit(WarningTemperature)
		case "reliability_degraded":
			bit(WarningReliability)
		case "ro":
			bit(WarningReadOnly)
		case "vmbu_failed":
			bit(WarningBackup)
		case "pmr_ro":
			bit(WarningPMR)
		case "indeterminate_personality":
			bit(WarningPersonality)
		}
	}
	switch {
	case value != nil:
	case told:
		return &bits
	default:
		f.doc.RejectFrom(here, errNoWarning)
		return nil
	}
	*value |= bits
	return value
}

// errNoWarning is the cause of a critical_warning that does not say what it is:
// that there is no warning would be a guess.
var errNoWarning = fmt.Errorf("%w: want a number, or an object that has one", ErrType)

// percent reads a percentage, which may exceed 100; nil for null.
func (f *field) percent() *int {
	v, ok := maybe[uint8](f)
	if !ok {
		return nil
	}
	n := int(v)
	return &n
}

// temperature reads kelvins in JSON. Plain text has degrees of the locale's
// kind and, since nvme-cli 2.0, kelvins behind them:
//
//	50 C
//	50°C (323 Kelvin)
//	50 °C (323 K, 122 °F)
func (f *field) temperature() *int {
	if f.doc != nil {
		return f.celsius()
	}
	if _, kelvin, ok := strings.Cut(f.text, "("); ok {
		part := &field{text: kelvin}
		c := part.celsius()
		f.err = part.err
		return c
	}
	digits := strings.TrimSpace(f.text)
	end := strings.IndexFunc(digits, func(r rune) bool { return r != '-' && (r < '0' || r > '9') })
	if end < 0 {
		f.reject(ErrUnit)
		return nil
	}
	n, err := strconv.ParseInt(digits[:end], 10, 64)
	if err != nil {
		f.reject(numError(err))
		return nil
	}
	return f.degrees(int(int32(n)), digits[end:])
}

// degrees converts a temperature to whole degrees Celsius. Versions before 1.0
// print those below zero as unsigned; a drive at 0 K has no reading.
func (f *field) degrees(n int, unit string) *int {
	switch unit[len(unit)-1] {
	case 'C':
	case 'F':
		n = int(math.Round(float64(n-32) * 5 / 9))
	default:
		f.reject(ErrUnit)
		return nil
	}
	if n <= -kelvinOffset {
		return nil
	}
	return &n
}
