// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/kernel"

	"github.com/mchus/bee/inventory/report"
)

// answers are all that a machine was asked in one audit: each command once,
// each output parsed once, however many collectors want it.
type answers struct {
	host.Host
	mu   sync.Mutex
	byID map[string]*answer

	versions map[string]*answer // by tool

	now time.Time // when the audit began

	// nvme are the PCI addresses of the NVMe controllers that the kernel shows, nil
	// where it shows no list of disks.
	nvme map[string]bool
}

// showNVMe keeps the addresses for the reconciling, shownNVMe returns them.
func (all *answers) showNVMe(addresses map[string]bool) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.nvme = addresses
}

func (all *answers) shownNVMe() map[string]bool {
	all.mu.Lock()
	defer all.mu.Unlock()
	return all.nvme
}

// An answer is one command's output, judged and parsed.
type answer struct {
	argv  []string
	done  chan struct{} // closed when the rest is there
	out   host.Output
	err   error  // why it is not whole: of the host, the tool or the parser
	fault error  // the part of err that is not the parser's
	state string // a status of package report
	value any
	told  report.Command // the answer in the report
}

// An asker is one collector's way to the machine. It keeps account of what the
// collector asked.
type asker struct {
	all     *answers
	mu      sync.Mutex
	asked   []*answer                // in the order of the questions
	counts  map[*answer]bool         // which of them are in the account
	sources map[string]report.Source // noted beside the commands
}

func newAnswers(h host.Host) *answers {
	return &answers{Host: h, byID: make(map[string]*answer), versions: make(map[string]*answer)}
}

// askerOf returns the asker that h is, or one for a collector called alone.
func askerOf(h host.Host) *asker {
	if a, ok := h.(*asker); ok {
		return a
	}
	return &asker{all: newAnswers(h)}
}

// FS and Run make an asker a host, so that a Collect function takes either.
func (a *asker) FS() fs.FS { return a.all.FS() }

func (a *asker) Run(ctx context.Context, name string, args ...string) (host.Output, error) {
	got := a.run(ctx, nil, name, args...)
	return got.out, got.err
}

// run asks a command, unless it was asked before, and has its output parsed.
func (a *asker) run(ctx context.Context, parse func([]byte) (any, error), name string, args ...string) *answer {
	argv := append([]string{name}, args...)
	id := strings.Join(argv, "\x00")
	a.all.mu.Lock()
	got, asked := a.all.byID[id]
	if !asked {
		got = &answer{argv: argv, done: make(chan struct{})}
		a.all.byID[id] = got
	}
	a.all.mu.Unlock()
	if !asked {
		got.ask(ctx, a.all.Host, parse)
	}
	<-got.done
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, known := a.counts[got]; !known {
		a.asked = append(a.asked, got)
	}
	if a.counts == nil {
		a.counts = make(map[*answer]bool)
	}
	a.counts[got] = true
	return got
}

// ask runs the command and parses what it printed, if anything: what a tool
// printed before it failed is worth reading.
func (got *answer) ask(ctx context.Context, h host.Host, parse func([]byte) (any, error)) {
	defer func() {
		got.told = got.command()
		close(got.done)
	}()
	line := host.CommandLine(got.argv)
	out, err := h.Run(ctx, got.argv[0], got.argv[1:]...)
	got.out = out
	got.state = runStatus(err)
	if err == nil {
		t := lookTool(got.argv[0])
		if err = t.judge(out); err != nil {
			got.state = report.StatusFailed
			if t.onePiece(out) {
				got.state = report.StatusPartial
			}
		} else if t.nothing != "" && bytes.Contains(out.Stdout, []byte(t.nothing)) {
			got.state = report.StatusEmpty
		}
	}
	got.fault = from(line, err)
	got.err = got.fault
	if parse == nil || len(bytes.TrimSpace(out.Stdout)) == 0 {
		return
	}
	value, parseErr := parse(out.Stdout)
	got.value = value
	if parseErr != nil {
		got.err = errors.Join(got.fault, from(line, parseErr))
		switch {
		case isForeign(parseErr) && got.state != report.StatusTimeout:
			got.state = report.StatusFailed
			if got.fault == nil {
				got.fault = from(line, &toolError{"tool.failed", "printed something else than this tool does"})
			}
		case got.state == report.StatusOK:
			got.state = report.StatusPartial
		}
	}
}

