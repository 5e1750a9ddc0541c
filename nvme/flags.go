// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"strconv"
	"strings"
)

// The bit fields below are named after the NVM Express Base Specification 2.1
// and the NVM Command Set Specification 1.1. Each is a number in JSON; String
// names the bits that are set, and a bit without a name is "bit N".

// A CriticalWarning says what is wrong with a drive (base specification,
// section 5.1.12.1.3).
type CriticalWarning uint8

// The bits of CriticalWarning.
const (
	WarningSpare       CriticalWarning = 1 << iota // available spare is below its threshold
	WarningTemperature                             // a temperature is beyond a threshold
	WarningReliability                             // the NVM subsystem is degraded
	WarningReadOnly                                // the media is read only
	WarningBackup                                  // the volatile memory backup device failed
	WarningPMR                                     // the Persistent Memory Region is read only or unreliable
	WarningPersonality                             // the personality is indeterminate
)

// String names the bits that are set.
func (v CriticalWarning) String() string {
	return bitNames(uint32(v), "available spare", "temperature", "reliability degraded", "read only",
		"volatile memory backup failed", "persistent memory region", "indeterminate personality")
}

// An EnduranceGroupWarning sums up the critical warnings of endurance groups
// (base specification, section 5.1.12.1.3).
type EnduranceGroupWarning uint8

// The bits of EnduranceGroupWarning.
const (
	EnduranceGroupSpare       EnduranceGroupWarning = 1 << 0
	EnduranceGroupReliability EnduranceGroupWarning = 1 << 2
	EnduranceGroupReadOnly    EnduranceGroupWarning = 1 << 3
)

// String names the bits that are set.
func (v EnduranceGroupWarning) String() string {
	return bitNames(uint32(v), "available spare", "", "reliability degraded", "read only")
}

// CMIC is the Controller Multi-Path I/O and Namespace Sharing Capabilities.
type CMIC uint8

// The bits of CMIC.
const (
	CMICMultiPort       CMIC = 1 << iota // the NVM subsystem has several ports
	CMICMultiController                  // the NVM subsystem has several controllers
	CMICSRIOV                            // this controller is an SR-IOV virtual function
	CMICANA                              // Asymmetric Namespace Access Reporting
)

// String names the bits that are set.
func (v CMIC) String() string {
	return bitNames(uint32(v), "multi-port", "multi-controller", "SR-IOV", "ANA")
}

// OAES is the Optional Asynchronous Events Supported.
type OAES uint32

// The bits of OAES.
const (
	OAESNamespaceAttribute          OAES = 1 << 8
	OAESFirmwareActivation          OAES = 1 << 9
	OAESANAChange                   OAES = 1 << 11
	OAESPredictableLatencyAggregate OAES = 1 << 12
	OAESLBAStatus                   OAES = 1 << 13
	OAESEnduranceGroupAggregate     OAES = 1 << 14
	OAESNormalShutdown              OAES = 1 << 15
	OAESTemperatureHysteresis       OAES = 1 << 16
	OAESReachabilityGroups          OAES = 1 << 17
	OAESAllocatedNamespaceAttribute OAES = 1 << 19
	OAESZoneDescriptorChanged       OAES = 1 << 27
	OAESDiscoveryLogChange          OAES = 1 << 31
)

// String names the bits that are set.
func (v OAES) String() string {
	return bitNames(uint32(v), "", "", "", "", "", "", "", "",
		"namespace attribute", "firmware activation", "", "ANA change", "predictable latency aggregate",
		"LBA status", "endurance group aggregate", "normal shutdown", "temperature hysteresis",
		"reachability groups", "", "allocated namespace attribute", "", "", "", "", "", "", "",
		"zone descriptor changed", "", "", "", "discovery log change")
}

// CTRATT is the Controller Attributes.
type CTRATT uint32

