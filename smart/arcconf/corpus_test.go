// SPDX-License-Identifier: Apache-2.0

package arcconf

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
	tally := corpus.Tally{Tool: "arcconf"}
	known := corpus.ReadKnown(t, "testdata/known.txt")
	for _, file := range corpus.Files(t, "arcconf") {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			doc, err := Parse(file.Data)
			tally.Explain(t, known, file.Name, err)
			if _, ok := known[file.Name]; ok && doc.taken == 0 {
				return // another language altogether
			}
			tally.Hit(doc.taken)
			for _, l := range doc.Extra {
				tally.Miss(l.text())
			}
		})
	}
	tally.Check(t, 95)
}

// TestCorpusValues reads each capture a second time, by other means, and
// compares what matters most.
func TestCorpusValues(t *testing.T) {
	values, files := 0, 0
	for _, file := range corpus.Files(t, "arcconf") {
		if !strings.Contains(string(file.Data), "ontrollers ") {
			continue // fragments of sources
		}
		doc, _ := Parse(file.Data)
		want := readAgain(string(file.Data))
		got := facts(doc)
		values += len(want)
		files++
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: values mismatch (-second reader +Parse):\n%s", file.Name, diff)
		}
	}
	t.Logf("%d values of %d files agree", values, files)
}

// facts lists what Parse read.
func facts(doc *Document) []string {
	var list []string
	if c := doc.Controller; c != nil {
		battery := ""
		if c.Backup != nil {
			battery = c.Backup.StatusText
		}
		list = append(list, fmt.Sprintf("controller %q %q %q %q %s battery %q", c.StatusText, c.Model, c.Serial, c.Firmware, number(c.TemperatureCelsius), battery))
	}
	for _, v := range doc.Volumes {
		s := fmt.Sprintf("volume %d %q %q %s %d MB %q", v.Number, v.Level, v.StatusText, v.State, v.SizeBytes>>20, v.UniqueID)
		for _, m := range v.Members {
			s += fmt.Sprintf(" %s %q", m.State, m.Serial)
		}
		list = append(list, s)
	}
	for _, d := range doc.Drives {
		list = append(list, fmt.Sprintf("drive %d %q %s %q %q %q %q %s %d MB e%s s%s %s %s %s", d.Number, d.StatusText, d.State, d.Vendor, d.Model, d.Serial, d.Firmware, d.WWN, d.SizeBytes>>20,
			number(d.Enclosure), number(d.Slot), d.Interface, d.Media, number(d.TemperatureCelsius)))
	}
	for _, e := range doc.Enclosures {
		list = append(list, fmt.Sprintf("enclosure %d %q %q", e.Number, e.Vendor, e.Model))
	}
	for _, task := range doc.Tasks {
		list = append(list, fmt.Sprintf("task %q on %q", task.Operation, task.Volume))
	}
	return list
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

// second finds the value of a key in a part of a text.
func second(part, key string) string {
	m := regexp.MustCompile(`(?im)^ *` + key + ` *:(.*)$`).FindStringSubmatch(part)
	if m == nil {
		return ""
	}
	v := strings.TrimSpace(m[1])
	switch v {
	case "Not Applicable", "Not Available", "Not Supported", "None", "Unknown":
		return ""
	}
	return v
}

// parts cuts a text at a heading.
func parts(text, heading string) [][2]string {
	var list [][2]string
	at := regexp.MustCompile(`(?im)^ *`+heading+` ?(\d+) *$`).FindAllStringSubmatchIndex(text, -1)
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		list = append(list, [2]string{text[m[2]:m[3]], text[m[1]:end]})
	}
	return list
}

