// SPDX-License-Identifier: Apache-2.0

package dmsetup

import (
	"testing"

	"github.com/mchus/bee/internal/golden"
)

// A golden status is the status and the messages of its errors.
type goldenStatus struct {
	*Status
	Errors []string `json:"errors,omitzero"`
}

func TestGolden(t *testing.T) {
	golden.Dir(t, "testdata", func(_ *testing.T, input []byte) any {
		status, err := Parse(input)
		return goldenStatus{status, messages(err)}
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
