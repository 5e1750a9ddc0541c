// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// An IDCtrl is the Identify Controller data structure: what "nvme id-ctrl"
// prints (NVM Express Base Specification 2.1, Identify with CNS 01h). Each field
// names the specification's.
//
// A plain number is 0 where the drive does not report or support the thing, or
// the version of nvme-cli does not print it; a pointer tells a reading of 0
// from that.
type IDCtrl struct {
	Serial   string `json:"serial,omitzero"`   // SN, without the blanks around it
	Model    string `json:"model,omitzero"`    // MN
	Firmware string `json:"firmware,omitzero"` // FR: the active revision

	PCIVendorID          uint16  `json:"pci_vendor_id,omitzero"`           // VID
	PCISubsystemVendorID uint16  `json:"pci_subsystem_vendor_id,omitzero"` // SSVID
	ProductName          string  `json:"product_name,omitzero"`            // from pci.ids; since nvme-cli 3.0
	OUI                  string  `json:"oui,omitzero"`                     // IEEE: six hex digits
	ControllerID         *uint16 `json:"controller_id,omitzero"`           // CNTLID
	Version              Version `json:"version,omitzero"`                 // VER: of the specification
	SubsystemNQN         string  `json:"subsystem_nqn,omitzero"`           // SUBNQN
	FRUGUID              string  `json:"fru_guid,omitzero"`                // FGUID: "" if all zero

	ControllerType ControllerType `json:"controller_type,omitzero"` // CNTRLTYPE
	NamespaceCount uint32         `json:"namespace_count,omitzero"` // NN: the highest NSID, not how many there are

	// Capacity of the NVM subsystem; zero where it has no namespace management.
	TotalCapacityBytes             Uint128  `json:"total_capacity_bytes,omitzero"`               // TNVMCAP
	UnallocatedCapacityBytes       *Uint128 `json:"unallocated_capacity_bytes,omitzero"`         // UNVMCAP
	MaxEnduranceGroupCapacityBytes Uint128  `json:"max_endurance_group_capacity_bytes,omitzero"` // MEGCAP

	// Temperatures; nil where the drive reports 0 K.
	WarningTemperatureCelsius     *int `json:"warning_temperature_celsius,omitzero"`      // WCTEMP
	CriticalTemperatureCelsius    *int `json:"critical_temperature_celsius,omitzero"`     // CCTEMP
	MinThrottleTemperatureCelsius *int `json:"min_throttle_temperature_celsius,omitzero"` // MNTMT
	MaxThrottleTemperatureCelsius *int `json:"max_throttle_temperature_celsius,omitzero"` // MXTMT

	// What the controller can do.
	CMIC    CMIC    `json:"cmic,omitzero"`
	OAES    OAES    `json:"oaes,omitzero"`
	CTRATT  CTRATT  `json:"ctratt,omitzero"`
	OACS    OACS    `json:"oacs,omitzero"`
	FRMW    FRMW    `json:"frmw,omitzero"`
	LPA     LPA     `json:"lpa,omitzero"`
	SANICAP SANICAP `json:"sanicap,omitzero"`
	ANACAP  ANACAP  `json:"anacap,omitzero"`
	ONCS    ONCS    `json:"oncs,omitzero"`
	FUSES   FUSES   `json:"fuses,omitzero"`
	FNA     FNA     `json:"fna,omitzero"`
	VWC     VWC     `json:"vwc,omitzero"`
	SGLS    SGLS    `json:"sgls,omitzero"`

	// Limits.
	MDTS                     *uint8 `json:"mdts,omitzero"`                           // Maximum Data Transfer Size, 2^n minimum pages; 0 is no limit
	AbortCommandLimit        int    `json:"abort_command_limit,omitzero"`            // ACL, counted from 1
	AsyncEventRequestLimit   int    `json:"async_event_request_limit,omitzero"`      // AERL, counted from 1
	ErrorLogEntries          int    `json:"error_log_entries,omitzero"`              // ELPE, counted from 1
	SubmissionEntrySizes     uint8  `json:"submission_entry_sizes,omitzero"`         // SQES: 2^n bytes, maximum in the high nibble
	CompletionEntrySizes     uint8  `json:"completion_entry_sizes,omitzero"`         // CQES
	MaxOutstandingCommands   uint16 `json:"max_outstanding_commands,omitzero"`       // MAXCMD
	AtomicWriteBlocks        int    `json:"atomic_write_blocks,omitzero"`            // AWUN, counted from 1
	AtomicWritePowerBlocks   int    `json:"atomic_write_power_fail_blocks,omitzero"` // AWUPF, counted from 1
	AtomicCompareWriteBlocks int    `json:"atomic_compare_write_blocks,omitzero"`    // ACWU, counted from 1
	MaxAllowedNamespaces     uint32 `json:"max_allowed_namespaces,omitzero"`         // MNAN
	MaxNVMSetID              uint16 `json:"max_nvm_set_id,omitzero"`                 // NSETIDMAX
	MaxEnduranceGroupID      uint16 `json:"max_endurance_group_id,omitzero"`         // ENDGIDMAX
	MaxANAGroupID            uint32 `json:"max_ana_group_id,omitzero"`               // ANAGRPMAX
	ANAGroupCount            uint32 `json:"ana_group_count,omitzero"`                // NANAGRPID
	DomainID                 uint16 `json:"domain_id,omitzero"`                      // DOMAINID
	PersistentEventLogBytes  uint64 `json:"persistent_event_log_bytes,omitzero"`     // PELS

	// Times.
	ResumeMicroseconds                 uint32 `json:"resume_microseconds,omitzero"`                   // RTD3R: out of D3
	EntryMicroseconds                  uint32 `json:"entry_microseconds,omitzero"`                    // RTD3E: into D3
	ShutdownMicroseconds               uint32 `json:"shutdown_microseconds,omitzero"`                 // NSSL: NVM subsystem shutdown
	RetryDelay1Milliseconds            int    `json:"retry_delay_1_milliseconds,omitzero"`            // CRDT1
	RetryDelay2Milliseconds            int    `json:"retry_delay_2_milliseconds,omitzero"`            // CRDT2
	RetryDelay3Milliseconds            int    `json:"retry_delay_3_milliseconds,omitzero"`            // CRDT3
	FirmwareActivationMilliseconds     int    `json:"firmware_activation_milliseconds,omitzero"`      // MTFA
	ActivationWithoutResetMilliseconds int    `json:"activation_without_reset_milliseconds,omitzero"` // MPTFAWR
	KeepAliveStepMilliseconds          int    `json:"keep_alive_step_milliseconds,omitzero"`          // KAS
	SelfTestMinutes                    int    `json:"self_test_minutes,omitzero"`                     // EDSTT: extended device self-test
	ANATransitionSeconds               int    `json:"ana_transition_seconds,omitzero"`                // ANATT
	CommandQuiesceMilliseconds         int    `json:"command_quiesce_milliseconds,omitzero"`          // CQT

	// Host memory buffer.
	HostMemoryPreferredBytes     uint64 `json:"host_memory_preferred_bytes,omitzero"`     // HMPRE
	HostMemoryMinimumBytes       uint64 `json:"host_memory_minimum_bytes,omitzero"`       // HMMIN
	HostMemoryMinimumEntryBytes  uint64 `json:"host_memory_minimum_entry_bytes,omitzero"` // HMMINDS
	HostMemoryMaximumDescriptors uint16 `json:"host_memory_maximum_descriptors,omitzero"` // HMMAXD

	PowerStateCount int          `json:"power_state_count,omitzero"` // NPSS, counted from 1
	PowerStates     []PowerState `json:"power_states,omitzero"`

	// What few need, as the drive gives it.
	Other IDCtrlOther `json:"other,omitzero"`

	VendorSpecific []string `json:"vendor_specific,omitzero"` // VS as text, with --vendor-specific

	// Extra holds what no field above takes, by its path in the JSON or its
	// key in plain text.
	Extra map[string]json.RawMessage `json:"extra,omitzero"`
}

