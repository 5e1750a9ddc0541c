// SPDX-License-Identifier: Apache-2.0

package sasircu

import (
	"bytes"
	"os"
	"testing"
)

func BenchmarkParse(b *testing.B) {
	data := shelf(b, 24)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

// shelf returns the output for a controller with n times the drives of a
// fixture.
func shelf(tb testing.TB, n int) []byte {
	tb.Helper()
	data, err := os.ReadFile("testdata/display-degraded/input")
	if err != nil {
		tb.Fatal(err)
	}
	before, rest, _ := bytes.Cut(data, []byte("Device is a"))
	drives, after, _ := bytes.Cut(rest, []byte("----"))
	block := append([]byte("Device is a"), drives...)
	return append(append(before, bytes.Repeat(block, n)...), append([]byte("----"), after...)...)
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
		if size := result.AllocedBytesPerOp(); size > 10*int64(len(data)) {
			t.Errorf("%d bytes: %d bytes of memory, want at most ten times the input", len(data), size)
		}
	}
}
