// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// IsPlaceholder reports whether a string that firmware or a tool gives as a
// name, serial number or the like only fills the place of one.
func IsPlaceholder(s string) bool {
	switch s {
	case "", "Not Specified", "Unknown", "None":
		return true
	}
	return false
}

// noWord reports whether s stands for no word of the specification.
func noWord(s string) bool {
	switch s {
	case "", "Unknown", "Unspecified", "Not Specified", "Not Provided", "<BAD INDEX>", "--", "...":
		return true
	}
	return strings.HasPrefix(s, "<OUT OF SPEC>")
}

// noNumber reports whether s stands for no number, size or handle.
func noNumber(s string) bool {
	switch s {
	case "None", "N/A", "Invalid", "Unknown Or Non-rotating":
		return true
	}
	return noWord(s)
}
