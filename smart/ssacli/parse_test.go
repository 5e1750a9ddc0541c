// SPDX-License-Identifier: Apache-2.0

package ssacli

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// The sign ‸ in an input marks where the error is; the test removes it.
func TestErrorsHavePlaces(t *testing.T) {
	const head = "Smart Array P410 in Slot 1\n"
	tests := []struct {
		name, in string
		err      error
	}{
		{"nothing", "‸", ErrFormat},
		{"another tool", "‸/dev/md0:\n   Version : 1.2\n", ErrFormat},
		{"a sentence", "‸Nothing in here\n", ErrFormat},
		{"no controller", "\nError: ‸No controllers detected.\n", ErrNoController},
		{"asked wrongly", "\nError: ‸Invalid target syntax.\n", ErrTool},
		{"many lines", strings.Repeat("a\n", 10240) + "‸a\n" + strings.Repeat("a\n", 1<<14-10241), ErrLimit},
		{"cut off", head + "‸   Slot: 1", ErrTruncated},
		{"cut off in the first line", "‸Smart Array P410 in Slot 1", ErrTruncated},
		{"temperature", head + "   Controller Temperature (C): ‸hot\n", ErrSyntax},
		{"a number out of range", head + "   Controller Temperature (C): ‸9999999999\n", ErrLimit},
		{"size", head + "   Array: A\n      Logical Drive: 1\n         Size: ‸big\n", ErrSyntax},
		{"unit", head + "      physicaldrive 1I:1:1\n         Size: ‸960 XB\n", ErrUnit},
		{"number", head + "   Array: A\n      Logical Drive: ‸one\n", ErrSyntax},
		{"percent", head + "      physicaldrive 1I:1:1\n         Usage remaining: ‸104%\n", ErrSyntax},
		{"row", head + "      ‸physicaldrive 1I:1:1 (port 1I:box 1:bay 1)\n", ErrSyntax},
		{"volume's row", head + "      ‸logicaldrive 1 (1.0 GB)\n", ErrSyntax},
		{"progress", head + "      logicaldrive 1 (1.0 GB, RAID 1, Recovering, ‸x% complete)\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			_, err := Parse([]byte(before + after))
			if tt.err != nil && !errors.Is(err, tt.err) || err == nil {
				t.Fatalf("Parse error = %v, want %v", err, tt.err)
			}
			list := err.(Errors)
			if len(list) != 1 {
				t.Fatalf("one defect gives %d errors: %v", len(list), messages(err))
			}
			_, line, column, _ := list[0].Place()
			wantLine := 1 + strings.Count(before, "\n")
			wantColumn := len(before) - strings.LastIndex(before, "\n")
			if line != wantLine || column != wantColumn {
				t.Errorf("error at %d:%d, want %d:%d", line, column, wantLine, wantColumn)
			}
		})
	}
}

// TestDriveStates checks what a status and a use mean together.
func TestDriveStates(t *testing.T) {
	tests := []struct {
		status, kind string
		want         State
		predictive   bool
	}{
		{"OK", "Data Drive", Online, false},
		{"OK", "Unassigned Drive", Unconfigured, false},
		{"OK", "HBA Mode Drive", JBOD, false},
		{"OK", "Spare Drive", HotSpare, false},
		{"Failed", "Data Drive", Failed, false},
		{"Predictive Failure", "Data Drive", Online, true},
		{"Predictive Failure", "Unassigned Drive", Unconfigured, true},
		{"Rebuilding", "Data Drive", Rebuilding, false},
		{"Erase In Progress", "Unassigned Drive", Unconfigured, false},
		{"Erase Complete. Reenable Before Using.", "Unassigned Drive", Unconfigured, false},
		{"Erase Failed. Reenable Before Using.", "Unassigned Drive", Failed, false},
		{"Singing", "Data Drive", "", false},
		{"OK", "New Drive", "", false},
	}
	for _, tt := range tests {
		doc, _ := Parse([]byte(fmt.Sprintf("X in Slot 0\n physicaldrive 1I:1:1\n  Status: %s\n  Drive Type: %s\n", tt.status, tt.kind)))
		d := doc.Controllers[0].Drives[0]
		if d.State != tt.want || d.PredictiveFailure != tt.predictive || d.StatusText != tt.status {
			t.Errorf("%q of a %q is %q, predictive %v", tt.status, tt.kind, d.State, d.PredictiveFailure)
		}
	}
}

