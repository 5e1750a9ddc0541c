// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/mchus/bee/internal/jsondoc"
)

// A Verdict says how a drive is, from what smartctl printed.
type Verdict string

// The verdicts.
const (
	OK       Verdict = "ok"       // the drive passed its own check and nothing was found
	Unknown  Verdict = "unknown"  // the drive was not asked, or did not answer
	Warning  Verdict = "warning"  // there is a finding: watch the drive, or look into it
	Critical Verdict = "critical" // the drive fails or is about to: replace it
)

// rank orders the verdicts, the worst last. A finding outweighs that the drive
// gave no verdict of its own.
func (v Verdict) rank() int { return slices.Index([]Verdict{OK, Unknown, Warning, Critical}, v) }

// A Health is a verdict with the evidence for it.
type Health struct {
	Verdict Verdict  `json:"verdict"`          // the worst of the reasons; ok if there are none
	Reasons []Reason `json:"reasons,omitzero"` // worst first
}

// A Reason is a piece of evidence.
type Reason struct {
	Code string `json:"code"` // "smart.failing", "ata.pending", …: FORMAT.md lists them with their sources

	// Severity is the verdict that the reason stands for. OK is for what is
	// worth knowing but not held against the drive.
	Severity Verdict `json:"severity"`

	// Attribute is what was looked at: "5 Reallocated_Sector_Ct",
	// "media_errors".
	Attribute string `json:"attribute,omitzero"`
	Value     int64  `json:"value"`              // of the attribute
	Threshold *int64 `json:"threshold,omitzero"` // that Value is held against
	Text      string `json:"text"`               // a sentence
}

// Health gives a verdict on the drive, with the evidence. It is conservative:
// the drive's own check comes first, raw values count only where their meaning
// is known, and what vendors pack into raw values never counts.
//
// A drive that has given no verdict of its own is Unknown, not OK.
func (dev *Device) Health() Health {
	e := evidence{dev: dev}
	e.exitStatus()
	e.status()
	e.wear()
	e.temperature()
	if a := dev.ATA; a != nil {
		e.attributes(a)
		e.locked(a.Security)
		e.defects(a)
		e.errorLog(a)
		e.selfTests(a)
	}
	if s := dev.SCSI; s != nil {
		e.scsi(s)
		e.scsiSelfTests(s)
	}
	if n := dev.NVMe; n != nil {
		e.nvme(n)
		e.nvmeSelfTests(n)
	}
	return e.verdict()
}

// evidence collects the reasons for a verdict.
type evidence struct {
	dev     *Device
	reasons []Reason
}

func (e *evidence) add(r Reason) { e.reasons = append(e.reasons, r) }

// has reports whether there is a reason with the code already.
func (e *evidence) has(code string) bool {
	return slices.ContainsFunc(e.reasons, func(r Reason) bool { return r.Code == code })
}

func (e *evidence) verdict() Health {
	slices.SortStableFunc(e.reasons, func(a, b Reason) int { return cmp.Compare(b.Severity.rank(), a.Severity.rank()) })
	h := Health{OK, e.reasons}
	if len(e.reasons) > 0 {
		h.Verdict = e.reasons[0].Severity
	}
	return h
}

// status reads the drive's own verdict.
func (e *evidence) status() {
	passed := e.dev.Passed
	switch {
	case passed == nil:
		e.noStatus()
	case *passed:
	case e.dev.NVMe != nil && e.dev.NVMe.warning() != 0: // told apart by its bits
	case e.dev.SCSI != nil && e.dev.SCSI.SenseCode != nil:
		e.sense(e.dev.SCSI)
	default:
		e.add(Reason{
			Code: "smart.failing", Severity: Critical, Attribute: "smart_status.passed",
			Text: "The drive's own health check says that it is failing.",
		})
	}
}

