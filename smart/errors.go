// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// These are the causes that a [ParseError] wraps.
var (
	ErrSyntax = jsondoc.ErrSyntax
	ErrType   = jsondoc.ErrType // a string where a number belongs, …
	ErrRange  = jsondoc.ErrRange
	ErrLimit  = jsondoc.ErrLimit
	ErrUnit   = errors.New("unknown unit")

	// ErrTruncated says that a text ends within a line. Nobody knows how that
	// would go on, so that nothing of it is in the value. It is an ErrSyntax.
	ErrTruncated = fmt.Errorf("%w: the last line is cut off", ErrSyntax)

	errAnother = fmt.Errorf("%w: another output begins", ErrSyntax)

	// ErrFormat says that the input is nothing that smartctl or lsblk prints;
	// an empty one is none either.
	ErrFormat = errors.New("not the output of smartctl or lsblk")
	// ErrNoJSON is the ErrFormat of an input that holds no JSON at all.
	ErrNoJSON error = foreign("no JSON document")
)

// A foreign is a cause for which an input is refused as a whole.
type foreign string

func (f foreign) Error() string { return string(f) }

// Is makes each an [ErrFormat].
func (f foreign) Is(target error) bool { return target == ErrFormat }

// maxErrors caps the list of errors; one more, an [ErrLimit], says that others
// were left out.
const maxErrors = 256

// maxText and maxPath cap what an error quotes, in bytes.
const (
	maxText = 80
	maxPath = 160
)

// A ParseError reports one place in the input that could not be understood.
type ParseError struct {
	Line   int    // from 1
	Column int    // in bytes, from 1
	Path   string // where in the document: "ata_smart_attributes.table.3.raw.value"; "" is the document itself; clipped
	Text   string // the offending text, clipped to one line without control characters
	Err    error  // what is wrong with it: ErrSyntax, ErrType, …
}

func (e *ParseError) Error() string {
	if e.Path == "" {
		return fmt.Sprintf("smart: line %d, column %d: %v: %q", e.Line, e.Column, e.Err, e.Text)
	}
	return fmt.Sprintf("smart: line %d, column %d: %s: %v: %q", e.Line, e.Column, e.Path, e.Err, e.Text)
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

// finish returns the members that were not understood, and what went wrong in a
// document. It is not that of smartctl or lsblk if all of its members are
// unknown.
func finish(d *jsondoc.Doc, members int) (extra map[string]json.RawMessage, err error) {
	var list Errors
	for _, f := range d.Faults() {
		if f.Err == jsondoc.ErrNoJSON {
			f.Err = ErrNoJSON
		}
		list.add(&ParseError{f.Line, f.Column, f.Path, f.Text, f.Err})
	}
	extra = d.Extra()
	if len(list) == 0 && members > 0 && members == unknown(extra) {
		f := d.Start()
		list.add(&ParseError{Line: f.Line, Column: f.Column, Text: f.Text, Err: ErrFormat})
	}
	return extra, list.err()
}

// unknown counts the members of the document itself among those that were not
// understood: a dot in their own name has a backslash before it.
func unknown(extra map[string]json.RawMessage) int {
	n := 0
	for path := range extra {
		if strings.Count(path, ".") == strings.Count(path, `\.`) {
			n++
		}
	}
	return n
}
