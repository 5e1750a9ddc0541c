// SPDX-License-Identifier: Apache-2.0

package dmsetup

import "strings"

// raid reads what the target raid says:
//
//	raid5_ls 3 AaA 4112/32768 recover 0 0 -
//
// Kernels before 3.9 end behind the ratio, those before 4.8 behind the mismatches,
// and those before 4.10 say nothing of a journal.
func (c *cursor) raid() *RAID {
	r := &RAID{Type: c.need(), DeviceCount: int(min(c.uint(), maxRecords)), Health: c.need()}
	r.SyncedSectors, r.TotalSectors = c.ratio()
	if c.more() {
		r.Action = c.need()
		r.MismatchCount = c.pointer()
	}
	if c.more() {
		r.DataOffsetSectors = c.pointer()
	}
	if c.more() {
		r.Journal = strings.TrimPrefix(c.need(), "-")
	}
	r.Level, _, _ = strings.Cut(strings.TrimPrefix(r.Type, "raid"), "_")
	r.Members = members(r.Health, map[byte]State{'A': Online, 'a': Rebuilding, 'D': Failed, '-': Missing})
	r.setState()
	return r
}

// maxMembers is more than the kernel takes, which are 253.
const maxMembers = 1 << 10

// members reads a letter for each device; nil where one is not known.
func members(health string, letters map[byte]State) []State {
	if len(health) > maxMembers {
		return nil
	}
	list := make([]State, len(health))
	for i := range health {
		if list[i] = letters[health[i]]; list[i] == "" {
			return nil
		}
	}
	return list
}

// setState says what the letters and the action come to.
func (r *RAID) setState() {
	whole, behind := strings.Count(r.Health, "A"), strings.Count(r.Health, "a")
	gone := len(r.Health) - whole - behind
	if r.Members == nil || len(r.Health) < r.DeviceCount {
		return
	}
	resync := whole == 0 || r.Action == "resync" || r.Action == "reshape" // then all that work are called behind
	lost := gone
	if !resync {
		lost += behind
	}
	spare := r.spare()
	switch {
	case lost > spare:
		r.State = VolumeFailed
	case gone > 0 && lost < spare && r.Level != "10":
		r.State = VolumePartiallyDegraded
	case gone > 0 || r.Journal == "D":
		r.State = VolumeDegraded
	case r.Action == "reshape":
		r.State = VolumeReshaping
	case behind > 0 && r.Action == "frozen":
		r.State = VolumeDegraded
	case behind > 0 && !resync && (r.Action == "recover" || r.Action == ""):
		r.State = VolumeRebuilding
	case behind > 0 && !resync: // and nothing makes up for it
		r.State = VolumeDegraded
	case behind > 0 || r.Action == "resync": // idle is said before it begins, too
		r.State = VolumeResyncing
	case r.Action == "recover":
		r.State = VolumeRebuilding
	case r.Action == "check", r.Action == "repair":
		r.State = VolumeChecking
	default:
		r.State = VolumeOptimal
	}
	if r.Action == "" && behind > 0 || r.Action != "" && r.Action != "idle" && r.Action != "frozen" {
		r.ProgressPercent = percent(r.SyncedSectors, r.TotalSectors)
	}
	if behind > 0 && r.SyncedSectors >= r.TotalSectors { // said before a recovery begins
		r.ProgressPercent = nil
	}
}

// spare is how many members the data can do without. How many copies a RAID 10 has
// only the table tells; the kernel does not call its last one failed.
func (r *RAID) spare() int {
	switch r.Level {
	case "0":
		return 0
	case "4", "5":
		return 1
	case "6":
		return 2
	}
	return len(r.Health) - 1
}

// percent is nil where there is nothing to be a part of.
func percent(part, whole uint64) *float64 {
	if whole == 0 || part > whole {
		return nil
	}
	p := float64(part) / float64(whole) * 100
	return &p
}
