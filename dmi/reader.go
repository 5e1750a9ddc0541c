// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/placeholder"
)

// A reader turns the text of fields into values and collects what it could
// not. Every method returns the zero value for a field that says nothing.
type reader struct {
	tool   int // version of dmidecode, 212 for 2.12; 0 where it did not say
	smbios int // version of the table, likewise
	indent int // tabs in front of the keys
	errs   Errors

	// What the views point to: most of the memory that a view took was made of
	// it, one by one.
	ints    block[int]
	sizes   block[uint64]
	words16 block[uint16]
	makers  block[JEDECID]
	texts   []string // not yet used
}

// A block hands out values by the dozen.
type block[T any] struct{ free []T }

// keep returns a pointer to v.
func (b *block[T]) keep(v T) *T {
	if len(b.free) == 0 {
		b.free = make([]T, 32)
	}
	p := &b.free[0]
	*p, b.free = v, b.free[1:]
	return p
}

// list returns an empty list with room for n texts.
func (r *reader) list(n int) []string {
	if len(r.texts) < n {
		r.texts = make([]string, max(n, 32))
	}
	list := r.texts[:0:n]
	r.texts = r.texts[n:]
	return list
}

// newReader returns a reader for the fields of a table. Fields do not know
// their column, so errors count it by the layout of the version: two tabs in
// front of the keys until 2.6, one since.
func newReader(t *Table) *reader {
	r := &reader{tool: versionNumber(t.Version), smbios: versionNumber(t.SMBIOS), indent: 1}
	if r.olderThan(207) {
		r.indent = 2
	}
	return r
}

// versionNumber reads "2.12" as 212, and anything else as 0.
func versionNumber(s string) int {
	major, minor, _ := strings.Cut(s, ".")
	end := 0
	for end < len(minor) && '0' <= minor[end] && minor[end] <= '9' {
		end++
	}
	a, err := strconv.ParseUint(major, 10, 8)
	b, err2 := strconv.ParseUint(minor[:end], 10, 8)
	if err != nil || err2 != nil || b > 99 {
		return 0
	}
	return int(100*a + b)
}

// olderThan reports whether a version of dmidecode before this one printed the
// table, false where it did not say.
func (r *reader) olderThan(tool int) bool { return r.tool > 0 && r.tool < tool }

// fail reports the text of a field's value, or a part of it, as wrong.
func (r *reader) fail(f *Field, text string, err error) {
	column := r.indent + max(strings.Index(f.Value, text), 0) + 1
	if f.Key != "" {
		column += len(f.Key) + len(": ")
	}
	r.errs.add(&ParseError{Line: f.Line, Column: column, Text: text, Err: err})
}

// text returns a string that the makers of the system chose.
func (r *reader) text(f *Field) string {
	s := strings.TrimSpace(f.Value)
	if IsPlaceholder(s) {
		return ""
	}
	return s
}

// serial returns a serial number.
func (r *reader) serial(f *Field) string {
	s := strings.TrimSpace(f.Value)
	if placeholder.IsSerial(s) {
		return ""
	}
	return s
}

// word returns a word of the specification, as dmidecode spells it.
func (r *reader) word(f *Field) string {
	s := strings.TrimSpace(f.Value)
	if noWord(s) {
		return ""
	}
	return respell(s)
}

// words returns the words in the list below a field.
func (r *reader) words(f *Field) []string {
	var list []string
	for _, item := range f.Items {
		if s := strings.TrimSpace(item); !noWord(s) {
			if list == nil {
				list = r.list(len(f.Items))
			}
			list = append(list, respell(s))
		}
	}
	return list
}

// terms splits a value that prints several terms with blanks between them.
// The terms that hold blanks themselves are given.
func (r *reader) terms(f *Field, known ...string) []string {
	var list []string
	for s := strings.TrimSpace(f.Value); s != ""; {
		term, rest, more := strings.Cut(s, " ")
		for i := 0; more && i < len(known); i++ {
			if after, ok := strings.CutPrefix(s, known[i]); ok && (after == "" || after[0] == ' ') {
				term, rest = known[i], after
			}
		}
		if !noWord(term) && term != "None" {
			if list == nil {
				list = r.list(1 + strings.Count(s, " "))
			}
			list = append(list, term)
		}
		s = strings.TrimLeft(rest, " ")
	}
	return list
}

