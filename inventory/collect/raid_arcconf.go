// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/smart/arcconf"
)

// askArcconf asks arcconf about each controller that it lists.
func askArcconf(ctx context.Context, a *asker, tool string) ([]raidController, *answer, error) {
	parse := func(data []byte) (any, error) { return arcconf.Parse(data) }
	first := a.run(ctx, parse, tool, "LIST", "nologs")
	if first.state == report.StatusAbsent {
		return nil, first, nil
	}
	errs := []error{first.unlessAbsent()}
	listed, _ := first.value.(*arcconf.Document)
	if listed == nil {
		return nil, first, first.unlessAbsent()
	}
	var list []raidController
	for _, entry := range listed.List {
		n := strconv.Itoa(entry.Number)
		got := a.run(ctx, parse, tool, "GETCONFIG", n, "nologs")
		errs = append(errs, got.unlessAbsent())
		d, _ := got.value.(*arcconf.Document)
		if d == nil || d.Controller == nil {
			continue
		}
		got = a.run(ctx, parse, tool, "GETSTATUS", n, "nologs")
		errs = append(errs, got.unlessAbsent())
		status, _ := got.value.(*arcconf.Document)
		list = append(list, fromArcconf(tool, d, status))
	}
	return list, first, errors.Join(errs...)
}

func fromArcconf(tool string, d, status *arcconf.Document) raidController {
	c := d.Controller
	out := raidController{source: tool, about: report.StorageController{
		PCIAddress: c.PCIAddress, Model: genuine(c.Model), Serial: genuineSerial(c.Serial), Firmware: genuine(c.Firmware),
		Status: c.StatusText, TemperatureC: c.TemperatureCelsius, Battery: batteryOfArcconf(c.Backup), Cache: c.CacheStatus,
	}}
	if _, word, ok := strings.Cut(strings.TrimSuffix(c.TemperatureText, ")"), "("); ok && !strings.EqualFold(word, "normal") {
		out.about.Status = strings.TrimPrefix(out.about.Status+"; its temperature is "+strings.ToLower(word), "; ")
	}
	for i := range d.Enclosures {
		e := &d.Enclosures[i]
		for _, part := range slices.Concat(e.Fans, e.PowerSupplies, e.TemperatureSensors) {
			addPart(&out.about, strconv.Itoa(e.Number), strings.ToLower(strings.Replace(part.Name, " status", "", 1)), part.StatusText)
		}
	}
	for i := range d.Drives {
		out.drives = append(out.drives, raidDrive{drive: driveFromArcconf(&d.Drives[i])})
	}
	for i := range d.Volumes {
		v := &d.Volumes[i]
		said := volumeFromArcconf(d, v)
		if status != nil {
			for _, task := range status.Tasks {
				if task.Volume == strconv.Itoa(v.Number) {
					addTask(&said.volume, &task)
				}
			}
		}
		out.volumes = append(out.volumes, said)
	}
	return out
}

// addTask adds what runs on a volume.
func addTask(v *report.Volume, task *arcconf.Task) {
	v.ProgressPct = cmp.Or(v.ProgressPct, task.ProgressPercent)
	if strings.Contains(task.Operation, "Rebuild") && v.State == string(arcconf.VolumeDegraded) {
		v.State = string(arcconf.VolumeRebuilding)
	}
}

func driveFromArcconf(d *arcconf.Drive) report.Drive {
	out := report.Drive{
		Model: genuine(d.Model), Serial: d.Serial, WWN: d.WWN, Firmware: genuine(d.Firmware),
		LogicalBlockBytes: d.BlockBytes, PhysicalBlockBytes: d.PhysicalBlockBytes, RotationRPM: d.RotationRPM,
		Protocol: strings.ToLower(d.Interface), Media: strings.ToLower(d.Media),
		Enclosure: number(d.Enclosure), Slot: number(d.Slot), State: string(d.State), StateText: d.StatusText,
	}
	if vendor := genuine(d.Vendor); !isBusName(vendor) {
		out.Vendor = vendor
	}
	if d.Slot == nil && d.ChannelID != nil && d.DeviceID != nil { // direct attached: the tool's own name
		out.Enclosure, out.Slot = number(d.ChannelID), number(d.DeviceID)
	}
	known := make(map[string]*int64)
	if d.PredictiveFailure || d.SMART == "No" || d.SMARTWarnings != nil { // otherwise nobody watches it
		known["predictive"] = isTrue(d.PredictiveFailure)
	}
	if n := d.Counters; n != nil {
		known["media"] = sum(n.MediumErrors, n.MediaFailures)
		known["other"] = sum(n.HardwareErrors, n.LinkFailures, n.AbortedCommands, n.ParityErrors)
	}
	out.Errors = counts(known)
	return out
}

// sum adds the counters that are known, nil if none is.
func sum(counters ...*uint64) *int64 {
	var total *int64
	for _, n := range counters {
		if n == nil || *n > math.MaxInt32 {
			continue
		}
		total = new(deref(total) + int64(*n))
	}
	return total
}

