// SPDX-License-Identifier: Apache-2.0

package dmsetup

// A Status is what one run of dmsetup status printed.
type Status struct {
	Devices   []Device `json:"devices,omitzero"`
	NoDevices bool     `json:"no_devices,omitzero"` // dmsetup said that there are none
	Preamble  []string `json:"preamble,omitzero"`   // lines before the first device
	Extra     []Line   `json:"extra,omitzero"`      // lines that no value has room for
	Lines     []Line   `json:"-"`                   // all lines
}

// A Device is one of the device-mapper's block devices.
type Device struct {
	// Name is as dmsetup prints it: with --manglename none the kernel's, as dm/name
	// in sysfs has it, in which \x20 stands for a blank; else with the blank. It is
	// "" where dmsetup was asked for one device.
	Name     string    `json:"name,omitzero"`
	Segments []Segment `json:"segments,omitzero"` // none, if it has no table
	Line     int       `json:"line"`
}

// A Segment is a range of a device, which one target maps.
type Segment struct {
	StartSectors  uint64 `json:"start_sectors"` // of 512 bytes, as all sectors here
	LengthSectors uint64 `json:"length_sectors"`
	Target        string `json:"target"`          // "linear", "raid", "mirror", …
	Params        string `json:"params,omitzero"` // what the target says, as it is printed

	RAID      *RAID      `json:"raid,omitzero"`
	Mirror    *Mirror    `json:"mirror,omitzero"`
	Multipath *Multipath `json:"multipath,omitzero"`
	Cache     *Cache     `json:"cache,omitzero"`
	ThinPool  *ThinPool  `json:"thin_pool,omitzero"`
	Line      int        `json:"line"`
}

// A RAID is what the target "raid" says: md's RAID under the device-mapper, as LVM
// uses it (Documentation/admin-guide/device-mapper/dm-raid.rst).
type RAID struct {
	Type              string      `json:"type"`                         // "raid1", "raid5_ls", "raid6_zr"
	Level             string      `json:"level,omitzero"`               // "1", "5", "6"
	DeviceCount       int         `json:"device_count"`                 // while one is removed, Health has more
	Health            string      `json:"health"`                       // a letter for each device: A, a, D, -
	Members           []State     `json:"members,omitzero"`             // what the letters mean
	SyncedSectors     uint64      `json:"synced_sectors"`               // of each device, by Action
	TotalSectors      uint64      `json:"total_sectors"`                //
	Action            string      `json:"action,omitzero"`              // "idle", "resync", "recover", "check", "repair", "reshape", "frozen"; since 3.9
	MismatchCount     *uint64     `json:"mismatch_count,omitzero"`      // found by the last check
	DataOffsetSectors *uint64     `json:"data_offset_sectors,omitzero"` // since 4.8
	Journal           string      `json:"journal,omitzero"`             // a letter for the journal device: A, a, D; "" for none
	State             VolumeState `json:"state,omitzero"`               //
	ProgressPercent   *float64    `json:"progress_percent,omitzero"`    // of Action; nil while none runs
}

// A Mirror is what the target "mirror" says, which LVM used before it had RAID, and
// dmraid does.
type Mirror struct {
	Devices         []string    `json:"devices,omitzero"` // "253:4"
	SyncedRegions   uint64      `json:"synced_regions"`
	TotalRegions    uint64      `json:"total_regions"`
	Health          string      `json:"health,omitzero"`     // a letter for each device: A, D, S, R, F, U
	Members         []State     `json:"members,omitzero"`    // what the letters mean
	Log             []string    `json:"log,omitzero"`        // "core", or "disk", its device and that one's letter
	LogFailed       bool        `json:"log_failed,omitzero"` // by that letter
	State           VolumeState `json:"state,omitzero"`
	ProgressPercent *float64    `json:"progress_percent,omitzero"` // of a resync; nil once all is in sync
}

// A Multipath is what the target "multipath" says.
type Multipath struct {
	Features []string    `json:"features,omitzero"` // what is queued, and how often paths were initialised
	Handler  []string    `json:"handler,omitzero"`
	Next     int         `json:"next"` // the group, from 1, that is in use or is tried next
	Groups   []PathGroup `json:"groups,omitzero"`
	State    VolumeState `json:"state,omitzero"`
}

