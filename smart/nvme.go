// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// An NVMe holds what only NVMe drives have. The terms are those of the NVM
// Express base specification (2.0) and of smartmontools' nvmeprint.cpp.
type NVMe struct {
	PCIVendorID          int64        `json:"pci_vendor_id,omitzero"`
	PCISubsystemVendorID int64        `json:"pci_subsystem_vendor_id,omitzero"`
	OUI                  *int64       `json:"oui,omitzero"` // IEEE, of the vendor
	ControllerID         *int64       `json:"controller_id,omitzero"`
	Version              *Coded       `json:"version,omitzero"` // of the specification: "1.4"
	TotalCapacityBytes   *Uint128     `json:"total_capacity_bytes,omitzero"`
	UnallocatedBytes     *Uint128     `json:"unallocated_bytes,omitzero"`
	NamespaceLimit       *int64       `json:"namespace_limit,omitzero"` // the highest namespace identifier
	Namespaces           []Namespace  `json:"namespaces,omitzero"`
	FirmwareUpdates      *int64       `json:"firmware_updates,omitzero"` // FRMW, bits
	AdminCommands        *int64       `json:"admin_commands,omitzero"`   // OACS, bits
	NVMCommands          *int64       `json:"nvm_commands,omitzero"`     // ONCS, bits
	LogPages             *int64       `json:"log_pages,omitzero"`        // LPA, bits
	MaxTransferPages     int64        `json:"max_transfer_pages,omitzero"`
	WarningCelsius       *int64       `json:"warning_celsius,omitzero"`  // composite temperature threshold
	CriticalCelsius      *int64       `json:"critical_celsius,omitzero"` // composite temperature threshold
	PowerStates          []PowerState `json:"power_states,omitzero"`

	// CriticalWarning is the one of the health check; Health has one, too.
	CriticalWarning CriticalWarning `json:"critical_warning,omitzero"`

	Health      *NVMeHealth      `json:"health,omitzero"`
	ErrorLog    *NVMeErrorLog    `json:"error_log,omitzero"`
	SelfTestLog *NVMeSelfTestLog `json:"self_test_log,omitzero"`
}

// A Namespace is a namespace of an NVMe drive.
type Namespace struct {
	ID             int64       `json:"id"` // [AllNamespaces] for what is true of all of them
	SizeBlocks     uint64      `json:"size_blocks,omitzero"`
	SizeBytes      *Uint128    `json:"size_bytes,omitzero"`
	CapacityBlocks uint64      `json:"capacity_blocks,omitzero"`
	CapacityBytes  *Uint128    `json:"capacity_bytes,omitzero"`
	UsedBlocks     uint64      `json:"used_blocks,omitzero"`
	UsedBytes      *Uint128    `json:"used_bytes,omitzero"`
	BlockBytes     int64       `json:"block_bytes,omitzero"`
	EUI64          string      `json:"eui64,omitzero"`    // 16 hexadecimal digits
	Features       *int64      `json:"features,omitzero"` // NSFEAT, bits
	Formats        []LBAFormat `json:"formats,omitzero"`
}

// AllNamespaces is the broadcast namespace identifier. Of a controller, and not
// of one of its namespaces, smartctl prints since 7.5 what all namespaces have
// in common, under this ID.
const AllNamespaces = 0xffffffff

// An LBAFormat is a format that a namespace supports.
type LBAFormat struct {
	Formatted           bool  `json:"formatted,omitzero"` // the one in use
	DataBytes           int64 `json:"data_bytes"`
	MetadataBytes       int64 `json:"metadata_bytes,omitzero"`
	RelativePerformance int64 `json:"relative_performance,omitzero"` // 0 is best
}

// A PowerState is a power state of an NVMe drive.
type PowerState struct {
	NonOperational    bool   `json:"non_operational,omitzero"`
	ReadLatency       int64  `json:"read_latency,omitzero"`     // relative, 0 is best
	ReadThroughput    int64  `json:"read_throughput,omitzero"`  // relative, 0 is best
	WriteLatency      int64  `json:"write_latency,omitzero"`    // relative, 0 is best
	WriteThroughput   int64  `json:"write_throughput,omitzero"` // relative, 0 is best
	EntryMicroseconds int64  `json:"entry_microseconds,omitzero"`
	ExitMicroseconds  int64  `json:"exit_microseconds,omitzero"`
	MaxPower          *Power `json:"max_power,omitzero"`
	ActivePower       *Power `json:"active_power,omitzero"`
	IdlePower         *Power `json:"idle_power,omitzero"`
}

