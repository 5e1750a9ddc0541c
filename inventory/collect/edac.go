// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

const sysfsEDAC = "sys/devices/system/edac/mc"

// readEDAC reads the memory errors that the kernel counted (Documentation/ABI/
// testing/sysfs-devices-edac): by module where the driver tells them apart, else by
// row and channel, or by controller.
func readEDAC(fsys fs.FS) []report.MemoryCounter {
	controllers, _ := fs.ReadDir(fsys, sysfsEDAC)
	var list []report.MemoryCounter
	for _, mc := range controllers {
		if !strings.HasPrefix(mc.Name(), "mc") {
			continue
		}
		dir := path.Join(sysfsEDAC, mc.Name())
		entries, _ := fs.ReadDir(fsys, dir)
		found := false
		for _, e := range entries {
			if !strings.HasPrefix(e.Name(), "dimm") && !strings.HasPrefix(e.Name(), "rank") {
				continue
			}
			at := path.Join(dir, e.Name())
			label := cmp.Or(readText(fsys, at+"/dimm_label"), mc.Name()+" "+e.Name())
			if c, ok := readCounter(fsys, label, at+"/dimm_ce_count", at+"/dimm_ue_count"); ok {
				list, found = append(list, c), true
			}
		}
		if !found {
			rows := readRows(fsys, mc.Name(), entries)
			list, found = append(list, rows...), rows != nil
		}
		names := [2]string{"ce_count", "ue_count"}
		if found { // what the driver could not assign to a module
			names = [2]string{"ce_noinfo_count", "ue_noinfo_count"}
		}
		if c, ok := readCounter(fsys, mc.Name(), path.Join(dir, names[0]), path.Join(dir, names[1])); ok && (!found || c.Corrected+c.Uncorrected > 0) {
			list = append(list, c)
		}
	}
	return list
}

// readRows reads the counters of a driver that knows rows of chip selects and
// their channels, and no modules: corrected errors by channel, whose label may be
// a slot's name, and uncorrected ones by row.
func readRows(fsys fs.FS, controller string, entries []fs.DirEntry) []report.MemoryCounter {
	var list []report.MemoryCounter
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "csrow") {
			continue
		}
		row := path.Join(sysfsEDAC, controller, e.Name())
		files, _ := fs.ReadDir(fsys, row)
		corrected := "ce_count"
		for _, f := range files {
			channel, ok := strings.CutSuffix(f.Name(), "_ce_count")
			if !ok || !strings.HasPrefix(channel, "ch") {
				continue
			}
			label := cmp.Or(readText(fsys, path.Join(row, channel+"_dimm_label")), controller+" "+e.Name()+" "+channel)
			if c, ok := readCounter(fsys, label, path.Join(row, f.Name()), ""); ok {
				list, corrected = append(list, c), ""
			}
		}
		c, ok := readCounter(fsys, controller+" "+e.Name(), path.Join(row, corrected), path.Join(row, "ue_count"))
		if ok && (corrected != "" || c.Uncorrected > 0) {
			list = append(list, c)
		}
	}
	return list
}

// readCounter reads two files; ok is false where neither is a number.
func readCounter(fsys fs.FS, label, corrected, uncorrected string) (c report.MemoryCounter, ok bool) {
	c.Label = label
	var ceErr, ueErr error
	c.Corrected, ceErr = strconv.ParseInt(readText(fsys, corrected), 10, 64)
	c.Uncorrected, ueErr = strconv.ParseInt(readText(fsys, uncorrected), 10, 64)
	return c, ceErr == nil || ueErr == nil
}

// addCounters gives the counters to the modules whose slots they name. A label
// that is not a slot's name, or that several slots have, stays with the memory.
func addCounters(m *report.Memory, counters []report.MemoryCounter) {
	bySlot := make(map[string]*report.MemoryModule) // nil for a name that several have
	for i := range m.Modules {
		d := &m.Modules[i]
		if !d.Present || d.Slot == "" {
			continue
		}
		slot := strings.ToLower(d.Slot)
		if _, again := bySlot[slot]; again {
			d = nil
		}
		bySlot[slot] = d
	}
	for i := range counters {
		c := &counters[i]
		d := bySlot[strings.ToLower(c.Label)]
		if d == nil {
			continue
		}
		c.Module = d.ID
		if d.ECC == nil {
			d.ECC = new(report.MemoryECC)
		}
		d.ECC.Corrected, d.ECC.Uncorrected = d.ECC.Corrected+c.Corrected, d.ECC.Uncorrected+c.Uncorrected
	}
	m.Counters = counters
}
