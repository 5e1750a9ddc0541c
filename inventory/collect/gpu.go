// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"context"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/nvidia"

	"github.com/mchus/bee/inventory/report"
)

// nvidiaLoaded are the signs that NVIDIA's driver is there to be asked.
var nvidiaLoaded = []string{"proc/driver/nvidia/version", "sys/module/nvidia", "dev/nvidiactl"}

// GPUs reads the GPUs from nvidia-smi, which is asked only where its driver is
// loaded. Those that are on the bus and that nobody read are for Reconcile.
func GPUs(ctx context.Context, h host.Host) ([]report.GPU, error) {
	a := askerOf(h)
	loaded := false
	for _, name := range nvidiaLoaded {
		loaded = loaded || exists(a.FS(), name)
	}
	if !loaded {
		a.note("nvidia-smi", report.StatusIdle, "no NVIDIA driver is loaded")
		return nil, nil
	}
	got := a.run(ctx, parseNVIDIA, "nvidia-smi", "-q", "-x")
	log, _ := got.value.(*nvidia.Log)
	if log == nil {
		if got.state == report.StatusAbsent {
			return nil, nil
		}
		return nil, got.err
	}
	said, _ := nvidia.Parse(got.out.Stderr) // for the notes alone
	list := gpusFromNVIDIA(log, append(log.Notes, said.Notes...))
	assignIDs("gpu", list,
		func(g *report.GPU) []string { return []string{g.UUID, g.Serial, g.PCIAddress} },
		func(g *report.GPU, id string) { g.ID = id })
	return list, got.err
}

func parseNVIDIA(data []byte) (any, error) { return nvidia.Parse(data) }
