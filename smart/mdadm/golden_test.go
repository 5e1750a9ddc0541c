// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"testing"

	"github.com/mchus/bee/internal/golden"
)

// These are what the golden files hold: the value and the messages of its
// errors.
type (
	goldenDetail struct {
		*Detail
		Errors []string `json:"errors,omitzero"`
	}
	goldenExamine struct {
		*Examine
		Errors []string `json:"errors,omitzero"`
	}
	goldenMdstat struct {
		*Mdstat
		Errors []string `json:"errors,omitzero"`
	}
)

func TestGoldenDetail(t *testing.T) {
	golden.Dir(t, "testdata/detail", func(_ *testing.T, input []byte) any {
		v, err := ParseDetail(input)
		return goldenDetail{v, messages(err)}
	})
}

func TestGoldenExamine(t *testing.T) {
	golden.Dir(t, "testdata/examine", func(_ *testing.T, input []byte) any {
		v, err := ParseExamine(input)
		return goldenExamine{v, messages(err)}
	})
}

func TestGoldenMdstat(t *testing.T) {
	golden.Dir(t, "testdata/mdstat", func(_ *testing.T, input []byte) any {
		v, err := ParseMdstat(input)
		return goldenMdstat{v, messages(err)}
	})
}

func messages(err error) []string {
	var list []string
	if errs, ok := err.(Errors); ok {
		for _, e := range errs {
			list = append(list, e.Error())
		}
	}
	return list
}
