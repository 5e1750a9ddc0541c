// SPDX-License-Identifier: Apache-2.0

package sasircu

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/internal/corpus"
)

// TestCorpus checks that nothing in the captures panics or goes wrong without
// a reason in known.txt, and how much of them the typed values understand.
func TestCorpus(t *testing.T) {
	tally := corpus.Tally{Tool: "sasircu"}
	known := corpus.ReadKnown(t, "testdata/known.txt")
	for _, file := range corpus.Files(t, "sasircu") {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			doc, err := Parse(file.Data)
			tally.Explain(t, known, file.Name, err)
			tally.Hit(doc.taken)
			for _, l := range doc.Extra {
				tally.Miss(l.text())
			}
		})
	}
	tally.Check(t, 98)
}

// TestCorpusValues reads each capture a second time, by other means, and
// compares what matters most.
func TestCorpusValues(t *testing.T) {
	values := 0
	for _, file := range corpus.Files(t, "sasircu") {
		doc, _ := Parse(file.Data)
		want := readAgain(string(file.Data))
		got := facts(doc)
		values += len(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: values mismatch (-second reader +Parse):\n%s", file.Name, diff)
		}
	}
	t.Logf("%d values agree", values)
}

// facts lists what Parse read.
func facts(doc *Document) []string {
	var list []string
	for _, a := range doc.Adapters {
		list = append(list, fmt.Sprintf("adapter %d %s %s %04x:%04x", a.Index, a.Model, a.PCIAddress, a.VendorID, a.DeviceID))
	}
	if c := doc.Controller; c != nil {
		list = append(list, fmt.Sprintf("controller %s %s %s", c.Model, c.Firmware, c.PCIAddress))
	}
	for _, v := range doc.Volumes {
		s := fmt.Sprintf("volume %d %s %s %s %s %d MB", v.ID, v.StateText, v.State, v.Level, v.WWID, v.SizeBytes>>20)
		for _, m := range v.Members {
			s += fmt.Sprintf(" %d:%d", m.Enclosure, m.Slot)
		}
		list = append(list, s)
	}
	for _, d := range slices.Concat(doc.Drives, doc.Others) {
		place := "nowhere"
		if d.Enclosure != nil {
			place = fmt.Sprintf("%d:%d", *d.Enclosure, *d.Slot)
		}
		list = append(list, fmt.Sprintf("drive %s %s %s %s %q %q %d MB", place, d.Serial, d.StateText, d.State, d.Model, d.WWN, d.SizeBytes>>20))
	}
	for _, op := range doc.Operations {
		list = append(list, fmt.Sprintf("operation %d %q %s", op.VolumeID, op.Operation, op.State))
	}
	return list
}

var (
	row    = regexp.MustCompile(`(?m)^ +(\d+) +(\S+) +(\w+)h +(\w+)h +(\w\w)h:(\w\w)h:(\w\w)h:0(\w)h `)
	member = regexp.MustCompile(`(?m)^ *PHY\[\d+\] Enclosure#/Slot# *: (\S+)`)
)

// second finds the value of a key in a part of the text.
func second(part, key string) string {
	m := regexp.MustCompile(`(?m)^ *` + regexp.QuoteMeta(key) + ` *:(.*)$`).FindStringSubmatch(part)
	if m == nil {
		return ""
	}
	return strings.TrimSpace(m[1])
}

// readAgain is the second reader: it cuts the text at its headings and looks
// for keys in the parts.
func readAgain(text string) []string {
	text = strings.ReplaceAll(text, "\r", "")
	var list []string
	for _, m := range row.FindAllStringSubmatch(text, -1) {
		list = append(list, fmt.Sprintf("adapter %s %s 00%s:%s:%s.%s %04s:%04s", m[1], m[2], m[5], m[6], m[7], m[8], m[3], m[4]))
	}
	if typ := second(text, "Controller type"); typ != "" {
		head, _, _ := strings.Cut(text, "IR Volume information")
		n := func(key string) int { i, _ := strconv.Atoi(second(head, key)); return i }
		list = append(list, fmt.Sprintf("controller %s %s %04x:%02x:%02x.%x", typ, second(head, "Firmware version"), n("Segment"), n("Bus"), n("Device"), n("Function")))
	}
	for _, part := range strings.Split(text, "IR volume ")[1:] {
		part, _, _ = strings.Cut(part, "-----")
		s := fmt.Sprintf("volume %s %s %s %s %s %s MB", second(part, "Volume ID"), second(part, "Status of volume"),
			map[bool]string{true: "optimal"}[strings.Contains(part, "(OKY)")], second(part, "RAID level"), second(part, "Volume wwid"), second(part, "Size (in MB)"))
		for _, m := range member.FindAllStringSubmatch(part, -1) {
			s += " " + m[1]
		}
		list = append(list, s)
	}
	return append(append(list, drivesAgain(text)...), operationsAgain(text)...)
}

func drivesAgain(text string) []string {
	var disks, others []string
	states := map[string]string{"Ready (RDY)": "unconfigured", "Optimal (OPT)": "online", "Missing (MIS)": "missing"}
	for _, part := range strings.Split(text, "Device is a ")[1:] {
		part, _, _ = strings.Cut(part, "-----")
		serial := second(part, "Unit Serial No(VPD)")
		if serial == "" {
			serial = second(part, "Serial No")
		}
		if serial == "N/A" {
			serial = ""
		}
		state := second(part, "State")
		place := second(part, "Enclosure #") + ":" + second(part, "Slot #")
		if states[state] == "missing" {
			place = "nowhere"
		}
		mb, _, _ := strings.Cut(second(part, "Size (in MB)/(in sectors)"), "/")
		if mb == "" {
			mb = "0"
		}
		s := fmt.Sprintf("drive %s %s %s %s %q %q %s MB", place, serial, state, states[state], second(part, "Model Number"), strings.ReplaceAll(second(part, "GUID"), "N/A", ""), mb)
		if strings.HasPrefix(part, "Hard disk") {
			disks = append(disks, s)
		} else {
			others = append(others, s)
		}
	}
	return append(disks, others...)
}

func operationsAgain(text string) []string {
	var list []string
	for _, part := range strings.Split(text, "IR Volume ")[1:] {
		if id := second(part, "Volume ID"); strings.Contains(part, "Current operation") {
			list = append(list, fmt.Sprintf("operation %s %q %s", id, strings.ReplaceAll(second(part, "Current operation"), "None", ""), strings.ToLower(second(part, "Volume state"))))
		}
	}
	return list
}
