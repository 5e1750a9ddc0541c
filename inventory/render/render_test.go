// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/mchus/bee/inventory/report"
)

const nasty = "\x1b[31mred\x07\x00 \u202eevil\u2066 \xff\u2028 \u200b 长城TN140A2 ok"

// fullReport is a report in which every text is s.
func fullReport(s string) *report.Report {
	return &report.Report{
		Summary:    report.Summary{Health: s},
		System:     &report.System{Manufacturer: s, Product: s, Version: s, Serial: s, UUID: s, AssetTag: s},
		Boards:     []report.Baseboard{{Manufacturer: s, Product: s, Serial: s, Slot: s}, {Product: s}},
		Chassis:    []report.Chassis{{Manufacturer: s, Type: s, Serial: s}},
		Firmware:   []report.Firmware{{Component: "bios", Name: s, Version: s, Date: s}},
		BMC:        &report.BMC{Manufacturer: s, Product: s, Firmware: s, IP: s, MAC: s},
		Processors: []report.Processor{{Present: true, Socket: s, Model: s, Cores: 64, Threads: 128, CurrentMHz: 3250}, {Socket: s}},
		Memory: &report.Memory{TotalBytes: 1 << 40, SlotsTotal: 2, SlotsUsed: 1, Modules: []report.MemoryModule{
			{Present: true, Slot: s, SizeBytes: 1 << 36, Type: s, SpeedMTs: 4800, Manufacturer: &report.Manufacturer{Name: s}, PartNumber: s, Serial: s},
			{Slot: s},
		}},
		Storage:       &report.Storage{Controllers: []report.StorageController{{Model: s, Firmware: s, Status: s, Battery: &report.Battery{Kind: s, State: s}}}, Drives: []report.Drive{{Name: s, CapacityBytes: 1e12, Protocol: s, Media: s, Model: s, Serial: s, Smart: &report.Smart{Verdict: report.Verdict{Health: s}}}, {Paths: []string{s}}}},
		Network:       []report.NetworkCard{{Vendor: s, Model: s, Ports: []report.NetworkPort{{Name: s, MAC: s, SpeedMbps: 1000, Link: new(true)}}}},
		GPUs:          []report.GPU{{PCIAddress: s, Model: s, MemoryBytes: 80 << 30, Serial: s, TemperatureC: new(40)}},
		PowerSupplies: []report.PowerSupply{{Present: new(true), Slot: s, Manufacturer: s, Model: s, Serial: s, Status: s, CapacityW: 800}, {Slot: s}},
		PCI:           []report.PCIFunction{{Address: s}},
		Findings:      []report.Finding{{Severity: report.Critical, Text: s + strings.Repeat(" "+s, 5)}, {Severity: report.Info, Text: s}},
		Diagnostics:   []report.Diagnostic{{Source: s, Message: s, Excerpt: s, Line: 3}, {Code: "tool.absent", Source: s}},
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

// What there is many of is folded, and what tells one from another is not cut.
func TestTextFolds(t *testing.T) {
	const serial = "BTYF0001480GXXXXXXX1"
	drive := func(name, serial, health string, hours int64) report.Drive {
		return report.Drive{Name: name, Serial: serial, Health: health, CapacityBytes: 8e12, Protocol: "sata", Media: "hdd", Model: "HGST HUS728T8TALE6L4", Smart: &report.Smart{TemperatureC: new(30), PowerOnHours: new(hours), UsedPct: new(3)}}
	}
	dimms := func(n int, slot, serial string) (list []report.MemoryModule) {
		for i := range n {
			list = append(list, report.MemoryModule{Present: serial != "", Slot: fmt.Sprint(slot, i+1), SizeBytes: 64 << 30, Type: "DDR5", PartNumber: "M321R8GA0BB0-CQKZJ", Serial: serial})
		}
		return list
	}
	for _, tt := range []struct {
		name string
		r    *report.Report
		want string
	}{{
		"one drive", &report.Report{Storage: &report.Storage{Drives: []report.Drive{drive("sda", serial, "ok", 27205)}}},
		"Drives    sda  ok  8 TB sata hdd HGST HUS728T8TALE6L4  BTYF0001480GXXXXXXX1\n" +
			"               30 °C  27205 h  3 % worn\n",
	}, {
		"two drives", &report.Report{Storage: &report.Storage{Drives: []report.Drive{drive("sda", "A1", "ok", 27205), drive("sdb", "A2", "ok", 5)}}},
		"Drives    2 x 8 TB sata hdd HGST HUS728T8TALE6L4, ok, 30 °C, 3 % worn\n" +
			"            sda  A1  27205 h\n" +
			"            sdb  A2  5 h\n",
	}, {
		"the sick one first", &report.Report{Storage: &report.Storage{Drives: []report.Drive{drive("sda", "A1", "ok", 7), drive("sdb", "A2", "ok", 7), drive("sdc", "A3", "critical", 9)}}},
		"Drives    sdc  critical  8 TB sata hdd HGST HUS728T8TALE6L4  A3  30 °C  9 h\n" +
			"               3 % worn\n" +
			"          2 x 8 TB sata hdd HGST HUS728T8TALE6L4, ok, 30 °C, 7 h, 3 % worn\n" +
			"            sda A1  sdb A2\n",
	}, {
		"equal modules", &report.Report{Memory: &report.Memory{TotalBytes: 1 << 40, SlotsTotal: 7, SlotsUsed: 3, Modules: append(dimms(3, "A", "S"), dimms(4, "B", "")...)}},
		"Memory    1 TiB in 3 of 7 slots\n" +
			"          3 x 64 GiB DDR5 M321R8GA0BB0-CQKZJ\n" +
			"            A1 S  A2 S  A3 S\n" +
			"          empty: B1 to B4\n",
	}, {
		"processors", &report.Report{Processors: []report.Processor{{Present: true, Socket: "P1", Model: "X", CurrentMHz: 2200}, {Present: true, Socket: "P2", Model: "X", CurrentMHz: 2200}, {Socket: "P3"}}},
		"CPU       2 x X, 2200 MHz: P1, P2\n          empty: P3\n",
	}, {
		"what nobody could tell", &report.Report{PowerSupplies: []report.PowerSupply{{Slot: "PSU3"}}},
		"Power     PSU3  present, says nothing of itself\n",
	}, {
		"reasons", &report.Report{Summary: report.Summary{Unjudged: &[]report.Unjudged{{Component: "memory", Why: "dmidecode: not installed"}, {Component: "processors", Why: "dmidecode: not installed"}, {Component: "drive:1", Why: "sda: nobody asked"}}}},
		"Unjudged  memory, processors: dmidecode: not installed\n          sda: nobody asked\n",
	}} {
		out := string(AppendText(nil, tt.r, TextOptions{}))
		_, out, _ = strings.Cut(out, "\n") // the verdict
		if out != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, out, tt.want)
		}
	}
}

