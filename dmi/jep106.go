// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"strconv"
	"strings"
)

// A JEDECID names a manufacturer as JEDEC's publication JEP-106 does.
type JEDECID struct {
	Bank int   `json:"bank"` // from 1
	Code uint8 `json:"code"` // within the bank, with its parity bit: 0xCE
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
	return &JEDECID{Bank: int(b), Code: uint8(c)}
}
