// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"fmt"
	"strings"
	"testing"
)

// TestColumns: each column that nvidia-smi --help-query-gpu names goes to its
// field. The numbers differ, so that a field with another's shows.
func TestColumns(t *testing.T) {
	numbers := []struct {
		column, unit string
		scale        int64
		field        func(g *GPU) *int64
	}{
		{"power.draw", "W", 1000, func(g *GPU) *int64 { return g.Power.DrawMilliwatts }},
		{"power.draw.average", "W", 1000, func(g *GPU) *int64 { return g.Power.AverageMilliwatts }},
		{"power.draw.instant", "W", 1000, func(g *GPU) *int64 { return g.Power.InstantMilliwatts }},
		{"power.limit", "W", 1000, func(g *GPU) *int64 { return g.Power.LimitMilliwatts }},
		{"enforced.power.limit", "W", 1000, func(g *GPU) *int64 { return g.Power.EnforcedMilliwatts }},
		{"power.default_limit", "W", 1000, func(g *GPU) *int64 { return g.Power.DefaultMilliwatts }},
		{"power.min_limit", "W", 1000, func(g *GPU) *int64 { return g.Power.MinMilliwatts }},
		{"power.max_limit", "W", 1000, func(g *GPU) *int64 { return g.Power.MaxMilliwatts }},
		{"module.power.draw.average", "W", 1000, func(g *GPU) *int64 { return g.ModulePower.AverageMilliwatts }},
		{"module.power.draw.instant", "W", 1000, func(g *GPU) *int64 { return g.ModulePower.InstantMilliwatts }},
		{"module.power.limit", "W", 1000, func(g *GPU) *int64 { return g.ModulePower.LimitMilliwatts }},
		{"module.enforced.power.limit", "W", 1000, func(g *GPU) *int64 { return g.ModulePower.EnforcedMilliwatts }},
		{"module.power.default_limit", "W", 1000, func(g *GPU) *int64 { return g.ModulePower.DefaultMilliwatts }},
		{"module.power.min_limit", "W", 1000, func(g *GPU) *int64 { return g.ModulePower.MinMilliwatts }},
		{"module.power.max_limit", "W", 1000, func(g *GPU) *int64 { return g.ModulePower.MaxMilliwatts }},
		{"clocks.current.graphics", "MHz", 1, func(g *GPU) *int64 { return g.Clocks.Current.GraphicsMHz }},
		{"clocks.current.sm", "MHz", 1, func(g *GPU) *int64 { return g.Clocks.Current.SMMHz }},
		{"clocks.current.memory", "MHz", 1, func(g *GPU) *int64 { return g.Clocks.Current.MemoryMHz }},
		{"clocks.current.video", "MHz", 1, func(g *GPU) *int64 { return g.Clocks.Current.VideoMHz }},
		{"clocks.max.graphics", "MHz", 1, func(g *GPU) *int64 { return g.Clocks.Max.GraphicsMHz }},
		{"clocks.max.sm", "MHz", 1, func(g *GPU) *int64 { return g.Clocks.Max.SMMHz }},
		{"clocks.max.memory", "MHz", 1, func(g *GPU) *int64 { return g.Clocks.Max.MemoryMHz }},
		{"clocks.applications.graphics", "MHz", 1, func(g *GPU) *int64 { return g.Clocks.Applications.GraphicsMHz }},
		{"clocks.applications.memory", "MHz", 1, func(g *GPU) *int64 { return g.Clocks.Applications.MemoryMHz }},
		{"clocks.default_applications.graphics", "MHz", 1, func(g *GPU) *int64 { return g.Clocks.DefaultApplications.GraphicsMHz }},
		{"clocks.default_applications.memory", "MHz", 1, func(g *GPU) *int64 { return g.Clocks.DefaultApplications.MemoryMHz }},
		{"memory.total", "MiB", 1 << 20, func(g *GPU) *int64 { return g.Memory.TotalBytes }},
		{"memory.reserved", "MiB", 1 << 20, func(g *GPU) *int64 { return g.Memory.ReservedBytes }},
		{"memory.used", "MiB", 1 << 20, func(g *GPU) *int64 { return g.Memory.UsedBytes }},
		{"memory.free", "MiB", 1 << 20, func(g *GPU) *int64 { return g.Memory.FreeBytes }},
		{"protected_memory.total", "MiB", 1 << 20, func(g *GPU) *int64 { return g.ProtectedMemory.TotalBytes }},
		{"protected_memory.used", "MiB", 1 << 20, func(g *GPU) *int64 { return g.ProtectedMemory.UsedBytes }},
		{"protected_memory.free", "MiB", 1 << 20, func(g *GPU) *int64 { return g.ProtectedMemory.FreeBytes }},
		{"accounting.buffer_size", "", 1, func(g *GPU) *int64 { return g.Settings.AccountingBufferSize }},
		{"ecc.errors.uncorrected.volatile.sram.parity", "", 1, func(g *GPU) *int64 { return g.ECC.Volatile.SRAMUncorrectableParity }},
		{"ecc.errors.uncorrected.volatile.sram.secded", "", 1, func(g *GPU) *int64 { return g.ECC.Volatile.SRAMUncorrectableSECDED }},
		{"ecc.errors.uncorrected.aggregate.sram.parity", "", 1, func(g *GPU) *int64 { return g.ECC.Aggregate.SRAMUncorrectableParity }},
		{"ecc.errors.uncorrected.aggregate.sram.secded", "", 1, func(g *GPU) *int64 { return g.ECC.Aggregate.SRAMUncorrectableSECDED }},
		{"ecc.errors.uncorrected.aggregate.sram.l2", "", 1, func(g *GPU) *int64 { return g.ECC.Sources.L2 }},
		{"ecc.errors.uncorrected.aggregate.sram.sm", "", 1, func(g *GPU) *int64 { return g.ECC.Sources.SM }},
		{"ecc.errors.uncorrected.aggregate.sram.mcu", "", 1, func(g *GPU) *int64 { return g.ECC.Sources.Microcontroller }},
		{"ecc.errors.uncorrected.aggregate.sram.pcie", "", 1, func(g *GPU) *int64 { return g.ECC.Sources.PCIe }},
		{"ecc.errors.uncorrected.aggregate.sram.other", "", 1, func(g *GPU) *int64 { return g.ECC.Sources.Other }},
		{"retired_pages.single_bit_ecc.count", "", 1, func(g *GPU) *int64 { return g.RetiredPages.SingleBit.Count }},
		{"retired_pages.double_bit.count", "", 1, func(g *GPU) *int64 { return g.RetiredPages.DoubleBit.Count }},
		{"remapped_rows.correctable", "", 1, func(g *GPU) *int64 { return g.RemappedRows.Correctable }},
		{"remapped_rows.uncorrectable", "", 1, func(g *GPU) *int64 { return g.RemappedRows.Uncorrectable }},
		{"temperature.gpu", "", 1, func(g *GPU) *int64 { return g.Temperature.GPUCelsius }},
		{"temperature.memory", "", 1, func(g *GPU) *int64 { return g.Temperature.MemoryCelsius }},
	}
	flags := []struct {
		column, yes string
		field       func(g *GPU) *bool
	}{
		{"display_attached", "Yes", func(g *GPU) *bool { return g.Settings.DisplayAttached }},
		{"display_active", "Enabled", func(g *GPU) *bool { return g.Settings.DisplayActive }},
		{"persistence_mode", "Enabled", func(g *GPU) *bool { return g.Settings.PersistenceMode }},
		{"accounting.mode", "Enabled", func(g *GPU) *bool { return g.Settings.AccountingMode }},
		{"gsp.mode.current", "Enabled", func(g *GPU) *bool { return g.Settings.GSPMode }},
		{"gsp.mode.default", "Enabled", func(g *GPU) *bool { return g.Settings.GSPModeDefault }},
		{"mig.mode.current", "Enabled", func(g *GPU) *bool { return g.MIGMode.Current }},
		{"mig.mode.pending", "Enabled", func(g *GPU) *bool { return g.MIGMode.Pending }},
		{"ecc.mode.current", "Enabled", func(g *GPU) *bool { return g.ECCMode.Current }},
		{"ecc.mode.pending", "Enabled", func(g *GPU) *bool { return g.ECCMode.Pending }},
		{"dramEncryption.mode.current", "Enabled", func(g *GPU) *bool { return g.DRAMEncryption.Current }},
		{"dramEncryption.mode.pending", "Enabled", func(g *GPU) *bool { return g.DRAMEncryption.Pending }},
		{"clocks_event_reasons.gpu_idle", "Active", func(g *GPU) *bool { return g.EventReasons.Idle }},
		{"clocks_event_reasons.sw_power_cap", "Active", func(g *GPU) *bool { return g.EventReasons.SWPowerCap }},
		{"clocks_event_reasons.hw_slowdown", "Active", func(g *GPU) *bool { return g.EventReasons.HWSlowdown }},
		{"clocks_event_reasons.hw_thermal_slowdown", "Active", func(g *GPU) *bool { return g.EventReasons.HWThermalSlowdown }},
		{"clocks_event_reasons.hw_power_brake_slowdown", "Active", func(g *GPU) *bool { return g.EventReasons.HWPowerBrakeSlowdown }},
		{"clocks_event_reasons.sync_boost", "Active", func(g *GPU) *bool { return g.EventReasons.SyncBoost }},
		{"clocks_event_reasons.sw_thermal_slowdown", "Active", func(g *GPU) *bool { return g.EventReasons.SWThermalSlowdown }},
		{"retired_pages.pending", "Yes", func(g *GPU) *bool { return g.RetiredPages.Pending }},
		{"remapped_rows.pending", "Yes", func(g *GPU) *bool { return g.RemappedRows.Pending }},
		{"remapped_rows.failure", "Yes", func(g *GPU) *bool { return g.RemappedRows.Failure }},
	}
	var names, cells []string
	for i, n := range numbers {
		names, cells = append(names, n.column), append(cells, strings.TrimSpace(fmt.Sprintf("%d %s", 100+i, n.unit)))
	}
	for _, f := range flags {
		names, cells = append(names, f.column), append(cells, f.yes)
	}
	table, err := ParseCSV([]byte(strings.Join(cells, ", ")+"\n"), names...)
	if err != nil {
		t.Fatal(err)
	}
	log, err := table.Log()
	if err != nil || len(log.GPUs) != 1 {
		t.Fatalf("%d GPUs, %v", len(log.GPUs), err)
	}
	g := &log.GPUs[0]
	for i, n := range numbers {
		if v := n.field(g); v == nil || *v != int64(100+i)*n.scale {
			t.Errorf("%s: %v, want %d", n.column, v, int64(100+i)*n.scale)
		}
	}
	for _, f := range flags {
		if v := f.field(g); v == nil || !*v {
			t.Errorf("%s: %v", f.column, v)
		}
	}
}
