// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"context"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"time"

	"github.com/mchus/bee/inventory/collect"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/judge"
	"github.com/mchus/bee/inventory/report"
)

// Options says how to audit. The zero value is useful.
type Options struct {
	Tool     report.Tool            // who writes the report
	Timeout  time.Duration          // for the whole audit; two minutes by default
	Logger   *slog.Logger           // where what failed is told at once; nowhere by default
	Progress func(report.Collector) // called when a collector ends, one at a time; may be nil
	Names    collect.Namer          // names of PCI numbers where lspci is absent, such as pci/names has them; may be nil
}

const defaultTimeout = 2 * time.Minute

// Audit asks h everything and returns what it learned, with a verdict. It
// never fails: what could not be read is told in the report's collectors,
// diagnostics and in Summary.Unjudged. It returns soon after its timeout, with
// what is known by then. Audits may run side by side, as of many captures.
func Audit(ctx context.Context, h host.Host, opts Options) *report.Report {
	if opts.Timeout == 0 {
		opts.Timeout = defaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, opts.Timeout)
	defer cancel()
	start := host.Now(h)
	r := &report.Report{
		Schema:      report.Schema,
		CollectedAt: start.UTC().Truncate(time.Second),
		Tool:        opts.Tool,
		Findings:    []report.Finding{},
		Diagnostics: []report.Diagnostic{},
	}
	collect.Machine(ctx, h, collect.Options{Logger: opts.Logger, Progress: opts.Progress, Names: opts.Names}, r)
	r.DurationMS = max(0, host.Now(h).Sub(start).Milliseconds()) // a clock may be set back
	r.AuditID = auditID(r)
	judge.Judge(r)
	return r
}

// auditID names the audit: a UUID of version 8, made of what no other audit
// shares, so that the replay of a capture has the name of the original.
func auditID(r *report.Report) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s\n%d\n", r.CollectedAt.Format(time.RFC3339Nano), r.Host.BootID, r.DurationMS)
	if r.Host.MachineID != nil {
		fmt.Fprintln(sum, r.Host.MachineID.Value)
	}
	id := sum.Sum(nil)[:16]
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}
