// SPDX-License-Identifier: Apache-2.0

package sasircu_test

import (
	"errors"
	"fmt"

	"github.com/mchus/bee/smart/sasircu"
)

// Which volumes are not as they should be, and which of their drives?
func Example() {
	doc, err := sasircu.Parse([]byte(`Avago Technologies SAS3 IR Configuration Utility.
Version 17.00.00.00 (2018.04.02) 
Copyright (c) 2009-2018 Avago Technologies. All rights reserved. 

Read configuration has been initiated for controller 0
------------------------------------------------------------------------
IR Volume information
------------------------------------------------------------------------
IR volume 1
  Volume ID                               : 322
  Status of volume                        : Degraded (DGD)
  Volume wwid                             : 0a1b2c3d4e5f6071
  RAID level                              : RAID1
------------------------------------------------------------------------
Physical device information
------------------------------------------------------------------------
Device is a Hard disk
  Enclosure #                             : 1
  Slot #                                  : 0
  State                                   : Optimal (OPT)
  Unit Serial No(VPD)                     : S4700ABC0000E5380001

Device is a Hard disk
  Enclosure #                             : 1
  Slot #                                  : 1
  State                                   : Rebuilding (RBLD)
  Unit Serial No(VPD)                     : S4700ABD0000E5380002
------------------------------------------------------------------------
SAS3IRCU: Command DISPLAY Completed Successfully.
SAS3IRCU: Utility Completed Successfully.
`)) // sas3ircu 0 DISPLAY
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
	// 1:1 S4700ABD0000E5380002 Rebuilding (RBLD)
}

// Missing drives share the place 0:0, so it is left out: their serial number
// is all that is known of them.
func ExampleParse_missing() {
	doc, _ := sasircu.Parse([]byte(`Avago Technologies SAS3 IR Configuration Utility.
Version 17.00.00.00 (2018.04.02)
Copyright (c) 2009-2018 Avago Technologies. All rights reserved.

Read configuration has been initiated for controller 0
------------------------------------------------------------------------
Physical device information
------------------------------------------------------------------------
Device is a Hard disk
  Enclosure #                             : 0
  Slot #                                  : 0
  SAS Address                             : 0000000-0-0000-0000
  State                                   : Missing (MIS)
  Serial No                               : S4700ABC

Device is a Hard disk
  Enclosure #                             : 0
  Slot #                                  : 0
  SAS Address                             : 0000000-0-0000-0000
  State                                   : Missing (MIS)
  Serial No                               : S4700ABD
------------------------------------------------------------------------
SAS3IRCU: Command DISPLAY Completed Successfully.
SAS3IRCU: Utility Completed Successfully.
`))
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
	doc, _ := sasircu.Parse([]byte(`LSI Corporation SAS2 IR Configuration Utility.
Version 20.00.00.00 (2014.09.18) 
Copyright (c) 2008-2014 LSI Corporation. All rights reserved. 

Background command progress status for controller 0...
IR Volume 1
  Volume ID                               : 286
  Current operation                       : Synchronize
  Volume status                           : Enabled
  Volume state                            : Degraded
  Percentage complete                     : 5.25%
SAS2IRCU: Command STATUS Completed Successfully.
SAS2IRCU: Utility Completed Successfully.
`)) // sas2ircu 0 STATUS
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
	_, err := sasircu.Parse([]byte(`Avago Technologies SAS3 IR Configuration Utility.
Version 17.00.00.00 (2018.04.02) 
Copyright (c) 2009-2018 Avago Technologies. All rights reserved. 

SAS3IRCU: MPTLib2 Error 1
`)) // sas3ircu LIST
	fmt.Println(errors.Is(err, sasircu.ErrNoController))
	// Output:
	// true
}
