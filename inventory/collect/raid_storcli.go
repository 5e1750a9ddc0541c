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
	// A question is asked if it concerns a controller. That the others refuse it is
	// no failure: an adapter in IT mode knows no volumes.
	more := func(concerns func(*storcli.Controller) bool, args ...string) {
		if last.state == report.StatusTimeout || !slices.ContainsFunc(r.Controllers, concerns) {
			return
		}
		refused := false // by others only
		last = a.run(ctx, func(data []byte) (any, error) {
			before := len(r.Answers)
			err := r.Add(data)
			refused = !slices.ContainsFunc(r.Answers[before:], func(a storcli.Answer) bool {
				return strings.HasPrefix(a.Status, "Fail") && slices.ContainsFunc(r.Controllers, func(c *storcli.Controller) bool {
					return concerns(c) && (c.Number == nil || a.Controller == nil || *c.Number == *a.Controller)
				})
			})
			return nil, err
		}, tool, append(args, "J", "nolog")...)
		if err := last.unlessAbsent(); !refused || !onlyFailure(last.err) {
			errs = append(errs, err)
		}
	}
	more(anyDrive(func(d *storcli.Drive) bool { return d.Enclosure != nil }), "/cALL/eALL/sALL", "show", "all")
	more(anyDrive(func(d *storcli.Drive) bool { return d.Enclosure == nil }), "/cALL/sALL", "show", "all")
	more(func(c *storcli.Controller) bool { return len(c.Volumes) > 0 }, "/cALL/vALL", "show", "all")
	more(anyDrive(func(d *storcli.Drive) bool { return d.State == storcli.Rebuilding }), "/cALL/eALL/sALL", "show", "rebuild")
	var list []raidController
	for _, c := range r.Controllers {
		list = append(list, fromStorcli(tool, c))
	}
	return list, first, errors.Join(errs...)
}

func anyDrive(is func(*storcli.Drive) bool) func(*storcli.Controller) bool {
	return func(c *storcli.Controller) bool { return slices.ContainsFunc(c.Drives, is) }
}

func fromStorcli(tool string, c *storcli.Controller) raidController {
	out := raidController{source: tool, about: report.StorageController{
		PCIAddress: c.PCIAddress, Model: genuine(c.Model), Serial: genuineSerial(c.Serial), Status: statusOfStorcli(c), Driver: c.Driver,
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
		addPart(&out.about, number(e.ID), "", e.State)
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

// statusOfStorcli adds to a controller's word for itself what it tells elsewhere.
func statusOfStorcli(c *storcli.Controller) string {
	status := c.Status
	drive := func(is func(*storcli.Drive) bool) bool { return slices.ContainsFunc(c.Drives, is) }
	volume := func(states ...storcli.VolumeState) bool {
		return slices.ContainsFunc(c.Volumes, func(v *storcli.Volume) bool { return slices.Contains(states, v.State) })
	}
	for _, also := range []struct {
		is   bool
		text string
	}{
		{deref(c.SafeMode), "it has started in safe mode"},
		{deref(c.PreservedCache), "its cache holds data of a volume that is offline"},
		{deref(c.DrivesFailed) > 0 && !drive(func(d *storcli.Drive) bool { return d.State == storcli.Failed || d.State == storcli.Offline }), "it counts failed drives, which it does not list"},
		{deref(c.DrivesPredictedToFail) > 0 && !drive((*storcli.Drive).PredictsFailure), "it counts drives that are about to fail, and says of none that it is"},
		{deref(c.VolumesOffline) > 0 && !volume(storcli.VolumeOffline), "it counts volumes that are offline, which it does not list"},
		{deref(c.VolumesDegraded) > 0 && !volume(storcli.VolumeDegraded, storcli.VolumePartiallyDegraded, storcli.VolumeRebuilding), "it counts degraded volumes, which it does not list"},
	} {
		if also.is {
			status = strings.TrimPrefix(status+"; "+also.text, "; ")
		}
	}
	return status
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
	if d.Policy != nil && deref(d.Policy.Locked) && d.State == storcli.Unconfigured { // with a key of another controller
		out.State, out.StateText = string(storcli.Foreign), joinWords(out.StateText, "locked")
	}
	return out
}

func joinWords(a, b string) string { return strings.TrimSpace(a + " " + b) }

func volumeFromStorcli(c *storcli.Controller, v *storcli.Volume, index map[*storcli.Drive]int) raidSet {
	out := raidSet{volume: report.Volume{
		Name: cmp.Or(genuine(v.Name), "volume "+number(v.Number)), Level: v.Level, SizeBytes: v.SizeBytes,
		State: string(v.State), StateText: v.StateText, WWN: hexName(wwnDigits(v.NAA)), BadBlocks: deref(v.BadBlocks) || deref(v.BadBlockTableAt),
		WriteCache: writeCacheOf(v.WritePolicy), WriteCacheSet: writeCacheOf(v.DefaultWritePolicy),
	}}
	out.target = v.Number
	if v.Access == "B" || v.Access == "Blkd" { // nobody can reach its data, however well its drives are
		out.volume.State, out.volume.StateText = string(storcli.VolumeOffline), joinWords(v.StateText, v.Access)
	}
	if v.OSDriveName != "" {
		out.volume.Paths = []string{v.OSDriveName}
	}
	listed := make(map[*storcli.Drive]bool)
	rebuilding, broken := false, false
	for _, m := range c.MembersOf(v) {
		d := c.DriveOf(m)
		if d == nil {
			if m.Slot == nil || m.State == storcli.Missing { // otherwise it is there, and not listed
				out.volume.Missing++
			}
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
	if state := storcli.VolumeState(out.volume.State); rebuilding && !broken && out.volume.Missing == 0 && (state == storcli.VolumeDegraded || state == storcli.VolumePartiallyDegraded) {
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
	if b.State == storcli.BatteryOK { // the controller's status for it is another look at it
		out.State = string(cmp.Or(c.BatteryState, b.State))
	}
	if b.Replace != nil && *b.Replace && out.State == string(storcli.BatteryOK) {
		out.State = string(storcli.BatteryDegraded)
	}
	return out
}
