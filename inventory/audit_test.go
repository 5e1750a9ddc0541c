// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/collect"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

// Nothing at all to say is nil, nil; the audit says what was not there.
func TestEmptyMachine(t *testing.T) {
	h := &fake{}
	ctx := t.Context()
	collect := map[string]func() (bool, error){
		"CollectBoard":         func() (bool, error) { v, err := collect.Board(ctx, h); return v == nil, err },
		"CollectCPUs":          func() (bool, error) { v, err := collect.CPUs(ctx, h); return v == nil, err },
		"CollectMemory":        func() (bool, error) { v, err := collect.Memory(ctx, h); return v == nil, err },
		"CollectStorage":       func() (bool, error) { v, err := collect.Storage(ctx, h); return v == nil, err },
		"CollectPCIe":          func() (bool, error) { v, err := collect.PCI(ctx, h, nil); return v == nil, err },
		"CollectNetwork":       func() (bool, error) { v, err := collect.Network(ctx, h); return v == nil, err },
		"CollectGPUs":          func() (bool, error) { v, err := collect.GPUs(ctx, h); return v == nil, err },
		"CollectPowerSupplies": func() (bool, error) { v, err := collect.PowerSupplies(ctx, h); return v == nil, err },
		"CollectBMC":           func() (bool, error) { v, err := collect.BMC(ctx, h); return v == nil, err },
		"CollectSensors":       func() (bool, error) { v, err := collect.Sensors(ctx, h); return v == nil, err },
		"CollectSEL":           func() (bool, error) { v, err := collect.SEL(ctx, h, time.Now()); return v == nil, err },
		"CollectFRU":           func() (bool, error) { v, err := collect.FRU(ctx, h); return v == nil, err },
	}
	for name, fn := range collect {
		if isNil, err := fn(); !isNil || err != nil {
			t.Errorf("%s: nil %v, error %v, want nil, nil", name, isNil, err)
		}
	}

	r := inventory.Audit(ctx, h, inventory.Options{})
	if r.Summary.Health != report.Unknown {
		t.Errorf("health = %q, want unknown", r.Summary.Health)
	}
	if len(r.Collectors) != len(collect) {
		t.Errorf("%d collectors are accounted for, want %d", len(r.Collectors), len(collect))
	}
	for _, c := range r.Collectors {
		if c.Status != report.StatusAbsent {
			t.Errorf("collector %s is %s, want absent", c.Name, c.Status)
		}
	}
	if i := slices.IndexFunc(r.Diagnostics, func(d report.Diagnostic) bool {
		return d.Code == "tool.absent" && d.Source == "dmidecode"
	}); i < 0 {
		t.Errorf("nothing says that dmidecode is absent: %+v", r.Diagnostics)
	}
}

const cpuinfo = `processor	: 0
vendor_id	: GenuineIntel
model name	: Intel(R) Xeon(R) Gold 6330 CPU @ 2.00GHz
microcode	: 0xd0003b9
physical id	: 0
cpu cores	: 2

processor	: 1
vendor_id	: GenuineIntel
model name	: Intel(R) Xeon(R) Gold 6330 CPU @ 2.00GHz
microcode	: 0xd0003b9
physical id	: 1
cpu cores	: 2

processor	: 2
physical id	: 0
`

