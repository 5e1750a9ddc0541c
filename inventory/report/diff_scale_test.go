// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"testing"
)

// Two documents with nothing in common, each of more parts than a machine has: a
// search of all of them for each would not end.
func TestDiffScale(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const aLot = 100_000
	of := func(side string) *Report {
		storage, card := new(Storage), NetworkCard{ID: "nic:0"}
		for i := range aLot {
			name := fmt.Sprint(side, i)
			controller := StorageController{ID: "controller:" + name, PCIAddress: name}
			drive := Drive{ID: "drive:" + name, Serial: name, Protocol: "nvme", PCIAddress: name, Controller: controller.ID}
			storage.Controllers = append(storage.Controllers, controller)
			storage.Drives = append(storage.Drives, drive)
			card.Ports = append(card.Ports, NetworkPort{PermanentMAC: name})
		}
		return &Report{Storage: storage, Network: []NetworkCard{card}}
	}
	if n := len(Diff(of("a"), of("b"), DiffOptions{}).Changes); n != 4*aLot+2 {
		t.Errorf("%d changes", n)
	}
}
