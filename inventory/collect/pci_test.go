// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"github.com/mchus/bee/inventory/report"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/pci"
)

// A link is judged by what both its ends can do.
func TestLinkOf(t *testing.T) {
	gen := func(mts, width int) pci.Link { return pci.Link{SpeedMTs: mts, Width: width} }
	port := func(best pci.Link) *pci.Device { return &pci.Device{Address: "0000:00:01.0", MaxLink: best} }
	tests := []struct {
		name   string
		device pci.Device
		parent *pci.Device
		want   *report.PCILink
	}{
		{"no link", pci.Device{}, nil, nil},
		{"full", pci.Device{Link: gen(16000, 16), MaxLink: gen(16000, 16)}, port(gen(32000, 16)), &report.PCILink{CurrentGTs: 16, CurrentWidth: 16, MaxGTs: 16, MaxWidth: 16}},
		{"slow", pci.Device{Link: gen(8000, 16), MaxLink: gen(16000, 16)}, port(gen(16000, 16)), &report.PCILink{CurrentGTs: 8, CurrentWidth: 16, MaxGTs: 16, MaxWidth: 16, Degraded: true}},
		{"in a slow slot", pci.Device{Link: gen(8000, 16), MaxLink: gen(16000, 16)}, port(gen(8000, 16)), &report.PCILink{CurrentGTs: 8, CurrentWidth: 16, MaxGTs: 16, MaxWidth: 16, LimitedBy: "0000:00:01.0"}},
		{"in a narrow slot and slow", pci.Device{Link: gen(8000, 8), MaxLink: gen(16000, 16)}, port(gen(16000, 8)), &report.PCILink{CurrentGTs: 8, CurrentWidth: 8, MaxGTs: 16, MaxWidth: 16, LimitedBy: "0000:00:01.0", Degraded: true}},
		{"below an unknown port", pci.Device{Link: gen(8000, 16), MaxLink: gen(16000, 16)}, nil, &report.PCILink{CurrentGTs: 8, CurrentWidth: 16, MaxGTs: 16, MaxWidth: 16}},
		{"best unknown", pci.Device{Link: gen(8000, 16)}, port(gen(16000, 16)), &report.PCILink{CurrentGTs: 8, CurrentWidth: 16}},
		{"a port itself", pci.Device{Class: pci.Name{ID: classBridge}, Link: gen(2500, 1), MaxLink: gen(16000, 16)}, nil, &report.PCILink{CurrentGTs: 2.5, CurrentWidth: 1, MaxGTs: 16, MaxWidth: 16}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, linkOf(&tt.device, tt.parent)); diff != "" {
				t.Errorf("link (-want +got):\n%s", diff)
			}
		})
	}
}
