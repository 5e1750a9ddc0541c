// SPDX-License-Identifier: Apache-2.0

package dmsetup

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The sign ‸ in an input marks where the error is; the test removes it.
func TestErrorsHavePlaces(t *testing.T) {
	const ok = "a: 0 8 linear \n"
	tests := []struct {
		name, in string
		err      error
	}{
		{"nothing", "‸", ErrFormat},
		{"another tool", "‸Personalities : [raid1] \nmd0:\n", ErrFormat},
		{"names alone", "‸a:\nb:\n", ErrFormat},
		{"no right to", "‸/dev/mapper/control: open failed: Permission denied\nCommand failed.\n", ErrTool},
		{"no such device", "‸Device does not exist.\nCommand failed.\n", ErrTool},
		{"a device that went away", ok + "‸Device does not exist.\nb: 0 8 linear \n", ErrTool},
		{"length", ok + "‸b: 0 x linear \n", ErrSyntax},
		{"length out of range", "a: 0 ‸18446744073709551616 linear \n", ErrSyntax},
		{"count of devices", "a: 0 8 raid raid1 ‸two AA 8/8 idle 0 0 -\n", ErrSyntax},
		{"ratio", "a: 0 8 raid raid1 2 AA ‸8 idle 0 0 -\n", ErrSyntax},
		{"mismatches", "a: 0 8 raid raid1 2 AA 8/8 idle ‸- 0 -\n", ErrSyntax},
		{"half of a RAID", "a: 0 8 raid raid1 2 AA‸\n", ErrSyntax},
		{"too many mirrors", "a: 0 8 mirror 9 8:0 8:1 1/1 1 AA 1 core‸\n", ErrSyntax},
		{"half of a mirror", "a: 0 8 mirror 2 8:0 8:1‸\n", ErrSyntax},
		{"paths", "a: 0 8 multipath 2 0 0 0 1 1 A 0 ‸9 0 8:0 A 0\n", ErrSyntax},
		{"arguments of a path", "a: 0 8 multipath 2 0 0 0 1 1 A 0 1 99999999999 8:0 A 0 1‸\n", ErrSyntax},
		{"state of a path", "a: 0 8 multipath 2 0 0 0 1 1 A 0 1 0 8:0 ‸X 0\n", ErrSyntax},
		{"half of a cache", "a: 0 8 cache 8 1/2 128 ‸rw -\n", ErrSyntax},
		{"the same device again", ok + "b: 0 8 linear \n‸a: 0 8 linear \nc: 0 8 linear \n", ErrSyntax},
		{"the same segment again", ok + "‸a: 0 8 linear \n", ErrSyntax},
		{"none, and one", "No devices found\n‸a: 0 8 linear \n", ErrSyntax},
		{"one, and none", ok + "‸No devices found\n", ErrSyntax},
		{"no table, twice", ok + "b:\n‸b:\n", ErrSyntax},
		{"cut off", ok + "‸b: 0 8 lin", ErrTruncated},
		{"many lines", ok + strings.Repeat("a\n", 10239) + "‸a\n" + strings.Repeat("a\n", 1<<14-10241), ErrLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			_, err := Parse([]byte(before + after))
			if !errors.Is(err, tt.err) {
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

// TestNames: a name ends where a segment follows. dmsetup writes a blank in it as
// \x20 only if it is told to.
func TestNames(t *testing.T) {
	status, err := Parse([]byte("a\\x20b: 0 8 zero \na b: 0 8 zero \na:b: 0 8 zero \na: b: 0 8 zero \nempty: \nno: table: \ntwo: 0 8 zero \ntwo: 8 16 error \n0: 0 8 zero \n"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range status.Devices {
		got = append(got, fmt.Sprint(d.Name, " ", len(d.Segments)))
	}
	if diff := cmp.Diff([]string{`a\x20b 1`, "a b 1", "a:b 1", "a: b 1", "empty 0", "no: table 0", "two 2", "0 1"}, got); diff != "" {
		t.Errorf("names mismatch (-want +got):\n%s", diff)
	}
}

// TestOneDevice: of a device that was asked for alone, the name is not printed. Two
// such answers are two devices.
func TestOneDevice(t *testing.T) {
	status, err := Parse([]byte("0 8 zero \n8 16 error \n0 8 linear \n"))
	if err != nil || len(status.Devices) != 2 || len(status.Devices[0].Segments) != 2 || status.Devices[1].Name != "" {
		t.Errorf("%v, %+v", err, status.Devices)
	}
}

// TestVerbose: with -v the name of a device stands above its lines.
func TestVerbose(t *testing.T) {
	const head = "Name:              %s\nState:             ACTIVE\nRead Ahead:        256\nMajor, minor:      254, 44\nNumber of targets: 1\n\n"
	status, err := Parse([]byte(fmt.Sprintf(head, "a: b") + "0 8 zero \n8 16 error \n\n" + fmt.Sprintf(head, "c") + "0 8 zero \n"))
	if err != nil || len(status.Devices) != 2 || status.Devices[0].Name != "a: b" || len(status.Devices[0].Segments) != 2 || status.Devices[1].Name != "c" {
		t.Errorf("%v, %+v", err, status)
	}
}

// TestRAIDStates: what letters and action come to.
func TestRAIDStates(t *testing.T) {
	tests := []struct {
		params string
		state  VolumeState
		done   string
	}{
		{"raid1 2 AA 8/8 idle 0 0 -", VolumeOptimal, ""},
		{"raid1 2 AA 8/8", VolumeOptimal, ""},
		{"raid0 2 AA 8/8 idle 0 0 -", VolumeOptimal, ""},
		{"raid0 2 AD 8/8 idle 0 0 -", VolumeFailed, ""},
		{"raid1 2 AD 8/8 idle 0 0 -", VolumeDegraded, ""},
		{"raid1 2 A- 8/8 idle 0 0 -", VolumeDegraded, ""},
		{"raid1 3 ADA 8/8 idle 0 0 -", VolumePartiallyDegraded, ""},
		{"raid1 2 DD 8/8 idle 0 0 -", VolumeFailed, ""},
		{"raid1 2 Aa 2/8 recover 0 0 -", VolumeRebuilding, "25"},
		{"raid1 2 Aa 2/8", VolumeRebuilding, "25"},
		{"raid1 2 Aa 8/8 recover 0 0 -", VolumeRebuilding, ""}, // before it begins
		{"raid1 2 Aa 8/8 idle 0 0 -", VolumeDegraded, ""},
		{"raid1 2 Aa 2/8 frozen 0 0 -", VolumeDegraded, ""},
		{"raid1 2 aa 2/8 resync 0 0 -", VolumeResyncing, "25"},
		{"raid1 2 aa 2/8", VolumeResyncing, "25"},
		{"raid1 2 aa 0/8 idle 0 0 -", VolumeResyncing, ""},
		{"raid1 2 aa 2/8 frozen 0 0 -", VolumeDegraded, ""},
		{"raid1 2 aD 2/8 resync 0 0 -", VolumeDegraded, "25"},
		{"raid4 3 AAD 8/8 idle 0 0 -", VolumeDegraded, ""},
		{"raid5_ls 3 ADD 8/8 idle 0 0 -", VolumeFailed, ""},
		{"raid5_ls 3 AaD 2/8 recover 0 0 -", VolumeFailed, "25"},
		{"raid6_zr 5 AAAAD 8/8 idle 0 0 -", VolumePartiallyDegraded, ""},
		{"raid6_zr 5 AAADD 8/8 idle 0 0 -", VolumeDegraded, ""},
		{"raid6_zr 5 AADDD 8/8 idle 0 0 -", VolumeFailed, ""},
		{"raid6_zr 5 AAAaD 2/8 recover 0 0 -", VolumeDegraded, "25"},
		{"raid6_zr 5 aaaaD 2/8 resync 0 0 -", VolumePartiallyDegraded, "25"},
		{"raid10 4 ADAA 8/8 idle 0 0 -", VolumeDegraded, ""},
		{"raid10 4 ADDA 8/8 idle 0 0 -", VolumeDegraded, ""},
		{"raid10 2 DD 8/8 idle 0 0 -", VolumeFailed, ""},
		{"raid6_zr 5 AAAAA 2/8 check 0 0 -", VolumeChecking, "25"},
		{"raid6_zr 5 AAAAA 2/8 repair 3 0 -", VolumeChecking, "25"},
		{"raid5_ls 4 aaaa 2/8 reshape 0 0 -", VolumeReshaping, "25"},
		{"raid5_ls 3 AAA 8/8 idle 0 0 D", VolumeDegraded, ""},
		{"raid5_ls 3 AAA 8/8 idle 0 0 a", VolumeOptimal, ""},
		{"raid5_ls 2 AAA 8/8 idle 0 0 -", VolumeOptimal, ""}, // a leg is being taken away
		{"raid5_ls 4 AAA 8/8 idle 0 0 -", "", ""},
		{"raid5_ls 3 AxA 8/8 idle 0 0 -", "", ""},
	}
	for _, tt := range tests {
		status, err := Parse([]byte("a: 0 8 raid " + tt.params + "\n"))
		if err != nil {
			t.Errorf("%s: %v", tt.params, err)
			continue
		}
		r, done := status.Devices[0].Segments[0].RAID, ""
		if r.ProgressPercent != nil {
			done = fmt.Sprint(*r.ProgressPercent)
		}
		if r.State != tt.state || done != tt.done {
			t.Errorf("%s is %q, %q %%, want %q, %q", tt.params, r.State, done, tt.state, tt.done)
		}
	}
}

func TestMirrorStates(t *testing.T) {
	for params, want := range map[string]VolumeState{
		"2 8:0 8:1 8/8 1 AA 1 core":            VolumeOptimal,
		"2 8:0 8:1 2/8 1 AA 1 core":            VolumeResyncing,
		"2 8:0 8:1 2/8 1 AD 1 core":            VolumeDegraded,
		"2 8:0 8:1 8/8 1 RA 1 core":            VolumeDegraded,
		"3 8:0 8:1 8:2 8/8 1 AAF 1 core":       VolumePartiallyDegraded,
		"2 8:0 8:1 8/8 1 SD 1 core":            VolumeFailed,
		"2 8:0 8:1 8/8 1 AA 3 disk 8:2 A":      VolumeOptimal,
		"2 8:0 8:1 8/8 1 AA 3 disk 8:2 D":      VolumeDegraded,
		"2 8:0 8:1 8/8 1 AX 1 core":            "",
		"2 8:0 8:1 8/8 1 A 1 core":             "",
		"2 8:0 8:1 8/8":                        "",
		"2 8:0 8:1 8/8 1 AA 1 core more words": VolumeOptimal,
	} {
		status, err := Parse([]byte("a: 0 8 mirror " + params + "\n"))
		if err != nil {
			t.Errorf("%s: %v", params, err)
		} else if got := status.Devices[0].Segments[0].Mirror.State; got != want {
			t.Errorf("%s is %q, want %q", params, got, want)
		}
	}
}

func TestCacheStates(t *testing.T) {
	const use = "8 27/2048 128 0/128 0 30 0 0 0 0 0 "
	for params, want := range map[string]VolumeState{
		use + "2 metadata2 writeback 2 migration_threshold 2048 smq 0 rw -":                       VolumeOptimal,
		use + "1 writethrough 2 migration_threshold 2048 smq 0 ro needs_check":                    VolumeFailed,
		use + "1 writethrough 2 migration_threshold 2048 smq 0 ro -":                              VolumeFailed,
		use + "0 2 migration_threshold 2048 mq 4 random_threshold 4 discard_promote_adjustment 1": "", // before 3.19
		"Fail":  VolumeFailed,
		"Error": VolumeFailed,
	} {
		status, err := Parse([]byte("a: 0 8 cache " + params + "\n"))
		if err != nil {
			t.Errorf("%s: %v", params, err)
		} else if got := status.Devices[0].Segments[0].Cache.State; got != want {
			t.Errorf("%s is %q, want %q", params, got, want)
		}
	}
}

func TestMultipathStates(t *testing.T) {
	for params, want := range map[string]VolumeState{
		"2 0 0 0 1 1 A 0 2 0 8:0 A 0 8:16 A 0": VolumeOptimal,
		"2 0 0 0 1 1 A 0 2 0 8:0 A 0 8:16 F 3": VolumePartiallyDegraded,
		"2 0 0 0 1 1 E 0 2 0 8:0 F 1 8:16 F 3": VolumeOffline,
		"2 0 0 0 0 0":                          "",
	} {
		status, err := Parse([]byte("a: 0 8 multipath " + params + "\n"))
		if err != nil {
			t.Errorf("%s: %v", params, err)
		} else if got := status.Devices[0].Segments[0].Multipath.State; got != want {
			t.Errorf("%s is %q, want %q", params, got, want)
		}
	}
}

func TestThinPoolStates(t *testing.T) {
	for params, want := range map[string]VolumeState{
		"1 112/1024 0/256 - rw discard_passdown queue_if_no_space - 256 ": VolumeOptimal,
		"1 112/1024 0/256 - rw no_discard_passdown":                       VolumeOptimal, // Linux 3.6
		"1 112/1024 0/256 17": "", // before it
		"0 219/2048 256/256 - out_of_data_space discard_passdown error_if_no_space - 512 ": "",
		"0 214/2048 0/256 - ro no_discard_passdown queue_if_no_space - 512 ":               "",
		"0 214/2048 0/256 - ro discard_passdown queue_if_no_space needs_check 512 ":        VolumeFailed,
		"Fail":  VolumeFailed,
		"Error": VolumeFailed,
	} {
		status, err := Parse([]byte("a: 0 8 thin-pool " + params + "\n"))
		if err != nil {
			t.Errorf("%s: %v", params, err)
		} else if got := status.Devices[0].Segments[0].ThinPool.State; got != want {
			t.Errorf("%s is %q, want %q", params, got, want)
		}
	}
}

// TestOneBadTarget: what a target says in another form is kept, and the segment
// with it.
func TestOneBadTarget(t *testing.T) {
	status, err := Parse([]byte("a: 0 8 raid some new words\na: 8 8 linear \nb: 0 8 zero \n"))
	if list, ok := errors.AsType[Errors](err); !ok || len(list) != 1 {
		t.Fatalf("errors %v", err)
	}
	if d := status.Devices; len(d) != 2 || len(d[0].Segments) != 2 || d[0].Segments[0].RAID != nil || d[0].Segments[0].Params != "some new words" {
		t.Errorf("%+v", status.Devices)
	}
}

// TestErrorsAreFew checks that a flood of defects gives a short list.
func TestErrorsAreFew(t *testing.T) {
	_, err := Parse([]byte("a: 0 8 zero \n" + strings.Repeat("a: 0 x y\n", 5000)))
	list := err.(Errors)
	if len(list) != maxErrors+1 || !errors.Is(list[maxErrors], ErrLimit) {
		t.Errorf("%d errors, the last is %v", len(list), list[len(list)-1])
	}
}
