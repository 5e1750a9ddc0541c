// SPDX-License-Identifier: Apache-2.0

package arcconf

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
		if string(ours) != strings.ReplaceAll(string(theirs), "package sasircu", "package arcconf") {
			t.Errorf("%s is not that of sasircu", name)
		}
	}
}

// TestBatteryIsEqual checks that the states of batteries are those of ssacli.
func TestBatteryIsEqual(t *testing.T) {
	ours, err := os.ReadFile("battery.go")
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile("../ssacli/battery.go")
	if err != nil {
		t.Fatal(err)
	}
	if string(ours) != strings.ReplaceAll(string(theirs), "package ssacli", "package arcconf") {
		t.Error("battery.go is not that of ssacli")
	}
}
