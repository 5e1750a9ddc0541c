// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"encoding/hex"
	"math/bits"
	"strings"
)

// ParseModuleMaker reads the code that firmware printed in place of the name
// of a memory module's maker. Unlike [ParseJEDECID] it has the module's part
// number to decide by where a code can be read in several ways: as
// hexadecimal, as two bytes in decimal that are cut to two digits each ("0215"
// is 2 and 158, Corsair), with its bytes or its nibbles swapped ("00EC" is
// 0xCE, Samsung). Where nothing decides, ok is false: no name is better than
// that of another maker.
func ParseModuleMaker(code, partNumber string) (id JEDECID, ok bool) {
	id, ok = readJEDECID(code)
	if len(code) != 4 {
		return id, ok
	}
	var buf [maxReadings]JEDECID
	readings := otherReadings(buf[:0], code)
	if len(readings) == 0 {
		return id, ok
	}
	maker := makerOfPart(partNumber)
	if ok && (maker != "" && id.Name == maker) {
		return id, true
	}
	rival := false
	for _, r := range readings {
		if maker != "" && r.Name == maker {
			return r, true
		}
		rival = rival || isModuleMaker(r.Name) && !r.swapOf(id)
	}
	if ok && !isAmbiguous(code) || isModuleMaker(id.Name) && !rival && maker == "" {
		return id, ok
	}
	return JEDECID{}, false
}

// isAmbiguous reports whether a code means nothing without a part number that
// tells its dialect: four decimal digits, or a 00 and one byte.
func isAmbiguous(code string) bool {
	return len(code) == 4 && (isDecimal(code) || code[:2] == "00")
}

// swapOf reports whether two codes are of the same two bytes.
func (id JEDECID) swapOf(other JEDECID) bool {
	return uint8(id.Bank-1) == other.Code&0x7F && uint8(other.Bank-1) == id.Code&0x7F
}

// maxReadings is how many makers a code can stand for: two digits of a byte
// for ten bytes each, half of which have the right parity, and the swaps.
const maxReadings = 48

// otherReadings appends what a code of four digits says in other dialects than
// hexadecimal.
func otherReadings(list []JEDECID, code string) []JEDECID {
	if isDecimal(code) {
		list = decimalReadings(list, code)
	}
	b, err := hex.DecodeString(code)
	if err != nil {
		return list
	}
	list = appendReading(list, b[1], b[0])
	if b[0] == 0 {
		list = appendReading(list, 0, bits.RotateLeft8(b[1], 4))
	}
	return list
}

// decimalReadings appends the makers of which the first two decimal digits of
// both bytes, the bank and the code, are those of s. Some firmware leaves the
// parity of the bank off.
func decimalReadings(list []JEDECID, s string) []JEDECID {
	for _, bank := range cutBytes(s[:2]) {
		if bank >= 0x80 && bank != withParity(bank&0x7F) {
			continue
		}
		for _, code := range cutBytes(s[2:]) {
			list = appendReading(list, bank, code)
		}
	}
	return list
}

// cutBytes returns the bytes whose decimal form, cut to two digits, is s.
func cutBytes(s string) []byte {
	n := int(s[0]-'0')*10 + int(s[1]-'0')
	list := append(make([]byte, 0, 11), byte(n))
	for i := n * 10; n >= 10 && i < n*10+10 && i < 256; i++ {
		list = append(list, byte(i))
	}
	return list
}

// appendReading appends the maker of a bank and a code if it is known.
func appendReading(list []JEDECID, bank, code byte) []JEDECID {
	if !isBank(bank) || !isCode(code) || len(list) == cap(list) {
		return list
	}
	id := JEDECID{Bank: int(bank&0x7F) + 1, Code: code, Name: JEDECName(int(bank&0x7F)+1, code)}
	if id.Name == "" {
		return list
	}
	return append(list, id)
}

func isDecimal(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// makerOfPart returns the maker, as JEDECName names it, whose part numbers
// have the shape of s, "" if no shape is known.
func makerOfPart(s string) string {
	for i := range partShapes {
		for _, shape := range partShapes[i].shapes {
			if hasShape(s, shape) {
				return partShapes[i].maker
			}
		}
	}
	return ""
}

// hasShape reports whether s begins as a shape says: # is a digit, @ a letter,
// other signs stand for themselves in either case.
func hasShape(s, shape string) bool {
	if len(s) < len(shape) {
		return false
	}
	for i := range len(shape) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		switch want := shape[i]; {
		case want == '#' && '0' <= c && c <= '9', want == '@' && letter, want == c, letter && want == c^0x20:
		default:
			return false
		}
	}
	return true
}

