// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/smart"
	"github.com/mchus/bee/smart/mdadm"
)

// mdMemberType is what blkid calls the signature of a member of a native array.
const mdMemberType = "linux_raid_member"

// A looseArray is an array that does not run, as its members know it.
type looseArray struct {
	name    string // the kernel's, "" where it does not know the array
	members []mdadm.Superblock
}

// askLoose asks mdadm what is written on the members of arrays that do not run:
// these alone say how many members there should be.
func (r *raidAnswers) askLoose(ctx context.Context, a *asker, devices *smart.BlockDevices) error {
	names := r.looseMembers(devices)
	blocks := make([]*mdadm.Superblock, len(names))
	errs := make([]error, len(names))
	ctx = host.Within(ctx, mdPatience)
	whys := make([]string, len(names))
	parallel(len(names), maxParallel, func(i int) {
		got := a.run(ctx, func(data []byte) (any, error) { return mdadm.ParseExamine(data) }, "mdadm", "--examine", "/dev/"+names[i])
		said, _ := got.value.(*mdadm.Examine)
		if errs[i] = got.unlessAbsent(); said != nil && len(said.Devices) == 1 {
			blocks[i] = &said.Devices[0]
			blocks[i].Device = names[i]
			return
		}
		whys[i] = "mdadm: " + cmp.Or(got.why(), "not installed")
	})
	byUUID := make(map[string]int)
	for i, b := range blocks {
		if b == nil && r.holderOf(names[i]) == "" {
			r.unreadLoose, r.whyLoose = append(r.unreadLoose, names[i]), whys[i]
		}
		if b == nil || b.ArrayUUID == "" || b.RAIDDevices == nil || b.Volumes != nil { // a container's members know no array
			continue
		}
		if runs := r.runningAs(b.ArrayUUID); runs != "" { // it was taken out, and plugged in again
			if r.former == nil {
				r.former = make(map[string][]string)
			}
			r.former[runs] = append(r.former[runs], b.Device)
			continue
		}
		at, known := byUUID[b.ArrayUUID]
		if !known {
			at = len(r.loose)
			byUUID[b.ArrayUUID] = at
			r.loose = append(r.loose, looseArray{})
		}
		l := &r.loose[at]
		l.name = cmp.Or(l.name, r.holderOf(b.Device))
		l.members = append(l.members, *b)
	}
	return errors.Join(errs...)
}

// runningAs returns the kernel's name of the array that runs and has a UUID, "" if
// none does.
func (r *raidAnswers) runningAs(uuid string) string {
	for name, a := range r.arrays {
		if a.UUID == uuid && r.isRunning(name) {
			return name
		}
	}
	return ""
}

func (r *raidAnswers) isRunning(name string) bool {
	return slices.ContainsFunc(r.mdstat.Arrays, func(a mdadm.MDArray) bool { return a.Name == name && a.StateText != "inactive" })
}

