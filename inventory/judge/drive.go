// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// judgeDrives repeats what smart's rules say of each drive, with the evidence.
func judgeDrives(r *report.Report) []report.Finding {
	if r.Storage == nil {
		return nil
	}
	var list []report.Finding
	for i := range r.Storage.Drives {
		d := &r.Storage.Drives[i]
		if d.Fault != "" && d.Protocol != "usb" { // behind a bridge it may be the bridge's
			text := "Drive %s does not answer: %s."
			if d.Fault == report.FaultNoSize {
				text = "Drive %s cannot be used: %s."
			}
			list = append(list, find(report.CodeDriveNoAnswer, d.ID, fmt.Sprintf(text, labelOf(d), strings.TrimSuffix(d.Unread, ".")),
				map[string]any{"fault": d.Fault, "unread": d.Unread}))
		}
		list = append(list, judgeWear(d)...)
		list = append(list, judgeDriveLink(d)...)
		if d.Smart == nil {
			continue
		}
		for _, reason := range d.Smart.Verdict.Reasons {
			if reason.Severity != report.Warning && reason.Severity != report.Critical {
				continue
			}
			evidence := map[string]any{"value": reason.Value}
			if reason.Attribute != "" {
				evidence["attribute"] = reason.Attribute
			}
			if reason.Threshold != nil {
				evidence["threshold"] = *reason.Threshold
			}
			list = append(list, report.Finding{
				Code: reason.Code, Severity: reason.Severity, Component: d.ID, Evidence: evidence,
				Text: fmt.Sprintf("Drive %s: %s", labelOf(d), reason.Text),
			})
		}
	}
	return list
}

// judgeDriveWays: ways to drives that are lost, and links that fell back.
func judgeDriveWays(r *report.Report) []report.Finding {
	if r.Storage == nil {
		return nil
	}
	told := make(map[string]bool) // by the state of their multipath volume
	for i := range r.Storage.Volumes {
		if v := &r.Storage.Volumes[i]; v.Kind == "multipath" {
			for _, id := range v.Members {
				told[id] = true
			}
		}
	}
	fastest := make(map[string]float64) // link of a drive, by its controller
	for i := range r.Storage.Drives {
		if d := &r.Storage.Drives[i]; d.Link != nil {
			fastest[d.PCIAddress] = max(fastest[d.PCIAddress], d.Link.CurrentGbps)
		}
	}
	var list []report.Finding
	for i := range r.Storage.Drives {
		d := &r.Storage.Drives[i]
		if len(d.LostPaths) > 0 && !told[d.ID] {
			list = append(list, find(report.CodeDrivePathLost, d.ID, fmt.Sprintf("Drive %s has lost a way to it: %s; another works.", labelOf(d), strings.Join(d.LostPaths, ", ")),
				map[string]any{"paths": d.LostPaths}))
		}
		if l := d.Link; isSlow(d) && (l.CurrentGbps <= slowestSATA || l.CurrentGbps < fastest[d.PCIAddress]) {
			list = append(list, find(report.CodeDriveLinkSlow, d.ID, fmt.Sprintf("The link of drive %s runs at %g Gb/s and could run at %g Gb/s.", labelOf(d), l.CurrentGbps, l.MaxGbps),
				map[string]any{"current_gbps": l.CurrentGbps, "max_gbps": l.MaxGbps}))
		}
	}
	return list
}

// isSlow tells a SATA drive whose link is slower than the drive, though nothing tells
// that the other end is faster, or no faster.
func isSlow(d *report.Drive) bool {
	l := d.Link
	if l == nil || l.Degraded || l.HostGbps > 0 && l.HostGbps <= l.CurrentGbps {
		return false
	}
	return l.CurrentGbps > 0 && l.CurrentGbps < l.MaxGbps && d.Protocol == "sata" && d.Media != "optical" && d.Virtual == ""
}

// slowestSATA is the speed to which a link falls back over a bad cable. Where all drives
// run at a higher one, their controller or the backplane was made for no more.
const slowestSATA = 1.5

// judgeWear: what eMMC and UFS tell of their life.
func judgeWear(d *report.Drive) []report.Finding {
	if d.Wear == nil {
		return nil
	}
	var list []report.Finding
	switch d.Wear.Spares {
	case "warning", "urgent":
		f := find(report.CodeDriveFewSpares, d.ID, fmt.Sprintf("Drive %s has used %d %% of its spare blocks or more.", labelOf(d), map[string]int{"warning": 80, "urgent": 90}[d.Wear.Spares]),
			map[string]any{"spares": d.Wear.Spares})
		if d.Wear.Spares == "urgent" {
			f.Severity = report.Critical
		}
		list = append(list, f)
	}
	if slices.Contains(d.Wear.Tenths, 11) {
		list = append(list, find(report.CodeDriveWorn, d.ID, fmt.Sprintf("Drive %s is past its rated life.", labelOf(d)), map[string]any{"tenths": d.Wear.Tenths}))
	}
	return list
}

// judgeDriveLink: a link below what its two ends can do.
func judgeDriveLink(d *report.Drive) []report.Finding {
	l := d.Link
	if l == nil || !l.Degraded {
		return nil
	}
	evidence := map[string]any{"current_gbps": l.CurrentGbps}
	for key, speed := range map[string]float64{"max_gbps": l.MaxGbps, "host_gbps": l.HostGbps, "lowered_gbps": l.LoweredGbps} {
		if speed > 0 {
			evidence[key] = speed
		}
	}
	text := fmt.Sprintf("The link of drive %s runs at %g Gb/s, below what both its ends can do", labelOf(d), l.CurrentGbps)
	if l.LoweredGbps > 0 {
		text = fmt.Sprintf("The kernel has lowered the link of drive %s to %g Gb/s, as it does after errors", labelOf(d), l.LoweredGbps)
	}
	if l.MaxGbps > 0 {
		text += fmt.Sprintf("; the drive can do %g Gb/s", l.MaxGbps)
	}
	return []report.Finding{find(report.CodeDriveLink, d.ID, text+". Often it is a cable or a backplane.", evidence)}
}

// nameOf is what a person calls a drive.
func nameOf(d *report.Drive) string { return cmp.Or(d.Name, d.Serial, d.ID) }

// labelOf is by what a person finds a drive to pull it out: the kernel's name, which
// another boot may give to another, the serial number on its label, and its place.
func labelOf(d *report.Drive) string {
	label := nameOf(d)
	if d.Serial != "" && d.Serial != label {
		label += " (serial " + d.Serial + ")"
	}
	switch {
	case d.Slot == "":
		return label
	case d.Enclosure == "":
		return label + " in slot " + d.Slot
	}
	return label + " in enclosure " + strings.TrimPrefix(d.Enclosure, "enclosure:") + ", slot " + d.Slot
}
