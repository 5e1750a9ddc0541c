// SPDX-License-Identifier: Apache-2.0

package devlink

import (
	"testing"

	"github.com/mchus/bee/internal/golden"
)

// A result is what a golden file holds.
type result struct {
	Value  any      `json:"value"`
	Errors []string `json:"errors,omitempty"`
}

func TestGolden(t *testing.T) {
	golden.Dir(t, "testdata", func(t *testing.T, input []byte) any {
		value, err := Parse(input)
		r := result{Value: value}
		if list, ok := err.(Errors); ok {
			for _, e := range list {
				r.Errors = append(r.Errors, e.Error())
			}
		}
		return r
	})
}