// A Power is a power in the unit that the drive uses.
type Power struct {
	Value        int64 `json:"value"`
	Scale        int64 `json:"scale,omitzero"` // the drive's code for the unit
	UnitsPerWatt int64 `json:"units_per_watt,omitzero"`
}

// An NVMeHealth is the SMART / health information log.
type NVMeHealth struct {
	NSID            *int64          `json:"nsid,omitzero"` // -1 is the whole drive
	CriticalWarning CriticalWarning `json:"critical_warning"`
	Celsius         *int64          `json:"celsius,omitzero"` // composite temperature

	SparePercent          *int64 `json:"spare_percent,omitzero"`
	SpareThresholdPercent *int64 `json:"spare_threshold_percent,omitzero"`
	UsedPercent           *int64 `json:"used_percent,omitzero"` // of the rated life; may exceed 100

	// A data unit is 1,000 blocks of 512 bytes: see [Device.BytesRead] and
	// [Device.BytesWritten].
	DataUnitsRead    *Uint128 `json:"data_units_read,omitzero"`
	DataUnitsWritten *Uint128 `json:"data_units_written,omitzero"`
	HostReads        *Uint128 `json:"host_reads,omitzero"`  // commands
	HostWrites       *Uint128 `json:"host_writes,omitzero"` // commands
	BusyMinutes      *Uint128 `json:"busy_minutes,omitzero"`
	PowerCycles      *Uint128 `json:"power_cycles,omitzero"`
	PowerOnHours     *Uint128 `json:"power_on_hours,omitzero"`
	UnsafeShutdowns  *Uint128 `json:"unsafe_shutdowns,omitzero"`
	MediaErrors      *Uint128 `json:"media_errors,omitzero"`
	ErrorLogEntries  *Uint128 `json:"error_log_entries,omitzero"` // over the drive's life
	WarningMinutes   *int64   `json:"warning_minutes,omitzero"`   // at or above the warning temperature
	CriticalMinutes  *int64   `json:"critical_minutes,omitzero"`  // at or above the critical temperature

	// How often the drive has throttled itself to cool down, lightly (1) and
	// heavily (2), and for how long.
	Thermal1Count   *int64 `json:"thermal_1_count,omitzero"`
	Thermal2Count   *int64 `json:"thermal_2_count,omitzero"`
	Thermal1Seconds *int64 `json:"thermal_1_seconds,omitzero"`
	Thermal2Seconds *int64 `json:"thermal_2_seconds,omitzero"`

	Sensors []TemperatureSensor `json:"sensors,omitzero"` // those that the drive has
}

// A TemperatureSensor is one of up to eight in an NVMe drive.
type TemperatureSensor struct {
	Number  int64 `json:"number"` // from 1
	Celsius int64 `json:"celsius"`
}

// A CriticalWarning is the critical warning field of the health log, a set of
// bits.
type CriticalWarning uint8

// The bits of a critical warning.
const (
	WarningSpare       CriticalWarning = 1 << iota // available spare is below its threshold
	WarningTemperature                             // a temperature is beyond a threshold
	WarningReliability                             // reliability is degraded by media or internal errors
	WarningReadOnly                                // the media is read only
	WarningBackup                                  // the volatile memory backup device has failed
	WarningPMR                                     // the persistent memory region is read only or unreliable
)

// An NVMeErrorLog is the error information log.
type NVMeErrorLog struct {
	Size   int64       `json:"size,omitzero"`   // entries that fit
	Read   int64       `json:"read,omitzero"`   // entries that smartctl read
	Unread int64       `json:"unread,omitzero"` // entries that there may be more
	Errors []NVMeError `json:"errors,omitzero"` // most recent first
}

