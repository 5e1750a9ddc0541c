// SPDX-License-Identifier: Apache-2.0

package ssacli

import (
	"strings"

	"github.com/mchus/bee/internal/lines"
)

// word returns a text, "" where it stands for none.
func word(text string) string {
	switch text {
	case "N/A", "Unknown", "None", "Not Supported", "Not Available":
		return ""
	}
	return text
}

// uint reads a number; ok is false where there is none.
func (p *parser) uint(text string) (n uint64, ok bool) {
	n, ok = lines.Uint(text, 64)
	if !ok && word(text) != "" {
		p.fail(text, ErrSyntax)
	}
	return n, ok
}

// small reads a small number; ok is false where there is none.
func (p *parser) small(text string) (int, bool) {
	n, ok := p.uint(text)
	if n > 1<<30 && ok {
		p.fail(text, ErrLimit)
		return 0, false
	}
	return int(n), ok
}

// number reads a small number of which zero is none.
func (p *parser) number(text string) int {
	if n, ok := p.small(text); ok {
		return n
	}
	return 0
}

// count reads a small number of which zero is a reading. Some of them share a
// piece of memory.
func (p *parser) count(text string) *int {
	n, ok := p.small(text)
	if !ok {
		return nil
	}
	if len(p.counts) == 0 {
		p.counts = make([]int, 16)
	}
	at := &p.counts[0]
	*at, p.counts = n, p.counts[1:]
	return at
}

// count64 reads a number of which zero is a reading.
func (p *parser) count64(text string) *uint64 {
	if n, ok := p.uint(text); ok {
		return &n
	}
	return nil
}

// percent reads "99.84%".
func (p *parser) percent(text string) *float64 {
	if word(text) == "" {
		return nil
	}
	digits, _, _ := strings.Cut(text, "%")
	n, ok := lines.Float(digits)
	if !ok || !(n >= 0 && n <= 100) {
		p.fail(text, ErrSyntax)
		return nil
	}
	return &n
}

// progress finds "12% complete" in a status.
func (p *parser) progress(text string) *float64 {
	i := strings.IndexByte(text, '%')
	if i < 0 {
		return nil
	}
	start := strings.LastIndexByte(text[:i], ' ') + 1
	return p.percent(text[start:])
}

// size reads "1.75 TB" or "2593386 MB (94.41%)" as bytes, in powers of base:
// the tool writes TB for both.
func (p *parser) size(text string, base float64) uint64 {
	if word(text) == "" {
		return 0
	}
	digits, rest, _ := strings.Cut(text, " ")
	n, ok := lines.Float(digits)
	if !ok || !(n >= 0 && n < 1e9) {
		p.fail(text, ErrSyntax)
		return 0
	}
	unit, _, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
	power := -1
	if len(unit) == 1 || len(unit) == 2 && unit[1] == 'B' {
		power = strings.IndexByte("BKMGTP", unit[0])
	}
	if power < 0 {
		p.fail(text, ErrUnit)
		return 0
	}
	for range power {
		n *= base
	}
	return uint64(n + 0.5)
}

// lowerHex returns sixteen hexadecimal digits in small letters, and whether a
// text is that.
func lowerHex(text string) (string, bool) {
	if len(text) != 16 {
		return "", false
	}
	var b [16]byte
	for i := range b {
		c := text[i]
		switch {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'f':
		case 'A' <= c && c <= 'F':
			c += 'a' - 'A'
		default:
			return "", false
		}
		b[i] = c
	}
	return string(b[:]), true
}
