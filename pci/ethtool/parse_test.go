// SPDX-License-Identifier: Apache-2.0

package ethtool

import (
	"errors"
	"strings"
	"testing"
)

// The sign ‸ in an input marks where the error is; the tests remove it.
var errorTests = []struct {
	name, kind, in string
	err            error
}{
	{"nothing", "driver", "‸", ErrFormat},
	{"another tool", "driver", "\n  ‸Handle 0x0000\n", ErrFormat},
	{"another option", "driver", "‸Permanent address: 00:00:5e:00:53:01\n", ErrFormat},
	{"the tool failed", "driver", "noise\n‸Cannot get driver information: No such device\n", ErrTool},
	{"the tool failed, told twice", "address", "‸netlink error: No such device\nCannot read permanent address: No such device\n", ErrTool},
	{"no key", "driver", "driver: igb\n ‸warning\nversion: 1\n", ErrSyntax},
	{"neither yes nor no", "driver", "driver: igb\nsupports-test: ‸maybe\n", ErrSyntax},
	{"an address of three digits", "address", "Permanent address: ‸000:1\n", ErrSyntax},
	{"a unit", "module", "\tIdentifier : 0x03 (SFP)\n\tModule voltage    : ‸3 kV\n", ErrUnit},
	{"a number", "module", "\tIdentifier : 0x03 (SFP)\n\tModule voltage    : ‸3,3 V\n", ErrRange},
	{"a rate", "module", "\tBR, Nominal : ‸10 furlongs\n", ErrUnit},
	{"a length", "module", "\tLength (OM3) : ‸10 ft\n", ErrUnit},
	{"a margin", "module", "\tBR, Nominal : 10300MBd\n\tBR margin, max : ‸0\n", ErrUnit},
	{"neither on nor off", "module", "\tIdentifier : 0x18\n\tLowPwrRequestSW : ‸x\n", ErrSyntax},
	{"a rate below zero", "module", "\tBR, Nominal : ‸-1MBd\n", ErrRange},
	{"a margin of words", "module", "\tBR, Nominal : 10300MBd\n\tBR margin, max : ‸much%\n", ErrRange},
	{"a length of words", "module", "\tLength (OM3) : ‸farm\n", ErrRange},
	{"no code", "module", "\tIdentifier : 0x03\n\tTransceiver codes : ‸none\n", ErrSyntax},
	{"an alarm", "module", "\tModule voltage low alarm : ‸perhaps\n", ErrSyntax},
	{"a list in a list", "module", "\tIdentifier : 0x03\n\tTx fault : ‸[ [ Yes ] ]\n", ErrSyntax},
	{"17 words", "module", "\tIdentifier : 0x03\n\tTx fault : ‸[" + strings.Repeat("No,", 16) + "No]\n", ErrRange},
	{"channel 17", "module", "\tIdentifier : 0x03\n\tLaser tx bias current (Channel 17) : ‸1.0 mA\n", ErrRange},
}

func TestErrors(t *testing.T) {
	for _, tt := range errorTests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			_, err := parseAs(tt.kind, []byte(before+after))
			list, ok := err.(Errors)
			if !ok || len(list) != 1 || !errors.Is(err, tt.err) {
				t.Fatalf("error = %v, want one %v", err, tt.err)
			}
			line := 1 + strings.Count(before, "\n")
			column := len(before) - strings.LastIndex(before, "\n")
			if list[0].Line != line || list[0].Column != column {
				t.Errorf("error at %d:%d, want %d:%d", list[0].Line, list[0].Column, line, column)
			}
			first, _, _ := strings.Cut(after, "\n")
			if list[0].Text != first {
				t.Errorf("text = %q, want %q", list[0].Text, first)
			}
		})
	}
}

func TestFirmwareAndPSID(t *testing.T) {
	for _, tt := range []struct{ in, firmware, psid string }{
		{"22.31.1014 (MT_0000000359)", "22.31.1014", "MT_0000000359"},
		{"22.31.1014 (DEL0000000027)", "22.31.1014", "DEL0000000027"},
		{"14.28.1300 (HUA0020040036)", "14.28.1300", "HUA0020040036"},
		{"16.35.2000 (HPE0000000039)", "16.35.2000", "HPE0000000039"},
		{"2.42.5044 (HP_1370110017)", "2.42.5044", "HP_1370110017"},
		{"1.63, 0x800009fa", "1.63, 0x800009fa", ""},
		{"7.13 (stable)", "7.13 (stable)", ""},
		{"7.13 (BETA)", "7.13 (BETA)", ""},
		{"FFV14.10.07 bc 7.14.11 phy 1.45", "FFV14.10.07 bc 7.14.11 phy 1.45", ""},
		{"22.31.1014 (DEL0000000027", "22.31.1014 (DEL0000000027", ""},
		{"N/A", "", ""},
	} {
		info, err := ParseDriverInfo([]byte("firmware-version: " + tt.in + "\n"))
		if err != nil || info.Firmware != tt.firmware || info.PSID != tt.psid {
			t.Errorf("%q is firmware %q, PSID %q (%v)", tt.in, info.Firmware, info.PSID, err)
		}
	}
}

