// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"bytes"
	"os"
	"testing"
)

// many returns a fixture n times.
func many(tb testing.TB, name string, n int) []byte {
	tb.Helper()
	data, err := os.ReadFile("testdata/" + name + "/input")
	if err != nil {
		tb.Fatal(err)
	}
	return bytes.Repeat(data, n)
}

func BenchmarkParseDetail(b *testing.B) {
	data := many(b, "detail/rebuilding", 20)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseDetail(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseExamine(b *testing.B) {
	data := many(b, "examine/imsm", 20)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseExamine(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseMdstat(b *testing.B) {
	data := many(b, "mdstat/mixed", 20)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseMdstat(data); err != nil {
			b.Fatal(err)
		}
	}
}

// TestCost checks that memory stays in proportion to the input.
func TestCost(t *testing.T) {
	for _, n := range []int{2, 200} {
		data := many(t, "detail/rebuilding", n)
		result := testing.Benchmark(func(b *testing.B) {
			for b.Loop() {
				ParseDetail(data)
			}
		})
		if size := result.AllocedBytesPerOp(); size > 16*int64(len(data)) {
			t.Errorf("%d bytes: %d bytes of memory, want at most sixteen times the input", len(data), size)
		}
	}
}
