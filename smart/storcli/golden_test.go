// SPDX-License-Identifier: Apache-2.0

package storcli

import (
	"testing"

	"github.com/mchus/bee/internal/golden"
)

func TestGolden(t *testing.T) {
	golden.Dir(t, "testdata", func(_ *testing.T, input []byte) any {
		var got struct {
			Report *Report  `json:"report"`
			Errors []string `json:"errors,omitzero"`
		}
		var err error
		got.Report, err = Parse(input)
		if list, ok := err.(Errors); ok {
			for _, e := range list {
				got.Errors = append(got.Errors, e.Error())
			}
		}
		return got
	})
}
