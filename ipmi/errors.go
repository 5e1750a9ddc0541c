// SPDX-License-Identifier: Apache-2.0

package ipmi

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// These are the causes that a [ParseError] wraps.
var (
	ErrSyntax = errors.New("invalid syntax")
	ErrLimit  = errors.New("limit exceeded")

	// ErrFormat says that the input is nothing that this command of ipmitool
	// prints; an empty one is none either.
	ErrFormat = errors.New("not the output of ipmitool")

	// ErrTool says that ipmitool failed; the causes below are all an ErrTool.
	ErrTool = errors.New("ipmitool failed")

	ErrNoBMC   error = failure("no management controller")
	ErrCommand error = failure("command failed")
)

// A failure is a cause for which ipmitool prints no data.
type failure string

func (f failure) Error() string { return string(f) }

// Is makes each failure an [ErrTool].
func (f failure) Is(target error) bool { return target == ErrTool }

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
	Err    error  // what is wrong with it: ErrSyntax, ErrNoBMC, …
}

func (e *ParseError) Error() string {
	return fmt.Sprintf("ipmi: line %d, column %d: %v: %q", e.Line, e.Column, e.Err, e.Text)
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

// foreign reports text in which nothing was recognized, unless a message in it
// says why there is nothing.
func (list *Errors) foreign(text string) {
	if len(*list) > 0 {
		return
	}
	first, line := text, 1
	for first != "" {
		var rest string
		if first, rest = cutLine(first); !blank(first) || rest == "" {
			break
		}
		first = rest
		line++
	}
	list.add(&ParseError{Line: line, Column: 1, Text: first, Err: ErrFormat})
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
