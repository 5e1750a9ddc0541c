// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strconv"
	"strings"
)

// attribute reads a row of the attributes, in the brief format or the old one.
func (p *textParser) attribute(line string) bool {
	rest := line
	id, err := strconv.ParseUint(next(&rest), 10, 8)
	if err != nil {
		return line[0] == ' ' && strings.Contains(line, "|") // the legend of the flags
	}
	a := Attribute{ID: uint8(id), Name: next(&rest)}
	flags := next(&rest)
	old := strings.HasPrefix(flags, "0x")
	if old {
		n, ok := hex(flags)
		if !ok || n >= 1<<16 {
			return false
		}
		a.Flags = AttributeFlags(n)
	} else {
		for i, letter := range "POSRCK" {
			if i < len(flags) && rune(flags[i]) == letter {
				a.Flags |= 1 << i
			}
		}
	}
	for _, to := range [...]**int64{&a.Value, &a.Worst, &a.Threshold} {
		if n, ok := digits(next(&rest)); ok {
			*to = p.ptr(n)
		}
	}
	if old {
		next(&rest) // Pre-fail or Old_age: a flag
		next(&rest) // Always or Offline: a flag
	}
	switch next(&rest) {
	case "NOW", "FAILING_NOW", "FAILING_NOW!":
		a.WhenFailed = "now"
	case "Past", "In_the_past":
		a.WhenFailed = "past"
	}
	a.RawText = strings.TrimSpace(rest)
	if n, err := strconv.ParseUint(a.RawText, 10, 64); err == nil {
		a.Raw = n
	}
	p.dev.ATA.Attributes = append(p.dev.ATA.Attributes, a)
	return true
}

// errorLog opens one of the error logs.
func (p *textParser) errorLog(line string) {
	a := p.dev.ata()
	p.log, p.extended = &ErrorLog{Errors: make([]ATAError, 0, 8)}, strings.Contains(line, "Extended")
	if p.extended {
		a.ExtendedErrorLog = p.log
	} else {
		a.ErrorLog = p.log
	}
	p.log.Revision, _ = digits(line[strings.Index(line, "Version: ")+len("Version: "):])
	if _, size, ok := strings.Cut(line, " ("); ok {
		p.log.Sectors, _ = digits(size)
	}
	p.table = (*textParser).errorEntry
}

// errorEntry reads the lines of an error log.
func (p *textParser) errorEntry(line string) bool {
	switch {
	case strings.HasPrefix(line, "Error ") && strings.HasSuffix(line, " log entry is empty"):
		return true
	case strings.HasPrefix(line, "ATA Error Count: "), strings.HasPrefix(line, "Device Error Count: "):
		p.log.Count, _ = digits(line[strings.Index(line, ": ")+2:])
		return true
	case strings.HasPrefix(line, "Error ") && strings.Contains(line, " at disk power-on lifetime: "):
		head, hours, _ := strings.Cut(line, " at disk power-on lifetime: ")
		e := ATAError{}
		e.Number, _ = digits(head[len("Error "):])
		if _, index, ok := strings.Cut(head, "["); ok {
			e.LogIndex, _ = digits(index)
		}
		e.LifetimeHours, _ = digits(hours)
		p.log.Errors = append(p.log.Errors, e)
		p.log.LoggedCount++
		p.after = true
		return true
	case line[0] != ' ' || len(p.log.Errors) == 0:
		return false
	}
	if state, ok := strings.CutPrefix(strings.TrimSpace(line), "When the command that caused the error occurred, the device was "); ok {
		if len(p.states) == 0 {
			p.states = make([]Coded, 8)
		}
		p.states[0].Text = strings.TrimSuffix(state, ".")
		p.log.Errors[len(p.log.Errors)-1].State = &p.states[0]
		p.states = p.states[1:]
		return true
	}
	return p.registers(line)
}

