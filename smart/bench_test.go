// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"bytes"
	"encoding/json"
	"testing"
)

func benchmark(b *testing.B, file string, parse func([]byte) error) {
	data := read(b, file)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"ata-failing", "sas-failing", "nvme-failing"} {
		b.Run(name, func(b *testing.B) {
			benchmark(b, "testdata/"+name+"/input", func(data []byte) error {
				_, err := Parse(data)
				return err
			})
		})
	}
}

func BenchmarkParseLsblk(b *testing.B) {
	benchmark(b, "testdata/lab/trixie/lsblk.json", func(data []byte) error {
		_, err := ParseLsblk(data)
		return err
	})
}

// BenchmarkHealth is the cost of a verdict.
func BenchmarkHealth(b *testing.B) {
	dev, err := Parse(read(b, "testdata/ata-failing/input"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		dev.Health()
	}
}

// BenchmarkEncodingJSON is what Parse is measured against: encoding/json
// reading the same values into the same structs. It has a start, for what it
// reads is our own JSON, a third to a half of what smartctl and lsblk print.
func BenchmarkEncodingJSON(b *testing.B) {
	for _, name := range []string{"ata-failing", "sas-failing", "nvme-failing"} {
		dev, err := Parse(read(b, "testdata/"+name+"/input"))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) { benchmarkJSON(b, dev) })
	}
	list, err := ParseLsblk(read(b, "testdata/lab/trixie/lsblk.json"))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("lsblk", func(b *testing.B) { benchmarkJSON(b, list) })
}

func benchmarkJSON[T any](b *testing.B, v *T) {
	data, err := json.Marshal(v)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := json.Unmarshal(data, new(T)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScale shows that ×100 input takes ×100 time.
func BenchmarkScale(b *testing.B) {
	row := []byte(`{"name":"sda","maj:min":"8:0","size":1000204886016,"type":"disk","mountpoints":[null],"model":"X","serial":"Y","rota":true},`)
	for _, n := range []int{100, 10_000} {
		data := append([]byte(`{"blockdevices":[`), bytes.Repeat(row, n)...)
		data = append(data, `{}]}`...)
		b.Run(map[int]string{100: "x1", 10_000: "x100"}[n], func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := ParseLsblk(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkParseText reads a SATA disk's text of 12 KB.
func BenchmarkParseText(b *testing.B) {
	benchmark(b, "testdata/text-sata/input", func(data []byte) error {
		_, err := ParseText(data)
		return err
	})
}
