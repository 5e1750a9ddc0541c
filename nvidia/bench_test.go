// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"os"
	"strings"
	"testing"
)

func benchmark(b *testing.B, data []byte, parse func([]byte) error) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

func readBench(b *testing.B, name string) []byte {
	b.Helper()
	data, err := os.ReadFile("testdata/" + name + "/input")
	if err != nil {
		b.Fatal(err)
	}
	return data
}

func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"xml-v12-535-ada", "xml-v13-580-hopper"} {
		data := readBench(b, name)
		b.Run(name, func(b *testing.B) {
			benchmark(b, data, func(in []byte) error { _, err := Parse(in); return err })
		})
	}
}

func BenchmarkReader(b *testing.B) {
	benchmark(b, readBench(b, "xml-v13-580-hopper"), func(data []byte) error {
		in := &input{src: string(data)}
		readXML(in, 0)
		return in.errs.err()
	})
}

// BenchmarkEmptyGPUs is a document that asks for a million GPUs.
func BenchmarkEmptyGPUs(b *testing.B) {
	data := []byte("<nvidia_smi_log>" + strings.Repeat("<gpu/>", 1e6) + "</nvidia_smi_log>")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if log, err := Parse(data); err == nil || len(log.GPUs) > maxGPUs {
			b.Fatalf("%d GPUs, error %v", len(log.GPUs), err)
		}
	}
}

func BenchmarkParseCSV(b *testing.B) {
	data := readBench(b, "csv-gpus")
	header, rows, _ := strings.Cut(string(data), "\n")
	first, _, _ := strings.Cut(rows, "\n")
	data = []byte(header + "\n" + strings.Repeat(first+"\n", 8))
	b.Run("record", func(b *testing.B) {
		benchmark(b, data, func(in []byte) error { _, err := ParseCSV(in); return err })
	})
	b.Run("typed", func(b *testing.B) {
		benchmark(b, data, func(in []byte) error { _, _, err := parseTable(in); return err })
	})
}

func BenchmarkParseText(b *testing.B) {
	benchmark(b, readBench(b, "text-610-hopper-mig"), func(in []byte) error { _, err := ParseText(in); return err })
}
