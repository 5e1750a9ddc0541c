// SPDX-License-Identifier: Apache-2.0

package storcli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// The sign ‸ in an input marks where the error is; the tests remove it.
func TestErrorsPointAtTheirText(t *testing.T) {
	const ctl = "Controller = 0\nStatus = Success\n"
	const drive = ctl + "\nDrive /c0/e1/s2 Device attributes :\n====\n"
	const volume = ctl + "\nVD0 Properties :\n====\n"
	const bbu = ctl + "\nBBU_Info :\n====\n\n---\nProperty Value\n---\n"
	const table = "Controller = 0\nStatus = Success\n\nPD LIST :\n=======\n\n---\nEID:Slt DID State DG     Size Intf\n---\n"
	tests := []struct {
		name string
		in   string
		err  error
	}{
		{"nothing", "‸", ErrFormat},
		{"another tool", "‸smartctl 7.4\nDevice = none\n", ErrFormat},
		{"another document", "‸{\"devices\":[]}\n", ErrFormat},
		{"no controller", "Controller = 5\nStatus = Failure\n‸Description = Controller 5 not found\n", ErrNoController},
		{"unsupported", "Controller = 0\nStatus = Failure\n‸Description = Un-supported command\n", ErrTool},
		{"a DID that is no number", table + "252:1   ‸x   Onln   0 1.000 TB SATA\n---\n", ErrType},
		{"a size without a unit of ours", table + "252:1     4 Onln   0 ‸1.000 XB SATA\n---\n", ErrUnit},
		{"a row out of line", table + "252:1     4 Onln   0 1.000 TB SATA\n252:1     5 Onlni‸ne0 1.000 TB SATA\n---\n", ErrSyntax},
		{"an address of three parts", "Controller = 0\nStatus = Success\nPCI Address = ‸00:3b:00\n", ErrSyntax},
		{"an address of five parts", ctl + "PCI Address = ‸00:3b:00:00:00\n", ErrSyntax},
		{"an address of words", ctl + "PCI Address = ‸00:3b:xx:00\n", ErrSyntax},
		{"an address out of range", ctl + "PCI Address = ‸00:3b:20:00\n", ErrRange},
		{"an ID that is no number", ctl + "Vendor Id = ‸0xZZ\n", ErrType},
		{"an ID out of range", ctl + "Vendor Id = ‸0x10000\n", ErrRange},
		{"a count of words", ctl + "Physical Drives = ‸two\n", ErrType},
		{"a count out of range", ctl + "Physical Drives = ‸9223372036854775808\n", ErrRange},
		{"neither yes nor no", drive + "S.M.A.R.T alert flagged by drive = ‸Perhaps\n", ErrType},
		{"a slot that is no number", table + "‸252:x     4 Onln   0 1.000 TB SATA\n---\n", ErrSyntax},
		{"a slot below zero", table + "‸252:-5    4 Onln   0 1.000 TB SATA\n---\n", ErrSyntax},
		{"no slot", table + "‸nowhere   4 Onln   0 1.000 TB SATA\n---\n", ErrSyntax},
		{"blocks below zero", volume + "Number of Blocks = ‸-1\n", ErrType},
		{"a size out of range", volume + "Strip Size = ‸9999999999 PB\n", ErrRange},
		{"a size of words", volume + "Strip Size = ‸big\n", ErrType},
		{"a size without its sectors", drive + "Raw size = ‸1.0 TB\n", ErrSyntax},
		{"sectors that are no number", drive + "Raw size = ‸1.0 TB [0xg Sectors]\n", ErrSyntax},
		{"sectors of an unknown unit", drive + "Raw size = ‸1.0 XB [0x1 Sectors]\n", ErrUnit},
		{"a speed without a unit", drive + "Link Speed = ‸12.0\n", ErrUnit},
		{"a speed below zero", drive + "Link Speed = ‸-1Gb/s\n", ErrType},
		{"a temperature of words", drive + "Drive Temperature = ‸hot\n", ErrType},
		{"a voltage in volts", bbu + "Voltage  ‸4 V\n", ErrUnit},
		{"a charge beyond all", ctl + "\nBBU_Info :\n====\n\n---\nProperty                 Value\n---\nRelative State of Charge ‸101 %\n", ErrType},
		{"progress of no drive", ctl + "\n---\nDrive-ID  Progress%\n---\n‸/x0/e1/s2 1\n---\n", ErrSyntax},
		{"a temperature in Kelvin", "Controller = 0\nStatus = Success\nROC temperature(Degree Celsius) = ‸300 K\n", ErrUnit},
		{"a status in JSON", `{"Controllers":[{"Command Status":{"Status":"Failure","Description":‸"No Controller found"}}]}`, ErrNoController},
		{"a document that breaks off", `{"Controllers":[{"Command Status":{"Status":"Success"},"Response Data":{"Model":"x‸`, ErrSyntax},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			r, err := Parse([]byte(before + after))
			if r == nil {
				t.Fatal("no report")
			}
			var list Errors
			if !errors.As(err, &list) || len(list) != 1 || !errors.Is(err, tt.err) {
				t.Fatalf("error %v, want one, %v", err, tt.err)
			}
			_, line, column, text := list[0].Place()
			wantLine := 1 + strings.Count(before, "\n")
			wantColumn := len(before) - strings.LastIndex(before, "\n")
			if line != wantLine || column != wantColumn {
				t.Errorf("error at %d:%d, want %d:%d", line, column, wantLine, wantColumn)
			}
			if !strings.HasPrefix(after, text) {
				t.Errorf("text %q, want the start of %q", text, after)
			}
		})
	}
}

