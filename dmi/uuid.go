// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// IsPlaceholderUUID reports whether s is a UUID that identifies no machine:
// all zeros, all ones, or one that many boards share. The case of its letters
// does not matter.
func IsPlaceholderUUID(s string) bool {
	if len(s) == 36 && (strings.Trim(s, "0-") == "" || strings.Trim(s, "fF-") == "") {
		return true
	}
	switch strings.ToLower(s) {
	case "03000200-0400-0500-0006-000700080009":
		return true
	}
	return false
}

// uuid returns a UUID in lower case, as dmidecode prints it since 3.2.
func (r *reader) uuid(f *Field) string {
	s := strings.TrimSpace(f.Value)
	switch {
	case IsPlaceholder(s), IsPlaceholderUUID(s), strings.HasPrefix(s, "Not "): // Not Settable, Not Present
		return ""
	}
	return strings.ToLower(s)
}
