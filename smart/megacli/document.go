// SPDX-License-Identifier: Apache-2.0

package megacli

// A Document is what one run of the tool printed.
type Document struct {
	Adapters []Adapter `json:"adapters,omitzero"`
	Rebuilds []Rebuild `json:"rebuilds,omitzero"`  // of the adapter that was asked, which does not stand there
	ExitCode *int      `json:"exit_code,omitzero"` // nil in a text without its end
	Preamble []string  `json:"preamble,omitzero"`  // lines before the first that is understood
	Extra    []Line    `json:"extra,omitzero"`     // lines that no value has room for
	Lines    []Line    `json:"-"`                  // all lines

	taken int // lines that a value took
}

// Format returns the lines as the tool prints them, without blank ones. It is
// the inverse of [Parse].
func (d *Document) Format() []byte { return appendLines(nil, d.Lines) }

// An Adapter is a controller.
type Adapter struct {
	Number          int         `json:"number"`
	Model           string      `json:"model,omitzero"`
	Serial          string      `json:"serial,omitzero"`
	FirmwarePackage string      `json:"firmware_package,omitzero"`
	Firmware        string      `json:"firmware,omitzero"`
	MemoryText      string      `json:"memory_text,omitzero"` // "128MB"
	Bus             *int        `json:"bus,omitzero"`         // of PCI; the tool prints no domain
	Device          *int        `json:"device,omitzero"`      //
	Function        *int        `json:"function,omitzero"`    //
	BatteryPresent  string      `json:"battery_present,omitzero"`
	Battery         *Battery    `json:"battery,omitzero"`
	Volumes         []Volume    `json:"volumes,omitzero"`
	Drives          []Drive     `json:"drives,omitzero"`
	Enclosures      []Enclosure `json:"enclosures,omitzero"`
	Line            int         `json:"line"`
}

// A Volume is what the tool calls a virtual drive.
type Volume struct {
	Number              *int        `json:"number,omitzero"`
	Target              *int        `json:"target,omitzero"` // of SCSI; the kernel shows the volume under it
	Name                string      `json:"name,omitzero"`
	CacheCade           bool        `json:"cache_cade,omitzero"` // a cache, which holds no data of its own
	LevelText           string      `json:"level_text,omitzero"` // "Primary-1, Secondary-0, RAID Level Qualifier-0"
	Level               string      `json:"level,omitzero"`      // "1", "10", "60"
	StateText           string      `json:"state_text,omitzero"`
	State               VolumeState `json:"state,omitzero"`
	SizeBytes           uint64      `json:"size_bytes,omitzero"` // rounded, counted in powers of 1024
	StripText           string      `json:"strip_text,omitzero"`
	DriveCount          *int        `json:"drive_count,omitzero"` // of each span
	SpanDepth           *int        `json:"span_depth,omitzero"`
	CachePolicy         string      `json:"cache_policy,omitzero"` // "WriteBack, ReadAhead, Direct, No Write Cache if Bad BBU"
	DefaultCachePolicy  string      `json:"default_cache_policy,omitzero"`
	AccessPolicy        string      `json:"access_policy,omitzero"`
	DiskCachePolicy     string      `json:"disk_cache_policy,omitzero"`
	Encryption          string      `json:"encryption,omitzero"`
	BadBlocks           *bool       `json:"bad_blocks,omitzero"`
	Cached              *bool       `json:"cached,omitzero"` // by CacheCade
	SectorText          string      `json:"sector_text,omitzero"`
	ParityText          string      `json:"parity_text,omitzero"`
	MirrorText          string      `json:"mirror_text,omitzero"`
	DefaultAccessPolicy string      `json:"default_access_policy,omitzero"`
	KindText            string      `json:"kind_text,omitzero"`
	Emulated            string      `json:"emulated,omitzero"`
	DefaultPowerSavings string      `json:"default_power_savings,omitzero"`
	PowerSavings        string      `json:"power_savings,omitzero"`
	SpinUp              string      `json:"spin_up,omitzero"`
	T10Power            string      `json:"t10_power,omitzero"`
	MaxPowerSavings     string      `json:"max_power_savings,omitzero"`
	ReadPolicy          string      `json:"read_policy,omitzero"`
	WritePolicy         string      `json:"write_policy,omitzero"`
	Operations          []Operation `json:"operations,omitzero"` // what runs on it
	Line                int         `json:"line"`
}

