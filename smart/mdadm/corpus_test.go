// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/internal/corpus"
)

// TestCorpus checks that nothing in the captures panics or goes wrong without
// a reason in known.txt, and how much of them the typed values understand.
func TestCorpus(t *testing.T) {
	tally := corpus.Tally{Tool: "mdadm"}
	known := corpus.ReadKnown(t, "testdata/known.txt")
	for _, folder := range []string{"mdadm", "mdstat"} {
		for _, file := range corpus.Files(t, folder) {
			tally.Files++
			tally.Safely(t, file.Name, func() {
				taken, extra, err := understand(folder, file.Data)
				tally.Explain(t, known, file.Name, err)
				tally.Hit(taken)
				for _, l := range extra {
					tally.Miss(l.text())
				}
			})
		}
	}
	tally.Check(t, 98)
}

// isExamine tells the two kinds of output apart.
func isExamine(data []byte) bool { return strings.Contains(string(data), "Magic :") }

func understand(folder string, data []byte) (int, []Line, error) {
	switch {
	case folder == "mdstat":
		v, err := ParseMdstat(data)
		return v.taken, v.Extra, err
	case isExamine(data):
		v, err := ParseExamine(data)
		return v.taken, v.Extra, err
	}
	v, err := ParseDetail(data)
	return v.taken, v.Extra, err
}

// TestCorpusValues reads each capture a second time, by other means, and
// compares what matters most.
func TestCorpusValues(t *testing.T) {
	files, values := 0, 0
	for _, folder := range []string{"mdadm", "mdstat"} {
		for _, file := range corpus.Files(t, folder) {
			var got, want []string
			switch {
			case folder == "mdstat":
				v, _ := ParseMdstat(file.Data)
				got, want = mdstatFacts(v), mdstatAgain(string(file.Data))
			case isExamine(file.Data):
				v, _ := ParseExamine(file.Data)
				got, want = examineFacts(v), examineAgain(string(file.Data))
			default:
				v, _ := ParseDetail(file.Data)
				got, want = detailFacts(v), detailAgain(string(file.Data))
			}
			files++
			values += len(want)
			if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 && !strings.HasSuffix(file.Name, "none") {
				t.Errorf("%s: values mismatch (-second reader +parser):\n%s", file.Name, diff)
			}
		}
	}
	t.Logf("%d values of %d files agree", values, files)
}

