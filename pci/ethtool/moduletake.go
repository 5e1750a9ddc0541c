// SPDX-License-Identifier: Apache-2.0

package ethtool

import (
	"strconv"
	"strings"
)

// maxChannels is what the largest modules have.
const maxChannels = 16

// take gives a value to its typed field.
func (m *Module) take(key, value string) error {
	switch key {
	case "Identifier":
		m.Type = meaning(value)
		m.TypeCode = code(value)
	case "Extended identifier":
		m.ExtendedIdentifier = meaning(value)
	case "Extended identifier description":
		if strings.Contains(value, "Power consumption") && m.PowerClass == "" {
			m.PowerClass = value
		} else {
			m.Options = append(m.Options, value)
		}
	case "Connector":
		m.Connector = meaning(value)
	case "Transmitter technology":
		m.Technology = meaning(value)
	case "Transceiver type":
		m.Transceivers = append(m.Transceivers, value)
	case "Transceiver codes", "Option values", "Rate identifier":
		return isCode(value) // told in words by the lines that follow, or of no use
	case "Option":
		m.Options = append(m.Options, value)
	case "Encoding":
		if m.Encoding = meaning(value); m.Encoding == "unspecified" {
			m.Encoding = ""
		}
	case "BR, Nominal", "BR Nominal":
		return m.takeBitRate(value)
	case "Laser wavelength":
		return takeNumber(&m.WavelengthNM, value, "nm")
	case "Laser wavelength tolerance":
		return takeNumber(&m.ToleranceNM, value, "nm")
	case "BR margin, max":
		return takePercent(&m.MarginMaxPercent, value)
	case "BR margin, min":
		return takePercent(&m.MarginMinPercent, value)
	case "LowPwrAllowRequestHW":
		return takeOnOff(&m.LowPowerHardware, value)
	case "LowPwrRequestSW":
		return takeOnOff(&m.LowPowerSoftware, value)
	case "Passive Cu cmplnce.", "Active Cu cmplnce.":
		m.Revision = meaning(value)
	case "Revision Compliance", "Revision compliance":
		m.Revision = strings.TrimPrefix(value, "Rev. ")
	case "Module State", "Module state":
		m.State = meaning(value)
	case "Power class":
		m.PowerClass = value
	case "Max power":
		return takeNumber(&m.MaxPowerWatts, value, "W")
	case "Active firmware version":
		m.Firmware = text(value)
	case "Inactive firmware version":
		m.InactiveFirmware = text(value)
	default:
		return m.takeIdentity(key, value)
	}
	return nil
}

func (m *Module) takeIdentity(key, value string) error {
	switch key {
	case "Vendor name":
		m.Vendor = text(value)
	case "Vendor OUI":
		if strings.Trim(value, "0:") != "" {
			m.OUI = strings.ToLower(value)
		}
	case "Vendor PN":
		m.PartNumber = text(value)
	case "Vendor rev":
		m.VendorRev = text(value)
	case "Vendor SN":
		m.Serial = text(value)
	case "Date code":
		m.DateCode = strings.TrimRight(value, "_ ")
	default:
		return m.takeReading(key, value)
	}
	return nil
}

func (m *Module) takeReading(key, value string) error {
	switch key {
	case "Optical diagnostics support":
		return takeYesNo(&m.Diagnostics, value)
	case "Alarm/warning flags implemented":
		return takeYesNo(&m.AlarmsImplemented, value)
	case "Module temperature":
		return takeReading(&m.TemperatureCelsius, value, " degrees C")
	case "Module voltage":
		return takeReading(&m.VoltageVolts, value, " V")
	}
	if medium, ok := strings.CutPrefix(key, "Length ("); ok {
		return m.takeLength(strings.TrimSuffix(medium, ")"), value)
	}
	if key == "Cable assembly length" {
		return m.takeLength("cable", value)
	}
	name, channel, ok := cutChannel(key)
	if !ok {
		return ErrRange
	}
	if quantity, isLimit := strings.CutSuffix(name, " threshold"); isLimit {
		return m.takeLimit(quantity, value)
	}
	if isAlarm(name) {
		return m.takeAlarm(name, channel, value)
	}
	return m.takeLane(name, max(channel, 1), value)
}

