// SPDX-License-Identifier: Apache-2.0

// Package placeholder knows the texts that firmware leaves in a field nobody
// filled: names of the field itself, counting digits, runs of one sign, and
// words that say that there is nothing.
//
// Most are known by rule. What no rule covers is in a list, taken from
// 162,862 outputs of dmidecode and from the lists of fake serial numbers that
// the inventory servers GLPI and OCS come with.
package placeholder

import (
	"bytes"
	"strings"
)

// Is reports whether s stands for no value, whatever the field.
func Is(s string) bool {
	switch s {
	case "", "Not Specified", "Unknown", "None": // the most frequent
		return true
	}
	s = strings.TrimSpace(s)
	if s == "" || strings.HasPrefix(s, "<OUT OF SPEC>") || isRun(s) || isBlankHex(s) {
		return true
	}
	if len(s) > maxWord {
		return countsUp(s) >= len(s)-1
	}
	if s[len(s)-1] == ')' { // "DIMM_A1_AssetTag (date:20/02)": when the module was made, behind a filler
		s, _, _ = strings.Cut(s, " (date:")
	}
	return mayBe(s) && isKnown(s)
}

// isKnown reports whether one of the rules for words knows s.
func isKnown(s string) bool {
	var buf [maxWord]byte
	word := lower(&buf, s)
	return isListed(word) || isSequence(word) || isFilling(word) || isOwnName(word)
}

// IsSerial reports whether s stands for no serial number. It knows more than
// Is, for texts such as "1" and "1.0" mean something in other fields.
func IsSerial(s string) bool {
	if Is(s) {
		return true
	}
	s = strings.TrimSpace(s)
	switch s[0] {
	case '0', '1':
		if strings.Trim(s, "01") == "" {
			return true
		}
	case '2':
		if len(s) >= 9 && strings.ReplaceAll(s, "255", "") == "" { // bytes of FF in decimal
			return true
		}
	case 'n', 'N':
		if strings.Trim(s, "nN") == "" {
			return true
		}
	}
	if isVersion(s) || isBlankBytes(s) {
		return true
	}
	if len(s) > maxWord {
		return false
	}
	if firstDigit(s) < len(s) {
		return isDummyNumber(s)
	}
	var buf [maxWord]byte
	return saysNoSerial(string(lower(&buf, s)))
}

// isDummyNumber reports whether a text with digits in it is one of those that
// stand where a serial number should.
func isDummyNumber(s string) bool {
	switch bare := unframed(s); {
	case equalFold(s, "sn-12345"), equalFold(s, "sn-123456fvgv3i0b8o5n6n7k"),
		equalFold(bare, "987654321"), equalFold(bare, "123456789abc"), equalFold(bare, "abcdef123456"),
		s == "4294967295", s == "-1", s == "0x0":
		return true
	}
	zeros := s[firstDigit(s):] // "SN00000000"
	return len(zeros) >= 8 && strings.Trim(zeros, "0") == ""
}

// isBlankBytes reports whether a text is bytes that are all 00 or all FF: "00-00-00-00".
func isBlankBytes(s string) bool {
	bytes, between := 0, byte(0)
	for i := 0; i < len(s); i += 3 {
		if i+2 > len(s) || s[i:i+2] != s[:2] || s[:2] != "00" && !equalFold(s[:2], "ff") {
			return false
		}
		if i+2 < len(s) {
			if between == 0 {
				between = s[i+2]
			}
			if s[i+2] != between || between != ':' && between != '-' && between != ' ' && between != '.' {
				return false
			}
		}
		bytes++
	}
	return bytes > 2
}

// equalFold is strings.EqualFold for ASCII, and fast where the lengths differ.
func equalFold(s, word string) bool { return len(s) == len(word) && strings.EqualFold(s, word) }

// unframed takes off what a word may stand in.
func unframed(s string) string {
	const frame = "<>[]{}()$% .#_"
	for s != "" && strings.IndexByte(frame, s[0]) >= 0 {
		s = s[1:]
	}
	for s != "" && strings.IndexByte(frame, s[len(s)-1]) >= 0 {
		s = s[:len(s)-1]
	}
	return s
}

// oneWord writes "to be filled by o.e.m." and "tobefilledbyo.e.m." alike.
var oneWord = strings.NewReplacer(" ", "", ".", "", "-", "")

