// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// An ErrorLog is the summary or the extended comprehensive SMART error log.
type ErrorLog struct {
	Revision    int64      `json:"revision,omitzero"`
	Sectors     int64      `json:"sectors,omitzero"`      // the size of the log
	Count       int64      `json:"count"`                 // errors over the drive's life
	LoggedCount int64      `json:"logged_count,omitzero"` // those that are still in the log
	Errors      []ATAError `json:"errors,omitzero"`       // most recent first
}

// An ATAError is an entry of an error log.
type ATAError struct {
	Number        int64        `json:"number"`              // from 1 over the drive's life
	LogIndex      int64        `json:"log_index,omitzero"`  // extended log only
	LifetimeHours int64        `json:"lifetime_hours"`      // power-on hours; 16 bits, so that it wraps
	State         *Coded       `json:"state,omitzero"`      // what the drive was doing
	Completion    Registers    `json:"completion,omitzero"` // registers when the command had failed
	Description   string       `json:"description,omitzero"`
	Commands      []ATACommand `json:"commands,omitzero"` // the failed command and those before it, latest first
}

// An ATACommand is a command that led to an error.
type ATACommand struct {
	Registers           Registers `json:"registers,omitzero"`
	PowerupMilliseconds int64     `json:"powerup_milliseconds"` // since the drive was powered on
	Name                string    `json:"name,omitzero"`
}

// Registers are the ATA registers of a command or its completion.
type Registers struct {
	Command       int64  `json:"command,omitzero"`
	Error         int64  `json:"error,omitzero"`
	Status        int64  `json:"status,omitzero"`
	Features      int64  `json:"features,omitzero"`
	Count         int64  `json:"count,omitzero"`
	LBA           uint64 `json:"lba,omitzero"`
	Device        int64  `json:"device,omitzero"`
	DeviceControl int64  `json:"device_control,omitzero"`
}

// A SelfTestLog is the standard or the extended self-test log.
type SelfTestLog struct {
	Revision      int64      `json:"revision,omitzero"`
	Sectors       int64      `json:"sectors,omitzero"` // the size of the log
	Count         int64      `json:"count"`
	ErrorCount    int64      `json:"error_count,omitzero"`    // failed tests in the log
	OutdatedCount int64      `json:"outdated_count,omitzero"` // those of them that a later test has passed
	Tests         []SelfTest `json:"tests,omitzero"`          // most recent first
}

// A SelfTest is a self-test that an ATA drive ran.
type SelfTest struct {
	Type          Coded      `json:"type"` // "Short offline", "Extended offline"
	Status        TestStatus `json:"status"`
	LifetimeHours int64      `json:"lifetime_hours"` // power-on hours; 16 bits, so that it wraps
	LBA           *uint64    `json:"lba,omitzero"`   // the first error
}

// A SelectiveLog is the selective self-test log.
type SelectiveLog struct {
	Revision      int64           `json:"revision,omitzero"`
	Spans         []SelectiveSpan `json:"spans,omitzero"`
	ReadScan      *SelectiveSpan  `json:"read_scan,omitzero"` // where the read scan is that follows
	Flags         int64           `json:"flags,omitzero"`
	ResumeMinutes *int64          `json:"resume_minutes,omitzero"` // after power on
}

// A SelectiveSpan is a range of blocks to be tested.
type SelectiveSpan struct {
	FirstLBA        uint64     `json:"first_lba"`
	LastLBA         uint64     `json:"last_lba"`
	Status          TestStatus `json:"status"`
	CurrentFirstLBA *uint64    `json:"current_first_lba,omitzero"`
	CurrentLastLBA  *uint64    `json:"current_last_lba,omitzero"`
}

// PendingDefects is the pending defects log: blocks that could not be read.
type PendingDefects struct {
	Capacity int64           `json:"capacity,omitzero"` // entries that fit
	Count    int64           `json:"count"`
	Defects  []PendingDefect `json:"defects,omitzero"`
}

// A PendingDefect is a block that could not be read.
type PendingDefect struct {
	LBA   uint64 `json:"lba"`
	Hours *int64 `json:"hours,omitzero"` // power-on hours when it was found
}

// A LogDirectory lists the logs that a drive has.
type LogDirectory struct {
	GPVersion        *int64         `json:"gp_version,omitzero"`    // general purpose log directory
	SmartVersion     *int64         `json:"smart_version,omitzero"` // SMART log directory
	SmartMultiSector bool           `json:"smart_multi_sector,omitzero"`
	Logs             []LogAddresses `json:"logs,omitzero"`
}

