// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/smart/storcli"
)

// askStorcli asks storcli, or one of its kin, about all its controllers.
func askStorcli(ctx context.Context, a *asker, tool string) ([]raidController, *answer, error) {
	first := a.run(ctx, func(data []byte) (any, error) {
		parsed, err := storcli.Parse(data)
		if errors.Is(err, storcli.ErrNoController) {
			err = nil
		}
		return parsed, err
	}, tool, "/cALL", "show", "all", "J", "nolog")
	if first.state == report.StatusAbsent {
		return nil, first, nil
	}
	r, _ := first.value.(*storcli.Report)
	if r == nil {
		return nil, first, first.unlessAbsent()
	}
	errs := []error{first.unlessAbsent()}
	last := first
	more := func(args ...string) {
		if last.state == report.StatusTimeout {
			return
		}
		got := a.run(ctx, func(data []byte) (any, error) { return nil, unlessNothing(r.Add(data)) }, tool, append(args, "J", "nolog")...)
		errs = append(errs, got.unlessAbsent())
		last = got
	}
	has := func(is func(*storcli.Controller) bool) bool { return slices.ContainsFunc(r.Controllers, is) }
	if has(func(c *storcli.Controller) bool {
		return hasDrive(c, func(d *storcli.Drive) bool { return d.Enclosure != nil })
	}) {
		more("/cALL/eALL/sALL", "show", "all")
	}
	if has(func(c *storcli.Controller) bool {
		return hasDrive(c, func(d *storcli.Drive) bool { return d.Enclosure == nil })
	}) {
		more("/cALL/sALL", "show", "all")
	}
	if has(func(c *storcli.Controller) bool { return len(c.Volumes) > 0 }) {
		more("/cALL/vALL", "show", "all")
	}
	if has(func(c *storcli.Controller) bool {
		return hasDrive(c, func(d *storcli.Drive) bool { return d.State == storcli.Rebuilding })
	}) {
		more("/cALL/eALL/sALL", "show", "rebuild")
	}
	var list []raidController
	for _, c := range r.Controllers {
		list = append(list, fromStorcli(tool, c))
	}
	return list, first, errors.Join(errs...)
}

func hasDrive(c *storcli.Controller, is func(*storcli.Drive) bool) bool {
	return slices.ContainsFunc(c.Drives, is)
}

func fromStorcli(tool string, c *storcli.Controller) raidController {
	out := raidController{source: tool, about: report.StorageController{
		PCIAddress: c.PCIAddress, Model: genuine(c.Model), Serial: genuineSerial(c.Serial), Status: c.Status, Driver: c.Driver,
		Firmware:     cmp.Or(genuine(c.FirmwarePackage), genuine(c.Firmware)),
		TemperatureC: toInt(c.ROCTemperatureCelsius), Battery: batteryOfStorcli(c),
		Errors: counts(map[string]*int64{"memory_correctable": c.MemoryCorrectableErrors, "memory_uncorrectable": c.MemoryUncorrectableErrors}),
	}}
	for _, e := range c.Enclosures {
		if e.ID != nil {
			out.about.Enclosures = append(out.about.Enclosures, report.Enclosure{
				ID: number(e.ID), Model: genuine(e.Product), Slots: deref(toInt(e.Slots)), Filled: deref(toInt(e.Drives)),
			})
		}
	}
	index := make(map[*storcli.Drive]int, len(c.Drives))
	for _, d := range c.Drives {
		index[d] = len(out.drives)
		out.drives = append(out.drives, raidDrive{drive: driveFromStorcli(d), behind: number(d.DID)})
	}
	for _, v := range c.Volumes {
		out.volumes = append(out.volumes, volumeFromStorcli(c, v, index))
	}
	return out
}

