// SPDX-License-Identifier: Apache-2.0

package ssacli_test

import (
	"errors"
	"fmt"

	"github.com/mchus/bee/smart/ssacli"
)

// config is what "ssacli ctrl all show config detail" prints, for the most part.
const config = `
Smart Array P440ar in Slot 0 (Embedded)
   Bus Interface: PCI
   Slot: 0
   Serial Number: MADEUP00CTL001
   Controller Status: OK
   Cache Status: Temporarily Disabled
   Cache Status Details: Cache disabled; low batteries.
   Battery/Capacitor Count: 1
   Battery/Capacitor Status: Failed (Replace Batteries)
   PCI Address (Domain:Bus:Device.Function): 0000:5C:00.0


   Array: A
      Interface Type: SAS
      Status: Failed Physical Drive

      Logical Drive: 1
         Size: 838.3 GB
         Fault Tolerance: 1
         Status: Interim Recovery Mode
         Unique Identifier: 600508B1001C00000000000000000001
         Disk Name: /dev/sda 


      physicaldrive 1I:1:1
         Port: 1I
         Box: 1
         Bay: 1
         Status: OK
         Drive Type: Data Drive
         Interface Type: SAS
         Serial Number: MADEUP0001

      physicaldrive 1I:1:2
         Port: 1I
         Box: 1
         Bay: 2
         Status: Failed
         Drive Type: Data Drive
         Interface Type: SAS
         Serial Number: MADEUP0002


   Unassigned

      physicaldrive 1I:1:3
         Port: 1I
         Box: 1
         Bay: 3
         Status: Predictive Failure
         Drive Type: Unassigned Drive
         Interface Type: SAS
         Rotational Speed: 10500
         Serial Number: MADEUP0003
`

// What is wrong with the controllers, their volumes and their drives?
func Example() {
	doc, err := ssacli.Parse([]byte(config))
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
	doc, _ := ssacli.Parse([]byte(config))
	for _, c := range doc.Controllers {
		for _, d := range c.Drives {
			if d.State == ssacli.Unconfigured {
				fmt.Println(d.Name, d.Interface, d.Media, d.Serial)
			}
		}
	}
	// Output:
	// 1I:1:3 SAS HDD MADEUP0003
}

// How far is the rebuild?
func ExampleParse_rebuilding() {
	doc, _ := ssacli.Parse([]byte(`
Smart Array P440ar in Slot 0 (Embedded)
   Slot: 0


   Array: A
      Status: OK

      Logical Drive: 1
         Size: 1.64 TB
         Fault Tolerance: 5
         Status: Recovering, 37.25% complete
         Disk Name: /dev/sda 


      physicaldrive 2I:1:1
         Status: OK
         Drive Type: Data Drive

      physicaldrive 2I:1:2
         Status: Rebuilding
         Drive Type: Data Drive

      physicaldrive 2I:1:4
         Status: OK
         Drive Type: Spare Drive
`))
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
	// 2I:1:4 "hot_spare"
}

// A controller without volumes is an answer; no controller is an error.
func ExampleErrNoController() {
	for _, out := range []string{
		"\nError: The specified device does not have any logical drives.\n",
		"\nError: No controllers detected.\n",
	} {
		_, err := ssacli.Parse([]byte(out))
		fmt.Println(err == nil, errors.Is(err, ssacli.ErrNoController))
	}
	// Output:
	// true false
	// false true
}
