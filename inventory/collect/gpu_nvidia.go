// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/nvidia"

	"github.com/mchus/bee/inventory/report"
)

// gpusFromNVIDIA lists the GPUs that the driver describes, and those that it
// only complains about: most have fallen off the bus. One that it names by
// number alone has no address here; Reconcile finds it on the bus.
func gpusFromNVIDIA(log *nvidia.Log, notes []nvidia.Note, unreadable []nvidia.UnreadableGPU) []report.GPU {
	var list []report.GPU
	byAddress, byIndex := make(map[string]int), make(map[int64]int) // the first of each in the list
	add := func(g report.GPU) {
		if _, known := byAddress[g.PCIAddress]; !known && g.PCIAddress != "" {
			byAddress[g.PCIAddress] = len(list)
		}
		if g.Index != nil {
			if _, known := byIndex[int64(*g.Index)]; !known {
				byIndex[int64(*g.Index)] = len(list)
			}
		}
		list = append(list, g)
	}
	for i := range log.GPUs {
		add(gpuFromNVIDIA(log, &log.GPUs[i]))
	}
	for _, note := range notes {
		if i, known := byAddress[note.PCIAddress]; known && note.CorruptInfoROM {
			list[i].Fault = cmp.Or(list[i].Fault, note.Text)
		}
	}
	for _, u := range unreadable {
		i, known := byAddress[u.PCIAddress]
		if u.PCIAddress == "" && u.Index != nil {
			i, known = byIndex[*u.Index]
		}
		if !known {
			add(unopened(log, u))
			continue
		}
		list[i].Fault, list[i].Missing = cmp.Or(list[i].Fault, u.Reason), true
	}
	if log.AttachedGPUs == nil {
		return list
	}
	for n := int64(len(list)); n < *log.AttachedGPUs && n < maxGPUs; n++ {
		list = append(list, report.GPU{
			Vendor: "NVIDIA", Driver: log.Driver, Missing: true, Sources: []string{"nvidia-smi"},
			Fault: fmt.Sprintf("its driver counts %d GPUs and does not describe it", *log.AttachedGPUs),
		})
	}
	return list
}

// unopened is a GPU that the driver has and that nvidia-smi could not open. It is
// missing, unless the reason says that it is only kept from who asked, that the
// driver is not for it, or that it waits for a reset.
func unopened(log *nvidia.Log, u nvidia.UnreadableGPU) report.GPU {
	g := report.GPU{PCIAddress: u.PCIAddress, Index: toInt(u.Index), Vendor: "NVIDIA", Driver: log.Driver, Sources: []string{"nvidia-smi"}}
	switch reason := strings.ToLower(u.Reason); {
	case strings.Contains(reason, "permission"), strings.Contains(reason, "access blocked"), strings.Contains(reason, "not supported"),
		strings.Contains(reason, "in use by another"):
		g.Unread = "nvidia-smi: " + u.Reason
	case strings.Contains(reason, "requires reset"), strings.Contains(reason, "requires restart"), strings.Contains(reason, "reset required"):
		g.ResetRequired, g.Unread = new(true), "nvidia-smi: "+u.Reason
	default:
		g.Missing, g.Fault = true, cmp.Or(u.Reason, "its driver cannot open it")
	}
	return g
}

// maxGPUs bounds what a number in a document can add to a report.
const maxGPUs = 256

