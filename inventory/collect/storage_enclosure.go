// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// A bay is where a drive sits: an enclosure and the slot in it.
type bay struct{ enclosure, slot string }

// readEnclosures reads the shelves and backplanes that the kernel's ses driver
// knows, gives them to their controllers, and notes who sits where.
func (b *blocks) readEnclosures(fsys fs.FS) {
	const class = "sys/class/enclosure"
	b.bays = make(map[string]bay)
	shelves := make(map[string]string) // the first name of each by its logical identifier
	shown := make(map[[2]string]bool)  // by the controller and the name
	entries, _ := fs.ReadDir(fsys, class)
	slices.SortStableFunc(entries, func(x, y fs.DirEntry) int { return compareHCTL(x.Name(), y.Name()) })
	for _, e := range entries {
		dir := path.Join(class, e.Name())
		target, _ := fs.ReadLink(fsys, dir)
		shelf := report.Enclosure{
			ID: "enclosure:" + e.Name(), Address: e.Name(), Slots: atoi(readText(fsys, dir+"/components")),
			Vendor: genuine(readText(fsys, dir+"/device/vendor")), Model: genuine(readText(fsys, dir+"/device/model")),
		}
		logical := wwnDigits(readText(fsys, dir+"/id"))
		first, again := shelves[logical]
		if again { // seen by its other expander
			shelf.ID = first
		} else if logical != "" {
			shelves[logical] = shelf.ID
		}
		b.readSlots(fsys, dir, &shelf)
		address := seatOf(target).pci
		if i, known := b.adapterAt[address]; known && !shown[[2]string{address, shelf.ID}] {
			shown[[2]string{address, shelf.ID}] = true
			b.adapters[i].Enclosures = append(b.adapters[i].Enclosures, shelf)
		}
	}
}

// readSlots notes who sits in the slots of a shelf, and counts them.
func (b *blocks) readSlots(fsys fs.FS, dir string, shelf *report.Enclosure) {
	slots, _ := fs.ReadDir(fsys, dir)
	for _, s := range slots {
		device, err := fs.ReadLink(fsys, path.Join(dir, s.Name(), "device"))
		number := readText(fsys, path.Join(dir, s.Name(), "slot"))
		if err != nil || number == "" {
			continue // empty, or no slot
		}
		shelf.Filled++
		b.bays[path.Base(device)] = bay{shelf.ID, number}
	}
}

// compareHCTL orders SCSI addresses by their numbers.
func compareHCTL(a, b string) int {
	return slices.CompareFunc(strings.Split(a, ":"), strings.Split(b, ":"), func(x, y string) int { return cmp.Compare(atoi(x), atoi(y)) })
}