func (m *Module) takeBitRate(value string) error {
	digits := strings.TrimRight(value, "MBdbpsGaud ")
	rate, err := strconv.Atoi(digits)
	switch unit := strings.TrimSpace(value[len(digits):]); {
	case unit != "MBd" && unit != "Mbps" && unit != "Mb/s":
		return ErrUnit
	case err != nil || rate < 0:
		return ErrRange
	}
	m.BitRateMBd = rate
	return nil
}

func takePercent(field **int, value string) error {
	number, ok := strings.CutSuffix(value, "%")
	if !ok {
		return ErrUnit
	}
	n, err := strconv.ParseUint(number, 10, 8)
	if err != nil {
		return ErrRange
	}
	*field = new(int(n))
	return nil
}

func takeOnOff(field **bool, value string) error {
	switch value {
	case "On":
		*field = new(true)
	case "Off":
		*field = new(false)
	default:
		return ErrSyntax
	}
	return nil
}

// takeLength reads "10km", "300m" and "0.50m".
func (m *Module) takeLength(medium, value string) error {
	number, factor := strings.TrimSuffix(value, "m"), 1.0
	if n, ok := strings.CutSuffix(number, "k"); ok {
		number, factor = n, 1000
	}
	if number == value {
		return ErrUnit
	}
	meters, ok := parseNumber(number)
	if !ok {
		return ErrRange
	}
	// "SMF,km" says in kilometres what "SMF" says in metres; where both are
	// there, the one in metres follows and is exact.
	medium = strings.TrimSuffix(medium, ",km")
	if meters *= factor; meters == 0 {
		return nil
	}
	if n := len(m.Lengths) - 1; n >= 0 && m.Lengths[n].Medium == medium {
		m.Lengths[n].Meters = meters
		return nil
	}
	m.Lengths = append(m.Lengths, Length{medium, meters})
	return nil
}

// takeLimit reads "Laser rx power high alarm threshold".
func (m *Module) takeLimit(name, value string) error {
	quantity, level := cutLevel(name)
	var limits *Limits
	unit := " mW"
	switch quantity {
	case "Module temperature":
		limits, unit = &m.TemperatureCelsiusLimits, " degrees C"
	case "Module voltage":
		limits, unit = &m.VoltageVoltsLimits, " V"
	case "Laser bias current", "Laser tx bias current":
		limits, unit = &m.BiasMilliampsLimits, " mA"
	case "Laser output power", "Laser tx power", "Transmit avg optical power":
		limits = &m.TxPowerMilliwattsLimits
	case "Laser rx power", "Rcvr signal avg optical power":
		limits = &m.RxPowerMilliwattsLimits
	default:
		return errUnknown
	}
	switch level {
	case "high alarm":
		return takeReading(&limits.HighAlarm, value, unit)
	case "low alarm":
		return takeReading(&limits.LowAlarm, value, unit)
	case "high warning":
		return takeReading(&limits.HighWarning, value, unit)
	case "low warning":
		return takeReading(&limits.LowWarning, value, unit)
	}
	return errUnknown
}

// cutLevel splits "Module voltage high alarm".
func cutLevel(name string) (quantity, level string) {
	for _, level := range [...]string{"high alarm", "low alarm", "high warning", "low warning"} {
		if quantity, ok := strings.CutSuffix(name, level); ok {
			return strings.TrimRight(quantity, " "), level
		}
	}
	return "", ""
}

// isAlarm reports whether the module says only yes or no of it.
func isAlarm(name string) bool {
	switch name {
	case "Rx loss of signal", "Tx loss of signal", "Rx loss of lock", "Tx loss of lock", "Tx fault", "Tx adaptive eq fault":
		return true
	}
	_, level := cutLevel(name)
	return level != ""
}

// takeAlarm reads "On", "Off", "None", and "[ Yes, No, No, No ]" with a word
// for each channel.
func (m *Module) takeAlarm(name string, channel int, value string) error {
	list, ok := strings.CutPrefix(value, "[")
	if !ok {
		return m.takeAlarmWord(name, channel, value)
	}
	channel = 0
	for word := range strings.SplitSeq(strings.TrimSuffix(list, "]"), ",") {
		if channel++; channel > maxChannels {
			return ErrRange
		}
		if err := m.takeAlarmWord(name, channel, strings.Trim(word, blanks)); err != nil {
			return err
		}
	}
	return nil
}

