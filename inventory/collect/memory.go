// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"context"
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/host"

	"github.com/mchus/bee/inventory/report"
)

// Memory reads the memory slots from dmidecode, and the total from
// /proc/meminfo where dmidecode is silent.
func Memory(ctx context.Context, h host.Host) (*report.Memory, error) {
	a := askerOf(h)
	table, err := readDMI(ctx, a)
	var m report.Memory
	var handles map[int]int
	if table != nil {
		var viewErr error
		handles, viewErr = memoryFromDMI(&m, table)
		err = errors.Join(err, viewErr)
	}
	dropSharedSerial(m.Modules)
	if m.TotalBytes == 0 {
		if m.TotalBytes = readMemTotal(a.FS()); m.TotalBytes != 0 {
			m.Sources = append(m.Sources, sourceProcfs)
		}
	}
	if isZero(m) {
		return nil, err
	}
	assignIDs("dimm", m.Modules,
		func(d *report.MemoryModule) []string { return []string{d.Serial, d.Slot, d.Bank + " " + d.Slot} },
		func(d *report.MemoryModule, id string) { d.ID = id })
	counters, edacErr := look(a, "/"+sysfsEDAC, readEDAC)
	addCounters(&m, counters)
	persistent, persistentErr := look(a, "/"+sysfsND, readPersistent)
	addPersistent(&m, persistent, handles)
	err = errors.Join(err, edacErr, persistentErr)
	return &m, err
}

// dropSharedSerial drops a serial number that all modules have: it is none.
// Firmware of machines with soldered memory fills in the part number or a
// constant.
func dropSharedSerial(modules []report.MemoryModule) {
	serial, n := "", 0
	for _, m := range modules {
		if !m.Present {
			continue
		}
		if n++; n == 1 {
			serial = m.Serial
		}
		if m.Serial != serial {
			return
		}
	}
	for i := range modules {
		if n > 1 && modules[i].Present {
			modules[i].Serial = ""
		}
	}
}

// readMemTotal reads how much memory the kernel can use, which is less than
// what the modules hold.
func readMemTotal(fsys fs.FS) uint64 { return readMemInfo(fsys, "proc/meminfo", "MemTotal:") }

// readMemInfo reads a line of such a file, in bytes.
func readMemInfo(fsys fs.FS, name, key string) uint64 {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if _, rest, ok := strings.Cut(line, key); ok { // of a node, "Node 0" stands before it
			kib, _ := strconv.ParseUint(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 54)
			return kib << 10
		}
	}
	return 0
}
