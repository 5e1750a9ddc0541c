// SPDX-License-Identifier: Apache-2.0

package megacli

import (
	"testing"

	"github.com/mchus/bee/internal/golden"
)

// A golden document is the document and the messages of its errors.
type goldenDocument struct {
	*Document
	Errors []string `json:"errors,omitzero"`
}

func TestGolden(t *testing.T) {
	golden.Dir(t, "testdata", func(_ *testing.T, input []byte) any {
		doc, err := Parse(input)
		return goldenDocument{doc, messages(err)}
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
