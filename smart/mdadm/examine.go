// SPDX-License-Identifier: Apache-2.0

package mdadm

import "strings"

// An Examine is what mdadm --examine printed, for one device or for several.
type Examine struct {
	Devices  []Superblock `json:"devices,omitzero"`
	Preamble []string     `json:"preamble,omitzero"` // lines before the first device
	Extra    []Line       `json:"extra,omitzero"`    // lines that no value has room for

	text  string // all lines
	taken int    // lines with a key, and rows, that a value took
}

// A Superblock is what is written on one device: which array it belongs to,
// and how that array was when this device was last written to. A device may
// hold a partition table instead.
type Superblock struct {
	Device           string      `json:"device,omitzero"`             // "/dev/sda1"
	Magic            string      `json:"magic,omitzero"`              // "a92b4efc", "Intel Raid ISM Cfg Sig."
	Metadata         string      `json:"metadata,omitzero"`           // "1.2", "0.90.00"; of IMSM "1.3.00"
	ArrayUUID        string      `json:"array_uuid,omitzero"`         // of IMSM the container's
	DeviceUUID       string      `json:"device_uuid,omitzero"`        // "" in metadata 0.90
	Name             string      `json:"name,omitzero"`               // "host:0"
	Level            string      `json:"level,omitzero"`              // "raid1"
	RAIDDevices      *int        `json:"raid_devices,omitzero"`       // members that there should be; of IMSM, the number of arrays
	SizeBytes        uint64      `json:"size_bytes,omitzero"`         // of the array
	MemberSizeBytes  uint64      `json:"member_size_bytes,omitzero"`  // what is used of each member
	AvailableBytes   uint64      `json:"available_bytes,omitzero"`    // what could be used of this one
	DataOffsetBytes  uint64      `json:"data_offset_bytes,omitzero"`  //
	SuperOffsetBytes *uint64     `json:"super_offset_bytes,omitzero"` //
	StateText        string      `json:"state_text,omitzero"`         // "clean", "active"
	RoleText         string      `json:"role_text,omitzero"`          // "Active device 0", "spare"
	Role             State       `json:"role,omitzero"`               // as this device last knew
	RAIDDevice       *int        `json:"raid_device,omitzero"`        // its place
	Slots            string      `json:"slots,omitzero"`              // a letter for each place: A works, . is missing, R is being replaced
	Missing          int         `json:"missing,omitzero"`            // places that were missing, as this device last knew
	Events           string      `json:"events,omitzero"`             //
	UpdateTime       string      `json:"update_time,omitzero"`        //
	CreationTime     string      `json:"creation_time,omitzero"`      //
	Checksum         string      `json:"checksum,omitzero"`           //
	ChecksumCorrect  *bool       `json:"checksum_correct,omitzero"`   //
	Layout           string      `json:"layout,omitzero"`             //
	ChunkBytes       uint64      `json:"chunk_bytes,omitzero"`        //
	Bitmap           string      `json:"bitmap,omitzero"`             //
	Flags            string      `json:"flags,omitzero"`              // "write-mostly failfast"
	FeatureMap       string      `json:"feature_map,omitzero"`        //
	BadBlockLog      string      `json:"bad_block_log,omitzero"`      //
	UnusedSpace      string      `json:"unused_space,omitzero"`       //
	RecoveryOffset   string      `json:"recovery_offset,omitzero"`    // how far this member was rebuilt
	ReshapePosition  string      `json:"reshape_position,omitzero"`   //
	DeltaDevices     string      `json:"delta_devices,omitzero"`      //
	NewLevel         string      `json:"new_level,omitzero"`          //
	NewLayout        string      `json:"new_layout,omitzero"`         //
	NewChunkBytes    uint64      `json:"new_chunk_bytes,omitzero"`    //
	TotalDevices     *int        `json:"total_devices,omitzero"`      // metadata 0.90
	Active           *int        `json:"active,omitzero"`             // metadata 0.90
	Working          *int        `json:"working,omitzero"`            // metadata 0.90
	Failed           *int        `json:"failed,omitzero"`             // metadata 0.90
	Spare            *int        `json:"spare,omitzero"`              // metadata 0.90
	PreferredMinor   *int        `json:"preferred_minor,omitzero"`    // metadata 0.90
	Members          []Member    `json:"members,omitzero"`            // metadata 0.90
	OriginalFamily   string      `json:"original_family,omitzero"`    // IMSM
	Family           string      `json:"family,omitzero"`             // IMSM
	Generation       string      `json:"generation,omitzero"`         // IMSM
	Attributes       string      `json:"attributes,omitzero"`         // IMSM
	MPBSectors       *int        `json:"mpb_sectors,omitzero"`        // IMSM
	DiskCount        *int        `json:"disk_count,omitzero"`         // IMSM
	ControllerGUID   string      `json:"controller_guid,omitzero"`    // DDF
	ContainerGUID    string      `json:"container_guid,omitzero"`     // DDF
	Sequence         string      `json:"sequence,omitzero"`           // DDF
	RedundantHeader  string      `json:"redundant_header,omitzero"`   // DDF
	VirtualDisks     *int        `json:"virtual_disks,omitzero"`      // DDF
	PhysicalDisks    *int        `json:"physical_disks,omitzero"`     // DDF
	Volumes          []SubArray  `json:"volumes,omitzero"`            // IMSM and DDF
	Disks            []DiskEntry `json:"disks,omitzero"`              // IMSM and DDF
	MBRMagic         string      `json:"mbr_magic,omitzero"`          // of a partition table
	Partitions       []string    `json:"partitions,omitzero"`         // of a partition table, as printed
	Line             int         `json:"line"`
}

