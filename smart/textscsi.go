// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"cmp"
	"math"
	"strconv"
	"strings"
)

// scsiHeading reads a line that says which log of a SCSI drive follows.
func (p *textParser) scsiHeading(line string) bool {
	switch {
	case strings.HasPrefix(line, "Error counter log:"):
		p.dev.scsi()
		p.table = (*textParser).counter
	case strings.HasPrefix(line, "SMART Self-test log") && p.dev.ATA == nil:
		p.dev.scsi()
		p.table = (*textParser).scsiSelfTest
	case strings.HasPrefix(line, "Background scan results log"):
		p.dev.scsi().BackgroundScan = new(BackgroundScan)
		p.table = (*textParser).backgroundScan
	case strings.HasPrefix(line, "General statistics and performance"):
		p.group = ""
		p.table = (*textParser).generalStatistic
	case strings.HasPrefix(line, "Zoned block device statistics"):
		p.dev.scsi()
		p.table = (*textParser).zonedStatistic
	case strings.HasPrefix(line, "Device statistics (SSC, tape)"), strings.HasPrefix(line, "Device Statistics (SSC, tape)"):
		p.dev.scsi()
		p.table = (*textParser).tapeStatistic
	case strings.HasPrefix(line, "TapeAlert Supported"), strings.HasPrefix(line, "TapeAlert Not Supported"):
		p.tapeAlerts().Supported = p.truth(strings.HasPrefix(line, "TapeAlert Supported"))
	case strings.HasPrefix(line, "TapeAlert") && strings.HasSuffix(line, ":"):
		p.tapeAlerts()
		p.table = (*textParser).tapeAlert
	case strings.HasPrefix(line, "Protocol Specific port log page for SAS SSP"):
		p.dev.scsi()
		p.table = (*textParser).sasPort
	case strings.HasPrefix(line, "  Pending defect count:"):
		count, _ := digits(line[len("  Pending defect count:"):])
		p.dev.scsi().PendingDefects = &PendingDefects{Count: count}
		p.table = (*textParser).scsiPending
	default:
		return false
	}
	return true
}

// scsiLabel reads what only SCSI drives print.
func (p *textParser) scsiLabel(label, value string) bool {
	t := &p.dev.Temperature
	switch label {
	case "Current Drive Temperature", "Current Temperature":
		p.count(value, &t.CurrentCelsius)
	case "Drive Trip Temperature":
		p.count(value, &t.TripCelsius)
	case "Elements in grown defect list":
		p.count(value, &p.dev.scsi().GrownDefects)
	case "Percentage used endurance indicator", "SS Media used endurance indicator":
		p.count(value, &p.dev.scsi().LifetimePercent)
	case "Specified cycle count over device lifetime":
		p.count(value, &p.dev.scsi().RatedStartStops)
	case "Accumulated start-stop cycles":
		p.count(value, &p.dev.scsi().StartStops)
	case "Specified load-unload count over device lifetime":
		p.count(value, &p.dev.scsi().RatedLoadUnloads)
	case "Accumulated load-unload cycles":
		p.count(value, &p.dev.scsi().LoadUnloads)
	case "Accumulated power on time, hours", "Power on time":
		hours, minutes, _ := strings.Cut(strings.TrimPrefix(value, "minutes "), ":")
		p.count(hours, &p.dev.PowerOnHours)
		p.count(minutes, &p.dev.PowerOnMinutes)
	case "Non-medium error count":
		n, err := strconv.ParseUint(value, 10, 64)
		if err != nil {
			return false
		}
		p.dev.scsi().NonMediumErrors = &n
	case "Self-test execution status": // "20% of test remaining"
		n, ok := digits(value)
		if !ok || n > 100 || !strings.HasSuffix(value, "% of test remaining") {
			return false
		}
		s := p.dev.scsi()
		s.SelfTestRunning, s.SelfTestPercent = p.truth(true), p.ptr(100-n)
	case "LB provisioning type":
		p.dev.scsi().Provisioning = &Coded{Text: "not reported"}
		p.dev.SCSI.ProvisioningOn = p.ptr(1)
		p.readsZeros(value)
	default:
		return false
	}
	return true
}

