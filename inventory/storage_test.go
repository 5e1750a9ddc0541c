// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory/collect"
)

const lsblkCommand = "lsblk -J -b -o NAME,KNAME,PKNAME,MAJ:MIN,TYPE,SIZE,TRAN,VENDOR,MODEL,REV,SERIAL,WWN,ROTA,RM,HCTL,LOG-SEC,PHY-SEC,FSTYPE,MOUNTPOINT"

// drives collects the storage of a machine and sums each drive up in a line.
func drives(t *testing.T, h *fake) []string {
	t.Helper()
	s, err := collect.Storage(t.Context(), h)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, d := range s.Drives {
		lines = append(lines, fmt.Sprintf("%s: %s %s [%s] by %s",
			d.ID, d.Name, d.Serial, strings.Join(d.Paths, ", "), strings.Join(d.Sources, "+")))
	}
	return lines
}

func lsblkJSON(disks ...string) string {
	return `{"blockdevices":[` + strings.Join(disks, ",") + `]}`
}

func disk(name, serial, wwn string) string {
	return fmt.Sprintf(`{"name":%q,"kname":%q,"type":"disk","size":1000204886016,"serial":%q,"wwn":%q}`, name, name, serial, wwn)
}

func scanJSON(devices ...[2]string) string {
	var list []string
	for _, d := range devices {
		list = append(list, fmt.Sprintf(`{"name":%q,"type":%q}`, d[0], d[1]))
	}
	return `{"devices":[` + strings.Join(list, ",") + `]}`
}

// smartJSON is an ATA drive with the world-wide name 5 000c50 then the OUI's
// digits given by id.
func smartJSON(serial string, id int) string {
	wwn := ""
	if id != 0 {
		wwn = fmt.Sprintf(`,"wwn":{"naa":5,"oui":3152,"id":%d}`, id)
	}
	return fmt.Sprintf(`{"smartctl":{"exit_status":0},"model_name":"M","serial_number":%q,"user_capacity":{"bytes":1000204886016}%s}`, serial, wwn)
}

// One drive is one entry, however many tools see it in however many ways.
func TestDriveIdentity(t *testing.T) {
	const scan = "smartctl --scan-open -j"
	tests := []struct {
		name string
		host *fake
		want []string
	}{{
		name: "RAID members behind the controller, one of them a disk of its own",
		host: &fake{tools: map[string]string{
			lsblkCommand:                      lsblkJSON(disk("sda", "", "0x5000c50000000001")),
			scan:                              scanJSON([2]string{"/dev/sda", "scsi"}, [2]string{"/dev/bus/0", "sat+megaraid,8"}, [2]string{"/dev/bus/0", "megaraid,9"}),
			"smartctl -x -j -d scsi /dev/sda": smartJSON("SN8", 1),
			"smartctl -x -j -d sat+megaraid,8 /dev/bus/0": smartJSON("SN8", 1),
			"smartctl -x -j -d megaraid,9 /dev/bus/0":     smartJSON("SN9", 2),
		}},
		want: []string{
			"drive:0x5000c50000000001: sda SN8 [/dev/bus/0 sat+megaraid,8, /dev/sda] by smartctl+lsblk",
			"drive:0x5000c50000000002:  SN9 [/dev/bus/0 megaraid,9] by smartctl",
		},
	}, {
		name: "two paths to one disk",
		host: &fake{tools: map[string]string{
			lsblkCommand: lsblkJSON(disk("sda", "SN1", "0x5000c50000000001"), disk("sdb", "SN1", "0x5000c50000000001")),
		}},
		want: []string{"drive:0x5000c50000000001: sda SN1 [/dev/sda, /dev/sdb] by lsblk"},
	}, {
		name: "a dock that lends both its disks one serial number",
		host: &fake{tools: map[string]string{
			lsblkCommand:                     lsblkJSON(disk("sda", "DOCK77", ""), disk("sdb", "DOCK77", "")),
			scan:                             scanJSON([2]string{"/dev/sda", "sat"}, [2]string{"/dev/sdb", "sat"}),
			"smartctl -x -j -d sat /dev/sda": smartJSON("SN1", 1),
			"smartctl -x -j -d sat /dev/sdb": smartJSON("SN2", 2),
		}},
		want: []string{
			"drive:0x5000c50000000001: sda SN1 [/dev/sda] by smartctl+lsblk",
			"drive:0x5000c50000000002: sdb SN2 [/dev/sdb] by smartctl+lsblk",
		},
	}, {
		name: "placeholders for serial numbers join nothing",
		host: &fake{tools: map[string]string{
			lsblkCommand: lsblkJSON(disk("sda", "N/A", ""), disk("sdb", "N/A", "")),
		}},
		want: []string{"drive:sda: sda  [/dev/sda] by lsblk", "drive:sdb: sdb  [/dev/sdb] by lsblk"},
	}, {
		name: "an NVMe drive with two namespaces",
		host: &fake{
			tools: map[string]string{
				lsblkCommand: lsblkJSON(disk("nvme0n1", "NV1", "eui.1"), disk("nvme0n2", "NV1", "eui.2"), disk("nvme10n1", "NV10", "")),
			},
			files: map[string]string{
				"sys/class/nvme/nvme0":                                        "->../../devices/pci0000:00/0000:01:00.0/nvme/nvme0",
				"sys/devices/pci0000:00/0000:01:00.0/nvme/nvme0/serial":       "NV1 \n",
				"sys/devices/pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n1/size": "8\n",
				"sys/devices/pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n2/size": "16\n",
				"sys/block/nvme0n1":                                           "->../devices/pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n1",
				"sys/block/nvme0n2":                                           "->../devices/pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n2",
			},
		},
		want: []string{
			"drive:NV1: nvme0n1 NV1 [/dev/nvme0, /dev/nvme0n1, /dev/nvme0n2] by sysfs+lsblk",
		},
	}, {
		name: "an NVMe drive with native multipath",
		host: &fake{files: map[string]string{
			"sys/class/nvme/nvme3":                                           "->../../devices/pci0000:00/0000:03:00.0/nvme/nvme3",
			"sys/class/nvme/nvme4":                                           "->../../devices/pci0000:00/0000:04:00.0/nvme/nvme4",
			"sys/devices/pci0000:00/0000:03:00.0/nvme/nvme3/serial":          "DUAL\n",
			"sys/devices/pci0000:00/0000:04:00.0/nvme/nvme4/serial":          "DUAL\n",
			"sys/devices/virtual/nvme-subsystem/nvme-subsys3/serial":         "DUAL\n",
			"sys/devices/virtual/nvme-subsystem/nvme-subsys3/nvme3n1/size":   "8\n",
			"sys/devices/virtual/nvme-subsystem/nvme-subsys3/nvme3n1/device": "->../../nvme-subsys3",
			"sys/block/nvme3n1":                                              "->../devices/virtual/nvme-subsystem/nvme-subsys3/nvme3n1",
		}},
		want: []string{"drive:DUAL: nvme3n1 DUAL [/dev/nvme3, /dev/nvme3n1, /dev/nvme4] by sysfs"},
	}, {
		name: "what is no hardware",
		host: &fake{
			tools: map[string]string{lsblkCommand: lsblkJSON(`{"name":"loop0","type":"loop"}`, disk("zram0", "", ""), disk("md0", "", ""))},
			files: map[string]string{
				"sys/block/loop0":                   "->../devices/virtual/block/loop0",
				"sys/devices/virtual/block/loop0/x": "", "sys/block/vda": "->../devices/pci0000:00/0000:00:02.0/virtio0/block/vda",
				"sys/devices/pci0000:00/0000:00:02.0/virtio0/block/vda/serial": "V1",
			},
		},
		want: []string{"drive:V1: vda V1 [/dev/vda] by sysfs"},
	}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, drives(t, tt.host)); diff != "" {
				t.Errorf("drives (-want +got):\n%s", diff)
			}
		})
	}
}