// TestVolumeStates checks the words of volumes.
func TestVolumeStates(t *testing.T) {
	tests := map[string]VolumeState{
		"OK": VolumeOptimal, "Interim Recovery Mode": VolumeDegraded, "Ready for Rebuild": VolumeDegraded, "Queued for Rebuild": VolumeDegraded,
		"Recovering, 12% complete": VolumeRebuilding, "Failed": VolumeFailed, "Wrong Drive Replaced": VolumeFailed,
		"Transforming, 3.5% complete": VolumeReshaping, "Queued for Expansion": VolumeReshaping,
		"Initializing": VolumeInitializing, "Disabled": VolumeOffline, "Not Available": VolumeOffline, "Singing": "",
	}
	for text, want := range tests {
		doc, _ := Parse([]byte("X in Slot 0\n Logical Drive: 1\n  Status: " + text + "\n"))
		if v := doc.Controllers[0].Volumes[0]; v.State != want || v.StatusText != text || (v.ProgressPercent != nil) != strings.Contains(text, "%") {
			t.Errorf("%q is %+v, want %q", text, v, want)
		}
	}
}

// TestBatteryStates checks the sentences of batteries.
func TestBatteryStates(t *testing.T) {
	tests := map[string]BatteryState{
		"OK": BatteryOK, "Recharging": BatteryCharging, "Failed (Replace Batteries)": BatteryFailed,
		"Failed (Replace Batteries/Capacitors)": BatteryFailed, "Not Present": BatteryMissing, "OK(Not safe)": "",
	}
	for text, want := range tests {
		doc, _ := Parse([]byte("X in Slot 0\n   Battery/Capacitor Status: " + text + "\n"))
		if c := doc.Controllers[0]; c.Battery != want || c.BatteryStatus != text {
			t.Errorf("%q is %q, want %q", text, c.Battery, want)
		}
	}
	doc, _ := Parse([]byte("X in Slot 0\n   Cache Backup Power Source: Batteries\n   Battery/Capacitor Count: 0\n"))
	if got := doc.Controllers[0].Battery; got != BatteryMissing {
		t.Errorf("no battery is %q", got)
	}
}

// TestSizes checks that drives are counted in powers of 1000 and volumes in
// powers of 1024, as capacities of the same RAID 1 show.
func TestSizes(t *testing.T) {
	doc, err := Parse([]byte("X in Slot 0\n Logical Drive: 1\n  Size: 838.3 GB\n physicaldrive 1I:1:1\n  Size: 900.1 GB\n"))
	if err != nil {
		t.Fatal(err)
	}
	c := doc.Controllers[0]
	volume, drive := c.Volumes[0].SizeBytes, c.Drives[0].SizeBytes
	if drive != 900_100_000_000 || volume != 900_117_771_059 {
		t.Errorf("drive %d, volume %d", drive, volume)
	}
}

