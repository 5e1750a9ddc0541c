// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"strconv"
	"strings"
)

// readRow reads a row of the tables of --detail and of metadata 0.90: four
// numbers or hyphens, words, and a device.
func (p *parser) readRow(text string) (m Member, ok bool) {
	for _, n := range [...]**int{&m.Number, &m.Major, &m.Minor, &m.RAIDDevice} {
		var cell string
		cell, text = field(text)
		if cell == "-" {
			continue
		}
		i, err := strconv.ParseUint(cell, 10, 31)
		if err != nil {
			return Member{}, false
		}
		*n = p.keep(i)
	}
	if i := strings.IndexByte(text, '/'); i >= 0 { // devices have names without words before them
		m.Device, text = text[i:], text[:i]
	}
	m.StateText = trimRight(text)
	m.State, m.Flags = memberState(m.StateText)
	if m.State == Missing {
		m.Major, m.Minor = nil, nil // printed as 0
	}
	return m, true
}

// field cuts the first word off a text.
func field(text string) (first, rest string) {
	text = trimLeft(text)
	end := 0
	for end < len(text) && !isBlank(text[end]) {
		end++
	}
	return text[:end], trimLeft(text[end:])
}

// memberState finds out what the words of a row mean: "active sync",
// "spare rebuilding", "faulty failfast", "removed".
func memberState(text string) (State, []string) {
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
