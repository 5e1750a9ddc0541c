// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// judgePower: supplies that failed or have no input, and bays that are empty
// beside filled ones.
func judgePower(r *report.Report) []report.Finding {
	texts := map[string]struct{ severity, text string }{
		"failed":            {report.Critical, "has failed"},
		"input_lost":        {report.Warning, "has no input power"},
		"predicted_failure": {report.Warning, "is about to fail"},
		"config_error":      {report.Warning, "does not match the others"},
		"not_ok":            {report.Warning, "was not well when the machine started, says its firmware"},
	}
	var list []report.Finding
	filled := slices.ContainsFunc(r.PowerSupplies, func(p report.PowerSupply) bool { return deref(p.Present) })
	for _, p := range r.PowerSupplies {
		if t, ok := texts[p.Status]; ok {
			list = append(list, report.Finding{
				Code: "psu." + p.Status, Severity: t.severity, Component: p.ID,
				Text: fmt.Sprintf("Power supply %s %s.", cmp.Or(p.Slot, p.Serial, p.Model), t.text), Evidence: map[string]any{"status": p.Status},
			})
		}
		if p.BootSerial != "" {
			list = append(list, find(report.CodePSUSerialMismatch, p.ID, fmt.Sprintf(
				"SMBIOS, written at boot, has the serial number %s for power supply %s, and the BMC %s: it was changed since.", p.BootSerial, cmp.Or(p.Slot, p.Model), p.Serial),
				map[string]any{"smbios": p.BootSerial, "bmc": p.Serial}))
		}
		if p.Present != nil && !*p.Present && filled {
			list = append(list, report.Finding{
				Code: report.CodePSUAbsent, Severity: report.Info, Component: p.ID,
				Text: fmt.Sprintf("The bay for power supply %s is empty.", cmp.Or(p.Slot, p.Model)),
			})
		}
	}
	return slices.Concat(list, judgeCapacities(r), judgeRedundancy(r))
}

// judgeCapacities: supplies that are made for different powers, as after a repair with
// what was at hand.
func judgeCapacities(r *report.Report) []report.Finding {
	watts := make(map[int]bool)
	var parts []string
	for _, p := range r.PowerSupplies {
		if deref(p.Present) && p.CapacityW > 0 {
			watts[p.CapacityW] = true
			parts = append(parts, fmt.Sprintf("%s of %d W", cmp.Or(p.Slot, p.Serial, p.Model), p.CapacityW))
		}
	}
	if len(watts) < 2 {
		return nil
	}
	return []report.Finding{find(report.CodePSUMixed, "power", "The power supplies are made for different powers: "+strings.Join(parts, ", ")+".",
		map[string]any{"capacities_w": sortedKeys(watts)})}
}

// judgeRedundancy: one supply of several gives nothing, or the BMC says that
// the set has lost its redundancy.
func judgeRedundancy(r *report.Report) []report.Finding {
	present, dead := 0, 0
	for _, p := range r.PowerSupplies {
		if deref(p.Present) {
			present++
			if (p.Status == "failed" || p.Status == "input_lost") && deref(p.InputW) == 0 {
				dead++
			}
		}
	}
	evidence := map[string]any{"supplies": present, "dead": dead}
	said := ""
	for _, s := range r.Sensors {
		if s.Kind == "redundancy" && s.Bad && isOfPower(s.Name) {
			said = s.Name + " says " + s.State
			evidence["sensor"] = s.Name
			evidence["state"] = s.State
		}
	}
	switch {
	case dead > 0 && present > 1:
		said = fmt.Sprintf("%d of %d power supplies give nothing", dead, present)
	case said == "":
		return nil
	}
	return []report.Finding{find(report.CodePSURedundancy, "power", "The redundancy of the power supplies is lost: "+said+".", evidence)}
}

// isOfPower tells the name of a set of supplies: "PS Redundancy", "Power Supplies",
// "Pwr Unit Redund".
func isOfPower(name string) bool {
	name = strings.ToLower(name)
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if strings.HasPrefix(word, "ps") || strings.HasPrefix(word, "power") || strings.HasPrefix(word, "pwr") || strings.HasPrefix(word, "supplies") {
			return true
		}
	}
	return false
}
