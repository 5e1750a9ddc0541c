// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/mchus/bee/inventory"
)

const nasty = "\x1b[31mred\x07\x00 \u202eevil\u2066 \xff\u2028 \u200b 长城TN140A2 ok"

// fullReport is a report in which every text is s.
func fullReport(s string) *inventory.Report {
	return &inventory.Report{
		Summary:    inventory.Summary{Health: s},
		System:     &inventory.System{Manufacturer: s, Product: s, Version: s, Serial: s, UUID: s, AssetTag: s},
		Boards:     []inventory.Baseboard{{Manufacturer: s, Product: s, Serial: s, Slot: s}, {Product: s}},
		Chassis:    []inventory.Chassis{{Manufacturer: s, Type: s, Serial: s}},
		Firmware:   []inventory.Firmware{{Component: "bios", Name: s, Version: s, Date: s}},
		BMC:        &inventory.BMC{Manufacturer: s, Product: s, Firmware: s, IP: s, MAC: s},
		Processors: []inventory.Processor{{Present: true, Socket: s, Model: s, Cores: 64, Threads: 128, CurrentMHz: 3250}, {Socket: s}},
		Memory: &inventory.Memory{TotalBytes: 1 << 40, SlotsTotal: 2, SlotsUsed: 1, Modules: []inventory.MemoryModule{
			{Present: true, Slot: s, SizeBytes: 1 << 36, Type: s, SpeedMTs: 4800, Manufacturer: &inventory.Manufacturer{Name: s}, PartNumber: s, Serial: s},
			{Slot: s},
		}},
		Storage:       &inventory.Storage{Drives: []inventory.Drive{{Name: s, CapacityBytes: 1e12, Protocol: s, Media: s, Model: s, Serial: s, Smart: &inventory.Smart{Verdict: inventory.Verdict{Health: s}}}, {Paths: []string{s}}}},
		Network:       []inventory.NetworkCard{{Vendor: s, Model: s, Ports: []inventory.NetworkPort{{Name: s, MAC: s, SpeedMbps: 1000, Link: new(true)}}}},
		GPUs:          []inventory.GPU{{PCIAddress: s, Model: s, MemoryBytes: 80 << 30, Serial: s, TemperatureC: new(40)}},
		PowerSupplies: []inventory.PowerSupply{{Present: true, Slot: s, Manufacturer: s, Model: s, Serial: s, Status: s, CapacityW: 800}, {Slot: s}},
		PCI:           []inventory.PCIFunction{{Address: s}},
		Findings:      []inventory.Finding{{Severity: inventory.Critical, Text: s + strings.Repeat(" "+s, 5)}, {Severity: inventory.Info, Text: s}},
		Diagnostics:   []inventory.Diagnostic{{Source: s, Message: s, Excerpt: s, Line: 3}, {Code: "tool.absent", Source: s}},
	}
}

// No text of a device moves the cursor, and no line is wider than the screen.
func TestTextIsSafe(t *testing.T) {
	for _, width := range []int{0, 40, 60, 80, 200} {
		out := string(AppendText(nil, fullReport(nasty), TextOptions{Width: width}))
		if !utf8.ValidString(out) {
			t.Errorf("width %d: not UTF-8", width)
		}
		for _, r := range out {
			if r != '\n' && unicode.Is(unicode.C, r) {
				t.Errorf("width %d: control character %U", width, r)
			}
		}
		limit := max(width, 60)
		if width == 0 {
			limit = 80
		}
		for line := range strings.Lines(out) {
			if w := columns(strings.TrimSuffix(line, "\n")); w > limit {
				t.Errorf("width %d: a line of %d columns: %q", width, w, line)
			}
		}
	}
}

func columns(s string) int { return width(s) }

// A wide screen has room for how old a drive is.
func TestTextDriveAge(t *testing.T) {
	report := &inventory.Report{Storage: &inventory.Storage{Drives: []inventory.Drive{
		{Name: "sda", Smart: &inventory.Smart{PowerOnHours: new(int64(27205)), UsedPct: new(85)}}, {Name: "sdb"},
	}}}
	for width, want := range map[int]bool{80: false, 100: true} {
		out := string(AppendText(nil, report, TextOptions{Width: width}))
		if got := strings.Contains(out, "sda  27205 h  85 % worn\n"); got != want {
			t.Errorf("width %d: age shown %v, want %v:\n%s", width, got, want, out)
		}
	}
}

