// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/mchus/bee/inventory/host"
)

// A SourceError is what went wrong in reading one source: a command or a file.
// A Collect function returns one, or several joined by [errors.Join].
type SourceError struct {
	Source string // the command line or the path
	Err    error  // a parser's Errors, or why the source could not be had
}

func (e *SourceError) Error() string { return e.Source + ": " + e.Err.Error() }
func (e *SourceError) Unwrap() error { return e.Err }

// from wraps the error of a source; nil stays nil.
func from(source string, err error) error {
	if err == nil {
		return nil
	}
	return &SourceError{source, err}
}

// diagnose turns a collector's error into diagnostics, one for each place.
func diagnose(collector string, err error) []Diagnostic {
	var list []Diagnostic
	walkErrors(err, collector, func(source string, err error) {
		d := Diagnostic{Collector: collector, Source: source, Severity: Warning}
		d.explain(err)
		list = append(list, d)
	})
	return list
}

// walkErrors calls fn for each leaf of an error tree, with its source.
func walkErrors(err error, source string, fn func(source string, err error)) {
	if err == nil {
		return
	}
	if s, ok := err.(*SourceError); ok {
		walkErrors(s.Err, s.Source, fn)
		return
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			walkErrors(e, source, fn)
		}
		return
	}
	fn(source, err)
}

// explain fills in what an error says.
func (d *Diagnostic) explain(err error) {
	d.Code, d.Message = "collector.failed", err.Error()
	var run *host.RunError
	if errors.As(err, &run) {
		d.Source = host.CommandLine(run.Argv)
		d.Message = run.Err.Error()
	}
	switch {
	case errors.Is(err, host.ErrStuck):
		d.Code, d.Message = "tool.stuck", "did not die when killed: it waits in the kernel, often for a failing device"
	case errors.Is(err, context.DeadlineExceeded):
		d.Code, d.Message = "tool.timeout", "did not end in time and was killed"
	case errors.Is(err, context.Canceled):
		d.Code, d.Message = "tool.canceled", "was stopped with the audit"
	case errors.Is(err, host.ErrOutputLimit):
		d.Code, d.Message = "tool.output_limit", "wrote more than any inventory tool should, and was killed"
	case errors.Is(err, os.ErrDeadlineExceeded):
		d.Code, d.Message = "file.timeout", "did not answer in time"
	case errors.Is(err, fs.ErrPermission):
		d.Code, d.Message = "permission", "permission denied: run the audit as root"
	case run != nil, errors.Is(err, errTool), errors.Is(err, errSignal):
		d.Code = "tool.failed"
	default:
		d.locate(err)
	}
}

// locate fills in the place that a parser's error names.
func (d *Diagnostic) locate(err error) {
	var placed interface {
		error
		Place() (path string, line, column int, text string)
	}
	if !errors.As(err, &placed) {
		return
	}
	d.Code = "parse"
	d.Path, d.Line, d.Column, d.Excerpt = placed.Place()
	d.Excerpt = strings.ToValidUTF8(d.Excerpt, "\uFFFD")
	d.Message = err.Error()
	if cause := errors.Unwrap(placed); cause != nil {
		d.Message = cause.Error()
	}
}

// These are the causes that a tool's own end gives.
var (
	errTool   = errors.New("failed")
	errSignal = errors.New("died by a signal")
)

// exitError is the error of a tool that printed nothing useful and says why on
// its standard error, if only by its exit status.
func exitError(out host.Output) error {
	if out.Signal != "" {
		return fmt.Errorf("%w: %s", errSignal, out.Signal)
	}
	if line := lastLine(out.Stderr); line != "" {
		if strings.Contains(line, "ermission denied") {
			return fs.ErrPermission
		}
		return fmt.Errorf("%w: %s", errTool, line)
	}
	return fmt.Errorf("%w: exit status %d and no output", errTool, out.Exit)
}

// lastLine returns the last line with text in it, clipped.
func lastLine(text []byte) string {
	lines := strings.Split(strings.TrimSpace(strings.ToValidUTF8(string(text), "\uFFFD")), "\n")
	line := strings.TrimSpace(lines[len(lines)-1])
	if len(line) > 200 {
		line = strings.ToValidUTF8(line[:200], "") + "..."
	}
	return line
}