// noStatus says why there is no verdict of the drive's own.
func (e *evidence) noStatus() {
	if e.has("smart.usage") || e.has("smart.no_data") || e.has("smart.incomplete") {
		return // that says it
	}
	if s := e.dev.SCSI; s != nil && s.TapeAlerts != nil && s.TapeAlerts.OK {
		return // tape drives have alerts in its place
	}
	r := Reason{
		Code: "smart.no_status", Severity: Unknown, Attribute: "smart_status.passed",
		Text: "smartctl printed no health status of the drive." + e.message(),
	}
	if ok := e.dev.SmartAvailable; ok != nil && !*ok {
		r.Code, r.Attribute, r.Text = "smart.unsupported", "smart_support.available", "The drive does not support SMART."
	} else if ok := e.dev.SmartEnabled; ok != nil && !*ok {
		r.Code, r.Attribute, r.Text = "smart.disabled", "smart_support.enabled", "SMART is switched off in the drive."
	}
	e.add(r)
}

// sense reads the informational exception of a SCSI drive.
func (e *evidence) sense(s *SCSI) {
	var ascq int64
	if s.SenseQualifier != nil {
		ascq = *s.SenseQualifier
	}
	r := Reason{
		Code: "smart.failing", Severity: Critical, Attribute: "smart_status.scsi.asc", Value: *s.SenseCode,
		Text: fmt.Sprintf("The drive's own health check says that it is failing: %s (asc %#02x, ascq %#02x).", s.SenseText, *s.SenseCode, ascq),
	}
	switch {
	case *s.SenseCode == 0x0b:
		r.Code, r.Severity = "scsi.warning", Warning
		r.Text = fmt.Sprintf("The drive gives a warning: %s (asc 0x0b, ascq %#02x).", s.SenseText, ascq)
	case *s.SenseCode == 0x5d && ascq == 0xff:
		r.Code, r.Severity = "scsi.test", Warning
		r.Text = "The drive is set to report a failure as a test (asc 0x5d, ascq 0xff)."
	}
	e.add(r)
}

// exitStatus reads smartctl's exit status. What the document shows itself is
// left to the other rules.
func (e *evidence) exitStatus() {
	if tool := &e.dev.Tool; tool.ExitStatus == nil && tool.FormatVersion == "" && tool.Version != "" {
		return // a text: it has no exit status
	}
	if e.dev.Tool.ExitStatus == nil {
		e.add(Reason{
			Code: "smart.incomplete", Severity: Unknown, Attribute: "smartctl.exit_status",
			Text: "smartctl's output ends before its exit status.",
		})
		return
	}
	status := *e.dev.Tool.ExitStatus
	add := func(bit ExitStatus, code string, severity Verdict, text string) {
		if status.Has(bit) {
			e.add(Reason{Code: code, Severity: severity, Attribute: "smartctl.exit_status", Value: int64(status), Text: text})
		}
	}
	add(ExitUsage, "smart.usage", Unknown, "smartctl did not understand its command line, or could not tell the type of the drive."+e.message())
	add(ExitOpenFailed, "smart.no_data", Unknown, "smartctl could not open or identify the drive, or the drive sleeps."+e.message())
	add(ExitCommandFailed, "smart.command_failed", OK, "A command to the drive failed, or a checksum was wrong."+e.message())
	if e.dev.Protocol == "ATA" && e.dev.Passed != nil && (e.dev.ATA == nil || e.dev.ATA.Attributes == nil) { // the command that failed was to read them
		add(ExitCommandFailed, "smart.incomplete", Unknown, "smartctl could not read the attributes of the drive.")
	}
	if e.dev.Passed == nil || *e.dev.Passed { // of two statuses the last is printed
		add(ExitFailing, "smart.failing", Critical, "smartctl says that the drive is failing.")
	}
	if e.dev.ATA == nil || e.dev.ATA.Attributes == nil || !e.dev.ATA.anyBelow() {
		add(ExitPrefail, "ata.prefail", Critical, "smartctl says that a pre-fail attribute is at its threshold.")
		add(ExitWasBelow, "ata.was_below", Warning, "smartctl says that an attribute is or was at its threshold.")
	}
	if !e.dev.hasErrorLog() {
		add(ExitErrorLog, "smart.error_log", OK, "smartctl says that there are errors in the drive's error log.")
	}
	if !e.dev.hasSelfTestLog() {
		add(ExitSelfTestFailed, "smart.self_test", Critical, "smartctl says that the drive failed a self-test.")
	}
}