func (m *Module) takeAlarmWord(name string, channel int, word string) error {
	switch word {
	case "On", "Yes":
		m.Alarms = append(m.Alarms, Alarm{name, channel})
	case "Off", "No", "None", "Not Supported", "":
	default:
		return ErrSyntax
	}
	return nil
}

// takeLane reads what is measured of one channel.
func (m *Module) takeLane(name string, channel int, value string) error {
	var lane Lane
	var err error
	switch name {
	case "Laser bias current", "Laser tx bias current":
		err = takeReading(&lane.BiasMilliamps, value, " mA")
	case "Laser output power", "Transmit avg optical power", "Transmit OMA":
		err = takeReading(&lane.TxPowerMilliwatts, value, " mW")
	case "Receiver signal average optical power", "Receiver signal OMA", "Rcvr signal avg optical power", "Rcvr signal OMA":
		err = takeReading(&lane.RxPowerMilliwatts, value, " mW")
	default:
		return errUnknown
	}
	for len(m.Lanes) < channel {
		m.Lanes = append(m.Lanes, Lane{Channel: len(m.Lanes) + 1})
	}
	m.Lanes[channel-1].merge(lane)
	return err
}

func (l *Lane) merge(other Lane) {
	if other.BiasMilliamps != nil {
		l.BiasMilliamps = other.BiasMilliamps
	}
	if other.TxPowerMilliwatts != nil {
		l.TxPowerMilliwatts = other.TxPowerMilliwatts
	}
	if other.RxPowerMilliwatts != nil {
		l.RxPowerMilliwatts = other.RxPowerMilliwatts
	}
}

// cutChannel splits "Laser rx power low alarm (Channel 2)"; channel is 0 where
// none is named, and ok is false for one that no module has.
func cutChannel(key string) (name string, channel int, ok bool) {
	name, rest, found := strings.Cut(key, "(Chan")
	if !found {
		return key, 0, true
	}
	number := strings.TrimSuffix(strings.TrimPrefix(rest, "nel"), ")")
	channel, err := strconv.Atoi(strings.TrimLeft(number, " "))
	return strings.TrimRight(name, " "), channel, err == nil && 1 <= channel && channel <= maxChannels
}

// meaning returns the words of "0x03 (SFP)", "" where there are none.
func meaning(value string) string {
	if !strings.HasPrefix(value, "0x") {
		return text(value)
	}
	_, words, _ := strings.Cut(value, " (")
	if end := strings.LastIndexByte(words, ')'); end >= 0 {
		words = words[:end] + words[end+1:]
	}
	return text(words)
}

// code returns the number of "0x03 (SFP)", nil where there is none.
func code(value string) *int {
	digits, _, _ := strings.Cut(value, " ")
	if n, err := strconv.ParseUint(digits, 0, 8); err == nil {
		return new(int(n))
	}
	return nil
}

// isCode reports bytes that are none: "0x08 0x1a", "0x00 (unspecified)".
func isCode(value string) error {
	if value == "" || strings.HasPrefix(value, "0x") {
		return nil
	}
	return ErrSyntax
}

// takeReading reads the first of "34.99 degrees C / 94.99 degrees F" or
// "0.8183 mW / -0.87 dBm".
func takeReading(field **float64, value, unit string) error {
	first, _, _ := strings.Cut(value, " / ")
	if text(first) == "" {
		return nil
	}
	var v float64
	if err := takeNumber(&v, first, unit); err != nil {
		return err
	}
	*field = &v
	return nil
}

func takeNumber(field *float64, value, unit string) error {
	number, ok := strings.CutSuffix(value, unit)
	if !ok {
		return ErrUnit
	}
	v, ok := parseNumber(number)
	if !ok {
		return ErrRange
	}
	*field = v
	return nil
}

// parseNumber reads digits with a point, nothing of what else a float may be.
func parseNumber(s string) (v float64, ok bool) {
	if strings.Trim(s, "-0123456789.") != "" || len(s) > 20 {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}
