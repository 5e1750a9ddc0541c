// SPDX-License-Identifier: Apache-2.0

package dmsetup

import "strings"

// mirror reads what the target mirror says:
//
//	2 254:39 254:40 256/256 1 AA 3 disk 254:38 A
//
// that is devices, regions that are in sync, their letters, and the log. Kernels
// before 2.6.23 end behind the ratio.
func (c *cursor) mirror() *Mirror {
	m := &Mirror{Devices: c.words()}
	m.SyncedRegions, m.TotalRegions = c.ratio()
	if c.more() {
		m.Health = strings.Join(c.words(), " ")
	}
	if c.more() {
		m.Log = c.words()
	}
	if n := len(m.Log); n > 2 {
		m.LogFailed = m.Log[n-1] == "D" || m.Log[n-1] == "F"
	}
	// One that failed to be read, written, flushed or synchronised is not read any
	// more until somebody replaces it.
	m.Members = members(m.Health, map[byte]State{'A': Online, 'D': Failed, 'F': Failed, 'S': Failed, 'R': Failed, 'U': Failed})
	m.setState()
	return m
}

func (m *Mirror) setState() {
	whole := strings.Count(m.Health, "A")
	switch {
	case len(m.Members) == 0 || len(m.Members) != len(m.Devices):
		return
	case whole == 0:
		m.State = VolumeFailed
	case len(m.Members)-whole > 0 && whole > 1:
		m.State = VolumePartiallyDegraded
	case whole < len(m.Members) || m.LogFailed:
		m.State = VolumeDegraded
	case m.SyncedRegions < m.TotalRegions:
		m.State = VolumeResyncing
		m.ProgressPercent = percent(m.SyncedRegions, m.TotalRegions)
	default:
		m.State = VolumeOptimal
	}
}