// message returns the first message of smartctl, as the end of a sentence.
func (e *evidence) message() string {
	for _, m := range e.dev.Tool.Messages {
		if m.Severity == "error" || m.Severity == "" {
			return " smartctl: " + jsondoc.Inert(m.Text, maxText)
		}
	}
	return ""
}

func (a *ATA) anyBelow() bool {
	return slices.ContainsFunc(a.Attributes, func(a Attribute) bool { return a.WhenFailed != "" })
}

func (dev *Device) hasErrorLog() bool {
	return dev.ATA != nil && (dev.ATA.ErrorLog != nil || dev.ATA.ExtendedErrorLog != nil)
}

func (dev *Device) hasSelfTestLog() bool {
	return dev.ATA != nil && (dev.ATA.SelfTestLog != nil || dev.ATA.ExtendedSelfTestLog != nil) ||
		dev.SCSI != nil && dev.SCSI.SelfTests != nil || dev.NVMe != nil && dev.NVMe.SelfTestLog != nil
}

// wear holds the used part of the rated life against all of it.
func (e *evidence) wear() {
	used, attr := e.dev.percentUsed()
	if rpm := e.dev.RotationRPM; used == nil || rpm != nil && *rpm > 0 {
		return // some disks fill in the statistic of flash memory, too
	}
	if n := e.dev.NVMe; n != nil && n.Health != nil && n.Health.allOnes() {
		return
	}
	lowest := attr != nil && *used == 99 && !attr.counts(99) // the value of the attribute never goes below 1
	if *used < 100 && !lowest {
		return
	}
	limit := int64(100)
	r := Reason{
		Code: "smart.worn", Severity: Warning, Attribute: "percentage used", Value: *used, Threshold: &limit,
		Text: fmt.Sprintf("The drive has used up %d %% of its rated life.", *used),
	}
	if lowest {
		r.Text = "The drive has used up at least 99 % of its rated life: the attribute for it goes no lower."
	}
	if attr != nil {
		r.Attribute = attributeName(attr)
	}
	e.add(r)
}

// minLimit is what a limit must be at least, in degrees Celsius: no drive is too
// hot in a warm room, but some print thresholds of 20 and less.
const minLimit = 40

// maxReading is what a temperature can be at most, in degrees Celsius: 255 is what
// a drive without a sensor gives.
const maxReading = 150

// temperature holds the temperature against the drive's own limits.
func (e *evidence) temperature() {
	t := &e.dev.Temperature
	limit := t.LimitMaxCelsius
	switch {
	case t.TripCelsius != nil && *t.TripCelsius > 0:
		limit = t.TripCelsius
	case e.dev.NVMe != nil && t.OperatingMaxCelsius != nil:
		limit = t.OperatingMaxCelsius
	case e.dev.NVMe != nil:
		limit = e.dev.NVMe.WarningCelsius
	}
	if t.CurrentCelsius == nil || limit == nil || *limit < minLimit || *t.CurrentCelsius < *limit || *t.CurrentCelsius > maxReading {
		return
	}
	e.add(Reason{
		Code: "smart.temperature", Severity: Warning, Attribute: "temperature.current", Value: *t.CurrentCelsius, Threshold: limit,
		Text: fmt.Sprintf("The drive has %d °C, its own limit is %d °C.", *t.CurrentCelsius, *limit),
	})
}
