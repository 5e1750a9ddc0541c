// SPDX-License-Identifier: Apache-2.0

package oracle

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mchus/bee/inventory/kernel"
	"github.com/mchus/bee/pci"
)

// given is the emulated machine of testdata/lab as QEMU was told to build it: the
// class and numbers of each function, its driver, and what is above it.
var given = map[string]string{
	"0000:00:00.0": "0600 8086:29c0",
	"0000:00:01.0": "0300 1234:1111",
	"0000:00:02.0": "0002 1af4:1009 virtio-pci", // two virtio-9p
	"0000:00:03.0": "0002 1af4:1009 virtio-pci",
	"0000:00:04.0": "0604 1b36:000c pcieport", // rp1 to rp4
	"0000:00:05.0": "0604 1b36:000c pcieport",
	"0000:00:06.0": "0604 1b36:000c pcieport",
	"0000:00:07.0": "0604 1b36:000c pcieport",
	"0000:00:08.0": "0100 1000:0012 sym53c8xx",  // lsi53c895a
	"0000:00:09.0": "0100 1af4:1004 virtio-pci", // virtio-scsi-pci
	"0000:00:0a.0": "0100 1af4:1001 virtio-pci", // virtio-blk-pci
	"0000:00:0b.0": "0c03 1b36:000d xhci_hcd",   // qemu-xhci
	"0000:00:0c.0": "0200 1af4:1000 virtio-pci", // virtio-net-pci
	"0000:00:1f.0": "0601 8086:2918",            // ICH9
	"0000:00:1f.2": "0106 8086:2922 ahci",
	"0000:00:1f.3": "0c05 8086:2930 i801_smbus",
	"0000:01:00.0": "0108 1b36:0010 nvme < 0000:00:04.0",                                 // nv0 on rp1
	"0000:02:00.0": "0108 1b36:0010 nvme < 0000:00:05.0",                                 // nv1 on rp2
	"0000:03:00.0": "0104 1000:0079 megaraid_sas < 0000:00:06.0",                         // megasas-gen2 on rp3
	"0000:04:00.0": "0604 104c:8232 pcieport < 0000:00:07.0",                             // x3130-upstream on rp4
	"0000:05:00.0": "0604 104c:8233 pcieport < 0000:04:00.0 < 0000:00:07.0",              // xio3130-downstream
	"0000:05:01.0": "0604 104c:8233 pcieport < 0000:04:00.0 < 0000:00:07.0",              //
	"0000:06:00.0": "0108 1b36:0010 nvme < 0000:05:00.0 < 0000:04:00.0 < 0000:00:07.0",   // nv2 on dn1
	"0000:07:00.0": "0200 8086:10d3 e1000e < 0000:05:01.0 < 0000:04:00.0 < 0000:00:07.0", // e1000e on dn2
}

var suites = []string{"bullseye", "bookworm", "bookworm-backports", "trixie", "sid"}

func capture(t *testing.T, name ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/lab", filepath.Join(name...)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func parse(t *testing.T, suite, name string) *pci.List {
	t.Helper()
	list, err := pci.Parse(capture(t, suite, name))
	if err != nil {
		t.Errorf("%s: %v", suite, err)
	}
	return list
}

// TestLabAsGiven: every function, class, driver and parent chain, for each
// generation of lspci. lspci -vmm prints no parents: they come from the buses in
// lspci -vvv, through the files that the kernel would have for them.
func TestLabAsGiven(t *testing.T) {
	for _, suite := range suites {
		list := pci.Merge(parse(t, suite, "lspci-vmmnnk.txt"), readBuses(t, capture(t, "buses.txt")))
		got := make(map[string]string)
		for i := range list.Devices {
			d := &list.Devices[i]
			text := strings.TrimSpace(fmt.Sprintf("%s %s:%s %s", d.Class.ID, d.Vendor.ID, d.Device.ID, d.Driver))
			for _, up := range list.Ancestors(d) {
				text += " < " + up.Address
			}
			got[d.Address] = text
		}
		for _, address := range slices.Sorted(maps.Keys(given)) {
			if got[address] != given[address] {
				t.Errorf("%s: %s is %q, given %q", suite, address, got[address], given[address])
			}
		}
		if len(list.Devices) != len(given) {
			t.Errorf("%s: %d functions, given %d", suite, len(list.Devices), len(given))
		}
	}
}

