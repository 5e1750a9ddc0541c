// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// An item is a component as a diff sees it.
type item struct {
	kind, id      string
	serial, model string
	marks         []string // what else tells it from its like: a GPU's UUID, the addresses of a network card
	identity      string   // what must not differ in one place: the IDs of a PCI function
	slot, address string   // two names of its place; the address is the kernel's
	controller    string   // of a drive
	sources       []string // the tools that told of it
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
			it.sources = sourcesOf(it.tree)
			list = append(list, it)
		}
	}
	return list
}

// sourcesOf returns the tools that told of a component.
func sourcesOf(tree map[string]any) []string {
	var list []string
	names, _ := tree["sources"].([]any)
	for _, name := range names {
		list = append(list, fmt.Sprint(name))
	}
	fields, _ := tree["field_sources"].(map[string]any)
	for _, name := range fields {
		tool, _, _ := strings.Cut(fmt.Sprint(name), ".") // "ipmi.fru", "smbios.39"
		list = append(list, map[string]string{"ipmi": "ipmitool", "smbios": "dmidecode"}[tool])
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
		return item{serial: v.WWN, model: words(v.Kind, v.Level, v.Name), size: v.SizeBytes, controller: v.Controller}, true
	case *PCIFunction:
		return item{
			model: words(v.Vendor.Name, v.Device.Name), identity: v.Vendor.ID + ":" + v.Device.ID,
			slot: v.Slot, address: v.Address, saves: strings.HasPrefix(v.Class.ID, "03"),
		}, true
	case *NetworkCard:
		return item{serial: v.Serial, model: words(v.Vendor, v.Model), marks: marksOf(v), address: v.PCIAddress}, true
	case *GPU:
		it = item{serial: v.Serial, model: v.Model, address: v.PCIAddress, size: v.MemoryBytes, saves: true}
		if v.UUID != "" {
			it.marks = []string{v.UUID}
		}
		return it, true
	case *PowerSupply:
		return item{serial: v.Serial, model: words(v.Manufacturer, v.PartNumber, v.Model), slot: v.Slot}, isSupply(v)
	case *Sensor:
		return item{model: v.Name}, true
	}
	return item{}, false
}

// isSupply tells a power supply from an empty bay, and from one of which nobody
// knows what is in it.
func isSupply(v *PowerSupply) bool {
	if v.Present == nil {
		return v.Serial+v.Model+v.PartNumber != ""
	}
	return *v.Present
}

// slotsOf returns the names of all places for a kind of component, empty ones
// too.
func slotsOf(r *Report, kind string) map[string]bool {
	set := make(map[string]bool)
	for c := range r.Components() {
		if c.Kind == kind {
			it, _ := itemOf(c.Value)
			set[it.slot] = true
		}
	}
	return set
}

// marksOf returns the addresses that a network card was made with.
func marksOf(card *NetworkCard) []string {
	var list []string
	for _, port := range card.Ports {
		for _, address := range []string{port.PermanentMAC, port.GUID} {
			if address != "" {
				list = append(list, address)
			}
		}
	}
	return list
}

// itemOfDrive gives a drive the place where a person finds it. Only an NVMe
// drive is at a PCI address of its own.
func itemOfDrive(v *Drive) item {
	it := item{serial: v.Serial, model: v.Model, size: v.CapacityBytes, controller: v.Controller}
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
	m := &matcher{old, new, make([]bool, len(old)), make([]int, len(new))}
	for _, key := range []func(item) string{
		func(it item) string { return it.id },
		func(it item) string { return it.serial },
		func(it item) string { return atPlace(it, it.slot) },
		func(it item) string { return atPlace(it, it.address) },
	} {
		m.by(key, false)
	}
	m.by(func(it item) string { return it.alike() }, true)
	for j, it := range new {
		if m.partner[j] == 0 {
			added = append(added, it)
			continue
		}
		pairs = append(pairs, [2]item{old[m.partner[j]-1], it})
	}
	for i, it := range old {
		if !m.taken[i] {
			removed = append(removed, it)
		}
	}
	return pairs, removed, added
}

