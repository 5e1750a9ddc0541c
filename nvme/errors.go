// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"errors"
	"fmt"

	"github.com/mchus/bee/internal/jsondoc"
)

// These are the causes that a [ParseError] wraps.
var (
	ErrSyntax = jsondoc.ErrSyntax
	ErrType   = jsondoc.ErrType // a value of another type, in JSON
	ErrUnit   = errors.New("unknown unit")
	ErrRange  = jsondoc.ErrRange
	ErrLimit  = jsondoc.ErrLimit
	ErrFormat = errors.New("not the output of this command") // nothing of it was found
	ErrTool   = errors.New("nvme-cli failed")                // it printed why; the text says it
)

// ErrTruncated says that plain text ends within a line. Nobody knows how that
// would go on, so that nothing of it is in the value. It is an [ErrSyntax].
var ErrTruncated = fmt.Errorf("%w: the last line is cut off", ErrSyntax)

var errAnother = fmt.Errorf("%w: another output begins", ErrSyntax)

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
	Path   string // in JSON, where it stands: "Devices.0.UsedBytes"; clipped
	Text   string // the offending text, clipped to one line without control characters
	Err    error  // what is wrong with it: ErrSyntax, ErrUnit, …
}

func (e *ParseError) Error() string {
	if e.Path != "" {
		return fmt.Sprintf("nvme: line %d, column %d: %s: %v: %q", e.Line, e.Column, e.Path, e.Err, e.Text)
	}
	return fmt.Sprintf("nvme: line %d, column %d: %v: %q", e.Line, e.Column, e.Err, e.Text)
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
	e.Path, e.Text = jsondoc.Inert(e.Path, maxPath), jsondoc.Inert(e.Text, maxText)
	*list = append(*list, e)
}

// err returns the list as an error, nil when it is empty.
func (list Errors) err() error {
	if len(list) == 0 {
		return nil
	}
	return list
}
