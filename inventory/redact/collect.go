// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"encoding/json"
	"net/netip"
	"slices"
	"strings"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/smart/megacli"
)

// names are parts of the keys that identifiers stand under, without marks and
// in lower case.
var names = []string{
	"serial", "uuid", "guid", "wwn", "wwid", "macaddress", "permanentaddress", "assettag", "hostname", "eui64",
	"logicalunitid", "ipaddress", "sasaddress", "servicetag", "bootid", "machineid", "defaultgatewayip", "defaultgatewaymac",
	"backupgatewayip", "backupgatewaymac", "uniqueid", "worldwidename", "worldwideid", "snmpcommunity", "scsinaaid", "hostid",
	"basemac",
}

// wholeNames are keys that are too short to be looked for in others.
var wholeNames = []string{"sn", "serno", "vendorsn", "boardsn", "mac", "pdi", "logicalid", "safeid", "keyid"}

// files are the files of the kernel whose content is an identifier.
var files = []string{
	"/serial", "/wwid", "/uuid", "/nguid", "/eui", "/sas_address", "/boot_id", "/machine-id",
	"_serial", "/serial_number", "/serial-number", "/system-id", "_uuid", "_guid", "_asset_tag", "/phys_port_id", "/phys_switch_id", "/vpd_pg80", "/vpd_pg83",
}

// collect notes the identifiers in one file of a capture.
func (r *Redactor) collect(name, text string) {
	if name == "files.jsonl" {
		r.collectFiles(text)
	}
	r.collectDecimals(text)
	r.collectInquiries(text)
	var header []column
	for line := range strings.Lines(text) {
		eachValue(line, func(start, end int) { r.consider(line[start:end]) })
		r.collectForms(line)
		r.collectHost(line)
		if columns := columnsOf(line); columns != nil {
			header = columns
			continue
		}
		for _, c := range header {
			r.consider(c.in(line))
		}
	}
}

// collectInquiries takes the serial numbers of MegaCli's drives, which stand between
// maker, model and firmware without a mark: where they end may not be certain, and then
// more than they are is taken.
func (r *Redactor) collectInquiries(text string) {
	if !strings.Contains(text, "\nInquiry Data: ") {
		return
	}
	doc, _ := megacli.Parse([]byte(text))
	for _, a := range doc.Adapters {
		for i := range a.Drives {
			switch d := &a.Drives[i]; {
			case d.Serial != "":
				r.consider(d.Serial)
			case d.Interface == "SATA":
				r.consider(d.Inquiry[:min(20, len(d.Inquiry))])
			default:
				r.consider(d.Inquiry[min(28, len(d.Inquiry)):])
			}
		}
	}
}

// collectHost takes the name that mdadm puts before an array's.
func (r *Redactor) collectHost(line string) {
	_, rest, found := strings.Cut(line, "(local to host ")
	if name, _, closed := strings.Cut(rest, ")"); found && closed && len(name) > 2 && name != "localhost" {
		r.add(name)
	}
}

// A column of a table, by its number in comma separated values or by where it
// begins and ends on the line.
type column struct{ number, of, start, end int }

// columnsOf returns the columns below which identifiers stand, if a line is the
// head of a table.
func columnsOf(line string) (list []column) {
	if fields := strings.Split(line, ","); len(fields) > 1 && !strings.ContainsAny(line, ":=<{\"") {
		for i, field := range fields {
			if isIdentifierKey(field) {
				list = append(list, column{number: i, of: len(fields)})
			}
		}
		return list
	}
	for _, word := range []string{" SN ", " SERIAL ", " WWN ", " UUID "} { // nvme list, lsblk
		if at := strings.Index(line, word); at >= 0 && strings.ToUpper(line[:1]) == line[:1] {
			rest := line[at+len(word):]
			end := len(line) - len(strings.TrimLeft(rest, " "))
			list = append(list, column{-1, 0, at + 1, end})
		}
	}
	return list
}

// in returns what stands in the column on a line.
func (c column) in(line string) string {
	if c.number >= 0 {
		if fields := strings.Split(line, ","); len(fields) == c.of {
			return fields[c.number]
		}
		return ""
	}
	return line[min(c.start, len(line)):min(c.end, len(line))]
}

func (r *Redactor) consider(text string) {
	text = strings.TrimSpace(strings.TrimRight(text, "\x00")) // which ends a text of a device tree
	if strings.HasPrefix(text, "t10.") {                      // maker, model, serial number
		text = text[strings.LastIndexByte(text, ' ')+1:]
	}
	if len(text) >= 2 && !dmi.IsPlaceholder(text) && !dmi.IsPlaceholderUUID(text) && couldIdentify(text) && !isCounter(text) {
		r.add(text)
	}
}

// isCounter tells fillers such as 00000001 and 0xffffffffffffffff.
func isCounter(text string) bool { return len(strings.Trim(text, "0xXfF:-. ")) < 2 && len(text) > 2 }

