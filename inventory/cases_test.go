// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/report"
)

// A platformCase is a small machine with one thing to get right, and all that
// an audit must find in it. Those in testdata/cases, and whole machines in
// testdata/machines, are written as text:
//
//	=== what it is
//	why that is right
//	want warning psu.failed      a finding; what is not listed must not be found
//	unread gpu:0000:98:00.0      a component or a part that must be told as not judged
//	has "slot":"PSU1"            a piece of the document, without blanks
//	lacks "slot":"PS230"
//	value memory.modules[slot=A1].serial 1234   a value of the document, or - for none;
//	value storage.drives# 12     [key=value] finds the one element that has it, # counts
//	slot 0000:82:00.0 2          the slot of a PCI function, or - for none
//	--- $ ipmitool sdr elist all
//	--- 15 nvidia-smi -q -x      the same with an exit status
//	--- 2 nvidia-smi -q -x
//	--- /proc/meminfo            a file
//	--- -> /sys/class/net/eth0   a link, its target in the text
//	DATE1, DATE2                 nine and two days ago, in an event log
//	--- bmc                      the kernel shows a BMC
//	--- pci 0000:98:00.0 10de:2330 0302 nvidia 16x16 32x16 /0000:97:00.0
//	                             a function: vendor and device, class, driver or -,
//	                             link and the most it can (GT/s and lanes), what it hangs on
//	--- disk sda pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block
//	                             a block device and where it hangs below /sys/devices; its
//	size 1953525168              files in the text, by their paths in its directory
//	--- nvme nvme0 pci0000:3a/0000:3b:00.0/nvme
//	                             an NVMe controller, likewise
type platformCase struct {
	name             string
	want, has, lacks []string
	values           []string // lines "PATH VALUE"
	unread           []string
	slots            map[string]string // by address
	host             *fake
}

func readCases(t *testing.T, file string) []platformCase {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.ReplaceAll(data, []byte("DATE1"), []byte(time.Now().AddDate(0, 0, -9).Format("01/02/2006")))
	data = bytes.ReplaceAll(data, []byte("DATE2"), []byte(time.Now().AddDate(0, 0, -2).Format("01/02/06"))) // as ipmitool 1.8.19 does
	var list []platformCase
	for _, text := range strings.Split("\n"+string(data), "\n=== ")[1:] {
		sections := strings.Split(text, "\n--- ")
		c := platformCase{slots: map[string]string{}, host: &fake{tools: map[string]string{}, exits: map[string]int{}, stderr: map[string]string{}, files: map[string]string{}}}
		for i, line := range strings.Split(sections[0], "\n") {
			word, rest, _ := strings.Cut(line, " ")
			switch {
			case i == 0:
				c.name = line
			case word == "want":
				c.want = append(c.want, rest)
			case word == "slot":
				address, slot, _ := strings.Cut(rest, " ")
				c.slots[address] = strings.TrimPrefix(slot, "-")
			case word == "unread":
				c.unread = append(c.unread, rest)
			case word == "value":
				c.values = append(c.values, rest)
			case word == "has":
				c.has = append(c.has, rest)
			case word == "lacks":
				c.lacks = append(c.lacks, rest)
			}
		}
		for _, s := range sections[1:] {
			head, body, _ := strings.Cut(s, "\n")
			if err := c.host.addSection(head, strings.TrimRight(body, "\n")+"\n"); err != nil {
				t.Fatalf("%s: %s: %v", file, c.name, err)
			}
		}
		list = append(list, c)
	}
	return list
}

func (f *fake) addSection(head, body string) error {
	kind, rest, _ := strings.Cut(head, " ")
	switch {
	case kind == "$":
		f.tools[rest] = body
	case kind == "2":
		f.stderr[rest] = body
	case kind == "->":
		f.files[rest[1:]] = "->" + strings.TrimSpace(body)
	case kind == "bmc":
		f.files["dev/ipmi0"] = "!"
	case kind == "pci":
		return f.addFunction(strings.Fields(rest))
	case kind == "disk":
		return f.addDevice("sys/block/", "../devices/", rest, body)
	case kind == "nvme":
		return f.addDevice("sys/class/nvme/", "../../devices/", rest, body)
	case strings.HasPrefix(kind, "/"):
		f.files[head[1:]] = body
	default:
		exit := 0
		if _, err := fmt.Sscan(kind, &exit); err != nil {
			return fmt.Errorf("section %q: %w", head, err)
		}
		f.tools[rest], f.exits[rest] = body, exit
	}
	return nil
}

// addDevice adds a device to a list of the kernel's, with the files in its
// directory.
func (f *fake) addDevice(list, up, where, body string) error {
	name, at, ok := strings.Cut(where, " ")
	if !ok {
		return fmt.Errorf("device %q", where)
	}
	f.files[list+name] = "->" + up + at + "/" + name
	for line := range strings.Lines(body) {
		file, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		if file != "" {
			f.files["sys/devices/"+at+"/"+name+"/"+file] = text + "\n"
		}
	}
	return nil
}