// The bits of CTRATT.
const (
	CTRATTHostID128                CTRATT = 1 << iota // 128-bit host identifier
	CTRATTNonOperationalPermissive                    // Non-Operational Power State Permissive Mode
	CTRATTNVMSets
	CTRATTReadRecoveryLevels
	CTRATTEnduranceGroups
	CTRATTPredictableLatency
	CTRATTTrafficKeepAlive
	CTRATTNamespaceGranularity
	CTRATTSQAssociations
	CTRATTUUIDList
	CTRATTMultiDomain
	CTRATTFixedCapacity
	CTRATTVariableCapacity
	CTRATTDeleteEnduranceGroup
	CTRATTDeleteNVMSet
	CTRATTExtendedLBAFormats
	CTRATTMDTSExcludesMetadata
	CTRATTHMBRestrict
	CTRATTReservationsHostID
	CTRATTFlexibleDataPlacement
)

// String names the bits that are set.
func (v CTRATT) String() string {
	return bitNames(uint32(v), "128-bit host identifier", "non-operational permissive", "NVM sets",
		"read recovery levels", "endurance groups", "predictable latency", "traffic based keep alive",
		"namespace granularity", "SQ associations", "UUID list", "multi-domain", "fixed capacity",
		"variable capacity", "delete endurance group", "delete NVM set", "extended LBA formats",
		"MDTS excludes metadata", "HMB restrict non-operational access", "reservations and host identifier",
		"flexible data placement")
}

// OACS is the Optional Admin Command Support.
type OACS uint16

// The bits of OACS.
const (
	OACSSecurity OACS = 1 << iota // Security Send and Receive
	OACSFormat                    // Format NVM
	OACSFirmware                  // Firmware Commit and Image Download
	OACSNamespaceManagement
	OACSSelfTest // Device Self-test
	OACSDirectives
	OACSNVMeMI // NVMe-MI Send and Receive
	OACSVirtualization
	OACSDoorbellBuffer
	OACSGetLBAStatus
	OACSLockdown
	OACSLiveMigration
)

// String names the bits that are set.
func (v OACS) String() string {
	return bitNames(uint32(v), "security", "format", "firmware", "namespace management", "self-test",
		"directives", "NVMe-MI", "virtualization", "doorbell buffer", "get LBA status", "lockdown",
		"live migration")
}

// FRMW is the Firmware Updates field.
type FRMW uint8

// The bits of FRMW.
const (
	FRMWSlot1ReadOnly   FRMW = 1 << 0
	FRMWActivateNoReset FRMW = 1 << 4 // activation without a reset
	FRMWOverlapDetected FRMW = 1 << 5 // multiple updates are detected
)

// Slots returns the number of firmware slots, 1 to 7; 0 where not reported.
func (v FRMW) Slots() int { return int(v >> 1 & 7) }

// String names the bits that are set.
func (v FRMW) String() string {
	return bitNames(uint32(v&^0xe), "slot 1 read only", "", "", "", "activation without reset",
		"multiple update detection")
}

// LPA is the Log Page Attributes.
type LPA uint8

// The bits of LPA.
const (
	LPASmartPerNamespace LPA = 1 << iota
	LPACommandEffects
	LPAExtendedData // Get Log Page with offset and length
	LPATelemetry
	LPAPersistentEvent
	LPAScopes
	LPATelemetryArea4
)

// String names the bits that are set.
func (v LPA) String() string {
	return bitNames(uint32(v), "SMART per namespace", "command effects", "extended data", "telemetry",
		"persistent event", "log page scopes", "telemetry data area 4")
}

// SANICAP is the Sanitize Capabilities.
type SANICAP uint32

// The bits of SANICAP.
const (
	SANICAPCryptoErase  SANICAP = 1 << 0
	SANICAPBlockErase   SANICAP = 1 << 1
	SANICAPOverwrite    SANICAP = 1 << 2
	SANICAPVerification SANICAP = 1 << 3
	SANICAPNoDeallocate SANICAP = 1 << 29 // No-Deallocate After Sanitize is inhibited
)

// String names the bits that are set; the two high bits, which say whether the
// media is modified after a sanitize operation, are not flags.
func (v SANICAP) String() string {
	return bitNames(uint32(v&^(3<<30)), "crypto erase", "block erase", "overwrite", "media verification",
		"", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "",
		"no-deallocate inhibited")
}

// ANACAP is the Asymmetric Namespace Access Capabilities.
type ANACAP uint8