// Controllers are listed that have firmware or a tool of their own, in a line
// each.
func TestTextControllers(t *testing.T) {
	r := &report.Report{Storage: &report.Storage{Controllers: []report.StorageController{
		{Model: "SATA Controller", Mode: "ahci"},
		{Model: "NVMe SSD", Mode: "nvme", Firmware: "1"},
		{Model: "PERC H755", Firmware: "52.16.1-4405", Status: "Optimal", Battery: &report.Battery{Kind: "battery", State: "failed"}},
		{PCIAddress: "0000:af:00.0", Firmware: "7.13-0", Battery: &report.Battery{Kind: "capacitor", State: "absent"}},
	}}}
	want := "RAID/HBA  PERC H755     firmware 52.16.1-4405  battery failed  Optimal\n" +
		"          0000:af:00.0  firmware 7.13-0        no capacitor\n"
	if got := string(AppendText(nil, r, TextOptions{})); !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s", got)
	}
}

func TestTextColors(t *testing.T) {
	r := &report.Report{Summary: report.Summary{Health: report.Warning}}
	if out := AppendText(nil, r, TextOptions{}); bytes.Contains(out, []byte("\x1b")) {
		t.Errorf("colours though none were asked for: %q", out)
	}
	if out := AppendText(nil, r, TextOptions{Color: true}); !bytes.Contains(out, []byte("\x1b[33mWARNING")) {
		t.Errorf("no colours: %q", out)
	}
}

// The screen says the verdict in its word, and names what was not judged.
func TestVerdictNamesWhatWasNotJudged(t *testing.T) {
	for health, want := range map[string]string{
		report.OK: "OK: all was read", report.Unknown: "UNKNOWN: nothing wrong was found, but not all was read",
		report.Warning: "WARNING: ", report.Critical: "CRITICAL: ", "odd": "ODD",
	} {
		r := &report.Report{Summary: report.Summary{Health: health, Unjudged: &[]report.Unjudged{
			{Component: "memory", Why: "dmidecode: not installed"}, {Component: "drive:1", Why: "sda: nobody asked"},
		}}}
		out := string(AppendText(nil, r, TextOptions{}))
		for _, text := range []string{"Verdict   " + want, "memory: dmidecode: not installed\n", "sda: nobody asked\n"} {
			if !strings.Contains(out, text) {
				t.Errorf("%s: %q, want %q in it", health, out, text)
			}
		}
	}
}

