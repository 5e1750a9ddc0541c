// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"encoding/json"
	"strings"

	"github.com/mchus/bee/dmi"
)

// names are parts of the keys that identifiers stand under, without marks and
// in lower case.
var names = []string{
	"serial", "uuid", "guid", "wwn", "wwid", "macaddress", "permanentaddress", "assettag", "hostname", "eui64",
	"logicalunitid", "ipaddress", "sasaddress", "servicetag", "bootid", "machineid", "defaultgatewayip", "defaultgatewaymac",
}

// files are the files of the kernel whose content is an identifier.
var files = []string{
	"/serial", "/wwid", "/uuid", "/nguid", "/eui", "/sas_address", "/boot_id", "/machine-id",
	"_serial", "_uuid", "_asset_tag", "/vpd_pg80", "/vpd_pg83",
}

// collect notes the identifiers in one file of a capture.
func (r *redactor) collect(name, text string) {
	if name == "files.jsonl" {
		r.collectFiles(text)
	}
	for line := range strings.Lines(text) {
		if start, end := identifierIn(line); end > start {
			r.consider(line[start:end])
		}
		r.collectForms(line)
		r.collectArrayName(line)
		r.collectIPv6(line)
	}
}

// collectArrayName takes the host of an md array's name, as mdadm prints it:
// "Name : srv01:0  (local to host srv01)". It is the host that made the array.
func (r *redactor) collectArrayName(line string) {
	key, value, ok := strings.Cut(line, " : ")
	if !ok || strings.TrimSpace(key) != "Name" {
		return
	}
	name, _, _ := strings.Cut(strings.TrimSpace(value), " ")
	if host, _, ok := strings.Cut(name, ":"); ok && len(host) > 2 && host != "localhost" && host != "any" {
		r.add(host)
	}
}

// collectIPv6 notes addresses that are written with a run of zeros left out, as
// most are.
func (r *redactor) collectIPv6(line string) {
	isPart := func(c byte) bool { return isHex(c) || c == ':' || c == '.' }
	for at := strings.Index(line, "::"); at >= 0; {
		start, end := at, at
		for start > 0 && isPart(line[start-1]) {
			start--
		}
		for end < len(line) && isPart(line[end]) {
			end++
		}
		if isIPv6(strings.ToLower(line[start:end])) {
			r.add(line[start:end])
		}
		next := strings.Index(line[end:], "::")
		if next < 0 {
			return
		}
		at = end + next
	}
}

func (r *redactor) consider(text string) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "t10.") { // maker, model, serial number
		text = text[strings.LastIndexByte(text, ' ')+1:]
	}
	if len(text) >= 2 && !dmi.IsPlaceholder(text) && !dmi.IsPlaceholderUUID(text) && couldIdentify(text) && strings.Trim(text, "0xXfF:-. ") != "" {
		r.add(text)
	}
}

// couldIdentify tells numbers from words: some serial numbers are of capitals
// alone.
func couldIdentify(text string) bool {
	return strings.ContainsAny(text, "0123456789") || len(text) >= least && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// collectFiles takes what the kernel says in files of its own.
func (r *redactor) collectFiles(text string) {
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
			if start, end := identifierIn(inner); end > start {
				r.consider(inner[start:end])
			}
		}
	}
}

// identifierIn finds the identifier in a line of "key: value", of indented
// JSON, or of XML. It returns 0, 0 if the key names none.
func identifierIn(line string) (start, end int) {
	sep := strings.IndexAny(line, ":=>")
	if sep < 0 || sep > 60 || !isIdentifierKey(line[:sep]) {
		return 0, 0
	}
	start, end = sep+1, len(line)
	if line[sep] == '>' {
		if i := strings.Index(line[start:], "</"); i >= 0 {
			end = start + i
		}
	}
	const around = " \t\r\n\","
	for start < end && strings.IndexByte(around, line[start]) >= 0 {
		start++
	}
	for end > start && strings.IndexByte(around, line[end-1]) >= 0 {
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
	switch folded { // of RAID tools: too short to be a part of a key
	case "sn", "logicalid", "safeid", "keyid":
		return true
	}
	for _, name := range names {
		if strings.Contains(folded, name) {
			return true
		}
	}
	return false
}

// collectForms notes what is an identifier by its form: UUIDs and MAC
// addresses.
func (r *redactor) collectForms(line string) {
	for i := 0; i < len(line); i++ {
		if i > 0 && isHex(line[i-1]) || !isHex(line[i]) {
			continue
		}
		for _, groups := range [][]int{{8, 4, 4, 4, 12}, {2, 2, 2, 2, 2, 2}} {
			if n := formAt(line[i:], groups); n > 0 {
				r.consider(line[i : i+n])
				i += n - 1
				break
			}
		}
	}
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
