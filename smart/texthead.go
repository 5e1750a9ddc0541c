// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strings"
)

// heading reads a line that says what follows.
func (p *textParser) heading(line string) bool {
	switch {
	case strings.HasPrefix(line, "smartctl ") && (strings.Contains(line, "[") || strings.Contains(line, "version")):
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
		p.table = (*textParser).selective
	case strings.HasPrefix(line, "Device Statistics (") && strings.HasSuffix(line, ")"):
		p.table = (*textParser).statistic
	case strings.HasPrefix(line, "SATA Phy Event Counters ("):
		p.table = (*textParser).phyEvent
	case strings.HasPrefix(line, "Address    Access  R/W"):
		p.table = (*textParser).logAddress
	case strings.HasPrefix(line, "SCT Temperature History Version:"):
		p.dev.ata().TemperatureHistory = new(TemperatureHistory)
		p.table = (*textParser).history
	case strings.HasPrefix(line, "SCT Status Version:"):
		p.dev.ata().SCTStatus = new(SCTStatus)
		p.table = (*textParser).sctStatus
	case strings.HasPrefix(line, "SCT Error Recovery Control:"):
		p.dev.ata().ErrorRecovery = new(ErrorRecovery)
		p.table = (*textParser).recovery
	case strings.HasPrefix(line, "SMART/Health Information"):
		p.dev.nvme().Health = new(NVMeHealth)
		p.table = (*textParser).nvmeHealth
	case strings.HasPrefix(line, "Error Information ("):
		p.dev.nvme().ErrorLog = new(NVMeErrorLog)
		p.table = (*textParser).nvmeError
	case strings.HasPrefix(line, "Self-test Log (NVMe") || strings.HasPrefix(line, "Self-tests Log (NVMe"):
		p.dev.nvme().SelfTestLog = new(NVMeSelfTestLog)
		p.table = (*textParser).nvmeSelfTest
	case strings.HasPrefix(line, "Supported Power States"), strings.HasPrefix(line, "Supported LBA Sizes"):
		p.table = (*textParser).power
	case strings.HasPrefix(line, "Error counter log:"):
		p.dev.scsi()
		p.table = (*textParser).counter
	case strings.HasPrefix(line, "SMART Self-test log") && p.dev.ATA == nil:
		p.table = (*textParser).scsiSelfTest
	case strings.HasPrefix(line, "Vendor Specific SMART Attributes with Thresholds"),
		strings.HasPrefix(line, "General SMART Values:"):
		p.table = nil
	default:
		return false
	}
	return true
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
	"LH ", "LM ", "LL ", "DV ", "DC ", "ER ", "ST ", "FR ", "SC ", "SN ", "CL ", "CH ", "DH ", "-- --", "Powered_Up_Time is", "DDd+hh", "SS=sec",
	"When the command that caused", "After command completion", "Commands leading to", "CR FR SC", "ER ST SC",
	"Self-test supported", "No Self-test supported", "Conveyance Self-test supported", "No Conveyance Self-test", "Selective Self-test supported", "No Selective Self-test",
	"SMART execute Offline", "Auto Offline data", "Suspend Offline", "Abort Offline", "command.", "Offline surface scan", "No Offline surface", "No Auto Offline",
	"Saves SMART data", "power-saving mode", "Supports SMART auto save", "Error logging supported", "General Purpose Logging supported", "No General Purpose Logging",
	"was never started", "was completed", "was suspended", "without error", "been run", "General SMART", "capabilities:", "data collection:",
	"SCT Error Recovery Control supported", "SCT Feature Control supported", "SCT Data Table supported",
	"Auto-offline", "automatic", "SMART capabilities", "Error logging capability", "Short self-test routine", "Extended self-test routine",
	"Conveyance self-test routine", "recommended polling time", "Total time to complete Offline",
	"Page  Offset", "Page Offset", "ID      Size", "Num  Test", "Num  ", "SPAN", "Error Information", "No Errors Logged", "No self-tests have been logged",
	"Index ", "Errors Corrected", "ECC ", "fast | delayed", "Read SMART", "=======> INVALID", "Warning:", "WARNING:", "ATTRIBUTE", "[No self-tests",
}

func isFiller(line string) bool {
	s := strings.TrimLeft(line, " \t")
	for _, f := range fillers {
		if strings.HasPrefix(s, f) {
			return true
		}
	}
	return false
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
		model, version, _ := strings.Cut(value, "Version:")
		dev.ModelName, dev.FirmwareVersion = strings.TrimSpace(model), strings.TrimSpace(version)
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
	case "User Capacity", "Namespace 1 Size/Capacity", "Total NVM Capacity":
		p.capacity(label, value)
	case "Sector Size", "Sector Sizes", "Logical block size", "Physical block size", "Namespace 1 Formatted LBA Size":
		return p.sectors(label, value)
	case "Rotation Rate":
		return p.rotation(value)
	case "Form Factor":
		dev.FormFactor = value
	case "Device is":
		dev.InDatabase = truth(strings.HasPrefix(value, "In smartctl"))
	case "ATA Version is":
		dev.ata().Version = &Coded{Text: value}
	case "ATA Standard is", "Add. Product Id", "TRIM Command", "Zoned Device", "Local Time is", "Power mode is", "Power mode was", "AAM feature is", "AAM level is", "APM feature is", "APM level is",
		"DSN feature is", "ATA Security is", "Wt Cache Reorder", "Device type", "Compliance", "LU is fully provisioned", "LB provisioning type", "Transport protocol", "Temperature Warning", "Write SCT (Get) Feature Control Command", "Wear Gauge":
		return p.property(strings.TrimSpace(label), value)
	case "SATA Version is":
		return p.sata(value)
	case "Rd look-ahead is":
		dev.ata().ReadLookaheadEnabled = truth(value == "Enabled")
	case "Write cache is":
		dev.ata().WriteCacheEnabled = truth(value == "Enabled")
	case "SMART support is":
		p.support(value)
	case "SMART overall-health self-assessment test result":
		dev.Passed = truth(strings.HasPrefix(value, "PASSED"))
	case "SMART Health Status":
		p.scsiStatus(value)
	case "SMART Attributes Data Structure revision number":
		dev.ata().AttributesRevision, _ = digits(value)
	default:
		return p.scsiLabel(strings.TrimSpace(label), value) || p.nvmeLabel(strings.TrimSpace(label), value)
	}
	return true
}
