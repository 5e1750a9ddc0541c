// SPDX-License-Identifier: Apache-2.0

package ethtool

import (
	"bytes"
	"os"
	"testing"
)

func BenchmarkParse(b *testing.B) {
	data, err := os.ReadFile("testdata/module-qsfp28/input")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseModule(data); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScale shows that ×100 input takes ×100 time.
func BenchmarkScale(b *testing.B) {
	for _, size := range []struct {
		name string
		n    int
	}{{"x1", 20}, {"x100", 2000}} {
		data := bytes.Repeat([]byte("driver: igb\nbus-info: 0000:3b:00.0\n"), size.n)
		b.Run(size.name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := ParseDriverInfo(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
