// SPDX-License-Identifier: Apache-2.0

package oracle

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mchus/bee/internal/placeholder"
	"github.com/mchus/bee/pci"
	"github.com/mchus/bee/testdata/pciconf"
)

// want is what the parser must make of the machine: what the generator put into
// it, less what the program does not print.
func (c *testCase) want(p program) []pci.Device {
	var devices []pci.Device
	for _, f := range c.machine.Functions {
		if f.Domain <= p.maxDomain {
			devices = append(devices, c.device(p, &f))
		}
	}
	return devices
}

func (c *testCase) device(p program, f *pciconf.Function) pci.Device {
	n := c.machine.Names
	class, exact := n.Class(f.Class)
	d := pci.Device{
		Address: fmt.Sprintf("%04x:%02x:%02x.%d", f.Domain, f.Bus, f.Slot, f.Func),
		Class:   c.printed(p, f.Class, class),
		Vendor:  c.name(p, f.Vendor, n.Vendor(f.Vendor)),
		Device:  c.name(p, f.Device, n.Device(f.Vendor, f.Device)),
	}
	if class != "" && !exact { // lspci adds the number to the base class's name
		d.Class.ID = fmt.Sprintf("%04x", f.Class)
	}
	if f.Revision != 0 {
		d.Revision = fmt.Sprintf("%02x", f.Revision)
	}
	if f.ProgIf != 0 || p.zeroProgIf {
		d.ProgIf = fmt.Sprintf("%02x", f.ProgIf)
	}
	if f.HasSubsystem() && (p.bridgeSub || f.Header&0x7f != 1) {
		d.SubsystemVendor = c.name(p, f.SubVendor, n.Vendor(f.SubVendor))
		d.SubsystemDevice = c.name(p, f.SubDevice, n.Subsystem(f.Vendor, f.Device, f.SubVendor, f.SubDevice))
	}
	return d
}

// name is what the style leaves of a number and its name. Names are made up, and
// some are placeholders.
func (c *testCase) name(p program, id uint16, name string) pci.Name {
	n := c.printed(p, id, name)
	if placeholder.Is(n.Name) {
		n.Name = ""
	}
	return n
}

func (c *testCase) printed(p program, id uint16, name string) pci.Name {
	number := fmt.Sprintf("%04x", id)
	switch {
	case slices.Contains(c.style, "-n"):
		return pci.Name{ID: number}
	case name == "":
		return pci.Name{ID: number} // "Device 1234" or "Device [1234]"
	case slices.Contains(c.style, "-nn") && len(name)+len(" [1234]") <= p.maxText:
		return pci.Name{ID: number, Name: strings.TrimSpace(name)}
	case slices.Contains(c.style, "-nn"):
		text := name + " [" + number + "]"
		return pci.Name{Name: text[:p.maxText-3] + "..."}
	case len(name) > p.maxText:
		return pci.Name{Name: name[:p.maxText-3] + "..."}
	}
	return pci.Name{Name: strings.TrimSpace(name)}
}
