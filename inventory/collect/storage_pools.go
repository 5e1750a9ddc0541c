// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"io/fs"
	"path"

	"github.com/mchus/bee/inventory/report"
)

// readPools adds the pools of file systems that keep copies of their own, and
// of which the kernel tells whether they are whole: ZFS, and btrfs on several
// devices. They are no block devices.
func (b *blocks) readPools(fsys fs.FS) {
	const zfs, btrfs = "proc/spl/kstat/zfs", "sys/fs/btrfs"
	pools, _ := fs.ReadDir(fsys, zfs)
	for _, e := range pools {
		word := readText(fsys, path.Join(zfs, e.Name(), "state")) // zfs_pool_state_to_name
		if word == "" {
			continue // a file of statistics, or a module that does not tell
		}
		v := report.Volume{Name: e.Name(), Kind: "zpool", State: poolStates[word], StateText: word, Sources: []string{sourceProcfs}}
		if v.State == "" {
			v.Unread = unknownState(v.State, v.StateText)
		}
		b.volumes = append(b.volumes, v)
	}
	systems, _ := fs.ReadDir(fsys, btrfs)
	for _, e := range systems {
		devices, _ := fs.ReadDir(fsys, path.Join(btrfs, e.Name(), "devinfo"))
		if len(devices) < 2 {
			continue
		}
		v := report.Volume{Name: cmp.Or(readText(fsys, path.Join(btrfs, e.Name(), "label")), e.Name()), Kind: "btrfs", State: "optimal", Sources: []string{sourceSysfs}}
		for _, d := range devices {
			if readText(fsys, path.Join(btrfs, e.Name(), "devinfo", d.Name(), "missing")) == "1" {
				v.Missing++
				v.State = "degraded"
			}
		}
		b.volumes = append(b.volumes, v)
	}
}

// poolStates are ZFS's words for the state of a pool, which is that of its root.
var poolStates = map[string]string{
	"ONLINE": "optimal", "DEGRADED": "degraded", "FAULTED": "failed", "SUSPENDED": "offline", "UNAVAIL": "offline", "REMOVED": "offline", "OFFLINE": "offline",
}
