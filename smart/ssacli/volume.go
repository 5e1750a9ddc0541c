// SPDX-License-Identifier: Apache-2.0

package ssacli

// An Array is a set of drives that volumes are made of.
type Array struct {
	Name        string  `json:"name,omitzero"`         // "A"
	StatusText  string  `json:"status_text,omitzero"`  // "OK", "Failed"
	Interface   string  `json:"interface,omitzero"`    // "Solid State SATA"
	UnusedBytes *uint64 `json:"unused_bytes,omitzero"` // rounded
	UsedBytes   uint64  `json:"used_bytes,omitzero"`   // rounded
	MultiDomain string  `json:"multi_domain,omitzero"`
	Type        string  `json:"type,omitzero"`
	SmartPath   string  `json:"smart_path,omitzero"`
	SpareType   string  `json:"spare_type,omitzero"`
	Line        int     `json:"line"`
}

// text returns the field that takes the value of a key as it is printed.
func (x *Array) text(key string) *string {
	switch key {
	case "Interface Type":
		return &x.Interface
	case "Status":
		return &x.StatusText
	case "MultiDomain Status":
		return &x.MultiDomain
	case "Smart Path", "HP SSD Smart Path", "HPE SSD Smart Path", "I/O Bypass", "SSD I/O Bypass":
		return &x.SmartPath
	case "Spare Type":
		return &x.SpareType
	}
	return nil
}

// A Volume is what the tool calls a logical drive.
type Volume struct {
	Number                int         `json:"number,omitzero"`
	Array                 string      `json:"array,omitzero"`       // the array's name
	Level                 string      `json:"level,omitzero"`       // "5", "1+0"; with a word RAID before it in lists
	SizeBytes             uint64      `json:"size_bytes,omitzero"`  // rounded, counted in powers of 1024
	StatusText            string      `json:"status_text,omitzero"` // "OK", "Interim Recovery Mode"
	State                 VolumeState `json:"state,omitzero"`
	ProgressPercent       *float64    `json:"progress_percent,omitzero"`        // of a recovery or a transformation
	ParityProgressPercent *float64    `json:"parity_progress_percent,omitzero"` // of the first initialization
	UniqueID              string      `json:"unique_id,omitzero"`               // 32 digits, the volume's NAA name
	DiskName              string      `json:"disk_name,omitzero"`               // "/dev/sda"
	Members               []Member    `json:"members,omitzero"`                 // where groups are printed
	Partitions            []string    `json:"partitions,omitzero"`              // as printed
	Label                 string      `json:"label,omitzero"`
	Heads                 string      `json:"heads,omitzero"`
	SectorsPerTrack       string      `json:"sectors_per_track,omitzero"`
	Cylinders             string      `json:"cylinders,omitzero"`
	StripSize             string      `json:"strip_size,omitzero"`
	FullStripeSize        string      `json:"full_stripe_size,omitzero"`
	ParityGroups          string      `json:"parity_groups,omitzero"`
	MediaErrors           string      `json:"media_errors,omitzero"`
	MultiDomain           string      `json:"multi_domain,omitzero"`
	Caching               string      `json:"caching,omitzero"`
	ParityInitialization  string      `json:"parity_initialization,omitzero"`
	LastScanCompleted     string      `json:"last_scan_completed,omitzero"`
	LastScanTime          string      `json:"last_scan_time,omitzero"`
	LastScanDuration      string      `json:"last_scan_duration,omitzero"`
	MountPoints           string      `json:"mount_points,omitzero"`
	OSStatus              string      `json:"os_status,omitzero"`
	BootVolume            string      `json:"boot_volume,omitzero"`
	DriveType             string      `json:"drive_type,omitzero"`
	Acceleration          string      `json:"acceleration,omitzero"`
	Line                  int         `json:"line"`
}

// A Member is a drive of a mirror or parity group.
type Member struct {
	Group string `json:"group,omitzero"` // "Mirror Group 1"
	Drive string `json:"drive"`          // its name, "1I:1:1"
	Line  int    `json:"line"`
}

// text returns the field that takes the value of a key as it is printed.
func (x *Volume) text(key string) *string {
	switch key {
	case "Fault Tolerance":
		return &x.Level
	case "Unique Identifier", "Volume Unique Identifier":
		return &x.UniqueID
	case "Disk Name":
		return &x.DiskName
	case "Logical Drive Label":
		return &x.Label
	case "Heads":
		return &x.Heads
	case "Sectors Per Track":
		return &x.SectorsPerTrack
	case "Cylinders":
		return &x.Cylinders
	case "Strip Size":
		return &x.StripSize
	case "Full Stripe Size":
		return &x.FullStripeSize
	case "Number of Parity Groups":
		return &x.ParityGroups
	case "Unrecoverable Media Errors":
		return &x.MediaErrors
	case "MultiDomain Status":
		return &x.MultiDomain
	case "Caching":
		return &x.Caching
	case "Parity Initialization Status":
		return &x.ParityInitialization
	case "Last Surface Scan Completed":
		return &x.LastScanCompleted
	case "Last Surface Scan Completion Timestamp":
		return &x.LastScanTime
	case "Last Surface Scan Duration":
		return &x.LastScanDuration
	case "Mount Points":
		return &x.MountPoints
	case "OS Status":
		return &x.OSStatus
	case "Boot Volume":
		return &x.BootVolume
	case "Drive Type":
		return &x.DriveType
	case "LD Acceleration Method":
		return &x.Acceleration
	}
	return nil
}
