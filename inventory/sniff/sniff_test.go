// SPDX-License-Identifier: Apache-2.0

package sniff

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// samples are short pieces of each kind of output, enough to be certain of.
var samples = map[document]string{
	dmidecode:        "# dmidecode 3.6\nGetting SMBIOS data from sysfs.\nSMBIOS 3.3.0 present.\n",
	smartctlText:     "smartctl 7.4 2023-08-01 r5530 [x86_64-linux] (local build)\nCopyright (C) 2002-23, Bruce Allen\n\n=== START OF INFORMATION SECTION ===\n",
	smartctlJSON:     `{"json_format_version":[1,0],"smartctl":{"version":[7,4]},"device":{"name":"/dev/sda"},"model_name":"X"}`,
	smartctlScan:     `{"json_format_version":[1,0],"smartctl":{"version":[7,4]},"devices":[{"name":"/dev/sda","info_name":"/dev/sda"}]}`,
	lsblkJSON:        `{"blockdevices":[{"name":"sda"}]}`,
	lsblkPairs:       "NAME=\"sda\" MAJ:MIN=\"8:0\" SIZE=\"1.8T\" TYPE=\"disk\"\n",
	nvmeListJSON:     `{"Devices":[{"DevicePath":"/dev/nvme0n1","ModelNumber":"X","UsedBytes":1}]}`,
	nvmeListText:     "Node          SN      Model Namespace Usage            Format      FW Rev\n------------- ------- ----- --------- ---------------- ----------- -------\n",
	nvmeSubsysJSON:   `[{"HostNQN":"nqn.x","Subsystems":[{"Name":"nvme-subsys0","NQN":"nqn.y","Paths":[]}]}]`,
	nvmeSubsysText:   "nvme-subsys0 - NQN=nqn.y\n\\\n +- nvme0 pcie 0000:01:00.0 live\n",
	nvmeIDCtrlJSON:   `{"vid":5197,"ssvid":5197,"mdts":9,"cntlid":4}`,
	nvmeIDCtrlText:   "NVME Identify Controller:\nvid       : 0x144d\n",
	nvmeIDNSJSON:     `{"nsze":1,"ncap":1,"nuse":1}`,
	nvmeIDNSText:     "NVME Identify Namespace 1:\nnsze    : 0x1\n",
	nvmeSmartJSON:    `{"critical_warning":0,"temperature":310,"avail_spare":100,"spare_thresh":10}`,
	nvmeSmartText:    "Smart Log for NVME device:nvme0 namespace-id:ffffffff\n",
	nvmeErrorJSON:    `{"errors":[{"error_count":1,"sqid":0,"cmdid":1}]}`,
	nvmeErrorText:    "Error Log Entries for device:nvme0 entries:1\n",
	nvmeFirmwareJSON: `{"nvme0":{"Active Firmware Slot (afi)":1}}`,
	nvmeFirmwareText: "Firmware Log for device:nvme0\nafi  : 0x1\n",
	lspci:            "Slot:\t00:00.0\nClass:\tHost bridge\nVendor:\tIntel Corporation\nDevice:\tX\n",
	ipmitoolFRU:      "FRU Device Description : Builtin FRU Device (ID 0)\n Board Mfg Date        : Mon Jan  1 00:00:00 1996\n",
	ipmitoolSDR:      "CPU Temp | 41h | ok  |  3.1 | 45 degrees C\nFAN1 | 42h | ok  | 29.1 | 5400 RPM\nFAN2 | 43h | ns  | 29.2 | No Reading\n",
	ipmitoolMC:       "Device ID                 : 32\nDevice Revision           : 1\nFirmware Revision         : 1.17\nIPMI Version              : 2.0\nManufacturer ID           : 10876\n",
	ipmitoolLAN:      "Set in Progress         : Set Complete\nAuth Type Support       : MD5\n",
	ipmitoolLAN6:     "IPv6/IPv4 Support:\n    IPv6 only: yes\nIPv6/IPv4 Addressing Enables: both\n",
	ipmitoolSEL:      "SEL Information\nVersion          : 1.5 (v1.5, v2 compliant)\n",
	nvidiaXML:        "<?xml version=\"1.0\" ?>\n<!DOCTYPE nvidia_smi_log SYSTEM \"nvsmi_device_v12.dtd\">\n",
	nvidiaText:       "==============NVSMI LOG==============\n\nTimestamp   : Mon Oct 25 22:06:14 2021\n",
	nvidiaCSV:        "index, name, uuid, memory.total [MiB]\n0, NVIDIA L4, GPU-1, 23034 MiB\n",
	nvidiaList:       "GPU 0: NVIDIA L4 (UUID: GPU-9b9b9b9b-1111-4222-8333-000000000300)\n",
	nvidiaTopo:       "\tGPU0\tGPU1\tCPU Affinity\tNUMA Affinity\nGPU0\t X \tNV18\t0-31\t0\n",
	nvidiaNVLink:     "GPU 0: NVIDIA H100 (UUID: GPU-9b9b9b9b-1111-4222-8333-000000000300)\n\t Link 0: 26.562 GB/s\n",
	storcliJSON:      `{"Controllers":[{"Command Status":{"CLI Version":"007.1 ","Controller":0}}]}`,
	storcliText:      "CLI Version = 007.1211.0000.0000 Nov 07, 2019\nOperating system = Linux 5.0.0\nController = 0\n",
	sasircu:          "Avago Technologies SAS3 IR Configuration Utility.\nVersion 16.00.00.00\n",
	ssacli:           "Smart Array P440ar in Slot 0 (Embedded)\n   Bus Interface: PCI\n",
	arcconf:          "Controllers found: 1\n----------\nController information\n----------\n   Controller Status   : Optimal\n",
	megacli:          "Adapter #0\n\nEnclosure Device ID: 252\nSlot Number: 0\n",
	mdadm:            "/dev/md0:\n           Version : 1.2\n     Creation Time : Tue\n        Raid Level : raid1\n",
	mdstat:           "Personalities : [raid1]\nmd0 : active raid1 sda1[0] sdb1[1]\n",
	mstflint:         "Image type:            FS4\nFW Version:            20.35.1012\n",
	dmsetupStatus:    "vg-root: 0 49152 raid raid1 2 AA 49152/49152 idle 0 0 -\n",
	devlinkInfo:      `{"info":{"pci/0000:af:00.0":{"driver":"bnxt_en","board.serial_number":"x"}}}`,
	ethtoolDriver:    "driver: igb\nversion: 5.6.0-k\nfirmware-version: 1.63, 0x800009fa\n",
	ethtoolModule:    "\tIdentifier                                : 0x03 (SFP)\n\tExtended identifier                       : 0x04\n\tVendor PN                                 : X\n",
	ethtoolAddress:   "Permanent address: 00:00:5e:00:53:01\n",
}

