// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"strconv"
	"strings"
)

// maxDDF caps the arrays of a DDF container, whose numbers come as text.
const maxDDF = 4096

// openDisk takes "Disk00 Serial : W461SCHM", with which a drive begins.
func (p *examineParser) openDisk(l *Line) bool {
	digits := strings.TrimSuffix(strings.TrimPrefix(l.Key, "Disk"), " Serial")
	n, err := strconv.ParseUint(digits, 10, 16)
	if err != nil {
		return false
	}
	p.parts++
	p.disk, p.volume = p.block.addDisk(p.block.DiskCount), nil
	p.disk.Number, p.disk.Serial, p.disk.Line = int(n), l.Value, l.Number
	return true
}

// addDisk appends a drive to the list, and at first makes room for as many as
// there are to be.
func (b *Superblock) addDisk(drives *int) *DiskEntry {
	if b.Disks == nil {
		b.Disks = make([]DiskEntry, 0, room(drives))
	}
	b.Disks = extend(b.Disks)
	return &b.Disks[len(b.Disks)-1]
}

// openVolume appends an array to the list, and at first makes room for as many
// as there are to be.
func (p *examineParser) openVolume(arrays *int) *SubArray {
	b := p.block
	if b.Volumes == nil {
		b.Volumes = make([]SubArray, 0, min(room(arrays), 2))
	}
	b.Volumes = extend(b.Volumes)
	v := &b.Volumes[len(b.Volumes)-1]
	v.Line = p.at
	return v
}

// setDisk takes a line of a drive of IMSM.
func (p *examineParser) setDisk(d *DiskEntry, key, v string) bool {
	switch key {
	case "State":
		d.StateText, d.State = v, diskState(v)
	case "Id":
		d.ID = v
	case "Usable Size":
		d.SizeBytes = p.size(v, sector)
	default:
		return false
	}
	return true
}

// diskState finds out what "active", "spare failed" or DDF's "active/Online,
// Rebuilding" means.
func diskState(text string) State {
	has := func(word string) bool { return strings.Contains(text, word) }
	switch {
	case has("ailed"):
		return Failed
	case has("issing"):
		return Missing
	case has("ebuilding"):
		return Rebuilding
	case has("spare"):
		return HotSpare
	case has("active"):
		return Online
	case has("journal"):
		return Online
	case has("Offline"):
		return Offline
	}
	return ""
}

// setVolume takes a line of an array of IMSM. While it migrates its values
// are followed by " <-- " and what they were.
func (p *examineParser) setVolume(s *SubArray, key, v string) bool {
	now, _, _ := strings.Cut(v, " <-- ")
	switch key {
	case "Subarray":
		s.Number = p.int(v)
	case "UUID":
		s.UUID = v
	case "RAID Level":
		s.Level = now
	case "Members":
		s.MemberCount = p.number(v)
	case "Slots":
		s.Slots = strings.Trim(now, "[]")
	case "Failed disk":
		if v != "none" {
			s.FailedDisk = v
		}
	case "This Slot":
		s.ThisSlot = v
	case "Sector Size":
		s.SectorBytes = p.number(v)
	case "Array Size":
		s.SizeBytes = p.size(v, sector)
	case "Per Dev Size":
		s.MemberSizeBytes = p.size(v, sector)
	case "Sector Offset":
		s.SectorOffset = v
	case "Num Stripes":
		s.Stripes = v
	case "Chunk Size":
		s.ChunkBytes = p.chunk(now)
	default:
		return p.setVolumeState(s, key, v)
	}
	return true
}

// setVolumeState takes a line that says how an array of IMSM is doing.
func (p *examineParser) setVolumeState(s *SubArray, key, v string) bool {
	switch key {
	case "Migrate State":
		if v != "idle" {
			s.Migration = v
		}
	case "Map State":
		s.StateText = v
	case "Checkpoint":
		s.Checkpoint = v
	case "Dirty State":
		s.DirtyState = v
	case "RWH Policy":
		s.RWHPolicy = v
	case "Volume ID":
		s.VolumeID = v
	case "Reserved":
		s.Reserved = v
	default:
		return false
	}
	s.State, s.Degraded = imsmState(s.StateText, s.Migration)
	return true
}