// LogAddresses is a log, or a range of logs of the same name.
type LogAddresses struct {
	Address      int64  `json:"address"`
	Name         string `json:"name,omitzero"`
	Readable     bool   `json:"readable,omitzero"`
	Writable     bool   `json:"writable,omitzero"`
	GPSectors    int64  `json:"gp_sectors,omitzero"`
	SmartSectors int64  `json:"smart_sectors,omitzero"`
}

// A PhyEvent is a counter of the SATA link.
type PhyEvent struct {
	ID        int64  `json:"id"`
	Name      string `json:"name,omitzero"`
	SizeBytes int64  `json:"size_bytes,omitzero"`
	Value     uint64 `json:"value"`
	Overflow  bool   `json:"overflow,omitzero"` // Value is the largest that fits
}

// count is where the table of a log is allocated: a claim of the document that
// is believed only up to most.
func count(claimed int64, most int) int { return int(min(max(claimed, 0), int64(most))) }

func (a *ATA) readErrorLogs(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "summary":
			a.ErrorLog = readErrorLog(d, true)
		case "extended":
			a.ExtendedErrorLog = readErrorLog(d, false)
		}
	}
}

// readErrorLog reads a log of errors, the summary or the extended one.
func readErrorLog(d *jsondoc.Doc, summary bool) *ErrorLog {
	l := new(ErrorLog)
	for key := range d.Object() {
		switch key {
		case "revision":
			l.Revision = d.Int()
		case "sectors":
			l.Sectors = d.Int()
		case "count":
			l.Count = d.Int()
		case "logged_count":
			l.LoggedCount = d.Int()
		case "table":
			l.Errors = make([]ATAError, 0, count(l.LoggedCount, 64))
			for range d.Array() {
				l.Errors = append(l.Errors, readATAError(d, summary))
			}
		}
	}
	return l
}

func readATAError(d *jsondoc.Doc, summary bool) (e ATAError) {
	for key := range d.Object() {
		switch key {
		case "error_number":
			e.Number = d.Int()
		case "log_index":
			e.LogIndex = d.Int()
		case "lifetime_hours":
			e.LifetimeHours = d.Int()
		case "device_state":
			e.State = readCoded(d)
		case "completion_registers":
			e.Completion = readRegisters(d, summary)
		case "error_description":
			e.Description = strings.TrimSpace(strings.TrimPrefix(d.Text(), "Error:")) // the errors it stands for may have no name
		case "previous_commands":
			e.Commands = make([]ATACommand, 0, 5) // what an entry holds
			for range d.Array() {
				e.Commands = append(e.Commands, readATACommand(d, summary))
			}
		}
	}
	return e
}

func readATACommand(d *jsondoc.Doc, summary bool) (c ATACommand) {
	for key := range d.Object() {
		switch key {
		case "registers":
			c.Registers = readRegisters(d, summary)
		case "powerup_milliseconds":
			c.PowerupMilliseconds = d.Int()
		case "command_name":
			c.Name = d.Text()
		}
	}
	return c
}

// readRegisters reads the registers of a log. Of the summary log, JSON's address lacks
// the bits 24 to 27, which are in the device register (ataprint.cpp,
// PrintSmartErrorlog): an address without them is none.
func readRegisters(d *jsondoc.Doc, summary bool) (r Registers) {
	lba, device := false, false
	for key := range d.Object() {
		switch key {
		case "command":
			r.Command = d.Int()
		case "error":
			r.Error = d.Int()
		case "status":
			r.Status = d.Int()
		case "features":
			r.Features = d.Int()
		case "count":
			r.Count = d.Int()
		case "lba":
			r.LBA, lba = d.Uint(), true
		case "device":
			r.Device, device = d.Int(), true
		case "device_control":
			r.DeviceControl = d.Int()
		}
	}
	switch {
	case !summary:
	case lba && device:
		r.LBA |= uint64(r.Device&15) << 24
	default:
		r.LBA = 0
	}
	return r
}

func (a *ATA) readSelfTestLogs(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "standard":
			a.SelfTestLog = readSelfTestLog(d)
		case "extended":
			a.ExtendedSelfTestLog = readSelfTestLog(d)
		}
	}
}

func readSelfTestLog(d *jsondoc.Doc) *SelfTestLog {
	l := new(SelfTestLog)
	for key := range d.Object() {
		switch key {
		case "revision":
			l.Revision = d.Int()
		case "sectors":
			l.Sectors = d.Int()
		case "count":
			l.Count = d.Int()
		case "error_count_total":
			l.ErrorCount = d.Int()
		case "error_count_outdated":
			l.OutdatedCount = d.Int()
		case "table":
			l.Tests = make([]SelfTest, 0, 21) // what the standard log holds
			for range d.Array() {
				l.Tests = append(l.Tests, readSelfTest(d))
			}
		}
	}
	return l
}

