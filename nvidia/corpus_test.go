// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/corpus"
)

// TestCorpusXML reads every nvidia-smi -q -x of the corpus. A leaf counts as
// understood if another text in its place changes the typed log or is refused.
// One leaf of each path in each file is tried.
func TestCorpusXML(t *testing.T) {
	tally := &corpus.Tally{Tool: "nvidia-smi-xml"}
	known := corpus.ReadKnown(t, "testdata/known.txt")
	for _, f := range corpus.Files(t, "nvidia-smi-xml") {
		tally.Files++
		tally.Safely(t, f.Name, func() {
			log, err := Parse(f.Data)
			tally.Explain(t, known, f.Name, err)
			countLeaves(t, tally, f.Data, log)
		})
	}
	tally.Check(t, 99.5)
}

// countLeaves counts which leaves of a log reach the typed view.
func countLeaves(t *testing.T, tally *corpus.Tally, data []byte, log *Log) {
	t.Helper()
	if log.Root == nil {
		return
	}
	before := typed(t, log)
	tried := make(map[string]bool) // path without numbers: understood
	for n := range leaves(log.Root) {
		path := genericPath(n)
		understood, ok := tried[path]
		if !ok {
			understood = matters(t, data, n, before)
			tried[path] = understood
		}
		if understood {
			tally.Hit(1)
		} else {
			tally.Miss(path)
		}
	}
}

// matters says whether the text of a leaf reaches the typed view.
func matters(t *testing.T, data []byte, n *Node, before string) bool {
	t.Helper()
	changed := append([]byte(nil), data[:n.offset]...)
	changed = append(changed, "beetext"...)
	changed = append(changed, data[n.offset+len(n.Text):]...)
	if n.Text == "" { // the offset is that of the tag
		end := strings.Index(string(data[n.offset:]), ">") + n.offset + 1
		if data[end-2] == '/' {
			return true
		}
		changed = append(append(append([]byte(nil), data[:end]...), "beetext"...), data[end:]...)
	}
	log, err := Parse(changed)
	return err != nil || typed(t, log) != before
}

func typed(t *testing.T, log *Log) string {
	t.Helper()
	out, err := json.Marshal(log)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// leaves yields the elements below n that hold no other.
func leaves(n *Node) func(func(*Node) bool) {
	return func(yield func(*Node) bool) { walkLeaves(n, yield) }
}

func walkLeaves(n *Node, yield func(*Node) bool) bool {
	if n.IsLeaf() {
		return yield(n)
	}
	for c := range n.Children() {
		if !walkLeaves(c, yield) {
			return false
		}
	}
	return true
}

// genericPath is the path of n without the numbers.
func genericPath(n *Node) string {
	var names []string
	for ; n != nil && n.Name != ""; n = n.parent {
		names = append([]string{n.Name}, names...)
	}
	return strings.Join(names, ".")
}

// TestCorpusCSV reads every CSV of the corpus. A column counts as understood if
// another text in its last value changes the typed view or is refused.
func TestCorpusCSV(t *testing.T) {
	tally := &corpus.Tally{Tool: "nvidia-smi-csv"}
	known := corpus.ReadKnown(t, "testdata/known.txt")
	for _, f := range corpus.Files(t, "nvidia-smi-csv") {
		tally.Files++
		tally.Safely(t, f.Name, func() {
			table, log, err := parseTable(f.Data)
			tally.Explain(t, known, f.Name, err)
			if len(table.Rows) == 0 {
				t.Errorf("%s: no rows", f.Name)
				return
			}
			before := typed(t, log)
			for i, c := range table.Columns {
				if columnMatters(t, table, i, before) {
					tally.Hit(1)
				} else {
					tally.Miss(c.Name)
				}
			}
		})
	}
	tally.Check(t, 100)
}

// parseTable reads both layers of CSV output.
func parseTable(data []byte) (*Table, *Log, error) {
	table, err := ParseCSV(data)
	log, logErr := table.Log()
	return table, log, errors.Join(err, logErr)
}

// columnMatters says whether the value of a column reaches the typed view.
func columnMatters(t *testing.T, table *Table, column int, before string) bool {
	t.Helper()
	last := table.Rows[len(table.Rows)-1]
	if column >= len(last.Values) {
		return false
	}
	saved := last.Values[column]
	defer func() { last.Values[column] = saved }()
	last.Values[column] = "beetext"
	_, changed, err := parseTable(table.Format())
	return err != nil || typed(t, changed) != before
}

// TestCorpusText reads every nvidia-smi -q of the corpus and counts the labels
// that the typed view understands, as TestCorpusXML does.
func TestCorpusText(t *testing.T) {
	tally := &corpus.Tally{Tool: "nvidia-smi-text"}
	known := corpus.ReadKnown(t, "testdata/known.txt")
	for _, f := range corpus.Files(t, "nvidia-smi-text") {
		tally.Files++
		tally.Safely(t, f.Name, func() {
			log, err := ParseText(f.Data)
			tally.Explain(t, known, f.Name, err)
			if log.Root == nil { // not its output
				return
			}
			unknown := make(map[*Node]bool)
			for _, n := range log.Unknown {
				unknown[n] = true
			}
			for n := range leaves(log.Root) {
				if unknown[n] || unknown[n.parent] {
					tally.Miss(genericPath(n))
				} else {
					tally.Hit(1)
				}
			}
		})
	}
	tally.Check(t, 99.5)
}
