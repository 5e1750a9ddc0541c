// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/mchus/bee/inventory/report"
)

// corpusSentences say of each code that the corpus met whether it names healthy or
// sick machines.
var corpusSentences = map[string]string{
	"ata.error_log":             "sick drives: their own logs hold errors of the medium",
	"ata.offline_uncorrectable": "sick drives: they found sectors that they cannot read",
	"ata.locked":                "drives that a password locks",
	"ata.old":                   "old drives, and some whose makers count other things down to the threshold",
	"ata.pending":               "sick drives",
	"ata.prefail":               "sick drives: they say so of themselves",
	"ata.reallocated":           "drives with replaced sectors; few may go on for years",
	"ata.self_test":             "sick drives: a self-test failed",
	"ata.uncorrectable":         "drives that have lost data once",
	"ata.was_below":             "drives that were sick, or hot, once",
	"board.boot_error":          "a ProLiant whose firmware says of its boot what nothing else in its tables does",
	"cpu.cores_disabled":        "a healthy machine: its firmware's setup",
	"cpu.mixed_model":           "two processors that differ, a fault in an acceptance test",
	"drive.link_slow":           "drives at 1.5 Gb/s: old ports and bad cables",
	"fan.failed":                "fans at or below their own thresholds",
	"gpu.ecc_uncorrected":       "a sick card: 248 errors",
	"gpu.fabric_unhealthy":      "a sick machine, and the driver's own summary says so",
	"identity.no_serial":        "healthy machines: a filler, or a serial number taken out before the output was published",
	"memory.ecc_mismatch":       "healthy machines whose firmware writes a template; which of its two words is true nobody knows",
	"memory.mixed_size":         "healthy machines that were extended",
	"memory.mixed_speed":        "modules that run below their speed for the sake of others",
	"memory.slots_missing":      "healthy machines whose firmware announces more slots than it describes",
	"memory.speed":              "healthy machines: a processor, or the number of modules, sets the speed",
	"memory.table_short":        "outputs of which only a part was kept: what is missing was not judged",
	"memory.unbalanced":         "healthy machines with more memory on one side",
	"nvme.media_errors":         "sick drives",
	"nvme.read_only":            "dead drives",
	"nvme.reliability":          "worn or sick drives: they say so of themselves",
	"nvme.spare":                "worn drives without spare blocks",
	"pci.link_limited":          "cards in narrower slots, as their driver tells",
	"psu.absent":                "a healthy machine with free bays",
	"psu.not_ok":                "a ProLiant whose firmware calls its second supply critical, with no reading beside it",
	"smart.failing":             "drives that say that they fail",
	"smart.temperature":         "drives that are, or were, too hot: the machine's fault, not theirs",
	"smart.worn":                "drives at the end of their rated life; most still work",
	"volume.degraded":           "sick arrays",
	"volume.partially_degraded": "sick arrays that could lose one more drive",
	"volume.rebuilding":         "arrays that get well",
}

// corpusTable is the table of what fires over the corpus. Its counts are made by
// TestCorpusFindings of package inventory.
func corpusTable(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("testdata/corpus.tsv")
	if err != nil {
		t.Fatal(err)
	}
	folders, rows, ok := strings.Cut(string(data), "\n\n")
	if !ok {
		t.Fatal("corpus.tsv has no rows")
	}
	var b strings.Builder
	b.WriteString("\n## What fires over the corpus\n\nThe counts are made by `BEE_CORPUS=… go test ./inventory -run TestCorpusFindings -update`,\n" +
		"each output replayed as the only one of its machine: what takes two sources is not\namong them. Whether a machine was well is known by what the output itself says.\n" +
		"The drives are of a collection in which every kind of failure stands.\n\nOutputs: " + strings.ReplaceAll(folders, "\n", ", ") + ".\n\n| code | severity | outputs | names |\n|---|---|--:|---|\n")
	used := make(map[string]bool)
	for line := range strings.Lines(rows) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if len(cells) != 4 || corpusSentences[cells[0]] == "" {
			t.Errorf("no sentence for %q", line)
			continue
		}
		used[cells[0]] = true
		fmt.Fprintf(&b, "| %s | %s | %s of %s | %s |\n", cells[0], cells[1], cells[3], cells[2], corpusSentences[cells[0]])
	}
	for code := range corpusSentences {
		if !used[code] {
			t.Errorf("%s fires no longer", code)
		}
	}
	return b.String()
}

