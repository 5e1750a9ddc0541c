// SPDX-License-Identifier: Apache-2.0

package collect

import "github.com/mchus/bee/inventory/report"

import "io/fs"

// collectHost reads what the kernel says of itself.
func collectHost(fsys fs.FS) report.HostInfo {
	info := report.HostInfo{
		Hostname: readText(fsys, "proc/sys/kernel/hostname"),
		Kernel:   readText(fsys, "proc/sys/kernel/osrelease"),
		BootID:   readText(fsys, "proc/sys/kernel/random/boot_id"),
	}
	switch {
	case exists(fsys, "sys/firmware/efi"):
		info.BootMode = "uefi"
	case exists(fsys, sysfsDMI):
		info.BootMode = "bios"
	}
	return info
}
