// SPDX-License-Identifier: Apache-2.0

package ipmi

import "strings"

// cutting are the beginnings of what ipmitool writes to standard error while it
// prints FRUs (lib/ipmi_fru.c, lib/dimm_spd.c).
var cutting = [...]string{
	"FRU Read failed", "Read FRU Area ", " Unknown FRU header version 0x", " Invalid FRU size ", "SPD DATA (",
}

// A mixer puts lines together again that messages cut in two. ipmitool writes
// messages at once and its output in blocks of 4,096 bytes, so that where both
// went to one file, a message can stand inside of a line:
//
//	Product Serial      FRU Read failed: Timeout
//	 : DPSN0000123456
type mixer struct {
	messages []string
	half     string // of a line that a message cut in two
	dump     bool   // the bytes of a memory module follow
}

// newMixer returns a mixer for a text, nil where it holds no message.
func newMixer(text string) *mixer {
	for _, beginning := range cutting {
		if strings.Contains(text, beginning) {
			return new(mixer)
		}
	}
	return nil
}

// next returns the line that ends with line, "" where there is none yet. A
// message on a line of its own stays where it is.
func (m *mixer) next(line string) string {
	if m.dump && isDump(line) {
		m.messages = append(m.messages, line)
		return ""
	}
	m.dump = false
	const longest = 512 // of a line that can have been cut
	if len(m.half) <= longest {
		line = m.half + line
		m.half = ""
	}
	for _, beginning := range cutting {
		at := strings.Index(line, beginning)
		dump := beginning[0] == 'S'
		if at > 0 || at == 0 && dump {
			m.messages = append(m.messages, line[at:])
			m.half, m.dump = line[:at], dump
			return ""
		}
	}
	return strings.TrimRight(line, "\r")
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
