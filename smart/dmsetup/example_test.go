// SPDX-License-Identifier: Apache-2.0

package dmsetup_test

import (
	"errors"
	"fmt"

	"github.com/mchus/bee/smart/dmsetup"
)

// Which of LVM's RAIDs are not as they should be, and which of their legs?
func Example() {
	status, err := dmsetup.Parse([]byte(`vg-home: 0 65536 raid raid5_ls 3 AaA 4112/32768 recover 0 0 -
vg-home_rimage_0: 0 32768 linear 
vg-home_rimage_1: 0 32768 linear 
vg-home_rimage_2: 0 32768 linear 
vg-root: 0 49152 raid raid1 2 AA 49152/49152 idle 0 0 -
vg-var: 0 49152 raid raid1 2 AD 49152/49152 idle 0 0 -
`)) // dmsetup status --noflush
	if err != nil {
		fmt.Println(err)
	}
	for _, d := range status.Devices {
		for _, s := range d.Segments {
			if s.RAID == nil || s.RAID.State == dmsetup.VolumeOptimal {
				continue
			}
			fmt.Println(d.Name, "RAID", s.RAID.Level, s.RAID.State)
			for i, m := range s.RAID.Members {
				if m != dmsetup.Online {
					fmt.Println("  leg", i, m)
				}
			}
			if p := s.RAID.ProgressPercent; p != nil {
				fmt.Printf("  %.1f %% done\n", *p)
			}
		}
	}
	// Output:
	// vg-home RAID 5 rebuilding
	//   leg 1 rebuilding
	//   12.5 % done
	// vg-var RAID 1 degraded
	//   leg 1 failed
}

// Which paths does multipath not use?
func ExampleParse_multipath() {
	status, _ := dmsetup.Parse([]byte("mpatha: 0 327680 multipath 2 1 0 0 2 1 E 0 1 0 8:128 A 0 E 0 1 2 8:144 F 1 0 1 \n"))
	for _, d := range status.Devices {
		for _, s := range d.Segments {
			if s.Multipath == nil {
				continue
			}
			for _, g := range s.Multipath.Groups {
				for _, p := range g.Paths {
					if p.Failed {
						fmt.Println(d.Name, p.Device, "failed", p.FailCount)
					}
				}
			}
		}
	}
	// Output:
	// mpatha 8:144 failed 1
}

// Has a cache to be repaired?
func ExampleParse_cache() {
	status, _ := dmsetup.Parse([]byte("vg-slow: 0 32768 cache Fail\n"))
	for _, d := range status.Devices {
		for _, s := range d.Segments {
			if s.Cache != nil {
				fmt.Println(d.Name, s.Cache.State, s.Cache.NeedsCheck, s.Cache.Failure)
			}
		}
	}
	// Output:
	// vg-slow failed false Fail
}

// Who may not open the device-mapper learns nothing of it.
func ExampleErrTool() {
	_, err := dmsetup.Parse([]byte("/dev/mapper/control: open failed: Permission denied\nFailure to communicate with kernel device-mapper driver.\nCommand failed.\n"))
	fmt.Println(errors.Is(err, dmsetup.ErrTool))
	// Output:
	// true
}
