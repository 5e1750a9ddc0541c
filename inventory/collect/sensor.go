// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/ipmi"

	"github.com/mchus/bee/inventory/report"
)

// Sensors reads the sensors of the BMC that read something or that are not well.
func Sensors(ctx context.Context, h host.Host) ([]report.Sensor, error) {
	a := askerOf(h)
	if !hasBMC(ctx, a) {
		return nil, nil
	}
	sdr, err := ask(ctx, a, parseSDR, sourceIPMI, "sdr", "elist", "all")
	if sdr == nil {
		return nil, err
	}
	all := sdr.Sensors()
	thresholds := thresholdsOf(all)
	for i := range all {
		if len(thresholds) == 0 && all[i].Bad() && all[i].Reading != nil { // this layout has none
			if more := askMore(ctx, a, ipmi.ParseSDR, sourceIPMI, "sensor"); more != nil {
				thresholds = thresholdsOf(more.Sensors())
			}
			break
		}
	}
	empty := emptyPlaces(sdr, all)
	var list []report.Sensor
	for i := range all {
		s := &all[i]
		if s.Reading == nil && !s.Bad() || s.Entity != nil && empty[*s.Entity] {
			continue
		}
		out := report.Sensor{
			Name: s.Name, Kind: sensorKind(s), Value: s.Reading, Unit: s.Unit, Threshold: s.Crossed(),
			State: string(s.Status), Bad: s.Bad(),
		}
		if crossed, known := thresholds[s.Name]; out.Bad && out.Threshold == nil && out.Value != nil && known {
			// A reading that is past nothing has no limits: some controllers
			// call every such one non-critical.
			out.Threshold, out.Bad = crossed, crossed != nil
		}
		if len(s.States) > 0 && (s.Discrete || s.Status == ipmi.SensorOK && out.Bad) {
			out.State = strings.Join(s.States, ", ")
		}
		list = append(list, out)
	}
	assignIDs("sensor", list,
		func(s *report.Sensor) []string { return []string{s.Name} },
		func(s *report.Sensor, id string) { s.ID = id })
	return list, err
}

// errNoReading tells a list of sensors from which nobody learns anything.
var errNoReading = errors.New("none of the sensors has a reading")

// parseSDR reads the BMC's sensors, of which one at least must read something.
func parseSDR(data []byte) (*ipmi.SDR, error) {
	sdr, err := ipmi.ParseSDR(data)
	all := sdr.Sensors()
	if len(all) > 0 && !slices.ContainsFunc(all, func(s ipmi.Sensor) bool { return s.Status != ipmi.SensorNoReading }) {
		err = errors.Join(err, errNoReading)
	}
	return sdr, err
}

// thresholdsOf are the thresholds that readings are past, nil for none, by the
// sensor's name. The map is empty where the layout prints no thresholds.
func thresholdsOf(sensors []ipmi.Sensor) map[string]*float64 {
	crossed := make(map[string]*float64)
	printed := false
	for i := range sensors {
		s := &sensors[i]
		crossed[s.Name] = s.Crossed()
		printed = printed || s.LowerCritical != nil || s.UpperCritical != nil || s.LowerNonCritical != nil || s.UpperNonCritical != nil ||
			s.LowerNonRecoverable != nil || s.UpperNonRecoverable != nil
	}
	if !printed {
		return nil
	}
	return crossed
}

// emptyPlaces are the places for fans, power supplies, processors and modules of
// memory of which the BMC says that nothing is there: what reads there is none.
func emptyPlaces(sdr *ipmi.SDR, all []ipmi.Sensor) map[ipmi.Entity]bool {
	const processor, memory = 3, 32
	empty := make(map[ipmi.Entity]bool)
	for i := range all {
		s := &all[i]
		if s.Entity == nil || !isFan(s.Entity) && s.Entity.ID != processor && s.Entity.ID != memory {
			continue
		}
		if slices.Contains(s.States, "Device Absent") || slices.Contains(s.States, "Absent") || s.Entity.ID == processor && isNoProcessor(s) {
			empty[*s.Entity] = true
		}
	}
	for _, p := range ipmi.PowerSupplies(nil, sdr) {
		if p.Entity != nil && p.Present != nil && !*p.Present {
			empty[*p.Entity] = true
		}
	}
	return empty
}

// isNoProcessor tells the status of an empty socket: it is read, and asserts not
// even that a processor is there.
func isNoProcessor(s *ipmi.Sensor) bool {
	name := strings.ToLower(s.Name)
	return s.Discrete && s.Status == ipmi.SensorOK && s.Raw == "" && len(s.States) == 0 &&
		(strings.HasSuffix(name, "status") || strings.HasSuffix(name, "presence"))
}

// isFan tells a fan or another cooling device (IPMI 2.0, table 43-13).
func isFan(e *ipmi.Entity) bool { return e.ID == 29 || e.ID == 30 }

