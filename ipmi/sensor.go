// SPDX-License-Identifier: Apache-2.0

package ipmi

import (
	"slices"
	"strconv"
	"strings"
)

// An Entity names a physical thing: ID says what kind it is, Instance which of
// them (IPMI 2.0, section 39 and table 43-13). 10 is a power supply.
type Entity struct {
	ID       int `json:"id"`
	Instance int `json:"instance"`
}

// EntityPowerSupply is the [Entity] ID of a power supply.
const EntityPowerSupply = 10

// A SensorStatus is what the controller makes of a reading.
type SensorStatus string

// These are the statuses of a sensor. A discrete sensor is at most SensorOK:
// what it says is in its states.
const (
	SensorOK                  SensorStatus = "ok"
	SensorNonCritical         SensorStatus = "non-critical"          // past a threshold; which side was not printed
	SensorCritical            SensorStatus = "critical"              //
	SensorNonRecoverable      SensorStatus = "non-recoverable"       //
	SensorLowerNonCritical    SensorStatus = "lower non-critical"    //
	SensorLowerCritical       SensorStatus = "lower critical"        //
	SensorLowerNonRecoverable SensorStatus = "lower non-recoverable" //
	SensorUpperNonCritical    SensorStatus = "upper non-critical"    //
	SensorUpperCritical       SensorStatus = "upper critical"        //
	SensorUpperNonRecoverable SensorStatus = "upper non-recoverable" //
	SensorNoReading           SensorStatus = "no reading"
)

// A Sensor is the typed view of a sensor's record.
type Sensor struct {
	Name     string       `json:"name"`
	Number   *int         `json:"number,omitzero"`   // nil where the layout does not print it
	Entity   *Entity      `json:"entity,omitzero"`   // nil where the layout does not print it
	Type     string       `json:"type,omitzero"`     // "Power Supply"; verbose layout only
	Discrete bool         `json:"discrete,omitzero"` // it has states, not a reading
	Status   SensorStatus `json:"status,omitzero"`
	Reading  *float64     `json:"reading,omitzero"` // in Unit; nil where there was none
	Unit     string       `json:"unit,omitzero"`    // "degrees C", "RPM", "Volts", "Watts"
	States   []string     `json:"states,omitzero"`  // states asserted: "Presence detected"
	Raw      string       `json:"raw,omitzero"`     // what was printed of a discrete sensor instead of its states; only four digits, as of "sensor", are their bits, the lower byte first: "0x0180"

	LowerNonRecoverable *float64 `json:"lower_non_recoverable,omitzero"` // thresholds, in Unit
	LowerCritical       *float64 `json:"lower_critical,omitzero"`
	LowerNonCritical    *float64 `json:"lower_non_critical,omitzero"`
	UpperNonCritical    *float64 `json:"upper_non_critical,omitzero"`
	UpperCritical       *float64 `json:"upper_critical,omitzero"`
	UpperNonRecoverable *float64 `json:"upper_non_recoverable,omitzero"`

	Detail  *SensorDetail `json:"detail,omitzero"`  // verbose layout only
	Unknown []Field       `json:"unknown,omitzero"` // what this view does not understand
	Record  *SDRRecord    `json:"-"`                // where all of this was read
}

// A SensorDetail is what only the verbose layout prints of a sensor (IPMI 2.0,
// table 43-1). Readings are in the sensor's unit.
type SensorDetail struct {
	Tolerance          *float64 `json:"tolerance,omitzero"` // of the reading, to either side
	Nominal            *float64 `json:"nominal,omitzero"`
	NormalMin          *float64 `json:"normal_min,omitzero"`
	NormalMax          *float64 `json:"normal_max,omitzero"`
	PositiveHysteresis *float64 `json:"positive_hysteresis,omitzero"`
	NegativeHysteresis *float64 `json:"negative_hysteresis,omitzero"`
	RangeMin           *float64 `json:"range_min,omitzero"` // least that the sensor can tell
	RangeMax           *float64 `json:"range_max,omitzero"` // most that the sensor can tell

	ReadableThresholds []string `json:"readable_thresholds,omitzero"` // "unc", "ucr"
	SettableThresholds []string `json:"settable_thresholds,omitzero"`
	ThresholdReadMask  []string `json:"threshold_read_mask,omitzero"`

	EventControl        string   `json:"event_control,omitzero"` // "Per-threshold"
	EventStatus         string   `json:"event_status,omitzero"`
	EventEnable         string   `json:"event_enable,omitzero"`
	Assertions          []string `json:"assertions,omitzero"`   // events asserted: "ucr+", "Presence detected"
	Deassertions        []string `json:"deassertions,omitzero"` // events deasserted
	AssertionsEnabled   []string `json:"assertions_enabled,omitzero"`
	DeassertionsEnabled []string `json:"deassertions_enabled,omitzero"`
	OEM                 string   `json:"oem,omitzero"` // a byte for the maker's use, in hexadecimal
}

