// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strconv"
	"strings"
)

// compact drops the blanks of "5 000c50 0a1b2c3d4", "" if it is not whole.
func compact(s string) string {
	s = strings.ToLower(strings.ReplaceAll(s, " ", ""))
	if n, ok := hex(s); !ok || n == 0 || len(s) != 16 {
		return ""
	}
	return s
}

// sectors reads "512 bytes logical, 4096 bytes physical" and its like.
func (p *textParser) sectors(label, value string) bool {
	n, ok := digits(value)
	if !ok {
		return false
	}
	dev := p.dev
	switch {
	case strings.HasPrefix(label, "Physical"):
		dev.PhysicalBlockBytes = n
	default:
		dev.LogicalBlockBytes = n
		if strings.HasPrefix(label, "Sector") {
			dev.PhysicalBlockBytes = n
		}
	}
	if _, physical, ok := strings.Cut(value, "logical, "); ok {
		dev.PhysicalBlockBytes, _ = digits(physical)
	}
	return true
}

func (p *textParser) rotation(value string) bool {
	if strings.HasPrefix(value, "Solid State") {
		p.dev.RotationRPM = p.ptr(0)
		return true
	}
	n, ok := digits(value)
	if ok {
		p.dev.RotationRPM = p.ptr(n)
	}
	return ok
}

// sata reads "SATA 3.2, 6.0 Gb/s (current: 3.0 Gb/s)".
func (p *textParser) sata(value string) bool {
	value, current, ok := strings.Cut(value, " (current: ")
	version, most, _ := strings.Cut(value, ", ")
	p.dev.ata().SATAVersion = &Coded{Text: version}
	if most != "" {
		p.dev.LinkMax = linkSpeed(most)
	}
	if ok {
		p.dev.LinkCurrent = linkSpeed(strings.TrimSuffix(current, ")"))
	}
	return true
}

func linkSpeed(text string) *LinkSpeed {
	gigabits, err := strconv.ParseFloat(strings.TrimSuffix(text, " Gb/s"), 64)
	if err != nil || gigabits < 0 || gigabits > 1000 {
		return nil
	}
	return &LinkSpeed{BitsPerSecond: uint64(gigabits*10+.5) * 1e8, Text: text}
}

// property reads what has a name and a state.
func (p *textParser) property(label, value string) bool {
	dev := p.dev
	switch label {
	case "Local Time is":
		dev.Tool.LocalTime = value
	case "Add. Product Id":
		dev.AdditionalProductID = value
	case "TRIM Command":
		dev.Trim = &Trim{
			Supported:     strings.HasPrefix(value, "Available"),
			Deterministic: strings.Contains(value, "deterministic"),
			Zeroed:        strings.Contains(value, "zeroed"),
		}
	case "Device type":
		dev.Kind = value
	case "Compliance":
		dev.scsi().Version = value
	case "Transport protocol":
		dev.scsi().TransportProtocol = &Coded{Value: transport(value), Text: value}
	case "Temperature Warning":
		dev.Temperature.WarningEnabled = p.truth(strings.HasPrefix(value, "Enabled"))
	case "Power mode is", "Power mode was":
		dev.PowerMode = &Coded{Text: value}
	case "DSN feature is":
		p.enabled(value, &dev.ata().StatisticsNotification)
	case "ATA Security is":
		dev.ata().Security = security(value)
	case "AAM feature is", "AAM level is":
		dev.ata().AcousticManagement = management(value, false)
	case "APM feature is", "APM level is":
		dev.ata().PowerManagement = management(value, true)
	}
	return true
}

// enabled reads "Enabled" or "Disabled"; what is "Unavailable" is neither.
func (p *textParser) enabled(value string, to **bool) {
	switch value {
	case "Enabled":
		*to = p.truth(true)
	case "Disabled":
		*to = p.truth(false)
	}
}

