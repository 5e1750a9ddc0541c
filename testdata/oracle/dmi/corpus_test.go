// SPDX-License-Identifier: Apache-2.0

package oracle

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/internal/corpus"
	"github.com/mchus/bee/testdata/smbios"
)

// TestCorpusTables prints the tables of real machines with each version. What a
// version prints of a field must read as what the others print of it, and also as
// what an older dmidecode printed on the machine itself where that was kept.
func TestCorpusTables(t *testing.T) {
	tables := corpus.Files(t, "smbios-bin")
	originals := make(map[string][]byte)
	for _, f := range corpus.Files(t, "dmidecode/u-root+u-root") {
		originals[strings.TrimSuffix(filepath.Base(f.Name), ".orig.txt")] = f.Data
	}
	path := filepath.Join(t.TempDir(), "dump")
	for _, table := range tables {
		name := filepath.Base(table.Name)
		t.Run(name, func(t *testing.T) {
			outputs := make(map[string][]byte)
			for _, suite := range suites {
				d := newDmidecode(t, suite.name, suite.tool)
				output, err := d.print(path, asDump(table.Data))
				if err != nil {
					t.Fatal(err)
				}
				for _, diff := range checkHostile(output) {
					t.Errorf("dmidecode %v: %s", d.tool, diff)
				}
				outputs[d.tool.String()] = output
			}
			if original := originals[strings.TrimSuffix(name, ".bin")]; original != nil {
				outputs["3.2, on the machine"] = original
			}
			agree(t, outputs)
		})
	}
}

// asDump returns a table as a dump: some were kept without an entry point.
func asDump(data []byte) []byte {
	if bytes.HasPrefix(data, []byte("_SM")) {
		return data
	}
	return smbios.Wrap(smbios.Version{Major: 3}, data)
}

// agree checks that no two outputs say different things of a field.
func agree(t *testing.T, outputs map[string][]byte) {
	type saying struct{ value, version string }
	said := make(map[string]saying)
	fields := 0
	for _, version := range slices.Sorted(maps.Keys(outputs)) {
		table, err := dmi.Parse(outputs[version])
		if err != nil {
			t.Errorf("dmidecode %s: %v", version, err)
		}
		if len(table.Records) < 5 {
			t.Errorf("dmidecode %s: %d records", version, len(table.Records))
		}
		for field, value := range everything(table) {
			fields++
			before, ok := said[field]
			if ok && before.value != value {
				t.Errorf("%s: dmidecode %s says %s, dmidecode %s says %s", field, before.version, before.value, version, value)
			}
			said[field] = saying{value, version}
		}
	}
	t.Logf("%d fields of %d outputs agree", fields, len(outputs))
}

// everything returns the fields of all typed views by their path.
func everything(table *dmi.Table) map[string]string {
	all := make(map[string]string)
	for _, v := range views {
		v.walk(table, func(name string, view any) {
			for field, value := range flatten(view) {
				all[fmt.Sprintf("%s.%s", name, field)] = value
			}
		})
	}
	return all
}
