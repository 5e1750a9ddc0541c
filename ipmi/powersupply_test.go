// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"encoding/json"
	"testing"

	"github.com/mchus/bee/ipmi"
)

func TestPowerSupplies(t *testing.T) {
	const (
		ps1 = "FRU Device Description : PS1 FRU (ID 1)\n Product Serial        : S1\n"
		ps2 = "FRU Device Description : PS2 FRU (ID 2)\n Product Serial        : S2\n"
		bp  = "FRU Device Description : BP1 (ID 9)\n Board Serial          : B1\n"
	)
	tests := []struct {
		name, fru, sdr string
		want           string
	}{{
		name: "nothing",
		want: `[]`,
	}, {
		name: "a FRU that answers is there, others are no supplies",
		fru:  ps1 + bp,
		want: `[{"name":"PS1 FRU","fru_id":1,"serial":"S1","present":true}]`,
	}, {
		name: "joined by entity: names that tell nothing, and the FRUs in another order",
		fru:  "FRU Device Description : Right (ID 7)\n Product Serial        : S2\nFRU Device Description : Left (ID 8)\n Product Serial        : S1\n",
		sdr: "Right            | 00h | ns  | 10.2 | Logical FRU @07h\nLeft             | 00h | ns  | 10.1 | Logical FRU @08h\n" +
			"Status           | 85h | ok  | 10.1 | Presence detected\nStatus           | 86h | ok  | 10.2 | Presence detected, Power Supply AC lost\n",
		want: `[{"name":"Left","fru_id":8,"entity":{"id":10,"instance":1},"serial":"S1","present":true,"failed":false,"predicted_failure":false,"input_lost":false,"config_error":false},` +
			`{"name":"Right","fru_id":7,"entity":{"id":10,"instance":2},"serial":"S2","present":true,"failed":false,"predicted_failure":false,"input_lost":true,"config_error":false}]`,
	}, {
		name: "joined by name: no locators, the sensors have no number in their names",
		fru:  ps2 + ps1,
		sdr:  "Status,85h,ok,10.1,Presence detected\nStatus,86h,ok,10.2,Presence detected, Failure detected\nPS Redundancy,77h,ok,7.1,Redundancy Lost\n",
		want: `[{"name":"PS1 FRU","fru_id":1,"entity":{"id":10,"instance":1},"serial":"S1","present":true,"failed":false,"predicted_failure":false,"input_lost":false,"config_error":false},` +
			`{"name":"PS2 FRU","fru_id":2,"entity":{"id":10,"instance":2},"serial":"S2","present":true,"failed":true,"predicted_failure":false,"input_lost":false,"config_error":false}]`,
	}, {
		name: "names count from 0, entities from 1",
		fru:  "FRU Device Description : PSU0_FRU (ID 1)\n Product Serial        : S0\nFRU Device Description : PSU1_FRU (ID 2)\n Product Serial        : S1\n",
		sdr:  "Input            | 40h | ok  | 10.1 | 100 Watts\nInput            | 41h | ok  | 10.2 | 200 Watts\n",
		want: `[{"name":"PSU0_FRU","fru_id":1,"entity":{"id":10,"instance":1},"serial":"S0","present":true,"input_watts":100},` +
			`{"name":"PSU1_FRU","fru_id":2,"entity":{"id":10,"instance":2},"serial":"S1","present":true,"input_watts":200}]`,
	}, {
		name: "all sensors in one entity: the numbers in their names tell",
		fru:  ps1 + ps2,
		sdr: "PS1 FRU          | 00h | ns  | 10.1 | Logical FRU @01h\nPS2 FRU          | 00h | ns  | 10.2 | Logical FRU @02h\n" +
			"PS1 Input Power  | 04h | ok  | 10.1 | 208 Watts\nPS2 Input Power  | 05h | ok  | 10.1 | 196 Watts\n",
		want: `[{"name":"PS1 FRU","fru_id":1,"entity":{"id":10,"instance":1},"serial":"S1","present":true,"input_watts":208},` +
			`{"name":"PS2 FRU","fru_id":2,"entity":{"id":10,"instance":2},"serial":"S2","present":true,"input_watts":196}]`,
	}, {
		name: "names of sensors count from 1, those of FRUs from 0: the entities tell",
		fru:  "FRU Device Description : PS0 FRU (ID 1)\n Product Serial        : S0\nFRU Device Description : PS1 FRU (ID 2)\n Product Serial        : S1\n",
		sdr: "PS0 FRU          | 00h | ns  | 10.1 | Logical FRU @01h\nPS1 FRU          | 00h | ns  | 10.2 | Logical FRU @02h\n" +
			"PS1 Input Power  | 04h | ok  | 10.1 | 208 Watts\nPS2 Input Power  | 05h | ok  | 10.2 | 196 Watts\n",
		want: `[{"name":"PS0 FRU","fru_id":1,"entity":{"id":10,"instance":1},"serial":"S0","present":true,"input_watts":208},` +
			`{"name":"PS1 FRU","fru_id":2,"entity":{"id":10,"instance":2},"serial":"S1","present":true,"input_watts":196}]`,
	}, {
		name: "an absent FRU, and bits from sensor",
		fru:  "FRU Device Description : PS1 (ID 1)\n Device not present (Timeout)\n",
		sdr:  "PS2 Status       | 0x0        | discrete   | 0x0b80| na        | na        | na        | na        | na        | na        \n",
		want: `[{"name":"PS1","fru_id":1,"present":false},` +
			`{"name":"PS2","present":true,"failed":true,"predicted_failure":false,"input_lost":true,"config_error":false}]`,
	}, {
		name: "readings of a list without entities, and two digits that are no states",
		sdr:  "Power Supply 1   | 90 Watts          | ok\nPower Supplies   | 0x00              | ok\nPS1 VOUT         | 12.10 Volts       | ok\nPS1 VIN          | 230 Volts         | ok\nPS1 Status       | 0x00              | ok\n",
		want: `[{"name":"PS1","power_watts":90,"input_volts":230}]`,
	}, {
		name: "a sensor that has no reading says nothing, other things say nothing of supplies",
		sdr:  "PS1 Status       | 05h | ns  | 10.1 | No Reading\nPS 12V           | 06h | ok  |  7.1 | 12 Volts\nPSU2 Zone        | 07h | ok  |  7.1 | 30 degrees C\n",
		want: `[{"name":"PS1","entity":{"id":10,"instance":1}}]`,
	}, {
		name: "a slot without a supply",
		sdr:  "PS2 Status       | 06h | ok  | 10.2 | \n",
		want: `[{"name":"PS2","entity":{"id":10,"instance":2},"present":false,"failed":false,"predicted_failure":false,"input_lost":false,"config_error":false}]`,
	}, {
		name: "a supply that only its multi-record area gives away",
		fru:  "FRU Device Description : Unit (ID 3)\n Product Serial        : S3\n Power Supply Record\n  Capacity                   : 750 W\n",
		want: `[{"name":"Unit","fru_id":3,"serial":"S3","capacity_watts":750,"present":true}]`,
	}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fru, err := ipmi.ParseFRU([]byte(tt.fru))
			if err != nil && tt.fru != "" {
				t.Fatal(err)
			}
			sdr, err := ipmi.ParseSDR([]byte(tt.sdr))
			if err != nil && tt.sdr != "" {
				t.Fatal(err)
			}
			got, err := json.Marshal(ipmi.PowerSupplies(fru, sdr))
			if err != nil || string(got) != tt.want {
				t.Errorf("got  %s (%v)\nwant %s", got, err, tt.want)
			}
		})
	}
	if got := ipmi.PowerSupplies(nil, nil); len(got) != 0 {
		t.Errorf("PowerSupplies(nil, nil) = %v", got)
	}
}