// flag returns a field that says yes or no.
func (r *reader) flag(f *Field, yes, no string) *bool {
	return r.choice(f, strings.TrimSpace(f.Value), yes, no)
}

// choice returns what a part of a field says.
func (r *reader) choice(f *Field, s, yes, no string) *bool {
	switch s {
	case yes:
		return new(true)
	case no:
		return new(false)
	default:
		if !noNumber(s) {
			r.fail(f, s, ErrSyntax)
		}
		return nil
	}
}

// count returns a decimal number, 0 where there is none.
func (r *reader) count(f *Field) int {
	n, _ := r.quantity(f)
	return r.fit(f, n)
}

// optional returns a decimal number that may be zero, in front of a unit if one
// is given, nil where there is none.
func (r *reader) optional(f *Field, unit ...string) *int {
	if n, known := r.quantity(f, unit...); known {
		return r.ints.keep(r.fit(f, n))
	}
	return nil
}

// measure returns a decimal number in front of a unit, 0 where there is none.
func (r *reader) measure(f *Field, unit ...string) int {
	n, _ := r.quantity(f, unit...)
	return r.fit(f, n)
}

// fit reports a number that is too large for any field of its kind.
func (r *reader) fit(f *Field, n uint64) int {
	if n > math.MaxInt32 {
		r.fail(f, strings.TrimSpace(f.Value), ErrRange)
		return 0
	}
	return int(n)
}

// quantity returns a decimal number in front of one of the units, or alone if
// none is given; known is false where there is no number.
func (r *reader) quantity(f *Field, units ...string) (n uint64, known bool) {
	s := strings.TrimSpace(f.Value)
	if noNumber(s) {
		return 0, false
	}
	digits, unit := cutUnit(s)
	if strings.HasSuffix(unit, ")") {
		unit, _, _ = strings.Cut(unit, " (") // "667 MHz (1.5 ns)" until 2.9
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		r.fail(f, digits, causeOf(err))
		return 0, false
	}
	if slices.Contains(units, unit) || unit == "" && len(units) == 0 {
		return n, true
	}
	r.fail(f, unit, ErrUnit)
	return 0, false
}

// fixed returns a decimal fraction in front of a unit, times ten to the power
// of scale, so that "1.35 V" with a scale of 3 is 1350. It is nil where there
// is none.
func (r *reader) fixed(f *Field, unit string, scale int) *int {
	s := strings.TrimSpace(f.Value)
	if noNumber(s) {
		return nil
	}
	number, after := cutUnit(s)
	if after != unit {
		r.fail(f, s, ErrUnit)
		return nil
	}
	n, err := parseFixed(number, scale)
	if err != nil {
		r.fail(f, s, err)
		return nil
	}
	return r.ints.keep(n)
}

// millivolts returns a voltage, 0 where there is none.
func (r *reader) millivolts(f *Field) int {
	if n := r.fixed(f, "V", 3); n != nil {
		return *n
	}
	return 0
}

// parseFixed reads "-1.35" as -1350 when scale is 3.
func parseFixed(s string, scale int) (int, error) {
	sign := 1
	if after, ok := strings.CutPrefix(s, "-"); ok {
		s, sign = after, -1
	}
	whole, fraction, _ := strings.Cut(s, ".")
	if !isDigits(whole) || !isDigits(fraction) {
		return 0, ErrSyntax
	}
	if len(fraction) > scale {
		if strings.Trim(fraction[scale:], "0") != "" {
			return 0, ErrRange
		}
		fraction = fraction[:scale]
	}
	if whole == "" && fraction == "" {
		return 0, ErrSyntax
	}
	n := 0
	for i := range len(whole) + scale {
		n *= 10
		switch {
		case i < len(whole):
			n += int(whole[i]) - '0'
		case i-len(whole) < len(fraction):
			n += int(fraction[i-len(whole)]) - '0'
		}
		if n > math.MaxInt32 {
			return 0, ErrRange
		}
	}
	return sign * n, nil
}

// size returns a size in bytes; known is false where there is none.
func (r *reader) size(f *Field) (n uint64, known bool) {
	return r.parseSize(f, strings.TrimSpace(f.Value))
}

