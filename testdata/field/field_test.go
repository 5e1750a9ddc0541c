// SPDX-License-Identifier: Apache-2.0

// Package field replays small machines with one fault each, as people meet
// them, and says what an audit must make of each.
package field

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

// A want is what a report must say. Zero fields ask nothing.
type want struct {
	health   string
	findings []string                  // severity and code, all of those that begin with one of parts
	parts    string                    // the parts of which findings are listed, by their first words
	says     string                    // a finding or an unjudged part has these words
	other    func(*report.Report) bool // what else must hold
}

func count(n *int) int {
	if n == nil {
		return -1
	}
	return *n
}

func function(r *report.Report, address string) *report.PCIFunction {
	for i := range r.PCI {
		if r.PCI[i].Address == address {
			return &r.PCI[i]
		}
	}
	return new(report.PCIFunction)
}

var cases = map[string]want{
	"gpu-no-devices":     {health: "unknown", parts: "gpu", says: "98:00.0"}, // which driver has it is not in the capture
	"gpu-seven-of-eight": {health: "critical", parts: "gpu", findings: []string{"critical gpu.missing"}, says: "df:00.0", other: func(r *report.Report) bool { return count(r.Summary.Counts.GPU) == 8 }},
	"gpu-no-address": {health: "critical", parts: "gpu", findings: []string{"critical gpu.missing"}, says: "61:00.0", other: func(r *report.Report) bool {
		return count(r.Summary.Counts.GPU) == 8 && slices.ContainsFunc(r.GPUs, func(g report.GPU) bool {
			return g.Missing && g.PCIAddress == "0000:61:00.0" && g.Index != nil && *g.Index == 3 && g.Model != ""
		})
	}},
	"gpu-reset-required": {parts: "gpu", findings: []string{"warning gpu.reset_required"}},
	"gpu-no-driver":      {health: "unknown", parts: "gpu", says: "driver", other: func(r *report.Report) bool { return count(r.Summary.Counts.GPU) == 8 }},
	"gpu-truncated-serial": {other: func(r *report.Report) bool {
		return len(r.GPUs) == 2 && r.GPUs[0].Serial == "1653024000000" && r.GPUs[1].Serial == "" && r.Summary.Health != "ok"
	}},
	"gpu-process-name-forges-serial": {parts: "gpu", other: func(r *report.Report) bool { return r.GPUs[0].Serial == "1653024000000" }},
	"gpu-process-name-hides-gpus":    {parts: "gpu", other: func(r *report.Report) bool { return len(r.GPUs) == 2 }},
	"gpu-leaf-error-is-fault": {parts: "gpu", other: func(r *report.Report) bool {
		return len(r.GPUs) == 1 && len(r.GPUs[0].BadReadings) == 1 && r.GPUs[0].Fault == ""
	}},
	"gpu-mismatch-as-no-driver": {health: "unknown", parts: "gpu", says: "version mismatch"},
	"gpu-fabric":                {health: "critical", parts: "gpu", findings: []string{"critical gpu.fabric_unhealthy", "warning gpu.fabric_not_up"}},
	"gpu-unrepairable":          {health: "critical", parts: "gpu", findings: []string{"critical gpu.unrepairable", "warning gpu.repair_pending", "warning gpu.repair_pending", "info gpu.ecc_pending"}},
	"gpu-mig-anonymous": {parts: "gpu", other: func(r *report.Report) bool {
		for _, d := range r.GPUs[0].MIG.Devices {
			if d.GPUInstance == nil || d.ComputeInstance == nil || d.SMCount == 0 {
				return false
			}
		}
		return len(r.GPUs[0].MIG.Devices) > 0
	}},
	"gpu-throttled": {health: "warning", parts: "gpu", findings: []string{"warning gpu.throttled"}, says: "hw_power_brake"},

	"accelerator-class-1200": {parts: "pci", other: func(r *report.Report) bool { return len(r.PCI) == 2 }},
	"pci-gpu-audio-idle":     {parts: "pci", other: func(r *report.Report) bool { return len(r.PCI) > 2 }},
	"kvm-root-port-text":     {parts: "pci", other: func(r *report.Report) bool { return len(r.PCI) == 4 }},
	"pci-switch-uplink-x4":   {parts: "pci", findings: []string{"warning pci.link_degraded"}, says: "16:00.0"},
	"pci-nic-x8slot-rp16":    {parts: "pci", findings: []string{"info pci.link_limited"}, says: "has 8 lanes", other: func(r *report.Report) bool { return count(r.Summary.Counts.NIC) == 1 }},
	"pci-nic-x8slot-rp8":     {parts: "pci", findings: []string{"info pci.link_limited"}},
	"link-text":              {parts: "pci", findings: []string{"warning pci.link_degraded"}, says: "could run at 16 GT/s x8"},
	"dead-device":            {parts: "pci", findings: []string{"warning pci.dead"}, says: "3b:00.0"},
	"slot-rootport": {parts: "pci", other: func(r *report.Report) bool {
		return function(r, "0000:02:00.0").Slot == "J6B1" && function(r, "0000:01:00.0").Slot == "PCIEX16_1" && function(r, "0000:00:01.0").Slot == ""
	}},
	"slot-switch": {parts: "pci", other: func(r *report.Report) bool { return function(r, "0000:3d:00.0").Slot == "SLOT4" }},
	"sriov-vfs-are-nics": {parts: "nic", other: func(r *report.Report) bool {
		return count(r.Summary.Counts.NIC) == 1 && len(r.Network[0].Ports) == 1 && r.Network[0].VirtualFunctions == 8
	}},
	"nic-psid-dell": {parts: "nic", other: func(r *report.Report) bool {
		return r.Network[0].PSID == "DEL0000000027" && r.Network[0].Firmware == "22.31.1014"
	}},

	"bmc-first-channel-only": {other: func(r *report.Report) bool {
		return r.BMC.IP == "10.1.2.3" && r.BMC.MAC == "00:1e:67:00:00:58" && len(r.BMC.Channels) == 2
	}},
	"supermicro-fru-serial": {parts: "identity", other: func(r *report.Report) bool {
		id := r.Host.MachineID
		return id.Value == "A263190X8A0ZZZZ" && id.Source == "fru.product.serial" && r.System.Serial == id.Value && r.System.SKU == "SYS-2029BT-HNR" &&
			slices.Contains(r.Host.Also, report.Identity{Value: "ZM187S00ZZZZ", Source: "board"})
	}},
	"psu-filler39":      {parts: "psu", other: func(r *report.Report) bool { return len(r.PowerSupplies) == 2 }},
	"psu-filler39-only": {parts: "psu", other: func(r *report.Report) bool { return len(r.PowerSupplies) == 0 }},
	"hpe-dl380-gen10":   {parts: "psu", other: func(r *report.Report) bool { return len(r.PowerSupplies) == 2 }},
	"quanta-4bay":       {parts: "psu", other: func(r *report.Report) bool { return len(r.PowerSupplies) == 4 }},

	"mem-mapped-out": {parts: "memory", findings: []string{"info memory.unused"}, says: "kernel can use"},
	"mem-lpddr5-serial": {parts: "memory", findings: []string{"info memory.speed"}, other: func(r *report.Report) bool {
		return r.Memory.SlotsUsed == 8 && r.Memory.Modules[0].Serial == ""
	}},
	"hbm":                  {parts: "memory.mixed_speed"},
	"vmware-disabled-cpus": {parts: "cpu", other: func(r *report.Report) bool { return count(r.Summary.Counts.CPU) == 1 }},
	"cpu-model-cut":        {parts: "cpu", findings: []string{"warning cpu.mixed_model"}},
}

