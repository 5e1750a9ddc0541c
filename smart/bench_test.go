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

// These are what ours are measured against: encoding/json into structs that
// take a part of the same.

type jsonDevice struct {
	Smartctl struct {
		Version    []int    `json:"version"`
		Argv       []string `json:"argv"`
		ExitStatus int      `json:"exit_status"`
	} `json:"smartctl"`
	ModelName    string `json:"model_name"`
	SerialNumber string `json:"serial_number"`
	Attributes   struct {
		Table []struct {
			ID         int    `json:"id"`
			Name       string `json:"name"`
			Value      int    `json:"value"`
			Worst      int    `json:"worst"`
			Thresh     int    `json:"thresh"`
			WhenFailed string `json:"when_failed"`
			Flags      struct {
				Value  int    `json:"value"`
				String string `json:"string"`
			} `json:"flags"`
			Raw struct {
				Value  uint64 `json:"value"`
				String string `json:"string"`
			} `json:"raw"`
		} `json:"table"`
	} `json:"ata_smart_attributes"`
	Statistics struct {
		Pages []struct {
			Number int    `json:"number"`
			Name   string `json:"name"`
			Table  []struct {
				Offset int    `json:"offset"`
				Name   string `json:"name"`
				Size   int    `json:"size"`
				Value  int64  `json:"value"`
				Flags  struct {
					Value  int    `json:"value"`
					String string `json:"string"`
				} `json:"flags"`
			} `json:"table"`
		} `json:"pages"`
	} `json:"ata_device_statistics"`
}

func BenchmarkEncodingJSON(b *testing.B) {
	b.Run("ata-failing", func(b *testing.B) {
		benchmark(b, "testdata/ata-failing/input", func(data []byte) error {
			return json.Unmarshal(data, new(jsonDevice))
		})
	})
	b.Run("lsblk", func(b *testing.B) {
		benchmark(b, "testdata/lab/trixie/lsblk.json", func(data []byte) error {
			return json.Unmarshal(data, new(struct {
				Rows []map[string]any `json:"blockdevices"`
			}))
		})
	})
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
