// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"os"
	"testing"

	"github.com/mchus/bee/ipmi"
)

// benchmark measures parse over an input of testdata.
func benchmark[T any](b *testing.B, path string, parse func([]byte) (T, error)) {
	data, err := os.ReadFile("testdata/" + path + "/input")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseFRU(b *testing.B) { benchmark(b, "fru/server-1.8.19-v", ipmi.ParseFRU) }

func BenchmarkParseFRUTyped(b *testing.B) {
	benchmark(b, "fru/server-1.8.19-v", func(data []byte) ([]ipmi.FRUDevice, error) {
		f, err := ipmi.ParseFRU(data)
		return f.Devices(), err
	})
}

func BenchmarkParseSDR(b *testing.B) { benchmark(b, "sdr/server-elist-1.8.19", ipmi.ParseSDR) }

func BenchmarkParseSDRTyped(b *testing.B) {
	benchmark(b, "sdr/server-elist-1.8.19", func(data []byte) ([]ipmi.Sensor, error) {
		s, err := ipmi.ParseSDR(data)
		return s.Sensors(), err
	})
}

func BenchmarkParseMC(b *testing.B)  { benchmark(b, "mc/server-1.8.19", ipmi.ParseMC) }
func BenchmarkParseLAN(b *testing.B) { benchmark(b, "lan/server-1.8.19", ipmi.ParseLAN) }
func BenchmarkParseSEL(b *testing.B) { benchmark(b, "sel/server-elist-1.8.19", ipmi.ParseSEL) }
