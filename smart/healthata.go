// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// RawCount returns the count that the raw value of an attribute holds, and
// whether it is known which part of it that is. Vendors pack several numbers
// into a raw value; smartctl's drive database knows how, and writes the count
// first: "12 (0 3)". A number of more than 32 bits, or of which only the high 16
// are set, is a packed one that the database does not know.
func (a *Attribute) RawCount() (n uint64, ok bool) {
	text, _, _ := strings.Cut(a.RawText, " (")
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || n > math.MaxUint32 || n != 0 && n&0xffff == 0 {
		return 0, false
	}
	return n, true
}

// counts reports whether the raw value is a count of n.
func (a *Attribute) counts(n uint64) bool {
	raw, ok := a.RawCount()
	return ok && raw == n
}

// attributes looks at the threshold states of the attributes, and at the raw
// values of the few whose meaning is the same with all vendors.
func (e *evidence) attributes(a *ATA) {
	for i := range a.Attributes {
		attr := &a.Attributes[i]
		switch {
		case attr.WhenFailed != "":
			e.below(attr)
		case attr.ID == 5 && strings.HasPrefix(attr.Name, "Reallocated_Sector"):
			e.count(attr, "ata.reallocated", e.mediaSeverity(), "Bad sectors that the drive has replaced: %d.")
		case countsUncorrectable(attr):
			e.count(attr, "ata.uncorrectable", Warning, "Errors that the drive could not correct: %d.")
		case attr.ID == 197 && strings.Contains(attr.Name, "Pending"):
			e.count(attr, "ata.pending", attr.pendingSeverity(), "Sectors that the drive could not read: %d.")
		case attr.ID == 198 && (strings.Contains(attr.Name, "Uncorrect") || strings.Contains(attr.Name, "_UNC_")):
			e.count(attr, "ata.offline_uncorrectable", e.offlineSeverity(a), "Sectors that the drive's own scan could not read: %d.")
		case attr.ID == 199 && strings.Contains(attr.Name, "CRC"):
			e.count(attr, "ata.link_errors", OK, "Transmission errors on the link to the drive over its life, often a cable: %d.")
		}
	}
}

// offlineSeverity is how bad what attribute 198 counts is. On flash that the
// database does not know, its name is smartctl's default, and the drive's own
// statistic of uncorrectable errors is the better evidence.
func (e *evidence) offlineSeverity(a *ATA) Verdict {
	s := a.Statistic(4, 8)
	if in := e.dev.InDatabase; in != nil && !*in && s != nil && *s.Value == 0 && e.mediaSeverity() == OK {
		return OK
	}
	return Warning
}

// pendingSeverity is how bad what attribute 197 counts is. Micron's flash drives
// are known to show 1 under this name for some minutes, and then 0 again.
func (a *Attribute) pendingSeverity() Verdict {
	if n, _ := a.RawCount(); n == 1 && a.Name == "Current_Pending_ECC_Cnt" {
		return OK
	}
	return Warning
}

// mediaSeverity is how bad replaced blocks are: a disk should have none, flash
// memory loses some in normal use, and its own thresholds judge that.
func (e *evidence) mediaSeverity() Verdict {
	if rpm := e.dev.RotationRPM; rpm != nil && *rpm > 0 || rpm == nil && !e.dev.isFlash() {
		return Warning
	}
	return OK
}

// isFlash reports whether a drive that gives no rotation rate shows in another
// way that it is flash. Disks up to ATA-7 have no rate to give, and SCSI disks
// need not.
func (dev *Device) isFlash() bool {
	if strings.Contains(dev.ModelFamily, "SSD") || strings.Contains(dev.ModelName, "SSD") || dev.NVMe != nil {
		return true
	}
	if dev.SCSI != nil && dev.SCSI.LifetimePercent != nil || dev.Trim != nil && dev.Trim.Supported {
		return true
	}
	return dev.ATA != nil && (dev.ATA.Statistic(7, 8) != nil || slices.ContainsFunc(dev.ATA.Attributes, wears))
}

// wears reports whether only flash has the attribute.
func wears(a Attribute) bool {
	for _, word := range []string{"Wear", "Erase", "Program", "SSD", "NAND", "Life_", "Lifetime", "Spare_Bl"} {
		if strings.Contains(a.Name, word) {
			return true
		}
	}
	return false
}

func attributeName(a *Attribute) string { return strconv.Itoa(int(a.ID)) + " " + a.Name }

// count adds a reason if the raw value of an attribute counts anything.
func (e *evidence) count(a *Attribute, code string, severity Verdict, text string) {
	n, ok := a.RawCount()
	if !ok || n == 0 {
		return
	}
	zero := int64(0)
	e.add(Reason{Code: code, Severity: severity, Attribute: attributeName(a), Value: int64(n), Threshold: &zero, Text: fmt.Sprintf(text, n)})
}

