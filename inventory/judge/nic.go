// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// judgeNetwork: ports that are switched on and have no link, and those of
// InfiniBand that nobody has set up. A cable may be missing on purpose.
func judgeNetwork(r *report.Report) []report.Finding {
	var list []report.Finding
	seen := slices.ContainsFunc(r.Network, func(c report.NetworkCard) bool { return len(c.Ports) > 0 }) // the kernel shows interfaces
	for _, c := range r.Network {
		if seen && len(c.Ports) == 0 && !isGivenAway(c.Driver) {
			list = append(list, find(report.CodeNICNoInterface, c.ID, fmt.Sprintf("The network card %s has no interface: %s.",
				nameOfCard(&c), noInterface(c.Driver)), map[string]any{"driver": c.Driver}))
		}
		for _, address := range c.NoDriver {
			list = append(list, find(report.CodeNICNoInterface, c.ID, fmt.Sprintf("The port %s of the network card %s has no interface: %s.",
				address, nameOfCard(&c), noInterface("")), map[string]any{"driver": ""}))
		}
		for _, p := range c.Ports {
			if deref(p.AdminUp) && p.Link != nil && !*p.Link && p.Kind != "wireless" {
				list = append(list, find(report.CodeNICLinkDown, c.ID, fmt.Sprintf("The port %s is switched on and has no link.", p.Name),
					map[string]any{"port": p.Name}))
			}
			if p.Kind == "ethernet" && deref(p.Link) && p.SpeedMbps > 0 && p.SpeedMbps <= 100 && p.PCIAddress != "" && !isGuest(r) {
				list = append(list, find(report.CodeNICSlow, c.ID, fmt.Sprintf("The port %s runs at %d Mb/s.", p.Name, p.SpeedMbps),
					map[string]any{"port": p.Name, "speed_mbps": p.SpeedMbps}))
			}
			if alarms := moduleAlarms(&p); len(alarms) > 0 {
				list = append(list, find(report.CodeNICModuleAlarm, c.ID, fmt.Sprintf("The module in the port %s raises an alarm: %s.", p.Name, strings.Join(alarms, ", ")),
					map[string]any{"port": p.Name, "alarms": alarms}))
			}
			if p.Lanes == 1 {
				list = append(list, find(report.CodeNICOneLane, c.ID, fmt.Sprintf("The InfiniBand port %s runs on one lane, at %g Gb/s.", p.Name, p.RateGbps),
					map[string]any{"port": p.Name, "rate_gbps": p.RateGbps}))
			}
			if p.Kind == "infiniband" && (p.State == "init" || p.State == "armed") {
				list = append(list, find(report.CodeNICNoManager, c.ID, fmt.Sprintf("The InfiniBand port %s has its link and no subnet manager has set it up: its state is %s.", p.Name, p.State),
					map[string]any{"port": p.Name, "state": p.State}))
			}
		}
	}
	return list
}

// moduleAlarms are the alarms of a port's module that say something of it. Without a
// link there is no light, which says nothing of the module; and one that measures no
// temperature says 0.
func moduleAlarms(p *report.NetworkPort) []string {
	if p.Transceiver == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.Transceiver.Alarms), func(alarm string) bool {
		return alarm == "Module temperature low alarm" || !deref(p.Link) && !strings.HasPrefix(alarm, "Module ") && !strings.HasPrefix(alarm, "Tx fault")
	})
}

// nameOfCard is where a card is and, if that is known, what it is.
func nameOfCard(c *report.NetworkCard) string {
	if what := cmp.Or(c.Model, c.Vendor); what != "" {
		return c.PCIAddress + " (" + what + ")"
	}
	return c.PCIAddress
}

// noInterface words why a card has no interface.
func noInterface(driver string) string {
	if driver == "" {
		return "no driver has it"
	}
	return "its driver " + driver + " made none"
}

// isGivenAway tells a driver that holds a card for a guest or for a program.
func isGivenAway(driver string) bool {
	switch driver {
	case "vfio-pci", "pci-stub", "pciback", "xen-pciback", "uio_pci_generic", "igb_uio":
		return true
	}
	return false
}
