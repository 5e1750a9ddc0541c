// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"strings"

	"github.com/mchus/bee/internal/lines"
)

// readRow reads a row of the tables of --detail and of metadata 0.90: four
// numbers or hyphens, words, and a device. It returns the numbers and the
// rest, with which [Member.set] makes a member.
func (p *parser) readRow(text string) (numbers [4]*int, rest string, ok bool) {
	for i := range numbers {
		var cell string
		if cell, text = word(text); cell == "-" {
			continue
		}
		n, ok := lines.Uint(cell, 31)
		if !ok {
			return numbers, text, false
		}
		numbers[i] = p.keep(n)
	}
	return numbers, text, true
}

// set makes m what a row says.
func (m *Member) set(numbers *[4]*int, text string, line int) {
	m.Number, m.Major, m.Minor, m.RAIDDevice, m.Line = numbers[0], numbers[1], numbers[2], numbers[3], line
	if i := strings.IndexByte(text, '/'); i >= 0 { // devices have names without words before them
		m.Device, text = text[i:], text[:i]
	}
	m.StateText = trimRight(text)
	m.State, m.Flags = memberState(m.StateText)
	if m.State == Missing {
		m.Major, m.Minor = nil, nil // printed as 0
	}
}

// field cuts the first word off a text.
func field(text string) (first, rest string) { return word(trimLeft(text)) }

// word cuts the first word off a text that has no white space before it.
func word(text string) (first, rest string) {
	end := 0
	for end < len(text) && !isBlank(text[end]) {
		end++
	}
	start := end
	for start < len(text) && isBlank(text[start]) {
		start++
	}
	return text[:end], text[start:]
}

// memberState finds out what the words of a row mean: "active sync",
// "spare rebuilding", "faulty failfast", "removed".
func memberState(text string) (State, []string) {
	switch text { // as it is in most
	case "active sync":
		return Online, nil
	case "spare":
		return HotSpare, nil
	case "removed":
		return Missing, nil
	}
	var flags []string
	var active, spare, rebuilding, faulty, removed, journal bool
	for text != "" {
		var w string
		switch w, text = field(text); w {
		case "active", "sync":
			active = true
		case "spare":
			spare = true
		case "rebuilding":
			rebuilding = true
		case "faulty":
			faulty = true
		case "removed":
			removed = true
		case "journal":
			journal = true
		default:
			flags = append(flags, w)
		}
	}
	switch {
	case removed: // "faulty removed" in metadata 0.90
		return Missing, flags
	case faulty:
		return Failed, flags
	case rebuilding:
		return Rebuilding, flags
	case spare:
		return HotSpare, flags
	case active, journal:
		return Online, flags
	}
	return "", flags
}
