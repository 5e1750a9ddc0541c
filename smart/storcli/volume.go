// SPDX-License-Identifier: Apache-2.0

package storcli

import "strings"

// A Volume is a virtual drive.
type Volume struct {
	Group  *int64 `json:"group,omitzero"`
	Number *int64 `json:"number,omitzero"`
	Name   string `json:"name,omitzero"`

	Level     string      `json:"level,omitzero"`      // "0", "1", "10"; "" where it is not a RAID level
	LevelText string      `json:"level_text,omitzero"` // the tool's word: "RAID1"
	StateText string      `json:"state_text,omitzero"` // the tool's word: "Optl"
	State     VolumeState `json:"state,omitzero"`

	// SizeBytes is exact: blocks times the size of a block. Where these are not
	// printed it is 0, and ApproxSizeBytes tells what the rounded text means.
	SizeBytes       uint64 `json:"size_bytes,omitzero"`
	ApproxSizeBytes uint64 `json:"approx_size_bytes,omitzero"`
	SizeText        string `json:"size_text,omitzero"`
	Blocks          uint64 `json:"blocks,omitzero"`
	BlockBytes      uint64 `json:"block_bytes,omitzero"`

	NAA         string `json:"naa,omitzero"`           // 32 digits, what lsblk calls the WWN
	OSDriveName string `json:"os_drive_name,omitzero"` // "/dev/sda": a hint, it is as old as the boot
	Serial      string `json:"serial,omitzero"`

	Access     string `json:"access,omitzero"` // "RW"
	Consistent *bool  `json:"consistent,omitzero"`

	CacheText          string      `json:"cache_text,omitzero"` // "NRWBD", "NR,WB"
	DefaultCacheText   string      `json:"default_cache_text,omitzero"`
	ReadAhead          *bool       `json:"read_ahead,omitzero"`
	WritePolicy        WritePolicy `json:"write_policy,omitzero"`
	DefaultWritePolicy WritePolicy `json:"default_write_policy,omitzero"` // what it is set to, whatever it is now
	IOPolicy           string      `json:"io_policy,omitzero"`            // "direct", "cached"
	DriveCache         string      `json:"drive_cache,omitzero"`
	CacheCade          string      `json:"cache_cade,omitzero"`
	CheckSchedule      string      `json:"check_schedule,omitzero"`

	StripBytes      uint64 `json:"strip_bytes,omitzero"`
	SpanDepth       *int64 `json:"span_depth,omitzero"`
	DrivesPerSpan   *int64 `json:"drives_per_span,omitzero"`
	DriveTotal      *int64 `json:"drive_total,omitzero"` // storcli2
	Emulated        *bool  `json:"emulated,omitzero"`    // presents other sectors than its drives
	Exposed         *bool  `json:"exposed,omitzero"`
	Ready           *bool  `json:"ready,omitzero"`
	Encryption      string `json:"encryption,omitzero"`
	DataProtection  string `json:"data_protection,omitzero"`
	Created         string `json:"created,omitzero"` // as printed
	CreatedTime     string `json:"created_time,omitzero"`
	InitState       string `json:"init_state,omitzero"`
	BadBlocks       *bool  `json:"bad_blocks,omitzero"`
	BadBlockTableAt *bool  `json:"bad_block_threshold_reached,omitzero"`
	PreservedCache  *bool  `json:"preserved_cache,omitzero"`
	Morphing        *bool  `json:"morphing,omitzero"`

	ActiveOperations string      `json:"active_operations,omitzero"` // the tool's words
	Operations       []Operation `json:"operations,omitzero"`

	Members  []Member      `json:"members,omitzero"` // as listed with the volume; see Controller.Members
	Policy   *VolumePolicy `json:"policy,omitzero"`
	Settings []Setting     `json:"settings,omitzero"` // words where a policy is a yes or no
}

// A Member is a drive of a volume.
type Member struct {
	Enclosure *int64 `json:"enclosure,omitzero"`
	Slot      *int64 `json:"slot,omitzero"` // nil for a member that is missing
	DID       *int64 `json:"did,omitzero"`
	PID       *int64 `json:"pid,omitzero"`
	StateText string `json:"state_text,omitzero"`
	State     State  `json:"state,omitzero"`
	SizeText  string `json:"size_text,omitzero"`
}

// A WritePolicy is what a volume does with data to be written.
type WritePolicy string

// These are the write policies. A volume set to WriteBack is WriteThrough while
// its battery cannot keep the cache.
const (
	WriteBack       WritePolicy = "write_back"
	WriteThrough    WritePolicy = "write_through"
	AlwaysWriteBack WritePolicy = "always_write_back" // even without a battery
)

// volumeGroup is the group of the settings of volumes.
const volumeGroup = "VD Properties"

// set reads a column or a property of a volume.
func (v *Volume) set(key string, in *input) bool {
	switch key {
	case "TYPE":
		v.LevelText = in.str()
		v.Level = levelOf(v.LevelText)
	case "State":
		v.StateText = in.str()
		v.State = volumeStateOf(v.StateText)
	case "Access":
		v.Access = in.str()
	case "Consist":
		v.Consistent = in.flag()
	case "Cache", "CurrentCache":
		v.CacheText = in.str()
		v.setCache()
	case "DefaultCache":
		v.DefaultCacheText = in.str()
		_, v.DefaultWritePolicy, _ = cacheOf(v.DefaultCacheText)
	case "Cac":
		v.CacheCade = in.str()
	case "sCC":
		v.CheckSchedule = in.str()
	case "Size":
		v.SizeText, v.ApproxSizeBytes = in.approx()
		v.settleSize()
	case "Name":
		v.Name = in.str()
	default:
		return v.setProperty(key, in)
	}
	return true
}

