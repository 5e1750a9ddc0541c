// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"bufio"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mchus/bee/ipmi"
	"github.com/mchus/bee/testdata/fru"
	"github.com/mchus/bee/testdata/fru/bmc"
	"github.com/mchus/bee/testdata/tools"
)

// builtIn are the makers that 1.8.18 knows by itself, of those that the
// generator takes.
var builtIn = map[uint32]string{2: "IBM", 11: "Hewlett-Packard", 343: "Intel Corporation", 674: "DELL Inc", 10876: "Supermicro"}

// odd are names such as the registry of enterprise numbers has, and some that
// it could have.
var odd = map[uint32]string{
	2:     "Example (https://example.org/standards )",
	11:    "Board Serial          : NOT-A-SERIAL",
	343:   "A: B: C",
	674:   "Ends ) Record",
	10876: "Bücher\tund (((",
}

// nobody are the makers of a registry that does not know those of the generator.
// With one that is empty ipmitool does not run.
var nobody = map[uint32]string{1: "Nobody"}

// registry makes a user's folder with a registry of makers, which 1.8.19 looks
// for before the system's: one with odd names, or one with none of use. It
// returns the names that ipmitool of the suite then knows.
func registry(t *testing.T, suite string, full bool) (home string, makers map[uint32]string) {
	makers = nobody
	if full {
		makers = odd
	}
	home = writeRegistry(t, makers)
	if suite == "bullseye" {
		makers = builtIn
	}
	return home, makers
}

func writeRegistry(t *testing.T, makers map[uint32]string) (home string) {
	t.Helper()
	home = t.TempDir()
	var text strings.Builder
	text.WriteString("PRIVATE ENTERPRISE NUMBERS\n\nDecimal\n| Organization\n| | Contact\n| | | Email\n| | | |\n")
	for _, number := range slices.Sorted(maps.Keys(makers)) {
		fmt.Fprintf(&text, "%d\n  %s\n    Somebody\n      somebody&example.org\n", number, makers[number])
	}
	path := filepath.Join(home, ".local/usr/share/misc/enterprise-numbers.txt")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return home
}

// TestMakers has ipmitool print OEM records of a tenth of all the makers in the
// registry that Debian ships with it, and of all whose names have more than
// letters, digits and blanks in them.
func TestMakers(t *testing.T) {
	const suite = "sid"
	tree := tools.Suite(t, suite, "ipmitool")
	names := readRegistry(t, tree.Path("/usr/share/misc/enterprise-numbers.txt"))
	var numbers []uint32
	for number, name := range names {
		if number != reserved && number != picmg && (number%10 == 0 || strings.ContainsAny(name, ":()\"\t;|")) {
			numbers = append(numbers, number)
		}
	}
	if len(numbers) < 5000 {
		t.Fatalf("%d makers", len(numbers))
	}
	slices.Sort(numbers)
	config := bmc.Config{DeviceID: []byte{0x20, 0x01, 0x02, 0x17, 0x02, 0x83, 0x57, 0x01, 0, 0x49, 0}, FRUs: make(map[byte]bmc.FRU)}
	for id, chunk := range slices.Collect(slices.Chunk(numbers, 1+len(numbers)/100)) {
		image := fru.Image{Version: 1}
		for _, number := range chunk {
			image.Records = append(image.Records, fru.OEM{Number: number})
		}
		config.FRUs[byte(id+1)] = bmc.FRU{Data: image.Bytes()}
		config.SDRs = append(config.SDRs, bmc.FRULocator(byte(id+1), 0, 7, byte(id+1), fmt.Sprintf("Device %d", id+1)))
	}
	controller, err := bmc.Listen(config)
	if err != nil {
		t.Fatal(err)
	}
	defer controller.Close()
	cmd := tree.Command("ipmitool", controller.Args("-v", "fru", "print")...)
	cmd.Env = append(cmd.Env, "HOME="+writeRegistry(t, names))
	out, _ := cmd.Output()
	list, err := ipmi.ParseFRU(out)
	if err != nil {
		t.Error(err)
	}
	compared, mismatches := 0, 0
	for _, d := range list.Devices() {
		for _, m := range d.MultiRecords {
			if compared < len(numbers) && m.OEM != names[numbers[compared]] {
				mismatches++
				t.Errorf("maker %d is %q, want %q", numbers[compared], m.OEM, names[numbers[compared]])
			}
			compared++
		}
		if d.Unknown != nil || d.Product != nil || d.Board != nil || d.Chassis != nil {
			t.Errorf("device %d has more than its records: %s", *d.ID, marshal(d))
		}
	}
	if compared != len(numbers) {
		t.Errorf("%d records, want %d", compared, len(numbers))
	}
	t.Logf("oracle: ipmitool-fru suite=%s makers=%d mismatches=%d", suite, compared, mismatches)
}

// TestMakerOfController: the name of a controller's maker is of the registry too.
func TestMakerOfController(t *testing.T) {
	for _, suite := range suites {
		controller, err := bmc.Listen(server()) // Intel's
		if err != nil {
			t.Fatal(err)
		}
		home, makers := registry(t, suite, true)
		cmd := tools.Suite(t, suite, "ipmitool").Command("ipmitool", controller.Args("mc", "info")...)
		cmd.Env = append(cmd.Env, "HOME="+home)
		out, _ := cmd.Output()
		controller.Close()
		mc, err := ipmi.ParseMC(out)
		if info := mc.Info(); err != nil || info.ManufacturerID != 343 || info.ManufacturerName != makers[343] || *info.ProductID != 73 {
			t.Errorf("%s: %v: %s", suite, err, marshal(info))
		}
	}
}

// These are numbers of which ipmitool prints no name: for one it prints what its
// records hold.
const (
	reserved = 0
	picmg    = 12634
)

// TestNoMakers has ipmitool run with a registry that is empty, with which it does
// nothing but say so.
func TestNoMakers(t *testing.T) {
	for _, suite := range suites[1:] {
		cmd := tools.Suite(t, suite, "ipmitool").Command("ipmitool", "mc", "info")
		cmd.Env = append(cmd.Env, "HOME="+writeRegistry(t, nil))
		out, _ := cmd.CombinedOutput()
		if _, err := ipmi.ParseMC(out); !errors.Is(err, ipmi.ErrTool) || errors.Is(err, ipmi.ErrNoBMC) {
			t.Errorf("%s: %q: %v", suite, out, err)
		}
	}
}

// readRegistry reads a number on a line of its own and the name below it.
func readRegistry(t *testing.T, path string) map[uint32]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	names := make(map[uint32]string)
	before := ""
	for s := bufio.NewScanner(file); s.Scan(); before = s.Text() {
		number, err := strconv.ParseUint(before, 10, 24)
		if name, ok := strings.CutPrefix(s.Text(), "  "); ok && err == nil {
			names[uint32(number)] = strings.TrimSpace(name)
		}
	}
	return names
}
