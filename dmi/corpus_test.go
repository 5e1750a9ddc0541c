// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/internal/corpus"
)

// TestCorpusLines checks that every line of each capture can be reached in the
// record layer.
func TestCorpusLines(t *testing.T) {
	for _, file := range corpus.Files(t, "dmidecode") {
		table, _ := Parse(file.Data)
		want := trimmedLines(string(file.Data))
		got := recordLines(table)
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: lines mismatch (-want +got):\n%s", file.Name, diff)
		}
	}
}

func trimmedLines(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// recordLines returns the lines that a table was made from, but for the
// Handle lines, which it writes as dmidecode 3 does.
func recordLines(t *Table) []string {
	list := strings.Split(string(t.Format()), "\n")
	return trimmedLines(strings.Join(list, "\n"))
}

func TestCorpus(t *testing.T) {
	tally := corpus.Tally{Tool: "dmidecode"}
	for _, file := range corpus.Files(t, "dmidecode") {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			_, err := Parse(file.Data)
			var list Errors
			if errors.As(err, &list) {
				t.Logf("%s: %v", file.Name, list)
			}
		})
	}
}
