// SPDX-License-Identifier: Apache-2.0

package ethtool_test

import (
	"errors"
	"fmt"

	"github.com/mchus/bee/pci/ethtool"
)

// Which firmware does the card run, and which board is it?
func ExampleParseDriverInfo() {
	info, err := ethtool.ParseDriverInfo([]byte(`driver: mlx5_core
version: 6.8.0-45-generic
firmware-version: 22.31.1014 (DEL0000000027)
bus-info: 0000:3B:00.1
`)) // ethtool -i
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(info.PCIAddress, info.Driver, info.Firmware, info.PSID)
	// Output: 0000:3b:00.1 mlx5_core 22.31.1014 DEL0000000027
}

// What is plugged in, and which of its lanes gets no light?
func ExampleParseModule() {
	m, err := ethtool.ParseModule([]byte(`	Identifier                                : 0x11 (QSFP28)
	BR, Nominal                               : 25500Mbps
	Vendor name                               : EXAMPLE OPTICS
	Vendor PN                                 : EX-100G-SR4
	Vendor SN                                 : EX00000Q2801
	Rcvr signal avg optical power(Channel 1)  : 0.0000 mW / -inf dBm
	Rcvr signal avg optical power(Channel 2)  : 0.7682 mW / -1.15 dBm
`)) // ethtool -m
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

// Where nothing is plugged in, or the port is of copper, the tool says that it
// failed.
func ExampleParseModule_none() {
	_, err := ethtool.ParseModule([]byte("Cannot get module EEPROM information: Operation not supported\n"))
	fmt.Println(errors.Is(err, ethtool.ErrTool))
	// Output: true
}

// With which address was the port made, whatever it uses now?
func ExampleParsePermanentAddress() {
	a, err := ethtool.ParsePermanentAddress([]byte("Permanent address: 0C:42:A1:5E:00:1F\n")) // ethtool -P
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(a.Address)
	// Output: 0c:42:a1:5e:00:1f
}
