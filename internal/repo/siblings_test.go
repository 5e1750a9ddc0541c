// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// TestSiblingsOfFieldCases has inputs of the kinds that came out wrong in the
// field, other than those that were met: each must have what is wanted, and
// nothing of what is not.
func TestSiblingsOfFieldCases(t *testing.T) {
	module := func(fields string) string {
		return "# dmidecode 3.3\nHandle 0x0011, DMI type 17, 84 bytes\nMemory Device\n\tSize: 8 GB\n" + fields + "\n"
	}
	record := func(typ int, fields string) string {
		return fmt.Sprintf("# dmidecode 3.3\nHandle 0x0011, DMI type %d, 84 bytes\nTitle\n%s\n", typ, fields)
	}
	gpu := func(inner string) string {
		return "<?xml version=\"1.0\"?>\n<nvidia_smi_log>\n<gpu id=\"00000000:1B:00.0\">" + inner + "</gpu>\n</nvidia_smi_log>\n"
	}
	const smartLog = "Smart Log for NVME device:nvme0 namespace-id:ffffffff\n"
	for _, tt := range []struct{ entry, in, want, not string }{
		// dmi-jedec-decimal
		{"dmi.Parse", module("\tManufacturer: 0215\n\tPart Number: CMK16GX4M2B3000C15\n"), `"manufacturer":"Corsair"`, ""},
		{"dmi.Parse", module("\tManufacturer: 0x0198\n\tPart Number: 99U5403-036.A00G\n"), `"manufacturer":"Kingston"`, ""},
		{"dmi.Parse", module("\tManufacturer: CD04\n\tPart Number: F4-3600C18-8GTZN\n"), `"manufacturer":"G Skill Intl"`, ""},
		{"dmi.Parse", module("\tManufacturer: CE\n\tPart Number: M471A1K43CB1-CRC\n"), `"manufacturer_raw":"CE"`, `"manufacturer":"CE"`},
		{"dmi.Parse", module("\tManufacturer: 1202\n\tPart Number: PSD48G266681\n"), `"manufacturer_raw":"1202"`, `"manufacturer":"AMD"`},
		// dmi-part-hex-nul
		{"dmi.Parse", module("\tManufacturer: Samsung\n\tPart Number: 0x4D34373141314B34334342310000FFFF\n"), `"part_number":"M471A1K43CB1"`, ""},
		{"dmi.Parse", module("\tManufacturer: Samsung\n\tPart Number: 0x202020202020202020\n"), `"manufacturer":"Samsung"`, `"part_number"`},
		// dmi-placeholders-kept
		{"dmi.Parse", module("\tManufacturer: OEM Define 17\n\tSerial Number: 9999999999\n\tAsset Tag: DIMM_C2_AssetTag\n"), `"size_bytes"`, `"serial_number"`},
		// dmi-tpm-glued-0.0, negative voltages
		{"dmi.Parse", record(43, "\tVendor ID: IFX\n\tSpecification Version: 0.0\tDescription: x\tCharacteristics:\n\t\tNone\n"), `"specification_version":"0.0","description":"x"`, `\t`},
		{"dmi.Parse", record(26, "\tNominal Value: -12.000 V\n\tMinimum Value: -0.500 V\n"), `"minimum_millivolts":-500,"nominal_millivolts":-12000`, ""},
		// sdr-v-state-with-colon, sdr-list-voltage-names
		{"ipmi.ParseSDR", "Sensor ID              : PSU2 Status (0x64)\n Entity ID             : 10.2 (Power Supply)\n Sensor Type (Discrete): Power Supply (0x08)\n States Asserted       : Power Supply\n                         [Config Error: Vendor: Mismatch]\n                         [Presence detected]\n\n", `"states":["Config Error: Vendor: Mismatch","Presence detected"]`, `"unknown"`},
		{"ipmi.ParseSDR", "P5V_AUX          | 5.02 Volts        | ok\nVCORE CPU2       | 0.40 Volts        | cr\n", `"name":"VCORE CPU2","status":"critical","reading":0.4`, ""},
		// fru-lun-heading, fru-heading-padded, fru-oem-title
		{"ipmi.ParseFRU", "FRU Device Description   : Builtin FRU Device (ID 0)   \n Board Mfg             : A\n\n", `"id":0,"name":"Builtin FRU Device"`, ""},
		{"ipmi.ParseFRU", "FRU Device Description : PSU (ID 1)\n OEM (Foo: Bar (https://x.y/)) Record\n\n", `"oem":"Foo: Bar (https://x.y/)"`, ""},
		// sel-without-direction
		{"ipmi.ParseSEL", "   1 | 04/10/2008 | 02:50:13 PM | Power Unit #0x01 | Fully Redundant\n", `"time":"2008-04-10T14:50:13","sensor":"Power Unit #0x01","text":"Fully Redundant"`, `"asserted"`},
		{"ipmi.ParseSEL", "   1 | 04/10/2008 | 12:50:13 AM | Fan FAN1 | Foo\n", `"time":"2008-04-10T00:50:13"`, ""},
		{"ipmi.ParseSEL", "   1 | 10.04.2008 | 14:50:13 | Power Unit PR | Fully Redundant | Asserted\n", `"sensor":"Power Unit PR","text":"Fully Redundant","asserted":true`, `"time"`},
		{"ipmi.ParseSEL", "   1 | 13/10/2008 | 12:50:13 | Fan FAN1 | Foo | Deasserted\n", `"sensor":"Fan FAN1","text":"Foo","asserted":false`, `"time"`},
		{"ipmi.ParseSEL", "   1 | 2008-04-10 | 14:50:13 | Fan FAN1 | Foo | Asserted\n", `"sensor":"Fan FAN1"`, ""},
		// nvme-errlog-lba-minus1, nvme-fwlog-slot0
		{"nvme.ParseErrorLog", `{"errors":[{"error_count":3,"sqid":1,"lba":-1}]}`, `"lba":18446744073709551615`, `"extra"`},
		{"nvme.ParseFWLog", `{"nvme0":{"Active Firmware Slot (afi)":1,"Firmware Rev Slot 1":"5917 (abc)"}}`, `"revision":"abc"`, `\u00`},
		{"nvme.ParseFWLog", "Firmware Log for device:nvme0\nafi  : 0x11\nfrs1 : 0x0000000000001d17 (..)\n", `"active_slot":1`, `\u00`},
		// critical_warning: {}, counters above 2⁶³, temperature-zero
		{"nvme.ParseSmartLog", `{"critical_warning":{},"temperature":310}`, `"temperature_celsius":37`, `"critical_warning":0`},
		{"nvme.ParseSmartLog", `{"critical_warning":{"value":4,"available_spare":0},"data_units_read":18446744073709551617}`, `"data_units_read":18446744073709551617`, ""},
		{"nvme.ParseSmartLog", `{"critical_warning":0,"temperature":0}`, `"critical_warning":0`, `"temperature_celsius"`},
		{"nvme.ParseSmartLog", smartLog + "temperature : 0 C\n", `"temperature_celsius":0`, ""},
		{"nvme.ParseSmartLog", smartLog + "temperature : -5 °C (268 K)\ndata_units_read : 1.234.567\n", `"temperature_celsius":-5,"data_units_read":1234567`, ""},
		// lspci-libkmod
		{"pci.Parse", "lspci: Unable to load libkmod resources: error -12\nSlot:\t00:00.0\nClass:\tHost bridge\n\n", `"class":{"name":"Host bridge"}`, ""},
		{"pci.Parse", "Slot:\t00:00.0\nClass:\tSATA\nmodprobe: FATAL: Module x not found\nDriver:\tahci\n\n", `"driver":"ahci"`, ""},
		// g08, g10, g11, g12
		{"nvidia.Parse", gpu("<serial>1653\n</serial><uuid>GPU-1"), `"serial":"1653"`, `"uuid"`},
		{"nvidia.Parse", gpu("<processes><process_info><pid>1</pid><process_name>a</process_name><serial>666</serial></process_info></processes>"), `"name":"a"`, `"serial"`},
		{"nvidia.Parse", gpu("<serial>1653024</serial><serial>1653025</serial>"), `"serial":"1653024"`, `"serial":"1653025"`},
		{"nvidia.Parse", gpu("<serial>165302</serial><fan_speed>Unknown Error</fan_speed>"), `"faulty":[{"path":"fan_speed","text":"Unknown Error"}]`, `"fan_speed_percent"`},
		{"nvidia.Parse", gpu("<serial>[Unknown Error]</serial>"), `"path":"serial"`, `"serial":"`},
		// placeholder-serials
		{"ipmi.ParseFRU", "FRU Device Description : Builtin FRU Device (ID 0)\n Product Name          : X10\n Product Serial        : 0123456789\n Board Serial          : N/A\n\n", `"name":"X10"`, `"serial"`},
		{"nvme.ParseIDCtrl", `{"vid":1,"sn":"00000000000000000000","mn":"Disk","fr":"1.0"}`, `"model":"Disk"`, `"serial"`},
		{"smart.Parse", `{"smartctl":{},"model_name":"Disk","serial_number":"012345678901"}`, `"model_name":"Disk"`, `"serial_number"`},
	} {
		for _, e := range entries {
			if e.name != tt.entry {
				continue
			}
			values, _ := e.parse([]byte(tt.in))
			if len(values) > 1 && e.name != "smart.Parse" {
				values = values[1:] // the typed views
			}
			b, err := json.Marshal(values)
			if err != nil {
				t.Fatal(err)
			}
			got := string(b)
			if !strings.Contains(got, tt.want) || tt.not != "" && strings.Contains(got, tt.not) {
				t.Errorf("%s(%q)\ngot  %s\nwant %s, not %s", tt.entry, tt.in, got, tt.want, tt.not)
			}
		}
	}
}
