// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

// machines are whole ones, each with a truth in testdata/machines that says what
// it is.
var machines = map[string]func() *machine{
	"hgx":             hgxNode,
	"four-sockets":    fourSockets,
	"supermicro-twin": supermicroTwin,
	"hpe":             hpeServer,
	"dell":            dellServer,
	"arm":             armServer,
	"laptop":          laptop,
	"kvm":             kvmGuest,
	"vmware":          vmwareGuest,
	"hyper-v":         hypervGuest,
	"xen":             xenGuest,
	"infiniband":      infinibandNode,
}

// A wholeTruth is all that can be said of a machine in a few lines.
type wholeTruth struct {
	Maker, Product, Serial string
	ID                     string         // where the machine's name is from, and the name
	Counts                 map[string]int // by kind
	MemoryGiB              float64
	Health                 string
	Findings, Unjudged     []string
	Has                    []string `json:",omitempty"` // pieces of the document
}

func truthOf(r *report.Report) wholeTruth {
	w := wholeTruth{Health: r.Summary.Health, Counts: make(map[string]int), Findings: []string{}, Unjudged: []string{}}
	if s := r.System; s != nil {
		w.Maker, w.Product, w.Serial = s.Manufacturer, s.Product, s.Serial
	}
	if id := r.Host.MachineID; id != nil {
		w.ID = id.Source + " " + id.Value
	}
	c := r.Summary.Counts
	for kind, n := range map[string]*int{"cpu": c.CPU, "dimm": c.DIMM, "drive": c.Drive, "gpu": c.GPU, "nic": c.NIC, "psu": c.PSU} {
		if n != nil && *n > 0 {
			w.Counts[kind] = *n
		}
	}
	if r.Memory != nil {
		w.MemoryGiB = float64(r.Memory.TotalBytes) / (1 << 30)
	}
	for _, f := range r.Findings {
		w.Findings = append(w.Findings, f.Severity+" "+f.Code+" "+f.Component)
	}
	for _, u := range *r.Summary.Unjudged {
		w.Unjudged = append(w.Unjudged, u.Component)
	}
	slices.Sort(w.Findings)
	slices.Sort(w.Unjudged)
	return w
}