// platformNotes are what FINDINGS.md says beside the registry.
const platformNotes = `
## Where bee judges otherwise

Rules that do not speak, and why:

- Firmware that says "1 core enabled" of every processor does not know; where the
  kernel runs on more cores than firmware enables, firmware is wrong.
- A second record of one socket that is disabled is no processor.
- In a guest the hypervisor makes up modules, sockets and ports: sets and totals of
  them are not judged, nor is a link below such a port.
- A reading that the BMC calls non-critical where its sensor has no threshold is no
  trouble: one controller seen says so of every reading without limits.
- A GPU on the bus is missing if its own driver has it or counts it and does not
  describe it. Where it is not known which driver has it, or another driver does, or
  the tool's log was cut, its health is unknown.
- Of the other display controllers (class 0380) only compute cards have a health to
  read: hypervisors' displays and the second adapters of laptops are of that class too.
- A card that is kept from its user, or that waits for a reset, is not missing.
- A revision of ff is a dead device where no link can be read either, and so is a link
  register of ones. Whether the device has failed or is switched off nothing can tell,
  so that it is a warning; one that its kernel has put to sleep is not dead.
- A machine is a guest by its maker's words, or by the flag of its processor where it
  has no BMC. A guest with a UUID is told from its sisters by that.
- A threshold of 0 that every reading is past was never set.
- A fan whose place is said to be empty does not stand.
- A sensor of two states tells of trouble when asserted only if it is named after the
  trouble: "SysBrd Fault", not "Host Power".
- A card for a slot may have fewer NVLink bridges than it could: links that are
  inactive on each card of a model are of bridges that are not there.
- Memory on the package may be a cache and persistent memory a disk, so that the kernel
  may have less than they add up to, and not less than the rest.
- A machine without SMBIOS has answered: it may be well, though nobody knows its modules,
  which memory.not_described says. Where dmidecode could not be asked memory is unknown.
- Clusters of different cores in one chip are no mixed processors.
- Firmware that describes more memory slots than it announces leaves nothing out. A slot
  that it calls in use is empty on many boards, and a supply that it calls unplugged
  works on most: both are of templates. Probes of SMBIOS (types 26 to 29) are, too.
- Errors of PCI Express that software makes (a request that a device does not know or
  refuses) or a hot unplugging are for information, and advice of a device is nothing.
  Corrected errors are for information whatever their number: the specification lets a
  link of 16 GT/s and 16 lanes have one every four seconds.
- What a driver says of the most that a link can is of its card alone: without the port
  nothing is degraded.
- A multipath device that has lost paths is a warning while one is left: its data and
  its drive are well, and what is bad is a cable, a port or the other end.
- A drive's link at half the speed of a controller that speaks AHCI may be on a slower
  port of it (chipsets of 2011 have two of 6 Gb/s and four of 3), one at a quarter not.
  What a SAS drive can do itself is not known until one of its ports shows it, nor what
  a port multiplier can. Error counters of a SAS phy count each start of a drive too.
- All NVLinks of all GPUs may be down where nothing joins them; the fabric's state tells
  of a board on which something does.
- Texts in place of readings that say of a whole GPU that it needs a reset are a fault.
- A BMC none of whose sensors was read has unknown health; the verdict counts that only
  if they were asked for.
`

