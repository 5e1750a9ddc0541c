// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"
)

// TestViews gives each view the lines of one record: "Key: Value" or, behind a
// tab, an item. The sign ‸ marks where the error is; the test removes it.
func TestViews(t *testing.T) {
	tests := []struct {
		typ     Type
		lines   string
		version string // of dmidecode
		want    string // the views as JSON, without their handle
		err     error
	}{
		// Sizes, as each version prints them.
		{typ: 0, lines: "ROM Size: 0 MB", want: `{}`},
		{typ: 0, lines: "ROM Size: 1024 kB", want: `{"rom_bytes":1048576}`},
		{typ: 0, lines: "ROM Size: 16 MB", want: `{"rom_bytes":16777216}`},
		{typ: 0, lines: "ROM Size: 16 MiB", want: `{"rom_bytes":16777216}`},
		{typ: 0, lines: "Runtime Size: 88944 bytes", want: `{"runtime_bytes":88944}`},
		{typ: 0, lines: "ROM Size: 2 ‸<OUT OF SPEC>", want: `{}`, err: ErrUnit},
		{typ: 7, lines: "Installed Size: 256 KB", want: `{"installed_bytes":262144}`},
		{typ: 16, lines: "Maximum Capacity: Unknown", want: `{}`},
		{typ: 16, lines: "Maximum Capacity: 1536 GB", want: `{"max_capacity_bytes":1649267441664}`},
		{typ: 16, lines: "Maximum Capacity: 8 PB", want: `{"max_capacity_bytes":9007199254740992}`},
		{typ: 16, lines: "Maximum Capacity: 15 EB", want: `{"max_capacity_bytes":17293822569102704640}`},
		{typ: 16, lines: "Maximum Capacity: ‸16 EB", want: `{}`, err: ErrRange},
		{typ: 17, lines: "Size: 32767 MB", want: `{"present":true,"size_bytes":34358689792}`},
		{typ: 17, lines: "Size: 32 GB", want: `{"present":true,"size_bytes":34359738368}`},
		{typ: 17, lines: "Size: 1 TiB", want: `{"present":true,"size_bytes":1099511627776}`},
		{typ: 17, lines: "Size: No Module Installed", want: `{"present":false}`},
		{typ: 17, lines: "Size: Unknown", want: `{"present":true}`},
		{typ: 17, lines: "Size: 32 ‸XB", want: `{"present":true}`, err: ErrUnit},
		{typ: 17, lines: "Size: ‸99999999999999999999 MB", want: `{"present":true}`, err: ErrRange},
		{typ: 19, lines: "Range Size: Invalid", want: `{}`},
		{typ: 6, lines: "Installed Size: 1024 MB (Single-bank Connection)\nEnabled Size: Disabled (Single-bank Connection)", want: `{"present":true,"installed_bytes":1073741824}`},
		{typ: 6, lines: "Installed Size: Not Installed", want: `{"present":false}`},

		// Memory devices.
		{typ: 17, lines: "Speed: 667 MHz (1.5 ns)", want: `{"present":false,"speed_mts":667}`},
		{typ: 17, lines: "Speed: 2933 MT/s\nConfigured Clock Speed: 2666 MHz", want: `{"present":false,"speed_mts":2933,"configured_speed_mts":2666}`},
		{typ: 17, lines: "Speed: 65535 MT/s\nConfigured Memory Speed: 65536 MT/s", want: `{"present":false,"configured_speed_mts":65536}`},
		{typ: 17, lines: "Speed: 2933 ‸furlongs", want: `{"present":false}`, err: ErrUnit},
		{typ: 17, lines: "Minimum voltage: 1.200 V\nMaximum Voltage: 1.35 V\nConfigured Voltage: 0.003 V", want: `{"present":false,"minimum_millivolts":1200,"maximum_millivolts":1350,"configured_millivolts":3}`},
		{typ: 17, lines: "Configured Voltage: ‸1.2345 V", want: `{"present":false}`, err: ErrRange},
		{typ: 17, lines: "Type: <OUT OF SPEC>\nForm Factor: Unknown\nRank: Unknown\nSet: None", want: `{"present":false}`},
		{typ: 17, lines: "Volatile Size: None\nCache Size: Unknown\nLogical Size: 1 kB", want: `{"present":false,"volatile_bytes":0,"logical_bytes":1024}`},
		{typ: 17, lines: "Type Detail: Static Column Synchronous Window DRAM LRDIMM", want: `{"present":false,"type_detail":["Static Column","Synchronous","Window DRAM","LRDIMM"]}`},
		{typ: 17, lines: "Memory Operating Mode Capability: Volatile memory Byte-accessible persistent memory", want: `{"present":false,"operating_modes":["Volatile memory","Byte-accessible persistent memory"]}`},
		{typ: 17, lines: "Memory Technology: Intel Optane DC persistent memory", want: `{"present":false,"technology":"Intel Optane persistent memory"}`},
		{typ: 17, lines: "Manufacturer: Not Specified\nModule Manufacturer ID: Bank 1, Hex 0xCE", want: `{"present":false,"manufacturer":"Samsung","module_manufacturer":{"bank":1,"code":206,"name":"Samsung"}}`},
		{typ: 17, lines: "Module Manufacturer ID: ‸Bank 999, Hex 0xCE", want: `{"present":false}`, err: ErrSyntax},
		{typ: 17, lines: "Manufacturer: 0x0E9D", want: `{"present":false,"manufacturer_raw":"0x0E9D","jedec":{"bank":15,"code":157}}`},
		{typ: 17, lines: "Part Number: 0x484D54333235553743465238432D48392020", want: `{"present":false,"part_number":"HMT325U7CFR8C-H9"}`},
		{typ: 17, lines: "Part Number: 0x4B3445384533303445452D45474345000000", want: `{"present":false,"part_number":"K4E8E304EE-EGCE"}`},
		{typ: 17, lines: "Part Number: 0x00004B363435365536314535363637460000", want: `{"present":false,"part_number":"K6456U61E5667F"}`},
		{typ: 17, lines: "Part Number: 0x000000000000000000000000000000000000\nManufacturer: 0x0000", want: `{"present":false}`},
		{typ: 17, lines: "Part Number: 0x4B00000000000000FF", want: `{"present":false,"part_number":"0x4B00000000000000FF"}`},
		{typ: 17, lines: "Manufacturer: 0215\nPart Number: CMZ8GX3M2A1600C9", want: `{"present":false,"manufacturer":"Corsair","manufacturer_raw":"0215","jedec":{"bank":3,"code":158,"name":"Corsair"},"part_number":"CMZ8GX3M2A1600C9"}`},
		{typ: 17, lines: "Part Number: CMZ8GX3M2A1600C9\nManufacturer: 1315", want: `{"present":false,"manufacturer_raw":"1315","part_number":"CMZ8GX3M2A1600C9"}`},
		{typ: 17, lines: "Manufacturer: 1315\nSerial Number: 255255255255", want: `{"present":false,"manufacturer_raw":"1315"}`},
		{typ: 17, lines: "Manufacturer: 0xCE\nModule Manufacturer ID: Bank 1, Hex 0xCE", want: `{"present":false,"manufacturer":"Samsung","manufacturer_raw":"0xCE","jedec":{"bank":1,"code":206,"name":"Samsung"},"module_manufacturer":{"bank":1,"code":206,"name":"Samsung"}}`},
		{typ: 17, lines: "Manufacturer: 0xAD\nModule Manufacturer ID: Bank 1, Hex 0xCE", want: `{"present":false,"manufacturer_raw":"0xAD","module_manufacturer":{"bank":1,"code":206,"name":"Samsung"}}`},
		{typ: 17, lines: "Manufacturer: 0xCE", want: `{"present":false,"manufacturer_raw":"0xCE"}`},
		{typ: 17, lines: "Manufacturer: Unknown (0)", want: `{"present":false}`},
		{typ: 17, lines: "Serial Number: 000000004D543632\nPart Number: MT62F4G32D8DV-023 WT", want: `{"present":false,"part_number":"MT62F4G32D8DV-023 WT"}`},
		{typ: 17, lines: "Serial Number: 000000004D543632\nPart Number: HMT325U7CFR8C-H9", want: `{"present":false,"serial_number":"000000004D543632","part_number":"HMT325U7CFR8C-H9"}`},
		{typ: 43, lines: "Specification Version: 0.0\tDescription: TPM Device\tCharacteristics:\n\tFamily configurable", want: `{"specification_version":"0.0","description":"TPM Device","characteristics":["Family configurable"]}`},
		{typ: 1, lines: "Serial Number: SYS-1234567890\nUUID: 6AB5B300-538D-1014-9FB5-B0684D007B53", want: `{}`},
		{typ: 1, lines: "Serial Number: 1\nVersion: 1", want: `{"version":"1"}`},
		{typ: 39, lines: "Location: OEM Define 0\nName: OEM Define 1\nManufacturer: OEM Define 2\nSerial Number: OEM Define 3\nAsset Tag: OEM Define 4\nModel Part Number: OEM Define 5\nRevision: OEM Define 6", want: `{}`},
		{typ: 17, lines: "PMIC0 Manufacturer ID: Unknown\nPMIC0 Revision Number: Unknown\nRCD Manufacturer ID: Bank 7, Hex 0x32\nRCD Device Type: 0\nRCD Device Revision: 1.2", want: `{"present":false,"rcd":{"manufacturer":{"bank":7,"code":50,"name":"Montage Technology Group"},"device_type":"0","revision":"1.2"}}`},

		// Processors and caches.
		{typ: 4, lines: "Status: Populated, Disabled By BIOS", want: `{"present":true,"status":"Disabled by firmware"}`},
		{typ: 4, lines: "Status: Unpopulated", want: `{"present":false}`},
		{typ: 4, lines: "Voltage: 5.0 V 3.3 V", want: `{"present":false,"voltages_millivolts":[5000,3300]}`},
		{typ: 4, lines: "Voltage: 0.0 V", want: `{"present":false}`},
		{typ: 4, lines: "Voltage: ‸x V", want: `{"present":false}`, err: ErrSyntax},
		{typ: 4, lines: "L1 Cache Handle: 0x0005\nL2 Cache Handle: Not Provided\nL3 Cache Handle: No L3 Cache", want: `{"present":false,"l1_cache_handle":5}`},
		{typ: 4, lines: "L1 Cache Handle: ‸0x10005", want: `{"present":false}`, err: ErrRange},
		{typ: 4, lines: "Core Count: ‸many", want: `{"present":false}`, err: ErrSyntax},
		{typ: 4, lines: "Core Count: ‸2147483648", want: `{"present":false}`, err: ErrRange},
		{typ: 7, lines: "Configuration: Enabled, Not Socketed, Level 3", want: `{"level":3,"enabled":true,"socketed":false}`},
		{typ: 7, lines: "Configuration: Enabled, ‸Level 9", want: `{"enabled":true}`, err: ErrSyntax},

		// Slots and their addresses.
		// dmidecode 1.8
		{typ: 0, lines: "Release: 06/01/2001\nBIOS base: 0xE8000\nROM size: 256K", want: `{"release_date":"06/01/2001","address":950272,"rom_bytes":262144}`},
		{typ: 7, lines: "L2 Cache Size: 256K\nL2 Cache Maximum: 512K\nL2 Cache Type: Pipeline burst", want: `{"level":2,"installed_bytes":262144,"maximum_bytes":524288,"installed_sram":["Pipeline burst"]}`},
		{typ: 9, lines: "Slot: PCI4\nStatus: In use.", want: `{"designation":"PCI4","usage":"In Use"}`},
		{typ: 6, lines: "Socket: DIMM7\nInstalled Size: 64Mbyte", want: `{"socket":"DIMM7","installed_bytes":67108864,"present":true}`},
		{typ: 9, lines: "Type: x16 PCI Express 4 x16", want: `{"type":"PCI Express 4 x16","lanes":16}`},
		{typ: 9, lines: "Type: PCI Express 4 x16\nData Bus Width: 16x or x16", want: `{"type":"PCI Express 4 x16","lanes":16}`},
		{typ: 9, lines: "Type: 32-bit PCI", want: `{"type":"PCI","width_bits":32}`},
		{typ: 9, lines: "Type: PCI\nData Bus Width: 32 bit", want: `{"type":"PCI","width_bits":32}`},
		{typ: 9, lines: "Type: <OUT OF SPEC>NuBus\nData Bus Width: 8", want: `{"type":"NuBus","base_width":8}`},
		{typ: 9, lines: "Type: <OUT OF SPEC><OUT OF SPEC>", want: `{}`},
		{typ: 9, lines: "Type: x4 <OUT OF SPEC>", want: `{"lanes":4}`},
		{typ: 9, lines: "Slot Physical Width: ‸huge", want: `{}`, err: ErrUnit},
		{typ: 9, lines: "Pitch: 20.32 mm", want: `{"pitch_microns":20320}`},
		{typ: 9, lines: "Peer Devices: 1\nPeer Device 1: 0000:24:00.0 (Width 10)", want: `{"peers":[{"bus_address":"0000:24:00.0","width":10}]}`},
		{typ: 9, lines: "Peer Device 1: 0000:24:00.0 (Width ‸ten)", want: `{"peers":[{"bus_address":"0000:24:00.0"}]}`, err: ErrSyntax},
		{typ: 9, lines: "Bus Address: 0000:ff:1f.7", want: `{}`},
		{typ: 41, lines: "Bus Address: ‸PCI", want: `{}`, err: ErrSyntax},

		// Boards.
		{typ: 1, lines: "Serial Number: To Be Filled By O.E.M.\nUUID: 03000200-0400-0500-0006-000700080009", want: `{}`},
		{typ: 1, lines: "UUID: 44454C4C-4200-1051-8042-B6C04F38324A", want: `{"uuid":"44454c4c-4200-1051-8042-b6c04f38324a"}`},
		{typ: 1, lines: "UUID: Not Settable", want: `{}`},
		{typ: 2, lines: "Contained Object Handles: 2\n\t0x0042\n\t0xFEFE", want: `{"contained_handles":[66,65278]}`},
		{typ: 3, lines: "Lock: Not Present\nHeight: 2 U\nNumber Of Power Cords: Unspecified", want: `{"lock":false,"height_u":2}`},
		{typ: 3, lines: "Lock: ‸Rusty", want: `{}`, err: ErrSyntax},
		{typ: 3, lines: "Contained Elements: 3\n\tPower Supply (1-2)\n\tBIOS (1)\n\t<OUT OF SPEC> (0)", want: `{"contained_elements":[{"type":"Power Supply","minimum":1,"maximum":2},{"type":"Platform Firmware","minimum":1,"maximum":1},{"minimum":0,"maximum":0}]}`},
		{typ: 3, lines: "Type: Blade Enclosing", want: `{"type":"Blade Enclosure"}`},

		// Sensors, power and the rest.
		{typ: 26, lines: "Maximum Value: 3.320 V\nMinimum Value: -0.001 V\nResolution: 7.8 mV\nAccuracy: 2.00%", want: `{"maximum_millivolts":3320,"minimum_millivolts":-1,"resolution_microvolts":7800,"accuracy_basis_points":200}`},
		{typ: 26, lines: "Maximum Value: ‸3.320 mV", want: `{}`, err: ErrUnit},
		{typ: 27, lines: "Nominal Speed: Unknown Or Non-rotating", want: `{}`},
		{typ: 27, lines: "Nominal Speed: 0 rpm", want: `{"nominal_rpm":0}`},
		{typ: 28, lines: "Minimum Value: -127.0 deg C\nNominal Value: 0.0 deg C", want: `{"minimum_millicelsius":-127000,"nominal_millicelsius":0}`},
		{typ: 36, lines: "Lower Critical Threshold: -5", want: `{"lower_critical":-5}`},
		{typ: 39, lines: "Status: Present, OK\nMax Power Capacity: 750.000 W", want: `{"max_power_watts":750,"present":true,"status":"OK"}`},
		{typ: 39, lines: "Status: Not Present\nMax Power Capacity: Unknown\nInput Voltage Range Switching: N/A", want: `{"present":false}`},
		{typ: 38, lines: "Interrupt Number: 10", version: "3.0", want: `{"interrupt_number":16}`},
		{typ: 38, lines: "Interrupt Number: 10", version: "3.2", want: `{"interrupt_number":10}`},
		{typ: 38, lines: "Base Address: 0x10 (SMBus)\nI2C Slave Address: 0x00", want: `{"i2c_address":0,"base_address":16,"address_space":"SMBus"}`},
		{typ: 19, lines: "Starting Address: 0x0000000100000000k", want: `{"start":4294967296}`},
		{typ: 22, lines: "SBDS Manufacture Date: 1980-00-00\nMaximum Error: 0%", want: `{"maximum_error_percent":0}`},
		{typ: 42, lines: "Device Characteristics:\n\tNone", want: `{}`},
		{typ: 42, lines: "Protocol ID: 04 (Redfish over IP)\n\tRedfish Service Port: ‸http", want: `{"protocols":[{"id":4,"name":"Redfish over IP","redfish":{}}]}`, err: ErrSyntax},
		{typ: 45, lines: "Characteristics:\n\tUpdatable: Yes\n\tWrite-Protect: No\nImage Size: Unknown", want: `{"updatable":true,"write_protected":false}`},
		{typ: 14, lines: "Items: 1\n\t0x0040 (OEM-specific)", want: `{"items":[{"handle":64,"type":"OEM-specific"}]}`},
		{typ: 15, lines: "Status: Valid, Full\nDescriptor 1: POST error\nData Format 1: None", want: `{"header_start":0,"data_start":0,"valid":true,"full":true,"descriptors":[{"type":"POST error","data_format":"None"}]}`},
		{typ: 11, lines: "String 1: Default string\nString 2: a: b", want: `{"strings":["","a: b"]}`},
	}
	for _, tt := range tests {
		t.Run(strconv.Itoa(int(tt.typ))+" "+tt.lines, func(t *testing.T) {
			var in strings.Builder
			in.WriteString("# dmidecode " + tt.version + "\nHandle 0x0000, DMI type " + strconv.Itoa(int(tt.typ)) + ", 99 bytes\nTitle\n")
			for line := range strings.Lines(tt.lines) {
				in.WriteString("\t" + line)
			}
			before, after, _ := strings.Cut(in.String(), "‸")
			table, err := Parse([]byte(before + after + "\n"))
			if err != nil {
				t.Fatal(err)
			}
			got, err := viewJSON(t, table)
			if want := withoutZero(t, tt.want); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if !errors.Is(err, tt.err) {
				t.Fatalf("error = %v, want %v", err, tt.err)
			}
			if tt.err != nil {
				checkErrorPlace(t, err, before)
			}
		})
	}
}

// viewJSON returns the only view of a table.
func viewJSON(t *testing.T, table *Table) (string, error) {
	t.Helper()
	for _, v := range table.Views() {
		b, err := json.Marshal(v.Value)
		if err != nil {
			t.Fatal(err)
		}
		if s := strings.TrimSuffix(strings.TrimPrefix(string(b), "["), "]"); s != "null" {
			return withoutZero(t, s), v.Err
		}
	}
	t.Fatal("no view")
	return "", nil
}

// withoutZero returns a JSON object in a fixed order, without its handle and
// without "present":false, which the tests need not say.
func withoutZero(t *testing.T, s string) string {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal([]byte(s), &object); err != nil {
		t.Fatal(err)
	}
	delete(object, "handle")
	if object["present"] == false {
		delete(object, "present")
	}
	b, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func checkErrorPlace(t *testing.T, err error, before string) {
	t.Helper()
	list := err.(Errors)
	line := 1 + strings.Count(before, "\n")
	column := len(before) - strings.LastIndex(before, "\n")
	if len(list) != 1 || list[0].Line != line || list[0].Column != column {
		t.Errorf("errors are %v, want one at %d:%d", list, line, column)
	}
}
