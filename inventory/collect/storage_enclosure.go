// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"io/fs"
	"path"

	"github.com/mchus/bee/inventory/report"
)

// A bay is where a drive sits: an enclosure and the slot in it.
type bay struct{ enclosure, slot string }

// readEnclosures reads the shelves and backplanes that the kernel's ses driver
// knows, gives them to their controllers, and notes who sits where.
func (b *blocks) readEnclosures(fsys fs.FS) {
	const class = "sys/class/enclosure"
	b.bays = make(map[string]bay)
	entries, _ := fs.ReadDir(fsys, class)
	for _, e := range entries {
		dir := path.Join(class, e.Name())
		target, _ := fs.ReadLink(fsys, dir)
		shelf := report.Enclosure{
			ID: "enclosure:" + e.Name(), Address: e.Name(), Slots: atoi(readText(fsys, dir+"/components")),
			Vendor: genuine(readText(fsys, dir+"/device/vendor")), Model: genuine(readText(fsys, dir+"/device/model")),
		}
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
		for i := range b.adapters {
			if c := &b.adapters[i]; c.PCIAddress == seatOf(target).pci {
				c.Enclosures = append(c.Enclosures, shelf)
			}
		}
	}
}
