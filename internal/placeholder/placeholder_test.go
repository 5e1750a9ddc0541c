// SPDX-License-Identifier: Apache-2.0

package placeholder

import (
	"strings"
	"testing"
)

// words are placeholders that captures of real systems hold.
var words = []string{
	"not specified", "<bad index>", "not provided", "unknown", "not present", "not settable", "[not decoded yet]",
	"to be filled by o.e.m.", "to be filled by o.e.m", "to be filled by oem", "to be defined by o.e.m", "to be defined by o.e.m.",
	"fill by oem", "filled by oem", "o.e.m.", "oem", "oem_string", "oem string", "tbd", "tbd by odm", "tbd by oem", "default",
	"default string", "default_string", "mkf_oem_smbios_default_string", "empty", "[empty]", "<empty>", "(empty)", "none", "(none)",
	"<none>", "null", "(null)", "<null>", "na", "n/a", "n.a.", "[n/a]", "void", "dummy", "fake", "unspecified", "undefined",
	"not defined", "not define", "not set", "not available", "notavailable", "not applicable", "not assigned", "not installed",
	"not supported", "not support", "<not support>", "not known", "invalid", "no dimm", "no module", "no enclosure", "unknow",
	"undefine", "reserved", "part component", "sku", "sku number", "sku_number", "system sku", "system sku#", "system sku number",
	"asset tag", "no asset tag", "no asset information", "asset-1234567890", "serial number", "serial", "s/n", "sn",
	"no serial number", "system manufacturer", "system product name", "system version", "system serial number", "system name",
	"product name", "base board manufacturer", "base board product name", "base board version", "base board serial number",
	"board serial number", "mb serial number", "chassis manufacturer", "chassis version", "chassis serial number",
	"chassis asset tag", "chassis sku number", "type2 - board asset tag", "type2 - board version", "type2 - board serial number",
	"type2 - board chassis location", "battery manufacturer", "battery name", "location of the battery", "sbds version number",
	"type1family", "type1sku0", "family", "product family", "part number", "part_number", "model", "version",
}

// fillers are those of linuxhw/DMI that the most frequent systems print.
var fillers = []string{
	"OEM Define 0", "OEM Define 2", "OEM Define 1", "OEM Define 5", "Chassis SKU", "NO DPK", "SODIMM000", "No DPK", "SODIMM001",
	"Unknown (0)", "OEM Chassis Manufacturer", "0x000000000000000000000000000000000000", "PPN12345678901234567", "0x0000",
	"$(DEFAULT_STRING)", "Type2 - A01 Board Version", "OEM Default string000", "012345678901234567890123456789012345",
	"Type1 - TBD by OEM", "0x0000000000000000", "Type2 - Board Vendor Name1", "Type2 - Board Product Name1",
	"012345678912345678912345678", "Type1 - SKU0", "SEC_SW_REVISION_1234567890ABCD", "Type1 - Family", "BOARD REVISION 00", "4444",
	"Default string be filled by O.E.M", "SAMSUNG_NP1234567890", "NANANANANO DPK", "O.E.M", "Type2 - Board Manufacturer",
	"xxx123x#ABA", "ABCDEFGHIJKLMNOPQRTUVWXYZ", "Default SKU", "Battery 1 Manufacturer", "Battery 2 Manufacturer",
	"Battery 3 Manufacturer", "Battery 4 Manufacturer", "OEM default string inject", "Mainboard version",
	"Dimm3_Manufacturer_Name_String", "Dimm7_Manufacturer_Name_String", "Dimm1_Manufacturer_Name_String",
	"System SKU Number Unknown", "DDDDDDDDDDDDDDDDDD", "Type1 - ProductConfigId", "0000000000-00000",
	"SAMSUNG_SW_REVISION_1234567890ABCD", "Dimm6_Manufacturer_Name_String", "0x00", "Family Number Unknown", "Hampoo Reserved",
	"Unknown - [0x0000]", "00000000NO DPK", "123456789012345678901234567890123456789012345678", "Type3Version", "MemUndefined",
	"Unknown ID:0x0000", "SMBIOS_TYPE_4_PART_NUMBER", "stem manufacturer", "0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "Type2Version",
	"Dimm2_Manufacturer_Name_String", "212345678901234567890123456789012345", "no information", "To be filled by Positivo",
	"To be filled on plant", "0xFFFFFFFFFFFFFFFF", "0x000000000000000000000000000000000020", "UNKNOWN DEFAULT",
	"Dimm0_Manufacturer_Name_String", "Dimm1_PartNum_____", "Dimm3_PartNum_____", "Dimm5_PartNum_____", "Dimm6_PartNum_____",
	"Dimm7_PartNum_____", "No Device Manufacturer", "No Device Part Number", "Type3 - Chassis Version", "Battery 5 Manufacturer",
	"Type3 - Chassis Manufacturer", "Dimm4_PartNum_____", "NANANANANANO DPK", "Dimm2_PartNum_____", "System skunumber",
}

