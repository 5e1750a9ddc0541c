// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/host"

	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/pci/ethtool"
)

const sysfsNet = "sys/class/net"

// Network reads the physical network interfaces from sysfs, and their firmware
// and permanent addresses from ethtool. Interfaces without a device (bridges,
// VLANs, tunnels) are not hardware and left out.
func Network(ctx context.Context, h host.Host) ([]report.NetworkCard, error) {
	a := askerOf(h)
	ports, err := look(a, "/"+sysfsNet, readPorts)
	adapters, ibErr := look(a, "/"+sysfsInfiniband, readAdapters)
	err = errors.Join(err, ibErr)
	var cards []report.NetworkCard
	byDevice := make(map[string]int) // index of the card, by its device without the function
	for _, p := range ports {
		i, known := byDevice[p.device]
		if !known {
			i = len(cards)
			byDevice[p.device] = i
			cards = append(cards, report.NetworkCard{Driver: p.driver, Sources: []string{sourceSysfs}})
		}
		if c := &cards[i]; c.PCIAddress == "" && p.port.PCIAddress != "" {
			c.PCIAddress, c.Driver = p.port.PCIAddress, p.driver
		}
		err = errors.Join(err, askEthtool(ctx, a, &cards[i], &p.port))
		cards[i].Ports = append(cards[i].Ports, p.port)
	}
	cards = addAdapters(cards, byDevice, adapters)
	assignIDs("nic", cards,
		func(c *report.NetworkCard) []string {
			return []string{cmp.Or(c.Ports[0].PermanentMAC, c.Ports[0].MAC, c.Ports[0].GUID), c.PCIAddress, c.Ports[0].Name}
		},
		func(c *report.NetworkCard, id string) { c.ID = id })
	return cards, err
}

// A netPort is a network interface and the device that it is a part of.
type netPort struct {
	port           report.NetworkPort
	device, driver string
}

func readPorts(fsys fs.FS) []netPort {
	entries, _ := fs.ReadDir(fsys, sysfsNet)
	var list []netPort
	for _, entry := range entries {
		if port, device, ok := readPort(fsys, entry.Name()); ok {
			list = append(list, netPort{port, device, driverOf(fsys, entry.Name())})
		}
	}
	joinFastPaths(list)
	return list
}

// joinFastPaths gives an interface that a hypervisor makes up the device of the virtual
// function that carries its traffic: of Hyper-V and of virtio's failover both have one
// address, and are one card.
func joinFastPaths(list []netPort) {
	made := []string{"hv_netvsc", "virtio_net"}
	functions := make(map[[2]string]string) // devices by address, which another driver than this has
	for i := range list {
		p := &list[i]
		for _, driver := range made {
			if p.driver != driver && p.port.PCIAddress != "" && p.port.PermanentMAC != "" {
				functions[[2]string{driver, p.port.PermanentMAC}] = p.device
			}
		}
	}
	for i := range list {
		p := &list[i]
		if device, known := functions[[2]string{p.driver, p.port.PermanentMAC}]; known {
			p.device = device
		}
	}
}

// readPort reads one interface, and names the device that it is a part of. ok
// is false for an interface that is not hardware.
func readPort(fsys fs.FS, name string) (port report.NetworkPort, device string, ok bool) {
	dir := path.Join(sysfsNet, name)
	target, err := fs.ReadLink(fsys, dir)
	if err != nil { // old kernels have a directory there
		target, err = fs.ReadLink(fsys, dir+"/device")
		target += "/net/" + name
	}
	if err != nil || strings.Contains(target, "/virtual/") {
		return port, "", false
	}
	if isVirtualFunction(fsys, pciAddressIn(target)) || isRepresentor(fsys, name, target) || isBMCInterface(fsys, name, target) {
		return port, "", false
	}
	port = report.NetworkPort{Name: name, MAC: realMAC(readText(fsys, dir+"/address"))}
	if readText(fsys, dir+"/addr_assign_type") == "0" { // NET_ADDR_PERM
		port.PermanentMAC = port.MAC
	}
	// Older kernels print SPEED_UNKNOWN, which is -1, as a number of 32 or 16 bits.
	if speed, err := strconv.ParseInt(readText(fsys, dir+"/speed"), 10, 32); err == nil && speed > 0 && speed != math.MaxUint16 {
		port.SpeedMbps = int(speed)
	}
	if flags, err := strconv.ParseUint(readText(fsys, dir+"/flags"), 0, 32); err == nil {
		port.AdminUp = new(flags&1 != 0) // IFF_UP
	}
	switch readText(fsys, dir+"/type") { // ARPHRD_ETHER, ARPHRD_INFINIBAND
	case "1":
		port.Kind = "ethernet"
		if exists(fsys, dir+"/phy80211") {
			port.Kind = "wireless"
		}
	case "32":
		port.Kind = "infiniband"
	}
	switch readText(fsys, dir+"/carrier") {
	case "1":
		port.Link = new(true)
	case "0":
		port.Link = new(false)
	}
	port.PCIAddress = pciAddressIn(target)
	device, _, _ = strings.Cut(port.PCIAddress, ".")
	if device == "" {
		device = path.Dir(path.Dir(target))
	}
	return port, device, true
}

