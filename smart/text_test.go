// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"testing"

	"github.com/mchus/bee/internal/corpus"
)

func TestCorpusText(t *testing.T) {
	known := corpus.ReadKnown(t, "testdata/known.txt")
	tally := corpus.Tally{Tool: "smartctl-text"}
	for _, file := range corpus.Files(t, "smartctl-text") {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			text, err := ParseText(file.Data)
			tally.Explain(t, known, file.Name, err)
			for _, line := range text.Lines {
				if line.Read {
					tally.Hit(1)
				} else {
					tally.Miss(masked(line.Text))
				}
			}
			again, _ := ParseText(text.Format())
			if string(again.Format()) != string(text.Format()) {
				t.Errorf("%s: Format is no fixed point", file.Name)
			}
		})
	}
	tally.Check(t, 99)
}

// masked replaces the digits of a line.
func masked(line string) string {
	b := []byte(line[:min(60, len(line))])
	for i, c := range b {
		if c >= '0' && c <= '9' {
			b[i] = '#'
		}
	}
	return string(b)
}
