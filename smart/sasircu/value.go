// SPDX-License-Identifier: Apache-2.0

package sasircu

import (
	"fmt"
	"strconv"
	"strings"
)

// maxNumber is more than any count the tool prints.
const maxNumber = 1 << 31

// uint reads a decimal number.
func (p *parser) uint(text string) (uint64, bool) {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		p.fail(text, ErrSyntax)
		return 0, false
	}
	return n, true
}

// number reads a count, 0 where it is none.
func (p *parser) number(text string) int {
	if isNothing(text) {
		return 0
	}
	n, ok := p.uint(text)
	if ok && n >= maxNumber {
		p.fail(text, ErrLimit)
		return 0
	}
	return int(n)
}

// int reads a number of which zero is a reading, nil where it is none.
func (p *parser) int(text string) *int {
	if isNothing(text) {
		return nil
	}
	before := len(p.errs)
	n := p.number(text)
	if len(p.errs) > before {
		return nil
	}
	return &n
}

// mebibytes reads a size in what the tool calls MB.
func (p *parser) mebibytes(text string) uint64 {
	if isNothing(text) {
		return 0
	}
	n, ok := p.uint(text)
	if ok && n > 1<<43 {
		p.fail(text, ErrLimit)
		return 0
	}
	return n << 20
}

// yes reads "Yes" and "No".
func yes(text string) *bool {
	switch text {
	case "Yes", "No":
		b := text == "Yes"
		return &b
	}
	return nil
}

// isNothing reports whether a value stands for none.
func isNothing(text string) bool {
	switch text {
	case "", "N/A", "NA", "Unknown", "Undetermined", "None":
		return true
	}
	return false
}

// word returns a text, "" where it stands for none.
func word(text string) string {
	if isNothing(text) {
		return ""
	}
	return text
}

// digits returns the hexadecimal digits of a name such as
// "4433221-1-0700-0000", "" if there is something else in it or if all of
// them are 0.
func digits(text string) string {
	text = strings.ReplaceAll(text, "-", "")
	zeros := true
	for _, c := range []byte(text) {
		if !isHex(c) {
			return ""
		}
		zeros = zeros && c == '0'
	}
	if zeros {
		return ""
	}
	return strings.ToLower(text)
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// naa returns the name under which the system knows a volume: LSI's prefix
// for integrated RAID and the bytes of the wwid in reverse.
func naa(wwid string) string {
	if len(wwid) != 16 || digits(wwid) == "" {
		return ""
	}
	var b [32]byte
	copy(b[:], "600508e000000000")
	for i := 0; i < 16; i += 2 {
		copy(b[16+i:], wwid[14-i:16-i])
	}
	return strings.ToLower(string(b[:]))
}

// pciAddress writes an address as Linux does.
func pciAddress(a [4]int) string {
	if a[0] > 0xFFFF || a[1] > 0xFF || a[2] > 0x1F || a[3] > 7 {
		return ""
	}
	return fmt.Sprintf("%04x:%02x:%02x.%x", a[0], a[1], a[2], a[3])
}
