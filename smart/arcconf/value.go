// SPDX-License-Identifier: Apache-2.0

package arcconf

import (
	"fmt"
	"strconv"
	"strings"
)

// word returns a text, "" where it stands for none.
func word(text string) string {
	switch text {
	case "Not Applicable", "Not Available", "Not available", "Not Supported", "Not supported", "Unknown", "unknown", "None", "N/A":
		return ""
	}
	return text
}

// small reads a number, nil where there is none. Some of them share a piece of
// memory.
func (p *parser) small(text string) *int {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		return nil
	}
	if len(p.ints) == 0 {
		p.ints = make([]int, 16)
	}
	at := &p.ints[0]
	*at, p.ints = int(n), p.ints[1:]
	return at
}

// count64 reads a number of which zero is a reading.
func (p *parser) count64(text string) *uint64 {
	if word(text) == "" {
		return nil
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		p.fail(text, ErrSyntax)
		return nil
	}
	return &n
}

// count reads a small number of which zero is a reading.
func (p *parser) count(text string) *int {
	if word(text) == "" {
		return nil
	}
	n := p.small(text)
	if n == nil {
		p.fail(text, ErrSyntax)
	}
	return n
}

// leading reads the number at the beginning of "7200 RPM".
func (p *parser) leading(text string) int {
	digits, _, _ := strings.Cut(text, " ")
	if n := p.count(digits); n != nil {
		return *n
	}
	return 0
}

// celsius reads "54 C/ 132 F (Normal)" or "34 deg C". A word such as "Normal"
// is not a reading.
func (p *parser) celsius(text string) *int {
	digits, unit, ok := strings.Cut(text, " ")
	if !ok || word(text) == "" || !strings.HasPrefix(unit, "C") && !strings.HasPrefix(unit, "deg C") {
		return nil
	}
	n, err := strconv.ParseInt(digits, 10, 16)
	if err != nil {
		p.fail(text, ErrSyntax)
		return nil
	}
	return new(int(n))
}

// percentage reads "100 percent" or "100 %".
func (p *parser) percentage(text string) *int {
	if word(text) == "" {
		return nil
	}
	digits, _, _ := strings.Cut(text, " ")
	n := p.small(strings.TrimSuffix(digits, "%"))
	if n == nil || *n > 100 {
		p.fail(text, ErrSyntax)
		return nil
	}
	return n
}

// percent reads "90".
func (p *parser) percent(text string) *float64 {
	n, err := strconv.ParseFloat(strings.TrimRight(text, " %"), 64)
	if err != nil || !(n >= 0 && n <= 100) {
		p.fail(text, ErrSyntax)
		return nil
	}
	return &n
}

// progress finds "90 %" in a status.
func (p *parser) progress(text string) *float64 {
	i := strings.IndexByte(text, '%')
	if i < 0 {
		return nil
	}
	before := strings.TrimRight(text[:i], " ")
	start := strings.LastIndexAny(before, " :(") + 1
	return p.percent(before[start:])
}

// size reads "953869 MB" or "538264 KB" as bytes; the units are powers of
// 1024.
func (p *parser) size(text string) uint64 {
	if word(text) == "" {
		return 0
	}
	digits, unit, _ := strings.Cut(text, " ")
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || !(n >= 0 && n < 1e12) {
		p.fail(text, ErrSyntax)
		return 0
	}
	power := strings.Index("BKMGT", strings.TrimSuffix(strings.TrimSpace(unit), "B"))
	if len(unit) < 2 || power < 1 {
		p.fail(text, ErrUnit)
		return 0
	}
	for range power {
		n *= 1024
	}
	return uint64(n + 0.5)
}

// blockSize reads "512 Bytes" or "4K Bytes".
func (p *parser) blockSize(text string) int {
	digits, _, _ := strings.Cut(text, " ")
	if word(text) == "" {
		return 0
	}
	n := p.small(strings.TrimSuffix(digits, "K"))
	if n == nil || *n > 1<<20 {
		p.fail(text, ErrSyntax)
		return 0
	}
	if strings.HasSuffix(digits, "K") {
		return *n << 10
	}
	return *n
}

// address reads "0:4b:0:0": domain, bus, device and function, hexadecimal.
func (p *parser) address(text string) string {
	parts := strings.Split(text, ":")
	var a [4]uint64
	if len(parts) != len(a) {
		p.fail(text, ErrSyntax)
		return ""
	}
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 16, 16)
		if err != nil {
			p.fail(text, ErrSyntax)
			return ""
		}
		a[i] = n
	}
	if a[1] > 0xFF || a[2] > 0x1F || a[3] > 7 {
		p.fail(text, ErrSyntax)
		return ""
	}
	return fmt.Sprintf("%04x:%02x:%02x.%x", a[0], a[1], a[2], a[3])
}

// wwn returns a name of 16 digits in small letters, "" where it is none or
// made of zeros.
func wwn(text string) string {
	if len(text) != 16 || strings.Trim(text, "0") == "" {
		return ""
	}
	for _, c := range []byte(text) {
		if !('0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F') {
			return ""
		}
	}
	return strings.ToLower(text)
}