func (r *reader) parseSize(f *Field, s string) (n uint64, known bool) {
	if noNumber(s) {
		return 0, false
	}
	digits, unit := cutUnit(s)
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		r.fail(f, digits, causeOf(err))
		return 0, false
	}
	shift := unitShift(unit)
	if shift < 0 {
		r.fail(f, unit, ErrUnit)
		return 0, false
	}
	if n != 0 && bits.Len64(n)+shift > 64 {
		r.fail(f, s, ErrRange)
		return 0, false
	}
	return n << shift, true
}

// bytes returns a size in bytes, 0 where there is none.
func (r *reader) bytes(f *Field) uint64 {
	n, _ := r.size(f)
	return n
}

// part returns the size of a part of a memory module: "None" is 0, "Unknown"
// is nil.
func (r *reader) part(f *Field) *uint64 {
	if strings.TrimSpace(f.Value) == "None" {
		return r.sizes.keep(0)
	}
	if n, known := r.size(f); known {
		return r.sizes.keep(n)
	}
	return nil
}

// unitShift returns the power of two that a unit of size stands for, or -1.
// dmidecode counts in powers of 1024 whatever it calls them: kB in 3.6, KB in
// 2.x and KiB in 3.7 are the same.
func unitShift(unit string) int {
	switch unit {
	case "bytes", "byte", "B":
		return 0
	case "kB", "KB", "KiB", "kbyte", "kbytes", "K":
		return 10
	case "MB", "MiB", "Mbyte", "Mbytes":
		return 20
	case "GB", "GiB":
		return 30
	case "TB", "TiB":
		return 40
	case "PB", "PiB":
		return 50
	case "EB", "EiB":
		return 60
	}
	return -1
}

// hex returns a number printed as 0x…; known is false where there is none.
func (r *reader) hex(f *Field, size int) (n uint64, known bool) {
	s := strings.TrimSpace(f.Value)
	if noNumber(s) {
		return 0, false
	}
	return r.parseHex(f, s, size)
}

func (r *reader) parseHex(f *Field, s string, size int) (n uint64, known bool) {
	digits, ok := strings.CutPrefix(s, "0x")
	if !ok {
		r.fail(f, s, ErrSyntax)
		return 0, false
	}
	n, err := strconv.ParseUint(digits, 16, size)
	if err != nil {
		r.fail(f, s, causeOf(err))
		return 0, false
	}
	return n, true
}

// word32 returns a number of 32 bits printed as 0x…, nil where there is none.
func (r *reader) word32(f *Field) *uint32 {
	if n, known := r.hex(f, 32); known {
		return new(uint32(n))
	}
	return nil
}

// word16 returns a number of 16 bits printed as 0x…, 0 where there is none.
func (r *reader) word16(f *Field) uint16 {
	n, _ := r.hex(f, 16)
	return uint16(n)
}

// handle returns the handle of another structure. 0xFFFE and 0xFFFF stand for
// none (DSP0134 3.7, sections 7.17 and 7.36), as do "Not Provided", "No
// Error" and "No L2 Cache".
func (r *reader) handle(f *Field) *uint16 {
	s := strings.TrimSpace(f.Value)
	if noNumber(s) || s == "No Error" || strings.HasSuffix(s, " Cache") {
		return nil
	}
	n, known := r.parseHex(f, s, 16)
	if !known || n >= 0xFFFE {
		return nil
	}
	return r.words16.keep(uint16(n))
}

// handles returns the handles in the list below a field.
func (r *reader) handles(f *Field) []uint16 {
	var list []uint16
	for _, item := range f.Items {
		if n, ok := parseHandle(item); ok {
			list = append(list, n)
		}
	}
	return list
}

// parseHandle reads the handle that "0x0040 (OEM-specific)" begins with.
func parseHandle(s string) (uint16, bool) {
	s, _, _ = strings.Cut(strings.TrimSpace(s), " ")
	digits, ok := strings.CutPrefix(s, "0x")
	n, err := strconv.ParseUint(digits, 16, 16)
	return uint16(n), ok && err == nil && n < 0xFFFE
}

// cutUnit splits "16 GB" and "50%" into the number and the unit.
func cutUnit(s string) (number, unit string) {
	i := 0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.' || s[i] == '-') {
		i++
	}
	return s[:i], strings.TrimLeft(s[i:], " ")
}

// causeOf names the cause of an error of strconv.
func causeOf(err error) error {
	if e, ok := err.(*strconv.NumError); ok && e.Err == strconv.ErrRange {
		return ErrRange
	}
	return ErrSyntax
}

// isDigits reports whether s has nothing but decimal digits.
func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
