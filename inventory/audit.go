// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/mchus/bee/inventory/host"
)

// Options says how to audit. The zero value is useful.
type Options struct {
	Tool     Tool            // who writes the report
	Timeout  time.Duration   // for the whole audit; two minutes by default
	Logger   *slog.Logger    // where what failed is told at once; nowhere by default
	Progress func(Collector) // called when a collector ends, one at a time; may be nil
}

const defaultTimeout = 2 * time.Minute

// grace is how long after its deadline the audit waits for collectors, which
// by then need only clean up.
const grace = 3 * time.Second

// Audit asks h everything and returns what it learned. It never fails: what
// could not be read is told in the report's collectors and diagnostics. It
// returns soon after its timeout, with what is known by then.
func Audit(ctx context.Context, h host.Host, opts Options) *Report {
	if opts.Timeout == 0 {
		opts.Timeout = defaultTimeout
	}
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	start := host.Now(h)
	r := &Report{
		Schema:      Schema,
		CollectedAt: start.UTC().Truncate(time.Second),
		Tool:        opts.Tool,
		Findings:    []Finding{},
		Diagnostics: []Diagnostic{},
	}
	r.Host = collectHost(h.FS())
	runCollectors(ctx, h, opts, r)
	r.DurationMS = host.Now(h).Sub(start).Milliseconds()
	r.finish()
	return r
}

// finish derives what the parts of the report say together.
func (r *Report) finish() {
	r.merge()
	r.Host.MachineID = machineID(r)
	r.AuditID = auditID(r, r.Host)
	r.Findings = append(r.Findings, findings(r)...)
	r.Summary = summarize(r)
}

// auditID names the audit: a UUID of version 8, made of what no other audit
// shares, so that the replay of a capture has the name of the original.
func auditID(r *Report, h HostInfo) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s\n%d\n", r.CollectedAt.Format(time.RFC3339Nano), h.BootID, r.DurationMS)
	if h.MachineID != nil {
		fmt.Fprintln(sum, h.MachineID.Value)
	}
	id := sum.Sum(nil)[:16]
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// A collector is one part of the audit.
type collector struct {
	name string
	tool string // its main tool
	run  func(context.Context, host.Host) (put func(*Report), err error)
}

// collect makes a collector of a Collect function and of what puts its result
// into the report.
func collect[T any](name, tool string, fn func(context.Context, host.Host) (*T, error), put func(*Report, *T)) collector {
	return collector{name, tool, func(ctx context.Context, h host.Host) (func(*Report), error) {
		value, err := fn(ctx, h)
		if value == nil {
			return nil, err
		}
		return func(r *Report) { put(r, value) }, err
	}}
}

// An outcome is what became of a collector.
type outcome struct {
	index int
	put   func(*Report) // nil if there was nothing to say
	err   error
	trace *trace

	version string // of the main tool
}

// runCollectors runs all collectors at once and puts what they learned into
// the report, in their order.
func runCollectors(ctx context.Context, h host.Host, opts Options, r *Report) {
	ctx, cancel := context.WithTimeout(ctx, opts.Timeout)
	defer cancel()
	shared := share(h)
	traces := make([]*trace, len(collectors))
	ended := make(chan outcome, len(collectors))
	for i, c := range collectors {
		traces[i] = &trace{Host: shared}
		go func() { ended <- c.outcome(ctx, i, traces[i]) }()
	}

	outcomes := make([]outcome, len(collectors))
	for i := range outcomes {
		outcomes[i] = outcome{index: i, err: errAbandoned, trace: traces[i]}
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
	for i, o := range outcomes {
		r.add(collectors[i], o, opts.Logger)
	}
}

// errAbandoned is the error of a collector that did not end in time.
var errAbandoned = fmt.Errorf("did not end in time: %w", context.DeadlineExceeded)

// outcome runs the collector. A panic in it is its own failure only.
func (c collector) outcome(ctx context.Context, index int, t *trace) (o outcome) {
	o = outcome{index: index, trace: t}
	defer func() {
		if p := recover(); p != nil {
			o.err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	o.put, o.err = c.run(ctx, t)
	o.version = t.toolVersion(ctx, c.tool)
	return o
}

// add puts one collector's result and its account into the report.
func (r *Report) add(c collector, o outcome, log *slog.Logger) {
	if o.put != nil {
		o.put(r)
	}
	account := c.describe(o)
	r.Collectors = append(r.Collectors, account)
	found := diagnose(c.name, o.err)
	found = append(found, account.absentTools()...)
	r.Diagnostics = append(r.Diagnostics, found...)
	for _, d := range found {
		if d.Severity != Info {
			log.Warn(d.Message, "collector", d.Collector, "source", d.Source, "line", d.Line)
		}
	}
}

// describe accounts for a collector that has ended.
func (c collector) describe(o outcome) Collector {
	account := Collector{Name: c.name, Tool: c.tool, ToolVersion: o.version}
	o.trace.account(&account)
	account.Status = StatusOK
	switch {
	case errors.Is(o.err, context.DeadlineExceeded):
		account.Status = StatusTimeout
	case o.put == nil && o.err != nil:
		account.Status = StatusFailed
	case o.put == nil:
		account.Status = StatusAbsent
	case o.err != nil || account.toolStatus() != StatusOK:
		account.Status = StatusPartial
	}
	return account
}
