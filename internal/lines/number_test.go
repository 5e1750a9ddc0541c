// SPDX-License-Identifier: Apache-2.0

package lines

import (
	"math"
	"strconv"
	"testing"
)

var texts = []string{
	"", "0", "7", "37", "007", "512K", "4294967295", "4294967296", "2147483648", "1000000000000000000", "999999999999999999",
	"18446744073709551615", "18446744073709551616", "99999999999999999999", "000000000000000000000042",
	"0.1", "37.1", "0.04", "1.64", "900.1", "100.0", "3.9", "99.995", "1.", ".5", "1.5.2", "1.5x", "-1", "+1", "1_0", "0x10", "1e3", "1.5e3",
	"inf", "NaN", "9007199254740993", "0.30000000000000004", "123456789012.345", "1234567890123.45", "12345678901234567.5", "5.000000000000000000000000001",
	"1 ", " 1", "1\x00", "٣",
}

// TestLikeStrconv checks that nothing is read otherwise than strconv does.
func TestLikeStrconv(t *testing.T) {
	for _, text := range texts {
		like(t, text)
	}
	for n := range 20000 { // all of up to three places
		for _, places := range []int{1, 2, 3} {
			like(t, strconv.FormatFloat(float64(n)/math.Pow10(places), 'f', places, 64))
		}
	}
}

func FuzzLikeStrconv(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { like(t, text) })
}

func like(t *testing.T, text string) {
	t.Helper()
	for _, bits := range []int{16, 31, 32, 53, 64} {
		want, err := strconv.ParseUint(text, 10, bits)
		if n, ok := Uint(text, bits); ok != (err == nil) || ok && n != want {
			t.Errorf("%q as %d bits is %d, %t, want %d, %v", text, bits, n, ok, want, err)
		}
	}
	want, err := strconv.ParseFloat(text, 64)
	if f, ok := Float(text); ok != (err == nil) || ok && math.Float64bits(f) != math.Float64bits(want) {
		t.Errorf("%q is %v, %t, want %v, %v", text, f, ok, want, err)
	}
}

func TestDigits(t *testing.T) {
	for text, want := range map[string]struct {
		n   uint64
		end int
	}{
		"512K": {512, 3}, "K": {0, 0}, "": {0, 0}, "42": {42, 2}, "999999999999999999": {999999999999999999, 18}, "1000000000000000000x": {1 << 60, 19},
	} {
		if n, end := Digits(text); n != want.n || end != want.end {
			t.Errorf("%q begins with %d of %d digits, want %d of %d", text, n, end, want.n, want.end)
		}
	}
}

func TestDecimal(t *testing.T) {
	for text, want := range map[string]struct {
		f   float64
		end int
	}{
		"893.750 GB": {893.75, 7}, "4 KiB": {4, 1}, "12.": {12, 3}, "1.2.3": {1.2, 3}, "": {}, ".5": {}, "x": {},
		"123456789012345": {123456789012345, 15}, "1234567890123456": {}, "1.123456789012345": {},
	} {
		if f, end := Decimal(text); f != want.f || end != want.end {
			t.Errorf("%q begins with %v of %d bytes, want %v of %d", text, f, end, want.f, want.end)
		}
	}
}
