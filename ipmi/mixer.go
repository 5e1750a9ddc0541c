// SPDX-License-Identifier: Apache-2.0

package ipmi

import "strings"

// cutting are the beginnings of what ipmitool writes to standard error while it
// prints FRUs (lib/ipmi_fru.c, lib/dimm_spd.c).
var cutting = [...]string{
	"FRU Read failed", "Read FRU Area ", "Unknown FRU header version 0x", "Invalid FRU size ", "SPD DATA (",
}

// A mixer puts lines together again that messages cut in two. ipmitool writes
// messages at once and its output in blocks of 4,096 bytes, so that where both
// went to one file, a message can stand inside of a line:
//
//	Product Serial      FRU Read failed: Timeout
//	 : DPSN0000123456
type mixer struct {
	messages *[]string // where they go
	half     string    // of a line that a message cut in two
	dump     bool      // the bytes of a memory module follow
}

// scan counts the headings of devices in a text, and tells whether it may hold
// a message. What headings and messages have in common is looked for once.
func scan(text string) (headings int, messages bool) {
	for rest := text; ; {
		at := strings.Index(rest, "FRU ")
		if at < 0 {
			return headings, messages || strings.Contains(text, "bytes)") // of a dump
		}
		rest = rest[at+len("FRU "):]
		switch {
		case strings.HasPrefix(rest, heading[len("FRU "):]):
			headings++
		case strings.HasPrefix(rest, "Read failed"), strings.HasPrefix(rest, "Area "),
			strings.HasPrefix(rest, "size "), strings.HasPrefix(rest, "header version "):
			messages = true
		}
	}
}

// next returns the line that ends with line, "" where there is none yet. A
// message on a line of its own stays where it is, but for a dump.
func (m *mixer) next(line string) string {
	if m.dump && isDump(line) {
		*m.messages = append(*m.messages, line)
		return ""
	}
	const longest = 160 // of a line that can have been cut
	if len(m.half) <= longest {
		line = m.half + line
		m.half = ""
	}
	at := firstMessage(line)
	m.dump = at >= 0 && line[at] == 'S'
	if at < 0 || at == 0 && !m.dump {
		return strings.TrimRight(line, "\r")
	}
	*m.messages = append(*m.messages, line[at:])
	m.half = line[:at]
	return ""
}

// rest returns what is left of a line at the end of the text.
func (m *mixer) rest() string { return strings.TrimRight(m.half, "\r") }

// firstMessage returns where the first message in a line begins, -1 where there
// is none.
func firstMessage(line string) int {
	first := -1
	for _, beginning := range cutting {
		if at := strings.Index(line, beginning); at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	if first > 0 && line[first-1] == ' ' && (line[first] == 'U' || line[first] == 'I') {
		first-- // these two are printed with a blank before them
	}
	return first
}

// isDump reports whether a line is of a dump: " 0b 11 02".
func isDump(line string) bool {
	for i := range len(line) {
		if i%3 == 0 && line[i] != ' ' || i%3 > 0 && strings.IndexByte("0123456789abcdef", line[i]) < 0 {
			return false
		}
	}
	return line != "" && len(line) <= 3*16 && len(line)%3 == 0
}
