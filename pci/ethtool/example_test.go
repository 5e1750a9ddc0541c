// SPDX-License-Identifier: Apache-2.0

package ethtool_test

import (
	"errors"
	"fmt"
	"os"

	"github.com/mchus/bee/pci/ethtool"
)

func fixture(name string) []byte {
	data, err := os.ReadFile("testdata/" + name + "/input")
	if err != nil {
		panic(err)
	}
	return data
}

// Which firmware does the card run, and which board is it?
func ExampleParseDriverInfo() {
	info, err := ethtool.ParseDriverInfo(fixture("driver-mlx5-dell"))
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(info.PCIAddress, info.Driver, info.Firmware, info.PSID)
	// Output: 0000:3b:00.1 mlx5_core 22.31.1014 DEL0000000027
}

// What is plugged in, and which of its lanes gets no light?
func ExampleParseModule() {
	m, err := ethtool.ParseModule(fixture("module-qsfp28"))
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(m.Type, m.Vendor, m.PartNumber, m.Serial, m.BitRateMBd)
	for _, lane := range m.Lanes {
		if rx := lane.RxPowerMilliwatts; rx != nil && *rx == 0 {
			fmt.Println("no light on lane", lane.Channel)
		}
	}
	// Output:
	// QSFP28 EXAMPLE OPTICS EX-100G-SR4 EX00000Q2801 25500
	// no light on lane 1
}

func ExampleParseModule_none() {
	_, err := ethtool.ParseModule(fixture("module-none"))
	fmt.Println(errors.Is(err, ethtool.ErrTool))
	// Output: true
}

func ExampleParsePermanentAddress() {
	a, _ := ethtool.ParsePermanentAddress(fixture("address-ethernet"))
	fmt.Println(a.Address)
	// Output: 0c:42:a1:5e:00:1f
}
