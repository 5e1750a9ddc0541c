// SPDX-License-Identifier: Apache-2.0

package storcli_test

import (
	"errors"
	"fmt"

	"github.com/mchus/bee/smart/storcli"
)

// controllers is what "perccli64 /cALL show all J" prints, for the most part.
const controllers = `{"Controllers": [{
 "Command Status": {"CLI Version": "007.2310.0000.0000 Nov 02, 2022", "Controller": 0, "Status": "Success"},
 "Response Data": {
  "Basics": {"Controller": 0, "Model": "PERC H999P Mini", "Serial Number": "BEE0001", "PCI Address": "00:3b:00:00"},
  "TOPOLOGY": [
   {"DG": 0, "Arr": "-", "Row": "-", "EID:Slot": "-", "DID": "-", "Type": "RAID1", "State": "Dgrd", "Size": "893.750 GB"},
   {"DG": 0, "Arr": 0, "Row": "-", "EID:Slot": "-", "DID": "-", "Type": "RAID1", "State": "Dgrd", "Size": "893.750 GB"},
   {"DG": 0, "Arr": 0, "Row": 0, "EID:Slot": "64:0", "DID": 0, "Type": "DRIVE", "State": "Onln", "Size": "893.750 GB"},
   {"DG": 0, "Arr": 0, "Row": 1, "EID:Slot": "-", "DID": "-", "Type": "DRIVE", "State": "Msng", "Size": "893.750 GB"}
  ],
  "VD LIST": [
   {"DG/VD": "0/239", "TYPE": "RAID1", "State": "Dgrd", "Access": "RW", "Size": "893.750 GB", "Name": "OS"}
  ],
  "PD LIST": [
   {"EID:Slt": "64:0", "DID": 0, "State": "Onln", "DG": 0, "Size": "893.750 GB", "Intf": "SATA", "Med": "SSD", "Model": "BEE-SSD-960"}
  ],
  "BBU_Info": [{"Model": "BBU", "State": "Failed", "Temp": "31C"}]
 }
}]}`

// drives is what "perccli64 /cALL/eALL/sALL show all J" prints of one drive.
const drives = `{"Controllers": [{
 "Command Status": {"CLI Version": "007.2310.0000.0000 Nov 02, 2022", "Controller": 0, "Status": "Success"},
 "Response Data": {
  "Drive /c0/e64/s5": [
   {"EID:Slt": "64:5", "DID": 5, "State": "Failed", "DG": 1, "Size": "1.090 TB", "Intf": "SAS", "Med": "HDD", "Model": "BEE-SAS-1200"}
  ],
  "Drive /c0/e64/s5 - Detailed Information": {
   "Drive /c0/e64/s5 State": {"Media Error Count": 512, "Predictive Failure Count": 2, "S.M.A.R.T alert flagged by drive": "Yes"},
   "Drive /c0/e64/s5 Device attributes": {"SN": "BEE00005            ", "Raw size": "1.091 TB [0x8bba0cb0 Sectors]"}
  }
 }
}]}`

// What is wrong with the volumes?
func ExampleParse() {
	report, err := storcli.Parse([]byte(controllers))
	if err != nil {
		fmt.Println(err) // the rest was read all the same
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
	// RAID 1 OS: degraded (Dgrd)
	//   64:0 online
	//   missing
}

// Which drives will fail, and what do I tell smartctl to see more?
func ExampleReport_Add() {
	report := new(storcli.Report)
	for _, out := range []string{controllers, drives} {
		if err := report.Add([]byte(out)); err != nil {
			fmt.Println(err)
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