func readSelfTest(d *jsondoc.Doc) (t SelfTest) {
	for key := range d.Object() {
		switch key {
		case "type":
			t.Type = readCodedValue(d)
		case "status":
			t.Status = *readTestStatus(d)
		case "lifetime_hours":
			t.LifetimeHours = d.Int()
		case "lba":
			t.LBA = d.UintPtr()
		}
	}
	return t
}

func readSelectiveLog(d *jsondoc.Doc) *SelectiveLog {
	l := new(SelectiveLog)
	for key := range d.Object() {
		switch key {
		case "revision":
			l.Revision = d.Int()
		case "table":
			l.Spans = make([]SelectiveSpan, 0, 5) // what the log holds
			for range d.Array() {
				l.Spans = append(l.Spans, readSelectiveSpan(d))
			}
		case "current_read_scan":
			span := readSelectiveSpan(d)
			l.ReadScan = &span
		case "flags":
			for key := range d.Object() {
				switch key {
				case "value":
					l.Flags = d.Int()
				case "remainder_scan_enabled", "remainder_scan_active", "power_up_scan_pending":
					d.Skip() // bits of value
				}
			}
		case "power_up_scan_resume_minutes":
			l.ResumeMinutes = d.IntPtr()
		}
	}
	return l
}

func readSelectiveSpan(d *jsondoc.Doc) (s SelectiveSpan) {
	for key := range d.Object() {
		switch key {
		case "lba_min":
			s.FirstLBA = d.Uint()
		case "lba_max":
			s.LastLBA = d.Uint()
		case "status":
			s.Status = *readTestStatus(d)
		case "current_lba_min":
			s.CurrentFirstLBA = d.UintPtr()
		case "current_lba_max":
			s.CurrentLastLBA = d.UintPtr()
		}
	}
	return s
}

func readPendingDefects(d *jsondoc.Doc) *PendingDefects {
	p := new(PendingDefects)
	for key := range d.Object() {
		switch key {
		case "size":
			p.Capacity = d.Int()
		case "count":
			p.Count = d.Int()
		case "table":
			p.Defects = readDefects(d)
		}
	}
	return p
}

// readDefects reads the table of the ATA or SCSI pending defects log. The SCSI
// one is numbered from 1, so that smartctl prints a null first.
func readDefects(d *jsondoc.Doc) []PendingDefect {
	var list []PendingDefect
	for range d.Array() {
		if d.Kind() == jsondoc.Null {
			d.Skip()
			continue
		}
		var p PendingDefect
		for key := range d.Object() {
			switch key {
			case "lba":
				p.LBA = d.Uint()
			case "power_on_hours", "accum_power_on_hours":
				p.Hours = d.IntPtr()
			default:
				skipBig(d, key)
			}
		}
		list = append(list, p)
	}
	return list
}

func readLogDirectory(d *jsondoc.Doc) *LogDirectory {
	l := new(LogDirectory)
	for key := range d.Object() {
		switch key {
		case "gp_dir_version":
			l.GPVersion = d.IntPtr()
		case "smart_dir_version":
			l.SmartVersion = d.IntPtr()
		case "smart_dir_multi_sector":
			l.SmartMultiSector = d.Bool()
		case "table":
			l.Logs = make([]LogAddresses, 0, 32)
			for range d.Array() {
				l.Logs = append(l.Logs, readLogAddresses(d))
			}
		}
	}
	return l
}

func readLogAddresses(d *jsondoc.Doc) (l LogAddresses) {
	for key := range d.Object() {
		switch key {
		case "address":
			l.Address = d.Int()
		case "name":
			l.Name = d.Text()
		case "read":
			l.Readable = d.Bool()
		case "write":
			l.Writable = d.Bool()
		case "gp_sectors":
			l.GPSectors = d.Int()
		case "smart_sectors":
			l.SmartSectors = d.Int()
		}
	}
	return l
}

func (a *ATA) readPhyEvents(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "table":
			a.PhyEvents = make([]PhyEvent, 0, 16)
			for range d.Array() {
				a.PhyEvents = append(a.PhyEvents, readPhyEvent(d))
			}
		case "reset":
			a.PhyEventsReset = d.BoolPtr()
		}
	}
}

func readPhyEvent(d *jsondoc.Doc) (e PhyEvent) {
	for key := range d.Object() {
		switch key {
		case "id":
			e.ID = d.Int()
		case "name":
			e.Name = d.Text()
		case "size":
			e.SizeBytes = d.Int()
		case "value":
			e.Value = d.Uint()
		case "overflow":
			e.Overflow = d.Bool()
		}
	}
	return e
}