var (
	header = regexp.MustCompile(`^([0-9a-f:.]+) .*\[([0-9a-f]{4})\]: .*\[([0-9a-f]{4}):([0-9a-f]{4})\]`)
	buses  = regexp.MustCompile(`\tBus: primary=[0-9a-f]+, secondary=([0-9a-f]+)`)
)

// readBuses reads the devices and bridges in lspci -vvv as sysfs has them.
func readBuses(t *testing.T, verbose []byte) *pci.List {
	t.Helper()
	fsys := make(fstest.MapFS)
	dir := ""
	for line := range strings.Lines(string(verbose)) {
		if b := buses.FindStringSubmatch(line); b != nil {
			var secondary int
			fmt.Sscanf(b[1], "%x", &secondary)
			fsys[dir+"secondary_bus_number"] = &fstest.MapFile{Data: fmt.Appendln(nil, secondary)}
			continue
		}
		h := header.FindStringSubmatch(line)
		if h == nil {
			t.Fatalf("buses.txt: %q", line)
		}
		dir = "sys/bus/pci/devices/" + h[1] + "/"
		fsys[dir+"class"] = &fstest.MapFile{Data: []byte("0x" + h[2] + "00\n")}
		fsys[dir+"vendor"] = &fstest.MapFile{Data: []byte("0x" + h[3] + "\n")}
		fsys[dir+"device"] = &fstest.MapFile{Data: []byte("0x" + h[4] + "\n")}
	}
	list, err := kernel.PCI(fsys)
	if err != nil {
		t.Error(err)
	}
	return list
}

// TestLabGenerations: the same machine is the same to all of them, but for what
// 3.7 does not print.
func TestLabGenerations(t *testing.T) {
	newest := parse(t, "sid", "lspci-vmmnnk.txt")
	for _, suite := range suites {
		numbered, named := parse(t, suite, "lspci-vmmnnk.txt"), parse(t, suite, "lspci-vmm.txt")
		if len(numbered.Devices) != len(newest.Devices) || len(named.Devices) != len(newest.Devices) {
			t.Fatalf("%s: %d and %d devices, want %d", suite, len(numbered.Devices), len(named.Devices), len(newest.Devices))
		}
		for i, want := range newest.Devices {
			got, name := numbered.Devices[i], named.Devices[i]
			if suite == "bullseye" {
				if strings.HasPrefix(want.Class.ID, "0604") {
					want.SubsystemVendor, want.SubsystemDevice = pci.Name{}, pci.Name{}
				}
				if want.ProgIf == "00" {
					want.ProgIf = ""
				}
			}
			if g, w := summary(got), summary(want); g != w {
				t.Errorf("%s:\n got %s\nwant %s", suite, g, w)
			}
			// Without -nn the names are the same, and the numbers of the
			// nameless are there.
			for j, pair := range [][2]pci.Name{
				{name.Class, got.Class},
				{name.Vendor, got.Vendor},
				{name.Device, got.Device},
				{name.SubsystemVendor, got.SubsystemVendor},
				{name.SubsystemDevice, got.SubsystemDevice},
			} {
				if pair[0].Name != pair[1].Name || pair[0].ID != "" && pair[0].ID != pair[1].ID || pair[0].Name == "" && pair[0].ID != pair[1].ID {
					t.Errorf("%s: %s name %d: -vmm %q, -vmmnn %q", suite, got.Address, j, pair[0], pair[1])
				}
			}
		}
	}
}

// summary is what the generations must agree on.
func summary(d pci.Device) string {
	return fmt.Sprintf("%s %q %q %q %q %q rev=%s if=%s slot=%s driver=%s", d.Address, d.Class, d.Vendor, d.Device,
		d.SubsystemVendor, d.SubsystemDevice, d.Revision, d.ProgIf, d.PhysicalSlot, d.Driver)
}