// Sensors returns the typed view of every sensor, in printed order.
func (s *SDR) Sensors() []Sensor {
	if len(s.Records) == 0 {
		return nil
	}
	sensors := make([]Sensor, 0, len(s.Records))
	for i := range s.Records {
		if sensor, ok := s.Records[i].sensor(); ok {
			sensors = append(sensors, sensor)
		}
	}
	if len(sensors) == 0 {
		return nil
	}
	return sensors
}

// Bad reports whether the sensor tells of trouble: a reading past a threshold,
// or a state such as "Failure detected". A sensor without a reading is not bad.
func (s *Sensor) Bad() bool {
	switch s.Status {
	case SensorOK, SensorNoReading, "":
	default:
		return true
	}
	for _, state := range s.States {
		if badState(state) || state == "State Asserted" && namesTrouble(s.Name) {
			return true
		}
	}
	// A processor that is there and switched off; an empty place is disabled, too.
	return slices.Contains(s.States, "Disabled") && slices.Contains(s.States, "Presence detected")
}

// namesTrouble reports whether a sensor is named after what is wrong when it
// asserts its state: "SysBrd Fault", "CPU Missing", "P1 ERR2", "VRD Hot". Most
// sensors of two states are named after something else.
func namesTrouble(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{
		"fault", "fail", "error", "err2", "missing", "overtemp", "over temp", "over_temp", "overheat", "mismatch", "therm trip", "thermtrip", "lost", "intru", "alert",
	} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return strings.HasSuffix(name, "hot") || strings.HasSuffix(name, "err")
}

// badState reports whether a discrete sensor's state is trouble that lasts. The
// names are those of include/ipmitool/ipmi_sel.h; states that only log what
// someone did (a button pressed, a log cleared) are not among them.
func badState(state string) bool {
	switch strings.TrimSpace(state) {
	case "Predictive Failure Asserted", "Limit Exceeded", "Performance Lags", // generic
		"Transition to Non-critical from OK", "Transition to Critical from less severe",
		"Transition to Non-recoverable from less severe", "Transition to Non-critical from more severe",
		"Transition to Critical from Non-recoverable", "Transition to Non-recoverable",
		"Transition to Degraded", "Install Error",
		"Redundancy Lost", "Redundancy Degraded", "Non-Redundant: Sufficient from Redundant",
		"Non-Redundant: Sufficient from Insufficient", "Non-Redundant: Insufficient Resources",
		"Redundancy Degraded from Fully Redundant", "Redundancy Degraded from Non-Redundant",
		"IERR", "Thermal Trip", "FRB1/BIST failure", "FRB2/Hang in POST failure", // processor
		"FRB3/Processor startup/init failure", "Configuration Error",
		"SM BIOS Uncorrectable CPU-complex Error", "Uncorrectable machine check exception", "Throttled",
		"Failure detected", "Predictive failure", "Power Supply AC lost", "AC lost or out-of-range", // power supply
		"AC out-of-range, but present", "Config Error", "AC lost", "Soft-power control failure",
		"240VA power down", "Interlock power down",
		"Uncorrectable ECC", "Parity", "Memory Scrub Failed", "Memory Device Disabled", // memory
		"Correctable ECC logging limit reached", "Critical Overtemperature",
		"Drive Fault", "Predictive Failure", "In Critical Array", "In Failed Array", "Rebuild Aborted", // drive
		"PCI PERR", "PCI SERR", "Bus Uncorrectable error", "Bus Fatal Error", "Bus Degraded", "Fatal NMI",
		"General Chassis intrusion", "Drive Bay intrusion", "I/O Card area intrusion", "Processor area intrusion", // chassis
		"FAN area intrusion", "Unauthorized dock",
		"Undetermined system hardware failure", "Soft Power Control Failure", "Battery failed", "Low Battery",
		"Battery low (predictive failure)", "Low", "Failed", // the last two are a battery's too
		"Fault Status",                           // slot
		"Log full", "All event logging disabled", // what happens then is not in the log
		"Sensor access degraded or unavailable", // management
		"Controller access degraded or unavailable", "Management controller off-line",
		"Management controller unavailable", "Sensor failure", "FRU failure",
		"Hardware incompatibility detected", "Firmware or software incompatibility detected", "Communication lost",
		"Invalid or unsupported hardware version", "Invalid or unsupported firmware or software version":
		return true
	}
	return strings.HasPrefix(state, "Config Error: ")
}