// couldIdentify tells numbers from words: some serial numbers are of capitals
// alone.
func couldIdentify(text string) bool {
	return strings.ContainsAny(text, "0123456789") || len(text) >= least && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// collectFiles takes what the kernel says in files of its own.
func (r *Redactor) collectFiles(text string) {
	for line := range strings.Lines(text) {
		var entry struct {
			Path  string
			Text  string
			Bytes []byte
		}
		if json.Unmarshal([]byte(line), &entry) != nil {
			continue
		}
		if strings.Contains(entry.Path, "/net/") && strings.HasSuffix(entry.Path, "/address") {
			r.consider(entry.Text)
		}
		for _, name := range files {
			if strings.HasSuffix("/"+entry.Path, name) {
				r.consider(entry.Text)
				if len(entry.Bytes) > 4 && name == "/vpd_pg80" { // behind its head of four bytes
					r.consider(string(entry.Bytes[4:]))
				}
			}
		}
		if strings.HasSuffix(entry.Path, "kernel/hostname") && len(strings.TrimSpace(entry.Text)) > 2 && strings.TrimSpace(entry.Text) != "localhost" {
			r.add(strings.TrimSpace(entry.Text))
		}
		for inner := range strings.Lines(entry.Text) {
			eachValue(inner, func(start, end int) { r.consider(inner[start:end]) })
		}
	}
}

// eachValue calls fn with the place of each value in a line that stands under a
// key of identifiers: "key: value", JSON, XML, KEY="value", (key: value).
func eachValue(line string, fn func(start, end int)) {
	first := true
	for i := 0; i < len(line); i++ {
		if c := line[i]; c != ':' && c != '=' && c != '>' {
			continue
		}
		before := line[max(0, i-maxKey):i]
		key, whole := keyBefore(before, first), first
		if line[i] != '>' && strings.TrimSpace(key) != "" {
			first = false
		}
		if !isIdentifierKey(key) {
			continue
		}
		if start, end := valueAt(line, i, before, whole); end > start {
			fn(start, end)
			i = max(i, end-1)
		}
	}
}

// maxKey is the longest key, and maxValue the longest identifier, that is looked
// for: a line may be a whole document.
const (
	maxKey   = 64
	maxValue = 256
)

// keyBefore returns the key that ends at the end of text.
func keyBefore(text string, first bool) string {
	text = strings.TrimRight(text, " \t")
	if strings.HasSuffix(text, `"`) {
		text = text[:len(text)-1]
		return text[strings.LastIndexByte(text, '"')+1:]
	}
	if at := strings.LastIndexAny(text, "<{[(,;\""); at >= 0 {
		return text[at+1:]
	}
	if !first {
		return text[strings.LastIndexByte(text, ' ')+1:]
	}
	return text
}

// valueAt returns the place of the value behind the mark at i. The first value
// of a line goes to its end, for it may have blanks in it.
func valueAt(line string, i int, before string, first bool) (start, end int) {
	start, end = i+1, min(len(line), i+maxValue)
	for start < end && (line[start] == ' ' || line[start] == '\t') {
		start++
	}
	mark := ""
	switch {
	case start < end && (line[start] == '{' || line[start] == '['): // what is in it has keys of its own
		return start, start
	case line[i] == '>':
		mark = "<"
	case start < end && line[start] == '"':
		start++
		mark = `"`
	case strings.HasSuffix(strings.TrimRight(before, " "), `"`): // a number or null of JSON
		if at := strings.IndexAny(line[start:end], ",}]"); at >= 0 {
			end = start + at
		}
	case strings.Count(before, "(") > strings.Count(before, ")"):
		mark = ")"
	case !first:
		mark = " "
	}
	if at := strings.Index(line[start:end], mark); mark != "" && at >= 0 {
		end = start + at
	}
	for end > start && strings.IndexByte(" \t\r\n\",", line[end-1]) >= 0 {
		end--
	}
	return start, end
}

func isIdentifierKey(key string) bool {
	folded := strings.Map(func(c rune) rune {
		switch {
		case 'A' <= c && c <= 'Z':
			return c + 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			return c
		}
		return -1
	}, key)
	return slices.Contains(wholeNames, folded) || slices.ContainsFunc(names, func(name string) bool { return strings.Contains(folded, name) })
}

// collectForms notes what is an identifier by its form: UUIDs, MAC addresses
// and others of eight bytes, IPv6 addresses.
func (r *Redactor) collectForms(line string) {
	for i := 0; i < len(line); i++ {
		if i > 0 && (isHex(line[i-1]) || line[i-1] == ':') || !isHex(line[i]) && line[i] != ':' {
			continue
		}
		if n := r.formAt(line[i:]); n > 0 {
			i += n - 1
		}
	}
}

var forms = [][]int{{8, 4, 4, 4, 12}, {8, 8, 8, 8}, {2, 2, 2, 2, 2, 2, 2, 2}, {2, 2, 2, 2, 2, 2}}

// formAt notes what begins a text, and returns its length.
func (r *Redactor) formAt(text string) int {
	for _, groups := range forms {
		if n := formAt(text, groups); n > 0 {
			r.consider(text[:n])
			return n
		}
	}
	n := 0
	for n < len(text) && n < 46 && (isHex(text[n]) || text[n] == ':') {
		n++
	}
	if addr, err := netip.ParseAddr(text[:n]); err == nil && addr.Is6() && addr.IsValid() && !addr.IsLoopback() && !addr.IsUnspecified() && !addr.IsMulticast() && strings.ContainsAny(text[:n], "0123456789") && n > 5 {
		r.addIPv6(text[:n], addr)
		return n
	}
	return 0
}

// formAt returns the length of groups of hexadecimal digits with marks between
// them, 0 if the text does not begin so or goes on.
func formAt(text string, groups []int) int {
	at := 0
	for g, size := range groups {
		if g > 0 {
			if at >= len(text) || text[at] != '-' && (text[at] != ':' || len(groups) == 5) {
				return 0
			}
			at++
		}
		for range size {
			if at >= len(text) || !isHex(text[at]) {
				return 0
			}
			at++
		}
	}
	if at < len(text) && (isHex(text[at]) || text[at] == ':') {
		return 0
	}
	return at
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
