// SPDX-License-Identifier: Apache-2.0

package nvme

// ParseIDCtrl parses the output of "nvme id-ctrl", JSON or plain text, with or
// without --human-readable. The result is never nil; the error is nil or an
// [Errors]: what could be read is there beside it.
func ParseIDCtrl(data []byte) (*IDCtrl, error) {
	c := new(IDCtrl)
	d := open(data, "NVME Identify Controller:")
	if d.doc != nil {
		d.members(func(key string, f *field) bool { return c.takeJSON(d, key, f) })
	} else {
		p := idCtrlText{c: c}
		d.lines("NVME Identify Controller:", p.take)
	}
	var err error
	c.Extra, err = d.finish()
	return c, err
}

func (c *IDCtrl) takeJSON(d *document, key string, f *field) bool {
	switch key {
	case "psds":
		for i := range d.doc.Array() {
			c.PowerStates = append(c.PowerStates, readPowerState(d, i))
		}
		return true
	case "vs":
		c.VendorSpecific = append(c.VendorSpecific, f.strings()...)
		return true
	}
	return c.take(key, f)
}

// readPowerState reads an element of psds. Before nvme-cli 2.0 the scales are
// the two high bits of their byte, and active_work_scale is that whole byte.
func readPowerState(d *document, number int) PowerState {
	ps := PowerState{Number: number}
	var mp, idle, active *uint16
	var flags, idleScale, activeScale uint8
	d.members(func(key string, f *field) bool {
		switch key {
		case "max_power":
			mp = pointer[uint16](f)
		case "flags":
			flags = integer[uint8](f)
		case "max_power_scale":
			flags |= integer[uint8](f) & 1
		case "non-operational_state":
			flags |= integer[uint8](f) & 1 << 1
		case "idle_power":
			idle = pointer[uint16](f)
		case "idle_scale":
			idleScale = integer[uint8](f)
		case "active_power":
			active = pointer[uint16](f)
		case "active_scale":
			activeScale = integer[uint8](f)
		case "active_work_scale":
			v := integer[uint8](f)
			activeScale, ps.Workload = v&^0x3f, v&7
		default:
			return ps.take(key, f)
		}
		return true
	})
	ps.NonOperational = flags&2 != 0
	maxScale := uint8(scale10Milliwatts)
	if flags&1 != 0 {
		maxScale = scale100Microwatts
	}
	ps.MaxMicrowatts = microwatts(mp, maxScale)
	ps.IdleMicrowatts = microwatts(idle, idleScale)
	ps.ActiveMicrowatts = microwatts(active, activeScale)
	return ps
}

// take reads a member that is a field as it stands.
func (ps *PowerState) take(key string, f *field) bool {
	switch key {
	case "entry_lat":
		ps.EntryMicroseconds = integer[uint32](f)
	case "exit_lat":
		ps.ExitMicroseconds = integer[uint32](f)
	case "read_tput":
		ps.RelativeReadThroughput = integer[uint8](f)
	case "read_lat":
		ps.RelativeReadLatency = integer[uint8](f)
	case "write_tput":
		ps.RelativeWriteThroughput = integer[uint8](f)
	case "write_lat":
		ps.RelativeWriteLatency = integer[uint8](f)
	case "active_power_work":
		ps.Workload = integer[uint8](f)
	case "emerg_power_fail_recover_time":
		ps.EmergencyRecoveryTime = integer[uint8](f)
	case "emerg_power_fail_recover_scale":
		ps.EmergencyRecoveryScale = integer[uint8](f)
	case "force_quiesce_vault_time":
		ps.ForcedQuiescenceVaultTime = integer[uint8](f)
	case "force_quiesce_vault_scale":
		ps.ForcedQuiescenceVaultScale = integer[uint8](f)
	case "emerg_power_fail_vault_time":
		ps.EmergencyVaultTime = integer[uint8](f)
	case "emerg_power_fail_vault_scale":
		ps.EmergencyVaultScale = integer[uint8](f)
	case "max_bandwidth":
		ps.MaxBandwidth = integer[uint8](f)
	case "max_bandwidth_scale":
		ps.MaxBandwidthScale = integer[uint8](f)
	case "min_idle_io_exit_lat_limit":
		ps.MinIdleExitLatencyLimit = integer[uint16](f)
	default:
		return false
	}
	return true
}

// The scales of a power in a power state descriptor. 0 is not reported.
const (
	scale100Microwatts = 1
	scale10Milliwatts  = 2
)

// microwatts scales a power; nil where it is not reported.
func microwatts(power *uint16, scale uint8) *uint32 {
	if scale > 3 {
		scale >>= 6
	}
	var unit uint32
	switch {
	case power == nil:
		return nil
	case scale == scale100Microwatts:
		unit = 100
	case scale == scale10Milliwatts:
		unit = 10_000
	default:
		return nil
	}
	v := uint32(*power) * unit
	return &v
}

// strings reads an array of strings.
func (f *field) strings() []string {
	var list []string
	for range f.doc.Array() {
		list = append(list, f.words())
	}
	return list
}
