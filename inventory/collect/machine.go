// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

// Options says how to collect. The zero value is useful.
type Options struct {
	Logger   *slog.Logger           // where what failed is told at once; nowhere by default
	Progress func(report.Collector) // called when a collector ends, one at a time; may be nil
	Names    Namer                  // of PCI numbers, where lspci is absent; may be nil
}

// grace is how long after its deadline the audit waits for collectors, which
// by then need only clean up.
const grace = 3 * time.Second

// Machine asks h for all parts at once, joins what they say of the same
// component and lays beside each other what must agree. It puts all that into
// r, with the accounts of the collectors, and judges nothing.
func Machine(ctx context.Context, h host.Host, opts Options, r *report.Report) {
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	all := newAnswers(h)
	all.now = r.CollectedAt
	r.Host = collectHost(h.FS())
	parts := collectors()
	outcomes := runCollectors(ctx, parts, all, opts)
	seen := make(map[place]bool)
	for i, o := range outcomes {
		add(r, parts[i], o, all, seen, opts.Logger)
	}
	complete := ctx.Err() == nil && !all.stopped()
	r.Summary.Complete = &complete
	spareRoot(r)
	join(r)
	reconcile(r, all)
	identify(r)
}

// An outcome is what became of a collector.
type outcome struct {
	index   int
	put     func(*report.Report) // nil if there was nothing to say
	err     error
	asker   *asker
	version string // of the main tool
}

// runCollectors runs all collectors at once.
func runCollectors(ctx context.Context, collectors []collector, all *answers, opts Options) []outcome {
	askers := make([]*asker, len(collectors))
	ended := make(chan outcome, len(collectors))
	outcomes := make([]outcome, len(collectors))
	for i, c := range collectors {
		askers[i] = &asker{all: all}
		outcomes[i] = outcome{index: i, err: errAbandoned, asker: askers[i]}
		go func() { ended <- c.outcome(ctx, i, askers[i], opts) }()
	}
	late := make(chan struct{})
	context.AfterFunc(ctx, func() { time.AfterFunc(grace, func() { close(late) }) })
	for range collectors {
		select {
		case o := <-ended:
			outcomes[o.index] = o
			if opts.Progress != nil {
				opts.Progress(collectors[o.index].describe(o))
			}
			continue
		case <-late:
		}
		break
	}
	return outcomes
}

// errAbandoned is the error of a collector that did not end in time.
var errAbandoned = fmt.Errorf("did not end in time: %w", context.DeadlineExceeded)

// outcome runs the collector. A panic in it is its own failure only.
func (c collector) outcome(ctx context.Context, index int, a *asker, opts Options) (o outcome) {
	o = outcome{index: index, asker: a}
	defer func() {
		if p := recover(); p != nil {
			o.err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	o.put, o.err = c.run(ctx, a, opts)
	o.version = toolVersion(ctx, a, c.tool)
	return o
}

// A place is where a diagnostic points to: one defect that several collectors
// met is told once.
type place struct {
	source, code, path, message string
	line, column                int
}

// add puts one collector's result and its account into the report.
func add(r *report.Report, c collector, o outcome, all *answers, seen map[place]bool, log *slog.Logger) {
	if o.put != nil {
		o.put(r)
	}
	account := c.describe(o)
	r.Collectors = append(r.Collectors, account)
	found := append(diagnose(c.name, o.err), absentTools(&account)...)
	for _, d := range append(found, o.asker.answeredBy(c.name)...) {
		if d.Code == "tool.not_run" {
			if culprit := all.slowest(); culprit != "" {
				d.Message = "not run: no time was left (" + culprit + " took it)"
			}
		}
		at := place{d.Source, d.Code, d.Path, d.Message, d.Line, d.Column}
		if seen[at] {
			continue
		}
		seen[at] = true
		r.Diagnostics = append(r.Diagnostics, d)
		if d.Severity != report.Info {
			log.Warn(d.Message, "collector", d.Collector, "source", d.Source, "line", d.Line)
		}
	}
}

// describe accounts for a collector that has ended.
func (c collector) describe(o outcome) report.Collector {
	account := report.Collector{Name: c.name, Tool: c.tool, ToolVersion: o.version}
	o.asker.account(&account)
	status := toolStatus(&account)
	account.Status = report.StatusOK
	switch {
	case errors.Is(o.err, context.DeadlineExceeded), errors.Is(o.err, host.ErrNotRun):
		account.Status = report.StatusTimeout
	case o.put == nil && o.err != nil:
		account.Status = report.StatusFailed
	case o.put == nil:
		account.Status = report.StatusAbsent
	case o.err != nil, status != report.StatusOK && status != report.StatusEmpty:
		account.Status = report.StatusPartial
	}
	return account
}
