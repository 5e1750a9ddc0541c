// SPDX-License-Identifier: Apache-2.0

package megacli

import (
	"bytes"
	"os"
	"testing"
)

// shelf returns a fixture n times.
func shelf(tb testing.TB, n int) []byte {
	tb.Helper()
	data, err := os.ReadFile("testdata/pdlist-failing/input")
	if err != nil {
		tb.Fatal(err)
	}
	return bytes.Repeat(data, n)
}

func BenchmarkParse(b *testing.B) {
	data := shelf(b, 10)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

// TestCost checks that memory stays in proportion to the input.
func TestCost(t *testing.T) {
	for _, n := range []int{2, 200} {
		data := shelf(t, n)
		result := testing.Benchmark(func(b *testing.B) {
			for b.Loop() {
				Parse(data)
			}
		})
		if size := result.AllocedBytesPerOp(); size > 16*int64(len(data)) {
			t.Errorf("%d bytes: %d bytes of memory, want at most sixteen times the input", len(data), size)
		}
	}
}