// said reads a line without a label.
func (p *textParser) said(line string) bool {
	s := strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(s, "General Purpose Logging supported"):
		p.dev.ata().GPLoggingSupported = p.truth(true)
	case strings.HasPrefix(s, "No General Purpose Logging"):
		p.dev.ata().GPLoggingSupported = p.truth(false)
	case strings.HasPrefix(line, "LU is "):
		p.provisioning(line[len("LU is "):])
	case line == "Host aware zoned block capable":
		p.dev.scsi().HostAwareZoned = true
	case line == "Device managed zoned block capable":
		p.dev.scsi().DeviceZoned = true
	case strings.HasPrefix(line, "Formatted with type "):
		p.count(line[len("Formatted with type "):], &p.dev.scsi().ProtectionType)
	case strings.HasPrefix(line, "Formatted with unknown protection type ["):
		p.count(line[len("Formatted with unknown protection type ["):], &p.dev.scsi().ProtectionType)
	case strings.HasSuffix(line, " bytes of protection information per logical block"):
		p.count(line, &p.dev.scsi().ProtectionBytes)
	case strings.HasPrefix(line, "Manufactured in week "):
		week, year, _ := strings.Cut(line[len("Manufactured in week "):], " of year ")
		d := p.dev.scsi()
		d.ManufactureWeek, _ = digits(strings.TrimSpace(week))
		d.ManufactureYear, _ = digits(strings.TrimSpace(year))
	case strings.HasPrefix(line, "Long (extended) Self-test duration: "):
		p.count(line[len("Long (extended) Self-test duration: "):], &p.dev.scsi().ExtendedTestSecs)
	default:
		label, value, ok := strings.Cut(s, " = ")
		return ok && p.equal(label, value)
	}
	return true
}

// equal reads a line "label = value".
func (p *textParser) equal(label, value string) bool {
	switch label {
	case "number of hours powered up": // "49143.95", in the locale's way
		hours, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
		if err != nil || !(hours >= 0 && hours < 1<<31) {
			return false
		}
		minutes := int64(math.Round(hours * 60))
		p.dev.PowerOnHours, p.dev.PowerOnMinutes = p.ptr(minutes/60), p.ptr(minutes%60)
		return true
	case "number of minutes until next internal SMART test":
		return true
	}
	return p.format(label, value) || p.environment(label, value)
}

// format reads a row of the format status.
func (p *textParser) format(label, value string) bool {
	var f FormatStatus
	var to **uint64
	switch label {
	case "Grown defects during certification":
		to = &f.CertifyDefects
	case "Total blocks reassigned during format":
		to = &f.ReassignedBlocks
	case "Total new blocks reassigned":
		to = &f.NewReassignedBlocks
	case "Power on minutes since format":
		to = &f.PowerOnMinutes
	default:
		return false
	}
	n, err := strconv.ParseUint(value, 10, 64)
	if err != nil {
		return true // "<not available>"
	}
	*to = &n
	s := p.dev.scsi()
	if s.FormatStatus == nil {
		s.FormatStatus = new(FormatStatus)
	}
	s.FormatStatus.add(&f)
	return true
}

// add takes over what another has.
func (f *FormatStatus) add(other *FormatStatus) {
	f.CertifyDefects = cmp.Or(other.CertifyDefects, f.CertifyDefects)
	f.ReassignedBlocks = cmp.Or(other.ReassignedBlocks, f.ReassignedBlocks)
	f.NewReassignedBlocks = cmp.Or(other.NewReassignedBlocks, f.NewReassignedBlocks)
	f.PowerOnMinutes = cmp.Or(other.PowerOnMinutes, f.PowerOnMinutes)
}