// saysNoSerial reports whether a word in lower case and without a digit says
// that there is no serial number, or where one should be.
func saysNoSerial(word string) bool {
	switch word {
	case "eval", "iatpass", "tulip computers", "systemserialnumb", "unknow":
		return true
	}
	if rest, ok := strings.CutPrefix(word, "serial number "); ok && strings.Trim(rest, "x") == "" {
		return true
	}
	if strings.Trim(word, "x-") == "" && strings.Count(word, "x") > 3 {
		return true
	}
	word = strings.ReplaceAll(unframed(word), "_", " ")
	switch word {
	case "serial", "serial no", "system serial", "chassis serial", "board serial", "baseboard serial", "product serial", "default serial",
		"no serial", "noserial", "no serial number", "invalid serial", "unknown serial", "unknown sn":
		return true
	case "notprovided", "none provided", "none specified", "not filled", "by o.e.m", "fill by o.e.m", "set by oem", "not programmed",
		"unprogrammed", "blank", "empty string", "no data", "no value", "not found", "defaultstring", "n.a", "test", "error":
		return true
	case "uninitialized", "not initialized", "change me", "changeme", "please set", "nil", "not avail", "not used", "unused",
		"not populated", "unassigned", "none assigned", "not specified", "to be determined", "generic", "standard", "sample", "prototype":
		return true
	}
	if word == "none" { // "[none]"
		return true
	}
	switch oneWord.Replace(word) {
	case "tobefilledbyoem", "tobesetbyoem", "setbyoem", "specifiedbyoem", "tbd", "nosn", "oemserial", "oemsn", "fakeserial",
		"mbserial", "mbserialno", "mbserialnumber", "mainboardserial", "mainboardserialnumber", "motherboardserial", "motherboardserialnumber",
		"sysserial", "sysserialno", "sysserialnumber":
		return true
	case "noserialnum", "noserialnumber", "serialno", "serialnum", "systemserialno", "systemserialnumber", "systemsn",
		"chassisserialno", "chassisserialnumber", "boardserialno", "boardserialnumber", "baseboardserialnumber", "productserialnumber":
		return true
	}
	return false
}

// isVersion reports whether s is one digit, a point and one digit, and maybe a
// third: no serial number is so short.
func isVersion(s string) bool {
	if len(s) != 3 && len(s) != 5 {
		return false
	}
	for i := range len(s) {
		if i%2 == 0 && !isDigit(s[i]) || i%2 == 1 && s[i] != '.' {
			return false
		}
	}
	return true
}

// maxWord is the length of the longest placeholder that is not a run of signs
// or digits.
const maxWord = 64

// lower returns s in lower case, in buf.
func lower(buf *[maxWord]byte, s string) []byte {
	n := copy(buf[:], s)
	for i, c := range buf[:n] {
		if 'A' <= c && c <= 'Z' {
			buf[i] = c + 'a' - 'A'
		}
	}
	return buf[:n]
}

// isListed reports whether a word in lower case is in the list.
func isListed(word []byte) bool {
	switch string(word) {
	// What dmidecode prints itself.
	case "not specified", "<bad index>", "not provided", "unknown", "not present", "not settable", "[not decoded yet]":
		return true
	// Nothing, in many words.
	case "empty", "[empty]", "<empty>", "(empty)", "none", "(none)", "<none>", "null", "(null)", "<null>", "(null string)",
		"na", "n/a", "n.a.", "[n/a]", "void", "dummy", "fake", "default", "tbd", "o.e.m.", "o.e.m", "oem":
		return true
	case "unspecified", "undefined", "not defined", "not define", "not set", "not available", "notavailable",
		"not applicable", "not assigned", "not installed", "not supported", "not support", "<not support>", "not known",
		"invalid", "no dimm", "no module", "no enclosure", "no information", "unknow", "undefine", "reserved", "part component":
		return true
	case "asset-1234567890", "no asset information", "s/n", "sn", "default sku", "unknown default", "unknown product", "xxx123x#aba", "hampoo reserved",
		"board revision 00", "oem_serial", "family", "model", "version", "sku", "serial", "system sku#", "mkf_oem_smbios_default_string":
		return true
	case "type2 - board chassis location", "location of the battery", "fill by oem", "filled by oem", "system name":
		return true
	}
	return false
}