// TestCut checks which colons part a key from a value.
func TestCut(t *testing.T) {
	tests := map[string][2]string{
		"Slot: 0":                   {"Slot", "0"},
		"Serial Number:":            {"Serial Number", ""},
		"Option ROM Version:4.08-0": {"Option ROM Version", "4.08-0"},
		"PCI Address (Domain:Bus:Device.Function): 0000:5C:00.0": {"PCI Address (Domain:Bus:Device.Function)", "0000:5C:00.0"},
		"physicaldrive 1I:1:1": {"", "physicaldrive 1I:1:1"},
		"SEP (Vendor ID PMCSIERA, Model  SRC 8x6G) 250 (WWID: 50014380)":     {"", "SEP (Vendor ID PMCSIERA, Model  SRC 8x6G) 250 (WWID: 50014380)"},
		"physicaldrive 1I:1:1 (port 1I:box 1:bay 1, SAS, 600 GB, OK, spare)": {"", "physicaldrive 1I:1:1 (port 1I:box 1:bay 1, SAS, 600 GB, OK, spare)"},
	}
	for text, want := range tests {
		var l Line
		if l.read(1, text); l.Key != want[0] || l.Value != want[1] {
			t.Errorf("%q is %q and %q", text, l.Key, l.Value)
		}
	}
}

// TestErrorsAreFew checks that a flood of defects gives a short list.
func TestErrorsAreFew(t *testing.T) {
	_, err := Parse([]byte("X in Slot 0\n" + strings.Repeat(" Battery/Capacitor Count: x\n", 5000)))
	list := err.(Errors)
	if len(list) != maxErrors+1 || !errors.Is(list[maxErrors], ErrLimit) || !strings.HasSuffix(err.Error(), "(and 256 more)") {
		t.Errorf("%d errors, the last is %v", len(list), list[len(list)-1])
	}
	_, err = Parse([]byte("X in Slot 0\n Battery/Capacitor Count: \x1b" + strings.Repeat("ä", 80) + "\n"))
	if want := " " + strings.Repeat("ä", 39) + "…"; err.(Errors)[0].Text != want {
		t.Errorf("text %q, want %q", err.(Errors)[0].Text, want)
	}
}

// TestRecordsAreCapped checks that records cannot fill the memory.
func TestRecordsAreCapped(t *testing.T) {
	doc, err := Parse([]byte(strings.Repeat("X in Slot 0\nY in Slot 0\n", 1<<16)))
	list, _ := err.(Errors)
	if len(list) != 1 || !errors.Is(list[0], ErrLimit) || len(doc.Controllers) > maxRecords+1 {
		t.Errorf("%d records, errors %v", len(doc.Controllers), messages(err))
	}
}

// TestAbsent: a placeholder is no value and no error, of whatever type.
func TestAbsent(t *testing.T) {
	doc, err := Parse([]byte("X in Slot 0) (HBA Mode)\n   Controller Temperature (C): N/A\n   Encryption Standby: Off\n" +
		"   Array: A\n      Used Space: N/A\n   Logical Drive: 1\n      Parity Initialization Progress: N/A\n" +
		"   physicaldrive 1I:1:1\n      Model: BEE\n      WWID: 5000C5000000000G\n      Usage remaining: Not Supported\n"))
	if err != nil || len(doc.Extra) > 0 {
		t.Fatalf("%v, extra %+v", err, doc.Extra)
	}
	c := doc.Controllers[0]
	d := c.Drives[0]
	if c.TemperatureCelsius != nil || len(c.EncryptionSettings) != 1 || c.Arrays[0].UsedBytes != 0 || c.Volumes[0].ParityProgressPercent != nil {
		t.Errorf("%+v", c)
	}
	if d.Model != "BEE" || d.Vendor != "" || d.WWN != "" || d.RemainingPercent != nil {
		t.Errorf("%+v", d)
	}
}

// TestUnknownLines: what no value takes is kept, in each kind of record.
func TestUnknownLines(t *testing.T) {
	for _, head := range []string{
		"", "   Array: A\n", "   Logical Drive: 1\n", "   physicaldrive 1I:1:1\n", "   Box at Port 1I, Box 1, OK\n", "   Expander 1\n",
		"   Port Name: 1I\n", "   Sensor ID: 0\n",
	} {
		doc, err := Parse([]byte("X in Slot 0\n" + head + "      Odd: 1\n      odd words\n      odd (words)\n"))
		if err != nil || len(doc.Extra) != 3 {
			t.Errorf("%q: %v, extra %+v", head, err, doc.Extra)
		}
	}
}

