// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// volumeStates are the states of a volume that are not well.
var volumeStates = map[string]struct{ code, text string }{
	"degraded":           {report.CodeVolumeDegraded, "is degraded: it works without all of its redundancy"},
	"partially_degraded": {report.CodeVolumePartlyDegraded, "is partially degraded: it has lost some of its redundancy"},
	"rebuilding":         {report.CodeVolumeRebuilding, "is being rebuilt"},
	"failed":             {report.CodeVolumeOffline, "has failed"},
	"offline":            {report.CodeVolumeOffline, "is offline"},
	"missing":            {report.CodeVolumeOffline, "is missing"},
	"full":               {report.CodeVolumeNoWrites, "is full: what is written to it fails or waits"},
	"read_only":          {report.CodeVolumeNoWrites, "takes no writes"},
}

// judgeVolumes: volumes that have lost redundancy or all, and caches that do
// not work as they are set to.
func judgeVolumes(r *report.Report) []report.Finding {
	if r.Storage == nil {
		return nil
	}
	var list []report.Finding
	for i := range r.Storage.Volumes {
		v := &r.Storage.Volumes[i]
		if s, ok := volumeStates[v.State]; ok {
			if v.Kind == "multipath" && v.State == "partially_degraded" {
				s.text = "works by fewer paths than it has"
			}
			list = append(list, find(s.code, v.ID, volumeText(v, s.text), volumeEvidence(v)))
		}
		if v.BadBlocks {
			list = append(list, find(report.CodeVolumeBadBlocks, v.ID, volumeText(&report.Volume{ID: v.ID, Name: v.Name, Level: v.Level}, "has blocks that its controller could not restore: what was in them is lost"), nil))
		}
		list = append(list, judgeWriteCache(r, v)...)
	}
	return list
}

func volumeText(v *report.Volume, state string) string {
	name := "Volume " + strings.TrimPrefix(cmp.Or(v.Name, v.ID), "volume ")
	if v.Level != "" {
		name += " (RAID " + v.Level + ")"
	}
	text := name + " " + state
	if v.ProgressPct != nil {
		text += fmt.Sprintf(", %.3g %% done", *v.ProgressPct)
	}
	if v.Missing > 0 {
		text += fmt.Sprintf("; members that are gone: %d", v.Missing)
	}
	if v.Kind == "multipath" && v.StateText != "" {
		text += "; " + v.StateText
	}
	if len(v.MissingIDs) > 0 {
		text += "; out of it: " + strings.Join(v.MissingIDs, ", ")
	}
	return text + "."
}

func volumeEvidence(v *report.Volume) map[string]any {
	evidence := map[string]any{"state": v.State}
	if v.StateText != "" {
		evidence["state_text"] = v.StateText
	}
	if v.ProgressPct != nil {
		evidence["progress_pct"] = *v.ProgressPct
	}
	if v.Missing > 0 {
		evidence["missing"] = v.Missing
	}
	if len(v.MissingIDs) > 0 {
		evidence["missing_ids"] = v.MissingIDs
	}
	return evidence
}

// judgeWriteCache: a write cache is off because what keeps it does not. One that
// is off by choice is well, and so is one of a card without a battery.
func judgeWriteCache(r *report.Report, v *report.Volume) []report.Finding {
	if v.WriteCache != "write_through" || v.WriteCacheSet == "write_through" {
		return nil
	}
	for i := range r.Storage.Controllers {
		c := &r.Storage.Controllers[i]
		if c.ID != v.Controller || c.Battery == nil || c.Battery.State == batteryOK || c.Battery.State == batteryAbsent {
			continue
		}
		return []report.Finding{find(report.CodeVolumeWriteThrough, v.ID, fmt.Sprintf(
			"Volume %s writes without its cache: the %s of its controller is %s.", strings.TrimPrefix(cmp.Or(v.Name, v.ID), "volume "), batteryKind(c.Battery), c.Battery.State),
			map[string]any{"write_cache": v.WriteCache, "battery": c.Battery.State})}
	}
	return nil
}

// driveStates are the states of a drive, to its controller or array, that are
// not well.
var driveStates = map[string]struct{ code, text string }{
	"failed":     {report.CodeDriveFailed, "has failed"},
	"offline":    {report.CodeDriveOffline, "is offline"},
	"missing":    {report.CodeDriveMissing, "is missing"},
	"foreign":    {report.CodeDriveForeign, "holds the configuration of another controller"},
	"rebuilding": {report.CodeDriveRebuilding, "is being rebuilt"},
}

// judgeMembers: what controllers and arrays say of their drives.
func judgeMembers(r *report.Report) []report.Finding {
	if r.Storage == nil {
		return nil
	}
	var list []report.Finding
	for i := range r.Storage.Drives {
		d := &r.Storage.Drives[i]
		s, bad := driveStates[d.State]
		if d.State == "failed" && isUnconfigured(d.StateText) {
			s.code, s.text = report.CodeDriveUnconfiguredBad, "is in no volume, and its controller calls it bad"
		}
		if d.State == "foreign" && strings.HasSuffix(d.StateText, " locked") {
			s.text = "is locked with a key that its controller does not have"
		}
		if bad {
			list = append(list, find(s.code, d.ID, fmt.Sprintf("Drive %s %s.", labelOf(d), s.text),
				map[string]any{"state": d.State, "state_text": d.StateText}))
		}
		list = append(list, judgeCounters(d)...)
	}
	return list
}

// isUnconfigured tells storcli's words for a bad drive that is in no volume,
// which somebody may have made good by now.
func isUnconfigured(stateText string) bool {
	return strings.HasPrefix(stateText, "UBad") || strings.HasPrefix(stateText, "UBUnsp") || strings.HasPrefix(stateText, "UConf")
}

// judgeCounters: what a controller counted of a drive.
func judgeCounters(d *report.Drive) []report.Finding {
	var list []report.Finding
	for _, c := range []struct{ name, code, text string }{
		{"predictive", report.CodeDrivePredictive, "is about to fail: its controller has read a warning from it"},
		{"media", report.CodeDriveMediaErrors, "has media errors by its controller's count"},
		{"other", report.CodeDriveOtherErrors, "has errors other than of its medium by its controller's count, as of cables"},
	} {
		if n := d.Errors[c.name]; n > 0 {
			list = append(list, find(c.code, d.ID, fmt.Sprintf("Drive %s %s (%d).", labelOf(d), c.text, n), map[string]any{"count": n}))
		}
	}
	return list
}

// watchedByController: a controller that reads the drive's own warnings, and
// says what it is to it, has told its health.
func watchedByController(d *report.Drive) bool {
	_, watched := d.Errors["predictive"]
	return watched && d.State != ""
}
