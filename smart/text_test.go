// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"encoding/json"
	"fmt"
	"strings"
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

// leaves lists the values of a document by path.
func leaves(path string, v any, to map[string]any) {
	switch v := v.(type) {
	case map[string]any:
		for key, v := range v {
			leaves(path+"."+key, v, to)
		}
	case []any:
		for i, v := range v {
			leaves(fmt.Sprint(path, ".", i), v, to)
		}
	default:
		to[path] = v
	}
}

func deviceLeaves(t *testing.T, dev *Device) map[string]any {
	t.Helper()
	b, err := json.Marshal(dev)
	if err != nil {
		t.Fatal(err)
	}
	var doc any
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	list := make(map[string]any)
	leaves("", doc, list)
	return list
}

// differs lists what the text of a drive says in other words than its JSON, or
// in another place.
func differs(path string) bool {
	return strings.HasPrefix(path, ".tool.") || // not made in the same run
		path == ".ata.version.value" || // not printed
		strings.HasPrefix(path, ".ata.attributes.") && strings.HasSuffix(path, ".raw") // RawText is compared
}

// TestTextAgrees: the text of a drive and its JSON say the same, in every value
// that both print.
func TestTextAgrees(t *testing.T) {
	values := 0
	for _, suite := range labSuites {
		for _, file := range glob(t, "testdata/lab/"+suite+"/smartctl-*.txt") {
			if strings.Contains(file, "scan") {
				continue
			}
			dev, _ := Parse(read(t, strings.TrimSuffix(file, "txt")+"json"))
			text, err := ParseText(read(t, file))
			if err != nil {
				t.Errorf("%s: %v", file, err)
			}
			want, got := deviceLeaves(t, dev), deviceLeaves(t, text.Device)
			for path, v := range got {
				w, ok := want[path]
				switch {
				case !ok || differs(path):
				case w != v:
					t.Errorf("%s: %s is %v in the text, %v in JSON", file, path, v, w)
				default:
					values++
				}
			}
		}
	}
	t.Logf("%d values agree", values)
	if values < 1000 {
		t.Errorf("only %d values compared", values)
	}
}