// isModuleMaker reports whether a company is known for memory modules.
func isModuleMaker(name string) bool {
	for i := range partShapes {
		if partShapes[i].maker == name {
			return true
		}
	}
	switch name {
	case "Mushkin", "Super Talent", "Unifosa Corporation", "Essencore Limited", "A Force Manufacturing Ltd", "JUHOR",
		"OM Nanotech Pvt. Ltd", "takeMS - Ultron AG", "Shenzhen Jinge Information Co Ltd", "Strontium", "Netlist",
		"Hewlett-Packard", "EXCELERAM", "Antec Memory", "Memphis Electronic", "Gloway International Co Ltd",
		"Avexir Technologies Corporation", "Silicon Power Computer & Communications", "PNY Technologies Inc",
		"Golden Empire", "OCZ", "Asgard", "Netac Technology Co Ltd", "InnoDisk Corporation", "NovaTech Solutions S.A.", "Positivo Informatica Ltd", "Kingmax Semiconductor":
		return true
	}
	return false
}

// partShapes has how part numbers begin, by maker. FORMAT.md has its evidence.
var partShapes = [...]struct {
	maker  string
	shapes []string
}{
	{"Samsung", []string{"M3##@#", "M4##@#", "M3 ##@", "M4 ##@"}},
	{"SK Hynix", []string{"HMT###", "HMT##G", "HMA#", "HMAA#", "HMCG##", "HYMP###"}},
	{"Micron Technology", []string{
		"#ATF", "##ATF", "#ASF", "##ASF", "#HTF", "##HTF", "#JTF", "##JTF", "#KTF", "##KTF", "#JSF", "##JSF", "##KSF",
		"##JSZ", "##HTS", "#ATS", "##ATS",
	}},
	{"Kingston", []string{"99U####", "99P####", "9905###", "9965###", "KHX####", "KVR###", "KF####", "ACR###", "KINGSTON"}},
	{"Corsair", []string{"CM@#", "CM@##", "CM@@#", "CM#X", "VS#G"}},
	{"Crucial Technology", []string{"CT#", "BLS#", "BL#", "BLE#", "BLT#", "BLM#"}},
	{"G Skill Intl", []string{"F#-####"}},
	{"Patriot Memory (PDP Systems)", []string{"PSD#", "PDC#", "#### CL# Series", "#### CL## Series", "#### C## Series"}},
	{"Team Group Inc", []string{"Team-", "TEAMGROUP", "UD#-####"}},
	{"Ramaxel Technology", []string{"RMT####", "RMN####", "RMR####", "RML####", "RMSA####", "RMUA####"}},
	{"Nanya Technology", []string{"NT#G", "NT##G", "NT###", "M2S#G", "M2F#G", "M2X#G", "M2Y#G"}},
	{"A-DATA Technology", []string{"AD7#", "AD#S", "AD#U", "AM#U", "AM#P", "AM#L", "AO#P", "AO#L", "AL#P", "EL7"}},
	{"Elpida", []string{"EBJ##", "EBE##"}},
	{"Smart Modular", []string{"SH####", "SF####", "SG####", "SMS#", "SG#S"}},
	{"Timetec International Inc", []string{"TIMETEC"}},
	{"Kllisre", []string{"KRE-", "Kllisre"}},
	{"AMD", []string{"R##G", "R###G", "R####G"}},
	{"Wilk Elektronik S.A.", []string{"GR####D", "GR####S", "GY####D"}},
	{"Panram International Corporation", []string{"PUD####", "PUS####", "W4U####PS", "D4U####PS", "D4N####PS"}},
	{"Transcend Information", []string{"JM###", "TS###M", "TS#GK"}},
	{"Apacer Technology", []string{"75.", "76.", "77.", "78."}},
	{"ASint Technology", []string{"SSZ#", "SSA#", "SSY#", "SLZ#", "VSZ#"}},
	{"Teikon", []string{"TMT###", "TMA###"}},
	{"Lexar Co Limited", []string{"LD#A"}},
	{"Shenzhen Yong Sheng Technology", []string{"YXS####"}},
	{"Avant Technology", []string{"J64#GU", "H64#GU", "F64#", "W64#GU"}},
	{"Gold Key Technology Co Ltd", []string{"GKE###", "GKH###"}},
	{"HT Micron", []string{"HTH5"}},
	{"Qimonda", []string{"64T###", "72T###"}},
}
