// SPDX-License-Identifier: Apache-2.0

package names_test

import (
	"fmt"

	"github.com/mchus/bee/pci"
	"github.com/mchus/bee/pci/names"
)

// What are these numbers called? The machine's own pci.ids says it, so there is no
// output to show here.
func ExampleDB_Fill() {
	list, err := pci.Parse([]byte("Slot:\t01:00.0\nClass:\t0200\nVendor:\t8086\nDevice:\t1521\n")) // lspci -vmmn
	if err != nil {
		fmt.Println(err)
	}
	if err := new(names.DB).Fill(list); err != nil {
		fmt.Println(err) // there is no pci.ids; the numbers stay without names
	}
	for _, d := range list.Devices {
		fmt.Printf("%s %s: %s %s\n", d.Address, d.Class.Name, d.Vendor.Name, d.Device.Name)
	}
}
