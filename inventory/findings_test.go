// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each rule, where it must speak and where it must not.
func TestFindings(t *testing.T) {
	dimm := func(size uint64, speed, configured int) MemoryModule {
		return MemoryModule{ID: "dimm:A", Slot: "A", Present: true, SizeBytes: size, SpeedMTs: speed, ConfiguredMTs: configured}
	}
	memory := func(modules ...MemoryModule) *Report { return &Report{Memory: &Memory{Modules: modules}} }
	const none, gib16 = uint64(0), uint64(1) << 34
	sockets := func(processors int, slots ...any) *Report {
		r := memory()
		for i := 0; i < len(slots); i += 2 {
			size := slots[i+1].(uint64)
			r.Memory.Modules = append(r.Memory.Modules, MemoryModule{Slot: slots[i].(string), Present: size > 0, SizeBytes: size})
		}
		for range processors {
			r.Processors = append(r.Processors, Processor{Present: true})
		}
		return r
	}
	link := func(class string, l PCILink) *Report {
		return &Report{PCI: []PCIFunction{{ID: "pci:0000:01:00.0", Address: "0000:01:00.0", Class: IDName{ID: class}, Link: &l}}}
	}
	gpu := func(g GPU) *Report { g.ID = "gpu:1"; return &Report{GPUs: []GPU{g}} }
	psu := func(p PowerSupply) *Report { p.ID = "psu:1"; return &Report{PowerSupplies: []PowerSupply{p}} }
	drive := func(reasons ...Reason) *Report {
		return &Report{Storage: &Storage{Drives: []Drive{{ID: "drive:1", Smart: &Smart{Verdict: Verdict{Reasons: reasons}}}}}}
	}
	uncorrected := func(n int64) *ECCCounts { return &ECCCounts{Uncorrected: &n} }

	tests := []struct {
		name   string
		report *Report
		want   []string // severity and code
	}{
		{"nothing known", &Report{}, nil},
		{"a serial number", &Report{System: &System{Serial: "S", Sources: []string{"dmidecode"}}}, nil},
		{"no serial number", &Report{System: &System{Sources: []string{"dmidecode"}}}, []string{"info identity.no_serial"}},
		{"a serial number that only root may read", &Report{System: &System{Sources: []string{"sysfs"}}}, nil},
		{"a processor", &Report{Processors: []Processor{{Present: true, Enabled: new(true)}}}, nil},
		{"a processor of unknown state", &Report{Processors: []Processor{{Present: true}}}, nil},
		{"an empty socket", &Report{Processors: []Processor{{Enabled: new(false)}}}, nil},
		{"a disabled processor", &Report{Processors: []Processor{{Present: true, Enabled: new(true)}, {Present: true, Enabled: new(false)}}}, []string{"warning cpu.disabled"}},
		{"a disabled processor and no other", &Report{Processors: []Processor{{Present: true, Enabled: new(false)}}}, nil},
		{"VMware's", &Report{System: &System{Manufacturer: "VMware, Inc.", Serial: "S"}, Processors: []Processor{{Present: true}, {Present: true, Enabled: new(false)}}}, nil},
		{"equal modules", memory(dimm(1<<34, 4800, 4800), dimm(1<<34, 4800, 4800), MemoryModule{}), nil},
		{"modules of unknown speed", memory(dimm(1<<34, 0, 0), dimm(1<<34, 4800, 0)), nil},
		{"a slow module", memory(dimm(1<<34, 4800, 4400)), []string{"info memory.speed"}},
		{"slow modules", memory(dimm(1<<34, 4800, 4400), dimm(1<<34, 4800, 4400), dimm(1<<34, 4800, 4800)), []string{"info memory.speed"}},
		{"modules of two sizes", memory(dimm(1<<34, 4800, 4800), dimm(1<<35, 4800, 4800)), []string{"info memory.mixed_size"}},
		{"modules of two speeds", memory(dimm(1<<34, 4800, 4800), dimm(1<<34, 5600, 4800)), []string{"warning memory.mixed_speed", "info memory.speed"}},
		{"processors with as much memory", sockets(2, "P0_A1", gib16, "P1_A1", gib16), nil},
		{"a processor with less memory", sockets(2, "P0_A1", gib16, "P0_B1", gib16, "P1_A1", gib16, "P1_B1", none), []string{"info memory.unbalanced"}},
		{"a processor without memory", sockets(2, "CPU1_DIMM_A1", gib16, "CPU2_DIMM_A1", none), []string{"info memory.unbalanced"}},
		{"memory slots of a processor that is not there", sockets(1, "PROC 1 DIMM 1", gib16, "PROC 2 DIMM 1", none), nil},
		{"slots that do not tell", sockets(2, "P0_A1", gib16, "B1", 2*gib16), []string{"info memory.mixed_size"}},
		{"a drive that is well", drive(), nil},
		{"a drive with a remark", drive(Reason{Code: "smart.command_failed", Severity: OK}), nil},
		{"a failing drive", drive(Reason{Code: "smart.failing", Severity: Critical}), []string{"critical smart.failing"}},
		{"a full link", link("0108", PCILink{CurrentGTs: 16, CurrentWidth: 4, MaxGTs: 16, MaxWidth: 4}), nil},
		{"a slow link", link("0108", PCILink{CurrentGTs: 8, CurrentWidth: 4, MaxGTs: 16, MaxWidth: 4, Degraded: true}), []string{"warning pci.link_degraded"}},
		{"a slot that is too slow", link("0108", PCILink{CurrentGTs: 8, CurrentWidth: 4, MaxGTs: 16, MaxWidth: 4, LimitedBy: "0000:00:01.0"}), []string{"info pci.link_limited"}},
		{"a link without lanes", link("0200", PCILink{MaxGTs: 16, MaxWidth: 4, Degraded: true}), nil},
		{"an idle GPU", link("0302", PCILink{CurrentGTs: 2.5, CurrentWidth: 16, MaxGTs: 32, MaxWidth: 16, Degraded: true}), nil},
		{"a GPU on half its lanes", link("0302", PCILink{CurrentGTs: 2.5, CurrentWidth: 8, MaxGTs: 32, MaxWidth: 16, Degraded: true}), []string{"warning pci.link_degraded"}},
		{"a GPU that is well", gpu(GPU{RecoveryAction: "none", ECC: &GPUECC{Volatile: uncorrected(0), Aggregate: uncorrected(0)}, RowRemap: &GPURowRemap{Pending: new(false), Failure: new(false)}}), nil},
		{"a GPU that is lost", gpu(GPU{Fault: "GPU is lost"}), []string{"critical gpu.fault"}},
		{"a GPU that needs a reset", gpu(GPU{RecoveryAction: "reset"}), []string{"warning gpu.recovery_action"}},
		{"a row to replace", gpu(GPU{RowRemap: &GPURowRemap{Pending: new(true)}}), []string{"warning gpu.row_remap_pending"}},
		{"a row that could not be replaced", gpu(GPU{RowRemap: &GPURowRemap{Failure: new(true)}}), []string{"critical gpu.row_remap_failure"}},
		{"pages to retire", gpu(GPU{RetiredPages: &GPUPages{Pending: new(true)}}), []string{"warning gpu.retirement_pending"}},
		{"uncorrected errors today", gpu(GPU{ECC: &GPUECC{Volatile: uncorrected(1), Aggregate: uncorrected(5)}}), []string{"critical gpu.ecc_uncorrected"}},
		{"uncorrected errors once", gpu(GPU{ECC: &GPUECC{Volatile: uncorrected(0), Aggregate: uncorrected(5)}}), []string{"warning gpu.ecc_uncorrected"}},
		{"too many of them", gpu(GPU{ECC: &GPUECC{SRAMThresholdExceeded: new(true)}}), []string{"critical gpu.sram_threshold"}},
		{"a supply that is well", psu(PowerSupply{Present: true, Status: OK}), nil},
		{"a supply of unknown state", psu(PowerSupply{Present: true}), nil},
		{"an empty bay", &Report{PowerSupplies: []PowerSupply{{Present: true}, {ID: "psu:2"}}}, []string{"info psu.absent"}},
		{"empty bays only, as firmware without a clue has them", psu(PowerSupply{}), nil},
		{"a failed supply", psu(PowerSupply{Present: true, Status: "failed"}), []string{"critical psu.failed"}},
		{"a supply without mains", psu(PowerSupply{Present: true, Status: "input_lost"}), []string{"warning psu.input_lost"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range findings(tt.report) {
				got = append(got, f.Severity+" "+f.Code)
				if f.Text == "" || f.Component == "" && !slices.Contains([]string{"cpu.disabled"}, f.Code) {
					t.Errorf("a finding without text or component: %+v", f)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSummaryIsTheWorstFinding(t *testing.T) {
	tests := []struct {
		severities []string
		want       string
	}{
		{nil, OK},
		{[]string{Info}, OK},
		{[]string{Info, Warning}, Warning},
		{[]string{Warning, Critical, Info}, Critical},
	}
	for _, tt := range tests {
		r := &Report{System: new(System)}
		for _, s := range tt.severities {
			r.Findings = append(r.Findings, Finding{Severity: s})
		}
		if got := summarize(r).Health; got != tt.want {
			t.Errorf("%v: %s, want %s", tt.severities, got, tt.want)
		}
	}
	if got := summarize(&Report{}).Health; got != Unknown {
		t.Errorf("an empty report is %s, want unknown", got)
	}
}

func TestCompareNames(t *testing.T) {
	names := []string{"", "sdaa", "nvme10n1", "sr0", "sdb", "nvme2n1", "nvme2n10", "sda", "vda", "nvme2n2"}
	slices.SortFunc(names, compareNames)
	want := []string{"nvme2n1", "nvme2n10", "nvme2n2", "nvme10n1", "sda", "sdb", "sdaa", "sr0", "vda", ""}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestIsPCIAddress(t *testing.T) {
	for s, want := range map[string]bool{
		"0000:3b:00.0": true, "10000:e1:00.0": true, "3b:00.0": false, "0000:3b:00": false,
		"0000:3g:00.0": false, "pci0000:00": false, "": false, "0000:3b:00x0": false,
	} {
		if got := isPCIAddress(s); got != want {
			t.Errorf("isPCIAddress(%q) = %v", s, got)
		}
	}
}

func TestCPUSocket(t *testing.T) {
	for name, want := range map[string]string{
		"DIMM_P0_A1": "0", "P1-DIMMA1": "1", "CPU2_DIMM_A1": "2", "PROC 1 DIMM 12": "1", "CPU0_C0D0": "0",
		"/SYS/MB/P1/D0": "1", "SOCKET 0 CHANNEL 1 DIMM 0": "0", "P0_Node0_Channel0_Dimm0": "0", "CPU 1": "1",
		"": "", "DIMM 0": "", "A1": "", "ChannelA-DIMM0": "", "PCH 0": "", "CPU": "", "NODE 1": "", "DIMMP0": "", "P_A1": "",
	} {
		if got := cpuSocket(name); got != want {
			t.Errorf("cpuSocket(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestMemorySpeedText(t *testing.T) {
	dimm := func(slot string, configured int) MemoryModule {
		return MemoryModule{ID: "dimm:" + slot, Slot: slot, Present: true, SpeedMTs: 3200, ConfiguredMTs: configured}
	}
	for _, tt := range []struct {
		modules         []MemoryModule
		component, text string
	}{
		{[]MemoryModule{dimm("A", 2666), dimm("B", 3200)}, "dimm:A", "Memory module A runs at 2666 MT/s and could run at 3200 MT/s."},
		{[]MemoryModule{dimm("A", 2666), dimm("B", 3200), dimm("C", 2666)}, "memory", "Memory modules A, C run at 2666 MT/s and could run at 3200 MT/s."},
		{[]MemoryModule{dimm("A", 2666), dimm("B", 2666), {Slot: "C"}}, "memory", "All 2 memory modules run at 2666 MT/s and could run at 3200 MT/s."},
	} {
		list := judgeMemorySpeed(tt.modules)
		if len(list) != 1 || list[0].Component != tt.component || list[0].Text != tt.text {
			t.Errorf("%+v, want %s: %s", list, tt.component, tt.text)
		}
	}
}
