// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// IsPlaceholderUUID reports whether s is a UUID that identifies no machine:
// one byte repeated, bytes that count up, or a value that many boards share.
// The case of its letters does not matter.
//
// The shared values are defaults of firmware that are known for it. Each is
// there in both byte orders: firmware before SMBIOS 2.6 gave the first three
// groups the other way round.
func IsPlaceholderUUID(s string) bool {
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
	}
	return false
}

// uuid returns a UUID in lower case, as dmidecode prints it since 3.2.
func (r *reader) uuid(f *Field) string {
	s := strings.TrimSpace(f.Value)
	if IsPlaceholder(s) || IsPlaceholderUUID(s) {
		return ""
	}
	return strings.ToLower(s)
}
