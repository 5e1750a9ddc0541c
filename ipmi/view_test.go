// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/mchus/bee/ipmi"
)

// board returns the typed view of a board area with one field.
func board(t *testing.T, key, value string) (*ipmi.FRUBoard, []ipmi.Field) {
	t.Helper()
	f, err := ipmi.ParseFRU([]byte("FRU Device Description : X (ID 0)\n " + key + " : " + value + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	d := f.Devices()[0]
	return d.Board, d.Unknown
}

func TestManufactureDate(t *testing.T) {
	tests := []struct{ printed, date, zone string }{
		{"Wed May 17 08:30:00 2023", "2023-05-17T08:30:00", ""},         // 1.8.18: local time
		{"Wed May 17 08:30:00 2023 UTC", "2023-05-17T08:30:00Z", "UTC"}, // 1.8.19
		{"Wed May 17 10:30:00 2023 CEST", "2023-05-17T10:30:00", "CEST"},
		{"Wed May 17 14:00:00 2023 +0530", "2023-05-17T14:00:00+05:30", "+0530"},
		{"Wed May 17 05:30:00 2023 -03", "2023-05-17T05:30:00-03:00", "-03"},
		{"Fri May  5 08:30:00 2023", "2023-05-05T08:30:00", ""},
		{"Thu Feb 29 23:59:00 2024", "2024-02-29T23:59:00", ""},
		{"Unspecified", "", ""},
		{"Mon Jan  1 00:00:00 1996", "", ""}, // 1.8.18 for unspecified
		{"Mon Jan  1 14:00:00 1996", "", ""}, // the same, on Kiritimati
		{"Mon Jan  1 14:01:00 1996", "1996-01-01T14:01:00", ""},
		{"Sun Dec 31 10:00:00 1995", "", ""},
		{"Sun Dec 31 09:59:00 1995", "1995-12-31T09:59:00", ""},
		{"Wed Nov 24 20:15:00 2027", "", ""}, // erased memory: FFFFFFh minutes
		{"Wed Nov 24 06:14:00 2027", "2027-11-24T06:14:00", ""},
	}
	for _, tt := range tests {
		b, unknown := board(t, "Board Mfg Date", tt.printed)
		if b.ManufactureDate != tt.date || b.ManufactureZone != tt.zone || unknown != nil {
			t.Errorf("%q is %q in zone %q, unknown %v; want %q, %q", tt.printed, b.ManufactureDate, b.ManufactureZone, unknown, tt.date, tt.zone)
		}
	}
	for _, printed := range []string{"Mi 17 Mai 2023 08:30:00 CEST", "Thu Feb 30 23:59:00 2024", "Wed May 17 08:30:00 2023UTC"} {
		if b, unknown := board(t, "Board Mfg Date", printed); len(unknown) != 1 || b.ManufactureDate != "" {
			t.Errorf("%q is %q, unknown %v; want it unknown", printed, b.ManufactureDate, unknown)
		}
	}
}

func TestPlaceholders(t *testing.T) {
	for _, value := range []string{
		"", "   ", "N/A", "n/a", "....", "---", "To Be Filled By O.E.M.", "Not Specified",
		"Field not present", "Unknown", "None", "XXXX", "\x00\x00", "\xff\xff\xff", "0", "00000000", "0123456789",
	} {
		if b, unknown := board(t, "Board Serial", value); b.Serial != "" || unknown != nil {
			t.Errorf("serial %q is %q", value, b.Serial)
		}
	}
	for value, want := range map[string]string{
		"  BPSN77 \t": "BPSN77", "X": "X", "00": "00", "A0:B-1": "A0:B-1", "M\xfcller": "Müller", "Müller": "Müller", "CMA  \x00": "CMA",
	} {
		if b, _ := board(t, "Board Part Number", value); b.PartNumber != want {
			t.Errorf("part number %q is %q, want %q", value, b.PartNumber, want)
		}
	}
}

// The emulated machine's power supply was given these four values.
func TestLab(t *testing.T) {
	paths, err := filepath.Glob("testdata/fru/lab-1.8.1[89]*/input")
	if err != nil || len(paths) < 4 {
		t.Fatal(paths, err)
	}
	seen := 0
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := ipmi.ParseFRU(data)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, d := range f.Devices() {
			if d.Name != "PS1 FRU" {
				continue
			}
			seen++
			var got [4]string
			got[0], got[1], got[2], got[3] = d.Identity()
			if want := [4]string{"DELTA ELEC", "PSU 800W Platinum", "DPS-800AB-1", "DPSN0000123456"}; got != want {
				t.Errorf("%s: PS1 is %q, want %q", path, got, want)
			}
		}
	}
	if seen < 2 {
		t.Errorf("PS1 seen %d times", seen)
	}
}

func TestFRUState(t *testing.T) {
	tests := []struct {
		lines  string
		state  ipmi.FRUState
		reason string
	}{
		{"", ipmi.FRUEmpty, ""},
		{" Board Mfg : A\n", ipmi.FRUPresent, ""},
		{" Device not present (No Response)\n", ipmi.FRUAbsent, "No Response"},
		{" Device not present (Requested sensor, data, or record not found)   \n", ipmi.FRUAbsent, "Requested sensor, data, or record not found"},
		{" Unknown FRU header version 0x23\n", ipmi.FRUBad, "Unknown FRU header version 0x23"},
		{" Invalid FRU size 0\n", ipmi.FRUBad, "Invalid FRU size 0"},
		{" Bad header checksum\n", ipmi.FRUBad, "Bad header checksum"},
		{" Unsupported device\n", ipmi.FRUBad, "Unsupported device"},
		{"FRU Read failed: Timeout\n", ipmi.FRUBad, "Timeout"},
		// Beside data, a message is of another device or another area.
		{" Unknown FRU header version 0x23\n Board Mfg : A\n", ipmi.FRUPresent, ""},
		{" Board Mfg : A\nFRU Read failed: Timeout\n", ipmi.FRUPresent, ""},
		{" Power Supply Record\n Device not present (Timeout)\n", ipmi.FRUPresent, ""},
	}
	for _, tt := range tests {
		f, err := ipmi.ParseFRU([]byte("FRU Device Description : X (ID 3)\n" + tt.lines))
		if err != nil {
			t.Fatal(err)
		}
		if d := f.Devices()[0]; d.State != tt.state || d.Reason != tt.reason || d.Unknown != nil {
			t.Errorf("%q is %s (%s), unknown %v; want %s (%s)", tt.lines, d.State, d.Reason, d.Unknown, tt.state, tt.reason)
		}
	}
}

func TestMultiRecords(t *testing.T) {
	f, err := ipmi.ParseFRU([]byte(`FRU Device Description : X (ID 0)
 Power Supply Record
  Capacity                   : 0 W
  Peak VA                    : 65535 VA
  Inrush Current             : 255 A
  Input Voltage Range 2      : 0-0 V
  Flags                      :` + " " + `
  Combined capacity          : 300 W (5 V and 3.3 V)
  Peak capacity holdup       : -1 s
 DC Output Record
  Nominal voltage            : -12.00 V
  Minimum current draw       : 0.005 A
  OEM (Unknown (0x157)) Record
  OEM (Intel Corporation) Record
 Management Access Record
  Sub-Type                   : 0x01
`))
	if err != nil {
		t.Fatal(err)
	}
	d := f.Devices()[0]
	millivolts, milliamps := -12000, 5
	want := []ipmi.MultiRecord{
		{Title: "Power Supply Record", PowerSupply: &ipmi.PowerSupplyRecord{CombinedCapacityWatts: 300, CombinedVoltages: []string{"5 V", "3.3 V"}}},
		{Title: "DC Output Record", DCOutput: &ipmi.DCOutputRecord{NominalMillivolts: &millivolts, MinMilliamperes: &milliamps}},
		{Title: "OEM (Unknown (0x157)) Record"},
		{Title: "OEM (Intel Corporation) Record", OEM: "Intel Corporation"},
		{Title: "Management Access Record"},
	}
	for i := range d.MultiRecords {
		d.MultiRecords[i].Fields = nil
	}
	if !reflect.DeepEqual(d.MultiRecords, want) {
		t.Errorf("multi-records are %+v", d.MultiRecords)
	}
	if len(d.Unknown) != 2 || d.Unknown[0].Value != "-1 s" || d.Unknown[1].Key != "Sub-Type" {
		t.Errorf("unknown are %v", d.Unknown)
	}
}

func TestASensorIsBadByStatusOrState(t *testing.T) {
	tests := map[string]bool{
		"A | 01h | ok  | 7.1 | 45 degrees C":                                    false,
		"A | 01h | lcr | 7.1 | 0 RPM":                                           true,
		"A | 01h | ns  | 7.1 | No Reading":                                      false,
		"A | 01h | ok  | 7.1 | Fully Redundant":                                 false,
		"A | 01h | ok  | 7.1 | Redundancy Lost":                                 true,
		"A | 01h | ok  | 7.1 | Presence detected":                               false,
		"A | 01h | ok  | 7.1 | Presence detected, AC out-of-range, but present": true,
		"A | 01h | ok  | 7.1 | Config Error: Vendor Mismatch":                   true,
		"A | 01h | ok  | 7.1 | 3.10 Volts, Low Battery":                         true,
		"A | 40 degrees C      | nr":                                            true,
		"A | Event-Only        | ns":                                            false,
	}
	for row, want := range tests {
		s, err := ipmi.ParseSDR([]byte(row + "\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Sensors()[0].Bad(); got != want {
			t.Errorf("%q: Bad() = %v, want %v", row, got, want)
		}
	}
}

func TestStates(t *testing.T) {
	s, err := ipmi.ParseSDR([]byte("A | 01h | ok  | 10.1 | Presence detected, AC out-of-range, but present, Config Error\n" +
		"B | 02h | ok  | 9.1 | 240VA power down\nC | 03h | ok  | 40.1 | 3.10 Volts, Low Battery\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"Presence detected", "AC out-of-range, but present", "Config Error"}, {"240VA power down"}, {"Low Battery"}}
	for i, sensor := range s.Sensors() {
		if !reflect.DeepEqual(sensor.States, want[i]) {
			t.Errorf("%s: states %q, want %q", sensor.Name, sensor.States, want[i])
		}
	}
}

func TestLocators(t *testing.T) {
	in := "PS1 FRU          | 00h | ns  | 10.1 | Logical FRU @0Ah\nTemp Chip        | 00h | ns  |  7.1 | Generic Device @20h:00h.0\n" +
		"EEPROM           | 00h | ns  |  7.1 | Physical FRU @A0h\nBMC              | 00h | ok  | 46.1 | Static MC @ 20h\n" +
		"PS1 FRU          | Log FRU @0Ah 0a.1 | ok\nTemp Chip        | Generic @20:00.0  | ok\nBMC              | Static MC @ 20h   | ok\n" +
		"Device ID              : PS1 FRU\nEntity ID              : 10.1 (Power Supply)\nDevice Access Address  : 20h\nLogical FRU Device     : 0Ah\n\n" +
		"Device ID              : BMC\nEntity ID              : 46.1 (System Management Software)\nDevice Slave Address   : 20h\nController Presence    : Static\n\n"
	s, err := ipmi.ParseSDR([]byte(in))
	if err != nil {
		t.Fatal(err)
	}
	if sensors := s.Sensors(); sensors != nil {
		t.Errorf("sensors are %v", sensors)
	}
	type place struct {
		kind            ipmi.LocatorKind
		entity, fru, at int
	}
	want := []place{
		{ipmi.LocatorFRU, 10, 10, -1},
		{ipmi.LocatorGeneric, 7, -1, 0x20},
		{ipmi.LocatorFRU, 7, -1, 0xA0},
		{ipmi.LocatorController, 46, -1, 0x20},
		{ipmi.LocatorFRU, 10, 10, -1},
		{ipmi.LocatorGeneric, -1, -1, 0x20},
		{ipmi.LocatorController, -1, -1, 0x20},
		{ipmi.LocatorFRU, 10, 10, -1},
		{ipmi.LocatorController, 46, -1, 0x20},
	}
	or := func(p *int) int {
		if p == nil {
			return -1
		}
		return *p
	}
	for i, l := range s.Locators() {
		got := place{l.Kind, -1, or(l.FRUID), or(l.Address)}
		if l.Entity != nil {
			got.entity = l.Entity.ID
		}
		if got != want[i] {
			t.Errorf("locator %d is %+v, want %+v", i, got, want[i])
		}
	}
}
