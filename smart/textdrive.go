// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strconv"
	"strings"
)

// compact drops the blanks of "5 000c50 0a1b2c3d4", "" if it is not whole.
func compact(s string) string {
	s = strings.ToLower(strings.ReplaceAll(s, " ", ""))
	if _, ok := hex(s); !ok || len(s) != 16 {
		return ""
	}
	return s
}

// capacity reads "480,103,981,056 bytes [480 GB]".
func (p *textParser) capacity(label, value string) {
	n, ok := digits(value)
	if !ok || label == "Total NVM Capacity" && p.dev.CapacityBytes != 0 {
		return
	}
	p.dev.CapacityBytes = uint64(n)
	if strings.HasPrefix(label, "Total NVM") {
		p.dev.nvme().TotalCapacityBytes = &Uint128{Lo: uint64(n)}
	}
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
	version, speeds, _ := strings.Cut(value, ", ")
	p.dev.ata().SATAVersion = &Coded{Text: version}
	most, current, ok := strings.Cut(speeds, " (current: ")
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
		dev.scsi().TransportProtocol = &Coded{Text: value}
	case "Temperature Warning":
		dev.Temperature.WarningEnabled = p.truth(strings.HasPrefix(value, "Enabled"))
	case "Power mode is", "Power mode was":
		dev.PowerMode = &Coded{Text: value}
	case "DSN feature is":
		dev.ata().StatisticsNotification = p.truth(value == "Enabled")
	case "ATA Security is":
		dev.ata().Security = &Security{
			Text: value, Enabled: strings.HasPrefix(value, "ENABLED"), Locked: strings.Contains(value, ", LOCKED"),
			Frozen: strings.Contains(value, "FROZEN") && !strings.Contains(value, "NOT FROZEN"),
		}
	case "AAM level is", "APM level is":
		level, _ := digits(value)
		m := &Management{Enabled: true, Level: level, Text: value}
		if label[1] == 'A' {
			dev.ata().AcousticManagement = m
		} else {
			dev.ata().PowerManagement = m
		}
	case "LB provisioning type":
		dev.scsi()
	}
	return true
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

// settle fills in what follows from what was read.
func (p *textParser) settle() {
	dev := p.dev
	dev.settle()
	if dev.LogicalBlockBytes > 0 && dev.ATA != nil {
		dev.CapacityBlocks = dev.CapacityBytes / uint64(dev.LogicalBlockBytes)
	}
	a := dev.ATA
	if a == nil {
		return
	}
	if s := a.OfflineStatus; s != nil {
		s.Text = strings.TrimSuffix(strings.TrimPrefix(s.Text, "Offline data collection activity "), ".")
	}
	if s := a.SelfTestStatus; s != nil && s.Value>>4 == 0 {
		s.Text = "completed without error"
	} else if s != nil {
		s.Text = strings.TrimPrefix(s.Text, "The previous self-test routine ")
		s.Text = strings.TrimSuffix(strings.TrimPrefix(s.Text, "The self-test routine "), ".")
	}
	for i := range a.Attributes {
		attr := &a.Attributes[i]
		n, ok := digits(attr.RawText)
		if !ok || n > 1<<31 {
			continue
		}
		switch {
		case attr.ID == 9 && dev.PowerOnHours == nil && strings.HasPrefix(attr.Name, "Power_On_Hours"):
			dev.PowerOnHours = p.ptr(n)
		case attr.ID == 12 && dev.PowerCycles == nil:
			dev.PowerCycles = p.ptr(n)
		case (attr.ID == 194 || attr.ID == 190) && dev.Temperature.CurrentCelsius == nil && n > 0 && n < 128:
			dev.Temperature.CurrentCelsius = p.ptr(n)
		}
	}
}

// scsiLabel reads what only SCSI drives print.
func (p *textParser) scsiLabel(label, value string) bool {
	t := &p.dev.Temperature
	n, ok := digits(value)
	var to **int64
	switch label {
	case "Current Drive Temperature":
		to = &t.CurrentCelsius
	case "Drive Trip Temperature":
		to = &t.TripCelsius
	case "Elements in grown defect list":
		p.dev.scsi()
		if ok {
			p.dev.SCSI.GrownDefects = p.ptr(n)
		}
		return true
	case "Percentage used endurance indicator", "SS Media used endurance indicator":
		to = &p.dev.scsi().LifetimePercent
	case "Specified cycle count over device lifetime":
		to = &p.dev.scsi().RatedStartStops
	case "Accumulated start-stop cycles":
		to = &p.dev.scsi().StartStops
	case "Specified load-unload count over device lifetime":
		to = &p.dev.scsi().RatedLoadUnloads
	case "Accumulated load-unload cycles":
		to = &p.dev.scsi().LoadUnloads
	case "Accumulated power on time, hours", "number of hours powered up", "Power on time":
		hours, minutes, _ := strings.Cut(strings.TrimPrefix(value, "minutes "), ":")
		if n, ok := digits(hours); ok {
			p.dev.PowerOnHours = p.ptr(n)
		}
		if n, ok := digits(minutes); ok {
			p.dev.PowerOnMinutes = p.ptr(n)
		}
		return true
	case "Current Temperature":
		to = &t.CurrentCelsius
	case "Non-medium error count":
		return ok
	default:
		return false
	}
	if ok {
		*to = p.ptr(n)
	}
	return true
}

