// SPDX-License-Identifier: Apache-2.0

package kernel_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"

	"github.com/mchus/bee/inventory/kernel"
	"github.com/mchus/bee/pci"
)

// machine is what sysfs says of a server whose network card, made for 16 lanes,
// sits in a slot of 8 behind a switch. On a real machine it is os.DirFS("/").
var machine = func() fstest.MapFS {
	const functions = `path class current_link_speed current_link_width max_link_speed max_link_width
pci0000:3a/0000:3a:00.0                                        0x060400 16.0 16 16.0 16
pci0000:3a/0000:3a:00.0/0000:3b:00.0                           0x060400 16.0 16 16.0 16
pci0000:3a/0000:3a:00.0/0000:3b:00.0/0000:3c:00.0              0x060400  8.0  8 16.0  8
pci0000:3a/0000:3a:00.0/0000:3b:00.0/0000:3c:00.0/0000:3d:00.0 0x020000  8.0  8 16.0 16
`
	fsys := make(fstest.MapFS)
	var names []string
	for line := range strings.Lines(functions) {
		values := strings.Fields(line)
		if names == nil {
			names = values
			continue
		}
		dir, address := "sys/devices/"+values[0], values[0][strings.LastIndex(values[0], "/")+1:]
		for i, name := range names[1:] {
			text := values[i+1]
			if strings.HasSuffix(name, "speed") {
				text += " GT/s PCIe"
			}
			fsys[dir+"/"+name] = &fstest.MapFile{Data: []byte(text + "\n")}
		}
		fsys["sys/bus/pci/devices/"+address] = &fstest.MapFile{Data: []byte("../../../devices/" + values[0]), Mode: fs.ModeSymlink}
	}
	return fsys
}()

// Which cards run below their link's maximum?
func ExamplePCI() {
	list, err := kernel.PCI(machine) // os.DirFS("/") on a real machine
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
func ExamplePCI_ancestors() {
	list, err := kernel.PCI(machine)
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
func ExamplePCI_slot() {
	list, err := kernel.PCI(machine)
	if err != nil {
		fmt.Println(err)
	}
	card := list.Lookup("3d:00.0")
	if card == nil {
		return // there is no such device
	}
	if port := list.Lookup(card.Parent); port != nil && port.MaxLink.Width < card.MaxLink.Width {
		fmt.Printf("%s has %d lanes, its slot %d\n", card.Address, card.MaxLink.Width, port.MaxLink.Width)
	}
	// Output: 0000:3d:00.0 has 16 lanes, its slot 8
}

// The names of lspci with the links of the kernel.
func ExamplePCI_merge() {
	fromTool, err := pci.Parse([]byte("Slot:\t3d:00.0\nClass:\tEthernet controller\nVendor:\tMellanox Technologies\n"))
	if err != nil {
		fmt.Println(err)
	}
	fromKernel, err := kernel.PCI(machine)
	if err != nil {
		fmt.Println(err)
	}
	if d := pci.Merge(fromTool, fromKernel).Lookup("3d:00.0"); d != nil {
		fmt.Printf("%s (class %s): %d lanes\n", d.Vendor.Name, d.Class.ID, d.Link.Width)
	}
	// Output: Mellanox Technologies (class 0200): 8 lanes
}