// platformFindings are the rules of the platform, where each must speak and
// where it must not.
func platformFindings() []findingTest {
	gpus := func(list ...report.GPU) *report.Report {
		for i := range list {
			list[i].ID = "gpu:" + string(rune('1'+i))
		}
		return &report.Report{GPUs: list}
	}
	cpus := func(k *report.Kernel, list ...report.Processor) *report.Report {
		for i := range list {
			list[i].Present, list[i].ID = true, "cpu:1"
		}
		return &report.Report{Processors: list, Summary: report.Summary{Kernel: k}}
	}
	sensor := func(s report.Sensor) *report.Report {
		s.ID, s.Name = "sensor:1", cmp.Or(s.Name, "S1")
		return &report.Report{Sensors: []report.Sensor{s}}
	}
	const gib = uint64(1) << 30
	memory := func(kernel uint64, maker string, sizes ...uint64) *report.Report {
		r := &report.Report{Memory: new(report.Memory), System: &report.System{Manufacturer: maker}, Summary: report.Summary{Kernel: &report.Kernel{MemoryBytes: kernel}}}
		for _, size := range sizes {
			r.Memory.Modules = append(r.Memory.Modules, report.MemoryModule{Present: true, SizeBytes: size})
		}
		return r
	}
	counted := func(c report.MemoryCounter) *report.Report {
		return &report.Report{Memory: &report.Memory{Counters: []report.MemoryCounter{c}, Modules: []report.MemoryModule{{ID: "dimm:A1", Slot: "A1", Present: true}}}}
	}
	module := func(kind string, speed, configured int) report.MemoryModule {
		return report.MemoryModule{ID: "dimm:1", Slot: "A", Present: true, SizeBytes: 1, Type: kind, SpeedMTs: speed, ConfiguredMTs: configured}
	}
	modules := func(list ...report.MemoryModule) *report.Report {
		return &report.Report{Memory: &report.Memory{Modules: list}}
	}
	supplies := func(states ...string) *report.Report {
		r := new(report.Report)
		for _, s := range states {
			r.PowerSupplies = append(r.PowerSupplies, report.PowerSupply{ID: "psu:1", Present: new(true), Status: s})
		}
		return r
	}
	fn := func(address, parent, class string, l *report.PCILink) report.PCIFunction {
		return report.PCIFunction{ID: "pci:" + address, Address: address, Parent: parent, Class: report.IDName{ID: class}, Link: l}
	}
	slow := &report.PCILink{CurrentGTs: 2.5, CurrentWidth: 16, MaxGTs: 16, MaxWidth: 16, Degraded: true}
	narrow := &report.PCILink{CurrentGTs: 2.5, CurrentWidth: 8, MaxGTs: 16, MaxWidth: 16, Degraded: true}
	bus := func(list ...report.PCIFunction) *report.Report { return &report.Report{PCI: list} }
	dead := fn("0000:01:00.0", "", "0200", nil)
	dead.Dead = true
	deadToo := fn("0000:01:00.1", "", "0200", nil)
	deadToo.Dead = true
	port := func(up, link *bool) *report.Report {
		return &report.Report{Network: []report.NetworkCard{{ID: "nic:1", Ports: []report.NetworkPort{{Name: "eth0", AdminUp: up, Link: link}}}}}
	}

	return []findingTest{
		{"a GPU that is missing", gpus(report.GPU{Missing: true, Fault: "GPU is lost"}), []string{"critical gpu.missing"}},
		{"a reset under the older name", gpus(report.GPU{ResetRequired: new(true)}), []string{"warning gpu.reset_required"}},
		{"a reset under both names", gpus(report.GPU{ResetRequired: new(true), RecoveryAction: "reset"}), []string{"warning gpu.recovery_action"}},
		{"no reset", gpus(report.GPU{ResetRequired: new(false), RecoveryAction: "none"}), nil},
		{"a fabric that is up", gpus(report.GPU{Fabric: &report.GPUFabric{State: "completed", Status: "success", Health: map[string]string{"bandwidth": "full", "route_unhealthy": "false", "summary": "healthy", "incorrect_configuration": "none"}}}), nil},
		{"a fabric in progress", gpus(report.GPU{Fabric: &report.GPUFabric{State: "in progress"}}), []string{"warning gpu.fabric_not_up"}},
		{"a fabric that failed", gpus(report.GPU{Fabric: &report.GPUFabric{State: "completed", Status: "invalid argument"}}), []string{"warning gpu.fabric_not_up"}},
		{"a degraded way", gpus(report.GPU{Fabric: &report.GPUFabric{State: "completed", Health: map[string]string{"bandwidth": "degraded"}}}), []string{"critical gpu.fabric_unhealthy"}},
		{"a busy GPU at its power limit", gpus(report.GPU{Throttle: []string{"sw_power_cap"}}), nil},
		{"a hot GPU", gpus(report.GPU{Throttle: []string{"hw_slowdown", "hw_thermal_slowdown"}}), []string{"warning gpu.throttled"}},
		{"links of a GPU without a bridge", gpus(report.GPU{NVLink: []report.NVLink{{}, {Link: 1}}}), nil},
		{"a link down beside others", gpus(report.GPU{NVLink: []report.NVLink{{Active: true}, {Link: 1}}}), []string{"warning gpu.nvlink_inactive"}},
		{"a link down on one of two cards", gpus(
			report.GPU{Model: "NVIDIA A100 80GB PCIe", NVLink: []report.NVLink{{Active: true}, {Active: true}, {}}},
			report.GPU{Model: "NVIDIA A100 80GB PCIe", NVLink: []report.NVLink{{Active: true}, {}, {}}},
		), []string{"warning gpu.nvlink_inactive"}},
		{"a bank without spare rows", gpus(report.GPU{RowRemap: &report.GPURowRemap{BanksWithoutSpares: new(int64(1))}}), []string{"warning gpu.no_spare_rows"}},
		{"59 retired pages", gpus(report.GPU{RetiredPages: &report.GPUPages{SBE: new(int64(50)), DBE: new(int64(9))}}), nil},
		{"60 retired pages", gpus(report.GPU{RetiredPages: &report.GPUPages{SBE: new(int64(50)), DBE: new(int64(10))}}), []string{"warning gpu.retired_pages"}},
		{"unrepairable memory", gpus(report.GPU{ECC: &report.GPUECC{Unrepairable: new(true)}}), []string{"critical gpu.unrepairable"}},
		{"a repair to come", gpus(report.GPU{ECC: &report.GPUECC{RepairPending: new(true)}}), []string{"warning gpu.repair_pending"}},
		{"another ECC mode to come", gpus(report.GPU{ECC: &report.GPUECC{Enabled: new(true), Pending: new(false)}}), []string{"info gpu.ecc_pending"}},
		{"two models with their firmware", gpus(report.GPU{Model: "A", VBIOS: "1"}, report.GPU{Model: "B", VBIOS: "2"}), nil},
		{"one model with two", gpus(report.GPU{Model: "A", VBIOS: "1"}, report.GPU{Model: "A", VBIOS: "2"}), []string{"info gpu.mixed_vbios"}},

		{"two functions of a dead card", bus(dead, deadToo), []string{"warning pci.dead"}},
		{"a switch to idle GPUs", bus(fn("0000:01:00.0", "0000:00:01.0", "0604", slow), fn("0000:02:00.0", "0000:01:00.0", "0604", nil), fn("0000:03:00.0", "0000:02:00.0", "0302", nil)), nil},
		{"a narrow way to them", bus(fn("0000:01:00.0", "0000:00:01.0", "0604", narrow), fn("0000:02:00.0", "0000:01:00.0", "0604", nil), fn("0000:03:00.0", "0000:02:00.0", "0302", nil)), []string{"warning pci.link_degraded"}},
		{"a switch to drives", bus(fn("0000:01:00.0", "0000:00:01.0", "0604", slow), fn("0000:02:00.0", "0000:01:00.0", "0604", nil), fn("0000:03:00.0", "0000:02:00.0", "0108", nil)), []string{"warning pci.link_degraded"}},
		{"an idle accelerator", bus(fn("0000:01:00.0", "0000:00:01.0", "1200", slow)), nil},

		{"two records of one socket", cpus(nil, report.Processor{Socket: "Socket 775", Enabled: new(true)}, report.Processor{Socket: "Socket 775", Enabled: new(false)}), nil},
		{"two models", cpus(nil, report.Processor{Model: "A"}, report.Processor{Model: "B"}), []string{"warning cpu.mixed_model"}},
		{"two microcodes", cpus(&report.Kernel{Microcode: []string{"0x1", "0x2"}}, report.Processor{Model: "A"}), []string{"info cpu.mixed_microcode"}},
		{"cores that are off", cpus(&report.Kernel{Cores: 12}, report.Processor{Cores: 16, CoresEnabled: 12}), []string{"info cpu.cores_disabled"}},
		{"cores that firmware says are off", cpus(&report.Kernel{Cores: 16}, report.Processor{Cores: 16, CoresEnabled: 12}), nil},
		{"firmware that says 1 of each", cpus(nil, report.Processor{Cores: 4, CoresEnabled: 1}), nil},

		{"memory as it should be", memory(251*gib, "Dell Inc.", 64*gib, 64*gib, 64*gib, 64*gib), nil},
		{"a module mapped out", memory(187*gib, "Dell Inc.", 64*gib, 64*gib, 64*gib, 64*gib), []string{"info memory.unused"}},
		{"a guest with memory set aside", memory(2*gib, "QEMU", 8*gib), nil},
		{"a guest with modules of two sizes", memory(20*gib, "QEMU", 16*gib, 4*gib), nil},
		{"small modules of a big machine", memory(502*gib, "Dell Inc.", 256*gib, 248*gib, 8*gib), []string{"info memory.mixed_size"}},
		{"firmware that knows half", memory(8*gib, "Shuttle", 2*gib, 2*gib), []string{"info memory.firmware_short"}},
		{"corrected errors", counted(report.MemoryCounter{Label: "A1", Module: "dimm:A1", Corrected: 3}), []string{"info memory.corrected"}},
		{"uncorrected errors", counted(report.MemoryCounter{Label: "mc0", Uncorrected: 1}), []string{"critical memory.uncorrected"}},
		{"memory of two kinds", modules(module("HBM2", 3200, 3200), module("DDR5", 4800, 4800)), nil},
		{"each at its own speed", modules(module("DDR4", 2667, 2667), module("DDR4", 2933, 2933)), nil},

		{"a sensor that is well", sensor(report.Sensor{Kind: "fan", Value: new(5400.0), State: "ok"}), nil},
		{"a fan that stands", sensor(report.Sensor{Kind: "fan", Value: new(0.0), Unit: "RPM", State: "lower critical", Bad: true}), []string{"warning fan.failed"}},
		{"a warm sensor", sensor(report.Sensor{Kind: "temperature", Value: new(80.0), State: "upper non-critical", Bad: true}), []string{"warning sensor.temperature"}},
		{"a hot sensor", sensor(report.Sensor{Kind: "temperature", Value: new(99.0), State: "upper critical", Bad: true}), []string{"critical sensor.temperature"}},
		{"an empty battery", sensor(report.Sensor{Kind: "voltage", Value: new(2.1), State: "lower critical", Bad: true}), []string{"warning sensor.voltage"}},
		{"an open chassis", sensor(report.Sensor{State: "General Chassis intrusion", Bad: true}), []string{"info sensor.intrusion"}},
		{"a full log", sensor(report.Sensor{State: "Log full", Bad: true}), []string{"info sel.full"}},
		{"another state", sensor(report.Sensor{State: "Drive Fault", Bad: true}), []string{"warning sensor.bad"}},
		{"a supply's own sensor, of no supply", sensor(report.Sensor{Kind: "power_supply", State: "Failure detected", Bad: true}), []string{"warning sensor.bad"}},
		{"a supply and its own sensor", &report.Report{
			PowerSupplies: []report.PowerSupply{{ID: "psu:1", Status: "failed"}},
			Sensors:       []report.Sensor{{ID: "sensor:1", Kind: "power_supply", State: "Failure detected", Bad: true}},
		}, []string{"critical psu.failed"}},
		{"supplies without redundancy", sensor(report.Sensor{Name: "PS Redundancy", Kind: "redundancy", State: "Redundancy Lost", Bad: true}), []string{"warning psu.redundancy_lost"}},
		{"fans without redundancy", sensor(report.Sensor{Name: "Fan Redundancy", Kind: "redundancy", State: "Redundancy Lost", Bad: true}), []string{"warning fan.failed"}},
		{"two supplies", supplies("ok", "ok"), nil},
		{"one of two is dead", supplies("ok", "failed"), []string{"critical psu.failed", "warning psu.redundancy_lost"}},
		{"events", &report.Report{SEL: &report.SEL{Counts: map[string]int{"power": 2}, Last: "x"}}, []string{"info sel.events"}},
		{"an error that nothing corrected", &report.Report{SEL: &report.SEL{Counts: map[string]int{"memory": 1}, Uncorrected: []string{"x"}}}, []string{"warning sel.uncorrected", "info sel.events"}},
		{"a port at 100 Mb/s", &report.Report{Network: []report.NetworkCard{{ID: "nic:1", Ports: []report.NetworkPort{{Name: "eth0", PCIAddress: "0000:01:00.0", Kind: "ethernet", Link: new(true), SpeedMbps: 100}}}}}, []string{"info nic.slow"}},
		{"no events", &report.Report{SEL: &report.SEL{Entries: 9}}, nil},

		{"a port with its link", port(new(true), new(true)), nil},
		{"a port that is off", port(new(false), nil), nil},
		{"a port without a link", port(new(true), new(false)), []string{"info nic.link_down"}},
	}
}
