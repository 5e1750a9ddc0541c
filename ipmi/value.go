// SPDX-License-Identifier: Apache-2.0

package ipmi

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mchus/bee/internal/placeholder"
)

// text returns what a printed value says, without the blanks and control
// characters around it; "" for a placeholder. A value that is not UTF-8 is
// Latin-1, which the FRU definition (section 13) has for 8-bit text.
func text(value string) string {
	for value != "" && (value[0] <= ' ' || value[0] == 0x7F) {
		value = value[1:]
	}
	for value != "" && (value[len(value)-1] <= ' ' || value[len(value)-1] == 0x7F) {
		value = value[:len(value)-1]
	}
	if isFiller(value) {
		return ""
	}
	if utf8.ValidString(value) {
		return value
	}
	runes := make([]rune, len(value))
	for i := range len(value) {
		runes[i] = rune(value[i])
	}
	return string(runes)
}

// name is text for what the makers of a part chose: its name, its numbers.
func name(value string) string {
	value = text(value)
	if placeholder.Is(value) {
		return ""
	}
	return value
}

// serial is text for serial numbers and asset tags, where zeros are not a number.
func serial(value string) string {
	value = text(value)
	if placeholder.IsSerial(value) {
		return ""
	}
	return value
}

// isFiller reports whether a value stands for nothing at all, in any field.
func isFiller(value string) bool {
	if value == "" {
		return true
	}
	switch value[0] {
	case '(':
		return value == "(null)" // what the C library prints of no string
	case '.', '-', '*', '?', 'x', 'X', 0xFF: // "......"
		return strings.Trim(value, value[:1]) == "" && value != "x" && value != "X"
	case 'N', 'n':
		return oneOf(value, "n/a", "na", "none", "null", "not specified", "not available", "not applicable")
	case 'U', 'u':
		return oneOf(value, "unknown", "unspecified", "undefined")
	case 'T', 't':
		return oneOf(value, "to be filled by o.e.m.", "to be filled by oem")
	case 'D', 'd', 'E', 'e', 'F', 'f':
		return oneOf(value, "default string", "empty", "field not present")
	}
	return false
}

// oneOf reports whether a value is one of words, in capitals or not.
func oneOf(value string, words ...string) bool {
	for _, word := range words {
		if len(value) == len(word) && strings.EqualFold(value, word) {
			return true
		}
	}
	return false
}

// number parses a whole number followed by unit, "800 W", of at most max.
func number(value, unit string, max int) (int, bool) {
	digits, ok := strings.CutSuffix(strings.TrimSpace(value), unit)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimSpace(digits))
	return n, err == nil && n >= 0 && n <= max
}

// thousandths parses a decimal number followed by unit, "-12.00 V", into
// thousandths of the unit.
func thousandths(value, unit string) (int, bool) {
	digits, ok := strings.CutSuffix(strings.TrimSpace(value), unit)
	if !ok {
		return 0, false
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if err != nil || math.Abs(f) > 1e9 {
		return 0, false
	}
	return int(math.Round(f * 1000)), true
}

// yesNo parses "Yes" and "no".
func yesNo(value string) (yes, ok bool) {
	switch strings.TrimSpace(value) {
	case "Yes", "yes", "true":
		return true, true
	case "No", "no", "false":
		return false, true
	}
	return false, false
}

// words returns the words of a list, nil where there is none.
func words(value string) []string {
	if list := strings.Fields(value); len(list) > 0 {
		return list
	}
	return nil
}

// quoted returns the words of a list such as "'Delete' 'Partial Add' ".
func quoted(value string) []string {
	var words []string
	for {
		_, rest, ok := strings.Cut(value, "'")
		word, rest, ok2 := strings.Cut(rest, "'")
		if !ok || !ok2 {
			return words
		}
		words = append(words, word)
		value = rest
	}
}

// readNumber parses a value into *p, which stays as it is where the value is
// unset.
func readNumber(p *int, value, unit string, unset int) bool {
	n, ok := number(value, unit, math.MaxInt32)
	if ok && n != unset {
		*p = n
	}
	return ok
}

// readReading parses a value into *p, which stays as it is where the value is
// unset; a negative unset is none.
func readReading(p **int, value, unit string, unset int) bool {
	n, ok := number(value, unit, math.MaxInt32)
	if ok && n != unset {
		*p = &n
	}
	return ok
}

func readThousandths(p **int, value, unit string) bool {
	n, ok := thousandths(value, unit)
	if ok {
		*p = &n
	}
	return ok
}

func readYesNo(p **bool, value string) bool {
	yes, ok := yesNo(value)
	if ok {
		*p = &yes
	}
	return ok
}

// readRange parses "90-132 V" into *p, which stays as it is for "0-0 V".
func readRange(p **Range, value, unit string) bool {
	low, high, ok := strings.Cut(strings.TrimSpace(value), "-")
	lowest, ok1 := number(low, "", math.MaxInt32)
	highest, ok2 := number(high, unit, math.MaxInt32)
	if !ok || !ok1 || !ok2 {
		return false
	}
	if lowest != 0 || highest != 0 {
		*p = &Range{lowest, highest}
	}
	return true
}
