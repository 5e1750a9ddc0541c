// SPDX-License-Identifier: Apache-2.0

package pci_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"

	"github.com/mchus/bee/pci"
)

// Which driver runs this network card?
func ExampleParse() {
	list, err := pci.Parse([]byte(`Slot:	0000:07:00.0
Class:	Ethernet controller [0200]
Vendor:	Intel Corporation [8086]
Device:	82574L Gigabit Network Connection [10d3]
Driver:	e1000e
Module:	e1000e

`))
	if err != nil {
		fmt.Println(err) // and go on with what could be read
	}
	for _, d := range list.Devices {
		if strings.HasPrefix(d.Class.ID, "02") {
			fmt.Printf("%s %s: %s\n", d.Address, d.Device.Name, d.Driver)
		}
	}
	// Output: 0000:07:00.0 82574L Gigabit Network Connection: e1000e
}

// A line that makes no sense costs only itself.
func ExampleParse_errors() {
	list, err := pci.Parse([]byte("Slot:\t3b:00.0\nRev:\tzz\nDriver:\tnvme\n"))
	fmt.Println(list.Devices[0].Address, list.Devices[0].Driver)
	fmt.Println(err)
	// Output:
	// 0000:3b:00.0 nvme
	// pci: line 2, column 6: invalid syntax: "zz"
}

// What the typed view does not know is in the fields.
func ExampleDevice_fields() {
	list, err := pci.Parse([]byte("Slot:\t3b:00.0\nFutureTag:\tsomething new\n"))
	if err != nil {
		fmt.Println(err)
	}
	for _, f := range list.Devices[0].Fields {
		fmt.Printf("line %d: %s = %s\n", f.Line, f.Key, f.Value)
	}
	// Output:
	// line 1: Slot = 3b:00.0
	// line 2: FutureTag = something new
}

// machine is what sysfs says of a server whose network card, made for 16 lanes,
// sits in a slot of 8 behind a switch. On a real machine it is os.DirFS("/").
var machine = func() fstest.MapFS {
	fsys := make(fstest.MapFS)
	for _, d := range []struct{ path, class, speed, width, maxSpeed, maxWidth string }{
		{"pci0000:3a/0000:3a:00.0", "0x060400", "16.0", "16", "16.0", "16"},
		{"pci0000:3a/0000:3a:00.0/0000:3b:00.0", "0x060400", "16.0", "16", "16.0", "16"},
		{"pci0000:3a/0000:3a:00.0/0000:3b:00.0/0000:3c:00.0", "0x060400", "8.0", "8", "16.0", "8"},
		{"pci0000:3a/0000:3a:00.0/0000:3b:00.0/0000:3c:00.0/0000:3d:00.0", "0x020000", "8.0", "8", "16.0", "16"},
	} {
		dir := "sys/devices/" + d.path + "/"
		for name, text := range map[string]string{
			"class": d.class, "current_link_speed": d.speed + " GT/s PCIe", "current_link_width": d.width,
			"max_link_speed": d.maxSpeed + " GT/s PCIe", "max_link_width": d.maxWidth,
		} {
			fsys[dir+name] = &fstest.MapFile{Data: []byte(text + "\n")}
		}
		link := "sys/bus/pci/devices/" + d.path[strings.LastIndex(d.path, "/")+1:]
		fsys[link] = &fstest.MapFile{Data: []byte("../../../devices/" + d.path), Mode: fs.ModeSymlink}
	}
	return fsys
}()

// Which cards run below their link's maximum?
func ExampleReadSysfs() {
	list, err := pci.ReadSysfs(machine) // os.DirFS("/") on a real machine
	if err != nil {
		fmt.Println(err)
	}
	for _, d := range list.Devices {
		bridge := strings.HasPrefix(d.Class.ID, "0604")
		if !bridge && d.Link.Below(d.MaxLink) {
			fmt.Printf("%s runs at %d MT/s on %d lanes, could do %d on %d\n",
				d.Address, d.Link.SpeedMTs, d.Link.Width, d.MaxLink.SpeedMTs, d.MaxLink.Width)
		}
	}
	// Output: 0000:3d:00.0 runs at 8000 MT/s on 8 lanes, could do 16000 on 16
}

// What is above this device?
func ExampleList_Ancestors() {
	list, err := pci.ReadSysfs(machine)
	if err != nil {
		fmt.Println(err)
	}
	for _, up := range list.Ancestors(list.Lookup("3d:00.0")) {
		fmt.Println(up.Address)
	}
	// Output:
	// 0000:3c:00.0
	// 0000:3b:00.0
	// 0000:3a:00.0
}

// Is this card in a full-width slot? The port above it knows the slot's width.
func ExampleList_Lookup() {
	list, err := pci.ReadSysfs(machine)
	if err != nil {
		fmt.Println(err)
	}
	card := list.Lookup("3d:00.0")
	if port := list.Lookup(card.Parent); port != nil && port.MaxLink.Width < card.MaxLink.Width {
		fmt.Printf("%s has %d lanes, its slot %d\n", card.Address, card.MaxLink.Width, port.MaxLink.Width)
	}
	// Output: 0000:3d:00.0 has 16 lanes, its slot 8
}

// The names of lspci with the links of the kernel.
func ExampleMerge() {
	fromTool, err := pci.Parse([]byte("Slot:\t3d:00.0\nClass:\tEthernet controller\nVendor:\tMellanox Technologies\n"))
	if err != nil {
		fmt.Println(err)
	}
	fromKernel, err := pci.ReadSysfs(machine)
	if err != nil {
		fmt.Println(err)
	}
	d := pci.Merge(fromTool, fromKernel).Lookup("3d:00.0")
	fmt.Printf("%s (class %s): %d lanes\n", d.Vendor.Name, d.Class.ID, d.Link.Width)
	// Output: Mellanox Technologies (class 0200): 8 lanes
}
