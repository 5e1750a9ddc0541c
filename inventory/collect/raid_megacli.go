// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/smart/megacli"
)

// askMegacli asks MegaCli, which machines have from the time before storcli. It
// answers one question at a time, for all adapters at once.
func askMegacli(ctx context.Context, a *asker, tool string) ([]raidController, *answer, error) {
	var errs []error
	var last *answer
	askOf := func(adapter string, words ...string) *megacli.Document {
		if last != nil && last.state == report.StatusTimeout {
			return new(megacli.Document)
		}
		last = a.run(ctx, func(data []byte) (any, error) { return megacli.Parse(data) }, tool, append(words, adapter, "-NoLog")...)
		errs = append(errs, last.unlessAbsent())
		if d, _ := last.value.(*megacli.Document); d != nil {
			return d
		}
		return new(megacli.Document)
	}
	ask := func(words ...string) []megacli.Adapter { return askOf("-aALL", words...).Adapters }
	m := megacliAdapters{tool: tool, index: make(map[int]int)}
	battery := false
	for _, about := range ask("-AdpAllInfo") {
		m.add(&about)
		battery = battery || about.BatteryPresent == "Present"
	}
	first := last
	if len(m.list) == 0 {
		return nil, first, errors.Join(errs...)
	}
	for _, place := range ask("-AdpGetPciInfo") {
		m.place(&place)
	}
	for _, drives := range ask("-PDList") {
		m.addDrives(&drives)
	}
	for _, sets := range ask("-LdPdInfo") {
		m.addVolumes(&sets)
	}
	for _, q := range m.rebuilding() {
		m.addRebuilds(q.adapter, askOf("-a"+strconv.Itoa(q.adapter), "-PDRbld", "-ShowProg", "-PhysDrv["+q.drives+"]").Rebuilds)
	}
	if battery {
		for _, keeper := range ask("-AdpBbuCmd", "-GetBbuStatus") {
			m.setBattery(&keeper)
		}
	}
	return m.list, first, errors.Join(errs...)
}

// A rebuildQuestion asks an adapter how far the data of some drives is restored.
type rebuildQuestion struct {
	adapter int
	drives  string // "8:3,8:4"
}

// rebuilding are the questions to ask, none where no drive is being restored.
func (m *megacliAdapters) rebuilding() []rebuildQuestion {
	var list []rebuildQuestion
	for _, number := range slices.Sorted(maps.Keys(m.index)) {
		var places []string
		for _, d := range m.list[m.index[number]].drives {
			if d.drive.State == string(megacli.Rebuilding) && d.drive.Slot != "" {
				places = append(places, d.drive.Enclosure+":"+d.drive.Slot)
			}
		}
		if places != nil {
			list = append(list, rebuildQuestion{number, strings.Join(places, ",")})
		}
	}
	return list
}

// addRebuilds says of each volume how far the drive of its is that has most to do.
func (m *megacliAdapters) addRebuilds(adapter int, rebuilds []megacli.Rebuild) {
	c := &m.list[m.index[adapter]]
	for i := range c.volumes {
		set := &c.volumes[i]
		for _, at := range set.members {
			d := &c.drives[at].drive
			for _, r := range rebuilds {
				p := &set.volume.ProgressPct
				if number(r.Enclosure) == d.Enclosure && number(r.Slot) == d.Slot && (*p == nil || float64(r.Percent) < **p) {
					*p = new(float64(r.Percent))
				}
			}
		}
	}
}

// megacliAdapters puts together what the answers say of each adapter. One that
// the first answer does not know is not there.
type megacliAdapters struct {
	tool  string
	list  []raidController
	index map[int]int // by the tool's number
}

func (m *megacliAdapters) add(a *megacli.Adapter) {
	m.index[a.Number] = len(m.list)
	m.list = append(m.list, raidController{source: m.tool, about: report.StorageController{
		Model: genuine(a.Model), Serial: genuineSerial(a.Serial), Firmware: cmp.Or(genuine(a.FirmwarePackage), genuine(a.Firmware)),
	}})
}

func (m *megacliAdapters) of(a *megacli.Adapter) *raidController {
	if i, known := m.index[a.Number]; known {
		return &m.list[i]
	}
	return new(raidController)
}

// place sets the address, of which the tool leaves out the domain: controllers
// of its time are in the first.
func (m *megacliAdapters) place(a *megacli.Adapter) {
	if a.Bus != nil && a.Device != nil && a.Function != nil {
		m.of(a).about.PCIAddress = fmt.Sprintf("0000:%02x:%02x.%x", *a.Bus, *a.Device, *a.Function)
	}
}

func (m *megacliAdapters) setBattery(a *megacli.Adapter) {
	b := a.Battery
	if b == nil {
		return
	}
	out := &report.Battery{
		Kind: "battery", State: cmp.Or(string(b.State), b.StateText), Model: genuine(b.Type),
		ChargePct: b.ChargePercent, TemperatureC: b.TemperatureCelsius,
	}
	if strings.HasPrefix(b.Type, "CVPM") || strings.HasPrefix(b.Type, "TMM") {
		out.Kind = "capacitor"
	}
	m.of(a).about.Battery = out
}

