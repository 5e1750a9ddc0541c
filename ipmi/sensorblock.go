// SPDX-License-Identifier: Apache-2.0

package ipmi

import "strings"

// readBlock takes in a block of the verbose layout, false for a locator's.
func (s *Sensor) readBlock(fields []Field) bool {
	if fields[0].Key != "Sensor ID" {
		return false
	}
	s.readID(strings.TrimRight(fields[0].Value, " \t"))
	var list *[]string // where lines without a key go
	for _, f := range fields[1:] {
		switch {
		case f.Key == "" && list != nil:
			if state := text(strings.Trim(f.Value, "[] ")); state != "" && state != "no description" { // of a state that ipmitool does not know
				*list = append(*list, state)
			}
		case f.Key == "" || !s.readField(f.Key, f.Value):
			list = s.readEvents(f.Key, f.Value)
			if list == nil {
				s.Unknown = append(s.Unknown, f)
			}
		default:
			list = nil
		}
	}
	if s.Status == SensorNoReading {
		s.States = nil // printed all the same
	}
	return true
}

// readID takes in "PSU2 Status (0xe1)". A name may have brackets of its own.
func (s *Sensor) readID(value string) {
	if i := strings.LastIndex(value, " (0x"); i >= 0 {
		if n, err := parseHex(strings.TrimSuffix(value[i+len(" (0x"):], ")")); err == nil {
			value, s.Number = value[:i], &n
		}
	}
	s.Name = text(value)
}

// readField takes in a field with a single value.
func (s *Sensor) readField(key, value string) bool {
	switch key {
	case "Entity ID":
		s.Entity = entity(value)
		return s.Entity != nil
	case "Sensor Type", "Sensor Type (Analog)", "Sensor Type (Threshold)":
		s.Type = sensorType(value)
	case "Sensor Type (Discrete)":
		s.Type, s.Discrete = sensorType(value), true
	case "Sensor Reading":
		s.readVerboseReading(value)
	case "Unable to read sensor":
		s.Status = SensorNoReading
	case "Status":
		s.Status = sensorStatus(strings.TrimSpace(value))
		return s.Status != ""
	case "Upper non-recoverable", "Upper Non-Recoverable":
		return readDecimal(&s.UpperNonRecoverable, value)
	case "Upper critical", "Upper Critical":
		return readDecimal(&s.UpperCritical, value)
	case "Upper non-critical", "Upper Non-Critical":
		return readDecimal(&s.UpperNonCritical, value)
	case "Lower non-recoverable", "Lower Non-Recoverable":
		return readDecimal(&s.LowerNonRecoverable, value)
	case "Lower critical", "Lower Critical":
		return readDecimal(&s.LowerCritical, value)
	case "Lower non-critical", "Lower Non-Critical":
		return readDecimal(&s.LowerNonCritical, value)
	default:
		d := s.Detail
		if !alloc(&d).read(key, value) {
			return false
		}
		s.Detail = d
	}
	return true
}

// read takes in a field with a single value.
func (d *SensorDetail) read(key, value string) bool {
	switch key {
	case "Nominal Reading":
		return readDecimal(&d.Nominal, value)
	case "Normal Minimum":
		return readDecimal(&d.NormalMin, value)
	case "Normal Maximum":
		return readDecimal(&d.NormalMax, value)
	case "Positive Hysteresis":
		return readDecimal(&d.PositiveHysteresis, value)
	case "Negative Hysteresis":
		return readDecimal(&d.NegativeHysteresis, value)
	case "Minimum sensor range":
		return readDecimal(&d.RangeMin, value)
	case "Maximum sensor range":
		return readDecimal(&d.RangeMax, value)
	case "Readable Thresholds":
		d.ReadableThresholds = words(value)
	case "Settable Thresholds":
		d.SettableThresholds = words(value)
	case "Threshold Read Mask":
		d.ThresholdReadMask = words(value)
	case "Event Message Control":
		d.EventControl = text(value)
	case "Event Status":
		d.EventStatus = text(value)
	case "Event Enable":
		d.EventEnable = text(value)
	case "OEM":
		d.OEM = text(value)
	default:
		return false
	}
	return true
}

// readEvents takes in a field that lists states, and returns where the lines
// below go: " States Asserted       : Power Supply", then "[Presence detected]".
// An analog sensor's events stand on the line itself: "unc+ ucr+".
func (s *Sensor) readEvents(key, value string) *[]string {
	var list *[]string
	switch key {
	case "States Asserted":
		return &s.States
	case "Assertion Events":
		list = &alloc(&s.Detail).Assertions
	case "Deassertion Events":
		list = &alloc(&s.Detail).Deassertions
	case "Assertions Enabled":
		list = &alloc(&s.Detail).AssertionsEnabled
	case "Deassertions Enabled":
		list = &alloc(&s.Detail).DeassertionsEnabled
	default:
		return nil
	}
	if !s.Discrete {
		*list = words(value)
	}
	return list
}

// readVerboseReading takes in "45 (+/- 0.500) degrees C", "80h" or "Disabled".
func (s *Sensor) readVerboseReading(value string) {
	value = strings.TrimSpace(value)
	amount, rest, ok := strings.Cut(value, " (+/- ")
	tolerance, measure, ok2 := strings.Cut(rest, ") ")
	switch {
	case ok && ok2:
		s.Reading, s.Unit = decimal(amount), unit(measure)
		alloc(&s.Detail).Tolerance = decimal(tolerance)
	case s.Discrete && strings.HasSuffix(value, "h"):
		s.Raw, s.Status = value, SensorOK
	default:
		s.readReading(value)
	}
}

// readDecimal parses a number into *p, which stays as it is for "Unspecified",
// "na" and the bits of a sensor whose unit is none.
func readDecimal(p **float64, value string) bool {
	value = strings.TrimSpace(value)
	f := decimal(value)
	if f != nil {
		*p = f
	}
	return f != nil || text(value) == "" || strings.HasPrefix(value, "0x")
}

// sensorType cuts the number off "Power Supply (0x08)".
func sensorType(value string) string {
	name, _, _ := strings.Cut(value, " (0x")
	return text(name)
}
