// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

const sysfsInfiniband = "sys/class/infiniband"

// An adapter is an RDMA device of the kernel: a function of a card, with or
// without network interfaces (Documentation/ABI/stable/sysfs-class-infiniband).
type adapter struct {
	name, address, firmware, psid, guid string
	ports                               []adapterPort
}

type adapterPort struct {
	kind, state string
	physical    string // of the cable: "linkup", "polling", "disabled", …
	rateGbps    float64
	lanes       int
}

func readAdapters(fsys fs.FS) []adapter {
	entries, _ := fs.ReadDir(fsys, sysfsInfiniband)
	var list []adapter
	for _, entry := range entries {
		dir := path.Join(sysfsInfiniband, entry.Name())
		target, err := fs.ReadLink(fsys, dir)
		address := pciAddressIn(target)
		if err != nil || address == "" || isVirtualFunction(fsys, address) {
			continue // made of software, or a part of another
		}
		d := adapter{
			name: entry.Name(), address: address, firmware: genuine(readText(fsys, dir+"/fw_ver")),
			psid: genuine(readText(fsys, dir+"/board_id")), guid: realGUID(readText(fsys, dir+"/node_guid")),
		}
		ports, _ := fs.ReadDir(fsys, dir+"/ports")
		for _, p := range ports {
			at := path.Join(dir, "ports", p.Name())
			rate := readText(fsys, at+"/rate")
			d.ports = append(d.ports, adapterPort{
				kind: strings.ToLower(readText(fsys, at+"/link_layer")), state: stateWord(readText(fsys, at+"/state")),
				physical: stateWord(readText(fsys, at+"/phys_state")),
				rateGbps: gigabits(rate), lanes: lanes(rate),
			})
		}
		if d.ports == nil {
			d.ports = make([]adapterPort, 1) // it has one, of which nothing is known
		}
		list = append(list, d)
	}
	return list
}

// stateWord reads "4: ACTIVE".
func stateWord(text string) string {
	_, word, _ := strings.Cut(text, ": ")
	return strings.ToLower(word)
}

// gigabits reads "100 Gb/sec (4X EDR)".
func gigabits(text string) float64 {
	number, _, _ := strings.Cut(text, " ")
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || n < 0 || n > 1e6 {
		return 0
	}
	return n
}

// lanes reads "100 Gb/sec (4X EDR)".
func lanes(text string) int {
	_, width, _ := strings.Cut(text, "(")
	width, _, ok := strings.Cut(width, "X ")
	if n := atoi(width); ok && n <= 12 {
		return n
	}
	return 0
}

// realGUID returns "b8ce:f603:0012:3456", "" for none.
func realGUID(text string) string {
	if strings.Trim(text, "0:") == "" {
		return ""
	}
	return strings.ToLower(text)
}

// A portKey tells the ports of one function of a card.
type portKey struct {
	card    int
	address string
}

// addAdapters tells the cards what the adapters know that are their functions.
func addAdapters(cards []report.NetworkCard, byDevice map[string]int, adapters []adapter) []report.NetworkCard {
	open := make(map[portKey][]int) // the ports of which no adapter has told the state
	for i := range cards {
		for k := range cards[i].Ports {
			key := portKey{i, cards[i].Ports[k].PCIAddress}
			open[key] = append(open[key], k)
		}
	}
	for i := range adapters {
		cards = adapters[i].addTo(cards, byDevice, open)
	}
	return cards
}

// addTo tells the card that the adapter is a function of what the adapter knows
// of it. A port with network interfaces is known; another is listed by the
// adapter's name.
func (d *adapter) addTo(cards []report.NetworkCard, byDevice map[string]int, open map[portKey][]int) []report.NetworkCard {
	device := deviceOf(d.address)
	i, known := byDevice[device]
	if !known {
		i = len(cards)
		byDevice[device] = i
		cards = append(cards, report.NetworkCard{PCIAddress: d.address, Sources: []string{sourceSysfs}})
	}
	c := &cards[i]
	c.Firmware, c.PSID = cmp.Or(c.Firmware, d.firmware), cmp.Or(c.PSID, d.psid)
	here := portKey{i, d.address}
	for n, p := range d.ports {
		if len(open[here]) == 0 {
			open[here] = []int{len(c.Ports)}
			name := d.name
			if len(d.ports) > 1 {
				name += "/" + strconv.Itoa(n+1)
			}
			c.Ports = append(c.Ports, report.NetworkPort{Name: name, PCIAddress: d.address})
		}
		port := &c.Ports[open[here][0]]
		if p.state != "" {
			open[here] = open[here][1:]
		}
		port.Kind, port.GUID = cmp.Or(port.Kind, p.kind), cmp.Or(port.GUID, d.guid)
		port.State, port.RateGbps = p.state, p.rateGbps
		if port.Kind == "infiniband" && p.physical != "" { // an interface for IP has its link when it has its address
			if p.physical == "linkup" {
				port.Lanes = p.lanes
			}
			port.Link, port.AdminUp = new(p.physical == "linkup"), new(p.physical != "disabled")
		}
	}
	return cards
}
