// SPDX-License-Identifier: Apache-2.0

package ipmi

import "strings"

// A StateSet is a set of states that a discrete sensor chooses from: the generic
// ones (IPMI 2.0, table 42-2), and that of power supplies (table 42-3).
type StateSet string

// These are the sets, with their event type codes.
const (
	StatesUsage        StateSet = "usage"              // 02h
	StatesDigital      StateSet = "digital"            // 03h
	StatesPredictive   StateSet = "predictive_failure" // 04h
	StatesLimit        StateSet = "limit"              // 05h
	StatesPerformance  StateSet = "performance"        // 06h
	StatesSeverity     StateSet = "severity"           // 07h
	StatesPresence     StateSet = "presence"           // 08h
	StatesEnablement   StateSet = "enablement"         // 09h
	StatesAvailability StateSet = "availability"       // 0Ah
	StatesRedundancy   StateSet = "redundancy"         // 0Bh
	StatesACPIPower    StateSet = "acpi_power"         // 0Ch
	StatesPowerSupply  StateSet = "power_supply"       // sensor type 08h
)

// StateSetOf returns the set that a state is of, by the name that ipmitool
// gives it (include/ipmitool/ipmi_sel.h); "" for one of another set.
func StateSetOf(state string) StateSet {
	switch state {
	case "Transition to Idle", "Transition to Active", "Transition to Busy":
		return StatesUsage
	case "State Deasserted", "State Asserted":
		return StatesDigital
	case "Predictive Failure Deasserted", "Predictive Failure Asserted":
		return StatesPredictive
	case "Limit Not Exceeded", "Limit Exceeded":
		return StatesLimit
	case "Performance Met", "Performance Lags":
		return StatesPerformance
	case "Device Absent", "Device Present":
		return StatesPresence
	case "Device Disabled", "Device Enabled":
		return StatesEnablement
	case "Transition to Running", "Transition to In Test", "Transition to Power Off", "Transition to On Line",
		"Transition to Off Line", "Transition to Off Duty", "Transition to Degraded", "Transition to Power Save", "Install Error":
		return StatesAvailability
	case "D0 Power State", "D1 Power State", "D2 Power State", "D3 Power State":
		return StatesACPIPower
	case "Presence detected", "Failure detected", "Predictive failure", "Power Supply AC lost",
		"AC lost or out-of-range", "AC out-of-range, but present", "Config Error", "Power Supply Inactive":
		return StatesPowerSupply
	}
	switch {
	case severityOf(state) != "":
		return StatesSeverity
	case redundancyOf(state) != "":
		return StatesRedundancy
	case strings.HasPrefix(state, "Config Error: "):
		return StatesPowerSupply
	}
	return ""
}

// A Severity is what a sensor of the set [StatesSeverity] says.
type Severity string

// These are the severities, the worst last.
const (
	SeverityOK             Severity = "ok"
	SeverityMonitor        Severity = "monitor"
	SeverityInformational  Severity = "informational"
	SeverityNonCritical    Severity = "non-critical"
	SeverityCritical       Severity = "critical"
	SeverityNonRecoverable Severity = "non-recoverable"
)

func severityOf(state string) Severity {
	switch state {
	case "Transition to OK":
		return SeverityOK
	case "Monitor":
		return SeverityMonitor
	case "Informational":
		return SeverityInformational
	case "Transition to Non-critical from OK", "Transition to Non-critical from more severe":
		return SeverityNonCritical
	case "Transition to Critical from less severe", "Transition to Critical from Non-recoverable":
		return SeverityCritical
	case "Transition to Non-recoverable from less severe", "Transition to Non-recoverable":
		return SeverityNonRecoverable
	}
	return ""
}

// rank orders severities.
func (s Severity) rank() int {
	for i, other := range [...]Severity{SeverityOK, SeverityMonitor, SeverityInformational, SeverityNonCritical, SeverityCritical, SeverityNonRecoverable} {
		if s == other {
			return i + 1
		}
	}
	return 0
}

