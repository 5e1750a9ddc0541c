// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// A Version is the version of the specification that a firmware claims.
type Version struct{ Major, Minor, Revision uint8 }

// AtLeast reports whether v is major.minor or later.
func (v Version) AtLeast(major, minor uint8) bool {
	return v.Major > major || v.Major == major && v.Minor >= minor
}

// String returns the version as dmidecode prints it: the 64-bit entry point of
// version 3 has three numbers, the older one two.
func (v Version) String() string {
	if v.Major < 3 {
		return fmt.Sprintf("%d.%d", v.Major, v.Minor)
	}
	return fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Revision)
}

// A Table is what a firmware leaves in memory.
type Table struct {
	Version    Version
	Structures []Structure
}

// A Structure is one entry of a table (DSP0134 6.1): a header, a formatted area
// and the strings that it refers to by number, from 1.
type Structure struct {
	Type    uint8
	Handle  uint16
	Data    []byte // the formatted area behind the four bytes of the header
	Strings []string
}

// Len returns the length that the header states.
func (s *Structure) Len() int { return 4 + len(s.Data) }

// appendTo appends the bytes of the structure, its strings and the final NULs.
func (s *Structure) appendTo(b []byte) []byte {
	b = append(b, s.Type, uint8(s.Len()))
	b = binary.LittleEndian.AppendUint16(b, s.Handle)
	b = append(b, s.Data...)
	for _, text := range s.Strings {
		b = append(append(b, text...), 0)
	}
	if len(s.Strings) == 0 {
		b = append(b, 0)
	}
	return append(b, 0)
}

// Bytes returns the structures one behind the other.
func (t *Table) Bytes() []byte {
	var b []byte
	for i := range t.Structures {
		b = t.Structures[i].appendTo(b)
	}
	return b
}

// Dump returns the table behind its entry point, as "dmidecode --dump-bin"
// writes it and "dmidecode --from-dump" reads it.
func (t *Table) Dump() []byte { return t.dump(t.Bytes(), len(t.Structures)) }

// Wrap returns the bytes of a table, such as Linux has in
// /sys/firmware/dmi/tables/DMI, as a dump of a version.
func Wrap(v Version, table []byte) []byte {
	t := Table{Version: v}
	return t.dump(table, 0)
}

// tableOffset is where the structures of a dump begin.
const tableOffset = 32

// dump puts an entry point before the bytes of a table. The older entry point
// says how many structures there are, the newer one does not.
func (t *Table) dump(table []byte, count int) []byte {
	entry := t.entry32(len(table), count)
	if t.Version.Major >= 3 {
		entry = t.entry64(len(table))
	}
	entry = append(entry, make([]byte, tableOffset-len(entry))...)
	return append(entry, table...)
}

// entry64 is the entry point of version 3 (DSP0134 5.2.2).
func (t *Table) entry64(length int) []byte {
	b := []byte("_SM3_\x00\x18")
	b = append(b, t.Version.Major, t.Version.Minor, t.Version.Revision, 1, 0)
	b = binary.LittleEndian.AppendUint32(b, uint32(length))
	b = binary.LittleEndian.AppendUint64(b, tableOffset)
	b[5] = -sum(b)
	return b
}

// entry32 is the entry point of version 2 (DSP0134 5.2.1).
func (t *Table) entry32(length, count int) []byte {
	var largest int
	for i := range t.Structures {
		largest = max(largest, len(t.Structures[i].appendTo(nil)))
	}
	b := []byte("_SM_\x00\x1f")
	b = append(b, t.Version.Major, t.Version.Minor)
	b = binary.LittleEndian.AppendUint16(b, uint16(largest))
	b = append(b, 0, 0, 0, 0, 0, 0)
	middle := []byte("_DMI_\x00")
	middle = binary.LittleEndian.AppendUint16(middle, uint16(length))
	middle = binary.LittleEndian.AppendUint32(middle, tableOffset)
	middle = binary.LittleEndian.AppendUint16(middle, uint16(count))
	middle = append(middle, t.Version.Major<<4|t.Version.Minor)
	middle[5] = -sum(middle)
	b = append(b, middle...)
	b[4] = -sum(b)
	return b
}

func sum(b []byte) (s uint8) {
	for _, c := range b {
		s += c
	}
	return s
}

// clone returns a copy that shares nothing with s.
func (s *Structure) clone() Structure {
	c := *s
	c.Data = bytes.Clone(s.Data)
	c.Strings = append([]string(nil), s.Strings...)
	return c
}