func count(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func detailFacts(d *Detail) []string {
	var list []string
	for _, a := range d.Arrays {
		list = append(list, fmt.Sprintf("%s %s %s %d KiB, used %d, %q %q", a.Device, a.Metadata, a.Level, a.SizeBytes>>10, a.MemberSizeBytes>>10, a.StateText, a.UUID),
			fmt.Sprintf("of %s: active %s working %s failed %s spare %s", count(a.RAIDDevices), count(a.Active), count(a.Working), count(a.Failed), count(a.Spare)),
			fmt.Sprintf("degraded %v %s %d%% removed %d", a.Degraded, a.Operation, percentOf(a.ProgressPercent), a.Removed))
		for _, m := range a.Members {
			list = append(list, fmt.Sprintf("member %q %s %q %s", m.Device, count(m.RAIDDevice), m.StateText, m.State))
		}
	}
	return list
}

func percentOf(p *float64) int {
	if p == nil {
		return -1
	}
	return int(*p * 10)
}

// value finds the value of a key in a text.
func value(text, key string) string {
	m := regexp.MustCompile(`(?m)^ *` + regexp.QuoteMeta(key) + ` : (.*)$`).FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	return strings.TrimSpace(m[1])
}

var (
	heading   = regexp.MustCompile(`(?m)^(/\S+):$`)
	tableRow  = regexp.MustCompile(`(?m)^ +(?:\d+ +)?(\d+|-) +\d+ +\d+ +(\d+|-) +(.*)$`)
	statusRow = regexp.MustCompile(`(\w+) Status : (\d+)% complete`)
)

// detailAgain is the second reader of --detail.
func detailAgain(text string) []string {
	number := func(key string) string { return strings.Split(value(text, key), " ")[0] }
	size := func(key string) string {
		if n := number(key); n != "" {
			return n
		}
		return "0"
	}
	operation, progress := "", "-1"
	if m := statusRow.FindStringSubmatch(text); m != nil {
		operation, progress = m[1], m[2]+"0"
	}
	degraded := strings.Contains(value(text, "State"), "degraded")
	rows := rowsAgain(text)
	return append([]string{
		fmt.Sprintf("%s %s %s %s KiB, used %s, %q %q", heading.FindStringSubmatch(text)[1], value(text, "Version"), value(text, "Raid Level"),
			size("Array Size"), size("Used Dev Size"), value(text, "State"), number("UUID")),
		fmt.Sprintf("of %s: active %s working %s failed %s spare %s", number("Raid Devices"), number("Active Devices"), number("Working Devices"), number("Failed Devices"), number("Spare Devices")),
		fmt.Sprintf("degraded %v %s %s%% removed %d", degraded, operation, progress, strings.Count(text, " removed")),
	}, rows...)
}

// rowsAgain is the second reader of tables.
func rowsAgain(text string) []string {
	var list []string
	for _, m := range tableRow.FindAllStringSubmatch(text, -1) {
		words, dev, _ := strings.Cut(m[3], "/")
		if dev != "" {
			dev = "/" + dev
		}
		words = strings.TrimSpace(words)
		state := ""
		for _, rule := range [][2]string{{"active sync", "online"}, {"spare", "hot_spare"}, {"rebuilding", "rebuilding"}, {"faulty", "failed"}, {"removed", "missing"}} {
			if strings.Contains(words, rule[0]) {
				state = rule[1]
			}
		}
		list = append(list, fmt.Sprintf("member %q %s %q %s", strings.TrimSpace(dev), strings.Trim(m[2], "-"), words, state))
	}
	return list
}

func examineFacts(e *Examine) []string {
	var list []string
	for _, b := range e.Devices {
		list = append(list, fmt.Sprintf("%s %s %s %s %q %q events %s", b.Device, b.Metadata, b.Level, b.ArrayUUID, b.StateText, b.Name, b.Events))
		if b.AvailableBytes > 0 {
			list = append(list, fmt.Sprintf("%d sectors, array %d KiB, %s %q %q", b.AvailableBytes/512, b.SizeBytes>>10, b.DeviceUUID, b.RoleText, b.Slots))
		}
		for _, m := range b.Members {
			list = append(list, fmt.Sprintf("member %q %s %q %s", m.Device, count(m.RAIDDevice), m.StateText, m.State))
		}
		for _, v := range b.Volumes {
			list = append(list, fmt.Sprintf("volume %s %s %s %s %d KiB", v.Name, v.Level, v.StateText, v.State, v.SizeBytes>>10))
		}
		for _, d := range b.Disks {
			list = append(list, fmt.Sprintf("disk %s %s %d KiB %q", d.Reference, d.StateText, d.SizeBytes>>10, d.Device))
		}
	}
	return list
}

// examineAgain is the second reader of --examine.
func examineAgain(text string) []string {
	first := func(key string) string { return strings.Split(value(text, key), " ")[0] }
	list := []string{fmt.Sprintf("%s %s %s %s %q %q events %s", heading.FindStringSubmatch(text)[1], value(text, "Version"), value(text, "Raid Level"),
		first("Array UUID")+first("UUID"), value(text, "State"), first("Name"), value(text, "Events"))}
	if avail := first("Avail Dev Size"); avail != "" {
		array := first("Array Size")
		if array == "" {
			array = "0"
		}
		slots, _, _ := strings.Cut(value(text, "Array State"), " (")
		list = append(list, fmt.Sprintf("%s sectors, array %s KiB, %s %q %q", avail, array, value(text, "Device UUID"), value(text, "Device Role"), slots))
	}
	if _, table, ok := strings.Cut(text, "this "); ok {
		_, table, _ = strings.Cut(table, "\n")
		list = append(list, rowsAgain(table)...)
	}
	for i := range 2 {
		at := func(key string) string { return value(text, fmt.Sprintf("%s[%d]", key, i)) }
		if name := at("Name"); name != "" {
			word, _, _ := strings.Cut(at("state"), ",")
			list = append(list, fmt.Sprintf("volume %s %s %s %s %s KiB", name, at("Raid Level"), at("state"), strings.ToLower(word), at("Array Size")))
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^ +\d+ +([0-9a-f]{8}) +(\d+)K +(/\S+)? +(\S+)$`).FindAllStringSubmatch(text, -1) {
		list = append(list, fmt.Sprintf("disk %s %s %s KiB %q", m[1], m[4], m[2], m[3]))
	}
	return list
}

func mdstatFacts(s *Mdstat) []string {
	var list []string
	for _, a := range s.Arrays {
		var running MDOperation
		if a.Operation != nil {
			running = *a.Operation
		}
		list = append(list, fmt.Sprintf("%s %s %s %d KiB %q %q %s %d", a.Name, a.StateText, a.Level, a.SizeBytes>>10, a.Metadata, a.Slots, running.Name, percentOf(running.Percent)))
		for _, m := range a.Members {
			list = append(list, fmt.Sprintf("member %s %d %s %v", m.Name, m.Number, m.Marks, m.State == Failed))
		}
	}
	return list
}

var (
	mdLine   = regexp.MustCompile(`^(md\d+) : (\w+)( \([a-z-]+\))? ?(raid\d+)?`)
	mdMember = regexp.MustCompile(`(\w+)\[(\d+)\](?:\((\w)\))?`)
	mdSize   = regexp.MustCompile(`^ +(\d+) blocks(?: super (\S+))?`)
	mdSlots  = regexp.MustCompile(`\[([U_]+)\]`)
	mdWork   = regexp.MustCompile(`(recovery|resync|check|reshape) ?= ?(?: *(\d+)\.(\d)%)?`)
)

// mdstatAgain is the second reader of /proc/mdstat.
func mdstatAgain(text string) []string {
	var list []string
	for _, part := range regexp.MustCompile(`(?m)^md`).Split(text, -1)[1:] {
		lines := strings.Split("md"+part, "\n")
		m := mdLine.FindStringSubmatch(lines[0])
		rest := strings.Join(lines[1:], "\n")
		size := mdSize.FindStringSubmatch(rest)
		slots, work, progress := "", "", "-1"
		if s := mdSlots.FindStringSubmatch(rest); s != nil {
			slots = s[1]
		}
		if w := mdWork.FindStringSubmatch(rest); w != nil {
			work = w[1]
			if w[2] != "" {
				progress = strings.TrimLeft(w[2]+w[3], "0")
			}
		}
		list = append(list, fmt.Sprintf("%s %s %s %s KiB %q %q %s %s", m[1], m[2], m[4], size[1], size[2], slots, work, progress))
		_, members, _ := strings.Cut(lines[0], ":")
		for _, x := range mdMember.FindAllStringSubmatch(members, -1) {
			list = append(list, fmt.Sprintf("member %s %s %s %v", x[1], x[2], x[3], x[3] == "F"))
		}
	}
	return list
}
