// SPDX-License-Identifier: Apache-2.0

package nvme

import "encoding/json"

// An IDNS is the Identify Namespace data structure: what "nvme id-ns" prints
// (NVM Express NVM Command Set Specification 1.1, Identify with CNS 00h). Each
// field names the specification's.
//
// A plain number is 0 where the drive does not report or support the thing, or
// the version of nvme-cli does not print it; a pointer tells a reading of 0
// from that.
type IDNS struct {
	NSID  uint32 `json:"nsid,omitzero"`  // plain text only
	EUI64 string `json:"eui64,omitzero"` // 16 hex digits, "" if all zero
	NGUID string `json:"nguid,omitzero"` // 32 hex digits, "" if all zero

	SizeBlocks     *uint64 `json:"size_blocks,omitzero"`     // NSZE
	CapacityBlocks *uint64 `json:"capacity_blocks,omitzero"` // NCAP
	UsedBlocks     *uint64 `json:"used_blocks,omitzero"`     // NUSE
	CapacityBytes  Uint128 `json:"capacity_bytes,omitzero"`  // NVMCAP; 0 where not reported

	LBAFormats      []LBAFormat `json:"lba_formats,omitzero"`
	LBAFormatCount  int         `json:"lba_format_count,omitzero"`  // NLBAF, counted from 1
	UniqueLBAFormat uint8       `json:"unique_lba_format,omitzero"` // NULBAF: number of formats with attributes of their own
	FLBAS           *FLBAS      `json:"flbas,omitzero"`

	NSFEAT NSFEAT `json:"nsfeat,omitzero"`
	MC     MC     `json:"mc,omitzero"`
	DPC    DPC    `json:"dpc,omitzero"`
	DPS    DPS    `json:"dps,omitzero"`
	NMIC   NMIC   `json:"nmic,omitzero"`
	RESCAP RESCAP `json:"rescap,omitzero"`
	FPI    uint8  `json:"fpi,omitzero"` // Format Progress Indicator: bit 7 is support, the rest what remains in percent
	DLFEAT DLFEAT `json:"dlfeat,omitzero"`
	NSATTR NSATTR `json:"nsattr,omitzero"`
	KPIOS  uint8  `json:"kpios,omitzero"` // Key Per I/O Status

	ANAGroupID       uint32 `json:"ana_group_id,omitzero"`       // ANAGRPID
	NVMSetID         uint16 `json:"nvm_set_id,omitzero"`         // NVMSETID
	EnduranceGroupID uint16 `json:"endurance_group_id,omitzero"` // ENDGID

	// Atomic writes, in blocks less one as the specification counts them. What
	// they mean depends on NSFEAT.
	NAWUN  uint16 `json:"nawun,omitzero"`
	NAWUPF uint16 `json:"nawupf,omitzero"`
	NACWU  uint16 `json:"nacwu,omitzero"`
	NABSN  uint16 `json:"nabsn,omitzero"`
	NABO   uint16 `json:"nabo,omitzero"`
	NABSPF uint16 `json:"nabspf,omitzero"`

	// Sizes and alignments that perform best, in blocks.
	OptimalIOBoundary              uint16 `json:"optimal_io_boundary_blocks,omitzero"`              // NOIOB
	PreferredWriteGranularity      int    `json:"preferred_write_granularity_blocks,omitzero"`      // NPWG, counted from 1
	PreferredWriteAlignment        int    `json:"preferred_write_alignment_blocks,omitzero"`        // NPWA, counted from 1
	PreferredDeallocateGranularity int    `json:"preferred_deallocate_granularity_blocks,omitzero"` // NPDG, counted from 1
	PreferredDeallocateAlignment   int    `json:"preferred_deallocate_alignment_blocks,omitzero"`   // NPDA, counted from 1
	OptimalWriteSize               int    `json:"optimal_write_size_blocks,omitzero"`               // NOWS, counted from 1
	MaxSingleCopyBlocks            uint16 `json:"max_single_copy_blocks,omitzero"`                  // MSSRL
	MaxCopyBlocks                  uint32 `json:"max_copy_blocks,omitzero"`                         // MCL
	MaxCopyRanges                  int    `json:"max_copy_ranges,omitzero"`                         // MSRC, counted from 1
	KeyAccessAlignment             uint32 `json:"key_access_alignment,omitzero"`                    // KPIODAAG

	VendorSpecific []string `json:"vendor_specific,omitzero"` // VS as text

	// Extra holds what no field above takes, by its path in the JSON or its
	// key in plain text.
	Extra map[string]json.RawMessage `json:"extra,omitzero"`
}

// An LBAFormat is a way to format a namespace.
type LBAFormat struct {
	Number              int    `json:"number"`               // from 0
	DataBytes           uint64 `json:"data_bytes"`           // of one block, 2^LBADS; 0 where the format is not supported
	MetadataBytes       uint16 `json:"metadata_bytes"`       // of one block, MS
	RelativePerformance uint8  `json:"relative_performance"` // RP: 0 is best, 3 is degraded
	InUse               bool   `json:"in_use,omitzero"`
}

// Format returns the LBA format in use, or nil.
func (ns *IDNS) Format() *LBAFormat {
	for i := range ns.LBAFormats {
		if ns.LBAFormats[i].InUse {
			return &ns.LBAFormats[i]
		}
	}
	return nil
}

// SizeBytes returns the size of the namespace without metadata, and whether it
// is known.
func (ns *IDNS) SizeBytes() (bytes uint64, ok bool) { return ns.bytes(ns.SizeBlocks) }

// UsedBytes returns how much of the namespace is allocated, and whether that is
// known.
func (ns *IDNS) UsedBytes() (bytes uint64, ok bool) { return ns.bytes(ns.UsedBlocks) }

func (ns *IDNS) bytes(blocks *uint64) (bytes uint64, ok bool) {
	f := ns.Format()
	if blocks == nil || f == nil || f.DataBytes == 0 {
		return 0, false
	}
	product, ok := Uint128{Lo: *blocks}.Mul(f.DataBytes)
	return product.Lo, ok && product.Hi == 0
}