// serials are those of GLPI's and OCS's lists, and some of their kind.
var serials = []string{
	"No Serial", "<serial>", "SYSTEM SERIAL", "XXXX-XXXX", "Not Programmed", "987654321", "By O.E.M.", "INVALID_SERIAL",
	"(null string)", "SYS-1234567890", "SYS-9876543210", "SN-12345", "SN-1234567890", "1111111111", "1111111", "1", "0", "00000",
	"123456789000", "12345", "123456", "12345678901234567", "NNNNNNN", "xxxxxxxxxxx", "EVAL", "IATPASS", "Tulip Computers",
	"Serial Number xxxxxx", "SN-123456fvgv3i0b8o5n6n7k", "Unknow", "MB-1234567890", "OEM_Serial", "SystemSerialNumb",
	"BSN12345678901234567", "CSN12345678901234567", "ATN12345678901234567", "0987654321", "1.0", "1.0.0", "255255255255", "0101",
	"System Serial Number", "empty", "Not Specified", "System Serial Number.", "ToBeFilledByO.E.M.", "NoSerialNum", "Chassis-Serial-No",
	"Uninitialized", "CHANGEME", "Nil", "Not Avail", "UNUSED", "Not Populated", "[none]", "(Not Specified)", "NoSN", "No SN", "T.B.D.",
	"To Be Set By OEM", "Set by O.E.M.", "OEM_SN", "OEM Serial", "Mainboard Serial Number", "Sys Serial", "Unassigned", "Generic",
	"00-00-00-00", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "FF FF FF FF", "SN0000000000", "S000000000", "SYS-00000000", "4294967295", "-1", "0x0",
}

func TestFillers(t *testing.T) {
	for _, list := range [][]string{words, fillers} {
		for _, s := range list {
			for _, spelling := range []string{s, strings.ToUpper(s), strings.ToLower(s), " " + s + "  "} {
				if !Is(spelling) {
					t.Errorf("%q is not known", spelling)
				}
			}
		}
	}
	// Siblings of them.
	for _, s := range []string{
		"OEM Define 17", "Battery 7 Manufacturer", "Dimm9_Manufacturer_Name_String", "SODIMM002", "Unknown (0x2A7C)", "Unknown ID:0xFFFF",
		"Type3 - Anything", "To be filled by Somebody", "0x00000000", "0xFFFFFFFF", strings.Repeat("0123456789", 20), "9999", "aaaaaaaa",
		"Chassis Manufacture", "Type1ProductConfigId", "System SKUNumber", "CPU Version", "CPU Manufacturer", "OEM Chassis Version",
		"ChannelA_Dimm2_PartNum", "Channel-0-DIMM-0-AssetTag", "DIMM_A1_AssetTag", "P1-DIMMA1_AssetTag (date:23/40)", "Base Board Asset Tag#", "Unknown Product", "MB-9876543210", "oem_string_3", "String3 for Type12 Equipment Manufacturer",
	} {
		if !Is(s) {
			t.Errorf("%q is not known", s)
		}
	}
}

