// SPDX-License-Identifier: Apache-2.0

package pci_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mchus/bee/pci"
)

// server returns what lspci -vmmnnk says about n functions.
func server(n int, domains bool) []byte {
	var b strings.Builder
	for i := range n {
		b.WriteString("Slot:\t")
		if domains {
			fmt.Fprintf(&b, "%04x:", i>>16)
		}
		fmt.Fprintf(&b, "%02x:%02x.%d\nClass:\tEthernet controller [0200]\nVendor:\tIntel Corporation [8086]\n"+
			"Device:\tEthernet Controller E810-XXV for SFP [159b]\nSVendor:\tIntel Corporation [8086]\n"+
			"SDevice:\tEthernet 25G 2P E810-XXV Adapter [0005]\nPhySlot:\t%d\nRev:\t02\nProgIf:\t00\n"+
			"Driver:\tice\nModule:\tice\nNUMANode:\t%d\nIOMMUGroup:\t%d\n\n",
			i>>8&0xff, i>>3&0x1f, i&7, i&15, i&1, i)
	}
	return []byte(b.String())
}

func BenchmarkParse(b *testing.B) {
	for _, bb := range []struct {
		name string
		data []byte
	}{
		{"250", server(250, true)},
		{"250-without-domains", server(250, false)},
		{"25000", server(25000, true)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := pci.Parse(bb.data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFormat(b *testing.B) {
	data := server(250, true)
	list, err := pci.Parse(data)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		list.Format()
	}
}
