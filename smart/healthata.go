// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// RawCount returns the count that the raw value of an attribute holds, and
// whether it is known which part of it that is. Vendors pack several numbers
// into a raw value; smartctl's drive database knows how, and writes the count
// first: "12 (0 3)". A number of more than 32 bits is a packed one that the
// database does not know.
func (a *Attribute) RawCount() (n uint64, ok bool) {
	text, _, _ := strings.Cut(a.RawText, " (")
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || n > math.MaxUint32 {
		return 0, false
	}
	return n, true
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
		case attr.ID == 187 && strings.HasPrefix(attr.Name, "Reported_Uncorrect"):
			e.count(attr, "ata.uncorrectable", Warning, "Errors that the drive could not correct: %d.")
		case attr.ID == 197 && strings.Contains(attr.Name, "Pending"):
			e.count(attr, "ata.pending", Warning, "Sectors that the drive could not read: %d.")
		case attr.ID == 198 && strings.Contains(attr.Name, "Uncorrect"):
			e.count(attr, "ata.offline_uncorrectable", Warning, "Sectors that the drive's own scan could not read: %d.")
		case attr.ID == 199 && strings.Contains(attr.Name, "CRC"):
			e.count(attr, "ata.link_errors", OK, "Transmission errors on the link to the drive over its life, often a cable: %d.")
		}
	}
}

// mediaSeverity is how bad replaced blocks are: a disk should have none, flash
// memory loses some in normal use, and its own thresholds judge that.
func (e *evidence) mediaSeverity() Verdict {
	if rpm := e.dev.RotationRPM; rpm != nil && *rpm > 0 {
		return Warning
	}
	return OK
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
	switch {
	case a.WhenFailed == "past" && (a.ID == 190 || a.ID == 194):
		r.Code, r.Severity, r.Text = "ata.was_hot", OK, "The drive has been too hot at some time."
	case a.WhenFailed == "past":
		r.Text = fmt.Sprintf("Attribute %d (%s) has been at its threshold at some time.", a.ID, a.Name)
	case a.Flags.Prefail():
		r.Code, r.Severity = "ata.prefail", Critical
		r.Text = fmt.Sprintf("Attribute %d (%s) is at its threshold: the drive is about to fail.", a.ID, a.Name)
	default:
		r.Code = "ata.old"
		r.Text = fmt.Sprintf("Attribute %d (%s) is at its threshold: the drive is past its design life.", a.ID, a.Name)
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
		e.add(Reason{
			Code: "ata.uncorrectable", Severity: Warning, Attribute: "ata_device_statistics: " + s.Name, Value: *s.Value,
			Text: fmt.Sprintf("Errors that the drive could not correct: %d.", *s.Value),
		})
	}
	if s := a.Statistic(3, 32); s != nil && *s.Value > 0 && !e.has("ata.reallocated") {
		e.add(Reason{
			Code: "ata.reallocated", Severity: e.mediaSeverity(), Attribute: "ata_device_statistics: " + s.Name, Value: *s.Value,
			Text: fmt.Sprintf("Bad sectors that the drive has replaced: %d.", *s.Value),
		})
	}
}

// The bits of the ATA error and status registers that are not the host's fault
// (ACS-3, ERROR and STATUS fields). A command that is aborted, or finds no such address, may
// just be one that the drive does not know.
const (
	errorMedia  = 0x40 // uncorrectable
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
	var seen int64
	for _, entry := range log.Errors {
		seen |= entry.Completion.Error | entry.Completion.Status&statusFault<<8
	}
	r := Reason{Code: "ata.error_log", Severity: OK, Attribute: name, Value: log.Count}
	kind := "commands that the drive refused"
	switch {
	case len(log.Errors) == 0:
		kind = "of an unknown kind"
	case seen&(statusFault<<8) != 0:
		r.Severity, kind = Warning, "some of a fault in the drive"
	case seen&errorMedia != 0:
		r.Severity, kind = Warning, "some of sectors that could not be read"
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

// selfTests looks for failed self-tests, up to the last extended one that
// passed, as smartctl does.
func (e *evidence) selfTests(a *ATA) {
	log := a.ExtendedSelfTestLog
	if log == nil || log.Count == 0 {
		log = a.SelfTestLog
	}
	if log == nil {
		return
	}
	const extended = 2 // type of test; the captive form has a high bit
	for _, t := range log.Tests {
		passed := t.Status.Passed
		switch {
		case passed == nil || t.Status.RemainingPercent != nil && *passed: // in progress or aborted
		case *passed && t.Type.Value&0x7f == extended:
			return
		case !*passed:
			e.add(Reason{
				Code: "ata.self_test", Severity: Critical, Attribute: "ata_smart_self_test_log", Value: t.Status.Value >> 4,
				Text: fmt.Sprintf("A self-test (%s) failed at %d power-on hours: %s.", t.Type.Text, t.LifetimeHours, t.Status.Text),
			})
			return
		}
	}
}
