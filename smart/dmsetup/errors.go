// SPDX-License-Identifier: Apache-2.0

package dmsetup

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// These are the causes that a [ParseError] wraps.
var (
	ErrFormat = errors.New("not the output of this tool")
	ErrTool   = errors.New("the tool failed")
	ErrSyntax = errors.New("invalid syntax")
	ErrLimit  = errors.New("limit exceeded")
)

// maxErrors caps the list of errors; one more, an [ErrLimit], says that others
// were left out.
const maxErrors = 256

// maxText caps the text that an error quotes, in bytes.
const maxText = 80

// A ParseError reports one place in the input that could not be understood.
type ParseError struct {
	Line   int    // from 1
	Column int    // in bytes, from 1
	Text   string // the offending text, clipped
	Err    error  // what is wrong with it: ErrSyntax, ErrTool, …
}

func (e *ParseError) Error() string {
	return fmt.Sprintf("dmsetup: line %d, column %d: %v: %q", e.Line, e.Column, e.Err, e.Text)
}

func (e *ParseError) Unwrap() error { return e.Err }

// Place says where the error is: the path in a tree ("" in a text), line and
// column, and the offending text. Each parser's error has it.
func (e *ParseError) Place() (path string, line, column int, text string) {
	return "", e.Line, e.Column, e.Text
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
		e = &ParseError{Line: e.Line, Column: e.Column, Text: e.Text, Err: fmt.Errorf("%w: too many errors", ErrLimit)}
	}
	e.Text = clip(e.Text)
	*list = append(*list, e)
}

// err returns the list as an error, nil when it is empty.
func (list Errors) err() error {
	if len(list) == 0 {
		return nil
	}
	return list
}

// clip makes text fit for an error message: one short line that is UTF-8.
func clip(text string) string {
	clean := printable(text[:min(len(text), maxText+utf8.UTFMax)])
	if len(clean) <= maxText && len(text) <= maxText {
		return clean
	}
	end := min(len(clean), maxText)
	for end < len(clean) && !utf8.RuneStart(clean[end]) {
		end--
	}
	return clean[:end] + "…"
}

// printable puts a blank for each control character.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}
