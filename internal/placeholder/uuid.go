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
	for _, n := range []int{1, 2, 4, 8} { // bytes that repeat
		if strings.Repeat(digits[:2*n], 16/n) == digits {
			return true
		}
	}
	if strings.Count(digits, "0") >= len(digits)-1 {
		return true
	}
	if strings.HasPrefix(digits, "4c4c4544") && strings.HasSuffix(digits, "c04f202020") { // Dell without a service tag: blanks
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
	case "12345678123412341234123456789012", "12345678123412341234123456789abc":
		return true
	case "00112233445566778899aabbccddeeff", "33221100554477668899aabbccddeeff", "aabbccddeeff00112233445566778899", // every digit in turn
		"0123456789abcdef0123456789abcdef", "67452301ab89efcd0123456789abcdef", "123e4567e89b12d3a456426614174000":
		return true
	case "11111111222233334444555555555555", "00000000000000000807060504030201", "ffffff00ffffffffffffffffffffffff":
		return true
	case "44454c4c20001020802080c04f202020": // Dell's in the other order
		return true
	case "6ab5b300538d10149fb5b0684d007b53", "00b3b56a8d5314109fb5b0684d007b53": // on GLPI's list
		return true
	}
	return false
}
