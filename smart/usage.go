// SPDX-License-Identifier: Apache-2.0

package smart

import "strings"

// PercentUsed returns how much of its rated life a drive has used, in percent,
// which may exceed 100; nil if it does not say. An ATA drive says so in its
// device statistics (ACS-4, Solid State Device Statistics page); otherwise
// there may be an attribute that tells, as smartctl thinks too since 7.5. The
// value of most of these stops at 1, so that 99 may be any number from there on.
func (dev *Device) PercentUsed() *int64 {
	used, _ := dev.percentUsed()
	return used
}

// percentUsed also returns the attribute that tells, nil if it is none.
func (dev *Device) percentUsed() (*int64, *Attribute) {
	switch {
	case dev.NVMe != nil && dev.NVMe.Health != nil && dev.NVMe.Health.UsedPercent != nil:
		return dev.NVMe.Health.UsedPercent, nil
	case dev.SCSI != nil && dev.SCSI.LifetimePercent != nil:
		return dev.SCSI.LifetimePercent, nil
	case dev.ATA == nil:
		return dev.EndurancePercentUsed, nil
	}
	used, attr := dev.usedByAttribute()
	for _, claim := range []*int64{dev.usedByStatistic(), dev.EndurancePercentUsed} {
		switch {
		case claim == nil:
		case *claim != unknownUse:
			return claim, dev.tells(attr, used, claim)
		case used != nil && *used >= 90:
			return claim, nil
		}
	}
	return used, attr
}

// unknownUse is the highest value that fits the statistic, and with the firmware
// of SandForce the only one: it counts where an attribute agrees.
const unknownUse = 255

// tells returns attr if what smartctl says of the wear of a drive is what the
// attribute says.
func (dev *Device) tells(attr *Attribute, used, claim *int64) *Attribute {
	if attr != nil && *used == *claim && dev.usedByStatistic() == nil {
		return attr
	}
	return nil
}

func (dev *Device) usedByStatistic() *int64 {
	if s := dev.ATA.Statistic(7, 8); s != nil {
		return s.Value
	}
	return nil
}

// usedByAttribute returns 100 less the value of the attribute for the wear of
// flash memory, and the attribute.
func (dev *Device) usedByAttribute() (*int64, *Attribute) {
	for i := range dev.ATA.Attributes {
		a := &dev.ATA.Attributes[i]
		if a.Value == nil || !dev.isWear(a) {
			continue
		}
		used := 100 - *a.Value
		if used < 0 {
			// Past 100 % the value wraps around below 0, and only the count tells
			// that from a value that has not started to fall. A percentage starts
			// at 100.
			n, ok := a.RawCount()
			switch wrapped := 100 + 256 - *a.Value; {
			case ok && int64(n) == wrapped:
				used = wrapped
			case strings.Contains(a.Name, "Perc"):
				continue
			default:
				used = 0
			}
		}
		return &used, a
	}
	return nil, nil
}

// PercentSpare returns how many of its spare blocks a drive still has, in
// percent; nil if it does not say, as only NVMe drives do. What smartctl says
// of ATA drives since 7.5 ([Device.SparePercent]) is a guess, from the state of
// the attribute for reallocated sectors.
func (dev *Device) PercentSpare() *int64 {
	if dev.NVMe == nil {
		return nil
	}
	if h := dev.NVMe.Health; h != nil && h.SparePercent != nil {
		return h.SparePercent
	}
	return dev.SparePercent
}

// nvmeUnitBytes is the size of the unit that NVMe drives count reads and writes
// in: 1,000 blocks of 512 bytes, whatever their format.
const nvmeUnitBytes = 1000 * 512

// BytesRead returns what hosts read from the drive over its life, and whether
// it says so.
func (dev *Device) BytesRead() (bytes Uint128, ok bool) {
	switch {
	case dev.HostReads != nil && dev.HostReads.Units != nil:
		return dev.HostReads.Units.Mul(dev.HostReads.UnitBytes)
	case dev.NVMe != nil && dev.NVMe.Health != nil && dev.NVMe.Health.DataUnitsRead != nil:
		return dev.NVMe.Health.DataUnitsRead.Mul(nvmeUnitBytes)
	case dev.SCSI != nil:
		return dev.SCSI.Read.processed()
	}
	return dev.sectors(40)
}

// BytesWritten returns what hosts wrote to the drive over its life, and whether
// it says so.
func (dev *Device) BytesWritten() (bytes Uint128, ok bool) {
	switch {
	case dev.HostWrites != nil && dev.HostWrites.Units != nil:
		return dev.HostWrites.Units.Mul(dev.HostWrites.UnitBytes)
	case dev.NVMe != nil && dev.NVMe.Health != nil && dev.NVMe.Health.DataUnitsWritten != nil:
		return dev.NVMe.Health.DataUnitsWritten.Mul(nvmeUnitBytes)
	case dev.SCSI != nil:
		return dev.SCSI.Write.processed()
	}
	return dev.sectors(24)
}

// processed returns the bytes that an error counter log says.
func (c *ErrorCounter) processed() (bytes Uint128, ok bool) {
	if c == nil || c.ProcessedBytes == nil {
		return Uint128{}, false
	}
	return Uint128{Lo: *c.ProcessedBytes}, true
}

// sectors returns a statistic of the page of general statistics that counts
// logical sectors (ACS-4, General Statistics page), in bytes.
func (dev *Device) sectors(offset int64) (bytes Uint128, ok bool) {
	if dev.ATA == nil || dev.LogicalBlockBytes <= 0 {
		return Uint128{}, false
	}
	s := dev.ATA.Statistic(1, offset)
	if s == nil || *s.Value < 0 {
		return Uint128{}, false
	}
	return Uint128{Lo: uint64(*s.Value)}.Mul(uint64(dev.LogicalBlockBytes))
}
