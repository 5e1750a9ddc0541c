// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/mchus/bee/internal/corpus"
	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/report"
)

// TestCorpusFindings judges real machines by what one tool said of each, and
// lists what fires: a rule that fires often is more likely wrong than right.
func TestCorpusFindings(t *testing.T) {
	for folder, command := range map[string]string{
		"dmidecode": "dmidecode", "nvidia-smi-xml": "nvidia-smi -q -x", "ipmitool-fru": "ipmitool fru print",
	} {
		t.Run(folder, func(t *testing.T) {
			files := corpus.Files(t, folder)
			fired := make(map[string][]string) // files by severity and code
			for _, f := range files {
				h := &fake{
					tools: map[string]string{command: string(f.Data)},
					files: map[string]string{"dev/ipmi0": "!", "proc/driver/nvidia/version": ""},
				}
				r := inventory.Audit(t.Context(), h, inventory.Options{})
				seen := make(map[string]bool)
				for _, finding := range r.Findings {
					if code := finding.Severity + " " + finding.Code; !seen[code] {
						seen[code] = true
						fired[code] = append(fired[code], f.Name+": "+finding.Text)
					}
				}
				if _, err := r.JSON(); err != nil {
					t.Errorf("%s: %v", f.Name, err)
				}
			}
			for _, code := range slices.Sorted(maps.Keys(fired)) {
				t.Logf("%s: %d of %d files, such as %s", code, len(fired[code]), len(files), fired[code][0])
			}
		})
	}
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