// ask runs a tool and parses what it printed. The value is the zero one if
// it printed nothing; an absent tool is not an error.
func ask[T any](ctx context.Context, a *asker, parse func([]byte) (T, error), name string, args ...string) (value T, err error) {
	got := a.run(ctx, func(data []byte) (any, error) { return parse(data) }, name, args...)
	value, _ = got.value.(T)
	if got.state == report.StatusAbsent {
		return value, nil
	}
	return value, got.err
}

// look reads the kernel's files under the watchdog, and notes the source.
func look[T any](a *asker, source string, read func(fs.FS) T) (T, error) {
	value, err := kernel.Watch(a.FS(), read)
	return value, from(source, err)
}

// note says how it went with a source that is not a command, or that was not
// asked for a reason.
func (a *asker) note(name, status, why string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.sources == nil {
		a.sources = make(map[string]report.Source)
	}
	a.sources[name] = report.Source{Name: name, Status: status, Why: why}
}

// answers returns what is in the account, in the order of the questions.
func (a *asker) answers() []*answer {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(a.asked), func(got *answer) bool { return !a.counts[got] })
}

// account tells what the collector asked, in the order of the command lines,
// which does not depend on which of them ended first.
func (a *asker) account(c *report.Collector) {
	asked := a.answers()
	a.mu.Lock()
	sources := make(map[string]report.Source, len(a.sources))
	for name, s := range a.sources {
		sources[name] = s
	}
	a.mu.Unlock()
	slices.SortStableFunc(asked, func(x, y *answer) int { return slices.Compare(x.argv, y.argv) })
	installed := make(map[string]bool)
	for _, got := range asked {
		installed[got.argv[0]] = installed[got.argv[0]] || got.state != report.StatusAbsent
	}
	for _, got := range asked {
		cmd := got.told
		if got.argv[0] == c.Tool && c.SHA256 == "" && c.Exit == nil {
			c.Exit, c.SHA256 = cmd.Exit, cmd.SHA256
		}
		c.DurationMS += cmd.DurationMS
		c.Commands = append(c.Commands, cmd)
		name, why := got.argv[0], got.why()
		if cmd.Status == report.StatusAbsent && installed[name] {
			why = "the capture does not hold all of its answers"
		}
		s, noted := sources[name]
		switch {
		case !noted:
			sources[name] = report.Source{Name: name, Status: cmd.Status, Why: why}
		case (s.Status == report.StatusOK || cmd.Status == report.StatusOK) && s.Status != cmd.Status:
			sources[name] = report.Source{Name: name, Status: report.StatusPartial, Why: cmp.Or(s.Why, why)}
		case worseStatus(cmd.Status, s.Status):
			sources[name] = report.Source{Name: name, Status: cmd.Status, Why: why}
		}
	}
	for _, s := range sources {
		c.Sources = append(c.Sources, s)
	}
	slices.SortFunc(c.Sources, func(x, y report.Source) int { return strings.Compare(x.Name, y.Name) })
}

// worseStatus orders the states of a source that several commands asked.
func worseStatus(a, b string) bool {
	rank := []string{report.StatusOK, report.StatusEmpty, report.StatusIdle, report.StatusPartial, report.StatusAbsent, report.StatusNotRun, report.StatusTimeout, report.StatusFailed}
	return slices.Index(rank, a) > slices.Index(rank, b)
}

// why words what went wrong with the command itself, "" if nothing did.
func (got *answer) why() string {
	if got.state == report.StatusAbsent {
		return "not installed"
	}
	if got.fault == nil {
		return ""
	}
	list := diagnose("", got.fault)
	return list[0].Message
}

