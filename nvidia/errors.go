// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// These are the causes that a [ParseError] wraps.
var (
	ErrSyntax = errors.New("invalid syntax")
	ErrUnit   = errors.New("unknown unit")
	ErrRange  = errors.New("value out of range")
	ErrLimit  = errors.New("limit exceeded")

	// ErrFormat says that the input is nothing that nvidia-smi prints; an
	// empty one is none either.
	ErrFormat = errors.New("not the output of nvidia-smi")

	// ErrTool says that nvidia-smi failed, and how many GPUs there are is
	// unknown. The causes below say why, and are all an ErrTool.
	ErrTool = errors.New("nvidia-smi failed")

	ErrNoDriver   error = failure("no NVIDIA driver")                             // no kernel driver, or no library
	ErrMismatch   error = failure("driver and library are of different versions") // until the machine is booted again
	ErrPermission error = failure("insufficient permissions")                     // to the device files
	ErrNoDevices  error = failure("no devices were found")                        // the driver runs and has no GPU
	ErrNVML       error = failure("NVML could not be initialized")                // for another cause, which the text says
)

var errAnother = fmt.Errorf("%w: another output begins", ErrSyntax)

// A failure is a cause for which nvidia-smi prints no data.
type failure string

func (f failure) Error() string { return string(f) }

// Is makes each failure an [ErrTool].
func (f failure) Is(target error) bool { return target == ErrTool }

// maxErrors caps the list of errors; one more, an [ErrLimit], says that others
// were left out.
const maxErrors = 256

// These cap what an error quotes, in bytes.
const (
	maxPath = 160
	maxText = 80
)

// A ParseError reports one place in the input that could not be understood.
type ParseError struct {
	Line   int    // from 1
	Column int    // in bytes, from 1
	Path   string // the element: "nvidia_smi_log.gpu[1].temperature.gpu_temp"; for CSV the column's name
	Text   string // the offending text, clipped
	Err    error  // what is wrong with it: ErrSyntax, ErrUnit, …
}

func (e *ParseError) Error() string {
	if e.Path == "" {
		return fmt.Sprintf("nvidia: line %d, column %d: %v: %q", e.Line, e.Column, e.Err, e.Text)
	}
	return fmt.Sprintf("nvidia: line %d, column %d: %s: %v: %q", e.Line, e.Column, e.Path, e.Err, e.Text)
}

func (e *ParseError) Unwrap() error { return e.Err }

// Place says where the error is: the path in a tree ("" in a text), line and
// column, and the offending text. Each parser's error has it.
func (e *ParseError) Place() (path string, line, column int, text string) {
	return e.Path, e.Line, e.Column, e.Text
}

// Errors lists everything that could not be understood, in input order.
type Errors []*ParseError

func (list Errors) Error() string {
	switch len(list) {
	case 0:
		return "no errors"
	case 1:
		return list[0].Error()
	}
	return fmt.Sprintf("%v (and %d more)", list[0], len(list)-1)
}

// Unwrap lets [errors.Is] and [errors.As] look at each error in the list.
func (list Errors) Unwrap() []error {
	errs := make([]error, len(list))
	for i, e := range list {
		errs[i] = e
	}
	return errs
}

// add appends e, unless the list is full.
func (list *Errors) add(e *ParseError) {
	if len(*list) > maxErrors {
		return
	}
	if len(*list) == maxErrors {
		e = &ParseError{Line: e.Line, Column: e.Column, Path: e.Path, Text: e.Text, Err: fmt.Errorf("%w: too many errors", ErrLimit)}
	}
	e.Path, e.Text = clipAt(e.Path, maxPath), clipAt(e.Text, maxText)
	*list = append(*list, e)
}

// addAt appends an error at an offset of src.
func (list *Errors) addAt(src string, offset int, path, text string, err error) {
	if len(*list) > maxErrors {
		return // a line is not counted in vain
	}
	before := src[:min(offset, len(src))]
	list.add(&ParseError{
		Line:   1 + strings.Count(before, "\n"),
		Column: len(before) - strings.LastIndexByte(before, '\n'),
		Path:   path, Text: text, Err: err,
	})
}

// sort puts the list in input order.
func (list Errors) sort() {
	slices.SortStableFunc(list, func(a, b *ParseError) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// err returns the list as an error, nil when it is empty.
func (list Errors) err() error {
	if len(list) == 0 {
		return nil
	}
	return list
}

// clip shortens text for an error message: one line, whole runes, and nothing
// that a terminal obeys.
func clip(text string) string { return clipAt(text, maxText) }

func clipAt(text string, limit int) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text[:min(len(text), limit+utf8.UTFMax)])
	if len(clean) <= limit && len(text) <= limit {
		return clean
	}
	end := min(len(clean), limit)
	for end < len(clean) && !utf8.RuneStart(clean[end]) {
		end--
	}
	return clean[:end] + "…"
}
