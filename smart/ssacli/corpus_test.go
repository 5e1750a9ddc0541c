// SPDX-License-Identifier: Apache-2.0

package ssacli

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/internal/corpus"
)

// TestCorpus checks that nothing in the captures panics or goes wrong without
// a reason in known.txt, and how much of them the typed values understand.
func TestCorpus(t *testing.T) {
	tally := corpus.Tally{Tool: "ssacli"}
	known := corpus.ReadKnown(t, "testdata/known.txt")
	for _, file := range corpus.Files(t, "ssacli") {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			doc, err := Parse(file.Data)
			tally.Explain(t, known, file.Name, err)
			tally.Hit(doc.taken)
			for _, l := range doc.Extra {
				tally.Miss(l.text())
			}
			for _, c := range doc.Controllers { // kept, not understood
				for _, l := range append(c.EncryptionSettings, c.SPDM...) {
					tally.Known--
					tally.Total--
					tally.Miss(l.text())
				}
			}
		})
	}
	tally.Check(t, 95)
}

// TestCorpusValues reads each capture a second time, by other means, and
// compares what matters most.
func TestCorpusValues(t *testing.T) {
	values := 0
	for _, file := range corpus.Files(t, "ssacli") {
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
	for _, c := range doc.Controllers {
		if c.Model != "" {
			list = append(list, fmt.Sprintf("controller %q slot %q %q %q %s %s", c.Model, c.Slot, c.StatusText, c.CacheStatus, c.BatteryStatus, c.PCIAddress))
		}
		for _, v := range c.Volumes {
			list = append(list, fmt.Sprintf("volume %d of %s: %s %.1f GB %q %s %s %s", v.Number, v.Array, strings.TrimPrefix(v.Level, "RAID "), float64(v.SizeBytes)/(1<<30), v.StatusText, v.State, v.UniqueID, v.DiskName))
			for _, m := range v.Members {
				list = append(list, fmt.Sprintf("member %s of %s", m.Drive, m.Group))
			}
		}
		for _, d := range c.Drives {
			s := fmt.Sprintf("drive %s of %q: %q %s %.1f GB", d.Name, d.Array, d.StatusText, d.State, float64(d.SizeBytes)/1e9)
			if d.Bay != "" && d.TypeText != "" && d.Firmware != "" {
				s += fmt.Sprintf(" at %s:%s:%s %q %s %q %s %s", d.Port, d.Box, d.Bay, d.Serial, d.Firmware, d.Model, d.Interface, d.Media)
			}
			list = append(list, s)
		}
	}
	sort.Strings(list)
	return list
}

// The second reader.
var (
	againController = regexp.MustCompile(`^([A-Z][A-Za-z0-9. -]+?) in (?:Slot )?([^(]+?)(?: *\(.*)?$`)
	againKey        = regexp.MustCompile(`^ +([^:]+?): *(.*)$`)
	againRow        = regexp.MustCompile(`^ +(physicaldrive|logicaldrive) (\S+) \((?:port [^,]*, )?(.*)\)$`)
)

// readAgain reads line by line with expressions, and takes a block to last
// until the next heading of any kind.
func readAgain(text string) []string {
	var list []string
	var ctrl, vol, drive map[string]string
	var open *map[string]string
	array, group, hba := "", "", false
	var drives []map[string]string
	flush := func() {
		if ctrl != nil {
			list = append(list, fmt.Sprintf("controller %q slot %q %q %q %s %s", ctrl["model"], ctrl["slot"], ctrl["Controller Status"], ctrl["Cache Status"], ctrl["Battery/Capacitor Status"], strings.ToLower(ctrl["PCI Address (Domain"])))
		}
		for _, d := range drives {
			list = append(list, driveAgain(d))
		}
		drives = nil
	}
	flushVolume := func() {
		if vol != nil {
			list = append(list, volumeAgain(vol))
		}
		vol = nil
	}
	find := func(name string) map[string]string {
		for _, d := range drives {
			if d["name"] == name {
				return d
			}
		}
		d := map[string]string{"name": name, "array": array}
		if hba {
			d["Drive Type"] = "HBA Mode Drive"
		}
		drives = append(drives, d)
		return d
	}
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		word := strings.TrimSpace(line)
		if m := againController.FindStringSubmatch(line); m != nil {
			flushVolume()
			array, group, open, hba = "", "", nil, strings.Contains(line, "(HBA Mode)")
			if ctrl != nil && ctrl["model"] == m[1] && ctrl["slot"] == m[2] {
				open = &ctrl
				continue
			}
			flush()
			ctrl = map[string]string{"model": m[1], "slot": m[2]}
			open = &ctrl
			continue
		}
		switch {
		case strings.EqualFold(word, "unassigned"), word == "HBA Drives":
			flushVolume()
			array, open, hba = "", nil, word == "HBA Drives"
			continue
		case strings.HasPrefix(line, " ") && (strings.HasPrefix(word, "array ") || strings.HasPrefix(word, "Array: ")):
			flushVolume()
			array, open = strings.Fields(word)[1], nil
			continue
		case strings.HasPrefix(word, "Logical Drive: "):
			flushVolume()
			vol = map[string]string{"number": word[len("Logical Drive: "):], "array": array}
			open, group = &vol, ""
			continue
		case strings.Contains(word, " Group ") && strings.HasSuffix(word, ":"):
			group = strings.TrimSuffix(word, ":")
			continue
		case strings.HasPrefix(word, "Port Name"), strings.HasPrefix(word, "Sensor ID"), strings.HasPrefix(word, "Expander "), strings.HasPrefix(word, "SEP "), strings.HasPrefix(word, "Enclosure SEP"), word == "Physical Drives", strings.Contains(word, " at Port "):
			flushVolume()
			open, group = nil, ""
			continue
		}
		if m := againRow.FindStringSubmatch(line); m != nil {
			cells := strings.Split(m[3], ", ")
			switch {
			case m[1] == "logicaldrive":
				list = append(list, volumeAgain(map[string]string{"number": m[2], "array": array, "Size": cells[0], "Fault Tolerance": strings.TrimPrefix(cells[1], "RAID "), "Status": cells[2]}))
			case group != "" && vol != nil:
				list = append(list, fmt.Sprintf("member %s of %s", m[2], group))
			default:
				d := find(m[2])
				if d["Size"] == "" {
					d["Size"], d["Status"] = cells[1], cells[2]
				}
			}
			continue
		}
		if strings.HasPrefix(line, " ") && strings.HasPrefix(word, "physicaldrive ") {
			flushVolume()
			drive = find(strings.Fields(word)[1])
			drive["array"] = array
			open, group = &drive, ""
			continue
		}
		if m := againKey.FindStringSubmatch(line); m != nil && open != nil {
			if m[1] == "PCI Address (Domain" {
				_, m[2], _ = strings.Cut(line, "): ")
			}
			if m[1] == "Slot" {
				m[1] = "slot"
			}
			(*open)[m[1]] = m[2]
		}
	}
	flushVolume()
	flush()
	sort.Strings(list)
	return list
}

