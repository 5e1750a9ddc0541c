// SPDX-License-Identifier: Apache-2.0

package arcconf

// A Volume is what the tool calls a logical device.
type Volume struct {
	Number               int         `json:"number,omitzero"`
	Name                 string      `json:"name,omitzero"`
	MaxCache             bool        `json:"max_cache,omitzero"`   // a cache of SSDs, and no disk of the system's
	Level                string      `json:"level,omitzero"`       // "1", "6 Reed-Solomon"
	SizeBytes            uint64      `json:"size_bytes,omitzero"`  // in steps of a MiB
	StatusText           string      `json:"status_text,omitzero"` // "Optimal", "Degraded"
	State                VolumeState `json:"state,omitzero"`
	ProgressPercent      *float64    `json:"progress_percent,omitzero"`
	UniqueID             string      `json:"unique_id,omitzero"` // of smartpqi the volume's NAA name, of aacraid 8 digits of its own
	DiskName             string      `json:"disk_name,omitzero"` // "/dev/sda"
	MemberBlockBytes     int         `json:"member_block_bytes,omitzero"`
	Members              []Member    `json:"members,omitzero"`
	Array                string      `json:"array,omitzero"`
	Details              string      `json:"details,omitzero"`
	Interface            string      `json:"interface,omitzero"`
	DeviceType           string      `json:"device_type,omitzero"`
	StripeSize           string      `json:"stripe_size,omitzero"`
	FullStripeSize       string      `json:"full_stripe_size,omitzero"`
	ParitySpace          string      `json:"parity_space,omitzero"`
	ReadCacheSetting     string      `json:"read_cache_setting,omitzero"`
	ReadCacheStatus      string      `json:"read_cache_status,omitzero"`
	WriteCacheSetting    string      `json:"write_cache_setting,omitzero"`
	WriteCacheStatus     string      `json:"write_cache_status,omitzero"`
	Caching              string      `json:"caching,omitzero"`
	Partitioned          string      `json:"partitioned,omitzero"`
	HotSpare             string      `json:"hot_spare,omitzero"`
	Bootable             string      `json:"bootable,omitzero"`
	BootType             string      `json:"boot_type,omitzero"`
	FailedStripes        string      `json:"failed_stripes,omitzero"`
	DefunctSegments      string      `json:"defunct_segments,omitzero"`
	SegmentCount         string      `json:"segment_count,omitzero"`
	PowerSettings        string      `json:"power_settings,omitzero"`
	ParityInitialization string      `json:"parity_initialization,omitzero"`
	Heads                string      `json:"heads,omitzero"`
	SectorsPerTrack      string      `json:"sectors_per_track,omitzero"`
	Cylinders            string      `json:"cylinders,omitzero"`
	MountPoints          string      `json:"mount_points,omitzero"`
	Acceleration         string      `json:"acceleration,omitzero"`
	MaxCacheReadSetting  string      `json:"max_cache_read_setting,omitzero"`
	MaxCacheReadStatus   string      `json:"max_cache_read_status,omitzero"`
	MaxCacheWriteSetting string      `json:"max_cache_write_setting,omitzero"`
	MaxCacheWriteStatus  string      `json:"max_cache_write_status,omitzero"`
	MaxCacheWritePolicy  string      `json:"max_cache_write_policy,omitzero"`
	MaxCachePreferred    string      `json:"max_cache_preferred,omitzero"`
	MaxCacheStatus       string      `json:"max_cache_status,omitzero"`
	MaxCacheDirty        string      `json:"max_cache_dirty,omitzero"`
	CoherencyCheck       string      `json:"coherency_check,omitzero"`
	HotSpares            []string    `json:"hot_spares,omitzero"` // "0,36": channel and device
	DriveList            string      `json:"drive_list,omitzero"` // of old versions: "0,0 0,1"
	Line                 int         `json:"line"`
}

