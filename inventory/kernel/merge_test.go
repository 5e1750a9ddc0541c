// SPDX-License-Identifier: Apache-2.0

package kernel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/inventory/kernel"
	"github.com/mchus/bee/pci"
)

// Merged with sysfs, what lspci printed has parents, links and numbers, whatever
// lspci was asked for.
func TestMergeOfOneMachine(t *testing.T) {
	kernel, err := kernel.PCI(sysfs(t, string(read(t, "pci/qemu/input"))))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"qemu-3.13.0-vm", "qemu-3.15.0-vmm"} {
		tool, err := pci.Parse(read(t, "../../../pci/testdata/lspci/"+name+"/input"))
		if err != nil {
			t.Fatal(err)
		}
		merged := pci.Merge(tool, kernel)
		if len(merged.Devices) != len(kernel.Devices) {
			t.Fatalf("%s: %d devices, want %d", name, len(merged.Devices), len(kernel.Devices))
		}
		for i, d := range merged.Devices {
			if want := identity(kernel.Devices[i]); identity(d) != want {
				t.Errorf("%s:\n got %s\nwant %s", name, identity(d), want)
			}
			if d.Parent != kernel.Devices[i].Parent || d.Class.Name == "" || d.Vendor.Name == "" && d.Vendor.ID != "1234" {
				t.Errorf("%s: %+v", name, d)
			}
		}
	}
}

// The emulated machine, as QEMU was told to build it: what hangs on what.
func TestMachineAsGiven(t *testing.T) {
	list, err := kernel.PCI(sysfs(t, string(read(t, "pci/qemu/input"))))
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for i := range list.Devices {
		d := &list.Devices[i]
		text := d.Class.ID + " " + d.Vendor.ID + ":" + d.Device.ID
		for _, up := range list.Ancestors(d) {
			text += " < " + up.Address
		}
		got[d.Address] = text
	}
	want := map[string]string{
		"0000:00:00.0": "0600 8086:29c0", // Q35
		"0000:00:01.0": "0300 1234:1111", // -vga std
		"0000:00:02.0": "0604 1b36:000c", // rp1
		"0000:00:03.0": "0604 1b36:000c", // rp2, empty
		"0000:00:04.0": "0604 1b36:000c", // rp3
		"0000:00:05.0": "0604 1b36:000c", // rp4
		"0000:00:06.0": "0604 1b36:000c", // rp5
		"0000:00:07.0": "0600 1b36:000b", // pxb-pcie
		"0000:00:08.0": "0c03 1b36:000d", // qemu-xhci
		"0000:00:1f.0": "0601 8086:2918", // ICH9
		"0000:00:1f.2": "0106 8086:2922",
		"0000:00:1f.3": "0c05 8086:2930",
		"0000:01:00.0": "0108 1b36:0010 < 0000:00:02.0",                               // nvme on rp1
		"0000:03:00.0": "0104 1000:0079 < 0000:00:04.0",                               // megasas-gen2 on rp3
		"0000:04:00.0": "0604 104c:8232 < 0000:00:05.0",                               // the switch on rp4
		"0000:05:00.0": "0604 104c:8233 < 0000:04:00.0 < 0000:00:05.0",                // its ports
		"0000:05:01.0": "0604 104c:8233 < 0000:04:00.0 < 0000:00:05.0",                //
		"0000:06:00.0": "0108 1b36:0010 < 0000:05:00.0 < 0000:04:00.0 < 0000:00:05.0", // nvme on the first
		"0000:07:00.0": "0200 8086:10d3 < 0000:05:01.0 < 0000:04:00.0 < 0000:00:05.0", // e1000e on the second
		"0000:08:00.0": "0108 1b36:0010 < 0000:00:06.0",                               // nvme with SR-IOV on rp5
		"0000:08:00.1": "0108 1b36:0010 < 0000:00:06.0",                               // and its two functions
		"0000:08:00.2": "0108 1b36:0010 < 0000:00:06.0",
		"0000:80:00.0": "0604 1b36:000c", // rp6 on pxb-pcie, bus 128
		"0000:81:00.0": "0108 1b36:0010 < 0000:80:00.0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("machine (-given +read):\n%s", diff)
	}
}