// looseMembers returns the devices that are members of an array and of none
// that runs.
func (r *raidAnswers) looseMembers(devices *smart.BlockDevices) []string {
	var names []string
	busy := make(map[string]bool)
	if r.mdstat != nil {
		for i := range r.mdstat.Arrays {
			a := &r.mdstat.Arrays[i]
			for _, m := range a.Members {
				switch {
				case isMDContainer(a), a.StateText != "inactive":
					busy[m.Name] = true
				default:
					names = append(names, m.Name)
				}
			}
		}
	}
	if devices != nil {
		for _, dev := range devices.All {
			name := cmp.Or(dev.KernelName, dev.Name)
			runs := slices.ContainsFunc(dev.Children, func(c *smart.BlockDevice) bool { return strings.HasPrefix(cmp.Or(c.KernelName, c.Name), "md") })
			if dev.FSType == mdMemberType && !runs {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	names = slices.DeleteFunc(slices.Compact(names), func(name string) bool { return busy[name] || !isBlockName(name) })
	return names[:min(len(names), maxArrays)]
}

// isBlockName: what is asked for is a name of the kernel's and nothing else.
func isBlockName(name string) bool {
	return name != "" && name[0] != '-' && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == ""
}

// holderOf returns the array that the kernel lists a device with.
func (r *raidAnswers) holderOf(device string) string {
	if r.mdstat == nil {
		return ""
	}
	for i := range r.mdstat.Arrays {
		a := &r.mdstat.Arrays[i]
		if slices.ContainsFunc(a.Members, func(m mdadm.MDMember) bool { return m.Name == device }) {
			return a.Name
		}
	}
	return ""
}

// title is what a person calls the array.
func (l *looseArray) title() string {
	b := &l.members[0]
	return cmp.Or(l.name, b.Name, "md "+b.ArrayUUID)
}

// looseName is what stands for arrays that are not started and of which nobody
// could read which they are.
const looseName = "md arrays not started"

// settleLoose puts the arrays that do not run into the report. One that the
// kernel lists is offline; of another the members tell what there would be if
// it were started.
func (r *raidAnswers) settleLoose(x *nameIndex) {
	if len(r.unreadLoose) > 0 {
		v := x.mdVolume(looseName)
		v.Unread = "nobody told whether all members are there; " + r.whyLoose
		for _, name := range r.unreadLoose {
			if d := x.drive(name); d != nil {
				v.Members = append(v.Members, d.ID)
			}
		}
	}
	for i := range r.loose {
		l := &r.loose[i]
		newest := l.newest()
		v := x.mdVolume(l.title())
		v.Level, v.SizeBytes = cmp.Or(mdLevel(newest.Level), v.Level), cmp.Or(v.SizeBytes, newest.SizeBytes)
		v.Sources = append(v.Sources, "mdadm")
		whole, held := make(map[int]bool), make(map[int]bool)
		for j := range l.members {
			m := &l.members[j]
			d := x.drive(m.Device)
			place := m.RAIDDevice
			switch {
			case m.Role == mdadm.HotSpare: // holds none of the data
				continue
			case place == nil || eventsOf(m)+1 < eventsOf(newest) || !hasPlace(newest, *place): // thrown out
				if d != nil && d.Serial != "" {
					v.MissingIDs = append(v.MissingIDs, d.Serial)
				}
				continue
			}
			held[*place] = true
			whole[*place] = whole[*place] || m.Role == mdadm.Online
			if d != nil {
				v.Members = append(v.Members, d.ID)
			}
		}
		v.Missing = max(*newest.RAIDDevices-len(held), 0)
		if v.State == "" {
			v.StateText, v.State, v.Unread = "not started", looseState(v.Level, *newest.RAIDDevices, len(whole)), ""
			if v.State == "" {
				v.Unread = "it is not started, and lacks members that it may not work without"
			}
		}
	}
}

// newest returns the superblock of the member that was written to last.
func (l *looseArray) newest() *mdadm.Superblock {
	newest := &l.members[0]
	for i := range l.members {
		if b := &l.members[i]; eventsOf(b) > eventsOf(newest) {
			newest = b
		}
	}
	return newest
}

// eventsOf returns how often a member was told of a change: "815", of metadata
// 0.90 in two halves, "0.18".
func eventsOf(b *mdadm.Superblock) uint64 {
	high, low, halves := strings.Cut(b.Events, ".")
	if !halves {
		high, low = "0", high
	}
	h, _ := strconv.ParseUint(high, 10, 32)
	n, _ := strconv.ParseUint(low, 10, 64)
	return h<<32 + n
}

// hasPlace tells whether a member is in an array by what another of them knows.
func hasPlace(b *mdadm.Superblock, place int) bool {
	return b.Slots == "" || place < len(b.Slots) && b.Slots[place] != '.'
}

// looseState is what an array would be with so many whole members if it were
// started, "" where that depends on which they are.
func looseState(level string, devices, whole int) string {
	spare := 0 // members that it can do without
	switch level {
	case "1":
		spare = devices - 1
	case "4", "5", "10":
		spare = 1
	case "6":
		spare = 2
	}
	switch gone := devices - whole; {
	case gone <= 0:
		return string(mdadm.VolumeOptimal)
	case gone <= spare:
		return string(mdadm.VolumeDegraded)
	case level == "10" && whole > 0:
		return ""
	}
	return string(mdadm.VolumeOffline)
}
