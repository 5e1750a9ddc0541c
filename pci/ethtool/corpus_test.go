// SPDX-License-Identifier: Apache-2.0

package ethtool

import (
	"strings"
	"testing"

	"github.com/mchus/bee/internal/corpus"
)

// TestCorpus checks that nothing in the captures of -i, -m and -P panics or
// goes wrong without a reason in known.txt, and how many of their lines a typed
// field takes. The captures of other options are left out.
func TestCorpus(t *testing.T) {
	tally := corpus.Tally{Tool: "ethtool"}
	known := corpus.ReadKnown(t, "testdata/known.txt")
	for _, file := range corpus.Files(t, "ethtool") {
		kind := kindOf(string(file.Data))
		if kind == "" {
			continue
		}
		tally.Files++
		tally.Safely(t, file.Name, func() {
			value, err := parseAs(kind, file.Data)
			tally.Explain(t, known, file.Name, err)
			var l Listing
			switch v := value.(type) {
			case *DriverInfo:
				l = v.Listing
			case *Module:
				l = v.Listing
			case *PermanentAddress:
				l = v.Listing
			}
			tally.Hit(len(l.Fields) - len(l.Unknown))
			for _, f := range l.Unknown {
				tally.Miss(f.Key)
			}
		})
	}
	tally.Check(t, 99)
}

// kindOf tells by a word which option a capture is of, "" for another one.
func kindOf(text string) string {
	switch {
	case strings.Contains(text, "firmware-version:"):
		return "driver"
	case strings.Contains(text, "Permanent address"):
		return "address"
	case strings.Contains(text, "Identifier  "), strings.Contains(text, "module EEPROM"):
		return "module"
	}
	return ""
}
