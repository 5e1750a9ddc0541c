// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"fmt"
	"os"

	"github.com/mchus/bee/ipmi"
)

// read returns an output of ipmitool that was captured before.
func read(name string) []byte {
	data, err := os.ReadFile("testdata/" + name + "/input")
	if err != nil {
		panic(err)
	}
	return data
}

// Which power supply is which serial number, and is one without mains?
func ExamplePowerSupplies() {
	fru, err := ipmi.ParseFRU(read("fru/server-1.8.19-v")) // ipmitool -v fru print
	if err != nil {
		fmt.Println(err)
	}
	sdr, err := ipmi.ParseSDR(read("sdr/server-elist-1.8.19")) // ipmitool sdr elist all
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
	fru, err := ipmi.ParseFRU(read("fru/server-1.8.19-v"))
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
	fru, err := ipmi.ParseFRU(read("fru/two-vendors"))
	if err != nil {
		fmt.Println(err)
	}
	for _, d := range fru.Devices() {
		if d.State != ipmi.FRUPresent {
			fmt.Printf("%s is %s: %s\n", d.Name, d.State, d.Reason)
		}
	}
	// Output:
	// PS2 is absent: Timeout
	// BP0 is absent: Requested sensor, data, or record not found
}

// Which sensors are in a bad state?
func ExampleSensor_Bad() {
	sdr, err := ipmi.ParseSDR(read("sdr/server-elist-1.8.19"))
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
	mc, err := ipmi.ParseMC(read("mc/intel"))
	if err != nil {
		fmt.Println(err)
	}
	lan, err := ipmi.ParseLAN(read("lan/server-1.8.19"))
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
	sel, err := ipmi.ParseSEL(read("sel/server-elist-1.8.19")) // ipmitool sel elist
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
	_, err := ipmi.ParseMC(read("mc/no-device"))
	fmt.Println(err)
	_, err = ipmi.ParseSEL([]byte("SEL has no entries\n"))
	fmt.Println(err)
	// Output:
	// ipmi: line 1, column 1: no management controller: "Could not open device at /dev/ipmi0 or /dev/ipmi/0 or /dev/ipmidev/0: No such fi…"
	// <nil>
}