func TestSerials(t *testing.T) {
	for _, s := range serials {
		if !IsSerial(s) {
			t.Errorf("%q is not known", s)
		}
	}
	for _, s := range []string{"2", "12", "CZ12345678", "1A2B3C4D", "1.0.0.0", "255255", "SN-12346", "SN00001", "BTWA000000", "S0000001000000", "00-00-01", "00:1b:21:00:00:00", "ff:ff", "Standard1"} {
		if IsSerial(s) {
			t.Errorf("%q is taken for none", s)
		}
	}
}

// TestValues has values that resemble placeholders.
func TestValues(t *testing.T) {
	for _, s := range []string{
		"0", "00", "1", "1.0", "0.0.0.0", "0x0001", "0x01", "0x20", "Samsung", "Tulip Computers", "EVAL", "Version 2.0", "Revision 1", "MODEL 1", "Serial1", "COM1",
		"SODIMM0", "SODIMM 1", "DIMM000 J11", "DIMM_A1", "Battery 1", "System Slot 1", "Memory Module 1", "PSU1", "Power Supply 1", "Type2",
		"Unknown Worlds", "Default Systems Inc", "OEM Parts Ltd", "SN12345678", "CZ12345678", "12345678X", "0123456798",
		"DIP4 ON: Reserved", "Taiwan Equipment Manufacturer", "Board", "System Board", "Part Time", "Intel(R) Corporation", "To Be", "12345A", "PowerEdge R740", "Name of the Rose",
		"Samsung (date:23/40)", "Rack 7#", "String 1", "SKU-1", "SKU1234", "SKU=NotProvided;ModelName=", "Type 1", "ABCDEF1", "Product 12",
	} {
		if Is(s) {
			t.Errorf("%q is taken for a placeholder", s)
		}
	}
}

func TestUUIDs(t *testing.T) {
	for _, s := range []string{
		"4C4C4544-0000-2010-8020-80C04F202020", "10000000-0000-0000-0000-000000000000", "DEADBEEF-DEAD-BEEF-DEAD-BEEFDEADBEEF",
		"12345678-1234-5678-1234-567812345678", "33221100-5544-7766-8899-AABBCCDDEEFF", "67452301-AB89-EFCD-0123-456789ABCDEF",
		"4C4C4544-0020-2010-8020-A0C04F202020", "12345678-1234-1234-1234-123456789ABC", "2", "6AB5B300-538D-1014-9FB5-B0684D007B53", "00b3b56a-8d53-1410-9fb5-b0684d007b53", "ffffffff-ffff-ffff-ffff-ffffffffffff"} {
		if !IsUUID(s) {
			t.Errorf("%s is not known", s)
		}
	}
	if IsUUID("4c4c4544-0042-3010-8031-b7c04f4a3533") || IsUUID("00000000-0000-0000-0000-ac1f6b123456") || IsUUID("6ab5b301-538d-1014-9fb5-b0684d007b53") || IsUUID("3") {
		t.Error("a UUID of its own is taken for a placeholder")
	}
}

func FuzzIs(f *testing.F) {
	for _, s := range append(append(words, fillers...), serials...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if Is(s) != Is(" "+s+"\t") {
			t.Errorf("blanks around %q matter", s)
		}
		if Is(s) && !IsSerial(s) {
			t.Errorf("%q stands for a serial number only", s)
		}
		if s := strings.TrimSpace(s); s != "" && len(s) <= maxWord && isKnown(s) && !mayBe(s) {
			t.Errorf("%q is refused by its ends", s)
		}
		_ = IsUUID(s) // does not panic
	})
}

func BenchmarkIs(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range []string{"Samsung", "M393A2G40DB0-CPB", "DIMM_A1", "To Be Filled By O.E.M.", "Intel(R) Xeon(R) CPU E5-2650 v2 @ 2.60GHz"} {
			Is(s)
		}
	}
}