func (m *megacliAdapters) addDrives(a *megacli.Adapter) {
	c := m.of(a)
	for i := range a.Drives {
		c.drives = append(c.drives, raidDrive{drive: driveFromMegacli(&a.Drives[i]), behind: number(a.Drives[i].DID)})
	}
}

func driveFromMegacli(d *megacli.Drive) report.Drive {
	predictive := long(d.PredictiveFailures)
	if deref(d.SmartAlert) && deref(predictive) == 0 {
		predictive = isTrue(true)
	}
	out := report.Drive{
		Model: genuine(d.Model), Vendor: genuine(d.Vendor), Serial: d.Serial, WWN: d.WWN, Firmware: genuine(d.Firmware),
		CapacityBytes: d.SizeBytes, LogicalBlockBytes: d.LogicalBlockBytes, PhysicalBlockBytes: d.PhysicalBlockBytes,
		Protocol: strings.ToLower(d.Interface), Enclosure: number(d.Enclosure), Slot: number(d.Slot),
		State: string(d.State), StateText: d.StateText,
		Errors: counts(map[string]*int64{"media": long(d.MediaErrors), "other": long(d.OtherErrors), "predictive": predictive}),
	}
	switch d.Media {
	case "Hard Disk Device":
		out.Media = "hdd"
	case "Solid State Device":
		out.Media = "ssd"
	}
	return out
}

// addVolumes adds the volumes with their members: the drives that the tool tells
// of below each.
func (m *megacliAdapters) addVolumes(a *megacli.Adapter) {
	c := m.of(a)
	byPlace := make(map[[2]string]int, len(c.drives))
	for i := range c.drives {
		d := &c.drives[i].drive
		byPlace[[2]string{d.Enclosure, d.Slot}] = i
	}
	members := make(map[int][]*megacli.Drive) // by the number of their volume
	for i := range a.Drives {
		if d := &a.Drives[i]; d.Volume != nil {
			members[*d.Volume] = append(members[*d.Volume], d)
		}
	}
	for i := range a.Volumes {
		v := &a.Volumes[i]
		set := raidSet{target: long(v.Target), volume: report.Volume{
			Name: cmp.Or(genuine(v.Name), "volume "+number(v.Number)), Level: v.Level, SizeBytes: v.SizeBytes,
			State: string(v.State), StateText: v.StateText, BadBlocks: deref(v.BadBlocks),
			WriteCache: megacliWriteCache(v.CachePolicy), WriteCacheSet: megacliWriteCache(v.DefaultCachePolicy),
		}}
		if v.AccessPolicy == "Blocked" { // nobody can reach its data, however well its drives are
			set.volume.State, set.volume.StateText = string(megacli.VolumeOffline), joinWords(v.StateText, v.AccessPolicy)
		}
		mine := members[deref(v.Number)]
		delete(members, deref(v.Number)) // a second volume of this number has none
		rebuilding, broken := false, false
		for _, d := range mine {
			if at, known := byPlace[[2]string{number(d.Enclosure), number(d.Slot)}]; known {
				set.members = append(set.members, at)
			}
			rebuilding = rebuilding || d.State == megacli.Rebuilding
			broken = broken || d.State == megacli.Failed || d.State == megacli.Offline
		}
		if n := deref(v.DriveCount) * max(deref(v.SpanDepth), 1); set.members != nil && v.State != megacli.VolumeOptimal {
			set.volume.Missing = max(n-len(set.members), 0)
		}
		degraded := v.State == megacli.VolumeDegraded || v.State == megacli.VolumePartiallyDegraded
		if degraded && rebuilding && !broken && set.volume.Missing == 0 {
			set.volume.State = string(megacli.VolumeRebuilding)
		}
		if !rebuilding && len(v.Operations) > 0 {
			set.volume.ProgressPct = new(float64(v.Operations[0].Percent))
		}
		c.volumes = append(c.volumes, set)
	}
}

// megacliWriteCache reads "WriteBack, ReadAhead, Direct, No Write Cache if Bad BBU".
func megacliWriteCache(policy string) string {
	switch first, _, _ := strings.Cut(policy, ","); first {
	case "WriteBack":
		return "write_back"
	case "WriteThrough":
		return "write_through"
	}
	return ""
}

// megacliWords finds the reason in what the tool prints: below "FW error
// description", or in the lines before its exit code.
func megacliWords(out host.Output) string {
	reason, described := "", false
	for line := range strings.Lines(string(out.Stdout)) {
		switch line = strings.TrimSpace(line); {
		case line == "":
		case strings.HasPrefix(line, "Exit Code:"):
			return clipLine([]byte(reason))
		case described, reason == "":
			reason, described = line, false
		}
		described = described || strings.HasPrefix(line, "FW error description")
	}
	return ""
}

// endsExitCode: MegaCli's last line has the status with which it ends.
func endsExitCode(stdout []byte) bool {
	return strings.Contains(string(stdout[max(len(stdout)-100, 0):]), "Exit Code:")
}