// sensor returns the typed view of a record, false for one that is not a sensor's.
func (r *SDRRecord) sensor() (s Sensor, ok bool) {
	s.Record = r
	switch r.Layout {
	case SDRList:
		return s, s.readList(r.Cells)
	case SDRElist, SDRElistCSV:
		return s, s.readElist(r.Cells)
	case SDRSensor, SDRSensorCSV:
		s.readSensor(r.Cells)
		return s, true
	case SDRListCSV:
		return s, s.readListCSV(r.Cells)
	case SDRVerbose:
		return s, s.readBlock(r.Fields)
	}
	return s, false
}

// readList takes in "Power Supply 1 | 90 Watts | ok".
func (s *Sensor) readList(cells []string) bool {
	if _, ok := listLocation(cells[1]); ok {
		return false
	}
	if isPowerUnitMap(cells) {
		s.Name, s.Discrete = cells[0], true
		return true
	}
	s.Name, s.Status = text(cells[0]), sensorStatus(cells[2])
	s.readReading(cells[1])
	return true
}

// isPowerUnitMap knows a record of Intel's old servers, "Power Redundancy | Not
// Available | nr", whose "nr" means that the supplies are not redundant
// (ipmi_sdr_print_sensor_oem_intel in lib/ipmi_sdr.c).
func isPowerUnitMap(cells []string) bool {
	return cells[0] == "Power Redundancy" && (cells[1] == "Not Available" || strings.HasPrefix(cells[1], "PS@"))
}

// readElist takes in "PS1 Status | 64h | ok | 10.1 | Presence detected". A
// locator has no number, which is printed as 00h; with -c nothing else tells it
// from a sensor, and its row ends there.
func (s *Sensor) readElist(cells []string) bool {
	if len(cells) < 5 {
		return false
	}
	if _, ok := elistLocation(cells[4]); ok {
		return false
	}
	s.Name, s.Number = text(cells[0]), sensorNumber(cells[1])
	s.Status, s.Entity = sensorStatus(cells[2]), entity(cells[3])
	s.readReading(cells[4])
	return true
}

// readListCSV takes in "FAN1,5400,RPM,ok". A discrete sensor that has a
// reading goes on with its entity and states, and any does with -v.
func (s *Sensor) readListCSV(cells []string) bool {
	s.Name, s.Status = text(cells[0]), sensorStatus(cells[3])
	if reading := cells[1] + " " + cells[2]; reading != " " {
		s.readReading(reading)
	}
	if len(cells) > 4 {
		s.Entity = entity(cells[4])
	}
	switch {
	case len(cells) == 18:
		s.Type = text(cells[6])
		s.readVerboseCSV(cells[7:])
	case len(cells) > 5:
		s.States = states(strings.Join(cells[5:], ","))
	}
	return true
}

// readVerboseCSV takes in what "sdr -v -c" ends its rows with.
func (s *Sensor) readVerboseCSV(cells []string) {
	d := alloc(&s.Detail)
	for i, p := range []**float64{
		&d.Nominal, &d.NormalMin, &d.NormalMax,
		&s.UpperNonRecoverable, &s.UpperCritical, &s.UpperNonCritical,
		&s.LowerNonRecoverable, &s.LowerCritical, &s.LowerNonCritical,
		&d.RangeMin, &d.RangeMax,
	} {
		*p = decimal(cells[i])
	}
}

// readSensor takes in "CPU1 Temp | 45.000 | degrees C | ok | na | …": name,
// value, unit, status, and thresholds from the lowest to the highest.
func (s *Sensor) readSensor(cells []string) {
	s.Name, s.Discrete = text(cells[0]), cells[2] == "discrete"
	switch {
	case cells[1] == "na":
		s.Status = SensorNoReading
	case s.Discrete:
		s.Status, s.Raw = SensorOK, cells[3]
	default:
		s.Status, s.Reading = sensorStatus(cells[3]), decimal(cells[1])
	}
	if !s.Discrete {
		s.Unit = unit(cells[2])
	}
	for i, p := range []**float64{
		&s.LowerNonRecoverable, &s.LowerCritical, &s.LowerNonCritical,
		&s.UpperNonCritical, &s.UpperCritical, &s.UpperNonRecoverable,
	} {
		*p = decimal(cells[4+i])
	}
}

