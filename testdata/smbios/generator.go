// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"fmt"
	"math/rand/v2"
)

// A generator builds one machine. Everything it decides comes from its seed.
type generator struct {
	*rand.Rand
	machine *Machine
	handle  uint16
}

// fields is a structure of the specification, as its table in DSP0134 has it.
type fields interface {
	// add says what a version of dmidecode prints of the structure.
	add(t *Truth, in printed)
}

// add encodes a structure and returns its handle. The structure has its full
// length most of the time; else it is cut to one of the lengths that older
// versions of the specification gave it, or to any, or is longer than known.
func (g *generator) add(typ uint8, f fields, lengths ...int) uint16 {
	full := encode(g.handle, typ, f, -1)
	length := full.Len()
	switch n := g.IntN(20); {
	case typ == 127, typ == 37: // as they are
	case n == 0:
		length = max(4, length-g.IntN(12))
	case n == 1:
		length = min(length+1+g.IntN(8), 255)
	case n <= 4 && len(lengths) > 0:
		length = min(length, lengths[g.IntN(len(lengths))])
	}
	s := encode(g.handle, typ, f, length)
	g.machine.structures = append(g.machine.structures, f)
	g.machine.Table.Structures = append(g.machine.Table.Structures, s)
	g.handle++
	if g.oneIn(40) {
		g.handle += uint16(g.IntN(32)) // handles need not be dense
	}
	return s.Handle
}

// oneIn is true once in n times.
func (g *generator) oneIn(n int) bool { return g.IntN(n) == 0 }

// between returns a number from low to high, both included.
func (g *generator) between(low, high int) int { return low + g.IntN(high-low+1) }

func pick[T any](g *generator, list ...T) T { return list[g.IntN(len(list))] }

// outOfSpec is a code that no enumeration of the specification has.
const outOfSpec = 0x7E

// code returns the code of one of the terms, and now and then none of them.
func (g *generator) code(e enum) uint8 {
	if g.oneIn(50) {
		return outOfSpec
	}
	return uint8(pick(g, e...).code)
}

// flags returns a value with some of the bits set.
func (g *generator) flags(e enum) uint64 {
	var v uint64
	for _, t := range e {
		if g.oneIn(3) {
			v |= 1 << t.code
		}
	}
	return v
}

// sometimes returns v, or none once in ten times: the specification's code for
// a value that is not known or not there.
func sometimes[T any](g *generator, v, none T) T {
	if g.oneIn(10) {
		return none
	}
	return v
}

// text returns one of the texts, or now and then one of those that firmware has
// in place of it, or that are hard to read.
func (g *generator) text(texts ...string) string {
	switch n := g.IntN(40); {
	case n == 0:
		return ""
	case n == 1:
		return pick(g, placeholders...)
	case n == 2:
		return pick(g, oddities...)
	case n <= 4:
		return pick(g, texts...) + "        "[:g.between(1, 8)]
	}
	return pick(g, texts...)
}

// placeholders are texts that stand for no text.
var placeholders = []string{
	"To Be Filled By O.E.M.", "To be filled by O.E.M.", "Not Specified", "N/A", "Default string", "Default",
	"Unknown", "UNKNOWN", "None", "NO DIMM", "0123456789", "Asset-1234567890", "A1_AssetTagNum0", "Part Component",
	"00000000", "FFFFFFFF", "    ", " ", "-", badIndex,
}

// badIndex stands for a reference to a string that is not in the set, which
// dmidecode prints like this.
const badIndex = "<BAD INDEX>"

// oddities are texts that a line-oriented format has to survive.
var oddities = []string{
	"Rack: Mk2: rev B", "a:b", ":", "Size: 32 XB", "x:", ": x",
	"长城TN140A2", "caf\xe9 \x01\x02\ttab", "R\xc3\xa9vision",
	"Handle 0x0001, DMI type 17, 84 bytes", "\"quoted\" \\ back", "100% %s %n",
	"# SMBIOS 9.9.9 present.", "dmidecode 9.9", "(R)(TM) Co., Ltd.",
	"  leading", "two  blanks", "x-", "0x80CE or so",
	"A very long text that no vendor should write into a table but that some do, for it is allowed: " +
		"sixty-four significant characters was a limit once, and later versions lifted it altogether",
}

// serial returns a serial number of one of the usual shapes.
func (g *generator) serial() string {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	b := make([]byte, g.between(6, 16))
	for i := range b {
		b[i] = alphabet[g.IntN(len(alphabet))]
	}
	return g.text(string(b), fmt.Sprintf("%08X", g.Uint32()), fmt.Sprintf("%010d", g.Uint32()), ".."+string(b)+".")
}
