// SPDX-License-Identifier: Apache-2.0

package megacli

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/internal/corpus"
)

// TestCorpus checks that nothing in the captures panics or goes wrong without
// a reason in known.txt, and how much of them the typed values understand.
func TestCorpus(t *testing.T) {
	tally := corpus.Tally{Tool: "megacli"}
	known := corpus.ReadKnown(t, "testdata/known.txt")
	for _, file := range corpus.Files(t, "megacli") {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			doc, err := Parse(file.Data)
			tally.Explain(t, known, file.Name, err)
			tally.Hit(doc.taken)
			for _, l := range doc.Extra {
				tally.Miss(l.Key)
			}
		})
	}
	tally.Check(t, 86)
}

var (
	drivesAgain  = regexp.MustCompile(`(?m)^Enclosure Device ID: (\S+)\r?\n(?:.*\n)*?Slot Number: (\d+)\r?\n(?:.*\n)*?Device Id: (\d+)\r?\n(?:.*\n)*?Firmware state: ([^,\r\n]+)`)
	volumesAgain = regexp.MustCompile(`(?m)^Virtual D(?:rive|isk): (\d+) .*\n(?:.*\n)*?State *: *(\w+)`)
)

// TestCorpusValues reads each capture a second time, by other means.
func TestCorpusValues(t *testing.T) {
	values := 0
	for _, file := range corpus.Files(t, "megacli") {
		text := string(file.Data)
		var want, got []string
		for _, m := range drivesAgain.FindAllStringSubmatch(text, -1) {
			want = append(want, fmt.Sprintf("%s:%s %s %s", strings.Replace(m[1], "N/A", "-", 1), m[2], m[3], strings.TrimSpace(m[4])))
		}
		for _, m := range volumesAgain.FindAllStringSubmatch(text, -1) {
			want = append(want, m[1]+" "+m[2])
		}
		doc, _ := Parse(file.Data)
		for _, a := range doc.Adapters {
			for _, d := range a.Drives {
				state, _, _ := strings.Cut(d.StateText, ",")
				if d.StateText != "" {
					got = append(got, fmt.Sprintf("%s:%s %s %s", text1(d.Enclosure), text1(d.Slot), text1(d.DID), state))
				}
				if d.StateText != "" && d.State == "" || d.SizeBytes == 0 && strings.Contains(text, "Raw Size") {
					t.Errorf("%s: %+v", file.Name, d)
				}
			}
		}
		for _, a := range doc.Adapters {
			for _, v := range a.Volumes {
				if !v.CacheCade {
					got = append(got, text1(v.Number)+" "+v.StateText)
				}
			}
		}
		values += len(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: mismatch (-second reading +Parse):\n%s", file.Name, diff)
		}
	}
	t.Logf("%d values agree", values)
}

func text1(n *int) string {
	if n == nil {
		return "-"
	}
	return fmt.Sprint(*n)
}
