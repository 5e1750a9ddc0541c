// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"fmt"
	"math"
	"strings"
)

// A quantity is a kind of number: which units it comes with, and what it is
// counted in once it is read.
type quantity uint8

const (
	count       quantity = iota
	mebibytes            // "81559 MiB"
	celsius              // "-5 C"
	percent              // "40 %"
	basisPoints          // "100.00 %", "100.00%": hundredths of a percent
	milliwatts           // "25.58 W"
	milliwattsS          // "10.00 W/s"
	microvolts           // "693.750 mV"
	megahertz            // "345 MHz"
	kbs                  // "869 KB/s"
	mbs                  // "26.562 GB/s"
	lanes                // "16x", "16"
	banks                // "2560 bank(s)", "2560"
	micros               // "770461242 us"
	millis               // "18228 ms"
	seconds              // "12 seconds", "12 s"
)

// scale returns how many of what q is counted in make one of unit; "" is the
// unit that nvidia-smi leaves out on request (nounits). 0 means that q does not
// come in unit.
func (q quantity) scale(unit string) int64 {
	switch q {
	case count:
		if unit == "" {
			return 1
		}
	case mebibytes:
		switch unit {
		case "", "MiB", "MB": // drivers before 319 wrote MB and meant MiB
			return 1 << 20
		case "B", "bytes":
			return 1
		case "KiB":
			return 1 << 10
		case "GiB":
			return 1 << 30
		}
	case milliwatts, milliwattsS:
		if unit == "" || unit == "W" || unit == "W/s" && q == milliwattsS {
			return 1000
		}
	case basisPoints:
		if unit == "" || unit == "%" {
			return 100
		}
	case microvolts:
		if unit == "" || unit == "mV" {
			return 1000
		}
	case mbs:
		switch unit {
		case "GB/s":
			return 1000
		case "MB/s":
			return 1
		}
	default:
		if unit == "" || unit == q.unit() {
			return 1
		}
		if q == seconds && unit == "s" {
			return 1
		}
	}
	return 0
}

// unit is the only unit of quantities that have just one and keep it.
func (q quantity) unit() string {
	switch q {
	case celsius:
		return "C"
	case percent:
		return "%"
	case megahertz:
		return "MHz"
	case kbs:
		return "KB/s"
	case lanes:
		return "x"
	case banks:
		return "bank(s)"
	case micros:
		return "us"
	case millis:
		return "ms"
	case seconds:
		return "seconds"
	}
	return ""
}

// parseQuantity reads a decimal number and its unit, counted as q says. The
// unit is that of the column where the text has none.
func parseQuantity(text string, q quantity, column string) (int64, error) {
	number, point, unit := splitUnit(text)
	if unit == "" {
		unit = column
	}
	scale := q.scale(unit)
	if number == "" || number == "-" {
		return 0, ErrSyntax
	}
	if scale == 0 {
		return 0, fmt.Errorf("%w %q", ErrUnit, clip(unit))
	}
	whole, negative := strings.CutPrefix(number[:point], "-")
	fraction := number[min(point+1, len(number)):]
	v, ok := parseDigits(whole, scale)
	if !ok {
		return 0, ErrRange
	}
	for _, c := range []byte(fraction) {
		if scale%10 != 0 && c != '0' {
			return 0, fmt.Errorf("%w: not a whole number", ErrRange)
		}
		scale /= 10
		v += int64(c-'0') * scale
	}
	if v < 0 {
		return 0, ErrRange
	}
	if negative {
		v = -v
	}
	return v, nil
}

// splitUnit cuts "25.58 W" into the number, in which it finds the decimal point,
// and its unit.
func splitUnit(text string) (number string, point int, unit string) {
	i := 0
	for i < len(text) && '0' <= text[i] && text[i] <= '9' { // most numbers are whole
		i++
	}
	point = -1
	for i < len(text) {
		c := text[i]
		if (c < '0' || c > '9') && (c != '-' || i > 0) && (c != '.' || point >= 0 || i == 0) {
			break
		}
		if c == '.' {
			point = i
		}
		i++
	}
	if point < 0 {
		point = i
	}
	return text[:i], point, trimSpace(text[i:])
}

// parseDigits reads decimal digits and multiplies them.
func parseDigits(digits string, scale int64) (int64, bool) {
	var v int64
	for _, c := range []byte(digits) {
		digit := int64(c - '0')
		if v > (math.MaxInt64-digit)/10 {
			return 0, false
		}
		v = v*10 + digit
	}
	if v > math.MaxInt64/scale {
		return 0, false
	}
	return v * scale, true
}

// parseFlag reads a word that means yes or no.
func parseFlag(text string) (value, ok bool) {
	switch text {
	case "Yes", "Enabled", "Active", "True", "On", "Supported", "enabled", "valid", "1":
		return true, true
	case "No", "Disabled", "Not Active", "False", "Off", "disabled", "invalid", "0":
		return false, true
	}
	return false, false
}

// A meaning is what a text that is not a value says instead.
type meaning uint8

const (
	value  meaning = iota
	absent         // there is no such reading
	fault          // there should be one
)

// meaningOf tells values from what the driver says instead of one: the words of
// nvidia-smi, and those of nvmlErrorString for the errors of nvmlReturn_t
// (nvml.h 13.0). CSV prints them in brackets.
func meaningOf(text string) meaning {
	if n := len(text); n > 2 && text[0] == '[' && text[n-1] == ']' {
		text = text[1 : n-1]
	}
	switch text {
	case "", "N/A", "n/a", "Not Supported", "Not Found", "Function Not Found",
		"Requested functionality has been deprecated", "Insufficient Permissions",
		"Invalid Argument", "Unset", "Unknown", "No data", "Not Available":
		return absent
	case "GPU is lost", "GPU requires reset", "Unknown Error", "ERR!", "Timeout",
		"Corrupted infoROM", "Driver Not Loaded", "Insufficient External Power",
		"Interrupt Request Issue", "RM has detected an NVML/RM version mismatch.",
		"The operating system has blocked the request.", "Error":
		return fault
	}
	// Driver 610: "Deprecated, see \"KMD version\" instead". Windows: "Not
	// available in WDDM driver model".
	if strings.HasPrefix(text, "Deprecated, see ") || strings.HasPrefix(text, "Not available in ") {
		return absent
	}
	return value
}