// below adds a reason for an attribute that is or was at its threshold.
func (e *evidence) below(a *Attribute) {
	r := Reason{Code: "ata.was_below", Severity: Warning, Attribute: attributeName(a), Threshold: a.Threshold}
	value := a.Value
	if a.WhenFailed == "past" {
		value = a.Worst
	}
	if value != nil {
		r.Value = *value
	}
	rpm := e.dev.RotationRPM
	switch {
	case a.isTemperature(), a.ID == 231 && strings.HasPrefix(a.Name, "Temperature") && rpm != nil && *rpm > 0:
		e.heat(a, r)
		return
	case a.WhenFailed == "past" && a.isReserve() && a.Value != nil && *a.Value >= 90:
		r.Severity = OK
		r.Text = fmt.Sprintf("Attribute %d (%s) has been at its threshold at some time; used blocks do not come back, and %d of 100 are left.", a.ID, a.Name, min(*a.Value, 100))
	case a.WhenFailed == "past":
		r.Text = fmt.Sprintf("Attribute %d (%s) has been at its threshold at some time.", a.ID, a.Name)
	case a.Flags.Prefail():
		r.Code, r.Severity = "ata.prefail", Critical
		r.Text = fmt.Sprintf("Attribute %d (%s) is at its threshold: the drive is about to fail.", a.ID, a.Name)
	default:
		r.Code = "ata.old"
		r.Text = fmt.Sprintf("Attribute %d (%s) is at its threshold, which the drive calls a matter of its age.", a.ID, a.Name)
	}
	e.add(r)
}

// isReserve reports whether an attribute tells what is left of spare blocks, or
// how many are used: none of them come back.
func (a *Attribute) isReserve() bool {
	return strings.Contains(a.Name, "Rsvd_Blk") || strings.Contains(a.Name, "Reservd") || strings.Contains(a.Name, "Reserved_Bl")
}

// isTemperature reports whether an attribute is a temperature, which says
// nothing of the drive's age or failure. Number 231 has that name from smartctl's
// defaults, and is mostly what is left of flash memory; of a disk it is one.
func (a *Attribute) isTemperature() bool {
	named := strings.HasPrefix(a.Name, "Temperature") || strings.HasPrefix(a.Name, "Airflow_Temp")
	return a.ID == 190 || a.ID == 194 || named && a.ID != 231
}

// heat adds a reason for a temperature that is or was at its threshold. The
// value falls as the drive gets hotter; where it is the temperature itself, the
// threshold does not mean anything.
func (e *evidence) heat(a *Attribute, r Reason) {
	celsius, _, _ := strings.Cut(a.RawText, " ")
	switch {
	case a.Value != nil && celsius == strconv.FormatInt(*a.Value, 10) && *a.Value < 50:
		if a.WhenFailed == "past" {
			return
		}
		r.Code, r.Severity = "smart.temperature", OK
		r.Text = fmt.Sprintf("Attribute %d (%s) is at its threshold by the drive's account, but its value is the temperature itself, %s °C.", a.ID, a.Name, celsius)
	case a.WhenFailed == "past":
		r.Code, r.Severity, r.Text = "ata.was_hot", OK, "The drive has been too hot at some time."
	case e.has("smart.temperature"):
		return
	default:
		r.Code = "smart.temperature"
		r.Text = fmt.Sprintf("Attribute %d (%s) is at its threshold: the drive is too hot now.", a.ID, a.Name)
	}
	e.add(r)
}

// defects looks into the logs for what attributes may not say.
func (e *evidence) defects(a *ATA) {
	if p := a.PendingDefects; p != nil && p.Count > 0 && !e.has("ata.pending") {
		e.add(Reason{
			Code: "ata.pending", Severity: Warning, Attribute: "ata_pending_defects_log.count", Value: p.Count,
			Text: fmt.Sprintf("Sectors that the drive could not read: %d.", p.Count),
		})
	}
	if s := a.Statistic(4, 8); s != nil && *s.Value > 0 && !e.has("ata.uncorrectable") {
		r := Reason{
			Code: "ata.uncorrectable", Severity: Warning, Attribute: "ata_device_statistics: " + s.Name, Value: *s.Value,
			Text: fmt.Sprintf("Errors that the drive could not correct: %d.", *s.Value),
		}
		if witness := a.noUncorrectable(); witness != "" {
			r.Severity = OK
			r.Text = fmt.Sprintf("The statistics count %d errors that the drive could not correct; %s.", *s.Value, witness)
		}
		e.add(r)
	}
	if s := a.Statistic(3, 32); s != nil && *s.Value > 0 && !e.has("ata.reallocated") {
		e.add(Reason{
			Code: "ata.reallocated", Severity: e.mediaSeverity(), Attribute: "ata_device_statistics: " + s.Name, Value: *s.Value,
			Text: fmt.Sprintf("Bad sectors that the drive has replaced: %d.", *s.Value),
		})
	}
}

// locked: what is on a locked drive nobody can read, and nobody can write it.
func (e *evidence) locked(s *Security) {
	if s == nil || !s.Locked {
		return
	}
	text := "The drive is locked by a password, without which it can neither be read nor written."
	if s.AttemptsExceeded {
		text = "The drive is locked by a password, and was given wrong ones so often that it takes none before it is switched off and on."
	}
	e.add(Reason{Code: "ata.locked", Severity: Warning, Attribute: "ata_security.state", Value: s.State, Text: text})
}

