// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mchus/bee/ipmi"
)

// parsers are all of the package's.
var parsers = map[string]func([]byte) (any, error){
	"FRU":  func(b []byte) (any, error) { v, err := ipmi.ParseFRU(b); return v, err },
	"SDR":  func(b []byte) (any, error) { v, err := ipmi.ParseSDR(b); return v, err },
	"SEL":  func(b []byte) (any, error) { v, err := ipmi.ParseSEL(b); return v, err },
	"MC":   func(b []byte) (any, error) { v, err := ipmi.ParseMC(b); return v, err },
	"LAN":  func(b []byte) (any, error) { v, err := ipmi.ParseLAN(b); return v, err },
	"LAN6": func(b []byte) (any, error) { v, err := ipmi.ParseLAN6(b); return v, err },
}

// TestForeign gives each parser what is not ipmitool's, the fixtures of the
// other packages among it.
func TestForeign(t *testing.T) {
	texts := map[string]string{
		"nothing": "", "blanks": " \n\r\n", "shell": "bash: line 1: ipmitool: command not found\n", "JSON": "{\"a\": 1,\n \"b\": [0, 1, 2]}\n",
	}
	for _, pattern := range []string{"../dmi/testdata/*/input", "../smart/testdata/*/input*", "../pci/testdata/lspci/*/input", "../nvidia/testdata/*/input"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if data, err := os.ReadFile(path); err == nil {
				texts[path] = string(data)
			}
		}
	}
	if len(texts) < 30 {
		t.Errorf("%d texts", len(texts))
	}
	for name, text := range texts {
		for tool, parse := range parsers {
			if _, err := parse([]byte(text)); !errors.Is(err, ipmi.ErrFormat) {
				t.Errorf("%s of %s: %v", tool, name, err)
			}
		}
	}
	for tool, parse := range parsers {
		if _, err := parse([]byte("Could not open device at /dev/ipmi0 or /dev/ipmi/0 or /dev/ipmidev/0: No such file or directory\n")); !errors.Is(err, ipmi.ErrTool) || !errors.Is(err, ipmi.ErrNoBMC) || errors.Is(err, ipmi.ErrFormat) {
			t.Errorf("%s: %v", tool, err)
		}
	}
}

// TestOEMTitle reads names of makers as the registry of enterprise numbers has
// them.
func TestOEMTitle(t *testing.T) {
	for _, maker := range []string{"Example Corporation", "Example (https://example.org/standards )", "A: B: C", "(((", "x ) y"} {
		fru, err := ipmi.ParseFRU([]byte("FRU Device Description : Unit (ID 0)\n Product Name          : X\n OEM (" + maker + ") Record\n  00 01\n DC Output Record\n  Output Number:                            1\n"))
		if err != nil {
			t.Fatal(err)
		}
		records := fru.Devices()[0].MultiRecords
		if len(records) != 2 || records[0].OEM != maker || records[1].DCOutput == nil {
			t.Errorf("%q: %+v", maker, records)
		}
	}
}