// The bits of ANACAP.
const (
	ANACAPOptimized      ANACAP = 1 << 0
	ANACAPNonOptimized   ANACAP = 1 << 1
	ANACAPInaccessible   ANACAP = 1 << 2
	ANACAPPersistentLoss ANACAP = 1 << 3
	ANACAPChange         ANACAP = 1 << 4
	ANACAPGroupIDStable  ANACAP = 1 << 6 // the group ID of an attached namespace does not change
	ANACAPGroupIDNonZero ANACAP = 1 << 7
)

// String names the bits that are set.
func (v ANACAP) String() string {
	return bitNames(uint32(v), "optimized", "non-optimized", "inaccessible", "persistent loss", "change",
		"", "stable group ID", "non-zero group ID")
}

// ONCS is the Optional NVM Command Support.
type ONCS uint16

// The bits of ONCS.
const (
	ONCSCompare ONCS = 1 << iota
	ONCSWriteUncorrectable
	ONCSDatasetManagement
	ONCSWriteZeroes
	ONCSSaveSelect // Save and Select in Set and Get Features
	ONCSReservations
	ONCSTimestamp
	ONCSVerify
	ONCSCopy
	ONCSCopyAtomicity
	ONCSAllFastCopy
	ONCSMaxWriteZeroes // Maximum Write Zeroes with Deallocate
	ONCSNamespaceZeroes
)

// String names the bits that are set.
func (v ONCS) String() string {
	return bitNames(uint32(v), "compare", "write uncorrectable", "dataset management", "write zeroes",
		"save and select", "reservations", "timestamp", "verify", "copy", "copy atomicity",
		"all fast copy", "maximum write zeroes with deallocate", "namespace zeroes")
}

// FUSES is the Fused Operation Support.
type FUSES uint16

// FUSESCompareWrite is the fused Compare and Write.
const FUSESCompareWrite FUSES = 1 << 0

// String names the bits that are set.
func (v FUSES) String() string { return bitNames(uint32(v), "compare and write") }

// FNA is the Format NVM Attributes.
type FNA uint8

// The bits of FNA.
const (
	FNAFormatAll         FNA = 1 << iota // a format applies to all namespaces
	FNASecureEraseAll                    // a secure erase applies to all namespaces
	FNACryptoErase                       // a secure erase may be cryptographic
	FNANoFormatBroadcast                 // an NSID of 0xffffffff is not supported
)

// String names the bits that are set.
func (v FNA) String() string {
	return bitNames(uint32(v), "format applies to all", "secure erase applies to all", "crypto erase",
		"no broadcast NSID")
}

// VWC is the Volatile Write Cache field.
type VWC uint8

// VWCPresent says that there is a volatile write cache.
const VWCPresent VWC = 1 << 0

// String names the bits that are set; bits 2:1, which say what a flush of all
// namespaces does, are not flags.
func (v VWC) String() string { return bitNames(uint32(v&^6), "present") }

// SGLS is the SGL Support.
type SGLS uint32

// Supported reports whether the NVM command set may use scatter-gather lists.
func (v SGLS) Supported() bool { return v&3 != 0 }

// FLBAS is the Formatted LBA Size.
type FLBAS uint8

// FLBASExtended says that metadata follows the data of each block.
const FLBASExtended FLBAS = 1 << 4

// Index returns the index of the LBA format in use. The high bits count where
// more than 16 formats are supported.
func (v FLBAS) Index(formats int) int {
	if formats <= 16 {
		return int(v & 0xf)
	}
	return int(v&0xf) | int(v>>5&3)<<4
}

// NSFEAT is the Namespace Features.
type NSFEAT uint8

// The bits of NSFEAT.
const (
	NSFEATThinProvisioning   NSFEAT = 1 << 0
	NSFEATAtomicity          NSFEAT = 1 << 1 // NAWUN, NAWUPF and NACWU are defined
	NSFEATDeallocatedError   NSFEAT = 1 << 2 // Deallocated or Unwritten Logical Block error
	NSFEATUIDReuse           NSFEAT = 1 << 3 // NGUID and EUI64 are never reused
	NSFEATOptimalPerformance NSFEAT = 3 << 4 // which of NPWG, NPWA, NPDG, NPDA and NOWS are defined
	NSFEATMultipleAtomicity  NSFEAT = 1 << 6
	NSFEATOptimalRead        NSFEAT = 1 << 7 // NPRG, NPRA and NORS are defined
)

