// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"fmt"

	"github.com/mchus/bee/ipmi"
)

// fruPrint is what "ipmitool -v fru print" prints, for the most part.
const fruPrint = `FRU Device Description : Builtin FRU Device (ID 0)
 Chassis Type          : Rack Mount Chassis
 Chassis Serial        : C815LAB0001
 Board Mfg Date        : Thu Mar  4 05:06:00 2021 UTC
 Board Mfg             : Bee Labs
 Board Product         : BX-2U
 Board Serial          : BXS0001
 Board Part Number     : BX-2U-REV2

FRU Device Description : PS1 FRU (ID 1)
 Product Manufacturer  : DELTA
 Product Name          : PSU 800W Platinum
 Product Part Number   : DPS-800AB-1
 Product Serial        : PSN0001
 Power Supply Record
  Capacity                   : 800 W

FRU Device Description : PS2 FRU (ID 2)
 Product Manufacturer  : DELTA
 Product Name          : PSU 800W Platinum
 Product Part Number   : DPS-800AB-1
 Product Serial        : PSN0002
 Power Supply Record
  Capacity                   : 800 W

FRU Device Description : HDD BP (ID 4)
 Device not present (Timeout)
`

// sdrElist is what "ipmitool sdr elist all" prints, for the most part.
const sdrElist = `PS1 FRU          | 00h | ns  | 10.1 | Logical FRU @01h
PS2 FRU          | 00h | ns  | 10.2 | Logical FRU @02h
CPU1 Temp        | 01h | ucr |  3.1 | 235 degrees C
FAN1             | 02h | lcr | 29.1 | 0 RPM
PS1 Input Power  | 03h | ok  | 10.1 | 208 Watts
P12V             | 04h | ok  |  7.1 | 12.06 Volts
CPU2 Temp        | 07h | ns  |  3.2 | Disabled
PS1 Status       | 05h | ok  | 10.1 | Presence detected
PS2 Status       | 06h | ok  | 10.2 | Presence detected, Power Supply AC lost
`

// Which power supply is which serial number, and is one without mains?
func ExamplePowerSupplies() {
	fru, err := ipmi.ParseFRU([]byte(fruPrint))
	if err != nil {
		fmt.Println(err)
	}
	sdr, err := ipmi.ParseSDR([]byte(sdrElist))
	if err != nil {
		fmt.Println(err)
	}
	for _, p := range ipmi.PowerSupplies(fru, sdr) {
		fmt.Printf("%s: %s, serial number %s, %d W", p.Name, p.PartNumber, p.Serial, p.CapacityWatts)
		if p.InputWatts != nil {
			fmt.Printf(", drawing %g W", *p.InputWatts)
		}
		if p.InputLost != nil && *p.InputLost {
			fmt.Print(", no input")
		}
		fmt.Println()
	}
	// Output:
	// PS1 FRU: DPS-800AB-1, serial number PSN0001, 800 W, drawing 208 W
	// PS2 FRU: DPS-800AB-1, serial number PSN0002, 800 W, no input
}

// What is this board's serial number and part number?
func ExampleParseFRU() {
	fru, err := ipmi.ParseFRU([]byte(fruPrint))
	if err != nil {
		fmt.Println(err)
	}
	for _, d := range fru.Devices() {
		if b := d.Board; b != nil {
			fmt.Printf("%s %s: serial number %s, part number %s, made %s\n",
				b.Manufacturer, b.Product, b.Serial, b.PartNumber, b.ManufactureDate)
		}
	}
	// Output:
	// Bee Labs BX-2U: serial number BXS0001, part number BX-2U-REV2, made 2021-03-04T05:06:00Z
}

// Which devices could not be read?
func ExampleFRUDevice() {
	fru, err := ipmi.ParseFRU([]byte(fruPrint))
	if err != nil {
		fmt.Println(err)
	}
	for _, d := range fru.Devices() {
		if d.State != ipmi.FRUPresent {
			fmt.Printf("%s is %s: %s\n", d.Name, d.State, d.Reason)
		}
	}
	// Output:
	// HDD BP is absent: Timeout
}

