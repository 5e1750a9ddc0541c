// SPDX-License-Identifier: Apache-2.0

package lines

import "testing"

func TestWhole(t *testing.T) {
	for _, tt := range []struct{ text, whole, tail string }{
		{"", "", ""},
		{"a\n", "a\n", ""},
		{"a\nb", "a\n", "b"},
		{"a", "", "a"},
		{"a\r\n \t", "a\r\n", ""},
		{"a\r\nb\r", "a\r\n", "b\r"},
		{"\n\n", "\n\n", ""},
		{"\ufeffa\nb", "a\n", "b"},
	} {
		whole, tail := Whole(tt.text)
		if whole != tt.whole || tail != tt.tail {
			t.Errorf("Whole(%q) = %q, %q", tt.text, whole, tail)
		}
	}
	if n := Number("a\nb\n"); n != 3 {
		t.Errorf("Number = %d", n)
	}
}
