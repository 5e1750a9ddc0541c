// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/ipmi"
)

// A PowerSupply is a bay for a power supply and what is in it.
type PowerSupply struct {
	ID           string            `json:"id"`
	Slot         string            `json:"slot,omitzero"`
	Present      bool              `json:"present"`
	Manufacturer string            `json:"manufacturer,omitzero"`
	Model        string            `json:"model,omitzero"`
	PartNumber   string            `json:"part_number,omitzero"`
	Serial       string            `json:"serial,omitzero"`
	Revision     string            `json:"revision,omitzero"`
	CapacityW    int               `json:"capacity_w,omitzero"`
	InputW       *float64          `json:"input_w,omitzero"`
	InputV       *float64          `json:"input_v,omitzero"`
	Status       string            `json:"status,omitzero"`        // "ok", "failed", "predicted_failure", "input_lost", "config_error"
	FieldSources map[string]string `json:"field_sources,omitzero"` // by key: "ipmi.fru", "ipmi.sdr", "smbios.39"
}

// These are the sources of a power supply's fields.
const (
	sourceFRU = "ipmi.fru"
	sourceSDR = "ipmi.sdr"
	source39  = "smbios.39"
)

// set fills a field that is still empty and notes where its value is from.
func (p *PowerSupply) set(field *string, key, value, source string) {
	if *field == "" && value != "" {
		*field = value
		p.note(key, source)
	}
}

func (p *PowerSupply) note(key, source string) {
	if p.FieldSources == nil {
		p.FieldSources = make(map[string]string)
	}
	p.FieldSources[key] = source
}

// PowerSupplies are the bays for power supplies of a machine.
type PowerSupplies []PowerSupply

// CollectPowerSupplies joins what the BMC's inventory and sensors and SMBIOS
// say of the power supplies.
func CollectPowerSupplies(ctx context.Context, h host.Host) (*PowerSupplies, error) {
	fru, err := askBMC(ctx, h, ipmi.ParseFRU, "fru", "print")
	sdr, sdrErr := askBMC(ctx, h, ipmi.ParseSDR, "sdr", "elist", "all")
	table, _ := readDMI(ctx, h) // the board's collector tells what is wrong with it
	err = errors.Join(err, sdrErr)

	var list PowerSupplies
	for _, d := range ipmi.PowerSupplies(fru, sdr) {
		capacity, capacityErr := askCapacity(ctx, h, &d)
		d.CapacityWatts = cmp.Or(d.CapacityWatts, capacity)
		err = errors.Join(err, capacityErr)
		list = append(list, supplyFromIPMI(&d))
	}
	if table != nil {
		for _, d := range view[[]dmi.PowerSupply](&err)(table.PowerSupplies()) {
			list.addSMBIOS(&d)
		}
	}
	if list == nil {
		return nil, err
	}
	assignIDs("psu", list,
		func(p *PowerSupply) []string { return []string{p.Serial, p.Slot} },
		func(p *PowerSupply, id string) { p.ID = id })
	return &list, err
}

// askCapacity asks for the multi-records of a supply, which ipmitool prints
// only with -v: one of them holds its capacity in watts.
func askCapacity(ctx context.Context, h host.Host, d *ipmi.PowerSupply) (int, error) {
	if d.CapacityWatts != 0 || d.FRUID == nil || d.Device == nil || d.Device.State != ipmi.FRUPresent {
		return 0, nil
	}
	fru, err := askBMC(ctx, h, ipmi.ParseFRU, "-v", "fru", "print", strconv.Itoa(*d.FRUID))
	if fru == nil {
		return 0, err
	}
	for _, device := range fru.Devices() {
		for _, m := range device.MultiRecords {
			if m.PowerSupply != nil && m.PowerSupply.CapacityWatts != 0 {
				return m.PowerSupply.CapacityWatts, err
			}
		}
	}
	return 0, err
}

