// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"bytes"
	"context"
	"fmt"
	"slices"

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
	said, _ := nvidia.ParseMessages(got.out.Stderr)
	if !wholeLog(got.out.Stdout) {
		log.AttachedGPUs = nil // what was cut off is not missing
	}
	if slices.ContainsFunc(log.GPUs, hasNamelessMIG) {
		if named := askMore(ctx, a, nvidia.ParseList, "nvidia-smi", "-L"); named != nil {
			log.AddList(named)
		}
	}
	list := gpusFromNVIDIA(log, append(log.Notes, said.Notes...), append(log.Unreadable, said.Unreadable...))
	doubtSurplus(list, log)
	if n := len(log.GPUs); n > 0 && endsInGPU(got.out.Stdout) {
		list[n-1].Unread = "nvidia-smi's answer ends in it"
	}
	if len(list) > 1 {
		if links := askMore(ctx, a, nvidia.ParseNVLink, "nvidia-smi", "nvlink", "-s"); links != nil {
			addNVLinks(list, links)
		}
	}
	assignIDs("gpu", list,
		func(g *report.GPU) []string { return []string{g.UUID, g.Serial, g.PCIAddress} },
		func(g *report.GPU, id string) { g.ID = id })
	return list, got.err
}

// doubtSurplus takes no word for the GPUs of a log that describes more of them
// than the driver counts. The name of a process is not escaped and can write one
// more, but not before its own GPU.
func doubtSurplus(list []report.GPU, log *nvidia.Log) {
	if log.AttachedGPUs == nil || int64(len(log.GPUs)) <= *log.AttachedGPUs {
		return
	}
	first := slices.IndexFunc(log.GPUs, func(g nvidia.GPU) bool { return len(g.Processes) > 0 })
	for i := first + 1; i < len(log.GPUs); i++ {
		list[i].Unread = fmt.Sprintf("nvidia-smi describes %d GPUs where its driver counts %d", len(log.GPUs), *log.AttachedGPUs)
	}
}

// askMore asks what an audit can do without. That a tool has no such answer, or
// that a capture is of an audit that did not ask, is not held against the tool;
// that it hung is.
func askMore[T any](ctx context.Context, a *asker, parse func([]byte) (*T, error), name string, args ...string) *T {
	got := a.run(ctx, func(data []byte) (any, error) { return parse(data) }, name, args...)
	value, _ := got.value.(*T)
	if got.err != nil && got.state != report.StatusTimeout && got.state != report.StatusNotRun {
		a.forget(got)
	}
	return value
}

// askNew asks what older audits did not: only that a capture lacks the answer is
// not held against the tool.
func askNew[T any](ctx context.Context, a *asker, parse func([]byte) (*T, error), name string, args ...string) (*T, error) {
	got := a.run(ctx, func(data []byte) (any, error) { return parse(data) }, name, args...)
	value, _ := got.value.(*T)
	if got.state == report.StatusAbsent {
		a.forget(got)
		return nil, nil
	}
	return value, got.err
}

// forget takes answers out of the account of the collector: questions that a
// capture does not hold, or other names of a tool that is there under one.
func (a *asker) forget(list ...*answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, got := range list {
		a.counts[got] = false
	}
}

func parseNVIDIA(data []byte) (any, error) { return nvidia.Parse(data) }

// endsInGPU tells that a document was cut within a GPU: of what its element
// would have said, nobody knows what is wrong.
func endsInGPU(stdout []byte) bool {
	return bytes.LastIndex(stdout, []byte("<gpu ")) > bytes.LastIndex(stdout, []byte("</gpu>"))
}

// wholeLog tells that nvidia-smi came to the end of its log. Unlike [endsXML] it
// takes no text for one: what is said there in place of a log counts no GPUs.
func wholeLog(stdout []byte) bool { return bytes.Contains(stdout, []byte("</nvidia_smi_log>")) }
