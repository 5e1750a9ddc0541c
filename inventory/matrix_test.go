// SPDX-License-Identifier: Apache-2.0

//go:build linux

package inventory_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

// aServer is a machine of which everything can be read: what each of its tools
// prints by its command line, and what its kernel has.
var aServer = &fake{
	tools: map[string]string{
		"dmidecode": `# dmidecode 3.6

Handle 0x0001, DMI type 1, 27 bytes
System Information
	Manufacturer: Lab Systems Inc
	Product Name: LX2 Server
	Serial Number: SRV-2023-0042

Handle 0x0004, DMI type 4, 48 bytes
Processor Information
	Socket Designation: CPU 0
	Type: Central Processor
	Version: LAB EPYC 9354P 32-Core Processor
	Status: Populated, Enabled
	Core Count: 32

Handle 0x0010, DMI type 16, 23 bytes
Physical Memory Array
	Use: System Memory
	Number Of Devices: 2

Handle 0x0011, DMI type 17, 92 bytes
Memory Device
	Array Handle: 0x0010
	Size: 64 GB
	Locator: DIMM_A1
	Serial Number: 2F3E11AA

Handle 0x0012, DMI type 17, 92 bytes
Memory Device
	Array Handle: 0x0010
	Size: 64 GB
	Locator: DIMM_B1
	Serial Number: 2F3E11AB

Handle 0x0026, DMI type 38, 18 bytes
IPMI Device Information
	Interface Type: KCS (Keyboard Control Style)

Handle 0x7F00, DMI type 127, 4 bytes
End Of Table

`,
		lsblkCommand:                        lsblkJSON(`{"name":"sda","kname":"sda","type":"disk","size":1000204886016,"tran":"sata","serial":"SN1","rota":true}`, `{"name":"nvme0n1","kname":"nvme0n1","type":"disk","size":1000204886016,"tran":"nvme","serial":"NV1","rota":false}`),
		"smartctl --scan-open -j":           scanJSON([2]string{"/dev/sda", "sat"}),
		"smartctl -x -j -d sat /dev/sda":    `{"smartctl":{"version":[7,4],"exit_status":0},"device":{"name":"/dev/sda","type":"sat","protocol":"ATA"},"model_name":"M","serial_number":"SN1","user_capacity":{"bytes":1000204886016},"smart_support":{"available":true,"enabled":true},"smart_status":{"passed":true}}`,
		"nvme id-ctrl /dev/nvme0 -o json":   `{"sn":"NV1","mn":"MODEL","fr":"1.0"}`,
		"nvme smart-log /dev/nvme0 -o json": `{"critical_warning":0,"temperature":310,"avail_spare":100,"spare_thresh":10,"percent_used":1,"media_errors":0}`,
		"lspci -vmmnnkD": "Slot:\t0000:3b:00.0\nClass:\t3D controller [0302]\nVendor:\tNVIDIA Corporation [10de]\nDevice:\tGH100 [2330]\n\n" +
			"Slot:\t0000:00:03.0\nClass:\tEthernet controller [0200]\nVendor:\tIntel Corporation [8086]\nDevice:\t82574L [10d3]\n\n",
		"dmsetup status --noflush --manglename none": "vg-root: 0 49152 raid raid1 2 AA 49152/49152 idle 0 0 -\nvg-root_rimage_0: 0 49152 linear \nvg-root_rimage_1: 0 49152 linear \n",
		"ethtool -i eth0":         "driver: e1000e\nfirmware-version: 1.8-0\n",
		"ethtool -P eth0":         "Permanent address: 52:54:00:aa:00:01\n",
		"ipmitool mc info":        "Device ID                 : 32\nFirmware Revision         : 1.70\nIPMI Version              : 2.0\n",
		"ipmitool lan print":      "IP Address              : 10.1.2.3\nMAC Address             : 52:54:00:aa:00:09\n",
		"ipmitool fru print":      fruText,
		"ipmitool sdr elist all":  strings.Replace(sdrText, ", Power Supply AC lost", "", 1),
		"ipmitool -v fru print 1": " Product Serial        : DPSN1\n Power Supply Record\n  Capacity                   : 800 W\n",
		"nvidia-smi -q -x": `<?xml version="1.0" ?>
<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">
<nvidia_smi_log>
	<driver_version>570.124.06</driver_version>
	<attached_gpus>1</attached_gpus>
	<gpu id="00000000:3B:00.0">
		<product_name>NVIDIA H100 80GB HBM3</product_name>
		<serial>1650522000001</serial>
		<uuid>GPU-11111111-2222-3333-4444-555555555555</uuid>
	</gpu>
</nvidia_smi_log>
`,
	},
	files: map[string]string{
		"dev/ipmi0":                  "",
		"proc/driver/nvidia/version": "NVRM version: 570.124.06\n",
		"sys/class/nvme/nvme0":       "->../../devices/pci0000:00/0000:01:00.0/nvme/nvme0",
		"sys/devices/pci0000:00/0000:01:00.0/nvme/nvme0/serial":       "NV1\n",
		"sys/devices/pci0000:00/0000:01:00.0/nvme/nvme0/model":        "MODEL\n",
		"sys/devices/pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n1/size": "1953525168\n",
		"sys/block/nvme0n1": "->../devices/pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n1",
		"sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/size":             "1953525168\n",
		"sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/queue/rotational": "1\n",
		"sys/block/sda":                                        "->../devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda",
		"sys/block/dm-0":                                       "->../devices/virtual/block/dm-0",
		"sys/devices/virtual/block/dm-0/size":                  "49152\n",
		"sys/devices/virtual/block/dm-0/dm/name":               "vg-root_rimage_0\n",
		"sys/devices/virtual/block/dm-0/dm/uuid":               "LVM-abc\n",
		"sys/devices/virtual/block/dm-0/slaves/sda":            "",
		"sys/block/dm-1":                                       "->../devices/virtual/block/dm-1",
		"sys/devices/virtual/block/dm-1/size":                  "49152\n",
		"sys/devices/virtual/block/dm-1/dm/name":               "vg-root\n",
		"sys/devices/virtual/block/dm-1/dm/uuid":               "LVM-abd\n",
		"sys/devices/virtual/block/dm-1/slaves/dm-0":           "",
		"sys/devices/pci0000:00/0000:00:03.0/net/eth0/address": "52:54:00:aa:00:01\n",
		"sys/class/net/eth0":                                   "->../../devices/pci0000:00/0000:00:03.0/net/eth0",
		"sys/devices/pci0000:00/0000:00:03.0/class":            "0x020000\n",
		"sys/devices/pci0000:00/0000:00:03.0/vendor":           "0x8086\n",
		"sys/bus/pci/devices/0000:00:03.0":                     "->../../../devices/pci0000:00/0000:00:03.0",
		"sys/devices/pci0000:3a/0000:3b:00.0/class":            "0x030200\n",
		"sys/devices/pci0000:3a/0000:3b:00.0/vendor":           "0x10de\n",
		"sys/bus/pci/devices/0000:3b:00.0":                     "->../../../devices/pci0000:3a/0000:3b:00.0",
	},
}