// TestDocuments lists each of them once.
func TestDocuments(t *testing.T) {
	list := Documents()
	seen := make(map[Match]bool)
	for _, m := range list {
		if m.Tool == "" || m.Format == "" || seen[m] {
			t.Errorf("odd document %v", m)
		}
		seen[m] = true
	}
	if len(list) != len(samples) || !seen[Match{"nvme", "id-ctrl", "text", Certain}] {
		t.Errorf("%d documents of %d: %v", len(list), len(samples), list)
	}
}

// TestSamples is certain of each kind, behind noise, with carriage returns and
// indented.
func TestSamples(t *testing.T) {
	for d := range foreign {
		text, ok := samples[d]
		if !ok {
			t.Errorf("no sample of %v", documents[d])
			continue
		}
		want := documents[d]
		for name, text := range map[string]string{
			"as it is":              text,
			"behind noise":          noise + text,
			"with carriage returns": strings.ReplaceAll(text, "\n", "\r\n"),
			"indented":              "    " + strings.ReplaceAll(text, "\n", "\n    "),
			"behind a byte mark":    "\ufeff" + text,
		} {
			m := Best([]byte(text))
			if m.Tool != want.tool || m.Document != want.name || m.Format != want.format || m.Confidence != Certain {
				t.Errorf("%v %s is %v", want, name, m)
			}
		}
	}
}

const noise = "Last login: Mon Mar  2 10:00:00 2026 from 192.0.2.1\n" +
	"bash: warning: setlocale: LC_ALL: cannot change locale (de_DE.UTF-8)\n" +
	"[sudo] password for admin: \nroot@host:~# cat out.txt\n" +
	"[proxychains] DLL init: proxychains-ng 4.16\n"

func TestUnknown(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":            "",
		"blanks":             "\n \t\r\n",
		"words":              "It was a dark and stormy night.\n",
		"noise":              noise,
		"zeros":              string(make([]byte, 1000)),
		"os-release":         "NAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n",
		"other JSON":         `{"name":"x","version":"1.0","info":{"title":"API"},"devices":[]}`,
		"other CSV":          "name, age, city\nAda, 36, London\n",
		"other XML":          "<?xml version=\"1.0\"?>\n<note><to>you</to></note>\n",
		"lspci":              "00:00.0 Host bridge: Intel Corporation 440FX - 82441FX PMC [Natoma] (rev 02)\n",
		"ethtool":            "Settings for eth0:\n\tSupported ports: [ TP ]\n\tSpeed: 1000Mb/s\n",
		"zpool status":       "  pool: tank\n state: ONLINE\nconfig:\n",
		"tw_cli":             "Unit  UnitType  Status         %RCmpl  %V/I/M  Stripe  Size(GB)  Cache  AVrfy\n",
		"lsscsi":             "[0:0:0:0]    disk    ATA      ST4000NM0035     TN03  /dev/sda\n",
		"lsblk's table":      "NAME   MAJ:MIN RM   SIZE RO TYPE MOUNTPOINT\nsda      8:0    0 223.6G  0 disk\n",
		"ipmimonitoring":     "ID  | Name             | Type  | State    | Reading    | Units  | Event\n0   | UID | OEM | N/A | N/A | N/A | 'OK'\n",
		"a markdown table":   "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n",
		"nvidia-smi's table": "| NVIDIA-SMI 550.127.05   Driver Version: 550.127.05   CUDA Version: 12.4 |\n",
	} {
		if m := Best([]byte(text)); m != (Match{Confidence: Unknown}) {
			t.Errorf("%s is %v", name, m)
		}
		if list := Guess([]byte(text)); len(list) > 0 {
			t.Errorf("%s may be %v", name, list)
		}
	}
}

