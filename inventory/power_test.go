// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory/collect"
	"github.com/mchus/bee/inventory/report"
)

const fruText = `FRU Device Description : Builtin FRU Device (ID 0)
 Product Manufacturer  : Lab

FRU Device Description : PS1 FRU (ID 1)
 Product Manufacturer  : DELTA ELEC
 Product Name          : PSU 800W Platinum
 Product Part Number   : DPS-800AB-1
 Product Serial        : DPSN1

FRU Device Description : PS2 FRU (ID 2)
 Device not present (Requested sensor, data, or record not found)

`

const sdrText = `PS1 FRU          | 00h | ns  | 10.1 | Logical FRU @01h
PS2 FRU          | 00h | ns  | 10.2 | Logical FRU @02h
PS1 Status       | 51h | ok  | 10.1 | Presence detected, Power Supply AC lost
PS1 Input Power  | 05h | ok  | 10.1 | 208 Watts
`

const psuTable = `# dmidecode 3.6

Handle 0x2701, DMI type 39, 22 bytes
System Power Supply
	Location: PSU1 bay
	Name: PWR SPLY,800W
	Manufacturer: SMBIOS says
	Serial Number: N/A
	Max Power Capacity: 750 W
	Status: Present, OK

Handle 0x2703, DMI type 39, 22 bytes
System Power Supply
	Location: PSU3 bay
	Status: Not Present
`

// The BMC's word stands, SMBIOS fills what is left, and each field says whose
// it is.
func TestPowerSupplies(t *testing.T) {
	h := &fake{
		tools: map[string]string{
			"ipmitool fru print":      fruText,
			"ipmitool sdr elist all":  sdrText,
			"ipmitool -v fru print 1": " Product Serial        : DPSN1\n Power Supply Record\n  Capacity                   : 800 W\n",
			"dmidecode":               psuTable,
		},
		files: map[string]string{"dev/ipmi0": "!"},
	}
	got, err := collect.PowerSupplies(t.Context(), h)
	if err != nil {
		t.Error(err)
	}
	want := []report.PowerSupply{
		{
			ID: "psu:DPSN1", Slot: "PS1", Present: new(true), Manufacturer: "DELTA ELEC", Model: "PSU 800W Platinum",
			PartNumber: "DPS-800AB-1", Serial: "DPSN1", CapacityW: 800, InputW: new(208.0), Status: "input_lost",
			FieldSources: map[string]string{
				"slot": "ipmi.fru", "present": "ipmi.fru", "manufacturer": "ipmi.fru", "model": "ipmi.fru", "part_number": "ipmi.fru",
				"serial": "ipmi.fru", "capacity_w": "ipmi.fru", "input_w": "ipmi.sdr", "status": "ipmi.sdr",
			},
		},
		{ID: "psu:PS2", Slot: "PS2", Present: new(false), FieldSources: map[string]string{"slot": "ipmi.fru", "present": "ipmi.sdr"}},
		{ID: "psu:PSU3 bay", Slot: "PSU3 bay", Present: new(false), FieldSources: map[string]string{"slot": "smbios.39", "present": "smbios.39"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("power supplies (-want +got):\n%s", diff)
	}
}

// Without a BMC ipmitool is not asked.
func TestNoBMC(t *testing.T) {
	h := &fake{tools: map[string]string{"ipmitool mc info": "Device ID : 32\n"}}
	bmc, err := collect.BMC(t.Context(), h)
	if bmc != nil || err != nil || h.runs["ipmitool mc info"] != 0 {
		t.Errorf("%+v, %v, runs %v", bmc, err, h.runs)
	}
}
