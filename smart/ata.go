// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// An ATA holds what only ATA drives have. The terms are those of the ATA
// Command Set (ACS) and of smartmontools' ataprint.cpp.
type ATA struct {
	Version     *Coded `json:"version,omitzero"`      // major version word and its name: "ACS-3 T13/2161-D revision 5"
	MinorCode   int64  `json:"minor_code,omitzero"`   // minor version word
	SATAVersion *Coded `json:"sata_version,omitzero"` // "SATA 3.2"
	Zoned       string `json:"zoned,omitzero"`        // "host_aware", "device_managed"

	AttributesRevision int64       `json:"attributes_revision,omitzero"`
	Attributes         []Attribute `json:"attributes,omitzero"`

	OfflineStatus         *TestStatus `json:"offline_status,omitzero"`          // of offline data collection
	OfflineSeconds        *int64      `json:"offline_seconds,omitzero"`         // what offline data collection takes
	OfflineCapability     int64       `json:"offline_capability,omitzero"`      // SMART READ DATA, byte 367
	SmartCapability       int64       `json:"smart_capability,omitzero"`        // SMART READ DATA, byte 368
	ErrorLoggingSupported *bool       `json:"error_logging_supported,omitzero"` //
	GPLoggingSupported    *bool       `json:"gp_logging_supported,omitzero"`    // general purpose logging
	SelfTestStatus        *TestStatus `json:"self_test_status,omitzero"`        // of the current self-test, or the last one
	ShortTestMinutes      *int64      `json:"short_test_minutes,omitzero"`      // what a self-test takes
	ExtendedTestMinutes   *int64      `json:"extended_test_minutes,omitzero"`
	ConveyanceTestMinutes *int64      `json:"conveyance_test_minutes,omitzero"`

	ErrorLog             *ErrorLog     `json:"error_log,omitzero"`          // summary error log
	ExtendedErrorLog     *ErrorLog     `json:"extended_error_log,omitzero"` // extended comprehensive error log
	SelfTestLog          *SelfTestLog  `json:"self_test_log,omitzero"`
	ExtendedSelfTestLog  *SelfTestLog  `json:"extended_self_test_log,omitzero"`
	SelectiveSelfTestLog *SelectiveLog `json:"selective_self_test_log,omitzero"`

	DeviceStatistics []StatisticsPage `json:"device_statistics,omitzero"`
	StatisticsPages  []Coded          `json:"statistics_pages,omitzero"` // those that the drive has
	PendingDefects   *PendingDefects  `json:"pending_defects,omitzero"`
	LogDirectory     *LogDirectory    `json:"log_directory,omitzero"`
	PhyEvents        []PhyEvent       `json:"phy_events,omitzero"`
	PhyEventsReset   *bool            `json:"phy_events_reset,omitzero"` // whether reading has reset them

	SCTCapability      *int64              `json:"sct_capability,omitzero"` // IDENTIFY DEVICE, word 206
	SCTStatus          *SCTStatus          `json:"sct_status,omitzero"`
	TemperatureHistory *TemperatureHistory `json:"temperature_history,omitzero"`
	ErrorRecovery      *ErrorRecovery      `json:"error_recovery,omitzero"`

	AcousticManagement     *Management `json:"acoustic_management,omitzero"`
	PowerManagement        *Management `json:"power_management,omitzero"`
	ReadLookaheadEnabled   *bool       `json:"read_lookahead_enabled,omitzero"`
	WriteCacheEnabled      *bool       `json:"write_cache_enabled,omitzero"`
	StatisticsNotification *bool       `json:"statistics_notification,omitzero"` // whether DSN is enabled
	Security               *Security   `json:"security,omitzero"`
}

// An Attribute is a SMART attribute: a value that the vendor computes, from 253
// (good) to 1, and the raw value it is computed from.
type Attribute struct {
	ID         uint8          `json:"id"`
	Name       string         `json:"name,omitzero"` // of smartctl's drive database
	Value      *int64         `json:"value,omitzero"`
	Worst      *int64         `json:"worst,omitzero"`
	Threshold  *int64         `json:"threshold,omitzero"`   // 0 never fails
	WhenFailed string         `json:"when_failed,omitzero"` // "now", "past", "" for never
	Flags      AttributeFlags `json:"flags,omitzero"`

	// Raw is the raw value, up to 56 bits. Vendors pack several numbers into
	// it; RawText is how smartctl's drive database reads it: "31 (Min/Max
	// 18/45)". RawCount picks out the count. Of a text ([ParseText]) Raw is 0
	// where RawText is more than a number.
	Raw     uint64 `json:"raw"`
	RawText string `json:"raw_text,omitzero"`
}

// AttributeFlags are the flags of an attribute (atacmds.h,
// ATTRIBUTE_FLAGS_…).
type AttributeFlags uint16

