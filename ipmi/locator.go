// SPDX-License-Identifier: Apache-2.0

package ipmi

import (
	"strconv"
	"strings"
)

// A LocatorKind says what a [Locator] locates.
type LocatorKind string

// These are the kinds of locator.
const (
	LocatorFRU        LocatorKind = "fru"        // a FRU device
	LocatorController LocatorKind = "controller" // a management controller
	LocatorGeneric    LocatorKind = "generic"    // any other device
)

// A Locator says where a device is (IPMI 2.0, sections 43.7 to 43.9). A FRU
// locator ties a FRU device ID to an entity, and so to the entity's sensors.
type Locator struct {
	Kind    LocatorKind `json:"kind"`
	Name    string      `json:"name"`
	Entity  *Entity     `json:"entity,omitzero"`
	FRUID   *int        `json:"fru_id,omitzero"`  // of a logical FRU device
	Address *int        `json:"address,omitzero"` // slave address of a controller or a physical FRU device
	Unknown []Field     `json:"unknown,omitzero"` // what this view does not understand
	Record  *SDRRecord  `json:"-"`                // where all of this was read
}

// Locators returns the typed view of every record that says where a FRU or a
// controller is, in printed order. Only the layouts "list", "elist" and
// "verbose" tell.
func (s *SDR) Locators() []Locator {
	var locators []Locator
	for i := range s.Records {
		if l, ok := s.Records[i].locator(); ok {
			locators = append(locators, l)
		}
	}
	return locators
}

// locator returns the typed view of a record, false for one that is no
// locator's.
func (r *SDRRecord) locator() (l Locator, ok bool) {
	switch r.Layout {
	case SDRList:
		l, ok = listLocation(r.Cells[1])
	case SDRElist:
		if l, ok = elistLocation(r.Cells[4]); ok {
			l.Entity = entity(r.Cells[3])
		}
	case SDRVerbose:
		return blockLocator(r)
	}
	if ok {
		l.Name, l.Record = text(r.Cells[0]), r
	}
	return l, ok
}

// elistLocation parses "Logical FRU @01h", "Dynamic MC @ 20h" and "Generic
// Device @20h:00h.0".
func elistLocation(value string) (l Locator, ok bool) {
	before, address, ok := strings.Cut(value, "@")
	digits, _, ok2 := strings.Cut(strings.TrimSpace(address), "h")
	n, err := parseHex(digits)
	if !ok || !ok2 || err != nil {
		return l, false
	}
	return location(strings.TrimSpace(before), n)
}

// listLocation parses "Log FRU @01h 0a.1", "Static MC @ 20h" and "Generic
// @20:00.0", where the entity's ID is hexadecimal.
func listLocation(value string) (l Locator, ok bool) {
	before, address, ok := strings.Cut(value, "@")
	address, rest, _ := strings.Cut(strings.TrimSpace(address), " ")
	if len(address) < 2 {
		return l, false
	}
	n, err := parseHex(address[:2])
	if !ok || err != nil {
		return l, false
	}
	l, ok = location(strings.TrimSpace(before), n)
	id, instance, _ := strings.Cut(rest, ".")
	e, err1 := parseHex(id)
	i, err2 := parseHex(instance)
	if err1 == nil && err2 == nil {
		l.Entity = &Entity{e, i}
	}
	return l, ok
}

// location returns a locator for the word before its address.
func location(kind string, address int) (l Locator, ok bool) {
	switch kind {
	case "Logical FRU", "Log FRU":
		return Locator{Kind: LocatorFRU, FRUID: &address}, true
	case "Physical FRU", "Phy FRU":
		return Locator{Kind: LocatorFRU, Address: &address}, true
	case "Static MC", "Dynamic MC":
		return Locator{Kind: LocatorController, Address: &address}, true
	case "Generic Device", "Generic":
		return Locator{Kind: LocatorGeneric, Address: &address}, true
	}
	return l, false
}

// blockLocator returns the typed view of a block of the verbose layout.
func blockLocator(r *SDRRecord) (l Locator, ok bool) {
	if r.Fields[0].Key != "Device ID" {
		return l, false
	}
	l = Locator{Kind: LocatorGeneric, Name: text(r.Fields[0].Value), Record: r}
	for _, f := range r.Fields[1:] {
		if !l.read(f.Key, f.Value) {
			l.Unknown = append(l.Unknown, f)
		}
	}
	return l, true
}

// read takes in a field of a verbose block. A controller's block is the only
// one that speaks of its presence.
func (l *Locator) read(key, value string) bool {
	hex := strings.TrimSuffix(value, "h")
	n, err := parseHex(hex)
	switch key {
	case "Entity ID":
		l.Entity = entity(value)
		return l.Entity != nil
	case "Logical FRU Device":
		l.Kind, l.FRUID, l.Address = LocatorFRU, &n, nil
	case "Slave Address":
		l.Kind, l.Address = LocatorFRU, &n
	case "Device Slave Address":
		l.Address = &n
	case "Controller Presence":
		l.Kind = LocatorController
		return true
	default:
		return false
	}
	return err == nil
}

// parseHex parses a number of at most sixteen bits.
func parseHex(digits string) (int, error) {
	n, err := strconv.ParseUint(digits, 16, 16)
	return int(n), err
}
