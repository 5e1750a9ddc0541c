// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mchus/bee/inventory/host"
)

// A machine is made of what its tools would print and its kernel would show.
// Its parts are put in one after the other; capture writes it all down.
type machine struct {
	dmi       strings.Builder
	lspci     strings.Builder
	handle    int
	commands  []machineCommand
	files     []map[string]any // lines of files.jsonl
	drives    []map[string]any // of lsblk
	scan      []map[string]any // of smartctl --scan-open
	cpuinfo   strings.Builder
	secondary map[string]bool
}

type machineCommand struct {
	line, stdout, stderr string
	exit                 int
}

// newMachine begins one that calls itself so; "-" is a text that nobody filled.
func newMachine(maker, product, serial, uuid string) *machine {
	m := &machine{secondary: make(map[string]bool)}
	m.dmi.WriteString("# dmidecode 3.6\nGetting SMBIOS data from sysfs.\nSMBIOS 3.5.0 present.\n")
	m.record(1, "System Information", "Manufacturer", maker, "Product Name", product, "Version", "-", "Serial Number", serial, "UUID", uuid, "Wake-up Type", "Power Switch", "SKU Number", "-", "Family", "-")
	return m
}

// record adds a structure; its fields are keys and values in turn.
func (m *machine) record(kind int, title string, fields ...string) int {
	m.handle++
	fmt.Fprintf(&m.dmi, "\nHandle 0x%04X, DMI type %d, 64 bytes\n%s\n", m.handle, kind, title)
	for i := 0; i+1 < len(fields); i += 2 {
		value := fields[i+1]
		if value == "-" {
			value = "Not Specified"
		}
		fmt.Fprintf(&m.dmi, "\t%s: %s\n", fields[i], value)
	}
	return m.handle
}

// cpu puts a processor into a socket. flags are those of the kernel's list.
func (m *machine) cpu(socket, maker, model string, cores, id int, flags string) {
	m.record(4, "Processor Information", "Socket Designation", socket, "Type", "Central Processor", "Manufacturer", maker, "Version", model,
		"Max Speed", "4000 MHz", "Current Speed", "2100 MHz", "Status", "Populated, Enabled", "Serial Number", "-",
		"Core Count", fmt.Sprint(cores), "Core Enabled", fmt.Sprint(cores), "Thread Count", fmt.Sprint(2*cores))
	fmt.Fprintf(&m.cpuinfo, "processor\t: %d\nvendor_id\t: GenuineIntel\nmodel name\t: %s\nmicrocode\t: 0x2b000603\nphysical id\t: %d\ncpu cores\t: %d\nflags\t\t: fpu vme%s\n\n", id, model, id, cores, flags)
}

// memory puts modules of so many GiB into slots and tells what the kernel has of
// them, in GiB; serial is the beginning of their serial numbers.
func (m *machine) memory(slots []string, gib int, kernel float64, maker, kind, serial string) {
	array := m.record(16, "Physical Memory Array", "Location", "System Board Or Motherboard", "Use", "System Memory",
		"Error Correction Type", "Multi-bit ECC", "Maximum Capacity", "4 TB", "Number Of Devices", fmt.Sprint(len(slots)))
	for i, slot := range slots {
		number := "-"
		if serial != "" {
			number = fmt.Sprintf("%s%04X", serial, 0x1A00+7*i)
		}
		m.record(17, "Memory Device", "Array Handle", fmt.Sprintf("0x%04X", array), "Total Width", "80 bits", "Data Width", "64 bits",
			"Size", fmt.Sprintf("%d GB", gib), "Form Factor", "DIMM", "Locator", slot, "Bank Locator", "-", "Type", kind,
			"Type Detail", "Synchronous Registered (Buffered)", "Speed", "4800 MT/s", "Manufacturer", maker, "Serial Number", number,
			"Asset Tag", "-", "Part Number", "HMCG88AGBRA193N", "Rank", "2", "Configured Memory Speed", "4800 MT/s", "Memory Technology", "DRAM")
	}
	m.file("proc/meminfo", fmt.Sprintf("MemTotal:       %d kB\n", int64(kernel*(1<<20))))
}

func (m *machine) file(path, text string) {
	m.files = append(m.files, map[string]any{"path": path, "text": text})
}

func (m *machine) link(path, target string) {
	m.files = append(m.files, map[string]any{"path": path, "link": target})
}

func (m *machine) run(line, stdout string) { m.fail(line, 0, stdout, "") }

func (m *machine) fail(line string, exit int, stdout, stderr string) {
	m.commands = append(m.commands, machineCommand{line, stdout, stderr, exit})
}

// A function is one of the bus. Links are GT/s and lanes, "32x16"; "" for none.
type function struct {
	address, parent            string
	id, class                  string
	classWords, vendor, device string
	driver, link, best         string
	physical                   string // of a virtual function
}

