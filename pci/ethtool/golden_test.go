// SPDX-License-Identifier: Apache-2.0

package ethtool

import (
	"strings"
	"testing"

	"github.com/mchus/bee/internal/golden"
)

// A result is what a golden file holds.
type result struct {
	Value  any      `json:"value"`
	Errors []string `json:"errors,omitempty"`
}

func newResult(value any, err error) result {
	r := result{Value: value}
	if list, ok := err.(Errors); ok {
		for _, e := range list {
			r.Errors = append(r.Errors, e.Error())
		}
	}
	return r
}

// parseAs parses with the function for a fixture's name: "module-qsfp28".
func parseAs(name string, data []byte) (document, error) {
	switch kind, _, _ := strings.Cut(name, "-"); kind {
	case "driver":
		return ParseDriverInfo(data)
	case "module":
		return ParseModule(data)
	case "address":
		return ParsePermanentAddress(data)
	}
	panic("no kind of document: " + name)
}

// A document is what each Parse function returns.
type document interface{ Format() []byte }

func TestGolden(t *testing.T) {
	golden.Dir(t, "testdata", func(t *testing.T, input []byte) any {
		return newResult(parseAs(t.Name()[strings.LastIndexByte(t.Name(), '/')+1:], input))
	})
}
