// SPDX-License-Identifier: Apache-2.0

package storcli

import (
	"bytes"
	"os"
	"testing"
)

func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"controller-degraded", "drives-failing", "storcli2-drives", "volumes-text", "drive-text"} {
		b.Run(name, func(b *testing.B) {
			data, err := os.ReadFile("testdata/" + name + "/input")
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkScale shows that ×100 input takes ×100 time.
func BenchmarkScale(b *testing.B) {
	head := []byte("Controller = 0\nStatus = Success\n\nPD LIST :\n=======\n\n---\nEID:Slt DID State DG     Size Intf Med\n---\n")
	row := []byte("252:1     4 Onln   0 1.000 TB SATA HDD\n")
	for _, n := range []int{100, 10_000} {
		data := append(bytes.Clone(head), bytes.Repeat(row, n)...)
		b.Run(map[int]string{100: "x1", 10_000: "x100"}[n], func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := Parse(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
