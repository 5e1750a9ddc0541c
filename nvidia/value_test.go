// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"errors"
	"testing"
)

func TestParseQuantity(t *testing.T) {
	tests := []struct {
		text   string
		q      quantity
		column string
		want   int64
		err    error
	}{
		{"81559 MiB", mebibytes, "", 81559 << 20, nil},
		{"81559", mebibytes, "MiB", 81559 << 20, nil},
		{"81559", mebibytes, "", 81559 << 20, nil},
		{"4 GiB", mebibytes, "", 4 << 30, nil},
		{"512 KiB", mebibytes, "MiB", 512 << 10, nil},
		{"255 MB", mebibytes, "", 255 << 20, nil},
		{"12 B", mebibytes, "", 12, nil},
		{"8796093022207 MiB", mebibytes, "", 8796093022207 << 20, nil},
		{"8796093022208 MiB", mebibytes, "", 0, ErrRange},
		{"-5 C", celsius, "", -5, nil},
		{"0 C", celsius, "", 0, nil},
		{"31", celsius, "", 31, nil},
		{"31 F", celsius, "", 0, ErrUnit},
		{"25.58 W", milliwatts, "", 25580, nil},
		{"25.5 W", milliwatts, "", 25500, nil},
		{"25.586 W", milliwatts, "", 25586, nil},
		{"25.5867 W", milliwatts, "", 0, ErrRange},
		{"25.5860 W", milliwatts, "", 25586, nil},
		{"-1.50 W", milliwatts, "", -1500, nil},
		{"10.00 W/s", milliwattsS, "", 10000, nil},
		{"10.00 W/s", milliwatts, "", 0, ErrUnit},
		{"693.750 mV", microvolts, "", 693750, nil},
		{"100.00 %", basisPoints, "", 10000, nil},
		{"100.00%", basisPoints, "", 10000, nil},
		{"40 %", percent, "", 40, nil},
		{"16x", lanes, "", 16, nil},
		{"16", lanes, "", 16, nil},
		{"2560 bank(s)", banks, "", 2560, nil},
		{"869 KB/s", kbs, "", 869, nil},
		{"26.562 GB/s", mbs, "", 26562, nil},
		{"50 GB/s", mbs, "", 50000, nil},
		{"770461242 us", micros, "", 770461242, nil},
		{"18228 ms", millis, "", 18228, nil},
		{"12 seconds", seconds, "", 12, nil},
		{"12 s", seconds, "", 12, nil},
		{"9223372036854775807", count, "", 9223372036854775807, nil},
		{"9223372036854775808", count, "", 0, ErrRange},
		{"99999999999999999999", count, "", 0, ErrRange},
		{"1e3 %", percent, "", 0, ErrUnit},
		{"1.2.3", percent, "", 0, ErrUnit},
		{"", count, "", 0, ErrSyntax},
		{"-", count, "", 0, ErrSyntax},
		{"x", count, "", 0, ErrSyntax},
		{".5 W", milliwatts, "", 0, ErrSyntax},
		{"5. W", milliwatts, "", 5000, nil},
	}
	for _, tt := range tests {
		got, err := parseQuantity(tt.text, tt.q, tt.column)
		if got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("parseQuantity(%q, %d, %q) = %d, %v; want %d, %v", tt.text, tt.q, tt.column, got, err, tt.want, tt.err)
		}
	}
}

func TestAbsentIsToldFromFault(t *testing.T) {
	tests := []struct {
		text string
		want meaning
	}{
		{"N/A", absent},
		{"[N/A]", absent},
		{"[n/a]", absent},
		{"[Not Supported]", absent},
		{"Not Found", absent},
		{"Requested functionality has been deprecated", absent},
		{"[Requested functionality has been deprecated]", absent},
		{"[Function Not Found]", absent},
		{"Insufficient Permissions", absent},
		{"Not available in WDDM driver model", absent},
		{"GPU is lost", fault},
		{"[GPU is lost]", fault},
		{"[Unknown Error]", fault},
		{"ERR!", fault},
		{"[GPU requires reset]", fault},
		{"None", value},
		{"Default", value},
		{"Not Active", value},
		{"0", value},
		{"[x]", value},
		{"[]", value},
	}
	for _, tt := range tests {
		if got := meaningOf(tt.text); got != tt.want {
			t.Errorf("meaningOf(%q) = %d, want %d", tt.text, got, tt.want)
		}
	}
}

// TestCounts adds the error counts of each generation.
func TestCounts(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	tests := []struct {
		name                   string
		counts                 ECCCounts
		corrected, uncorrected *int64
	}{
		{"none", ECCCounts{}, nil, nil},
		{"by location", ECCCounts{SingleBit: ECCLocations{Total: n(3), L2Cache: n(3)}, DoubleBit: ECCLocations{Total: n(0)}}, n(3), n(0)},
		{"by memory", ECCCounts{SRAMCorrectable: n(1), DRAMCorrectable: n(2), SRAMUncorrectable: n(3), DRAMUncorrectable: n(4)}, n(3), n(7)},
		{"by code", ECCCounts{SRAMUncorrectableParity: n(1), SRAMUncorrectableSECDED: n(2), DRAMUncorrectable: n(4)}, nil, n(7)},
		{"sum and its parts", ECCCounts{SRAMUncorrectable: n(3), SRAMUncorrectableParity: n(1), SRAMUncorrectableSECDED: n(2), DRAMUncorrectable: n(4)}, nil, n(7)},
	}
	same := func(a, b *int64) bool { return a == b || a != nil && b != nil && *a == *b }
	for _, tt := range tests {
		if !same(tt.counts.Corrected(), tt.corrected) || !same(tt.counts.Uncorrected(), tt.uncorrected) {
			t.Errorf("%s: %v corrected, %v uncorrected", tt.name, tt.counts.Corrected(), tt.counts.Uncorrected())
		}
	}
}