// text returns the field that takes the value of a key, which is in small
// letters, as it is printed.
func (x *Volume) text(key []byte) *string {
	switch string(key) {
	case "logical device name", "logical drive name", "maxcache device name":
		return &x.Name
	case "status of logical device", "status of logical drive", "status of maxcache":
		return &x.StatusText
	case "raid level":
		return &x.Level
	case "volume unique identifier", "unique identifier":
		return &x.UniqueID
	case "disk name":
		return &x.DiskName
	case "array":
		return &x.Array
	case "additional details":
		return &x.Details
	case "interface type":
		return &x.Interface
	case "device type":
		return &x.DeviceType
	case "stripe-unit size":
		return &x.StripeSize
	case "full stripe size":
		return &x.FullStripeSize
	case "parity space":
		return &x.ParitySpace
	case "read-cache setting":
		return &x.ReadCacheSetting
	case "read-cache status", "read-cache mode":
		return &x.ReadCacheStatus
	case "write-cache setting":
		return &x.WriteCacheSetting
	case "write-cache status", "write-cache mode":
		return &x.WriteCacheStatus
	case "caching":
		return &x.Caching
	case "partitioned":
		return &x.Partitioned
	case "protected by hot-spare":
		return &x.HotSpare
	case "bootable":
		return &x.Bootable
	case "boot type":
		return &x.BootType
	case "failed stripes":
		return &x.FailedStripes
	case "defunct segments":
		return &x.DefunctSegments
	case "number of segments":
		return &x.SegmentCount
	case "power settings":
		return &x.PowerSettings
	case "parity initialization status":
		return &x.ParityInitialization
	case "heads":
		return &x.Heads
	case "sectors per track":
		return &x.SectorsPerTrack
	case "cylinders":
		return &x.Cylinders
	case "mount points":
		return &x.MountPoints
	case "ld acceleration method":
		return &x.Acceleration
	case "maxcache read cache setting":
		return &x.MaxCacheReadSetting
	case "maxcache read cache status":
		return &x.MaxCacheReadStatus
	case "maxcache write cache setting":
		return &x.MaxCacheWriteSetting
	case "maxcache write cache status":
		return &x.MaxCacheWriteStatus
	case "maxcache write cache policy":
		return &x.MaxCacheWritePolicy
	case "maxcache preferred read cache setting":
		return &x.MaxCachePreferred
	case "maxcache status":
		return &x.MaxCacheStatus
	case "maxcache dirty status":
		return &x.MaxCacheDirty
	case "drive(s) (channel,device)":
		return &x.DriveList
	case "background coherency check":
		return &x.CoherencyCheck
	}
	return nil
}

// An ArrayVolume is a volume in the list of its array.
type ArrayVolume struct {
	Name       string `json:"name"`                 // "Logical 0"
	StatusText string `json:"status_text,omitzero"` // "Optimal"
	Text       string `json:"text,omitzero"`        // the rest, as printed
	Line       int    `json:"line"`
}

// A Member is a segment of a volume, or a drive of an array.
type Member struct {
	Place      string `json:"place"`                // "Segment 0", "Group 0, Segment 1"
	StatusText string `json:"status_text,omitzero"` // "Present", "Missing", "Rebuilding"
	State      State  `json:"state,omitzero"`       //
	Location   string `json:"location,omitzero"`    // "Enclosure:1, Slot:0"
	Serial     string `json:"serial,omitzero"`      // cut by some versions
	Line       int    `json:"line"`
}

// An Array is a set of drives that volumes are made of.
type Array struct {
	Number         int           `json:"number,omitzero"`
	Name           string        `json:"name,omitzero"`        // "A"
	StatusText     string        `json:"status_text,omitzero"` // "Ok"
	SizeBytes      uint64        `json:"size_bytes,omitzero"`
	UnusedBytes    *uint64       `json:"unused_bytes,omitzero"`
	BlockBytes     int           `json:"block_bytes,omitzero"`
	Volumes        []ArrayVolume `json:"volumes,omitzero"`
	Members        []Member      `json:"members,omitzero"`
	Interface      string        `json:"interface,omitzero"`
	Type           string        `json:"type,omitzero"`
	Utilization    string        `json:"utilization,omitzero"`
	Transformation string        `json:"transformation,omitzero"`
	SpareRebuild   string        `json:"spare_rebuild,omitzero"`
	IOBypass       string        `json:"io_bypass,omitzero"`
	Line           int           `json:"line"`
}

// text returns the field that takes the value of a key, which is in small
// letters, as it is printed.
func (x *Array) text(key []byte) *string {
	switch string(key) {
	case "name":
		return &x.Name
	case "status":
		return &x.StatusText
	case "interface":
		return &x.Interface
	case "type":
		return &x.Type
	case "array utilization":
		return &x.Utilization
	case "transformation status":
		return &x.Transformation
	case "spare rebuild mode":
		return &x.SpareRebuild
	case "ssd i/o bypass":
		return &x.IOBypass
	}
	return nil
}