// isVirtualFunction tells a function that another one made: it is not hardware.
func isVirtualFunction(fsys fs.FS, address string) bool {
	if address == "" {
		return false
	}
	_, err := fs.ReadLink(fsys, path.Join("sys/bus/pci/devices", address, "physfn"))
	return err == nil
}

// isRepresentor tells an interface that stands for a virtual function, or is a part
// of a function, on the same device as the real port (Documentation/networking/
// switchdev): no cable goes into it.
func isRepresentor(fsys fs.FS, name, target string) bool {
	port := strings.TrimLeft(readText(fsys, path.Join(sysfsNet, name, "phys_port_name")), "c0123456789") // of which controller
	return strings.HasPrefix(port, "pf") || strings.Contains(target, "_core.sf.")
}

// bmcVendors are the makers of USB devices that are the way to a BMC: American
// Megatrends, IBM and Lenovo, Linux' own gadget (OpenBMC), and Dell.
var bmcVendors = []string{"046b", "04b3", "1d6b", "413c"}

// bmcProducts are words by which BMCs of other makers call their interface.
var bmcProducts = []string{"virtual ethernet", "virtual nic", "ethernet gadget", "xclarity", "idrac", "ilo ", "bmc"}

// isBMCInterface tells the network interface that a BMC shows to its own
// machine over USB: no cable goes into it.
func isBMCInterface(fsys fs.FS, name, target string) bool {
	switch driverOf(fsys, name) {
	case "cdc_ether", "cdc_subset", "cdc_ncm", "cdc_eem", "rndis_host":
	default:
		return false
	}
	device := path.Dir(path.Dir(path.Dir(path.Join(sysfsNet, target)))) // of the interface, and of its net directory
	product := strings.ToLower(readText(fsys, device+"/product"))
	named := slices.ContainsFunc(bmcProducts, func(word string) bool { return strings.Contains(product, word) })
	return named || slices.Contains(bmcVendors, strings.TrimPrefix(readText(fsys, device+"/idVendor"), "0x"))
}

// pciAddressIn returns the last PCI address in a path below /sys/devices, that
// of the function which the path's device belongs to.
func pciAddressIn(target string) string {
	address := ""
	for part := range strings.SplitSeq(target, "/") {
		if isPCIAddress(part) {
			address = part
		}
	}
	return address
}

// isPCIAddress recognises "0000:3b:00.0", with a domain of four digits or more.
func isPCIAddress(s string) bool {
	domain, rest, ok := strings.Cut(s, ":")
	if !ok || len(domain) < 4 || len(rest) != 7 || rest[2] != ':' || rest[5] != '.' {
		return false
	}
	for i, r := range domain + rest {
		switch i - len(domain) {
		case 2, 5:
			continue
		}
		if !strings.ContainsRune("0123456789abcdef", r) {
			return false
		}
	}
	return true
}

func driverOf(fsys fs.FS, name string) string {
	target, err := fs.ReadLink(fsys, path.Join(sysfsNet, name, "device/driver"))
	if err != nil {
		return ""
	}
	return path.Base(target)
}

// realMAC returns a MAC address, "" for none: all zeros, or that of a group, such
// as all ones, which no port has.
func realMAC(mac string) string {
	octets := strings.Split(mac, ":")
	if strings.Trim(mac, "0:") == "" {
		return ""
	}
	if first, err := strconv.ParseUint(octets[0], 16, 8); err == nil && len(octets) == 6 && first&1 == 1 {
		return ""
	}
	return strings.ToLower(mac)
}

// askEthtool adds what ethtool knows of a port, its card and what is plugged in.
func askEthtool(ctx context.Context, a *asker, c *report.NetworkCard, port *report.NetworkPort) error {
	info, err := ask(ctx, a, ethtool.ParseDriverInfo, "ethtool", "-i", port.Name)
	if info != nil {
		if len(info.Fields) > 0 && !slices.Contains(c.Sources, "ethtool") {
			c.Sources = append(c.Sources, "ethtool")
		}
		if c.Firmware == "" {
			c.Firmware, c.PSID = genuine(info.Firmware), info.PSID
		}
	}
	address, addressErr := ask(ctx, a, ethtool.ParsePermanentAddress, "ethtool", "-P", port.Name)
	if address != nil {
		port.PermanentMAC = cmp.Or(realMAC(address.Address), port.PermanentMAC)
	}
	if module := askMore(ctx, a, ethtool.ParseModule, "ethtool", "-m", port.Name); module != nil {
		t := report.Transceiver{
			Vendor: genuine(module.Vendor), PartNumber: genuine(module.PartNumber), Serial: genuineSerial(module.Serial), Kind: module.Type,
		}
		for _, alarm := range module.Alarms {
			if strings.HasSuffix(alarm.Name, " warning") {
				continue
			}
			if alarm.Channel > 0 {
				alarm.Name += fmt.Sprintf(" (lane %d)", alarm.Channel)
			}
			t.Alarms = append(t.Alarms, alarm.Name)
		}
		port.Transceiver = orNil(t)
	}
	return errors.Join(err, addressErr)
}