// Severity returns the worst severity that the sensor asserts, "" where it
// asserts none or has no reading.
func (s *Sensor) Severity() Severity {
	var worst Severity
	for _, state := range s.States {
		if now := severityOf(state); now.rank() > worst.rank() {
			worst = now
		}
	}
	return worst
}

// A Redundancy is what a sensor of the set [StatesRedundancy] says of all the
// units that it watches together.
type Redundancy string

// These are the states of redundancy, the worst last.
const (
	RedundancyFull         Redundancy = "full"
	RedundancyDegraded     Redundancy = "degraded"
	RedundancyLost         Redundancy = "lost"         // what is left is enough, or it is not said
	RedundancyInsufficient Redundancy = "insufficient" // what is left is not enough
)

func redundancyOf(state string) Redundancy {
	switch state {
	case "Fully Redundant":
		return RedundancyFull
	case "Redundancy Degraded", "Redundancy Degraded from Fully Redundant", "Redundancy Degraded from Non-Redundant":
		return RedundancyDegraded
	case "Redundancy Lost", "Non-Redundant: Sufficient from Redundant", "Non-Redundant: Sufficient from Insufficient":
		return RedundancyLost
	case "Non-Redundant: Insufficient Resources":
		return RedundancyInsufficient
	}
	return ""
}

func (r Redundancy) rank() int {
	for i, other := range [...]Redundancy{RedundancyFull, RedundancyDegraded, RedundancyLost, RedundancyInsufficient} {
		if r == other {
			return i + 1
		}
	}
	return 0
}

// Redundancy returns the worst that the sensor asserts of redundancy, "" where it
// asserts nothing of it or has no reading.
func (s *Sensor) Redundancy() Redundancy {
	var worst Redundancy
	for _, state := range s.States {
		if now := redundancyOf(state); now.rank() > worst.rank() {
			worst = now
		}
	}
	return worst
}

// OfSet reports whether the sensor tells of several units together, such as all
// power supplies: its number or entity is none of theirs.
func (s *Sensor) OfSet() bool {
	name := strings.ToLower(s.Name)
	return s.Redundancy() != "" || strings.Contains(name, "redundan") || strings.Contains(name, "supplies")
}

// Crossed returns the threshold that the reading is past, as the status has it;
// nil where the status names none or the threshold was not printed. The layouts
// "sensor" and "verbose" print thresholds. A status that does not name the side,
// "critical", means the threshold of that degree that the reading is past. A
// threshold of 0 that a reading of 0 or more is past was never set.
func (s *Sensor) Crossed() *float64 {
	if t := s.threshold(); t != nil && (*t != 0 || s.Reading != nil && *s.Reading < 0) {
		return t
	}
	return nil
}

// threshold returns the threshold that the status names, nil for none.
func (s *Sensor) threshold() *float64 {
	past := func(low, high *float64) *float64 {
		switch {
		case s.Reading == nil:
			return nil
		case high != nil && *s.Reading >= *high:
			return high
		case low != nil && *s.Reading <= *low:
			return low
		}
		return nil
	}
	switch s.Status {
	case SensorLowerNonCritical:
		return s.LowerNonCritical
	case SensorLowerCritical:
		return s.LowerCritical
	case SensorLowerNonRecoverable:
		return s.LowerNonRecoverable
	case SensorUpperNonCritical:
		return s.UpperNonCritical
	case SensorUpperCritical:
		return s.UpperCritical
	case SensorUpperNonRecoverable:
		return s.UpperNonRecoverable
	case SensorNonCritical:
		return past(s.LowerNonCritical, s.UpperNonCritical)
	case SensorCritical:
		return past(s.LowerCritical, s.UpperCritical)
	case SensorNonRecoverable:
		return past(s.LowerNonRecoverable, s.UpperNonRecoverable)
	}
	return nil
}