// Without dmidecode the kernel's word is taken, with its source.
func TestKernelAlone(t *testing.T) {
	h := &fake{files: map[string]string{
		"sys/class/dmi/id/sys_vendor":     "Lab Systems Inc\n",
		"sys/class/dmi/id/product_name":   "LX2 Server\n",
		"sys/class/dmi/id/product_serial": "To be filled by O.E.M.\n",
		"sys/class/dmi/id/board_name":     "LX2-BOARD\n",
		"sys/class/dmi/id/chassis_type":   "23\n",
		"sys/class/dmi/id/bios_version":   "3.2a\n",
		"proc/cpuinfo":                    cpuinfo,
		"proc/meminfo":                    "MemTotal:       16384000 kB\nMemFree: 1 kB\n",
		"proc/sys/kernel/hostname":        "lx2\n",
	}}
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	wantSystem := &report.System{Manufacturer: "Lab Systems Inc", Product: "LX2 Server", Sources: []string{"sysfs"}}
	if diff := cmp.Diff(wantSystem, r.System); diff != "" {
		t.Errorf("system (-want +got):\n%s", diff)
	}
	wantChassis := []report.Chassis{{Type: "Rack Mount Chassis", Sources: []string{"sysfs"}}}
	if diff := cmp.Diff(wantChassis, r.Chassis); diff != "" {
		t.Errorf("chassis (-want +got):\n%s", diff)
	}
	wantCPUs := []report.Processor{
		{ID: "cpu:CPU0", Socket: "CPU0", Present: true, Manufacturer: "GenuineIntel", Model: "Intel(R) Xeon(R) Gold 6330 CPU @ 2.00GHz", Cores: 2, Threads: 2, Microcode: "0xd0003b9", Sources: []string{"procfs"}},
		{ID: "cpu:CPU1", Socket: "CPU1", Present: true, Manufacturer: "GenuineIntel", Model: "Intel(R) Xeon(R) Gold 6330 CPU @ 2.00GHz", Cores: 2, Threads: 1, Microcode: "0xd0003b9", Sources: []string{"procfs"}},
	}
	if diff := cmp.Diff(wantCPUs, r.Processors); diff != "" {
		t.Errorf("processors (-want +got):\n%s", diff)
	}
	if r.Memory == nil || r.Memory.TotalBytes != 16384000<<10 || !slices.Equal(r.Memory.Sources, []string{"procfs"}) {
		t.Errorf("memory = %+v", r.Memory)
	}
	if r.Host.Hostname != "lx2" || r.Host.BootMode != "bios" {
		t.Errorf("host = %+v", r.Host)
	}
	if status := statusOf(r, "board"); status != report.StatusPartial {
		t.Errorf("board is %s: without dmidecode it is partial", status)
	}
}

func statusOf(r *report.Report, collector string) string {
	for _, c := range r.Collectors {
		if c.Name == collector {
			return c.Status
		}
	}
	return ""
}

const dmiTable = `# dmidecode 3.6
Getting SMBIOS data from sysfs.
SMBIOS 3.4.0 present.

Handle 0x0001, DMI type 1, 27 bytes
System Information
	Manufacturer: Lab Systems Inc
	Product Name: LX2 Server
	Serial Number: SRV-1

Handle 0x0011, DMI type 17, 92 bytes
Memory Device
	Size: 32 XB
	Locator: A1
`

// A defect costs itself, and is told with its place.
func TestParseErrorBecomesDiagnostic(t *testing.T) {
	h := &fake{tools: map[string]string{"dmidecode": dmiTable}}
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	if r.System == nil || r.System.Serial != "SRV-1" {
		t.Errorf("system = %+v", r.System)
	}
	want := report.Diagnostic{
		Collector: "memory", Source: "dmidecode", Code: "parse", Severity: "warning", Line: 13, Column: 11,
		Message: "unknown unit", Excerpt: "XB",
	}
	i := slices.IndexFunc(r.Diagnostics, func(d report.Diagnostic) bool { return d.Code == "parse" })
	if i < 0 {
		t.Fatalf("no diagnostic: %+v", r.Diagnostics)
	}
	if diff := cmp.Diff(want, r.Diagnostics[i]); diff != "" {
		t.Errorf("diagnostic (-want +got):\n%s", diff)
	}
	if got := statusOf(r, "board"); got != report.StatusOK {
		t.Errorf("board is %s", got)
	}
	if got := statusOf(r, "memory"); got != report.StatusPartial {
		t.Errorf("memory is %s", got)
	}
	if h.runs["dmidecode"] != 1 {
		t.Errorf("dmidecode ran %d times, want once", h.runs["dmidecode"])
	}
}

