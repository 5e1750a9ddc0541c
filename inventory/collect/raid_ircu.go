// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/smart/sasircu"
)

// askIRCU asks sas3ircu or sas2ircu about the adapters that it lists. Each
// knows the chips of its own generation only.
func askIRCU(ctx context.Context, a *asker, tool string) ([]raidController, *answer, error) {
	parse := func(data []byte) (any, error) {
		d, err := sasircu.Parse(data)
		if errors.Is(err, sasircu.ErrNoController) {
			err = nil
		}
		return d, err
	}
	first := a.run(ctx, parse, tool, "LIST")
	if first.state == report.StatusAbsent {
		return nil, first, nil
	}
	errs := []error{first.unlessAbsent()}
	listed, _ := first.value.(*sasircu.Document)
	if listed == nil {
		return nil, first, first.unlessAbsent()
	}
	var list []raidController
	for _, adapter := range listed.Adapters {
		index := strconv.Itoa(adapter.Index)
		got := a.run(ctx, parse, tool, index, "DISPLAY")
		errs = append(errs, got.unlessAbsent())
		d, _ := got.value.(*sasircu.Document)
		if d == nil || d.Controller == nil {
			continue
		}
		var status *sasircu.Document
		if len(d.Volumes) > 0 {
			got := a.run(ctx, parse, tool, index, "STATUS")
			errs = append(errs, got.unlessAbsent())
			status, _ = got.value.(*sasircu.Document)
		}
		c := fromIRCU(tool, d, status)
		if c.about.PCIAddress == "" {
			c.about.PCIAddress = adapter.PCIAddress
		}
		list = append(list, c)
	}
	return list, first, errors.Join(errs...)
}

func fromIRCU(tool string, d, status *sasircu.Document) raidController {
	out := raidController{source: tool, about: report.StorageController{
		PCIAddress: d.Controller.PCIAddress, Model: genuine(d.Controller.Model), Firmware: genuine(d.Controller.Firmware),
	}}
	for _, e := range d.Enclosures {
		enclosure := report.Enclosure{ID: strconv.Itoa(e.Number), Slots: e.Slots, Address: e.LogicalID}
		for i := range d.Drives {
			if n := d.Drives[i].Enclosure; n != nil && *n == e.Number && d.Drives[i].State != sasircu.Missing {
				enclosure.Filled++
			}
		}
		out.about.Enclosures = append(out.about.Enclosures, enclosure)
	}
	byPlace := make(map[string]int)
	var missing []int
	for i := range d.Drives {
		drive := driveFromIRCU(&d.Drives[i])
		if drive.State == string(sasircu.Missing) || drive.Slot == "" {
			missing = append(missing, i)
		} else {
			byPlace[drive.Enclosure+":"+drive.Slot] = i
		}
		out.drives = append(out.drives, raidDrive{drive: drive})
	}
	missing = unlessShared(d, missing)
	for i := range d.Volumes {
		v := volumeFromIRCU(&d.Volumes[i], byPlace)
		if v.volume.Missing > 0 {
			for _, m := range missing {
				if serial := out.drives[m].drive.Serial; serial != "" {
					v.volume.MissingIDs = append(v.volume.MissingIDs, serial)
				}
			}
		}
		addStatus(&v.volume, &d.Volumes[i], status)
		out.volumes = append(out.volumes, v)
	}
	return out
}

// unlessShared returns the missing drives if just one volume misses drives:
// they all stand at the place 0:0, and of several volumes nobody knows whose
// they are.
func unlessShared(d *sasircu.Document, missing []int) []int {
	owners := 0
	for i := range d.Volumes {
		for _, m := range d.Volumes[i].Members {
			if m.Enclosure == 0 && m.Slot == 0 {
				owners++
				break
			}
		}
	}
	if owners > 1 {
		return nil
	}
	return missing
}

func driveFromIRCU(d *sasircu.Drive) report.Drive {
	out := report.Drive{
		Model: genuine(d.Model), Serial: d.Serial, WWN: d.WWN, Firmware: genuine(d.Firmware), CapacityBytes: d.SizeBytes,
		Protocol: strings.ToLower(d.Interface), Media: strings.ToLower(d.Media),
		Enclosure: number(d.Enclosure), Slot: number(d.Slot), State: string(d.State), StateText: d.StateText,
	}
	if vendor := genuine(d.Vendor); !isBusName(vendor) {
		out.Vendor = vendor
	}
	return out
}

func volumeFromIRCU(v *sasircu.Volume, byPlace map[string]int) raidSet {
	out := raidSet{volume: report.Volume{
		Name: fmt.Sprintf("volume %d", v.Number), Level: raidLevel(v.Level), SizeBytes: v.SizeBytes,
		State: string(v.State), StateText: v.StateText, WWN: hexName(wwnDigits(v.NAA)),
	}}
	if v.Inactive { // nobody can reach its data, however well its drives are
		out.volume.State = string(sasircu.VolumeOffline)
	}
	for _, m := range v.Members {
		i, ok := byPlace[fmt.Sprintf("%d:%d", m.Enclosure, m.Slot)]
		if !ok {
			out.volume.Missing++
			continue
		}
		out.members = append(out.members, i)
	}
	return out
}

// addStatus adds what STATUS says of the work on a volume.
func addStatus(v *report.Volume, said *sasircu.Volume, status *sasircu.Document) {
	if status == nil {
		return
	}
	for _, op := range status.Operations {
		if op.Volume != said.Number {
			continue
		}
		v.ProgressPct = op.ProgressPercent
		if op.Operation == "Synchronize" && v.State == string(sasircu.VolumeDegraded) {
			v.State = string(sasircu.VolumeRebuilding)
		}
	}
}
