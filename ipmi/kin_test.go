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
