// SPDX-License-Identifier: Apache-2.0

package pci_test

import (
	"testing"

	"github.com/mchus/bee/internal/golden"
	"github.com/mchus/bee/pci"
)

// A document is what the golden files hold.
type document struct {
	*pci.List
	Errors []string `json:"errors,omitzero"`
}

func TestGoldenLspci(t *testing.T) {
	golden.Dir(t, "testdata/lspci", func(_ *testing.T, input []byte) any {
		list, err := pci.Parse(input)
		return document{list, messages(err)}
	})
}
