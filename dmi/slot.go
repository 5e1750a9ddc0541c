// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"strconv"
	"strings"
)

// A Slot is an expansion slot (type 9, DSP0134 3.7 section 7.10). [SlotAt]
// finds the one that holds a device.
type Slot struct {
	View
	Designation     string     `json:"designation,omitzero"` // "PCIE4"
	Type            string     `json:"type,omitzero"`        // "PCI Express 3 x16", without the width of the bus
	Lanes           int        `json:"lanes,omitzero"`       // of the bus behind it: 8 for x8
	WidthBits       int        `json:"width_bits,omitzero"`  // of a bus that has no lanes: 32 for PCI
	Usage           string     `json:"usage,omitzero"`       // "Available", "In Use", "Unavailable"
	Length          string     `json:"length,omitzero"`      // "Long", "Short"
	ID              string     `json:"id,omitzero"`          // "4", or "Adapter 0, Socket 1"
	Characteristics []string   `json:"characteristics,omitzero"`
	BusAddress      string     `json:"bus_address,omitzero"` // of the device in it, "0000:3b:00.0"; "" for what ParseBusAddress refuses
	BaseWidth       int        `json:"base_width,omitzero"`  // of the bus at BusAddress, in lanes or bits
	Peers           []SlotPeer `json:"peers,omitzero"`       // further devices of a slot that is split
	PCIeGeneration  int        `json:"pcie_generation,omitzero"`
	PhysicalLanes   int        `json:"physical_lanes,omitzero"` // of the connector
	PhysicalBits    int        `json:"physical_bits,omitzero"`
	PitchMicrons    int        `json:"pitch_microns,omitzero"` // to the next slot
	Height          string     `json:"height,omitzero"`        // "Full height", "Low-profile"
}

// A SlotPeer is another device in a slot.
type SlotPeer struct {
	BusAddress string `json:"bus_address,omitzero"`
	Width      int    `json:"width,omitzero"` // in lanes or bits
}

// Slots returns the expansion slots of the system.
func (t *Table) Slots() ([]Slot, error) { return all[Slot](t, TypeSlot) }

// SlotAt returns the slot that holds the device at a PCI address, nil if none
// does. The function number does not matter, and the domain may be left out
// where it is 0: "3b:00.1" is in the slot at 0000:3b:00.0.
func SlotAt(slots []Slot, address string) *Slot {
	device := busDevice(address)
	if device == "" {
		return nil
	}
	for i := range slots {
		if busDevice(slots[i].BusAddress) == device {
			return &slots[i]
		}
		for _, peer := range slots[i].Peers {
			if busDevice(peer.BusAddress) == device {
				return &slots[i]
			}
		}
	}
	return nil
}

func (s *Slot) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Designation", "Slot": // Slot until 1.8
		s.Designation = r.text(f)
	case "Type":
		s.setType(r, f)
	case "Data Bus Width": // 3.3 to 3.5 print the base width under this name
		if _, err := strconv.Atoi(strings.TrimSpace(f.Value)); err == nil {
			s.BaseWidth = r.count(f)
			break
		}
		s.Lanes, s.WidthBits = r.busWidth(f)
	case "Data Bus Width (Base)": // 3.6
		s.BaseWidth = r.count(f)
	case "Current Usage":
		s.Usage = r.word(f)
	case "Status": // until 1.8: "In use."
		s.Usage = usageOf(r.word(f))
	case "Length":
		s.Length = r.word(f)
	case "ID":
		s.ID = r.word(f)
	case "Characteristics":
		s.Characteristics = r.words(f)
	case "Bus Address":
		s.BusAddress = r.busAddress(f)
	case "Peer Devices": // their number
	case "PCI Express Generation":
		s.PCIeGeneration = r.count(f)
	case "Slot Physical Width":
		s.PhysicalLanes, s.PhysicalBits = r.busWidth(f)
	case "Pitch":
		if n := r.fixed(f, "mm", 3); n != nil {
			s.PitchMicrons = *n
		}
	case "Height":
		s.Height = r.word(f)
	default:
		return s.setPeer(r, f)
	}
	return true
}

// setType reads "x16 PCI Express 3 x16", "32-bit PCI" and "<OUT OF SPEC>NuBus".
// Until 3.5 the width of the bus comes first; 3.6 has a line for it.
func (s *Slot) setType(r *reader, f *Field) {
	typ := strings.TrimLeft(strings.TrimPrefix(strings.TrimSpace(f.Value), "<OUT OF SPEC>"), " ")
	first, rest, ok := strings.Cut(typ, " ")
	if lanes, bits, known := parseWidth(first); ok && known {
		typ, s.Lanes, s.WidthBits = rest, lanes, bits
	}
	s.Type = r.word(&Field{Value: typ})
}

// setPeer reads "Peer Device 1: 0000:03:00.0 (Width 8)".
func (s *Slot) setPeer(r *reader, f *Field) bool {
	if !strings.HasPrefix(f.Key, "Peer Device ") {
		return false
	}
	address, width, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(f.Value), ")"), " (Width ")
	var peer SlotPeer
	peer.BusAddress, _ = ParseBusAddress(address)
	n, err := strconv.ParseUint(width, 10, 8)
	if err != nil {
		r.fail(f, width, causeOf(err))
	}
	peer.Width = int(n)
	s.Peers = append(s.Peers, peer)
	return true
}

// busWidth returns the lanes or the bits of a bus.
func (r *reader) busWidth(f *Field) (lanes, bits int) {
	s := strings.TrimSpace(f.Value)
	if noNumber(s) || s == "Other" {
		return 0, 0
	}
	width, _, _ := strings.Cut(s, " or ")
	lanes, bits, ok := parseWidth(width)
	if !ok {
		r.fail(f, s, ErrUnit)
	}
	return lanes, bits
}

// parseWidth reads the widths "x16" and "32-bit", which 3.6 prints as "16x" and
// "32 bit".
func parseWidth(s string) (lanes, bits int, ok bool) {
	number, isBits := strings.CutSuffix(s, "bit")
	if isBits {
		number = strings.TrimRight(number, "- ")
	} else {
		number = strings.TrimPrefix(strings.TrimSuffix(s, "x"), "x")
	}
	if !isDigits(number) {
		return 0, 0, false
	}
	n, err := strconv.ParseUint(number, 10, 8)
	switch {
	case err != nil || number == s:
		return 0, 0, false
	case isBits:
		return 0, int(n), true
	}
	return int(n), 0, true
}

// usageOf respells what dmidecode 1.8 printed of a slot's state.
func usageOf(status string) string {
	switch status {
	case "Available.":
		return "Available"
	case "In use.":
		return "In Use"
	}
	return status
}
