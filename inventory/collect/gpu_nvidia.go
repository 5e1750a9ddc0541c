// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mchus/bee/nvidia"

	"github.com/mchus/bee/inventory/report"
)

// gpusFromNVIDIA lists the GPUs that the driver describes, and those that it
// only complains about: most have fallen off the bus.
func gpusFromNVIDIA(log *nvidia.Log, notes []nvidia.Note) []report.GPU {
	var list []report.GPU
	for i := range log.GPUs {
		list = append(list, gpuFromNVIDIA(log, &log.GPUs[i]))
	}
	for _, note := range notes {
		known := func(g report.GPU) bool { return g.PCIAddress == note.PCIAddress }
		switch i := slices.IndexFunc(list, known); {
		case note.PCIAddress == "" || !note.Unreadable && !note.CorruptInfoROM:
		case i >= 0:
			list[i].Fault = cmp.Or(list[i].Fault, note.Text)
		default:
			list = append(list, report.GPU{
				PCIAddress: note.PCIAddress, Vendor: "NVIDIA", Driver: log.Driver, Fault: note.Text, Sources: []string{"nvidia-smi"},
			})
		}
	}
	return list
}

func gpuFromNVIDIA(log *nvidia.Log, d *nvidia.GPU) report.GPU {
	return report.GPU{
		PCIAddress: d.PCI.Address, Model: d.Name, Vendor: "NVIDIA", UUID: d.UUID, Serial: d.Serial,
		BoardPartNumber: d.BoardPartNumber, FRUPartNumber: d.FRUPartNumber, VBIOS: d.VBIOS,
		Driver: log.Driver, CUDA: log.CUDA, Index: toInt(d.Index),
		MemoryBytes: toUint(d.Memory.TotalBytes), Fault: d.Fault,
		ECC: eccFromNVIDIA(d), RetiredPages: pagesFromNVIDIA(&d.RetiredPages), RowRemap: remapFromNVIDIA(&d.RemappedRows),
		RecoveryAction: strings.ToLower(d.RecoveryAction), MIG: migFromNVIDIA(d), Link: linkFromNVIDIA(&d.PCI),
		PowerLimitW:  toWatts(d.Power.EnforcedMilliwatts, d.Power.LimitMilliwatts),
		PowerW:       toWatts(d.Power.DrawMilliwatts, d.Power.AverageMilliwatts, d.Power.InstantMilliwatts),
		TemperatureC: toInt(d.Temperature.GPUCelsius),
		Sources:      []string{"nvidia-smi"},
	}
}

func eccFromNVIDIA(d *nvidia.GPU) *report.GPUECC {
	ecc := report.GPUECC{
		Enabled: d.ECCMode.Current, Volatile: countsFromNVIDIA(&d.ECC.Volatile), Aggregate: countsFromNVIDIA(&d.ECC.Aggregate),
		SRAMThresholdExceeded: d.ECC.Aggregate.SRAMThresholdExceeded,
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
	})
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
		mig.Devices = append(mig.Devices, report.MIGDevice{UUID: m.UUID, Profile: m.Profile, MemoryBytes: toUint(m.Memory.TotalBytes)})
	}
	return mig
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