// counter reads the rows of the error counter log.
func (p *textParser) counter(line string) bool {
	name, rest, ok := strings.Cut(strings.TrimSpace(line), ":")
	if !ok {
		return strings.HasPrefix(line, " ")
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
		return strings.HasPrefix(line, " ")
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

// scsiSelfTest reads "# 1  Background short  Failed in segment -->  3  45  0x…".
func (p *textParser) scsiSelfTest(line string) bool {
	rest, ok := strings.CutPrefix(line, "#")
	if !ok {
		return strings.HasPrefix(line, " ") || strings.HasPrefix(line, "Num ")
	}
	number, ok := digits(strings.TrimSpace(rest[:min(3, len(rest))]))
	if !ok || len(rest) < 4 {
		return false
	}
	name, result := cutWide(rest[3:])
	t := SCSISelfTest{Number: number - 1, Code: Coded{Text: name}}
	text, _ := cutWide(result)
	t.Result = &Coded{Value: scsiResult(text), Text: text}
	switch name {
	case "Background long", "Foreground long":
		t.Code.Value = map[bool]int64{true: 2, false: 6}[name[0] == 'B']
	case "Background short", "Foreground short":
		t.Code.Value = map[bool]int64{true: 1, false: 5}[name[0] == 'B']
	}
	t.InProgress = strings.HasPrefix(text, "Self test in progress")
	s := p.dev.scsi()
	s.SelfTests = append(s.SelfTests, t)
	return true
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
	case strings.HasPrefix(text, "Completed, segment failed"), strings.HasPrefix(text, "Completed:"):
		return 4
	case strings.HasPrefix(text, "Failed in first"):
		return 5
	case strings.HasPrefix(text, "Failed in second"):
		return 6
	case strings.HasPrefix(text, "Failed in segment"):
		return 7
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

func (p *textParser) power(line string) bool {
	s := strings.TrimLeft(line, " ")
	return s[0] >= '0' && s[0] <= '9' || strings.HasPrefix(s, "St Op") || strings.HasPrefix(s, "Id Fmt")
}

// nvmeLabel reads what only NVMe drives print of themselves.
func (p *textParser) nvmeLabel(label, value string) bool {
	switch label {
	case "PCI Vendor/Subsystem ID":
		id, _ := hex(value)
		p.dev.nvme().PCIVendorID, p.dev.NVMe.PCISubsystemVendorID = int64(id), int64(id)
	case "PCI Vendor ID":
		id, _ := hex(value)
		p.dev.nvme().PCIVendorID = int64(id)
	case "PCI Vendor Subsystem ID":
		id, _ := hex(value)
		p.dev.nvme().PCISubsystemVendorID = int64(id)
	case "IEEE OUI Identifier":
		if id, ok := hex(value); ok {
			p.dev.nvme().OUI = p.ptr(int64(id))
		}
	case "Controller ID":
		if id, ok := digits(value); ok {
			p.dev.nvme().ControllerID = p.ptr(id)
		}
	case "NVMe Version":
		p.dev.nvme().Version = &Coded{Value: nvmeVersion(value), Text: value}
	case "Number of Namespaces":
		if n, ok := digits(value); ok {
			p.dev.nvme().NamespaceLimit = p.ptr(n)
		}
	case "Warning  Comp. Temp. Threshold", "Critical Comp. Temp. Threshold":
		if n, ok := digits(value); ok && label[0] == 'W' {
			p.dev.nvme().WarningCelsius = p.ptr(n)
		} else if ok {
			p.dev.nvme().CriticalCelsius = p.ptr(n)
		}
	case "Maximum Data Transfer Size":
		p.dev.nvme().MaxTransferPages, _ = digits(value)
	case "Firmware Updates (0x", "Unallocated NVM Capacity", "Namespace 1 Utilization", "Namespace 1 IEEE EUI-64":
		p.dev.nvme()
	default:
		return p.dev.NVMe != nil && isBits(label)
	}
	return true
}

// nvmeVersion is the code of "1.4": a number of two bytes and two of one.
func nvmeVersion(text string) int64 {
	major, rest, _ := strings.Cut(text, ".")
	minor, third, _ := strings.Cut(rest, ".")
	a, _ := digits(major)
	b, _ := digits(minor)
	c, _ := digits(third)
	return (a&0xffff)<<16 | (b&0xff)<<8 | c&0xff
}

// isBits reports whether a label is of a set of bits that is spelled out.
func isBits(label string) bool {
	for _, s := range []string{"Firmware Updates (", "Optional Admin Commands (", "Optional NVM Commands (", "Log Page Attributes (", "Namespace 1 Features ("} {
		if strings.HasPrefix(label, s) {
			return true
		}
	}
	return false
}

// nvmeHealth reads the health log.
func (p *textParser) nvmeHealth(line string) bool {
	label, value, ok := strings.Cut(line, ":")
	if !ok {
		return false
	}
	h := p.dev.NVMe.Health
	value = strings.TrimSpace(value)
	n, isNumber := digits(value)
	number := func(to **int64) {
		if isNumber {
			*to = p.ptr(n)
		}
	}
	count := func(to **Uint128) {
		if isNumber {
			*to = &Uint128{Lo: uint64(n)}
		}
	}
	switch label {
	case "Critical Warning":
		w, _ := hex(value)
		h.CriticalWarning = CriticalWarning(w)
		p.dev.NVMe.CriticalWarning = h.CriticalWarning
	case "Temperature":
		number(&h.Celsius)
		p.dev.Temperature.CurrentCelsius = h.Celsius
	case "Available Spare":
		number(&h.SparePercent)
	case "Available Spare Threshold":
		number(&h.SpareThresholdPercent)
	case "Percentage Used":
		number(&h.UsedPercent)
	case "Data Units Read":
		count(&h.DataUnitsRead)
	case "Data Units Written":
		count(&h.DataUnitsWritten)
	case "Host Read Commands":
		count(&h.HostReads)
	case "Host Write Commands":
		count(&h.HostWrites)
	case "Controller Busy Time":
		count(&h.BusyMinutes)
	case "Power Cycles":
		count(&h.PowerCycles)
		number(&p.dev.PowerCycles)
	case "Power On Hours":
		count(&h.PowerOnHours)
		number(&p.dev.PowerOnHours)
	case "Unsafe Shutdowns":
		count(&h.UnsafeShutdowns)
	case "Media and Data Integrity Errors":
		count(&h.MediaErrors)
	case "Error Information Log Entries":
		count(&h.ErrorLogEntries)
	case "Warning  Comp. Temperature Time", "Warning Comp. Temp. Time":
		number(&h.WarningMinutes)
	case "Critical Comp. Temperature Time", "Critical Comp. Temp. Time":
		number(&h.CriticalMinutes)
	default:
		sensor, ok := strings.CutPrefix(label, "Temperature Sensor ")
		i, isNumbered := digits(sensor)
		if ok && isNumber && isNumbered {
			h.Sensors = append(h.Sensors, TemperatureSensor{i, n})
		}
		return ok || strings.HasPrefix(label, "Thermal Temp. ")
	}
	return true
}

// nvmeError reads the rows of the error log.
func (p *textParser) nvmeError(line string) bool {
	rest := line
	if _, ok := digits(next(&rest)); !ok {
		return strings.HasPrefix(line, "Num ") || strings.HasPrefix(line, "... (")
	}
	n, _ := digits(next(&rest))
	e := NVMeError{Count: uint64(n)}
	if id, ok := digits(next(&rest)); ok {
		e.QueueID = p.ptr(id)
	}
	if id, ok := hex(next(&rest)); ok {
		e.CommandID = p.ptr(int64(id))
	}
	if status, ok := hex(next(&rest)); ok {
		e.Status = &NVMeStatus{Value: int64(status >> 1), DoNotRetry: status>>15&1 != 0, CodeType: int64(status >> 9 & 7), Code: int64(status >> 1 & 255)}
	}
	l := p.dev.NVMe.ErrorLog
	l.Errors = append(l.Errors, e)
	return true
}

// nvmeSelfTest reads the rows of the self-test log.
func (p *textParser) nvmeSelfTest(line string) bool {
	l := p.dev.NVMe.SelfTestLog
	if value, ok := strings.CutPrefix(line, "Self-test status: "); ok {
		l.Current = &Coded{Text: value}
		return true
	}
	rest := line
	if _, ok := digits(next(&rest)); !ok {
		return strings.HasPrefix(line, "Num ")
	}
	var t NVMeSelfTest
	t.Code.Text, rest = cutWide(rest)
	t.Result.Text, rest = cutWide(rest)
	switch t.Code.Text {
	case "Short":
		t.Code.Value = 1
	case "Extended":
		t.Code.Value = 2
	case "Vendor specific":
		t.Code.Value = 14
	default:
		t.Code.Value = 3
	}
	t.Result.Value = nvmeResult(t.Result.Text)
	hours, _ := digits(next(&rest))
	t.PowerOnHours = uint64(hours)
	l.Tests = append(l.Tests, t)
	return true
}

// nvmeResult is the code of a result (NVMe 1.4c, figure 203).
func nvmeResult(text string) int64 {
	switch {
	case text == "Completed without error":
		return 0
	case strings.HasPrefix(text, "Fatal or unknown"):
		return 5
	case strings.HasPrefix(text, "Completed: unknown failed"):
		return 6
	case strings.HasPrefix(text, "Completed: failed seg"):
		return 7
	case strings.HasPrefix(text, "Aborted: "):
		return 1
	}
	return 15
}
