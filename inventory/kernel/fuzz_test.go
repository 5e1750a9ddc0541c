// SPDX-License-Identifier: Apache-2.0

package kernel_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/mchus/bee/inventory/kernel"
)

// FuzzPCI reads trees whose files say anything.
func FuzzPCI(f *testing.F) {
	f.Add("0000:3b:00.0", "numa_node", "-1", "igb")
	f.Add("10000:00:00.0", "current_link_speed", "16.0 GT/s PCIe", "")
	f.Add("x", "max_link_width", "255", "x")
	f.Add("0000:00:00.0", "class", "0x010802", "..")
	f.Add("0000:00:00.0", "uevent", "DRIVER=nvme\n", "..")
	f.Add("0000:00:00.0", "secondary_bus_number", "0", "")
	f.Fuzz(func(t *testing.T, device, file, text, target string) {
		listing := "sys/bus/pci/slots/1/address: " + device
		if strings.ContainsAny(device+file+text+target, "\n/>") || device == "" || file == "" {
			return
		}
		listing += "\nsys/bus/pci/devices/" + device + "/" + file + ": " + text + "\n"
		if target != "" {
			listing += "sys/bus/pci/devices/" + device + "/driver -> " + target + "\n"
		}
		list, err := kernel.PCI(sysfs(t, listing))
		if list == nil {
			t.Fatal("no list")
		}
		if _, ok := errors.AsType[kernel.Errors](err); err != nil && !ok {
			t.Fatalf("error %#v", err)
		}
	})
}
