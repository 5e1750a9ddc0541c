// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/collect"
	"github.com/mchus/bee/inventory/report"
)

func codesOf(r *report.Report) []string {
	var codes []string
	for _, f := range r.Findings {
		codes = append(codes, f.Severity+" "+f.Code)
	}
	return codes
}

func onBus(address, driver string) map[string]string {
	dir := "sys/bus/pci/devices/" + address
	files := map[string]string{dir + "/vendor": "0x10de\n", dir + "/device": "0x2330\n", dir + "/class": "0x030200\n"}
	if driver != "" {
		files[dir+"/driver"] = "->../../../bus/pci/drivers/" + driver
	}
	return files
}

// A GPU that its driver has and does not describe is missing; one that another
// driver has, or that a tool cut short did not come to, was not read.
func TestMissingGPU(t *testing.T) {
	one := strings.Replace(smiXML[strings.Index(smiXML, "<?xml"):], "<attached_gpus>2", "<attached_gpus>1", 1)
	cut := strings.Replace(one, "</nvidia_smi_log>", "", 1)
	tests := []struct {
		name, smi, driver, health string
		missing                   bool
	}{
		{"of its driver", one, "nvidia", "critical", true},
		{"of another", one, "vfio-pci", "unknown", false},
		{"of none", one, "", "unknown", false},
		{"behind a cut", cut, "nvidia", "unknown", false},
		{"of a driver that finds none", "No devices were found\n", "nvidia", "critical", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"proc/driver/nvidia/version": "NVRM version: 570.124.06\n"}
			maps.Copy(files, onBus("0000:3b:00.0", "nvidia"))
			maps.Copy(files, onBus("0000:86:00.0", tt.driver))
			h := &fake{tools: map[string]string{"nvidia-smi -q -x": tt.smi}, files: files}
			r := inventory.Audit(t.Context(), h, inventory.Options{})
			i := slices.IndexFunc(r.GPUs, func(g report.GPU) bool { return g.PCIAddress == "0000:86:00.0" })
			if i < 0 || len(r.GPUs) != 2 {
				t.Fatalf("GPUs = %+v", r.GPUs)
			}
			if g := r.GPUs[i]; g.Missing != tt.missing || g.Health != tt.health {
				t.Errorf("missing %v, health %s: %+v", g.Missing, g.Health, g)
			}
		})
	}
}

// Profiles and UUIDs of MIG devices come from -L, links from nvlink -s; neither
// is held against a tool that has no answer.
func TestMIGNamesAndLinks(t *testing.T) {
	smi := strings.Replace(smiXML[strings.Index(smiXML, "<?xml"):], "<fb_memory", `<mig_mode><current_mig>Enabled</current_mig></mig_mode>
		<mig_devices><mig_device><index>0</index><gpu_instance_id>2</gpu_instance_id><compute_instance_id>0</compute_instance_id>
		<device_attributes><shared><multiprocessor_count>60</multiprocessor_count></shared></device_attributes></mig_device></mig_devices>
		<fb_memory`, 1)
	h := &fake{
		tools: map[string]string{
			"nvidia-smi -q -x":     smi,
			"nvidia-smi -L":        "GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-11111111-2222-3333-4444-555555555555)\n  MIG 3g.40gb     Device  0: (UUID: MIG-11111111-2222-5333-8444-000000000301)\n",
			"nvidia-smi nvlink -s": "GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-11111111-2222-3333-4444-555555555555)\n\t Link 0: 26.562 GB/s\n\t Link 1: <inactive>\n",
		},
		files: map[string]string{"proc/driver/nvidia/version": "x"},
	}
	list, err := collect.GPUs(t.Context(), h)
	if err != nil || len(list) != 2 {
		t.Fatalf("%v: %+v", err, list)
	}
	d := list[0].MIG.Devices[0]
	if d.Profile != "3g.40gb" || d.UUID != "MIG-11111111-2222-5333-8444-000000000301" || *d.GPUInstance != 2 || *d.ComputeInstance != 0 || d.SMCount != 60 {
		t.Errorf("device %+v", d)
	}
	if l := list[0].NVLink; len(l) != 2 || !l[0].Active || l[0].SpeedGBps < 26 || l[1].Active {
		t.Errorf("links %+v", l)
	}
	if g := list[1]; !g.Missing || g.PCIAddress != "" {
		t.Errorf("the one that the driver counts only: %+v", g)
	}
}

// An accelerator that no tool reads has its window into memory.
func TestMemoryWindow(t *testing.T) {
	files := onBus("0000:3b:00.0", "amdgpu")
	files["sys/bus/pci/devices/0000:3b:00.0/resource"] = `0x0000000000000000 0x0000000000000000 0x0000000000000000
0x0000380000000000 0x0000380fffffffff 0x000000000014220c
0x00000000e0000000 0x00000000e00fffff 0x0000000000040200
`
	h := &fake{files: files}
	if list, err := collect.PCI(t.Context(), h, nil); err != nil || list[0].MemoryBytes != 64<<30 {
		t.Errorf("%v: %+v", err, list)
	}
}

