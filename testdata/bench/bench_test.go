// SPDX-License-Identifier: Apache-2.0

//go:build unix

// Package bench measures the parsers on whole inputs, in the form that a table
// beside other parsers is made from: BenchmarkPeers/KIND/INPUT/bee.
package bench

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/ipmi"
	"github.com/mchus/bee/nvidia"
	"github.com/mchus/bee/nvme"
	"github.com/mchus/bee/pci"
	"github.com/mchus/bee/smart"
)

// A column is a way to parse inputs of one kind. It returns how many records
// it found.
type column struct {
	kind, name string
	parse      func(in []byte) (records int, err error)
}

var columns = []column{
	{"dmi", "bee", func(in []byte) (int, error) {
		t, err := dmi.Parse(in)
		return len(t.Records), err
	}},
	{"dmi", "bee, all views", allViews},
	{"dmi", "limit: keys and values", splitFields},
	{"smart", "bee", func(in []byte) (int, error) {
		d, err := smart.Parse(in)
		_ = d.Health()
		return 1, err
	}},
	{"smarttext", "bee", func(in []byte) (int, error) {
		t, err := smart.ParseText(in)
		return len(t.Lines), err
	}},
	{"lsblk", "bee", func(in []byte) (int, error) {
		l, err := smart.ParseLsblk(in)
		return len(l.All), err
	}},
	{"nvme", "bee", func(in []byte) (int, error) {
		l, err := nvme.ParseList(in)
		return len(l.Namespaces), err
	}},
	{"pci", "bee", func(in []byte) (int, error) {
		l, err := pci.Parse(in)
		return len(l.Devices), err
	}},
	{"nvidia", "bee", func(in []byte) (int, error) {
		l, err := nvidia.Parse(in)
		return len(l.GPUs), err
	}},
	{"nvcsv", "bee", func(in []byte) (int, error) {
		t, err := nvidia.ParseCSV(in)
		return len(t.Rows), err
	}},
	{"fru", "bee", func(in []byte) (int, error) {
		f, err := ipmi.ParseFRU(in)
		return len(f.Records), err
	}},
	{"fru", "bee, typed", func(in []byte) (int, error) {
		f, err := ipmi.ParseFRU(in)
		return len(f.Devices()), err
	}},
}

// inputs returns the files to measure for a kind: those of $PEERS_INPUTS, or
// what the captured hosts hold.
func inputs(b *testing.B, kind string) []string {
	pattern := map[string]string{
		"dmi": "dmidecode.stdout", "smart": "smartctl-x-*.stdout", "lsblk": "lsblk-*.stdout", "nvme": "nvme-list*.stdout",
		"pci": "lspci-vmm*.stdout", "nvidia": "nvidia-smi-q-x.stdout", "fru": "ipmitool-fru-print.stdout",
	}[kind]
	path := filepath.Join("..", "hosts", "qemu-trixie", pattern)
	if kind == "smarttext" {
		path = filepath.Join("..", "..", "smart", "testdata", "text-sata", "input")
	}
	if dir := os.Getenv("PEERS_INPUTS"); dir != "" {
		path = filepath.Join(dir, kind, "*")
	}
	files, err := filepath.Glob(path)
	if err != nil {
		b.Fatal(err)
	}
	return files
}

func BenchmarkPeers(b *testing.B) {
	for _, c := range columns {
		for _, file := range inputs(b, c.kind) {
			in, err := os.ReadFile(file)
			if err != nil {
				continue // a folder, or a kind without inputs
			}
			b.Run(c.kind+"/"+filepath.Base(file)+"/"+c.name, func(b *testing.B) { measure(b, c, in) })
		}
	}
}

func measure(b *testing.B, c column, in []byte) {
	n, err := c.parse(in)
	if err != nil {
		b.Skip("error: ", err)
	}
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	start := cpuTime()
	for b.Loop() {
		if _, err := c.parse(in); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(cpuTime()-start)/float64(b.N), "cpu-ns/op")
	b.ReportMetric(float64(n), "records")
}

// cpuTime is the process's processor time, which a busy machine disturbs less
// than the clock.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// TestColumns checks that each parser finds what a captured host holds.
func TestColumns(t *testing.T) {
	for kind, file := range map[string]string{"dmi": "dmidecode.stdout", "pci": "lspci-vmmnnkd.stdout", "fru": "ipmitool-fru-print.stdout"} {
		in, err := os.ReadFile(filepath.Join("..", "hosts", "qemu-trixie", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range columns {
			if n, err := c.parse(in); c.kind == kind && (n < 2 || err != nil) {
				t.Errorf("%s, %s: %d records, %v", kind, c.name, n, err)
			}
		}
	}
}

// splitFields is what a parser of dmidecode's text cannot be faster than: it
// copies the text, and keeps each line cut at its colon. On a hundred times the
// text it costs two hundred times as much and more, which is the work of Go's
// collector.
func splitFields(in []byte) (int, error) {
	text := string(in)
	fields := make([]dmi.Field, 0, strings.Count(text, "\n")+1)
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(line, ":")
		fields = append(fields, dmi.Field{Key: key, Value: value, Line: len(fields) + 1})
	}
	return len(fields), nil
}
