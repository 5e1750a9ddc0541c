// SPDX-License-Identifier: Apache-2.0

package arcconf

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// The sign ‸ in an input marks where the error is; the test removes it.
func TestErrorsHavePlaces(t *testing.T) {
	const ctrl = "Controller information\n"
	tests := []struct {
		name, in string
		err      error
	}{
		{"nothing", "‸", ErrFormat},
		{"another tool", "‸Smart Array P410 in Slot 1\n", ErrFormat},
		{"no such controller", "Controllers found: 1\n‸Invalid controller number.\n\nCommand aborted.\n", ErrTool},
		{"aborted", "Controllers found: 1\n‸Command aborted.\n", ErrTool},
		{"many lines", strings.Repeat("a\n", 10240) + "‸a\n" + strings.Repeat("a\n", 1<<14-10241), ErrLimit},
		{"cut off", ctrl + "  Temperature : 5 C\n  ‸Temperature : 6", ErrTruncated},
		{"cut off at once", "‸Command aborted", ErrTool},
		{"cut off in the first line", "‸Controllers found: 1", ErrTruncated},
		{"another tool's", "‸LSI Corporation SAS2 IR Configuration Utility.\nController type : SAS2008\n", ErrFormat},
		{"count", ctrl + "  Defunct disk drive count : ‸some\n", ErrSyntax},
		{"counts", ctrl + "  Logical devices/Failed/Degraded : ‸1/0\n", ErrSyntax},
		{"temperature", ctrl + "  Temperature : ‸hot C/ 1 F\n", nil},
		{"address", ctrl + "  PCI Address (Domain:Bus:Device:Function) : ‸0:4b:0\n", ErrSyntax},
		{"address out of range", ctrl + "  PCI Address (Domain:Bus:Device:Function) : ‸0:14b:0:0\n", ErrSyntax},
		{"address of words", ctrl + "  PCI Address (Domain:Bus:Device:Function) : ‸0:xx:0:0\n", ErrSyntax},
		{"charge", "Controller Battery Information\n  Capacity remaining : ‸101 percent\n", ErrSyntax},
		{"size", "Logical device number 0\n  Size : ‸big MB\n", nil},
		{"unit", "Logical device number 0\n  Size : ‸100 XB\n", ErrUnit},
		{"no unit", "Logical device number 0\n  Size : ‸100\n", ErrUnit},
		{"progress", "Logical device number 0\n  Status of logical device : Degraded ( Rebuild : ‸x % )\n", nil},
		{"block size", "Device #0\n  Block Size : ‸XXX Bytes\n", ErrSyntax},
		{"counter", "Device #0\nRuntime Error Counters\n  Medium Error Count : ‸many\n", ErrSyntax},
		{"task", "Logical device Task:\n  Percentage complete : ‸101\n", ErrSyntax},
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
			if errors.Is(err, ErrTruncated) {
				wantColumn = 1 // the whole line
			}
			if line != wantLine || column != wantColumn {
				t.Errorf("error at %d:%d, want %d:%d", line, column, wantLine, wantColumn)
			}
		})
	}
}

// TestDriveStates checks what a state and a configuration mean together.
func TestDriveStates(t *testing.T) {
	tests := []struct {
		state, configuration string
		want                 State
	}{
		{"Online", "", Online}, {"Online", "Data", Online}, {"Online", "HBA", JBOD}, {"Online", "Unassigned", Unconfigured},
		{"Online", "Dedicated Spare", HotSpare}, {"Ready", "", Unconfigured}, {"Global Hot-Spare", "", HotSpare},
		{"Dedicated Hot-Spare", "", HotSpare}, {"Failed", "Data", Failed}, {"Rebuilding", "", Rebuilding},
		{"Online (JBOD)", "", JBOD}, {"Raw (Pass Through)", "", JBOD}, {"Missing", "", Missing},
		{"Offline", "", Offline}, {"Foreign", "", Foreign}, {"Singing", "", ""},
	}
	for _, tt := range tests {
		doc, _ := Parse([]byte(fmt.Sprintf("Device #0\n State : %s\n Drive Configuration Type : %s\n", tt.state, tt.configuration)))
		if d := doc.Drives[0]; d.State != tt.want || d.StatusText != tt.state {
			t.Errorf("%q of %q is %q, want %q", tt.state, tt.configuration, d.State, tt.want)
		}
	}
}

