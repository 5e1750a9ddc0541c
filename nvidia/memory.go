// SPDX-License-Identifier: Apache-2.0

package nvidia

// MemoryUsage is how much of a memory is in use.
type MemoryUsage struct {
	TotalBytes    *int64 `json:"total_bytes,omitzero"`
	ReservedBytes *int64 `json:"reserved_bytes,omitzero"` // by the driver; since driver 510
	UsedBytes     *int64 `json:"used_bytes,omitzero"`
	FreeBytes     *int64 `json:"free_bytes,omitzero"`
}

// ECC holds the memory errors of a GPU.
type ECC struct {
	Volatile  ECCCounts `json:"volatile,omitzero"`  // since the driver was loaded
	Aggregate ECCCounts `json:"aggregate,omitzero"` // in the GPU's life

	// Sources tells where the aggregate uncorrectable errors of SRAM were.
	Sources SRAMSources `json:"sram_sources,omitzero"`

	ChannelRepairPending *bool `json:"channel_repair_pending,omitzero"`
	TPCRepairPending     *bool `json:"tpc_repair_pending,omitzero"`
	UnrepairableMemory   *bool `json:"unrepairable_memory,omitzero"`
}

// ECCCounts are the errors counted in one span of time. Drivers before 418, and
// later ones for GPUs before Turing, count single and double bit errors by
// location; the others count by kind of memory.
type ECCCounts struct {
	SingleBit ECCLocations `json:"single_bit,omitzero"` // corrected
	DoubleBit ECCLocations `json:"double_bit,omitzero"` // uncorrected

	SRAMCorrectable         *int64 `json:"sram_correctable,omitzero"`
	SRAMUncorrectable       *int64 `json:"sram_uncorrectable,omitzero"` // before driver 545; the sum in CSV
	SRAMUncorrectableParity *int64 `json:"sram_uncorrectable_parity,omitzero"`
	SRAMUncorrectableSECDED *int64 `json:"sram_uncorrectable_secded,omitzero"`
	DRAMCorrectable         *int64 `json:"dram_correctable,omitzero"`
	DRAMUncorrectable       *int64 `json:"dram_uncorrectable,omitzero"`

	// SRAMThresholdExceeded says that SRAM has had so many uncorrectable
	// errors that the GPU should be replaced; aggregate only.
	SRAMThresholdExceeded *bool `json:"sram_threshold_exceeded,omitzero"`
}

// ECCLocations are error counts by the memory that had them.
type ECCLocations struct {
	DeviceMemory  *int64 `json:"device_memory,omitzero"`
	RegisterFile  *int64 `json:"register_file,omitzero"`
	L1Cache       *int64 `json:"l1_cache,omitzero"`
	L2Cache       *int64 `json:"l2_cache,omitzero"`
	TextureMemory *int64 `json:"texture_memory,omitzero"`
	TextureSHM    *int64 `json:"texture_shm,omitzero"`
	CBU           *int64 `json:"cbu,omitzero"` // control block unit; uncorrected only
	Total         *int64 `json:"total,omitzero"`
}

// SRAMSources are uncorrectable error counts of SRAM by the unit that had them.
type SRAMSources struct {
	L2              *int64 `json:"l2,omitzero"`
	SM              *int64 `json:"sm,omitzero"`
	Microcontroller *int64 `json:"microcontroller,omitzero"`
	PCIe            *int64 `json:"pcie,omitzero"`
	Other           *int64 `json:"other,omitzero"`
}

// Corrected is the number of errors that ECC corrected, in whichever way the
// driver counted them; nil if it counted none of them.
func (c *ECCCounts) Corrected() *int64 {
	if c.SingleBit.Total != nil {
		return c.SingleBit.Total
	}
	return sum(c.SRAMCorrectable, c.DRAMCorrectable)
}

// Uncorrected is the number of errors that ECC could not correct, in whichever
// way the driver counted them; nil if it counted none of them.
func (c *ECCCounts) Uncorrected() *int64 {
	if c.DoubleBit.Total != nil {
		return c.DoubleBit.Total
	}
	if c.SRAMUncorrectable != nil {
		return sum(c.SRAMUncorrectable, c.DRAMUncorrectable)
	}
	return sum(c.SRAMUncorrectableParity, c.SRAMUncorrectableSECDED, c.DRAMUncorrectable)
}

// sum adds the counts that are known; nil if none is.
func sum(counts ...*int64) *int64 {
	var total *int64
	for _, n := range counts {
		switch {
		case n == nil:
		case total == nil:
			v := *n
			total = &v
		default:
			*total += *n
		}
	}
	return total
}

// RetiredPages are the pages of memory that the driver no longer uses, the way
// of GPUs before Ampere.
type RetiredPages struct {
	SingleBit Retirement `json:"single_bit,omitzero"` // multiple_single_bit_retirement
	DoubleBit Retirement `json:"double_bit,omitzero"` // double_bit_retirement

	// Pending says that pages wait for the next reset to be retired
	// (pending_blacklist, pending_retirement).
	Pending *bool `json:"pending,omitzero"`
}

// Retirement are the pages retired for one cause.
type Retirement struct {
	Count *int64        `json:"count,omitzero"`
	Pages []RetiredPage `json:"pages,omitzero"`
}

// A RetiredPage is one page.
type RetiredPage struct {
	Address   string `json:"address"`            // hexadecimal, as printed
	Timestamp string `json:"timestamp,omitzero"` // as printed; CSV only
}

// RemappedRows are the rows of memory that spare rows stand in for, the way of
// Ampere and later GPUs. All fields are nil on GPUs that cannot remap.
type RemappedRows struct {
	Correctable           *int64 `json:"correctable,omitzero"`   // remapped_row_corr
	Uncorrectable         *int64 `json:"uncorrectable,omitzero"` // remapped_row_unc
	CorrectableInactive   *int64 `json:"correctable_inactive,omitzero"`
	UncorrectableInactive *int64 `json:"uncorrectable_inactive,omitzero"`

	Pending *bool `json:"pending,omitzero"` // a row waits for the next reset to be remapped
	Failure *bool `json:"failure,omitzero"` // a row could not be remapped: the GPU must be replaced

	Histogram RemapHistogram `json:"histogram,omitzero"`
}

// RemapHistogram counts the banks of memory by how many spare rows they have
// left.
type RemapHistogram struct {
	Max     *int64 `json:"max,omitzero"` // all of them
	High    *int64 `json:"high,omitzero"`
	Partial *int64 `json:"partial,omitzero"`
	Low     *int64 `json:"low,omitzero"`
	None    *int64 `json:"none,omitzero"`
}