func sizeAgain(text string, base float64) float64 {
	var n float64
	var unit string
	if _, err := fmt.Sscanf(text, "%f %s", &n, &unit); err != nil {
		return 0
	}
	switch unit {
	case "TB":
		return n * base
	case "MB":
		return n / base
	}
	return n
}

func volumeAgain(v map[string]string) string {
	states := map[string]string{"OK": "optimal", "Interim Recovery Mode": "degraded"}
	return fmt.Sprintf("volume %s of %s: %s %.1f GB %q %s %s %s", v["number"], v["array"], v["Fault Tolerance"], sizeAgain(v["Size"], 1024), v["Status"], states[v["Status"]], v["Unique Identifier"], v["Disk Name"])
}

func driveAgain(d map[string]string) string {
	state := ""
	switch kind := d["Drive Type"]; {
	case strings.HasPrefix(d["Status"], "Erase"):
		state = "unconfigured"
	case d["Status"] != "OK":
	case kind == "Unassigned Drive":
		state = "unconfigured"
	case kind == "HBA Mode Drive":
		state = "jbod"
	case kind == "Data Drive", kind == "" && d["array"] != "":
		state = "online"
	}
	s := fmt.Sprintf("drive %s of %q: %q %s %.1f GB", d["name"], d["array"], d["Status"], state, sizeAgain(d["Size"], 1000))
	if d["Drive Type"] != "" && d["Firmware Revision"] != "" {
		kind, media := d["Interface Type"], ""
		if strings.Contains(kind, "Solid State") {
			media = "SSD"
		} else if d["Rotational Speed"] != "" {
			media = "HDD"
		}
		fields := strings.Fields(kind)
		model := d["Model"]
		if len(model) > 8 {
			model = strings.TrimSpace(model[8:])
		}
		s += fmt.Sprintf(" at %s:%s:%s %q %s %q %s %s", d["Port"], d["Box"], d["Bay"], d["Serial Number"], d["Firmware Revision"], model, fields[len(fields)-1], media)
	}
	return s
}