// sensorKind words what a sensor is about: its unit tells, or what it watches.
func sensorKind(s *ipmi.Sensor) string {
	switch {
	case s.Redundancy() != "" || s.OfSet():
		return "redundancy"
	case (s.Discrete || len(s.States) > 0) && s.OfSupply():
		return "power_supply"
	}
	switch s.Unit {
	case "RPM":
		return "fan"
	case "degrees C", "degrees F":
		return "temperature"
	case "Volts":
		return "voltage"
	case "Watts":
		return "power"
	case "Amps":
		return "current"
	}
	if s.Entity != nil && isFan(s.Entity) {
		return "fan"
	}
	return strings.ToLower(s.Type)
}

// selSpan is how far back the summary of the event log looks.
const selSpan = 30 * 24 * time.Hour

// SEL sums up the BMC's event log, of which trouble of the 30 days before now is
// counted.
func SEL(ctx context.Context, h host.Host, now time.Time) (*report.SEL, error) {
	a := askerOf(h)
	if !hasBMC(ctx, a) {
		return nil, nil
	}
	log, err := askNew(ctx, a, ipmi.ParseSEL, sourceIPMI, "sel", "elist")
	if log == nil {
		return nil, err
	}
	return sumUp(log.Events(), now), err
}

// sumUp counts the events of the last 30 days by what they are about. BMCs
// without a zone print local time, a day more or less of which does not matter.
func sumUp(events []ipmi.Event, now time.Time) *report.SEL {
	uncorrected := make(map[string]int) // index by sensor and words
	sel := &report.SEL{Entries: len(events), Full: len(events) > 0 && isFull(&events[len(events)-1])}
	for i := range events {
		e := &events[i]
		about := eventSubject(e)
		at, err := time.Parse("2006-01-02T15:04:05", strings.TrimSuffix(e.Time, "Z"))
		if about == "" || err != nil || now.Sub(at) > selSpan || at.Sub(now) > 24*time.Hour {
			continue
		}
		if sel.Counts == nil {
			sel.Counts = make(map[string]int)
		}
		sel.Counts[about]++
		words := strings.TrimSpace(e.Sensor + ": " + e.Text)
		sel.Last = e.Time + " " + words
		i, again := uncorrected[words]
		switch {
		case !isUncorrected(e):
		case again:
			sel.Uncorrected[i] = sel.Last
		case len(sel.Uncorrected) < maxUncorrected:
			uncorrected[words] = len(sel.Uncorrected)
			sel.Uncorrected = append(sel.Uncorrected, sel.Last)
		}
	}
	return sel
}

// maxUncorrected bounds how many kinds of such errors are listed.
const maxUncorrected = 16

// isUncorrected tells errors after which data or the whole machine was lost. They are
// events and no states: that they end, and the log says so, mends nothing.
func isUncorrected(e *ipmi.Event) bool {
	for _, words := range []string{
		"Uncorrectable ECC", "Uncorrectable memory error", "IERR", "Thermal Trip", "Uncorrectable machine check exception",
		"SM BIOS Uncorrectable CPU-complex Error", "Bus Fatal Error", "Bus Uncorrectable error", "Fatal NMI",
	} {
		if strings.HasPrefix(e.Text, words) {
			return true
		}
	}
	return false
}

// isFull tells the event after which a log takes no other.
func isFull(e *ipmi.Event) bool {
	return strings.HasPrefix(e.Text, "Log full") && (e.Asserted == nil || *e.Asserted)
}

// harmlessEvents are the words of events that tell of no trouble: a supply is there,
// a set is whole.
var harmlessEvents = []string{"presence", "device present", "drive present", "spare", "in progress", "inactive", "state deasserted", "failure deasserted", "not exceeded", "fully redundant", "inserted", "transition to ok", "enabled", "power off", "power cycle", "performance met"}

// eventSubject words what an event of trouble is about, "" for any other.
func eventSubject(e *ipmi.Event) string {
	if e.Asserted != nil && !*e.Asserted {
		return ""
	}
	text := strings.ToLower(e.Text)
	for _, word := range harmlessEvents {
		if strings.Contains(text, word) {
			return ""
		}
	}
	for _, s := range []struct{ prefix, about string }{
		{"Power Supply", "power"}, {"Power Unit", "power"}, {"Memory", "memory"}, {"Drive Slot", "drive"}, {"Processor", "processor"},
		{"Critical Interrupt", "bus"},
	} {
		if strings.HasPrefix(e.Sensor, s.prefix) {
			return s.about
		}
	}
	for _, about := range []string{"Fan", "Temperature", "Voltage"} {
		if strings.HasPrefix(e.Sensor, about) && isCrossing(text) {
			return strings.ToLower(about)
		}
	}
	return ""
}

// isCrossing tells an event of a reading that goes past a critical threshold, or of a
// state that is as bad. Readings that come near one are of a hot day.
func isCrossing(text string) bool {
	switch {
	case strings.HasPrefix(text, "upper critical") || strings.HasPrefix(text, "upper non-recoverable"):
		return strings.Contains(text, "going high")
	case strings.HasPrefix(text, "lower critical") || strings.HasPrefix(text, "lower non-recoverable"):
		return strings.Contains(text, "going low")
	}
	for _, word := range []string{"transition to critical", "transition to non-recoverable", "redundancy lost", "limit exceeded", "predictive failure"} {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}
