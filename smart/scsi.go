// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// A SCSI holds what only SCSI and SAS drives have. The terms are those of
// smartmontools' scsiprint.cpp.
type SCSI struct {
	Version           string `json:"version,omitzero"`               // "SPC-4"
	LogicalUnitID     string `json:"logical_unit_id,omitzero"`       // as printed; [Device.WWN] is the same in hexadecimal
	TransportProtocol *Coded `json:"transport_protocol,omitzero"`    // "SAS (SPL-4)"
	KindCode          *int64 `json:"kind_code,omitzero"`             // peripheral device type
	LifetimePercent   *int64 `json:"lifetime_percent,omitzero"`      // percentage used endurance indicator; may exceed 100
	ProtectionType    *int64 `json:"protection_type,omitzero"`       // data integrity field, 1 to 3
	ProtectionBytes   *int64 `json:"protection_bytes,omitzero"`      // per logical block
	ProtectionPerLB   *int64 `json:"protection_per_lb,omitzero"`     // protection intervals per logical block
	Provisioning      *Coded `json:"provisioning,omitzero"`          // "fully provisioned", "thin provisioned"
	ProvisioningOn    *int64 `json:"provisioning_on,omitzero"`       // LBPME: 1 if logical block provisioning management is enabled
	ReadsZeros        *int64 `json:"reads_zeros,omitzero"`           // LBPRZ: what unmapped blocks read as
	HostAwareZoned    bool   `json:"host_aware_zoned,omitzero"`      //
	DeviceZoned       bool   `json:"device_zoned,omitzero"`          // device managed zoned block capable
	SenseCode         *int64 `json:"sense_code,omitzero"`            // ASC of a failed health check
	SenseQualifier    *int64 `json:"sense_qualifier,omitzero"`       // ASCQ of a failed health check
	SenseText         string `json:"sense_text,omitzero"`            // "FAILURE PREDICTION THRESHOLD EXCEEDED"
	ManufactureYear   int64  `json:"manufacture_year,omitzero"`      //
	ManufactureWeek   int64  `json:"manufacture_week,omitzero"`      //
	RatedStartStops   *int64 `json:"rated_start_stops,omitzero"`     // over the drive's life
	StartStops        *int64 `json:"start_stops,omitzero"`           //
	RatedLoadUnloads  *int64 `json:"rated_load_unloads,omitzero"`    // over the drive's life
	LoadUnloads       *int64 `json:"load_unloads,omitzero"`          //
	ExtendedTestSecs  *int64 `json:"extended_test_seconds,omitzero"` // what an extended self-test takes

	// GrownDefects counts the blocks reassigned since the drive was made. The
	// JSON of smartctl before 7.2 has the size of their list instead, with 4
	// or 8 bytes for each.
	GrownDefects     *int64          `json:"grown_defects,omitzero"`
	GrownDefectBytes *int64          `json:"grown_defect_bytes,omitzero"`
	PendingDefects   *PendingDefects `json:"pending_defects,omitzero"`
	Read             *ErrorCounter   `json:"read,omitzero"`
	Write            *ErrorCounter   `json:"write,omitzero"`
	Verify           *ErrorCounter   `json:"verify,omitzero"`
	NonMediumErrors  *uint64         `json:"non_medium_errors,omitzero"` // printed in texts only

	SelfTestRunning *bool  `json:"self_test_running,omitzero"` // since smartctl 8.0
	SelfTestPercent *int64 `json:"self_test_percent,omitzero"` // completed of the one that runs

	SelfTests      []SCSISelfTest  `json:"self_tests,omitzero"` // most recent first
	BackgroundScan *BackgroundScan `json:"background_scan,omitzero"`
	FormatStatus   *FormatStatus   `json:"format_status,omitzero"`
	Environment    []EnvReading    `json:"environment,omitzero"`
	Statistics     []NamedCount    `json:"statistics,omitzero"` // general statistics and performance log
	Ports          []SASPort       `json:"ports,omitzero"`

	ZonedStatistics []NamedCount  `json:"zoned_statistics,omitzero"` // of a zoned block device
	TapeStatistics  []NamedCount  `json:"tape_statistics,omitzero"`
	TapeMotion      []TapeMotion  `json:"tape_motion,omitzero"` // since smartctl 8.0
	TapeAlerts      *TapeAlertLog `json:"tape_alerts,omitzero"`
}

