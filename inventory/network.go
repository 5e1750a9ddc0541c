// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/host"
)

// A NetworkCard is a PCI device, or another physical one, with network ports.
type NetworkCard struct {
	ID         string        `json:"id"`
	PCIAddress string        `json:"pci_address,omitzero"` // of its first function
	Model      string        `json:"model,omitzero"`
	Vendor     string        `json:"vendor,omitzero"`
	Serial     string        `json:"serial,omitzero"`
	PartNumber string        `json:"part_number,omitzero"`
	PSID       string        `json:"psid,omitzero"`
	Firmware   string        `json:"firmware,omitzero"`
	Driver     string        `json:"driver,omitzero"`
	Ports      []NetworkPort `json:"ports,omitzero"`
	Sources    []string      `json:"sources,omitzero"`
}

// A NetworkPort is a network interface of a card.
type NetworkPort struct {
	Name         string `json:"name"`
	PCIAddress   string `json:"pci_address,omitzero"`
	MAC          string `json:"mac,omitzero"`
	PermanentMAC string `json:"permanent_mac,omitzero"`
	SpeedMbps    int    `json:"speed_mbps,omitzero"`
	Link         *bool  `json:"link,omitzero"` // nil while the port is down: it cannot tell then
}

// NetworkCards are the physical network cards of a machine.
type NetworkCards []NetworkCard

const sysfsNet = "sys/class/net"

// CollectNetwork reads the physical network interfaces from sysfs, and their
// firmware and permanent addresses from ethtool. Interfaces without a device
// (bridges, VLANs, tunnels) are no hardware and left out.
func CollectNetwork(ctx context.Context, h host.Host) (*NetworkCards, error) {
	fsys := h.FS()
	entries, err := fs.ReadDir(fsys, sysfsNet)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, from("/"+sysfsNet, err)
	}
	var cards NetworkCards
	byDevice := make(map[string]int) // index of the card, by its device without the function
	var errs []error
	for _, entry := range entries {
		port, device, ok := readPort(fsys, entry.Name())
		if !ok {
			continue
		}
		i, known := byDevice[device]
		if !known {
			i = len(cards)
			byDevice[device] = i
			cards = append(cards, NetworkCard{
				PCIAddress: port.PCIAddress, Driver: driverOf(fsys, port.Name), Sources: []string{sourceSysfs},
			})
		}
		errs = append(errs, cards[i].askEthtool(ctx, h, &port))
		cards[i].Ports = append(cards[i].Ports, port)
	}
	if cards == nil {
		return nil, errors.Join(errs...)
	}
	assignIDs("nic", cards,
		func(c *NetworkCard) []string {
			return []string{cmp.Or(c.Ports[0].PermanentMAC, c.Ports[0].MAC), c.PCIAddress, c.Ports[0].Name}
		},
		func(c *NetworkCard, id string) { c.ID = id })
	return &cards, errors.Join(errs...)
}

// readPort reads one interface, and names the device that it is a part of. ok
// is false for an interface that is no hardware.
func readPort(fsys fs.FS, name string) (port NetworkPort, device string, ok bool) {
	dir := path.Join(sysfsNet, name)
	target, err := fs.ReadLink(fsys, dir)
	if err != nil || strings.Contains(target, "/virtual/") {
		return port, "", false
	}
	port = NetworkPort{Name: name, MAC: realMAC(readText(fsys, dir+"/address"))}
	if readText(fsys, dir+"/addr_assign_type") == "0" { // NET_ADDR_PERM
		port.PermanentMAC = port.MAC
	}
	if speed, err := strconv.Atoi(readText(fsys, dir+"/speed")); err == nil && speed > 0 {
		port.SpeedMbps = speed
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

// realMAC returns a MAC address, "" for none.
func realMAC(mac string) string {
	if strings.Trim(mac, "0:") == "" {
		return ""
	}
	return strings.ToLower(mac)
}

// askEthtool adds what ethtool knows of a port and its card.
func (c *NetworkCard) askEthtool(ctx context.Context, h host.Host, port *NetworkPort) error {
	out, err := runTool(ctx, h, "ethtool", "-i", port.Name)
	if len(out.Stdout) > 0 && !slices.Contains(c.Sources, "ethtool") {
		c.Sources = append(c.Sources, "ethtool")
	}
	for line := range strings.Lines(string(out.Stdout)) {
		key, value, _ := strings.Cut(line, ":")
		if value = genuine(value); key == "firmware-version" && c.Firmware == "" {
			c.setFirmware(value)
		}
	}
	out, err2 := runTool(ctx, h, "ethtool", "-P", port.Name)
	if _, mac, found := strings.Cut(string(out.Stdout), "Permanent address:"); found {
		port.PermanentMAC = cmp.Or(realMAC(strings.TrimSpace(mac)), port.PermanentMAC)
	}
	return errors.Join(err, err2)
}

// setFirmware takes the version of a card's firmware. Mellanox prints it with
// the PSID of the board: "22.31.1014 (MT_0000000359)".
func (c *NetworkCard) setFirmware(version string) {
	first, psid, _ := strings.Cut(version, " (")
	if psid, ok := strings.CutSuffix(psid, ")"); ok && strings.Contains(psid, "_") {
		c.Firmware, c.PSID = first, psid
	} else {
		c.Firmware = version
	}
}
