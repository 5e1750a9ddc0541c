// SPDX-License-Identifier: Apache-2.0

package lines

import "strconv"

// safe is how many digits a number may have that surely fits into 63 bits.
const safe = 18

// Digits reads the digits that a text begins with: 512 and 3 of "512K", 0 and 0
// where there are none. Of more than eighteen digits n is 1<<60, whatever they
// say.
func Digits(text string) (n uint64, end int) {
	for end < len(text) && text[end]-'0' <= 9 {
		n = 10*n + uint64(text[end]-'0')
		end++
	}
	if end > safe {
		n = 1 << 60
	}
	return n, end
}

// Uint reads a number of at most bits bits, as [strconv.ParseUint] does with
// base 10.
func Uint(text string, bits int) (n uint64, ok bool) {
	n, end := Digits(text)
	if end == len(text) && 0 < end && end <= safe {
		return n, n>>bits == 0
	}
	n, err := strconv.ParseUint(text, 10, bits)
	return n, err == nil
}

// Decimal reads the number that a text begins with, which may have a fraction:
// 893.75 and 7 of "893.750 GB". Where there is none, or one of more than fifteen
// digits, end is 0.
func Decimal(text string) (f float64, end int) {
	n, end := Digits(text)
	if end == 0 || end >= len(powers) {
		return 0, 0
	}
	if end == len(text) || text[end] != '.' {
		return float64(n), end
	}
	fraction, places := Digits(text[end+1:])
	if end+places >= len(powers) {
		return 0, 0
	}
	// both are exact, the quotient is the nearest
	return float64(n*powers[places]+fraction) / float64(powers[places]), end + 1 + places
}

// Float reads a number, as [strconv.ParseFloat] does.
func Float(text string) (f float64, ok bool) {
	if f, end := Decimal(text); end > 0 && end == len(text) {
		return f, true
	}
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil
}

// powers are those of ten that a float64 has exactly, and sums of them too.
var powers = [...]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}
