// SPDX-License-Identifier: Apache-2.0

package sasircu_test

import (
	"errors"
	"fmt"
	"os"

	"github.com/mchus/bee/smart/sasircu"
)

// Which volumes are not as they should be, and which of their drives?
func Example() {
	out, _ := os.ReadFile("testdata/display-degraded/input") // sas3ircu 0 DISPLAY
	doc, err := sasircu.Parse(out)
	if err != nil {
		fmt.Println(err)
	}
	for _, v := range doc.Volumes {
		fmt.Println(v.Number, v.Level, v.State, v.NAA)
	}
	for _, d := range doc.Drives {
		if d.State != sasircu.Online && d.Enclosure != nil && d.Slot != nil { // a missing drive has no place
			fmt.Printf("%d:%d %s %s\n", *d.Enclosure, *d.Slot, d.Serial, d.StateText)
		}
	}
	// Output:
	// 1 RAID1 degraded 600508e00000000071605f4e3d2c1b0a
	// 2 RAID10 degraded 600508e00000000072605f4e3d2c1b0a
	// 1:1 S4700ABD0000E5380002 Rebuilding (RBLD)
	// 1:2 S4700ABE0000E5380003 Failed (FLD)
	// 1:3 S4700ABF0000E5380004 Out of Sync (OSY)
	// 1:4 MADEUP0001 Hot Spare (HSP)
	// 1:5 ZCH000010000C9000001 Singing (SNG)
}

// Missing drives share the place 0:0, so it is left out: their serial number
// is all that is known of them.
func ExampleParse_missing() {
	out, _ := os.ReadFile("testdata/display-missing/input")
	doc, _ := sasircu.Parse(out)
	for _, d := range doc.Drives {
		if d.State == sasircu.Missing {
			fmt.Println(d.Serial, d.Enclosure == nil, d.Slot == nil)
		}
	}
	// Output:
	// S4700ABC true true
	// S4700ABD true true
}

// How far is the rebuild?
func ExampleParse_status() {
	out, _ := os.ReadFile("testdata/status-synchronize/input") // sas2ircu 0 STATUS
	doc, _ := sasircu.Parse(out)
	for _, op := range doc.Operations {
		if op.ProgressPercent != nil {
			fmt.Println(op.VolumeID, op.Operation, op.State, *op.ProgressPercent)
		}
	}
	// Output:
	// 286 Synchronize degraded 5.25
}

// Is there an adapter at all?
func ExampleErrNoController() {
	out, _ := os.ReadFile("testdata/no-controller/input") // sas3ircu LIST
	_, err := sasircu.Parse(out)
	fmt.Println(errors.Is(err, sasircu.ErrNoController))
	// Output:
	// true
}
