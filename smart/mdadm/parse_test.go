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
		{"done", "md0 : active raid1 sda[0]\n  [>..]  recovery = 1% ‸(x/2) finish=1min\n", mdstat, ErrSyntax},
		{"finish", "md0 : active raid1 sda[0]\n  [>..]  recovery = 1% (1/2) ‸finish=-1min\n", mdstat, ErrSyntax},
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
		{"1024 (1024.00 KiB 1048.58 KB)", sector, 1024 * 1024},
		{"1024 (0.00 PiB)", sector, 1024 * 512},
		{"1024 (unknown)", kib, 1024 * 1024},
		{"2147483648 (1.00 TiB 1.10 TB)", kib, 2147483648 * 512},
	}
	for _, tt := range tests {
		p := new(parser)
		if got := p.size(tt.text, tt.def); got != tt.want || len(p.errs) > 0 {
			t.Errorf("size of %q is %d, want %d (%v)", tt.text, got, tt.want, p.errs)
		}
	}
}

// TestChunks checks the units of chunks.
func TestChunks(t *testing.T) {
	for text, want := range map[string]uint64{
		"512K": 512 << 10, "64 KiB": 64 << 10, "512k": 512 << 10, "2M": 2 << 20, "1G": 1 << 30, "4096": 4096,
	} {
		p := new(parser)
		if got := p.chunk(text); got != want || len(p.errs) > 0 {
			t.Errorf("chunk of %q is %d, want %d (%v)", text, got, want, p.errs)
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
		{"clean, recovering", VolumeResyncing, false}, // a replacement of one that works
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

// TestDDFStates checks the words of DDF's arrays and drives.
func TestDDFStates(t *testing.T) {
	for text, want := range map[string]VolumeState{
		"Optimal, Consistent": VolumeOptimal, "Degraded": VolumeDegraded, "Part Optimal": VolumePartiallyDegraded, "Failed": VolumeFailed,
		"Deleted": VolumeFailed, "Missing": VolumeMissing, "Offline": VolumeOffline, "Singing": "",
	} {
		e, _ := ParseExamine([]byte("/dev/sda:\n state[0] : " + text + "\n"))
		v := e.Devices[0].Volumes[0]
		if degraded := want != VolumeOptimal && want != VolumeOffline && want != ""; v.State != want || v.Degraded != degraded {
			t.Errorf("%q is %q, degraded %v, want %q", text, v.State, v.Degraded, want)
		}
	}
	for text, want := range map[string]State{
		"active/Online": Online, "Global-Spare/Online": "", "active/Offline": Online, "Offline": Offline, "journal/Online": Online, "active/Missing": Missing, "odd": "",
	} {
		if got := diskState(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// TestMdstatStates checks what the kernel's letters and words mean together, by
// how many members each level can do without.
func TestMdstatStates(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want VolumeState
	}{
		{"raid1 sda[0] sdb[1]\n 8 blocks [2/2] [UU]\n", VolumeOptimal},
		{"raid1 sda[0]\n 8 blocks [2/1] [U_]\n", VolumeDegraded},
		{"raid1 sda[0]\n 8 blocks [3/2] [UU_]\n", VolumePartiallyDegraded},
		{"raid1\n 8 blocks [2/0] [__]\n", VolumeFailed},
		{"raid5 sda[0]\n 8 blocks level 5 [3/2] [U_U]\n", VolumeDegraded},
		{"raid4 sda[0]\n 8 blocks level 4 [3/1] [U__]\n", VolumeFailed},
		{"raid6 sda[0]\n 8 blocks level 6 [4/3] [UUU_]\n", VolumePartiallyDegraded},
		{"raid6 sda[0]\n 8 blocks level 6 [4/2] [UU__]\n", VolumeDegraded},
		{"raid10 sda[0]\n 8 blocks 512K chunks 2 near-copies [4/2] [U_U_]\n", VolumeDegraded},
		{"raid10 sda[0]\n 8 blocks 512K chunks 2 near-copies [4/2] [UU__]\n", VolumeFailed},
		{"raid10 sda[0]\n 8 blocks 512K chunks 2 far-copies [4/2] [UU__]\n", VolumeDegraded},
		{"raid0 sda[0]\n 8 blocks [2/1] [U_]\n", VolumeDegraded},
		{"raid5 sda[0]\n 8 blocks level 5 [3/2]\n", VolumeDegraded}, // without its letters
		{"raid5 sda[0]\n 8 blocks level 5 [3/3] [UUU]\n reshape = 1.0% (1/8)\n", VolumeReshaping},
		{"raid5 sda[0]\n 8 blocks level 5 [3/2] [UU_]\n reshape = 1.0% (1/8)\n", VolumeDegraded},
		{"raid1 sda[0] sdb[1]\n 8 blocks [2/2] [UU]\n repair = 1.0% (1/8)\n", VolumeChecking},
		{"raid1 sda[0] sdb[2]\n 8 blocks [2/1] [U_]\n resync=DELAYED\n", VolumeRebuilding}, // a recovery that waits
		{"raid1 sda[0] sdb[1]\n 8 blocks [2/1] [U_]\n resync=PENDING\n", VolumeDegraded},
	} {
		s, err := ParseMdstat([]byte("md0 : active " + tt.in))
		if err != nil || s.Arrays[0].State != tt.want {
			t.Errorf("%q is %q, want %q (%v)", tt.in, s.Arrays[0].State, tt.want, err)
		}
	}
}

// TestMdstatMarks checks marks of members, of which there may be several.
func TestMdstatMarks(t *testing.T) {
	s, err := ParseMdstat([]byte("read_ahead 1024 sectors\nmd0 : active raid1 sda[0](W)(J) sdb[2](W)(R) sdc[1](W)(F)\n      8 blocks [2/2] [UU]\n      odd = 1\n"))
	if err != nil || s.ReadAhead != "1024 sectors" || len(s.Extra) != 1 {
		t.Fatalf("%v, %+v", err, s)
	}
	for i, want := range []MDMember{{"sda", 0, "WJ", Online}, {"sdb", 2, "WR", Rebuilding}, {"sdc", 1, "WF", Failed}} {
		if got := s.Arrays[0].Members[i]; got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

// TestUnknownLines: what no value takes is kept.
func TestUnknownLines(t *testing.T) {
	const text = "/dev/sda:\n  UUID : 0:0:0:1\n  Odd : 1\n  odd words\n  Disk0x Serial : 1\n  odd[0] : 2\n[V]:\n  Odd : 3\n  Disk00 Serial : 4\n  Odd : 5\n"
	e, err := ParseExamine([]byte("before\n" + text))
	if err != nil || len(e.Extra) != 6 || len(e.Preamble) != 1 {
		t.Errorf("%v, extra %+v, preamble %q", err, e.Extra, e.Preamble)
	}
	d, err := ParseDetail([]byte(text))
	if err != nil || len(d.Extra) != 8 {
		t.Errorf("%v, extra %+v", err, d.Extra)
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
	if len(list) != maxErrors+1 || !errors.Is(list[maxErrors], ErrLimit) || !strings.HasSuffix(err.Error(), "(and 256 more)") {
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

// TestMdstatOfALog: with a log's words before each line there is no array, of
// whatever name.
func TestMdstatOfALog(t *testing.T) {
	for _, log := range []string{"Nov 27 08:15:04 host cat[12]: ", "+", "2:"} {
		stat, err := ParseMdstat([]byte(log + "Personalities : [raid1]\n" + log + "md0 : active raid1 sdb1[1] sda1[0]\n" + log + "unused devices: <none>\n"))
		if len(stat.Arrays) > 0 || !errors.Is(err, ErrFormat) {
			t.Errorf("%q: %v, %+v", log, err, stat.Arrays)
		}
	}
}
