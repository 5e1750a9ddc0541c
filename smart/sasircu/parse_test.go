// SPDX-License-Identifier: Apache-2.0

package sasircu

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
	tests := []struct {
		name, in string
		err      error
	}{
		{"nothing", "‸", ErrFormat},
		{"another tool", "‸Smart Array P410 in Slot 1\n", ErrFormat},
		{"no controller", "SAS3 IR Configuration Utility.\n\nSAS3IRCU: ‸MPTLib2 Error 1\n", ErrNoController},
		{"no such controller", "SAS3IRCU: ‸Cannot find specified adapter\n", ErrTool},
		{"bus", "Controller information\n  Bus   : ‸five\n", ErrSyntax},
		{"size of a volume", "IR volume 1\n  Size (in MB)  : ‸big\n", ErrSyntax},
		{"huge size of a volume", "IR volume 1\n  Size (in MB)  : ‸9007199254740993\n", ErrLimit},
		{"member", "IR volume 1\n  PHY[0] Enclosure#/Slot#  : ‸1;0\n", ErrSyntax},
		{"size of a drive", "Device is a Hard disk\n  Size (in MB)/(in sectors) : ‸476940\n", ErrSyntax},
		{"count out of range", "Controller information\n  Maximum physical devices  : ‸4294967296\n", ErrLimit},
		{"index", "Read configuration has been initiated for controller ‸x\n", ErrSyntax},
		{"row", " -----  ----\n  ‸0  SAS3008  1000h  xx  00h:83h:00h:00h  15d9h  0808h\n", ErrSyntax},
		{"an address of three parts", " -----  ----\n  ‸0  SAS3008  1000h  97h  00h:83h:00h  15d9h  0808h\n", ErrSyntax},
		{"an address of words", " -----  ----\n  ‸0  SAS3008  1000h  97h  00h:xxh:00h:00h  15d9h  0808h\n", ErrSyntax},
		{"huge size in MB", "Device is a Hard disk\n  Size (in MB)/(in sectors) : ‸99999999999999/0\n", nil},
		{"many lines", strings.Repeat("a\n", 10240) + "‸a\n" + strings.Repeat("a\n", 1<<14-10241), ErrLimit},
		{"arcconf's", "‸Controllers found: 1\nController information\n  Bus : 5\n", ErrFormat},
		{"progress", "IR Volume 1\n  Percentage complete : ‸104%\n", ErrSyntax},
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

// TestStates checks what each word of the guides means.
func TestStates(t *testing.T) {
	drives := map[string]State{
		"Online (ONL)": Online, "Optimal (OPT)": Online, "Hot Spare (HSP)": HotSpare,
		"Ready (RDY)": Unconfigured, "Available (AVL)": Unconfigured, "Failed (FLD)": Failed,
		"Missing (MIS)": Missing, "Rebuilding (RBLD)": Rebuilding, "Out of Sync (OSY)": Rebuilding,
		"Degraded (DGD)": "", "Standby (SBY)": "", "New (NEW)": "", "": "",
	}
	for text, want := range drives {
		doc, _ := Parse([]byte("Device is a Hard disk\n State : " + text + "\n"))
		if d := doc.Drives[0]; d.State != want || d.StateText != text {
			t.Errorf("%q is %q, kept as %q, want %q", text, d.State, d.StateText, want)
		}
	}
	volumes := map[string]VolumeState{
		"Okay (OKY)": VolumeOptimal, "Inactive, Okay (OKY)": VolumeOptimal, "Online (ONL)": VolumeOptimal,
		"Degraded (DGD)": VolumeDegraded, "Failed (FLD)": VolumeFailed, "Missing (MIS)": VolumeMissing,
		"Initializing (INIT)": VolumeInitializing, "Rebuilding (RBLD)": VolumeRebuilding, "New (NEW)": "",
	}
	for text, want := range volumes {
		doc, _ := Parse([]byte("IR volume 1\n Status of volume : " + text + "\n"))
		if v := doc.Volumes[0]; v.State != want || v.StateText != text || v.Inactive != strings.HasPrefix(text, "Inactive") {
			t.Errorf("%q is %+v, want %q", text, v, want)
		}
	}
	operations := map[string]VolumeState{
		"Optimal": VolumeOptimal, "Inactive, Optimal": VolumeOptimal, "Inactive Degraded": VolumeDegraded,
		"Degraded": VolumeDegraded, "Failed": VolumeFailed, "Missing": VolumeMissing, "Rebuilding": VolumeRebuilding, "Odd": "",
	}
	for text, want := range operations {
		doc, _ := Parse([]byte("IR Volume 1\n Volume state : " + text + "\n"))
		if op := doc.Operations[0]; op.State != want || op.StateText != text {
			t.Errorf("%q is %+v, want %q", text, op, want)
		}
	}
}

// TestNAA checks the name of a volume with a pair seen on one machine.
func TestNAA(t *testing.T) {
	doc, _ := Parse([]byte("IR volume 1\n  Volume wwid : 0825CBE1673b777f\n"))
	if got, want := doc.Volumes[0].NAA, "600508e0000000007f773b67e1cb2508"; got != want {
		t.Errorf("NAA = %s, want %s", got, want)
	}
	for _, text := range []string{"0825cbe1673b777", "0825cbe1673b77zz", "0000000000000000", "N/A"} {
		doc, _ := Parse([]byte("IR volume 1\n  Volume wwid : " + text + "\n"))
		if got := doc.Volumes[0].NAA; got != "" {
			t.Errorf("NAA of %q = %s", text, got)
		}
	}
}

// TestDriveSize checks both sector sizes, and the size without sectors.
func TestDriveSize(t *testing.T) {
	tests := map[string]uint64{
		"476940/976773167":    976773168 * 512,
		"11445472/2930040831": 2930040832 * 4096,
		"476940/0":            476940 << 20,
		"N/A":                 0,
	}
	for text, want := range tests {
		doc, err := Parse([]byte("Device is a Hard disk\n Size (in MB)/(in sectors) : " + text + "\n"))
		if got := doc.Drives[0].SizeBytes; err != nil || got != want {
			t.Errorf("%s is %d bytes, want %d (%v)", text, got, want, err)
		}
	}
}

// TestPCIAddress checks that DISPLAY's numbers are decimal, LIST's
// hexadecimal, and that no address is made of a part of it.
func TestPCIAddress(t *testing.T) {
	doc, _ := Parse([]byte("Controller information\n Segment : 1\n Bus : 131\n Device : 2\n Function : 1\n"))
	if got := doc.Controller.PCIAddress; got != "0001:83:02.1" {
		t.Errorf("DISPLAY: %s", got)
	}
	doc, _ = Parse([]byte("Controller information\n Segment : 1\n Bus : 131\n"))
	if got := doc.Controller.PCIAddress; got != "" {
		t.Errorf("two parts of an address are %s", got)
	}
	doc, _ = Parse([]byte(" -----  ----\n 0 SAS3008 1000h 97h 01h:83h:02h:01h 15d9h 0808h\n"))
	if got := doc.Adapters[0].PCIAddress; got != "0001:83:02.1" {
		t.Errorf("LIST: %s", got)
	}
}

// TestErrorsAreFew checks that a flood of defects gives a short list.
func TestErrorsAreFew(t *testing.T) {
	_, err := Parse([]byte(strings.Repeat("Controller information\n Bus : x\n", 5000)))
	list := err.(Errors)
	if len(list) != maxErrors+1 || !errors.Is(list[maxErrors], ErrLimit) {
		t.Errorf("%d errors, the last is %v", len(list), list[len(list)-1])
	}
}

// TestRecordsAreCapped checks that records cannot fill the memory.
func TestRecordsAreCapped(t *testing.T) {
	doc, err := Parse([]byte(strings.Repeat("Device is a Hard disk\n", 1<<16)))
	list, _ := err.(Errors)
	if len(list) != 1 || !errors.Is(list[0], ErrLimit) || len(doc.Drives) > maxRecords+1 {
		t.Errorf("%d records, errors %v", len(doc.Drives), messages(err))
	}
}

// TestTwoControllers: what two controllers say does not mix.
func TestTwoControllers(t *testing.T) {
	data, err := os.ReadFile("testdata/display-degraded/input")
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

// TestProtectionInformation: what newer versions say of it, and placeholders.
func TestProtectionInformation(t *testing.T) {
	doc, err := Parse([]byte("Controller information\n  PI Supported : Yes\n  PI Mixing : Not Supported\n  Maximum physical devices : N/A\n  Slot : N/A\n" +
		"  Bus : 300\n  Device : 0\n  Function : 0\nIR volume 1\n  Size (in MB) : N/A\nDevice is a Hard disk\n  PI Supported : No\n"))
	if err != nil || len(doc.Extra) > 0 {
		t.Fatalf("%v, extra %+v", err, doc.Extra)
	}
	c := doc.Controller
	if !*c.PISupported || c.MaxDevices != 0 || c.Slot != nil || c.PCIAddress != "" || doc.Volumes[0].SizeBytes != 0 || *doc.Drives[0].PISupported {
		t.Errorf("%+v, %+v, %+v", c, doc.Volumes[0], doc.Drives[0])
	}
}

// TestUnknownLines: what no value takes is kept, in each kind of record.
func TestUnknownLines(t *testing.T) {
	for _, head := range []string{
		"Controller information", "IR volume 1", "Device is a Hard disk", "Enclosure information\n  Enclosure# : 1", "IR Volume 1",
		"IR Volume information", "Device is a unknown device",
	} {
		doc, err := Parse([]byte("Controller information\n  Controller type : SAS3008\n" + head + "\n  Odd : 1\n  PHY[0 Enclosure#/Slot# : 1:0\n  odd words\n"))
		if err != nil || len(doc.Extra) != 3 {
			t.Errorf("%s: %v, extra %+v", head, err, doc.Extra)
		}
	}
}

// TestTwoRuns: the answers of two controllers in one text are not put together.
func TestTwoRuns(t *testing.T) {
	const title = "Avago Technologies SAS3 IR Configuration Utility.\nVersion 16.00.00.00 (2017.04.26)\nCopyright (c) 2009-2017 Avago Technologies. All rights reserved.\n\n"
	const status = "Background command progress status for controller %d...\nIR Volume 1\n  Volume ID                               : 32%d\n"
	doc, err := Parse([]byte(title + fmt.Sprintf(status, 0, 2) + title + fmt.Sprintf(status, 1, 3)))
	if !errors.Is(err, ErrSyntax) || doc.Index == nil || *doc.Index != 0 || len(doc.Operations) != 1 {
		t.Errorf("%v, %+v", err, doc)
	}
}
