// SPDX-License-Identifier: Apache-2.0

package ssacli_test

import (
	"errors"
	"fmt"
	"os"

	"github.com/mchus/bee/smart/ssacli"
)

// What is wrong with the controllers, their volumes and their drives?
func Example() {
	out, _ := os.ReadFile("testdata/detail-failed/input") // ssacli ctrl all show config detail
	doc, err := ssacli.Parse(out)
	if err != nil {
		fmt.Println(err)
	}
	for _, c := range doc.Controllers {
		fmt.Println(c.Model, "at", c.PCIAddress)
		fmt.Println("battery:", c.Battery, "cache disabled:", c.CacheDisabled)
		for _, v := range c.Volumes {
			fmt.Println("volume", v.Number, v.State, v.UniqueID)
		}
		for _, d := range c.Drives {
			if d.State == ssacli.Failed || d.PredictiveFailure {
				fmt.Println("drive", d.Name, d.Serial, d.StatusText)
			}
		}
	}
	// Output:
	// Smart Array P440ar at 0000:5c:00.0
	// battery: failed cache disabled: true
	// volume 1 degraded 600508B1001C00000000000000000001
	// drive 1I:1:2 MADEUP0002 Failed
	// drive 1I:1:3 MADEUP0003 Predictive Failure
}

// Which drives serve no array?
func ExampleParse_unassigned() {
	out, _ := os.ReadFile("testdata/detail-failed/input")
	doc, _ := ssacli.Parse(out)
	for _, c := range doc.Controllers {
		for _, d := range c.Drives {
			if d.State == ssacli.Unconfigured {
				fmt.Println(d.Name, d.Interface, d.Media, d.Serial)
			}
		}
	}
	// Output:
	// 1I:1:3 SAS HDD MADEUP0003
	// 1I:1:4 SATA SSD MADEUP0004
}

// How far is the rebuild?
func ExampleParse_rebuilding() {
	out, _ := os.ReadFile("testdata/detail-rebuilding/input")
	doc, _ := ssacli.Parse(out)
	for _, c := range doc.Controllers {
		for _, v := range c.Volumes {
			if v.ProgressPercent != nil {
				fmt.Println(v.DiskName, v.State, *v.ProgressPercent)
			}
		}
		for _, d := range c.Drives {
			fmt.Printf("%s %q\n", d.Name, d.State)
		}
	}
	// Output:
	// /dev/sda rebuilding 37.25
	// 2I:1:1 "online"
	// 2I:1:2 "rebuilding"
	// 2I:1:3 "online"
	// 2I:1:4 "hot_spare"
	// 2I:1:5 ""
	// 1E:1:1 "jbod"
}

// A controller without volumes is an answer; no controller is an error.
func ExampleErrNoController() {
	for _, name := range []string{"no-volumes", "no-controller"} {
		out, _ := os.ReadFile("testdata/" + name + "/input")
		_, err := ssacli.Parse(out)
		fmt.Println(err == nil, errors.Is(err, ssacli.ErrNoController))
	}
	// Output:
	// true false
	// false true
}
