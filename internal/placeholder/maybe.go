// SPDX-License-Identifier: Apache-2.0

package placeholder

import "strings"

// mayBe reports whether isKnown can know s, which has no blanks around it.
// Nearly all that one asks about are values, and their ends tell: the rules, which
// look at every letter, took up to a third of a parser's time.
func mayBe(s string) bool {
	if len(s) < 5 { // sn, null, void, fake, tbd, oem, abcd, 1234, _num
		return strings.IndexByte("sSnNvVfFtToOaA1_-", s[0]) >= 0
	}
	return mayBegin(s) || mayCount(s) || mayEnd(s)
}

// mayBegin reports whether s begins like a text that may go on in any way.
func mayBegin(s string) bool {
	begin := [3]byte{s[0] | 0x20, s[1] | 0x20, s[2] | 0x20} // in lower case
	switch string(begin[:]) {
	case "abc", "sod", "str", "tbd", "to ", "typ", "unk":
		return true
	}
	return len(s) >= len("default string") && (begin[0] == 'd' || begin[0] == 'o' || begin[0] == '$')
}

// mayCount reports whether s ends in five hexadecimal digits, and its first
// digits begin to count.
func mayCount(s string) bool {
	for i := len(s) - 5; i < len(s); i++ {
		if c := s[i]; !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	s = s[firstDigit(s):]
	return len(s) > 4 && (countsUp(s) > 4 || countsUp(s[1:]) > 4 || strings.HasPrefix(s, "9876") || strings.HasPrefix(s, "0987"))
}

// mayEnd reports whether s ends like the name of a field, a number behind it
// aside, or like a word that says that there is nothing.
func mayEnd(s string) bool {
	n := len(s)
	for n > 0 && (isDigit(s[n-1]) || s[n-1] == ' ' || s[n-1] == '_' || s[n-1] == '-' || s[n-1] == '#') {
		n--
	}
	if n < 4 {
		return false
	}
	end := [4]byte{s[n-4] | 0x20, s[n-3] | 0x20, s[n-2] | 0x20, s[n-1] | 0x20} // in lower case, with } for ]
	switch string(end[1:]) {
	case "num", "oem", "sku", "tag":
		return true
	}
	switch string(end[:]) {
	case "fine", "igid", "mber", "mily", "name", "ndor", "odel", "part", "ring", "sion", "sset", "ture", "urer":
		return true
	}
	if n < len(s) {
		return false
	}
	switch string(end[:]) {
	case "able", "alid", "ault", "dimm", "dule", "fied", "gned", "ided", "ined", "know", "lled", "mpty", "nent", "nown",
		"port", "rial", "rted", "rved", "sent", "sure", "tery", "ummy",
		"#aba", " dpk", " set", "sku#", ".e.m", "e.m.", "n/a}", "yet}", "pty}",
		"dex>", "ing)", "one)", "one>", "ort>", "pty)", "pty>", "ull)", "ull>":
		return true
	case "tion": // a corporation, mostly
		return s[0]|0x20 == 'n' && s[1]|0x20 == 'o' // no information
	}
	return false
}