func TestHeadings(t *testing.T) {
	for in, want := range map[string]string{
		"PS1 (ID 1)                      ": `"PS1" 1`,
		"PS0 (LUN 0 ID 63)":                `"PS0" 63`,
		"Fan (left) (ID 7) ":               `"Fan (left)" 7`,
	} {
		fru, err := ipmi.ParseFRU([]byte("FRU Device Description : " + in + "\n Board Serial          : X\n"))
		if err != nil || len(fru.Records) != 1 {
			t.Errorf("%q: %v", in, err)
			continue
		}
		name, _ := json.Marshal(fru.Records[0].Name)
		id, _ := json.Marshal(fru.Records[0].ID)
		if got := string(name) + " " + string(id); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

// TestStatesWithColon reads list items as items, whatever they hold.
func TestStatesWithColon(t *testing.T) {
	sdr, err := ipmi.ParseSDR([]byte(`Sensor ID              : Power Set (0x65)
 Entity ID             : 10.1 (Power Supply)
 Sensor Type (Discrete): Power Supply (0x08)
 States Asserted       : Redundancy State
                         [Redundancy Lost]
                         [Non-Redundant: Insufficient Resources]
                         [Redundancy Degraded]
 OEM                   : 0

Sensor ID              : PSU2 Status (0xe1)
 Entity ID             : 10.2 (Power Supply)
 Sensor Type (Discrete): Power Supply (0x08)
 Assertions Enabled    : Power Supply
                         [Config Error: Revision Mismatch]
 States Asserted       : Power Supply
                         [Config Error: Vendor Mismatch]
`))
	if err != nil {
		t.Fatal(err)
	}
	s := sdr.Sensors()
	if want := []string{"Redundancy Lost", "Non-Redundant: Insufficient Resources", "Redundancy Degraded"}; !slices.Equal(s[0].States, want) || len(s[0].Unknown) > 0 {
		t.Errorf("%+v", s[0])
	}
	if s[0].Redundancy() != ipmi.RedundancyInsufficient || !s[0].OfSet() || !s[0].Bad() {
		t.Errorf("redundancy %q", s[0].Redundancy())
	}
	if !s[1].Bad() || len(s[1].Unknown) > 0 || s[1].Detail == nil || len(s[1].Detail.AssertionsEnabled) != 1 {
		t.Errorf("%+v", s[1])
	}
	if again, err := ipmi.ParseSDR(sdr.Format()); err != nil || len(again.Sensors()[0].States) != 3 {
		t.Errorf("printed again: %v\n%s", err, sdr.Format())
	}
}

func TestSupplies(t *testing.T) {
	for _, tt := range []struct{ name, sdr, want string }{
		{"the set is no supply", "Power Supply 1 | 3Bh | ok  | 10.1 | Presence detected\nPower Supplies | 3Eh | ok  | 10.2 | Fully Redundant\nSupplies | 3Fh | ns  | 10.3 | No Reading\n", "PS1=true"},
		{"another name", "PS1 Status | 3Bh | ok  | 10.1 | Presence detected\nUnits | 3Eh | ok  | 10.9 | Redundancy Lost\nPS5 Redundancy | 3Fh | ns  | 10.5 | No Reading\n", "PS1=true"},
		{"no reading is not absent", "PSU1_Status,DEh,ok,10.1,Presence detected\nPSU2_Status,DFh,ns,10.2,No Reading\n", "PS1=true PS2=null"},
		{"rails", "PSU1 Status | Not Readable | ns\nPS 5V | 5.05 Volts | ok\nPS 12.XV | 12.16 Volts | ok\nPS 3.3V | 3.29 Volts | ok\nPS 12 V | 12 Volts | ok\n", "PS1=null"},
		{"severity", "PS1 Status | 3Bh | ok  | 10.1 | Transition to Critical from less severe\n", "PS1=null failed"},
		{"presence of any device", "PS1 Status | 3Bh | ok  | 10.1 | Device Present\nPS2 Status | 3Ch | ok  | 10.2 | Device Absent\n", "PS1=true PS2=false"},
	} {
		sdr, err := ipmi.ParseSDR([]byte(tt.sdr))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		var got []string
		for _, p := range ipmi.PowerSupplies(nil, sdr) {
			present, _ := json.Marshal(p.Present)
			got = append(got, p.Name+"="+string(present))
			if p.Failed != nil && *p.Failed {
				got = append(got, "failed")
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, got, tt.want)
		}
	}
	for name, want := range map[string]string{"PS1 FRU": "PS1", "PSU2_FRU": "PSU2", "Pwr Supply 1 FRU": "Pwr Supply 1", "PWR-750-1R": "", "PS 3.3V": "", "": ""} {
		if got := (&ipmi.PowerSupply{Name: name}).Slot(); got != want {
			t.Errorf("slot of %q is %q, want %q", name, got, want)
		}
	}
}

func TestCrossed(t *testing.T) {
	sdr, err := ipmi.ParseSDR([]byte("CPU1 Temp        | 95.000     | degrees C  | cr    | 0.000     | 5.000     | 10.000    | 85.000    | 90.000    | 100.000   \n" +
		"FAN1             | 200.000    | RPM        | cr    | 100.000   | 300.000   | 500.000   | na        | na        | na        \n" +
		"FAN2             | 900.000    | RPM        | ok    | 100.000   | 300.000   | 500.000   | na        | na        | na        \n"))
	s := sdr.Sensors()
	if err != nil || len(s) != 3 || !s[0].Bad() || *s[0].Crossed() != 90 || *s[1].Crossed() != 300 || s[2].Bad() || s[2].Crossed() != nil {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestHalfDays reads dates of English locales, and never those of others 12
// hours off.
func TestHalfDays(t *testing.T) {
	for in, want := range map[string]string{
		"Fri 15 Dec 2017 09:34:00 PM CET CET": "2017-12-15T21:34:00",
		"Fri 15 Dec 2017 12:04:00 AM UTC":     "2017-12-15T00:04:00Z",
		"Fri 15 Dec 2017 21:34:00 CET":        "2017-12-15T21:34:00",
		"Fri Dec 15 09:34:00 2017":            "2017-12-15T09:34:00",
		"Fri Dec 15 09:34:00 2017 PM":         "",
		"Fr 15 Dez 2017 21:34:00 CET":         "",
	} {
		fru, _ := ipmi.ParseFRU([]byte("FRU Device Description : Unit (ID 0)\n Board Mfg Date        : " + in + "\n Board Serial          : X\n"))
		if got := fru.Devices()[0].Board.ManufactureDate; got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"   1 | 05/27/2014 | 09:20:43 PM CET | Fan #0x1 | Failure | Asserted\n": "2014-05-27T21:20:43",
		"   1 | 05/27/14 | 12:20:43 AM UTC | Fan #0x1 | Failure | Asserted\n":   "2014-05-27T00:20:43Z",
		"   1 | 27.05.2014 | 21:20:43 CET | Fan #0x1 | Failure | Asserted\n":    "",
	} {
		sel, err := ipmi.ParseSEL([]byte(in))
		if err != nil || len(sel.Records) != 1 {
			t.Fatal(in, err)
		}
		if got := sel.Events()[0].Time; got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// ipmitool up to 1.8.11 has one cell for the time of an event before its clock was set.
func TestEventBeforeTheClock(t *testing.T) {
	for _, row := range []string{
		"   9 | Pre-Init Time-stamp   | Chassis #0xa9 | State Asserted | Asserted\n",
		"9,Pre-Init Time-stamp,,Chassis #0xa9,State Asserted,Asserted\n",
		"   9 | Pre-Init Time-stamp   | Chassis #0xa9 | State Asserted\n",
	} {
		sel, err := ipmi.ParseSEL([]byte(row))
		events := sel.Events()
		if err != nil || len(events) != 1 || events[0].Unknown || events[0].Sensor != "Chassis #0xa9" || events[0].Text != "State Asserted" || events[0].Time != "" {
			t.Errorf("%q: %+v, %v", row, events, err)
		}
	}
}

func TestEventWithoutDirection(t *testing.T) {
	sel, err := ipmi.ParseSEL([]byte("fe3c | 04/10/2008 | 14:50:13 | Power Unit Power Redundancy | Fully Redundant\n"))
	if err != nil {
		t.Fatal(err)
	}
	if e := sel.Events()[0]; e.Sensor != "Power Unit Power Redundancy" || e.Text != "Fully Redundant" || e.Asserted != nil || e.Unknown {
		t.Errorf("%+v", e)
	}
}

// TestMutants parses what is left of the fixtures after damage of each kind.
func TestMutants(t *testing.T) {
	paths, err := filepath.Glob("testdata/*/*/input")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for range rounds {
			mutant := mutate(r, string(data))
			lines := strings.Count(mutant, "\n") + 1
			for tool, parse := range parsers {
				v, err := parse([]byte(mutant))
				if list, ok := err.(ipmi.Errors); v == nil || err != nil && !ok {
					t.Fatalf("%s of a mutant of %s: %v", tool, path, err)
				} else if len(list) > 0 && list[len(list)-1].Line > lines {
					t.Fatalf("%s of a mutant of %s: error outside the input: %v", tool, path, err)
				}
			}
			fru, _ := ipmi.ParseFRU([]byte(mutant))
			sdr, _ := ipmi.ParseSDR([]byte(mutant))
			ipmi.PowerSupplies(fru, sdr)
		}
	}
}

// mutate damages a text in one way.
func mutate(r *rand.Rand, text string) string {
	if text == "" {
		return text
	}
	at := r.IntN(len(text))
	lines := strings.SplitAfter(text, "\n")
	line := r.IntN(len(lines))
	switch r.IntN(8) {
	case 0:
		return text[:at]
	case 1:
		return text[:at] + string(rune(r.IntN(256))) + text[at+1:]
	case 2:
		lines = slices.Delete(lines, line, line+1)
	case 3:
		lines = slices.Insert(lines, line, lines[line])
	case 4:
		other := r.IntN(len(lines))
		lines[line], lines[other] = lines[other], lines[line]
	case 5:
		return strings.ReplaceAll(text, "\n", "\r\n")
	case 6:
		return text[:at] + "\x00" + text[at:]
	case 7:
		return text + text[at:]
	}
	return strings.Join(lines, "")
}

// TestTwoOutputs: of the answers of two controllers or channels in one text the
// first is read, and the second is told and kept. FRU devices that were asked for
// one by one are as many.
func TestTwoOutputs(t *testing.T) {
	mc, err := ipmi.ParseMC([]byte("Device ID                 : 32\nDevice Revision           : 1\nDevice ID                 : 33\nFirmware Revision         : 9.99\n"))
	if info := mc.Info(); !errors.Is(err, ipmi.ErrSyntax) || *info.DeviceID != 32 || info.FirmwareRevision != "" || len(info.Unknown) != 2 {
		t.Errorf("%v, %+v", err, info)
	}
	lan, err := ipmi.ParseLAN([]byte("Set in Progress         : Set Complete\nIP Address              : 10.0.0.1\n" +
		"Set in Progress         : Set Complete\nIP Address              : 10.0.0.2\nMAC Address             : 00:00:5e:00:53:01\n"))
	if c := lan.Config(); !errors.Is(err, ipmi.ErrSyntax) || c.IPAddress != "10.0.0.1" || c.MACAddress != "" || len(c.Unknown) != 3 {
		t.Errorf("%v, %+v", err, c)
	}
	fru, err := ipmi.ParseFRU([]byte(" Board Mfg             : BeeCo\n Board Serial          : B1\n Product Manufacturer  : BeeCo\n Product Serial        : P1\n Product Extra         : x\n" +
		" Board Mfg             : BeeCo\n Board Serial          : B2\n Product Serial        : P3\n Product Serial        : P4\n"))
	var got []string
	for _, d := range fru.Devices() {
		if d.Board != nil {
			got = append(got, d.Board.Serial)
		}
		if d.Product != nil {
			got = append(got, d.Product.Serial)
		}
		got = append(got, "/")
	}
	if text := strings.Join(got, " "); err != nil || text != "B1 P1 / B2 P3 / P4 /" {
		t.Errorf("%v, %s", err, text)
	}
}

// TestSensorsOfALog: what a log or a terminal puts before each line is no part of a
// sensor's name.
func TestSensorsOfALog(t *testing.T) {
	for _, before := range []string{"Nov 27 08:15:04 host ipmitool[1234]: ", "\x1b[?2004l\r"} {
		for _, row := range []string{"CPU1 Temp,34,degrees C,ok", "CPU1 Temp        | 34 degrees C      | ok", "CPU1 Temp        | 01h | ok  |  3.1 | 34 degrees C"} {
			sdr, err := ipmi.ParseSDR([]byte("FAN1,4606,RPM,ok\n" + before + row + "\n"))
			if sensors := sdr.Sensors(); len(sensors) != 1 || !errors.Is(err, ipmi.ErrSyntax) {
				t.Errorf("%q: %v, %+v", before+row, err, sensors)
			}
		}
	}
}

// TestDevicesAreCapped: a FRU device ID has eight bits.
func TestDevicesAreCapped(t *testing.T) {
	fru, err := ipmi.ParseFRU([]byte(strings.Repeat(" Product Serial        : P1\n", 1000)))
	if list, _ := err.(ipmi.Errors); len(fru.Records) != 256 || len(list) != 1 || !errors.Is(err, ipmi.ErrLimit) {
		t.Errorf("%d devices, %v", len(fru.Records), err)
	}
}
