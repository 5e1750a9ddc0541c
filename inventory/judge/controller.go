// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// These are states of a battery that are not a fault.
const (
	batteryOK     = "ok"
	batteryAbsent = "absent" // the card was ordered without one
)

// judgeControllers: what storage controllers say of themselves and of what
// keeps their caches.
func judgeControllers(r *report.Report) []report.Finding {
	if r.Storage == nil {
		return nil
	}
	var list []report.Finding
	for i := range r.Storage.Controllers {
		c := &r.Storage.Controllers[i]
		name := cmp.Or(c.Model, c.ID)
		if !callsItselfWell(c) {
			f := find(report.CodeControllerStatus, c.ID, fmt.Sprintf("Controller %s says of itself: %s.", name, c.Status), map[string]any{"status": c.Status})
			if word, _, _ := strings.Cut(strings.ToLower(c.Status), ";"); word == "failed" || word == "critical" { // what it tells elsewhere follows
				f.Severity = report.Critical
			}
			list = append(list, f)
		}
		list = append(list, judgeBattery(c, name)...)
		list = append(list, judgeCache(c, name)...)
		for _, part := range slices.Sorted(maps.Keys(c.Parts)) {
			if status := c.Parts[part]; isBadPart(status) {
				list = append(list, find(report.CodeControllerPart, c.ID, fmt.Sprintf("Controller %s says of %s: %s.", name, part, status), map[string]any{"part": part, "status": status}))
			}
		}
		for _, e := range []struct{ name, code, text string }{
			{"memory_uncorrectable", report.CodeControllerMemory, "could not correct errors of its memory"},
			{"memory_correctable", report.CodeControllerMemoryFixed, "has corrected errors of its memory"},
		} {
			if n := c.Errors[e.name]; n > 0 {
				list = append(list, find(e.code, c.ID, fmt.Sprintf("Controller %s %s (%d).", name, e.text, n), map[string]any{"count": n}))
			}
		}
	}
	return list
}

// callsItselfWell tells the words for a controller that is well, and for none.
func callsItselfWell(c *report.StorageController) bool {
	switch strings.ToLower(c.Status) {
	case "", "ok", "okay", "optimal", "opt", "unknown":
		return true
	}
	return false
}

// isBadPart tells the words of trouble from those for what is well, not there or not
// redundant to begin with.
func isBadPart(status string) bool {
	status = strings.ToLower(status)
	return slices.ContainsFunc([]string{"fail", "fault", "critical", "degraded", "respond", "too ", "over t", "abnormal"}, func(word string) bool { return strings.Contains(status, word) })
}

// judgeBattery: what keeps the cache and is not well. The state is one of a few
// words, or the tool's own.
func judgeBattery(c *report.StorageController, name string) []report.Finding {
	if c.Battery == nil {
		return nil
	}
	code := report.CodeControllerBatteryFailed
	switch c.Battery.State {
	case "", batteryOK, batteryAbsent:
		return nil
	case "charging", "learning":
		code = report.CodeControllerBatteryCharging
	case "missing":
		code = report.CodeControllerBatteryMissing
	case "failed", "degraded":
	default:
		code = report.CodeControllerBatteryState
	}
	return []report.Finding{find(code, c.ID, fmt.Sprintf("The %s of controller %s is %s.", batteryKind(c.Battery), name, c.Battery.State),
		map[string]any{"state": c.Battery.State})}
}

// judgeCache: a controller has switched its cache off, and what keeps it is not the
// reason.
func judgeCache(c *report.StorageController, name string) []report.Finding {
	if !strings.Contains(strings.ToLower(c.Cache), "disabled") || c.Battery != nil && c.Battery.State != batteryOK && c.Battery.State != batteryAbsent {
		return nil
	}
	return []report.Finding{find(report.CodeControllerCache, c.ID, fmt.Sprintf("Controller %s works without its cache: %s.", name, strings.TrimSuffix(c.Cache, ".")),
		map[string]any{"cache_status": c.Cache})}
}

func batteryKind(b *report.Battery) string { return cmp.Or(b.Kind, "battery") }

// unjudgedControllers: a RAID controller that nobody asked may hold failed volumes
// as well as none, unless it shows one, which is unknown then; and so may an adapter
// that shows nothing at all.
func unjudgedControllers(s *report.Storage) []report.Unjudged {
	shown := make(map[string]bool)
	for i := range s.Drives {
		shown[s.Drives[i].PCIAddress] = true
		for _, at := range s.Drives[i].AlsoAt {
			shown[at] = true
		}
	}
	volumes := make(map[string]bool)
	for i := range s.Volumes {
		volumes[s.Volumes[i].PCIAddress] = true
	}
	var list []report.Unjudged
	for i := range s.Controllers {
		c := &s.Controllers[i]
		switch why := c.Unread; {
		case strings.EqualFold(c.Status, "unknown"):
			why = "it does not know its own status"
			fallthrough
		case why != "" && !volumes[c.PCIAddress] && (hides(c.Driver) || !shown[c.PCIAddress]):
			list = append(list, report.Unjudged{Component: c.ID, Why: cmp.Or(c.Model, c.PCIAddress) + ": " + why})
		}
	}
	return list
}

// hides tells the drivers of controllers whose failed volumes, and drives that they
// have thrown out, the kernel does not show.
func hides(driver string) bool {
	switch driver {
	case "megaraid_sas", "hpsa", "smartpqi", "aacraid":
		return true
	}
	return false
}