func volumeFromArcconf(d *arcconf.Document, v *arcconf.Volume) raidSet {
	out := raidSet{volume: report.Volume{
		Name: cmp.Or(genuine(v.Name), fmt.Sprintf("volume %d", v.Number)), Level: raidLevel(v.Level),
		State: string(v.State), StateText: v.StatusText, ProgressPct: v.ProgressPercent, WWN: hexName(wwnDigits(v.UniqueID)),
		WriteCache: cacheOfArcconf(v.WriteCacheStatus), WriteCacheSet: cacheOfArcconf(v.WriteCacheSetting), BadBlocks: strings.EqualFold(v.FailedStripes, "Yes"),
	}}
	if strings.HasPrefix(d.Controller.CacheStatus, "Temporarily Disabled") {
		out.volume.WriteCache = "write_through"
	}
	out.target = new(int64(v.Number))
	if v.DiskName != "" {
		out.volume.Paths = []string{v.DiskName}
	}
	for _, m := range membersOfArcconf(d, v) {
		if i := memberOfArcconf(d, &m); i >= 0 {
			out.members = append(out.members, i)
			continue
		}
		if m.State != arcconf.Missing { // there, and not described
			continue
		}
		out.volume.Missing++
		if serial := genuineSerial(m.Serial); serial != "" {
			out.volume.MissingIDs = append(out.volume.MissingIDs, serial)
		}
	}
	if out.volume.Missing > 0 && v.State == arcconf.VolumeOptimal { // the segments know better
		out.volume.State = string(arcconf.VolumeDegraded)
	}
	return out
}

// membersOfArcconf returns the segments of a volume, or, where they are listed
// with its array, those of that.
func membersOfArcconf(d *arcconf.Document, v *arcconf.Volume) []arcconf.Member {
	if len(v.Members) > 0 || v.Array == "" {
		return v.Members
	}
	for i := range d.Arrays {
		if a := &d.Arrays[i]; strconv.Itoa(a.Number) == v.Array {
			return slices.DeleteFunc(slices.Clone(a.Members), func(m arcconf.Member) bool { return m.State == arcconf.HotSpare })
		}
	}
	return nil
}

// memberOfArcconf finds the drive of a segment by its serial number or its
// place, or by the part of a serial number that some versions print; -1 if there
// is none.
func memberOfArcconf(d *arcconf.Document, m *arcconf.Member) int {
	if m.State == arcconf.Missing {
		return -1
	}
	serial, place := strings.TrimSpace(m.Serial), strings.ReplaceAll(m.Location, " ", "")
	for _, same := range []func(*arcconf.Drive) bool{
		func(drive *arcconf.Drive) bool { return serial != "" && drive.Serial == serial },
		func(drive *arcconf.Drive) bool { return place != "" && isAtArcconf(drive, place) },
		func(drive *arcconf.Drive) bool {
			return len(serial) >= minSerial && strings.HasPrefix(drive.Serial, serial)
		},
	} {
		for i := range d.Drives {
			if same(&d.Drives[i]) {
				return i
			}
		}
	}
	return -1
}

// isAtArcconf tells whether a drive is at a segment's place:
// "…,Enclosure:0,Slot:1", "…,Connector:0,Device:1", or "0,1".
func isAtArcconf(drive *arcconf.Drive, place string) bool {
	location, _, _ := strings.Cut(drive.Location, "(")
	location = strings.NewReplacer(", ", ",", " ", ":").Replace(strings.TrimSpace(location))
	device := fmt.Sprintf("%s,%s", number(drive.ChannelID), number(drive.DeviceID))
	return location != "" && (place == location || strings.HasSuffix(place, ","+location)) || drive.DeviceID != nil && place == device
}

// cacheOfArcconf reads "Enabled (write-back)", "On when protected by
// battery/ZMM", "Disabled (write-through)", "Off".
func cacheOfArcconf(text string) string {
	switch text := strings.ToLower(text); {
	case strings.HasPrefix(text, "enabled"), strings.HasPrefix(text, "on"):
		return "write_back"
	case strings.HasPrefix(text, "disabled"), strings.HasPrefix(text, "off"):
		return "write_through"
	}
	return ""
}

// batteryOfArcconf takes what keeps the cache, nil where there is no place for
// it.
func batteryOfArcconf(b *arcconf.Backup) *report.Battery {
	if b == nil || b.StatusText == "" {
		return nil
	}
	out := &report.Battery{
		Kind: "battery", State: cmp.Or(string(b.State), b.StatusText), Serial: genuineSerial(b.Serial),
		ChargePct: b.ChargePercent, TemperatureC: b.TemperatureCelsius,
	}
	if b.State == arcconf.BatteryMissing && !strings.HasPrefix(b.StatusText, "Missing") {
		out.State = "absent" // "Not Installed", "Not Present": by design
	}
	if kind := strings.ToLower(b.Type + b.Supercap + b.StatusText); strings.Contains(kind, "supercap") || strings.Contains(kind, "zmm") {
		out.Kind = "capacitor"
	}
	return out
}