// TestVolumeStates checks the words of volumes, and their progress.
func TestVolumeStates(t *testing.T) {
	tests := []struct {
		text     string
		want     VolumeState
		progress float64
	}{
		{"Optimal", VolumeOptimal, -1}, {"Okay", VolumeOptimal, -1}, {"Degraded", VolumeDegraded, -1},
		{"Degraded ( Rebuild : 37 % )", VolumeRebuilding, 37}, {"Degraded, Rebuilding", VolumeRebuilding, -1},
		{"Impacted ( Build/Verify with fix : 90 % )", VolumeInitializing, 90}, {"Suboptimal", VolumePartiallyDegraded, -1},
		{"Failed", VolumeFailed, -1}, {"Interim Recovery Mode", VolumeDegraded, -1}, {"Ready For Rebuild", VolumeDegraded, -1},
		{"Optimal, Verify", VolumeOptimal, -1}, {"Verifying", VolumeChecking, -1}, {"Migrating", VolumeReshaping, -1},
		{"Recovering", VolumeRebuilding, -1}, {"Offline", VolumeOffline, -1}, {"Singing", "", -1},
	}
	for _, tt := range tests {
		doc, err := Parse([]byte("Logical device number 0\n Status of logical device : " + tt.text + "\n"))
		v := doc.Volumes[0]
		got := -1.0
		if v.ProgressPercent != nil {
			got = *v.ProgressPercent
		}
		if err != nil || v.State != tt.want || v.StatusText != tt.text || got != tt.progress {
			t.Errorf("%q is %q at %v, want %q at %v (%v)", tt.text, v.State, got, tt.want, tt.progress, err)
		}
	}
}

// TestBatteryStates checks the words of batteries, ZMMs and supercaps.
func TestBatteryStates(t *testing.T) {
	tests := map[string]BatteryState{
		"Optimal": BatteryOK, "ZMM Optimal": BatteryOK, "Ready": BatteryOK, "Ok": BatteryOK, "Not Installed": BatteryMissing,
		"ZMM not installed": BatteryMissing, "Not Present": BatteryMissing, "Charging": BatteryCharging,
		"Failed": BatteryFailed, "Failed (Replace Batteries/Capacitors)": BatteryFailed, "Not Ready": BatteryCharging, "Learning": BatteryLearning, "Singing": "",
	}
	for text, want := range tests {
		doc, _ := Parse([]byte("Controller Battery Information\n Status : " + text + "\n"))
		if b := doc.Controller.Backup; b.State != want || b.StatusText != text {
			t.Errorf("%q is %q, want %q", text, b.State, want)
		}
	}
}

