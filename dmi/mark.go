// SPDX-License-Identifier: Apache-2.0

package dmi

// A mark is the value of a field that says "too large, see the extended field",
// which versions of dmidecode before tool do not know. They print it as if it
// were one.
type mark struct {
	typ        Type
	key, value string
	tool       int // the first that reads the extended field
	smbios     int // the first table that has it, before which the value is one
}

// marks are those of dmidecode.c from 2.10 to 3.0, and in DSP0134 the notes on
// the fields.
var marks = [...]mark{
	{TypeBIOS, "ROM Size", "16384 kB", 301, 301},
	{TypeProcessor, "Core Count", "255", 300, 300},
	{TypeProcessor, "Core Enabled", "255", 300, 300},
	{TypeProcessor, "Thread Count", "255", 300, 300},
	{TypeCache, "Installed Size", "2097088 kB", 301, 0},
	{TypeCache, "Maximum Size", "2097088 kB", 301, 0},
	{TypeMemoryArray, "Maximum Capacity", "2 TB", 211, 0},
	{TypeMemoryDevice, "Size", "32767 MB", 211, 0},
	{TypeMemoryArrayMapped, "Starting Address", "0x3FFFFFFFC00", 211, 0},
	{TypeMemoryArrayMapped, "Ending Address", "0x3FFFFFFFFFF", 211, 0},
	{TypeMemoryArrayMapped, "Range Size", "1 kB", 211, 0},
	{TypeMemoryDeviceMapped, "Starting Address", "0x3FFFFFFFC00", 211, 0},
	{TypeMemoryDeviceMapped, "Ending Address", "0x3FFFFFFFFFF", 211, 0},
	{TypeMemoryDeviceMapped, "Range Size", "1 kB", 211, 0},
}

// unmarked returns the field, or for a mark one whose value is not known.
func (r *reader) unmarked(typ Type, f *Field) *Field {
	for i := range marks {
		m := &marks[i]
		if m.typ == typ && m.key == f.Key && m.value == f.Value && r.olderThan(m.tool) && r.smbios >= m.smbios {
			return &Field{Key: f.Key, Value: "Unknown", Line: f.Line}
		}
	}
	return f
}
