// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestErrorText checks that what an error quotes ends at the end of a
// character and that its place holds nothing that a terminal acts on.
func TestErrorText(t *testing.T) {
	for n := range 4 {
		text := strings.Repeat("x", n) + strings.Repeat("ж\x1b", 100)
		_, err := Parse([]byte("# dmidecode 3.3\nHandle 0x0000, DMI type 17, 84 bytes\nMemory Device\n\tSize: 8 GB\n\n" + text + "\n"))
		list, ok := err.(Errors)
		if !ok {
			t.Fatalf("no errors: %v", err)
		}
		_, line, column, place := list[0].Place()
		if inert := strings.ReplaceAll(text, "\x1b", " "); !utf8.ValidString(list[0].Text) || !strings.HasPrefix(inert, strings.TrimSuffix(list[0].Text, "…")) {
			t.Errorf("text is %q", list[0].Text)
		}
		if line != 6 || column != 1 || strings.ContainsRune(place, '\x1b') || !strings.HasPrefix(place, strings.Repeat("x", n)+"ж ж") {
			t.Errorf("place is %d:%d, %q", line, column, place)
		}
	}
}
