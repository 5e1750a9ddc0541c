// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"bytes"
	"os"
	"testing"
)

// server returns a table like that of a server, n times as long.
func server(tb testing.TB, n int) []byte {
	tb.Helper()
	data, err := os.ReadFile("testdata/qemu-3.7/input")
	if err != nil {
		tb.Fatal(err)
	}
	_, records, _ := bytes.Cut(data, []byte("\n\n"))
	return append(data, bytes.Repeat(records, n-1)...)
}

// TestCost checks what a report costs: few allocations, and memory in
// proportion to it.
func TestCost(t *testing.T) {
	for _, n := range []int{5, 500} {
		data := server(t, n)
		result := testing.Benchmark(func(b *testing.B) {
			for b.Loop() {
				Parse(data)
			}
		})
		if allocs := result.AllocsPerOp(); allocs > 20 {
			t.Errorf("%d bytes: %d allocations, want at most 20", len(data), allocs)
		}
		if size := result.AllocedBytesPerOp(); size > 6*int64(len(data)) {
			t.Errorf("%d bytes: %d bytes of memory, want at most six times the input", len(data), size)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for _, size := range []struct {
		name string
		n    int
	}{{"x1", 5}, {"x100", 500}} {
		data := server(b, size.n)
		b.Run(size.name, func(b *testing.B) {
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

// BenchmarkViews parses and reads every typed view.
func BenchmarkViews(b *testing.B) {
	data := server(b, 5)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		table, err := Parse(data)
		if err != nil {
			b.Fatal(err)
		}
		for _, v := range table.Views() {
			if v.Err != nil {
				b.Fatal(v.Err)
			}
		}
	}
}

func BenchmarkFormat(b *testing.B) {
	data := server(b, 5)
	table, err := Parse(data)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		table.Format()
	}
}