// registers reads the registers of a command: the first row of an entry is of
// its completion.
func (p *textParser) registers(line string) bool {
	e := &p.log.Errors[len(p.log.Errors)-1]
	rest := line
	var regs [13]uint64
	n := 8 // one less of a completion: it has no device control
	switch {
	case p.extended:
		n = 13
	case p.after:
		n = 7
	}
	bytes := 0
	for range n {
		word := next(&rest)
		if p.extended && word == "--" {
			continue
		}
		v, ok := hex(word)
		if !ok || len(word) != 2 || bytes == len(regs) {
			return false
		}
		regs[bytes] = v
		bytes++
	}
	if p.after {
		p.after = false
		p.completion(e, regs[:])
		e.Description = strings.TrimPrefix(strings.TrimSpace(rest), "Error:")
		e.Description = strings.TrimSpace(e.Description)
		return true
	}
	c := ATACommand{}
	p.command(&c.Registers, regs[:])
	c.PowerupMilliseconds = powerup(&rest)
	c.Name = strings.TrimSpace(rest)
	if e.Commands == nil {
		const most = 5 // what an entry holds
		if len(p.commands) < most {
			p.commands = make([]ATACommand, 8*most)
		}
		e.Commands, p.commands = p.commands[:0:most], p.commands[most:]
	}
	e.Commands = append(e.Commands, c)
	return true
}

// powerup cuts the time since power on off a line: "11d+21:35:42.601", or
// "03:25:17.300".
func powerup(line *string) (milliseconds int64) {
	word := next(line)
	if !strings.Contains(word, ":") { // " 1d+01:02:03.000" or "1d 01:02:03.000"
		return 0
	}
	days, clock, ok := strings.Cut(word, "d+")
	if !ok {
		days, clock = "0", word
	}
	hours, rest, _ := strings.Cut(clock, ":")
	minutes, rest, _ := strings.Cut(rest, ":")
	seconds, thousandths, _ := strings.Cut(rest, ".")
	for _, part := range [...]struct {
		text string
		unit int64
	}{{days, 24 * 60 * 60 * 1000}, {hours, 60 * 60 * 1000}, {minutes, 60 * 1000}, {seconds, 1000}, {thousandths, 1}} {
		n, ok := digits(part.text)
		if !ok || n > 1<<16 {
			return 0
		}
		milliseconds += n * part.unit
	}
	return milliseconds
}

func lba(b []uint64) (n uint64) {
	for _, v := range b {
		n = n<<8 | v
	}
	return n
}

// completion reads ER ST COUNT LBA_48 LH LM LL DV DC, or ER ST SC SN CL CH DH.
func (p *textParser) completion(e *ATAError, r []uint64) {
	c := &e.Completion
	c.Error, c.Status = int64(r[0]), int64(r[1])
	if p.extended {
		c.Count, c.LBA, c.Device, c.DeviceControl = int64(r[2]<<8|r[3]), lba(r[4:10]), int64(r[10]), int64(r[11])
		return
	}
	c.Count, c.Device = int64(r[2]), int64(r[6])
	c.LBA = r[6]&15<<24 | r[5]<<16 | r[4]<<8 | r[3]
}

// command reads CR FEATR COUNT LBA_48 LH LM LL DV DC, or CR FR SC SN CL CH DH.
func (p *textParser) command(c *Registers, r []uint64) {
	c.Command = int64(r[0])
	if p.extended {
		c.Features, c.Count, c.LBA = int64(r[1]<<8|r[2]), int64(r[3]<<8|r[4]), lba(r[5:11])
		c.Device, c.DeviceControl = int64(r[11]), int64(r[12])
		return
	}
	c.Features, c.Count, c.Device, c.DeviceControl = int64(r[1]), int64(r[2]), int64(r[6]), int64(r[7])
	c.LBA = r[6]&15<<24 | r[5]<<16 | r[4]<<8 | r[3]
}

