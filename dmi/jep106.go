// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"encoding/hex"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// A JEDECID names a manufacturer by its code in JEDEC's publication JEP-106.
type JEDECID struct {
	Bank int    `json:"bank"`          // from 1
	Code uint8  `json:"code"`          // within the bank, with its parity bit: 0xCE for Samsung in bank 1
	Name string `json:"name,omitzero"` // "" for one that is not in the table
}

// String returns the two bytes that stand for the manufacturer in a module's
// SPD, both with their parity bits: "0x80CE".
func (id JEDECID) String() string {
	return fmt.Sprintf("0x%02X%02X", withParity(uint8(id.Bank-1)), id.Code)
}

// JEDECName returns the name of the manufacturer with a code, with or without
// its parity bit, in a bank of JEP-106 (from 1), "" if it is not known.
//
// The table has the names of banks 1 to 14 and the beginning of bank 15, after
// OpenOCD 0.12.0 and Memtest86+ 7.20.
func JEDECName(bank int, code uint8) string {
	code &= 0x7F
	if bank < 1 || bank > len(jep106) || code < 1 || code > 126 {
		return ""
	}
	return jep106[bank-1][code-1]
}

// ParseJEDECID reads the code of a manufacturer in the dialects that firmware
// prints, and reports whether s is one:
//
//   - bank and code: "80CE", "0x80CE", "JEDEC ID:80 2C", with the maker of the
//     memory chips or other things behind it: "80CE000080CE", "00CE00B300CE"
//   - the same with its bytes swapped: "CE00", "0xCE80"
//   - the code alone, filled up: "CE00000000000000", "2CFFFFFFFFFFFFFF"
//   - the code behind a 7F for each bank before its own: "7F98000000000000"
//
// A code is told from a name by the parity of its bits. Four decimal digits
// such as "0215" are read only where one way to read them names a maker of
// modules and no other does; [ParseModuleMaker] decides by the part number.
func ParseJEDECID(s string) (id JEDECID, ok bool) { return ParseModuleMaker(s, "") }

// readJEDECID reads a code in hexadecimal.
func readJEDECID(s string) (id JEDECID, ok bool) {
	var buf [20]byte
	b := hexBytes(buf[:0], s)
	switch banks := leading7F(b); {
	case len(b) < 2:
		return JEDECID{}, false
	case banks > 0 && banks < len(b):
		id = JEDECID{Bank: banks + 1, Code: b[banks]}
	case len(b) >= 8 && isFiller(b[1:]):
		id = JEDECID{Bank: 1, Code: b[0]}
	case len(b)%2 == 1:
		return JEDECID{}, false
	case isBank(b[0]) && isCode(b[1]):
		id = JEDECID{Bank: int(b[0]&0x7F) + 1, Code: b[1]}
	default:
		id = JEDECID{Bank: int(b[1]&0x7F) + 1, Code: b[0]}
	}
	if !isCode(id.Code) || !isBank(uint8(id.Bank-1)) {
		return JEDECID{}, false
	}
	id.Name = JEDECName(id.Bank, id.Code)
	return id, true
}

// hexBytes returns the bytes that s spells in hexadecimal digits, in buf if they
// fit, or nil.
func hexBytes(buf []byte, s string) []byte {
	if len(s) < 4 || len(s) > 40 || !isHex(s[len(s)-1]) {
		return nil
	}
	s = strings.TrimPrefix(s, "JEDEC ID:")
	s = strings.TrimPrefix(strings.TrimPrefix(s, "0x"), "0X")
	b, err := hex.AppendDecode(buf, []byte(strings.ReplaceAll(s, " ", "")))
	if err != nil {
		return nil
	}
	return b
}

// maxBanks is one more than the bank byte can be for ParseJEDECID to take it
// for one. JEDEC has come to bank 17 by 2025.
const maxBanks = 18

func isBank(b uint8) bool { return b&0x7F < maxBanks }

// isCode reports whether b is a code with odd parity.
func isCode(b uint8) bool {
	return bits.OnesCount8(b)%2 == 1 && b&0x7F != 0 && b != 0x7F
}

func withParity(b uint8) uint8 {
	if bits.OnesCount8(b)%2 == 0 {
		return b | 0x80
	}
	return b
}

func leading7F(b []byte) int {
	n := 0
	for n < len(b) && b[n] == 0x7F {
		n++
	}
	return n
}

// isFiller reports whether b is all zeros or all ones.
func isFiller(b []byte) bool {
	for _, c := range b {
		if c != b[0] || c != 0 && c != 0xFF {
			return false
		}
	}
	return true
}

// jedec reads "Bank 1, Hex 0xCE".
func (r *reader) jedec(f *Field) *JEDECID {
	s := strings.TrimSpace(f.Value)
	if noNumber(s) {
		return nil
	}
	bank, code, ok := strings.Cut(strings.TrimPrefix(s, "Bank "), ", Hex 0x")
	b, err := strconv.ParseUint(bank, 10, 8)
	c, err2 := strconv.ParseUint(code, 16, 8)
	if !ok || err != nil || err2 != nil {
		r.fail(f, s, ErrSyntax)
		return nil
	}
	return r.makers.keep(JEDECID{int(b), uint8(c), JEDECName(int(b), uint8(c))})
}
