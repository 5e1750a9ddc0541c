// SPDX-License-Identifier: Apache-2.0

//go:build unix

package bench

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/redact"
	"github.com/mchus/bee/inventory/report"
)

// BenchmarkMachines is what a whole server costs, from its capture to the
// report: "unpacked" from memory, "tgz" from the packed file, "document" with
// the report written as JSON, "read" that JSON read again. machines/s is for
// one second of processor time.
func BenchmarkMachines(b *testing.B) {
	folders, err := filepath.Glob("../hosts/qemu-*")
	if err != nil || len(folders) == 0 {
		b.Skip("no captured hosts: ", err)
	}
	var captures []host.Capture
	var packed, documents [][]byte
	for _, folder := range folders {
		c, err := redact.Read(folder)
		if err != nil {
			b.Fatal(err)
		}
		var tgz bytes.Buffer
		if err := c.WriteTGZ(&tgz); err != nil {
			b.Fatal(err)
		}
		document, err := audit(b, c).JSON()
		if err != nil {
			b.Fatal(err)
		}
		captures, packed, documents = append(captures, c), append(packed, tgz.Bytes()), append(documents, document)
	}
	b.Run("unpacked", func(b *testing.B) {
		perMachine(b, func(i int) { audit(b, captures[i%len(captures)]) })
	})
	b.Run("tgz", func(b *testing.B) {
		perMachine(b, func(i int) { audit(b, unpack(b, packed[i%len(packed)])) })
	})
	b.Run("document", func(b *testing.B) {
		perMachine(b, func(i int) {
			if _, err := audit(b, captures[i%len(captures)]).JSON(); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("read", func(b *testing.B) {
		perMachine(b, func(i int) {
			if _, err := report.Read(bytes.NewReader(documents[i%len(documents)])); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("unpack", func(b *testing.B) {
		perMachine(b, func(i int) { unpack(b, packed[i%len(packed)]) })
	})
	b.Run("replay", func(b *testing.B) {
		perMachine(b, func(i int) {
			if _, err := host.Replay(captures[i%len(captures)].FS()); err != nil {
				b.Fatal(err)
			}
		})
	})
}

func perMachine(b *testing.B, fn func(i int)) {
	b.ReportAllocs()
	start := cpuTime()
	i := 0
	for ; b.Loop(); i++ {
		fn(i)
	}
	spent := cpuTime() - start
	b.ReportMetric(float64(spent.Nanoseconds())/float64(i), "cpu-ns/op")
	b.ReportMetric(float64(i)/spent.Seconds(), "machines/s")
}

func audit(b *testing.B, c host.Capture) *report.Report {
	h, err := host.Replay(c.FS())
	if err != nil {
		b.Fatal(err)
	}
	return inventory.Audit(b.Context(), h, inventory.Options{Tool: report.Tool{Name: "audit"}})
}

func unpack(b *testing.B, tgz []byte) host.Capture {
	c, err := host.ReadTGZ(bytes.NewReader(tgz))
	if err != nil {
		b.Fatal(err)
	}
	return c
}
