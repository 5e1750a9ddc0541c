// SPDX-License-Identifier: Apache-2.0

package kernel

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// These are the causes that a [ParseError] wraps.
var (
	ErrSyntax  = errors.New("invalid syntax")
	ErrUnit    = errors.New("unknown unit")
	ErrRange   = errors.New("value out of range")
	ErrLimit   = errors.New("limit exceeded")
	ErrTimeout = errors.New("read took too long")
)

// maxErrors caps the list of errors; one more, an [ErrLimit], says that others
// were left out.
const maxErrors = 256

// maxText caps the text that an error quotes, in bytes.
const maxText = 80

// A ParseError reports one file that could not be read or understood.
type ParseError struct {
	Path string // relative to the root of the file system
	Text string // what it holds, clipped; "" if it could not be read
	Err  error  // what is wrong with it: ErrSyntax, ErrUnit, …, or of the system
}

func (e *ParseError) Error() string {
	if e.Text == "" {
		return fmt.Sprintf("kernel: %s: %v", e.Path, e.Err)
	}
	return fmt.Sprintf("kernel: %s: %v: %q", e.Path, e.Err, e.Text)
}

func (e *ParseError) Unwrap() error { return e.Err }

// Place says where the error is, as each parser's error does: the file and what
// it holds. The files hold one value, so there is no line to name.
func (e *ParseError) Place() (path string, line, column int, text string) {
	return "/" + e.Path, 0, 0, e.Text
}

// Errors lists everything that could not be understood, in the order read.
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
		e = &ParseError{Path: e.Path, Text: e.Text, Err: fmt.Errorf("%w: too many errors", ErrLimit)}
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

// clip shortens text for an error message: one line, whole runes, and nothing
// that a terminal obeys.
func clip(text string) string {
	cut := len(text) > maxText
	if cut {
		end := maxText
		for i := maxText; i > maxText-utf8.UTFMax; i-- {
			if utf8.RuneStart(text[i]) {
				end = i
				break
			}
		}
		text = text[:end]
	}
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
	if cut {
		text += "…"
	}
	return text
}
