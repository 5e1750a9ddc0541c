// SPDX-License-Identifier: Apache-2.0

package arcconf_test

import (
	"errors"
	"fmt"

	"github.com/mchus/bee/smart/arcconf"
)

// config is what "arcconf GETCONFIG 1" prints, for the most part.
const config = `Controllers found: 1
----------------------------------------------------------------------
Controller information
----------------------------------------------------------------------
   Controller Status                        : Optimal
   Controller Model                         : Adaptec ASR8805
   --------------------------------------------------------
   Controller Cache Backup Unit Information
   --------------------------------------------------------

    Overall Backup Unit Status              : Not Ready

----------------------------------------------------------------------
Logical device information
----------------------------------------------------------------------
Logical Device number 0
   Logical Device name                      : SYSTEM
   RAID level                               : 1
   Status of Logical Device                 : Degraded
   --------------------------------------------------------
   Logical Device segment information
   --------------------------------------------------------
   Segment 0                                : Present (190782MB, SATA, SSD, Connector:0, Device:0) MADEUP0001
   Segment 1                                : Missing

----------------------------------------------------------------------
Physical Device information
----------------------------------------------------------------------
      Device #0
         Device is a Hard drive
         State                              : Online
         Serial number                      : MADEUP0001
         S.M.A.R.T. warnings                : 0

      Device #1
         Device is a Hard drive
         State                              : Failed
         Serial number                      : MADEUP0002
         S.M.A.R.T. warnings                : 3


Command completed successfully.
`

// Which volumes are not as they should be, and what do they lack?
func Example() {
	doc, err := arcconf.Parse([]byte(config))
	if err != nil {
		fmt.Println(err)
	}
	if c := doc.Controller; c != nil {
		fmt.Println(c.Model, "backup:", c.Backup.State)
	}
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
}

// How are the drives, and which of them say that they will fail?
func ExampleParse_drives() {
	doc, _ := arcconf.Parse([]byte(config))
	for _, d := range doc.Drives {
		fmt.Printf("%d %s %q %v\n", d.Number, d.Serial, d.State, d.PredictiveFailure)
	}
	// Output:
	// 0 MADEUP0001 "online" false
	// 1 MADEUP0002 "failed" true
}

// Which PCI device is the controller, and under which name does the system
// know its volume? The smartpqi family tells.
func ExampleParse_smartpqi() {
	doc, _ := arcconf.Parse([]byte(`Controllers found: 1
----------------------------------------------------------------------
Controller information
----------------------------------------------------------------------
   Controller Model                           : Adaptec SmartRAID 3154-8i
   PCI Address (Domain:Bus:Device:Function)   : 0:4b:0:0

----------------------------------------------------------------------
Logical device information
----------------------------------------------------------------------
Logical Device number 0
   Logical Device name                        : OS
   RAID level                                 : 1
   Status of Logical Device                   : Interim Recovery Mode
   Volume Unique Identifier                   : 600508B1001C00000000000000000003


Command completed successfully.
`))
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
	doc, _ := arcconf.Parse([]byte(`Controllers found: 1
Logical Device Task:
   Logical Device                 : 1
   Task ID                        : 101
   Current operation              : Rebuild
   Status                         : In Progress
   Percentage complete            : 37


Command completed successfully.
`)) // arcconf GETSTATUS 1
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
	_, err := arcconf.Parse([]byte("Controllers found: 1\nInvalid controller number.\n\nCommand aborted.\n"))
	fmt.Println(errors.Is(err, arcconf.ErrTool))
	// Output:
	// true
}
