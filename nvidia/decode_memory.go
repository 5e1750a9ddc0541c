// SPDX-License-Identifier: Apache-2.0

package nvidia

// memory reads a *_memory_usage.
func (d *decoder) memory(v *MemoryUsage, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "total":
			v.TotalBytes = d.num(c, mebibytes)
		case "reserved":
			v.ReservedBytes = d.num(c, mebibytes)
		case "used":
			v.UsedBytes = d.num(c, mebibytes)
		case "free":
			v.FreeBytes = d.num(c, mebibytes)
		default:
			d.unknown(c)
		}
	}
}

// ecc reads ecc_errors.
func (d *decoder) ecc(v *ECC, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "volatile":
			d.eccCounts(&v.Volatile, c)
		case "aggregate":
			d.eccCounts(&v.Aggregate, c)
		case "aggregate_uncorrectable_sram_sources":
			d.sramSources(&v.Sources, c)
		case "channel_repair_pending":
			v.ChannelRepairPending = d.flag(c)
		case "tpc_repair_pending":
			v.TPCRepairPending = d.flag(c)
		case "unrepairable_memory":
			v.UnrepairableMemory = d.flag(c)
		default:
			d.unknown(c)
		}
	}
}

// eccCounts reads ecc_errors/volatile or aggregate.
func (d *decoder) eccCounts(v *ECCCounts, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "single_bit":
			d.eccLocations(&v.SingleBit, c)
		case "double_bit":
			d.eccLocations(&v.DoubleBit, c)
		case "sram_correctable":
			v.SRAMCorrectable = d.num(c, count)
		case "sram_uncorrectable":
			v.SRAMUncorrectable = d.num(c, count)
		case "sram_uncorrectable_parity":
			v.SRAMUncorrectableParity = d.num(c, count)
		case "sram_uncorrectable_secded":
			v.SRAMUncorrectableSECDED = d.num(c, count)
		case "dram_correctable":
			v.DRAMCorrectable = d.num(c, count)
		case "dram_uncorrectable":
			v.DRAMUncorrectable = d.num(c, count)
		case "sram_threshold_exceeded":
			v.SRAMThresholdExceeded = d.flag(c)
		default:
			d.unknown(c)
		}
	}
}

// eccLocations reads single_bit or double_bit.
func (d *decoder) eccLocations(v *ECCLocations, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "device_memory":
			v.DeviceMemory = d.num(c, count)
		case "register_file":
			v.RegisterFile = d.num(c, count)
		case "l1_cache":
			v.L1Cache = d.num(c, count)
		case "l2_cache":
			v.L2Cache = d.num(c, count)
		case "texture_memory":
			v.TextureMemory = d.num(c, count)
		case "texture_shm":
			v.TextureSHM = d.num(c, count)
		case "cbu":
			v.CBU = d.num(c, count)
		case "total":
			v.Total = d.num(c, count)
		default:
			d.unknown(c)
		}
	}
}

// sramSources reads aggregate_uncorrectable_sram_sources.
func (d *decoder) sramSources(v *SRAMSources, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "sram_l2":
			v.L2 = d.num(c, count)
		case "sram_sm":
			v.SM = d.num(c, count)
		case "sram_microcontroller":
			v.Microcontroller = d.num(c, count)
		case "sram_pcie":
			v.PCIe = d.num(c, count)
		case "sram_other":
			v.Other = d.num(c, count)
		default:
			d.unknown(c)
		}
	}
}

// retiredPages reads retired_pages.
func (d *decoder) retiredPages(v *RetiredPages, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "multiple_single_bit_retirement":
			d.retirement(&v.SingleBit, c)
		case "double_bit_retirement":
			d.retirement(&v.DoubleBit, c)
		case "pending_retirement", "pending_blacklist":
			v.Pending = either(v.Pending, d.flag(c))
		default:
			d.unknown(c)
		}
	}
}

// either is true if one of its arguments is, nil if both are.
func either(a, b *bool) *bool {
	if a == nil || b != nil && *b {
		return b
	}
	return a
}

// retirement reads the pages retired for one cause.
func (d *decoder) retirement(v *Retirement, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "retired_count":
			v.Count = d.num(c, count)
		case "retired_pagelist", "retired_page_addresses":
			d.pages(v, c)
		default:
			d.unknown(c)
		}
	}
}

// pages reads a list of page addresses.
func (d *decoder) pages(v *Retirement, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "retired_page_address", "retired_page":
			if text := d.text(c); text != "" {
				v.Pages = append(v.Pages, RetiredPage{Address: text})
			}
		default:
			d.unknown(c)
		}
	}
}

// remappedRows reads remapped_rows.
func (d *decoder) remappedRows(v *RemappedRows, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "remapped_row_corr":
			v.Correctable = d.num(c, count)
		case "remapped_row_unc":
			v.Uncorrectable = d.num(c, count)
		case "remapped_row_corr_inactive":
			v.CorrectableInactive = d.num(c, count)
		case "remapped_row_unc_inactive":
			v.UncorrectableInactive = d.num(c, count)
		case "remapped_row_pending":
			v.Pending = d.flag(c)
		case "remapped_row_failure":
			v.Failure = d.flag(c)
		case "row_remapper_histogram":
			d.remapHistogram(&v.Histogram, c)
		default:
			d.unknown(c)
		}
	}
}

// remapHistogram reads row_remapper_histogram.
func (d *decoder) remapHistogram(v *RemapHistogram, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "row_remapper_histogram_max":
			v.Max = d.num(c, banks)
		case "row_remapper_histogram_high":
			v.High = d.num(c, banks)
		case "row_remapper_histogram_partial":
			v.Partial = d.num(c, banks)
		case "row_remapper_histogram_low":
			v.Low = d.num(c, banks)
		case "row_remapper_histogram_none":
			v.None = d.num(c, banks)
		default:
			d.unknown(c)
		}
	}
}

// resetStatus reads gpu_reset_status.
func (d *decoder) resetStatus(g *GPU, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "reset_required":
			g.ResetRequired = d.flag(c)
		case "drain_and_reset_recommended":
			g.DrainAndResetRecommended = d.flag(c)
		default:
			d.unknown(c)
		}
	}
}