// A SubArray is an array in a container of IMSM or DDF.
type SubArray struct {
	Name            string      `json:"name,omitzero"`              //
	Number          *int        `json:"number,omitzero"`            // in its container
	UUID            string      `json:"uuid,omitzero"`              // of DDF the GUID
	Level           string      `json:"level,omitzero"`             // "5", "RAID1"
	MemberCount     int         `json:"member_count,omitzero"`      //
	MembersText     string      `json:"members_text,omitzero"`      // DDF: "2 (1@0K 0@0K)"
	Slots           string      `json:"slots,omitzero"`             // IMSM: "U_UU"
	FailedDisk      string      `json:"failed_disk,omitzero"`       // IMSM: place, "none" is ""
	ThisSlot        string      `json:"this_slot,omitzero"`         // IMSM: place of the device that is examined
	SizeBytes       uint64      `json:"size_bytes,omitzero"`        //
	MemberSizeBytes uint64      `json:"member_size_bytes,omitzero"` //
	SectorBytes     int         `json:"sector_bytes,omitzero"`      // IMSM
	SectorOffset    string      `json:"sector_offset,omitzero"`     // IMSM
	Stripes         string      `json:"stripes,omitzero"`           // IMSM
	ChunkBytes      uint64      `json:"chunk_bytes,omitzero"`       // IMSM
	StateText       string      `json:"state_text,omitzero"`        // "degraded" of IMSM, "Optimal, Consistent" of DDF
	State           VolumeState `json:"state,omitzero"`             //
	Degraded        bool        `json:"degraded,omitzero"`          //
	Migration       string      `json:"migration,omitzero"`         // IMSM: "rebuild", "idle" is ""
	Checkpoint      string      `json:"checkpoint,omitzero"`        // IMSM: how far the migration is
	DirtyState      string      `json:"dirty_state,omitzero"`       // IMSM
	RWHPolicy       string      `json:"rwh_policy,omitzero"`        // IMSM
	VolumeID        string      `json:"volume_id,omitzero"`         // IMSM
	Reserved        string      `json:"reserved,omitzero"`          // IMSM
	InitState       string      `json:"init_state,omitzero"`        // DDF
	Access          string      `json:"access,omitzero"`            // DDF
	Unit            string      `json:"unit,omitzero"`              // DDF
	Line            int         `json:"line"`
}

// A DiskEntry is a drive that the metadata of IMSM or DDF knows of.
type DiskEntry struct {
	Number    int    `json:"number"`              // in the metadata
	Serial    string `json:"serial,omitzero"`     // IMSM; of a failed drive it ends with ":0"
	Reference string `json:"reference,omitzero"`  // DDF
	Device    string `json:"device,omitzero"`     // DDF, of the drives that are there
	StateText string `json:"state_text,omitzero"` // "active", "spare", "failed"; DDF "active/Online"
	State     State  `json:"state,omitzero"`      //
	ID        string `json:"id,omitzero"`         // IMSM
	SizeBytes uint64 `json:"size_bytes,omitzero"` //
	Line      int    `json:"line"`
}

// ParseExamine parses the output of mdadm --examine, as [ParseDetail] does
// that of --detail.
func ParseExamine(data []byte) (*Examine, error) { return whole(data, parseExamine) }

func parseExamine(text string) (*Examine, error) {
	e := new(Examine)
	p := examineParser{examine: e}
	p.start(text)
	for p.next() {
		p.line = lineOf(p.at, p.raw)
		p.parseLine(&p.line)
		if p.tooMany(len(e.Devices) + p.parts) {
			break
		}
	}
	e.text = p.passed()
	for i := range e.Devices {
		e.Devices[i].finish()
	}
	if e.taken == 0 && len(e.Extra) > 0 { // others begin what they say of a device like that, too
		e.Devices = nil
	}
	if len(e.Devices) == 0 {
		p.foreign(e.Lines())
	}
	return e, p.errs.err()
}