// TestRepeats: some versions name the controller above each drive of a list.
func TestRepeats(t *testing.T) {
	doc, err := Parse([]byte("Smart Array P410 in Slot 1\n\n   array A\n\n   Smart Array P410 in Slot 1\n\n      physicaldrive 1I:1:1\n         Status: OK\n"))
	if err != nil || len(doc.Controllers) != 1 || len(doc.Extra) > 0 || doc.Controllers[0].Drives[0].State != Online {
		t.Errorf("%v, %+v", err, doc)
	}
}

// TestWithoutItsHead: a document whose beginning is lost.
func TestWithoutItsHead(t *testing.T) {
	doc, err := Parse([]byte("      physicaldrive 1I:1:1\n         Status: OK\n         Drive Type: Data Drive\n"))
	if err != nil || len(doc.Controllers) != 1 || doc.Controllers[0].Drives[0].State != Online {
		t.Errorf("%v, %+v", err, doc)
	}
}

// TestLineOfAnother: what another program prints among the lines of a drive gives
// none of them to the controller.
func TestLineOfAnother(t *testing.T) {
	doc, err := Parse([]byte("\nSmart Array P410 in Slot 1\n   Serial Number: CTRL0001\n   Firmware Version: 6.64\n\n   Array: A\n\n      physicaldrive 1I:1:1\n" +
		"         Status: OK\ntool: warning: something odd: 42\n         Serial Number: DRV0001\n         Firmware Revision: HPD3\n         Current Temperature (C): 31\n"))
	if err != nil || len(doc.Controllers) != 1 || len(doc.Controllers[0].Drives) != 1 || len(doc.Extra) != 1 {
		t.Fatalf("%v, %+v", err, doc)
	}
	c := &doc.Controllers[0]
	if d := &c.Drives[0]; c.Serial != "CTRL0001" || d.Serial != "DRV0001" || d.TemperatureCelsius == nil || *d.TemperatureCelsius != 31 {
		t.Errorf("controller %+v, drive %+v", c, d)
	}
}

// TestIndentLost: where a text has lost its indents, as on its way through a form,
// that is told, and no line of a drive is the controller's.
func TestIndentLost(t *testing.T) {
	for _, indent := range []string{"", " "} {
		lines := []string{"Smart Array P410 in Slot 1", "Serial Number: CTRL0001", "Array: A", "physicaldrive 1I:1:1", "Status: OK", "Serial Number: DRV0001",
			"physicaldrive 1I:1:2", "Serial Number: DRV0002"}
		doc, err := Parse([]byte(strings.Join(lines, "\n"+indent) + "\n"))
		list, _ := err.(Errors)
		if len(list) != 1 || !errors.Is(err, ErrSyntax) || len(doc.Controllers) != 1 || doc.Controllers[0].Serial == "DRV0001" || doc.Controllers[0].Serial == "DRV0002" {
			t.Errorf("%q: %v, %+v", indent, err, doc.Controllers)
		}
		if len(doc.Extra) != 3 {
			t.Errorf("%q: extra %+v", indent, doc.Extra)
		}
	}
}

// TestSentencesAreNoControllers: a message with " in " among the lines is none.
func TestSentencesAreNoControllers(t *testing.T) {
	for text, want := range map[string]int{
		"Command timed out in 5 seconds\n":                    1,
		"RAID 1 or RAID 1+0 volume in recovery\n":             1,
		"\x1b[?2004l\rSmart Array P411 in Slot 2\n":           1,
		"Smart HBA H240ar in Slot 0 (Embedded) (RAID Mode)\n": 2,
		"MSA1500 CS in MY STORAGE\n":                          2,
	} {
		doc, _ := Parse([]byte("Smart Array P410 in Slot 1\n   Serial Number: CTRL0001\n" + text))
		if len(doc.Controllers) != want {
			t.Errorf("%q: %d controllers, want %d", text, len(doc.Controllers), want)
		}
	}
}
