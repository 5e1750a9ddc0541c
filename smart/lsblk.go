// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// BlockDevices is what "lsblk -J" prints: the block devices and what stands on
// what.
type BlockDevices struct {
	Preamble string `json:"preamble,omitzero"` // text before the document

	// Roots are the devices that stand on no other, in the order printed.
	Roots []*BlockDevice `json:"roots,omitzero"`

	// All holds each device once, in the order printed.
	All []*BlockDevice `json:"-"`

	// Extra holds the members that no field takes, by path:
	// "blockdevices.0.children.1.rw".
	Extra map[string]json.RawMessage `json:"extra,omitzero"`
}

// A BlockDevice is a row of lsblk: a disk, partition, RAID, logical volume, ….
// It has a field for each column of util-linux 2.42. A nil pointer and an empty
// text mean that the column was not asked for or has no value.
type BlockDevice struct {
	Name       string  `json:"name,omitzero"`        // NAME: "sda1", "vg-root"
	KernelName string  `json:"kernel_name,omitzero"` // KNAME: "sda1", "dm-0"
	ParentName string  `json:"parent_name,omitzero"` // PKNAME
	Path       string  `json:"path,omitzero"`        // PATH: "/dev/sda1"
	MajorMinor string  `json:"major_minor,omitzero"` // MAJ:MIN, or MAJ and MIN: "8:1"
	Type       string  `json:"type,omitzero"`        // TYPE: "disk", "part", "raid1", "lvm", "crypt", "rom"
	Subsystems string  `json:"subsystems,omitzero"`  // SUBSYSTEMS: "block:scsi:pci"
	Transport  string  `json:"transport,omitzero"`   // TRAN: "sata", "sas", "nvme", "usb"
	HCTL       string  `json:"hctl,omitzero"`        // HCTL: SCSI host, channel, target, LUN
	State      string  `json:"state,omitzero"`       // STATE: "running", "live"
	Zoned      string  `json:"zoned,omitzero"`       // ZONED: "none", "host-managed"
	Scheduler  string  `json:"scheduler,omitzero"`   // SCHED
	Queues     *uint64 `json:"queues,omitzero"`      // MQ

	Vendor   string `json:"vendor,omitzero"`   // VENDOR
	Model    string `json:"model,omitzero"`    // MODEL; without udevd only 16 characters of it
	Revision string `json:"revision,omitzero"` // REV: firmware; only 4 characters of it in older versions
	Serial   string `json:"serial,omitzero"`   // SERIAL; older udev rules put the model before it
	WWN      string `json:"wwn,omitzero"`      // WWN as printed: "0x5000c500a1b2c3d4", "eui.…", "nvme.…"
	ID       string `json:"id,omitzero"`       // ID: udev's
	IDLink   string `json:"id_link,omitzero"`  // ID-LINK: the name in /dev/disk/by-id

	// SizeBytes is SIZE. Without the option -b lsblk rounds it to three or
	// four digits: then SizeText says what it printed, in powers of 1024.
	SizeBytes          *uint64 `json:"size_bytes,omitzero"`
	SizeText           string  `json:"size_text,omitzero"`
	LogicalBlockBytes  *uint64 `json:"logical_block_bytes,omitzero"`  // LOG-SEC
	PhysicalBlockBytes *uint64 `json:"physical_block_bytes,omitzero"` // PHY-SEC
	MinIOBytes         *uint64 `json:"min_io_bytes,omitzero"`         // MIN-IO
	OptimalIOBytes     *uint64 `json:"optimal_io_bytes,omitzero"`     // OPT-IO
	ReadAheadKiB       *uint64 `json:"read_ahead_kib,omitzero"`       // RA
	RequestQueueSize   *uint64 `json:"request_queue_size,omitzero"`   // RQ-SIZE
	AlignmentBytes     *int64  `json:"alignment_bytes,omitzero"`      // ALIGNMENT; -1 is misaligned
	StartSector        *uint64 `json:"start_sector,omitzero"`         // START, in units of 512 bytes
	DiskSequence       *uint64 `json:"disk_sequence,omitzero"`        // DISK-SEQ

	Removable     *bool `json:"removable,omitzero"`      // RM
	ReadOnly      *bool `json:"read_only,omitzero"`      // RO
	Rotational    *bool `json:"rotational,omitzero"`     // ROTA
	Hotplug       *bool `json:"hotplug,omitzero"`        // HOTPLUG
	AddsRandom    *bool `json:"adds_random,omitzero"`    // RAND: feeds the kernel's entropy
	DirectAccess  *bool `json:"direct_access,omitzero"`  // DAX
	DiscardZeroes *bool `json:"discard_zeroes,omitzero"` // DISC-ZERO

	DiscardAlignmentBytes   *uint64 `json:"discard_alignment_bytes,omitzero"`   // DISC-ALN
	DiscardGranularityBytes *uint64 `json:"discard_granularity_bytes,omitzero"` // DISC-GRAN
	DiscardMaxBytes         *uint64 `json:"discard_max_bytes,omitzero"`         // DISC-MAX
	WriteSameMaxBytes       *uint64 `json:"write_same_max_bytes,omitzero"`      // WSAME
	ZoneSizeBytes           *uint64 `json:"zone_size_bytes,omitzero"`           // ZONE-SZ
	ZoneGranularityBytes    *uint64 `json:"zone_granularity_bytes,omitzero"`    // ZONE-WGRAN
	ZoneAppendMaxBytes      *uint64 `json:"zone_append_max_bytes,omitzero"`     // ZONE-APP
	Zones                   *uint64 `json:"zones,omitzero"`                     // ZONE-NR
	OpenZonesMax            *uint64 `json:"open_zones_max,omitzero"`            // ZONE-OMAX
	ActiveZonesMax          *uint64 `json:"active_zones_max,omitzero"`          // ZONE-AMAX

	FSType        string   `json:"fs_type,omitzero"`         // FSTYPE: "ext4", "LVM2_member"
	FSVersion     string   `json:"fs_version,omitzero"`      // FSVER
	Label         string   `json:"label,omitzero"`           // LABEL
	UUID          string   `json:"uuid,omitzero"`            // UUID
	FSSizeBytes   *uint64  `json:"fs_size_bytes,omitzero"`   // FSSIZE
	FSUsedBytes   *uint64  `json:"fs_used_bytes,omitzero"`   // FSUSED
	FSFreeBytes   *uint64  `json:"fs_free_bytes,omitzero"`   // FSAVAIL
	FSUsedPercent *int64   `json:"fs_used_percent,omitzero"` // FSUSE%
	FSRoots       []string `json:"fs_roots,omitzero"`        // FSROOTS
	Mountpoints   []string `json:"mountpoints,omitzero"`     // MOUNTPOINTS or MOUNTPOINT; "[SWAP]" is swap in use

	PartTableType string  `json:"part_table_type,omitzero"` // PTTYPE: "gpt", "dos"
	PartTableUUID string  `json:"part_table_uuid,omitzero"` // PTUUID
	PartNumber    *uint64 `json:"part_number,omitzero"`     // PARTN
	PartType      string  `json:"part_type,omitzero"`       // PARTTYPE: a GUID or "0x83"
	PartTypeName  string  `json:"part_type_name,omitzero"`  // PARTTYPENAME
	PartLabel     string  `json:"part_label,omitzero"`      // PARTLABEL
	PartUUID      string  `json:"part_uuid,omitzero"`       // PARTUUID
	PartFlags     string  `json:"part_flags,omitzero"`      // PARTFLAGS

	Owner string `json:"owner,omitzero"` // OWNER
	Group string `json:"group,omitzero"` // GROUP
	Mode  string `json:"mode,omitzero"`  // MODE: "brw-rw----"

	// Children are the devices that stand on this one, and Parents those that
	// it stands on. A RAID stands on several disks: it is one BlockDevice,
	// a child of each. With lsblk's option -s it is the other way round.
	Children []*BlockDevice `json:"children,omitzero"`
	Parents  []*BlockDevice `json:"-"`

	otherParents []string // PKNAME of further rows for the same device
}