// selfTestLog opens one of the self-test logs.
func (p *textParser) selfTestLog(line string) {
	a := p.dev.ata()
	p.tests = &SelfTestLog{Tests: make([]SelfTest, 0, 8)}
	if strings.Contains(line, "Extended") {
		a.ExtendedSelfTestLog = p.tests
		p.tests.Revision, _ = digits(line[strings.Index(line, "Version: ")+len("Version: "):])
		if _, size, ok := strings.Cut(line, " ("); ok {
			p.tests.Sectors, _ = digits(size)
		}
	} else {
		a.SelfTestLog = p.tests
		p.tests.Revision, _ = digits(line[strings.LastIndexByte(line, ' ')+1:])
	}
	p.table = (*textParser).selfTest
}

// selfTest reads "# 1  Short offline  Completed: read failure  90%  1234  5678".
func (p *textParser) selfTest(line string) bool {
	rest, ok := strings.CutPrefix(line, "#")
	if !ok || len(rest) < 4 {
		failed, tail, ok := strings.Cut(line, " of ")
		if n, isNumber := digits(failed); ok && isNumber && strings.Contains(tail, "failed self-tests are outdated") {
			p.tests.OutdatedCount = n
			return true
		}
		return strings.HasPrefix(line, "Num ")
	}
	var t SelfTest
	t.Type.Text, rest = cutWide(rest[3:])
	at := strings.LastIndexByte(rest, '%')
	if at < 0 {
		return false
	}
	status, tail := strings.TrimRight(rest[:at], "0123456789"), rest[at+1:]
	remaining, _ := digits(rest[len(status):at])
	t.Status.Text = strings.TrimSpace(status)
	t.LifetimeHours, _ = digits(next(&tail))
	if n, ok := digits(next(&tail)); ok {
		u := uint64(n)
		t.LBA = &u
	}
	t.Type.Value = testType(t.Type.Text)
	p.testStatus(&t.Status, remaining)
	p.tests.Tests = append(p.tests.Tests, t)
	p.tests.Count++
	if t.Status.failed() {
		p.tests.ErrorCount++
	}
	return true
}

// testType is the code of a self-test (ACS-3, SMART EXECUTE OFF-LINE IMMEDIATE).
func testType(text string) int64 {
	if strings.HasPrefix(text, "Abort") {
		return 0x7f
	}
	for i, kind := range []string{"Offline", "Short", "Extended", "Conveyance", "Selective"} {
		if strings.HasPrefix(text, kind) {
			if strings.Contains(text, "captive") {
				return int64(i) | 0x80
			}
			return int64(i)
		}
	}
	return codeIn(text, 0xff) // "Vendor (0xa0)"
}

// testStatus fills in the status of a self-test from its name (ACS-3, Self-test
// execution status values).
func (p *textParser) testStatus(s *TestStatus, remaining int64) {
	code := int64(-1)
	for i, name := range []string{
		"Completed without error", "Aborted by host", "Interrupted (host reset)", "Fatal or unknown error",
		"Completed: unknown failure", "Completed: electrical failure", "Completed: servo/seek failure", "Completed: read failure",
		"Completed: handling damage",
	} {
		if strings.HasPrefix(s.Text, strings.TrimSuffix(name, "??")) {
			code = int64(i)
		}
	}
	switch {
	case strings.HasPrefix(s.Text, "Self-test routine in progress"):
		code = 15
		s.Passed = p.truth(true)
	case code == 0:
		s.Passed = p.truth(true)
	case code > 3: // of 3 JSON does not say either
		s.Passed = p.truth(false)
	case code < 0:
		code = codeIn(s.Text, 14) // reserved
	}
	s.Value = code<<4 | remaining/10
	if remaining > 0 {
		s.RemainingPercent = p.ptr(remaining)
	}
}

