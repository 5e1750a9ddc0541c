// SPDX-License-Identifier: Apache-2.0

package arcconf

// A Drive is what the tool calls a hard drive, whatever it is made of.
type Drive struct {
	Number                int       `json:"number,omitzero"`      // counted by the tool
	StatusText            string    `json:"status_text,omitzero"` // "Online", "Ready", "Global Hot-Spare"
	State                 State     `json:"state,omitzero"`
	PredictiveFailure     bool      `json:"predictive_failure,omitzero"` // the drive's own S.M.A.R.T. says so
	Enclosure             *int      `json:"enclosure,omitzero"`
	Slot                  *int      `json:"slot,omitzero"`
	Connector             *int      `json:"connector,omitzero"`
	ChannelID             *int      `json:"channel_id,omitzero"`
	DeviceID              *int      `json:"device_id,omitzero"`  // with ChannelID the name that smartctl -d aacraid and the tool's commands use
	Array                 string    `json:"array,omitzero"`      // the array's number
	SizeBytes             uint64    `json:"size_bytes,omitzero"` // in steps of a MiB
	UsedBytes             uint64    `json:"used_bytes,omitzero"`
	BlockBytes            int       `json:"block_bytes,omitzero"` // 0 of a failed drive
	PhysicalBlockBytes    int       `json:"physical_block_bytes,omitzero"`
	Vendor                string    `json:"vendor,omitzero"` // "ATA" or the maker
	Model                 string    `json:"model,omitzero"`
	Serial                string    `json:"serial,omitzero"`
	Firmware              string    `json:"firmware,omitzero"`
	WWN                   string    `json:"wwn,omitzero"`       // 16 digits
	Interface             string    `json:"interface,omitzero"` // "SATA", "SAS"
	Media                 string    `json:"media,omitzero"`     // "HDD", "SSD"
	TemperatureCelsius    *int      `json:"temperature_celsius,omitzero"`
	MaxTemperatureCelsius *int      `json:"max_temperature_celsius,omitzero"`
	ThresholdCelsius      *int      `json:"threshold_celsius,omitzero"`
	RotationRPM           int       `json:"rotation_rpm,omitzero"`
	RemainingPercent      *int      `json:"remaining_percent,omitzero"` // of an SSD's life
	SMARTWarnings         *uint64   `json:"smart_warnings,omitzero"`
	ReservedText          string    `json:"reserved_text,omitzero"`
	UnusedText            string    `json:"unused_text,omitzero"`
	Counters              *Counters `json:"counters,omitzero"`
	PHYs                  []PHY     `json:"phys,omitzero"`
	WWNText               string    `json:"wwn_text,omitzero"`
	Location              string    `json:"location,omitzero"`
	Channel               string    `json:"channel,omitzero"`
	ESD                   string    `json:"esd,omitzero"`
	Supported             string    `json:"supported,omitzero"`
	StaleRIS              string    `json:"stale_ris,omitzero"`
	TransferSpeed         string    `json:"transfer_speed,omitzero"`
	ProgrammedSpeed       string    `json:"programmed_speed,omitzero"`
	WriteCache            string    `json:"write_cache,omitzero"`
	FRU                   string    `json:"fru,omitzero"`
	PFA                   string    `json:"pfa,omitzero"`
	SMART                 string    `json:"smart,omitzero"`
	PowerState            string    `json:"power_state,omitzero"`
	PowerStates           string    `json:"power_states,omitzero"`
	NCQ                   string    `json:"ncq,omitzero"`
	NCQSupported          string    `json:"ncq_supported,omitzero"`
	BootType              string    `json:"boot_type,omitzero"`
	PHYCount              string    `json:"phy_count,omitzero"`
	Configuration         string    `json:"configuration,omitzero"`
	Exposed               string    `json:"exposed,omitzero"`
	DiskName              string    `json:"disk_name,omitzero"`
	MountPoints           string    `json:"mount_points,omitzero"`
	SanitizeErase         string    `json:"sanitize_erase,omitzero"`
	SanitizeFreeze        string    `json:"sanitize_freeze,omitzero"`
	SanitizeAntiFreeze    string    `json:"sanitize_anti_freeze,omitzero"`
	SanitizeLock          string    `json:"sanitize_lock,omitzero"`
	LifeRemaining         string    `json:"life_remaining,omitzero"`
	Wearout               string    `json:"wearout,omitzero"`
	Warning56Days         string    `json:"warning_56_days,omitzero"`
	UniqueID              string    `json:"unique_id,omitzero"`
	SKU                   string    `json:"sku,omitzero"`
	Part                  string    `json:"part,omitzero"`
	LastFailureReason     string    `json:"last_failure_reason,omitzero"`
	MaxCacheCapable       string    `json:"max_cache_capable,omitzero"`
	MaxCacheAssigned      string    `json:"max_cache_assigned,omitzero"`
	HotSpare              string    `json:"hot_spare,omitzero"`
	FailedSegments        string    `json:"failed_segments,omitzero"`
	Line                  int       `json:"line"`
}