// ParseLsblk parses what "lsblk -J" printed, with any columns, sizes in bytes
// or not, as a tree or as a list; or the pairs of "lsblk -P", which util-linux
// before 2.27 has instead. Of an error in these only the line is known.
//
// ParseLsblk reads on after errors, and returns what it could read together
// with an [Errors]. The BlockDevices is never nil and does not share memory
// with data.
func ParseLsblk(data []byte) (*BlockDevices, error) {
	if doc := pairsToJSON(data); doc != nil {
		list, err := parseLsblk(doc)
		return list, ofPairs(err)
	}
	return parseLsblk(data)
}

func parseLsblk(data []byte) (*BlockDevices, error) {
	d := jsondoc.Open(data)
	d.Quoted = true // until 2.32 everything was text
	p := lsblkParser{doc: d, known: make(map[string]*BlockDevice)}
	list := &BlockDevices{Preamble: d.Preamble}
	members := 0
	for key := range d.Object() {
		members++
		if key == "blockdevices" {
			list.Roots = p.devices()
		}
	}
	whole := list.link()
	var err error
	list.Extra, err = finish(d, members)
	if !whole {
		errs, _ := errors.AsType[Errors](err)
		errs.add(&ParseError{Line: d.Start().Line, Column: d.Start().Column, Err: errTangle})
		err = errs
	}
	return list, err
}

