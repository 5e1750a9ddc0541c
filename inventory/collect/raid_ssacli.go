// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/smart/ssacli"
)

// askSsacli asks ssacli, or its ancestor, about all Smart Arrays.
func askSsacli(ctx context.Context, a *asker, tool string) ([]raidController, *answer, error) {
	got := a.run(ctx, func(data []byte) (any, error) {
		d, err := ssacli.Parse(data)
		if errors.Is(err, ssacli.ErrNoController) {
			err = nil
		}
		return d, err
	}, tool, "ctrl", "all", "show", "config", "detail")
	if got.state == report.StatusAbsent {
		return nil, got, nil
	}
	var list []raidController
	if d, _ := got.value.(*ssacli.Document); d != nil {
		for i := range d.Controllers {
			list = append(list, fromSsacli(tool, &d.Controllers[i]))
		}
	}
	return list, got, got.unlessAbsent()
}

func fromSsacli(tool string, c *ssacli.Controller) raidController {
	out := raidController{source: tool, about: report.StorageController{
		PCIAddress: c.PCIAddress, Model: genuine(c.Model), Vendor: "HPE", Serial: genuineSerial(c.Serial), Firmware: genuine(c.Firmware),
		Driver: c.Driver, Status: c.StatusText, TemperatureC: c.TemperatureCelsius, Battery: batteryOfSsacli(c), Cache: joinReason(c.CacheStatus, c.CacheStatusDetails),
	}}
	for _, e := range c.Enclosures {
		out.about.Enclosures = append(out.about.Enclosures, report.Enclosure{
			ID: joinPlace(e.Port, e.Box), Vendor: genuine(e.Vendor), Model: cmp.Or(genuine(e.Model), e.Name), Slots: atoi(e.DriveBays), Address: e.WWID,
		})
		name := joinPlace(e.Port, e.Box)
		addPart(&out.about, name, "", e.StatusText)
		addPart(&out.about, name, "power supplies", e.PowerSupply)
		addPart(&out.about, name, "fans", e.Fan)
		addPart(&out.about, name, "temperature", e.Temperature)
	}
	index := make(map[string]int, len(c.Drives)) // by name
	for i := range c.Drives {
		d := &c.Drives[i]
		index[d.Name] = i
		out.drives = append(out.drives, raidDrive{drive: driveFromSsacli(d)})
	}
	for i := range c.Volumes {
		out.volumes = append(out.volumes, volumeFromSsacli(c, &c.Volumes[i], index))
	}
	return out
}

// joinReason adds to a tool's word why it is so.
func joinReason(text, why string) string {
	if text == "" || why == "" {
		return text
	}
	return text + ": " + why
}

// joinPlace names an enclosure as the tool does: "1I:1".
func joinPlace(port, box string) string {
	if port == "" || box == "" {
		return port + box
	}
	return port + ":" + box
}

func driveFromSsacli(d *ssacli.Drive) report.Drive {
	out := report.Drive{
		Model: genuine(d.Model), Vendor: genuine(d.Vendor), Serial: d.Serial, WWN: cmp.Or(d.WWN, d.WWID), Firmware: genuine(d.Firmware),
		LogicalBlockBytes: d.LogicalBlockBytes, PhysicalBlockBytes: d.PhysicalBlockBytes, RotationRPM: d.RotationRPM,
		Protocol: strings.ToLower(d.Interface), Media: strings.ToLower(d.Media),
		Enclosure: joinPlace(d.Port, d.Box), Slot: d.Bay, State: string(d.State), StateText: d.StatusText,
		Errors: counts(map[string]*int64{"predictive": isTrue(d.PredictiveFailure)}),
	}
	if isBusName(out.Vendor) {
		out.Vendor = ""
	}
	return out
}

func volumeFromSsacli(c *ssacli.Controller, v *ssacli.Volume, index map[string]int) raidSet {
	out := raidSet{volume: report.Volume{
		Name: cmp.Or(genuine(v.Label), fmt.Sprintf("volume %d", v.Number)), Level: raidLevel(v.Level),
		State: string(v.State), StateText: v.StatusText, ProgressPct: v.ProgressPercent, WWN: hexName(wwnDigits(v.UniqueID)),
		BadBlocks: v.MediaErrors != "" && v.MediaErrors != "0",
	}}
	if v.DiskName != "" {
		out.volume.Paths = []string{v.DiskName}
	}
	if strings.EqualFold(v.Caching, "Enabled") {
		out.volume.WriteCache, out.volume.WriteCacheSet = "write_back", "write_back"
		if c.CacheDisabled {
			out.volume.WriteCache = "write_through"
		}
	}
	if out.volume.ProgressPct == nil {
		out.volume.ProgressPct = v.ParityProgressPercent
	}
	for _, i := range membersOfSsacli(c, v, index) {
		out.members = append(out.members, i)
		if p := c.Drives[i].RebuildProgressPercent; p != nil && out.volume.ProgressPct == nil {
			out.volume.ProgressPct = p
		}
		if c.Drives[i].State == ssacli.Missing {
			out.volume.Missing++
			if serial := genuineSerial(c.Drives[i].Serial); serial != "" {
				out.volume.MissingIDs = append(out.volume.MissingIDs, serial)
			}
		}
	}
	return out
}

// membersOfSsacli returns the drives of a volume: those of its groups, where
// the tool prints groups, or else those of its array that are not spares.
func membersOfSsacli(c *ssacli.Controller, v *ssacli.Volume, index map[string]int) []int {
	var list []int
	for _, m := range v.Members {
		if i, ok := index[m.Drive]; ok {
			list = append(list, i)
		}
	}
	if list != nil || v.Array == "" {
		return list
	}
	for i := range c.Drives {
		if d := &c.Drives[i]; d.Array == v.Array && d.State != ssacli.HotSpare && (d.State == ssacli.Rebuilding || !strings.Contains(strings.ToLower(d.TypeText), "spare")) {
			list = append(list, i)
		}
	}
	return list
}

// batteryOfSsacli takes what keeps the cache, nil where the tool says nothing.
func batteryOfSsacli(c *ssacli.Controller) *report.Battery {
	if c.BatteryStatus == "" {
		return nil
	}
	out := &report.Battery{Kind: "battery", State: cmp.Or(string(c.Battery), c.BatteryStatus), TemperatureC: c.CapacitorTemperatureCelsius}
	if c.Battery == ssacli.BatteryMissing && !strings.HasPrefix(c.BatteryStatus, "Missing") {
		out.State = "absent" // "Not Present": by design
	}
	if strings.Contains(strings.ToLower(c.BackupPower), "capacitor") {
		out.Kind = "capacitor"
	}
	return out
}