func TestEachWordOfTheLegendHasAState(t *testing.T) {
	tests := map[State][]string{
		Online:       {"Onln", "CFShld", "Conf", "Conf/Online"},
		HotSpare:     {"GHS", "DHS", "HSPShld", "GHS/Good"},
		Unconfigured: {"UGood", "UGUnsp", "UGShld", "Sntze", "UConf/Good"},
		Failed:       {"UBad", "UBUnsp", "Failed", "Conf/Failed", "UConf/Bad"},
		Missing:      {"Msng", "Missing", "Conf/Missing"},
		Rebuilding:   {"Rbld", "Cpybck", "CBShld", "Conf/Rebuild"},
		Foreign:      {"Frgn"},
		JBOD:         {"JBOD", "JBOD/Online"},
		Offline:      {"Offln", "Conf/Offline"},
		"":           {"", "Bogus", "Conf/Bogus"},
	}
	for want, words := range tests {
		for _, word := range words {
			state, status, _ := strings.Cut(word, "/")
			if got := stateOf(state, status); got != want {
				t.Errorf("state of %q is %q, want %q", word, got, want)
			}
		}
	}
	for word, want := range map[string]VolumeState{
		"Optl": VolumeOptimal, "Dgrd": VolumeDegraded, "Pdgd": VolumePartiallyDegraded, "OfLn": VolumeOffline, "Rec": VolumeRebuilding, "X": "",
	} {
		if got := volumeStateOf(word); got != want {
			t.Errorf("state of volume %q is %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]BatteryState{
		"Optimal": BatteryOK, "Opt": BatteryOK, "Dgd (Needs Attention)": BatteryDegraded, "Msng": BatteryMissing,
		"Failed": BatteryFailed, "Learning": BatteryLearning, "Charging": BatteryCharging, "X": "",
	} {
		if got := batteryStateOf(word); got != want {
			t.Errorf("state of battery %q is %q, want %q", word, got, want)
		}
	}
}

// TestAbsent: a placeholder is no value and no error, of whatever type.
func TestAbsent(t *testing.T) {
	r, err := Parse([]byte("Controller = 0\nStatus = Success\nPhysical Drives = -\nVendor Id = N/A\nPCI Address = -\nMfg Date = 00/00/00\nROC temperature(Degree Celsius) = NA\nOn Board Memory Size = -\n" +
		"\nDrive /c0/s2 Device attributes :\n====\nRaw size = 0 KB\nLink Speed = Unknown\nDevice Speed = -\nS.M.A.R.T alert flagged by drive = -\n" +
		"\nVD0 Properties :\n====\nNumber of Blocks = -\nActive Operations = None\nWrite Cache(initial setting) = Odd\n" +
		"\nBBU_Info :\n====\n\n---\nProperty                 Value\n---\nVoltage                  -\nRelative State of Charge -\n---\n"))
	if err != nil || len(r.Extra) > 0 {
		t.Fatalf("%v, extra %q", err, r.Extra)
	}
	differ(t, "controller", &Controller{
		Number:    new(int64(0)),
		Drives:    []*Drive{{Slot: new(int64(2)), Link: new(DriveLink)}},
		Volumes:   []*Volume{{Number: new(int64(0))}},
		Batteries: []Battery{{Kind: "bbu"}},
	}, r.Controllers[0])
}

// TestUnknown: what no field takes is kept, in each kind of section and of list.
func TestUnknown(t *testing.T) {
	for _, tt := range []struct{ in, path string }{
		{"Odd = 1\n", "Odd"},
		{"\nDrive /c0/e1/s2 State :\n===\nOdd = 1\n", "Drive /c0/e1/s2 State.Odd"},
		{"\nDrive /c0/ex/s2 State :\n===\nOdd = 1\n", "Drive /c0/ex/s2 State.Odd"},
		{"\nDrive /c0/e1/sx State :\n===\nOdd = 1\n", "Drive /c0/e1/sx State.Odd"},
		{"\nPDs for VD x :\n===\nOdd = 1\n", "PDs for VD x.Odd"},
		{"\nHwCfg :\n===\nOdd = 1\n", ""}, // all of this section are settings
		{"\nPolicies :\n===\nEnergy Pack = 1\n", ""},
		{"\nBees :\n===\n\n---\nOdd\n---\n1\n", "Bees.Odd"},
		{"\nBees :\n===\n\n---\nPort\n---\n1\n", "Bees.Port"}, // of no drive
		{"\nPD LIST :\n===\n\n---\nEID:Slt Odd\n---\n1:2     3\n", "PD LIST.Odd"},
		{"\nVD LIST :\n===\n\n---\nDG/VD Odd\n---\n1/2   3\n", "VD LIST.Odd"},
		{"\nTOPOLOGY :\n===\n\n---\nDG Odd\n---\n1  3\n", "TOPOLOGY.Odd"},
		{"\nEnclosure LIST :\n===\n\n---\nEID Odd\n---\n1   3\n", "Enclosure LIST.Odd"},
		{"\nSystem Overview :\n===\n\n---\nCtl Odd\n---\n1   3\n", "System Overview.Odd"},
		{"\nFREE SPACE DETAILS :\n===\n\n---\nID Odd\n---\n1  3\n", "FREE SPACE DETAILS.Odd"},
		{"\nLU/NS LIST :\n===\n\n---\nPID Odd\n---\n1   3\n", "LU/NS LIST.Odd"},
		{"\nDetailed Status :\n===\n\n---\nVD Odd\n---\n1  3\n", "Detailed Status.Odd"},
		{"\nCachevault_Info :\n===\n\n---\nModel Odd\n---\nCV    3\n", "Cachevault_Info.Odd"},
		{"\nCachevault_Info :\n===\n\n---\nProperty Value Odd\n---\nType     CV    3\n", "Cachevault_Info.Odd"},
		{"\nBees :\n===\n\n---\nVD Odd\n---\n1  3\n", "Bees.Odd"},
		{"\nBees :\n===\n\n---\nProperty Value\n---\nAlarm    Off\n", ""}, // of no battery: a setting
	} {
		r, err := Parse([]byte("Controller = 0\nStatus = Success\n" + tt.in))
		if _, ok := r.Extra[tt.path]; err != nil || len(r.Extra) > 1 || ok != (tt.path != "") {
			t.Errorf("%q: %v, extra %q, want %q", tt.in, err, r.Extra, tt.path)
		}
	}
}

func TestCacheWords(t *testing.T) {
	tests := []struct {
		word  string
		ahead bool
		write WritePolicy
		io    string
	}{
		{"RWBD", true, WriteBack, "direct"},
		{"NRWTD", false, WriteThrough, "direct"},
		{"RAWBC", true, AlwaysWriteBack, "cached"},
		{"NRAWBD", false, AlwaysWriteBack, "direct"},
		{"RaWTC", true, WriteThrough, "cached"},
		{"NR,WB", false, WriteBack, ""},
	}
	for _, tt := range tests {
		ahead, write, io := cacheOf(tt.word)
		if ahead == nil || *ahead != tt.ahead || write != tt.write || io != tt.io {
			t.Errorf("%s is %v, %s, %s", tt.word, ahead, write, io)
		}
	}
}

func TestSizes(t *testing.T) {
	tests := []struct {
		text    string
		decimal bool
		want    uint64
		err     error
	}{
		{"512B", false, 512, nil},
		{"4 KB", false, 4096, nil},
		{"4 KiB", true, 4096, nil},
		{"1.500 TB", false, 3 << 39, nil},
		{"800.00 GB", true, 800_000_000_000, nil},
		{"744.000 GiB", true, 744 << 30, nil},
		{"4096", false, 4096, nil},
		{"1 XB", false, 0, ErrUnit},
		{"1 KiBs", false, 0, ErrUnit},
		{"TB", false, 0, ErrType},
		{"99999999999 EB", false, 0, ErrRange},
	}
	for _, tt := range tests {
		got, err := sizeOf(tt.text, tt.decimal)
		if got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("sizeOf(%q, %t) = %d, %v, want %d, %v", tt.text, tt.decimal, got, err, tt.want, tt.err)
		}
	}
}

// TestAddJoins sees to it that a drive that two answers are about is one drive.
func TestAddJoins(t *testing.T) {
	list := []byte(`{"Controllers":[{"Command Status":{"Controller":0,"Status":"Success"},"Response Data":{"PD LIST":[{"EID:Slt":"252:1","DID":7,"State":"Onln","Model":"CUT"}]}}]}`)
	detail := []byte(`{"Controllers":[{"Command Status":{"Controller":"0","Status":"Success"},"Response Data":{"Drive /c0/e252/s1 - Detailed Information":{"Drive /c0/e252/s1 Device attributes":{"SN":" X1 ","Model Number":"CUT SHORT"}}}}]}`)
	one, other := new(Report), new(Report)
	for _, err := range []error{one.Add(list), one.Add(detail), other.Add(detail), other.Add(list)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range []*Report{one, other} {
		if len(r.Controllers) != 1 || len(r.Controllers[0].Drives) != 1 {
			t.Fatalf("%d controllers, want one drive of one", len(r.Controllers))
		}
		d := r.Controllers[0].Drives[0]
		if d.Serial != "X1" || d.Model != "CUT SHORT" || *d.DID != 7 || r.Controllers[0].ByDID(7) != d || d.State != Online {
			t.Errorf("drive %+v", d)
		}
	}
	if !reflect.DeepEqual(one.Controllers[0].Drives, other.Controllers[0].Drives) {
		t.Error("the order of the answers makes a difference")
	}
}

// TestErrorsAreFew: a flood of defects gives a short list, which says so.
func TestErrorsAreFew(t *testing.T) {
	_, err := Parse([]byte("Controller = 0\nStatus = Success\n" + strings.Repeat("Vendor Id = x\n", 5000)))
	list, _ := err.(Errors)
	if len(list) != maxErrors+1 || !errors.Is(list[maxErrors], ErrLimit) || !strings.HasSuffix(err.Error(), "(and 256 more)") {
		t.Errorf("%d errors: %v", len(list), err)
	}
}

// TestTooMuch sees to it that what is capped is reported or kept, and takes no
// time.
func TestTooMuch(t *testing.T) {
	rows := strings.Repeat("252:1     4 Onln   0 1.000 TB SATA\n", 1<<15)
	r, err := Parse([]byte("Controller = 0\nStatus = Success\n---\nEID:Slt DID State DG     Size Intf\n---\n" + rows))
	var list Errors
	if !errors.As(err, &list) || len(list) != 1 || !errors.Is(err, ErrLimit) || len(r.Lines) < 1<<15 || len(r.Controllers[0].Drives) != 1 {
		t.Errorf("%d lines, error %v", len(r.Lines), err)
	}
	r, _ = Parse([]byte("Controller = 0\nStatus = Success\n" + strings.Repeat("New = 1\n", 1<<15)))
	if len(r.Extra) != maxSettings {
		t.Errorf("%d unknown values kept, want %d", len(r.Extra), maxSettings)
	}
	_, err = Parse([]byte("Controller = 0\nStatus = Success\n" + strings.Repeat("\n", maxLines)))
	if !errors.Is(err, ErrLimit) {
		t.Errorf("too many lines: error %v", err)
	}
	_, err = Parse([]byte("Controller = 0\nStatus = Success\n---\n" + strings.Repeat("x ", maxHeader) + "\n---\n"))
	if !errors.Is(err, ErrLimit) {
		t.Errorf("too long a header: error %v", err)
	}
}

// TestLineEndsMeanNothing reads what was copied through Windows, and what
// breaks off in the middle.
func TestLineEndsMeanNothing(t *testing.T) {
	for _, name := range []string{"volumes-text", "drive-text", "show-text", "controller-degraded"} {
		data, err := os.ReadFile("testdata/" + name + "/input")
		if err != nil {
			t.Fatal(err)
		}
		want, _ := Parse(data)
		got, err := Parse(bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")))
		if err != nil || !reflect.DeepEqual(want.Controllers, got.Controllers) || !reflect.DeepEqual(want.Overview, got.Overview) {
			t.Errorf("%s: CRLF makes a difference (%v)", name, err)
		}
		half, _ := Parse(data[:len(data)/2])
		if len(half.Answers) == 0 || half.Answers[0].Status != "Success" {
			t.Errorf("%s: nothing of the first half was read", name)
		}
	}
}

// TestBatteryCode: what a controller prints of its battery beside its own status.
func TestBatteryCode(t *testing.T) {
	for text, want := range map[string]BatteryState{
		"0": BatteryOK, "4096": BatteryOK, "32": BatteryOK, "8": BatteryCharging, "72": BatteryLearning, "1": BatteryMissing,
		"1024": BatteryFailed, "128": BatteryDegraded, "Optimal": BatteryOK, "NA": "", "": "", "4294967296": "",
	} {
		if got := batteryCode(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestPolicyWords: a yes or no lands in its field, a word that is neither stays
// as it is printed, and what no field takes is unknown.
func TestPolicyWords(t *testing.T) {
	r, err := Parse([]byte(`{"Controllers":[{"Command Status":{"Controller":0,"Status":"Success"},"Response Data":{
		"Drive /c0/e1/s2 - Detailed Information":{"Drive /c0/e1/s2 Policies/Settings":{
			"Locked":"Yes","Secured":"Perhaps","PI type":"3","Writesame Unmap Capable for RAID 5/6 VDs":"No","Unmap Capable for RAID 7 VDs":"No"}},
		"Supported PD operations":{"Support Drive Power State Change":"Yes, Supports only Spin-Up","Support Make Failed":"NA"},
		"Capabilities":{"Max Number of VDs":64,"Enable JBOD":"Soon"}}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	c := r.Controllers[0]
	d := c.Drives[0]
	if p := d.Policy; !*p.Locked || p.Secured != nil || *p.ProtectionType != 3 || *p.WriteSameUnmap.RAID5 || p.Unmap != (UnmapSupport{}) {
		t.Errorf("policy %+v", p)
	}
	if want := []Setting{{Group: driveGroup, Name: "Secured", Value: "Perhaps"}}; !slices.Equal(d.Policy.Settings, want) {
		t.Errorf("settings %+v", d.Policy.Settings)
	}
	if len(r.Extra) != 1 {
		t.Errorf("extra %q", r.Extra)
	}
	if a, b := c.Capabilities[0], c.Capabilities[1]; !*a.Supported || a.Remark != "Supports only Spin-Up" || b.Supported != nil || b.Remark != "" {
		t.Errorf("capabilities %+v", c.Capabilities)
	}
	if *c.Limits.Volumes != 64 || c.Limits.JBOD != nil || len(c.Settings) != 1 {
		t.Errorf("limits %+v, settings %+v", c.Limits, c.Settings)
	}
}

// TestManyDrives: drives, volumes and controllers are one each however many they
// are and however often they are told of, and members find their drives.
func TestManyDrives(t *testing.T) {
	const n = 3 * few
	var text strings.Builder
	for ctl := range n {
		fmt.Fprintf(&text, "Controller = %d\nStatus = Success\n\n---\nEID:Slt DID State DG     Size Intf Med\n---\n", ctl)
		for slot := range n {
			fmt.Fprintf(&text, "252:%-2d   %2d Onln   0 1.000 TB SATA HDD\n", slot, slot)
		}
		text.WriteString("---\n\n---\nDG/VD TYPE  State     Size\n---\n")
		for vd := range n {
			fmt.Fprintf(&text, "0/%-2d  RAID0 Optl  1.000 TB\n", vd)
		}
		text.WriteString("---\n\n")
	}
	r := new(Report)
	for range 2 {
		if err := r.Add([]byte(text.String())); err != nil {
			t.Fatal(err)
		}
	}
	if len(r.Controllers) != n {
		t.Fatalf("%d controllers, want %d", len(r.Controllers), n)
	}
	for _, c := range r.Controllers {
		if len(c.Drives) != n || len(c.Volumes) != n {
			t.Fatalf("%d drives and %d volumes, want %d of each", len(c.Drives), len(c.Volumes), n)
		}
		for _, d := range c.Drives {
			if c.DriveOf(Member{Enclosure: d.Enclosure, Slot: d.Slot}) != d {
				t.Errorf("drive %d is another one", *d.DID)
			}
		}
		if c.DriveOf(Member{Enclosure: new(int64(252)), Slot: new(int64(n))}) != nil || c.DriveOf(Member{}) != nil {
			t.Error("a drive where there is none")
		}
	}
	r.Controllers[0].Drives = r.Controllers[0].Drives[:2] // as a caller may
	if err := r.Add([]byte(text.String())); err != nil {
		t.Error(err)
	}
}
