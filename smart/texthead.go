// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strings"
)

// heading reads a line that says what follows.
func (p *textParser) heading(line string) bool {
	if c := line[0]; c <= '9' && !strings.HasPrefix(line, "  Pending") && c != '=' {
		return false // a row, or a line that is indented
	}
	switch {
	case isBanner(line):
		p.readTool(line)
	case strings.HasPrefix(line, "=== START OF "):
		p.known, p.table = true, nil
	case strings.HasPrefix(line, "ID# ATTRIBUTE_NAME"):
		a := p.dev.ata()
		a.Attributes = make([]Attribute, 0, 30)
		p.table = (*textParser).attribute
	case strings.HasPrefix(line, "SMART Error Log Version: "), strings.HasPrefix(line, "SMART Extended Comprehensive Error Log Version: "):
		p.errorLog(line)
	case strings.HasPrefix(line, "SMART Self-test log structure"), strings.HasPrefix(line, "SMART Extended Self-test Log Version: "):
		p.selfTestLog(line)
	case strings.HasPrefix(line, "SMART Selective self-test log data structure"):
		l := &SelectiveLog{Spans: make([]SelectiveSpan, 0, 5)}
		l.Revision, _ = digits(line[strings.LastIndexByte(line, ' ')+1:])
		p.dev.ata().SelectiveSelfTestLog = l
		p.table = (*textParser).selective
	case strings.HasPrefix(line, "Device Statistics (") && strings.HasSuffix(line, ")"):
		p.table = (*textParser).statistic
	case strings.HasPrefix(line, "SATA Phy Event Counters ("):
		p.dev.ata().PhyEvents = make([]PhyEvent, 0, 20)
		p.table = (*textParser).phyEvent
	case strings.HasPrefix(line, "Address    Access  R/W"):
		p.table = (*textParser).logAddress
	case strings.HasPrefix(line, "SCT Temperature History Version:"):
		p.dev.ata().TemperatureHistory = &TemperatureHistory{Celsius: make([]int8, 0, 128)}
		p.table = (*textParser).history
	case strings.HasPrefix(line, "SCT Status Version:"):
		version, _ := digits(strings.TrimSpace(line[len("SCT Status Version:"):]))
		p.dev.ata().SCTStatus = &SCTStatus{FormatVersion: version}
		p.table = (*textParser).sctStatus
	case strings.HasPrefix(line, "SCT Error Recovery Control:"):
		p.dev.ata().ErrorRecovery = new(ErrorRecovery)
		p.table = (*textParser).recovery
	case p.nvmeHeading(line):
	case strings.HasPrefix(line, "Seagate Field Access Reliability Metrics log (FARM)"):
		p.farmNumber, p.group, p.member = 0, "", ""
		p.dev.FARMSupported = p.truth(!strings.HasSuffix(line, "not supported"))
		p.dev.FARM = make([]FARMValue, 0, 128)
		p.table = (*textParser).farm
	case p.scsiHeading(line):
	case strings.HasPrefix(line, "General Purpose Log Directory Version"):
		p.dev.ata().LogDirectory = &LogDirectory{Logs: make([]LogAddresses, 0, 32)}
		if n, ok := digits(strings.TrimSpace(line[len("General Purpose Log Directory Version"):])); ok {
			p.dev.ATA.LogDirectory.GPVersion = p.ptr(n)
		}
	case strings.HasPrefix(line, "SMART           Log Directory Version"):
		l := p.dev.ata().LogDirectory
		if l == nil {
			l = &LogDirectory{Logs: make([]LogAddresses, 0, 32)}
			p.dev.ATA.LogDirectory = l
		}
		p.count(line[len("SMART           Log Directory Version"):], &l.SmartVersion)
		l.SmartMultiSector = strings.HasSuffix(line, "[multi-sector log support]")
	case strings.HasPrefix(line, "Pending Defects log (GP Log") && strings.HasSuffix(line, ")"):
		p.dev.ata().PendingDefects = new(PendingDefects)
		p.table = (*textParser).pending
	case strings.HasPrefix(line, "Vendor Specific SMART Attributes with Thresholds"),
		strings.HasPrefix(line, "General SMART Values:"):
		p.table = nil
	default:
		return false
	}
	return true
}

// isBanner knows the first line.
func isBanner(line string) bool {
	return strings.HasPrefix(line, "smartctl ") && (strings.Contains(line, "[") || strings.Contains(line, "version"))
}

