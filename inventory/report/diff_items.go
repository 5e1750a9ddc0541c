// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// An item is a component as a diff sees it.
type item struct {
	kind, id      string
	serial, model string
	identity      string // what must not differ in one place: the IDs of a PCI function
	slot, address string // two names of its place; the address is the kernel's
	size          uint64
	saves         bool           // its link slows down while it is idle
	tree          map[string]any // its JSON
}

// itemsOf returns the components of a kind that are there.
func itemsOf(r *Report, kind string) []item {
	var list []item
	for c := range r.Components() {
		if c.Kind != kind {
			continue
		}
		if it, present := itemOf(c.Value); present {
			it.kind, it.id, it.tree = kind, c.ID, treeOf(c.Value)
			list = append(list, it)
		}
	}
	return list
}

func itemOf(value any) (it item, present bool) {
	switch v := value.(type) {
	case *Baseboard:
		return item{serial: v.Serial, model: words(v.Manufacturer, v.Product), slot: v.Slot}, true
	case *Processor:
		return item{serial: v.Serial, model: v.Model, slot: v.Socket}, v.Present
	case *MemoryModule:
		return item{serial: v.Serial, model: v.PartNumber, slot: v.Slot, size: v.SizeBytes}, v.Present
	case *StorageController:
		return item{serial: v.Serial, model: words(v.Vendor, v.Model), address: v.PCIAddress}, true
	case *Drive:
		return itemOfDrive(v), true
	case *Volume:
		return item{model: words(v.Kind, v.Level, v.Name), size: v.SizeBytes}, true
	case *PCIFunction:
		return item{
			model: words(v.Vendor.Name, v.Device.Name), identity: v.Vendor.ID + ":" + v.Device.ID,
			address: v.Address, saves: strings.HasPrefix(v.Class.ID, "03"),
		}, true
	case *NetworkCard:
		return item{serial: v.Serial, model: words(v.Vendor, v.Model), address: v.PCIAddress}, true
	case *GPU:
		return item{serial: v.Serial, model: v.Model, address: v.PCIAddress, size: v.MemoryBytes, saves: true}, true
	case *PowerSupply:
		return item{serial: v.Serial, model: words(v.Manufacturer, v.PartNumber, v.Model), slot: v.Slot}, v.Present == nil || *v.Present
	case *Sensor:
		return item{model: v.Name}, true
	}
	return item{}, false
}

// itemOfDrive gives a drive the place where a person finds it. Only an NVMe
// drive is at a PCI address of its own.
func itemOfDrive(v *Drive) item {
	it := item{serial: v.Serial, model: v.Model, size: v.CapacityBytes}
	if v.Slot != "" {
		it.slot = words(v.Enclosure, v.Slot)
	}
	if v.Protocol == "nvme" {
		it.address = v.PCIAddress
	}
	return it
}

// placeBeside is the item's place in the terms that the other's is known in.
func (it item) placeBeside(other item) string {
	if it.slot != "" && other.slot != "" {
		return it.slot
	}
	return it.address
}

func (it item) place() string {
	if it.slot != "" {
		return it.slot
	}
	return it.address
}

func (it item) change(kind string) Change {
	return Change{Kind: kind, Component: it.kind, ID: it.id, Model: it.model, Serial: it.serial, Place: it.place(), SizeBytes: it.size}
}

func words(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// match pairs the items that are one component, and returns the rest.
func match(old, new []item) (pairs [][2]item, removed, added []item) {
	partner := make([]int, len(new)) // by index in new; 1 + the index in old
	taken := make([]bool, len(old))
	for _, key := range []func(item) string{
		func(it item) string { return it.id },
		func(it item) string { return it.serial },
		func(it item) string { return atPlace(it, it.slot) },
		func(it item) string { return atPlace(it, it.address) },
	} {
		index := make(map[string]int) // of what is not taken; -1 where several have the key
		for i, it := range old {
			if k := key(it); k != "" && !taken[i] {
				if _, twice := index[k]; twice {
					i = -1
				}
				index[k] = i
			}
		}
		seen := make(map[string]int)
		for j, it := range new {
			if partner[j] == 0 {
				seen[key(it)]++
			}
		}
		for j, it := range new {
			i, ok := index[key(it)]
			if partner[j] == 0 && ok && i >= 0 && seen[key(it)] == 1 && !contradict(old[i], it) {
				partner[j], taken[i] = i+1, true
				seen[key(it)] = 0
			}
		}
	}
	for j, it := range new {
		if partner[j] == 0 {
			added = append(added, it)
			continue
		}
		pairs = append(pairs, [2]item{old[partner[j]-1], it})
	}
	for i, it := range old {
		if !taken[i] {
			removed = append(removed, it)
		}
	}
	return pairs, removed, added
}

// atPlace names a model in a place.
func atPlace(it item, place string) string {
	if place == "" || it.model == "" {
		return ""
	}
	return place + "\x00" + it.model
}

// contradict tells that two items cannot be one component.
func contradict(a, b item) bool {
	return a.serial != "" && b.serial != "" && a.serial != b.serial || a.identity != b.identity
}

// treeOf returns the JSON of a component.
func treeOf(value any) map[string]any {
	data, err := json.Marshal(value)
	if err != nil {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber() // sizes are whole
	var tree map[string]any
	_ = dec.Decode(&tree)
	return tree
}

// lookUp returns the value at a path of keys, nil if there is none.
func lookUp(tree map[string]any, path string) any {
	var value any = tree
	for key := range strings.SplitSeq(path, ".") {
		object, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = object[key]
	}
	return value
}

// appendChanges compares two values. Absent is unknown, and no change; but
// where only what is not zero is written, absent beside a parent that is there
// is zero.
func appendChanges(list []FieldChange, path string, a, b any) []FieldChange {
	if name, _, _ := strings.Cut(path, "."); name == "ports" {
		return appendPorts(list, a, b)
	}
	if zero, ok := zeroes[path]; ok && (a == nil) != (b == nil) {
		if a == nil {
			a = zero
		}
		if b == nil {
			b = zero
		}
	}
	if a == nil || b == nil || reflect.DeepEqual(a, b) {
		return list
	}
	return append(list, FieldChange{path, a, b})
}

// appendPorts compares the ports of a card, each by its own address.
func appendPorts(list []FieldChange, a, b any) []FieldChange {
	old := portsByName(a)
	newer, _ := b.([]any)
	for _, value := range newer {
		port, _ := value.(map[string]any)
		name := portName(port)
		before, ok := old[name]
		if !ok {
			continue
		}
		for _, path := range portFacts {
			list = appendChanges(list, path, lookUp(before, path), lookUp(port, path))
			if n := len(list); n > 0 && list[n-1].Field == path {
				list[n-1].Field = "ports[" + name + "]." + path
			}
		}
	}
	return list
}

func portsByName(value any) map[string]map[string]any {
	ports := make(map[string]map[string]any)
	list, _ := value.([]any)
	for _, value := range list {
		if port, ok := value.(map[string]any); ok {
			ports[portName(port)] = port
		}
	}
	return ports
}

func portName(port map[string]any) string {
	for _, key := range []string{"permanent_mac", "guid", "mac", "name"} {
		if name, _ := port[key].(string); name != "" {
			return name
		}
	}
	return ""
}
