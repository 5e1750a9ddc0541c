// SPDX-License-Identifier: Apache-2.0

package render

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/mchus/bee/inventory/report"
)

// largeReport is a machine of 60 drives, 8 GPUs and 64 memory modules.
func largeReport() *report.Report {
	r := fullReport("Lab")
	r.Memory.Modules, r.Storage.Drives, r.GPUs, r.PCI, r.Findings, r.Sensors = nil, nil, nil, nil, nil, nil
	for i := range 64 {
		r.Memory.Modules = append(r.Memory.Modules, report.MemoryModule{
			Present: i != 63, Slot: fmt.Sprintf("P%d_DIMM%c%d", i/32, 'A'+i%32/2, i%2+1), SizeBytes: 64 << 30, Type: "DDR5", SpeedMTs: 4800, ConfiguredMTs: 4400,
			Manufacturer: &report.Manufacturer{Name: "Samsung"}, PartNumber: "M321R8GA0BB0-CQKZJ", Serial: fmt.Sprintf("80CE012249A1B%03d", i),
		})
	}
	for i := range 60 {
		r.Storage.Drives = append(r.Storage.Drives, report.Drive{
			Name: fmt.Sprintf("sd%c", 'a'+i%26), Slot: fmt.Sprint(i), Enclosure: fmt.Sprint(i / 30), Model: "ST18000NM004J", Serial: fmt.Sprintf("ZR5A%04d", i), Firmware: "E004",
			Protocol: "sas", Media: "hdd", CapacityBytes: 18e12, Health: report.OK,
			Smart: &report.Smart{UsedPct: new(i * 2), TemperatureC: new(0), PowerOnHours: new(int64(27205))},
		})
	}
	r.PCI = append(r.PCI, report.PCIFunction{Address: "0000:00:01.0", Device: report.IDName{Name: "Root port"}})
	for i := range 8 {
		link := &report.PCILink{CurrentWidth: 16, MaxWidth: 16, CurrentGTs: 32, MaxGTs: 32}
		if i == 3 {
			link = &report.PCILink{CurrentWidth: 8, MaxWidth: 16, CurrentGTs: 32, MaxGTs: 32, Degraded: true}
		}
		address := fmt.Sprintf("0000:%02x:00.0", 16+i)
		r.GPUs = append(r.GPUs, report.GPU{PCIAddress: address, Model: "NVIDIA H100 80GB HBM3", Serial: fmt.Sprintf("165232300%04d", i), MemoryBytes: 80 << 30, TemperatureC: new(40 + i), PowerW: 71.5, Health: report.OK, Link: link})
		r.PCI = append(r.PCI, report.PCIFunction{Address: address, Device: report.IDName{Name: "GH100 [H100 SXM5 80GB]"}, Parent: "0000:00:01.0", Link: link})
	}
	for i := range 8 {
		r.Sensors = append(r.Sensors, report.Sensor{Name: fmt.Sprintf("FAN%d", i+1), Kind: "fan", Value: new(5400.0), Unit: "RPM", State: "ok"})
	}
	r.Findings = []report.Finding{{Code: "pci.link_degraded", Severity: report.Warning, Component: "pci:0000:13:00.0", Text: "The link runs at x8 and could run at x16.", Evidence: map[string]any{"current_width": 8, "max_width": 16}}}
	r.Summary = report.Summary{Health: report.Warning, Unjudged: &[]report.Unjudged{{Component: "bmc", Why: "ipmitool: not installed"}}}
	return r
}

func TestHTML(t *testing.T) {
	page, err := AppendHTML(nil, largeReport())
	if err != nil {
		t.Fatal(err)
	}
	if len(page) > 300<<10 {
		t.Errorf("%d bytes", len(page))
	}
	for _, want := range []string{
		`<section class="verdict warning"><strong>WARNING</strong>`, "<li>bmc: ipmitool: not installed</li>",
		`<span class="low">x8 32 GT/s of x16 32 GT/s</span>`, "0 °C", `<i style="width:100%"></i></span> 118 %`,
		`<p class="d1"><code>0000:10:00.0</code>`, "Enclosure 1", "current_width 8, max_width 16", `<b>P1_DIMMP2</b><p>empty</p>`, "FAN8", `<span class="low">at 4400</span>`,
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	r := &report.Report{
		Summary:       report.Summary{Health: report.Unknown, Complete: new(false)},
		PowerSupplies: []report.PowerSupply{{Slot: "PS2", Present: new(false)}},
		Network:       []report.NetworkCard{{Ports: []report.NetworkPort{{Name: "eth0", Link: new(false)}, {Name: "eth1", Link: new(true)}, {Name: "eth2"}}}},
		PCI:           []report.PCIFunction{{Address: "a", Parent: "b"}, {Address: "b", Parent: "a"}},
	}
	small, err := AppendHTML(nil, r)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"did not come to its end", "<p>empty</p>", `<td class="n">no link  </td>`, `<td class="n">up  </td>`, `<td class="n">  </td>`, "<code>a</code>", "<code>b</code>"} {
		if !strings.Contains(string(small), want) {
			t.Errorf("the small page lacks %q", want)
		}
	}
	for _, never := range []string{"<script", "src=", "href=", "url(", "http:", "https:"} {
		if strings.Contains(string(page), never) {
			t.Errorf("the page has %q", never)
		}
	}
	if path := os.Getenv("BEE_PAGE"); path != "" { // to be looked at in a browser
		if err := os.WriteFile(path, page, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// No text of a device is more than text.
func TestHTMLIsSafe(t *testing.T) {
	const attack = `<script>alert(1)</script>"onload='x' </style>` + nasty
	r := fullReport(attack)
	r.Storage.Drives[0].Health, r.Storage.Drives[0].Slot, r.Storage.Drives[0].Enclosure, r.Storage.Drives[0].Firmware = attack, attack, attack, attack
	r.Findings[0].Severity, r.Findings[0].Evidence = attack, map[string]any{attack: attack}
	r.Host.Hostname = attack
	r.PCI = []report.PCIFunction{{Address: "1", Parent: "2", Device: report.IDName{Name: attack}}, {Address: "2", Parent: "1"}, {Address: "3", Device: report.IDName{Name: attack}}}
	page, err := AppendHTML(nil, r)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(page); strings.Contains(text, "<script") || strings.Contains(text, `"onload`) || strings.Count(text, "</style>") != 1 {
		t.Error("the page runs what a device says")
	}
	for _, c := range string(page) {
		if c != '\n' && unicode.Is(unicode.C, c) {
			t.Fatalf("control character %U", c)
		}
	}
}