// security reads "Disabled, frozen [SEC2]" or "ENABLED, PW level MAX, **LOCKED**
// [SEC4]"; "Unavailable" is nil.
func security(value string) *Security {
	value, password, _ := strings.Cut(value, ", Master PW ID: ")
	s := &Security{
		Text:             value,
		Enabled:          strings.HasPrefix(value, "ENABLED"),
		MaxLevel:         strings.Contains(value, "PW level MAX"),
		Locked:           strings.Contains(value, "**LOCKED**"),
		AttemptsExceeded: strings.Contains(value, "PW ATTEMPTS EXCEEDED"),
		Frozen:           strings.Contains(value, ", frozen"),
	}
	if !s.Enabled && !strings.HasPrefix(value, "Disabled") {
		return nil
	}
	code, _ := hex(password)
	s.MasterPasswordCode = int64(code & 0xffff)
	return s
}

// management reads "Disabled" or "254 (maximum performance), recommended: 128";
// "Unavailable" is nil. The flags of APM follow from its level (ACS-2, table 120).
func management(value string, apm bool) *Management {
	level, ok := digits(value)
	switch {
	case value == "Disabled":
		return new(Management)
	case !ok:
		return nil
	}
	m := &Management{Enabled: true, Level: level}
	m.Text, _ = cutBetween(value, "(", ")")
	if _, recommended, ok := strings.Cut(value, ", recommended: "); ok {
		m.RecommendedLevel, _ = digits(recommended)
	}
	if apm && level >= 1 && level <= 254 {
		m.MaxPerformance, m.MinPower, m.WithStandby = level == 254, level == 1 || level == 128, level < 128
	}
	return m
}

func (p *textParser) support(value string) {
	switch {
	case strings.HasPrefix(value, "Available"):
		p.dev.SmartAvailable = p.truth(true)
	case strings.HasPrefix(value, "Unavailable"):
		p.dev.SmartAvailable = p.truth(false)
	case strings.HasPrefix(value, "Enabled"):
		p.dev.SmartEnabled = p.truth(true)
	case strings.HasPrefix(value, "Disabled"):
		p.dev.SmartEnabled = p.truth(false)
	}
}

// settle fills in what follows from what was read.
func (p *textParser) settle() {
	dev := p.dev
	if dev.NVMe != nil {
		p.settleNVMe(dev.NVMe)
	}
	dev.settle()
	if dev.LogicalBlockBytes > 0 {
		dev.CapacityBlocks = dev.CapacityBytes / uint64(dev.LogicalBlockBytes)
	}
	switch { // each kind has labels of its own
	case dev.NVMe != nil && dev.ATA == nil && dev.SCSI == nil:
		dev.Protocol = "NVMe"
	case dev.SCSI != nil && dev.ATA == nil && dev.NVMe == nil:
		dev.Protocol = "SCSI"
	case dev.ATA != nil && dev.SCSI == nil && dev.NVMe == nil:
		dev.Protocol = "ATA"
	}
	a := dev.ATA
	if a == nil {
		return
	}
	if s := a.OfflineStatus; s != nil {
		s.Text = strings.TrimSuffix(strings.TrimPrefix(s.Text, "Offline data collection activity "), ".")
	}
	if s := a.SelfTestStatus; s != nil {
		s.Text = selfTestStatus(s.Value)
	}
	p.settleTemperature(a)
	for i := range a.Attributes {
		attr := &a.Attributes[i]
		n, ok := digits(attr.RawText)
		if !ok || n >= 1<<24 { // more is none to smartctl's JSON either
			continue
		}
		switch {
		case attr.ID == 9 && isPacked(attr.RawText):
		case attr.ID == 9 && dev.PowerOnHours == nil && strings.HasPrefix(attr.Name, "Power_On_Hours"):
			dev.PowerOnHours = p.ptr(n)
		case attr.ID == 12 && dev.PowerCycles == nil:
			dev.PowerCycles = p.ptr(n)
		case (attr.ID == 194 || attr.ID == 190) && dev.Temperature.CurrentCelsius == nil && n > 0 && n < 128:
			dev.Temperature.CurrentCelsius = p.ptr(n)
		}
	}
}

