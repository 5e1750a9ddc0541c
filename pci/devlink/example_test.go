// SPDX-License-Identifier: Apache-2.0

package devlink_test

import (
	"fmt"
	"os"

	"github.com/mchus/bee/pci/devlink"
)

// Which cards have new firmware in flash that waits for a reset?
func ExampleParse() {
	data, err := os.ReadFile("testdata/mlx5/input")
	if err != nil {
		panic(err)
	}
	info, err := devlink.Parse(data)
	if err != nil {
		fmt.Println(err)
	}
	for _, dev := range info.Devices {
		if stored := dev.StoredFirmware(); stored != "" && stored != dev.Firmware() {
			fmt.Println(dev.PCIAddress, dev.BoardSerial, dev.PSID(), "runs", dev.Firmware(), "has", stored)
		}
	}
	// Output:
	// 0000:3b:00.0 EX2144X00001 DEL0000000027 runs 22.31.1014 has 22.35.1012
	// 0000:3b:00.1 EX2144X00001 DEL0000000027 runs 22.31.1014 has 22.35.1012
}
