// SPDX-License-Identifier: Apache-2.0

package smart_test

import (
	"errors"
	"fmt"

	"github.com/mchus/bee/smart"
)

// Is this disk failing, and why?
func ExampleDevice_Health() {
	out := []byte(`{
  "smartctl": {"version": [7, 4], "exit_status": 8},
  "device": {"name": "/dev/sdb", "type": "scsi", "protocol": "SCSI"},
  "scsi_model_name": "SEAGATE ST1200MM0099",
  "serial_number": "WFK0000X0000",
  "smart_status": {"passed": false, "scsi": {"asc": 93, "ascq": 16, "ie_string": "HARDWARE IMPENDING FAILURE GENERAL HARD DRIVE FAILURE"}},
  "scsi_grown_defect_list": 17,
  "scsi_error_counter_log": {"read": {"total_uncorrected_errors": 2}}
}`) // smartctl -x -j /dev/sdb
	dev, err := smart.Parse(out)
	if err != nil {
		fmt.Println(err) // what is in dev is good nevertheless
	}
	health := dev.Health()
	fmt.Println(dev.ModelName, dev.SerialNumber, "is", health.Verdict)
	for _, r := range health.Reasons {
		fmt.Printf("%-8s %s\n", r.Severity, r.Text)
	}
	// Output:
	// SEAGATE ST1200MM0099 WFK0000X0000 is critical
	// critical The drive's own health check says that it is failing: HARDWARE IMPENDING FAILURE GENERAL HARD DRIVE FAILURE (asc 0x5d, ascq 0x10).
	// warning  Bad blocks that the drive has replaced: 17.
	// warning  Errors that the drive could not correct, on read: 2.
}

// How worn is this SSD?
func ExampleDevice_PercentUsed() {
	dev, err := smart.Parse([]byte(`{
  "smartctl": {"version": [7, 4], "exit_status": 0},
  "device": {"name": "/dev/nvme1n1", "type": "nvme", "protocol": "NVMe"},
  "nvme_smart_health_information_log": {"percentage_used": 7, "data_units_written": 1928683480}
}`)) // smartctl -x -j /dev/nvme1n1
	if err != nil {
		fmt.Println(err)
	}
	if used := dev.PercentUsed(); used != nil {
		fmt.Printf("%d %% of its rated life\n", *used)
	}
	if written, ok := dev.BytesWritten(); ok {
		fmt.Println(written, "bytes written")
	}
	// Output:
	// 7 % of its rated life
	// 987485941760000 bytes written
}

// Which disk is the root filesystem on?
func ExampleBlockDevice_Disks() {
	list, err := smart.ParseLsblk([]byte(`{"blockdevices": [
   {"name": "sda", "maj:min": "8:0", "type": "disk", "children": [
      {"name": "md0", "maj:min": "9:0", "type": "raid1", "children": [
         {"name": "vg0-root", "maj:min": "253:0", "type": "lvm", "mountpoint": "/"}]}]},
   {"name": "sdb", "maj:min": "8:16", "type": "disk", "children": [
      {"name": "md0", "maj:min": "9:0", "type": "raid1", "children": [
         {"name": "vg0-root", "maj:min": "253:0", "type": "lvm", "mountpoint": "/"}]}]},
   {"name": "sdc", "maj:min": "8:32", "type": "disk"}
]}`)) // lsblk -J -o NAME,MAJ:MIN,TYPE,MOUNTPOINT
	if err != nil {
		fmt.Println(err)
	}
	if root := list.Mounted("/"); root != nil {
		for _, disk := range root.Disks() {
			fmt.Println(root.Name, "is on", disk.Name)
		}
	}
	// Output:
	// vg0-root is on sda
	// vg0-root is on sdb
}

// How does smartctl reach each drive?
func ExampleParseScan() {
	scan, err := smart.ParseScan([]byte(`{"smartctl": {"version": [7, 4]}, "devices": [
  {"name": "/dev/sda", "type": "sat", "protocol": "ATA"},
  {"name": "/dev/bus/0", "type": "sat+megaraid,8", "protocol": "ATA"},
  {"name": "/dev/sg1", "type": "cciss,0", "protocol": "SCSI"}
]}`)) // smartctl --scan-open -j
	if err != nil {
		fmt.Println(err)
	}
	for _, dev := range scan.Devices {
		fmt.Println("smartctl -x -j -d", dev.Type, dev.Path)
	}
	// Output:
	// smartctl -x -j -d sat /dev/sda
	// smartctl -x -j -d sat+megaraid,8 /dev/bus/0
	// smartctl -x -j -d cciss,0 /dev/sg1
}