// What a tool is denied is no finding about the machine.
func TestOrdinaryUser(t *testing.T) {
	h := &fake{
		exits: map[string]int{"dmidecode": 1},
		files: map[string]string{"sys/class/dmi/id/product_name": "LX2 Server\n"},
	}
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	if r.System == nil || r.System.Product != "LX2 Server" {
		t.Errorf("system = %+v", r.System)
	}
	if len(r.Findings) != 0 {
		t.Errorf("findings: %+v", r.Findings)
	}
}

func TestTimeoutIsTold(t *testing.T) {
	h := &fake{
		tools: map[string]string{"dmidecode": dmiTable[:200]},
		errs:  map[string]error{"dmidecode": context.DeadlineExceeded},
	}
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	if got := statusOf(r, "board"); got != report.StatusTimeout {
		t.Errorf("board is %s", got)
	}
	if r.System == nil || r.System.Manufacturer != "Lab Systems Inc" {
		t.Errorf("what was printed before is lost: %+v", r.System)
	}
}

// A host that blocks or panics costs its own collectors, and the audit ends in
// its time.
type faulty struct {
	fake
	block chan struct{}
}

func (f *faulty) Run(ctx context.Context, name string, args ...string) (host.Output, error) {
	switch name {
	case "lspci":
		panic("lspci")
	case "smartctl":
		<-f.block
	}
	return f.fake.Run(ctx, name, args...)
}

func TestFaultyCollectors(t *testing.T) {
	h := &faulty{fake: fake{tools: map[string]string{"dmidecode": dmiTable}}, block: make(chan struct{})}
	defer close(h.block)
	start := time.Now()
	r := inventory.Audit(t.Context(), h, inventory.Options{Timeout: 50 * time.Millisecond})
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
	if got := statusOf(r, "pcie"); got != report.StatusFailed {
		t.Errorf("pcie is %s, want failed", got)
	}
	if got := statusOf(r, "storage"); got != report.StatusTimeout {
		t.Errorf("storage is %s, want timeout", got)
	}
	if r.System == nil {
		t.Error("the board was lost with them")
	}
}

// Whatever the devices say, the document is valid JSON and UTF-8.
func TestHostileStrings(t *testing.T) {
	table := strings.ReplaceAll(dmiTable, "LX2 Server", "A\x1b[2J\xffB\u202eC\x00D")
	r := inventory.Audit(t.Context(), &fake{tools: map[string]string{"dmidecode": table}}, inventory.Options{})
	document, err := r.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if !utf8.Valid(document) || !json.Valid(document) {
		t.Error("not valid")
	}
	if bytes.ContainsAny(document, "\x1b\x00") {
		t.Error("raw control characters")
	}
}

// The replay of a recorded audit gives the same bytes.
func TestReplayIsIdentical(t *testing.T) {
	recorder := host.Record(&fake{
		tools: map[string]string{"dmidecode": dmiTable},
		errs:  map[string]error{"lspci -vmmnnkD": errors.New("fork/exec: no memory"), "nvme list": fs.ErrPermission},
		files: map[string]string{
			"proc/cpuinfo": cpuinfo, "sys/bus/pci/devices/0000:00:1f.2/vendor": "0x8086\n", "dev/ipmi0": "!",
		},
	})
	opts := inventory.Options{Tool: report.Tool{Name: "test"}}
	want, err := inventory.Audit(t.Context(), recorder, opts).JSON()
	if err != nil {
		t.Fatal(err)
	}
	h, err := host.Replay(recorder.Capture().FS())
	if err != nil {
		t.Fatal(err)
	}
	got, err := inventory.Audit(t.Context(), h, opts).JSON()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("replay (-recorded +replayed):\n%s", diff)
	}
}