func gpuFromNVIDIA(log *nvidia.Log, d *nvidia.GPU) report.GPU {
	return report.GPU{
		PCIAddress: d.PCI.Address, Model: d.Name, Vendor: "NVIDIA", UUID: realGPUUUID(d.UUID), Serial: d.Serial,
		BoardPartNumber: d.BoardPartNumber, FRUPartNumber: d.FRUPartNumber, VBIOS: d.VBIOS,
		Driver: log.Driver, CUDA: log.CUDA, Index: toInt(d.Index),
		MemoryBytes: toUint(d.Memory.TotalBytes), Fault: d.Fault,
		ECC: eccFromNVIDIA(d), RetiredPages: pagesFromNVIDIA(&d.RetiredPages), RowRemap: remapFromNVIDIA(&d.RemappedRows),
		BadReadings: badReadings(d), ResetRequired: either(d.ResetRequired, d.DrainAndResetRecommended), InfoROM: d.InfoROM.Image,
		Fabric: fabricFromNVIDIA(&d.Fabric), Throttle: throttleFromNVIDIA(&d.EventReasons),
		RecoveryAction: strings.ToLower(d.RecoveryAction), MIG: migFromNVIDIA(d), Link: linkFromNVIDIA(&d.PCI),
		PowerLimitW:  toWatts(d.Power.EnforcedMilliwatts, d.Power.LimitMilliwatts),
		PowerW:       toWatts(d.Power.DrawMilliwatts, d.Power.AverageMilliwatts, d.Power.InstantMilliwatts),
		TemperatureC: toInt(d.Temperature.GPUCelsius),
		Sources:      []string{"nvidia-smi"},
	}
}

// realGPUUUID returns the UUID of a GPU, "" for zeros, which would name all
// such cards alike.
func realGPUUUID(uuid string) string {
	if strings.Trim(uuid, "GPU-0") == "" {
		return ""
	}
	return uuid
}

func eccFromNVIDIA(d *nvidia.GPU) *report.GPUECC {
	ecc := report.GPUECC{
		Enabled: d.ECCMode.Current, Volatile: countsFromNVIDIA(&d.ECC.Volatile), Aggregate: countsFromNVIDIA(&d.ECC.Aggregate),
		SRAMThresholdExceeded: d.ECC.Aggregate.SRAMThresholdExceeded,
		Pending:               d.ECCMode.Pending, Unrepairable: d.ECC.UnrepairableMemory,
		RepairPending: either(d.ECC.ChannelRepairPending, d.ECC.TPCRepairPending),
	}
	return orNil(ecc)
}

func countsFromNVIDIA(c *nvidia.ECCCounts) *report.ECCCounts {
	return orNil(report.ECCCounts{Corrected: c.Corrected(), Uncorrected: c.Uncorrected()})
}

func pagesFromNVIDIA(d *nvidia.RetiredPages) *report.GPUPages {
	return orNil(report.GPUPages{SBE: d.SingleBit.Count, DBE: d.DoubleBit.Count, Pending: d.Pending})
}

func remapFromNVIDIA(d *nvidia.RemappedRows) *report.GPURowRemap {
	return orNil(report.GPURowRemap{
		Correctable: d.Correctable, Uncorrectable: d.Uncorrectable, Pending: d.Pending, Failure: d.Failure,
		BanksWithoutSpares: d.Histogram.None,
	})
}

// badReadings names the values in whose place a message stood.
func badReadings(d *nvidia.GPU) []string {
	var list []string
	for _, f := range d.Faulty {
		list = append(list, f.Path+": "+f.Text)
	}
	return list
}

// either tells whether one of two is so; nil if neither is known.
func either(a, b *bool) *bool {
	if a == nil || b != nil && *b {
		return b
	}
	return a
}

func fabricFromNVIDIA(d *nvidia.Fabric) *report.GPUFabric {
	f := report.GPUFabric{State: strings.ToLower(d.State), Status: strings.ToLower(d.Status)}
	health := make(map[string]string)
	word := func(name, value string) {
		if value = strings.ToLower(value); value != "" {
			health[name] = value
		}
	}
	flag := func(name string, value *bool) {
		if value != nil {
			health[name] = strconv.FormatBool(*value)
		}
	}
	word("summary", d.Health.Summary)
	word("bandwidth", d.Health.Bandwidth)
	word("incorrect_configuration", d.Health.IncorrectConfiguration)
	flag("route_recovery", d.Health.RouteRecovery)
	flag("route_unhealthy", d.Health.RouteUnhealthy)
	flag("access_timeout_recovery", d.Health.AccessTimeoutRecovery)
	if len(health) > 0 {
		f.Health = health
	}
	if f.State == "" && f.Status == "" && f.Health == nil {
		return nil
	}
	return &f
}