// A drive that cannot be opened hides no other.
func TestOneBadDrive(t *testing.T) {
	h := &fake{tools: map[string]string{
		"smartctl --scan-open -j":        scanJSON([2]string{"/dev/sda", "sat"}, [2]string{"/dev/sdb", "sat"}),
		"smartctl -x -j -d sat /dev/sda": `{"smartctl":{"exit_status":2,"messages":[{"string":"/dev/sda: I/O error","severity":"error"}]}}`,
		"smartctl -x -j -d sat /dev/sdb": smartJSON("SN2", 2),
	}}
	s, err := collect.Storage(t.Context(), h)
	if s == nil || len(s.Drives) != 2 || s.Drives[1].Serial != "SN2" {
		t.Errorf("storage = %+v", s)
	}
	if err == nil || !strings.Contains(err.Error(), "smartctl -x -j -d sat /dev/sda: /dev/sda: I/O error") {
		t.Errorf("error = %v", err)
	}
}

// The tools of an enterprise Linux 7 write no JSON: their text is read.
func TestOldTools(t *testing.T) {
	text, err := os.ReadFile("../smart/testdata/text-sata/input")
	if err != nil {
		t.Fatal(err)
	}
	pairs := strings.Replace(lsblkCommand, "-J", "-P", 1)
	h := &fake{
		tools: map[string]string{
			"smartctl --scan-open -j":     "smartctl 6.5 2016-05-07 r4318\n\n=======> UNRECOGNIZED OPTION: j\n",
			lsblkCommand:                  "",
			pairs:                         `NAME="sda" KNAME="sda" TYPE="disk" SIZE="1000204886016" TRAN="sata" SERIAL="EX0000000042"` + "\n",
			"smartctl --scan-open":        "/dev/sda -d sat # /dev/sda [SAT], ATA device\n",
			"smartctl -x -d sat /dev/sda": string(text),
		},
		exits:  map[string]int{"smartctl --scan-open -j": 1, lsblkCommand: 1},
		stderr: map[string]string{lsblkCommand: "lsblk: invalid option -- 'J'\n"},
	}
	s, err := collect.Storage(t.Context(), h)
	if err != nil || s == nil || len(s.Drives) != 1 {
		t.Fatalf("%+v, %v", s, err)
	}
	if d := s.Drives[0]; d.Smart == nil || d.Smart.Verdict.Health == "unknown" || d.Model == "" || !slices.Equal(d.Sources, []string{"smartctl", "lsblk"}) {
		t.Errorf("drive = %+v", d)
	}

	// Cut behind the drive's own word, the text would say that all is well.
	const word = "test result: PASSED\n"
	h.tools["smartctl -x -d sat /dev/sda"] = string(text[:strings.Index(string(text), word)+len(word)])
	if s, _ = collect.Storage(t.Context(), h); s == nil || len(s.Drives) != 1 || s.Drives[0].Smart.Verdict.Health != "unknown" {
		t.Errorf("cut: %+v", s)
	}
}
