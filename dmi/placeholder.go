// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// IsPlaceholder reports whether a string that firmware or a tool gives as a
// name, a serial number or the like only fills the place of one. Blanks around
// it and the case of its letters do not matter.
//
// This is the one list of them. It holds what dmidecode prints for a string
// that is not there, what the captures of real systems hold, and the default
// texts of firmware that others have met; FORMAT.md has the counts.
func IsPlaceholder(s string) bool {
	var buf [maxPlaceholder]byte
	s = strings.TrimSpace(s)
	if s == "" || strings.HasPrefix(s, "<OUT OF SPEC>") {
		return true
	}
	if len(s) > len(buf) {
		return isRun(s)
	}
	word := lower(&buf, s)
	return isRun(s) || isFillerWord(word) || isSequence(word) || isNumberedFiller(word)
}

// maxPlaceholder is the length of the longest placeholder.
const maxPlaceholder = 32

// lower returns s in lower case, in buf.
func lower(buf *[maxPlaceholder]byte, s string) []byte {
	n := copy(buf[:], s)
	for i, c := range buf[:n] {
		if 'A' <= c && c <= 'Z' {
			buf[i] = c + 'a' - 'A'
		}
	}
	return buf[:n]
}

// isFillerWord reports whether a word in lower case stands for nothing.
func isFillerWord(word []byte) bool {
	switch string(word) {
	// What dmidecode prints itself.
	case "not specified", "<bad index>", "not provided", "unknown", "not present", "not settable", "[not decoded yet]":
		return true
	// What firmware leaves in.
	case "to be filled by o.e.m.", "to be filled by o.e.m", "to be filled by oem", "to be defined by o.e.m",
		"to be defined by o.e.m.", "fill by oem", "filled by oem", "o.e.m.", "oem", "oem_string", "oem string",
		"tbd", "tbd by odm", "tbd by oem", "default", "default string", "default_string",
		"mkf_oem_smbios_default_string", "empty", "[empty]", "<empty>", "(empty)", "none", "(none)", "<none>", "null", "(null)",
		"<null>", "na", "n/a", "n.a.", "[n/a]", "void", "dummy", "fake":
		return true
	case "unspecified", "undefined", "not defined", "not define", "not set", "not available", "notavailable",
		"not applicable", "not assigned", "not installed", "not supported", "not support", "<not support>", "not known",
		"invalid", "no dimm", "no module", "no enclosure", "unknow", "undefine", "reserved", "part component":
		return true
	case "sku", "sku number", "sku_number", "system sku", "system sku#", "system sku number", "asset tag", "no asset tag",
		"no asset information", "asset-1234567890", "serial number", "serial", "s/n", "sn", "no serial number",
		"system manufacturer", "system product name", "system version", "system serial number",
		"system name", "product name", "base board manufacturer", "base board product name", "base board version",
		"base board serial number", "board serial number", "mb serial number", "chassis manufacturer", "chassis version", "chassis serial number",
		"chassis asset tag", "chassis sku number", "type2 - board asset tag", "type2 - board version",
		"type2 - board serial number", "type2 - board chassis location", "battery manufacturer", "battery name", "location of the battery",
		"sbds version number", "type1family", "type1sku0", "family", "product family", "part number", "part_number", "model", "version":
		return true
	}
	return false
}

// isRun reports whether s repeats one sign that firmware fills fields with:
// at least four times 0 or F, three times X, or any number of marks.
func isRun(s string) bool {
	c := s[0]
	switch c {
	case '-', '.', '*', '?', '_', '=':
	case '0', 'f', 'F':
		if len(s) < 4 {
			return false
		}
	case 'x', 'X':
		if len(s) < 3 {
			return false
		}
	default:
		return false
	}
	return strings.Trim(s, s[:1]) == ""
}

// isSequence reports whether a word counts up, as "0123456789", "1234567890"
// and "01234567890123456789ab" do, or down, as "9876543210" does.
func isSequence(word []byte) bool {
	switch string(word) {
	case "1234", "abcd", "9876543210":
		return true
	}
	if len(word) < 5 {
		return false
	}
	for i := 1; i < len(word); i++ {
		before, c := word[i-1], word[i]
		if c != before+1 && !(before == '9' && (c == '0' || c == 'a')) {
			return false
		}
	}
	return word[0] == '0' || word[0] == '1' || word[0] == 'a'
}

// isNumberedFiller reports whether a word is a name of its own field, mostly
// with a number and with the slot in front: "partnum0", "a1_manufacturer1",
// "channela_dimm2_sernum", "oem_define5".
func isNumberedFiller(word []byte) bool {
	for len(word) > 0 && '0' <= word[len(word)-1] && word[len(word)-1] <= '9' {
		word = word[:len(word)-1]
	}
	switch string(word) {
	case "oem_define", "oem define", "oem_string_", "oem string ", "oemstring":
		return true
	}
	for i := len(word) - 1; i >= 0; i-- {
		if word[i] == '_' {
			word = word[i+1:]
			break
		}
	}
	switch string(word) {
	case "manufacturer", "partnum", "partnumber", "modulepartnumber", "sernum", "serialnum", "serialnumber", "moduleserialnumber",
		"assettag", "assettagnum", "assettagnumber", "moduleassettag":
		return true
	}
	return false
}

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
