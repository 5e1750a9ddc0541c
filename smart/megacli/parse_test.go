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
		{"no size", drive + "Raw Size: ‸big\n", ErrSyntax},
		{"sectors", drive + "Raw Size: ‸1 TB [0xg Sectors]\n", ErrSyntax},
		{"a temperature", drive + "Drive Temperature :‸28F\n", ErrUnit},
		{"many lines", strings.Repeat("a\n", 10240) + "‸a\n" + strings.Repeat("a\n", 1<<14-10241), ErrLimit},
		{"cut off", drive + "‸Slot Number: 1", ErrTruncated},
		{"cut off at once", "‸ERROR: Could not", ErrTool},
		{"cut off in the first line", "‸Adapter #0", ErrTruncated},
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
			if _, gotLine, gotColumn, _ := list[0].Place(); gotLine != line || gotColumn != column {
				t.Errorf("error at %d:%d, want %d:%d", gotLine, gotColumn, line, column)
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
		"Battery State: Missing": BatteryMissing, "Battery State: Charging": BatteryCharging,
		"Battery State: Optimal\nBattery Pack Missing : Yes": BatteryMissing,
	} {
		doc, _ := Parse([]byte("BBU status for Adapter: 0\nBatteryType: x\n" + text + "\n"))
		if got := doc.Adapters[0].Battery.State; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestSupportedBatteryIsNoBattery: the list of what the firmware can do has a line
// BBU too, and that there is memory does not say how much.
func TestSupportedBatteryIsNoBattery(t *testing.T) {
	for _, has := range []string{"Absent", "Present"} {
		doc, err := Parse([]byte("Adapter #0\n                HW Configuration\n                ================\nBBU              : " + has +
			"\nMemory           : Present\n\n                Supported Adapter Operations\n                ================\nBBU                             : Yes\n\nExit Code: 0x00\n"))
		if a := doc.Adapters[0]; err != nil || a.BatteryPresent != has || a.MemoryText != "" {
			t.Errorf("%s: %v, %+v", has, err, a)
		}
	}
}

// TestDriveStates: what stands before the comma, and the other words of volumes.
func TestDriveStates(t *testing.T) {
	for text, want := range map[string]State{
		"Online, Spun Up": Online, "Hotspare, Spun down": HotSpare, "Unconfigured(good), Spun Up": Unconfigured, "Unconfigured(bad)": Failed, "Failed": Failed,
		"Rebuild": Rebuilding, "Copyback": Rebuilding, "Offline": Offline, "JBOD": JBOD, "Missing": Missing, "Singing": "",
	} {
		if got := driveState(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]VolumeState{
		"Optimal": VolumeOptimal, "Degraded": VolumeDegraded, "Partially Degraded": VolumePartiallyDegraded, "Offline": VolumeOffline, "Failed": VolumeFailed, "Singing": "",
	} {
		if got := volumeState(text); got != want {
			t.Errorf("volume: %q is %q, want %q", text, got, want)
		}
	}
}

// TestDriveValues: sectors of 4096 bytes, and what is no serial number or name.
func TestDriveValues(t *testing.T) {
	doc, err := Parse([]byte("Adapter #0\nEnclosure Device ID: N/A\nWWN: 0000000000000000\nPD Type: SAS\nInquiry Data: BEECO   BEE1200SAS      B001TWO WORDS\n" +
		"Raw Size: 1.0 TB [0x10000000 Sectors]\nLogical Sector Size: 4096\nPhysical Sector Size: N/A\nCoerced Size: N/A\nDrive has flagged a S.M.A.R.T alert : Perhaps\n" +
		"Enclosure Device ID: 1\nRaw Size: N/A\nOdd: 1\n    Enclosure 0:\n    Odd : 2\n"))
	if err != nil || len(doc.Extra) != 2 {
		t.Fatalf("%v, extra %+v", err, doc.Extra)
	}
	d := doc.Adapters[0].Drives[0]
	if d.SizeBytes != 1<<40 || d.LogicalBlockBytes != 4096 || d.Vendor != "BEECO" || d.Model != "BEE1200SAS" || d.Serial != "" || d.WWN != "" || d.SmartAlert != nil {
		t.Errorf("%+v", d)
	}
}

// TestInquiry: what stands in which column, where that is certain.
func TestInquiry(t *testing.T) {
	for _, tt := range []struct{ name, lines, want string }{
		{"a SATA drive, its serial number at the right", "PD Type: SATA\nDevice Firmware Level: 1V02\nInquiry Data:           BEE-000012BEE 1TB MADE UP                         01.01V02\n", "BEE-000012|BEE 1TB MADE UP|1V02|"},
		{"at the left", "PD Type: SATA\nDevice Firmware Level: 400i\nInquiry Data: BEE000000000012FGN  BEE SSD                                 400i    \n", "BEE000000000012FGN|BEE SSD|400i|"},
		{"before there was a line of the firmware", "PD Type: SATA\nInquiry Data:           BEE-000012BEE 1TB MADE UP                         01.01V02\n", "BEE-000012|BEE 1TB MADE UP|01.01V02|"},
		{"without the blanks at its left", "PD Type: SATA\nDevice Firmware Level: 1V02\nInquiry Data: BEE-000012BEE 1TB MADE UP                         01.01V02\n", "||1V02|"},
		{"without them, and without that line", "PD Type: SATA\nInquiry Data: BEE-00000012BEE 1TB MADE UP                         01.01V02\n", "|||"},
		{"a firmware that its line contradicts", "PD Type: SATA\nDevice Firmware Level: 1V03\nInquiry Data:           BEE-000012BEE 1TB MADE UP                         01.01V02\n", "||1V03|"},
		{"a serial number of two words", "PD Type: SATA\nDevice Firmware Level: 1V02\nInquiry Data:           BEE 000012BEE 1TB MADE UP                         01.01V02\n", "||1V02|"},
		{"a SATA drive of an old controller", "Inquiry Data: ATA     BEE500620NS     BE25            BEE1Y7CQ\n", "BEE1Y7CQ|BEE500620NS||"},
		{"a SAS drive", "PD Type: SAS\nDevice Firmware Level: GS0D\nInquiry Data: BEECO   BEE1200SAS      GS0DBEE1BTVZ            \n", "BEE1BTVZ|BEE1200SAS|GS0D|BEECO"},
		{"one with its revision behind the serial number", "PD Type: SAS\nDevice Firmware Level: B55C\nInquiry Data: IBM-ESXSBEE00805SS      B55CBEE0000A0808B55C    \n", "|BEE00805SS|B55C|IBM-ESXS"},
		{"one of which nobody knows the type", "Inquiry Data: BEECO   BEE1200SAS      GS0DBEE1BTVZ\n", "|||"},
	} {
		doc, err := Parse([]byte("Adapter #0\nEnclosure Device ID: 252\n" + tt.lines))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		d := doc.Adapters[0].Drives[0]
		if got := strings.Join([]string{d.Serial, d.Model, d.Firmware, d.Vendor}, "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestProgress: what is no progress stays a line.
func TestProgress(t *testing.T) {
	doc, err := Parse([]byte("Adapter #0\nVirtual Drive: 1 (Target Id: 1)\nOngoing Progresses:\n  Background Initialization: Completed 74%, Taken 28 min.\n  Reconstruction : Completed 101%, Taken 2 min.\n  Check Consistency : soon\n" +
		"Rebuild Progress on Device at Enclosure N/A, Slot 2 Completed 0% in 3 Minutes.\nRebuild Progress on Device at Enclosure 8, Slot 3 Completed in no time.\nDevice(Encl-N/A Slot-2) is not in rebuild process\n"))
	if err != nil || len(doc.Extra) != 3 {
		t.Fatalf("%v, extra %+v", err, doc.Extra)
	}
	if ops := doc.Adapters[0].Volumes[0].Operations; len(ops) != 1 || ops[0] != (Operation{"Background Initialization", 74, 28}) {
		t.Errorf("operations %+v", ops)
	}
	if r := doc.Rebuilds; len(r) != 1 || r[0].Enclosure != nil || *r[0].Slot != 2 || r[0].Percent != 0 || r[0].Minutes != 3 {
		t.Errorf("rebuilds %+v", r)
	}
}

// TestErrorsAreFew: a flood of defects gives a short list, each on a short line.
func TestErrorsAreFew(t *testing.T) {
	_, err := Parse([]byte("Adapter #0\nEnclosure Device ID: 1\n" + strings.Repeat("Slot Number: \x1b"+strings.Repeat("ä", 80)+"\n", 5000)))
	list, _ := err.(Errors)
	if len(list) != maxErrors+1 || !errors.Is(list[maxErrors], ErrLimit) || !strings.HasSuffix(err.Error(), "(and 256 more)") {
		t.Fatalf("%d errors: %v", len(list), err)
	}
	if want := " " + strings.Repeat("ä", 39) + "…"; list[0].Text != want {
		t.Errorf("text %q, want %q", list[0].Text, want)
	}
}

// TestRecordsAreCapped: records cannot fill the memory.
func TestRecordsAreCapped(t *testing.T) {
	doc, err := Parse([]byte("Adapter #0\n" + strings.Repeat("Enclosure Device ID: 1\n", 1<<16)))
	if list, _ := err.(Errors); len(list) != 1 || !errors.Is(err, ErrLimit) || len(doc.Adapters[0].Drives) > maxRecords+1 {
		t.Errorf("%d drives, %v", len(doc.Adapters[0].Drives), err)
	}
}
