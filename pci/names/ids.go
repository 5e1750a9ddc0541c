// SPDX-License-Identifier: Apache-2.0

package names

import (
	"fmt"
	"strings"
	"sync"
)

// ids are the lists of a pci.ids.
type ids struct {
	vendors, classes map[string]*block
}

// A block is an entry, and the text of those below it, which are further to the
// right. Few vendors' are ever looked at, so these are told apart when they are.
type block struct {
	name    string
	text    string
	once    sync.Once
	entries map[string]*block
}

// entry returns one right below, nil where there is none.
func (b *block) entry(id string) *block {
	if b == nil {
		return nil
	}
	b.once.Do(func() { b.entries = split(b.text) })
	return b.entries[id]
}

// title is the name of a block, "" where there is none.
func (b *block) title() string {
	if b == nil {
		return ""
	}
	return b.name
}

// split takes apart the lines below an entry.
func split(text string) map[string]*block {
	entries := make(map[string]*block)
	depth, start := 0, 0
	var open *block
	for at := 0; at < len(text); {
		line, _, _ := strings.Cut(text[at:], "\n")
		tabs := len(line) - len(strings.TrimLeft(line, "\t"))
		next := min(at+len(line)+1, len(text))
		if tabs > 0 && (depth == 0 || tabs <= depth) {
			if open != nil {
				open.text = text[start:at]
			}
			depth, start = tabs, next
			id, name, _ := strings.Cut(line[tabs:], "  ")
			open = &block{name: strings.TrimSpace(name)}
			if entries[id] == nil {
				entries[id] = open
			}
		}
		at = next
	}
	if open != nil {
		open.text = text[start:]
	}
	return entries
}

// The forms of lines, with an x for each hexadecimal digit; a name follows.
const (
	vendorForm, deviceForm, cardForm    = "xxxx  ", "\txxxx  ", "\t\txxxx xxxx  "
	classForm, subclassForm, progIfForm = "C xx  ", "\txx  ", "\t\txx  "
)

// parse finds the vendors and classes of a pci.ids. Lists that begin with another
// letter behind F are for programs to come. The error is about the first line that
// makes no sense, which is left out.
func parse(text string) (found ids, err error) {
	found = ids{make(map[string]*block), make(map[string]*block)}
	var open *block
	start := 0 // of what is below it
	begin := func(list map[string]*block, id, name string) (ok bool) {
		open = &block{name: strings.TrimSpace(name)}
		if list[id] != nil {
			return false
		}
		list[id] = open
		return true
	}
	var below [2]string // forms of the lines below
	unknown := false    // the list
	for n, at := 1, 0; at < len(text); n++ {
		line, _, _ := strings.Cut(text[at:], "\n")
		next := min(at+len(line)+1, len(text))
		ok := true
		switch {
		case line == "", line == "\r", line[0] == '#':
		case line[0] == '\t':
			ok = unknown || fits(line, below[0]) || fits(line, below[1])
		default:
			if open != nil {
				open.text = text[start:at]
			}
			open, start, below, unknown = nil, next, [2]string{}, false
			switch {
			case fits(line, vendorForm):
				ok, below = begin(found.vendors, line[:4], line[6:]), [2]string{deviceForm, cardForm}
			case fits(line, classForm):
				ok, below = begin(found.classes, line[2:4], line[6:]), [2]string{subclassForm, progIfForm}
			default:
				unknown = true
				ok = line[0] > 'F' && line[0] <= 'Z' && strings.HasPrefix(line[1:], " ")
			}
		}
		if !ok && err == nil {
			err = fmt.Errorf("line %d: %.60q", n, line)
		}
		at = next
	}
	if open != nil {
		open.text = text[start:]
	}
	return found, err
}

// fits tells whether a line has a form, and a name behind it.
func fits(line, form string) bool {
	if form == "" || len(line) <= len(form) {
		return false
	}
	for i := range len(form) {
		c := line[i]
		if c != form[i] && (form[i] != 'x' || (c < '0' || c > '9') && (c < 'a' || c > 'f')) {
			return false
		}
	}
	return true
}
