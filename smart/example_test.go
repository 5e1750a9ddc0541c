// SPDX-License-Identifier: Apache-2.0

package smart_test

import (
	"fmt"
	"log"
	"os"

	"github.com/mchus/bee/smart"
)

// Is this disk failing, and why?
func ExampleDevice_Health() {
	data, err := os.ReadFile("testdata/sas-failing/input") // smartctl -x -j /dev/sdb
	if err != nil {
		log.Fatal(err)
	}
	dev, err := smart.Parse(data)
	if err != nil {
		log.Print(err) // what is in dev is good nevertheless
	}
	health := dev.Health()
	fmt.Println(dev.ModelName, dev.SerialNumber, "is", health.Verdict)
	for _, r := range health.Reasons {
		fmt.Printf("%-8s %s\n", r.Severity, r.Text)
	}
	// Output:
	// SEAGATE ST1200MM0099 WFK0000X0000 is critical
	// critical The drive's own health check says that it is failing: HARDWARE IMPENDING FAILURE GENERAL HARD DRIVE FAILURE (asc 0x5d, ascq 0x10).
	// critical A self-test (Background short) failed: Failed in segment -->.
	// warning  Bad blocks that the drive has replaced: 17.
	// warning  Blocks that the drive could not read: 1.
	// warning  Errors that the drive could not correct, on read: 2.
}

// How worn is this SSD?
func ExampleDevice_PercentUsed() {
	data, err := os.ReadFile("testdata/nvme-healthy/input") // smartctl -x -j /dev/nvme1n1
	if err != nil {
		log.Fatal(err)
	}
	dev, err := smart.Parse(data)
	if err != nil {
		log.Print(err)
	}
	if used := dev.PercentUsed(); used != nil {
		fmt.Printf("%d %% of its rated life\n", *used)
	}
	if written, ok := dev.BytesWritten(); ok {
		fmt.Println(written, "bytes written")
	}
	// Output:
	// 0 % of its rated life
	// 1024000000 bytes written
}

// Which disk is the root filesystem on?
func ExampleBlockDevice_Disks() {
	data, err := os.ReadFile("testdata/lsblk-raid/input") // lsblk -J -o NAME,MAJ:MIN,SIZE,TYPE,MOUNTPOINT
	if err != nil {
		log.Fatal(err)
	}
	list, err := smart.ParseLsblk(data)
	if err != nil {
		log.Print(err)
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
	data, err := os.ReadFile("testdata/scan-raid/input") // smartctl --scan-open -j
	if err != nil {
		log.Fatal(err)
	}
	scan, err := smart.ParseScan(data)
	if err != nil {
		log.Print(err)
	}
	for _, dev := range scan.Devices[:3] {
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
		log.Fatal(err)
	}
	fromJSON, err := smart.Parse([]byte(document))
	if err != nil {
		log.Fatal(err)
	}
	for _, dev := range []*smart.Device{fromText.Device, fromJSON} {
		fmt.Println(dev.ModelName, dev.CapacityBytes)
	}
	// Output:
	// EXAMPLE HDD4000 4000787030016
	// EXAMPLE HDD4000 4000787030016
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
		log.Fatal(err)
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