// A card may have no network interface but an RDMA device; a BMC's USB interface
// is none.
func TestNetworkBeyondInterfaces(t *testing.T) {
	const mlx, usb = "sys/devices/pci0000:16/0000:16:02.0/0000:17:00.0/infiniband/mlx5_0", "sys/devices/pci0000:00/0000:00:14.0/usb1/"
	h := &fake{files: map[string]string{
		"sys/class/infiniband/mlx5_0": "->../../../" + mlx,
		mlx + "/fw_ver":               "28.39.1002\n",
		mlx + "/board_id":             "MT_0000000838\n",
		mlx + "/node_guid":            "b8ce:f603:0012:3456\n",
		mlx + "/ports/1/state":        "4: ACTIVE\n",
		mlx + "/ports/1/rate":         "400 Gb/sec (4X NDR)\n",
		mlx + "/ports/1/link_layer":   "InfiniBand\n",

		"sys/bus/pci/devices/0000:99:00.0/vendor": "0x8086\n",
		"sys/bus/pci/devices/0000:99:00.0/class":  "0x020000\n",

		"sys/class/net/usb0":                   "->../../devices/pci0000:00/0000:00:14.0/usb1/1-14/1-14:1.0/net/usb0",
		usb + "1-14/idVendor":                  "046b\n",
		usb + "1-14/1-14:1.0/net/usb0/address": "02:00:00:00:00:01\n",
		usb + "1-14/1-14:1.0/driver":           "->../../../../../../bus/usb/drivers/cdc_ether",
		usb + "1-14/1-14:1.0/net/usb0/device":  "->../../../1-14:1.0",
		"sys/class/net/usb1":                   "->../../devices/pci0000:00/0000:00:14.0/usb1/1-15/1-15:1.0/net/usb1",
		usb + "1-15/idVendor":                  "0bda\n",
		usb + "1-15/1-15:1.0/net/usb1/address": "02:00:00:00:00:02\n",
		usb + "1-15/1-15:1.0/driver":           "->../../../../../../bus/usb/drivers/cdc_ether",
		usb + "1-15/1-15:1.0/net/usb1/device":  "->../../../1-15:1.0",
	}}
	cards, err := collect.Network(t.Context(), h)
	if err != nil || len(cards) != 2 {
		t.Fatalf("%v: %+v", err, cards)
	}
	if c := cards[0]; c.Ports[0].Name != "usb1" {
		t.Errorf("first card %+v", c)
	}
	want := report.NetworkPort{Name: "mlx5_0", PCIAddress: "0000:17:00.0", Kind: "infiniband", GUID: "b8ce:f603:0012:3456", State: "active", RateGbps: 400}
	if c := cards[1]; c.PSID != "MT_0000000838" || c.Firmware != "28.39.1002" || c.Ports[0] != want {
		t.Errorf("second card %+v", c)
	}
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	if i := slices.IndexFunc(r.Network, func(c report.NetworkCard) bool { return c.PCIAddress == "0000:99:00.0" }); i < 0 {
		t.Errorf("a function without an interface is no card: %+v", r.Network)
	}
}

const edac = "sys/devices/system/edac/mc/mc0"

// The kernel's counters go to the module whose slot they name.
func TestMemoryCounters(t *testing.T) {
	h := &fake{
		tools: map[string]string{"dmidecode": "# dmidecode 3.6\n\nHandle 0x0011, DMI type 17, 40 bytes\nMemory Device\n\tSize: 32 GB\n\tLocator: DIMM_A1\n\tType: DDR5\n"},
		files: map[string]string{
			edac + "/dimm0/dimm_label": "DIMM_A1\n", edac + "/dimm0/dimm_ce_count": "7\n", edac + "/dimm0/dimm_ue_count": "0\n",
			edac + "/dimm1/dimm_label": "CPU_SrcID#0_MC#0_Chan#1_DIMM#0\n", edac + "/dimm1/dimm_ce_count": "0\n", edac + "/dimm1/dimm_ue_count": "1\n",
			edac + "/ce_noinfo_count": "0\n", edac + "/ue_noinfo_count": "0\n",
		},
	}
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	if m := r.Memory; len(m.Counters) != 2 || m.Modules[0].ECC == nil || m.Modules[0].ECC.Corrected != 7 {
		t.Errorf("memory %+v", m)
	}
	if got, want := codesOf(r), []string{"critical memory.uncorrected", "info memory.corrected"}; !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
}