// imsmState finds out what "normal <-- degraded" means during a migration.
// What was before is what still holds.
func imsmState(text, migration string) (state VolumeState, degraded bool) {
	now, before, migrates := strings.Cut(text, " <-- ")
	if migrates {
		now = before
	}
	switch now {
	case "normal":
		state = VolumeOptimal
	case "uninitialized":
		state = VolumeInitializing
	case "degraded":
		state, degraded = VolumeDegraded, true
	case "failed":
		return VolumeFailed, true
	}
	switch migration {
	case "rebuild":
		return VolumeRebuilding, degraded
	case "initialize":
		return VolumeInitializing, degraded
	case "repair", "verify":
		if !degraded {
			return VolumeChecking, degraded
		}
	case "state change", "general migration":
		return VolumeReshaping, degraded
	}
	return state, degraded
}

// setDDF takes a line of DDF such as "Raid Level[0] : RAID1"; the number says
// which array it is of.
func (p *examineParser) setDDF(l *Line) bool {
	key, digits, ok := strings.Cut(strings.TrimSuffix(l.Key, "]"), "[")
	n, err := strconv.ParseUint(digits, 10, 16)
	if !ok || err != nil {
		return false
	}
	if key == "Partition" {
		return p.partition(p.block, l.Key)
	}
	s := p.ddfVolume(int(n))
	if s == nil {
		return false
	}
	switch v := l.Value; key {
	case "VD GUID":
		s.UUID = v
	case "unit":
		s.Unit = v
	case "state":
		s.StateText = v
		s.State, s.Degraded = ddfState(v)
	case "init state":
		s.InitState = v
	case "access":
		s.Access = v
	case "Name":
		s.Name = v
	case "Raid Devices":
		s.MemberCount, s.MembersText = p.number(v), v
	case "Raid Level":
		s.Level = v
	case "Chunk Size":
		s.ChunkBytes = p.size(v, sector)
	case "Device Size":
		s.MemberSizeBytes = p.size(v, kib)
	case "Array Size":
		s.SizeBytes = p.size(v, kib)
	default:
		return false
	}
	return true
}

// ddfVolume finds the array with a number, or begins it if it is the next.
func (p *examineParser) ddfVolume(n int) *SubArray {
	list := p.block.Volumes
	for i := len(list) - 1; i >= 0 && i >= len(list)-2; i-- { // arrays stand in order
		if list[i].Number != nil && *list[i].Number == n {
			return &list[i]
		}
	}
	if len(list) >= maxDDF || len(list) > 0 && list[len(list)-1].Number != nil && n < *list[len(list)-1].Number {
		return nil
	}
	p.parts++
	v := p.openVolume(p.block.VirtualDisks)
	v.Number = p.keep(uint64(n))
	return v
}

// ddfState finds out what "Degraded, Consistent" means.
func ddfState(text string) (state VolumeState, degraded bool) {
	word, _, _ := strings.Cut(text, ",")
	switch word {
	case "Optimal":
		return VolumeOptimal, false
	case "Degraded":
		return VolumeDegraded, true
	case "Part Optimal", "Partially Optimal":
		return VolumePartiallyDegraded, true
	case "Failed", "Deleted":
		return VolumeFailed, true
	case "Missing":
		return VolumeMissing, true
	case "Offline":
		return VolumeOffline, false
	}
	return "", false
}

// ddfDisk takes a row of DDF's list of drives, whose device may be empty:
//
//	Number    RefNo      Size       Device      Type/State
//	   0    33552859    786432K /dev/vda        active/Online
func (p *examineParser) ddfDisk(text string) bool {
	number, rest := field(text)
	ref, rest := field(rest)
	size, rest := field(rest)
	n, err := strconv.ParseUint(number, 10, 16)
	kibibytes, err2 := strconv.ParseUint(strings.TrimSuffix(size, "K"), 10, 50)
	if err != nil || err2 != nil {
		p.fail(text, ErrSyntax)
		return true
	}
	d := p.block.addDisk(p.block.PhysicalDisks)
	d.Number, d.Reference, d.SizeBytes, d.Line = int(n), ref, kibibytes*kib, p.at
	if strings.HasPrefix(rest, "/") {
		d.Device, rest = field(rest)
	}
	d.StateText, d.State = rest, diskState(rest)
	return true
}