// readTool reads the first line: "smartctl 7.1 2019-12-30 r5022
// [x86_64-linux-5.4.0] (local build)", until 5.39 "smartctl version 5.38
// [x86_64-linux] Copyright …".
func (p *textParser) readTool(line string) {
	t := &p.dev.Tool
	p.known = true
	rest := strings.TrimPrefix(strings.TrimPrefix(line, "smartctl "), "version ")
	t.Version = next(&rest)
	if v, ok := strings.CutSuffix(t.Version, "-pre"); ok {
		t.Version, t.PreRelease = v, true
	}
	head, rest, ok := strings.Cut(rest, "[")
	for word := next(&head); word != ""; word = next(&head) {
		switch {
		case len(word) > 1 && word[0] == 'r' && word[1] >= '0' && word[1] <= '9':
			t.Revision = word[1:]
		case strings.HasPrefix(word, "pre"):
			t.PreRelease = true
		}
	}
	if platform, build, end := strings.Cut(rest, "]"); ok && end {
		t.Platform = platform
		t.Build = strings.TrimSpace(build)
	}
}

// fillers are the starts of lines that say nothing of the drive: legends,
// headings of tables, and what is told of what was not asked.
var fillers = []string{
	"Copyright (C)", "Home page is", "|||||", "||||", "|||", "||_", "|__", "|_", "CR ", "CR=", "FEATR", "COUNT", "LBA_48",
	"LH ", "LM ", "LL ", "DV ", "DC ", "ER ", "ST ", "FR ", "SC ", "SN ", "CL ", "CH ", "DH ", "-- --", "-- ==", "No Self-tests Logged", "Powered_Up_Time is", "DDd+hh", "SS=sec",
	"When the command that caused", "After command completion", "Commands leading to", "CR FR SC", "ER ST SC",
	"Self-test supported", "No Self-test supported", "Conveyance Self-test supported", "No Conveyance Self-test", "Selective Self-test supported", "No Selective Self-test",
	"SMART execute Offline", "Auto Offline data", "Auto Offline Data Collection", "Suspend Offline", "Abort Offline", "command.", "Offline surface scan", "No Offline surface", "No Auto Offline",
	"Saves SMART data", "power-saving mode", "Supports SMART auto save", "Error logging supported",
	"entering power-saving", "No Defects Logged", "- available spare", "- temperature is", "- NVM subsystem", "- media has been", "- volatile memory", "- persistent memory", "Drive failure expected in less",
	"SCT Error Recovery Control supported", "SCT Feature Control supported", "SCT Data Table supported",
	"Page  Offset", "Page Offset", "ID      Size", "Num  Test", "Num  ", "SPAN", "Error Information", "No Errors Logged", "No self-tests have been logged",
	"Index ", "Errors Corrected", "ECC ", "fast | delayed", "Read SMART", "Warning:", "WARNING:", "ATTRIBUTE", "[No self-tests",
	"- unknown critical warning", "Device does not support ", "No failed Attributes found", "See vendor-specific Attribute list", "Read SCT ", "SCT (Get) ",
	"Unexpected SCT status",
	"Vendor (Seagate", "Read Cache is", "Writeback Cache is", "Use smartctl -h", "No Self-tests have been logged", "Please specify device type",
	"A mandatory SMART command failed", "device Test Unit Ready",
}

func isFiller(line string) bool {
	s := strings.TrimLeft(line, " \t")
	if strings.HasSuffix(s, " not supported") || strings.Contains(s, " not supported if ") || strings.HasPrefix(s, "/dev/") {
		return true // of a log, or what smartctl has to say of the device
	}
	for _, f := range fillers {
		if f[0] == s[0] && strings.HasPrefix(s, f) {
			return true
		}
	}
	return false
}

// smartValue reads the lines of the values of "SMART READ DATA": some labels and
// their texts go over two lines.
func (p *textParser) smartValue(line string) bool {
	label, value, ok := strings.Cut(line, ":")

	if !ok {
		switch line {
		case "Short self-test routine", "Extended self-test routine", "Conveyance self-test routine",
			"Total time to complete Offline", "Total time to complete off-line", "Offline data collection", "Off-line data collection":
			p.label = line
			return true
		}
		return p.status != nil && (line[0] == '\t' || line[0] == ' ') && p.goOn(line)
	}
	value = strings.TrimSpace(value)
	code, text, ok := strings.Cut(strings.TrimPrefix(value, "("), ")")
	n, isNumber := code16(strings.TrimSpace(code))
	if !ok || !isNumber {
		return false
	}
	text = strings.TrimSpace(text)
	a := p.dev.ata()
	before := p.label
	p.label, p.status = "", nil
	switch label {
	case "Offline data collection status", "Off-line data collection status":
		p.status = &TestStatus{Value: n, Text: text}
		a.OfflineStatus = p.status
		switch n & 0x7f {
		case 2:
			p.status.Passed = p.truth(true)
		case 6:
			p.status.Passed = p.truth(false)
		}
	case "Self-test execution status":
		p.status = &TestStatus{Value: n, Text: text}
		a.SelfTestStatus = p.status
		switch code := n >> 4; {
		case code == 0:
			p.status.Passed = p.truth(true)
		case code >= 4 && code <= 8:
			p.status.Passed = p.truth(false)
		case code == 15:
			p.status.RemainingPercent = p.ptr(n & 15 * 10)
		}
	case "capabilities":
		a.OfflineCapability = n
	case "SMART capabilities":
		a.SmartCapability = n
	case "Error logging capability":
		a.ErrorLoggingSupported = p.truth(n&1 != 0)
	case "SCT capabilities":
		a.SCTCapability = p.ptr(n)
	case "data collection":
		a.OfflineSeconds = p.ptr(n)
	case "recommended polling time":
		switch {
		case strings.HasPrefix(before, "Short"):
			a.ShortTestMinutes = p.ptr(n)
		case strings.HasPrefix(before, "Extended"):
			a.ExtendedTestMinutes = p.ptr(n)
		case strings.HasPrefix(before, "Conveyance"):
			a.ConveyanceTestMinutes = p.ptr(n)
		}
	default:
		return false
	}
	return true
}

