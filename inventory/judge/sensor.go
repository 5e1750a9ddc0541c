// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// judgeSensors: what the BMC's sensors complain of. Those of single power
// supplies are judged with them, if that made a status of them.
func judgeSensors(r *report.Report) []report.Finding {
	var list []report.Finding
	supplyTold := slices.ContainsFunc(r.PowerSupplies, func(p report.PowerSupply) bool { return p.Status != "" && p.Status != report.OK })
	for i := range r.Sensors {
		s := &r.Sensors[i]
		if !s.Bad || s.Kind == "power_supply" && supplyTold || s.Kind == "redundancy" && isOfPower(s.Name) {
			continue
		}
		evidence := map[string]any{"state": s.State}
		reads := s.State
		if s.Value != nil {
			evidence["value"] = *s.Value
			reads = fmt.Sprintf("%g %s", *s.Value, s.Unit)
		}
		if s.Threshold != nil {
			evidence["threshold"] = *s.Threshold
			reads += fmt.Sprintf(", past its threshold of %g", *s.Threshold)
		} else if s.Value != nil {
			reads += ", " + s.State
		}
		code, text := sensorCode(s)
		f := find(code, s.ID, fmt.Sprintf("%s: the sensor %s reads %s.", text, s.Name, reads), evidence)
		if s.Kind == "temperature" && !strings.HasSuffix(s.State, "non-critical") {
			f.Severity = report.Critical
		}
		list = append(list, f)
	}
	said := func(f report.Finding) bool { return f.Code == report.CodeSELFull }
	if r.SEL != nil && r.SEL.Full && !slices.ContainsFunc(list, said) {
		list = append(list, find(report.CodeSELFull, "sel", fmt.Sprintf("The event log takes nothing more: the last of its %d events says that it is full.", r.SEL.Entries), nil))
	}
	return append(list, judgeEvents(r.SEL)...)
}

// sensorCode is what a bad sensor means.
func sensorCode(s *report.Sensor) (code, text string) {
	name := strings.ToLower(s.Name)
	switch words := strings.ToLower(s.State); {
	case strings.Contains(words, "log full"), strings.Contains(words, "event logging disabled"):
		return report.CodeSELFull, "The event log takes nothing more"
	case s.Kind == "temperature":
		return report.CodeSensorTemperature, "A temperature is out of range"
	case s.Kind == "voltage":
		return report.CodeSensorVoltage, "A voltage is out of range"
	case strings.Contains(name, "intru"):
		return report.CodeSensorIntrusion, "The chassis was opened"
	case s.Kind == "fan" && strings.HasPrefix(words, "upper"):
		return report.CodeFanFailed, "A fan is too fast"
	case s.Kind == "fan" || isOfFans(name):
		return report.CodeFanFailed, "A fan has failed or is too slow"
	case strings.Contains(words, "intrusion") || strings.Contains(words, "chassis"):
		return report.CodeSensorIntrusion, "The chassis was opened"
	}
	return report.CodeSensorBad, "A sensor tells of trouble"
}

// isOfFans tells a name in lower case: "Fan Redundancy", "SYS FAN1 Fault",
// "Cooling Zone 1".
func isOfFans(name string) bool {
	return strings.HasPrefix(name, "fan") || strings.Contains(name, " fan") || strings.Contains(name, "_fan") || strings.Contains(name, "cooling")
}

// judgeEvents: the BMC's event log tells of trouble in the last 30 days.
func judgeEvents(sel *report.SEL) []report.Finding {
	if sel == nil || len(sel.Counts) == 0 {
		return nil
	}
	var parts []string
	for _, about := range slices.Sorted(maps.Keys(sel.Counts)) {
		parts = append(parts, fmt.Sprintf("%d of %s", sel.Counts[about], about))
	}
	var list []report.Finding
	if len(sel.Uncorrected) > 0 {
		list = append(list, find(report.CodeSELUncorrected, "sel", fmt.Sprintf(
			"The BMC's event log has errors of the last 30 days that nothing corrected: %s.", strings.Join(sel.Uncorrected, "; ")), map[string]any{"events": sel.Uncorrected}))
	}
	return append(list, find(report.CodeSELEvents, "sel", fmt.Sprintf(
		"The BMC's event log has trouble of the last 30 days: %s; the last is %s.", strings.Join(parts, ", "), sel.Last),
		map[string]any{"counts": sel.Counts, "last": sel.Last}))
}