// selective reads the selective self-test log.
func (p *textParser) selective(line string) bool {
	s := strings.TrimSpace(line)
	l := p.dev.ATA.SelectiveSelfTestLog
	switch {
	case strings.HasPrefix(s, "Selective self-test flags (0x"):
		flags, _ := cutBetween(s, "(0x", ")")
		n, _ := hex(flags)
		l.Flags = int64(n & 0xffff)
		return true
	case strings.HasPrefix(s, "If Selective self-test is pending"):
		if _, minutes, ok := strings.Cut(s, "resume after "); ok {
			p.count(minutes, &l.ResumeMinutes)
		}
		return true
	case strings.HasPrefix(s, "After scanning selected"), strings.HasPrefix(s, "SPAN "), strings.HasPrefix(s, "Note: "),
		strings.HasPrefix(s, "Currently read-scanning"), strings.HasPrefix(s, "Read-scan of remainder"):
		return true
	}
	number, ok := digits(next(&s))
	if !ok || line[0] != ' ' {
		return false
	}
	var span SelectiveSpan
	span.FirstLBA, _ = strconv.ParseUint(next(&s), 10, 64)
	span.LastLBA, _ = strconv.ParseUint(next(&s), 10, 64)
	s = strings.TrimSpace(s)
	if text, ok := strings.CutPrefix(s, "Read_scanning "); ok && number > 5 {
		span.Status.Text = text
		l.ReadScan = &span
		return true
	}
	var rest string
	span.Status.Text, rest, ok = strings.Cut(s, " [")
	if ok { // "0% left] (123-65658)"
		percent, _ := digits(rest)
		span.Status.RemainingPercent = p.ptr(percent / 10) // in tenths, as JSON has it
		blocks, _ := cutBetween(rest, "(", ")")
		first, last, _ := strings.Cut(blocks, "-")
		if from, err := strconv.ParseUint(first, 10, 64); err == nil {
			to, _ := strconv.ParseUint(last, 10, 64)
			span.CurrentFirstLBA, span.CurrentLastLBA = &from, &to
		}
	}
	l.Spans = append(l.Spans, span)
	return true
}

// statistic reads a row of the device statistics: "0x01  0x008  4  15  ---
// Lifetime Power-On Resets"; before 6.3 without the flags' column as it is now.
func (p *textParser) statistic(line string) bool {
	rest := line
	word := next(&rest)
	page, ok := hex(word)
	if !ok {
		n, isNumber := digits(word)
		if page, ok = uint64(n), isNumber; !ok {
			return line[0] == ' ' && strings.ContainsAny(line, "|_") || strings.HasPrefix(line, "Page")
		}
	}
	a := p.dev.ata()
	offset := next(&rest)
	if strings.HasPrefix(offset, "=") {
		name, revision := strings.Trim(rest, "= "), int64(0)
		if i := strings.LastIndex(name, " (rev "); i >= 0 {
			revision, _ = digits(name[i+6:])
			name = name[:i]
		}
		if a.DeviceStatistics == nil {
			a.DeviceStatistics = make([]StatisticsPage, 0, 8)
		}
		a.DeviceStatistics = append(a.DeviceStatistics, StatisticsPage{
			Number: int64(page), Name: name, Revision: revision, Statistics: make([]Statistic, 0, 8),
		})
		return true
	}
	at, ok := hex(offset)
	if !ok || len(a.DeviceStatistics) == 0 {
		return false
	}
	s := Statistic{Offset: int64(at), Flags: StatisticSupported} // others are not printed
	s.SizeBytes, _ = digits(next(&rest))
	value := next(&rest)
	if v, err := strconv.ParseInt(strings.TrimSuffix(value, "~"), 10, 64); err == nil {
		s.Value = p.ptr(v)
		s.Flags |= StatisticValid
	}
	flags := ""
	if !strings.HasSuffix(value, "~") || strings.HasPrefix(strings.TrimSpace(rest), "-") || strings.HasPrefix(strings.TrimSpace(rest), "N") {
		flags = next(&rest)
	}
	for i, f := range []StatisticFlags{StatisticNormalized, StatisticNotifies, StatisticMonitored} {
		if i < len(flags) && flags[i] != '-' {
			s.Flags |= f
		}
	}
	if strings.HasSuffix(value, "~") {
		s.Flags |= StatisticNormalized
	}
	s.Name = strings.TrimSpace(rest)
	last := &a.DeviceStatistics[len(a.DeviceStatistics)-1]
	last.Statistics = append(last.Statistics, s)
	return true
}

