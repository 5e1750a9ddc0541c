// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/kernel"

	"github.com/mchus/bee/inventory/report"
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

// A toolError is what a tool's own end says against it.
type toolError struct {
	code string // of the diagnostic: "tool.failed", "tool.empty", "tool.incomplete"
	text string
}

func (e *toolError) Error() string { return e.text }

func isToolError(err error) bool {
	var said *toolError
	return errors.As(err, &said) || errors.Is(err, fs.ErrPermission)
}

// unwrapRun returns the error below a source's name.
func unwrapRun(err error) error {
	var s *SourceError
	if errors.As(err, &s) {
		return s.Err
	}
	return err
}

// diagnose turns a collector's error into diagnostics, one for each place.
func diagnose(collector string, err error) []report.Diagnostic {
	var list []report.Diagnostic
	walkErrors(err, collector, func(source string, err error) {
		d := report.Diagnostic{Collector: collector, Source: source, Severity: report.Warning}
		explain(&d, err)
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
func explain(d *report.Diagnostic, err error) {
	d.Code, d.Message = "collector.failed", err.Error()
	var run *host.RunError
	if errors.As(err, &run) {
		d.Source = host.CommandLine(run.Argv)
		d.Message = run.Err.Error()
	}
	var said *toolError
	switch {
	case errors.Is(err, host.ErrNotRun):
		d.Code, d.Message = "tool.not_run", "not run: no time was left"
	case errors.Is(err, host.ErrStuck):
		d.Code, d.Message = "tool.stuck", "did not die when killed: it waits in the kernel, often for a failing device"
	case errors.Is(err, host.ErrOutOfTime):
		d.Code, d.Message = "tool.timeout", "was killed when the time of the whole audit was over"
	case errors.Is(err, context.DeadlineExceeded):
		d.Code, d.Message = "tool.timeout", "did not end in time and was killed"
	case errors.Is(err, context.Canceled):
		d.Code, d.Message = "tool.canceled", "was stopped with the audit"
	case errors.Is(err, host.ErrOutputLimit):
		d.Code, d.Message = "tool.output_limit", "wrote more than any inventory tool should, and was killed"
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, kernel.ErrTimeout):
		d.Code, d.Message = "file.timeout", "did not answer in time"
		locate(d, err)
	case errors.Is(err, fs.ErrPermission):
		d.Code, d.Message = "permission", "permission denied"+askRoot
		locate(d, err)
	case errors.As(err, &said):
		d.Code = said.code
	case run != nil:
		d.Code = "tool.failed"
	default:
		d.Code = "parse"
		if !locate(d, err) {
			d.Code = "collector.failed"
		}
	}
}

// locate fills in the place that a parser's or the kernel's error names.
func locate(d *report.Diagnostic, err error) bool {
	var placed interface {
		error
		Place() (path string, line, column int, text string)
	}
	if !errors.As(err, &placed) {
		return false
	}
	d.Path, d.Line, d.Column, d.Excerpt = placed.Place()
	d.Excerpt = strings.ToValidUTF8(d.Excerpt, "\uFFFD")
	if cause := errors.Unwrap(placed); cause != nil && d.Code == "parse" {
		d.Message = cause.Error()
	}
	return true
}

// exitError is the error of a tool that failed, in its own last words or else
// by its exit status.
func exitError(out host.Output) error {
	line := lastLine(out.Stderr)
	switch {
	case strings.Contains(line, "ermission denied"):
		return fs.ErrPermission
	case line != "":
		return &toolError{"tool.failed", fmt.Sprintf("failed with exit status %d: %s", out.Exit, line)}
	case len(out.Stdout) == 0:
		return &toolError{"tool.failed", fmt.Sprintf("failed with exit status %d and no output", out.Exit)}
	}
	if strings.Contains(string(out.Stdout), "ermission denied") {
		return fs.ErrPermission
	}
	return &toolError{"tool.failed", fmt.Sprintf("failed with exit status %d", out.Exit)}
}

// lastLine returns the last line with text in it, clipped.
func lastLine(text []byte) string {
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return clipLine([]byte(lines[len(lines)-1]))
}

// maxLine bounds what is quoted of a tool's messages, in bytes.
const maxLine = 200

func clipLine(line []byte) string {
	text := strings.TrimSpace(strings.ToValidUTF8(string(line), "\uFFFD"))
	if len(text) > maxLine {
		text = strings.ToValidUTF8(text[:maxLine], "") + "..."
	}
	return text
}