// IDCtrlOther holds the fields of Identify Controller that few need, under
// their names in the specification and with their values as reported.
type IDCtrlOther struct {
	RAB      uint8   `json:"rab,omitzero"`      // Recommended Arbitration Burst
	RRLS     uint16  `json:"rrls,omitzero"`     // Read Recovery Levels Supported
	BPCAP    uint8   `json:"bpcap,omitzero"`    // Boot Partition Capabilities
	PLSI     uint8   `json:"plsi,omitzero"`     // Power Loss Signaling Information
	CRCAP    uint8   `json:"crcap,omitzero"`    // Controller Reachability Capabilities
	CIU      uint8   `json:"ciu,omitzero"`      // Controller Instance Uniquifier
	CIRN     uint64  `json:"cirn,omitzero"`     // Controller Instance Random Number
	NVMSR    uint8   `json:"nvmsr,omitzero"`    // NVM Subsystem Report
	VWCI     uint8   `json:"vwci,omitzero"`     // VPD Write Cycle Information
	MEC      uint8   `json:"mec,omitzero"`      // Management Endpoint Capabilities
	AVSCC    uint8   `json:"avscc,omitzero"`    // Admin Vendor Specific Command Configuration
	APSTA    uint8   `json:"apsta,omitzero"`    // Autonomous Power State Transition Attributes
	RPMBS    uint32  `json:"rpmbs,omitzero"`    // Replay Protected Memory Block Support
	DSTO     uint8   `json:"dsto,omitzero"`     // Device Self-test Options
	FWUG     uint8   `json:"fwug,omitzero"`     // Firmware Update Granularity, 4 KiB; 0xff is no restriction
	HCTMA    uint16  `json:"hctma,omitzero"`    // Host Controlled Thermal Management Attributes
	KPIOC    uint8   `json:"kpioc,omitzero"`    // Key Per I/O Capabilities
	TMPTHHA  uint8   `json:"tmpthha,omitzero"`  // Temperature Threshold Hysteresis Attributes
	MUPA     uint8   `json:"mupa,omitzero"`     // this and the next fourteen: NVMe 2.2 and later
	CDPA     uint16  `json:"cdpa,omitzero"`     //
	MUP      uint16  `json:"mup,omitzero"`      //
	IPMSR    uint16  `json:"ipmsr,omitzero"`    //
	MSMT     uint16  `json:"msmt,omitzero"`     //
	MNENS    uint16  `json:"mnens,omitzero"`    //
	MNECPENS uint16  `json:"mnecpens,omitzero"` //
	MENSNN   uint32  `json:"mensnn,omitzero"`   //
	ENSA     uint16  `json:"ensa,omitzero"`     //
	ENDSFS   uint16  `json:"endsfs,omitzero"`   //
	VSEN1    uint32  `json:"vsen1,omitzero"`    //
	VSEN2    uint32  `json:"vsen2,omitzero"`    //
	VSEN3    uint32  `json:"vsen3,omitzero"`    //
	VSEN4    uint32  `json:"vsen4,omitzero"`    //
	MSVMT    uint16  `json:"msvmt,omitzero"`    //
	ICSVSCC  uint8   `json:"icsvscc,omitzero"`  // I/O Command Set Vendor Specific Command Configuration; NVSCC before 2.0
	NWPC     uint8   `json:"nwpc,omitzero"`     // Namespace Write Protection Capabilities
	OCFS     uint16  `json:"ocfs,omitzero"`     // Optional Copy Formats Supported
	MAXDNA   Uint128 `json:"maxdna,omitzero"`   // Maximum Domain Namespace Attachments
	MAXCNA   uint32  `json:"maxcna,omitzero"`   // Maximum I/O Controller Namespace Attachments
	OAQD     uint32  `json:"oaqd,omitzero"`     // Optimal Aggregated Queue Depth
	RHIRI    uint8   `json:"rhiri,omitzero"`    // Recommended Host-Initiated Refresh Interval
	HIRT     uint8   `json:"hirt,omitzero"`     // Host-Initiated Refresh Time
	CMMRTD   uint16  `json:"cmmrtd,omitzero"`   // Controller Maximum Memory Range Tracking Descriptors
	NMMRTD   uint16  `json:"nmmrtd,omitzero"`   // NVM Subsystem Maximum Memory Range Tracking Descriptors
	MINMRTG  uint8   `json:"minmrtg,omitzero"`  // Minimum Memory Range Tracking Granularity
	MAXMRTG  uint8   `json:"maxmrtg,omitzero"`  // Maximum Memory Range Tracking Granularity
	TRATTR   uint8   `json:"trattr,omitzero"`   // Tracking Attributes
	MCUDMQ   uint16  `json:"mcudmq,omitzero"`   // Maximum Controller User Data Migration Queues
	MNSUDMQ  uint16  `json:"mnsudmq,omitzero"`  // Maximum NVM Subsystem User Data Migration Queues
	MCMR     uint16  `json:"mcmr,omitzero"`     // Maximum CDQ Memory Ranges
	NMCMR    uint16  `json:"nmcmr,omitzero"`    // NVM Subsystem Maximum CDQ Memory Ranges
	MCDQPC   uint16  `json:"mcdqpc,omitzero"`   // Maximum Controller Data Queue PRP Count
	IOCCSZ   uint32  `json:"ioccsz,omitzero"`   // I/O Queue Command Capsule Supported Size, 16 bytes
	IORCSZ   uint32  `json:"iorcsz,omitzero"`   // I/O Queue Response Capsule Supported Size, 16 bytes
	ICDOFF   uint16  `json:"icdoff,omitzero"`   // In Capsule Data Offset, 16 bytes
	FCATT    uint8   `json:"fcatt,omitzero"`    // Fabrics Controller Attributes; CTRATTR before 2.0
	MSDBD    uint8   `json:"msdbd,omitzero"`    // Maximum SGL Data Block Descriptors
	OFCS     uint16  `json:"ofcs,omitzero"`     // Optional Fabrics Commands Support
	DCTYPE   uint8   `json:"dctype,omitzero"`   // Discovery Controller Type
	CCRL     uint8   `json:"ccrl,omitzero"`     // Cross-Controller Reset Limit
}