// The same drive from smartctl's text and from its JSON.
func ExampleParseText() {
	const text = `smartctl 6.5 2016-05-07 r4318 [x86_64-linux-3.10.0] (local build)
=== START OF INFORMATION SECTION ===
Device Model:     EXAMPLE HDD4000
User Capacity:    4,000,787,030,016 bytes [4.00 TB]
`
	const document = `{"smartctl":{"exit_status":0},"model_name":"EXAMPLE HDD4000","user_capacity":{"bytes":4000787030016}}`
	fromText, err := smart.ParseText([]byte(text))
	if err != nil {
		fmt.Println(err)
	}
	fromJSON, err := smart.Parse([]byte(document))
	if err != nil {
		fmt.Println(err)
	}
	for _, dev := range []*smart.Device{fromText.Device, fromJSON} {
		fmt.Println(dev.ModelName, dev.CapacityBytes)
	}
	// Output:
	// EXAMPLE HDD4000 4000787030016
	// EXAMPLE HDD4000 4000787030016
}

// Where smartctl could not open the drive, that is no error: it is understood.
func ExampleParseText_notOpened() {
	text, err := smart.ParseText([]byte(`smartctl 7.3 2022-02-28 r5338 [x86_64-linux-6.1.0] (local build)
Smartctl open device: /dev/sda failed: Permission denied
`))
	health := text.Device.Health()
	fmt.Println(err, health.Verdict)
	for _, reason := range health.Reasons {
		fmt.Println(reason.Text)
	}
	// Output:
	// <nil> unknown
	// smartctl printed no health status of the drive. smartctl: Smartctl open device: /dev/sda failed: Permission denied
}

// What could not be understood, and where does it stand? The rest is there.
func ExampleParseError() {
	dev, err := smart.Parse([]byte(`{"smartctl": {"exit_status": 0},
 "model_name": "EXAMPLE HDD4000",
 "temperature": {"current": "warm"}, "smart_status": {"passed": true}}
`))
	if list, ok := errors.AsType[smart.Errors](err); ok {
		for _, e := range list {
			fmt.Printf("line %d, column %d, %s: %v\n", e.Line, e.Column, e.Path, e.Err)
		}
	}
	fmt.Println(dev.ModelName, dev.Temperature.CurrentCelsius == nil, dev.Passed != nil)
	// Output:
	// line 3, column 29, temperature.current: unexpected type: want an integer
	// EXAMPLE HDD4000 true true
}

// A health log that another tool read is judged by the same rules.
func ExampleJudgeNVMe() {
	used := int64(120)
	health := smart.JudgeNVMe(&smart.NVMeHealth{UsedPercent: &used})
	fmt.Println(health.Verdict)
	for _, reason := range health.Reasons {
		fmt.Println(reason.Text)
	}
	// Output:
	// warning
	// The drive has used up 120 % of its rated life.
}

// Why is this drive a warning? Each reason says what was looked at, what it was
// held against, and where it came from.
func ExampleReason() {
	text, err := smart.ParseText([]byte(`smartctl 7.3 2022-02-28 r5338 [x86_64-linux-6.1.0] (local build)

=== START OF INFORMATION SECTION ===
Device Model:     ST2000NM0011
Rotation Rate:    7200 rpm

=== START OF READ SMART DATA SECTION ===
SMART overall-health self-assessment test result: PASSED

ID# ATTRIBUTE_NAME          FLAGS    VALUE WORST THRESH FAIL RAW_VALUE
  5 Reallocated_Sector_Ct   PO--CK   100   100   036    -    12
  7 Seek_Error_Rate         POSR--   083   060   030    -    216345678
197 Current_Pending_Sector  -O--C-   100   100   000    -    3
199 UDMA_CRC_Error_Count    -OSRCK   200   200   000    -    1
`))
	if err != nil {
		fmt.Println(err)
	}
	health := text.Device.Health()
	fmt.Println(health.Verdict)
	for _, r := range health.Reasons {
		fmt.Printf("%s, %s: %s\n", r.Severity, r.Attribute, r.Text)
	}
	// Output:
	// warning
	// warning, 5 Reallocated_Sector_Ct: Bad sectors that the drive has replaced: 12.
	// warning, 197 Current_Pending_Sector: Sectors that the drive could not read: 3.
	// ok, 199 UDMA_CRC_Error_Count: Transmission errors on the link to the drive over its life, often a cable: 1.
}