// addFunction puts a PCI function on the bus.
func (f *fake) addFunction(words []string) error {
	if len(words) < 3 {
		return fmt.Errorf("function %q", words)
	}
	address, parent := words[0], ""
	if last := words[len(words)-1]; strings.HasPrefix(last, "/") {
		parent, words = last[1:], words[:len(words)-1]
	}
	at := "sys/bus/pci/devices/" + address
	vendor, device, _ := strings.Cut(words[1], ":")
	f.files[at+"/vendor"], f.files[at+"/device"] = "0x"+vendor+"\n", "0x"+device+"\n"
	f.files[at+"/class"] = "0x" + words[2] + strings.Repeat("0", 6-len(words[2])) + "\n"
	if len(words) > 3 && words[3] != "-" {
		f.files[at+"/driver"] = "->../../../bus/pci/drivers/" + words[3]
	}
	for i, name := range []string{"current", "max"} {
		if len(words) <= 4+i {
			break
		}
		speed, width, _ := strings.Cut(words[4+i], "x")
		f.files[at+"/"+name+"_link_speed"] = speed + " GT/s PCIe\n"
		f.files[at+"/"+name+"_link_width"] = width + "\n"
	}
	if parent != "" {
		var domain, bus int
		if _, err := fmt.Sscanf(address, "%x:%x:", &domain, &bus); err != nil {
			return err
		}
		f.files["sys/bus/pci/devices/"+parent+"/secondary_bus_number"] = fmt.Sprintln(bus)
	}
	return nil
}

// In each case an audit finds what an expert would, and nothing else.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	total := 0
	for _, file := range files {
		for _, c := range readCases(t, file) {
			total++
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+c.name, func(t *testing.T) {
				r := inventory.Audit(t.Context(), c.host, inventory.Options{})
				checkCase(t, &c, r)
			})
		}
	}
	t.Logf("%d cases", total)
}

func checkCase(t *testing.T, c *platformCase, r *report.Report) {
	t.Helper()
	var got, texts []string
	for _, f := range r.Findings {
		if f.Code == report.CodeIdentityNoSerial && !slices.Contains(c.want, "info "+f.Code) {
			continue // most cases are too small to say who they are
		}
		got = append(got, f.Severity+" "+f.Code)
		texts = append(texts, f.Severity+" "+f.Code+" "+f.Component+": "+f.Text)
	}
	slices.Sort(got)
	slices.SortFunc(c.want, cmp.Compare[string])
	if !slices.Equal(got, c.want) {
		t.Errorf("findings %q, want %q:\n%s", got, c.want, strings.Join(texts, "\n"))
	}
	for _, name := range c.unread {
		if !slices.ContainsFunc(*r.Summary.Unjudged, func(u report.Unjudged) bool { return u.Component == name }) {
			t.Errorf("%s is not among what was not judged: %v", name, *r.Summary.Unjudged)
		}
	}
	for address, slot := range c.slots {
		i := slices.IndexFunc(r.PCI, func(f report.PCIFunction) bool { return f.Address == address })
		if i < 0 || r.PCI[i].Slot != slot {
			t.Errorf("%s is not in slot %q", address, slot)
		}
	}
	data, err := r.JSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range c.values {
		path, want := cutPath(line)
		if got := valueAt(data, path); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
	whole := compact(string(data))
	for _, text := range c.has {
		if !strings.Contains(whole, text) {
			t.Errorf("the document has no %s", text)
		}
	}
	for _, text := range c.lacks {
		if strings.Contains(whole, text) {
			t.Errorf("the document has %s", text)
		}
	}
	if t.Failed() {
		t.Log(whole)
	}
}

// compact takes the line ends and the blanks of the layout out of a document.
func compact(doc string) string {
	var b strings.Builder
	for line := range strings.Lines(doc) {
		b.WriteString(strings.Replace(strings.TrimSpace(line), `": `, `":`, 1))
	}
	return b.String()
}

// cutPath cuts a line at the first blank that is in no brackets.
func cutPath(line string) (path, value string) {
	depth := 0
	for i, r := range line {
		switch {
		case r == '[':
			depth++
		case r == ']':
			depth--
		case r == ' ' && depth == 0:
			return line[:i], line[i+1:]
		}
	}
	return line, ""
}

// valueAt returns the value at a path of a document, as it is written there.
func valueAt(doc []byte, path string) string {
	at := gjson.ParseBytes(doc)
	for path != "" {
		i := strings.IndexAny(path, ".[#")
		if i < 0 {
			i = len(path)
		}
		if i > 0 {
			at = at.Get(path[:i])
		}
		switch path = path[i:]; {
		case strings.HasPrefix(path, "["):
			j := strings.IndexByte(path, ']')
			key, value, _ := strings.Cut(path[1:j], "=")
			var found []gjson.Result
			for _, e := range at.Array() {
				if e.Get(key).String() == value {
					found = append(found, e)
				}
			}
			if len(found) != 1 {
				return fmt.Sprintf("%d with %s", len(found), path[1:j])
			}
			at, path = found[0], path[j+1:]
		case strings.HasPrefix(path, "#"):
			return fmt.Sprint(len(at.Array()))
		}
		path = strings.TrimPrefix(path, ".")
	}
	if !at.Exists() {
		return "-"
	}
	return at.String()
}
