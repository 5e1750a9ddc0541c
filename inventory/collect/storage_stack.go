// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/smart"
)

// A layer is a volume that the kernel makes of other block devices, with the
// kernel's names of these: "sda1", "dm-0", "md0".
type layer struct {
	kernel  string // its own name
	volume  report.Volume
	members []string
	numbers map[string]string // of multipath: its paths by their device numbers, "8:16"
}

// layerKinds are the kinds of volumes by the type that lsblk prints.
var layerKinds = map[string]string{"lvm": "lvm", "mpath": "multipath", "crypt": "luks", "linear": "md", "dmraid": "raid"}

// mapperKinds are the same by the head of a device-mapper UUID.
var mapperKinds = map[string]string{"LVM": "lvm", "mpath": "multipath", "CRYPT": "luks", "DMRAID": "raid"}

// addLayer adds what a source says of a layer to what is known of it. A layer
// that stands on several devices is one.
func (b *blocks) addLayer(l layer) {
	i, again := b.layerAt[l.kernel]
	if !again {
		if b.layerAt == nil {
			b.layerAt = make(map[string]int)
		}
		b.layerAt[l.kernel] = len(b.layers)
		b.layers = append(b.layers, l)
		return
	}
	known := &b.layers[i]
	v, said := &known.volume, &l.volume
	v.Kind, v.Level, v.Name = cmp.Or(v.Kind, said.Kind), cmp.Or(v.Level, said.Level), cmp.Or(v.Name, said.Name)
	v.SizeBytes, v.Partitions = cmp.Or(v.SizeBytes, said.SizeBytes), append(v.Partitions, said.Partitions...)
	v.Sources = append(v.Sources, said.Sources...)
	known.members = append(known.members, l.members...)
}

// readLayer reads a layer from sysfs, as what its slaves say it stands on.
func (b *blocks) readLayer(fsys fs.FS, name string) {
	dir := path.Join(sysfsBlock, name)
	read := func(file string) string { return readText(fsys, path.Join(dir, file)) }
	l := layer{kernel: name, volume: report.Volume{Name: name, Paths: []string{"/dev/" + name}, SizeBytes: sectors(read("size")), Sources: []string{sourceSysfs}}}
	if mapped := read("dm/name"); mapped != "" {
		l.volume.Name, l.volume.Paths = mapped, []string{"/dev/mapper/" + mapped}
		head, _, _ := strings.Cut(read("dm/uuid"), "-")
		l.volume.Kind = mapperKinds[head]
	} else if strings.HasPrefix(name, "md") {
		l.volume.Kind = "md"
		setArrayState(&l.volume, read)
	}
	l.members = slavesOf(fsys, name)
	if l.volume.Kind == "" {
		b.passThrough(name, l.members)
		return
	}
	if l.volume.Kind == "multipath" {
		setPathState(&l.volume, fsys, l.members)
		l.numbers = make(map[string]string, len(l.members))
		for _, m := range l.members {
			l.numbers[readText(fsys, path.Join(sysfsBlock, m, "dev"))] = m
		}
		b.tiePaths(read("dm/uuid"), l.members)
	}
	b.addLayer(l)
}

// passThrough notes what a device that is not a volume of its own stands on, such as
// a partition that the device-mapper makes on a map of multipath.
func (b *blocks) passThrough(name string, members []string) {
	if b.through == nil {
		b.through = make(map[string][]string)
	}
	if b.through[name] == nil {
		b.through[name] = members
	}
}

// idsOf returns the ids of the drives and volumes that a device is, is a part
// of, or stands on. seen is what was looked at: it bounds a ring or a tangle.
func (b *blocks) idsOf(name string, ids map[string]string, seen map[string]bool) []string {
	if id := cmp.Or(ids[name], ids[wholeDisk(name)]); id != "" {
		return []string{id}
	}
	if seen[name] || len(seen) == maxParted {
		return nil
	}
	seen[name] = true
	var list []string
	for _, below := range b.through[name] {
		list = append(list, b.idsOf(below, ids, seen)...)
	}
	return list
}

// tiePaths says that some disks are the paths to one, as the multipath daemon
// does by their world-wide name. It can be wrong, as drives can share that.
func (b *blocks) tiePaths(uuid string, names []string) {
	for _, name := range names {
		b.ties = append(b.ties, evidence{source: sourceSysfs, rank: rankSysfs, keys: driveKeys{device: name, multipath: uuid}})
	}
}

