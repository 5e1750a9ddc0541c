// SPDX-License-Identifier: Apache-2.0

package pci_test

import (
	"testing"

	"github.com/mchus/bee/pci"
)

// TestNameTooLong: what lspci complains of in the place of a name is none, and
// does not hide that the other names have numbers.
func TestNameTooLong(t *testing.T) {
	list, err := pci.Parse([]byte("Slot:\t0c:09.4\nClass:\tEthernet controller [0200]\nVendor:\t<pci_lookup_name: buffer too small>\nDevice:\tController [e57b]\nSVendor:\t<pci_lookup_name: buffer too small>\nSDevice:\tBoard [0001]\n\n"))
	if err != nil {
		t.Fatal(err)
	}
	d := list.Devices[0]
	if d.Vendor != (pci.Name{}) || d.Device != (pci.Name{ID: "e57b", Name: "Controller"}) || d.SubsystemDevice.ID != "0001" || d.SubsystemVendor != (pci.Name{}) || d.Class.ID != "0200" {
		t.Errorf("%+v", d)
	}
}