// An NVMeError is an entry of the error information log.
type NVMeError struct {
	Count             uint64      `json:"count"` // a number that is unique over the drive's life
	QueueID           *int64      `json:"queue_id,omitzero"`
	CommandID         *int64      `json:"command_id,omitzero"`
	Status            *NVMeStatus `json:"status,omitzero"`
	PhaseTag          *bool       `json:"phase_tag,omitzero"`
	ParameterLocation *int64      `json:"parameter_location,omitzero"`
	LBA               *uint64     `json:"lba,omitzero"`
	NSID              *int64      `json:"nsid,omitzero"`
	VendorSpecific    *int64      `json:"vendor_specific,omitzero"`
}

// An NVMeStatus is the status field of a command.
type NVMeStatus struct {
	Value      int64  `json:"value"`
	DoNotRetry bool   `json:"do_not_retry,omitzero"`
	CodeType   int64  `json:"code_type"`
	Code       int64  `json:"code"`
	Text       string `json:"text,omitzero"` // "Invalid Field in Command"
}

// An NVMeSelfTestLog is the device self-test log.
type NVMeSelfTestLog struct {
	NSID           *int64         `json:"nsid,omitzero"` // -1 is the whole drive
	Current        *Coded         `json:"current,omitzero"`
	CurrentPercent *int64         `json:"current_percent,omitzero"` // completed of the current test
	Tests          []NVMeSelfTest `json:"tests,omitzero"`           // most recent first
}

// An NVMeSelfTest is a self-test that an NVMe drive ran.
type NVMeSelfTest struct {
	Code         Coded   `json:"code"`   // "Short", "Extended"
	Result       Coded   `json:"result"` // "Completed without error"
	PowerOnHours uint64  `json:"power_on_hours"`
	Segment      *int64  `json:"segment,omitzero"` // that failed
	NSID         *int64  `json:"nsid,omitzero"`
	LBA          *uint64 `json:"lba,omitzero"` // that failed
	StatusType   *int64  `json:"status_type,omitzero"`
	StatusCode   *int64  `json:"status_code,omitzero"`
}

// read reads a member whose key starts with "nvme_".
func (n *NVMe) read(d *jsondoc.Doc, key string) {
	switch key {
	case "nvme_pci_vendor":
		for key := range d.Object() {
			switch key {
			case "id":
				n.PCIVendorID = d.Int()
			case "subsystem_id":
				n.PCISubsystemVendorID = d.Int()
			}
		}
	case "nvme_ieee_oui_identifier":
		n.OUI = d.IntPtr()
	case "nvme_controller_id":
		n.ControllerID = d.IntPtr()
	case "nvme_version":
		n.Version = readCoded(d)
	case "nvme_total_capacity":
		n.TotalCapacityBytes = readUint128(d)
	case "nvme_unallocated_capacity":
		n.UnallocatedBytes = readUint128(d)
	case "nvme_number_of_namespaces":
		n.NamespaceLimit = d.IntPtr()
	case "nvme_namespaces":
		for range d.Array() {
			n.Namespaces = append(n.Namespaces, readNamespace(d))
		}
	case "nvme_firmware_update_capabilities":
		n.FirmwareUpdates = readBits(d)
	case "nvme_optional_admin_commands":
		n.AdminCommands = readBits(d)
	case "nvme_optional_nvm_commands":
		n.NVMCommands = readBits(d)
	case "nvme_log_page_attributes":
		n.LogPages = readBits(d)
	case "nvme_maximum_data_transfer_pages":
		n.MaxTransferPages = d.Int()
	case "nvme_composite_temperature_threshold":
		for key := range d.Object() {
			switch key {
			case "warning":
				n.WarningCelsius = d.IntPtr()
			case "critical":
				n.CriticalCelsius = d.IntPtr()
			}
		}
	case "nvme_power_states":
		n.PowerStates = make([]PowerState, 0, 5)
		for range d.Array() {
			n.PowerStates = append(n.PowerStates, readPowerState(d))
		}
	case "nvme_smart_health_information_log":
		n.Health = readNVMeHealth(d)
	case "nvme_error_information_log":
		n.ErrorLog = readNVMeErrorLog(d)
	case "nvme_self_test_log":
		n.SelfTestLog = readNVMeSelfTestLog(d)
	default:
		skipBig(d, key)
	}
}