// slavesOf returns the kernel's names of what a block device stands on. bcache
// says it with a link, too, into the directory of the disk that it caches.
func slavesOf(fsys fs.FS, name string) []string {
	entries, _ := fs.ReadDir(fsys, path.Join(sysfsBlock, name, "slaves"))
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if target, err := fs.ReadLink(fsys, path.Join(sysfsBlock, name, "bcache")); err == nil {
		if cached := path.Base(path.Dir(target)); !slices.Contains(names, cached) {
			names = append(names, cached)
		}
	}
	return names
}

// setArrayState reads the state of an md array (the kernel's
// Documentation/admin-guide/md.rst).
func setArrayState(v *report.Volume, read func(string) string) {
	v.Level = strings.TrimPrefix(read("md/level"), "raid")
	v.StateText = read("md/array_state")
	missing, known := read("md/degraded"), v.StateText != ""
	switch {
	case !known:
		v.Unread = "the kernel does not tell its state"
	case v.StateText == "clear", v.StateText == "inactive", v.StateText == "broken":
		v.State = "offline"
	case atoi(missing) > 0:
		v.State, v.Missing = "degraded", atoi(missing)
		if read("md/sync_action") == "recover" {
			v.State = "rebuilding"
		}
	default:
		v.State = "optimal"
	}
}

// setPathState says whether all paths of a multipath device run.
func setPathState(v *report.Volume, fsys fs.FS, paths []string) {
	var failed []string
	read := 0
	for _, name := range paths {
		switch readText(fsys, path.Join(sysfsBlock, name, "device/state")) {
		case "":
			continue
		case "running", "live":
		default:
			failed = append(failed, name)
		}
		read++
	}
	if read == 0 || read < len(paths) {
		v.Unread = "the kernel does not tell the state of its paths"
		return
	}
	countPaths(v, failed, read)
}

// countPaths says how a multipath device is some of whose paths have failed. With one
// left all its data can be reached.
func countPaths(v *report.Volume, failed []string, total int) {
	v.State, v.StateText, v.Unread = "optimal", "", ""
	switch {
	case len(failed) == 0:
		return
	case len(failed) == total:
		v.State = "offline"
	default:
		v.State = "partially_degraded"
	}
	v.StateText = fmt.Sprintf("%d of %d paths failed: %s", len(failed), total, strings.Join(failed, ", "))
}

// addLayersFromLsblk adds the layers of lsblk's tree: each once, though it
// stands under several parents.
func (b *blocks) addLayersFromLsblk(list *smart.BlockDevices) {
	for _, dev := range list.All {
		name := cmp.Or(dev.KernelName, dev.Name)
		kind := layerKinds[dev.Type]
		if strings.HasPrefix(dev.Type, "raid") && strings.HasPrefix(name, "md") {
			kind = "md"
		}
		if kind == "" && len(dev.Parents) > 0 && dev.Type == "disk" && madeUp(name) == "bcache" {
			kind = "bcache"
		}
		if kind == "" && strings.HasPrefix(name, "dm-") {
			b.passThrough(name, parentsOf(dev))
		}
		if kind == "" {
			continue
		}
		l := layer{kernel: name, volume: report.Volume{
			Name: dev.Name, Kind: kind, SizeBytes: deref(dev.SizeBytes), Paths: []string{"/dev/" + name},
			Partitions: appendPartitions(nil, dev), Sources: []string{"lsblk"},
		}}
		if kind != "md" && kind != "bcache" {
			l.volume.Paths = []string{"/dev/mapper/" + dev.Name}
		}
		if kind == "md" {
			l.volume.Level = strings.TrimPrefix(dev.Type, "raid")
		}
		l.members = parentsOf(dev)
		b.addLayer(l)
	}
}

// parentsOf returns the kernel's names of what lsblk shows a device under.
func parentsOf(dev *smart.BlockDevice) []string {
	var names []string
	for _, parent := range dev.Parents {
		names = append(names, cmp.Or(parent.KernelName, parent.Name))
	}
	return names
}