// TestLocations checks the three ways to say where a drive is.
func TestLocations(t *testing.T) {
	tests := map[string][3]string{
		"Enclosure 1, Slot 3":                                 {"1", "3", ""},
		"Enclosure 0, Slot 0( Connector 1 )":                  {"0", "0", "1"},
		"Enclosure 0, Slot 2( Connector Unknown )":            {"0", "2", ""},
		"Connector 1, Device 0":                               {"", "", "1"},
		"Enclosure Direct Attached, Slot 15(Connector 3:CN3)": {"", "15", "3"},
	}
	for text, want := range tests {
		doc, _ := Parse([]byte("Device #0\n Reported Location : " + text + "\n"))
		d := doc.Drives[0]
		if got := [3]string{number(d.Enclosure), number(d.Slot), number(d.Connector)}; got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// TestCapitals checks that versions which differ in capitals read the same.
func TestCapitals(t *testing.T) {
	for _, text := range []string{
		"Logical device number 2\n Status of logical device : Optimal\n RAID level : 5\n",
		"Logical Device Number 2\n Status of Logical Device : Optimal\n RAID Level : 5\n",
		"Logical drive number 2\n Status of logical drive : Optimal\n RAID level : 5\n",
	} {
		doc, err := Parse([]byte(text))
		if err != nil || len(doc.Volumes) != 1 {
			t.Fatalf("%q: %v", text, err)
		}
		if v := doc.Volumes[0]; v.Number != 2 || v.State != VolumeOptimal || v.Level != "5" {
			t.Errorf("%q is %+v", text, v)
		}
	}
}

// TestCacheModeIsItsStatus: the mode of old versions is what the cache does, the
// setting what it was told to do.
func TestCacheModeIsItsStatus(t *testing.T) {
	doc, err := Parse([]byte("Controllers found: 1\nLogical device number 0\n   Read-cache mode                          : Enabled\n" +
		"   Write-cache mode                         : Disabled (write-through)\n" +
		"   Write-cache setting                      : Enabled (write-back) when protected by battery/ZMM\n"))
	if err != nil {
		t.Fatal(err)
	}
	if v := doc.Volumes[0]; v.ReadCacheStatus != "Enabled" || v.ReadCacheSetting != "" || v.WriteCacheStatus != "Disabled (write-through)" ||
		v.WriteCacheSetting != "Enabled (write-back) when protected by battery/ZMM" {
		t.Errorf("%+v", v)
	}
}

// TestErrorsAreFew checks that a flood of defects gives a short list.
func TestErrorsAreFew(t *testing.T) {
	_, err := Parse([]byte("Device #0\n" + strings.Repeat(" Block Size : x\n", 5000)))
	list := err.(Errors)
	if len(list) != maxErrors+1 || !errors.Is(list[maxErrors], ErrLimit) || !strings.HasSuffix(err.Error(), "(and 256 more)") {
		t.Errorf("%d errors, the last is %v", len(list), list[len(list)-1])
	}
	_, err = Parse([]byte("Device #0\n Block Size : \x1b" + strings.Repeat("ä", 80) + "\n"))
	if want := " " + strings.Repeat("ä", 39) + "…"; err.(Errors)[0].Text != want {
		t.Errorf("text %q, want %q", err.(Errors)[0].Text, want)
	}
}

// TestRecordsAreCapped checks that records cannot fill the memory.
func TestRecordsAreCapped(t *testing.T) {
	doc, err := Parse([]byte(strings.Repeat("Device #0\nState : Online\n", 1<<16)))
	list, _ := err.(Errors)
	if len(list) != 1 || !errors.Is(list[0], ErrLimit) || len(doc.Drives) > maxRecords+1 {
		t.Errorf("%d records, errors %v", len(doc.Drives), messages(err))
	}
}

// TestTwoControllers: what two controllers say does not mix.
func TestTwoControllers(t *testing.T) {
	data, err := os.ReadFile("testdata/aacraid-degraded/input")
	if err != nil {
		t.Fatal(err)
	}
	one, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	two, err := Parse(bytes.Repeat(data, 2))
	if list, ok := errors.AsType[Errors](err); !ok || len(list) != 1 || !errors.Is(err, ErrSyntax) {
		t.Errorf("errors %v", err)
	}
	if len(two.Drives) != len(one.Drives) || len(two.Volumes) != len(one.Volumes) || len(two.Lines) != 2*len(one.Lines) {
		t.Errorf("%d drives, %d volumes, %d lines", len(two.Drives), len(two.Volumes), len(two.Lines))
	}
}

// TestAbsent: a placeholder is no value and no error, of whatever type.
func TestAbsent(t *testing.T) {
	doc, err := Parse([]byte("Controller information\n Defunct disk drive count : Unknown\n Installed memory : Not Available\n" +
		"Controller Battery Information\n Health : Not Available\n" +
		"Device #0\n Device is a Hard drive\n Block Size : Not Applicable\n SSD : Perhaps\n S.M.A.R.T. warnings : Unknown\n World-wide name : 5000C5000000000G\n"))
	if err != nil || len(doc.Extra) > 0 {
		t.Fatalf("%v, extra %+v", err, doc.Extra)
	}
	d, c := doc.Drives[0], doc.Controller
	if c.DefunctDrives != nil || c.MemoryBytes != 0 || c.Backup.HealthPercent != nil || d.BlockBytes != 0 || d.Media != "" || d.SMARTWarnings != nil || d.WWN != "" {
		t.Errorf("%+v, %+v", c, d)
	}
}

// TestUnknownLines: what no value takes is kept, in each kind of record.
func TestUnknownLines(t *testing.T) {
	for _, head := range []string{
		"Controller information", "Controller Battery Information", "Logical device number 0", "Array number 0", "Connector #0", "Logical device Task:",
		"Device #0\nDevice is a Hard drive", "Device #0\nDevice is an Enclosure", "Device #0\nDevice Phy Information\nPhy #0", "Device #0\nDevice Error Counters",
		"Temperature Sensors Information", "Controller information\n Controller Status : Ok\nTemperature Sensors Information", "Controller information\n Controller Status : Ok\nTemperature Sensors Information\nSensor ID : 1",
		"Runtime Error Counters", "Phy #0",
	} {
		doc, err := Parse([]byte("Controllers found: 1\n" + head + "\n Odd : 1\n odd words\n"))
		if err != nil || len(doc.Extra) != 2 {
			t.Errorf("%s: %v, extra %+v", head, err, doc.Extra)
		}
	}
}

// TestOneTask: the form in which old versions tell of what is at work.
func TestOneTask(t *testing.T) {
	for text, want := range map[string]int{"None": 0, "Rebuild": 1} {
		doc, err := Parse([]byte("Controllers found: 1\nCurrent operation : " + text + "\nOdd : 1\n"))
		if err != nil || len(doc.Tasks) != want || len(doc.Extra) != 1 || want == 1 && doc.Tasks[0].Operation != text {
			t.Errorf("%s: %v, %+v", text, err, doc)
		}
	}
}
