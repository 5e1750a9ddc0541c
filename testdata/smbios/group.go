// SPDX-License-Identifier: Apache-2.0

package smbios

import "github.com/mchus/bee/dmi"

// Group is structure type 14 (DSP0134 7.15).
type Group struct {
	Name  string
	Items []GroupItem
}

// A GroupItem is a structure that belongs to a group.
type GroupItem struct {
	Type   uint8
	Handle uint16
}

func (g *generator) group() uint16 {
	group := &Group{Name: g.text("Firmware Version Info", "$MEI: 1", "OEM Group")}
	for range g.IntN(4) {
		group.Items = append(group.Items, GroupItem{pick[uint8](g, 0, 4, 13, 17, 39, 221), uint16(g.IntN(0x2000))})
	}
	return g.add(14, group)
}

func (group *Group) add(t *Truth, in printed) {
	v := dmi.Group{View: in.view()}
	if in.has(0x05) {
		v.Name = text(group.Name)
		for i := range (in.Size - 5) / 3 {
			var item GroupItem // a longer structure has items of zeros
			if i < len(group.Items) {
				item = group.Items[i]
			}
			kind := structureTypes.text(uint16(item.Type), in.tool)
			if item.Type >= 128 {
				kind = "OEM-specific"
			}
			v.Items = append(v.Items, dmi.GroupItem{Handle: item.Handle, Type: kind})
		}
	}
	t.Groups = append(t.Groups, v)
}

// Additional is structure type 40 (DSP0134 7.41).
type Additional struct {
	Count   uint8
	Entries []AdditionalEntry
}

// An AdditionalEntry amends a field of another structure.
type AdditionalEntry struct {
	Length uint8
	Handle uint16
	Offset uint8
	Text   string
	Value  []uint8
}

func (g *generator) additional() uint16 {
	a := &Additional{}
	for range g.between(1, 3) {
		e := AdditionalEntry{Handle: uint16(g.IntN(0x2000)), Offset: uint8(g.IntN(64)), Text: g.text("PCIExpressx16", "CPU: stepping")}
		e.Value = make([]uint8, pick(g, 1, 2, 4, 3))
		for i := range e.Value {
			e.Value[i] = uint8(g.Uint32())
		}
		e.Length = uint8(5 + len(e.Value))
		a.Entries = append(a.Entries, e)
	}
	a.Count = uint8(len(a.Entries))
	return g.add(40, a)
}

func (a *Additional) add(t *Truth, in printed) {
	if !in.has(0x0B) {
		t.AdditionalInformation = append(t.AdditionalInformation, dmi.AdditionalInformation{View: in.view()})
		return
	}
	end := 5
	for _, e := range a.Entries {
		v := dmi.AdditionalInformation{View: in.view()}
		if end += int(e.Length); in.has(end) {
			v.ReferencedHandle, v.ReferencedOffset = handle(e.Handle), &e.Offset
			v.String = text(e.Text)
			v.Value = e.value()
		}
		t.AdditionalInformation = append(t.AdditionalInformation, v)
		if !in.has(end) {
			return
		}
	}
}

// value returns the new value of the field, if it is of a size that dmidecode
// prints.
func (e *AdditionalEntry) value() *uint32 {
	if len(e.Value) == 3 {
		return nil
	}
	var v uint32
	for i, b := range e.Value {
		v |= uint32(b) << (8 * i)
	}
	return &v
}