// A machine of which all was read has nothing that was not: what is not installed
// is a note there.
func TestUnreadLabel(t *testing.T) {
	for health, label := range map[string]string{report.OK: "Notes", report.Unknown: "Not read", report.Warning: "Not read"} {
		r := &report.Report{Summary: report.Summary{Health: health}, Diagnostics: []report.Diagnostic{{Source: "storcli64 show", Code: "tool.absent"}}}
		if out := string(AppendText(nil, r, TextOptions{})); !strings.Contains(out, "\n"+label+" ") {
			t.Errorf("%s: no %q in\n%s", health, label, out)
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

// Names that count on are a range.
func TestFoldNames(t *testing.T) {
	for in, want := range map[string]string{
		"A9 A10 A11 A12": "A9 to A12", "D08 D09 D10": "D08 to D10", "A1 A2": "A1, A2", "A1 B1 A2 A3 A4": "A1, B1, A2 to A4", "a b c": "a, b, c",
		"A1 A1 A1": "A1, A1, A1", "99999999999 100000000000": "99999999999, 100000000000", "A9 A10 A12": "A9, A10, A12", "9 10 11": "9 to 11",
	} {
		var list []thing
		for name := range strings.FieldsSeq(in) {
			list = append(list, thing{name: name})
		}
		if got := joined(foldNames(list)...); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestFit(t *testing.T) {
	for _, tt := range []struct {
		text string
		n    int
		want string
	}{{"abc", 3, "abc"}, {"abcd", 3, "ab~"}, {"长城TN", 4, "长~"}, {"กำกำ", 4, "กำกำ"}, {"กำกำ", 3, "กำ~"}, {"长城", 4, "长城"}, {"abc", 0, ""}, {"é́é", 2, "é́é"}} {
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
	r.System.Serial, r.Summary.Health = "SRV 2023\x1b", report.OK
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
	marked := &report.Report{
		Findings: []report.Finding{{Severity: report.Warning, Text: "Bad."}, {Severity: report.Info, Text: "Odd."}},
		Summary:  report.Summary{Health: report.Warning, Unjudged: &[]report.Unjudged{{Component: "drive:1", Why: "sda: asleep"}}},
	}
	if payload := QRPayload(marked, hash, 500); !strings.HasSuffix(payload, "\n! Bad.\n- Odd.\n? sda: asleep") {
		t.Errorf("the marks of %q", payload)
	}
	if payload := QRPayload(&report.Report{Summary: report.Summary{Health: report.Unknown}}, hash, 100); !strings.HasPrefix(payload, "BEE1 - unknown ") {
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

// What tells two processors apart is not cut.
func TestProcessorNames(t *testing.T) {
	r := &report.Report{}
	for _, model := range []string{"Intel(R) Xeon(R) CPU E5-2650 v4 @ 2.20GHz", "Intel(R) Xeon(R) CPU E5-2650 v3 @ 2.30GHz", "AMD EPYC 9354P 32-Core Processor", "Intel(R) Core(TM)2 Duo CPU     E7200  @ 2.53GHz"} {
		r.Processors = append(r.Processors, report.Processor{Present: true, Socket: "Proc 1", Model: model, Cores: 12, Threads: 24, CurrentMHz: 2200})
	}
	out := string(AppendText(nil, r, TextOptions{}))
	for _, want := range []string{"Intel Xeon E5-2650 v4 ", "Intel Xeon E5-2650 v3 ", "AMD EPYC 9354P 32-Core ", "Intel Core 2 Duo E7200 "} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestNoEmptyLines(t *testing.T) {
	out := string(AppendText(nil, &report.Report{Chassis: []report.Chassis{{Type: "Other"}}, System: &report.System{}}, TextOptions{}))
	if strings.Contains(out, "Chassis") || strings.Contains(out, "Machine") {
		t.Errorf("labels without content:\n%s", out)
	}
}

// Who is not root is told once, and root never.
func TestNotRootIsToldOnce(t *testing.T) {
	r := &report.Report{
		Summary:     report.Summary{Unjudged: &[]report.Unjudged{{Component: "memory", Why: "dmidecode: permission denied: run the audit as root"}}},
		Diagnostics: []report.Diagnostic{{Source: "dmidecode", Code: "permission", Message: "permission denied: run the audit as root"}},
	}
	for name, tt := range map[string]struct {
		root *bool
		want int
	}{"unknown": {nil, 1}, "a user": {new(false), 1}, "root": {new(true), 0}} {
		r.Host.Root = tt.root
		out := string(AppendText(nil, r, TextOptions{}))
		if got := strings.Count(out, "as root"); got != tt.want {
			t.Errorf("%s: told %d times:\n%s", name, got, out)
		}
	}
}

// Progress is told in words.
func TestProgress(t *testing.T) {
	for want, c := range map[string]report.Collector{
		"power supplies: there is no BMC":    {Name: "psu", Status: report.StatusAbsent, Sources: []report.Source{{Name: "dmidecode", Status: report.StatusOK}, {Name: "ipmitool", Status: report.StatusIdle, Why: "there is no BMC"}}},
		"memory: read":                       {Name: "memory", Status: report.StatusOK},
		"network: nothing here":              {Name: "network", Status: report.StatusAbsent},
		"storage: smartctl is not installed": {Name: "storage", Status: report.StatusPartial, Sources: []report.Source{{Name: "smartctl", Status: report.StatusAbsent, Why: "not installed"}}},
	} {
		if got := Progress(c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