// phyEvent reads "0x0001  2  0  Command failed due to ICRC error".
func (p *textParser) phyEvent(line string) bool {
	rest := line
	id, ok := hex(next(&rest))
	if !ok || !strings.HasPrefix(line, "0x") {
		return strings.HasPrefix(line, "ID ")
	}
	e := PhyEvent{ID: int64(id)}
	e.SizeBytes, _ = digits(next(&rest))
	value, over := strings.CutSuffix(next(&rest), "+")
	e.Value, _ = strconv.ParseUint(value, 10, 64)
	e.Overflow = over
	e.Name = strings.TrimSpace(rest)
	p.dev.ata().PhyEvents = append(p.dev.ATA.PhyEvents, e)
	return true
}

// logAddress reads "0x03       GPL     R/O     64  Ext. Comprehensive SMART …".
func (p *textParser) logAddress(line string) bool {
	rest := line
	word := next(&rest)
	first, _, _ := strings.Cut(word, "-")
	address, ok := hex(first)
	if !ok || !strings.HasPrefix(line, "0x") {
		return false
	}
	l := LogAddresses{Address: int64(address)}
	access, mode := next(&rest), next(&rest)
	size, _ := digits(next(&rest))
	if strings.Contains(access, "GPL") {
		l.GPSectors = size
	}
	if strings.Contains(access, "SL") {
		l.SmartSectors = size
	}
	l.Readable, l.Writable = strings.HasPrefix(mode, "R"), strings.HasSuffix(mode, "W")
	l.Name = strings.TrimSpace(rest)
	a := p.dev.ata()
	if a.LogDirectory == nil {
		a.LogDirectory = new(LogDirectory)
	}
	a.LogDirectory.Logs = append(a.LogDirectory.Logs, l)
	return true
}

// sctStatus reads the labels of the SCT status.
func (p *textParser) sctStatus(line string) bool {
	label, value, ok := strings.Cut(line, ":")
	if !ok {
		return false
	}
	value = strings.TrimSpace(value)
	s := p.dev.ATA.SCTStatus
	t := &s.Temperature
	n, isNumber := signed(value)
	set := func(to **int64) {
		if isNumber {
			*to = p.ptr(n)
		}
	}
	low, high, _ := strings.Cut(value, "/")
	pair := func(least, most **int64) {
		if n, ok := signed(low); ok {
			*least = p.ptr(n)
		}
		if n, ok := signed(high); ok {
			*most = p.ptr(n)
		}
	}
	switch label {
	case "SCT Version (vendor specific)":
		s.SCTVersion, _ = digits(value)
	case "Device State":
		text, code, _ := strings.Cut(value, " (")
		n, _ := digits(code)
		s.State = &Coded{Value: n, Text: text}
	case "SCT Support Level", "Vendor specific", "Minimum supported ERC Time Limit":
	case "Current Temperature":
		set(&t.CurrentCelsius)
	case "Power Cycle Min/Max Temperature":
		pair(&t.PowerCycleMinCelsius, &t.PowerCycleMaxCelsius)
	case "Power Cycle Max Temperature":
		set(&t.PowerCycleMaxCelsius)
	case "Lifetime    Min/Max Temperature":
		pair(&t.LifetimeMinCelsius, &t.LifetimeMaxCelsius)
	case "Lifetime    Max Temperature":
		set(&t.LifetimeMaxCelsius)
	case "Specified Max Operating Temperature":
		set(&t.OperatingMaxCelsius)
	case "Lifetime    Average Temperature":
	case "Under/Over Temperature Limit Count":
		pair(&s.UnderLimitCount, &s.OverLimitCount)
	case "SMART Status":
		switch { // anything else is reserved
		case strings.HasSuffix(value, "(PASSED)"):
			s.Passed = p.truth(true)
		case strings.HasSuffix(value, "(FAILED)"):
			s.Passed = p.truth(false)
		}
	default:
		return false
	}
	return true
}

