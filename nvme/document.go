// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"bytes"
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
	"github.com/mchus/bee/internal/lines"
)

// A document is what one command printed, in one of the two forms, and what
// became of it.
type document struct {
	data  []byte
	doc   *jsondoc.Doc // nil if it is plain text
	text  *Text        // nil if it is JSON
	tail  string       // the last line, if it has no end; not in text
	known int          // values that the typed view took
	extra map[string]json.RawMessage
	errs  Errors
	field field // the value at hand, in JSON
}

// open finds out which form data has. Plain text begins with one of the titles,
// which JSON has nowhere before its first bracket.
func open(data []byte, titles ...string) *document {
	if bytes.ContainsAny(data, "{[") {
		doc := jsondoc.Open(data)
		doc.Quoted = true
		if doc.Kind() != jsondoc.Null && !containsAny(doc.Preamble, titles) {
			return &document{data: data, doc: doc, field: field{doc: doc}}
		}
	}
	whole, tail := lines.Whole(string(data))
	text, errs := parseText(whole)
	return &document{data: data, text: text, tail: tail, errs: errs}
}

func containsAny(s string, list []string) bool {
	for _, sub := range list {
		if strings.Contains(s, sub) {
			return true
		}
	}
	return false
}

// finish returns what no field took, and the errors. It adds one error if the
// command printed nothing of what it should have.
func (d *document) finish() (map[string]json.RawMessage, error) {
	if d.doc != nil {
		d.extra = d.doc.Extra()
		faults := d.doc.Faults()
		for _, f := range faults {
			d.errs.add(&ParseError{Line: f.Line, Column: f.Column, Path: f.Path, Text: f.Text, Err: f.Err})
		}
	}
	if d.known == 0 && len(d.errs) == 0 {
		d.errs.add(d.complaint())
		if d.text != nil {
			d.extra = nil // not of this command
		}
	}
	if d.tail != "" && d.known > 0 {
		d.errs.add(&ParseError{Line: lines.Number(string(d.data)), Column: 1, Text: d.tail, Err: ErrTruncated})
	}
	return d.extra, d.errs.err()
}

// complaint is the error of a command that printed nothing of what it should
// have: nvme-cli says why in a line of text, or in a member of an object.
func (d *document) complaint() *ParseError {
	if d.doc != nil {
		e := d.start()
		for _, path := range slices.Sorted(maps.Keys(d.extra)) {
			if word := strings.ToLower(path); strings.HasPrefix(word, "error") || strings.HasPrefix(word, "status") {
				e.Path, e.Text, e.Err = path, string(d.extra[path]), ErrTool
				break
			}
		}
		return e
	}
	at, cause := 0, ErrFormat
	all := d.text.Lines
	if d.tail != "" { // no value, but it may say why there is none
		all = append(all, Line{lines.Number(string(d.data)), d.tail})
	}
	for i, line := range all {
		if containsAny(line.Text, toolErrors) {
			at, cause = i, ErrTool
			break
		}
		if strings.TrimSpace(all[at].Text) == "" {
			at = i // the first line that is not blank
		}
	}
	if at == len(all) {
		return &ParseError{Line: 1, Column: 1, Err: cause}
	}
	line := all[at]
	text := strings.TrimSpace(line.Text)
	return &ParseError{Line: line.Number, Column: 1 + strings.Index(line.Text, text), Text: text, Err: cause}
}

// start is an error at the first bracket of the JSON.
func (d *document) start() *ParseError {
	at := bytes.Index(d.data, []byte(d.doc.Preamble)) + len(d.doc.Preamble)
	at += max(0, bytes.IndexAny(d.data[at:], "{["))
	before, text := d.data[:at], d.data[at:]
	if end := bytes.IndexByte(text, '\n'); end >= 0 {
		text = text[:end]
	}
	return &ParseError{
		Line:   1 + bytes.Count(before, []byte("\n")),
		Column: at - bytes.LastIndexByte(before, '\n'),
		Text:   strings.TrimRight(string(text), "\r"),
		Err:    ErrFormat,
	}
}

// toolErrors are what nvme-cli says when it fails, or the C library for it.
var toolErrors = []string{
	"NVMe status:", "NVMe Status:", "Failed to ", "failed", "No such ", "denied", "not permitted",
	"Invalid argument", "Inappropriate ioctl", "not supported", "Not a ", "Usage:",
}

// objects yields the elements of the array at the cursor that are objects;
// the others are faults, but for null.
func (d *document) objects() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range d.doc.Array() {
			if d.doc.Kind() != jsondoc.Object {
				for range d.doc.Object() {
				}
			} else if !yield(i) {
				return
			}
		}
	}
}

// members yields the members of the JSON object at the cursor to take, which
// reads those that it knows.
func (d *document) members(take func(key string, f *field) bool) {
	for key := range d.doc.Object() {
		if take(key, &d.field) {
			d.known++
		}
	}
}

// lines yields the lines of plain text to take, from the one that holds a title
// on; without a title, all. A line without a key has the key "" and is a value
// as a whole. A key that take does not know goes to Extra. The title of another
// output, of another drive perhaps, is told and ends the reading.
func (d *document) lines(title string, take func(line Line, key string, f *field) bool) {
	lines := d.text.Lines
	for i, line := range lines {
		if strings.Contains(line.Text, title) {
			lines = lines[i:]
			break
		}
	}
	for i, line := range lines {
		if at := strings.Index(line.Text, title); i > 0 && (at == 0 || at == len("NVMe ")) {
			d.failLine(line, line.Text, errAnother)
			return
		}
		key, value, ok := line.Cut()
		if !ok {
			key, value = "", line.Text
		}
		f := &field{text: value}
		known := take(line, key, f)
		switch {
		case f.err != nil:
			d.failLine(line, value, f.err)
		case known:
			if !strings.HasPrefix(line.Text, " ") && !strings.HasPrefix(key, "[") { // which noise may have too
				d.known++
			}
		case key != "":
			d.setExtra(key, value)
		}
	}
}

// failLine notes that a value, which ends its line, makes no sense.
func (d *document) failLine(line Line, value string, err error) {
	text := strings.TrimSpace(value)
	column := 1 + len(line.Text) - len(strings.TrimLeft(value, " \t"))
	d.errs.add(&ParseError{Line: line.Number, Column: column, Text: text, Err: err})
}

// setExtra keeps a value that no field takes.
func (d *document) setExtra(key, value string) {
	if d.extra == nil {
		d.extra = make(map[string]json.RawMessage)
	}
	raw, _ := json.Marshal(clean(value))
	d.extra[key] = raw
}
