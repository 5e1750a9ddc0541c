// SPDX-License-Identifier: Apache-2.0

package storcli_test

import (
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/mchus/bee/smart/storcli"
)

// What is wrong with the volumes?
func ExampleParse() {
	data, err := os.ReadFile("testdata/controller-degraded/input") // perccli64 /cALL show all J
	if err != nil {
		log.Fatal(err)
	}
	report, err := storcli.Parse(data)
	if err != nil {
		log.Print(err) // the rest was read all the same
	}
	for _, c := range report.Controllers {
		for _, b := range c.Batteries {
			fmt.Println(c.Model, "at", c.PCIAddress, b.Kind, b.State)
		}
		for _, v := range c.Volumes {
			fmt.Printf("RAID %s %s: %s (%s)\n", v.Level, v.Name, v.State, v.StateText)
			for _, m := range c.MembersOf(v) {
				if d := c.DriveOf(m); d != nil && d.Enclosure != nil && d.Slot != nil {
					fmt.Printf("  %d:%d %s\n", *d.Enclosure, *d.Slot, m.State)
				} else {
					fmt.Println(" ", m.State)
				}
			}
		}
	}
	// Output:
	// PERC H999P Mini at 0000:3b:00.0 bbu failed
	// RAID 1 OS: optimal (Optl)
	//   64:0 online
	//   64:1 online
	// RAID 5 DATA: degraded (Dgrd)
	//   64:2 online
	//   64:3 online
	//   64:4 online
	//   missing
}

// Which drives will fail, and what do I tell smartctl to see more?
func ExampleReport_Add() {
	report := new(storcli.Report)
	for _, name := range []string{"controller-degraded", "drives-failing"} {
		data, err := os.ReadFile("testdata/" + name + "/input")
		if err != nil {
			log.Fatal(err)
		}
		if err := report.Add(data); err != nil {
			log.Print(err)
		}
	}
	for _, c := range report.Controllers {
		for _, d := range c.Drives {
			if d.PredictsFailure() && d.MediaErrors != nil && d.DID != nil {
				fmt.Printf("%s: %s, %d media errors, %d bytes: smartctl -d megaraid,%d\n",
					d.Serial, d.State, *d.MediaErrors, d.SizeBytes, *d.DID)
			}
		}
	}
	// Output:
	// BEE00005: failed, 512 media errors, 1200243695616 bytes: smartctl -d megaraid,5
}

// Is there no controller, or did the tool fail?
func ExampleParseError() {
	_, err := storcli.Parse([]byte("Controller = 0\nStatus = Failure\nDescription = Controller 0 not found\n"))
	fmt.Println(err)
	fmt.Println(errors.Is(err, storcli.ErrTool), errors.Is(err, storcli.ErrNoController))
	// Output:
	// storcli: line 3, column 1: the tool failed: no controller: "Description = Controller 0 not found"
	// true true
}