func (got *answer) command() report.Command {
	out := got.out
	cmd := report.Command{
		Command:    host.CommandLine(got.argv),
		Status:     got.state,
		Signal:     out.Signal,
		DurationMS: out.Duration.Milliseconds(),
	}
	if runStatus(unwrapRun(got.fault)) == report.StatusOK || got.fault == nil || isToolError(got.fault) {
		if out.Signal == "" {
			cmd.Exit = &out.Exit
		}
	}
	if len(out.Stdout) > 0 {
		sum := sha256.Sum256(out.Stdout)
		cmd.SHA256 = hex.EncodeToString(sum[:])
	}
	return cmd
}

// runStatus is the status of a command whose Run returned err.
func runStatus(err error) string {
	switch {
	case err == nil:
		return report.StatusOK
	case errors.Is(err, exec.ErrNotFound):
		return report.StatusAbsent
	case errors.Is(err, host.ErrNotRun), errors.Is(err, context.Canceled):
		return report.StatusNotRun
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, host.ErrStuck):
		return report.StatusTimeout
	}
	return report.StatusFailed
}

// toolStatus is the worst status of the collector's main tool.
func toolStatus(c *report.Collector) string {
	for _, s := range c.Sources {
		if s.Name == c.Tool && s.Status != report.StatusIdle {
			return s.Status
		}
	}
	return report.StatusOK
}

// absentTools notes each tool that a collector wanted and did not find. One that
// answered another question is there: a capture of an older version does not hold this
// one.
func absentTools(c *report.Collector) []report.Diagnostic {
	var absent []report.Diagnostic
	installed := make(map[string]bool)
	for _, cmd := range c.Commands {
		name, _, _ := strings.Cut(cmd.Command, " ")
		installed[name] = installed[name] || cmd.Status != report.StatusAbsent
	}
	for _, cmd := range c.Commands {
		name, _, _ := strings.Cut(cmd.Command, " ")
		if cmd.Status != report.StatusAbsent || installed[name] {
			continue
		}
		absent = append(absent, report.Diagnostic{
			Collector: c.Name, Source: cmd.Command, Code: "tool.absent", Severity: report.Info,
			Message: fmt.Sprintf("%s is not installed", name),
		})
	}
	return absent
}

// answeredBy tells which questions a capture answered with those of an older
// audit.
func (a *asker) answeredBy(collector string) []report.Diagnostic {
	var list []report.Diagnostic
	for _, got := range a.answers() {
		if got.out.Recorded != nil {
			list = append(list, report.Diagnostic{
				Collector: collector, Source: host.CommandLine(got.argv), Code: "replay.nearest", Severity: report.Info,
				Message: "the capture holds another question: " + host.CommandLine(got.out.Recorded),
			})
		}
	}
	slices.SortFunc(list, func(x, y report.Diagnostic) int { return strings.Compare(x.Source, y.Source) })
	return list
}

// slowest names the command that took the time of an audit that ran out of it.
func (all *answers) slowest() string {
	all.mu.Lock()
	defer all.mu.Unlock()
	name, longest := "", time.Duration(0)
	for _, got := range all.byID {
		select {
		case <-got.done:
		default:
			continue
		}
		if got.out.Duration > longest || got.out.Duration == longest && longest > 0 && got.argv[0] < name {
			name, longest = got.argv[0], got.out.Duration
		}
	}
	return name
}

// stopped tells whether a command was cut short or not begun because the audit
// was stopped or out of time.
func (all *answers) stopped() bool {
	all.mu.Lock()
	defer all.mu.Unlock()
	for _, got := range all.byID {
		select {
		case <-got.done:
		default:
			return true
		}
		if errors.Is(got.fault, host.ErrNotRun) || errors.Is(got.fault, host.ErrOutOfTime) || errors.Is(got.fault, context.Canceled) {
			return true
		}
	}
	return false
}

// exists tells whether the machine has a file.
func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}

// readText reads a small file and trims it. "" is an absent or unreadable one.
func readText(fsys fs.FS, name string) string {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(strings.ToValidUTF8(string(data), "\uFFFD"))
}
