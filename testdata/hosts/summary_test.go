// SPDX-License-Identifier: Apache-2.0

package hosts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/corpus"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/render"
	"github.com/mchus/bee/inventory/report"
)

// TestSummaryKeepsIdentity: on 80 columns what identifies a component stands
// whole, on one line, and no label stands alone.
func TestSummaryKeepsIdentity(t *testing.T) {
	paths := names(t)
	cases, err := filepath.Glob("../field/*/host.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range cases {
		paths = append(paths, filepath.Dir(path))
	}
	for _, path := range paths {
		checkSummary(t, path, replay(t, captured(t, path)))
	}
	if os.Getenv("BEE_CORPUS") == "" {
		return
	}
	for _, f := range corpus.Files(t, "dmidecode") {
		checkSummary(t, f.Name, replay(t, host.Capture{
			"host.json":      []byte(`{"schema":"bee.capture/1","times":["2026-01-15T12:00:00Z"]}`),
			"commands.jsonl": []byte(`{"argv":["dmidecode"],"stdout":"dmidecode.stdout"}`), "dmidecode.stdout": f.Data,
		}))
	}
}

func checkSummary(t *testing.T, name string, r *report.Report) {
	t.Helper()
	text := string(render.AppendText(nil, r, render.TextOptions{}))
	for line := range strings.Lines(text) {
		if len([]rune(strings.TrimSuffix(line, "\n"))) > 80 || strings.TrimSpace(line[min(len(line), 10):]) == "" {
			t.Errorf("%s: %q", name, line)
		}
	}
	whole := func(id string) {
		if id = strings.Join(strings.Fields(id), " "); id != "" && len(id) < 60 && !strings.Contains(strings.Join(strings.Fields(text), " "), id) {
			t.Errorf("%s: %q does not stand whole in\n%s", name, id, text)
		}
	}
	if r.System != nil {
		whole(r.System.Serial)
		whole(r.System.UUID)
	}
	if r.BMC != nil {
		whole(r.BMC.MAC)
	}
	if r.Memory != nil {
		for _, m := range r.Memory.Modules {
			whole(m.Serial)
			whole(m.PartNumber)
		}
	}
	if r.Storage != nil {
		for _, d := range r.Storage.Drives {
			whole(d.Serial)
			whole(d.Model)
		}
	}
	for _, card := range r.Network {
		for _, port := range card.Ports {
			whole(port.PermanentMAC)
		}
	}
	for _, g := range r.GPUs {
		whole(g.Serial)
		whole(g.PCIAddress)
	}
	for _, p := range r.PowerSupplies {
		whole(p.Serial)
	}
}
