// SPDX-License-Identifier: Apache-2.0

package dmsetup

import (
	"fmt"
	"testing"
)

func BenchmarkParse(b *testing.B) {
	data := volumes(50)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

// volumes returns the output for n RAIDs of LVM, with their pieces.
func volumes(n int) []byte {
	var b []byte
	for i := range n {
		b = fmt.Appendf(b, "vg-home%d: 0 65536 raid raid5_ls 3 AaA 4112/32768 recover 0 0 -\n", i)
		for k := range 3 {
			b = fmt.Appendf(b, "vg-home%d_rimage_%d: 0 32768 linear \nvg-home%[1]d_rmeta_%[2]d: 0 8192 linear \n", i, k)
		}
	}
	return b
}

// TestCost checks that memory stays in proportion to the input.
func TestCost(t *testing.T) {
	for _, n := range []int{2, 200} {
		data := volumes(n)
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