func driveFromStorcli(d *storcli.Drive) report.Drive {
	out := report.Drive{
		Model: genuine(d.Model), Serial: d.Serial, WWN: d.WWN, Firmware: genuine(d.Firmware),
		CapacityBytes: d.SizeBytes, LogicalBlockBytes: int(d.LogicalBytes), PhysicalBlockBytes: int(d.PhysicalBytes),
		Protocol: strings.ToLower(d.Interface), Media: strings.ToLower(d.Media), RotationRPM: deref(toInt(d.RotationRPM)),
		Enclosure: number(d.Enclosure), Slot: number(d.Slot), State: string(d.State), StateText: joinWords(d.StateText, d.StatusText),
		Errors: counts(map[string]*int64{"media": d.MediaErrors, "other": d.OtherErrors, "predictive": d.PredictiveFailures}),
	}
	if vendor := genuine(d.Vendor); !isBusName(vendor) && vendor != "NVMe" {
		out.Vendor = vendor
	}
	if d.SmartAlert != nil && *d.SmartAlert && out.Errors["predictive"] == 0 {
		if out.Errors == nil {
			out.Errors = make(map[string]int64)
		}
		out.Errors["predictive"] = 1
	}
	return out
}

func joinWords(a, b string) string { return strings.TrimSpace(a + " " + b) }

func volumeFromStorcli(c *storcli.Controller, v *storcli.Volume, index map[*storcli.Drive]int) raidSet {
	out := raidSet{volume: report.Volume{
		Name: cmp.Or(genuine(v.Name), "volume "+number(v.Number)), Level: v.Level, SizeBytes: v.SizeBytes,
		State: string(v.State), StateText: v.StateText, WWN: hexName(wwnDigits(v.NAA)),
		WriteCache: writeCacheOf(v.WritePolicy), WriteCacheSet: writeCacheOf(v.DefaultWritePolicy),
	}}
	if v.OSDriveName != "" {
		out.volume.Paths = []string{v.OSDriveName}
	}
	listed := make(map[*storcli.Drive]bool)
	rebuilding, broken := false, false
	for _, m := range c.MembersOf(v) {
		d := c.DriveOf(m)
		if d == nil {
			out.volume.Missing++
			continue
		}
		listed[d] = true
		out.members = append(out.members, index[d])
		rebuilding = rebuilding || d.State == storcli.Rebuilding
		broken = broken || d.State == storcli.Failed || d.State == storcli.Offline
		for _, op := range d.Operations {
			if op.Percent != nil && d.State == storcli.Rebuilding {
				out.volume.ProgressPct = new(float64(*op.Percent))
			}
		}
	}
	if out.volume.Missing > 0 { // what left the group and still stands beside it
		for _, d := range c.Drives {
			if d.Group != nil && v.Group != nil && *d.Group == *v.Group && !listed[d] && d.Serial != "" && d.State != storcli.HotSpare {
				out.volume.MissingIDs = append(out.volume.MissingIDs, d.Serial)
			}
		}
	}
	if rebuilding && !broken && out.volume.Missing == 0 && (v.State == storcli.VolumeDegraded || v.State == storcli.VolumePartiallyDegraded) {
		out.volume.State = string(storcli.VolumeRebuilding)
	}
	for _, op := range v.Operations {
		if op.Percent != nil && out.volume.ProgressPct == nil {
			out.volume.ProgressPct = new(float64(*op.Percent))
		}
	}
	return out
}

func writeCacheOf(p storcli.WritePolicy) string {
	if p == storcli.AlwaysWriteBack {
		return string(storcli.WriteBack)
	}
	return string(p)
}

// batteryOfStorcli takes what keeps the cache, nil where there is nothing. One
// that is there and that the tool does not list has its state from the
// controller's.
func batteryOfStorcli(c *storcli.Controller) *report.Battery {
	if len(c.Batteries) == 0 {
		if c.BatteryPresent == nil || !*c.BatteryPresent || c.BatteryStatus == "" {
			return nil
		}
		return &report.Battery{State: cmp.Or(string(c.BatteryState), c.BatteryStatus)}
	}
	b := &c.Batteries[0]
	out := &report.Battery{
		Kind: "capacitor", State: cmp.Or(string(b.State), b.StateText), Model: genuine(b.Model), Serial: genuineSerial(b.Serial),
		ChargePct: toInt(b.ChargePercent), TemperatureC: toInt(b.TemperatureCelsius),
	}
	if b.Kind == "bbu" {
		out.Kind = "battery"
	}
	if b.Replace != nil && *b.Replace && b.State == storcli.BatteryOK {
		out.State = string(storcli.BatteryDegraded)
	}
	return out
}
