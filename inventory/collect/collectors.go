// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"context"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

// A collector is one part of the audit.
type collector struct {
	name string
	tool string // its main tool
	run  func(context.Context, *asker, Options) (put func(*report.Report), err error)
}

// collectors are the parts of an audit, in the order of the report. Each has a
// function of its own, which other programs may call alone: this is not a variable,
// which would make them all part of a program that calls one.
func collectors() []collector {
	return []collector{
		one("board", "dmidecode", Board, func(r *report.Report, b *report.Board) {
			r.System, r.Boards, r.Chassis = b.System, b.Boards, b.Chassis
			r.Firmware = append(r.Firmware, b.Firmware...)
		}),
		many("cpu", "dmidecode", CPUs, func(r *report.Report, p []report.Processor) { r.Processors = p }),
		one("memory", "dmidecode", Memory, func(r *report.Report, m *report.Memory) { r.Memory = m }),
		one("storage", "smartctl", Storage, func(r *report.Report, s *report.Storage) { r.Storage = s }),
		{"pcie", "lspci", func(ctx context.Context, a *asker, opts Options) (func(*report.Report), error) {
			list, err := PCI(ctx, a, opts.Names)
			if list == nil {
				return nil, err
			}
			return func(r *report.Report) { r.PCI = list }, err
		}},
		many("network", "ethtool", Network, func(r *report.Report, n []report.NetworkCard) { r.Network = n }),
		many("gpu", "nvidia-smi", GPUs, func(r *report.Report, g []report.GPU) { r.GPUs = g }),
		many("psu", "ipmitool", PowerSupplies, func(r *report.Report, p []report.PowerSupply) { r.PowerSupplies = p }),
		one("bmc", "ipmitool", BMC, func(r *report.Report, b *report.BMC) { r.BMC = b }),
		many("sensors", "ipmitool", Sensors, func(r *report.Report, s []report.Sensor) { r.Sensors = s }),
		one("sel", "ipmitool", func(ctx context.Context, h host.Host) (*report.SEL, error) {
			return SEL(ctx, h, askerOf(h).all.now)
		}, func(r *report.Report, s *report.SEL) { r.SEL = s }),
		many("fru", "ipmitool", FRU, func(r *report.Report, f []report.FRU) { r.FRU = f }),
	}
}

// one makes a collector of a function that returns one value, and of what puts
// it into the report.
func one[T any](name, tool string, fn func(context.Context, host.Host) (*T, error), put func(*report.Report, *T)) collector {
	return collector{name, tool, func(ctx context.Context, a *asker, _ Options) (func(*report.Report), error) {
		value, err := fn(ctx, a)
		if value == nil {
			return nil, err
		}
		return func(r *report.Report) { put(r, value) }, err
	}}
}

// many is one for a list.
func many[T any](name, tool string, fn func(context.Context, host.Host) ([]T, error), put func(*report.Report, []T)) collector {
	return collector{name, tool, func(ctx context.Context, a *asker, _ Options) (func(*report.Report), error) {
		list, err := fn(ctx, a)
		if len(list) == 0 {
			return nil, err
		}
		return func(r *report.Report) { put(r, list) }, err
	}}
}