func supplyFromIPMI(d *ipmi.PowerSupply) PowerSupply {
	p := PowerSupply{InputW: d.InputWatts, InputV: d.InputVolts}
	p.set(&p.Slot, "slot", strings.TrimSuffix(d.Name, " FRU"), sourceOf(d))
	p.set(&p.Manufacturer, "manufacturer", genuine(d.Manufacturer), sourceFRU)
	p.set(&p.Model, "model", genuine(d.Model), sourceFRU)
	p.set(&p.PartNumber, "part_number", genuine(d.PartNumber), sourceFRU)
	p.set(&p.Serial, "serial", genuine(d.Serial), sourceFRU)
	p.set(&p.Revision, "revision", genuine(d.Revision), sourceFRU)
	if d.CapacityWatts > 0 {
		p.CapacityW = d.CapacityWatts
		p.note("capacity_w", sourceFRU)
	}
	switch {
	case d.Device != nil && d.Device.State == ipmi.FRUPresent:
		p.Present = true
		p.note("present", sourceFRU)
	case d.Present != nil:
		p.Present = *d.Present
		p.note("present", sourceSDR)
	}
	if d.InputWatts != nil {
		p.note("input_w", sourceSDR)
	}
	if d.InputVolts != nil {
		p.note("input_v", sourceSDR)
	}
	p.set(&p.Status, "status", supplyStatus(d), sourceSDR)
	return p
}

// sourceOf tells where a supply's name is from.
func sourceOf(d *ipmi.PowerSupply) string {
	if d.Device != nil {
		return sourceFRU
	}
	return sourceSDR
}

// supplyStatus is the worst that the sensors say, "" if they say nothing.
func supplyStatus(d *ipmi.PowerSupply) string {
	is := func(state *bool) bool { return state != nil && *state }
	switch {
	case is(d.Failed):
		return "failed"
	case is(d.InputLost):
		return "input_lost"
	case is(d.PredictedFailure):
		return "predicted_failure"
	case is(d.ConfigError):
		return "config_error"
	case is(d.Present) && d.Failed != nil:
		return OK
	}
	return ""
}

// addSMBIOS joins a record of SMBIOS with the supply that it is about: the one
// with its serial number, or else the one with its number in the name. What
// the BMC said stands; SMBIOS fills what is still empty.
func (list *PowerSupplies) addSMBIOS(d *dmi.PowerSupply) {
	p := list.find(d)
	if p == nil {
		*list = append(*list, PowerSupply{Present: d.Present})
		p = &(*list)[len(*list)-1]
		p.note("present", source39)
	}
	p.set(&p.Slot, "slot", cmp.Or(d.Location, d.Name), source39)
	if p.FieldSources["present"] == "" { // the BMC knows the bay and not what is in it
		p.Present = d.Present
		p.note("present", source39)
	}
	if !p.Present || !d.Present {
		return
	}
	p.set(&p.Manufacturer, "manufacturer", d.Manufacturer, source39)
	p.set(&p.Model, "model", d.Name, source39)
	p.set(&p.PartNumber, "part_number", d.ModelPartNumber, source39)
	p.set(&p.Serial, "serial", d.SerialNumber, source39)
	p.set(&p.Revision, "revision", d.Revision, source39)
	if p.CapacityW == 0 && d.MaxPowerWatts > 0 {
		p.CapacityW = d.MaxPowerWatts
		p.note("capacity_w", source39)
	}
}

// find returns the supply that a record of SMBIOS is about, nil for a new one.
func (list PowerSupplies) find(d *dmi.PowerSupply) *PowerSupply {
	for i := range list {
		if d.SerialNumber != "" && list[i].Serial == d.SerialNumber {
			return &list[i]
		}
	}
	number := trailingNumber(cmp.Or(d.Location, d.Name))
	for i := range list {
		p := &list[i]
		if p.Serial != "" && d.SerialNumber != "" { // two different ones
			continue
		}
		if number != "" && trailingNumber(p.Slot) == number && p.FieldSources["present"] != source39 {
			return p
		}
	}
	return nil
}

// trailingNumber returns the last number in a name, "1" for "PSU1 bay".
func trailingNumber(name string) string {
	end := strings.LastIndexAny(name, "0123456789") + 1
	start := end
	for start > 0 && strings.IndexByte("0123456789", name[start-1]) >= 0 {
		start--
	}
	return strings.TrimLeft(name[start:end], "0")
}