// A TapeMotion is how long a tape drive has moved media of a type.
type TapeMotion struct {
	Density int64 `json:"density"` // code
	Medium  int64 `json:"medium"`  // type
	Hours   int64 `json:"hours"`
}

// A TapeAlertLog holds the alerts of a tape drive or changer.
type TapeAlertLog struct {
	Supported *bool   `json:"supported,omitzero"`
	OK        bool    `json:"ok,omitzero"` // the drive says that there are none
	Alerts    []Coded `json:"alerts,omitzero"`
}

// An ErrorCounter is a row of the error counter log.
type ErrorCounter struct {
	CorrectedFast    *uint64 `json:"corrected_fast,omitzero"`    // by ECC, without delay
	CorrectedDelayed *uint64 `json:"corrected_delayed,omitzero"` // by ECC, with delay
	CorrectedRetry   *uint64 `json:"corrected_retry,omitzero"`   // by rereads or rewrites
	CorrectedTotal   *uint64 `json:"corrected_total,omitzero"`
	Invocations      *uint64 `json:"invocations,omitzero"`     // of the correction algorithm
	ProcessedBytes   *uint64 `json:"processed_bytes,omitzero"` // printed in units of 10^6 bytes
	Uncorrected      *uint64 `json:"uncorrected,omitzero"`
}

// A SCSISelfTest is a self-test that a SCSI drive ran.
type SCSISelfTest struct {
	Number         int64   `json:"number"` // from 0, most recent first
	Code           Coded   `json:"code"`   // "Background short"
	Result         *Coded  `json:"result,omitzero"`
	InProgress     bool    `json:"in_progress,omitzero"`
	FailedSegment  *int64  `json:"failed_segment,omitzero"`
	PowerOnHours   *int64  `json:"power_on_hours,omitzero"` // when it ran; 16 bits, so that it wraps
	FailureLBA     *uint64 `json:"failure_lba,omitzero"`
	Sense          *Sense  `json:"sense,omitzero"`
	VendorSpecific *int64  `json:"vendor_specific,omitzero"`
}

// A Sense is a SCSI sense key with its additional sense code and qualifier.
type Sense struct {
	Key  Coded `json:"key"`
	ASC  int64 `json:"asc"`
	ASCQ int64 `json:"ascq"`
}

// A BackgroundScan is the background scan results log.
type BackgroundScan struct {
	Status      *Coded       `json:"status,omitzero"` // "no scans active"
	Scans       *int64       `json:"scans,omitzero"`
	MediumScans *int64       `json:"medium_scans,omitzero"`
	Progress    string       `json:"progress,omitzero"` // "0.00%"
	Results     []ScanResult `json:"results,omitzero"`
}

// A ScanResult is a block that a background scan could not read at once.
type ScanResult struct {
	Number         int64  `json:"number"`
	PowerOnMinutes *int64 `json:"power_on_minutes,omitzero"`
	LBA            uint64 `json:"lba"`
	Sense          Sense  `json:"sense"`
	Reassign       *Coded `json:"reassign,omitzero"` // what became of the block
}

// A FormatStatus is the format status log.
type FormatStatus struct {
	CertifyDefects      *uint64 `json:"certify_defects,omitzero"`       // grown defects found in certification
	ReassignedBlocks    *uint64 `json:"reassigned_blocks,omitzero"`     // in formatting
	NewReassignedBlocks *uint64 `json:"new_reassigned_blocks,omitzero"` // since formatting
	PowerOnMinutes      *uint64 `json:"power_on_minutes,omitzero"`      // since formatting
}

// An EnvReading is a temperature or relative humidity of the environmental
// report, in degrees Celsius or percent.
type EnvReading struct {
	Name          string `json:"name"` // "temperature_1", "relative_humidity_1"
	ParameterCode int64  `json:"parameter_code"`
	Current       *int64 `json:"current,omitzero"`
	LifetimeMax   *int64 `json:"lifetime_max,omitzero"`
	LifetimeMin   *int64 `json:"lifetime_min,omitzero"`
	PowerOnMax    *int64 `json:"power_on_max,omitzero"` // since power on
	PowerOnMin    *int64 `json:"power_on_min,omitzero"` // since power on
	OtherMax      *int64 `json:"other_max,omitzero"`
	OtherMin      *int64 `json:"other_min,omitzero"`
}

