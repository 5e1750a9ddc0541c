// SPDX-License-Identifier: Apache-2.0

package storcli

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// Parse parses what storcli, perccli, storcli2 or perccli2 printed, as JSON or
// as text, of any question: show, /cALL show all, /cALL/eALL/sALL show all,
// /cALL/vALL show all, /cALL/cv show all and the like. One output may answer
// for several controllers.
//
// Parse reads to the end whatever it meets. If some of it makes no sense, it
// returns the rest together with an [Errors] that says where. The Report is
// never nil and does not share memory with data. That the tool failed is an
// [ErrTool]; a tool without controllers is an empty report where it says
// "Number of Controllers: 0", and an [ErrNoController] where it says Failure.
func Parse(data []byte) (*Report, error) {
	r := new(Report)
	return r, r.Add(data)
}

// Add reads another output of the tool on the same machine into the report:
// controllers are told apart by their number, drives by enclosure and slot,
// volumes by number. The errors are those of data. Lines and Preamble are
// those of the last output.
func (r *Report) Add(data []byte) error {
	if isJSON(data) {
		b := builder{r: r, answer: -1, input: input{isJSON: true, chunk: chunkOf(data)}}
		b.parseJSON(data)
		return b.errs.err()
	}
	p := textParser{builder: builder{r: r, answer: -1, input: input{chunk: chunkOf(data)}}}
	p.parse(data)
	return p.errs.err()
}

// isJSON reports whether a line starts with a brace. Version 1 prints a heading
// before the document.
func isJSON(data []byte) bool {
	if bytes.IndexByte(data, '{') < 0 {
		return false
	}
	start := true
	for _, c := range data {
		switch c {
		case '\n':
			start = true
		case ' ', '\t', '\r', 0xEF, 0xBB, 0xBF: // blanks, and a byte order mark
		case '{':
			if start {
				return true
			}
		default:
			start = false
		}
	}
	return false
}

// knowsGiB reports whether a size has a unit such as GiB, with the byte end behind
// it if that is not 0.
func knowsGiB(data []byte, end byte) bool {
	for i := 0; i < len(data); i++ {
		n := bytes.IndexByte(data[i:], 'B') // rarer than i
		if n < 0 {
			return false
		}
		i += n
		if i > 0 && data[i-1] == 'i' && (end == 0 || i+1 < len(data) && data[i+1] == end) {
			return true
		}
	}
	return false
}

func (b *builder) parseJSON(data []byte) {
	d := &b.doc
	d.Open(data)
	b.r.Lines, b.r.Preamble = nil, d.Preamble
	b.decimal = knowsGiB(data, '"')
	for key := range d.Object() {
		if key != "Controllers" {
			continue
		}
		for range d.Array() {
			b.readAnswer()
		}
	}
	b.closeAnswer()
	extra := d.Extra()
	for _, f := range d.Faults() {
		if fromTool(f.Err) {
			delete(extra, f.Path) // the tool's own word is understood
		}
		b.errs.add(&ParseError{f.Line, f.Column, f.Path, f.Text, f.Err})
	}
	b.r.settings += b.settings
	b.keepExtra(extra)
	if !b.seen {
		b.errs = nil
		b.errs.add(&ParseError{Line: 1, Column: 1, Text: firstLine(string(data)), Err: ErrFormat})
	}
}

// maxAdds is how many outputs may leave the same unknown path.
const maxAdds = 8

// keepExtra adds what is unknown. A path that is there already, of an output
// read before, gets a mark.
func (b *builder) keepExtra(extra map[string]json.RawMessage) {
	if len(b.r.Extra) == 0 && len(extra) > 0 {
		b.r.Extra = extra
		return
	}
	for path, raw := range extra {
		for n := 0; n < maxAdds && b.r.Extra[path] != nil; n++ {
			path += "+"
		}
		b.r.Extra[path] = raw
	}
}

func firstLine(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	return strings.TrimSuffix(text, "\r")
}

// readAnswer reads the answer for a controller. The status comes first.
func (b *builder) readAnswer() {
	if b.doc.Kind() != jsondoc.Object {
		return
	}
	b.openAnswer()
	for key := range b.doc.Object() {
		switch {
		case key == "Command Status" && b.doc.Kind() == jsondoc.Object:
			b.readStatus()
		case key == "Response Data":
			b.member("")
			b.seen = true
		}
	}
}

func (b *builder) readStatus() {
	failed := false
	for key := range b.doc.Object() {
		if b.doc.Kind() == jsondoc.Array {
			b.array(key)
			continue
		}
		if !b.status(key) || b.answer < 0 || failed {
			continue
		}
		// The description tells why; where there is none, the status has to do.
		if a := &b.r.Answers[b.answer]; key == "Description" && a.failure() != nil {
			b.doc.Reject(a.failure())
			failed = true
		}
	}
	if b.answer >= 0 && !failed && b.r.Answers[b.answer].failure() != nil {
		b.doc.Reject(ErrTool)
	}
}

// member reads the value of a key in an answer: a section, or a property.
func (b *builder) member(name string) {
	if b.doc.Nested() {
		b.section(name)
	} else {
		b.property(name)
	}
}

func (b *builder) section(name string) {
	outer := b.sec
	if b.doc.Kind() == jsondoc.Object {
		b.object(name)
	} else {
		b.array(name)
	}
	b.sec = outer
}

func (b *builder) object(name string) {
	switch name {
	case "Response Data": // once more, for free space
		name = ""
	case "VD Info", "Drive Information":
		b.row()
		return
	}
	b.open(name)
	for key := range b.doc.Object() {
		b.member(key)
	}
}

func (b *builder) array(name string) {
	if !b.doc.HoldsObjects() {
		return // kept whole
	}
	outer := b.sec
	b.list = b.doc.Here()
	b.open(name)
	for range b.doc.Array() {
		if b.doc.Kind() == jsondoc.Object {
			b.row()
		}
	}
	b.sec = outer
}

// row reads a row of a list. Those of storcli2 can hold sections.
func (b *builder) row() {
	var r row
	for key := range b.doc.Object() {
		switch {
		case b.doc.Nested():
			b.section(key)
		case !r.started || !r.setColumn(key, &b.input): // few
			r.set(b, key)
		}
	}
	if r.started {
		r.done(b)
	}
}
