// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/smart/mdadm"
)

const (
	sourceMdstat = "/proc/mdstat"
	maxArrays    = 64 // that mdadm is asked about
	mdPatience   = 15 * time.Second
)

// askMD reads the kernel's own word on its arrays, and asks mdadm about each.
func (r *raidAnswers) askMD(ctx context.Context, a *asker) error {
	text, err := look(a, sourceMdstat, func(fsys fs.FS) []byte {
		data, _ := fs.ReadFile(fsys, strings.TrimPrefix(sourceMdstat, "/"))
		return data
	})
	if err != nil || len(text) == 0 {
		return err
	}
	var parseErr error
	r.mdstat, parseErr = mdadm.ParseMdstat(text)
	errs := []error{from(sourceMdstat, parseErr)}
	r.arrays = make(map[string]*mdadm.Array)
	r.absent, err = look(a, sourceSysfs, r.absentMembers)
	errs = append(errs, err)
	ctx = host.Within(ctx, mdPatience)
	for i := range r.mdstat.Arrays[:min(len(r.mdstat.Arrays), maxArrays)] {
		name := r.mdstat.Arrays[i].Name
		if !isDeviceName(name) || isMDContainer(&r.mdstat.Arrays[i]) {
			continue
		}
		detail, err := ask(ctx, a, mdadm.ParseDetail, "mdadm", "--detail", "/dev/"+name)
		errs = append(errs, err)
		if detail != nil && len(detail.Arrays) == 1 {
			r.arrays[name] = &detail.Arrays[0]
		}
	}
	return errors.Join(errs...)
}

// absentMembers returns the members that the kernel does not show of arrays from
// which it takes none away: they can do without none.
func (r *raidAnswers) absentMembers(fsys fs.FS) map[string][]string {
	if !exists(fsys, sysfsBlock) {
		return nil
	}
	absent := make(map[string][]string)
	isArray := make(map[string]bool)
	for i := range r.mdstat.Arrays {
		isArray[r.mdstat.Arrays[i].Name] = true
	}
	for i := range r.mdstat.Arrays {
		a := &r.mdstat.Arrays[i]
		if a.State != mdadm.VolumeOptimal || a.Level != "raid0" && a.Level != "linear" {
			continue
		}
		for _, m := range a.Members {
			if isBlockName(m.Name) && !isArray[m.Name] && !exists(fsys, path.Join(sysfsBlock, m.Name)) && !exists(fsys, path.Join(sysfsBlock, wholeDisk(m.Name))) {
				absent[a.Name] = append(absent[a.Name], m.Name)
			}
		}
	}
	return absent
}

