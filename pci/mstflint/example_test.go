// SPDX-License-Identifier: Apache-2.0

package mstflint_test

import (
	"fmt"
	"os"

	"github.com/mchus/bee/pci/mstflint"
)

// Which board is it, and does new firmware wait for a reset?
func ExampleParse() {
	data, err := os.ReadFile("testdata/fs4-running/input")
	if err != nil {
		panic(err)
	}
	query, err := mstflint.Parse(data)
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