// isPacked reports whether a number of 24 bits has the eight above them behind it,
// the last of three: "4441246 (0 0 12)".
func isPacked(raw string) bool {
	_, rest, ok := strings.Cut(raw, " (")
	bytes := strings.Fields(strings.TrimSuffix(rest, ")"))
	return ok && len(bytes) == 3 && strings.Trim(bytes[2], "0123456789") == "" && bytes[2] != "0"
}

// selfTestStatus is what JSON has for the status of the last self-test, which
// texts tell in sentences (ataprint.cpp, PrintSmartSelfExecStatus).
func selfTestStatus(value int64) string {
	texts := [...]string{
		"completed without error", "was aborted by the host", "was interrupted by the host with a reset",
		"could not complete due to a fatal or unknown error", "completed with error (unknown test element)",
		"completed with error (electrical test element)", "completed with error (servo/seek test element)",
		"completed with error (read test element)", "completed with error (handling damage?)",
	}
	switch code := value >> 4; {
	case code >= 0 && code < int64(len(texts)):
		return texts[code]
	case code == 15:
		return "in progress, " + strconv.FormatInt(value&15, 10) + "0% remaining"
	}
	return ""
}

// settleTemperature takes the temperatures of the device from the SCT status,
// and from the statistics, which come before it in smartctl's own view.
func (p *textParser) settleTemperature(a *ATA) {
	t := &p.dev.Temperature
	take := func(to **int64, from *int64) {
		if from != nil {
			*to = from
		}
	}
	if s := a.SCTStatus; s != nil {
		take(&t.CurrentCelsius, s.Temperature.CurrentCelsius)
		take(&t.PowerCycleMinCelsius, s.Temperature.PowerCycleMinCelsius)
		take(&t.PowerCycleMaxCelsius, s.Temperature.PowerCycleMaxCelsius)
		take(&t.LifetimeMinCelsius, s.Temperature.LifetimeMinCelsius)
		take(&t.LifetimeMaxCelsius, s.Temperature.LifetimeMaxCelsius)
		take(&t.OperatingMaxCelsius, s.Temperature.OperatingMaxCelsius)
		if p.dev.Passed == nil || s.Passed != nil && !*s.Passed {
			p.dev.Passed = s.Passed
		}
	}
	statistic := func(to **int64, page, offset int64) {
		if s := a.Statistic(page, offset); s != nil {
			*to = s.Value
		}
	}
	statistic(&p.dev.PowerCycles, 1, 8)
	statistic(&p.dev.PowerOnHours, 1, 16)
	statistic(&t.CurrentCelsius, 5, 8)
	statistic(&t.LifetimeMaxCelsius, 5, 32)
	statistic(&t.LifetimeMinCelsius, 5, 40)
	statistic(&t.LifetimeOverLimitMinutes, 5, 80)
	statistic(&t.OperatingMaxCelsius, 5, 88)
	statistic(&t.LifetimeUnderLimitMinutes, 5, 96)
	statistic(&t.OperatingMinCelsius, 5, 104)
}

// transport is the code of a transport protocol (SPC-4, protocol identifiers);
// that of one without a name stands in it.
func transport(text string) int64 {
	for i, name := range [...]string{"Fibre channel", "Parallel SCSI", "SSA", "IEEE 1394", "RDMA", "iSCSI", "SAS", "ADT", "ATA", "UAS", "SOP", "PCIe"} {
		if strings.HasPrefix(text, name) {
			return int64(i)
		}
	}
	if code, ok := strings.CutPrefix(text, "None given [0x"); ok {
		text = "0x" + strings.TrimSuffix(code, "]")
	}
	n, _ := hex(text)
	return int64(n & 15)
}
