// SPDX-License-Identifier: Apache-2.0

// Package parse reads the output of any tool that this module has a parser
// for, and returns what the parser makes of it, ready for JSON.
//
//	r, err := parse.Find("", data) // by its marks
//	value, err := r.Parse(data)
//
// It is for programs that are handed a text and want its content as JSON. One
// that knows its tool does better with that tool's package, which has types.
package parse

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/sniff"
)

// A Reader reads one kind of output.
type Reader struct {
	Tool     string // "nvme"
	Document string // which of the tool's outputs: "id-ctrl"; "" where there is one
	Formats  string // "text", "json, text"
	Command  string // what prints it
	Versions string // of the tool, that were seen

	// Parse returns what was read, also with an error, and never nil. The
	// errors say line and column.
	Parse func(data []byte) (any, error)
}

// Name is how a reader is called: "lspci", "nvme id-ctrl".
func (r *Reader) Name() string { return strings.TrimSpace(r.Tool + " " + r.Document) }

// JSON returns what was read as indented JSON; the error is that of Parse.
func (r *Reader) JSON(data []byte) ([]byte, error) {
	value, err := r.Parse(data)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if jsonErr := enc.Encode(value); jsonErr != nil {
		return nil, jsonErr
	}
	return b.Bytes(), err
}

// These are the errors of [Find].
var (
	ErrUnknown = errors.New("the output of no tool that is known")
	ErrNoTool  = errors.New("no parser for this tool")
	ErrWhich   = errors.New("several outputs, and no marks of any")
)

// Find returns the reader for an output, and how sure it is. The name is that
// of a tool, or of a reader; "" leaves it to the marks in the text. A name that
// says all is not doubted.
func Find(name string, data []byte) (*Reader, sniff.Confidence, error) {
	if name == "" {
		best := sniff.Best(data)
		r := readerOf(best)
		if r == nil {
			return nil, sniff.Unknown, ErrUnknown
		}
		return r, best.Confidence, nil
	}
	var named []*Reader
	for i := range readers {
		if r := &readers[i]; r.Name() == name || r.Tool == name {
			named = append(named, r)
		}
	}
	switch len(named) {
	case 0:
		return nil, sniff.Unknown, fmt.Errorf("%w: %q", ErrNoTool, name)
	case 1:
		return named[0], sniff.Certain, nil
	}
	for _, m := range sniff.Guess(data) {
		if r := readerOf(m); r != nil && slices.Contains(named, r) {
			return r, m.Confidence, nil
		}
	}
	names := make([]string, len(named))
	for i, r := range named {
		names[i] = r.Name()
	}
	return nil, sniff.Unknown, fmt.Errorf("%s has %w: name one of %s", name, ErrWhich, strings.Join(names, ", "))
}

// readerOf returns the reader that a guess names, nil if there is none.
func readerOf(m sniff.Match) *Reader {
	for i := range readers {
		r := &readers[i]
		if r.Tool == m.Tool && r.Document == m.Document && slices.Contains(strings.Split(r.Formats, ", "), m.Format) {
			return r
		}
	}
	return nil
}

// Readers lists all readers, by tool.
func Readers() []Reader { return slices.Clone(readers) }

// Errors takes the list of errors apart that a reader returned.
func Errors(err error) []error {
	if err == nil {
		return nil
	}
	if list, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range list.Unwrap() {
			all = append(all, Errors(e)...)
		}
		return all
	}
	return []error{err}
}

// formatOf returns the format in which a tool's output seems to be.
func formatOf(data []byte, tool string) string {
	for _, m := range sniff.Guess(data) {
		if m.Tool == tool {
			return m.Format
		}
	}
	return ""
}