// stack adds the layers to the volumes, with the ids of what they stand on, and
// what the device-mapper said of them.
func (b *blocks) stack(s *report.Storage, said *mapping) {
	at := b.addLayers(s)
	b.fillMapped(s, said, at)
	for i := range s.Volumes {
		v := &s.Volumes[i]
		slices.Sort(v.Sources)
		v.Sources = slices.Compact(v.Sources)
		if (v.Kind == "md" || v.Kind == "multipath" || v.Kind == "raid") && v.State == "" {
			v.Unread = cmp.Or(v.Unread, "the kernel does not tell its state")
		}
	}
	assignIDs("volume", s.Volumes,
		func(v *report.Volume) []string { return []string{v.WWN, v.Name} },
		func(v *report.Volume, id string) { v.ID = id })
	b.nameMembers(s, at)
}

// addLayers makes a volume of each layer that is none yet. It returns where the
// volumes are, by the kernel's name.
func (b *blocks) addLayers(s *report.Storage) map[string]int {
	at := make(map[string]int)
	for i := range s.Volumes {
		at[s.Volumes[i].Name] = i
	}
	for i := range b.layers {
		l := &b.layers[i]
		slices.Sort(l.members)
		l.members = slices.Compact(l.members)
		if i, known := at[l.kernel]; known {
			fillLayer(&s.Volumes[i], &l.volume)
			continue
		}
		if i, ok := at[firstOf(l.members)]; ok && len(l.members) == 1 && l.volume.Kind == "multipath" && s.Volumes[i].Kind == "raid" {
			at[l.kernel] = i // multipathd takes a controller's volume, to which there is one way: it is the same
			continue
		}
		at[l.kernel] = len(s.Volumes)
		s.Volumes = append(s.Volumes, l.volume)
	}
	return at
}

// fillMapped adds what the device-mapper said of the volumes whose state it alone
// knows; said is nil if it was not asked.
func (b *blocks) fillMapped(s *report.Storage, said *mapping, at map[string]int) {
	gone := make(map[string]bool) // disks that the kernel has given up
	for i := range s.Drives {
		for _, p := range s.Drives[i].Paths {
			gone[strings.TrimPrefix(p, "/dev/")] = s.Drives[i].Fault == report.FaultGivenUp
		}
	}
	for i := range b.layers {
		l := &b.layers[i]
		pieces := slices.ContainsFunc(l.members, func(m string) bool { j, known := at[m]; return known && isPiece(s.Volumes[j].Name) })
		switch v := &s.Volumes[at[l.kernel]]; {
		case l.volume.Kind == "multipath":
			if said != nil && v.Kind == "multipath" {
				said.fillPaths(v, l.numbers)
			}
		case l.volume.Kind != "raid" && (l.volume.Kind != "lvm" || !pieces):
		case said == nil:
			v.Unread = "dmsetup was not asked for its state"
		default:
			said.fill(v)
			b.doubt(v, l, gone)
		}
	}
}

// nameMembers gives the volumes of the layers the ids of what they stand on.
func (b *blocks) nameMembers(s *report.Storage, at map[string]int) {
	ids := make(map[string]string) // by the kernel's name
	for i := range s.Drives {
		d := &s.Drives[i]
		for _, p := range d.Paths {
			ids[strings.TrimPrefix(p, "/dev/")] = d.ID
		}
		for _, p := range d.Partitions {
			ids[p.Name] = d.ID
		}
	}
	for name, i := range at {
		ids[name] = s.Volumes[i].ID
	}
	for _, l := range b.layers {
		v := &s.Volumes[at[l.kernel]]
		for _, m := range l.members {
			for _, id := range b.idsOf(m, ids, make(map[string]bool)) {
				if id != v.ID {
					v.Members = append(v.Members, id)
				}
			}
		}
		slices.Sort(v.Members)
		v.Members = slices.Compact(v.Members)
	}
}

// fillLayer adds what the kernel says of a volume to what others said of it.
func fillLayer(v, said *report.Volume) {
	v.Level, v.SizeBytes = cmp.Or(v.Level, said.Level), cmp.Or(v.SizeBytes, said.SizeBytes)
	if v.Paths == nil {
		v.Paths = said.Paths
	}
	if v.Partitions == nil {
		v.Partitions = said.Partitions
	}
	v.Sources = append(v.Sources, said.Sources...)
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// wholeDisk is the name of the disk that a partition is on: "sda1",
// "nvme0n1p2", "md0p1".
func wholeDisk(name string) string {
	disk := strings.TrimRight(name, "0123456789")
	if head, ok := strings.CutSuffix(disk, "p"); ok && strings.Trim(head, "abcdefghijklmnopqrstuvwxyz") != "" {
		return head
	}
	return disk
}
