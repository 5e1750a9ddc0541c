// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/corpus"
	"github.com/mchus/bee/internal/golden"
	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/report"
)

// corpusFolders are the tools of which one output alone makes a machine.
var corpusFolders = []struct{ folder, command string }{
	{"dmidecode", "dmidecode"}, {"ipmitool-fru", "ipmitool fru print"}, {"ipmitool-sdr", "ipmitool sdr elist all"},
	{"ipmitool-sel", "ipmitool sel elist"}, {"ipmitool-mc", "ipmitool mc info"}, {"ipmitool-lan", "ipmitool lan print"},
	{"nvidia-smi-xml", "nvidia-smi -q -x"}, {"lspci-vmm", "lspci -vmmnnkD"}, {"lsblk", lsblkCommand}, {"mdstat", ""},
	{"smartctl-json", "smartctl -x -j -d auto /dev/sda"}, {"smartctl-text", "smartctl -x -d auto /dev/sda"},
}

// corpusHost is a machine of which one tool said one thing.
func corpusHost(folder, command string, data []byte) *fake {
	h := &fake{
		tools: map[string]string{command: string(data)}, exits: make(map[string]int),
		files: map[string]string{"dev/ipmi0": "!", "proc/driver/nvidia/version": ""},
	}
	switch folder {
	case "smartctl-json":
		h.tools["smartctl --scan-open -j"] = scanJSON([2]string{"/dev/sda", "auto"})
	case "smartctl-text": // before 7.0
		h.tools["smartctl --scan-open -j"], h.exits["smartctl --scan-open -j"] = "=======> UNRECOGNIZED OPTION: j\n", 1
		h.tools["smartctl --scan-open"] = "/dev/sda -d auto # /dev/sda, ATA device\n"
	case "mdstat":
		h.files["proc/mdstat"] = string(data)
	}
	return h
}

// TestCorpusFindings judges real machines by what one tool said of each, and
// counts what fires: a rule that fires often is more likely wrong than right.
// With -update the counts are written to where FINDINGS.md is made of them.
func TestCorpusFindings(t *testing.T) {
	var table, total strings.Builder
	for _, c := range corpusFolders {
		files := corpus.Files(t, c.folder)
		fmt.Fprintf(&total, "%d of %s\n", len(files), c.folder)
		fired := make(map[string][]string) // files by code and severity
		for _, f := range files {
			r := inventory.Audit(t.Context(), corpusHost(c.folder, c.command, f.Data), inventory.Options{})
			seen := make(map[string]bool)
			for _, finding := range r.Findings {
				if code := finding.Code + "\t" + finding.Severity; !seen[code] {
					seen[code] = true
					fired[code] = append(fired[code], f.Name+": "+finding.Text)
				}
			}
			if _, err := r.JSON(); err != nil {
				t.Errorf("%s: %v", f.Name, err)
			}
		}
		for _, code := range slices.Sorted(maps.Keys(fired)) {
			fmt.Fprintf(&table, "%s\t%s\t%d\n", code, c.folder, len(fired[code]))
			t.Logf("%s: %d of %d %s, such as %s", code, len(fired[code]), len(files), c.folder, fired[code][0])
		}
	}
	golden.Bytes(t, "judge/testdata/corpus.tsv", []byte(total.String()+"\n"+table.String()))
}

// TestCorpusAlone: what one tool said, and nothing else, is never "ok": the
// report names what nobody asked.
func TestCorpusAlone(t *testing.T) {
	total := 0
	for folder, command := range map[string]string{
		"dmidecode": "dmidecode", "nvidia-smi-xml": "nvidia-smi -q -x", "ipmitool-fru": "ipmitool fru print",
		"ipmitool-sdr": "ipmitool sdr elist all", "lspci-vmm": "lspci -vmmnnkD", "lsblk": lsblkCommand,
		"smartctl-json": "smartctl -x -j -d auto /dev/sda",
	} {
		for _, f := range corpus.Files(t, folder) {
			h := &fake{
				tools: map[string]string{command: string(f.Data)},
				files: map[string]string{"dev/ipmi0": "!", "proc/driver/nvidia/version": ""},
			}
			if folder == "smartctl-json" {
				h.tools["smartctl --scan-open -j"] = scanJSON([2]string{"/dev/sda", "auto"})
			}
			r := inventory.Audit(t.Context(), h, inventory.Options{})
			if r.Summary.Health == report.OK || len(*r.Summary.Unjudged) == 0 {
				t.Errorf("%s: %s, unjudged %v", f.Name, r.Summary.Health, *r.Summary.Unjudged)
			}
			total++
		}
	}
	t.Logf("%d outputs, each as the only one there is: none is ok", total)
}
