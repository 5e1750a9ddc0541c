// SPDX-License-Identifier: Apache-2.0

// Package oracle compares what package pci says with what generated machines
// are, with the real lspci of several Debian suites in between.
package oracle

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/mchus/bee/pci"
	"github.com/mchus/bee/testdata/pciconf"
	"github.com/mchus/bee/testdata/tools"
)

// dumps is how many machines each lspci sees; BEE_ORACLE says otherwise.
const dumps = 200

func count(t *testing.T) int {
	s := os.Getenv("BEE_ORACLE")
	if s == "" {
		return dumps
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		t.Fatalf("BEE_ORACLE=%q is not a number of machines", s)
	}
	return n
}

// A program is the lspci of one suite, and what it does its own way.
type program struct {
	suite      string
	zeroProgIf bool   // prints ProgIf 00: since 3.8
	bridgeSub  bool   // prints a bridge's subsystem, from its capability: since 3.8
	maxDomain  uint32 // the largest domain that it reads from a dump
	maxText    int    // the longest text that it prints for a name with its number
}

var programs = []program{
	{suite: "bullseye", maxDomain: 0xffff, maxText: 127},                                     // 3.7.0
	{suite: "bookworm", zeroProgIf: true, bridgeSub: true, maxDomain: 0xfffff, maxText: 127}, // 3.9.0
	{suite: "trixie", zeroProgIf: true, bridgeSub: true, maxDomain: 0xffffff, maxText: 255},  // 3.13.0
	{suite: "sid", zeroProgIf: true, bridgeSub: true, maxDomain: 0xffffff, maxText: 255},     // 3.15.0
}

// Styles are the ways to ask lspci, but for -k: that would ask the kernel of
// this machine.
var styles = [][]string{
	{"-vmm"},
	{"-vmm", "-D"},
	{"-vmm", "-n"},
	{"-vmm", "-nn"},
	{"-vmm", "-nn", "-D"},
	{"-vm"},
	{"-vm", "-n", "-D"},
	{"-vm", "-nn"},
}

func TestOracle(t *testing.T) {
	n := count(t)
	for _, p := range programs {
		t.Run(p.suite, func(t *testing.T) {
			t.Parallel()
			tree := tools.Suite(t, p.suite, "pciutils")
			functions, mismatches := 0, 0
			for seed := range n {
				c := newCase(uint64(seed))
				list := c.run(t, tree)
				functions += len(list.Devices)
				for _, diff := range c.compare(p, list) {
					mismatches++
					t.Errorf("machine %d, lspci %s: %s", seed, strings.Join(c.style, " "), diff)
				}
				if mismatches > 20 {
					t.Fatal("and so on")
				}
			}
			t.Logf("oracle: lspci of %s dumps=%d functions=%d mismatches=%d", p.suite, n, functions, mismatches)
		})
	}
}