// skipBig skips KEY_s and KEY_le, which print a big number KEY once more, as a
// text and as bytes. JSON prints KEY whole, so that they add nothing.
func skipBig(d *jsondoc.Doc, key string) {
	if strings.HasSuffix(key, "_s") && d.Kind() == jsondoc.String || strings.HasSuffix(key, "_le") && d.Kind() == jsondoc.Array {
		d.Skip()
	}
}

func readUint128(d *jsondoc.Doc) *Uint128 { return (*Uint128)(d.Uint128Ptr()) }

// readBits reads a set of bits that is spelled out beside its value.
func readBits(d *jsondoc.Doc) (value *int64) {
	for key := range d.Object() {
		switch key {
		case "value":
			value = d.IntPtr()
		default:
			if k := d.Kind(); k == jsondoc.Bool || key == "other" || key == "slots" {
				d.Skip()
			}
		}
	}
	return value
}

func readNamespace(d *jsondoc.Doc) (n Namespace) {
	for key := range d.Object() {
		switch key {
		case "id":
			n.ID = d.Int()
		case "size":
			n.SizeBlocks, n.SizeBytes = readExtent(d)
		case "capacity":
			n.CapacityBlocks, n.CapacityBytes = readExtent(d)
		case "utilization":
			n.UsedBlocks, n.UsedBytes = readExtent(d)
		case "formatted_lba_size":
			n.BlockBytes = d.Int()
		case "eui64":
			n.EUI64 = readEUI64(d)
		case "features":
			n.Features = readBits(d)
		case "lba_formats":
			n.Formats = make([]LBAFormat, 0, 8)
			for range d.Array() {
				n.Formats = append(n.Formats, readLBAFormat(d))
			}
		}
	}
	return n
}

// readExtent reads a size in blocks and bytes.
func readExtent(d *jsondoc.Doc) (blocks uint64, bytes *Uint128) {
	for key := range d.Object() {
		switch key {
		case "blocks":
			blocks = d.Uint()
		case "bytes":
			bytes = readUint128(d)
		default:
			skipBig(d, key)
		}
	}
	return blocks, bytes
}

func readEUI64(d *jsondoc.Doc) string {
	var oui, id *uint64
	for key := range d.Object() {
		switch key {
		case "oui":
			oui = d.UintPtr()
		case "ext_id":
			id = d.UintPtr()
		}
	}
	if oui == nil || id == nil {
		return "" // half of a name is another one
	}
	return hex16(*oui<<40 | *id)
}

func readLBAFormat(d *jsondoc.Doc) (f LBAFormat) {
	for key := range d.Object() {
		switch key {
		case "formatted":
			f.Formatted = d.Bool()
		case "data_bytes":
			f.DataBytes = d.Int()
		case "metadata_bytes":
			f.MetadataBytes = d.Int()
		case "relative_performance":
			f.RelativePerformance = d.Int()
		}
	}
	return f
}

func readPowerState(d *jsondoc.Doc) (s PowerState) {
	for key := range d.Object() {
		switch key {
		case "non_operational_state":
			s.NonOperational = d.Bool()
		case "relative_read_latency":
			s.ReadLatency = d.Int()
		case "relative_read_throughput":
			s.ReadThroughput = d.Int()
		case "relative_write_latency":
			s.WriteLatency = d.Int()
		case "relative_write_throughput":
			s.WriteThroughput = d.Int()
		case "entry_latency_us":
			s.EntryMicroseconds = d.Int()
		case "exit_latency_us":
			s.ExitMicroseconds = d.Int()
		case "max_power":
			s.MaxPower = readPower(d)
		case "active_power":
			s.ActivePower = readPower(d)
		case "idle_power":
			s.IdlePower = readPower(d)
		}
	}
	return s
}

func readPower(d *jsondoc.Doc) *Power {
	p := new(Power)
	for key := range d.Object() {
		switch key {
		case "value":
			p.Value = d.Int()
		case "scale":
			p.Scale = d.Int()
		case "units_per_watt":
			p.UnitsPerWatt = d.Int()
		}
	}
	return p
}