// QEMU writes its machine type where the model of a processor should be.
func TestModelOfAGuestsProcessor(t *testing.T) {
	h := &fake{
		tools: map[string]string{"dmidecode": "# dmidecode 3.6\n\nHandle 0x0400, DMI type 4, 42 bytes\nProcessor Information\n\tSocket Designation: CPU 0\n\tType: Central Processor\n\tManufacturer: QEMU\n\tVersion: pc-i440fx-bionic\n\tStatus: Populated, Enabled\n"},
		files: map[string]string{"proc/cpuinfo": "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Intel Core Processor (Skylake, IBRS)\nphysical id\t: 0\ncpu cores\t: 1\n\n"},
	}
	list, err := collect.CPUs(t.Context(), h)
	if err != nil || len(list) != 1 || list[0].Model != "Intel Core Processor (Skylake, IBRS)" || list[0].Manufacturer != "GenuineIntel" {
		t.Errorf("%v: %+v", err, list)
	}
	h.files = nil
	if list, _ = collect.CPUs(t.Context(), h); list[0].Model != "" {
		t.Errorf("model %q, want none", list[0].Model)
	}
}

// Firmware that describes less memory than the kernel uses is wrong.
func TestKernelHasMoreMemory(t *testing.T) {
	h := &fake{
		tools: map[string]string{"dmidecode": "# dmidecode 3.6\n\nHandle 0x0011, DMI type 17, 40 bytes\nMemory Device\n\tSize: 4 GB\n\tLocator: A\n"},
		files: map[string]string{"proc/meminfo": "MemTotal: 8000000 kB\n"},
	}
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	if got := codesOf(r); !slices.Contains(got, "info memory.firmware_short") || r.Memory.TotalBytes != 8000000<<10 {
		t.Errorf("%q, %d bytes", got, r.Memory.TotalBytes)
	}
}

// The name of a supply is its bay's if it ends in the number of one, else the
// unit's own.
func TestSupplyNames(t *testing.T) {
	for name, slot := range map[string]string{
		"Power Supply 1": "Power Supply 1", "PSU2": "PSU2", "PS_3": "PS_3", "PWR SPLY,550W,RDNT,DELTA": "", "DPS-800AB-1": "", "System Power Supply #4": "System Power Supply #4",
	} {
		h := &fake{tools: map[string]string{"dmidecode": "# dmidecode 3.6\n\nHandle 0x2701, DMI type 39, 22 bytes\nSystem Power Supply\n\tLocation: Not Specified\n\tName: " + name + "\n\tStatus: Present, OK\n"}}
		list, err := collect.PowerSupplies(t.Context(), h)
		model := name
		if slot != "" {
			model = ""
		}
		if err != nil || len(list) != 1 || list[0].Slot != slot || list[0].Model != model {
			t.Errorf("%s: %v: %+v", name, err, list)
		}
	}
}

// The BMC's log is summed up: trouble of the last 30 days, and no boot.
func TestEventLog(t *testing.T) {
	h := &fake{
		tools: map[string]string{"ipmitool sel elist": `   1 | 01/02/2024 | 10:00:00 | Power Supply PS1 Status | Failure detected | Asserted
   2 | 05/20/2024 | 10:00:00 | Power Supply PS1 Status | Power Supply AC lost | Asserted
   3 | 05/20/2024 | 10:00:01 | Power Supply PS1 Status | Power Supply AC lost | Deasserted
   4 | 05/20/2024 | 10:05:00 | Power Supply PS1 Status | Presence detected | Asserted
   5 | 05/21/2024 | 11:00:00 | Memory #0x53 | Correctable ECC | Asserted
   6 | 05/22/2024 | 11:00:00 | System Boot Initiated | Initiated by power up | Asserted
`},
		files: map[string]string{"dev/ipmi0": "!"},
	}
	sel, err := collect.SEL(t.Context(), h, time.Date(2024, 5, 28, 0, 0, 0, 0, time.UTC))
	if err != nil || sel.Entries != 6 || !maps.Equal(sel.Counts, map[string]int{"power": 1, "memory": 1}) || !strings.Contains(sel.Last, "Correctable ECC") {
		t.Errorf("%v: %+v", err, sel)
	}
}

// A text of a device tree ends with a zero, and a list of them has one behind each.
func TestDeviceTreeTexts(t *testing.T) {
	r := inventory.Audit(t.Context(), &fake{files: map[string]string{
		"sys/firmware/devicetree/base/model":         "Raspberry Pi 5 Model B Rev 1.0\x00",
		"sys/firmware/devicetree/base/serial-number": "1a2b3c4d5e6f0051\x00\x00",
	}}, inventory.Options{})
	if s := r.System; s == nil || s.Product != "Raspberry Pi 5 Model B Rev 1.0" || s.Serial != "1a2b3c4d5e6f0051" {
		t.Errorf("the system is %+v", s)
	}
}
