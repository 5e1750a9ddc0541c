// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/golden"
	"github.com/mchus/bee/inventory/report"
)

// Prometheus' own tool finds nothing to complain of.
func TestMetricsPassPromtool(t *testing.T) {
	if _, err := exec.LookPath("promtool"); err != nil {
		t.Skip(err)
	}
	large := largeReport()
	for i := range large.Storage.Drives {
		large.Storage.Drives[i].ID = fmt.Sprint("drive:", i)
	}
	for _, r := range []*report.Report{large, fullReport(nasty + "\\\"\n"), {}} {
		cmd := exec.Command("promtool", "check", "metrics")
		cmd.Stdin = bytes.NewReader(AppendMetrics(nil, r))
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%v: %s", err, out)
		}
	}
}

func TestMetrics(t *testing.T) {
	r := &report.Report{
		Summary: report.Summary{Health: report.Warning, Counts: report.Counts{Drive: new(1)}},
		Storage: &report.Storage{Drives: []report.Drive{{ID: "drive:A\"\\", Health: report.OK, Smart: &report.Smart{
			TemperatureC: new(0), UsedPct: new(7), PowerOnHours: new(int64(2)),
		}}}},
		PCI: []report.PCIFunction{{Address: "0000:3b:00.0", Link: &report.PCILink{Degraded: true}}},
	}
	out := string(AppendMetrics(nil, r))
	for _, want := range []string{
		`bee_audit_health{health="warning"} 1`, `bee_audit_health{health="ok"} 0`, `bee_components{kind="drive"} 1`,
		`bee_component_health{kind="drive",id="drive:A\"\\",health="ok"} 1`, `bee_drive_temperature_celsius{id="drive:A\"\\"} 0`,
		`bee_drive_used_ratio{id="drive:A\"\\"} 0.07`, `bee_drive_power_on_seconds_total{id="drive:A\"\\"} 7200`, `bee_pci_link_degraded{address="0000:3b:00.0"} 1`,
	} {
		if !strings.Contains(out, want+"\n") {
			t.Errorf("no %s in\n%s", want, out)
		}
	}
	for _, never := range []string{"bee_memory_bytes", `kind="gpu"`, "bee_audit_complete", "spare"} {
		if strings.Contains(out, never) {
			t.Errorf("%s though nothing is known of it", never)
		}
	}
}

// METRICS.md lists all metrics, and each of them is told by some report.
func TestMetricsTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Metrics of audit -format prometheus\n\nEach drive, GPU and module is named by its id in the audit document. Made by `go test ./inventory/render -update`.\n\n| metric | kind | what it tells |\n|---|---|---|\n")
	for _, f := range families {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", f.name, f.kind, f.help)
	}
	golden.Bytes(t, "METRICS.md", []byte(b.String()))
	r := largeReport()
	r.Summary.Complete, r.Summary.Counts.GPU = new(true), new(8)
	r.Memory.Modules[0].ECC = new(report.MemoryECC)
	s := r.Storage.Drives[0].Smart
	s.SparePct, s.BytesWritten, s.MediaErrors = new(100), new(uint64(1)), new(uint64(0))
	r.Storage.Volumes = []report.Volume{{ID: "volume:md0"}}
	r.PowerSupplies[0].InputW = new(120.0)
	out := string(AppendMetrics(nil, r))
	for _, f := range families {
		if !strings.Contains(out, "\n"+f.name+"{") && !strings.Contains(out, "\n"+f.name+" ") {
			t.Errorf("nothing tells %s", f.name)
		}
	}
}

// The Reanimator refuses keys that it does not know.
func TestReanimatorKeys(t *testing.T) {
	known := map[string]bool{}
	for _, key := range strings.Fields("filename source_type protocol target_host collected_at hardware board serial_number manufacturer product_name part_number uuid firmware device_name version cpus socket model cores threads frequency_mhz max_frequency_mhz temperature_c power_w throttled correctable_error_count uncorrectable_error_count life_remaining_pct life_used_pct present") {
		known[key] = true
	}
	out, err := AppendReanimator(nil, largeReport())
	var document any
	if err != nil || json.Unmarshal(out, &document) != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var walk func(any)
	walk = func(value any) {
		switch value := value.(type) {
		case []any:
			for _, v := range value {
				walk(v)
			}
		case map[string]any:
			for key, v := range value {
				if !known[key] {
					t.Errorf("key %q", key)
				}
				walk(v)
			}
		}
	}
	walk(document)
	if !bytes.Contains(out, []byte(`"serial_number": "Lab"`)) || !bytes.Contains(out, []byte(`"cores": 64`)) {
		t.Errorf("%s", out)
	}
	if _, err := AppendReanimator(nil, &report.Report{}); !errors.Is(err, ErrNoBoardSerial) {
		t.Errorf("a machine without a serial number: %v", err)
	}
}
