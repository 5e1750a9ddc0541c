// SPDX-License-Identifier: Apache-2.0

package arcconf

// A Document is what one run of the tool printed. GETCONFIG fills all but
// List and Tasks, LIST fills List, GETSTATUS Tasks.
type Document struct {
	ControllersFound *int        `json:"controllers_found,omitzero"`
	List             []ListEntry `json:"list,omitzero"`
	Controller       *Controller `json:"controller,omitzero"`
	Arrays           []Array     `json:"arrays,omitzero"`
	Volumes          []Volume    `json:"volumes,omitzero"`
	Drives           []Drive     `json:"drives,omitzero"`
	Enclosures       []Enclosure `json:"enclosures,omitzero"`
	Connectors       []Connector `json:"connectors,omitzero"`
	Tasks            []Task      `json:"tasks,omitzero"`
	Complete         bool        `json:"complete"`          // the tool said that it had completed
	Preamble         []string    `json:"preamble,omitzero"` // lines before the first that is understood
	Extra            []Line      `json:"extra,omitzero"`    // lines that no value has room for
	Lines            []Line      `json:"-"`                 // all lines

	taken int // lines with a key that a value took
}

// A ListEntry is a controller in LIST.
type ListEntry struct {
	Number     int    `json:"number"`
	StatusText string `json:"status_text,omitzero"`
	Slot       string `json:"slot,omitzero"`
	Mode       string `json:"mode,omitzero"`
	Model      string `json:"model,omitzero"`
	Serial     string `json:"serial,omitzero"`
	WWN        string `json:"wwn,omitzero"`
	Line       int    `json:"line"`
}

// Format returns the lines as the tool prints them, without blank ones. It is
// the inverse of [Parse].
func (d *Document) Format() []byte { return appendLines(nil, d.Lines) }