// isDeviceName: what is asked for is a name of the kernel's and nothing else.
func isDeviceName(name string) bool {
	return strings.HasPrefix(name, "md") && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

// isMDContainer tells a container of firmware RAID, which holds arrays and no
// data: the kernel calls it inactive, and all its members spares.
func isMDContainer(a *mdadm.MDArray) bool {
	return a.Container == "" && strings.HasPrefix(a.Metadata, "external:") && a.Level == ""
}

// settleMD puts the arrays into the report. Drives and volumes have their ids by
// then: an array can be made of either.
func (r *raidAnswers) settleMD(s *report.Storage) {
	x := indexNames(s)
	defer func() {
		r.settleLoose(x)
		for i := range s.Volumes {
			if v := &s.Volumes[i]; v.Kind == "md" {
				v.Members = once(v.Members) // the kernel's files may have named them too
			}
		}
	}()
	if r.mdstat == nil {
		return
	}
	for i := range r.mdstat.Arrays {
		seen := &r.mdstat.Arrays[i]
		if isMDContainer(seen) {
			continue
		}
		v := x.mdVolume(seen.Name)
		v.Level, v.State, v.StateText = mdLevel(seen.Level), string(seen.State), seen.StateText
		if seen.Operation != nil {
			v.ProgressPct = seen.Operation.Percent
		}
		v.Missing, v.Unread = seen.Missing, ""
		v.Sources = append(v.Sources, sourceMdstat)
		members := mdMembers(seen)
		if said := r.arrays[seen.Name]; said != nil {
			addDetail(v, said)
			members = detailMembers(said)
		}
		for _, m := range members {
			d := x.drive(m.device)
			switch {
			case m.state == mdadm.HotSpare: // holds none of the data
			case m.state == mdadm.Failed: // thrown out, and named in its place
				if d != nil && d.Serial != "" {
					v.MissingIDs = append(v.MissingIDs, d.Serial)
				}
			case d != nil:
				v.Members = append(v.Members, d.ID)
			default:
				if other := x.volume(m.device); other != nil {
					v.Members = append(v.Members, other.ID)
				}
			}
			if d != nil && worseState(string(m.state), d.State) && (!isOddWord(d) || worseState(string(m.state), "online")) {
				d.State, d.StateText = string(m.state), m.text
			}
		}
		if v.State == string(mdadm.VolumeRebuilding) {
			if v.Missing = min(v.Missing, freePlaces(seen)); v.Missing > 0 { // one place is being filled, another is not
				v.State = string(mdadm.VolumeDegraded)
			}
		}
		if absent := r.absent[seen.Name]; absent != nil && v.State == string(mdadm.VolumeOptimal) {
			v.State, v.Missing = "", len(absent)
			v.Unread = "the kernel shows no " + strings.Join(absent, " and no ") + ", of which it is made"
		}
		for _, name := range r.former[seen.Name] {
			if d := x.drive(name); d != nil && d.Serial != "" && v.Missing > 0 && !slices.Contains(v.MissingIDs, d.Serial) {
				v.MissingIDs = append(v.MissingIDs, d.Serial)
			}
		}
	}
}

// freePlaces counts the places of an array in which there is no device, whole or
// not. Spares, journals and replacements have no place of their own.
func freePlaces(a *mdadm.MDArray) int {
	empty := deref(a.RAIDDevices)
	for _, m := range a.Members {
		if !strings.ContainsAny(m.Marks, "FSJR") {
			empty--
		}
	}
	return max(empty, 0)
}

// once drops from a list what stands in it before.
func once(list []string) []string {
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(list, func(s string) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
}

// A nameIndex finds drives and volumes by the kernel's names for them. Of
// several with a name it is the first.
type nameIndex struct {
	s                    *report.Storage
	drives, volumes, mds map[string]int
}

func indexNames(s *report.Storage) *nameIndex {
	x := &nameIndex{s, make(map[string]int), make(map[string]int), make(map[string]int)}
	for i := range s.Drives {
		setFirst(x.drives, s.Drives[i].Name, i)
		for _, ns := range s.Drives[i].Namespaces {
			setFirst(x.drives, ns.Name, i)
		}
	}
	for i := range s.Volumes {
		x.addVolume(i)
	}
	return x
}

func (x *nameIndex) addVolume(i int) {
	v := &x.s.Volumes[i]
	setFirst(x.volumes, v.Name, i)
	if v.Kind == "md" {
		setFirst(x.mds, v.Name, i)
	}
}

func setFirst(m map[string]int, name string, i int) {
	if _, known := m[name]; !known && name != "" {
		m[name] = i
	}
}

// mdVolume returns the volume that the kernel shows under a name, a new one
// for an array that does not run: it has no size, and no block device.
func (x *nameIndex) mdVolume(name string) *report.Volume {
	i, known := x.mds[name]
	if !known {
		i = len(x.s.Volumes)
		x.s.Volumes = append(x.s.Volumes, report.Volume{Name: name, Kind: "md"})
		x.addVolume(i)
	}
	return &x.s.Volumes[i]
}

// drive returns the drive that a device is, or is a partition of; nil for none.
func (x *nameIndex) drive(device string) *report.Drive {
	if i, ok := firstPart(x.drives, device); ok {
		return &x.s.Drives[i]
	}
	return nil
}

// volume returns the volume that a device is, or is a partition of; nil for none.
func (x *nameIndex) volume(device string) *report.Volume {
	if i, ok := firstPart(x.volumes, device); ok {
		return &x.s.Volumes[i]
	}
	return nil
}

// firstPart returns the first disk that a device is, or is a partition of.
func firstPart(disks map[string]int, device string) (first int, ok bool) {
	for _, disk := range []string{device, wholeDisk(device)} {
		if i, known := disks[disk]; known && (!ok || i < first) {
			first, ok = i, true
		}
	}
	return first, ok
}

func mdLevel(level string) string {
	if level == "linear" {
		return level
	}
	return raidLevel(level)
}

// addDetail adds what mdadm says of an array to what the kernel says.
func addDetail(v *report.Volume, said *mdadm.Array) {
	v.StateText = said.StateText
	v.Missing = max(v.Missing, said.Removed)
	if v.State == string(mdadm.VolumeOptimal) || v.State == "" { // the kernel's list is terse
		switch {
		case said.State == "":
		case said.Degraded && said.State == mdadm.VolumeOptimal:
			v.State = string(mdadm.VolumeDegraded)
		default:
			v.State = string(said.State)
		}
	}
	if v.ProgressPct == nil {
		v.ProgressPct = said.ProgressPercent
	}
	v.Sources = append(v.Sources, "mdadm")
}

// An mdMember is a device of an array.
type mdMember struct {
	device string // "sda1"
	state  mdadm.State
	text   string
}

func mdMembers(a *mdadm.MDArray) []mdMember {
	var list []mdMember
	for _, m := range a.Members {
		list = append(list, mdMember{m.Name, m.State, m.Marks})
	}
	return list
}

func detailMembers(a *mdadm.Array) []mdMember {
	var list []mdMember
	for _, m := range a.Members {
		if m.Device != "" {
			list = append(list, mdMember{strings.TrimPrefix(m.Device, "/dev/"), m.State, m.StateText})
		}
	}
	return list
}

// worseState orders what a drive can be to several arrays, and to its controller.
func worseState(a, b string) bool {
	rank := map[string]int{
		"": 0, "hot_spare": 1, "online": 2, "jbod": 2, "unconfigured": 2,
		"rebuilding": 3, "failed": 4, "missing": 4, "offline": 4, "foreign": 4,
	}
	return rank[a] > rank[b]
}
