// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"slices"
	"strconv"
	"strings"
)

// idCtrlText reads the plain text of id-ctrl, line by line.
type idCtrlText struct {
	c  *IDCtrl
	ps *PowerState // that indented lines go on with
	vs bool        // in the dump of the vendor specific bytes
}

func (p *idCtrlText) take(line Line, key string, f *field) bool {
	indented := strings.HasPrefix(line.Text, " ")
	switch {
	case p.vs || key == "vs[]":
		if p.vs && strings.TrimSpace(line.Text) != "" {
			p.c.VendorSpecific = append(p.c.VendorSpecific, clean(line.Text))
		}
		p.vs = true
	case strings.HasPrefix(key, "["): // a decoded bit: the field above has it
	case indented && p.ps != nil:
		return p.ps.takeText(key, f)
	case strings.HasPrefix(key, "ps "):
		number, err := strconv.ParseUint(strings.TrimSpace(key[3:]), 10, 8)
		if err != nil {
			return false
		}
		p.c.PowerStates = append(p.c.PowerStates, PowerState{Number: int(number)})
		p.ps = &p.c.PowerStates[len(p.c.PowerStates)-1]
		return p.ps.takeText("", f)
	case key == "NVME Identify Controller":
	default:
		f.hex = isHexKey(key)
		return p.c.take(key, f)
	}
	return true
}

// isHexKey tells the keys that nvme-cli before 1.12 prints in hexadecimal
// without a 0x.
func isHexKey(key string) bool {
	switch key {
	case "ver", "rtd3r", "rtd3e", "cntlid", "sgls", "ctrattr":
		return true
	}
	return false
}

// takeText reads a line about a power state, such as
//
//	ps    0 : mp:25.00W operational enlat:16 exlat:4 rrt:0 rrl:0
//	          rwt:0 rwl:0 idle_power:- active_power:-
//	          active_power_workload:80K 128KiB SW
//	          emergency power fail recovery time: 5 (unit: 10 milliseconds)
func (ps *PowerState) takeText(key string, f *field) bool {
	switch key {
	case "emergency power fail recovery time":
		ps.EmergencyRecoveryTime, ps.EmergencyRecoveryScale = f.scaledTime()
	case "forced quiescence vault time":
		ps.ForcedQuiescenceVaultTime, ps.ForcedQuiescenceVaultScale = f.scaledTime()
	case "emergency power fail vault time":
		ps.EmergencyVaultTime, ps.EmergencyVaultScale = f.scaledTime()
	case "":
		words, workload, _ := strings.Cut(f.text, "active_power_workload:")
		for word := range strings.FieldsSeq(words) {
			ps.takeWord(word, f)
		}
		ps.Workload = max(ps.Workload, uint8(max(0, slices.Index(workloads, workload))))
	default:
		return false
	}
	return true
}

// workloads is how nvme-cli spells the Active Power Workload.
var workloads = []string{"-", "1MiB 32 RW, 30s idle", "80K 128KiB SW"}

// takeWord reads a word of a line about a power state.
func (ps *PowerState) takeWord(word string, f *field) {
	key, value, ok := strings.Cut(word, ":")
	part := &field{text: value}
	switch key {
	case "mp":
		ps.MaxMicrowatts = part.watts()
	case "non-operational":
		ps.NonOperational = true
	case "enlat":
		ps.EntryMicroseconds = integer[uint32](part)
	case "exlat":
		ps.ExitMicroseconds = integer[uint32](part)
	case "rrt":
		ps.RelativeReadThroughput = integer[uint8](part)
	case "rrl":
		ps.RelativeReadLatency = integer[uint8](part)
	case "rwt":
		ps.RelativeWriteThroughput = integer[uint8](part)
	case "rwl":
		ps.RelativeWriteLatency = integer[uint8](part)
	case "idle_power":
		ps.IdleMicrowatts = part.watts()
	case "active_power":
		ps.ActiveMicrowatts = part.watts()
	default:
		if ok {
			part.err = ErrSyntax
		}
	}
	if part.err != nil && f.err == nil {
		f.reject(part.err)
	}
}

// watts reads a power such as "25.00W" or "0.0500W", nil for "-".
func (f *field) watts() *uint32 {
	if f.text == "-" || f.text == "reserved" {
		return nil
	}
	digits, ok := strings.CutSuffix(f.text, "W")
	if !ok {
		f.reject(ErrUnit)
		return nil
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	fraction = (fraction + "000000")[:max(6, len(fraction))]
	v, err := strconv.ParseUint(whole+fraction, 10, 32)
	if err != nil || len(fraction) > 6 {
		f.reject(ErrSyntax)
		return nil
	}
	microwatts := uint32(v)
	return &microwatts
}

// scaledTime reads a time such as "5 (unit: 10 milliseconds)" as the drive
// gives it; "-" is 0.
func (f *field) scaledTime() (time, scale uint8) {
	number, unit, ok := strings.Cut(strings.TrimSpace(f.text), " (unit: ")
	if !ok {
		return 0, 0
	}
	time = integer[uint8](&field{text: number})
	return time, uint8(max(0, slices.Index(timeUnits, strings.TrimSuffix(unit, ")"))))
}

// timeUnits is how nvme-cli spells the time scales of the specification.
var timeUnits = []string{
	"1 microsecond", "10 microseconds", "100 microseconds", "1 millisecond", "10 milliseconds",
	"100 milliseconds", "1 second", "10 seconds", "100 seconds", "1,000 seconds", "10,000 seconds",
	"100,000 seconds", "1,000,000 seconds",
}
