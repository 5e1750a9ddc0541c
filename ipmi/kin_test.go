// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/mchus/bee/ipmi"
)

// TestStatesWithCommas: the commas of a state's own name end no state.
func TestStatesWithCommas(t *testing.T) {
	for in, want := range map[string][]string{
		"S2: sleeping, processor context lost":                                                      {"S2: sleeping, processor context lost"},
		"S3: sleeping, processor & hw context lost, memory retained, S0/G0: working":                {"S3: sleeping, processor & hw context lost, memory retained", "S0/G0: working"},
		"Page Fault, Platform generated SNMP trap, OEM format":                                      {"Page Fault", "Platform generated SNMP trap, OEM format"},
		"IPMB-A disabled, IPMB-B enabled":                                                           {"IPMB-A disabled, IPMB-B enabled"},
		"Firmware Watchdog Bite, reset occurred, x":                                                 {"Firmware Watchdog Bite, reset occurred", "x"},
		"Presence detected, AC out-of-range, but present, Non-Redundant: Sufficient from Redundant": {"Presence detected", "AC out-of-range, but present", "Non-Redundant: Sufficient from Redundant"},
	} {
		for _, row := range []string{"PS1 Status       | 64h | ok  | 10.1 | " + in + "\n", "PS1 Status,64h,ok,10.1," + in + "\n"} {
			sdr, err := ipmi.ParseSDR([]byte(row))
			if s := sdr.Sensors(); err != nil || len(s) != 1 || !reflect.DeepEqual(s[0].States, want) {
				t.Errorf("%q: %+v, %v", row, s, err)
			}
		}
	}
}

// TestSensorNamesInBlocks: the number of a sensor is in the last brackets of its
// heading, and a sensor that cannot be read has no reading.
func TestSensorNamesInBlocks(t *testing.T) {
	sdr, err := ipmi.ParseSDR([]byte(`Sensor ID              : Temp (0x1) A (0x30)
 Entity ID             : 3.1
 Sensor Type (Threshold)  : Temperature
 Sensor Reading        : 45 (+/- 0) degrees C

Sensor ID              : CPU2 (0x33)
 Entity ID             : 3.2
 Sensor Type (Discrete): Processor
 Unable to read sensor: Device Not Present
`))
	s := sdr.Sensors()
	if err != nil || len(s) != 2 || s[0].Name != "Temp (0x1) A" || *s[0].Number != 0x30 || s[1].Status != ipmi.SensorNoReading || len(s[1].Unknown) > 0 {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestPowerUnitMap: the "nr" of Intel's record means that the supplies are not
// redundant, as of the SR1300 that has one, and no threshold.
func TestPowerUnitMap(t *testing.T) {
	sdr, err := ipmi.ParseSDR([]byte("BB +12V          | 12.03 Volts       | nr\nPower Redundancy | Not Available     | nr\nPower Redundancy | PS@c8h            | nr\nPower Redundancy | PS@c8h + PS@c9h   | ok\n"))
	s := sdr.Sensors()
	if err != nil || len(s) != 4 || !s[0].Bad() || s[1].Bad() || s[2].Bad() || s[3].Bad() || s[2].States != nil {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestVerboseLog: entries in the layout of "sel list -v" are not read, which is
// not to say that there are none.
func TestVerboseLog(t *testing.T) {
	_, err := ipmi.ParseSEL([]byte("SEL Record ID          : 0001\n Record Type           : 02\n Description           : Power Supply AC lost\n\n"))
	if !errors.Is(err, ipmi.ErrFormat) {
		t.Error(err)
	}
}

// TestEventsWithoutDirection reads rows as ipmitool prints them up to 1.8.12.
func TestEventsWithoutDirection(t *testing.T) {
	for row, want := range map[string]ipmi.Event{
		"   3 | 03/03/2021 | 21:31:40 | Temperature CPU1 Temp | Upper Critical going high | Reading 235 > Threshold 230 degrees C\n": {Sensor: "Temperature CPU1 Temp", Text: "Upper Critical going high", Detail: "Reading 235 > Threshold 230 degrees C"},
		"3,03/03/2021,21:31:40,Temperature CPU1 Temp,Upper Critical going high,Reading 235 > Threshold 230 degrees C\n":              {Sensor: "Temperature CPU1 Temp", Text: "Upper Critical going high", Detail: "Reading 235 > Threshold 230 degrees C"},
		"3,03/03/2021,21:31:40,Power Supply #0x05,AC out-of-range, but present\n":                                                    {Sensor: "Power Supply #0x05", Text: "AC out-of-range, but present"},
		"   3 |  Pre-Init  |0000000012| Power Unit PS Redundancy | Redundancy Lost\n":                                                {Sensor: "Power Unit PS Redundancy", Text: "Redundancy Lost"},
	} {
		sel, err := ipmi.ParseSEL([]byte(row))
		if err != nil || len(sel.Records) != 1 {
			t.Fatal(row, err)
		}
		e := sel.Events()[0]
		if e.Sensor != want.Sensor || e.Text != want.Text || e.Detail != want.Detail || e.Asserted != nil || e.Unknown || e.ID != 3 {
			t.Errorf("%q: %+v", row, e)
		}
	}
}

// TestNoReading: what stands in the place of a reading or a state is neither.
func TestNoReading(t *testing.T) {
	sdr, err := ipmi.ParseSDR([]byte(`Sensor ID              : CPU2 Temp (0x7)
 Entity ID             : 3.2
 Sensor Type (Threshold)  : Temperature
 Sensor Reading        :  Unable to read sensor: Device Not Present

Sensor ID              : CPU3 Temp (0x8)
 Entity ID             : 3.3
 Sensor Type (Analog)  : Temperature
 Sensor Reading        : Not Present

Sensor ID              : Other (0x9)
 Entity ID             : 7.1
 Sensor Type (Discrete): Module / Board
 States Asserted       : Module / Board
                         [no description]

Other2           | 1Ah | ok  |  7.1 | (null)
Other3,1Bh,ok,7.1,(null)
`))
	s := sdr.Sensors()
	if err != nil || len(s) != 5 {
		t.Fatal(s, err)
	}
	for i := range s {
		if s[i].States != nil || (i < 2) != (s[i].Status == ipmi.SensorNoReading) {
			t.Errorf("%+v", s[i])
		}
	}
}

// TestGluedLocators: a sensor behind locators without an end of line is one.
func TestGluedLocators(t *testing.T) {
	sdr, err := ipmi.ParseSDR([]byte("BeeBMC,00h,ok,46.1PS1 FRU,00h,ns,10.1,PS2 FRU,00h,ns,10.2,CPU1 Temp,235,degrees C,ucr\n" +
		"BMC2,00h,ok,46.2PS3 FRU,00h,ns,10.3,PS Status,05h,ok,10.1,Presence detected, Failure detected\nLast,00h,ns,7.1,No Reading\nX,00h,ok,7.1,State Asserted, Other, Third\n"))
	if s := sdr.Sensors(); err != nil || len(s) != 4 || s[0].Name != "CPU1 Temp" || !s[0].Bad() || !s[1].Bad() || len(s[1].States) != 2 || s[2].Status != ipmi.SensorNoReading || len(s[3].States) != 3 {
		t.Errorf("%+v, %v", s, err)
	}
	again, err := ipmi.ParseSDR(sdr.Format())
	if err != nil || len(again.Records) != len(sdr.Records) {
		t.Errorf("%d records, printed again %d: %v", len(sdr.Records), len(again.Records), err)
	}
}
