// SPDX-License-Identifier: Apache-2.0

package ssacli

// A Document is what one run of the tool printed.
type Document struct {
	Controllers []Controller `json:"controllers,omitzero"`
	Messages    []string     `json:"messages,omitzero"` // what the tool says beside its answer
	Preamble    []string     `json:"preamble,omitzero"` // lines before the first controller
	Extra       []Line       `json:"extra,omitzero"`    // lines that no value has room for
	Lines       []Line       `json:"-"`                 // all lines

	taken int // lines with a key, and rows, that a value took
}

// Format returns the lines as the tool prints them, without blank ones. It is
// the inverse of [Parse].
func (d *Document) Format() []byte { return appendLines(nil, d.Lines) }
