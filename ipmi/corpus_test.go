// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"slices"
	"testing"

	"github.com/mchus/bee/internal/corpus"
	"github.com/mchus/bee/ipmi"
)

// understand reads the captures of one tool with fn, which counts lines.
func understand(t *testing.T, tool string, floor float64, fn func(tally *corpus.Tally, data []byte) error) {
	tally := &corpus.Tally{Tool: tool}
	known := corpus.ReadKnown(t, "testdata/known.txt")
	for _, file := range corpus.Files(t, tool) {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			tally.Explain(t, known, file.Name, fn(tally, file.Data))
		})
	}
	tally.Check(t, floor)
}

// count counts the lines of a document: those that its view understands, and
// those that it does not. A preamble is understood by nobody.
func count(tally *corpus.Tally, lines int, preamble []string, unknown []ipmi.Field) {
	tally.Hit(lines - len(unknown))
	for _, f := range unknown {
		tally.Miss(f.Key + " : " + f.Value)
	}
	for _, line := range preamble {
		tally.Miss(line)
	}
}

func TestCorpusFRU(t *testing.T) {
	understand(t, "ipmitool-fru", 99.9, func(tally *corpus.Tally, data []byte) error {
		f, err := ipmi.ParseFRU(data)
		for _, d := range f.Devices() {
			count(tally, len(d.Record.Fields), nil, d.Unknown)
		}
		count(tally, 0, f.Preamble, nil)
		return err
	})
}

func TestCorpusSDR(t *testing.T) {
	understand(t, "ipmitool-sdr", 99.9, func(tally *corpus.Tally, data []byte) error {
		s, err := ipmi.ParseSDR(data)
		count(tally, 0, s.Preamble, nil)
		understood := make(map[*ipmi.SDRRecord]bool)
		for _, sensor := range s.Sensors() {
			understood[sensor.Record] = true
			count(tally, max(1, len(sensor.Record.Fields)), nil, sensor.Unknown)
		}
		for _, l := range s.Locators() {
			understood[l.Record] = true
			count(tally, max(1, len(l.Record.Fields)), nil, l.Unknown)
		}
		for i := range s.Records {
			if r := &s.Records[i]; !understood[r] {
				tally.Miss(string(r.Layout))
			}
		}
		return err
	})
}

func TestCorpusMC(t *testing.T) {
	understand(t, "ipmitool-mc", 99.9, func(tally *corpus.Tally, data []byte) error {
		m, err := ipmi.ParseMC(data)
		count(tally, len(m.Fields), m.Preamble, m.Info().Unknown)
		return err
	})
}

func TestCorpusLAN(t *testing.T) {
	understand(t, "ipmitool-lan", 99.9, func(tally *corpus.Tally, data []byte) error {
		l, err := ipmi.ParseLAN(data)
		count(tally, len(l.Fields), l.Preamble, l.Config().Unknown)
		return err
	})
}

func TestCorpusSEL(t *testing.T) {
	understand(t, "ipmitool-sel", 99.9, func(tally *corpus.Tally, data []byte) error {
		s, err := ipmi.ParseSEL(data)
		heading := func(line string) bool { return line == "SEL Information" }
		count(tally, len(s.Fields), slices.DeleteFunc(s.Preamble, heading), s.Info().Unknown)
		for _, e := range s.Events() {
			if e.Unknown {
				tally.Miss(e.Text)
			} else {
				tally.Hit(1)
			}
		}
		return err
	})
}