// toolNames are the tools that aServer has, in order.
func toolNames() []string {
	var names []string
	for line := range aServer.tools {
		name, _, _ := strings.Cut(line, " ")
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// install writes aServer's tools into dir as scripts, and its kernel's files
// below dir/root. The scripts answer by their arguments.
func install(t *testing.T, dir string) {
	t.Helper()
	for i, name := range toolNames() {
		script := "#!/bin/sh\ncase \"$*\" in\n"
		for line, text := range aServer.tools {
			if tool, args, _ := strings.Cut(line, " "); tool == name {
				file := filepath.Join(dir, fmt.Sprintf("%d-%d", i, len(script)))
				writeFiles(t, "", map[string]string{file: text})
				script += fmt.Sprintf("'%s') exec cat %s;;\n", args, file)
			}
		}
		script += "esac\nexit 0\n"
		writeTool(t, dir, name, script)
	}
	for name, text := range aServer.files {
		path := filepath.Join(dir, "root", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if target, ok := strings.CutPrefix(text, "->"); ok {
			err = os.Symlink(target, path)
		} else {
			err = os.WriteFile(path, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func writeTool(t *testing.T, dir, name, script string) {
	t.Helper()
	path := filepath.Join(dir, name)
	_ = os.Remove(path)
	if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
}

// A fault is a way in which a tool fails: a script made of the good tool's path.
type fault struct {
	name   string
	script func(good string) string
}

var faults = []fault{
	{"absent", nil},
	{"not executable", nil},
	{"bad interpreter", func(string) string { return "#!/nowhere/sh\n" }},
	{"hangs", func(string) string { return "#!/bin/sh\nexec sleep 60\n" }},
	{"ignores SIGTERM", func(string) string { return "#!/bin/sh\ntrap '' TERM INT HUP\nwhile :; do sleep 1; done\n" }},
	{"floods", func(string) string { return "#!/bin/sh\nexec cat /dev/zero\n" }},
	{"half its output, then exit 1", func(good string) string { return half(good) + "echo 'read: Input/output error' >&2\nexit 1\n" }},
	{"half its output, then a signal", func(good string) string { return half(good) + "kill -SEGV $$\n" }},
	{"nothing and exit 0", func(string) string { return "#!/bin/sh\nexit 0\n" }},
	{"another tool's text", func(string) string { return "#!/bin/sh\necho 'usage: frobnicate [-x]'\nexit 0\n" }},
	{"garbage and exit 2", func(string) string { return "#!/bin/sh\nprintf '\\001\\377garbage\\n'\nexit 2\n" }},
	{"a child on the pipe", func(good string) string { return "#!/bin/sh\nsleep 60 &\nexec " + good + " \"$@\"\n" }},
}

// moreFaults are tried with BEE_FAULTS=all.
var moreFaults = []fault{
	{"half its output, then it hangs", func(good string) string { return half(good) + "exec sleep 60\n" }},
	{"half its output and exit 0", half},
	{"stops itself", func(string) string { return "#!/bin/sh\nkill -STOP $$\n" }},
	{"floods standard error", func(string) string { return "#!/bin/sh\nexec cat /dev/zero >&2\n" }},
	{"drips", func(string) string { return "#!/bin/sh\nwhile :; do echo drop; sleep 0.1; done\n" }},
	{"closes its output and hangs", func(string) string { return "#!/bin/sh\nexec >&- 2>&-\nexec sleep 60\n" }},
	{"fifty children", func(string) string {
		return "#!/bin/sh\ni=0\nwhile [ $i -lt 50 ]; do sleep 60 & i=$((i + 1)); done\nwait\n"
	}},
	{"a child in a session of its own", func(good string) string { return "#!/bin/sh\nsetsid sleep 3 &\nexec " + good + " \"$@\"\n" }},
	{"its output, then a signal", func(good string) string { return "#!/bin/sh\n" + good + " \"$@\"\nkill -KILL $$\n" }},
	{"a bell and colours first", func(good string) string {
		return "#!/bin/sh\nprintf '\\007\\033[31m\\n'\nexec " + good + " \"$@\"\n"
	}},
	{"exit 127", func(string) string { return "#!/bin/sh\necho 'not found' >&2\nexit 127\n" }},
}

// mayPass are faults with which a tool may still answer for all that it knows.
var mayPass = []string{"a child on the pipe", "a child in a session of its own", "a bell and colours first", "half its output and exit 0"}

// left returns the processes that tools of dir left running. One that was killed
// may take a moment to end.
func left(dir string, apart map[string]bool) (pids []string) {
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		pids = pids[:0]
		list, _ := filepath.Glob("/proc/[0-9]*/environ")
		for _, file := range list {
			pid := filepath.Base(filepath.Dir(file))
			if text, err := os.ReadFile(file); err == nil && strings.Contains(string(text), "PATH="+dir) && !apart[pid] {
				pids = append(pids, pid)
			}
		}
		if len(pids) == 0 || time.Now().After(end) {
			return pids
		}
	}
}

// half prints the first half of what the good tool prints.
func half(good string) string {
	return "#!/bin/sh\nout=$(" + good + " \"$@\"; echo x)\nout=${out%x}\nprintf '%.'$((${#out} / 2))'s' \"$out\"\n"
}

// components are the ids of what stands in a report.
func components(r *report.Report) []string {
	var ids []string
	for c := range r.Components() {
		if c.Kind != "controller" {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// TestMatrixOfFailingTools: of every tool with every fault, none loses a
// component while the verdict is "ok", and the culprit is named.
func TestMatrixOfFailingTools(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	dir := t.TempDir()
	install(t, dir)
	for _, name := range []string{"cat", "sleep", "sh", "setsid"} { // what the scripts run; no other tool of this machine is seen
		path, err := exec.LookPath(name)
		if err == nil {
			err = os.Symlink(path, filepath.Join(dir, name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	audit := func() *report.Report {
		h := host.Live(host.WithPath(dir), host.WithRoot(dir+"/root"), host.WithTimeout(time.Second))
		return inventory.Audit(t.Context(), h, inventory.Options{Timeout: 20 * time.Second})
	}
	well := audit()
	if well.Summary.Health != report.OK || len(*well.Summary.Unjudged) != 0 {
		t.Fatalf("with all tools well: %s, unjudged %+v, findings %+v, diagnostics %+v", well.Summary.Health, *well.Summary.Unjudged, well.Findings, well.Diagnostics)
	}
	want := components(well)
	faults := faults
	if os.Getenv("BEE_FAULTS") == "all" {
		faults = append(faults[:len(faults):len(faults)], moreFaults...)
	}
	runs, lost, slowest := 0, 0, time.Duration(0)
	apart := make(map[string]bool)
	for _, name := range toolNames() {
		good := filepath.Join(dir, name+".good")
		if err := os.Rename(filepath.Join(dir, name), good); err != nil {
			t.Fatal(err)
		}
		for _, fault := range faults {
			switch fault.name {
			case "absent":
				_ = os.Remove(filepath.Join(dir, name))
			case "not executable":
				writeTool(t, dir, name, "#!/bin/sh\n")
				_ = os.Chmod(filepath.Join(dir, name), 0o644)
			default:
				writeTool(t, dir, name, fault.script(good))
			}
			runs++
			start := time.Now()
			r := audit()
			slowest = max(slowest, time.Since(start))
			for _, pid := range left(dir, apart) {
				if fault.name != "a child in a session of its own" {
					t.Errorf("%s, %s: leaves process %s running", name, fault.name, pid)
				}
				apart[pid] = true // nobody can know whose it is
			}
			have := components(r)
			missing := slices.DeleteFunc(slices.Clone(want), func(id string) bool { return slices.Contains(have, id) })
			if len(missing) > 0 {
				lost++
			}
			if r.Summary.Health == report.OK && len(missing) > 0 {
				t.Errorf("%s, %s: %q are lost and the verdict is ok", name, fault.name, missing)
			}
			named := slices.ContainsFunc(r.Diagnostics, func(d report.Diagnostic) bool { return strings.HasPrefix(d.Source, name) })
			if !named && (len(missing) > 0 || !slices.Contains(mayPass, fault.name)) {
				t.Errorf("%s, %s: no diagnostic names it: %+v", name, fault.name, r.Diagnostics)
			}
			if _, err := r.JSON(); err != nil {
				t.Errorf("%s, %s: %v", name, fault.name, err)
			}
		}
		if err := os.Rename(good, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d tools x %d faults: %d audits, the slowest in %v; %d lost a component, none of these is ok; %d processes in sessions of their own were left", len(toolNames()), len(faults), runs, slowest.Round(time.Millisecond), lost, len(apart))
}