// isRun reports whether s repeats one sign: at least four times, three times
// X, any number of marks. Dashes and blanks may part zeros: "0000000000-00000".
func isRun(s string) bool {
	c := s[0]
	switch c {
	case '-', '.', '*', '?', '_', '=':
	case 'x', 'X':
		if len(s) < 3 {
			return false
		}
	default:
		if len(s) < 4 {
			return false
		}
	}
	for i := 1; i < len(s); i++ {
		if s[i] != c && !(c == '0' && i > 3 && (s[i] == '-' || s[i] == ' ')) {
			return false
		}
	}
	return true
}

// isBlankHex reports whether s is 0x and bytes that are all 00 or FF, with
// blanks behind them: "0x0000", "0xFFFF", "0x000020".
func isBlankHex(s string) bool {
	if len(s) < 4 || len(s)%2 == 1 || s[0] != '0' || s[1]|0x20 != 'x' {
		return false
	}
	for i := 2; i < len(s); i += 2 {
		switch s[i : i+2] {
		case "00", "FF", "ff", "20":
		default:
			return false
		}
	}
	return s[2:] != "20"
}

// isSequence reports whether a word counts: as "0123456789",
// "012345678912345" and "01234567890123456789ab" do up, and as "9876543210"
// does down. Letters may stand in front of ten digits that count:
// "sys-1234567890", "ppn12345678901234567".
func isSequence(word []byte) bool {
	switch string(word) {
	case "1234", "abcd":
		return true
	}
	if len(word) < 5 {
		return false
	}
	s := word
	for len(s) > 0 && !isDigit(s[0]) {
		s = s[1:]
	}
	bare := len(s) == len(word)
	switch n := countsUp(s); {
	case len(s) == 0:
		return bytes.HasPrefix(word, []byte("abcdefgh"))
	case bare && n == len(s) && (s[0] == '0' || s[0] == '1'):
		return true
	case n >= 10 && (s[0] == '0' || s[0] == '1') && (len(s) == n || isTail(s[n:])):
		return true
	case bare && n == 1 && len(s) > 10 && countsUp(s[1:]) == len(s)-1: // 2123456789012345
		return true
	}
	down := string(s)
	return down == "9876543210" || down == "0987654321"
}

// isTail reports whether s may follow ten digits that count: "ABCD", or zeros
// and the next hexadecimal digits.
func isTail[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] != '0' && (s[i] < 'a' || s[i] > 'f' || i > 0 && s[i-1] != '0' && s[i] != s[i-1]+1) {
			return false
		}
	}
	return true
}

// countsUp returns how many digits at the beginning of s count up, 0 or 1
// following 9.
func countsUp[T string | []byte](s T) int {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return i
		}
		if i > 0 && s[i] != s[i-1]+1 && (s[i-1] != '9' || s[i] > '1') {
			return i
		}
	}
	return len(s)
}

// isFilling reports whether a word says that somebody else should have filled
// the field, or that it is not known.
func isFilling(word []byte) bool {
	switch word[len(word)-1] {
	case 'k', 'd', 'n':
		if bytes.HasSuffix(word, []byte("no dpk")) || bytes.HasSuffix(word, []byte("undefined")) || bytes.HasSuffix(word, []byte(" unknown")) {
			return true
		}
	}
	switch word[0] {
	case 't':
		return bytes.HasPrefix(word, []byte("to be filled")) || bytes.HasPrefix(word, []byte("to be defined")) ||
			bytes.HasPrefix(word, []byte("tbd by o")) ||
			len(word) > 8 && bytes.HasPrefix(word, []byte("type")) && isDigit(word[4]) && string(word[5:8]) == " - "
	case 'u':
		rest, ok := bytes.CutPrefix(word, []byte("unknown"))
		return ok && isUnknownNumber(rest)
	case 's':
		return len(word) == len("sodimm000") && bytes.HasPrefix(word, []byte("sodimm00")) && isDigit(word[8]) ||
			len(word) > 12 && bytes.HasPrefix(word, []byte("string")) && isDigit(word[6]) && string(word[7:12]) == " for "
	case 'd', 'o', '$':
		return bytes.Contains(word, []byte("default string")) || bytes.Contains(word, []byte("default_string"))
	}
	return false
}

