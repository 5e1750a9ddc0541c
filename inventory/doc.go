// SPDX-License-Identifier: Apache-2.0

// Package inventory says what a machine is: one [Report] of its board,
// firmware, processors, memory, drives, PCI functions, network cards, GPUs and
// power supplies, with a verdict.
//
// [Audit] asks a machine everything. It runs collectors at once, each with the
// tools and kernel files it needs, joins what they say of the same component,
// and judges the result. The machine is a [host.Host]: the live one, or one
// that was recorded.
//
//	report := inventory.Audit(ctx, host.Live(), inventory.Options{})
//	document, err := report.JSON()
//
// A collector may be called alone: [collect.Memory] and its sisters return nil
// and no error where the machine has neither the tool nor anything in the
// kernel to say instead, and what they could read beside an error.
//
// # What can be relied on
//
// Audit never fails and returns soon after its timeout. A tool that is absent,
// hangs, dies or prints nonsense costs its own part only; [Report.Collectors]
// and [Report.Diagnostics] tell. What is absent from the report is unknown: no
// placeholder stands in for it, and no serial number is made up. Each component
// has an ID that is the same after the next boot, and names its sources. The
// same capture gives the same bytes.
//
// [JSONSchema] describes the document. Within one version of it keys are added
// and never taken back.
package inventory
