// SPDX-License-Identifier: Apache-2.0

package names

import (
	"strings"
	"testing"
)

// FuzzParse: all names are in the text, whatever it is.
func FuzzParse(f *testing.F) {
	f.Add("# comment\n8086  Intel\n\t1521  I350\n\t\t8086 0001  Card\nC 02  Network\n\t00  Ethernet\n\t\t01  Interface\nS 01  Signal\n\tx\n")
	f.Add("\t\t8086 0001  Card\n8086  A\n\n\t\t1  x\n\t1521  I350\r\n\t1521  again")
	f.Fuzz(func(t *testing.T, text string) {
		found, err := parse(text)
		if err != nil && !strings.HasPrefix(err.Error(), "line ") {
			t.Errorf("no place: %v", err)
		}
		for _, list := range []map[string]*block{found.vendors, found.classes} {
			for id, b := range list {
				check(t, text, id, b)
			}
		}
	})
}

func check(t *testing.T, text, id string, b *block) {
	if !strings.Contains(text, id) || !strings.Contains(text, b.title()) || b.entry("none") != nil && !strings.Contains(text, "none") {
		t.Errorf("%q %q from nowhere", id, b.title())
	}
	for id, below := range b.entries {
		check(t, text, id, below)
	}
}
