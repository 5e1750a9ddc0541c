// SPDX-License-Identifier: Apache-2.0

package smart

import "strings"

// The tables below are made from smartmontools' drive database, drivedb.h of
// version 7.5 (revision f1d0da9 of 2026-08-19): which of its names stand for
// what. testdata/names.txt has the names that stand for neither, and TestNames
// holds all of them against the drives of the corpus.

// A knownName is an attribute under a name that the database gives it:
// under another number the same name may mean another thing.
type knownName struct {
	id   uint8
	name string
}

// uncorrectableNames are the attributes that count errors which the drive could
// not correct and told the host. Counts of the flash memory's own errors, which
// its redundancy may have corrected after all, are not among them.
var uncorrectableNames = [...]knownName{
	{187, "Reported_Uncorrect"},
	{187, "Reported_Uncorr_Errors"},
	{187, "Uncorrectable_Error_Cnt"},
	{187, "Uncorrectable_ECC_Ct"},
	{187, "Total_Unc_NAND_Reads"},
	{160, "Uncorrectable_Error_Cnt"},
	{160, "Uncorrectable_Sectors"},
	{195, "Uncorrectable_Error_Cnt"},
	{195, "Uncorrectable_Err_Ct"},
	{197, "Total_Unc_Read_Failures"},
	{198, "Uncor_Read_Error_Ct"},
	{211, "SATA_UNC_Count"},
}

// countsUncorrectable reports whether an attribute counts errors that the drive
// could not correct. Where it is flagged as a rate of errors, as with SandForce's
// firmware, its raw value is not a count.
func countsUncorrectable(a *Attribute) bool {
	if a.Flags&FlagErrorRate != 0 {
		return false
	}
	for _, n := range uncorrectableNames {
		if a.ID == n.id && a.Name == n.name {
			return true
		}
	}
	return false
}

// wearNames are the attributes whose value falls from 100 to 0 as flash memory
// wears out, whether the name is of what is left or of what is used: the rated
// life is 100 %. TestNames has what the drives of the corpus say beside it.
var wearNames = [...]knownName{
	{169, "Remaining_Lifetime_Perc"},
	{201, "Percent_Lifetime_Remain"},
	{202, "Percent_Lifetime_Remain"}, // Micron, Crucial: past 100 % it wraps
	{202, "Percent_Lifetime_Used"},
	{202, "Perc_Rated_Life_Used"},
	{209, "Remaining_Lifetime_Perc"},
	{231, "Percent_Lifetime_Remain"},
	{231, "Perc_Rated_Life_Remain"},
	{233, "Percent_Lifetime_Remain"},
	{233, "Remaining_Lifetime_Perc"},
	{245, "Drive_Life_Remaining%"},
	{245, "Percent_Life_Remaining"},
	{248, "Percent_Lifetime_Remain"},
	{248, "Perc_Rated_Life_Remain"},
}

// isWear tells an attribute whose value falls as flash memory wears out: those
// of the table and those of smartctl 7.5 (ataprint.cpp,
// set_json_globals_from_smart_attrib). Attribute 233 has its name from smartctl's
// defaults on every SSD that the database does not describe, and means it on
// Intel's. A level of wear that is 0 without a threshold was never filled in: it
// starts at 100, and ends at 1.
func (dev *Device) isWear(a *Attribute) bool {
	switch {
	case strings.HasPrefix(a.Name, "Wear_Leveling"):
		filled := a.Value == nil || *a.Value != 0 || a.Threshold != nil && *a.Threshold != 0
		return a.ID >= 100 && filled
	case strings.HasPrefix(a.Name, "SSD_Life_Left"):
		return a.ID >= 100
	case a.Name == "Media_Wearout_Indicator":
		return a.ID == 233 && (strings.Contains(dev.ModelFamily, "Intel") || strings.HasPrefix(dev.ModelName, "INTEL SSD")) // also "Dell Certified Intel …"
	}
	for _, n := range wearNames {
		if a.ID == n.id && a.Name == n.name {
			return true
		}
	}
	return false
}
