// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"os"
	"testing"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
)

// BenchmarkAudit is the audit's own cost on a captured server: what it adds to
// the time of the tools.
func BenchmarkAudit(b *testing.B) {
	fsys := os.DirFS("../testdata/hosts/qemu-trixie")
	if _, err := host.Replay(fsys); err != nil {
		b.Skip(err) // the captures are not part of the module
	}
	b.ReportAllocs()
	for b.Loop() {
		h, err := host.Replay(fsys)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := inventory.Audit(b.Context(), h, inventory.Options{}).JSON(); err != nil {
			b.Fatal(err)
		}
	}
}