// A lsblkParser reads a tree that repeats a device under each of its parents.
type lsblkParser struct {
	doc   *jsondoc.Doc
	known map[string]*BlockDevice
	block []BlockDevice // where new devices come from
	spare *BlockDevice  // one that turned out to be a repetition
}

// devices reads an array of devices, each once.
func (p *lsblkParser) devices() []*BlockDevice {
	var list []*BlockDevice
	var here map[*BlockDevice]bool // what is in list, once a device is repeated
	for range p.doc.Array() {
		dev, repeated := p.device()
		if repeated && here == nil {
			here = make(map[*BlockDevice]bool, len(list))
			for _, dev := range list {
				here[dev] = true
			}
		}
		if here != nil && here[dev] {
			continue
		}
		list = append(list, dev)
		if here != nil {
			here[dev] = true
		}
	}
	return list
}

// device reads a device. If it was there before, device returns that one.
// Children are read first, so that there is no cycle,
// whatever the input says.
func (p *lsblkParser) device() (dev *BlockDevice, repeated bool) {
	dev = p.new()
	for key := range p.doc.Object() {
		if key == "children" {
			dev.Children = p.devices()
			continue
		}
		dev.read(p.doc, key)
	}
	id := dev.id()
	if old := p.known[id]; old != nil && old.same(dev) {
		old.addParent(dev.ParentName)
		*dev = BlockDevice{}
		p.spare = dev
		return old, true
	}
	if id != "" {
		p.known[id] = dev
	}
	return dev, false
}

// new returns an empty device.
func (p *lsblkParser) new() (dev *BlockDevice) {
	if dev, p.spare = p.spare, nil; dev != nil {
		return dev
	}
	if len(p.block) == 0 {
		p.block = make([]BlockDevice, 16)
	}
	dev, p.block = &p.block[0], p.block[1:]
	return dev
}

// same reports whether a row that was just read is about dev: but for the name
// of the parent they agree.
func (dev *BlockDevice) same(row *BlockDevice) bool {
	if !slices.Equal(dev.Children, row.Children) {
		return false
	}
	name := row.ParentName
	row.ParentName, row.otherParents = dev.ParentName, dev.otherParents
	same := reflect.DeepEqual(dev, row)
	row.ParentName, row.otherParents = name, nil
	return same
}

// maxParents caps the names of parents that a device in a list can have.
const maxParents = 1024

