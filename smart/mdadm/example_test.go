// SPDX-License-Identifier: Apache-2.0

package mdadm_test

import (
	"errors"
	"fmt"

	"github.com/mchus/bee/smart/mdadm"
)

// Which arrays are not as they should be, and how far is the rebuild?
func ExampleParseDetail() {
	detail, err := mdadm.ParseDetail([]byte(`/dev/md5:
           Version : 1.2
        Raid Level : raid5
      Raid Devices : 3
     Total Devices : 4

             State : active, degraded, recovering 
    Active Devices : 2
   Working Devices : 4
    Failed Devices : 0
     Spare Devices : 2

    Rebuild Status : 37% complete

    Number   Major   Minor   RaidDevice State
       0       8        1        0      active sync   /dev/sda1
       4       8       17        1      spare rebuilding   /dev/sdb1
       3       8       33        2      active sync writemostly   /dev/sdc1

       5       8       49        -      spare   /dev/sdd1
`)) // mdadm --detail /dev/md5
	if err != nil {
		fmt.Println(err)
	}
	for _, a := range detail.Arrays {
		fmt.Println(a.Device, a.Level, a.State, "degraded:", a.Degraded)
		if a.ProgressPercent != nil {
			fmt.Println(a.Operation, *a.ProgressPercent)
		}
		for _, m := range a.Members {
			if m.State != mdadm.Online {
				fmt.Println(m.Device, m.State)
			}
		}
	}
	// Output:
	// /dev/md5 raid5 rebuilding degraded: true
	// Rebuild 37
	// /dev/sdb1 rebuilding
	// /dev/sdd1 hot_spare
}

// What is missing from an array? Its row has no device.
func ExampleParseDetail_removed() {
	detail, _ := mdadm.ParseDetail([]byte(`/dev/md0:
           Version : 1.2
        Raid Level : raid1
      Raid Devices : 2
     Total Devices : 2

             State : clean, degraded 
    Active Devices : 1
   Working Devices : 1
    Failed Devices : 1
     Spare Devices : 0

    Number   Major   Minor   RaidDevice State
       0       8        1        0      active sync   /dev/sda1
       -       0        0        1      removed

       1       8       17        -      faulty   /dev/sdb1
`))
	for _, a := range detail.Arrays {
		fmt.Println(a.State, "removed:", a.Removed)
		if a.Failed != nil { // a container has no such line
			fmt.Println("failed:", *a.Failed)
		}
		for _, m := range a.Members {
			fmt.Printf("%q %s\n", m.Device, m.State)
		}
	}
	// Output:
	// degraded removed: 1
	// failed: 1
	// "/dev/sda1" online
	// "" missing
	// "/dev/sdb1" failed
}

// Which array does a disk belong to, and how does it remember it?
func ExampleParseExamine() {
	examine, _ := mdadm.ParseExamine([]byte(`/dev/sda:
          Magic : Intel Raid ISM Cfg Sig.
        Version : 1.3.00
          Disks : 3
   RAID Devices : 1

  Disk00 Serial : MADEUP0001
          State : active
             Id : 00000000
    Usable Size : 3907018766 (1863.01 GiB 2000.39 GB)

[Data]:
       Subarray : 0
           UUID : 01234567:89abcdef:01234567:00000126
     RAID Level : 5 <-- 5
        Members : 3 <-- 3
          Slots : [U_U] <-- [U_U]
    Failed disk : 1
     Array Size : 7423339208 (3.46 TiB 3.80 TB)
  Migrate State : rebuild
      Map State : normal <-- degraded

  Disk01 Serial : MADEUP0002:0
          State : active failed
             Id : ffffffff
    Usable Size : 3907018766 (1863.01 GiB 2000.39 GB)

  Disk02 Serial : MADEUP0003
          State : spare
             Id : 00000002
    Usable Size : 3907018766 (1863.01 GiB 2000.39 GB)
`)) // mdadm --examine /dev/sda
	for _, b := range examine.Devices {
		for _, v := range b.Volumes {
			fmt.Println(v.Name, v.Level, v.State, v.Slots)
		}
		for _, d := range b.Disks {
			fmt.Println(d.Serial, d.State)
		}
	}
	// Output:
	// Data 5 rebuilding U_U
	// MADEUP0001 online
	// MADEUP0002:0 failed
	// MADEUP0003 hot_spare
}

// A disk that is no member is told by an error.
func ExampleErrNoSuperblock() {
	_, err := mdadm.ParseExamine([]byte("mdadm: No md superblock detected on /dev/sdb.\n"))
	fmt.Println(errors.Is(err, mdadm.ErrNoSuperblock))
	// Output:
	// true
}

// How are the arrays of a machine?
func ExampleParseMdstat() {
	stat, err := mdadm.ParseMdstat([]byte(`Personalities : [raid1] [raid6] [raid5] [raid4] 
md1 : active raid1 sda1[0] sdb1[2](F)
      976630464 blocks super 1.2 [2/1] [U_]
      bitmap: 2/8 pages [8KB], 65536KB chunk

md5 : active raid5 sde1[0] sdf1[4] sdg1[2] sdh1[5](S)
      7813772288 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/2] [U_U]
      [=======>.............]  recovery = 37.1% (1449454592/3906886144) finish=245.4min speed=166896K/sec
      
md31 : inactive sdy1[1](S)
      35840768 blocks super 1.2

unused devices: <none>
`)) // /proc/mdstat
	if err != nil {
		fmt.Println(err)
	}
	for _, a := range stat.Arrays {
		fmt.Println(a.Name, a.Level, a.State, "degraded:", a.Degraded)
	}
	// Output:
	// md1 raid1 degraded degraded: true
	// md5 raid5 rebuilding degraded: true
	// md31  offline degraded: false
}