// read reads a member whose key starts with "scsi_".
func (s *SCSI) read(d *jsondoc.Doc, key string) {
	switch key {
	case "scsi_version":
		s.Version = d.Text()
	case "scsi_transport_protocol":
		s.TransportProtocol = readCoded(d)
	case "scsi_percentage_used_endurance_indicator":
		s.LifetimePercent = d.IntPtr()
	case "scsi_protection_type":
		s.ProtectionType = d.IntPtr()
	case "scsi_protection_interval_bytes_per_lb":
		s.ProtectionBytes = d.IntPtr()
	case "scsi_protection_intervals_per_lb":
		s.ProtectionPerLB = d.IntPtr()
	case "scsi_lb_provisioning":
		s.readProvisioning(d)
	case "scsi_host_aware_zoned_block_capable":
		s.HostAwareZoned = d.Bool()
	case "scsi_device_managed_zoned_block_capable":
		s.DeviceZoned = d.Bool()
	case "scsi_start_stop_cycle_counter":
		s.readStartStop(d)
	case "scsi_grown_defect_list":
		s.GrownDefects = d.IntPtr()
	case "scsi_pending_defects":
		s.PendingDefects = readPendingDefects(d)
	case "scsi_error_counter_log":
		s.readErrorCounters(d)
	case "scsi_extended_self_test_seconds":
		s.ExtendedTestSecs = d.IntPtr()
	case "scsi_background_scan":
		s.BackgroundScan = readBackgroundScan(d)
	case "scsi_format_status":
		s.FormatStatus = readFormatStatus(d)
	case "scsi_environmental_reports":
		s.readEnvironment(d)
	case "scsi_general_statistics_and_performance_log":
		s.readGroups(d)
	case "scsi_self_test_status":
		for key := range d.Object() {
			switch key {
			case "in_progress":
				s.SelfTestRunning = d.BoolPtr()
			case "completion_percent":
				s.SelfTestPercent = d.IntPtr()
			}
		}
	case "scsi_zoned_block_device_statistics":
		for name := range d.Object() {
			s.ZonedStatistics = append(s.ZonedStatistics, NamedCount{Name: name, Count: d.Uint()})
		}
	case "scsi_device_statistics":
		s.readTape(d)
	case "scsi_tapealert":
		s.tapeAlerts().read(d)
	default:
		if n, ok := numbered(key, "scsi_self_test_"); ok {
			s.SelfTests = append(s.SelfTests, readSCSISelfTest(d, n))
		} else if n, ok := numbered(key, "scsi_sas_port_"); ok {
			s.Ports = append(s.Ports, readSASPort(d, n))
		}
	}
}

// numbered returns N of a key that is prefix and N.
func numbered(key, prefix string) (n int64, ok bool) {
	digits, ok := strings.CutPrefix(key, prefix)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 32)
	return n, err == nil
}

func (s *SCSI) readProvisioning(d *jsondoc.Doc) {
	s.Provisioning = new(Coded)
	for key := range d.Object() {
		switch key {
		case "name":
			s.Provisioning.Text = d.Text()
		case "value":
			s.Provisioning.Value = d.Int()
		case "management_enabled":
			s.ProvisioningOn = known(readNamedValue(d, (*jsondoc.Doc).IntPtr))
		case "read_zeros":
			s.ReadsZeros = known(readNamedValue(d, (*jsondoc.Doc).IntPtr))
		}
	}
}

// known returns v, or nil for the -1 that smartctl prints where the drive did
// not say.
func known(v *int64) *int64 {
	if v != nil && *v < 0 {
		return nil
	}
	return v
}

// readNamedValue reads an object of a value and a name for it that is always
// the same, called "name" or "aka".
func readNamedValue[T any](d *jsondoc.Doc, read func(*jsondoc.Doc) T) (v T) {
	for key := range d.Object() {
		switch key {
		case "value", "hours":
			v = read(d)
		case "name", "aka":
			d.Skip()
		}
	}
	return v
}

