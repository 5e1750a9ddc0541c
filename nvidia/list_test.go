// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"strings"
	"testing"

	"github.com/mchus/bee/internal/corpus"
)

// In each input, the sign ‸ marks where the error is; it is removed.
func TestListErrors(t *testing.T) {
	const gpu = "GPU 0: NVIDIA H100 (UUID: GPU-1)\n"
	list := func(data []byte) error { _, err := ParseList(data); return err }
	nvlink := func(data []byte) error { _, err := ParseNVLink(data); return err }
	topo := func(data []byte) error { _, err := ParseTopo(data); return err }
	tests := []struct {
		name  string
		parse func([]byte) error
		in    string
		err   error
	}{
		{"no list", list, "‸what is this\n", ErrFormat},
		{"no driver", list, "‸NVIDIA-SMI has failed because …\n", ErrNoDriver},
		{"too many GPUs", list, strings.Repeat(gpu, maxGPUs) + "‸" + gpu, ErrLimit},
		{"too many MIG devices", list, gpu + strings.Repeat("MIG 1g Device 0: (UUID: MIG-1)\n", maxGPUs) + "‸MIG 1g Device 0: (UUID: MIG-1)\n", ErrLimit},
		{"too many links", nvlink, gpu + strings.Repeat("Link 0: <inactive>\n", maxGPUs) + "‸Link 0: <inactive>\n", ErrLimit},
		{"no links", nvlink, "‸what is this\n", ErrFormat},
		{"speed", nvlink, gpu + "\t Link 0: ‸fast\n", ErrSyntax},
		{"speed unit", nvlink, gpu + "\t Link 0: ‸26 furlongs\n", ErrUnit},
		{"no matrix", topo, "‸ERROR: Option -m is missing its value. Please run 'nvidia-smi -h' for help.\n", ErrFormat},
		{"row missing", topo, "\tGPU0\tGPU1\tCPU Affinity\nGPU0\t X \tPIX\t0-7\n‸", ErrSyntax},
		{"other row", topo, "\tGPU0\tCPU Affinity\nGPU0\t X \t0-7\n‸GPU1\t X \t0-7\n", ErrSyntax},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			checkPlace(t, tt.parse([]byte(before+after)), tt.err, before)
		})
	}
}

func TestTopology(t *testing.T) {
	topo, err := ParseTopo(fixtures(t, "topo")["topo-4gpu"])
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		from, to string
		want     Link
		nvlinks  int
	}{
		{"GPU0", "GPU3", "NV18", 18},
		{"GPU0", "NIC0", "PXB", 0},
		{"NIC0", "GPU2", "SYS", 0},
		{"GPU1", "GPU1", "X", 0},
		{"GPU0", "GPU9", "", 0},
	}
	for _, tt := range tests {
		if got := topo.Between(tt.from, tt.to); got != tt.want || got.NVLinks() != tt.nvlinks {
			t.Errorf("from %s to %s: %q with %d NVLinks, want %q with %d", tt.from, tt.to, got, got.NVLinks(), tt.want, tt.nvlinks)
		}
	}
	if d := topo.Devices[4]; d.Name != "NIC0" || d.Interface != "mlx5_0" {
		t.Errorf("device %+v, want NIC0 with interface mlx5_0", d)
	}
}

// TestCorpusLists reads the lists, links and matrices of the corpus.
func TestCorpusLists(t *testing.T) {
	known := corpus.ReadKnown(t, "testdata/known.txt")
	tally := &corpus.Tally{Tool: "nvidia-smi-lists"}
	for _, f := range corpus.Files(t, "other") {
		base := f.Name[strings.LastIndex(f.Name, "/")+1:]
		tally.Safely(t, f.Name, func() {
			var err error
			switch {
			case strings.HasPrefix(base, "nvidia-smi-L__"):
				var log *Log
				log, err = ParseList(f.Data)
				if len(log.GPUs) == 0 || len(log.Notes) > 0 {
					t.Errorf("%s: %d GPUs, notes %v", f.Name, len(log.GPUs), log.Notes)
				}
			case strings.HasSuffix(base, "nvlink-s.txt"):
				var log *Log
				log, err = ParseNVLink(f.Data)
				if len(log.GPUs) == 0 || len(log.GPUs[0].NVLinks)+len(log.Notes) == 0 {
					t.Errorf("%s: %d GPUs without links or a reason", f.Name, len(log.GPUs))
				}
			case strings.HasSuffix(base, "topo-m.txt"):
				var topo *Topology
				topo, err = ParseTopo(f.Data)
				if err == nil && (len(topo.Devices) == 0 || topo.Devices[0].Links[0] != "X") {
					t.Errorf("%s: %+v", f.Name, topo)
				}
			default:
				return
			}
			tally.Files++
			tally.Hit(1)
			tally.Explain(t, known, f.Name, err)
		})
	}
	tally.Check(t, 100)
}