func (m *machine) pci(f function) {
	at := "sys/bus/pci/devices/" + f.address
	vendor, device, _ := strings.Cut(f.id, ":")
	m.file(at+"/vendor", "0x"+vendor+"\n")
	m.file(at+"/device", "0x"+device+"\n")
	m.file(at+"/class", "0x"+f.class+"00\n")
	if f.driver != "" {
		m.link(at+"/driver", "../../../bus/pci/drivers/"+f.driver)
	}
	for name, link := range map[string]string{"current": f.link, "max": f.best} {
		if speed, width, ok := strings.Cut(link, "x"); ok {
			m.file(at+"/"+name+"_link_speed", speed+" GT/s PCIe\n")
			m.file(at+"/"+name+"_link_width", width+"\n")
		}
	}
	if f.physical != "" {
		m.link(at+"/physfn", "../"+f.physical)
	}
	if f.parent != "" && !m.secondary[f.parent] {
		m.secondary[f.parent] = true
		var domain, bus int
		fmt.Sscanf(f.address, "%x:%x:", &domain, &bus)
		m.file("sys/bus/pci/devices/"+f.parent+"/secondary_bus_number", fmt.Sprintln(bus))
	}
	fmt.Fprintf(&m.lspci, "Slot:\t%s\nClass:\t%s [%s]\nVendor:\t%s [%s]\nDevice:\t%s [%s]\nProgIf:\t00\n", f.address, f.classWords, f.class, f.vendor, vendor, f.device, device)
	if f.driver != "" {
		fmt.Fprintf(&m.lspci, "Driver:\t%s\n", f.driver)
	}
	m.lspci.WriteString("\n")
}

// port puts a root port on the bus.
func (m *machine) port(address, link string) {
	m.pci(function{address: address, id: "8086:352a", class: "0604", classWords: "PCI bridge", vendor: "Intel Corporation", device: "PCI Express Root Port", driver: "pcieport", link: link, best: "32x16"})
}

// nic puts a network card of one port below a root port.
func (m *machine) nic(name, port, address, mac string) {
	m.port(port, "16x16")
	m.pci(function{address: address, parent: port, id: "15b3:101d", class: "0200", classWords: "Ethernet controller", vendor: "Mellanox Technologies", device: "MT2892 Family [ConnectX-6 Dx]", driver: "mlx5_core", link: "16x16", best: "16x16"})
	m.netdev(name, "pci0000:"+port[5:7]+"/"+port+"/"+address, "mlx5_core", mac)
}

// netdev is an Ethernet interface with a link, of the device at a place below
// /sys/devices.
func (m *machine) netdev(name, place, driver, mac string) {
	at := "sys/devices/" + place + "/net/" + name
	m.link("sys/class/net/"+name, "../../devices/"+place+"/net/"+name)
	m.link(at+"/device/driver", "../../../../bus/pci/drivers/"+driver)
	for file, text := range map[string]string{"address": mac, "type": "1", "carrier": "1", "flags": "0x1003", "addr_assign_type": "0", "speed": "100000"} {
		m.file(at+"/"+file, text+"\n")
	}
	m.run("ethtool -i "+name, "driver: "+driver+"\nversion: 6.1.0\nfirmware-version: 22.39.2048 (MT_0000000359)\nexpansion-rom-version: \nbus-info: \n")
	m.run("ethtool -P "+name, "Permanent address: "+mac+"\n")
}

// nvme puts a healthy drive below a root port.
func (m *machine) nvme(n int, port, address, serial string) {
	m.port(port, "16x4")
	m.pci(function{address: address, parent: port, id: "144d:a80a", class: "0108", classWords: "Non-Volatile memory controller", vendor: "Samsung Electronics Co Ltd", device: "NVMe SSD Controller PM9A1", driver: "nvme", link: "16x4", best: "16x4"})
	name, dev := fmt.Sprintf("nvme%dn1", n), fmt.Sprintf("/dev/nvme%d", n)
	const size = 1920383410176
	m.link("sys/block/"+name, fmt.Sprintf("../devices/pci0000:%s/%s/%s/nvme/nvme%d/%s", port[5:7], port, address, n, name))
	m.drives = append(m.drives, map[string]any{"name": name, "kname": name, "maj:min": fmt.Sprintf("259:%d", n), "type": "disk", "size": size, "tran": "nvme", "model": "SAMSUNG MZQL21T9HCJR-00A07", "serial": serial, "rota": false, "rm": false, "log-sec": 512, "phy-sec": 4096})
	m.scan = append(m.scan, map[string]any{"name": dev, "info_name": dev, "type": "nvme", "protocol": "NVMe"})
	m.json("smartctl -x -j -d nvme "+dev, map[string]any{
		"json_format_version": []int{1, 0}, "smartctl": map[string]any{"version": []int{7, 4}, "exit_status": 0},
		"device": map[string]any{"name": dev, "type": "nvme", "protocol": "NVMe"}, "model_name": "SAMSUNG MZQL21T9HCJR-00A07", "serial_number": serial, "firmware_version": "GDC5902Q",
		"nvme_total_capacity": size, "user_capacity": map[string]any{"bytes": size}, "logical_block_size": 512,
		"smart_status": map[string]any{"passed": true}, "temperature": map[string]any{"current": 34}, "power_on_time": map[string]any{"hours": 4711},
		"nvme_smart_health_information_log": map[string]any{"critical_warning": 0, "temperature": 34, "available_spare": 100, "available_spare_threshold": 10, "percentage_used": 1, "media_errors": 0},
	})
}