// Which sensors are in a bad state?
func ExampleSensor_Bad() {
	sdr, err := ipmi.ParseSDR([]byte(sdrElist))
	if err != nil {
		fmt.Println(err)
	}
	for _, s := range sdr.Sensors() {
		switch {
		case s.Bad() && s.Reading != nil:
			fmt.Printf("%s: %g %s, %s\n", s.Name, *s.Reading, s.Unit, s.Status)
		case s.Bad():
			fmt.Printf("%s: %q\n", s.Name, s.States)
		}
	}
	// Output:
	// CPU1 Temp: 235 degrees C, upper critical
	// FAN1: 0 RPM, lower critical
	// PS2 Status: ["Presence detected" "Power Supply AC lost"]
}

// Which firmware does the controller run, and at what address is it?
func Example_controller() {
	mc, err := ipmi.ParseMC([]byte(`Device ID                 : 33
Firmware Revision         : 1.17
IPMI Version              : 2.0
Manufacturer ID           : 343
Manufacturer Name         : Intel Corporation
Product ID                : 73 (0x0049)
Aux Firmware Rev Info     : 
    0x01
    0x17
    0x37
    0x10
`)) // ipmitool mc info
	if err != nil {
		fmt.Println(err)
	}
	lan, err := ipmi.ParseLAN([]byte(`IP Address Source       : Static Address
IP Address              : 10.1.2.3
Subnet Mask             : 255.255.0.0
MAC Address             : 00:25:90:83:d4:4c
`)) // ipmitool lan print
	if err != nil {
		fmt.Println(err)
	}
	info, config := mc.Info(), lan.Config()
	fmt.Printf("%s, firmware %s (%s)\n", info.ManufacturerName, info.FirmwareRevision, info.AuxFirmware)
	fmt.Printf("%s (%s), MAC %s\n", config.IPAddress, config.IPAddressSource, config.MACAddress)
	// Output:
	// Intel Corporation, firmware 1.17 (01.17.37.10)
	// 10.1.2.3 (Static Address), MAC 00:25:90:83:d4:4c
}

// What happened, and when?
func ExampleParseSEL() {
	sel, err := ipmi.ParseSEL([]byte(`   1 |  Pre-Init  |0000000012| Power Supply #0x05 | Presence detected | Asserted
   2 | 03/03/21 | 21:30:40 UTC | Power Supply PS2 Status | Power Supply AC lost | Asserted
   3 | 03/03/21 | 21:31:40 UTC | Temperature CPU1 Temp | Upper Critical going high | Asserted | Reading 235 > Threshold 230 degrees C
   4 | OEM record e0 | 6f656d20646174610102030405
`)) // ipmitool sel elist
	if err != nil {
		fmt.Println(err)
	}
	for _, e := range sel.Events() {
		if e.Asserted != nil && *e.Asserted && e.Time != "" {
			fmt.Printf("%s %s: %s\n", e.Time, e.Sensor, e.Text)
		}
	}
	// Output:
	// 2021-03-03T21:30:40Z Power Supply PS2 Status: Power Supply AC lost
	// 2021-03-03T21:31:40Z Temperature CPU1 Temp: Upper Critical going high
}

// A machine without a controller is told from one whose controller has nothing
// to say.
func ExampleErrors() {
	_, err := ipmi.ParseMC([]byte("Could not open device at /dev/ipmi0 or /dev/ipmi/0 or /dev/ipmidev/0: No such file or directory\n"))
	fmt.Println(err)
	_, err = ipmi.ParseSEL([]byte("SEL has no entries\n"))
	fmt.Println(err)
	// Output:
	// ipmi: line 1, column 1: no management controller: "Could not open device at /dev/ipmi0 or /dev/ipmi/0 or /dev/ipmidev/0: No such fi…"
	// <nil>
}
