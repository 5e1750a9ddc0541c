// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"cmp"
	"slices"
	"strings"
)

// An evidence is what one source says of one drive. Pieces that share a key
// are about the same drive.
type evidence struct {
	source string
	name   string // of the block device, "" if it has none
	keys   driveKeys
	fill   func(*Drive) // fills what is still empty in the drive
	rank   int          // of the source: the lower one's word stands
	health bool         // it knows the drive's health
}

// driveKeys are names that a drive has, the surest first. Each is "" where the
// source does not know it.
type driveKeys struct {
	device     string // the kernel's name for the drive: "sda", "nvme0"
	wwn        string // 16 hexadecimal digits, or an EUI-64 or NGUID
	serial     string
	shared     string // a name that several devices of one drive share, such as its NVMe subsystem's
	controller string // of an NVMe drive: "nvme0"
}

// The sources by how far their word is to be trusted.
const (
	rankSmartctl = iota
	rankNVMe
	rankSysfs
	rankLsblk
)

// An evidenceList is all that was said of the drives, in the order found.
type evidenceList struct {
	pieces []evidence
}

func (list *evidenceList) add(e evidence) { list.pieces = append(list.pieces, e) }

// drives joins the pieces and returns the drives they are about, in the order
// of their names.
func (list *evidenceList) drives() []Drive {
	var drives []Drive
	for _, group := range list.groups() {
		slices.SortStableFunc(group, func(a, b evidence) int { return a.rank - b.rank })
		var d Drive
		for _, e := range group {
			e.fill(&d)
			if !slices.Contains(d.Sources, e.source) {
				d.Sources = append(d.Sources, e.source)
			}
		}
		d.settle()
		drives = append(drives, d)
	}
	slices.SortStableFunc(drives, func(a, b Drive) int {
		return cmp.Or(compareNames(a.Name, b.Name), strings.Compare(strings.Join(a.Paths, " "), strings.Join(b.Paths, " ")))
	})
	assignIDs("drive", drives,
		func(d *Drive) []string { return []string{d.WWN, d.namespaceID(), d.Serial, d.Name} },
		func(d *Drive, id string) { d.ID = id })
	return drives
}

// namespaceID is the identifier of a drive's only namespace that has one.
func (d *Drive) namespaceID() string {
	if len(d.Namespaces) != 1 {
		return ""
	}
	return cmp.Or(d.Namespaces[0].EUI64, d.Namespaces[0].NGUID)
}

// settle derives what follows from the rest once all sources have spoken.
func (d *Drive) settle() {
	slices.Sort(d.Paths)
	d.Paths = slices.Compact(d.Paths)
	slices.SortFunc(d.Namespaces, func(a, b Namespace) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), compareNames(a.Name, b.Name))
	})
	if len(d.Namespaces) > 1 {
		d.CapacityBytes = 0
		for _, ns := range d.Namespaces {
			d.CapacityBytes += ns.CapacityBytes
		}
	}
}

// compareNames orders kernel names as people count: sdb before sdaa, nvme2
// before nvme10, and drives without a name last.
func compareNames(a, b string) int {
	if a == "" || b == "" {
		return cmp.Compare(b, a)
	}
	split := func(s string) (string, int) {
		i := strings.IndexAny(s, "0123456789")
		if i < 0 {
			return s, -1
		}
		n := 0
		for _, r := range s[i:] {
			if r < '0' || r > '9' {
				break
			}
			n = n*10 + int(r-'0')
		}
		return s[:i], n
	}
	aWord, aNumber := split(a)
	bWord, bNumber := split(b)
	if aWord != bWord && aWord[:min(2, len(aWord))] == bWord[:min(2, len(bWord))] {
		return cmp.Or(cmp.Compare(len(aWord), len(bWord)), strings.Compare(aWord, bWord))
	}
	return cmp.Or(strings.Compare(aWord, bWord), cmp.Compare(aNumber, bNumber), strings.Compare(a, b))
}

// groups joins the pieces that are about the same drive: by the kernel's name
// first, then by the world-wide name, then by the serial number. A serial
// number does not join drives with different world-wide names: docks for USB
// give the same one to every drive in them.
func (list *evidenceList) groups() [][]evidence {
	u := union{parent: make([]int, len(list.pieces)), wwn: make([]string, len(list.pieces))}
	for i, e := range list.pieces {
		u.parent[i], u.wwn[i] = i, e.keys.wwn
	}
	for _, key := range []func(driveKeys) string{
		func(k driveKeys) string { return k.device },
		func(k driveKeys) string { return k.controller },
		func(k driveKeys) string { return k.shared },
		func(k driveKeys) string { return k.wwn },
		func(k driveKeys) string { return k.serial },
	} {
		first := make(map[string]int)
		for i, e := range list.pieces {
			k := key(e.keys)
			if k == "" {
				continue
			}
			if j, ok := first[k]; ok {
				u.join(i, j, k == e.keys.serial)
			} else {
				first[k] = i
			}
		}
	}
	index := make(map[int]int)
	var groups [][]evidence
	for i, e := range list.pieces {
		root := u.find(i)
		g, ok := index[root]
		if !ok {
			g = len(groups)
			index[root] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], e)
	}
	return groups
}

// A union is a set of disjoint sets, each with a world-wide name if known.
type union struct {
	parent []int
	wwn    []string
}

func (u *union) find(i int) int {
	for u.parent[i] != i {
		u.parent[i] = u.parent[u.parent[i]]
		i = u.parent[i]
	}
	return i
}

// join makes one set of two, unless it must be careful and their world-wide
// names differ.
func (u *union) join(i, j int, careful bool) {
	a, b := u.find(i), u.find(j)
	if a == b || careful && u.wwn[a] != "" && u.wwn[b] != "" && u.wwn[a] != u.wwn[b] {
		return
	}
	if b < a {
		a, b = b, a
	}
	u.parent[b] = a
	u.wwn[a] = cmp.Or(u.wwn[a], u.wwn[b])
}
