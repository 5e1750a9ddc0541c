// SPDX-License-Identifier: Apache-2.0

package mstflint_test

import (
	"fmt"

	"github.com/mchus/bee/pci/mstflint"
)

// Which board is it, and does new firmware wait for a reset?
func ExampleParse() {
	query, err := mstflint.Parse([]byte(`Image type:            FS4
FW Version:            22.35.1012
FW Version(Running):   22.34.1002
FW Release Date:       28.10.2022
Product Version:       22.35.1012
Rom Info:              type=UEFI version=14.28.15 cpu=AMD64,AARCH64
                       type=PXE version=3.6.804 cpu=AMD64
Description:           UID                GuidsNumber
Base GUID:             0c42a10300005e10        8
Base MAC:              0c42a1005e10            8
PSID:                  MT_0000000359
Security Attributes:   secure-fw, dev
`)) // mstflint -d 3b:00.0 query
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(query.PSID, query.BaseMAC())
	if query.NeedsReset() {
		fmt.Printf("runs %s, %s waits for a reset\n", query.FirmwareRunning, query.Firmware)
	}
	for _, rom := range query.ROMs {
		fmt.Println(rom.Type, rom.Version, rom.CPUs)
	}
	// Output:
	// MT_0000000359 0c:42:a1:00:5e:10
	// runs 22.34.1002, 22.35.1012 waits for a reset
	// UEFI 14.28.15 [AMD64 AARCH64]
	// PXE 3.6.804 [AMD64]
}
