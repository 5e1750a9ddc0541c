// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"strings"

	"github.com/mchus/bee/internal/placeholder"
)

// IsPlaceholder reports whether a string that firmware or a tool gives as a
// name, a serial number or the like only fills the place of one. Blanks around
// it and the case of its letters do not matter.
//
// FORMAT.md has the counts of the most frequent.
func IsPlaceholder(s string) bool { return placeholder.Is(s) }

// noWord reports whether s stands for no word of the specification.
func noWord(s string) bool {
	switch s {
	case "", "Unknown", "Unspecified", "Not Specified", "Not Provided", "N/A", "<BAD INDEX>", "--", "...":
		return true
	}
	return strings.HasPrefix(s, "<OUT OF SPEC>")
}

// noNumber reports whether s stands for no number, size or handle.
func noNumber(s string) bool {
	switch s {
	case "None", "Invalid", "Unknown Or Non-rotating":
		return true
	}
	return noWord(s)
}
