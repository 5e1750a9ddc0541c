// SPDX-License-Identifier: Apache-2.0

package megacli_test

import (
	"fmt"

	"github.com/mchus/bee/smart/megacli"
)

// Which drives are not well?
func ExampleParse() {
	doc, err := megacli.Parse([]byte(`
Adapter #0

Enclosure Device ID: 64
Slot Number: 0
Device Id: 11
Media Error Count: 0
Firmware state: Online, Spun Up

Enclosure Device ID: 64
Slot Number: 1
Device Id: 12
Media Error Count: 17
Firmware state: Failed
`))
	if err != nil {
		fmt.Println(err)
	}
	for _, a := range doc.Adapters {
		for _, d := range a.Drives {
			if d.State == megacli.Online || d.Slot == nil || d.MediaErrors == nil || d.DID == nil {
				continue // nil is what was not printed
			}
			fmt.Printf("slot %d: %s, %d media errors; smartctl -d megaraid,%d\n", *d.Slot, d.State, *d.MediaErrors, *d.DID)
		}
	}
	// Output: slot 1: failed, 17 media errors; smartctl -d megaraid,12
}

// Which volumes have lost redundancy, and is the write cache off?
func ExampleParse_volumes() {
	doc, _ := megacli.Parse([]byte(`
Adapter 0 -- Virtual Drive Information:
Virtual Drive: 0 (Target Id: 0)
Name                :os
RAID Level          : Primary-1, Secondary-0, RAID Level Qualifier-0
State               : Degraded
Span Depth          : 1
Current Cache Policy: WriteThrough, ReadAhead, Direct, No Write Cache if Bad BBU
`))
	for _, a := range doc.Adapters {
		for _, v := range a.Volumes {
			fmt.Println(v.Name, v.Level, v.State, v.CachePolicy)
		}
	}
	// Output: os 1 degraded WriteThrough, ReadAhead, Direct, No Write Cache if Bad BBU
}