// A PowerState is one Power State Descriptor of Identify Controller (NVM Express Base
// Specification 2.1).
type PowerState struct {
	Number                  int     `json:"number"`
	MaxMicrowatts           *uint32 `json:"max_microwatts,omitzero"` // MP
	NonOperational          bool    `json:"non_operational,omitzero"`
	EntryMicroseconds       uint32  `json:"entry_microseconds,omitzero"` // ENLAT
	ExitMicroseconds        uint32  `json:"exit_microseconds,omitzero"`  // EXLAT
	RelativeReadThroughput  uint8   `json:"relative_read_throughput"`    // RRT: smaller is better
	RelativeReadLatency     uint8   `json:"relative_read_latency"`       // RRL
	RelativeWriteThroughput uint8   `json:"relative_write_throughput"`   // RWT
	RelativeWriteLatency    uint8   `json:"relative_write_latency"`      // RWL
	IdleMicrowatts          *uint32 `json:"idle_microwatts,omitzero"`    // IDLP; nil where not reported
	ActiveMicrowatts        *uint32 `json:"active_microwatts,omitzero"`  // ACTP; nil where not reported

	// Fields that nvme-cli's JSON prints and plain text spells out or omits.
	Workload                   uint8  `json:"workload,omitzero"`                      // APW: what ActiveMicrowatts was measured under
	EmergencyRecoveryTime      uint8  `json:"emergency_recovery_time,omitzero"`       // EPFRT, in units of its scale
	EmergencyRecoveryScale     uint8  `json:"emergency_recovery_scale,omitzero"`      //
	ForcedQuiescenceVaultTime  uint8  `json:"forced_quiescence_vault_time,omitzero"`  // FQVT
	ForcedQuiescenceVaultScale uint8  `json:"forced_quiescence_vault_scale,omitzero"` //
	EmergencyVaultTime         uint8  `json:"emergency_vault_time,omitzero"`          // EPFVT
	EmergencyVaultScale        uint8  `json:"emergency_vault_scale,omitzero"`         //
	MaxBandwidth               uint8  `json:"max_bandwidth,omitzero"`                 // MBW; since nvme-cli 3.0
	MaxBandwidthScale          uint8  `json:"max_bandwidth_scale,omitzero"`           //
	MinIdleExitLatencyLimit    uint16 `json:"min_idle_exit_latency_limit,omitzero"`   // MIIELL; since nvme-cli 3.0
}

