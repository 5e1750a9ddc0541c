// SPDX-License-Identifier: Apache-2.0

package dmi

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
	case "", "Unknown", "Not Specified", "Not Provided", "<BAD INDEX>", "<OUT OF SPEC>", "<OUT OF SPEC><OUT OF SPEC>", "--", "...":
		return true
	}
	return false
}

// noNumber reports whether s stands for no number, size or handle.
func noNumber(s string) bool {
	switch s {
	case "None", "Unspecified", "N/A":
		return true
	}
	return noWord(s)
}