// text returns the field that takes the value of a key, which is in small
// letters, as it is printed.
func (x *Drive) text(key []byte) *string {
	switch string(key) {
	case "state":
		return &x.StatusText
	case "vendor":
		return &x.Vendor
	case "model":
		return &x.Model
	case "firmware":
		return &x.Firmware
	case "serial number":
		return &x.Serial
	case "world-wide name":
		return &x.WWNText
	case "reported location":
		return &x.Location
	case "reported channel,device(t:l)", "reported channel,device":
		return &x.Channel
	case "reported esd(t:l)", "reported esd":
		return &x.ESD
	case "supported":
		return &x.Supported
	case "drive has stale ris data":
		return &x.StaleRIS
	case "transfer speed":
		return &x.TransferSpeed
	case "programmed max speed":
		return &x.ProgrammedSpeed
	case "write cache":
		return &x.WriteCache
	case "fru":
		return &x.FRU
	case "pfa":
		return &x.PFA
	case "s.m.a.r.t.":
		return &x.SMART
	case "power state":
		return &x.PowerState
	case "supported power states":
		return &x.PowerStates
	case "ncq status":
		return &x.NCQ
	case "ncq supported":
		return &x.NCQSupported
	case "array":
		return &x.Array
	case "boot type":
		return &x.BootType
	case "phy count":
		return &x.PHYCount
	case "drive configuration type":
		return &x.Configuration
	case "drive exposed to os":
		return &x.Exposed
	case "disk name":
		return &x.DiskName
	case "mount points":
		return &x.MountPoints
	case "sanitize erase support":
		return &x.SanitizeErase
	case "sanitize lock freeze support":
		return &x.SanitizeFreeze
	case "sanitize lock anti-freeze support":
		return &x.SanitizeAntiFreeze
	case "sanitize lock setting":
		return &x.SanitizeLock
	case "estimated life remaining":
		return &x.LifeRemaining
	case "ssd smart trip wearout":
		return &x.Wearout
	case "56 day warning present":
		return &x.Warning56Days
	case "drive unique id":
		return &x.UniqueID
	case "drive sku number":
		return &x.SKU
	case "drive part number":
		return &x.Part
	case "last failure reason":
		return &x.LastFailureReason
	case "maxcache capable":
		return &x.MaxCacheCapable
	case "maxcache assigned":
		return &x.MaxCacheAssigned
	case "global hot-spare", "dedicated hot-spare for":
		return &x.HotSpare
	case "failed logical device segments":
		return &x.FailedSegments
	case "reserved size":
		return &x.ReservedText
	case "unused size":
		return &x.UnusedText
	}
	return nil
}

