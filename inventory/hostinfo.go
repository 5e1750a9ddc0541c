// SPDX-License-Identifier: Apache-2.0

package inventory

import "io/fs"

// collectHost reads what the kernel says of itself.
func collectHost(fsys fs.FS) HostInfo {
	info := HostInfo{
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
