// SPDX-License-Identifier: Apache-2.0

package pci_test

import (
	"strings"
	"testing"

	"github.com/mchus/bee/internal/corpus"
	"github.com/mchus/bee/pci"
)

// TestCorpusLspci parses the real captures. A key is understood when a typed
// view has a value of it; a file in another format of lspci counts as a file,
// must give its one error, and has no keys.
func TestCorpusLspci(t *testing.T) {
	tally := corpus.Tally{Tool: "lspci"}
	known := corpus.ReadKnown(t, "testdata/known.txt")
	for _, folder := range []string{"lspci-vmm", "lspci-other"} {
		for _, f := range corpus.Files(t, folder) {
			tally.Files++
			tally.Safely(t, f.Name, func() {
				list, err := pci.Parse(f.Data)
				tally.Explain(t, known, f.Name, err)
				for i := range list.Devices {
					count(&tally, &list.Devices[i])
				}
				if folder == "lspci-other" && len(list.Devices) > 0 {
					t.Errorf("%s: %d devices in a text that is not lspci -vmm", f.Name, len(list.Devices))
				}
				if got, want := len(list.Devices), slots(f.Data); folder == "lspci-vmm" && got != want {
					t.Errorf("%s: %d devices, want %d", f.Name, got, want)
				}
			})
		}
	}
	tally.Check(t, 99.9)
}

// slots counts the devices of a text the plain way.
func slots(data []byte) int { return strings.Count("\n"+string(data), "\nSlot:") }

// count compares the fields of a device with what its views say.
func count(tally *corpus.Tally, d *pci.Device) {
	modules := 0
	for _, f := range d.Fields {
		if understood(d, f, &modules) {
			tally.Hit(1)
		} else {
			tally.Miss(f.Key + "=" + f.Value)
		}
	}
}

func understood(d *pci.Device, f pci.Field, modules *int) bool {
	switch f.Key {
	case "Slot":
		return d.Address != "" && strings.HasSuffix(d.Address, f.Value)
	case "Class":
		return says(d.Class, f.Value)
	case "Vendor":
		return says(d.Vendor, f.Value)
	case "Device":
		return says(d.Device, f.Value)
	case "SVendor":
		return says(d.SubsystemVendor, f.Value)
	case "SDevice":
		return says(d.SubsystemDevice, f.Value)
	case "PhySlot":
		return d.PhysicalSlot == f.Value
	case "Rev":
		return d.Revision == f.Value
	case "ProgIf":
		return d.ProgIf == f.Value
	case "Driver":
		return d.Driver == f.Value
	case "Module":
		*modules++
		return len(d.Modules) >= *modules && d.Modules[*modules-1] == f.Value
	case "NUMANode":
		return d.NUMANode != nil
	case "IOMMUGroup":
		return d.IOMMUGroup == f.Value
	case "DTNode":
		return d.DeviceTreeNode == f.Value
	}
	return false
}

// says reports whether n is all that lspci printed, in one of its ways.
func says(n pci.Name, text string) bool {
	switch text {
	case n.Name, n.ID, n.Name + " [" + n.ID + "]": // names, -n, -nn
		return true
	case "Vendor " + n.ID, "Device " + n.ID, "Class " + n.ID, "Unknown vendor " + n.ID,
		"Vendor [" + n.ID + "]", "Device [" + n.ID + "]", "Class [" + n.ID + "]", "Unknown vendor [" + n.ID + "]":
		return n.Name == ""
	}
	return false
}
