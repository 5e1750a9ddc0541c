// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// trimBlanks returns text without the blanks at its end.
func trimBlanks(text string) string {
	for text != "" && (text[len(text)-1] == ' ' || text[len(text)-1] == '\t') {
		text = text[:len(text)-1]
	}
	return text
}

// isComplaint reports whether text is one of the complaints that dmidecode
// prints among the records: on standard output until 3.0, on standard error
// since (dmidecode.c 3.6, dmi_table_decode and dmi_fixup_type_34).
func isComplaint(text string) bool {
	return strings.HasPrefix(text, "Invalid entry length (") ||
		strings.HasPrefix(text, "Wrong DMI structures ") ||
		strings.HasPrefix(text, "Total read length ")
}

// cutKey splits "Key: Value" or "Key:". Other lines have no key. A value may
// hold colons; a key holds none that a blank follows.
func cutKey(text string) (key, value string) {
	i := strings.IndexByte(text, ':')
	if i > 0 && i+1 < len(text) && text[i+1] == ' ' {
		return text[:i], text[i+2:]
	}
	if i < 0 {
		return "", text
	}
	if i = strings.Index(text, ": "); i > 0 {
		return text[:i], text[i+2:]
	}
	if key, ok := strings.CutSuffix(text, ":"); ok && key != "" {
		return key, ""
	}
	return "", text
}

// isField reports whether text is a field although it is not indented, or
// although the record has no title yet: it has a key, or it is a line of the
// bytes that dmidecode 2.2 prints of a structure it does not know,
// "f8 03 04 03 06 80 04 05 \t........".
func isField(text string) bool {
	if isComplaint(text) {
		return false
	}
	key, _ := cutKey(text)
	return key != "" || len(text) > 5 && isHex(text[0]) && isHex(text[1]) && text[2] == ' ' && isHex(text[3]) && isHex(text[4]) && text[5] == ' '
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