// signed reads a number that may be negative.
func signed(s string) (int64, bool) {
	s = strings.TrimSpace(s)
	digitsOf, minus := strings.CutPrefix(s, "-")
	n, ok := digits(digitsOf)
	if minus {
		n = -n
	}
	return n, ok
}

// history reads the temperature history.
func (p *textParser) history(line string) bool {
	h := p.dev.ATA.TemperatureHistory
	label, value, ok := strings.Cut(line, ":")
	if ok && line[0] != ' ' {
		value = strings.TrimSpace(value)
		n, _ := digits(value)
		switch label {
		case "Temperature Sampling Period":
			h.SamplingPeriodMinutes = n
		case "Temperature Logging Interval":
			h.IntervalMinutes = n
		case "Min/Max recommended Temperature":
			low, high, _ := strings.Cut(value, "/")
			p.limits(low, high, &h.Limits.OperatingMinCelsius, &h.Limits.OperatingMaxCelsius)
		case "Min/Max Temperature Limit":
			low, high, _ := strings.Cut(value, "/")
			p.limits(low, high, &h.Limits.LimitMinCelsius, &h.Limits.LimitMaxCelsius)
			t := &p.dev.Temperature
			if t.LimitMaxCelsius == nil {
				t.LimitMinCelsius, t.LimitMaxCelsius = h.Limits.LimitMinCelsius, h.Limits.LimitMaxCelsius
			}
		case "Temperature History Size (Index)":
			h.Size = n
		default:
			return false
		}
		return true
	}
	s := strings.TrimSpace(line)
	if strings.HasPrefix(s, "Index") || strings.HasPrefix(s, "...") {
		return true
	}
	if _, ok := digits(next(&s)); !ok {
		return false
	}
	if date := next(&s); len(date) != len("2026-01-02") {
		return false
	}
	next(&s) // the time
	celsius := int8(NoTemperature)
	if n, ok := signed(next(&s)); ok && n > -128 && n < 128 {
		celsius = int8(n)
	}
	h.Celsius = append(h.Celsius, celsius)
	return true
}

func (p *textParser) limits(low, high string, least, most **int64) {
	if n, ok := signed(low); ok {
		*least = p.ptr(n)
	}
	if n, ok := signed(high); ok {
		*most = p.ptr(n)
	}
}

// recovery reads the SCT error recovery control: "Read:  70 (7.0 seconds)".
func (p *textParser) recovery(line string) bool {
	label, value, _ := strings.Cut(strings.TrimSpace(line), ":")
	r := p.dev.ATA.ErrorRecovery
	n, ok := digits(strings.TrimSpace(value))
	switch label {
	case "Read":
		r.ReadEnabled = p.truth(ok)
		if ok {
			r.ReadDeciseconds = p.ptr(n)
		}
	case "Write":
		r.WriteEnabled = p.truth(ok)
		if ok {
			r.WriteDeciseconds = p.ptr(n)
		}
	default:
		return false
	}
	return line[0] == ' '
}

// pending reads the pending defects: "    1          12345678        5678".
func (p *textParser) pending(line string) bool {
	d := p.dev.ATA.PendingDefects
	rest := line
	if _, ok := digits(next(&rest)); !ok {
		return line == "No Defects Logged" || strings.HasPrefix(line, "Index")
	}
	word := next(&rest)
	n, ok := digits(word)
	if !ok {
		return false
	}
	defect := PendingDefect{LBA: uint64(n)}
	if hours, ok := digits(next(&rest)); ok {
		defect.Hours = p.ptr(hours)
	}
	d.Defects = append(d.Defects, defect)
	d.Count++
	return true
}
