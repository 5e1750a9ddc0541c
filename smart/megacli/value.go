// SPDX-License-Identifier: Apache-2.0

package megacli

import (
	"strconv"
	"strings"
)

// word returns a text, "" where it stands for none.
func word(text string) string {
	switch text {
	case "N/A", "NA", "Unknown", "Unavailable", "None", "-":
		return ""
	}
	return text
}

// flag reads a yes or no, nil for anything else.
func flag(text string) *bool {
	switch text {
	case "Yes":
		return new(true)
	case "No":
		return new(false)
	}
	return nil
}

// count reads a number of which zero is a reading.
func (p *parser) count(text string) *int { return p.whole(text, 10) }

// hex reads a number in hexadecimal digits.
func (p *parser) hex(text string) *int { return p.whole(text, 16) }

func (p *parser) whole(text string, base int) *int {
	if word(text) == "" {
		return nil
	}
	n, err := strconv.ParseUint(text, base, 31)
	if err != nil {
		p.fail(text, ErrSyntax)
		return nil
	}
	return new(int(n))
}

// number reads a number of which zero is none.
func (p *parser) number(text string) int {
	if n := p.count(text); n != nil && *n <= 1<<20 {
		return *n
	}
	return 0
}

// leading reads "4073 mV" or "98 %".
func (p *parser) leading(text, unit string) *int {
	digits, rest, _ := strings.Cut(text, " ")
	if word(text) == "" {
		return nil
	}
	if rest != unit && !strings.HasPrefix(rest, unit+" ") {
		p.fail(text, ErrUnit)
		return nil
	}
	return p.count(digits)
}

// celsius reads "28C (82.40 F)".
func (p *parser) celsius(text string) *int {
	if word(text) == "" {
		return nil
	}
	digits, _, ok := strings.Cut(text, "C")
	if !ok {
		p.fail(text, ErrUnit)
		return nil
	}
	return p.count(strings.TrimSpace(digits))
}

// sectors reads "10.692 TB [0x558a00000 Sectors]".
func (p *parser) sectors(text string) (size, sectors uint64) {
	rounded, rest, ok := strings.Cut(text, "[0x")
	size = p.size(strings.TrimSpace(rounded))
	if !ok {
		return size, 0
	}
	digits, _, _ := strings.Cut(rest, " ")
	n, err := strconv.ParseUint(digits, 16, 64)
	if err != nil {
		p.fail(text, ErrSyntax)
		return size, 0
	}
	return size, n
}

// size reads "558.375 GB" or "70007MB" as bytes; the units are powers of 1024.
func (p *parser) size(text string) uint64 {
	if word(text) == "" {
		return 0
	}
	end := 0
	for end < len(text) && ('0' <= text[end] && text[end] <= '9' || text[end] == '.') {
		end++
	}
	n, err := strconv.ParseFloat(text[:end], 64)
	if err != nil || !(n >= 0 && n < 1e9) {
		p.fail(text, ErrSyntax)
		return 0
	}
	unit := strings.TrimSpace(text[end:])
	power := strings.Index("BKMGTP", strings.TrimSuffix(unit, "B"))
	if unit == "" || len(unit) > 2 || power < 0 {
		p.fail(text, ErrUnit)
		return 0
	}
	for range power {
		n *= 1024
	}
	return uint64(n + 0.5)
}

// wwn returns a name of 16 digits in small letters, "" where it is none.
func wwn(text string) string {
	if len(text) != 16 || strings.Trim(text, "0") == "" || strings.Trim(text, "0123456789abcdefABCDEF") != "" {
		return ""
	}
	return strings.ToLower(text)
}
