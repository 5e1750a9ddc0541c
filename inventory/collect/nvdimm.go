// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

const sysfsND = "sys/bus/nd/devices"

// readPersistent reads what firmware told the kernel of the state of persistent memory
// (Documentation/ABI/testing/sysfs-bus-nfit), and the handles of the modules in SMBIOS.
func readPersistent(fsys fs.FS) []persistentModule {
	entries, _ := fs.ReadDir(fsys, sysfsND)
	var list []persistentModule
	for _, e := range entries {
		dir := path.Join(sysfsND, e.Name(), "nfit")
		if !strings.HasPrefix(e.Name(), "nmem") || !exists(fsys, dir+"/flags") {
			continue
		}
		m := persistentModule{handle: -1}
		m.said.Name = e.Name()
		if id, err := strconv.ParseUint(readText(fsys, dir+"/phys_id"), 0, 16); err == nil {
			m.handle = int(id)
		}
		for flag := range strings.FieldsSeq(readText(fsys, dir+"/flags")) {
			if flag != "smart_notify" { // it would tell if something happened
				m.said.Faults = append(m.said.Faults, flag)
			}
		}
		list = append(list, m)
	}
	return list
}

// A persistentModule is what the kernel knows of one, and where SMBIOS describes it; -1
// for nowhere.
type persistentModule struct {
	said   report.PersistentModule
	handle int
}

// addPersistent names the modules by their places; at are these by the handles of SMBIOS.
func addPersistent(m *report.Memory, list []persistentModule, at map[int]int) {
	for _, p := range list {
		if i, known := at[p.handle]; known {
			p.said.Module = m.Modules[i].ID
		}
		m.Persistent = append(m.Persistent, p.said)
	}
}