// Each machine, from its capture to its verdict, is what its truth says.
func TestMachines(t *testing.T) {
	for name, build := range machines {
		t.Run(name, func(t *testing.T) {
			files := build().capture(t)
			if dir := os.Getenv("BEE_WRITE_MACHINES"); dir != "" {
				if err := os.CopyFS(filepath.Join(dir, name), files); err != nil {
					t.Fatal(err)
				}
			}
			data, err := os.ReadFile(filepath.Join("testdata", "machines", name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var want wholeTruth
			if err := json.Unmarshal(data, &want); err != nil {
				t.Fatal(err)
			}
			r := auditCapture(t, files)
			got := truthOf(r)
			doc, err := r.JSON()
			if err != nil {
				t.Fatal(err)
			}
			whole := compact(string(doc))
			for _, text := range want.Has {
				if strings.Contains(whole, text) {
					got.Has = append(got.Has, text)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the machine (-want +got):\n%s", diff)
				for _, f := range r.Findings {
					t.Log(f.Text)
				}
				for _, u := range *r.Summary.Unjudged {
					t.Log(u.Component, u.Why)
				}
			}
		})
	}
}

func auditCapture(t *testing.T, files fs.FS) *report.Report {
	t.Helper()
	h, err := host.Replay(files)
	if err != nil {
		t.Fatal(err)
	}
	return inventory.Audit(t.Context(), h, inventory.Options{})
}

// slotNames are "A1" to "A8", "B1", … by a format with the processor, the letter
// and the number.
func slotNames(format string, sockets, channels, each int) []string {
	var list []string
	for s := 1; s <= sockets; s++ {
		for c := range channels {
			for n := 1; n <= each; n++ {
				list = append(list, fmt.Sprintf(format, s, 'A'+rune(c), n))
			}
		}
	}
	return list
}

const gold = "Intel(R) Xeon(R) Gold 6430"

func fanRows(n int) string {
	var rows strings.Builder
	for i := 1; i <= n; i++ {
		rows.WriteString(sensorRow(fmt.Sprintf("FAN%d", i), 0x40+i, "ok", fmt.Sprintf("29.%d", i), "5400 RPM"))
	}
	return rows.String()
}

// hgxNode has eight GPUs: the driver cannot open one, the switch of another runs
// on half its lanes, a third has not joined the fabric, a fourth is divided.
func hgxNode() *machine {
	m := newMachine("Supermicro", "SYS-821GE-TNHR", "S900000X0000001", "b8b51e00-5d1c-11ee-8000-3cecef000001")
	m.cpu("CPU1", "Intel(R) Corporation", "Intel(R) Xeon(R) Platinum 8480+", 56, 0, "")
	m.cpu("CPU2", "Intel(R) Corporation", "Intel(R) Xeon(R) Platinum 8480+", 56, 1, "")
	m.memory(slotNames("P%d-DIMM%c%d", 2, 8, 2), 64, 2014.9, "SK Hynix", "DDR5", "80AD0123")
	var gpus, links, list strings.Builder
	for i, bus := range []int{0x1b, 0x43, 0x52, 0x61, 0x9d, 0xc3, 0xd1, 0xdf} {
		port, uplink := fmt.Sprintf("0000:%02x:01.0", bus-6), "32x16"
		if i == 3 {
			uplink = "32x8"
		}
		m.port(port, uplink)
		above, below, at := fmt.Sprintf("0000:%02x:00.0", bus-2), fmt.Sprintf("0000:%02x:00.0", bus-1), fmt.Sprintf("0000:%02x:00.0", bus)
		plx := function{id: "1000:c030", class: "0604", classWords: "PCI bridge", vendor: "Broadcom / LSI", device: "PEX890xx PCIe Gen 5 Switch", driver: "pcieport", best: "32x16"}
		plx.address, plx.parent, plx.link = above, port, uplink
		m.pci(plx)
		plx.address, plx.parent, plx.link = below, above, "32x16"
		m.pci(plx)
		m.pci(function{address: at, parent: below, id: "10de:2330", class: "0302", classWords: "3D controller", vendor: "NVIDIA Corporation", device: "GH100 [H100 SXM5 80GB]", driver: "nvidia", link: "32x16", best: "32x16"})
		if i == 7 {
			continue // its driver cannot open it
		}
		uuid := fmt.Sprintf("GPU-5a1b2c3d-0000-4000-8000-00000000000%d", i)
		fabric, mig := "<state>Completed</state><status>Success</status>", "<mig_mode><current_mig>Disabled</current_mig><pending_mig>Disabled</pending_mig></mig_mode>"
		if i == 2 {
			fabric = "<state>In Progress</state><status>N/A</status>"
		}
		fmt.Fprintf(&list, "GPU %d: NVIDIA H100 80GB HBM3 (UUID: %s)\n", i, uuid)
		if i == 5 {
			mig = "<mig_mode><current_mig>Enabled</current_mig><pending_mig>Enabled</pending_mig></mig_mode><mig_devices>"
			for k, part := range []string{"3g.40gb", "4g.40gb"} {
				mig += fmt.Sprintf("<mig_device><index>%d</index><gpu_instance_id>%d</gpu_instance_id><compute_instance_id>0</compute_instance_id><device_attributes><shared><multiprocessor_count>%d</multiprocessor_count></shared></device_attributes><fb_memory_usage><total>40448 MiB</total></fb_memory_usage></mig_device>", k, k+1, 60+4*k)
				fmt.Fprintf(&list, "  MIG %-12s Device  %d: (UUID: MIG-5a1b2c3d-0000-5000-8000-00000000050%d)\n", part, k, k)
			}
			mig += "</mig_devices>"
		}
		fmt.Fprintf(&gpus, "<gpu id=\"00000000:%02X:00.0\"><product_name>NVIDIA H100 80GB HBM3</product_name>%s<serial>165052300000%d</serial><uuid>%s</uuid><minor_number>%d</minor_number><vbios_version>96.00.89.00.01</vbios_version><board_part_number>699-2G520-0200-300</board_part_number><inforom_version><img_version>G520.0200.00.05</img_version></inforom_version>\n", bus, mig, i, uuid, i)
		fmt.Fprintf(&gpus, "<fabric>%s<health><bandwidth>Full</bandwidth><route_unhealthy>False</route_unhealthy></health></fabric><fb_memory_usage><total>81559 MiB</total></fb_memory_usage><ecc_mode><current_ecc>Enabled</current_ecc><pending_ecc>Enabled</pending_ecc></ecc_mode><ecc_errors><volatile><dram_uncorrectable>0</dram_uncorrectable></volatile></ecc_errors><temperature><gpu_temp>34 C</gpu_temp></temperature><gpu_recovery_action>None</gpu_recovery_action></gpu>\n", fabric)
		fmt.Fprintf(&links, "GPU %d: NVIDIA H100 80GB HBM3 (UUID: %s)\n", i, uuid)
		for k := range 18 {
			fmt.Fprintf(&links, "\t Link %d: 26.562 GB/s\n", k)
		}
	}
	m.file("proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64 Kernel Module  570.124.06\n")
	m.fail("nvidia-smi -q -x", 255, "<?xml version=\"1.0\" ?>\n<nvidia_smi_log>\n<driver_version>570.124.06</driver_version><cuda_version>12.8</cuda_version>\n<attached_gpus>8</attached_gpus>\n"+gpus.String()+"</nvidia_smi_log>\n",
		"Unable to determine the device handle for GPU0000:DF:00.0: Unknown Error\n")
	m.run("nvidia-smi -L", list.String())
	m.run("nvidia-smi nvlink -s", links.String())
	m.nvme(0, "0000:e0:01.0", "0000:e1:00.0", "S64GNE0T100001")
	m.nic("ens1np0", "0000:e6:01.0", "0000:e7:00.0", "b8:ce:f6:00:00:01")
	sensors := fanRows(10)
	for i := 1; i <= 6; i++ {
		sensors += sensorRow(fmt.Sprintf("PS%d Status", i), 0xc7+i, "ok", fmt.Sprintf("10.%d", i), "Presence detected")
	}
	m.bmc("Supermicro", "10.1.0.1", "3c:ec:ef:00:00:01", sensors, "FRU Device Description : Builtin FRU Device (ID 0)\n Product Serial        : S900000X0000001\n")
	return m
}

// fourSockets holds 64 modules, one of which the firmware maps out.
func fourSockets() *machine {
	m := newMachine("Lenovo", "ThinkSystem SR860 V3 -[7D94CTO1WW]-", "J900000A", "0b1c2d3e-1111-4222-8333-a0b1c2d3e4f5")
	for i := range 4 {
		m.cpu(fmt.Sprintf("CPU %d", i+1), "Intel(R) Corporation", "Intel(R) Xeon(R) Platinum 8454H", 32, i, "")
	}
	m.memory(slotNames("CPU%d_DIMM_%c%d", 4, 8, 2), 32, 1984.0, "Samsung", "DDR5", "80CE0123")
	m.nvme(0, "0000:3a:01.0", "0000:3b:00.0", "S64GNE0T200001")
	m.nvme(1, "0000:3a:02.0", "0000:3c:00.0", "S64GNE0T200002")
	m.nic("ens1np0", "0000:5d:01.0", "0000:5e:00.0", "b8:ce:f6:00:00:02")
	m.bmc("Lenovo", "10.1.0.2", "08:94:ef:00:00:02", fanRows(6)+
		sensorRow("Power Supply 1", 0x20, "ok", "19.1", "Presence detected")+sensorRow("PS 1 Fault", 0x21, "ok", "19.1", "Transition to OK")+
		sensorRow("Power Supply 2", 0x22, "ok", "19.2", "Presence detected")+sensorRow("PS 2 Fault", 0x23, "ok", "19.2", "Transition to OK")+
		sensorRow("SysBrd Fault", 0x60, "ok", "7.1", "State Deasserted")+sensorRow("All DIMMS", 0x61, "ok", "32.1", ""),
		"FRU Device Description : PSU1 (ID 2)\n Product Manufacturer  : DELTA\n Product Name          : DPS-1100\n Product Serial        : DELTA0000001\n\nFRU Device Description : PSU2 (ID 3)\n Product Manufacturer  : DELTA\n Product Name          : DPS-1100\n Product Serial        : DELTA0000002\n")
	return m
}

// supermicroTwin is a node of a chassis of two: its serial number stands in FRU 0.
func supermicroTwin() *machine {
	m := newMachine("Supermicro", "Super Server", "0123456789", "00000000-0000-0000-0000-ac1f6b000003")
	m.record(2, "Base Board Information", "Manufacturer", "Supermicro", "Product Name", "X11DPT-B", "Version", "1.10", "Serial Number", "OM000S000003", "Asset Tag", "To be filled by O.E.M.")
	m.record(3, "Chassis Information", "Manufacturer", "Supermicro", "Type", "Other", "Version", "0123456789", "Serial Number", "C217BAJ00AM0003", "Asset Tag", "To be filled by O.E.M.")
	m.cpu("CPU1", "Intel(R) Corporation", gold, 32, 0, "")
	m.cpu("CPU2", "Intel(R) Corporation", gold, 32, 1, "")
	m.memory(slotNames("P%d-DIMM%c%d", 2, 6, 1), 32, 376.9, "SK Hynix", "DDR4", "80AD0456")
	m.nvme(0, "0000:17:01.0", "0000:18:00.0", "S64GNE0T300001")
	m.nic("eno1", "0000:3a:01.0", "0000:3b:00.0", "ac:1f:6b:00:00:03")
	m.bmc("Supermicro", "10.1.0.3", "ac:1f:6b:00:00:04", fanRows(2)+sensorRow("PS1 Status", 0xc8, "ok", "10.1", "Presence detected")+sensorRow("PS2 Status", 0xc9, "ok", "10.2", "Presence detected"),
		"FRU Device Description : Builtin FRU Device (ID 0)\n Chassis Type          : Other\n Chassis Serial        : C217BAJ00AM0003\n Board Mfg             : Supermicro\n Board Serial          : OM000S000003\n Product Manufacturer  : Supermicro\n Product Name          : SYS-2029BT-HNR\n Product Serial        : A300000X9000003\n")
	return m
}

// hpeServer has one of two supplies dead and a failed fan.
func hpeServer() *machine {
	m := newMachine("HPE", "ProLiant DL380 Gen11", "CZ2D0000H4", "31373550-3837-435a-3244-303030304834")
	m.cpu("Proc 1", "Intel(R) Corporation", gold, 32, 0, "")
	m.cpu("Proc 2", "Intel(R) Corporation", gold, 32, 1, "")
	m.memory(slotNames("PROC %d DIMM %c%d", 2, 4, 1), 32, 251.4, "Hynix", "DDR5", "80AD0789")
	m.nvme(0, "0000:16:01.0", "0000:17:00.0", "S64GNE0T400001")
	m.nic("eno1", "0000:48:01.0", "0000:49:00.0", "5c:ed:8c:00:00:04")
	m.bmc("Hewlett Packard Enterprise", "10.1.0.4", "5c:ed:8c:00:00:05",
		sensorRow("Fan 1", 0x07, "ok", "29.1", "29.79 percent, Transition to Running")+sensorRow("Fan 2", 0x08, "cr", "29.2", "0 percent, Transition to Degraded")+
			sensorRow("Fans", 0x0a, "ok", "7.1", "Redundancy Lost")+
			sensorRow("Power Supply 1", 0x20, "ok", "10.1", "205 Watts, Presence detected")+sensorRow("Power Supply 2", 0x21, "ok", "10.2", "0 Watts, Presence detected, Failure detected")+
			sensorRow("Power Supplies", 0x22, "ok", "10.3", "Redundancy Lost")+sensorRow("01-Inlet Ambient", 0x01, "ok", "64.1", "22 degrees C"),
		"FRU Device Description : PowerSupply 1 (ID 3)\n Product Manufacturer  : HPE\n Product Name          : 865414-B21\n Product Serial        : 5WBXK0000001\n\nFRU Device Description : PowerSupply 2 (ID 4)\n Product Manufacturer  : HPE\n Product Name          : 865414-B21\n Product Serial        : 5WBXK0000002\n")
	return m
}

// dellServer has one of two supplies without mains and a failed fan.
func dellServer() *machine {
	m := newMachine("Dell Inc.", "PowerEdge R760", "ABC0005", "4c4c4544-0042-4310-8030-c1c04f303035")
	m.cpu("CPU1", "Intel", gold, 32, 0, "")
	m.cpu("CPU2", "Intel", gold, 32, 1, "")
	m.memory(slotNames("%[2]c%[1]d%[3]d", 2, 8, 1), 32, 503.0, "002C0632002C", "DDR5", "4312")
	m.nvme(0, "0000:63:01.0", "0000:64:00.0", "S64GNE0T500001")
	m.nic("eno8303", "0000:30:01.0", "0000:31:00.0", "ec:2a:72:00:00:05")
	m.record(39, "System Power Supply", "Power Unit Group", "1", "Location", "-", "Name", "PWR SPLY,1400WP,RDNT,LTON", "Manufacturer", "DELL", "Serial Number", "CNLOD0000000001", "Asset Tag", "-", "Model Part Number", "0D3M21A00", "Revision", "A00", "Max Power Capacity", "1400 W", "Status", "Present, OK", "Type", "Switching")
	m.record(39, "System Power Supply", "Power Unit Group", "1", "Location", "-", "Name", "PWR SPLY,1400WP,RDNT,LTON", "Manufacturer", "DELL", "Serial Number", "CNLOD0000000002", "Asset Tag", "-", "Model Part Number", "0D3M21A00", "Revision", "A00", "Max Power Capacity", "1400 W", "Status", "Present, Unknown", "Type", "Switching")
	m.bmc("DELL Inc", "10.1.0.5", "ec:2a:72:00:00:06",
		sensorRow("Fan1A RPM", 0x30, "ok", "7.1", "5040 RPM")+sensorRow("Fan2A RPM", 0x31, "lcr", "7.1", "0 RPM")+sensorRow("Fan Redundancy", 0x75, "ok", "7.1", "Redundancy Lost")+
			sensorRow("Status", 0x85, "ok", "10.1", "Presence detected")+sensorRow("Status", 0x86, "ok", "10.2", "Presence detected, Power Supply AC lost")+
			sensorRow("PS Redundancy", 0x77, "ok", "7.1", "Redundancy Lost")+sensorRow("PS1", 0x03, "ok", "10.1", "Logical FRU @03h")+sensorRow("PS2", 0x04, "ok", "10.2", "Logical FRU @04h")+sensorRow("Inlet Temp", 0x04, "ok", "7.1", "22 degrees C"),
		"FRU Device Description : PS1 (ID 3)\n Board Mfg             : DELL\n Board Product         : PWR SPLY,1400WP,RDNT,LTON\n Board Serial          : CNLOD0000000001\n Board Part Number     : 0D3M21A00\n\nFRU Device Description : PS2 (ID 4)\n Board Mfg             : DELL\n Board Product         : PWR SPLY,1400WP,RDNT,LTON\n Board Serial          : CNLOD0000000002\n Board Part Number     : 0D3M21A00\n")
	return m
}

// armServer is well.
func armServer() *machine {
	m := newMachine("GIGABYTE", "R152-P33-00", "GMG6P0000006", "0a0b0c0d-0e0f-4006-8000-b42e99000006")
	m.record(4, "Processor Information", "Socket Designation", "CPU 1", "Type", "Central Processor", "Family", "ARMv8", "Manufacturer", "Ampere(R)", "Version", "Ampere(R) Altra(R) Max Processor", "Max Speed", "3000 MHz", "Current Speed", "3000 MHz", "Status", "Populated, Enabled", "Serial Number", "00000000000000000123456789ABCDE6", "Core Count", "128", "Core Enabled", "128", "Thread Count", "128")
	for i := range 128 {
		fmt.Fprintf(&m.cpuinfo, "processor\t: %d\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU part\t: 0xd0c\n\n", i)
	}
	m.memory(slotNames("DIMM_P0_%[2]c%[1]d", 1, 8, 1), 32, 250.6, "Samsung", "DDR4", "80CE0606")
	m.nvme(0, "0000:00:01.0", "0000:01:00.0", "S64GNE0T600001")
	m.nic("enp1", "0001:00:01.0", "0001:01:00.0", "b4:2e:99:00:00:06")
	m.bmc("GIGA-BYTE", "10.1.0.6", "b4:2e:99:00:00:07", fanRows(4)+sensorRow("FAN5", 0x46, "ns", "29.6", "No Reading")+sensorRow("PSU1_Status", 0xc8, "ok", "10.1", "Presence detected")+sensorRow("PSU2_Status", 0xc9, "ok", "10.2", "Presence detected")+sensorRow("CPU0_TEMP", 1, "ok", "3.1", "48 degrees C"),
		"FRU Device Description : Builtin FRU Device (ID 0)\n Product Manufacturer  : GIGABYTE\n Product Name          : R152-P33-00\n Product Serial        : GMG6P0000006\n")
	return m
}

// laptop has a graphics card that rests: its link is slow, its audio sleeps.
func laptop() *machine {
	m := newMachine("LENOVO", "21DC0000GE", "PF400007", "11223344-5566-11ed-8000-8c8caa000007")
	m.cpu("U3E1", "Intel(R) Corporation", "12th Gen Intel(R) Core(TM) i7-12800H", 14, 0, "")
	m.memory([]string{"Controller0-ChannelA-DIMM0", "Controller1-ChannelA-DIMM0"}, 16, 31.0, "SK Hynix", "DDR5", "80AD0707")
	m.pci(function{address: "0000:00:01.0", id: "8086:460d", class: "0604", classWords: "PCI bridge", vendor: "Intel Corporation", device: "12th Gen Core Processor PCI Express x16 Controller #1", driver: "pcieport", link: "2.5x8", best: "32x8"})
	m.pci(function{address: "0000:01:00.0", parent: "0000:00:01.0", id: "10de:25b8", class: "0300", classWords: "VGA compatible controller", vendor: "NVIDIA Corporation", device: "GA107GLM [RTX A2000 Mobile]", driver: "nvidia", link: "2.5x8", best: "16x16"})
	m.pci(function{address: "0000:01:00.1", parent: "0000:00:01.0", id: "10de:2291", class: "0403", classWords: "Audio device", vendor: "NVIDIA Corporation", device: "GA107 High Definition Audio Controller", driver: "snd_hda_intel", link: "2.5x8", best: "16x16"})
	m.file("sys/bus/pci/devices/0000:01:00.1/power/runtime_status", "suspended\n")
	m.pci(function{address: "0000:00:02.0", id: "8086:46a6", class: "0300", classWords: "VGA compatible controller", vendor: "Intel Corporation", device: "Alder Lake-P Integrated Graphics Controller", driver: "i915"})
	m.file("proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64 Kernel Module  570.124.06\n")
	m.run("nvidia-smi -q -x", "<?xml version=\"1.0\" ?>\n<nvidia_smi_log>\n<driver_version>570.124.06</driver_version>\n<attached_gpus>1</attached_gpus>\n<gpu id=\"00000000:01:00.0\"><product_name>NVIDIA RTX A2000 Laptop GPU</product_name><serial>N/A</serial><uuid>GPU-77777777-0000-4000-8000-000000000007</uuid><pci><pci_gpu_link_info><pcie_gen><max_link_gen>4</max_link_gen><current_link_gen>1</current_link_gen></pcie_gen><link_widths><max_link_width>16x</max_link_width><current_link_width>8x</current_link_width></link_widths></pci_gpu_link_info></pci><fan_speed>N/A</fan_speed><performance_state>P8</performance_state><clocks_event_reasons><clocks_event_reason_gpu_idle>Active</clocks_event_reason_gpu_idle><clocks_event_reason_hw_slowdown>Not Active</clocks_event_reason_hw_slowdown></clocks_event_reasons><ecc_mode><current_ecc>N/A</current_ecc><pending_ecc>N/A</pending_ecc></ecc_mode><temperature><gpu_temp>41 C</gpu_temp></temperature></gpu>\n</nvidia_smi_log>\n")
	m.nvme(0, "0000:00:06.0", "0000:04:00.0", "S64GNE0T700001")
	m.pci(function{address: "0000:00:1f.6", id: "8086:1a1c", class: "0200", classWords: "Ethernet controller", vendor: "Intel Corporation", device: "Ethernet Connection (17) I219-LM", driver: "e1000e"})
	m.netdev("enp0s31f6", "pci0000:00/0000:00:1f.6", "e1000e", "8c:8c:aa:00:00:07")
	return m
}

// guest is a machine of a hypervisor with a disk and a network card of virtio.
func guest(maker, product, serial, uuid string) *machine {
	m := newMachine(maker, product, serial, uuid)
	m.pci(function{address: "0000:00:00.0", id: "8086:29c0", class: "0600", classWords: "Host bridge", vendor: "Intel Corporation", device: "82G33/G31/P35/P31 Express DRAM Controller"})
	m.pci(function{address: "0000:00:02.0", id: "1b36:000c", class: "0604", classWords: "PCI bridge", vendor: "Red Hat, Inc.", device: "QEMU PCIe Root port", driver: "pcieport", link: "2.5x1", best: "16x32"})
	m.pci(function{address: "0000:01:00.0", parent: "0000:00:02.0", id: "1af4:1041", class: "0200", classWords: "Ethernet controller", vendor: "Red Hat, Inc.", device: "Virtio 1.0 network device", driver: "virtio-pci", link: "2.5x1", best: "2.5x1"})
	return m
}

// disk is one that a hypervisor makes up.
func (m *machine) disk(name, place, vendor, model string) {
	m.link("sys/block/"+name, "../devices/"+place+"/block/"+name)
	for file, text := range map[string]string{"vendor": vendor, "model": model} {
		if text != "" {
			m.file("sys/devices/"+place+"/block/"+name+"/device/"+file, text+"\n")
		}
	}
	m.drives = append(m.drives, map[string]any{"name": name, "kname": name, "maj:min": "252:0", "type": "disk", "size": 42949672960, "vendor": vendor, "model": model, "rota": false, "rm": false, "log-sec": 512, "phy-sec": 512})
}

func kvmGuest() *machine {
	m := guest("QEMU", "Standard PC (Q35 + ICH9, 2009)", "-", "564d1f0e-1c3b-4a5f-8d1e-0a1b2c3d4e08")
	for i := range 4 {
		m.cpu(fmt.Sprintf("CPU %d", i), "QEMU", "pc-q35-9.2", 1, i, " hypervisor")
	}
	m.memory([]string{"DIMM 0", "DIMM 1"}, 4, 7.6, "QEMU", "RAM", "")
	m.netdev("ens3", "pci0000:00/0000:00:02.0/0000:01:00.0/virtio0", "virtio_net", "52:54:00:00:00:08")
	m.disk("vda", "pci0000:00/0000:00:05.0/virtio1", "", "")
	return m
}

func vmwareGuest() *machine {
	m := newMachine("VMware, Inc.", "VMware Virtual Platform", "VMware-56 4d 1f 0e 1c 3b 4a 5f-8d 1e 0a 1b 2c 3d 4e 09", "564d1f0e-1c3b-4a5f-8d1e-0a1b2c3d4e09")
	m.cpu("CPU #000", "GenuineIntel", gold, 2, 0, " hypervisor")
	for i := 1; i < 8; i++ {
		m.record(4, "Processor Information", "Socket Designation", fmt.Sprintf("CPU #%03d", i), "Type", "Central Processor", "Manufacturer", "GenuineIntel", "Version", gold, "Status", "Populated, Disabled", "Core Count", "1", "Core Enabled", "1", "Thread Count", "1")
	}
	m.memory([]string{"RAM slot #0"}, 8, 7.5, "-", "DRAM", "")
	m.pci(function{address: "0000:00:15.0", id: "15ad:07a0", class: "0604", classWords: "PCI bridge", vendor: "VMware", device: "PCI Express Root Port", driver: "pcieport", link: "5x32", best: "5x32"})
	m.pci(function{address: "0000:03:00.0", parent: "0000:00:15.0", id: "15ad:07b0", class: "0200", classWords: "Ethernet controller", vendor: "VMware", device: "VMXNET3 Ethernet Controller", driver: "vmxnet3", link: "5x32", best: "5x32"})
	m.pci(function{address: "0000:00:0f.0", id: "15ad:0405", class: "0300", classWords: "VGA compatible controller", vendor: "VMware", device: "SVGA II Adapter", driver: "vmwgfx"})
	m.netdev("ens160", "pci0000:00/0000:00:15.0/0000:03:00.0", "vmxnet3", "00:50:56:00:00:09")
	m.disk("sda", "pci0000:00/0000:00:10.0/host0/target0:0:0/0:0:0:0", "VMware", "Virtual disk")
	return m
}

func hypervGuest() *machine {
	m := newMachine("Microsoft Corporation", "Virtual Machine", "7783-7084-3265-9085-8269-3286-10", "564d1f0e-1c3b-4a5f-8d1e-0a1b2c3d4e10")
	m.cpu("None", "Intel(R) Corporation", gold, 4, 0, " hypervisor")
	m.memory([]string{"M0001", "M0002"}, 4, 7.7, "Microsoft Corporation", "Unknown", "")
	m.netdev("eth0", "LNXSYSTM:00/LNXSYBUS:00/ACPI0004:00/VMBUS:00/11112222-3333-4444-5555-666677778888", "hv_netvsc", "00:15:5d:00:00:10")
	m.disk("sda", "LNXSYSTM:00/LNXSYBUS:00/ACPI0004:00/VMBUS:00/f8b3781a-1e82-4818-a1c3-63d806ec15bb/host0/target0:0:0/0:0:0:0", "Msft", "Virtual Disk")
	m.files = append(m.files, map[string]any{"path": "sys/bus/pci/devices", "dir": []string{}}) // there is no bus
	return m
}

func xenGuest() *machine {
	m := newMachine("Xen", "HVM domU", "564d1f0e-1c3b-4a5f-8d1e-0a1b2c3d4e11", "564d1f0e-1c3b-4a5f-8d1e-0a1b2c3d4e11")
	m.cpu("CPU 1", "Intel", "-", 0, 0, " hypervisor")
	m.memory([]string{"DIMM 0"}, 8, 7.5, "-", "RAM", "")
	m.file("sys/hypervisor/type", "xen\n")
	m.pci(function{address: "0000:00:03.0", id: "5853:0001", class: "ff80", classWords: "Unassigned class", vendor: "XenSource, Inc.", device: "Xen Platform Device", driver: "xen-platform-pci"})
	m.pci(function{address: "0000:00:02.0", id: "1013:00b8", class: "0300", classWords: "VGA compatible controller", vendor: "Cirrus Logic", device: "GD 5446", driver: "cirrus"})
	m.netdev("eth0", "vif-0", "vif", "00:16:3e:00:00:11")
	m.disk("xvda", "vbd-51712", "", "")
	return m
}

// infinibandNode has two adapters whose driver makes no network interfaces.
func infinibandNode() *machine {
	m := newMachine("Supermicro", "SYS-221H-TNR", "S900000X0000012", "b8b51e00-5d1c-11ee-8000-3cecef000012")
	m.cpu("CPU1", "Intel(R) Corporation", gold, 32, 0, "")
	m.cpu("CPU2", "Intel(R) Corporation", gold, 32, 1, "")
	m.memory(slotNames("P%d-DIMM%c%d", 2, 8, 1), 32, 503.0, "SK Hynix", "DDR5", "80AD1212")
	m.nvme(0, "0000:e0:01.0", "0000:e1:00.0", "S64GNE0T120001")
	for i, bus := range []string{"17", "ca"} {
		port, at := "0000:"+map[string]string{"17": "16", "ca": "c9"}[bus]+":01.0", "0000:"+bus+":00.0"
		m.port(port, "32x16")
		m.pci(function{address: at, parent: port, id: "15b3:1021", class: "0207", classWords: "Infiniband controller", vendor: "Mellanox Technologies", device: "MT2910 Family [ConnectX-7]", driver: "mlx5_core", link: "32x16", best: "32x16"})
		name := fmt.Sprintf("mlx5_%d", i)
		dir := "sys/devices/pci0000:" + port[5:7] + "/" + port + "/" + at + "/infiniband/" + name
		m.link("sys/class/infiniband/"+name, "../../"+strings.TrimPrefix(dir, "sys/"))
		for file, text := range map[string]string{
			"fw_ver": "28.39.1002", "board_id": "MT_0000000838", "node_guid": fmt.Sprintf("b8ce:f603:0012:00%02d", i),
			"ports/1/state": "4: ACTIVE", "ports/1/phys_state": "5: LinkUp", "ports/1/rate": "400 Gb/sec (4X NDR)", "ports/1/link_layer": "InfiniBand",
		} {
			m.file(dir+"/"+file, text+"\n")
		}
	}
	m.bmc("Supermicro", "10.1.0.12", "3c:ec:ef:00:00:12", fanRows(6)+sensorRow("PS1 Status", 0xc8, "ok", "10.1", "Presence detected")+sensorRow("PS2 Status", 0xc9, "ok", "10.2", "Presence detected"),
		"FRU Device Description : Builtin FRU Device (ID 0)\n Product Serial        : S900000X0000012\n")
	return m
}

// What carries a machine's health, cut in the middle, empty or of another program,
// never leaves it "ok", and raises no alarm of its own.
func TestMachinesWithCutAnswers(t *testing.T) {
	damages := map[string]func([]byte) []byte{
		"cut":     func(data []byte) []byte { return data[:len(data)/2] },
		"cut off": func(data []byte) []byte { return data[:len(data)-len(data)/5] },
		"empty":   func([]byte) []byte { return nil },
		"noise":   func([]byte) []byte { return []byte("Segmentation fault\n") },
	}
	carries := []string{"dmidecode", "ipmitool sdr elist all", "smartctl -x", "nvidia-smi -q -x"}
	for name, build := range machines {
		m := build()
		whole := truthOf(auditCapture(t, m.capture(t)))
		for i, c := range m.commands {
			if !slices.ContainsFunc(carries, func(line string) bool { return strings.HasPrefix(c.line, line) }) {
				continue
			}
			for what, damage := range damages {
				t.Run(name+"/"+c.line+"/"+what, func(t *testing.T) {
					files := build().capture(t).(fstest.MapFS)
					stdout := fmt.Sprintf("c%d.stdout", i)
					files[stdout] = &fstest.MapFile{Data: damage(files[stdout].Data)}
					r := auditCapture(t, files)
					if r.Summary.Health == report.OK {
						t.Errorf("the machine is ok; not judged: %v", *r.Summary.Unjudged)
					}
					for _, f := range r.Findings {
						line := f.Severity + " " + f.Code + " " + f.Component
						if f.Severity != report.Info && !slices.Contains(whole.Findings, line) {
							t.Errorf("%s: %s", line, f.Text)
						}
					}
				})
			}
		}
	}
}
