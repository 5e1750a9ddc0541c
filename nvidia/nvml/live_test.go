// SPDX-License-Identifier: Apache-2.0

//go:build nvml

package nvml

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/mchus/bee/nvidia"
)

// TestLiveAgainstNVIDIASMI compares what NVML says of this machine's GPUs with
// what nvidia-smi prints in the same minute. It needs a GPU.
func TestLiveAgainstNVIDIASMI(t *testing.T) {
	got, err := Live()
	if errors.Is(err, nvidia.ErrNoDriver) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("nvidia-smi", "-q", "-x").Output()
	if err != nil {
		t.Fatal(err)
	}
	want, err := nvidia.Parse(out)
	if err != nil {
		t.Fatal(err)
	}
	if got.Driver != want.Driver || got.CUDA != want.CUDA || len(got.GPUs) != len(want.GPUs) {
		t.Fatalf("NVML has driver %s, CUDA %s, %d GPUs; nvidia-smi has %s, %s, %d",
			got.Driver, got.CUDA, len(got.GPUs), want.Driver, want.CUDA, len(want.GPUs))
	}
	for i := range want.GPUs {
		compareLive(t, &want.GPUs[i], &got.GPUs[i])
	}
}

// compareLive compares the readings that both have and that do not change from
// one moment to the next.
func compareLive(t *testing.T, smi, lib *nvidia.GPU) {
	t.Helper()
	left, right := flat(t, smi), flat(t, lib)
	compared := 0
	for path, v := range left {
		w, ok := right[path]
		if !ok || changes(path) {
			continue
		}
		compared++
		if v != w {
			t.Errorf("GPU %s: %s is %s in nvidia-smi and %s in NVML", smi.ID, path, v, w)
		}
	}
	t.Logf("GPU %s: %d readings compared", smi.ID, compared)
	if compared < 20 {
		t.Errorf("GPU %s: only %d readings compared", smi.ID, compared)
	}
}

// changes says whether a reading may differ between two moments. Memory is
// printed in whole MiB, which its total need not be.
func changes(path string) bool {
	for _, part := range []string{
		"draw_", "average_", "instant_", "_bytes", "percent", "clocks.current", "kb_s", "link_generation",
		"gpu_celsius", "memory_celsius", "gpu_tlimit", "event_reasons", "performance_state", "processes", "encoder", "fbc",
	} {
		if strings.Contains(path, part) && !strings.HasSuffix(path, "_max") {
			return true
		}
	}
	return false
}

// flat writes the JSON of a GPU as paths and values.
func flat(t *testing.T, g *nvidia.GPU) map[string]string {
	t.Helper()
	out, err := json.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(out, &tree); err != nil {
		t.Fatal(err)
	}
	paths := make(map[string]string)
	var walk func(path string, tree any)
	walk = func(path string, tree any) {
		switch tree := tree.(type) {
		case map[string]any:
			for key, v := range tree {
				walk(path+"."+key, v)
			}
		case []any:
			for i, v := range tree {
				walk(fmt.Sprintf("%s[%d]", path, i), v)
			}
		default:
			paths[path] = fmt.Sprint(tree)
		}
	}
	walk("", tree)
	return paths
}