// The flags of an attribute.
const (
	FlagPrefail    AttributeFlags = 1 << iota // at its threshold the drive is about to fail; without it, it is old
	FlagOnline                                // updated in normal operation
	FlagSpeed                                 // about performance
	FlagErrorRate                             // about an error rate
	FlagEventCount                            // a count of events
	FlagAutoKeep                              // saved by the drive without a command
)

// Prefail reports whether the drive is about to fail once the attribute is at
// its threshold. Without the flag it is just past its design life.
func (f AttributeFlags) Prefail() bool { return f&FlagPrefail != 0 }

// A TestStatus is how a self-test or the offline data collection went.
type TestStatus struct {
	Value            int64  `json:"value"` // the status byte
	Text             string `json:"text,omitzero"`
	Passed           *bool  `json:"passed,omitzero"`            // nil: neither passed nor failed, as where the host aborted it
	RemainingPercent *int64 `json:"remaining_percent,omitzero"` // of one in progress, or where it stopped
}

// failed reports whether a self-test ended with a failure. One that ended for a
// fatal or unknown error did, though JSON gives no Passed for it.
func (s *TestStatus) failed() bool {
	code := s.Value >> 4
	return code >= 3 && code <= 8 || s.Passed != nil && !*s.Passed
}

// A Management is an advanced power management (APM) or automatic acoustic
// management (AAM) setting.
type Management struct {
	Enabled          bool   `json:"enabled"`
	Level            int64  `json:"level,omitzero"`
	Text             string `json:"text,omitzero"`
	RecommendedLevel int64  `json:"recommended_level,omitzero"` // AAM
	MaxPerformance   bool   `json:"max_performance,omitzero"`   // APM
	MinPower         bool   `json:"min_power,omitzero"`         // APM
	WithStandby      bool   `json:"with_standby,omitzero"`      // APM
}

// Security is the state of the ATA security feature set.
type Security struct {
	State              int64  `json:"state,omitzero"` // IDENTIFY DEVICE, word 128; a text has none
	Text               string `json:"text,omitzero"`
	Enabled            bool   `json:"enabled"`
	Frozen             bool   `json:"frozen,omitzero"`
	MaxLevel           bool   `json:"max_level,omitzero"` // the password's level is maximum
	Locked             bool   `json:"locked,omitzero"`
	AttemptsExceeded   bool   `json:"attempts_exceeded,omitzero"`
	MasterPasswordCode int64  `json:"master_password_code,omitzero"`
}

// read reads a member that only ATA drives have.
func (a *ATA) read(d *jsondoc.Doc, key string) {
	switch key {
	case "ata_version":
		a.readVersion(d)
	case "sata_version":
		a.SATAVersion = readCoded(d)
	case "ata_smart_attributes":
		a.readAttributes(d)
	case "ata_smart_data":
		a.readSmartData(d)
	case "ata_sct_capabilities":
		a.readSCTCapabilities(d)
	case "ata_smart_error_log":
		a.readErrorLogs(d)
	case "ata_smart_self_test_log":
		a.readSelfTestLogs(d)
	case "ata_smart_selective_self_test_log":
		a.SelectiveSelfTestLog = readSelectiveLog(d)
	case "ata_device_statistics":
		a.readStatistics(d)
	case "ata_pending_defects_log":
		a.PendingDefects = readPendingDefects(d)
	case "ata_log_directory":
		a.LogDirectory = readLogDirectory(d)
	case "sata_phy_event_counters":
		a.readPhyEvents(d)
	case "ata_sct_status":
		a.SCTStatus = readSCTStatus(d)
	case "ata_sct_temperature_history":
		a.TemperatureHistory = readTemperatureHistory(d)
	case "ata_sct_erc":
		a.ErrorRecovery = readErrorRecovery(d)
	case "ata_aam":
		a.AcousticManagement = readManagement(d)
	case "ata_apm":
		a.PowerManagement = readManagement(d)
	case "read_lookahead":
		a.ReadLookaheadEnabled = readMember(d, "enabled", (*jsondoc.Doc).BoolPtr)
	case "write_cache":
		a.WriteCacheEnabled = readMember(d, "enabled", (*jsondoc.Doc).BoolPtr)
	case "ata_dsn":
		a.StatisticsNotification = readMember(d, "enabled", (*jsondoc.Doc).BoolPtr)
	case "ata_security":
		a.Security = readSecurity(d)
	case "zoned_device":
		a.Zoned = readMember(d, "capabilities", (*jsondoc.Doc).Text)
	}
}

// isATA reports whether a member is for [ATA.read].
func isATA(key string) bool {
	switch key {
	case "read_lookahead", "write_cache", "zoned_device":
		return true
	case "ata_additional_product_id": // it is of the drive's identity
		return false
	}
	return strings.HasPrefix(key, "ata_") || strings.HasPrefix(key, "sata_")
}

func (a *ATA) readVersion(d *jsondoc.Doc) {
	a.Version = new(Coded)
	for key := range d.Object() {
		switch key {
		case "string":
			a.Version.Text = d.Text()
		case "major_value":
			a.Version.Value = d.Int()
		case "minor_value":
			a.MinorCode = d.Int()
		}
	}
}

