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

// identity is an ATA drive's own word: serial number, model and firmware, of which the
// line before repeats four characters.
var identity = regexp.MustCompile(`(?m)^(?:Device Firmware Level: (.*?)\r?\n(?:[^E\n].*\n)*)?Inquiry Data: (.{20})(.{40})(.{8})\r?$`)

// TestCorpusIdentities: the columns of SATA drives hold in each capture that has one.
func TestCorpusIdentities(t *testing.T) {
	proven, read := 0, 0
	for _, file := range corpus.Files(t, "megacli") {
		want := make(map[string]bool)
		for _, m := range identity.FindAllStringSubmatch(string(file.Data), -1) {
			firmware := strings.TrimSpace(m[4])
			if m[1] != "" && !strings.HasSuffix(firmware, strings.TrimSpace(m[1])) {
				t.Errorf("%s: firmware %q, and its line says %q", file.Name, firmware, m[1])
			}
			if m[1] != "" {
				proven++
			}
			if line := strings.TrimSpace(m[1]); line != "" {
				firmware = line
			}
			want[strings.TrimSpace(m[2])+"|"+strings.TrimSpace(m[3])+"|"+firmware] = true
		}
		doc, _ := Parse(file.Data)
		for _, a := range doc.Adapters {
			for _, d := range a.Drives {
				if d.Interface != "SATA" || d.Inquiry == "" {
					continue
				}
				read++
				if !want[d.Serial+"|"+d.Model+"|"+d.Firmware] {
					t.Errorf("%s: %q is %q, %q, %q", file.Name, d.Inquiry, d.Serial, d.Model, d.Firmware)
				}
			}
		}
	}
	if proven < 20 || read < 39 {
		t.Errorf("%d drives read, %d of them proven", read, proven)
	}
	t.Logf("%d SATA drives, of %d the line of the firmware agrees", read, proven)
}

func text1(n *int) string {
	if n == nil {
		return "-"
	}
	return fmt.Sprint(*n)
}
