// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"math"
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
	"github.com/mchus/bee/internal/placeholder"
)

// kelvinOffset is what nvme-cli and the drives' makers take for 0 °C.
const kelvinOffset = 273

// A field is one value that nvme-cli printed, in either form, not yet read.
type field struct {
	doc  *jsondoc.Doc // a cursor at the value; nil in plain text
	text string       // the value in plain text
	hex  bool         // plain text only: digits are hexadecimal even without 0x
	err  error        // plain text only: what is wrong with the value

	sizes []uint64 // what size hands out
}

// scalar reads the value as text. It is not ok for null and for an empty
// string in JSON, which are absent.
func (f *field) scalar() (text string, ok bool) {
	if f.doc == nil {
		return f.text, true
	}
	text, _ = f.doc.Scalar()
	return text, text != ""
}

// reject notes that the value just read makes no sense.
func (f *field) reject(err error) {
	if f.doc == nil {
		f.err = err
		return
	}
	f.doc.Reject(err)
}

// words reads a string.
func (f *field) words() string {
	text, _ := f.scalar()
	if f.doc != nil { // which has valid UTF-8
		return trim(text)
	}
	return clean(text)
}

// name reads what the maker of a drive chose, "" for a placeholder.
func (f *field) name() string { return name(f.words()) }

// serial reads a serial number, "" for a placeholder.
func (f *field) serial() string { return serial(f.words()) }

func name(s string) string {
	if placeholder.Is(s) {
		return ""
	}
	return s
}

func serial(s string) string {
	if placeholder.IsSerial(s) {
		return ""
	}
	return s
}

// clean returns what a drive meant to say: it pads its strings with blanks or
// NULs and may put any bytes into them.
func clean(s string) string {
	return trim(strings.ToValidUTF8(s, "\ufffd"))
}

func trim(s string) string {
	for s != "" && isPadding(s[0]) {
		s = s[1:]
	}
	for s != "" && isPadding(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func isPadding(b byte) bool {
	return b == ' ' || b == '\t' || b == 0
}

// uint128 reads a number of any size that the specification knows.
func (f *field) uint128() (u Uint128, ok bool) {
	text, ok := f.scalar()
	if !ok {
		return Uint128{}, false
	}
	u, err := f.number(text)
	if err != nil {
		f.reject(err)
		return Uint128{}, false
	}
	return u, true
}

// number reads digits. In JSON they may have a fraction of zeros and commas
// between groups; in plain text other separators, and a unit or an explanation
// may follow.
func (f *field) number(text string) (Uint128, error) {
	separators := ","
	if f.doc == nil {
		separators = ",.'\u00a0\u202f"
		text = firstWord(text)
		digits, ok := strings.CutPrefix(text, "0x")
		if ok || f.hex {
			n, err := strconv.ParseUint(digits, 16, 64)
			return Uint128{Lo: n}, numError(err)
		}
	}
	if n, err := strconv.ParseUint(text, 10, 64); err == nil {
		return Uint128{Lo: n}, nil
	}
	text = ungroup(strings.TrimSpace(text), separators)
	if text == "" || strings.Trim(text, "0123456789.eE+-") != "" {
		return Uint128{}, ErrSyntax
	}
	hi, lo, err := jsondoc.ParseUint128(text)
	return Uint128{hi, lo}, err
}

// firstWord returns s up to a unit or an explanation.
func firstWord(s string) string {
	s = strings.TrimLeft(s, " \t")
	if end := strings.IndexAny(s, " \t%("); end >= 0 {
		return s[:end]
	}
	return s
}

// numError names the cause of a strconv error.
func numError(err error) error {
	if err == nil {
		return nil
	}
	if err.(*strconv.NumError).Err == strconv.ErrRange {
		return ErrRange
	}
	return ErrSyntax
}

// ungroup takes the separators out of digits grouped by three, such as
// "2,752,848". What is not grouped like that it returns as it is.
func ungroup(s, separators string) string {
	groups := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(separators, r) })
	for i, g := range groups {
		if len(g) > 3 || i > 0 && len(g) != 3 || strings.Trim(g, "0123456789") != "" {
			return s
		}
	}
	return strings.Join(groups, "")
}

// integer reads a number into one of the integer types, 0 for null.
func integer[T ~uint8 | ~uint16 | ~uint32 | ~uint64](f *field) T {
	v, _ := maybe[T](f)
	return v
}

// pointer reads a number of which 0 is a reading, nil for null.
func pointer[T ~uint8 | ~uint16 | ~uint32 | ~uint64](f *field) *T {
	v, ok := maybe[T](f)
	if !ok {
		return nil
	}
	return &v
}

// fromOne reads a number that the specification counts from 0, 0 for null.
func fromOne[T ~uint8 | ~uint16](f *field) int {
	v, ok := maybe[T](f)
	if !ok {
		return 0
	}
	return int(v) + 1
}

// maybe reads a number into one of the integer types; it is not ok for null.
func maybe[T ~uint8 | ~uint16 | ~uint32 | ~uint64](f *field) (v T, ok bool) {
	if f.doc != nil {
		if n, ok := f.doc.Whole(); ok && n == uint64(T(n)) {
			return T(n), true
		} else if ok {
			f.reject(ErrRange)
			return 0, false
		}
	}
	text, ok := f.scalar()
	if !ok {
		return 0, false
	}
	u, err := f.number(text)
	if err != nil {
		u, err = f.signed(text, uint64(^T(0)), math.MaxUint32, err)
	}
	v = T(u.Lo)
	if err == nil && (u.Hi != 0 || uint64(v) != u.Lo) {
		err = ErrRange
	}
	if err != nil {
		f.reject(err)
		return 0, false
	}
	return v, true
}

// signed reads a number that some versions print as signed, if it is below zero
// and of a type whose greatest value is limit; else the error remains.
func (f *field) signed(text string, most, limit uint64, err error) (Uint128, error) {
	n, bad := strconv.ParseInt(firstWord(text), 10, 64)
	if bad != nil || most != limit || n >= 0 || n < -int64(limit/2)-1 {
		return Uint128{}, err
	}
	return Uint128{Lo: uint64(n) & limit}, nil
}

// address reads a number of 64 bits that nvme-cli 1.x prints as signed: all
// ones, which say that there is none, are -1.
func (f *field) address() uint64 {
	text, ok := f.scalar()
	if !ok {
		return 0
	}
	u, err := f.number(text)
	if err != nil {
		u, err = f.signed(text, math.MaxUint64, math.MaxUint64, err)
	}
	if err == nil && u.Hi != 0 {
		err = ErrRange
	}
	if err != nil {
		f.reject(err)
		return 0
	}
	return u.Lo
}

// size reads a number of 64 bits of which 0 is a reading, nil for null. Sizes
// share blocks of memory.
func (f *field) size() *uint64 {
	v, ok := maybe[uint64](f)
	if !ok {
		return nil
	}
	if len(f.sizes) == cap(f.sizes) {
		f.sizes = make([]uint64, 0, 16)
	}
	f.sizes = append(f.sizes, v)
	return &f.sizes[len(f.sizes)-1]
}

// celsius reads a temperature in kelvins. 0 K is not a reading, nor are all ones.
func (f *field) celsius() *int {
	kelvin, ok := maybe[uint16](f)
	if !ok || kelvin == 0 || kelvin == math.MaxUint16 {
		return nil
	}
	c := int(kelvin) - kelvinOffset
	return &c
}

// nonZero reads a string of hex digits and dashes, "" if all are zero.
func (f *field) nonZero() string {
	s := f.words()
	if strings.Trim(s, "0-") == "" {
		return ""
	}
	return s
}