func (m *machine) json(line string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	m.run(line, string(data)+"\n")
}

// bmc gives the machine a controller: rows of its sensors, its inventory.
func (m *machine) bmc(maker, ip, mac, sensors, fru string) {
	m.files = append(m.files, map[string]any{"path": "dev/ipmi0", "type": "device"})
	m.record(38, "IPMI Device Information", "Interface Type", "KCS (Keyboard Control Style)", "Specification Version", "2.0")
	m.run("ipmitool mc info", "Device ID                 : 32\nDevice Revision           : 1\nFirmware Revision         : 1.74\nIPMI Version              : 2.0\nManufacturer ID           : 1\nManufacturer Name         : "+maker+"\nDevice Available          : yes\nProvides Device SDRs      : yes\nAdditional Device Support :\n    Sensor Device\n")
	lan := "Set in Progress         : Set Complete\nIP Address Source       : Static Address\nIP Address              : " + ip + "\nSubnet Mask             : 255.255.255.0\nMAC Address             : " + mac + "\n"
	m.run("ipmitool lan print", lan)
	m.run("ipmitool lan print 1", lan)
	m.run("ipmitool sdr elist all", sensors)
	m.run("ipmitool fru print", fru)
	m.run("ipmitool sel elist", "   1 | 01/10/2026 | 08:00:00 UTC | Event Logging Disabled SEL | Log area reset/cleared | Asserted\n")
}

// sensorRow is a line of "sdr elist".
func sensorRow(name string, number int, status, entity, reading string) string {
	return fmt.Sprintf("%-16s | %02Xh | %-3s | %4s | %s\n", name, number, status, entity, reading)
}

// capture writes the machine down as an audit records one.
func (m *machine) capture(t *testing.T) fs.FS {
	t.Helper()
	m.record(127, "End Of Table")
	m.run("dmidecode", m.dmi.String()+"\n")
	m.run("lspci -vmmnnkD", m.lspci.String())
	m.file("proc/cpuinfo", m.cpuinfo.String())
	if m.drives == nil {
		m.drives = []map[string]any{}
	}
	m.json("lsblk -J -b -o NAME,KNAME,PKNAME,MAJ:MIN,TYPE,SIZE,TRAN,VENDOR,MODEL,REV,SERIAL,WWN,ROTA,RM,HCTL,LOG-SEC,PHY-SEC,FSTYPE,MOUNTPOINT", map[string]any{"blockdevices": m.drives})
	m.json("smartctl --scan-open -j", map[string]any{"json_format_version": []int{1, 0}, "smartctl": map[string]any{"version": []int{7, 4}, "exit_status": 0}, "devices": m.scan})
	files := fstest.MapFS{"host.json": {Data: []byte(`{"schema":"bee.capture/1","times":["2026-03-01T10:00:00Z","2026-03-01T10:00:04Z"]}`)}}
	var commands, listed strings.Builder
	for i, c := range m.commands {
		entry := map[string]any{"argv": strings.Fields(c.line), "duration": "20ms", "exit": c.exit}
		for kind, text := range map[string]string{"stdout": c.stdout, "stderr": c.stderr} {
			if text != "" {
				name := fmt.Sprintf("c%d.%s", i, kind)
				entry[kind], files[name] = name, &fstest.MapFile{Data: []byte(text)}
			}
		}
		line, _ := json.Marshal(entry)
		commands.Write(append(line, '\n'))
	}
	for _, f := range m.files {
		line, _ := json.Marshal(f)
		listed.Write(append(line, '\n'))
	}
	files["commands.jsonl"] = &fstest.MapFile{Data: []byte(commands.String())}
	files["files.jsonl"] = &fstest.MapFile{Data: []byte(listed.String())}
	if _, err := host.Replay(files); err != nil {
		t.Fatal(err)
	}
	return files
}