func (a *ATA) readAttributes(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "revision":
			a.AttributesRevision = d.Int()
		case "table":
			a.Attributes = make([]Attribute, 0, 30) // a drive has at most 30
			for range d.Array() {
				a.Attributes = append(a.Attributes, readAttribute(d))
			}
		}
	}
}

func readAttribute(d *jsondoc.Doc) (a Attribute) {
	for key := range d.Object() {
		switch key {
		case "id":
			a.ID = uint8(d.IntIn(0, 255))
		case "name":
			a.Name = d.Text()
		case "value":
			a.Value = d.IntPtr()
		case "worst":
			a.Worst = d.IntPtr()
		case "thresh":
			a.Threshold = d.IntPtr()
		case "when_failed":
			a.WhenFailed = d.Text()
		case "flags":
			a.Flags = readAttributeFlags(d)
		case "raw":
			for key := range d.Object() {
				switch key {
				case "value":
					a.Raw = d.Uint()
				case "string":
					a.RawText = d.Text()
				}
			}
		}
	}
	return a
}

func readAttributeFlags(d *jsondoc.Doc) (f AttributeFlags) {
	for key := range d.Object() {
		switch key {
		case "value":
			f = AttributeFlags(d.IntIn(0, 1<<16-1))
		case "string", "prefailure", "updated_online", "performance", "error_rate", "event_count", "auto_keep", "other":
			d.Skip() // all of them spell out value
		}
	}
	return f
}

func (a *ATA) readSmartData(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "offline_data_collection":
			for key := range d.Object() {
				switch key {
				case "status":
					a.OfflineStatus = readTestStatus(d)
				case "completion_seconds":
					a.OfflineSeconds = d.IntPtr()
				}
			}
		case "self_test":
			for key := range d.Object() {
				switch key {
				case "status":
					a.SelfTestStatus = readTestStatus(d)
				case "polling_minutes":
					a.readPollingMinutes(d)
				}
			}
		case "capabilities":
			a.readCapabilities(d)
		}
	}
}

func (a *ATA) readPollingMinutes(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "short":
			a.ShortTestMinutes = d.IntPtr()
		case "extended":
			a.ExtendedTestMinutes = d.IntPtr()
		case "conveyance":
			a.ConveyanceTestMinutes = d.IntPtr()
		}
	}
}

func (a *ATA) readCapabilities(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "values":
			for i := range d.Array() {
				switch i {
				case 0:
					a.OfflineCapability = d.Int()
				case 1:
					a.SmartCapability = d.Int()
				}
			}
		case "exec_offline_immediate_supported", "offline_is_aborted_upon_new_cmd", "offline_surface_scan_supported",
			"self_tests_supported", "conveyance_self_test_supported", "selective_self_test_supported",
			"attribute_autosave_enabled":
			d.Skip() // bits of values
		case "error_logging_supported":
			a.ErrorLoggingSupported = d.BoolPtr()
		case "gp_logging_supported":
			a.GPLoggingSupported = d.BoolPtr()
		}
	}
}

func readTestStatus(d *jsondoc.Doc) *TestStatus {
	s := new(TestStatus)
	for key := range d.Object() {
		switch key {
		case "value":
			s.Value = d.Int()
		case "string":
			s.Text = d.Text()
		case "passed":
			s.Passed = d.BoolPtr()
		case "remaining_percent":
			s.RemainingPercent = d.IntPtr()
		}
	}
	return s
}

func (a *ATA) readSCTCapabilities(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "value":
			a.SCTCapability = d.IntPtr()
		case "error_recovery_control_supported", "feature_control_supported", "data_table_supported":
			d.Skip() // bits of value
		}
	}
}

func readManagement(d *jsondoc.Doc) *Management {
	m := new(Management)
	for key := range d.Object() {
		switch key {
		case "enabled":
			m.Enabled = d.Bool()
		case "level":
			m.Level = d.Int()
		case "string":
			m.Text = d.Text()
		case "recommended_level":
			m.RecommendedLevel = d.Int()
		case "max_performance":
			m.MaxPerformance = d.Bool()
		case "min_power":
			m.MinPower = d.Bool()
		case "with_standby":
			m.WithStandby = d.Bool()
		}
	}
	return m
}

func readSecurity(d *jsondoc.Doc) *Security {
	s := new(Security)
	for key := range d.Object() {
		switch key {
		case "state":
			s.State = d.Int()
		case "string":
			s.Text = d.Text()
		case "enabled":
			s.Enabled = d.Bool()
		case "frozen":
			s.Frozen = d.Bool()
		case "pw_level_max":
			s.MaxLevel = d.Bool()
		case "locked":
			s.Locked = d.Bool()
		case "pw_attempts_exceeded":
			s.AttemptsExceeded = d.Bool()
		case "master_password_id":
			s.MasterPasswordCode = d.Int()
		}
	}
	return s
}