// environment reads a row of the environmental reports: "Lifetime maximum
// temperature = 45". Each report begins with its current value.
func (p *textParser) environment(label, value string) bool {
	kind, name := "temperature", ""
	rest, ok := strings.CutSuffix(strings.ToLower(label), " since power on")
	for _, k := range []string{"relative humidity", "temperature"} {
		if before, found := strings.CutSuffix(rest, k); found {
			kind, name = k, strings.TrimSpace(before)
			break
		}
	}
	if ok {
		name += " since power on"
	}
	s := p.dev.SCSI
	if name == "current" && kind == "temperature" || label == "Relative humidity" {
		s = p.dev.scsi()
		r := EnvReading{Name: p.environmentName(strings.ReplaceAll(kind, " ", "_"))}
		p.count(value, &r.Current)
		s.Environment = append(s.Environment, r)
		return true
	}
	if s == nil || len(s.Environment) == 0 {
		return false
	}
	last := &s.Environment[len(s.Environment)-1]
	switch name {
	case "lifetime maximum":
		p.count(value, &last.LifetimeMax)
	case "lifetime minimum":
		p.count(value, &last.LifetimeMin)
	case "maximum since power on":
		p.count(value, &last.PowerOnMax)
	case "minimum since power on":
		p.count(value, &last.PowerOnMin)
	case "maximum other":
		p.count(value, &last.OtherMax)
	case "minimum other":
		p.count(value, &last.OtherMin)
	default:
		return false
	}
	return true
}

// environmentName returns the name of the next report of a kind, as JSON has it:
// "temperature_2".
func (p *textParser) environmentName(kind string) string {
	n := 1
	for _, r := range p.dev.SCSI.Environment {
		if strings.HasPrefix(r.Name, kind) {
			n++
		}
	}
	return kind + "_" + strconv.Itoa(n)
}

// provisioning reads "thin provisioned, LBPRZ=1" or "fully provisioned".
func (p *textParser) provisioning(text string) {
	s := p.dev.scsi()
	for i, name := range []string{"fully provisioned", "resource provisioned", "thin provisioned"} {
		if strings.HasPrefix(text, name) {
			s.Provisioning = &Coded{Value: int64(i), Text: name}
			p.readsZeros(text)
		}
	}
}

func (p *textParser) readsZeros(text string) {
	if _, n, ok := strings.Cut(text, "LBPRZ="); ok {
		p.count(n, &p.dev.SCSI.ReadsZeros)
	}
}

// scsiStatus reads "OK" or "FAILURE PREDICTION … [asc=5d, ascq=10]".
func (p *textParser) scsiStatus(value string) {
	p.dev.Passed = p.truth(value == "OK")
	text, codes, ok := strings.Cut(value, " [asc=")
	if !ok {
		return
	}
	s := p.dev.scsi()
	s.SenseText = text
	asc, ascq, _ := strings.Cut(strings.TrimSuffix(codes, "]"), ", ascq=")
	if n, ok := hex(asc); ok && n < 256 {
		s.SenseCode = p.ptr(int64(n))
	}
	if n, ok := hex(ascq); ok && n < 256 {
		s.SenseQualifier = p.ptr(int64(n))
	}
}

// counter reads the rows of the error counter log.
func (p *textParser) counter(line string) bool {
	name, rest, ok := strings.Cut(strings.TrimSpace(line), ":")
	if !ok {
		return strings.HasPrefix(line, "   ")
	}
	c := new(ErrorCounter)
	switch name {
	case "read":
		p.dev.SCSI.Read = c
	case "write":
		p.dev.SCSI.Write = c
	case "verify":
		p.dev.SCSI.Verify = c
	default:
		return false
	}
	fields := [...]**uint64{&c.CorrectedFast, &c.CorrectedDelayed, &c.CorrectedRetry, &c.CorrectedTotal, &c.Invocations, &c.ProcessedBytes, &c.Uncorrected}
	for i, to := range fields {
		word := next(&rest)
		if i == 5 {
			if gigabytes, err := strconv.ParseFloat(strings.Replace(word, ",", ".", 1), 64); err == nil && gigabytes >= 0 && gigabytes < 1e10 {
				n := uint64(gigabytes*1000+.5) * 1e6
				*to = &n
			}
			continue
		}
		if n, err := strconv.ParseUint(word, 10, 64); err == nil {
			*to = &n
		}
	}
	return true
}

