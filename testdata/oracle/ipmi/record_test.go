// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"fmt"

	"github.com/mchus/bee/ipmi"
	"github.com/mchus/bee/testdata/fru"
)

// wantRecord adds what the parser should say of a multi-record.
func (r *run) wantRecord(w *ipmi.FRUDevice, record fru.Record) {
	var m ipmi.MultiRecord
	switch record := record.(type) {
	case fru.PowerSupply:
		m.Title, m.PowerSupply = "Power Supply Record", wantPowerSupply(record)
	case fru.DCOutput:
		m.Title, m.DCOutput = "DC Output Record", &ipmi.DCOutputRecord{
			Number: int(record.Number), Standby: &record.Standby,
			NominalMillivolts:           new(10 * int(record.Nominal)),
			NegativeDeviationMillivolts: new(10 * int(record.Negative)),
			PositiveDeviationMillivolts: new(10 * int(record.Positive)),
			RippleMillivolts:            new(int(record.Ripple)), MinMilliamperes: new(int(record.MinMA)), MaxMilliamperes: new(int(record.MaxMA)),
		}
	case fru.DCLoad:
		m.Title, m.DCLoad = "DC Load Record", &ipmi.DCLoadRecord{
			Number:            int(record.Number),
			NominalMillivolts: new(10 * int(record.Nominal)), MinMillivolts: new(10 * int(record.Min)), MaxMillivolts: new(10 * int(record.Max)),
			RippleMillivolts: new(int(record.Ripple)), MinMilliamperes: new(int(record.MinMA)), MaxMilliamperes: new(int(record.MaxMA)),
		}
	case fru.OEM:
		m.Title, m.OEM = r.oem(record.Number)
	default:
		return // the tool prints nothing of it
	}
	w.MultiRecords = append(w.MultiRecords, m)
}

// oem returns the heading of an OEM record, and the maker in it.
func (r *run) oem(number uint32) (title, maker string) {
	if maker, ok := r.makers[number]; ok {
		return "OEM (" + maker + ") Record", maker
	}
	return fmt.Sprintf("OEM (Unknown (0x%02X)) Record", number), ""
}

func wantPowerSupply(r fru.PowerSupply) *ipmi.PowerSupplyRecord {
	w := &ipmi.PowerSupplyRecord{
		CapacityWatts: int(r.Watts), PeakVoltAmperes: int(r.PeakVA), InrushMilliseconds: new(int(r.InrushMs)),
		InputRange1Volts: span(r.Low1, r.High1), InputRange2Volts: span(r.Low2, r.High2),
		InputFrequencyHertz: span(uint16(r.LowHz), uint16(r.HighHz)), DropoutMilliseconds: new(int(r.DropoutMs)),
		PeakCapacityWatts: int(r.PeakWatts), PeakHoldupSeconds: new(int(r.HoldupSeconds)),
		CombinedCapacityWatts: int(r.CombinedWatts),
	}
	if r.PeakVA == 0xFFFF {
		w.PeakVoltAmperes = 0
	}
	if r.InrushAmps != 0xFF {
		w.InrushAmperes = new(int(r.InrushAmps))
	}
	if r.CombinedWatts != 0 {
		volts := []string{"12 V", "-12 V", "5 V", "3.3 V"}
		w.CombinedVoltages = []string{volts[r.Voltage1], volts[r.Voltage2]}
	}
	for _, flag := range []struct {
		set  bool
		name string
	}{
		{r.Predictive, "Predictive fail"},
		{r.PFC, "Power factor correction"},
		{r.Auto, "Autoswitch voltage"},
		{r.Swap, "Hot swap"},
		{r.Predictive, failureSign(r)},
	} {
		if flag.set {
			w.Flags = append(w.Flags, flag.name)
		}
	}
	if r.Predictive {
		w.FanThresholdRevsPerSecond = new(int(r.FanRPS))
	}
	return w
}

// failureSign returns how a supply tells that it will fail: by its fan's
// pulses, or by a pin.
func failureSign(r fru.PowerSupply) string {
	switch {
	case r.FanRPS > 0 && r.Polarity:
		return "Two pulses per rotation"
	case r.FanRPS > 0:
		return "One pulse per rotation"
	case r.Polarity:
		return "Failure on pin de-assertion"
	}
	return "Failure on pin assertion"
}

func span(low, high uint16) *ipmi.Range {
	if low == 0 && high == 0 {
		return nil
	}
	return &ipmi.Range{Min: int(low), Max: int(high)}
}

// wantSPD returns what the parser should say of a memory module.
func wantSPD(d *fru.DIMM) *ipmi.SPD {
	megabytes := d.DieMegabits / 8 * (d.BusBits / d.DeviceBits) * d.Ranks
	w := &ipmi.SPD{
		SizeBytes:    int64(megabytes) << 20,
		Manufacturer: d.Maker.Name, PartNumber: d.PartNumber, Serial: fmt.Sprintf("%x", d.Serial[:]),
		ManufactureYear: d.Year, ManufactureWeek: d.Week,
		DieCapacityBits: int64(d.DieMegabits) << 20, BusWidthBits: d.BusBits, DeviceWidthBits: d.DeviceBits, Ranks: d.Ranks,
		MemoryType: "DDR3 SDRAM", Banks: "3 (8 Banks)", NominalVoltages: []string{"1.5 V", "1.35 V", "1.2X V"},
	}
	if d.ECC {
		w.ErrorCorrection = "8 bits"
	}
	if d.DDR4 {
		w.MemoryType, w.NominalVoltages = "DDR4 SDRAM", []string{"1.2 V"}
		w.Banks, w.BankGroups, w.DieCount = "2 (4 Banks)", "0 (no Bank Groups)", 1
		w.PackageType, w.Technology = "Monolithic DRAM Device", "Extended module type, see byte 15"
		w.Density = fmt.Sprintf("%d Mb", d.DieMegabits)
		if d.DieMegabits >= 1024 {
			w.Density = fmt.Sprintf("%d Gb", d.DieMegabits/1024)
		}
	}
	return w
}
