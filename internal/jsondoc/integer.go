// SPDX-License-Identifier: Apache-2.0

package jsondoc

import (
	"errors"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// Int reads an integer, 0 for null.
func (d *Doc) Int() int64 {
	v, _ := d.int()
	return v
}

// IntPtr reads an integer, nil for null.
func (d *Doc) IntPtr() *int64 {
	v, ok := d.int()
	if !ok {
		return nil
	}
	return d.room().ints.keep(v, d.left())
}

// Uint reads an integer that is not negative, 0 for null.
func (d *Doc) Uint() uint64 {
	v, _ := d.uint()
	return v
}

// UintPtr reads an integer that is not negative, nil for null.
func (d *Doc) UintPtr() *uint64 {
	v, ok := d.uint()
	if !ok {
		return nil
	}
	return d.room().uints.keep(v, d.left())
}

// IntIn reads an integer between low and high, 0 for null.
func (d *Doc) IntIn(low, high int64) int64 {
	v, ok := d.int()
	if ok && (v < low || v > high) {
		d.Reject(ErrRange)
		return 0
	}
	return v
}

// A Uint128 is an integer below 2^128.
type Uint128 struct{ Hi, Lo uint64 }

// Uint128Ptr reads an integer below 2^128, nil for null.
func (d *Doc) Uint128Ptr() *Uint128 {
	text, ok := d.integer()
	if !ok {
		return nil
	}
	hi, lo, err := ParseUint128(text)
	if err != nil {
		d.Reject(err)
		return nil
	}
	return d.room().longs.keep(Uint128{hi, lo}, d.left())
}

func (d *Doc) int() (v int64, ok bool) {
	if n, ok := d.Whole(); ok {
		return int64(n), true
	}
	text, ok := d.integer()
	if !ok {
		return 0, false
	}
	if v, err := strconv.ParseInt(text, 10, 64); err == nil {
		return v, true
	}
	text, negative := strings.CutPrefix(text, "-")
	hi, lo, err := ParseUint128(text)
	switch {
	case err != nil:
	case hi == 0 && lo <= math.MaxInt64 && negative:
		return -int64(lo), true
	case hi == 0 && lo <= math.MaxInt64:
		return int64(lo), true
	case hi == 0 && lo == 1<<63 && negative:
		return math.MinInt64, true
	default:
		err = ErrRange
	}
	d.Reject(err)
	return 0, false
}

func (d *Doc) uint() (v uint64, ok bool) {
	if n, ok := d.Whole(); ok {
		return n, true
	}
	text, ok := d.integer()
	if !ok {
		return 0, false
	}
	if v, err := strconv.ParseUint(text, 10, 64); err == nil {
		return v, true
	}
	hi, lo, err := ParseUint128(text)
	if err == nil && hi != 0 {
		err = ErrRange
	}
	if err != nil {
		d.Reject(err)
		return 0, false
	}
	return lo, true
}

// integer reads the text of a number; ok is false if there is none.
func (d *Doc) integer() (text string, ok bool) {
	text, kind := d.Scalar()
	switch {
	case kind == Null:
		return "", false
	case kind == Number:
		return text, true
	case kind == String && d.Quoted:
		text = strings.TrimSpace(text)
		if strings.IndexByte(text, ',') > 0 {
			text = strings.ReplaceAll(text, ",", "")
		}
		if isLiteral(text) && text != "true" && text != "false" && text != "null" {
			return text, true
		}
	}
	d.Reject(errInteger)
	return "", false
}

// ParseUint128 reads a number as JSON writes it. The value must be whole, in
// whatever notation: 12, 12.0, 1.2e1. The error is an [ErrType] if it is not,
// an [ErrRange] if it is negative or does not fit.
func ParseUint128(text string) (hi, lo uint64, err error) {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	shift := 0
	if exponent != "" {
		shift, err = strconv.Atoi(exponent)
		if errors.Is(err, strconv.ErrRange) {
			return 0, 0, ErrRange
		}
		if err != nil {
			return 0, 0, errInteger
		}
	}
	fraction = strings.TrimRight(fraction, "0")
	if strings.HasPrefix(whole, "-") {
		if strings.Trim(whole+fraction, "-0") == "" {
			return 0, 0, nil
		}
		return 0, 0, ErrRange
	}
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		return 0, 0, nil
	}
	zeros := shift - len(fraction) // how many zeros to append
	if zeros < 0 {
		trimmed := strings.TrimRight(digits, "0")
		if len(digits)-len(trimmed) < -zeros {
			return 0, 0, errInteger
		}
		digits, zeros = digits[:len(digits)+zeros], 0
	}
	if len(digits)+zeros > 39 { // 2^128 has 39 digits
		return 0, 0, ErrRange
	}
	return parseDigits(digits, zeros)
}

// parseDigits reads digits with zeros appended to them.
func parseDigits(digits string, zeros int) (hi, lo uint64, err error) {
	for i := range len(digits) + zeros {
		digit := uint64(0)
		if i < len(digits) {
			if digits[i] < '0' || digits[i] > '9' {
				return 0, 0, errInteger
			}
			digit = uint64(digits[i] - '0')
		}
		over, top := bits.Mul64(hi, 10)
		carry, low := bits.Mul64(lo, 10)
		var c1, c2, c3 uint64
		lo, c1 = bits.Add64(low, digit, 0)
		hi, c2 = bits.Add64(top, carry, c1)
		_, c3 = bits.Add64(over, 0, c2)
		if over != 0 || c2 != 0 || c3 != 0 {
			return 0, 0, ErrRange
		}
	}
	return hi, lo, nil
}

// FormatUint128 writes hi·2^64 + lo in decimal.
func FormatUint128(hi, lo uint64) string {
	if hi == 0 {
		return strconv.FormatUint(lo, 10)
	}
	const e19 = 10_000_000_000_000_000_000 // the largest power of ten in 64 bits
	high := hi / e19
	middle, low := bits.Div64(hi%e19, lo, e19)
	// hi·2^64 + lo = (high·2^64 + middle)·10^19 + low
	if high == 0 {
		return strconv.FormatUint(middle, 10) + pad19(low)
	}
	top, middle := bits.Div64(high, middle, e19)
	return strconv.FormatUint(top, 10) + pad19(middle) + pad19(low)
}

// pad19 writes v with 19 digits.
func pad19(v uint64) string {
	s := strconv.FormatUint(v, 10)
	return strings.Repeat("0", 19-len(s)) + s
}
