// SPDX-License-Identifier: Apache-2.0

package field

import (
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// unjudged tells that a part, or a component whose reason says so, is named.
func unjudged(r *report.Report, what string) bool {
	return slices.ContainsFunc(*r.Summary.Unjudged, func(u report.Unjudged) bool {
		return u.Component == what || strings.HasPrefix(u.Why, what+":")
	})
}

// diagnosed tells that a diagnostic of a source has some words.
func diagnosed(r *report.Report, source, words string) bool {
	return slices.ContainsFunc(r.Diagnostics, func(d report.Diagnostic) bool {
		return strings.HasPrefix(d.Source, source) && strings.Contains(d.Message+d.Excerpt, words)
	})
}

// Silence is not health: none of these machines is "ok".
func init() {
	for name, w := range map[string]want{
		"half-exit2": {says: "Input/output error", other: func(r *report.Report) bool {
			return r.Summary.Health != "ok" && count(r.Summary.Counts.DIMM) == 1 && unjudged(r, "memory") && diagnosed(r, "dmidecode", "Input/output error")
		}},
		"zero-exit0": {health: "unknown", other: func(r *report.Report) bool {
			return unjudged(r, "gpus") && diagnosed(r, "nvidia-smi", "answered nothing") && diagnosed(r, "dmidecode", "answered nothing")
		}},
		"zero-exit0-other": {health: "unknown", other: func(r *report.Report) bool { return unjudged(r, "bmc") && diagnosed(r, "ipmitool", "") }},
		"hours-2e63": {other: func(r *report.Report) bool {
			s := r.Storage.Drives[0].Smart
			return len(r.Storage.Drives) == 1 && (s == nil || s.PowerOnHours == nil && s.PowerCycles == nil)
		}},
		"verdict-cpuinfo-only":   {health: "unknown", other: func(r *report.Report) bool { return unjudged(r, "sda") && unjudged(r, "memory") }},
		"verdict-dmi-only":       {health: "unknown", other: func(r *report.Report) bool { return unjudged(r, "storage") && unjudged(r, "pci") }},
		"verdict-drives-unasked": {health: "unknown", other: func(r *report.Report) bool { return unjudged(r, "sda") }},
		"not-root":               {health: "unknown", other: func(r *report.Report) bool { return diagnosed(r, "dmidecode", "run the audit as root") }},
		"dmi-broken":             {other: func(r *report.Report) bool { return r.Summary.Health != "ok" && diagnosed(r, "dmidecode", "broken") }},
	} {
		cases[name] = w
	}
}
