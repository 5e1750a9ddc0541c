// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"fmt"
	"regexp"
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

// These are the layouts of a Handle line before dmidecode 2.9, and the lines
// that 3.1 and 3.2 print without a newline between them.
var (
	oldHandle = regexp.MustCompile(`(?m)^Handle (0x[0-9A-F]+)(?:\r?\n\s*|, )DMI type (\d+), (\d+) bytes\.?\r?$`)
	glued     = regexp.MustCompile(`(?m)^(\t(?:Specification Version|Description): .*)\t(Firmware Revision: .*|Characteristics:)$`)
)

// trimmedLines returns the lines of a report, without those that are blank, in
// the layout of dmidecode 3.6.
func trimmedLines(text string) []string {
	text = oldHandle.ReplaceAllString(text, "Handle $1, DMI type $2, $3 bytes")
	text = glued.ReplaceAllString(text, "$1\n\t$2")
	var list []string
	for line := range strings.Lines(text) {
		if line = strings.Trim(line, " \t\r\n"); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// recordLines returns every text that a table holds.
func recordLines(t *Table) []string {
	lines := slices.Clone(t.Preamble)
	for _, note := range t.Notes {
		lines = append(lines, note.Text)
	}
	for i, rec := range t.Records {
		if rec.Size >= 0 && (i == 0 || rec.Line != t.Records[i-1].Line) {
			lines = append(lines, fmt.Sprintf("Handle 0x%04X, DMI type %d, %d bytes", rec.Handle, rec.Type, rec.Size))
		}
		lines = append(lines, rec.Title)
		for _, f := range rec.Fields {
			if f.Key != "" {
				f.Value = strings.TrimRight(f.Key+": "+f.Value, " ")
			}
			lines = append(append(lines, f.Value), f.Items...)
		}
	}
	return trimmedLines(strings.Join(lines, "\n"))
}

// TestCorpus checks that nothing in the captures panics or goes wrong without
// a reason in known.txt, and how much of them the typed views understand.
func TestCorpus(t *testing.T) {
	tally := corpus.Tally{Tool: "dmidecode"}
	known := corpus.ReadKnown(t, "testdata/known.txt")
	for _, file := range corpus.Files(t, "dmidecode") {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			table, err := Parse(file.Data)
			for _, v := range allViews(table) {
				err = join(err, v.err)
			}
			tally.Explain(t, known, file.Name, err)
			cover(&tally, table)
		})
	}
	tally.Check(t, coverageFloor)
}

// coverageFloor is the share of lines "Key: Value" of the types that dmidecode
// decodes which the typed views must understand, in percent.
const coverageFloor = 99.9

func cover(tally *corpus.Tally, table *Table) {
	var r reader
	for _, rec := range table.Records {
		v := newView(rec.Type)
		if v == nil || !rec.isDecoded() {
			continue
		}
		for i := range rec.Fields {
			switch f := &rec.Fields[i]; {
			case f.Key == "":
			case v.set(&r, f):
				tally.Hit(1)
			default:
				tally.Miss(fmt.Sprintf("type %d: %s", rec.Type, f.Key))
			}
		}
	}
}