// A Version is a version of the NVM Express specification. Drives older than
// 1.2 report 0.
type Version uint32

// String returns "1.4" or "1.2.1", or "" for 0.
func (v Version) String() string {
	if v == 0 {
		return ""
	}
	s := fmt.Sprintf("%d.%d", v>>16, v>>8&0xff)
	if v&0xff != 0 {
		s += fmt.Sprintf(".%d", v&0xff)
	}
	return s
}

// MarshalText writes the version as String does.
func (v Version) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (v *Version) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*v = 0
		return nil
	}
	parts := strings.Split(string(text), ".")
	if len(parts) < 2 || len(parts) > 3 {
		return ErrSyntax
	}
	var n uint64
	for i, width := range []int{16, 8, 8} {
		part := uint64(0)
		if i < len(parts) {
			var err error
			if part, err = strconv.ParseUint(parts[i], 10, width); err != nil {
				return numError(err)
			}
		}
		n = n<<width | part
	}
	*v = Version(n)
	return nil
}

// A ControllerType is the kind of a controller.
type ControllerType uint8

// The types of controllers. 0 is not reported.
const (
	ControllerIO             ControllerType = 1
	ControllerDiscovery      ControllerType = 2
	ControllerAdministrative ControllerType = 3
)

// String returns the specification's name of t.
func (t ControllerType) String() string {
	switch t {
	case 0:
		return "not reported"
	case ControllerIO:
		return "I/O controller"
	case ControllerDiscovery:
		return "Discovery controller"
	case ControllerAdministrative:
		return "Administrative controller"
	}
	return fmt.Sprintf("reserved (%d)", uint8(t))
}