// Counters are the controller's own counts of what went wrong with a drive.
type Counters struct {
	HardwareErrors            *uint64 `json:"hardware_errors,omitzero"`
	MediumErrors              *uint64 `json:"medium_errors,omitzero"`
	ParityErrors              *uint64 `json:"parity_errors,omitzero"`
	LinkFailures              *uint64 `json:"link_failures,omitzero"`
	AbortedCommands           *uint64 `json:"aborted_commands,omitzero"`
	SMARTWarnings             *uint64 `json:"smart_warnings,omitzero"`
	BadTargetErrors           *uint64 `json:"bad_target_errors,omitzero"`
	EccRecoveredReadErrors    *uint64 `json:"ecc_recovered_read_errors,omitzero"`
	FailedReadRecovers        *uint64 `json:"failed_read_recovers,omitzero"`
	FailedWriteRecovers       *uint64 `json:"failed_write_recovers,omitzero"`
	FormatErrors              *uint64 `json:"format_errors,omitzero"`
	HardReadErrors            *uint64 `json:"hard_read_errors,omitzero"`
	HardWriteErrors           *uint64 `json:"hard_write_errors,omitzero"`
	HotPlugs                  *uint64 `json:"hot_plugs,omitzero"`
	MediaFailures             *uint64 `json:"media_failures,omitzero"`
	NotReadyErrors            *uint64 `json:"not_ready_errors,omitzero"`
	OtherTimeouts             *uint64 `json:"other_timeouts,omitzero"`
	PredictiveFailures        *uint64 `json:"predictive_failures,omitzero"`
	RetryRecoveredReadErrors  *uint64 `json:"retry_recovered_read_errors,omitzero"`
	RetryRecoveredWriteErrors *uint64 `json:"retry_recovered_write_errors,omitzero"`
	BusFaults                 *uint64 `json:"bus_faults,omitzero"`
	SectorsRead               *uint64 `json:"sectors_read,omitzero"`
	SectorsWritten            *uint64 `json:"sectors_written,omitzero"`
	ServiceHours              *uint64 `json:"service_hours,omitzero"`
}

// field returns the counter of a key, which is in small letters.
func (x *Counters) field(key []byte) **uint64 {
	switch string(key) {
	case "hardware error count", "hardware errors":
		return &x.HardwareErrors
	case "medium error count":
		return &x.MediumErrors
	case "parity error count":
		return &x.ParityErrors
	case "link failure count":
		return &x.LinkFailures
	case "aborted command count", "aborted commands":
		return &x.AbortedCommands
	case "smart warning count":
		return &x.SMARTWarnings
	case "bad target errors":
		return &x.BadTargetErrors
	case "ecc recovered read errors":
		return &x.EccRecoveredReadErrors
	case "failed read recovers":
		return &x.FailedReadRecovers
	case "failed write recovers":
		return &x.FailedWriteRecovers
	case "format errors":
		return &x.FormatErrors
	case "hard read errors":
		return &x.HardReadErrors
	case "hard write errors":
		return &x.HardWriteErrors
	case "hot plug count":
		return &x.HotPlugs
	case "media failures":
		return &x.MediaFailures
	case "not ready errors":
		return &x.NotReadyErrors
	case "other time out errors":
		return &x.OtherTimeouts
	case "predictive failures":
		return &x.PredictiveFailures
	case "retry recovered read errors":
		return &x.RetryRecoveredReadErrors
	case "retry recovered write errors":
		return &x.RetryRecoveredWriteErrors
	case "scsi bus faults":
		return &x.BusFaults
	case "sectors reads":
		return &x.SectorsRead
	case "sectors written":
		return &x.SectorsWritten
	case "service hours":
		return &x.ServiceHours
	}
	return nil
}

// A PHY is a link of a drive or a connector.
type PHY struct {
	Number             int    `json:"number,omitzero"`
	Identifier         string `json:"identifier,omitzero"`
	SASAddress         string `json:"sas_address,omitzero"`
	AttachedIdentifier string `json:"attached_identifier,omitzero"`
	AttachedSASAddress string `json:"attached_sas_address,omitzero"`
	PhysicalLinkRate   string `json:"physical_link_rate,omitzero"`
	LogicalLinkRate    string `json:"logical_link_rate,omitzero"`
	MaximumLinkRate    string `json:"maximum_link_rate,omitzero"`
	Line               int    `json:"line"`
}

// text returns the field that takes the value of a key, which is in small
// letters, as it is printed.
func (x *PHY) text(key []byte) *string {
	switch string(key) {
	case "phy identifier":
		return &x.Identifier
	case "sas address":
		return &x.SASAddress
	case "attached phy identifier":
		return &x.AttachedIdentifier
	case "attached sas address":
		return &x.AttachedSASAddress
	case "negotiated physical link rate":
		return &x.PhysicalLinkRate
	case "negotiated logical link rate":
		return &x.LogicalLinkRate
	case "maximum link rate":
		return &x.MaximumLinkRate
	}
	return nil
}