func TestTextColors(t *testing.T) {
	r := &inventory.Report{Summary: inventory.Summary{Health: inventory.Warning}}
	if out := AppendText(nil, r, TextOptions{}); bytes.Contains(out, []byte("\x1b")) {
		t.Errorf("colours though none were asked for: %q", out)
	}
	if out := AppendText(nil, r, TextOptions{Color: true}); !bytes.Contains(out, []byte("\x1b[33mWARNING")) {
		t.Errorf("no colours: %q", out)
	}
}

// A verdict of what was not read is worth nothing.
func TestVerdictOfPart(t *testing.T) {
	for status, want := range map[string]string{
		inventory.StatusOK: "OK: nothing", inventory.StatusAbsent: "OK: nothing",
		inventory.StatusPartial: "OK as far as could be read", inventory.StatusFailed: "OK as far as could be read", inventory.StatusTimeout: "OK as far as could be read",
	} {
		r := &inventory.Report{Summary: inventory.Summary{Health: inventory.OK}, Collectors: []inventory.Collector{{Status: status}}}
		if out := string(AppendText(nil, r, TextOptions{})); !strings.Contains(out, want) {
			t.Errorf("%s: %q, want %q in it", status, out, want)
		}
	}
}

func TestTextOrder(t *testing.T) {
	out := string(AppendText(nil, fullReport("x"), TextOptions{}))
	at := -1
	for _, label := range []string{"Verdict", "Machine", "CPU", "Memory", "Drives", "Findings", "Not read"} {
		i := strings.Index(out, "\n"+label)
		if label == "Verdict" {
			i = strings.Index(out, label)
		}
		if i < at {
			t.Errorf("%s stands too early or is missing:\n%s", label, out)
		}
		at = i
	}
}

func TestFit(t *testing.T) {
	for _, tt := range []struct {
		text string
		n    int
		want string
	}{{"abc", 3, "abc"}, {"abcd", 3, "ab~"}, {"长城TN", 4, "长~"}, {"长城", 4, "长城"}, {"abc", 0, ""}, {"é́é", 2, "é́é"}} {
		if got := fit(tt.text, tt.n); got != tt.want {
			t.Errorf("fit(%q, %d) = %q, want %q", tt.text, tt.n, got, tt.want)
		}
	}
}

func TestSizes(t *testing.T) {
	for n, want := range map[uint64]string{0: "", 1023: "1023 B", 1 << 30: "1 GiB", 160 << 30: "160 GiB", 3 << 29: "1.5 GiB", 1<<64 - 1: "16 EiB"} {
		if got := size(n); got != want {
			t.Errorf("size(%d) = %q, want %q", n, got, want)
		}
	}
	for n, want := range map[uint64]string{0: "", 999: "999 B", 960197124096: "960 GB", 3840755982336: "3.8 TB", 8001563222016: "8 TB"} {
		if got := diskSize(n); got != want {
			t.Errorf("diskSize(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestQRPayload(t *testing.T) {
	r := fullReport("x")
	r.System.Serial, r.Summary.Health = "SRV 2023\x1b", inventory.OK
	const hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
	first := "BEE1 SRV_2023\ufffd ok 9f86d081884c7d65"
	for _, limit := range []int{0, 40, 53, 106, 520} {
		payload := QRPayload(r, hash, limit)
		if !strings.HasPrefix(payload, first) {
			t.Errorf("limit %d: %q does not begin with %q", limit, payload, first)
		}
		if len(payload) > max(limit, len(first)) {
			t.Errorf("limit %d: %d bytes", limit, len(payload))
		}
	}
	if payload := QRPayload(&inventory.Report{Summary: inventory.Summary{Health: inventory.Unknown}}, hash, 100); !strings.HasPrefix(payload, "BEE1 - unknown ") {
		t.Errorf("no serial number: %q", payload)
	}
}

// What QRLimit allows fits the screen: a code of version v has 17+4v modules a
// side, two of them in a row of text.
func TestQRLimit(t *testing.T) {
	for _, tt := range []struct{ rows, columns, want int }{
		{25, 80, 106}, {10, 80, 53}, {48, 128, 520}, {30, 40, 53}, {1000, 1000, 520},
	} {
		if got := QRLimit(tt.rows, tt.columns); got != tt.want {
			t.Errorf("QRLimit(%d, %d) = %d, want %d", tt.rows, tt.columns, got, tt.want)
		}
	}
}