// Lines returns all lines that are not blank, in order: the record layer.
func (e *Examine) Lines() []Line { return linesOf(e.text, lineOf) }

// Format returns the lines as they were printed, without blank ones. It is
// the inverse of [ParseExamine].
func (e *Examine) Format() []byte { return appendLines(nil, e.Lines()) }

// An examineParser knows what the next line may add to. IMSM prints a disk,
// then the arrays, then the other disks; each goes on until the next begins.
type examineParser struct {
	parser
	examine *Examine
	block   *Superblock // open device
	volume  *SubArray   // open array of IMSM
	disk    *DiskEntry  // open disk of IMSM
	table   string      // the head of the open table
	parts   int         // arrays and disks of all devices
}

func (p *examineParser) parseLine(l *Line) {
	e := p.examine
	if p.block != nil && l.Key != "" && p.set(l) { // most lines
		e.taken++
		return
	}
	name, ok := device(l)
	switch {
	case ok:
		if e.Devices == nil {
			e.Devices = make([]Superblock, 0, p.headings('/'))
		}
		e.Devices = extend(e.Devices)
		p.block, p.volume, p.disk, p.table = &e.Devices[len(e.Devices)-1], nil, nil, ""
		p.block.Device, p.block.Line = name, l.Number
	case p.complaint(l):
	case p.block == nil:
		e.Preamble = append(e.Preamble, l.text())
	case l.Key == "" && p.heading(l.Value):
	case l.Key == "" && p.row(l.Value):
		e.taken++
	default:
		e.Extra = append(e.Extra, *l)
	}
}

// heading takes a line that begins an array of IMSM or a table, and the lines
// in which DDF repeats a GUID in words.
func (p *examineParser) heading(text string) bool {
	switch {
	case strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]:"):
		b := p.block
		p.parts++
		p.volume, p.disk = p.openVolume(b.RAIDDevices), nil
		p.volume.Name = text[1 : len(text)-2]
	case strings.HasPrefix(text, "Number "):
		p.table = text
	case strings.HasPrefix(text, "(Linux-MD") && p.block.ControllerGUID != "":
	default:
		return false
	}
	return true
}

// set takes a line with a key: what is open decides what it means.
func (p *examineParser) set(l *Line) bool {
	switch {
	case strings.HasSuffix(l.Key, " Serial") && strings.HasPrefix(l.Key, "Disk"):
		return p.openDisk(l)
	case strings.HasSuffix(l.Key, "]"):
		return p.setDDF(l)
	case p.disk != nil:
		return p.setDisk(p.disk, l.Key, l.Value)
	case p.volume != nil:
		return p.setVolume(p.volume, l.Key, l.Value)
	}
	return p.setBlock(p.block, l.Key, l.Value) || p.setShape(p.block, l.Key, l.Value) || p.setOld(p.block, l.Key, l.Value)
}

// setBlock takes a line of native metadata that says what and whose it is.
func (p *examineParser) setBlock(b *Superblock, key, v string) bool {
	switch key {
	case "Magic":
		b.Magic = v
	case "Version":
		b.Metadata = v
	case "Feature Map":
		b.FeatureMap = v
	case "Array UUID", "UUID":
		b.ArrayUUID, _ = local(v)
	case "Device UUID":
		b.DeviceUUID = v
	case "Name":
		b.Name, _ = local(v)
	case "Creation Time":
		b.CreationTime = v
	case "Update Time":
		b.UpdateTime = v
	case "State":
		b.StateText = v
	case "Device Role":
		b.RoleText = v
	case "Array State":
		b.Slots, _ = local(v)
	case "Events":
		b.Events = v
	case "Checksum":
		p.checksum(b, v)
	case "Flags":
		b.Flags = v
	case "Internal Bitmap":
		b.Bitmap = v
	case "Bad Block Log":
		b.BadBlockLog = v
	case "MBR Magic":
		b.MBRMagic = v
	default:
		return false
	}
	return true
}

// setShape takes a line that says how the array is laid out.
func (p *examineParser) setShape(b *Superblock, key, v string) bool {
	switch key {
	case "Raid Level":
		b.Level = v
	case "Raid Devices", "RAID Devices":
		b.RAIDDevices = p.int(v)
	case "Avail Dev Size":
		b.AvailableBytes = p.size(v, sector)
	case "Array Size":
		b.SizeBytes = p.size(v, kib)
	case "Used Dev Size":
		b.MemberSizeBytes = p.size(v, sector)
	case "Data Offset":
		b.DataOffsetBytes = p.size(v, sector)
	case "Super Offset":
		n := p.size(v, sector)
		b.SuperOffsetBytes = &n
	case "Unused Space":
		b.UnusedSpace = v
	case "Layout":
		b.Layout = v
	case "Chunk Size", "Rounding":
		b.ChunkBytes = p.chunk(v)
	case "Recovery Offset":
		b.RecoveryOffset = v
	case "Reshape pos'n":
		b.ReshapePosition = v
	case "Delta Devices":
		b.DeltaDevices = v
	case "New Level":
		b.NewLevel = v
	case "New Layout":
		b.NewLayout = v
	case "New Chunksize":
		b.NewChunkBytes = p.chunk(v)
	default:
		return false
	}
	return true
}