// isUnknownNumber reports whether a number follows "unknown" as tools print
// it: " (0)", " - [0x0000]", " id:0x0000".
func isUnknownNumber(rest []byte) bool {
	rest = bytes.TrimLeft(rest, " -([:")
	rest = bytes.TrimPrefix(rest, []byte("id:"))
	number := bytes.TrimRight(rest, ")]")
	hex, ok := bytes.CutPrefix(number, []byte("0x"))
	if len(hex) == 0 || len(rest) == len(number) && !ok {
		return false
	}
	for _, c := range hex {
		if !isDigit(c) && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// isOwnName reports whether a word is the name of its own field, mostly with a
// number and with the slot in front: "partnum0", "a1_manufacturer1",
// "channela_dimm2_sernum", "oem define 2", "battery 1 manufacturer",
// "chassis manufacture", "channel-0-dimm-0-assettag", "base board asset tag#".
func isOwnName(word []byte) bool {
	word = bytes.TrimRight(word, "_#")
	last, number := cutNumber(lastWord(word))
	if isCompactName(last) && bytes.IndexByte(word, ' ') < 0 {
		return true
	}
	switch string(last) {
	case "manufacturer", "manufacture", "vendor", "number", "num", "part", "tag", "name", "string", "define", "skunumber", "serialnumber", "partnumber":
	case "version", "revision", "family", "model", "sku", "productconfigid": // with a number they are values
		if number {
			return false
		}
	case "":
		// "oem define 2", "board vendor name 1"
		word = bytes.TrimRight(word, "0123456789 _-")
		switch last, _ = cutNumber(lastWord(word)); string(last) {
		case "manufacturer", "vendor", "number", "num", "name", "define", "string":
		default:
			return false
		}
	default:
		return isGlued(last)
	}
	rest := word[:len(word)-len(lastWord(word))]
	if len(rest) == 0 {
		return isLone(last)
	}
	return areQualifiers(rest)
}

// isLone reports whether a name of a field is a placeholder without the thing
// it belongs to. "String 1" and "Name" may be values.
func isLone(name []byte) bool {
	switch string(name) {
	case "manufacturer", "manufacture":
		return true
	}
	return false
}

// lastWord returns what follows the last separator.
func lastWord(word []byte) []byte {
	for i := len(word) - 1; i >= 0; i-- {
		if c := word[i]; c == ' ' || c == '_' || c == '-' {
			return word[i+1:]
		}
	}
	return word
}

// cutNumber cuts the digits at the end of a word off.
func cutNumber(word []byte) (name []byte, number bool) {
	name = word
	for len(name) > 0 && isDigit(name[len(name)-1]) {
		name = name[:len(name)-1]
	}
	return name, len(name) < len(word)
}

// isCompactName reports whether a word is the name of a field in one word,
// before which any slot may stand.
func isCompactName(word []byte) bool {
	switch string(word) {
	case "manufacturer", "partnum", "partnumber", "modulepartnumber", "sernum", "serialnum", "serialnumber", "moduleserialnumber",
		"assettag", "assettagnum", "assettagnumber", "moduleassettag", "oemstring", "skunumber":
		return true
	}
	return false
}

// isGlued reports whether a word is "type", a number and the name of a field
// of that structure.
func isGlued(word []byte) bool {
	rest, ok := bytes.CutPrefix(word, []byte("type"))
	if !ok || len(rest) < 2 || !isDigit(rest[0]) {
		return false
	}
	switch string(rest[1:]) {
	case "version", "family", "sku", "productconfigid", "manufacturer", "serialnumber", "productname":
		return true
	}
	return false
}

// areQualifiers reports whether every word says what a field belongs to, or
// begins the name of a field. "stem" is what cutting "System" leaves.
func areQualifiers(words []byte) bool {
	for len(words) > 0 {
		end := bytes.IndexAny(words, " _-")
		if end < 0 {
			end = len(words)
		}
		word, _ := cutNumber(words[:end])
		switch string(word) {
		case "", "oem", "system", "stem", "base", "board", "baseboard", "mainboard", "motherboard", "mb", "chassis", "enclosure",
			"cpu", "processor", "battery", "sbds", "psu", "power", "supply", "memory", "dimm", "sodimm", "module", "device", "product",
			"smbios", "type", "no", "default", "part", "serial", "asset", "sku", "manufacturer", "vendor", "family", "model", "version", "name":
		default:
			return false
		}
		words = bytes.TrimLeft(words[end:], " _-")
	}
	return true
}

// firstDigit returns the place of the first digit in s, len(s) if there is none.
func firstDigit(s string) int {
	i := 0
	for i < len(s) && !isDigit(s[i]) {
		i++
	}
	return i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
