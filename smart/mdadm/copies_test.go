// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"os"
	"strings"
	"testing"
)

// TestCopiesAreEqual checks that what the RAID packages copy from each other
// stays equal: the states, and the record layer.
func TestCopiesAreEqual(t *testing.T) {
	for _, name := range []string{"state.go", "line.go"} {
		ours, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := os.ReadFile("../sasircu/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if string(ours) != strings.ReplaceAll(string(theirs), "package sasircu", "package mdadm") {
			t.Errorf("%s is not that of sasircu", name)
		}
	}
}