// setOld takes a line of metadata 0.90, or of the heads of IMSM and DDF.
func (p *examineParser) setOld(b *Superblock, key, v string) bool {
	switch key {
	case "Total Devices":
		b.TotalDevices = p.int(v)
	case "Active Devices":
		b.Active = p.int(v)
	case "Working Devices":
		b.Working = p.int(v)
	case "Failed Devices":
		b.Failed = p.int(v)
	case "Spare Devices":
		b.Spare = p.int(v)
	case "Preferred Minor":
		b.PreferredMinor = p.int(v)
	case "Orig Family":
		b.OriginalFamily = v
	case "Family":
		b.Family = v
	case "Generation":
		b.Generation = v
	case "Attributes":
		b.Attributes = v
	case "MPB Sectors":
		b.MPBSectors = p.int(v)
	case "Disks":
		b.DiskCount = p.int(v)
	case "Controller GUID":
		b.ControllerGUID = v
	case "Container GUID":
		b.ContainerGUID = v
	case "Seq":
		b.Sequence = v
	case "Redundant hdr":
		b.RedundantHeader = v
	case "Virtual Disks":
		b.VirtualDisks = p.int(v)
	case "Physical Disks":
		b.PhysicalDisks = p.int(v)
	default:
		return p.partition(b, key)
	}
	return true
}

// partition takes "Partition[0] : 4294967295 sectors at 1 (type ee)".
func (p *examineParser) partition(b *Superblock, key string) bool {
	if !strings.HasPrefix(key, "Partition[") {
		return false
	}
	b.Partitions = append(b.Partitions, p.line.text())
	return true
}

// checksum reads "2e1bdda4 - correct", or "21ae5a2a correct" of IMSM.
func (p *examineParser) checksum(b *Superblock, v string) {
	sum, rest, ok := strings.Cut(v, " ")
	b.Checksum = sum
	if !ok {
		return
	}
	correct := strings.TrimLeft(rest, "- ") == "correct"
	b.ChecksumCorrect = &correct
}

// row takes a row of a table: that of metadata 0.90, whose rows begin with
// "this" or with their number, or DDF's list of drives.
func (p *examineParser) row(text string) bool {
	switch {
	case strings.Contains(p.table, "RefNo"):
		return p.ddfDisk(text)
	case p.table == "":
		return false
	}
	first, rest := field(text)
	numbers, rest, ok := p.readRow(rest)
	if !ok {
		p.fail(text, ErrSyntax)
		return true
	}
	b := p.block
	if first == "this" {
		var m Member
		m.set(&numbers, rest, p.at)
		b.RoleText, b.Role, b.RAIDDevice = m.StateText, m.State, m.RAIDDevice
		return true
	}
	if b.Members == nil {
		b.Members = make([]Member, 0, max(room(b.RAIDDevices), room(b.TotalDevices)))
	}
	b.Members = extend(b.Members)
	b.Members[len(b.Members)-1].set(&numbers, rest, p.at)
	return true
}

// finish draws from a device's lines what none of them says alone.
func (b *Superblock) finish() {
	switch role := b.RoleText; {
	case b.Role != "":
	case strings.HasPrefix(role, "Active device "):
		b.Role = Online
		b.RAIDDevice = place(role[len("Active device "):])
	case strings.HasPrefix(role, "Replacement device "):
		b.Role = Rebuilding
		b.RAIDDevice = place(role[len("Replacement device "):])
	case strings.HasPrefix(role, "spare"):
		b.Role = HotSpare
	case strings.HasPrefix(role, "Journal"):
		b.Role = Online
	}
	if b.Role == Online && b.RecoveryOffset != "" {
		b.Role = Rebuilding
	}
	b.Missing = strings.Count(b.Slots, ".")
	for _, m := range b.Members {
		if m.State == Missing {
			b.Missing++
		}
	}
}

// place reads the number of a place, nil where it is none.
func place(text string) *int {
	n := 0
	for _, c := range []byte(text) {
		if c < '0' || c > '9' || n > 1<<20 {
			return nil
		}
		n = n*10 + int(c-'0')
	}
	if text == "" {
		return nil
	}
	return &n
}
