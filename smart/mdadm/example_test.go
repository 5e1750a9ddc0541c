// SPDX-License-Identifier: Apache-2.0

package mdadm_test

import (
	"errors"
	"fmt"
	"os"

	"github.com/mchus/bee/smart/mdadm"
)

// Which arrays are not as they should be, and how far is the rebuild?
func ExampleParseDetail() {
	out, _ := os.ReadFile("testdata/detail/rebuilding/input") // mdadm --detail /dev/md5 /dev/md6
	detail, err := mdadm.ParseDetail(out)
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
	// /dev/md6 raid6 resyncing degraded: false
}

// What is missing from an array? Its row has no device.
func ExampleParseDetail_removed() {
	out, _ := os.ReadFile("testdata/detail/degraded/input")
	detail, _ := mdadm.ParseDetail(out)
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
	out, _ := os.ReadFile("testdata/examine/imsm/input") // mdadm --examine /dev/sda
	examine, _ := mdadm.ParseExamine(out)
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
	// Rest 1 optimal UU
	// MADEUP0001 online
	// MADEUP0002:0 failed
	// MADEUP0003 hot_spare
}

// A disk that is no member is told by an error.
func ExampleErrNoSuperblock() {
	out, _ := os.ReadFile("testdata/examine/no-superblock/input")
	_, err := mdadm.ParseExamine(out)
	fmt.Println(errors.Is(err, mdadm.ErrNoSuperblock))
	// Output:
	// true
}

// How are the arrays of a machine?
func ExampleParseMdstat() {
	out, _ := os.ReadFile("testdata/mdstat/mixed/input") // /proc/mdstat
	stat, err := mdadm.ParseMdstat(out)
	if err != nil {
		fmt.Println(err)
	}
	for _, a := range stat.Arrays {
		fmt.Println(a.Name, a.Level, a.State, "degraded:", a.Degraded)
	}
	// Output:
	// md0 raid1 optimal degraded: false
	// md1 raid1 degraded degraded: true
	// md5 raid5 rebuilding degraded: true
	// md6 raid6 resyncing degraded: false
	// md10 raid10 checking degraded: false
	// md20 linear optimal degraded: false
	// md30 raid0 failed degraded: false
	// md31  offline degraded: false
}
