// SPDX-License-Identifier: Apache-2.0

package dmi_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/dmi"
)

func TestIsPlaceholder(t *testing.T) {
	for _, s := range []string{
		"", "  ", "Not Specified", "<BAD INDEX>", "<OUT OF SPEC><OUT OF SPEC>", "To Be Filled By O.E.M.", "to be filled by O.E.M",
		"Default string", "None", "N/A", "[Empty]", "NO DIMM", "NULL", "(null)", "Undefined", "System Serial Number",
		"0000", "00000000", "FFFFFFFF", "XXXXXXXXXX", "--", "...", "-",
		"0123456789", "1234567890", "01234567890123456789AB", "12345678901234567890123456789012", "ABCD", "9876543210",
		"Manufacturer0", "PartNum12", "A1_Manufacturer1", "ChannelA_Dimm2_PartNum", "DIMM_A1_AssetTag", "OEM_Define5",
		strings.Repeat(".", 100),
	} {
		if !dmi.IsPlaceholder(s) {
			t.Errorf("%q is no placeholder", s)
		}
	}
	for _, s := range []string{
		"0", "00", "1.0", "FFF", "X", "A", "1", "123", "F00", "SRV-2023-0042", "CZ12345678", "Samsung", "Lab Systems Inc",
		"DIMM_A1", "PSU1", "Manufacturer's Choice", "12345678X", "0123456798", "Notebook", "Nonesuch", "OEM Parts Ltd",
		strings.Repeat("ab", 100),
	} {
		if dmi.IsPlaceholder(s) {
			t.Errorf("%q is a placeholder", s)
		}
	}
}

func TestIsPlaceholderUUID(t *testing.T) {
	for _, s := range []string{
		"00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
		"01010101-0101-0101-0101-010101010101", "03000200-0400-0500-0006-000700080009", "00020003-0004-0005-0006-000700080009",
		"00010203-0405-0607-0809-0a0b0c0d0e0f", "03020100-0504-0706-0809-0A0B0C0D0E0F", "12345678-1234-5678-90AB-CDDEEFAABBCC",
		"4c4c4544-0020-2010-8020-80c04f202020",
	} {
		if !dmi.IsPlaceholderUUID(s) {
			t.Errorf("%s is no placeholder", s)
		}
	}
	for _, s := range []string{
		"", "0000", strings.Repeat("0", 36), "44454c4c-4200-1051-8042-b6c04f38324a", "00000000-0000-0000-0000-0cc47a058ec4",
		"032e02b4-0499-0533-a106-940700080009", // a MAC address lies between the digits of AMI's default
	} {
		if dmi.IsPlaceholderUUID(s) {
			t.Errorf("%s is a placeholder", s)
		}
	}
}

func TestParseBusAddress(t *testing.T) {
	for s, want := range map[string]string{
		"0000:3b:00.0": "0000:3b:00.0",
		"3B:00.1":      "0000:3b:00.1",
		"000c:01:00.0": "000c:01:00.0",
		"0000:ff:02.0": "",
		"ff00:b2:02.0": "",
		"0000:00:00.1": "0000:00:00.1",
		"0000:00:00.0": "",
		"0000:ff:1f.7": "",
		"00ff:ff:1f.7": "",
		"ffff:ff:1f.7": "",
		"ffff:00:00.1": "",
		"0000:ff:00.0": "",
		"0200:00:02.2": "",
		"0000:00:20.0": "",
		"0000:00:00.8": "",
		"00:00":        "",
		"PCI":          "",
		"1:2:3:4.5":    "",
		"":             "",
	} {
		got, ok := dmi.ParseBusAddress(s)
		if got != want || ok != (want != "") {
			t.Errorf("ParseBusAddress(%q) = %q, %v; want %q", s, got, ok, want)
		}
	}
}

func TestParseJEDECID(t *testing.T) {
	samsung := dmi.JEDECID{Bank: 1, Code: 0xCE, Name: "Samsung"}
	hynix := dmi.JEDECID{Bank: 1, Code: 0xAD, Name: "SK Hynix"}
	micron := dmi.JEDECID{Bank: 1, Code: 0x2C, Name: "Micron Technology"}
	kingston := dmi.JEDECID{Bank: 2, Code: 0x98, Name: "Kingston"}
	for s, want := range map[string]dmi.JEDECID{
		"80CE":               samsung,
		"0x80CE":             samsung,
		"80CE000080CE":       samsung,
		"80CE80B380CE":       samsung,
		"00CE00B300CE":       samsung,
		"CE00000000000000":   samsung,
		"0xCE00":             samsung,
		"0xAD00000000000000": hynix,
		"JEDEC ID:80 2C":     micron,
		"2C00":               micron,
		"2CFFFFFFFFFFFFFF":   micron,
		"0198":               kingston,
		"7F98000000000000":   kingston,
		"04CB":               {Bank: 5, Code: 0xCB, Name: "A-DATA Technology"},
		"7F7F7F7F7F510000":   {Bank: 6, Code: 0x51, Name: dmi.JEDECName(6, 0x51)},
		"0x0E9D":             {Bank: 15, Code: 0x9D},
		// Not codes: names, fillers, bits of the wrong parity, banks that do not exist.
		"Samsung": {}, "": {}, "CE": {}, "0000": {}, "ABCD": {}, "FFFFFFFFFFFFFFFF": {}, "80CF": {}, "1315": {}, "7F7F7F7F": {}, "80CE0": {},
		"JEDEC ID:": {}, "0x": {},
	} {
		got, ok := dmi.ParseJEDECID(s)
		if diff := cmp.Diff(want, got); diff != "" || ok != (want.Bank != 0) {
			t.Errorf("ParseJEDECID(%q), %v (-want +got):\n%s", s, ok, diff)
		}
	}
	if got := samsung.String(); got != "0x80CE" {
		t.Errorf("String = %s", got)
	}
}

func TestJEDECName(t *testing.T) {
	for bank := 1; bank <= 14; bank++ {
		for code := 1; code <= 126; code++ {
			if dmi.JEDECName(bank, uint8(code)) == "" {
				t.Errorf("no name for bank %d, code %#x", bank, code)
			}
		}
	}
	for _, tt := range []struct {
		bank int
		code uint8
		want string
	}{
		{1, 0x01, "AMD"},
		{1, 0xCE, "Samsung"},
		{1, 0x4E, "Samsung"},
		{6, 0x9B, "Crucial Technology"},
		{14, 0x7E, dmi.JEDECName(14, 0xFE)},
		{0, 1, ""},
		{-1, 1, ""},
		{99, 1, ""},
		{1, 0, ""},
		{1, 0x80, ""},
		{1, 0x7F, ""},
		{1, 0xFF, ""},
	} {
		if got := dmi.JEDECName(tt.bank, tt.code); got != tt.want {
			t.Errorf("JEDECName(%d, %#x) = %q, want %q", tt.bank, tt.code, got, tt.want)
		}
	}
}
