// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"context"
	"errors"
	"io/fs"
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
	defer r.settleLoose(s)
	if r.mdstat == nil {
		return
	}
	for i := range r.mdstat.Arrays {
		seen := &r.mdstat.Arrays[i]
		if isMDContainer(seen) {
			continue
		}
		v := mdVolume(s, seen.Name)
		v.Level, v.State, v.StateText, v.ProgressPct = mdLevel(seen.Level), string(seen.State), seen.StateText, seen.ProgressPercent
		v.Missing, v.Unread = seen.Missing, ""
		v.Sources = append(v.Sources, sourceMdstat)
		members := mdMembers(seen)
		if said := r.arrays[seen.Name]; said != nil {
			addDetail(v, said)
			members = detailMembers(said)
		}
		missing := v.Missing
		for _, m := range members {
			d := memberDrive(s, m.device)
			switch {
			case m.state == mdadm.HotSpare: // holds none of the data
			case m.state == mdadm.Failed: // thrown out, and named in its place
				if d != nil && d.Serial != "" {
					v.MissingIDs = append(v.MissingIDs, d.Serial)
				}
			case d != nil:
				v.Members = append(v.Members, d.ID)
			default:
				if other := memberVolume(s, m.device); other != nil {
					v.Members = append(v.Members, other.ID)
				}
			}
			if m.state == mdadm.Rebuilding {
				missing--
			}
			if d != nil && worseState(string(m.state), d.State) && d.Controller == "" {
				d.State, d.StateText = string(m.state), m.text
			}
		}
		v.Missing = max(missing, 0)
		if v.State == string(mdadm.VolumeRebuilding) && v.Missing > 0 { // one place is being filled, another is not
			v.State = string(mdadm.VolumeDegraded)
		}
	}
}

// mdVolume returns the volume that the kernel shows under a name, a new one
// for an array that does not run: it has no size, and no block device.
func mdVolume(s *report.Storage, name string) *report.Volume {
	for i := range s.Volumes {
		if s.Volumes[i].Kind == "md" && s.Volumes[i].Name == name {
			return &s.Volumes[i]
		}
	}
	s.Volumes = append(s.Volumes, report.Volume{Name: name, Kind: "md"})
	return &s.Volumes[len(s.Volumes)-1]
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

// memberDrive returns the drive that a device is, or is a partition of.
func memberDrive(s *report.Storage, device string) *report.Drive {
	for i := range s.Drives {
		d := &s.Drives[i]
		names := []string{d.Name}
		for _, ns := range d.Namespaces {
			names = append(names, ns.Name)
		}
		if slices.ContainsFunc(names, func(name string) bool { return isPartOf(device, name) }) {
			return d
		}
	}
	return nil
}

func memberVolume(s *report.Storage, device string) *report.Volume {
	for i := range s.Volumes {
		if isPartOf(device, s.Volumes[i].Name) {
			return &s.Volumes[i]
		}
	}
	return nil
}

// isPartOf tells a disk, or a partition of it: a disk whose name ends with a
// digit has a p before the partition's number.
func isPartOf(device, disk string) bool {
	rest, ok := strings.CutPrefix(device, disk)
	if !ok || disk == "" {
		return false
	}
	if last := disk[len(disk)-1]; rest != "" && last >= '0' && last <= '9' {
		if rest, ok = strings.CutPrefix(rest, "p"); !ok || rest == "" {
			return false
		}
	}
	return strings.Trim(rest, "0123456789") == ""
}

// worseState orders what a drive can be to several arrays.
func worseState(a, b string) bool {
	rank := map[string]int{"": 0, "hot_spare": 1, "online": 2, "rebuilding": 3, "failed": 4}
	return rank[a] > rank[b]
}
