// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
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

// These are what the text says of a memory device's size and speed.
var (
	sizeText  = regexp.MustCompile(`^(\d+) ([kMGT])B$`)
	speedText = regexp.MustCompile(`^(\d+) (?:MHz|MT/s)`)
)

// TestCorpusMemory checks the sizes, speeds and part numbers of the memory
// devices against the text.
func TestCorpusMemory(t *testing.T) {
	var sizes, speeds, parts int
	for _, file := range corpus.Files(t, "dmidecode") {
		table, _ := Parse(file.Data)
		devices, _ := table.MemoryDevices()
		for _, d := range devices {
			if m := sizeText.FindStringSubmatch(d.Record.Text("Size")); m != nil {
				want, _ := strconv.ParseUint(m[1], 10, 64)
				for range 1 + strings.Index("kMGT", m[2]) {
					want *= 1024
				}
				sizes++
				if d.SizeBytes != want || !d.Present {
					t.Errorf("%s: %s is %d bytes", file.Name, m[0], d.SizeBytes)
				}
			} else if d.SizeBytes != 0 {
				t.Errorf("%s: %q is %d bytes", file.Name, d.Record.Text("Size"), d.SizeBytes)
			}
			if m := speedText.FindStringSubmatch(d.Record.Text("Speed")); m != nil {
				speeds++
				if want, _ := strconv.Atoi(m[1]); d.SpeedMTs != want {
					t.Errorf("%s: %s is %d MT/s", file.Name, m[0], d.SpeedMTs)
				}
			} else if d.SpeedMTs != 0 {
				t.Errorf("%s: %q is %d MT/s", file.Name, d.Record.Text("Speed"), d.SpeedMTs)
			}
			if d.PartNumber != "" {
				parts++
				if text := d.Record.Text("Part Number"); text != d.PartNumber && !strings.EqualFold(strings.TrimRight(text[2:], "20"), strings.TrimRight(hex.EncodeToString([]byte(d.PartNumber)), "20")) {
					t.Errorf("%s: part number %q is %q", file.Name, text, d.PartNumber)
				}
			}
		}
	}
	t.Logf("%d sizes, %d speeds, %d part numbers", sizes, speeds, parts)
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
			for _, v := range table.Views() {
				err = join(err, v.Err)
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
	r := newReader(table)
	for _, rec := range table.Records {
		v := newView(rec.Type)
		if v == nil || !rec.isDecoded() {
			continue
		}
		for i := range rec.Fields {
			switch f := &rec.Fields[i]; {
			case f.Key == "":
			case v.set(r, f):
				tally.Hit(1)
			default:
				tally.Miss(fmt.Sprintf("type %d: %s", rec.Type, f.Key))
			}
		}
	}
}
