// SPDX-License-Identifier: Apache-2.0

package lab

import (
	"archive/tar"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

// suites are the generations of tools; the captures of the last are folders.
var suites = []string{"bullseye", "bookworm", "bookworm-backports", "trixie", "sid"}

// TestLab: every generation of tools sees each machine as it was described: no
// part more and none less, each serial number where it belongs, and the verdict.
func TestLab(t *testing.T) {
	for _, m := range Machines {
		for _, suite := range suites {
			t.Run(m.Name+"/"+suite, func(t *testing.T) {
				told, saw := m.Truth(suite), seen(audit(t, filepath.Join("hosts", m.Name, suite)))
				for _, line := range without(told, saw) {
					t.Error("lost:    ", line)
				}
				for _, line := range without(saw, told) {
					t.Error("invented:", line)
				}
			})
		}
	}
}

// without returns the lines of a list that another has not, or not so often.
func without(list, other []string) []string {
	left := make(map[string]int)
	for _, line := range other {
		left[line]++
	}
	return slices.DeleteFunc(slices.Clone(list), func(line string) bool {
		left[line]--
		return left[line] >= 0
	})
}

// TestAgain: recorded again, a machine gives the same reports, but for what no two
// boots share. BEE_LAB names the folder that record.sh records in.
func TestAgain(t *testing.T) {
	cache := os.Getenv("BEE_LAB")
	if cache == "" {
		t.Skip("BEE_LAB names no folder with other recordings")
	}
	for _, m := range Machines {
		t.Run(m.Name, func(t *testing.T) {
			again := filepath.Join(cache, m.Name, "out", "captures")
			if _, err := os.Stat(again); err != nil {
				t.Skip(err)
			}
			for _, suite := range suites {
				first, second := values(t, audit(t, filepath.Join("hosts", m.Name, suite))), values(t, audit(t, filepath.Join(again, suite)))
				if diff := gocmp.Diff(first, second); diff != "" {
					t.Errorf("%s (-first +second):\n%s", suite, diff)
				}
			}
		})
	}
}

// boots matches the paths of what differs from boot to boot: what was run when,
// what drives have read by then, memory that the kernel can use, and the names that it
// gave to disks.
var boots = regexp.MustCompile(`^\.(audit_id|collected_at|duration_ms|collectors|diagnostics|host\.boot_id|summary\.kernel\.memory_bytes|memory\.total_bytes)\b|` +
	`^\.storage\.drives\[[^]]*\]\.(name|paths|smart\.(bytes_read|power_on_hours))\b`)

// values are those of a report by their path.
func values(t *testing.T, r *report.Report) map[string]string {
	t.Helper()
	document, err := r.JSON()
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(document, &tree); err != nil {
		t.Fatal(err)
	}
	list := make(map[string]string)
	flatten(list, "", tree)
	return list
}

// flatten names the elements of a list by what they are, since the kernel does not
// find disks in the same order each time.
func flatten(values map[string]string, path string, value any) {
	if boots.MatchString(path) {
		return
	}
	switch value := value.(type) {
	case map[string]any:
		for key, v := range value {
			flatten(values, path+"."+key, v)
		}
	case []any:
		for i, v := range value {
			name := fmt.Sprint(i)
			if m, ok := v.(map[string]any); ok {
				name = fmt.Sprint(cmp.Or(m["id"], m["target"], m["component"], any(name)))
			}
			flatten(values, path+"["+name+"]", v)
		}
	default:
		values[path] = fmt.Sprint(value)
	}
}

// TestRange: what the machines are there for.
func TestRange(t *testing.T) {
	sockets, slots, drives, others := map[int]bool{}, map[int]bool{}, map[int]bool{}, map[string]bool{}
	for _, m := range Machines {
		sockets[m.Sockets], slots[len(m.Memory)] = true, true
		n := 0
		for _, line := range m.Truth("sid") {
			if strings.HasPrefix(line, "drive ") {
				n++
			}
		}
		drives[n] = true
		others[fmt.Sprintf("UEFI %t", m.UEFI)], others[fmt.Sprintf("udevd %t", m.Udev)], others[fmt.Sprintf("BMC %t", m.BMC != nil)] = true, true, true
	}
	for _, c := range []struct {
		what string
		have map[int]bool
		want []int
	}{{"sockets", sockets, []int{1, 2, 4}}, {"memory slots", slots, []int{0, 1, 24, 64}}, {"drives", drives, []int{0, 1, 60}}} {
		for _, n := range c.want {
			if !c.have[n] {
				t.Errorf("no machine of %d %s", n, c.what)
			}
		}
	}
	if len(others) != 6 {
		t.Error("not with and without: ", others)
	}
}

// TestPassports: each host is a machine of the table, with its origin and
// licence.
func TestPassports(t *testing.T) {
	dirs, err := os.ReadDir("hosts")
	if err != nil || len(dirs) != len(Machines) {
		t.Errorf("%d hosts of %d machines (%v)", len(dirs), len(Machines), err)
	}
	for _, m := range Machines {
		data, err := os.ReadFile(filepath.Join("hosts", m.Name, "source.json"))
		if err != nil {
			t.Fatal(err)
		}
		var passport struct{ Hardware, Origin, Licence string }
		if err := json.Unmarshal(data, &passport); err != nil || !strings.HasSuffix(passport.Hardware, m.About) || passport.Origin == "" || passport.Licence == "" {
			t.Errorf("%s: passport %+v, %v", m.Name, passport, err)
		}
	}
}

// audit replays a capture.
func audit(t *testing.T, path string) *report.Report {
	t.Helper()
	h, err := host.Replay(load(t, path).FS())
	if err != nil {
		t.Fatal(err)
	}
	return inventory.Audit(t.Context(), h, inventory.Options{Tool: report.Tool{Name: "audit"}})
}

// load reads a capture, a folder or an archive.
func load(t *testing.T, path string) host.Capture {
	t.Helper()
	c := make(host.Capture)
	files, _ := filepath.Glob(filepath.Join(path, "*"))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c[filepath.Base(file)] = data
	}
	if len(c) > 0 {
		return c
	}
	archive, err := os.ReadFile(path + ".tgz")
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		header, err := r.Next()
		if err == io.EOF {
			return c
		}
		if err != nil {
			t.Fatal(err)
		}
		if header.Typeflag == tar.TypeReg {
			if c[filepath.Base(header.Name)], err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// seen returns what a report says, in the lines of a truth.
func seen(r *report.Report) []string {
	var lines []string
	add := func(line string) { lines = append(lines, line) }
	if s := r.System; s != nil {
		add(systemLine(s.Manufacturer, s.Product, s.Serial))
	}
	for _, b := range r.Boards {
		add(boardLine(b.Manufacturer, b.Product, b.Serial))
	}
	for _, c := range r.Chassis {
		add(chassisLine(c.Manufacturer, c.Serial))
	}
	for _, p := range r.Processors {
		add(processorLine(p.Model, p.Socket))
	}
	if r.Memory != nil {
		for _, s := range r.Memory.Modules {
			add(moduleLine(s.Present, s.PartNumber, s.Serial, s.SizeBytes, s.Slot))
		}
	}
	for _, p := range r.PowerSupplies {
		add(supplyLine(p.Present != nil && *p.Present, p.Manufacturer, p.Model, p.PartNumber, p.Serial, p.Slot))
	}
	for _, card := range r.Network {
		for _, p := range card.Ports {
			add(portLine(cmp.Or(p.PermanentMAC, p.MAC), p.PCIAddress))
		}
	}
	for _, g := range r.GPUs {
		add("GPU " + g.Model)
	}
	names := make(map[string]string)
	if r.Storage != nil {
		for _, d := range r.Storage.Drives {
			names[d.ID] = "drive " + d.Serial
			add(seenDrive(d))
		}
		for _, v := range r.Storage.Volumes {
			wwn, _ := strconv.ParseUint(v.WWN, 0, 64)
			names[v.ID] = volumeName(wwn)
			add(volumeLine(wwn, v.SizeBytes))
		}
	}
	for _, f := range r.Findings {
		add(fmt.Sprintf("finding %s %s %s", f.Severity, f.Code, cmp.Or(names[f.Component], f.Component)))
	}
	if r.Summary.Unjudged != nil {
		for _, u := range *r.Summary.Unjudged {
			add("unjudged " + cmp.Or(names[u.Component], u.Component))
		}
	}
	add("verdict " + r.Summary.Health)
	slices.Sort(lines)
	return lines
}

func seenDrive(d report.Drive) string {
	wwn, _ := strconv.ParseUint(d.WWN, 0, 64)
	return driveLine(&Drive{
		Protocol: d.Protocol, Vendor: d.Vendor, Model: d.Model, Serial: d.Serial, Firmware: d.Firmware, WWN: wwn,
		Bytes: d.CapacityBytes, Block: d.LogicalBlockBytes,
	}, len(d.Namespaces), d.PCIAddress)
}
