// SPDX-License-Identifier: Apache-2.0

package smart

import "strings"

// messages are the beginnings of the lines in which smartctl speaks of itself, and
// the severity that its JSON gives them. In JSON they are its messages.
var messages = []struct{ start, severity string }{
	{"Smartctl open device: ", "error"},
	{"ERROR: ", "error"},
	{"=======> ", "error"},
	{"Read NVMe ", "error"},
	{"Read Error Information Log failed", "error"},
	{"Read Device Statistics page", "error"},
	{"Device Statistics page 0x00 is invalid", "error"},
	{"Warning: This result is based on an Attribute check.", "warning"},
	{"Device is in ", "information"}, // and left asleep
	{"CHECK POWER MODE ", "information"},
}

// message keeps a line in which smartctl speaks of itself: why it could not open
// the drive, above all, for a text has no exit status that would tell.
func (p *textParser) message(line string) bool {
	severity := severityOf(line)
	if severity == "" {
		return false
	}
	t := &p.dev.Tool
	t.Messages = append(t.Messages, Message{severity, line})
	return true
}

func severityOf(line string) string {
	for _, m := range messages {
		if strings.HasPrefix(line, m.start) {
			return m.severity
		}
	}
	if strings.HasPrefix(line, "Read ") && strings.Contains(line, " entries from Error Information Log failed") {
		return "error"
	}
	// "/dev/vda: Unable to detect device type". With -d test it also says there
	// what a device is.
	if path, what, ok := strings.Cut(line, ": "); ok && strings.HasPrefix(path, "/dev/") && !strings.HasPrefix(what, "Device ") {
		return "error"
	}
	return ""
}