// noUncorrectable says what shows that there were no errors that the drive could
// not correct, "" if nothing does. With some firmware the statistic that counts
// them is junk.
func (a *ATA) noUncorrectable() string {
	for i := range a.Attributes {
		attr := &a.Attributes[i]
		if n, ok := attr.RawCount(); ok && n == 0 && countsUncorrectable(attr) {
			return fmt.Sprintf("attribute %d (%s) counts none", attr.ID, attr.Name)
		}
	}
	if log := a.ExtendedErrorLog; log != nil && log.Count == 0 {
		return "its error log is empty"
	}
	if log := a.ErrorLog; log != nil && log.Count == 0 {
		return "its error log is empty"
	}
	if log := a.ExtendedErrorLog; log != nil && log.Count == int64(len(log.Errors)) && !slices.ContainsFunc(log.Errors, lostData) {
		return "its error log has all errors, and none of this kind"
	}
	return ""
}

// lostData reports whether an error is one that the drive could not correct, or
// may be.
func lostData(e ATAError) bool {
	return e.Completion.Error&(errorMedia|errorNoID) != 0 || e.Completion.Status&statusFault != 0
}

// The bits of the ATA error and status registers that are not the host's fault
// (ACS-3, ERROR and STATUS fields). A command that is aborted, or finds no such address, may
// just be one that the drive does not know.
const (
	errorMedia  = 0x40 // uncorrectable
	errorNoID   = 0x10 // address not found
	errorLink   = 0x80 // interface CRC
	statusFault = 0x20 // device fault
)

// errorLog looks at the entries of the error log. The extended log has those of
// the summary, too.
func (e *evidence) errorLog(a *ATA) {
	log, name := a.ExtendedErrorLog, "ata_smart_error_log.extended.count"
	if log == nil || len(log.Errors) == 0 {
		log, name = a.ErrorLog, "ata_smart_error_log.summary.count"
	}
	if log == nil || log.Count == 0 {
		return
	}
	seen, lost := e.errorBits(a, log)
	r := Reason{Code: "ata.error_log", Severity: OK, Attribute: name, Value: log.Count}
	kind := "commands that the drive refused"
	switch {
	case len(log.Errors) == 0:
		kind = "of an unknown kind"
	case seen&(statusFault<<8) != 0:
		r.Severity, kind = Warning, "some of a fault in the drive"
	case seen&errorMedia != 0:
		r.Severity, kind = Warning, "some of sectors that could not be read"
	case lost:
		r.Severity, kind = Warning, "some of sectors that the drive did not find on its medium"
	case seen&errorLink != 0:
		kind = "transmission errors on the link, often a cable"
	}
	r.Text = fmt.Sprintf("Errors in the drive's log, %s: %d", kind, log.Count)
	if len(log.Errors) > 0 {
		r.Text += fmt.Sprintf(", the last at %d power-on hours", log.Errors[0].LifetimeHours)
	}
	r.Text += "."
	e.add(r)
}

// errorBits returns the bits of the error register, and above them those of the
// status register, that any entry has, and whether one of them could not find
// an address that the drive has. The summary log has only 28 bits of it.
func (e *evidence) errorBits(a *ATA, log *ErrorLog) (seen int64, lost bool) {
	blocks := e.dev.CapacityBlocks
	whole := log == a.ExtendedErrorLog || blocks < 1<<28
	for _, entry := range log.Errors {
		c := &entry.Completion
		seen |= c.Error | c.Status&statusFault<<8
		if c.Error&errorNoID != 0 && whole && c.LBA > 0 && c.LBA < blocks {
			lost = true
		}
	}
	return seen, lost
}

// selfTests looks for failed self-tests, up to the last extended one that
// passed, as smartctl does. Where no log was printed, or nothing is in it, the
// status of the last test tells.
func (e *evidence) selfTests(a *ATA) {
	log := a.ExtendedSelfTestLog
	if log == nil || log.Count == 0 {
		log = a.SelfTestLog
	}
	if log == nil || len(log.Tests) == 0 {
		if s := a.SelfTestStatus; s != nil && s.failed() {
			e.add(Reason{
				Code: "ata.self_test", Severity: Critical, Attribute: "ata_smart_data.self_test.status", Value: s.Value >> 4,
				Text: fmt.Sprintf("The last self-test failed: %s.", s.Text),
			})
		}
		return
	}
	const extended = 2 // type of test; the captive form has a high bit
	for i := range log.Tests {
		t := &log.Tests[i]
		switch passed := t.Status.Passed; {
		case t.Status.failed():
			e.add(Reason{
				Code: "ata.self_test", Severity: Critical, Attribute: "ata_smart_self_test_log", Value: t.Status.Value >> 4,
				Text: fmt.Sprintf("A self-test (%s) failed at %d power-on hours: %s.", t.Type.Text, t.LifetimeHours, t.Status.Text),
			})
			return
		case passed != nil && *passed && t.Status.Value>>4 == 0 && t.Type.Value&0x7f == extended:
			return
		}
	}
}
