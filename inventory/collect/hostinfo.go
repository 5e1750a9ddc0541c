// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"io/fs"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// collectHost reads what the kernel says of itself.
func collectHost(fsys fs.FS) report.HostInfo {
	info := report.HostInfo{
		Hostname: readText(fsys, "proc/sys/kernel/hostname"),
		Kernel:   readText(fsys, "proc/sys/kernel/osrelease"),
		BootID:   readText(fsys, "proc/sys/kernel/random/boot_id"),
		Root:     isRoot(readText(fsys, "proc/self/status")),
	}
	switch {
	case exists(fsys, "sys/firmware/efi"):
		info.BootMode = "uefi"
	case exists(fsys, sysfsDMI):
		info.BootMode = "bios"
	}
	return info
}

// isRoot tells from the text of /proc/self/status (proc_pid_status(5)) whether
// the audit has the rights of root; nil if it does not say.
func isRoot(status string) *bool {
	for line := range strings.Lines(status) {
		if ids, ok := strings.CutPrefix(line, "Uid:"); ok {
			if fields := strings.Fields(ids); len(fields) == 4 {
				return new(fields[1] == "0") // the effective one
			}
		}
	}
	return nil
}

// askRoot is the advice where something is denied.
const askRoot = ": run the audit as root"

// spareRoot takes the advice back where the audit was run as root.
func spareRoot(r *report.Report) {
	if r.Host.Root == nil || !*r.Host.Root {
		return
	}
	spare := func(text *string) {
		*text = strings.Replace(*text, askRoot, ", even to root", 1)
	}
	for i := range r.Diagnostics {
		spare(&r.Diagnostics[i].Message)
	}
	for i := range r.Collectors {
		for j := range r.Collectors[i].Sources {
			spare(&r.Collectors[i].Sources[j].Why)
		}
	}
	if r.Storage == nil {
		return
	}
	for i := range r.Storage.Drives {
		spare(&r.Storage.Drives[i].Unread)
	}
}
