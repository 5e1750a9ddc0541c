// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"fmt"
	"math"
)

// scsi looks at the defects and error counters of a SCSI drive.
func (e *evidence) scsi(s *SCSI) {
	if n := s.GrownDefects; n != nil && *n > 0 {
		e.add(Reason{
			Code: "scsi.grown_defects", Severity: e.mediaSeverity(), Attribute: "scsi_grown_defect_list", Value: *n,
			Text: fmt.Sprintf("Bad blocks that the drive has replaced: %d.", *n),
		})
	}
	if n := s.GrownDefectBytes; n != nil && *n > 0 {
		e.add(Reason{
			Code: "scsi.grown_defects", Severity: e.mediaSeverity(), Attribute: "scsi_grown_defect_list", Value: max(*n/8, 1), // 8 bytes a block, or 4
			Text: fmt.Sprintf("Bad blocks that the drive has replaced: %d to %d.", max(*n/8, 1), max(*n/4, 1)),
		})
	}
	if p := s.PendingDefects; p != nil && p.Count > 0 {
		e.add(Reason{
			Code: "scsi.pending", Severity: Warning, Attribute: "scsi_pending_defects.count", Value: p.Count,
			Text: fmt.Sprintf("Blocks that the drive could not read: %d.", p.Count),
		})
	}
	for _, row := range []struct {
		name    string
		counter *ErrorCounter
	}{{"read", s.Read}, {"write", s.Write}, {"verify", s.Verify}} {
		if row.counter == nil || row.counter.Uncorrected == nil || *row.counter.Uncorrected == 0 {
			continue
		}
		n := *row.counter.Uncorrected
		e.add(Reason{
			Code: "scsi.uncorrected", Severity: Warning,
			Attribute: "scsi_error_counter_log." + row.name + ".total_uncorrected_errors", Value: int64(min(n, math.MaxInt64)),
			Text: fmt.Sprintf("Errors that the drive could not correct, on %s: %d.", row.name, n),
		})
	}
}

// scsiSelfTests looks for failed self-tests, up to the last extended one that
// passed.
func (e *evidence) scsiSelfTests(s *SCSI) {
	for _, t := range s.SelfTests {
		extended := t.Code.Value == 2 || t.Code.Value == 6 // in the background or in the foreground
		switch {
		case t.Result == nil || t.InProgress:
		case t.Result.Value == 0 && extended:
			return
		case t.Result.Value >= 3 && t.Result.Value <= 7:
			e.add(Reason{
				Code: "scsi.self_test", Severity: Critical, Attribute: "scsi_self_test_" + fmt.Sprint(t.Number), Value: t.Result.Value,
				Text: fmt.Sprintf("A self-test (%s) failed: %s.", t.Code.Text, t.Result.Text),
			})
			return
		}
	}
}

// warning returns the critical warning, wherever it was printed.
func (n *NVMe) warning() CriticalWarning {
	if n.Health != nil {
		return n.CriticalWarning | n.Health.CriticalWarning
	}
	return n.CriticalWarning
}

// nvmeWarnings are the bits of the critical warning. A temperature out of
// bounds is not a fault of the drive.
var nvmeWarnings = []struct {
	bit      CriticalWarning
	code     string
	severity Verdict
	text     string
}{
	{WarningSpare, "nvme.spare", Critical, "The drive has too few spare blocks left."},
	{WarningTemperature, "nvme.temperature", Warning, "The drive is or was too hot or too cold."},
	{WarningReliability, "nvme.reliability", Critical, "The drive says that it is no longer reliable"},
	{WarningReadOnly, "nvme.read_only", Critical, "The drive has become read only."},
	{WarningBackup, "nvme.backup", Critical, "The drive can no longer save its cache when power fails."},
	{WarningPMR, "nvme.persistent_memory", Warning, "The drive's persistent memory region is read only or unreliable."},
}