func TestCases(t *testing.T) {
	for name, w := range cases {
		t.Run(name, func(t *testing.T) {
			h, err := host.Replay(os.DirFS(name))
			if err != nil {
				t.Fatal(err)
			}
			r := inventory.Audit(t.Context(), h, inventory.Options{Tool: report.Tool{Name: "audit"}})
			if w.health != "" && r.Summary.Health != w.health {
				t.Errorf("health %s, want %s", r.Summary.Health, w.health)
			}
			var got, said []string
			for _, f := range r.Findings {
				said = append(said, f.Text)
				if w.parts != "" && strings.HasPrefix(f.Code, w.parts) {
					got = append(got, f.Severity+" "+f.Code)
				}
			}
			if w.parts != "" && !slices.Equal(got, w.findings) {
				t.Errorf("findings %q, want %q: %q", got, w.findings, said)
			}
			for _, u := range *r.Summary.Unjudged {
				said = append(said, u.Why)
			}
			if !strings.Contains(strings.Join(said, "\n"), w.says) {
				t.Errorf("%q does not say %q", said, w.says)
			}
			if w.other != nil && !w.other(r) {
				document, _ := r.JSON()
				t.Errorf("not so:\n%s", document)
			}
		})
	}
}

// Each folder is a case, and each case a folder.
func TestFolders(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, ok := cases[e.Name()]; e.IsDir() && !ok {
			t.Errorf("%s is no case", e.Name())
		}
	}
}