func (v *Volume) setProperty(key string, in *input) bool {
	switch key {
	case "Strip Size":
		v.StripBytes = in.bytes()
	case "Number of Blocks":
		v.Blocks = in.uint()
		v.settleSize()
	case "Block Size":
		v.BlockBytes = in.uint()
		v.settleSize()
	case "VD has Emulated PD":
		v.Emulated = in.flag()
	case "Span Depth":
		v.SpanDepth = in.num()
	case "Number of Drives Per Span":
		v.DrivesPerSpan = in.num()
	case "Number of Drives":
		v.DriveTotal = in.num()
	case "Write Cache(initial setting)":
		v.DefaultWritePolicy = writePolicyOf(in.str())
	case "Disk Cache Policy", "Drive Write Cache Policy":
		v.DriveCache = in.str()
	case "Encryption":
		v.Encryption = in.str()
	case "Data Protection":
		v.DataProtection = in.str()
	case "Active Operations":
		v.ActiveOperations = in.str()
		v.setActive()
	case "Exposed to OS":
		v.Exposed = in.flag()
	case "OS Drive Name":
		v.OSDriveName = in.str()
	case "Creation Date", "Creation Time(LocalTime yyyy/mm/dd hh:mm:sec)":
		v.Created = in.str()
	case "Creation Time":
		v.CreatedTime = in.str()
	case "Is LD Ready for OS Requests", "VD Ready for OS Requests":
		v.Ready = in.flag()
	case "SCSI NAA Id":
		v.NAA = in.lower(in.str())
	case "Serial Number":
		v.Serial = in.str()
	case "Init State":
		v.InitState = in.str()
	case "Bad Block Exists":
		v.BadBlocks = in.flag()
	case "Reached LD BBM failure threshold":
		v.BadBlockTableAt = in.flag()
	case "Cache Preserved":
		v.PreservedCache = in.flag()
	case "Consistent": // storcli2
		v.Consistent = in.flag()
	case "Morphing":
		v.Morphing = in.flag()
	default:
		return setPart(&v.Policy, &noVolumePolicy, (*VolumePolicy).field, &v.Settings, volumeGroup, key, in)
	}
	return true
}

// setActive reads "Background Initialization (33%)" and "None".
func (v *Volume) setActive() {
	text := v.ActiveOperations
	if text == "" || text == "None" {
		v.ActiveOperations = ""
		return
	}
	for part := range strings.SplitSeq(text, ",") {
		name, rest, found := strings.Cut(strings.TrimSpace(part), "(")
		op := Operation{Name: strings.TrimSpace(name)}
		if found {
			op.Percent = percentOf(strings.TrimSuffix(rest, ")"))
		}
		if len(v.Operations) < maxSettings {
			v.Operations = append(v.Operations, op)
		}
	}
}

// settleSize works out the size in bytes. Before storcli2 the size of a block
// is not printed: it is that of the two which agrees with the rounded size.
func (v *Volume) settleSize() {
	v.SizeBytes = 0
	switch {
	case v.Blocks == 0 || v.Blocks >= 1<<50:
	case v.BlockBytes != 0 && v.BlockBytes <= 1<<13:
		v.SizeBytes = v.Blocks * v.BlockBytes
	case v.BlockBytes == 0 && isClose(v.Blocks*512, v.ApproxSizeBytes):
		v.SizeBytes = v.Blocks * 512
	case v.BlockBytes == 0 && isClose(v.Blocks*4096, v.ApproxSizeBytes):
		v.SizeBytes = v.Blocks * 4096
	}
}

// isClose reports whether a rounded size can mean a size, within 1 %.
func isClose(size, rounded uint64) bool {
	return max(size, rounded)-min(size, rounded) <= rounded/100
}

func (v *Volume) setCache() {
	v.ReadAhead, v.WritePolicy, v.IOPolicy = cacheOf(v.CacheText)
}

// cacheOf reads "NRWBD" and storcli2's "NR,WB": read ahead or not, the write
// policy, direct or cached.
func cacheOf(text string) (ahead *bool, write WritePolicy, io string) {
	rest := strings.ReplaceAll(text, ",", "")
	switch {
	case strings.HasPrefix(rest, "NR"):
		ahead, rest = new(false), rest[2:]
	case strings.HasPrefix(rest, "Ra"): // adaptive, 1.x; "RAWB" is R and AWB
		ahead, rest = new(true), rest[2:]
	case strings.HasPrefix(rest, "R"):
		ahead, rest = new(true), rest[1:]
	}
	for _, p := range [...]WritePolicy{AlwaysWriteBack, WriteBack, WriteThrough} {
		word := shortPolicy(p)
		if strings.HasPrefix(rest, word) {
			write, rest = p, rest[len(word):]
			break
		}
	}
	switch rest {
	case "D":
		io = "direct"
	case "C":
		io = "cached"
	}
	return ahead, write, io
}

func shortPolicy(p WritePolicy) string {
	switch p {
	case AlwaysWriteBack:
		return "AWB"
	case WriteBack:
		return "WB"
	}
	return "WT"
}

// writePolicyOf reads a write policy in full words.
func writePolicyOf(text string) WritePolicy {
	switch strings.ReplaceAll(strings.ToLower(text), " ", "") {
	case "writeback", "wb":
		return WriteBack
	case "writethrough", "wt":
		return WriteThrough
	case "alwayswriteback", "forcewriteback", "writebackalways", "awb", "fwb":
		return AlwaysWriteBack
	}
	return ""
}

// levelOf returns the digits of "RAID10", "" if there are none.
func levelOf(text string) string {
	level, ok := strings.CutPrefix(text, "RAID")
	if !ok || level == "" || strings.Trim(level, "0123456789E") != "" {
		return ""
	}
	return level
}