// A PathGroup is a set of paths of which one priority is.
type PathGroup struct {
	State    string   `json:"state"` // "A" active, "E" enabled, "D" disabled
	Selector []string `json:"selector,omitzero"`
	Paths    []Path   `json:"paths,omitzero"`
}

// A Path is one way to the drive.
type Path struct {
	Device    string   `json:"device"` // "8:144"
	Failed    bool     `json:"failed,omitzero"`
	FailCount uint64   `json:"fail_count"` // how often it failed
	Selector  []string `json:"selector,omitzero"`
}

// A Cache is what the target "cache" says: dm-cache
// (Documentation/admin-guide/device-mapper/cache.rst).
type Cache struct {
	Failure      string      `json:"failure,omitzero"` // "Fail" or "Error", beside which nothing is said
	Use          *CacheUse   `json:"use,omitzero"`
	Features     []string    `json:"features,omitzero"` // "writethrough", "metadata2", …
	CoreArgs     []string    `json:"core_args,omitzero"`
	Policy       string      `json:"policy,omitzero"` // "smq"
	PolicyArgs   []string    `json:"policy_args,omitzero"`
	MetadataMode string      `json:"metadata_mode,omitzero"` // "rw" or "ro"; since 3.19
	NeedsCheck   bool        `json:"needs_check,omitzero"`   // of the metadata, by cache_check; since 4.3
	State        VolumeState `json:"state,omitzero"`
}

// A CacheUse counts the blocks of a cache, and what it was good for since the
// device was made.
type CacheUse struct {
	MetadataBlockSectors uint64 `json:"metadata_block_sectors"`
	MetadataUsedBlocks   uint64 `json:"metadata_used_blocks"`
	MetadataTotalBlocks  uint64 `json:"metadata_total_blocks"`
	BlockSectors         uint64 `json:"block_sectors"`
	UsedBlocks           uint64 `json:"used_blocks"`
	TotalBlocks          uint64 `json:"total_blocks"`
	ReadHits             uint64 `json:"read_hits"`
	ReadMisses           uint64 `json:"read_misses"`
	WriteHits            uint64 `json:"write_hits"`
	WriteMisses          uint64 `json:"write_misses"`
	Demotions            uint64 `json:"demotions"`
	Promotions           uint64 `json:"promotions"`
	DirtyBlocks          uint64 `json:"dirty_blocks"` // that the drive behind it lacks
}

// A ThinPool is what the target "thin-pool" says: the space that thin volumes share
// (Documentation/admin-guide/device-mapper/thin-provisioning.rst).
type ThinPool struct {
	Failure    string       `json:"failure,omitzero"` // "Fail" or "Error", beside which nothing is said
	Use        *ThinPoolUse `json:"use,omitzero"`
	HeldRoot   string       `json:"held_root,omitzero"`   // a block of metadata that is held for a reader
	Mode       string       `json:"mode,omitzero"`        // "rw"; "out_of_data_space"; "ro", for want of space for metadata or because it was set; since 3.6
	Discards   string       `json:"discards,omitzero"`    // "discard_passdown", "no_discard_passdown", "ignore_discard"
	NoSpace    string       `json:"no_space,omitzero"`    // "error_if_no_space", "queue_if_no_space"; since 3.15
	NeedsCheck bool         `json:"needs_check,omitzero"` // of the metadata, by thin_check; since 4.3
	State      VolumeState  `json:"state,omitzero"`
}

// A ThinPoolUse counts the blocks of a thin pool.
type ThinPoolUse struct {
	TransactionID       uint64 `json:"transaction_id"`
	MetadataUsedBlocks  uint64 `json:"metadata_used_blocks"`
	MetadataTotalBlocks uint64 `json:"metadata_total_blocks"`
	UsedBlocks          uint64 `json:"used_blocks"`
	TotalBlocks         uint64 `json:"total_blocks"`
}