// TestTwoOutputs names both, and is certain of neither.
func TestTwoOutputs(t *testing.T) {
	list := Guess([]byte(samples[mstflint] + samples[lsblkJSON]))
	if len(list) != 2 || list[0].Tool != "mstflint" || list[1].Tool != "lsblk" || list[0].Confidence != Likely {
		t.Errorf("%v", list)
	}
}

// TestMarksAreInOrder: the marks are searched by halves.
func TestMarksAreInOrder(t *testing.T) {
	byText := func(a, b mark) int { return strings.Compare(a.text, b.text) }
	for _, marks := range [][]mark{lineMarks[:], keyMarks[:]} {
		if !slices.IsSortedFunc(marks, byText) {
			t.Error("marks are out of order")
		}
		for i, m := range marks {
			if m.points <= 0 || i > 0 && m.text == marks[i-1].text && m.doc == marks[i-1].doc {
				t.Errorf("odd mark %q", m.text)
			}
		}
	}
}

// TestFixturesInDisguise names the fixtures behind noise and with carriage
// returns as without.
func TestFixturesInDisguise(t *testing.T) {
	for path, data := range readFixtures(t) {
		want := Best(data)
		for name, data := range map[string][]byte{
			"behind noise":          append([]byte(noise), data...),
			"with carriage returns": bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")),
		} {
			if m := Best(data); m != want {
				t.Errorf("%s %s is %v, not %v", path, name, m, want)
			}
		}
	}
}

// TestCutFixtures names fixtures whose second half is missing, and the second
// halves: it must not be certain of a wrong tool.
func TestCutFixtures(t *testing.T) {
	var files, right, headless int
	for path, data := range readFixtures(t) {
		want, _, _ := what(path)
		begin, end := Best(data[:len(data)/2]), Best(data[len(data)/2:])
		files++
		if begin.Tool == want {
			right++
		}
		if end.Tool == want {
			headless++
		}
		for _, m := range []Match{begin, end} {
			if m.Tool != want && m.Confidence == Certain {
				t.Errorf("%s: half is certainly %v", path, m)
			}
		}
	}
	t.Logf("without the end: right=%.2f%%, without the beginning: right=%.2f%%, of %d", percent(right, files), percent(headless, files), files)
	if percent(right, files) < 90 || percent(headless, files) < 60 {
		t.Error("want at least 90 % and 60 %")
	}
}

// FuzzGuess states the contract: whatever the bytes, there is a ranked list of
// known documents, each once, and only the first may be certain.
func FuzzGuess(f *testing.F) {
	for _, text := range samples {
		f.Add([]byte(text))
	}
	f.Add([]byte("a\",\"b\":\"c\" | ok | ok | ok\n,,,,\n=\"\"\n in Slot \n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list := Guess(data)
		seen := make(map[Match]bool)
		for i, m := range list {
			if m.Tool == "" || m.Confidence != Likely && (m.Confidence != Certain || i > 0) {
				t.Fatalf("odd match %v", m)
			}
			m.Confidence = ""
			if seen[m] {
				t.Fatalf("%v twice", m)
			}
			seen[m] = true
		}
		if best := Best(data); len(list) > 0 && best != list[0] {
			t.Fatalf("best is %v of %v", best, list)
		}
	})
}

func BenchmarkGuess(b *testing.B) {
	files := readFixtures(b)
	for _, name := range []string{"/dmi/testdata/qemu-3.7/input", "/smart/testdata/ata-failing/input", "/pci/ethtool/testdata/module-qsfp28/input"} {
		data := files["/../.."+name]
		b.Run(strings.Split(name, "/")[3], func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				Guess(data)
			}
		})
	}
}

// BenchmarkScale shows that ×100 input takes ×100 time, on one line too.
func BenchmarkScale(b *testing.B) {
	for _, unit := range []struct{ name, text string }{{"lines", "a | b | ok\n"}, {"line", `{"a":"b", `}, {"quotes", `"`}, {"commas", `a.b,`}, {"pairs", `NAME="a" `}} {
		for _, n := range []int{1000, 100_000} {
			data := bytes.Repeat([]byte(unit.text), n)
			b.Run(unit.name, func(b *testing.B) {
				b.SetBytes(int64(len(data)))
				for b.Loop() {
					Guess(data)
				}
			})
		}
	}
}
