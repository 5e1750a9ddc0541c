// SPDX-License-Identifier: Apache-2.0

package megacli

import (
	"errors"
	"strings"
	"testing"
)

// The sign ‸ in an input marks where the error is; the test removes it.
func TestErrorsHavePlaces(t *testing.T) {
	const drive = "Adapter #0\nEnclosure Device ID: 1\n"
	for _, tt := range []struct {
		name, in string
		err      error
	}{
		{"nothing", "‸", ErrFormat},
		{"another tool", "  ‸hello\nSlot: 1\n", ErrFormat},
		{"no such adapter", "‸User specified controller is not present.\nFailed to get CpController object.\n", ErrTool},
		{"a slot", drive + "Slot Number: ‸x\n", ErrSyntax},
		{"a unit", drive + "Raw Size: ‸1 XB\n", ErrUnit},
		{"sectors", drive + "Raw Size: ‸1 TB [0xg Sectors]\n", ErrSyntax},
		{"a temperature", drive + "Drive Temperature :‸28F\n", ErrUnit},
		{"a voltage", "Adapter #0\nBatteryType: a\nVoltage: ‸4 V\n", ErrUnit},
		{"an exit code", "Adapter #0\nExit Code: ‸zero\n", ErrSyntax},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			_, err := Parse([]byte(before + after))
			list, ok := errors.AsType[Errors](err)
			if !ok || len(list) != 1 || !errors.Is(err, tt.err) {
				t.Fatalf("error = %v, want one %v", err, tt.err)
			}
			line, column := 1+strings.Count(before, "\n"), len(before)-strings.LastIndex(before, "\n")
			if list[0].Line != line || list[0].Column != column {
				t.Errorf("error at %d:%d, want %d:%d", list[0].Line, list[0].Column, line, column)
			}
		})
	}
}

// TestLevels: the levels of the specification that the tool prints, as people
// write them.
func TestLevels(t *testing.T) {
	for text, want := range map[string]string{
		"Primary-0, Secondary-0, RAID Level Qualifier-0":                "0",
		"Primary-1, Secondary-0, RAID Level Qualifier-0":                "1",
		"Primary-1, Secondary-3, RAID Level Qualifier-0":                "10",
		"Primary-1, Secondary-0, RAID Level Qualifier-0\nSpan Depth: 2": "10",
		"Primary-6, Secondary-3, RAID Level Qualifier-3":                "60",
		"Primary-5, Secondary-0, RAID Level Qualifier-3":                "5",
		"odd": "",
	} {
		doc, _ := Parse([]byte("Virtual Drive: 0 (Target Id: 0)\nRAID Level: " + text + "\n"))
		if got := doc.Adapters[0].Volumes[0].Level; got != want {
			t.Errorf("%q: level %q, want %q", text, got, want)
		}
	}
}

// TestBatteries: what a battery says of itself and what its bits say.
func TestBatteries(t *testing.T) {
	for text, want := range map[string]BatteryState{
		"Battery State: Optimal": BatteryOK, "Battery State     : Operational": BatteryOK, "Battery State: Failed": BatteryFailed,
		"Battery State: Degraded(Need Attention)": BatteryDegraded, "Battery State: Learning": BatteryLearning, "Battery State: Odd": "",
		"Battery State: Optimal\nBattery Replacement required : Yes": BatteryDegraded, "Battery State: Optimal\nLearn Cycle Active : Yes": BatteryLearning,
		"Battery State: Optimal\nBattery Pack Missing : Yes": BatteryMissing,
	} {
		doc, _ := Parse([]byte("BBU status for Adapter: 0\nBatteryType: x\n" + text + "\n"))
		if got := doc.Adapters[0].Battery.State; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