// scsiSelfTest reads "# 1  Background short  Failed in segment -->      3   45
// 123456 [0x3 0x11 0x0]".
func (p *textParser) scsiSelfTest(line string) bool {
	rest, ok := strings.CutPrefix(line, "#")
	if !ok {
		return strings.HasPrefix(line, "     Description") || strings.HasPrefix(line, "Num ")
	}
	number, ok := digits(strings.TrimSpace(rest[:min(3, len(rest))]))
	if !ok || len(rest) < 4 {
		return false
	}
	var t SCSISelfTest
	t.Number = number - 1
	t.Code.Text, rest = cutWide(rest[3:])
	t.Code.Value = scsiTestCode(t.Code.Text)
	text, rest := cutWide(rest)
	text = strings.TrimSuffix(text, " -->")
	t.Result = &Coded{Value: scsiResult(text), Text: text}
	p.count(next(&rest), &t.FailedSegment)
	switch hours := next(&rest); hours {
	case "NOW":
		t.InProgress = true
	default:
		p.count(hours, &t.PowerOnHours)
	}
	if lba, ok := readAddress(next(&rest)); ok {
		t.FailureLBA = &lba
	}
	t.Sense = readSense(strings.TrimSpace(rest))
	s := p.dev.scsi()
	s.SelfTests = append(s.SelfTests, t)
	return true
}

// readAddress reads an address, in hexadecimal before 5.39.
func readAddress(text string) (lba uint64, ok bool) {
	if strings.HasPrefix(text, "0x") {
		return hex(text)
	}
	lba, err := strconv.ParseUint(text, 10, 64)
	return lba, err == nil
}

// readSense reads "[0x3 0x11 0x0]" or "[3,11,0]"; "[-   -    -]" is nil.
func readSense(text string) *Sense {
	inner, ok := cutBetween(text, "[", "]")
	words := strings.FieldsFunc(inner, func(r rune) bool { return r == ' ' || r == ',' })
	if !ok || len(words) != 3 {
		return nil
	}
	var codes [3]int64
	for i, word := range words {
		n, ok := hex(word)
		if !ok || n > 255 {
			return nil
		}
		codes[i] = int64(n)
	}
	return &Sense{Key: Coded{Value: codes[0], Text: senseKey(codes[0])}, ASC: codes[1], ASCQ: codes[2]}
}

// senseKey is smartctl's name of a sense key (SPC-4, sense key descriptions).
func senseKey(key int64) string {
	names := [...]string{
		"No Sense", "Recovered Error", "Not Ready", "Medium Error", "Hardware Error", "Illegal Request", "Unit Attention",
		"Data Protect", "Blank Check", "Vendor specific(9)", "Copy Aborted", "Aborted Command", "Equal", "Volume Overflow",
		"Miscompare", "Completed",
	}
	if key < 0 || key >= int64(len(names)) {
		return ""
	}
	return names[key]
}

// scsiTestCode is the code of a self-test (SPC-3, self-test results log page).
func scsiTestCode(text string) int64 {
	for i, name := range [...]string{"Default", "Background short", "Background long", "Reserved(3)", "Abort background", "Foreground short", "Foreground long", "Reserved(7)"} {
		if text == name {
			return int64(i)
		}
	}
	return 0
}

// scsiResult is the code of a result (SPC-3, self-test results log page).
func scsiResult(text string) int64 {
	switch {
	case text == "Completed":
		return 0
	case strings.HasPrefix(text, "Aborted (by user"):
		return 1
	case strings.HasPrefix(text, "Aborted (device reset"):
		return 2
	case strings.HasPrefix(text, "Unknown error"):
		return 3
	case strings.HasPrefix(text, "Completed, segment failed"):
		return 4
	case strings.HasPrefix(text, "Failed in first"):
		return 5
	case strings.HasPrefix(text, "Failed in second"):
		return 6
	case strings.HasPrefix(text, "Failed in segment"):
		return 7
	}
	if code, ok := cutBetween(text, "Reserved(", ")"); ok {
		if n, ok := digits(code); ok && n < 16 {
			return n
		}
	}
	return 15
}

