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
		list.addSMBIOS(slices.DeleteFunc(records, isFiller))
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
	fru, err := askNew(ctx, a, ipmi.ParseFRU, sourceIPMI, "-v", "fru", "print", strconv.Itoa(*d.FRUID))
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
	set(p, &p.Serial, "serial", genuineSerial(d.Serial), sourceFRU)
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
	case hasPower(d):
		p.Present = new(true)
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
	case is(d.Present) && d.Failed != nil, hasPower(d):
		return report.OK
	}
	return ""
}

// hasPower tells that power is measured in a supply: it is there and works.
func hasPower(d *ipmi.PowerSupply) bool {
	return deref(d.InputWatts) > 0 || deref(d.OutputWatts) > 0 || deref(d.Watts) > 0
}

// maxSupplies are more than any machine has: of so many each record is held against
// each bay, and what comes behind them stays for itself.
const maxSupplies = 512

// addSMBIOS joins the records of SMBIOS with the supplies that they are about: the
// one with its serial number, or else the one with its number in the name. Where the
// numbers tell nothing, and as many are left of the one as of the other, their order
// is the same.
func (list *supplies) addSMBIOS(records []dmi.PowerSupply) {
	bays := *list
	of := make([]int, len(records)) // index of the supply, -1 for none
	for i := range of {
		of[i] = -1
	}
	free := len(records)
	taken := make([]bool, len(bays))
	match := func(same func(*dmi.PowerSupply, *report.PowerSupply) bool) {
		for i := range min(len(records), maxSupplies) {
			for k := 0; k < min(len(bays), maxSupplies) && of[i] < 0; k++ {
				if !taken[k] && same(&records[i], &bays[k]) {
					of[i], taken[k], free = k, true, free-1
				}
			}
		}
	}
	match(func(d *dmi.PowerSupply, p *report.PowerSupply) bool {
		return d.SerialNumber != "" && d.SerialNumber == p.Serial
	})
	match(func(d *dmi.PowerSupply, p *report.PowerSupply) bool { return partOfSerial(d.SerialNumber, p.Serial) })
	if free == len(bays)-(len(records)-free) && sameOrder(records, of, bays, taken) {
		match(func(d *dmi.PowerSupply, p *report.PowerSupply) bool { return d.SerialNumber == "" || p.Serial == "" })
	}
	match(func(d *dmi.PowerSupply, p *report.PowerSupply) bool {
		return bayNumber(d) != "" && trailingNumber(p.Slot) == bayNumber(d)
	})
	for i := range records {
		if of[i] < 0 {
			*list = append(*list, report.PowerSupply{Present: new(records[i].Present)})
			of[i] = len(*list) - 1
			note(&(*list)[of[i]], "present", source39)
		}
		addRecord(&(*list)[of[i]], &records[i])
	}
}

// partOfSerial tells that one of two serial numbers is the other without its beginning or its
// end: the fields of SMBIOS and of a FRU are not of one length.
func partOfSerial(a, b string) bool {
	return len(a) >= 6 && len(b) >= 6 && (strings.Contains(a, b) || strings.Contains(b, a))
}

// sameOrder tells that the records and the bays that are left are in one order: a
// record has no number, or both count up alike, each from 0 or 1 or, as some BMCs do,
// from 96, the first number of an entity of its own (IPMI 2.0, 39.1).
func sameOrder(records []dmi.PowerSupply, of []int, bays []report.PowerSupply, taken []bool) bool {
	var shifts []int
	k := 0
	for i := range records {
		if of[i] >= 0 {
			continue
		}
		for taken[k] {
			k++
		}
		slot, _ := slotAndModel(&records[i])
		number, bay := lastNumber(slot), lastNumber(bays[k].Slot)
		if number < 0 {
			return true
		}
		if bay < 0 || shifts == nil && bay != number && (number > 1 || bay > 1 && bay != 96) {
			return false
		}
		shifts = append(shifts, bay-number)
		k++
	}
	return len(slices.Compact(shifts)) == 1
}

// addRecord fills what is still empty of a supply; what the BMC said stands. Where it
// read another serial number, the record is of a supply that was there at boot.
func addRecord(p *report.PowerSupply, d *dmi.PowerSupply) {
	slot, model := slotAndModel(d)
	if p.FieldSources["slot"] == sourceSDR && slot != "" { // that is made of a number
		p.Slot = ""
	}
	set(p, &p.Slot, "slot", slot, source39)
	if p.Serial != "" && d.SerialNumber != "" && p.Serial != d.SerialNumber && !partOfSerial(d.SerialNumber, p.Serial) {
		p.BootSerial = d.SerialNumber
		return
	}
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
func isFiller(d dmi.PowerSupply) bool {
	return d.Location+d.Name+d.Manufacturer+d.SerialNumber+d.ModelPartNumber == ""
}

// slotAndModel tells which of the two the name of a record is: it is the bay's
// if it ends in the number or the letter of one, and else the unit's own.
func slotAndModel(d *dmi.PowerSupply) (slot, model string) {
	if namesBay(d.Name) {
		return cmp.Or(d.Location, d.Name), ""
	}
	return d.Location, d.Name
}

// bayWords are what stands before the number of a bay.
var bayWords = []string{"PSU", "PS", "PWS", "PWR", "SUPPLY", "BAY", "SLOT", "UNIT", "POWERSUPPLY"}

// namesBay recognises "Power Supply 1", "PSU2 (Bay 2)", "PS_3" and "PSU-B".
func namesBay(name string) bool {
	name, _, _ = strings.Cut(name, " (")
	name = strings.TrimSpace(name)
	word := strings.TrimRight(name, "0123456789")
	if n := len(name); word == name && n > 1 && strings.IndexByte(" -_", name[n-2]) >= 0 && name[n-1] >= 'A' && name[n-1] <= 'D' {
		word = name[:n-1]
	}
	if digits := len(name) - len(word); digits == 0 || digits > 2 {
		return false
	}
	word = strings.ToUpper(strings.TrimRight(word, " _-#"))
	word = word[strings.LastIndexAny(word, " _-")+1:]
	return slices.Contains(bayWords, word)
}

// bayNumber is the number of the bay that a record is about, "" if it tells none.
func bayNumber(d *dmi.PowerSupply) string {
	slot, _ := slotAndModel(d)
	return trailingNumber(slot)
}

// lastNumber is the last number in a name, -1 if there is none.
func lastNumber(name string) int {
	digits := lastDigits(name)
	if digits == "" {
		return -1
	}
	return atoi(digits)
}

// trailingNumber returns the last number in a name, "1" for "PSU1 bay" and "PSU01".
func trailingNumber(name string) string { return strings.TrimLeft(lastDigits(name), "0") }

// lastDigits are the last digits in a row of a name.
func lastDigits(name string) string {
	end := strings.LastIndexAny(name, "0123456789") + 1
	start := end
	for start > 0 && strings.IndexByte("0123456789", name[start-1]) >= 0 {
		start--
	}
	return name[start:end]
}
