// SPDX-License-Identifier: Apache-2.0

package placeholder

import "strings"

// IsUUID reports whether s is a UUID that many boards share, for their makers
// did not give them one each. It takes both orders of bytes.
func IsUUID(s string) bool {
	if s == "2" { // on GLPI's list
		return true
	}
	digits := strings.ToLower(strings.ReplaceAll(s, "-", ""))
	if len(s) != 36 || len(digits) != 32 {
		return false
	}
	if strings.Repeat(digits[:2], 16) == digits {
		return true
	}
	switch digits {
	case "03000200040005000006000700080009", "00020003000400050006000700080009": // AMI's default
		return true
	case "000102030405060708090a0b0c0d0e0f", "030201000504070608090a0b0c0d0e0f",
		"0102030405060708090a0b0c0d0e0f10", "0403020106050807090a0b0c0d0e0f10":
		return true
	case "1234567812345678" + "90abcddeefaabbcc", "7856341234127856" + "90abcddeefaabbcc": // ASRock
		return true
	case "11111111222233334444555555555555", "00000000000000000807060504030201", "ffffff00ffffffffffffffffffffffff":
		return true
	case "4c4c454400202010802080c04f202020", "44454c4c20001020802080c04f202020": // Dell without a service tag
		return true
	case "6ab5b300538d10149fb5b0684d007b53", "00b3b56a8d5314109fb5b0684d007b53": // on GLPI's list
		return true
	}
	return false
}
