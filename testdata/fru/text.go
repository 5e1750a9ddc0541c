// SPDX-License-Identifier: Apache-2.0

package fru

import (
	"encoding/hex"
	"strings"
	"unicode/utf16"
)

// An Encoding says how a field's text is stored (section 13).
type Encoding byte

// These are the encodings. Wide is how 8-bit text is stored in an area whose
// language is not English.
const (
	Binary Encoding = iota // the text is hexadecimal
	BCD                    // BCD plus: digits, blank, dash, point, colon, comma, underscore
	SixBit                 // packed ASCII, 20h to 5Fh
	Latin1                 // 8-bit ASCII and Latin-1
	Wide                   // UTF-16, the lower byte first
)

// A Text is a field: what it says, and how that is stored.
type Text struct {
	Encoding Encoding
	Value    string
	Filler   bool // the value stands for nothing: "........"
}

// Fillers are what makers store where they have nothing to say.
var Fillers = []string{"........", "N/A", "n/a", "None", "Unknown", "To Be Filled By O.E.M.", "Not Specified", "-----", "Default string", "    "}

const bcdPlus = "0123456789 -.:,_"

// appendTexts appends fields, each with its type/length byte.
func appendTexts(b []byte, texts []Text) []byte {
	for _, t := range texts {
		data := t.bytes()
		kind := min(t.Encoding, Latin1)
		b = append(b, byte(kind)<<6|byte(len(data)))
		b = append(b, data...)
	}
	return b
}

// bytes returns the stored text. It panics where the text cannot be stored: at
// most 63 bytes, and not one byte of Latin-1, which means the end of the fields.
func (t Text) bytes() []byte {
	var b []byte
	switch t.Encoding {
	case Binary:
		b, _ = hex.DecodeString(t.Value)
	case BCD:
		for i := range len(t.Value) / 2 {
			high := strings.IndexByte(bcdPlus, t.Value[2*i])
			low := strings.IndexByte(bcdPlus, t.Value[2*i+1])
			b = append(b, byte(high<<4|low))
		}
	case SixBit:
		b = pack(t.Value)
	case Latin1:
		for _, r := range t.Value {
			b = append(b, byte(r))
		}
	case Wide:
		b = words(utf16.Encode([]rune(t.Value))...)
	}
	if len(b) > 63 || len(b) == 1 && t.Encoding == Latin1 {
		panic("fru: text cannot be stored: " + t.Value)
	}
	return b
}

// pack stores characters in six bits each, the first in the lowest bits.
func pack(s string) []byte {
	var b []byte
	bits, n := 0, 0
	for i := range len(s) {
		bits |= int(s[i]-0x20) << n
		for n += 6; n >= 8; n -= 8 {
			b = append(b, byte(bits))
			bits >>= 8
		}
	}
	if n > 0 {
		b = append(b, byte(bits))
	}
	return b
}
