// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// A MemoryChannel ties memory devices to a channel (type 37, DSP0134 3.7
// section 7.38).
//
// Do not rely on Devices: dmidecode up to 3.7 reads each one entry too far, so
// that the first has the values of the second and the last is made of what
// follows the structure.
type MemoryChannel struct {
	View
	Type        string          `json:"type,omitzero"` // "RamBus"
	MaximumLoad int             `json:"maximum_load,omitzero"`
	Devices     []ChannelDevice `json:"devices,omitzero"`
}

// A ChannelDevice is a memory device on a channel.
type ChannelDevice struct {
	Load   int     `json:"load"`
	Handle *uint16 `json:"handle,omitzero"` // of a MemoryDevice
}

// MemoryChannels returns the memory channels.
func (t *Table) MemoryChannels() ([]MemoryChannel, error) {
	return all[MemoryChannel](t, TypeMemoryChannel)
}

func (c *MemoryChannel) set(r *reader, f *Field) bool {
	switch {
	case f.Key == "Type":
		c.Type = r.word(f)
	case f.Key == "Maximal Load":
		c.MaximumLoad = r.count(f)
	case f.Key == "Devices": // their number
	case isNumbered(f.Key, "Device ", " Load"):
		c.Devices = append(c.Devices, ChannelDevice{Load: r.count(f)})
	case strings.HasSuffix(f.Key, " Handle") && len(c.Devices) > 0:
		c.Devices[len(c.Devices)-1].Handle = r.handle(f)
	default:
		return false
	}
	return true
}