// An Operation is what runs on a volume.
type Operation struct {
	Name    string `json:"name"` // "Background Initialization", "Check Consistency", "Reconstruction"
	Percent int    `json:"percent"`
	Minutes int    `json:"minutes"` // since it began
}

// A Rebuild is how far the data of a drive is restored.
type Rebuild struct {
	Enclosure *int `json:"enclosure,omitzero"` // nil for a drive without one
	Slot      *int `json:"slot,omitzero"`
	Percent   int  `json:"percent"`
	Minutes   int  `json:"minutes"` // since it began
	Line      int  `json:"line"`
}

// text returns the field that takes the value of a key as it is printed.
func (v *Volume) text(key string) *string {
	switch key {
	case "Sector Size":
		return &v.SectorText
	case "Parity Size":
		return &v.ParityText
	case "Mirror Data":
		return &v.MirrorText
	case "Default Access Policy":
		return &v.DefaultAccessPolicy
	case "Virtual Drive Type":
		return &v.KindText
	case "Is VD emulated":
		return &v.Emulated
	case "Default Power Savings Policy":
		return &v.DefaultPowerSavings
	case "Current Power Savings Policy":
		return &v.PowerSavings
	case "Can spin up in 1 minute":
		return &v.SpinUp
	case "LD has drives that support T10 power conditions":
		return &v.T10Power
	case "LD's IO profile supports MAX power savings with cached writes":
		return &v.MaxPowerSavings
	case "Read Policy":
		return &v.ReadPolicy
	case "Write Policy":
		return &v.WritePolicy
	}
	return nil
}

// A Drive is a physical drive.
type Drive struct {
	Enclosure           *int     `json:"enclosure,omitzero"` // nil for a drive without one
	Slot                *int     `json:"slot,omitzero"`
	DID                 *int     `json:"did,omitzero"`    // the number that smartctl takes: -d megaraid,DID
	Volume              *int     `json:"volume,omitzero"` // in -LdPdInfo, where a drive stands below its volume
	Position            string   `json:"position,omitzero"`
	StateText           string   `json:"state_text,omitzero"` // "Online, Spun Up"
	State               State    `json:"state,omitzero"`
	ForeignText         string   `json:"foreign_text,omitzero"` // "None", "Foreign"
	WWN                 string   `json:"wwn,omitzero"`          // 16 digits in small letters
	Interface           string   `json:"interface,omitzero"`    // "SAS", "SATA"
	Media               string   `json:"media,omitzero"`        // "Hard Disk Device", "Solid State Device"
	Inquiry             string   `json:"inquiry,omitzero"`      // as printed: maker, model, firmware and serial number
	Vendor              string   `json:"vendor,omitzero"`       // of a SAS drive
	Model               string   `json:"model,omitzero"`
	Serial              string   `json:"serial,omitzero"` // "" where it is not certain where it ends
	Firmware            string   `json:"firmware,omitzero"`
	SizeBytes           uint64   `json:"size_bytes,omitzero"` // exact where sectors are printed
	LogicalBlockBytes   int      `json:"logical_block_bytes,omitzero"`
	PhysicalBlockBytes  int      `json:"physical_block_bytes,omitzero"`
	MediaErrors         *int     `json:"media_errors,omitzero"`
	OtherErrors         *int     `json:"other_errors,omitzero"`
	PredictiveFailures  *int     `json:"predictive_failures,omitzero"`
	SmartAlert          *bool    `json:"smart_alert,omitzero"`
	TemperatureCelsius  *int     `json:"temperature_celsius,omitzero"`
	DeviceSpeed         string   `json:"device_speed,omitzero"`
	LinkSpeed           string   `json:"link_speed,omitzero"`
	SASAddresses        []string `json:"sas_addresses,omitzero"`
	Ports               []Port   `json:"ports,omitzero"`
	Certified           string   `json:"certified,omitzero"` // "Not Certified", "Not Supported"
	CoercedText         string   `json:"coerced_text,omitzero"`
	NonCoercedText      string   `json:"non_coerced_text,omitzero"`
	ConnectedPort       string   `json:"connected_port,omitzero"`
	Sequence            string   `json:"sequence,omitzero"`
	LastPredictiveEvent string   `json:"last_predictive_event,omitzero"`
	FDECapable          string   `json:"fde_capable,omitzero"`
	FDEEnable           string   `json:"fde_enable,omitzero"`
	Secured             string   `json:"secured,omitzero"`
	Locked              string   `json:"locked,omitzero"`
	NeedsEKM            string   `json:"needs_ekm,omitzero"`
	EnclosurePosition   string   `json:"enclosure_position,omitzero"`
	ShieldCounter       string   `json:"shield_counter,omitzero"`
	Diagnosed           string   `json:"diagnosed,omitzero"`
	PIEligibility       string   `json:"pi_eligibility,omitzero"`
	PIFormatted         string   `json:"pi_formatted,omitzero"`
	PI                  string   `json:"pi,omitzero"`
	NCQ                 string   `json:"ncq,omitzero"`
	WriteCache          string   `json:"write_cache,omitzero"`
	FRU                 string   `json:"fru,omitzero"`
	ForeignSecure       string   `json:"foreign_secure,omitzero"`
	CommissionedSpare   string   `json:"commissioned_spare,omitzero"`
	EmergencySpare      string   `json:"emergency_spare,omitzero"`
	UserBytes           string   `json:"user_bytes,omitzero"`
	Line                int      `json:"line"`

	sectors uint64
	inquiry string // with the blanks at its left, which are of its first column
}

