// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/corpus"
)

// flatten writes the JSON of a GPU as paths and values.
func flatten(t *testing.T, g *GPU) map[string]string {
	t.Helper()
	out, err := json.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(out, &tree); err != nil {
		t.Fatal(err)
	}
	flat := make(map[string]string)
	flattenInto(flat, "", tree)
	return flat
}

func flattenInto(flat map[string]string, path string, tree any) {
	switch tree := tree.(type) {
	case map[string]any:
		for key, v := range tree {
			flattenInto(flat, path+"."+key, v)
		}
	case []any:
		for i, v := range tree {
			flattenInto(flat, fmt.Sprintf("%s[%d]", path, i), v)
		}
	default:
		flat[strings.TrimPrefix(path, ".")] = fmt.Sprint(reflect.ValueOf(tree))
	}
}

// agree compares what two outputs say of one GPU. Readings that change between
// two runs of nvidia-smi are passed over. It returns how many it compared.
func agree(t *testing.T, name string, a, b *GPU) int {
	t.Helper()
	left, right := flatten(t, a), flatten(t, b)
	compared := 0
	for path, v := range left {
		w, ok := right[path]
		if !ok || isVolatile(path) {
			continue
		}
		compared++
		if v != w {
			t.Errorf("%s: %s is %s in one output and %s in the other", name, path, v, w)
		}
	}
	return compared
}

func isVolatile(path string) bool {
	for _, part := range []string{
		"draw_milliwatts", "average_milliwatts", "instant_milliwatts", "used_bytes", "free_bytes", "percent",
		"clocks.current", "kb_s", "gpu_celsius", "memory_celsius", "gpu_tlimit_celsius", "counters.",
		"latency_microseconds", "average_fps", "link_generation", "event_reasons.", "performance_state",
	} {
		if strings.Contains(path, part) && !strings.HasSuffix(path, "_max") {
			return true
		}
	}
	return false
}

// TestCorpusTextAgainstCSV compares nvidia-smi -q with the CSV that was captured
// on the same machine in the same second.
func TestCorpusTextAgainstCSV(t *testing.T) {
	tables := make(map[string][]byte)
	for _, f := range corpus.Files(t, "nvidia-smi-csv") {
		if before, _, ok := strings.Cut(f.Name, "-query-gpu-csv"); ok {
			tables[before] = f.Data
		}
	}
	pairs, compared := 0, 0
	for _, f := range corpus.Files(t, "nvidia-smi-text") {
		before, _, _ := strings.Cut(f.Name, "-query-q")
		data, ok := tables[before]
		if !ok {
			continue
		}
		pairs++
		text, err := ParseText(f.Data)
		if err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		_, csv, err := parseTable(data)
		if err != nil || len(text.GPUs) != len(csv.GPUs) {
			t.Fatalf("%s: %d GPUs in text, %d in CSV, error %v", f.Name, len(text.GPUs), len(csv.GPUs), err)
		}
		for i := range text.GPUs {
			compared += agree(t, f.Name, &text.GPUs[i], &csv.GPUs[i])
		}
	}
	t.Logf("%d captures have both; %d values agree", pairs, compared)
	if pairs == 0 || compared < 50*pairs {
		t.Errorf("only %d values compared", compared)
	}
}