// A matcher pairs items by one key after the other.
type matcher struct {
	old, new []item
	taken    []bool // by index in old
	partner  []int  // by index in new; 1 + the index in old
}

// by pairs what has the same key. Where several have it they are told apart by
// nothing: they are paired in their order if that is wanted and if there are as
// many in both lists, else not.
func (m *matcher) by(key func(item) string, several bool) {
	olds, news := make(map[string][]int), make(map[string][]int)
	for i, it := range m.old {
		if k := key(it); k != "" && !m.taken[i] {
			olds[k] = append(olds[k], i)
		}
	}
	for j, it := range m.new {
		if k := key(it); k != "" && m.partner[j] == 0 {
			news[k] = append(news[k], j)
		}
	}
	for k, js := range news {
		is := olds[k]
		if len(is) != len(js) || len(is) > 1 && !several {
			continue
		}
		for n, j := range js {
			i := is[n]
			if contradict(m.old[i], m.new[j]) || several && m.old[i].serial != "" && m.new[j].serial != "" {
				continue
			}
			m.partner[j], m.taken[i] = i+1, true
		}
	}
}

// alike is what items are paired by that have changed their name: functions and
// controllers whose buses were numbered anew, drives whose serial number and GPUs
// whose driver one audit could not read.
func (it item) alike() string {
	switch it.kind {
	case "pci", "controller":
		return words(it.identity, it.model)
	case "gpu":
		return it.address
	case "drive":
		if it.slot == "" && it.model != "" {
			return words(it.model, strconv.FormatUint(it.size, 10))
		}
	}
	return ""
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
	switch {
	case a.serial != "" && b.serial != "":
		return a.serial != b.serial
	case a.identity != b.identity:
		return true
	case len(a.marks) > 0 && len(b.marks) > 0:
		return !share(a.marks, b.marks)
	}
	switch a.kind { // another model in the place that the id was made of
	case "gpu":
		if len(a.marks) != len(b.marks) { // the bus and the driver have names of their own
			return false
		}
		fallthrough
	case "dimm", "drive", "psu", "cpu":
		return a.model != "" && b.model != "" && !sameWords(a.model, b.model)
	}
	return false
}

// share tells that two lists have an element in common.
func share(a, b []string) bool {
	in := make(map[string]bool, len(a))
	for _, s := range a {
		in[s] = true
	}
	return slices.ContainsFunc(b, func(s string) bool { return in[s] })
}

// sameWords tells that two names differ in their marks and capitals only, or
// that the one is what is left of the other in SCSI's 16 characters.
func sameWords(a, b string) bool {
	a, b = bare(a), bare(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || len(a) >= 14 && strings.HasPrefix(b, a) || a != "" && strings.HasSuffix(b, a)
}

// bare leaves letters and digits.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
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
	if a == nil || b == nil || reflect.DeepEqual(a, b) || sameWording(path, a, b) {
		return list
	}
	return append(list, FieldChange{path, a, b})
}

// sameWording tells that two tools, or two versions of one, word the same value
// in two ways.
func sameWording(path string, a, b any) bool {
	x, y := fmt.Sprint(a), fmt.Sprint(b)
	switch path {
	case "model", "part_number":
		return sameWords(x, y)
	case "firmware", "version": // "14.27.1016 (MT_2420110034)"
		if len(x) > len(y) {
			x, y = y, x
		}
		return strings.HasPrefix(y, x+" ") || len(x) == 4 && strings.HasSuffix(y, x) // SCSI has room for four
	case "microcode": // "0xb000040", "0x0b000040"
		m, err := strconv.ParseUint(x, 0, 64)
		n, err2 := strconv.ParseUint(y, 0, 64)
		return err == nil && err2 == nil && m == n
	case "capacity_bytes": // controllers round it
		m, err := strconv.ParseFloat(x, 64)
		n, err2 := strconv.ParseFloat(y, 64)
		return err == nil && err2 == nil && math.Abs(m-n) < 0.005*m
	}
	return false
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