// A Port is a way to a drive.
type Port struct {
	Status    string `json:"status,omitzero"`     // "Active"
	LinkSpeed string `json:"link_speed,omitzero"` // "12.0Gb/s"
}

// text returns the field that takes the value of a key as it is printed.
func (d *Drive) text(key string) *string {
	switch key {
	case "Drive":
		return &d.Certified
	case "Coerced Size":
		return &d.CoercedText
	case "Non Coerced Size":
		return &d.NonCoercedText
	case "Connected Port Number":
		return &d.ConnectedPort
	case "Sequence Number":
		return &d.Sequence
	case "Last Predictive Failure Event Seq Number":
		return &d.LastPredictiveEvent
	case "FDE Capable":
		return &d.FDECapable
	case "FDE Enable":
		return &d.FDEEnable
	case "Secured":
		return &d.Secured
	case "Locked":
		return &d.Locked
	case "Needs EKM Attention":
		return &d.NeedsEKM
	case "Enclosure position":
		return &d.EnclosurePosition
	case "Shield Counter":
		return &d.ShieldCounter
	case "Successful diagnostics completion on":
		return &d.Diagnosed
	case "PI Eligibility":
		return &d.PIEligibility
	case "Drive is formatted for PI information":
		return &d.PIFormatted
	case "PI":
		return &d.PI
	case "Drive's NCQ setting":
		return &d.NCQ
	case "Drive's write cache":
		return &d.WriteCache
	case "IBM FRU/CRU":
		return &d.FRU
	case "Foreign Secure":
		return &d.ForeignSecure
	case "Commissioned Spare":
		return &d.CommissionedSpare
	case "Emergency Spare":
		return &d.EmergencySpare
	case "Number of bytes of user data in LBA":
		return &d.UserBytes
	}
	return nil
}

// An Enclosure holds drives.
type Enclosure struct {
	ID         *int   `json:"id,omitzero"`
	Slots      *int   `json:"slots,omitzero"`
	Drives     *int   `json:"drives,omitzero"`
	StatusText string `json:"status_text,omitzero"` // "Normal"
	Kind       string `json:"kind,omitzero"`        // "SES"
	Model      string `json:"model,omitzero"`
	Line       int    `json:"line"`
}

// A Battery keeps the cache of an adapter.
type Battery struct {
	Type               string       `json:"type,omitzero"` // "iBBU08", "CVPM02"
	StateText          string       `json:"state_text,omitzero"`
	State              BatteryState `json:"state,omitzero"`
	VoltageMillivolts  *int         `json:"voltage_millivolts,omitzero"`
	TemperatureCelsius *int         `json:"temperature_celsius,omitzero"`
	ChargePercent      *int         `json:"charge_percent,omitzero"`
	Missing            *bool        `json:"missing,omitzero"`
	Replace            *bool        `json:"replace,omitzero"` // it is to be replaced, or about to fail
	Learning           *bool        `json:"learning,omitzero"`
	Line               int          `json:"line"`
}