// String names the bits that are set.
func (v NSFEAT) String() string {
	return bitNames(uint32(v), "thin provisioning", "namespace atomicity", "deallocated error",
		"UID never reused", "optimal performance", "optimal performance (large)",
		"multiple atomicity", "optimal read")
}

// MC is the Metadata Capabilities.
type MC uint8

// The bits of MC.
const (
	MCExtended MC = 1 << iota // metadata as part of an extended logical block
	MCSeparate                // metadata in a separate buffer
)

// String names the bits that are set.
func (v MC) String() string { return bitNames(uint32(v), "extended", "separate") }

// DPC is the End-to-end Data Protection Capabilities.
type DPC uint8

// The bits of DPC.
const (
	DPCType1 DPC = 1 << iota
	DPCType2
	DPCType3
	DPCFirst // protection information may be first in the metadata
	DPCLast  // … last
)

// String names the bits that are set.
func (v DPC) String() string {
	return bitNames(uint32(v), "type 1", "type 2", "type 3", "first bytes", "last bytes")
}

// DPS is the End-to-end Data Protection Type Settings.
type DPS uint8

// DPSFirst says that protection information is first in the metadata.
const DPSFirst DPS = 1 << 3

// Type returns the type of protection information, 1 to 3; 0 is none.
func (v DPS) Type() int { return int(v & 7) }

// NMIC is the Namespace Multi-path I/O and Namespace Sharing Capabilities.
type NMIC uint8

// The bits of NMIC.
const (
	NMICShared    NMIC = 1 << iota // several controllers may attach the namespace
	NMICDispersed                  // … in several NVM subsystems
)

// String names the bits that are set.
func (v NMIC) String() string { return bitNames(uint32(v), "shared", "dispersed") }

// RESCAP is the Reservation Capabilities.
type RESCAP uint8

// The bits of RESCAP.
const (
	RESCAPPersist RESCAP = 1 << iota // Persist Through Power Loss
	RESCAPWriteExclusive
	RESCAPExclusiveAccess
	RESCAPWriteExclusiveRegistrants
	RESCAPExclusiveAccessRegistrants
	RESCAPWriteExclusiveAll
	RESCAPExclusiveAccessAll
	RESCAPIgnoreExistingKey // as defined in revision 1.3 or later
)

// String names the bits that are set.
func (v RESCAP) String() string {
	return bitNames(uint32(v), "persist through power loss", "write exclusive", "exclusive access",
		"write exclusive, registrants only", "exclusive access, registrants only",
		"write exclusive, all registrants", "exclusive access, all registrants", "ignore existing key 1.3")
}

// DLFEAT is the Deallocate Logical Block Features.
type DLFEAT uint8

// The bits of DLFEAT.
const (
	DLFEATWriteZeroes DLFEAT = 1 << 3 // Deallocate in Write Zeroes
	DLFEATGuardCRC    DLFEAT = 1 << 4 // the guard of a deallocated block is the CRC of what is read
)

// Read returns what a deallocated block reads as: 0 is not reported, 1 is
// zeroes, 2 is 0xff.
func (v DLFEAT) Read() int { return int(v & 7) }

// NSATTR is the Namespace Attributes.
type NSATTR uint8

// NSATTRWriteProtected says that the namespace is write protected.
const NSATTRWriteProtected NSATTR = 1 << 0

// bitNames joins the names of the bits set in v.
func bitNames(v uint32, names ...string) string {
	var set []string
	for bit := 0; v != 0; bit, v = bit+1, v>>1 {
		switch {
		case v&1 == 0:
		case bit < len(names) && names[bit] != "":
			set = append(set, names[bit])
		default:
			set = append(set, "bit "+strconv.Itoa(bit))
		}
	}
	return strings.Join(set, ", ")
}
