// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/smart/dmsetup"
)

const (
	sourceDM   = "dmsetup"
	dmPatience = 15 * time.Second
)

// A mapping is what dmsetup says of the device-mapper's devices.
type mapping struct {
	devices map[string]*dmsetup.Device // by name
	why     string                     // not all are there
	failed  bool                       // what it calls well need not be
}

// askMapper asks the device-mapper for the state of its devices, if one of them
// keeps copies, a cache or a thin pool, or has several paths: sysfs has the state of md's arrays only,
// and of the disks that are paths. --noflush keeps caches and thin pools from writing
// before they answer; the names are the kernel's.
func (b *blocks) askMapper(ctx context.Context, a *asker) (*mapping, error) {
	keeps := slices.ContainsFunc(b.layers, func(l layer) bool { return isPiece(l.volume.Name) || l.volume.Kind == "raid" })
	if !keeps && !slices.ContainsFunc(b.layers, func(l layer) bool { return l.volume.Kind == "multipath" }) {
		return nil, nil
	}
	got := a.run(host.Within(ctx, dmPatience), func(data []byte) (any, error) { return dmsetup.Parse(data) }, "dmsetup", "status", "--noflush", "--manglename", "none")
	if !keeps && got.state == report.StatusAbsent { // the state of the disks has to do
		a.forget(got)
		return nil, nil
	}
	m := &mapping{devices: make(map[string]*dmsetup.Device), why: got.why(), failed: got.state != report.StatusOK && got.state != report.StatusPartial}
	if m.why == "" && got.err != nil {
		m.why = diagnose("", got.err)[0].Message
	}
	if status, _ := got.value.(*dmsetup.Status); status != nil {
		for i := range status.Devices {
			m.devices[status.Devices[i].Name] = &status.Devices[i]
		}
	}
	return m, got.unlessAbsent()
}

// isPiece recognises by their names the pieces of which LVM makes a volume with
// copies or with a cache, or a thin pool: "vg-home_rimage_0", "vg-home_corig",
// "vg-pool_tdata".
func isPiece(name string) bool {
	head := strings.TrimRight(name, "0123456789")
	return head != name && (strings.HasSuffix(head, "_rimage_") || strings.HasSuffix(head, "_mimage_")) || strings.HasSuffix(name, "_corig") || strings.HasSuffix(name, "_tdata")
}

// fill says of a volume what its segments say, the worst of them.
func (m *mapping) fill(v *report.Volume) {
	unread := func(why string) { v.Unread = sourceDM + ": " + cmp.Or(m.why, why) }
	d := m.devices[v.Name]
	if d == nil {
		unread("did not name it")
		return
	}
	size, told := uint64(0), false
	var worst report.Volume
	for i := range d.Segments {
		s := &d.Segments[i]
		size += s.LengthSectors << 9
		said, ok := segmentState(s)
		if !ok {
			continue
		}
		if said.State == "" {
			v.StateText = said.StateText
			unread("its state is not known: " + said.StateText)
			return
		}
		if !told || dmRank(said.State) > dmRank(worst.State) {
			worst, told = said, true
		}
	}
	switch {
	case v.SizeBytes > 0 && size != v.SizeBytes:
		unread("it did not tell of all of it")
	case !told:
		unread("it tells no state")
	case m.failed && dmRank(worst.State) < dmRank(string(dmsetup.VolumeRebuilding)):
		unread("it failed")
	default:
		v.Level, v.State, v.StateText, v.Missing, v.ProgressPct = worst.Level, worst.State, worst.StateText, worst.Missing, worst.ProgressPct
		v.Unread, v.Sources = "", append(v.Sources, sourceDM)
	}
}

// doubt takes back that a volume is whole, if the kernel has given up a disk below it:
// a target notices that once it writes there, and raid0 never.
func (b *blocks) doubt(v *report.Volume, l *layer, gone map[string]bool) {
	if v.State == "" || v.State == string(dmsetup.VolumeFailed) || v.Missing > 0 {
		return
	}
	for _, piece := range l.members {
		disks := []string{piece}
		if i, known := b.layerAt[piece]; known {
			disks = b.layers[i].members
		}
		for _, disk := range disks {
			if gone[wholeDisk(disk)] {
				v.Unread = sourceDM + ": it says " + v.StateText + ", and the kernel has given up " + disk
				v.State, v.ProgressPct = "", nil
				return
			}
		}
	}
}

// thinModes are the states of a thin pool that takes no writes, and has not failed.
var thinModes = map[string]string{"out_of_data_space": "full", "ro": "read_only"}

// segmentState is what a target with copies, a cache or a thin pool says of its segment; ok is
// false for all others.
func segmentState(s *dmsetup.Segment) (v report.Volume, ok bool) {
	var members []dmsetup.State
	switch {
	case s.RAID != nil:
		v.Level, v.State, v.ProgressPct = s.RAID.Level, string(s.RAID.State), s.RAID.ProgressPercent
		v.StateText = strings.TrimSpace(s.RAID.Health + " " + s.RAID.Action)
		members = s.RAID.Members
	case s.Mirror != nil:
		v.Level, v.State, v.ProgressPct = "1", string(s.Mirror.State), s.Mirror.ProgressPercent
		v.StateText = s.Mirror.Health
		members = s.Mirror.Members
	case s.Cache != nil:
		v.State = string(s.Cache.State)
		v.StateText = cmp.Or(s.Cache.Failure, s.Cache.MetadataMode)
		if s.Cache.NeedsCheck {
			v.StateText += " needs_check"
		}
	case s.ThinPool != nil:
		p := s.ThinPool
		v.State = cmp.Or(string(p.State), thinModes[p.Mode])
		v.StateText = cmp.Or(p.Failure, p.Mode)
		if p.NeedsCheck {
			v.StateText += " needs_check"
		}
	case s.Target == "raid", s.Target == "mirror", s.Target == "cache", s.Target == "thin-pool": // in a form that is not known
		v.StateText = s.Params
	default:
		return v, false
	}
	v.StateText = clipLine([]byte(v.StateText))
	for _, m := range members {
		if m == dmsetup.Failed || m == dmsetup.Missing {
			v.Missing++
		}
	}
	return v, true
}

// fillPaths says of a multipath device which of its paths have failed. The kernel may
// call the disk on such a path running: where the two differ the worse stands. names are
// the kernel's names of the paths by their device numbers.
func (m *mapping) fillPaths(v *report.Volume, names map[string]string) {
	d := m.devices[v.Name]
	if d == nil {
		return
	}
	var failed []string
	total := 0
	for i := range d.Segments {
		if d.Segments[i].Multipath == nil {
			return
		}
		for _, g := range d.Segments[i].Multipath.Groups {
			for _, p := range g.Paths {
				total++
				if p.Failed {
					failed = append(failed, cmp.Or(names[p.Device], p.Device))
				}
			}
		}
	}
	if total == 0 || len(failed) == 0 && (m.failed || v.State != "") || len(failed) < total && v.State == "offline" {
		return
	}
	slices.Sort(failed)
	countPaths(v, failed, total)
	v.Sources = append(v.Sources, sourceDM)
}

// dmRank orders states, the worst last.
func dmRank(state string) int {
	return slices.Index([]string{
		string(dmsetup.VolumeOptimal), string(dmsetup.VolumeChecking), string(dmsetup.VolumeReshaping), string(dmsetup.VolumeResyncing),
		string(dmsetup.VolumeRebuilding), string(dmsetup.VolumePartiallyDegraded), string(dmsetup.VolumeDegraded), "full", "read_only", string(dmsetup.VolumeOffline), string(dmsetup.VolumeFailed),
	}, state)
}
