// SPDX-License-Identifier: Apache-2.0

package nvme_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestFormsAgree compares the JSON with the plain text of the same device: they
// must agree on every value that both print, in every generation.
func TestFormsAgree(t *testing.T) {
	for _, path := range glob(t, "testdata/*.json/input") {
		dir := strings.TrimSuffix(filepath.Dir(path), ".json")
		text, err := os.ReadFile(dir + ".txt/input")
		if err != nil {
			continue // captured as JSON only
		}
		doc, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(dir), func(t *testing.T) {
			version, _, _ := strings.Cut(filepath.Base(dir), "-")
			agree(t, version, commandOf(dir+".json"), doc, text)
		})
	}
}

// agree parses both forms, and reports the fields that differ or that only one
// of them has. It returns how many it compared.
func agree(t *testing.T, version, command string, doc, text []byte) int {
	t.Helper()
	fromJSON, fromText := fields(t, command, doc), fields(t, command, text)
	if strings.HasPrefix(command, "list") {
		roundSizes(fromJSON)
	}
	compared := 0
	for _, name := range slices.Sorted(maps.Keys(union(fromJSON, fromText))) {
		a, inJSON := fromJSON[name]
		b, inText := fromText[name]
		switch {
		case inJSON && inText:
			compared++
			if a != b {
				t.Errorf("%s: JSON has %v, plain text has %v", name, a, b)
			}
		case !onlyOne(version, command, name):
			t.Errorf("%s: %v in JSON (%v), %v in plain text (%v)", name, a, inJSON, b, inText)
		}
	}
	if compared < 3 {
		t.Errorf("only %d values in both forms", compared)
	}
	return compared
}

// fields parses data and returns the leaves of the result by path.
func fields(t *testing.T, command string, data []byte) map[string]any {
	t.Helper()
	got, extra, err := parse(command, data)
	if err != nil || extra != nil {
		t.Errorf("%s: error %v, not understood %s\n%s", command, err, extra, data)
	}
	raw, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		t.Fatal(err)
	}
	leaves := make(map[string]any)
	flatten(leaves, "", tree)
	return leaves
}

func flatten(leaves map[string]any, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, v := range v {
			flatten(leaves, path+"."+key, v)
		}
	case []any:
		for i, v := range v {
			flatten(leaves, fmt.Sprintf("%s.%d", path, i), v)
		}
	default:
		leaves[strings.TrimPrefix(path, ".")] = v
	}
}

func union(a, b map[string]any) map[string]any {
	u := maps.Clone(a)
	maps.Copy(u, b)
	return u
}

var index = regexp.MustCompile(`\.\d+\b`)

// onlyOne tells what nvme-cli prints in one form only. A reading of 0 is left
// out of the result where 0 means that there is none, so what JSON of an old
// version does not have cannot be told from 0.
func onlyOne(version, command, name string) bool {
	name = index.ReplaceAllString(name, "")
	switch command {
	case "list", "list-array":
		return slices.Contains([]string{
			"namespaces.rounded", "namespaces.blocks", "namespaces.metadata_bytes",
			"namespaces.index", "namespaces.product_name",
		}, name) || version == "2.3" && name == "namespaces.generic_path"
	case "list-v-array":
		return slices.Contains([]string{
			"namespaces.rounded", "namespaces.blocks", "namespaces.metadata_bytes",
			"subsystems.host_nqn", "subsystems.host_id", "controllers.state", "controllers.paths.name",
			"controllers.paths.ana_state",
		}, name)
	case "list-subsys-array", "list-subsys-v-array":
		return name == "subsystems.host_id" || version == "1.12" && name == "subsystems.host_nqn" ||
			version == "2.3" && name == "subsystems.host_nqn" || version == "2.16" && name == "subsystems.io_policy"
	case "smart-log":
		return name == "device" || name == "nsid"
	case "fw-log":
		return false
	case "id-ns":
		return name == "nsid" || name == "vendor_specific" || version == "1.12" && name == "dlfeat"
	case "error-log":
		return slices.Contains([]string{"device", "entries.text", "entries.csi", "entries.opcode", "entries.page"}, name) ||
			(version == "1.12" || version == "2.3") && name == "entries.trtype"
	case "id-ctrl":
		return version == "1.12" && slices.Contains([]string{
			"controller_type", "fru_guid", "max_endurance_group_id",
			"persistent_event_log_bytes", "max_allowed_namespaces",
		}, name) ||
			version == "1.12" && name == "power_states.workload"
	}
	return false
}

// roundSizes rounds the sizes of a list in JSON as plain text does.
func roundSizes(leaves map[string]any) {
	for name, v := range leaves {
		if !strings.HasSuffix(name, ".size_bytes") && !strings.HasSuffix(name, ".used_bytes") {
			continue
		}
		n, err := v.(json.Number).Float64()
		if err != nil {
			panic(err)
		}
		unit := 1.0
		for n/unit >= 1000 {
			unit *= 1000
		}
		var rounded float64
		fmt.Sscanf(fmt.Sprintf("%.2f", n/unit), "%f", &rounded)
		leaves[name] = json.Number(fmt.Sprintf("%.0f", rounded*unit))
	}
}
