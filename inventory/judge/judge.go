// SPDX-License-Identifier: Apache-2.0

// Package judge says whether a machine is well: it looks at a report, and at
// nothing else, and turns the facts in it into findings and one verdict.
//
// Silence is not health. A component that nobody read is "unknown", and the
// verdict is "ok" only if nothing is wrong and nothing was left unread:
// [Judge] lists what was, in Summary.Unjudged. The rules stand in a file for
// each part; [Rules] lists every code that they can give, and FINDINGS.md is
// made of it.
package judge

import (
	"slices"

	"github.com/mchus/bee/inventory/report"
)

// judges are the rules by part, each one thing.
var judges = []func(*report.Report) []report.Finding{
	judgeIdentity,
	judgeBoard,
	judgeTables,
	judgeProcessors,
	judgeMemory,
	judgeDrives, judgeDriveWays,
	judgeMembers,
	judgeVolumes,
	judgeControllers,
	judgePCI,
	judgeGPUs,
	judgePower,
	judgeSensors,
	judgeNetwork,
}

// Judge adds the findings to a report, worst first, gives each component its
// health and the report its verdict.
func Judge(r *report.Report) {
	for _, judge := range judges {
		r.Findings = append(r.Findings, judge(r)...)
	}
	rank := map[string]int{report.Critical: 0, report.Warning: 1, report.Info: 2}
	slices.SortStableFunc(r.Findings, func(a, b report.Finding) int { return rank[a.Severity] - rank[b.Severity] })
	setHealth(r)
	summarize(r)
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
