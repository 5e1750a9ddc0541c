// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"github.com/mchus/bee/inventory/report"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

type findingTest struct {
	name   string
	report *report.Report
	want   []string // severity and code
}

// Each rule, where it must speak and where it must not.
func TestFindings(t *testing.T) {
	dimm := func(size uint64, speed, configured int) report.MemoryModule {
		return report.MemoryModule{ID: "dimm:A", Slot: "A", Present: true, SizeBytes: size, SpeedMTs: speed, ConfiguredMTs: configured}
	}
	memory := func(modules ...report.MemoryModule) *report.Report {
		return &report.Report{Memory: &report.Memory{Modules: modules}}
	}
	const none, gib16 = uint64(0), uint64(1) << 34
	sockets := func(processors int, slots ...any) *report.Report {
		r := memory()
		for i := 0; i < len(slots); i += 2 {
			size := slots[i+1].(uint64)
			r.Memory.Modules = append(r.Memory.Modules, report.MemoryModule{Slot: slots[i].(string), Present: size > 0, SizeBytes: size})
		}
		for range processors {
			r.Processors = append(r.Processors, report.Processor{Present: true})
		}
		return r
	}
	link := func(class string, l report.PCILink) *report.Report {
		return &report.Report{PCI: []report.PCIFunction{{ID: "pci:0000:01:00.0", Address: "0000:01:00.0", Class: report.IDName{ID: class}, Link: &l}}}
	}
	dmidecode := func(status string) *report.Report {
		return &report.Report{Memory: &report.Memory{TotalBytes: 1 << 33}, Collectors: []report.Collector{{Name: "memory", Sources: []report.Source{{Name: "dmidecode", Status: status}}}}}
	}
	counted := func(e report.PCIErrors) *report.Report {
		return &report.Report{PCI: []report.PCIFunction{{ID: "pci:0000:01:00.0", Address: "0000:01:00.0", Device: report.IDName{ID: "a80a"}, Errors: &e}}}
	}
	gpu := func(g report.GPU) *report.Report { g.ID = "gpu:1"; return &report.Report{GPUs: []report.GPU{g}} }
	psu := func(p report.PowerSupply) *report.Report {
		p.ID = "psu:1"
		return &report.Report{PowerSupplies: []report.PowerSupply{p}}
	}
	drive := func(reasons ...report.Reason) *report.Report {
		return &report.Report{Storage: &report.Storage{Drives: []report.Drive{{ID: "drive:1", Smart: &report.Smart{Verdict: report.Verdict{Reasons: reasons}}}}}}
	}
	member := func(d report.Drive) *report.Report {
		d.ID = "drive:1"
		return &report.Report{Storage: &report.Storage{Drives: []report.Drive{d}}}
	}
	volume := func(v report.Volume, battery *report.Battery) *report.Report {
		v.ID, v.Kind, v.Controller = "volume:1", "raid", "controller:1"
		return &report.Report{Storage: &report.Storage{
			Volumes: []report.Volume{v}, Controllers: []report.StorageController{{ID: "controller:1", Status: "Optimal", Battery: battery}},
		}}
	}
	controller := func(c report.StorageController) *report.Report {
		c.ID = "controller:1"
		return &report.Report{Storage: &report.Storage{Controllers: []report.StorageController{c}}}
	}
	uncorrected := func(n int64) *report.ECCCounts { return &report.ECCCounts{Uncorrected: &n} }

	tests := []findingTest{
		{"nothing known", &report.Report{}, nil},
		{"a serial number", &report.Report{System: &report.System{Serial: "S", Sources: []string{"dmidecode"}}}, nil},
		{"no serial number", &report.Report{System: &report.System{Sources: []string{"dmidecode"}}}, []string{"info identity.no_serial"}},
		{"a serial number that only root may read", &report.Report{System: &report.System{Sources: []string{"sysfs"}}}, nil},
		{"a processor", &report.Report{Processors: []report.Processor{{Present: true, Enabled: new(true)}}}, nil},
		{"a processor of unknown state", &report.Report{Processors: []report.Processor{{Present: true}}}, nil},
		{"an empty socket", &report.Report{Processors: []report.Processor{{Enabled: new(false)}}}, nil},
		{"a disabled processor", &report.Report{Processors: []report.Processor{{Present: true, Enabled: new(true)}, {Present: true, Enabled: new(false)}}}, []string{"warning cpu.disabled"}},
		{"a disabled processor and no other", &report.Report{Processors: []report.Processor{{Present: true, Enabled: new(false)}}}, nil},
		{"VMware's", &report.Report{System: &report.System{Manufacturer: "VMware, Inc.", Serial: "S"}, Processors: []report.Processor{{Present: true}, {Present: true, Enabled: new(false)}}}, nil},
		{"equal modules", memory(dimm(1<<34, 4800, 4800), dimm(1<<34, 4800, 4800), report.MemoryModule{}), nil},
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
		{"a drive with a remark", drive(report.Reason{Code: "smart.command_failed", Severity: report.OK}), nil},
		{"a failing drive", drive(report.Reason{Code: "smart.failing", Severity: report.Critical}), []string{"critical smart.failing"}},
		{"a member that is well", member(report.Drive{State: "online", Errors: map[string]int64{"media": 0, "other": 0, "predictive": 0}}), nil},
		{"a hot spare", member(report.Drive{State: "hot_spare"}), nil},
		{"a drive in no volume", member(report.Drive{State: "unconfigured", StateText: "UGood"}), nil},
		{"a failed member", member(report.Drive{State: "failed", StateText: "Failed"}), []string{"critical drive.failed"}},
		{"a bad drive in no volume", member(report.Drive{State: "failed", StateText: "UBad"}), []string{"warning drive.unconfigured_bad"}},
		{"the same of storcli2", member(report.Drive{State: "failed", StateText: "UConf Bad"}), []string{"warning drive.unconfigured_bad"}},
		{"poisoned pages", &report.Report{Summary: report.Summary{Kernel: &report.Kernel{PoisonedBytes: 4096}}, Memory: &report.Memory{}}, []string{"warning memory.poisoned"}},
		{"flash past its life", member(report.Drive{Wear: &report.Wear{Spares: "urgent", Tenths: []int{3, 11}}}), []string{"critical drive.few_spares", "warning drive.worn"}},
		{"flash at the end of its life", member(report.Drive{Wear: &report.Wear{Spares: "warning", Tenths: []int{10}}}), []string{"warning drive.few_spares"}},
		{"flash that is well", member(report.Drive{Wear: &report.Wear{Spares: "normal", Tenths: []int{1, 1}}}), nil},
		{"a drive that answers with an error", member(report.Drive{Fault: report.FaultIOError, Unread: "smartctl could not ask it: Read Device Identity failed: Input/output error"}), []string{"warning drive.no_answer"}},
		{"a bridge that does", member(report.Drive{Protocol: "usb", Unread: "smartctl could not ask it: Read Device Identity failed: Input/output error"}), nil},
		{"a device that lost its link", counted(report.PCIErrors{Fatal: &report.PCIErrorCount{Messages: 1, Kinds: map[string]int64{"DLP": 1}}}), []string{"warning pci.fatal_errors"}},
		{"a device that was pulled out", counted(report.PCIErrors{Fatal: &report.PCIErrorCount{Messages: 1, Kinds: map[string]int64{"SDES": 1}}}), []string{"info pci.fatal_errors"}},
		{"a device that lost transactions", counted(report.PCIErrors{Nonfatal: &report.PCIErrorCount{Messages: 1, Kinds: map[string]int64{"CmpltTO": 1}}}), []string{"warning pci.nonfatal_errors"}},
		{"a link that repeats", counted(report.PCIErrors{Corrected: &report.PCIErrorCount{Messages: 1, Kinds: map[string]int64{"BadTLP": 1}}}), []string{"info pci.corrected_errors"}},
		{"a device that gives advice", counted(report.PCIErrors{Corrected: &report.PCIErrorCount{Messages: 1, Kinds: map[string]int64{"NonFatalErr": 1}}}), nil},
		{"a machine without SMBIOS", dmidecode(report.StatusEmpty), []string{"info memory.not_described"}},
		{"a machine whose SMBIOS nobody could read", dmidecode(report.StatusFailed), nil},
		{"a link below both its ends", member(report.Drive{Link: &report.DriveLink{CurrentGbps: 3, MaxGbps: 6, HostGbps: 12, Degraded: true}}), []string{"warning drive.link_degraded"}},
		{"a link as fast as its slower end", member(report.Drive{Link: &report.DriveLink{CurrentGbps: 6, MaxGbps: 12, HostGbps: 6}}), nil},
		{"a missing member", member(report.Drive{State: "missing"}), []string{"critical drive.missing"}},
		{"a member that is not in use", member(report.Drive{State: "offline"}), []string{"critical drive.offline"}},
		{"a foreign drive", member(report.Drive{State: "foreign"}), []string{"warning drive.foreign"}},
		{"a member being rebuilt", member(report.Drive{State: "rebuilding"}), []string{"info drive.rebuilding"}},
		{"a member about to fail", member(report.Drive{State: "online", Errors: map[string]int64{"predictive": 2}}), []string{"warning drive.predictive_failure"}},
		{"a member with errors", member(report.Drive{State: "online", Errors: map[string]int64{"media": 2, "other": 7}}), []string{"warning drive.media_errors", "info drive.other_errors"}},
		{"a volume that is well", volume(report.Volume{State: "optimal", WriteCache: "write_back", WriteCacheSet: "write_back"}, &report.Battery{State: "ok"}), nil},
		{"a volume that is being checked", volume(report.Volume{State: "checking", ProgressPct: new(3.0)}, nil), nil},
		{"a degraded volume", volume(report.Volume{State: "degraded"}, nil), []string{"critical volume.degraded"}},
		{"a partially degraded volume", volume(report.Volume{State: "partially_degraded"}, nil), []string{"warning volume.partially_degraded"}},
		{"a thin pool that is full", volume(report.Volume{State: "full"}, nil), []string{"warning volume.no_writes"}},
		{"a thin pool that is read-only", volume(report.Volume{State: "read_only"}, nil), []string{"warning volume.no_writes"}},
		{"a volume that is being rebuilt", volume(report.Volume{State: "rebuilding", ProgressPct: new(37.0)}, nil), []string{"warning volume.rebuilding"}},
		{"a volume that is offline", volume(report.Volume{State: "offline"}, nil), []string{"critical volume.offline"}},
		{"a volume that has failed", volume(report.Volume{State: "failed"}, nil), []string{"critical volume.offline"}},
		{"no cache by choice", volume(report.Volume{State: "optimal", WriteCache: "write_through", WriteCacheSet: "write_through"}, &report.Battery{State: "failed"}), []string{"warning controller.battery_failed"}},
		{"no cache for want of a battery", volume(report.Volume{State: "optimal", WriteCache: "write_through", WriteCacheSet: "write_back"}, &report.Battery{State: "missing"}), []string{"warning volume.write_through", "warning controller.battery_missing"}},
		{"no cache, and a battery that is well", volume(report.Volume{State: "optimal", WriteCache: "write_through"}, &report.Battery{State: "ok"}), nil},
		{"a volume with blocks that are lost", volume(report.Volume{State: "optimal", BadBlocks: true}, nil), []string{"warning volume.bad_blocks"}},
		{"a cache that the controller has switched off", controller(report.StorageController{Cache: "Permanently Disabled", Battery: &report.Battery{State: "ok"}}), []string{"warning controller.cache_disabled"}},
		{"a cache that is off for want of a battery", controller(report.StorageController{Cache: "Temporarily Disabled", Battery: &report.Battery{State: "charging"}}), []string{"info controller.battery_charging"}},
		{"a cache that nobody has set up", controller(report.StorageController{Cache: "Not Configured"}), nil},
		{"a battery that is charging", controller(report.StorageController{Battery: &report.Battery{State: "charging"}}), []string{"info controller.battery_charging"}},
		{"a battery in another state", controller(report.StorageController{Battery: &report.Battery{State: "Odd"}}), []string{"warning controller.battery_state"}},
		{"a controller that has failed", controller(report.StorageController{Status: "Failed; its cache holds data of a volume that is offline"}), []string{"critical controller.status"}},
		{"a controller that needs attention", controller(report.StorageController{Status: "Needs Attention"}), []string{"warning controller.status"}},
		{"an enclosure whose fan has failed", controller(report.StorageController{Parts: map[string]string{"enclosure 0, fan 1": "0 rpm (Failed)", "enclosure 0, fan 2": "0 rpm (Not Installed)", "enclosure 1": "OK", "enclosure 1, power supplies": "Not Redundant"}}), []string{"warning controller.enclosure_part"}},
		{"a controller whose memory is well", controller(report.StorageController{Status: "OK", Errors: map[string]int64{"memory_correctable": 0, "memory_uncorrectable": 0}}), nil},
		{"a controller whose memory is not", controller(report.StorageController{Errors: map[string]int64{"memory_correctable": 3, "memory_uncorrectable": 1}}), []string{"critical controller.memory_uncorrectable", "info controller.memory_correctable"}},
		{"a full link", link("0108", report.PCILink{CurrentGTs: 16, CurrentWidth: 4, MaxGTs: 16, MaxWidth: 4}), nil},
		{"a slow link", link("0108", report.PCILink{CurrentGTs: 8, CurrentWidth: 4, MaxGTs: 16, MaxWidth: 4, Degraded: true}), []string{"warning pci.link_degraded"}},
		{"a slot that is too slow", link("0108", report.PCILink{CurrentGTs: 8, CurrentWidth: 4, MaxGTs: 16, MaxWidth: 4, LimitedBy: "0000:00:01.0"}), []string{"info pci.link_limited"}},
		{"a link without lanes", link("0200", report.PCILink{MaxGTs: 16, MaxWidth: 4, Degraded: true}), nil},
		{"an idle GPU", link("0302", report.PCILink{CurrentGTs: 2.5, CurrentWidth: 16, MaxGTs: 32, MaxWidth: 16, Degraded: true}), nil},
		{"a GPU on half its lanes", link("0302", report.PCILink{CurrentGTs: 2.5, CurrentWidth: 8, MaxGTs: 32, MaxWidth: 16, Degraded: true}), []string{"warning pci.link_degraded"}},
		{"a GPU that is well", gpu(report.GPU{RecoveryAction: "none", ECC: &report.GPUECC{Volatile: uncorrected(0), Aggregate: uncorrected(0)}, RowRemap: &report.GPURowRemap{Pending: new(false), Failure: new(false)}}), nil},
		{"a GPU that is lost", gpu(report.GPU{Fault: "GPU is lost"}), []string{"critical gpu.fault"}},
		{"a GPU that needs a reset", gpu(report.GPU{RecoveryAction: "reset"}), []string{"warning gpu.recovery_action"}},
		{"a row to replace", gpu(report.GPU{RowRemap: &report.GPURowRemap{Pending: new(true)}}), []string{"warning gpu.row_remap_pending"}},
		{"a row that could not be replaced", gpu(report.GPU{RowRemap: &report.GPURowRemap{Failure: new(true)}}), []string{"critical gpu.row_remap_failure"}},
		{"pages to retire", gpu(report.GPU{RetiredPages: &report.GPUPages{Pending: new(true)}}), []string{"warning gpu.retirement_pending"}},
		{"uncorrected errors today", gpu(report.GPU{ECC: &report.GPUECC{Volatile: uncorrected(1), Aggregate: uncorrected(5)}}), []string{"critical gpu.ecc_uncorrected"}},
		{"uncorrected errors once", gpu(report.GPU{ECC: &report.GPUECC{Volatile: uncorrected(0), Aggregate: uncorrected(5)}}), []string{"warning gpu.ecc_uncorrected"}},
		{"too many of them", gpu(report.GPU{ECC: &report.GPUECC{SRAMThresholdExceeded: new(true)}}), []string{"critical gpu.sram_threshold"}},
		{"a supply that is well", psu(report.PowerSupply{Present: new(true), Status: report.OK}), nil},
		{"a supply of unknown state", psu(report.PowerSupply{Present: new(true)}), nil},
		{"an empty bay", &report.Report{PowerSupplies: []report.PowerSupply{{Present: new(true)}, {ID: "psu:2", Present: new(false)}}}, []string{"info psu.absent"}},
		{"empty bays only, as firmware without a clue has them", psu(report.PowerSupply{Present: new(false)}), nil},
		{"a failed supply", psu(report.PowerSupply{Present: new(true), Status: "failed"}), []string{"critical psu.failed"}},
		{"a supply about to fail", psu(report.PowerSupply{Present: new(true), Status: "predicted_failure"}), []string{"warning psu.predicted_failure"}},
		{"a supply that the firmware found bad", psu(report.PowerSupply{Present: new(true), Status: "not_ok"}), []string{"warning psu.not_ok"}},
		{"a supply unlike the others", psu(report.PowerSupply{Present: new(true), Status: "config_error"}), []string{"warning psu.config_error"}},
		{"a table that breaks off", &report.Report{Tables: []report.Table{{Source: "dmidecode", Announced: 90, Read: 12}}}, []string{"warning memory.table_short"}},
		{"a whole table with fewer slots than announced", &report.Report{Tables: []report.Table{{Source: "dmidecode", Announced: 90, Read: 90}}, Memory: &report.Memory{SlotsTotal: 8, AnnouncedModules: 16}}, []string{"info memory.slots_missing"}},
		{"an InfiniBand port that nobody set up", &report.Report{Network: []report.NetworkCard{{ID: "nic:1", Ports: []report.NetworkPort{{Name: "ib0", Kind: "infiniband", State: "init"}}}}}, []string{"info nic.no_subnet_manager"}},
		{"GPUs with two InfoROMs", &report.Report{GPUs: []report.GPU{{ID: "gpu:1", Model: "H100", InfoROM: "G520.0200.00.05"}, {ID: "gpu:2", Model: "H100", InfoROM: "G520.0200.00.04"}}}, []string{"info gpu.mixed_inforom"}},
		{"a processor that the kernel does not run on", &report.Report{
			Processors: []report.Processor{{ID: "cpu:0", Socket: "CPU0", Present: true, Enabled: new(true)}, {ID: "cpu:1", Socket: "CPU1", Present: true, Enabled: new(true)}},
			Summary:    report.Summary{Kernel: &report.Kernel{CPUs: 1, Cores: 16}},
		}, []string{"warning cpu.not_running"}},
		{"cores that the kernel does not run on", &report.Report{
			Processors: []report.Processor{{ID: "cpu:0", Socket: "CPU0", Present: true, Enabled: new(true), Cores: 32, CoresEnabled: 32}},
			Summary:    report.Summary{Kernel: &report.Kernel{CPUs: 1, Cores: 16}},
		}, []string{"info cpu.cores_not_running"}},
		{"a processor that firmware does not know", &report.Report{
			Processors: []report.Processor{{ID: "cpu:0", Socket: "CPU0", Present: true, Enabled: new(true), Cores: 32, CoresEnabled: 32}},
			Summary:    report.Summary{Kernel: &report.Kernel{CPUs: 2, Cores: 64}},
		}, []string{"info cpu.firmware_short"}},
		{"memory that is corrected without bits for it", &report.Report{Memory: &report.Memory{
			Arrays:  []report.MemoryArray{{Handle: "0x1000", ECC: "Multi-bit ECC"}},
			Modules: []report.MemoryModule{{Slot: "A", Array: "0x1000", Present: true, TotalWidthBits: 64, DataWidthBits: 64}},
		}}, []string{"info memory.ecc_mismatch"}},
		{"two modules with one serial number", memory(report.MemoryModule{Slot: "A", Present: true, Serial: "1"}, report.MemoryModule{Slot: "B", Present: true, Serial: "1"}), []string{"info memory.same_serial"}},
		{"two serial numbers of a system", &report.Report{
			Host:   report.HostInfo{Also: []report.Identity{{Value: "B2", Source: "fru.product.serial"}}},
			System: &report.System{Serial: "A1", Sources: []string{"dmidecode"}},
		}, []string{"info identity.serial_mismatch"}},
		{"a serial number within another", &report.Report{
			Host:   report.HostInfo{Also: []report.Identity{{Value: "CN-A1-00", Source: "fru.product.serial"}}},
			System: &report.System{Serial: "a1", Sources: []string{"dmidecode"}},
		}, nil},
		{"GPUs with and without ECC", &report.Report{GPUs: []report.GPU{{ID: "gpu:1", Model: "H100", ECC: &report.GPUECC{Enabled: new(true)}}, {ID: "gpu:2", Model: "H100", ECC: &report.GPUECC{Enabled: new(false)}}}}, []string{"info gpu.mixed_ecc"}},
		{"a GPU that is not on the bus", &report.Report{
			GPUs: []report.GPU{{ID: "gpu:1", PCIAddress: "0000:01:00.0"}},
			PCI:  []report.PCIFunction{{ID: "pci:0000:02:00.0", Address: "0000:02:00.0", Sources: []string{"sysfs"}}},
		}, []string{"warning gpu.not_on_bus"}},
		{"a module that is too hot", &report.Report{Network: []report.NetworkCard{{ID: "nic:1", Ports: []report.NetworkPort{{Name: "eno1", Link: new(true), Transceiver: &report.Transceiver{Alarms: []string{"Module temperature high alarm"}}}}}}}, []string{"warning nic.module_alarm"}},
		{"a module without light or link", &report.Report{Network: []report.NetworkCard{{ID: "nic:1", Ports: []report.NetworkPort{{Name: "eno1", Transceiver: &report.Transceiver{Alarms: []string{"Laser rx power low alarm"}}}}}}}, nil},
		{"an InfiniBand port on one lane", &report.Report{Network: []report.NetworkCard{{ID: "nic:1", Ports: []report.NetworkPort{{Name: "ib0", Kind: "infiniband", State: "active", Lanes: 1}}}}}, []string{"warning nic.one_lane"}},
		{"a network card without an interface beside one with", &report.Report{Network: []report.NetworkCard{
			{ID: "nic:1", Ports: []report.NetworkPort{{Name: "eth0"}}}, {ID: "nic:2", Driver: "mlx5_core"}, {ID: "nic:3", Driver: "vfio-pci"},
		}}, []string{"info nic.no_interface"}},
		{"a boot with a hardware failure", &report.Report{System: &report.System{BootError: "Firmware-detected hardware failure"}}, []string{"info board.boot_error"}},
		{"a chassis that was not well at boot", &report.Report{Chassis: []report.Chassis{{PowerSupplyState: "Critical", ThermalState: "Warning"}}}, []string{"warning psu.not_ok", "warning sensor.temperature"}},
		{"a chassis that is well now", &report.Report{
			Chassis:       []report.Chassis{{PowerSupplyState: "Critical", ThermalState: "Warning"}},
			Sensors:       []report.Sensor{{ID: "sensor:Inlet", Kind: "temperature", Value: new(22.0)}},
			PowerSupplies: []report.PowerSupply{{ID: "psu:1", Present: new(true), Status: "ok", FieldSources: map[string]string{"status": "ipmi.sdr"}}},
		}, nil},
		{"errors that the firmware noted", &report.Report{Memory: &report.Memory{
			Arrays:  []report.MemoryArray{{LastError: "Corrected Error"}},
			Modules: []report.MemoryModule{{ID: "dimm:A", Slot: "A", Present: true, LastError: "Uncorrectable Error"}},
		}}, []string{"warning memory.firmware_error", "info memory.firmware_error"}},
		{"a supply that was changed", psu(report.PowerSupply{Present: new(true), Serial: "B", BootSerial: "A"}), []string{"info psu.serial_mismatch"}},
		{"supplies of two powers", &report.Report{PowerSupplies: []report.PowerSupply{{ID: "psu:1", Present: new(true), CapacityW: 1400}, {ID: "psu:2", Present: new(true), CapacityW: 800}}}, []string{"info psu.mixed_capacity"}},
		{"a supply of unknown power", &report.Report{PowerSupplies: []report.PowerSupply{{ID: "psu:1", Present: new(true), CapacityW: 1400}, {ID: "psu:2", Present: new(true)}}}, nil},
		{"persistent memory that is not armed", &report.Report{Memory: &report.Memory{Persistent: []report.PersistentModule{{Name: "nmem0", Faults: []string{"not_armed"}}, {Name: "nmem1"}}}}, []string{"warning memory.persistent_fault"}},
		{"a clock without a battery", &report.Report{CollectedAt: time.Date(2000, 1, 1, 0, 3, 0, 0, time.UTC), Firmware: []report.Firmware{{Component: "bios", Date: "03/14/2024"}}}, []string{"warning board.clock"}},
		{"a clock that is right", &report.Report{CollectedAt: time.Date(2024, 3, 14, 0, 3, 0, 0, time.UTC), Firmware: []report.Firmware{{Component: "bios", Date: "03/15/2024"}, {Component: "nic", Date: "03/14/2099"}}}, nil},
		{"a module that only the BMC sees", &report.Report{
			Memory:  &report.Memory{Modules: []report.MemoryModule{{ID: "dimm:1", Slot: "P1-DIMMA1"}, {ID: "dimm:2", Slot: "P1-DIMMA10"}, {ID: "dimm:3", Slot: "P1-DIMMB1", Present: true}}},
			Sensors: []report.Sensor{{Name: "P1-DIMMA1 TEMP", Kind: "temperature", Value: new(35.0)}, {Name: "P1-DIMMB1 TEMP", Kind: "temperature", Value: new(35.0)}},
		}, []string{"warning memory.module_off"}},
		{"a slow link of SATA", member(report.Drive{Protocol: "sata", Link: &report.DriveLink{CurrentGbps: 1.5, MaxGbps: 6}}), []string{"info drive.link_slow"}},
		{"a link that is as slow as its port", member(report.Drive{Protocol: "sata", Link: &report.DriveLink{CurrentGbps: 3, MaxGbps: 6}}), nil},
		{"a link that is as fast as it can be", member(report.Drive{Protocol: "sata", Link: &report.DriveLink{CurrentGbps: 6, MaxGbps: 6}}), nil},
		{"a drive with a dead path", member(report.Drive{LostPaths: []string{"sdb"}}), []string{"warning drive.path_lost"}},
		{"a supply without mains", psu(report.PowerSupply{Present: new(true), Status: "input_lost"}), []string{"warning psu.input_lost"}},
	}
	tests = append(tests, platformFindings()...)
	shown := make(map[string]bool)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			Judge(tt.report)
			for _, f := range tt.report.Findings {
				shown[f.Code] = true
				got = append(got, f.Severity+" "+f.Code)
				if !slices.ContainsFunc(Rules(), func(r Rule) bool { return r.Code == f.Code }) {
					t.Errorf("%s is not in the registry", f.Code)
				}
				if f.Text == "" || f.Component == "" && !slices.Contains([]string{"cpu.disabled"}, f.Code) {
					t.Errorf("a finding without text or component: %+v", f)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
	for _, r := range Rules() {
		if part, _, _ := strings.Cut(r.Code, "."); slices.Contains([]string{"ata", "nvme", "scsi", "smart"}, part) {
			continue // package smart has tests of its rules
		}
		if !shown[r.Code] {
			t.Errorf("no machine here has %s", r.Code)
		}
	}
}

// read is a machine of which all was read.
func read(components *report.Report) *report.Report {
	r := components
	for _, p := range parts {
		c := report.Collector{Name: p.collectors[0], Status: report.StatusOK}
		for _, name := range p.sources {
			c.Sources = append(c.Sources, report.Source{Name: name, Status: report.StatusOK})
		}
		r.Collectors = append(r.Collectors, c)
	}
	return r
}

func TestVerdictIsTheWorstFinding(t *testing.T) {
	tests := []struct {
		severities []string
		want       string
	}{
		{nil, report.OK},
		{[]string{report.Info}, report.OK},
		{[]string{report.Info, report.Warning}, report.Warning},
		{[]string{report.Warning, report.Critical, report.Info}, report.Critical},
	}
	for _, tt := range tests {
		r := read(new(report.Report))
		for _, s := range tt.severities {
			r.Findings = append(r.Findings, report.Finding{Severity: s})
		}
		if Judge(r); r.Summary.Health != tt.want {
			t.Errorf("%v: %s, want %s: %+v", tt.severities, r.Summary.Health, tt.want, *r.Summary.Unjudged)
		}
	}
}

// Silence is not health: what nobody read is named, and the verdict is unknown.
func TestUnjudged(t *testing.T) {
	drive := func(d report.Drive) *report.Report {
		d.ID = "drive:1"
		return read(&report.Report{Storage: &report.Storage{Drives: []report.Drive{d}}})
	}
	without := func(collector, source, status string) *report.Report {
		r := read(new(report.Report))
		for i := range r.Collectors {
			for j := range r.Collectors[i].Sources {
				if s := &r.Collectors[i].Sources[j]; (r.Collectors[i].Name == collector || source == "ipmitool") && s.Name == source {
					s.Status, s.Why = status, "gone"
				}
			}
		}
		return r
	}
	well := &report.Smart{Verdict: report.Verdict{Health: report.OK}}
	silent := &report.Smart{Verdict: report.Verdict{Health: report.Unknown}}
	tests := []struct {
		name string
		r    *report.Report
		want []string // components
	}{
		{"all was read", read(new(report.Report)), nil},
		{"nothing was read", new(report.Report), []string{"processors", "memory", "storage", "pci", "power", "bmc"}},
		{"no dmidecode for memory", without("memory", "dmidecode", report.StatusAbsent), []string{"memory"}},
		{"no SMBIOS is an answer", without("memory", "dmidecode", report.StatusEmpty), nil},
		{"half a table is none", without("cpu", "dmidecode", report.StatusFailed), []string{"processors"}},
		{"lsblk is gone, sysfs is there", without("storage", "lsblk", report.StatusAbsent), nil},
		{"no BMC", without("bmc", "ipmitool", report.StatusIdle), nil},
		{"a BMC that nobody could ask", without("bmc", "ipmitool", report.StatusAbsent), []string{"power", "bmc"}},
		{"a drive that is well", drive(report.Drive{Smart: well}), nil},
		{"a drive that nobody asked", drive(report.Drive{Protocol: "sata"}), []string{"drive:1"}},
		{"a drive that gave no verdict", drive(report.Drive{Protocol: "sas", Smart: silent}), []string{"drive:1"}},
		{"a hypervisor's disk", drive(report.Drive{Protocol: "virtio", Virtual: "hypervisor"}), nil},
		{"a DVD drive", drive(report.Drive{Media: "optical"}), nil},
		{"a USB stick without SMART", drive(report.Drive{Protocol: "usb", Unread: "it has no SMART"}), nil},
		{"a USB disk that nobody asked", drive(report.Drive{Protocol: "usb", Unread: "smartctl: not installed"}), []string{"drive:1"}},
		{"a card on an eMMC bus", drive(report.Drive{Protocol: "mmc"}), nil},
		{"a GPU that its driver's tool did not describe", read(&report.Report{GPUs: []report.GPU{{ID: "gpu:1", Unread: "no driver"}}}), []string{"gpu:1"}},
		{"a RAID volume of unknown state", read(&report.Report{Storage: &report.Storage{Volumes: []report.Volume{{ID: "volume:1", Kind: "raid"}}}}), []string{"volume:1"}},
		{"a drive that its controller watches", drive(report.Drive{State: "online", Errors: map[string]int64{"predictive": 0}}), nil},
		{"a drive that its controller only holds", drive(report.Drive{State: "online"}), []string{"drive:1"}},
		{"a RAID controller that shows nothing and that nobody asked", read(&report.Report{Storage: &report.Storage{Controllers: []report.StorageController{{ID: "controller:1", Model: "PERC", Unread: "storcli64: not installed"}}}}), []string{"controller:1"}},
		{"a RAID controller whose tool is absent and whose drives are seen", read(&report.Report{Storage: &report.Storage{
			Controllers: []report.StorageController{{ID: "controller:1", Unread: "storcli64: not installed"}},
			Drives:      []report.Drive{{ID: "drive:1", Controller: "controller:1", Smart: well}},
		}}), nil},
		{"plain LVM", read(&report.Report{Storage: &report.Storage{Volumes: []report.Volume{{ID: "volume:1", Kind: "lvm"}}}}), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			Judge(tt.r)
			var got []string
			for _, u := range *tt.r.Summary.Unjudged {
				got = append(got, u.Component)
				if u.Why == "" {
					t.Errorf("%s without a reason", u.Component)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("unjudged (-want +got):\n%s", diff)
			}
			want := report.OK
			if tt.want != nil {
				want = report.Unknown
			}
			if tt.r.Summary.Health != want {
				t.Errorf("health = %s, want %s", tt.r.Summary.Health, want)
			}
		})
	}
}

// An audit that was stopped has not judged the machine, whatever it read.
func TestIncompleteIsUnknown(t *testing.T) {
	r := read(new(report.Report))
	r.Summary.Complete = new(false)
	if Judge(r); r.Summary.Health != report.Unknown {
		t.Errorf("health = %s", r.Summary.Health)
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
	dimm := func(slot string, configured int) report.MemoryModule {
		return report.MemoryModule{ID: "dimm:" + slot, Slot: slot, Present: true, SpeedMTs: 3200, ConfiguredMTs: configured}
	}
	for _, tt := range []struct {
		modules         []report.MemoryModule
		component, text string
	}{
		{[]report.MemoryModule{dimm("A", 2666), dimm("B", 3200)}, "dimm:A", "Memory module A runs at 2666 MT/s and could run at 3200 MT/s."},
		{[]report.MemoryModule{dimm("A", 2666), dimm("B", 3200), dimm("C", 2666)}, "memory", "Memory modules A, C run at 2666 MT/s and could run at 3200 MT/s."},
		{[]report.MemoryModule{dimm("A", 2666), dimm("B", 2666), {Slot: "C"}}, "memory", "All 2 memory modules run at 2666 MT/s and could run at 3200 MT/s."},
	} {
		list := judgeMemorySpeed(tt.modules)
		if len(list) != 1 || list[0].Component != tt.component || list[0].Text != tt.text {
			t.Errorf("%+v, want %s: %s", list, tt.component, tt.text)
		}
	}
}

// The BMC is as well as its sensors say; without any nobody knows.
func TestBMCHealth(t *testing.T) {
	for _, tt := range []struct {
		sensors []report.Sensor
		want    string
	}{
		{nil, report.Unknown},
		{[]report.Sensor{{ID: "sensor:FAN1", Name: "FAN1", Kind: "fan", State: "ok"}}, report.OK},
		{[]report.Sensor{{ID: "sensor:FAN1", Name: "FAN1", Kind: "fan", State: "cr", Bad: true}}, report.Warning},
	} {
		r := read(&report.Report{BMC: new(report.BMC), Sensors: tt.sensors})
		if Judge(r); r.BMC.Health != tt.want {
			t.Errorf("%+v: %q, want %q: %+v", tt.sensors, r.BMC.Health, tt.want, r.Findings)
		}
	}
}