// readTape reads the statistics of a tape drive: numbers, texts, and a list.
func (s *SCSI) readTape(d *jsondoc.Doc) {
	for name := range d.Object() {
		switch d.Kind() {
		case jsondoc.Array:
			for range d.Array() {
				s.TapeMotion = append(s.TapeMotion, readTapeMotion(d))
			}
		case jsondoc.String:
			s.TapeStatistics = append(s.TapeStatistics, NamedCount{Name: name, Text: strings.TrimSpace(d.Text())})
		default:
			s.TapeStatistics = append(s.TapeStatistics, NamedCount{Name: name, Count: d.Uint()})
		}
	}
}

func readTapeMotion(d *jsondoc.Doc) (m TapeMotion) {
	for key := range d.Object() {
		switch key {
		case "density_code":
			m.Density = d.Int()
		case "medium_type":
			m.Medium = d.Int()
		case "medium_motion_hours":
			m.Hours = d.Int()
		}
	}
	return m
}

func (s *SCSI) tapeAlerts() *TapeAlertLog {
	if s.TapeAlerts == nil {
		s.TapeAlerts = new(TapeAlertLog)
	}
	return s.TapeAlerts
}

// read reads the status: "Good", or a list of alerts.
func (l *TapeAlertLog) read(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch {
		case key == "supported":
			l.Supported = d.BoolPtr()
		case key != "status":
		case d.Kind() == jsondoc.String:
			l.OK = d.Text() == "Good"
		default:
			for range d.Array() {
				l.Alerts = append(l.Alerts, readTapeAlert(d))
			}
		}
	}
}

func readTapeAlert(d *jsondoc.Doc) (c Coded) {
	for key := range d.Object() {
		switch key {
		case "parameter_code":
			c.Value = d.Int()
		case "string":
			c.Text = d.Text()
		case "descriptor_idx":
			d.Skip() // where it stood in the log
		}
	}
	return c
}

func (s *SCSI) readStartStop(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "year_of_manufacture":
			s.ManufactureYear = readDigits(d)
		case "week_of_manufacture":
			s.ManufactureWeek = readDigits(d)
		case "specified_cycle_count_over_device_lifetime":
			s.RatedStartStops = known(d.IntPtr())
		case "accumulated_start_stop_cycles":
			s.StartStops = known(d.IntPtr())
		case "specified_load_unload_count_over_device_lifetime":
			s.RatedLoadUnloads = known(d.IntPtr())
		case "accumulated_load_unload_cycles":
			s.LoadUnloads = known(d.IntPtr())
		}
	}
}

// readDigits reads a number that the drive gives as text. Some give blanks.
func readDigits(d *jsondoc.Doc) int64 {
	text := strings.TrimSpace(d.Text())
	if text == "" {
		return 0
	}
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		d.Reject(ErrRange)
	}
	return int64(n)
}

func (s *SCSI) readErrorCounters(d *jsondoc.Doc) {
	var counters [3]ErrorCounter // one block: nearly every drive has two or all
	for key := range d.Object() {
		switch key {
		case "read":
			s.Read = readErrorCounter(d, &counters[0])
		case "write":
			s.Write = readErrorCounter(d, &counters[1])
		case "verify":
			s.Verify = readErrorCounter(d, &counters[2])
		}
	}
}

func readErrorCounter(d *jsondoc.Doc, c *ErrorCounter) *ErrorCounter {
	*c = ErrorCounter{} // a key that stands twice
	for key := range d.Object() {
		switch key {
		case "errors_corrected_by_eccfast":
			c.CorrectedFast = d.UintPtr()
		case "errors_corrected_by_eccdelayed":
			c.CorrectedDelayed = d.UintPtr()
		case "errors_corrected_by_rereads_rewrites":
			c.CorrectedRetry = d.UintPtr()
		case "total_errors_corrected":
			c.CorrectedTotal = d.UintPtr()
		case "correction_algorithm_invocations":
			c.Invocations = d.UintPtr()
		case "gigabytes_processed":
			c.ProcessedBytes = readGigabytes(d)
		case "total_uncorrected_errors":
			c.Uncorrected = d.UintPtr()
		}
	}
	return c
}

// readGigabytes reads a text like "111593.179" in units of 10^9 bytes.
func readGigabytes(d *jsondoc.Doc) *uint64 {
	text := d.Text()
	if text == "" {
		return nil
	}
	text = strings.Replace(text, ",", ".", 1) // smartctl prints the locale's decimal point
	_, bytes, err := jsondoc.ParseUint128(text + "e9")
	if err != nil {
		d.Reject(err)
		return nil
	}
	return d.KeepUint(bytes)
}