// throttleFromNVIDIA lists why the clocks are held down: idleness and settings
// are no reason to tell.
func throttleFromNVIDIA(d *nvidia.EventReasons) []string {
	var list []string
	for _, reason := range []struct {
		name   string
		active *bool
	}{
		{"hw_slowdown", d.HWSlowdown}, {"hw_thermal_slowdown", d.HWThermalSlowdown}, {"hw_power_brake", d.HWPowerBrakeSlowdown},
		{"sw_thermal_slowdown", d.SWThermalSlowdown}, {"sw_power_cap", d.SWPowerCap},
	} {
		if deref(reason.active) {
			list = append(list, reason.name)
		}
	}
	return list
}

func migFromNVIDIA(d *nvidia.GPU) *report.GPUMIG {
	if d.MIGMode.Current == nil {
		return nil
	}
	mig := &report.GPUMIG{Mode: "disabled"}
	if *d.MIGMode.Current {
		mig.Mode = "enabled"
	}
	for _, m := range d.MIGDevices {
		mig.Devices = append(mig.Devices, report.MIGDevice{
			UUID: m.UUID, Profile: m.Profile, MemoryBytes: toUint(m.Memory.TotalBytes),
			GPUInstance: toInt(m.GPUInstance), ComputeInstance: toInt(m.ComputeInstance), SMCount: int(toUint(m.Multiprocessors)),
		})
	}
	return mig
}

// hasNamelessMIG tells that the XML has devices of a GPU without their names.
func hasNamelessMIG(g nvidia.GPU) bool {
	return slices.ContainsFunc(g.MIGDevices, func(d nvidia.MIGDevice) bool { return d.UUID == "" || d.Profile == "" })
}

// addNVLinks takes the links from nvidia-smi nvlink -s.
func addNVLinks(list []report.GPU, links *nvidia.Log) {
	for i := range list {
		for j := range links.GPUs {
			g := &links.GPUs[j]
			if g.UUID == "" || g.UUID != list[i].UUID {
				continue
			}
			for _, l := range g.NVLinks {
				link := report.NVLink{Link: l.Link, Active: deref(l.Active)}
				if l.SpeedMBs != nil {
					link.SpeedGBps = float64(*l.SpeedMBs) / 1000
				}
				list[i].NVLink = append(list[i].NVLink, link)
			}
		}
	}
}

// linkFromNVIDIA describes the link as the driver sees it. Whether it is
// degraded is for the PCI collector to say, which sees the port above.
func linkFromNVIDIA(d *nvidia.PCI) *report.PCILink {
	return orNil(report.PCILink{
		CurrentGTs: generationGTs(d.LinkGeneration), CurrentWidth: int(toUint(d.LinkWidth)),
		MaxGTs: generationGTs(d.LinkGenerationMax), MaxWidth: int(toUint(d.LinkWidthMax)),
	})
}

// generationGTs is the transfer rate of a generation of PCI Express.
func generationGTs(generation *int64) float64 {
	rates := [...]float64{1: 2.5, 2: 5, 3: 8, 4: 16, 5: 32, 6: 64}
	if n := toUint(generation); n < uint64(len(rates)) {
		return rates[n]
	}
	return 0
}

// orNil returns a pointer to v, nil if there is nothing in it.
func orNil[T any](v T) *T {
	if isZero(v) {
		return nil
	}
	return &v
}

// toUint returns a number that cannot be negative, 0 if it is not known.
func toUint(n *int64) uint64 {
	if n == nil || *n < 0 {
		return 0
	}
	return uint64(*n)
}

func toInt(n *int64) *int {
	if n == nil {
		return nil
	}
	return new(int(*n))
}

// toWatts returns the first reading that is known, 0 if none is.
func toWatts(milliwatts ...*int64) float64 {
	for _, mw := range milliwatts {
		if mw != nil {
			return float64(*mw) / 1000
		}
	}
	return 0
}
