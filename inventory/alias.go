// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"context"

	"github.com/mchus/bee/inventory/collect"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

// The document's types and words moved to package report; these names stay for
// the programs that use them.
type (
	Report      = report.Report
	Tool        = report.Tool
	Summary     = report.Summary
	Finding     = report.Finding
	Diagnostic  = report.Diagnostic
	Collector   = report.Collector
	Processor   = report.Processor
	Memory      = report.Memory
	Storage     = report.Storage
	Drive       = report.Drive
	PCIFunction = report.PCIFunction
	NetworkCard = report.NetworkCard
	GPU         = report.GPU
	PowerSupply = report.PowerSupply
)

// The words of a verdict, now in package report.
const (
	Schema   = report.Schema
	OK       = report.OK
	Info     = report.Info
	Warning  = report.Warning
	Critical = report.Critical
	Unknown  = report.Unknown
)

// JSONSchema describes the audit document; it is [report.JSONSchema].
func JSONSchema() string { return report.JSONSchema }

// CollectMemory is [collect.Memory].
func CollectMemory(ctx context.Context, h host.Host) (*report.Memory, error) {
	return collect.Memory(ctx, h)
}

// CollectStorage is [collect.Storage].
func CollectStorage(ctx context.Context, h host.Host) (*report.Storage, error) {
	return collect.Storage(ctx, h)
}
