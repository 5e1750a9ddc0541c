// SPDX-License-Identifier: Apache-2.0

package kernel_test

import (
	"testing"

	"github.com/mchus/bee/internal/golden"
	"github.com/mchus/bee/inventory/kernel"
	"github.com/mchus/bee/pci"
)

// A document is what the golden files hold.
type document struct {
	*pci.List
	Errors []string `json:"errors,omitzero"`
}

func TestGoldenPCI(t *testing.T) {
	golden.Dir(t, "testdata/pci", func(t *testing.T, input []byte) any {
		list, err := kernel.PCI(sysfs(t, string(input)))
		return document{list, messages(err)}
	})
}
