// SPDX-License-Identifier: Apache-2.0

package arcconf_test

import (
	"errors"
	"fmt"
	"os"

	"github.com/mchus/bee/smart/arcconf"
)

// Which volumes are not as they should be, and what do they lack?
func Example() {
	out, _ := os.ReadFile("testdata/aacraid-degraded/input") // arcconf GETCONFIG 1
	doc, err := arcconf.Parse(out)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(doc.Controller.Model, "backup:", doc.Controller.Backup.State)
	for _, v := range doc.Volumes {
		fmt.Println("volume", v.Number, v.State)
		for _, m := range v.Members {
			if m.State != arcconf.Online {
				fmt.Printf("%s: %s %q\n", m.Place, m.StatusText, m.Serial)
			}
		}
	}
	// Output:
	// Adaptec ASR8805 backup: charging
	// volume 0 degraded
	// Segment 1: Missing ""
	// volume 1 rebuilding
	// Segment 1: Rebuilding "MADEUP0004"
	// Segment 2: Inconsistent ""
}

// How are the drives, and which of them say that they will fail?
func ExampleParse_drives() {
	out, _ := os.ReadFile("testdata/aacraid-degraded/input")
	doc, _ := arcconf.Parse(out)
	for _, d := range doc.Drives {
		fmt.Printf("%d %s %q %v\n", d.Number, d.Serial, d.State, d.PredictiveFailure)
	}
	// Output:
	// 0 MADEUP0001 "online" false
	// 1 MADEUP0002 "failed" true
	// 2 MADEUP0003 "online" false
	// 3 MADEUP0004 "rebuilding" false
	// 4 MADEUP0005 "unconfigured" false
	// 5 MADEUP0006 "hot_spare" false
	// 6 MADEUP0007 "jbod" false
	// 7 MADEUP0008 "" false
}

// Which PCI device is the controller, and under which name does the system
// know its volume? The smartpqi family tells.
func ExampleParse_smartpqi() {
	out, _ := os.ReadFile("testdata/smartpqi-failed/input")
	doc, _ := arcconf.Parse(out)
	if doc.Controller != nil {
		fmt.Println(doc.Controller.PCIAddress)
	}
	for _, v := range doc.Volumes {
		fmt.Println(v.UniqueID, v.State)
	}
	// Output:
	// 0000:4b:00.0
	// 600508B1001C00000000000000000003 degraded
}

// How far is the rebuild?
func ExampleParse_status() {
	out, _ := os.ReadFile("testdata/status/input") // arcconf GETSTATUS 1
	doc, _ := arcconf.Parse(out)
	for _, task := range doc.Tasks {
		if task.ProgressPercent != nil {
			fmt.Println(task.Operation, "of volume", task.Volume, *task.ProgressPercent)
		}
	}
	// Output:
	// Rebuild of volume 1 37
}

// The tool says that it failed.
func ExampleErrTool() {
	out, _ := os.ReadFile("testdata/failed/input")
	_, err := arcconf.Parse(out)
	fmt.Println(errors.Is(err, arcconf.ErrTool))
	// Output:
	// true
}
