// SPDX-License-Identifier: Apache-2.0

package storcli

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/internal/corpus"
	"github.com/mchus/bee/internal/jsondoc"
)

// pattern replaces the numbers in a path.
func pattern(path string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return '#'
		}
		return r
	}, path)
}

// unexplained drops the errors that say what the tool says: that it failed.
func unexplained(err error, fails bool) error {
	var list Errors
	if !errors.As(err, &list) || !fails {
		return err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(e *ParseError) bool { return errors.Is(e, ErrTool) })
	return list.err()
}

func TestCorpus(t *testing.T) {
	known := corpus.ReadKnown(t, "testdata/known.txt")
	tally := corpus.Tally{Tool: "storcli"}
	for _, file := range corpus.Files(t, "storcli") {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			r, err := Parse(file.Data)
			fails := readAgain(file.Data).fails
			if fails != errors.Is(err, ErrTool) {
				t.Errorf("%s: error %v, and the tool failed is %t", file.Name, err, fails)
			}
			tally.Explain(t, known, file.Name, unexplained(err, fails))
			if errors.Is(err, ErrFormat) {
				return
			}
			hits := r.taken - r.settings
			if isJSON(file.Data) {
				hits = jsondoc.Leaves(file.Data) - r.settings
			}
			for range r.settings { // name and value as printed: no field is theirs
				tally.Miss("Settings")
			}
			for path, raw := range r.Extra {
				for range jsondoc.Leaves([]byte("[" + string(raw) + "]")) {
					tally.Miss(pattern(path))
					if isJSON(file.Data) {
						hits--
					}
				}
			}
			tally.Hit(hits)
		})
	}
	tally.Check(t, 98)
}

// TestCorpusValues compares what matters most with another reading of each
// capture.
func TestCorpusValues(t *testing.T) {
	values, files := 0, 0
	for _, file := range corpus.Files(t, "storcli") {
		r, err := Parse(file.Data)
		if errors.Is(err, ErrFormat) {
			continue
		}
		want := readAgain(file.Data).list()
		values += len(want)
		if len(want) > 0 {
			files++
		}
		if diff := cmp.Diff(want, factsOf(r)); diff != "" {
			t.Errorf("%s: mismatch (-second reading +Parse):\n%s", file.Name, diff)
		}
	}
	t.Logf("%d values in %d files agree", values, files)
}

// TestCorpusStates sees to it that each state in the captures is known.
func TestCorpusStates(t *testing.T) {
	for _, file := range corpus.Files(t, "storcli") {
		r, _ := Parse(file.Data)
		for _, c := range r.Controllers {
			for _, d := range c.Drives {
				if d.StateText != "" && d.State == "" {
					t.Errorf("%s: state %q, %q of a drive", file.Name, d.StateText, d.StatusText)
				}
				if d.WWN != "" && d.SizeBytes == 0 {
					t.Errorf("%s: no size of drive %s", file.Name, d.Serial)
				}
			}
			for _, v := range c.Volumes {
				if v.StateText != "" && v.State == "" || v.LevelText != "" && v.Level == "" {
					t.Errorf("%s: state %q, level %q of a volume", file.Name, v.StateText, v.LevelText)
				}
				if v.Blocks != 0 && v.SizeBytes == 0 {
					t.Errorf("%s: no size of volume %d", file.Name, *v.Number)
				}
			}
		}
	}
}