func readSCSISelfTest(d *jsondoc.Doc, number int64) SCSISelfTest {
	t := SCSISelfTest{Number: number}
	for key := range d.Object() {
		switch key {
		case "code":
			t.Code = readCodedValue(d)
		case "result":
			t.Result = readCoded(d)
		case "self_test_in_progress":
			t.InProgress = d.Bool()
		case "failed_segment":
			t.FailedSegment = readNamedValue(d, (*jsondoc.Doc).IntPtr)
		case "power_on_time":
			t.PowerOnHours = readNamedValue(d, (*jsondoc.Doc).IntPtr)
		case "lba_first_failure":
			t.FailureLBA = readNamedValue(d, (*jsondoc.Doc).UintPtr)
		case "vendor_specific":
			t.VendorSpecific = d.IntPtr()
		case "sense_key", "asc", "ascq":
			if t.Sense == nil {
				t.Sense = new(Sense)
			}
			t.Sense.read(d, key)
		}
	}
	return t
}

func (s *Sense) read(d *jsondoc.Doc, key string) {
	switch key {
	case "sense_key":
		s.Key = readCodedValue(d)
	case "asc":
		s.ASC = d.Int()
	case "ascq":
		s.ASCQ = d.Int()
	}
}

func readBackgroundScan(d *jsondoc.Doc) *BackgroundScan {
	b := new(BackgroundScan)
	for key := range d.Object() {
		if n, ok := numbered(key, "result_"); ok {
			b.Results = append(b.Results, readScanResult(d, n))
		}
		if key != "status" {
			continue
		}
		b.Status = new(Coded)
		for key := range d.Object() {
			switch key {
			case "number_scans_performed":
				b.Scans = d.IntPtr()
			case "number_medium_scans_performed":
				b.MediumScans = d.IntPtr()
			case "scan_progress":
				b.Progress = d.Text()
			default:
				b.Status.read(d, key)
			}
		}
	}
	return b
}

func readScanResult(d *jsondoc.Doc, number int64) ScanResult {
	r := ScanResult{Number: number}
	for key := range d.Object() {
		switch key {
		case "parameter_code":
			d.Skip() // number
		case "accumulated_power_on":
			r.PowerOnMinutes = readMember(d, "minutes", (*jsondoc.Doc).IntPtr)
		case "lba":
			r.LBA = d.Uint()
		case "reassign_status":
			r.Reassign = readCoded(d)
		default:
			r.Sense.read(d, key)
		}
	}
	return r
}

func readFormatStatus(d *jsondoc.Doc) *FormatStatus {
	f := new(FormatStatus)
	for key := range d.Object() {
		switch key {
		case "grown_defects_during_cert":
			f.CertifyDefects = d.UintPtr()
		case "blocks_reassigned_during_format":
			f.ReassignedBlocks = d.UintPtr()
		case "total_new_block_since_format":
			f.NewReassignedBlocks = d.UintPtr()
		case "power_on_minutes_since_format":
			f.PowerOnMinutes = d.UintPtr()
		}
	}
	return f
}

func (s *SCSI) readEnvironment(d *jsondoc.Doc) {
	for name := range d.Object() {
		r := EnvReading{Name: name}
		for key := range d.Object() {
			switch key {
			case "parameter_code":
				r.ParameterCode = d.Int()
			case "current":
				r.Current = readEnvValue(d)
			case "lifetime_maximum":
				r.LifetimeMax = readEnvValue(d)
			case "lifetime_minimum":
				r.LifetimeMin = readEnvValue(d)
			case "maximum_since_power_on":
				r.PowerOnMax = readEnvValue(d)
			case "minimum_since_power_on":
				r.PowerOnMin = readEnvValue(d)
			case "maximum_other":
				r.OtherMax = readEnvValue(d)
			case "minimum_other":
				r.OtherMin = readEnvValue(d)
			}
		}
		s.Environment = append(s.Environment, r)
	}
}

// readEnvValue reads a number, or a text that says there is none.
func readEnvValue(d *jsondoc.Doc) *int64 {
	if d.Kind() == jsondoc.String {
		d.Skip() // "unknown"
		return nil
	}
	return d.IntPtr()
}
