// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"path"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/golden"
)

// A result is what a golden file holds.
type result struct {
	Log      *Log      `json:"log,omitzero"`
	Topology *Topology `json:"topology,omitzero"`
	Unknown  []string  `json:"unknown,omitzero"` // elements and columns that no field stands for
	Errors   []string  `json:"errors,omitzero"`
}

func TestGolden(t *testing.T) {
	golden.Dir(t, "testdata", func(t *testing.T, input []byte) any {
		return parseCase(path.Base(t.Name()), input)
	})
}

// parseCase parses an input as the beginning of its name says.
func parseCase(name string, input []byte) result {
	var r result
	var err error
	kind, _, _ := strings.Cut(name, "-")
	switch kind {
	case "xml":
		r.Log, err = Parse(input)
	case "text":
		r.Log, err = ParseText(input)
	case "csv":
		var table *Table
		table, r.Log, err = parseTable(input)
		for _, c := range table.Unknown() {
			r.Unknown = append(r.Unknown, c.Name)
		}
	case "list":
		r.Log, err = ParseList(input)
	case "nvlink":
		r.Log, err = ParseNVLink(input)
	case "topo":
		r.Topology, err = ParseTopo(input)
	}
	if r.Log != nil {
		for _, n := range r.Log.Unknown {
			r.Unknown = append(r.Unknown, n.Path())
		}
	}
	r.Errors = errorTexts(err)
	return r
}

// errorTexts lists the errors that err is made of.
func errorTexts(err error) []string {
	if err == nil {
		return nil
	}
	list, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []string{err.Error()}
	}
	var texts []string
	for _, err := range list.Unwrap() {
		texts = append(texts, errorTexts(err)...)
	}
	return texts
}