// nvme looks at the health log of an NVMe drive.
func (e *evidence) nvme(n *NVMe) {
	warning := n.warning()
	unknown := warning
	for _, w := range nvmeWarnings {
		if warning&w.bit != 0 {
			text := w.text
			if w.bit == WarningReliability {
				text += n.reliabilityNote()
			}
			e.add(Reason{Code: w.code, Severity: w.severity, Attribute: "critical_warning", Value: int64(warning), Text: text})
			unknown &^= w.bit
		}
	}
	if unknown != 0 {
		e.add(Reason{
			Code: "nvme.critical_warning", Severity: Critical, Attribute: "critical_warning", Value: int64(warning),
			Text: fmt.Sprintf("The drive gives a critical warning of an unknown kind (%#02x).", uint8(unknown)),
		})
	}
	h := n.Health
	if h == nil {
		return
	}
	if m := h.MediaErrors; m != nil && *m != (Uint128{}) {
		r := Reason{
			Code: "nvme.media_errors", Severity: Warning, Attribute: "media_errors", Value: m.clamp(),
			Text: fmt.Sprintf("Errors of media and data integrity that the drive could not correct: %v.", m),
		}
		if m.Lo&math.MaxUint32 == 0 {
			r.Severity = OK
			r.Text = fmt.Sprintf("The count of media errors is %v, a number with no low bits, which none counts up to.", m)
		}
		e.add(r)
	}
	if spare, limit := h.SparePercent, h.SpareThresholdPercent; spare != nil && limit != nil && *spare < *limit && !e.has("nvme.spare") {
		e.add(Reason{
			Code: "nvme.spare", Severity: Critical, Attribute: "available_spare", Value: *spare, Threshold: limit,
			Text: fmt.Sprintf("The drive has %d %% of its spare blocks left, its threshold is %d %%.", *spare, *limit),
		})
	}
}

// reliabilityNote says what the log tells of why a drive is no longer reliable.
// Samsung's say so where they are worn out, without any media error.
func (n *NVMe) reliabilityNote() string {
	h := n.Health
	switch {
	case h == nil || h.MediaErrors == nil:
		return "."
	case *h.MediaErrors != (Uint128{}):
		return fmt.Sprintf(": it counts %v media errors.", h.MediaErrors)
	case h.UsedPercent != nil && *h.UsedPercent >= 100:
		return fmt.Sprintf(": it has used up %d %% of its rated life, and counts no media errors.", *h.UsedPercent)
	}
	return "; it counts no media errors."
}

// JudgeNVMe gives a verdict on an NVMe drive by its health log alone, wherever
// that was read, by the rules of [Device.Health]. An NVMe drive has no verdict of
// its own beside its critical warning, so that a log without findings is OK; no
// log is Unknown.
func JudgeNVMe(log *NVMeHealth) Health {
	if log == nil {
		return Health{Unknown, []Reason{{
			Code: "smart.no_status", Severity: Unknown, Attribute: "smart_log",
			Text: "The health log of the drive was not read.",
		}}}
	}
	e := evidence{dev: &Device{NVMe: &NVMe{Health: log}}}
	e.wear()
	e.nvme(e.dev.NVMe)
	return e.verdict()
}

// clamp returns u, or the largest int64 if u is larger.
func (u Uint128) clamp() int64 {
	if u.Hi != 0 || u.Lo > math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(u.Lo)
}

// ran reports whether a drive can have run a self-test that its log holds. What
// some USB bridges pass on of the log ends in garbage: reserved codes, and
// hours that the drive has never been on.
func (n *NVMe) ran(t *NVMeSelfTest) bool {
	switch t.Code.Value {
	case 1, 2, 14: // short, extended, the vendor's
	default:
		return false
	}
	if n.Health == nil || n.Health.PowerOnHours == nil {
		return true
	}
	on := n.Health.PowerOnHours
	return on.Hi != 0 || t.PowerOnHours <= on.Lo+1
}

// nvmeSelfTests looks for failed self-tests, up to the last extended one that
// passed.
func (e *evidence) nvmeSelfTests(n *NVMe) {
	if n.SelfTestLog == nil {
		return
	}
	for _, t := range n.SelfTestLog.Tests {
		switch {
		case t.Result.Value == 0 && t.Code.Value == 2: // extended
			return
		case t.Result.Value >= 5 && t.Result.Value <= 7 && n.ran(&t):
			e.add(Reason{
				Code: "nvme.self_test", Severity: Critical, Attribute: "nvme_self_test_log", Value: t.Result.Value,
				Text: fmt.Sprintf("A self-test (%s) failed at %d power-on hours: %s.", t.Code.Text, t.PowerOnHours, t.Result.Text),
			})
			return
		}
	}
}