// readAgain is the second reader.
func readAgain(text string) []string {
	text = strings.ReplaceAll(text, "\r", "")
	var list []string
	head := regexp.MustCompile(`(?i)\nLogical (device|drive) information`).Split(text, 2)[0]
	if model := second(head, "Controller Model"); model != "" {
		own, battery, _ := strings.Cut(head, "Controller Version Information")
		status := second(battery, "Status")
		for _, key := range []string{"Overall Backup Unit Status", "Backup Power Status"} {
			if s := second(head, key); s != "" {
				status = s
			}
		}
		list = append(list, fmt.Sprintf("controller %q %q %q %q %s battery %q", second(head, "Controller Status"), model, second(head, "Controller Serial Number"), second(head, "Firmware"), strings.Split(second(own, "Temperature"), " ")[0], status))
	}
	body := regexp.MustCompile(`(?i)\n(Array information|Physical Device information|maxCache \d\.\d information|Connector information)`)
	for _, v := range parts(text, "(?:Logical device|Logical drive|maxCache device) number") {
		part := body.Split(v[1], 2)[0]
		status := second(part, "Status of (?:Logical Device|logical drive|maxCache)")
		unique := second(part, "Volume Unique Identifier") + second(part, "Unique Identifier")
		s := fmt.Sprintf("volume %s %q %q %s %s MB %q", v[0], second(part, "RAID level"), status, volumeAgain(status), strings.Fields(second(part, "Size") + " 0")[0], unique)
		for _, m := range regexp.MustCompile(`(?m)^ +(?:(?:Group \d+, )?Segment|Device) \d+ +: (\w+)(?: \([^)]*\) *(.*))?$`).FindAllStringSubmatch(part, -1) {
			state := map[string]string{"Present": "online", "Missing": "missing", "Rebuilding": "rebuilding", "Inconsistent": "offline"}[m[1]]
			s += fmt.Sprintf(" %s %q", state, strings.TrimSpace(m[2]))
		}
		list = append(list, s)
	}
	return append(append(list, devicesAgain(text)...), tasksAgain(text)...)
}

func volumeAgain(status string) string {
	for _, rule := range [][2]string{{"optimal", "optimal"}, {"okay", "optimal"}, {"rebuild", "rebuilding"}, {"degraded", "degraded"}, {"impacted", "initializing"}, {"failed", "failed"}} {
		if strings.Contains(strings.ToLower(status), rule[0]) {
			return rule[1]
		}
	}
	return ""
}

func devicesAgain(text string) []string {
	var drives, enclosures []string
	for _, d := range parts(text, "Device #") {
		part := regexp.MustCompile(`(?i)(\n *Phy #|\n *Device Phy|\n----|Error Counters)`).Split(d[1], 2)[0]
		if strings.Contains(part, "Device is an Enclosure") {
			enclosures = append(enclosures, fmt.Sprintf("enclosure %s %q %q", d[0], second(part, "Vendor"), second(part, "Model")))
			continue
		}
		status := second(part, "State")
		size := strings.Fields(second(part, "Total Size") + second(part, "Size") + " 0")[0]
		place := second(part, "Reported Location")
		slot, enclosure := "", ""
		if m := regexp.MustCompile(`Slot (\d+)`).FindStringSubmatch(place); m != nil {
			slot = m[1]
		}
		if m := regexp.MustCompile(`Enclosure (\d+)`).FindStringSubmatch(place); m != nil {
			enclosure = m[1]
		}
		wwn := strings.ToLower(second(part, "World-wide name"))
		if len(wwn) != 16 || strings.Trim(wwn, "0") == "" {
			wwn = ""
		}
		bus := strings.Split(second(part, "Transfer Speed"), " ")[0]
		if !strings.HasPrefix(bus, "SA") {
			bus = ""
		}
		temperature := regexp.MustCompile(`^\d*`).FindString(second(part, "(?:Current )?Temperature"))
		media := map[string]string{"Yes": "SSD", "No": "HDD"}[second(part, "SSD")]
		drives = append(drives, fmt.Sprintf("drive %s %q %s %q %q %q %q %s %s MB e%s s%s %s %s %s", d[0], status, stateAgain(status), second(part, "Vendor"), second(part, "Model"), second(part, "Serial number"), second(part, "Firmware"), wwn, size, enclosure, slot, bus, media, temperature))
	}
	return append(drives, enclosures...)
}

func stateAgain(status string) string {
	for _, rule := range [][2]string{{"JBOD", "jbod"}, {"Online", "online"}, {"Ready", "unconfigured"}, {"Hot-Spare", "hot_spare"}, {"Failed", "failed"}, {"Rebuilding", "rebuilding"}} {
		if strings.Contains(status, rule[0]) {
			return rule[1]
		}
	}
	return ""
}

func tasksAgain(text string) []string {
	var list []string
	if op := second(text, "Current operation"); op != "" {
		list = append(list, fmt.Sprintf("task %q on %q", op, second(text, "Logical device")))
	}
	return list
}
