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

	GrownDefects   *int64          `json:"grown_defects,omitzero"` // blocks reassigned since the drive was made
	PendingDefects *PendingDefects `json:"pending_defects,omitzero"`
	Read           *ErrorCounter   `json:"read,omitzero"`
	Write          *ErrorCounter   `json:"write,omitzero"`
	Verify         *ErrorCounter   `json:"verify,omitzero"`

	SelfTests      []SCSISelfTest  `json:"self_tests,omitzero"` // most recent first
	BackgroundScan *BackgroundScan `json:"background_scan,omitzero"`
	FormatStatus   *FormatStatus   `json:"format_status,omitzero"`
	Environment    []EnvReading    `json:"environment,omitzero"`
	Statistics     []NamedCount    `json:"statistics,omitzero"` // general statistics and performance log
	Ports          []SASPort       `json:"ports,omitzero"`
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

// A NamedCount is a counter under the name that smartctl gives it.
type NamedCount struct {
	Group string `json:"group,omitzero"` // "general_access", "idle_time"
	Name  string `json:"name"`           // "number_of_read_commands"
	Count uint64 `json:"count"`
}

// A SASPort is a port of a SAS drive.
type SASPort struct {
	Number       int64    `json:"number"`
	TargetPortID int64    `json:"target_port_id"` // relative target port identifier
	Generation   int64    `json:"generation"`
	PhyCount     int64    `json:"phy_count"`
	Phys         []SASPhy `json:"phys,omitzero"`
}

// A SASPhy is a phy of a port: the serial link itself.
type SASPhy struct {
	ID                int64        `json:"id"`
	AttachedType      string       `json:"attached_type,omitzero"` // "expander device"
	AttachedReason    string       `json:"attached_reason,omitzero"`
	Reason            string       `json:"reason,omitzero"`
	LinkRate          string       `json:"link_rate,omitzero"`          // "phy enabled; 12 Gbps"
	AttachedInitiator string       `json:"attached_initiator,omitzero"` // SSP, STP and SMP, a digit each
	AttachedTarget    string       `json:"attached_target,omitzero"`    // SSP, STP and SMP, a digit each
	Address           string       `json:"address,omitzero"`            // "0x5000c50000000001"
	AttachedAddress   string       `json:"attached_address,omitzero"`
	AttachedPhy       int64        `json:"attached_phy"`
	InvalidDwords     *int64       `json:"invalid_dwords,omitzero"`
	DisparityErrors   *int64       `json:"disparity_errors,omitzero"`
	SyncLosses        *int64       `json:"sync_losses,omitzero"`
	ResetProblems     *int64       `json:"reset_problems,omitzero"`
	Events            []NamedCount `json:"events,omitzero"` // phy events, by smartctl's names
}

// LinkBitsPerSecond returns the negotiated speed of the phy, 0 if it has none.
func (p *SASPhy) LinkBitsPerSecond() uint64 {
	rate, ok := strings.CutPrefix(p.LinkRate, "phy enabled; ")
	rate, isRate := strings.CutSuffix(rate, " Gbps")
	gigabits, err := strconv.ParseFloat(rate, 64)
	if !ok || !isRate || err != nil {
		return 0
	}
	return uint64(gigabits * 1e9)
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

func (s *SCSI) readStartStop(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "year_of_manufacture":
			s.ManufactureYear = readDigits(d)
		case "week_of_manufacture":
			s.ManufactureWeek = readDigits(d)
		case "specified_cycle_count_over_device_lifetime":
			s.RatedStartStops = d.IntPtr()
		case "accumulated_start_stop_cycles":
			s.StartStops = d.IntPtr()
		case "specified_load_unload_count_over_device_lifetime":
			s.RatedLoadUnloads = d.IntPtr()
		case "accumulated_load_unload_cycles":
			s.LoadUnloads = d.IntPtr()
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
	for key := range d.Object() {
		switch key {
		case "read":
			s.Read = readErrorCounter(d)
		case "write":
			s.Write = readErrorCounter(d)
		case "verify":
			s.Verify = readErrorCounter(d)
		}
	}
}

func readErrorCounter(d *jsondoc.Doc) *ErrorCounter {
	c := new(ErrorCounter)
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

// readGroups reads groups of counters.
func (s *SCSI) readGroups(d *jsondoc.Doc) {
	for group := range d.Object() {
		for name := range d.Object() {
			s.Statistics = append(s.Statistics, NamedCount{group, name, d.Uint()})
		}
	}
}

func readSASPort(d *jsondoc.Doc, number int64) SASPort {
	p := SASPort{Number: number}
	for key := range d.Object() {
		switch key {
		case "relative_target_port_id":
			p.TargetPortID = d.Int()
		case "generation_code":
			p.Generation = d.Int()
		case "number_of_phys":
			p.PhyCount = d.Int()
		default:
			if _, ok := numbered(key, "phy_"); ok {
				p.Phys = append(p.Phys, readSASPhy(d))
			}
		}
	}
	return p
}

func readSASPhy(d *jsondoc.Doc) (p SASPhy) {
	for key := range d.Object() {
		switch key {
		case "identifier":
			p.ID = d.Int()
		case "attached_device_type":
			p.AttachedType = d.Text()
		case "attached_reason":
			p.AttachedReason = d.Text()
		case "reason":
			p.Reason = d.Text()
		case "negotiated_logical_link_rate":
			p.LinkRate = d.Text()
		case "attached_initiator_port":
			p.AttachedInitiator = readMember(d, "ssp_stp_smp", (*jsondoc.Doc).Text)
		case "attached_target_port":
			p.AttachedTarget = readMember(d, "ssp_stp_smp", (*jsondoc.Doc).Text)
		case "sas_address":
			p.Address = d.Text()
		case "attached_sas_address":
			p.AttachedAddress = d.Text()
		case "attached_phy_identifier":
			p.AttachedPhy = d.Int()
		case "invalid_dword_count":
			p.InvalidDwords = d.IntPtr()
		case "running_disparity_error_count":
			p.DisparityErrors = d.IntPtr()
		case "loss_of_dword_synchronization_count":
			p.SyncLosses = d.IntPtr()
		case "phy_reset_problem_count":
			p.ResetProblems = d.IntPtr()
		case "phy_event_descriptors":
			p.readEvents(d, "")
		default:
			p.readEvent(d, key)
		}
	}
	return p
}

func (p *SASPhy) readEvents(d *jsondoc.Doc, group string) {
	for key := range d.Object() {
		if d.Kind() == jsondoc.Number {
			p.Events = append(p.Events, NamedCount{group, key, d.Uint()})
		}
	}
}

// readEvent reads a phy event: a count, or an object of counts.
func (p *SASPhy) readEvent(d *jsondoc.Doc, key string) {
	switch d.Kind() {
	case jsondoc.Number:
		p.Events = append(p.Events, NamedCount{"", key, d.Uint()})
	case jsondoc.Object:
		p.readEvents(d, key)
	}
}
