// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"math"
	"strings"

	"github.com/mchus/bee/internal/lines"
)

// uint reads a decimal number.
func (p *parser) uint(text string) (uint64, bool) {
	n, ok := lines.Uint(text, 64)
	if !ok {
		p.fail(text, ErrSyntax)
	}
	return n, ok
}

// keep returns a pointer to n, with others in one piece of memory.
func (p *parser) keep(n uint64) *int {
	if len(p.ints) == 0 {
		p.ints = make([]int, 8+min(len(p.text)/64, 56))
	}
	at := &p.ints[0]
	*at, p.ints = int(n), p.ints[1:]
	return at
}

// int reads a number of which zero is a reading, nil where it is none.
func (p *parser) int(text string) *int {
	if text == "" {
		return nil
	}
	n, ok := lines.Uint(text, 31)
	if !ok {
		p.fail(text, ErrSyntax)
		return nil
	}
	return p.keep(n)
}

// number reads a count that begins a text, such as that of "4 <-- 4".
func (p *parser) number(text string) int {
	first, _, _ := strings.Cut(text, " ")
	if first == "" {
		return 0
	}
	n, ok := lines.Uint(first, 31)
	if !ok {
		p.fail(first, ErrSyntax)
		return 0
	}
	return int(n)
}

// The units in which mdadm counts sizes.
const (
	sector = 512
	kib    = 1024
)

// size reads "101376 (99.00 MiB 103.81 MB)", "202752 sectors (…)" or
// "101376 KiB (…)" as bytes. Where no unit is printed it is the one with
// which the brackets agree, and def without brackets.
func (p *parser) size(text string, def uint64) uint64 {
	number, rest, _ := strings.Cut(text, " ")
	n, ok := p.uint(number)
	if !ok {
		return 0
	}
	unit := def
	switch {
	case rest == "":
	case rest[0] == '(':
		unit = unitOf(n, rest[1:], def)
	case rest[0] == 'K':
		unit = kib
	case rest == "sectors" || strings.HasPrefix(rest, "sectors "):
		unit = sector
	}
	if n > math.MaxUint64/unit {
		p.fail(text, ErrLimit)
		return 0
	}
	return n * unit
}

// unitOf returns the unit in which n is the size in brackets, such as
// "99.00 MiB 103.81 MB)", or def.
func unitOf(n uint64, brackets string, def uint64) uint64 {
	digits, rest, _ := strings.Cut(brackets, " ")
	hundredths, ok := hundredthsOf(digits)
	want := float64(hundredths) / 100
	switch {
	case !ok:
		return def
	case strings.HasPrefix(rest, "KiB"):
		want *= 1 << 10
	case strings.HasPrefix(rest, "MiB"):
		want *= 1 << 20
	case strings.HasPrefix(rest, "GiB"):
		want *= 1 << 30
	case strings.HasPrefix(rest, "TiB"):
		want *= 1 << 40
	default:
		return def
	}
	if ratio := want / float64(n); ratio < 700 && ratio > 0 {
		return sector
	}
	return kib
}

// hundredthsOf reads "99.00".
func hundredthsOf(text string) (n uint64, ok bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	if len(fraction) != 2 || len(whole) == 0 || len(whole) > 9 {
		return 0, false
	}
	for _, part := range [...]string{whole, fraction} {
		for _, c := range []byte(part) {
			if c < '0' || c > '9' {
				return 0, false
			}
			n = n*10 + uint64(c-'0')
		}
	}
	return n, true
}

// chunk reads "512K", "64 KiB", "2M" or "512k" as bytes.
func (p *parser) chunk(text string) uint64 {
	n, end := lines.Digits(text)
	unit := trimLeft(text[end:])
	switch {
	case end == 0 || n>>32 != 0:
		p.fail(text, ErrSyntax)
		return 0
	case unit == "K" || unit == "k": // as nearly all are
		return n << 10
	case strings.Trim(unit, "KkMGiB ") != "":
		p.fail(text, ErrSyntax)
		return 0
	case unit == "":
		return n
	case unit[0] == 'M':
		return n << 20
	case unit[0] == 'G':
		return n << 30
	}
	return n << 10
}

// percent reads "30% complete", nil where it is none.
func (p *parser) percent(text string) *float64 {
	if n, ok := p.readPercent(text); ok {
		return &n
	}
	return nil
}

func (p *parser) readPercent(text string) (n float64, ok bool) {
	digits, _, ok := strings.Cut(text, "%")
	n, isNumber := lines.Float(digits)
	if !ok || !isNumber || !(n >= 0 && n <= 100) {
		p.fail(text, ErrSyntax)
		return 0, false
	}
	return n, true
}

// local takes "(local to host …)" and "(read-only)" and the like off a text.
func local(text string) (value, note string) {
	value, note, ok := strings.Cut(text, "(")
	if !ok {
		return text, ""
	}
	return trimRight(value), strings.TrimSuffix(note, ")")
}
