// SPDX-License-Identifier: Apache-2.0

package inventory

import (
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

	"github.com/mchus/bee/inventory/host"
)

// A shared host runs each command once, however many collectors want it.
type shared struct {
	host.Host
	mu   sync.Mutex
	runs map[string]*sharedRun
}

type sharedRun struct {
	done chan struct{}
	out  host.Output
	err  error
}

func share(h host.Host) *shared { return &shared{Host: h, runs: make(map[string]*sharedRun)} }

func (s *shared) Run(ctx context.Context, name string, args ...string) (host.Output, error) {
	key := strings.Join(append([]string{name}, args...), "\x00")
	s.mu.Lock()
	run, ok := s.runs[key]
	if !ok {
		run = &sharedRun{done: make(chan struct{})}
		s.runs[key] = run
	}
	s.mu.Unlock()
	if !ok {
		run.out, run.err = s.Host.Run(ctx, name, args...)
		close(run.done)
	}
	<-run.done
	return run.out, run.err
}

// A trace is a host that keeps account of one collector's commands.
type trace struct {
	host.Host
	mu   sync.Mutex
	runs []tracedRun
}

type tracedRun struct {
	argv []string
	out  host.Output
	err  error
}

func (t *trace) Run(ctx context.Context, name string, args ...string) (host.Output, error) {
	out, err := t.Host.Run(ctx, name, args...)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.runs = append(t.runs, tracedRun{append([]string{name}, args...), out, err})
	return out, err
}

// account tells what the collector ran, in the order of the command lines,
// which does not depend on which of them ended first.
func (t *trace) account(c *Collector) {
	t.mu.Lock()
	runs := slices.Clone(t.runs)
	t.mu.Unlock()
	slices.SortStableFunc(runs, func(a, b tracedRun) int { return slices.Compare(a.argv, b.argv) })
	for _, run := range runs {
		cmd := run.command()
		if run.argv[0] == c.Tool && c.SHA256 == "" && c.Exit == nil {
			c.Exit, c.SHA256 = cmd.Exit, cmd.SHA256
		}
		c.DurationMS += cmd.DurationMS
		c.Commands = append(c.Commands, cmd)
	}
}

func (run tracedRun) command() Command {
	cmd := Command{
		Command:    host.CommandLine(run.argv),
		Status:     runStatus(run.err),
		Signal:     run.out.Signal,
		DurationMS: run.out.Duration.Milliseconds(),
	}
	if run.err == nil && run.out.Signal == "" {
		cmd.Exit = &run.out.Exit
	}
	if run.out.Signal != "" && cmd.Status == StatusOK {
		cmd.Status = StatusFailed
	}
	if len(run.out.Stdout) > 0 {
		sum := sha256.Sum256(run.out.Stdout)
		cmd.SHA256 = hex.EncodeToString(sum[:])
	}
	return cmd
}

// runStatus is the status of a command whose Run returned err.
func runStatus(err error) string {
	switch {
	case err == nil:
		return StatusOK
	case errors.Is(err, exec.ErrNotFound):
		return StatusAbsent
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, host.ErrStuck):
		return StatusTimeout
	}
	return StatusFailed
}

// toolStatus is the status of the collector's main tool.
func (c *Collector) toolStatus() string {
	for _, cmd := range c.Commands {
		if name, _, _ := strings.Cut(cmd.Command, " "); name == c.Tool && cmd.Status != StatusOK {
			return cmd.Status
		}
	}
	return StatusOK
}

// absentTools notes each tool that a collector wanted and did not find.
func (c *Collector) absentTools() []Diagnostic {
	var absent []Diagnostic
	for _, cmd := range c.Commands {
		if cmd.Status != StatusAbsent {
			continue
		}
		name, _, _ := strings.Cut(cmd.Command, " ")
		absent = append(absent, Diagnostic{
			Collector: c.Name, Source: cmd.Command, Code: "tool.absent", Severity: Info,
			Message: fmt.Sprintf("%s is not installed", name),
		})
	}
	return absent
}

// runTool runs a tool for a collector. The error says what went wrong, with
// the command as its source; an absent tool is no error and leaves no output.
// What a tool printed before it was killed is worth reading, so look at both.
func runTool(ctx context.Context, h host.Host, name string, args ...string) (host.Output, error) {
	out, err := h.Run(ctx, name, args...)
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return host.Output{}, nil
	case err == nil && (out.Signal != "" || len(out.Stdout) == 0 && out.Exit != 0):
		err = exitError(out)
	}
	return out, from(host.CommandLine(append([]string{name}, args...)), err)
}

// runParse runs a tool and parses what it printed. The value is the zero one
// if it printed nothing.
func runParse[T any](ctx context.Context, h host.Host, parse func([]byte) (T, error), name string, args ...string) (value T, err error) {
	out, err := runTool(ctx, h, name, args...)
	if len(out.Stdout) == 0 {
		return value, err
	}
	value, parseErr := parse(out.Stdout)
	return value, errors.Join(err, from(host.CommandLine(append([]string{name}, args...)), parseErr))
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
