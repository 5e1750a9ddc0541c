// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// The sign ‸ in an input marks where the error is; the test removes it.
func TestErrorsHavePlaces(t *testing.T) {
	detail := func(b []byte) error { _, err := ParseDetail(b); return err }
	examine := func(b []byte) error { _, err := ParseExamine(b); return err }
	mdstat := func(b []byte) error { _, err := ParseMdstat(b); return err }
	tests := []struct {
		name, in string
		parse    func([]byte) error
		err      error
	}{
		{"nothing", "‸", detail, ErrFormat},
		{"nothing to examine", "\n‸", examine, ErrFormat},
		{"empty mdstat", "‸", mdstat, ErrFormat},
		{"another tool", "‸Smart Array P410 in Slot 1\n", detail, ErrFormat},
		{"another file", "‸MemTotal:  1 kB\n", mdstat, ErrFormat},
		{"no array", "‸mdadm: cannot open /dev/md9: No such file or directory\n", detail, ErrTool},
		{"no superblock", "‸mdadm: No md superblock detected on /dev/sdb.\n", examine, ErrNoSuperblock},
		{"count", "/dev/md0:\n  Raid Devices : ‸two\n", detail, ErrSyntax},
		{"size", "/dev/md0:\n  Array Size : ‸big (1.00 GiB 1.07 GB)\n", detail, nil},
		{"huge size", "/dev/md0:\n  Array Size : ‸18446744073709551615\n", detail, ErrLimit},
		{"progress", "/dev/md0:\n  Rebuild Status : ‸104% complete\n", detail, ErrSyntax},
		{"chunk", "/dev/md0:\n  Chunk Size : ‸large\n", detail, ErrSyntax},
		{"row", "/dev/md0:\n  Number Major Minor RaidDevice State\n   ‸x 8 1 0 active sync /dev/sda\n", detail, ErrSyntax},
		{"old row", "/dev/sda:\n  Number Major Minor RaidDevice State\nthis  ‸\n", examine, nil},
		{"disk of DDF", "/dev/sda:\n  Number RefNo Size Device Type/State\n   ‸0 33552859 much active/Online\n", examine, ErrSyntax},
		{"member", "md0 : active raid1 ‸sda[x]\n", mdstat, ErrSyntax},
		{"second level", "md0 : active raid1 ‸raid5 sda[0]\n", mdstat, ErrSyntax},
		{"blocks", "md0 : active raid1 sda[0]\n ‸x blocks [2/2]\n", mdstat, ErrSyntax},
		{"percent", "md0 : active raid1 sda[0]\n  [>..]  recovery = ‸x% (1/2)\n", mdstat, ErrSyntax},
		{"speed", "md0 : active raid1 sda[0]\n  [>..]  recovery = 1% (1/2) finish=1min ‸speed=fast\n", mdstat, ErrSyntax},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			err := tt.parse([]byte(before + after))
			if tt.err != nil && !errors.Is(err, tt.err) || err == nil {
				t.Fatalf("error = %v, want %v", err, tt.err)
			}
			list := err.(Errors)
			if len(list) != 1 {
				t.Fatalf("one defect gives %d errors: %v", len(list), messages(err))
			}
			if tt.err == nil || errors.Is(tt.err, ErrFormat) {
				return // the text is a word of the value, or there is none
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

// TestSizes checks the units that mdadm prints or leaves out.
func TestSizes(t *testing.T) {
	tests := []struct {
		text string
		def  uint64
		want uint64
	}{
		{"101376 (99.00 MiB 103.81 MB)", kib, 101376 * 1024},
		{"202752 sectors (99.00 MiB 103.81 MB)", kib, 202752 * 512},
		{"101376 KiB (99.00 MiB 103.81 MB)", sector, 101376 * 1024},
		{"7813772288 (7451.79 GiB 8001.30 GB)", sector, 7813772288 * 1024},
		{"7813772288 (3725.90 GiB 4000.65 GB)", kib, 7813772288 * 512},
		{"1024", kib, 1024 * 1024},
		{"1024", sector, 1024 * 512},
		{"0", sector, 0},
	}
	for _, tt := range tests {
		p := parser{line: new(Line)}
		if got := p.size(tt.text, tt.def); got != tt.want || len(p.errs) > 0 {
			t.Errorf("size of %q is %d, want %d (%v)", tt.text, got, tt.want, p.errs)
		}
	}
}

// TestArrayStates checks what the words of --detail mean together.
func TestArrayStates(t *testing.T) {
	tests := []struct {
		text     string
		want     VolumeState
		degraded bool
	}{
		{"clean", VolumeOptimal, false},
		{"active", VolumeOptimal, false},
		{"clean, degraded", VolumeDegraded, true},
		{"clean, degraded, recovering", VolumeRebuilding, true},
		{"clean, recovering", VolumeRebuilding, false},
		{"clean, resyncing (DELAYED)", VolumeResyncing, false},
		{"active, resyncing", VolumeResyncing, false},
		{"clean, checking", VolumeChecking, false},
		{"clean, degraded, checking", VolumeDegraded, true},
		{"clean, reshaping", VolumeReshaping, false},
		{"active, FAILED, Not Started", VolumeFailed, true},
		{"broken", VolumeFailed, false},
		{"inactive", VolumeOffline, false},
		{"active, degraded, Not Started", VolumeOffline, true},
		{"singing", "", false},
		{"", "", false},
	}
	for _, tt := range tests {
		d, _ := ParseDetail([]byte("/dev/md0:\n State : " + tt.text + " \n"))
		if a := d.Arrays[0]; a.State != tt.want || a.Degraded != tt.degraded || a.StateText != tt.text {
			t.Errorf("%q is %q, degraded %v, want %q, %v", tt.text, a.State, a.Degraded, tt.want, tt.degraded)
		}
	}
}

// TestMemberStates checks the words of a row.
func TestMemberStates(t *testing.T) {
	tests := []struct {
		text  string
		want  State
		flags []string
	}{
		{"active sync", Online, nil},
		{"active sync set-A", Online, []string{"set-A"}},
		{"active sync failfast", Online, []string{"failfast"}},
		{"spare", HotSpare, nil},
		{"writemostly failfast spare rebuilding", Rebuilding, []string{"writemostly", "failfast"}},
		{"faulty", Failed, nil},
		{"faulty spare", Failed, nil},
		{"removed", Missing, nil},
		{"faulty removed", Missing, nil},
		{"journal", Online, nil},
		{"singing", "", []string{"singing"}},
		{"", "", nil},
	}
	for _, tt := range tests {
		if got, flags := memberState(tt.text); got != tt.want || !slices.Equal(flags, tt.flags) {
			t.Errorf("%q is %q %q, want %q %q", tt.text, got, flags, tt.want, tt.flags)
		}
	}
}

// TestIMSMStates checks that what holds during a migration is what was.
func TestIMSMStates(t *testing.T) {
	tests := []struct {
		state, migration string
		want             VolumeState
		degraded         bool
	}{
		{"normal", "idle", VolumeOptimal, false},
		{"degraded", "idle", VolumeDegraded, true},
		{"failed", "idle", VolumeFailed, true},
		{"uninitialized", "idle", VolumeInitializing, false},
		{"normal <-- degraded", "rebuild", VolumeRebuilding, true},
		{"normal <-- uninitialized", "initialize", VolumeInitializing, false},
		{"normal <-- normal", "repair", VolumeChecking, false},
		{"normal <-- normal", "general migration", VolumeReshaping, false},
		{"odd", "idle", "", false},
	}
	for _, tt := range tests {
		e, _ := ParseExamine([]byte("/dev/sda:\n[V]:\n Migrate State : " + tt.migration + "\n Map State : " + tt.state + "\n"))
		if v := e.Devices[0].Volumes[0]; v.State != tt.want || v.Degraded != tt.degraded {
			t.Errorf("%q, %q is %q, degraded %v", tt.state, tt.migration, v.State, v.Degraded)
		}
	}
}

// TestMdstatRebuilding checks that a member is said to be rebuilt only where
// the numbers leave no doubt.
func TestMdstatRebuilding(t *testing.T) {
	tests := []struct {
		name, in string
		want     []State
	}{
		{"one late, one missing", "md0 : active raid1 sda[0] sdb[2]\n 8 blocks [2/1] [U_]\n recovery = 1.0% (1/8)\n", []State{Online, Rebuilding}},
		{"two late, one missing", "md0 : active raid5 sda[0] sdb[4] sdc[3]\n 8 blocks [3/2] [U_U]\n recovery = 1.0% (1/8)\n", []State{Online, "", ""}},
		{"a spare does not count", "md0 : active raid1 sda[0] sdb[2] sdc[3](S)\n 8 blocks [2/1] [U_]\n recovery = 1.0% (1/8)\n", []State{Online, Rebuilding, HotSpare}},
		{"whole", "md0 : active raid1 sda[2] sdb[1]\n 8 blocks [2/2] [UU]\n check = 1.0% (1/8)\n", []State{Online, Online}},
		{"inactive", "md0 : inactive sda[0](S)\n 8 blocks super 1.2\n", []State{""}},
	}
	for _, tt := range tests {
		s, err := ParseMdstat([]byte(tt.in))
		if err != nil {
			t.Fatal(tt.name, err)
		}
		for i, m := range s.Arrays[0].Members {
			if m.State != tt.want[i] {
				t.Errorf("%s: %s is %q, want %q", tt.name, m.Name, m.State, tt.want[i])
			}
		}
	}
}

// TestErrorsAreFew checks that a flood of defects gives a short list.
func TestErrorsAreFew(t *testing.T) {
	_, err := ParseDetail([]byte("/dev/md0:\n" + strings.Repeat(" Raid Devices : x\n", 5000)))
	list := err.(Errors)
	if len(list) != maxErrors+1 || !errors.Is(list[maxErrors], ErrLimit) {
		t.Errorf("%d errors, the last is %v", len(list), list[len(list)-1])
	}
}

// TestDDFVolumesStayFew checks that numbers in the text allocate nothing.
func TestDDFVolumesStayFew(t *testing.T) {
	e, _ := ParseExamine([]byte("/dev/sda:\n state[65535] : Optimal\n state[3] : Failed\n state[1000000] : Failed\n"))
	if got := len(e.Devices[0].Volumes); got != 1 || len(e.Extra) != 2 {
		t.Errorf("%d volumes, %d lines left", got, len(e.Extra))
	}
}

// TestRecordsAreCapped checks that records cannot fill the memory.
func TestRecordsAreCapped(t *testing.T) {
	d, err := ParseDetail([]byte(strings.Repeat("/dev/md0:\n", 1<<16)))
	list, _ := err.(Errors)
	if len(list) != 1 || !errors.Is(list[0], ErrLimit) || len(d.Arrays) > maxRecords+1 {
		t.Errorf("%d records, errors %v", len(d.Arrays), messages(err))
	}
}