func (dev *BlockDevice) addParent(name string) {
	if name != dev.ParentName && len(dev.otherParents) < maxParents && !slices.Contains(dev.otherParents, name) {
		dev.otherParents = append(dev.otherParents, name)
	}
}

// id returns what tells a device from the others, "" if nothing does.
func (dev *BlockDevice) id() string {
	major, minor, _ := strings.Cut(dev.MajorMinor, ":")
	switch {
	case major != "" && minor != "":
		return dev.MajorMinor
	case dev.KernelName != "":
		return dev.KernelName
	case dev.Path != "":
		return dev.Path
	}
	return dev.Name
}

// link fills in All and the parents. A list, which has no children, is made a
// tree as far as the names of the parents are known; whole is false if that
// would be larger than any machine's.
func (list *BlockDevices) link() (whole bool) {
	seen := make(map[*BlockDevice]bool)
	var visit func(dev *BlockDevice)
	visit = func(dev *BlockDevice) {
		if seen[dev] {
			return
		}
		seen[dev] = true
		list.All = append(list.All, dev)
		for _, child := range dev.Children {
			child.Parents = append(child.Parents, dev)
			visit(child)
		}
	}
	for _, dev := range list.Roots {
		visit(dev)
	}
	whole = true
	if len(list.All) == len(list.Roots) {
		whole = list.linkByName()
	}
	list.Roots = slices.DeleteFunc(list.Roots, func(dev *BlockDevice) bool { return len(dev.Parents) > 0 })
	return whole
}

// Limits on the tree that is made of a list: how deep it is, as a document may be,
// and how often all devices stand in it, each as often as there are ways to it. Of
// a few lines that name each other's devices there would be more ways than atoms.
const (
	maxStack = jsondoc.MaxDepth / 2
	maxWays  = 1 << 17
)

var errTangle = fmt.Errorf("%w: too many devices upon devices", ErrLimit)

// linkByName makes a list a tree. A parent must stand before its children, so
// that there is no cycle. What would make it too large is left out.
func (list *BlockDevices) linkByName() (whole bool) {
	byName := make(map[string]*BlockDevice)
	type place struct{ depth, ways int }
	at := make(map[*BlockDevice]place)
	ways := 0
	whole = true
	for _, dev := range list.All {
		var here place
		for _, name := range append([]string{dev.ParentName}, dev.otherParents...) {
			parent := byName[name]
			if parent == nil {
				continue
			}
			below := at[parent]
			if below.depth == maxStack || ways+below.ways > maxWays {
				whole = false
				continue
			}
			dev.Parents = append(dev.Parents, parent)
			parent.Children = append(parent.Children, dev)
			here.depth, here.ways = max(here.depth, below.depth+1), here.ways+below.ways
			ways += below.ways
		}
		here.ways = max(here.ways, 1)
		at[dev] = here
		if name := cmp.Or(dev.KernelName, dev.Name); name != "" {
			byName[name] = dev
		}
	}
	return whole
}

// Disks returns the devices at the bottom that dev stands on, or dev itself if
// it stands on nothing.
func (dev *BlockDevice) Disks() []*BlockDevice {
	if len(dev.Parents) == 0 {
		return []*BlockDevice{dev}
	}
	var disks []*BlockDevice
	seen := make(map[*BlockDevice]bool)
	var visit func(dev *BlockDevice)
	visit = func(dev *BlockDevice) {
		if seen[dev] {
			return
		}
		seen[dev] = true
		if len(dev.Parents) == 0 {
			disks = append(disks, dev)
		}
		for _, parent := range dev.Parents {
			visit(parent)
		}
	}
	visit(dev)
	return disks
}

// Mounted returns the device that is mounted at a path, nil if there is none.
func (list *BlockDevices) Mounted(path string) *BlockDevice {
	for _, dev := range list.All {
		if slices.Contains(dev.Mountpoints, path) {
			return dev
		}
	}
	return nil
}
