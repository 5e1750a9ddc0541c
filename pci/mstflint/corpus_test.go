// SPDX-License-Identifier: Apache-2.0

package mstflint

import (
	"strings"
	"testing"

	"github.com/mchus/bee/internal/corpus"
)

// TestCorpus checks that nothing in the captures panics or goes wrong, and how
// many of their lines a typed field takes.
func TestCorpus(t *testing.T) {
	tally := corpus.Tally{Tool: "mstflint"}
	for _, file := range corpus.Files(t, "mstflint") {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			query, err := Parse(file.Data)
			tally.Explain(t, nil, file.Name, err)
			tally.Hit(len(query.Fields) - len(query.Unknown))
			for _, f := range query.Unknown {
				tally.Miss(f.Key)
			}
			for _, line := range query.Preamble {
				tally.Miss("before the first key: " + line)
			}
		})
	}
	tally.Check(t, 98)
}

// TestCorpusValues reads what matters a second time, word by word.
func TestCorpusValues(t *testing.T) {
	for _, file := range corpus.Files(t, "mstflint") {
		query, _ := Parse(file.Data)
		roms := 0
		for line := range strings.Lines(string(file.Data)) {
			line = strings.TrimSpace(line)
			words := strings.Fields(line)
			roms += strings.Count(line, "type=")
			switch {
			case words[0] == "PSID:" && query.PSID != words[1],
				strings.HasPrefix(line, "FW Version:") && query.Firmware != words[2],
				strings.HasPrefix(line, "FW Version(Running):") && query.FirmwareRunning != words[2]:
				t.Errorf("%s: %q is not in %+v", file.Name, line, query)
			case words[0] == "Base" && words[1] == "MAC:" && strings.ReplaceAll(query.BaseMAC(), ":", "") != strings.TrimPrefix(words[2], "N/A"):
				t.Errorf("%s: %q is %q", file.Name, line, query.BaseMAC())
			}
		}
		if len(query.ROMs) != roms {
			t.Errorf("%s: %d option ROMs, want %d", file.Name, len(query.ROMs), roms)
		}
	}
}
