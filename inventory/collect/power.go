// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/ipmi"

	"github.com/mchus/bee/inventory/report"
)

// These are the sources of a power supply's fields.
const (
	sourceFRU = "ipmi.fru"
	sourceSDR = "ipmi.sdr"
	source39  = "smbios.39"
)

// set fills a field that is still empty and notes where its value is from.
func set(p *report.PowerSupply, field *string, key, value, source string) {
	if *field == "" && value != "" {
		*field = value
		note(p, key, source)
	}
}

func note(p *report.PowerSupply, key, source string) {
	if p.FieldSources == nil {
		p.FieldSources = make(map[string]string)
	}
	p.FieldSources[key] = source
}

// PowerSupplies joins what the BMC's inventory and sensors and SMBIOS say of
// the power supplies.
func PowerSupplies(ctx context.Context, h host.Host) ([]report.PowerSupply, error) {
	a := askerOf(h)
	var list supplies
	var err error
	if hasBMC(ctx, a) {
		fru, fruErr := ask(ctx, a, ipmi.ParseFRU, sourceIPMI, "fru", "print")
		sdr, sdrErr := ask(ctx, a, parseSDR, sourceIPMI, "sdr", "elist", "all")
		err = errors.Join(fruErr, sdrErr)
		for _, d := range ipmi.PowerSupplies(fru, sdr) {
			capacity, capacityErr := askCapacity(ctx, a, &d)
			d.CapacityWatts = cmp.Or(d.CapacityWatts, capacity)
			err = errors.Join(err, capacityErr)
			list = append(list, supplyFromIPMI(&d))
		}
	}
	table, dmiErr := readDMI(ctx, a)
	err = errors.Join(err, dmiErr)
	if table != nil {
		records, viewErr := table.PowerSupplies()
		err = errors.Join(err, from(sourceDMI, viewErr))
		for i := range records {
			list.addSMBIOS(&records[i])
		}
	}
	assignIDs("psu", list,
		func(p *report.PowerSupply) []string { return []string{p.Serial, p.Slot} },
		func(p *report.PowerSupply, id string) { p.ID = id })
	return list, err
}

// supplies are the bays for power supplies of a machine.
type supplies []report.PowerSupply

// askCapacity asks for the multi-records of a supply, which ipmitool prints
// only with -v: one of them holds its capacity in watts.
func askCapacity(ctx context.Context, a *asker, d *ipmi.PowerSupply) (int, error) {
	if d.CapacityWatts != 0 || d.FRUID == nil || d.Device == nil || d.Device.State != ipmi.FRUPresent {
		return 0, nil
	}
	fru, err := ask(ctx, a, ipmi.ParseFRU, sourceIPMI, "-v", "fru", "print", strconv.Itoa(*d.FRUID))
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

func supplyFromIPMI(d *ipmi.PowerSupply) report.PowerSupply {
	p := &report.PowerSupply{InputW: d.InputWatts, InputV: d.InputVolts}
	set(p, &p.Slot, "slot", d.Slot(), sourceOf(d))
	set(p, &p.Manufacturer, "manufacturer", genuine(d.Manufacturer), sourceFRU)
	set(p, &p.Model, "model", genuine(d.Model), sourceFRU)
	if p.Slot == "" { // the name is not a bay's, so that it is the unit's own
		set(p, &p.Model, "model", genuine(strings.TrimSuffix(d.Name, " FRU")), sourceOf(d))
	}
	set(p, &p.PartNumber, "part_number", genuine(d.PartNumber), sourceFRU)
	set(p, &p.Serial, "serial", genuine(d.Serial), sourceFRU)
	set(p, &p.Revision, "revision", genuine(d.Revision), sourceFRU)
	if d.CapacityWatts > 0 {
		p.CapacityW = d.CapacityWatts
		note(p, "capacity_w", sourceFRU)
	}
	switch {
	case d.Device != nil && d.Device.State == ipmi.FRUPresent:
		p.Present = new(true)
		note(p, "present", sourceFRU)
	case d.Present != nil:
		p.Present = d.Present
		note(p, "present", sourceSDR)
	}
	if d.InputWatts != nil {
		note(p, "input_w", sourceSDR)
	}
	if d.InputVolts != nil {
		note(p, "input_v", sourceSDR)
	}
	if p.Present == nil || *p.Present { // some controllers say of an empty bay that it has no input
		set(p, &p.Status, "status", supplyStatus(d), sourceSDR)
	}
	return *p
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
		return report.OK
	}
	return ""
}

// addSMBIOS joins a record of SMBIOS with the supply that it is about: the one
// with its serial number, or else the one with its number in the name. What
// the BMC said stands; SMBIOS fills what is still empty.
func (list *supplies) addSMBIOS(d *dmi.PowerSupply) {
	if isFiller(d) {
		return
	}
	slot, model := slotAndModel(d)
	p := list.find(d)
	if p == nil {
		*list = append(*list, report.PowerSupply{Present: new(d.Present)})
		p = &(*list)[len(*list)-1]
		note(p, "present", source39)
	}
	set(p, &p.Slot, "slot", slot, source39)
	if p.FieldSources["present"] == "" { // the BMC knows the bay and not what is in it
		p.Present = new(d.Present)
		note(p, "present", source39)
	}
	if !deref(p.Present) || !d.Present {
		return
	}
	if d.Status == "Critical" || d.Status == "Non-critical" { // what it was at boot: the BMC, which looks now, comes first
		set(p, &p.Status, "status", "not_ok", source39)
	}
	set(p, &p.Manufacturer, "manufacturer", d.Manufacturer, source39)
	set(p, &p.Model, "model", model, source39)
	set(p, &p.PartNumber, "part_number", d.ModelPartNumber, source39)
	set(p, &p.Serial, "serial", d.SerialNumber, source39)
	set(p, &p.Revision, "revision", d.Revision, source39)
	if p.CapacityW == 0 && d.MaxPowerWatts > 0 {
		p.CapacityW = d.MaxPowerWatts
		note(p, "capacity_w", source39)
	}
}

// isFiller tells a record that says nothing of any supply: most firmware has one
// or two with every text a placeholder, and some leave a revision and the 75 W of
// their template.
func isFiller(d *dmi.PowerSupply) bool {
	return d.Location+d.Name+d.Manufacturer+d.SerialNumber+d.ModelPartNumber == ""
}

// slotAndModel tells which of the two the name of a record is: it is the bay's
// if it ends in the number of one, and else the unit's own.
func slotAndModel(d *dmi.PowerSupply) (slot, model string) {
	if namesBay(d.Name) {
		return cmp.Or(d.Location, d.Name), ""
	}
	return d.Location, d.Name
}

// bayWords are what stands before the number of a bay.
var bayWords = []string{"PSU", "PS", "PWS", "PWR", "SUPPLY", "BAY", "SLOT", "UNIT", "POWERSUPPLY"}

// namesBay recognises "Power Supply 1", "PSU2" and "PS_3".
func namesBay(name string) bool {
	word := strings.TrimRight(strings.TrimSpace(name), "0123456789")
	if digits := len(strings.TrimSpace(name)) - len(word); digits == 0 || digits > 2 {
		return false
	}
	word = strings.ToUpper(strings.TrimRight(word, " _-#"))
	word = word[strings.LastIndexAny(word, " _-")+1:]
	return slices.Contains(bayWords, word)
}

// find returns the supply that a record of SMBIOS is about, nil for a new one.
func (list supplies) find(d *dmi.PowerSupply) *report.PowerSupply {
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