// readReading takes in what is printed for a reading: "45 degrees C", "Disabled",
// a discrete sensor's states or their bits, or a reading and states.
func (s *Sensor) readReading(value string) {
	switch strings.ToLower(value) {
	case "disabled", "no reading", "not readable", "not present", "unable to read sensor: device not present":
		s.Status = SensorNoReading
		return
	case "event-only":
		s.Status, s.Discrete = SensorNoReading, true
		return
	case "":
		s.Discrete = true
		return
	}
	amount, rest, ok := strings.Cut(value, " ")
	if s.Reading = decimal(amount); s.Reading != nil && ok {
		measure, more, _ := strings.Cut(rest, ", ")
		s.Unit, s.States = unit(measure), states(more)
		return
	}
	s.Reading, s.Discrete = nil, true
	if strings.HasPrefix(value, "0x") {
		s.Raw = value
	} else {
		s.States = states(value)
	}
}

// commaStates are the states that have commas of their own
// (include/ipmitool/ipmi_sel.h).
var commaStates = [...]string{
	"AC out-of-range, but present",
	"S2: sleeping, processor context lost",
	"S3: sleeping, processor & hw context lost, memory retained",
	"Platform generated SNMP trap, OEM format",
	"IPMB-A disabled, IPMB-B disabled", "IPMB-A enabled, IPMB-B disabled",
	"IPMB-A disabled, IPMB-B enabled", "IPMB-A enabled, IPMB-B enabled",
	"Firmware Watchdog Bite, reset occurred",
}

// states splits "Presence detected, Failure detected".
func states(value string) []string {
	var list []string
	for value != "" {
		state, rest, _ := strings.Cut(value, ", ")
		for _, whole := range commaStates {
			if after, ok := strings.CutPrefix(value, whole); ok {
				state, rest = whole, strings.TrimPrefix(after, ", ")
			}
		}
		if state = text(state); state != "" {
			list = append(list, state)
		}
		value = rest
	}
	return list
}

// unit is text for a unit; "unspecified" is none.
func unit(value string) string {
	if value == "unspecified" {
		return ""
	}
	return text(value)
}

// decimal parses a decimal number, nil for anything else.
func decimal(value string) *float64 {
	if value == "" || strings.Trim(value, "+-.0123456789") != "" {
		return nil
	}
	f, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return nil
	}
	return &f
}

// sensorNumber parses "64h", nil for anything else.
func sensorNumber(value string) *int {
	if len(value) != 3 || value[2] != 'h' {
		return nil
	}
	n, err := strconv.ParseUint(value[:2], 16, 8)
	if err != nil {
		return nil
	}
	number := int(n)
	return &number
}

// sensorStatus returns the status for its short or long name
// (ipmi_sdr_get_thresh_status in lib/ipmi_sdr.c), "" for anything else.
func sensorStatus(value string) SensorStatus {
	switch value {
	case "ok":
		return SensorOK
	case "ns", "Not Available", "Disabled":
		return SensorNoReading
	case "nc":
		return SensorNonCritical
	case "cr":
		return SensorCritical
	case "nr":
		return SensorNonRecoverable
	case "lnc", "Lower Non-Critical":
		return SensorLowerNonCritical
	case "lcr", "Lower Critical":
		return SensorLowerCritical
	case "lnr", "Lower Non-Recoverable":
		return SensorLowerNonRecoverable
	case "unc", "Upper Non-Critical":
		return SensorUpperNonCritical
	case "ucr", "Upper Critical":
		return SensorUpperCritical
	case "unr", "Upper Non-Recoverable":
		return SensorUpperNonRecoverable
	}
	return ""
}

// entity parses "10.1" and "10.1 (Power Supply)", nil for anything else.
func entity(value string) *Entity {
	value, _, _ = strings.Cut(value, " ")
	id, instance, ok := strings.Cut(value, ".")
	n, ok1 := number(id, "", 255)
	m, ok2 := number(instance, "", 255)
	if !ok || !ok1 || !ok2 {
		return nil
	}
	return &Entity{n, m}
}
