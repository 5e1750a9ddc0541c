// SPDX-License-Identifier: Apache-2.0

package oracle

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/mchus/bee/testdata/smbios"
)

var update = flag.Bool("update", false, "rewrite the fixtures, with real dmidecode")

// fixtures are generated machines that are kept as files, to be read by people
// and by tests that have no dmidecode.
var fixtures = []struct {
	name string
	seed uint64
}{
	{"arm", 337},
	{"battery", 53},
	{"loongarch", 54},
	{"old", 519},
	{"persistent-memory", 594},
	{"redfish", 1474},
}

const fixtureDir = "../../smbios/testdata"

// passport says where a fixture comes from.
type passport struct {
	Tool     string   `json:"tool"`
	Versions []string `json:"versions"`
	Argv     []string `json:"argv"`
	Hardware string   `json:"hardware"`
	Seed     uint64   `json:"seed"`
	Origin   string   `json:"origin"`
	Licence  string   `json:"licence"`
}

// TestFixtures reads what each version of dmidecode printed of the machines when
// the fixtures were made. It needs no dmidecode.
func TestFixtures(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.name, func(t *testing.T) {
			m := smbios.New(f.seed)
			dir := filepath.Join(fixtureDir, f.name)
			if *update {
				t.Run("update", func(t *testing.T) { writeFixture(t, dir, m) })
			}
			checkFile(t, filepath.Join(dir, "machine.bin"), m.Table.Dump())
			checkJSON(t, filepath.Join(dir, "want.json"), indented(t, m.Truth(suites[len(suites)-1].tool)))
			for _, suite := range suites {
				output := readFile(t, filepath.Join(dir, "dmidecode-"+suite.tool.String()+".txt"))
				if diffs := compare(m.Truth(suite.tool), output); len(diffs) > 0 {
					t.Errorf("dmidecode %v: %q", suite.tool, diffs)
				}
			}
		})
	}
}

const stale = "%s is not what package smbios makes now: run the test with -update, and read the difference"

func checkFile(t *testing.T, path string, want []byte) {
	t.Helper()
	if !bytes.Equal(readFile(t, path), want) {
		t.Errorf(stale, path)
	}
}

// checkJSON compares documents, in which the order of fields does not matter.
func checkJSON(t *testing.T, path string, want []byte) {
	t.Helper()
	if !maps.Equal(flatten(json.RawMessage(readFile(t, path))), flatten(json.RawMessage(want))) {
		t.Errorf(stale, path)
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func writeFixture(t *testing.T, dir string, m *smbios.Machine) {
	p := passport{
		Tool:     "dmidecode",
		Argv:     []string{"dmidecode", "--from-dump", "machine.bin"},
		Hardware: "none: a machine made up by package smbios",
		Seed:     m.Seed,
		Origin:   "go test ./oracle/dmi -run TestFixtures -update",
		Licence:  "Apache-2.0",
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, suite := range suites {
		p.Versions = append(p.Versions, suite.tool.String())
		output, err := newDmidecode(t, suite.name, suite.tool).print("machine.bin", m.Table.Dump())
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, "dmidecode-"+suite.tool.String()+".txt", output)
	}
	writeFile(t, "want.json", indented(t, m.Truth(suites[len(suites)-1].tool)))
	writeFile(t, "source.json", indented(t, p))
}

func writeFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func indented(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