// goOn adds a line to the text of a status.
func (p *textParser) goOn(line string) bool {
	const most = 256
	if len(p.status.Text) > most {
		return false
	}
	p.status.Text += " " + strings.TrimSpace(line)
	return true
}

// code16 reads "0x79" or "3".
func code16(s string) (n int64, ok bool) {
	if strings.HasPrefix(s, "0x") {
		v, ok := hex(s)
		return int64(v & 0xffff), ok && v < 1<<16
	}
	n, ok = digits(s)
	return n, ok && n < 1<<31
}

// labels of which only the value matters.
func (p *textParser) labelled(line string) bool {
	label, value, ok := strings.Cut(line, ":")
	if !ok {
		return false
	}
	value = strings.TrimSpace(value)
	dev := p.dev
	switch strings.TrimSpace(label) {
	case "Model Family":
		dev.ModelFamily = value
	case "Device Model", "Model Number":
		dev.ModelName = value
	case "Vendor":
		dev.Vendor = value
		dev.scsi()
	case "Product":
		dev.Product = value
	case "Device": // before 5.43: "Device: SEAGATE ST3300655SS Version: 0004"
		if strings.HasPrefix(value, "/") {
			return false // another tool's word for a path
		}
		model, version, _ := strings.Cut(value, "Version:")
		dev.FirmwareVersion = strings.TrimSpace(version)
		if len(model) > 8 && model[8] == ' ' && len(strings.Fields(model[:8])) == 1 { // a maker's eight bytes, padded
			dev.Vendor, dev.Product = strings.TrimSpace(model[:8]), strings.TrimSpace(model[8:])
		} else {
			dev.ModelName = strings.TrimSpace(model)
		}
		dev.scsi()
	case "Revision", "Firmware Version":
		dev.FirmwareVersion = value
	case "Serial Number", "Serial number":
		dev.SerialNumber = value
	case "LU WWN Device Id":
		dev.WWN = compact(value)
	case "Logical Unit id":
		dev.scsi().LogicalUnitID = value
		dev.WWN = hexID(value)
	case "User Capacity":
		n, _ := digits(value)
		dev.CapacityBytes = uint64(n)
	case "Sector Size", "Sector Sizes", "Logical block size", "Physical block size":
		return p.sectors(label, value)
	case "Rotation Rate":
		return p.rotation(value)
	case "Form Factor":
		dev.FormFactor = value
	case "Device is":
		dev.InDatabase = p.truth(strings.HasPrefix(value, "In smartctl"))
		if _, version, ok := strings.Cut(value, "n smartctl database "); ok && version != "" && version[0] != '[' { // since 7.3
			dev.Tool.DriveDatabase, _, _ = strings.Cut(version, " ")
		}
	case "ATA Version is":
		dev.ata().Version = &Coded{Text: value}
	case "ATA Standard is", "Add. Product Id", "TRIM Command", "Zoned Device", "Local Time is", "Power mode is", "Power mode was", "AAM feature is", "AAM level is", "APM feature is", "APM level is",
		"DSN feature is", "ATA Security is", "Wt Cache Reorder", "Device type", "Compliance", "Transport protocol", "Temperature Warning", "Write SCT (Get) Feature Control Command", "Wear Gauge":
		return p.property(strings.TrimSpace(label), value)
	case "SATA Version is":
		return p.sata(value)
	case "Rd look-ahead is":
		p.enabled(value, &dev.ata().ReadLookaheadEnabled)
	case "Write cache is":
		p.enabled(value, &dev.ata().WriteCacheEnabled)
	case "SMART support is":
		p.support(value)
	case "SMART overall-health self-assessment test result":
		switch { // older ones have "UNKNOWN!", too
		case strings.HasPrefix(value, "PASSED"):
			dev.Passed = p.truth(true)
		case strings.HasPrefix(value, "FAILED"):
			dev.Passed = p.truth(false)
		}
	case "SMART Health Status":
		p.scsiStatus(value)
	case "SMART Attributes Data Structure revision number":
		dev.ata().AttributesRevision, _ = digits(value)
	default:
		return p.scsiLabel(strings.TrimSpace(label), value) || p.nvmeLabel(strings.TrimSpace(label), value)
	}
	return true
}
