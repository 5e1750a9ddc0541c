// SPDX-License-Identifier: Apache-2.0

package devlink_test

import (
	"fmt"

	"github.com/mchus/bee/pci/devlink"
)

// Which cards have new firmware in flash that waits for a reset?
func ExampleParse() {
	info, err := devlink.Parse([]byte(`{"info": {"pci/0000:3b:00.0": {
    "driver": "mlx5_core",
    "board.serial_number": "EX2144X00001",
    "versions": {
        "fixed": {"fw.psid": "DEL0000000027"},
        "running": {"fw.version": "22.31.1014", "fw": "22.31.1014"},
        "stored": {"fw.version": "22.35.1012", "fw": "22.35.1012"}
    }
}}}`)) // devlink dev info -j
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
}