func TestBusInfo(t *testing.T) {
	for in, want := range map[string]string{
		"0000:3B:00.1": "0000:3b:00.1", "10000:01:00.0": "10000:01:00.0",
		"usb-0000:00:14.0-1": "", "vdpa:0000:65:00.4": "", "tap": "", "0000:3b:00.8": "", "0000:3b:00": "",
	} {
		info, err := ParseDriverInfo([]byte("bus-info: " + in + "\n"))
		if err != nil || info.PCIAddress != want || info.BusInfo != in {
			t.Errorf("%q: address %q, bus %q (%v)", in, info.PCIAddress, info.BusInfo, err)
		}
	}
}

// TestLimits checks that an endless output is cut, and said to be.
func TestLimits(t *testing.T) {
	info, err := ParseDriverInfo([]byte(strings.Repeat("driver: igb\n", maxLines+2)))
	if !errors.Is(err, ErrLimit) || len(info.Fields) != maxLines {
		t.Errorf("%d fields, error %v", len(info.Fields), err)
	}
	_, err = ParseDriverInfo([]byte("driver: igb\n" + strings.Repeat("x\n", maxErrors+10)))
	if list, ok := err.(Errors); !ok || len(list) != maxErrors+1 || !errors.Is(list[maxErrors], ErrLimit) {
		t.Errorf("error = %v", err)
	}
}

// TestBrackets takes time in proportion to their number.
func TestBrackets(t *testing.T) {
	for _, text := range []string{"[", "[,", "(", "] ", ":"} {
		m, err := ParseModule([]byte("\tIdentifier : 0x03\n\tTx fault : [" + strings.Repeat(text, 1<<20) + "\n"))
		if err == nil || len(m.Alarms) > maxChannels {
			t.Errorf("%q: %d alarms, error %v", text, len(m.Alarms), err)
		}
	}
}

// TestErrorTextIsOneCleanLine checks what an error quotes of a hostile line.
func TestErrorTextIsOneCleanLine(t *testing.T) {
	_, err := ParseDriverInfo([]byte("driver: igb\n\x1b[31m" + strings.Repeat("é", 50) + "\n"))
	list, _ := err.(Errors)
	if len(list) != 1 || list[0].Text != " [31m"+strings.Repeat("é", 37)+"…" {
		t.Fatalf("error = %q", err)
	}
	if path, line, column, text := list[0].Place(); path != "" || line != 2 || column != 1 || text != list[0].Text {
		t.Error("Place does not say the same")
	}
}

// TestUnknown: what no field takes is kept, and placeholders are absent.
func TestUnknown(t *testing.T) {
	m, err := ParseModule([]byte("\tIdentifier : no code\n\tModule temperature : N/A\n\tModule voltage : 3.30 V\n\tLowPwrAllowRequestHW : On\n" +
		"\tModule pressure high alarm threshold : 1 bar\n\tModule voltage odd threshold : 1 V\n"))
	if err != nil || len(m.Unknown) != 2 || m.Type != "no code" || m.TypeCode != nil || m.TemperatureCelsius != nil || !*m.LowPowerHardware {
		t.Errorf("%v, %+v", err, m)
	}
	d, err := ParseDriverInfo([]byte("driver: igb\nsupports-test:\nbus-info: 0000:3g:00.0\nfirmware-version: 1.2 (low_case1)\n"))
	if err != nil || d.SupportsTest != nil || d.PCIAddress != "" || d.PSID != "" || d.Firmware != "1.2 (low_case1)" {
		t.Errorf("%v, %+v", err, d)
	}
	a, err := ParsePermanentAddress([]byte("odd: 1\nPermanent address: 52:54:00:AA:00:01\nodd: 2\n"))
	if err != nil || a.Address != "52:54:00:aa:00:01" || len(a.Unknown) != 1 || len(a.Preamble) != 1 {
		t.Errorf("%v, %+v", err, a)
	}
}

// TestTwoInterfaces: of the outputs of two interfaces in one text the first is
// read, and the second is told and kept.
func TestTwoInterfaces(t *testing.T) {
	const (
		driver  = "driver: ixgbe\nversion: 6.1\nfirmware-version: 0x1\nbus-info: 0000:3b:00.0\n"
		another = "driver: i40e\nversion: 6.2\nfirmware-version: 0x2\nexpansion-rom-version: 9\nbus-info: 0000:5e:00.0\n"
	)
	info, err := ParseDriverInfo([]byte(driver + another))
	if list, _ := err.(Errors); len(list) != 1 || list[0].Line != 5 || !errors.Is(err, ErrSyntax) {
		t.Error(err)
	}
	if info.Driver != "ixgbe" || info.ExpansionROM != "" || info.PCIAddress != "0000:3b:00.0" || len(info.Unknown) != 5 {
		t.Errorf("%+v", info)
	}
	address, err := ParsePermanentAddress([]byte("Permanent address: 00:00:5e:00:53:01\nPermanent address: 00:00:5e:00:53:02\n"))
	if address.Address != "00:00:5e:00:53:01" || !errors.Is(err, ErrSyntax) {
		t.Errorf("%v, %+v", err, address)
	}
	module, err := ParseModule([]byte("\tIdentifier                                : 0x03 (SFP)\n\tVendor SN                                 : A1\n" +
		"\tIdentifier                                : 0x03 (SFP)\n\tVendor PN                                 : B2\n\tVendor SN                                 : B1\n"))
	if module.Serial != "A1" || module.PartNumber != "" || !errors.Is(err, ErrSyntax) {
		t.Errorf("%v, %+v", err, module)
	}
}
