// SPDX-License-Identifier: Apache-2.0

// Package hosts replays the captured machines and holds the truth about them.
package hosts

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/mchus/bee/internal/golden"
	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/render"
	"github.com/mchus/bee/inventory/report"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// names returns the captured hosts.
func names(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("*/host.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no hosts (%v)", err)
	}
	for i, file := range files {
		files[i] = filepath.Dir(file)
	}
	return files
}

// audit replays a host.
func audit(t *testing.T, name string) *report.Report {
	t.Helper()
	h, err := host.Replay(os.DirFS(name))
	if err != nil {
		t.Fatal(err)
	}
	return inventory.Audit(t.Context(), h, inventory.Options{Tool: report.Tool{Name: "audit"}})
}

func TestReports(t *testing.T) {
	schema := compileSchema(t)
	for _, name := range names(t) {
		t.Run(name, func(t *testing.T) {
			report := audit(t, name)
			document, err := report.JSON()
			if err != nil {
				t.Fatal(err)
			}
			if name == whole {
				golden.Bytes(t, filepath.Join(name, "report.json"), document)
			} else {
				golden.Bytes(t, filepath.Join(name, "differences.txt"), differences(audit(t, whole), report))
			}
			golden.Bytes(t, filepath.Join(name, "summary.txt"), render.AppendText(nil, report, render.TextOptions{}))
			value, err := jsonschema.UnmarshalJSON(strings.NewReader(string(document)))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); err != nil {
				t.Errorf("the schema does not describe the report: %v", err)
			}
		})
	}
}

// The picture in the README is what the audit prints.
func TestReadmePicture(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Skip("the module alone: ", err)
	}
	summary, err := os.ReadFile("qemu-trixie/summary.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, picture, _ := strings.Cut(string(readme), "```\nVerdict")
	picture, _, _ = strings.Cut("Verdict"+picture, "```")
	rest := string(summary)
	for part := range strings.SplitSeq(picture, "…\n") {
		_, after, found := strings.Cut(rest, part)
		if !found || strings.Count(picture, "\n") < 10 {
			t.Errorf("the summary does not go on with\n%s", part)
		}
		rest = after
	}
}

// whole is the host whose report is kept whole. Of the others the differences
// from it are, which is what a reviewer wants to read.
const whole = "qemu-sid"

// differences lists the values in which a report differs from another, by path:
// "-" is what only the first has, "+" what only the second has.
func differences(from, to *report.Report) []byte {
	var b bytes.Buffer
	old, now := comparable(from), comparable(to)
	for _, path := range slices.Sorted(maps.Keys(merged(old, now))) {
		before, had := old[path]
		after, has := now[path]
		if had == has && before == after {
			continue
		}
		if had {
			fmt.Fprintf(&b, "- %s = %s\n", path, before)
		}
		if has {
			fmt.Fprintf(&b, "+ %s = %s\n", path, after)
		}
	}
	return b.Bytes()
}

func compileSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(report.JSONSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", value); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// TestPassports: no host without its origin and licence.
func TestPassports(t *testing.T) {
	for _, name := range names(t) {
		data, err := os.ReadFile(filepath.Join(name, "source.json"))
		if err != nil {
			t.Fatal(err)
		}
		var passport struct{ Hardware, Origin, Licence string }
		if err := json.Unmarshal(data, &passport); err != nil || passport.Hardware == "" || passport.Origin == "" || passport.Licence == "" {
			t.Errorf("%s: passport %+v, %v", name, passport, err)
		}
	}
}

// The machine that QEMU was told to emulate, seen by each generation of tools.
var zoo = []string{"qemu-bullseye", "qemu-bookworm", "qemu-bookworm-backports", "qemu-trixie", "qemu-sid"}

// A part is what one component must be, in the words that all generations can
// print.
type part struct {
	What   string
	Serial string
	Bytes  uint64
	Place  string
}

// truth is what the emulated machine was given, component by component.
var truth = []part{
	{What: "system Lab Systems Inc LX2 Server", Serial: "SRV-2023-0042"},
	{What: "board Lab Systems Inc LX2-BOARD", Serial: "BRD-0001-A7", Place: "Slot 0"},
	{What: "chassis Lab Systems Inc", Serial: "CH-LAB-0001"},
	{What: "cpu LAB EPYC 9354P 32-Core Processor", Place: "CPU 0"},
	{What: "cpu LAB EPYC 9354P 32-Core Processor", Place: "CPU 1"},
	{What: "dimm M321R8GA0BB0-CQKZJ", Serial: "80CE012249A1B2C3", Bytes: 64 << 30, Place: "DIMM_P0_A1"},
	{What: "no dimm", Place: "DIMM_P0_A2"},
	{What: "dimm HMCG94AEBRA109N", Serial: "25B8F0C1", Bytes: 64 << 30, Place: "DIMM_P0_B1"},
	{What: "no dimm", Place: "DIMM_P0_B2"},
	{What: "dimm MTC10F1084S1RC48BA1", Bytes: 16 << 30, Place: "DIMM_P1_A1"}, // its serial number is 00000000
	{What: "dimm ", Serial: "2F3E11AA", Bytes: 16 << 30, Place: "DIMM_P1_A2"},
	{What: "drive nvme QEMU NVMe Ctrl", Serial: "S64GNE0R100001", Bytes: 960197124096, Place: "0000:01:00.0"},
	{What: "drive nvme QEMU NVMe Ctrl", Serial: "PHLN0001400G", Bytes: 400088457216 + 100000595968, Place: "0000:02:00.0"},
	{What: "drive nvme QEMU NVMe Ctrl", Serial: "SPACED 77", Bytes: 3840755982336, Place: "0000:06:00.0"},
	{What: "drive sata INTEL SSDSC2KB480G8", Serial: "BTYF0001480G", Bytes: 480103981056, Place: "0000:00:1f.2"},
	{What: "drive sata ST8000NM000A-2KE101", Serial: "ZA1ABCDE", Bytes: 8001563222016, Place: "0000:00:1f.2"},
	{What: "drive  ST1200MM0009", Serial: "WFK00001", Bytes: 1200243695616, Place: "0000:03:00.0"},
	{What: "drive  HUC101860CSS200", Serial: "0BG00002", Bytes: 600127266816, Place: "0000:03:00.0"},
	{What: "drive spi U320-73", Serial: "LSI73", Bytes: 73407868928, Place: "0000:00:08.0"},
	{What: "drive  QEMU HARDDISK", Serial: "VSCSI0", Bytes: 10737418240, Place: "0000:00:09.0"},
	{What: "drive virtio ", Serial: "VBLK0001", Bytes: 21474836480, Place: "0000:00:0a.0"},
	{What: "drive usb QEMU HARDDISK", Serial: "USB0001", Bytes: 15376318464, Place: "0000:00:0b.0"},
	{What: "drive sata QEMU DVD-ROM", Place: "0000:00:1f.2"}, // no tool prints the serial number of a CD drive
	{What: "nic 52:54:00:aa:00:01", Place: "0000:07:00.0"},
	{What: "nic 52:54:00:aa:00:02", Place: "0000:00:0c.0"},
	{What: "psu DELTA ELEC PSU 800W Platinum DPS-800AB-1", Serial: "DPSN0000123456", Place: "PS1"},
	{What: "no psu", Place: "PS2"},
	{What: "psu  PSU.3 ", Place: "PSU3 bay"},
}

// TestZoo: every component that QEMU was given is named, once.
func TestZoo(t *testing.T) {
	for _, name := range zoo {
		t.Run(name, func(t *testing.T) {
			less := func(a, b part) bool { return a.What+a.Place+a.Serial < b.What+b.Place+b.Serial }
			if diff := cmp.Diff(truth, parts(audit(t, name)), cmpopts.SortSlices(less)); diff != "" {
				t.Errorf("parts (-told +seen):\n%s", diff)
			}
		})
	}
}

// parts sums a report up.
func parts(r *report.Report) []part {
	list := []part{{What: "system " + r.System.Manufacturer + " " + r.System.Product, Serial: r.System.Serial}}
	for _, b := range r.Boards {
		list = append(list, part{What: "board " + b.Manufacturer + " " + b.Product, Serial: b.Serial, Place: b.Slot})
	}
	for _, c := range r.Chassis {
		list = append(list, part{What: "chassis " + c.Manufacturer, Serial: c.Serial})
	}
	for _, p := range r.Processors {
		list = append(list, part{What: "cpu " + p.Model, Serial: p.Serial, Place: p.Socket})
	}
	for _, m := range r.Memory.Modules {
		what := "no dimm"
		if m.Present {
			what = "dimm " + m.PartNumber
		}
		list = append(list, part{What: what, Serial: m.Serial, Bytes: m.SizeBytes, Place: m.Slot})
	}
	for _, d := range r.Storage.Drives {
		list = append(list, part{What: "drive " + d.Protocol + " " + d.Model, Serial: d.Serial, Bytes: d.CapacityBytes, Place: d.PCIAddress})
	}
	for _, card := range r.Network {
		for _, port := range card.Ports {
			list = append(list, part{What: "nic " + port.PermanentMAC, Place: port.PCIAddress})
		}
	}
	for _, p := range r.PowerSupplies {
		what := "no psu"
		if p.Present != nil && *p.Present {
			what = "psu " + p.Manufacturer + " " + p.Model + " " + p.PartNumber
		}
		list = append(list, part{What: what, Serial: p.Serial, Place: p.Slot})
	}
	return list
}

// TestZooTree: the bridges above the drive and the card behind the PCIe switch.
func TestZooTree(t *testing.T) {
	for _, name := range zoo {
		parent := make(map[string]string)
		for _, f := range audit(t, name).PCI {
			parent[f.Address] = f.Parent
		}
		for _, leaf := range []string{"0000:06:00.0", "0000:07:00.0"} {
			downstream := parent[leaf]
			upstream := parent[downstream]
			root := parent[upstream]
			if !strings.HasPrefix(downstream, "0000:05:") || !strings.HasPrefix(upstream, "0000:04:") || !strings.HasPrefix(root, "0000:00:") || parent[root] != "" {
				t.Errorf("%s: above %s are %q, %q, %q", name, leaf, downstream, upstream, root)
			}
		}
	}
}

// TestGenerationsAgree: the same machine differs only in what a generation of
// tools cannot print. What was run when, and how it went, is not the machine.
func TestGenerationsAgree(t *testing.T) {
	newest := comparable(audit(t, zoo[len(zoo)-1]))
	needed := make(map[string]bool)
	for _, name := range zoo[:len(zoo)-1] {
		older := comparable(audit(t, name))
		for _, path := range slices.Sorted(maps.Keys(merged(newest, older))) {
			if older[path] == newest[path] {
				continue
			}
			if why := unprintable(name, path); why != "" {
				needed[why] = true
			} else {
				t.Errorf("%s: %s is %q, and %q for the newest tools", name, path, older[path], newest[path])
			}
		}
	}
	for _, gap := range gaps {
		if !needed[gap.why] {
			t.Errorf("%s: nothing differs any more because %s", gap.host, gap.why)
		}
	}
}

// comparable returns the values of a report by their path.
func comparable(r *report.Report) map[string]string {
	document, err := r.JSON()
	if err != nil {
		panic(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(document, &tree); err != nil {
		panic(err)
	}
	for _, key := range []string{"audit_id", "collected_at", "duration_ms", "collectors", "diagnostics"} {
		delete(tree, key)
	}
	values := make(map[string]string)
	flatten(values, "", tree)
	return values
}

func flatten(values map[string]string, path string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for key, v := range value {
			flatten(values, path+"."+key, v)
		}
	case []any:
		for i, v := range value {
			flatten(values, fmt.Sprintf("%s[%d]", path, i), v)
		}
	default:
		values[path] = fmt.Sprint(value)
	}
}

func merged(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// unprintable says why the tools of a host cannot print the value at path as the
// newest do, "" if they can.
func unprintable(host, path string) string {
	for _, gap := range gaps {
		if gap.host == host && gap.path.MatchString(path) {
			return gap.why
		}
	}
	return ""
}

var gaps = []struct {
	host string
	path *regexp.Regexp
	why  string
}{
	{"qemu-bullseye", regexp.MustCompile(`^\.memory\.modules\[.*\]\.type$`), "dmidecode 3.3 does not know DDR5"},
	{"qemu-bullseye", regexp.MustCompile(`^\.fru\[.*\]\.board\.manufacture_(date|zone)$`), "ipmitool 1.8.18 does not say that the time is UTC"},
	{"qemu-bullseye", regexp.MustCompile(`^\.pci\[.*\]\.subsystem\.vendor\.name$`), "its list of PCI IDs lacks the vendor"},
	{"qemu-bullseye", regexp.MustCompile(`^(\.storage\.drives\[.*\]\.(unread|smart\.verdict\.reasons\[0\]\.(attribute|code|text))|\.summary\.unjudged\[.*\]\.why)$`), "smartctl 7.2 does not print smart_support of SCSI drives"},
}

// TestReadWritesBack: a document that is read and written again is the same,
// byte for byte, and a key of a newer version is named.
func TestReadWritesBack(t *testing.T) {
	for _, name := range names(t) {
		document, err := audit(t, name).JSON()
		if err != nil {
			t.Fatal(err)
		}
		r, err := report.Read(strings.NewReader(string(document)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		again, err := r.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(document), string(again)); diff != "" {
			t.Errorf("%s (-read +written):\n%s", name, diff)
		}
		ids := make(map[string]bool)
		for c := range r.Components() {
			if c.ID == "" || ids[c.ID] {
				t.Errorf("%s: %s id %q is empty or stands twice", name, c.Kind, c.ID)
			}
			ids[c.ID] = true
		}
		newer := strings.Replace(string(document), `"summary": {`, `"summary": {"mood": 1,`, 1)
		var unknown report.UnknownKeys
		if r, err := report.Read(strings.NewReader(newer)); r == nil || !errors.As(err, &unknown) || !slices.Equal(unknown, []string{"summary.mood"}) {
			t.Errorf("%s: a newer document: %v", name, err)
		}
	}
	for _, text := range []string{"", "{}", "[]", `{"schema":"bee.audit/2"}`, `{"schema":"bee.audit/1","summary":3}`} {
		if r, err := report.Read(strings.NewReader(text)); r != nil || !errors.Is(err, report.ErrNotADocument) {
			t.Errorf("%q: %v, %v", text, r, err)
		}
	}
}
