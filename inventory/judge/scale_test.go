// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"fmt"
	"testing"

	"github.com/mchus/bee/inventory/report"
)

// Of each part so many as no machine has, and something to say of each: a search of
// all of a kind for each of them would not end.
func TestScale(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const aLot = 100_000
	r := &report.Report{Storage: new(report.Storage), Memory: new(report.Memory)}
	s, m := r.Storage, r.Memory
	narrow := &report.PCILink{CurrentWidth: 8, MaxWidth: 16}
	for i := range aLot {
		name, address, above := fmt.Sprint(i), fmt.Sprintf("%04x:00:00.0", i), fmt.Sprintf("%04x:00:00.0", i-1)
		function := report.PCIFunction{ID: "pci:" + address, Address: address, Parent: above, Class: report.IDName{ID: "0302"}, Link: narrow, Sources: []string{"sysfs"}}
		gpu := report.GPU{ID: "gpu:" + address, PCIAddress: address, Model: "PCIe", VBIOS: name, Link: narrow, NVLink: make([]report.NVLink, 2)}
		controller := report.StorageController{ID: "controller:" + address, PCIAddress: address, Unread: "not asked"}
		drive := report.Drive{ID: "drive:" + name, Controller: controller.ID, Serial: name, Firmware: name, Health: report.Unknown, Unread: "not asked"}
		volume := report.Volume{ID: "volume:" + name, Kind: "raid", State: "degraded", Members: []string{drive.ID}, Controller: controller.ID}
		r.PCI, r.GPUs = append(r.PCI, function), append(r.GPUs, gpu)
		s.Controllers, s.Drives, s.Volumes = append(s.Controllers, controller), append(s.Drives, drive), append(s.Volumes, volume)
		m.Arrays = append(m.Arrays, report.MemoryArray{Handle: name, ECC: "None"})
		m.Modules = append(m.Modules, report.MemoryModule{ID: "dimm:" + name, Slot: name, Array: name, Present: true, SizeBytes: uint64(i + 1), DataWidthBits: 64, TotalWidthBits: 72})
		r.Processors = append(r.Processors, report.Processor{ID: "cpu:" + name, Present: true, Model: name, Socket: name})
		r.PowerSupplies = append(r.PowerSupplies, report.PowerSupply{ID: "psu:" + name, Slot: name, Serial: name})
		r.Sensors = append(r.Sensors, report.Sensor{ID: "sensor:" + name, Name: name, Bad: true, State: "critical"})
		r.Network = append(r.Network, report.NetworkCard{ID: "nic:" + name, PCIAddress: address, Firmware: name, Ports: []report.NetworkPort{{Name: name}}})
	}
	Judge(r)
	if n := len(r.Findings); n < 3*aLot {
		t.Errorf("%d findings", n)
	}
}
