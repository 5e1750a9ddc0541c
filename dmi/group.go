// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// A Group names structures that belong together (type 14, DSP0134 3.7 section
// 7.15).
type Group struct {
	View
	Name  string      `json:"name,omitzero"`
	Items []GroupItem `json:"items,omitzero"`
}

// A GroupItem is a structure in a group.
type GroupItem struct {
	Handle uint16 `json:"handle"`
	Type   string `json:"type,omitzero"` // "Processor", "OEM-specific"
}

// Groups returns the groups of structures.
func (t *Table) Groups() ([]Group, error) { return all[Group](t, TypeGroupAssociations) }

func (g *Group) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Name":
		g.Name = r.text(f)
	case "Items":
		for _, item := range f.Items {
			handle, ok := parseHandle(item)
			if !ok {
				continue
			}
			_, typ, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(item), ")"), " (")
			g.Items = append(g.Items, GroupItem{handle, respellType(typ)})
		}
	default:
		return false
	}
	return true
}
