// SPDX-License-Identifier: Apache-2.0

package nvme_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/mchus/bee/nvme"
)

// BenchmarkParse reads captures of nvme-cli 2.16 and a list of 24 drives.
func BenchmarkParse(b *testing.B) {
	for _, name := range []string{
		"list.json", "list-v.json", "id-ctrl.json", "id-ns.json", "smart-log.json", "error-log.json", "fw-log.json",
		"list.txt", "list-v-array.txt", "id-ctrl.txt", "id-ns.txt", "smart-log.txt", "error-log.txt", "fw-log.txt",
	} {
		data, err := os.ReadFile("testdata/2.16-" + name + "/input")
		if err != nil {
			b.Fatal(err)
		}
		command := commandOf("2.16-" + name)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := parse(command, data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	data := manyDrives(24)
	b.Run("24-drives.json", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			if l, err := nvme.ParseList(data); err != nil || len(l.Namespaces) != 24 {
				b.Fatal(len(l.Namespaces), err)
			}
		}
	})
}

// manyDrives writes a plain list as nvme-cli 2.16 does.
func manyDrives(n int) []byte {
	devices := make([]string, n)
	for i := range n {
		devices[i] = fmt.Sprintf(`
    {
      "NameSpace":1,
      "DevicePath":"/dev/nvme%[1]dn1",
      "GenericPath":"/dev/ng%[1]dn1",
      "Firmware":"1.0.7",
      "ModelNumber":"Example NVMe 3.84TB",
      "SerialNumber":"S64GNE0R1%05[1]d",
      "UsedBytes":3840755982336,
      "MaximumLBA":7501476528,
      "PhysicalSize":3840755982336,
      "SectorSize":512
    }`, i)
	}
	return []byte("{\n  \"Devices\":[" + strings.Join(devices, ",") + "\n  ]\n}\n")
}

// TestLinear sees to it that a hundred times the input costs far less than its
// square: the machine may be busy.
func TestLinear(t *testing.T) {
	cost := func(n int) (least time.Duration) {
		data := manyDrives(n)
		for range 5 {
			start := time.Now()
			nvme.ParseList(data)
			if d := time.Since(start); least == 0 || d < least {
				least = d
			}
		}
		return least
	}
	if one, hundred := cost(100), cost(10000); hundred > 2000*one {
		t.Errorf("100 times the input costs %d times as much", hundred/one)
	}
}