// cutWide cuts a column off: up to two blanks.
func cutWide(s string) (column, rest string) {
	s = strings.TrimLeft(s, " \t")
	if i := strings.Index(s, "  "); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// backgroundScan reads the background scan results log.
func (p *textParser) backgroundScan(line string) bool {
	b := p.dev.SCSI.BackgroundScan
	s := strings.TrimSpace(line)
	label, value, _ := strings.Cut(s, ":")
	value = strings.TrimSpace(value)
	switch {
	case line[0] != ' ':
		return false
	case strings.HasPrefix(s, "Status:"):
		b.Status = &Coded{Value: scanStatus(value), Text: value}
		if strings.HasPrefix(value, "unknown [0x") {
			b.Status.Text = ""
		}
	case label == "Number of background scans performed":
		p.count(value, &b.Scans)
		_, b.Progress, _ = strings.Cut(value, "scan progress: ")
	case label == "Number of background medium scans performed":
		p.count(value, &b.MediumScans)
	case strings.HasPrefix(s, "#  when"):
	default:
		return p.scanResult(s)
	}
	return true
}

// scanStatus is the code of a status (SBC-3, background scan status).
func scanStatus(text string) int64 {
	for i, status := range [...]string{
		"no scans active", "scan is active", "pre-scan is active", "halted due to fatal error",
		"halted due to a vendor specific pattern of error", "halted due to medium formatted without P-List",
		"halted - vendor specific cause", "halted due to temperature out of range", "waiting until BMS interval timer expires",
	} {
		if text == status {
			return int64(i)
		}
	}
	if code, ok := cutBetween(text, "[0x", "]"); ok {
		if n, ok := hex(code); ok && n < 256 {
			return int64(n)
		}
	}
	return 0
}

// scanResult reads "1  123:45  0000000012345678  [3,11,0]   Successfully
// reassigned".
func (p *textParser) scanResult(line string) bool {
	rest := line
	number, isNumber := digits(next(&rest))
	hours, minutes, ok := strings.Cut(next(&rest), ":")
	h, isHours := digits(hours)
	m, isMinutes := digits(minutes)
	lba, isLBA := hex(next(&rest))
	sense := readSense(rest)
	if !isNumber || !ok || !isHours || !isMinutes || !isLBA || sense == nil || h > math.MaxInt32 {
		return false
	}
	r := ScanResult{Number: number, PowerOnMinutes: p.ptr(h*60 + m), LBA: lba, Sense: *sense}
	_, what, _ := strings.Cut(rest, "]")
	if what = strings.TrimSpace(what); what != "" {
		r.Reassign = &Coded{Value: reassignStatus(what), Text: what}
		if strings.HasPrefix(what, "Reassign status: ") {
			r.Reassign.Text = ""
		}
	}
	b := p.dev.SCSI.BackgroundScan
	b.Results = append(b.Results, r)
	return true
}

// reassignStatus is the code of what became of a block (SBC-3, reassign status).
func reassignStatus(text string) int64 {
	for i, status := range [...]string{
		"Reserved [0x0]", "Require Write or Reassign Blocks command", "Successfully reassigned", "Reserved [0x3]",
		"Reassignment by disk failed", "Recovered via rewrite in-place", "Reassigned by app, has valid data",
		"Reassigned by app, has no valid data", "Unsuccessfully reassigned by app",
	} {
		if text == status {
			return int64(i)
		}
	}
	if code, ok := cutBetween(text, "[0x", "]"); ok {
		if n, ok := hex(code); ok && n < 256 {
			return int64(n)
		}
	}
	return 0
}

// generalStatistic reads the general statistics and performance log: groups of
// "    Number of read commands: 123".
func (p *textParser) generalStatistic(line string) bool {
	s := strings.TrimSpace(line)
	if line[0] != ' ' {
		return false
	}
	label, value, ok := strings.Cut(s, ":")
	if !ok {
		return false
	}
	if value == "" {
		p.group = map[string]string{
			"General access statistics and performance": "general_access",
			"Idle time": "idle_time",
			"Force Unit Access statistics and performance": "fua_stats",
		}[label]
		return true
	}
	if strings.HasPrefix(label, "in seconds") || strings.HasPrefix(label, "in hours") {
		return true // the same in another unit
	}
	c, ok := namedCount(label, value)
	if !ok {
		return false
	}
	c.Group = p.group
	p.dev.scsi().Statistics = append(p.dev.SCSI.Statistics, c)
	return true
}

// namedCount reads a statistic: its name is made from the label as smartctl
// makes the keys of JSON.
func namedCount(label, value string) (c NamedCount, ok bool) {
	n, err := strconv.ParseUint(strings.TrimSpace(value), 10, 64)
	return NamedCount{Name: key(label), Count: n}, err == nil
}

// key makes a key of a label, as json.cpp (str2key) does: "SAS address" is
// "sas_address".
func key(label string) string {
	b := make([]byte, 0, len(label))
	for i := range len(label) {
		switch c := label[i]; {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z':
			b = append(b, c)
		case c >= 'A' && c <= 'Z':
			b = append(b, c|0x20)
		case len(b) > 0 && b[len(b)-1] != '_':
			b = append(b, '_')
		}
	}
	return strings.TrimSuffix(string(b), "_")
}

func (p *textParser) zonedStatistic(line string) bool {
	label, value, ok := strings.Cut(line, ":")
	c, isNumber := namedCount(label, value)
	if !ok || line[0] != ' ' || !isNumber {
		return false
	}
	p.dev.SCSI.ZonedStatistics = append(p.dev.SCSI.ZonedStatistics, c)
	return true
}

func (p *textParser) tapeStatistic(line string) bool {
	label, value, ok := strings.Cut(line, ":")
	s := p.dev.SCSI
	switch {
	case line[0] != ' ':
		return false
	case strings.HasPrefix(line, "      ["): // "[1] density code: 88, density code: 4, hours: 123"
		return s.readMotion(value)
	case !ok:
		return false
	case strings.HasSuffix(label, ", number of element"):
		return true
	}
	c, isNumber := namedCount(label, value)
	if !isNumber || strings.HasSuffix(label, "serial number") || strings.Contains(label, "Manufacturing date") {
		c.Count, c.Text = 0, strings.TrimSpace(value)
	}
	s.TapeStatistics = append(s.TapeStatistics, c)
	return true
}

// readMotion reads how long a tape drive has moved a type of medium.
func (s *SCSI) readMotion(text string) bool {
	density, rest, ok := strings.Cut(text, ", density code:") // so it is called twice
	kind, hours, isHours := strings.Cut(rest, ", hours:")
	d, _ := digits(strings.TrimSpace(density))
	k, _ := digits(strings.TrimSpace(kind))
	h, _ := digits(strings.TrimSpace(hours))
	if !ok || !isHours {
		return false
	}
	s.TapeMotion = append(s.TapeMotion, TapeMotion{Density: d, Medium: k, Hours: h})
	return true
}

func (p *textParser) tapeAlerts() *TapeAlertLog {
	s := p.dev.scsi()
	if s.TapeAlerts == nil {
		s.TapeAlerts = new(TapeAlertLog)
	}
	return s.TapeAlerts
}

// tapeAlert reads "[0x04] C: You can no longer read data from the drive", of
// which the text goes on in the lines that follow.
func (p *textParser) tapeAlert(line string) bool {
	l := p.tapeAlerts()
	s := strings.TrimSpace(line)
	switch {
	case s == "TapeAlert: OK":
		l.OK = true
	case strings.HasPrefix(s, "TapeAlert Errors"):
	case strings.HasPrefix(s, "[0x"):
		code, text, _ := strings.Cut(s[len("[0x"):], "] ")
		n, ok := hex(code)
		if !ok || n >= 1<<16 {
			return false
		}
		l.Alerts = append(l.Alerts, Coded{Value: int64(n), Text: text})
	case line[0] == ' ' && len(l.Alerts) > 0:
		last := &l.Alerts[len(l.Alerts)-1]
		if len(last.Text) < 4096 {
			last.Text += "\n" + line
		}
	default:
		return false
	}
	return true
}

// scsiPending reads "     1:  0x12345678        ,   5678".
func (p *textParser) scsiPending(line string) bool {
	d := p.dev.SCSI.PendingDefects
	index, rest, ok := strings.Cut(strings.TrimSpace(line), ":")
	lba, hours, isRow := strings.Cut(rest, ",")
	_, isIndex := digits(index)
	n, isLBA := hex(strings.TrimSpace(lba))
	if !ok || !isRow || !isIndex || !isLBA {
		return false
	}
	defect := PendingDefect{LBA: n}
	p.count(hours, &defect.Hours)
	d.Defects = append(d.Defects, defect)
	return true
}

// sasPort reads the phys of the ports of a SAS drive.
func (p *textParser) sasPort(line string) bool {
	s := strings.TrimSpace(line)
	label, value, ok := strings.Cut(s, " = ")
	if !ok {
		label, value, ok = strings.Cut(s, ":")
		if !ok {
			return false
		}
	}
	value = strings.TrimSpace(value)
	n, isNumber := digits(value)
	d := p.dev.SCSI
	switch {
	case label == "relative target port id" && isNumber:
		d.Ports = append(d.Ports, SASPort{Number: int64(len(d.Ports)), TargetPortID: n})
		return true
	case len(d.Ports) == 0 || line[0] != ' ':
		return false
	}
	port := &d.Ports[len(d.Ports)-1]
	switch label {
	case "generation code":
		port.Generation = n
	case "number of phys":
		port.PhyCount = n
	case "phy identifier":
		port.Phys = append(port.Phys, SASPhy{ID: n})
	default:
		return len(port.Phys) > 0 && p.sasPhy(&port.Phys[len(port.Phys)-1], label, value)
	}
	return true
}

// sasPhy reads a label of a phy.
func (p *textParser) sasPhy(phy *SASPhy, label, value string) bool {
	switch label {
	case "attached device type":
		phy.AttachedType = value
	case "attached reason":
		phy.AttachedReason = value
	case "reason":
		phy.Reason = value
	case "negotiated logical link rate":
		phy.LinkRate = value
	case "attached initiator port":
		phy.AttachedInitiator = roles(value)
	case "attached target port":
		phy.AttachedTarget = roles(value)
	case "SAS address":
		phy.Address = value
	case "attached SAS address":
		phy.AttachedAddress = value
	case "attached phy identifier":
		phy.AttachedPhy, _ = digits(value)
	case "Invalid DWORD count":
		p.count(value, &phy.InvalidDwords)
	case "Running disparity error count":
		p.count(value, &phy.DisparityErrors)
	case "Loss of DWORD synchronization", "Loss of DWORD synchronization count":
		p.count(value, &phy.SyncLosses)
	case "Phy reset problem", "Phy reset problem count":
		p.count(value, &phy.ResetProblems)
	case "Phy event descriptors":
	default:
		c, ok := namedCount(label, value)
		if !ok {
			return false
		}
		phy.Events = append(phy.Events, c)
	}
	return true
}

// roles reads "ssp=1 stp=0 smp=1" as "101".
func roles(value string) string {
	var b [3]byte
	for i, name := range []string{"ssp=", "stp=", "smp="} {
		_, rest, ok := strings.Cut(value, name)
		if !ok || rest == "" {
			return ""
		}
		b[i] = rest[0]
	}
	return string(b[:])
}