// TestOracleSeesLies checks the oracle itself: a wrong truth, one field at a
// time, must show.
func TestOracleSeesLies(t *testing.T) {
	p := programs[1]
	tree := tools.Suite(t, p.suite, "pciutils")
	lies := []struct {
		name string
		tell func(f *pciconf.Function, n *pciconf.Names)
	}{
		{"bus", func(f *pciconf.Function, _ *pciconf.Names) { f.Bus++ }},
		{"function", func(f *pciconf.Function, _ *pciconf.Names) { f.Func ^= 1 }},
		{"domain", func(f *pciconf.Function, _ *pciconf.Names) { f.Domain ^= 1 }},
		{"class", func(f *pciconf.Function, _ *pciconf.Names) { f.Class ^= 1 }},
		{"vendor", func(f *pciconf.Function, _ *pciconf.Names) { f.Vendor ^= 1 }},
		{"device", func(f *pciconf.Function, _ *pciconf.Names) { f.Device ^= 0x8000 }},
		{"subsystem vendor", func(f *pciconf.Function, _ *pciconf.Names) { f.SubVendor ^= 1 }},
		{"subsystem device", func(f *pciconf.Function, _ *pciconf.Names) { f.SubDevice ^= 1 }},
		{"revision", func(f *pciconf.Function, _ *pciconf.Names) { f.Revision ^= 0x10 }},
		{"programming interface", func(f *pciconf.Function, _ *pciconf.Names) { f.ProgIf ^= 0x01 }},
		{"vendor's name", func(f *pciconf.Function, n *pciconf.Names) { n.Vendors[f.Vendor] += "x" }},
		{"device's name", func(f *pciconf.Function, n *pciconf.Names) { n.Devices[[2]uint16{f.Vendor, f.Device}] += "x" }},
		{"class's name", func(f *pciconf.Function, n *pciconf.Names) { n.Classes[f.Class] += "x" }},
	}
	for _, lie := range lies {
		t.Run(lie.name, func(t *testing.T) {
			c := newCase(1)
			c.style = []string{"-vmm", "-nn", "-D"}
			f := &c.machine.Functions[0]
			*f = pciconf.Function{Bus: 1, Vendor: 0x8086, Device: 0x1521, Class: 0x0200, SubVendor: 0x8086, SubDevice: 1, Size: 256}
			list := c.run(t, tree)
			if diffs := c.compare(p, list); diffs != nil {
				t.Fatalf("the truth is wrong already: %s", diffs)
			}
			lie.tell(f, c.machine.Names)
			if c.compare(p, list) == nil {
				t.Error("the lie did not show")
			}
		})
	}
	t.Run("one function less", func(t *testing.T) {
		c := newCase(1)
		list := c.run(t, tree)
		c.machine.Functions = c.machine.Functions[1:]
		if c.compare(p, list) == nil {
			t.Error("the lie did not show")
		}
	})
}

// A testCase is a machine and the question that lspci is asked about it.
type testCase struct {
	machine *pciconf.Machine
	style   []string
}

func newCase(seed uint64) *testCase {
	r := rand.New(rand.NewPCG(seed, 2026))
	style := styles[r.IntN(len(styles))]
	opts := pciconf.Options{Numbers: strings.Contains(strings.Join(style, ""), "-nn")}
	return &testCase{pciconf.Generate(r, opts), style}
}

// run lets lspci print the machine, and parses that.
func (c *testCase) run(t *testing.T, tree *tools.Tree) *pci.List {
	t.Helper()
	dir := t.TempDir()
	dump, ids := filepath.Join(dir, "dump"), filepath.Join(dir, "pci.ids")
	for path, data := range map[string][]byte{dump: pciconf.Dump(c.machine.Functions), ids: c.machine.Names.File()} {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args := append([]string{"-F", dump, "-i", ids, "-O", "hwdb.disable=1"}, c.style...)
	cmd := tree.Command("lspci", args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("lspci %v: %v\n%s\n%s", args, err, stderr.String(), out)
	}
	list, err := pci.Parse(out)
	if err != nil && len(out) > 0 { // a machine without PCI prints nothing
		t.Errorf("Parse: %v in\n%s", err, out)
	}
	if again, _ := pci.Parse(list.Format()); !reflect.DeepEqual(again.Devices, list.Devices) {
		t.Errorf("Format and Parse change\n%s", out)
	}
	return list
}

// compare says how the list differs from the truth.
func (c *testCase) compare(p program, list *pci.List) (diffs []string) {
	want := c.want(p)
	if len(list.Devices) != len(want) {
		return []string{fmt.Sprintf("%d devices, want %d", len(list.Devices), len(want))}
	}
	for i, d := range list.Devices {
		d.Fields, d.Line = nil, 0
		got, want := reflect.ValueOf(d), reflect.ValueOf(want[i])
		for j := range got.NumField() {
			if g, w := got.Field(j).Interface(), want.Field(j).Interface(); !reflect.DeepEqual(g, w) {
				diffs = append(diffs, fmt.Sprintf("%s: %s is %#v, want %#v", d.Address, got.Type().Field(j).Name, g, w))
			}
		}
	}
	return diffs
}
