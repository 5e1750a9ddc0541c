// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/corpus"
)

// ruled says which rule looks at an attribute, "" if none does.
func ruled(a *Attribute) string {
	flash := &Device{ModelFamily: "Intel", ATA: new(ATA)}
	switch {
	case countsUncorrectable(a):
		return "uncorrectable"
	case flash.isWear(a):
		return "wear"
	case a.isTemperature():
		return "temperature"
	case a.ID == 5 && strings.HasPrefix(a.Name, "Reallocated_Sector"),
		a.ID == 197 && strings.Contains(a.Name, "Pending"),
		a.ID == 198 && strings.Contains(a.Name, "Uncorrect"),
		a.ID == 199 && strings.Contains(a.Name, "CRC"):
		return "sectors"
	}
	return ""
}

// unruled reads testdata/names.txt: the attributes that no rule looks at.
func unruled(t *testing.T) map[string]bool {
	data, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[string]bool)
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if names[line] {
			t.Errorf("%s is there twice", line)
		}
		names[line] = true
		var a Attribute
		if _, err := fmt.Sscanf(line, "%d %s", &a.ID, &a.Name); err != nil {
			t.Errorf("%q: %v", line, err)
		}
		if rule := ruled(&a); rule != "" {
			t.Errorf("%s is in names.txt, but counts as %s", line, rule)
		}
	}
	return names
}

// TestNames: no name is both in a table and in the list of the others.
func TestNames(t *testing.T) {
	if len(unruled(t)) < 300 {
		t.Error("names.txt is short")
	}
}

// TestCorpusNames: each attribute of the corpus is one that a rule looks at, or
// one that was looked at and has none.
func TestCorpusNames(t *testing.T) {
	known := unruled(t)
	seen := make(map[string]int)
	look := func(dev *Device) {
		if dev.ATA == nil {
			return
		}
		for i := range dev.ATA.Attributes {
			a := dev.ATA.Attributes[i]
			a.Flags, a.Value = 0, nil // by name only
			name := fmt.Sprint(a.ID, " ", a.Name)
			rule := ruled(&a)
			seen[rule]++
			if rule == "" && !known[name] {
				t.Errorf("attribute %q is new: a rule for it, or a line in testdata/names.txt", name)
				known[name] = true
			}
		}
	}
	for _, file := range corpus.Files(t, "smartctl-text") {
		text, _ := ParseText(file.Data)
		look(text.Device)
	}
	for _, file := range corpus.Files(t, "smartctl-json") {
		if !isScan(file.Data) {
			dev, _ := Parse(file.Data)
			look(dev)
		}
	}
	t.Logf("attributes by rule: %v", seen)
}
