// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"strconv"
	"strings"
)

// A Tool is a version of dmidecode, as major*100+minor: 304 is 3.4.
type Tool int

// ParseTool reads a version as "dmidecode --version" prints it, 0 if it is none.
func ParseTool(version string) Tool {
	major, minor, _ := strings.Cut(strings.TrimSpace(version), ".")
	a, err := strconv.Atoi(major)
	b, err2 := strconv.Atoi(minor)
	if err != nil || err2 != nil {
		return 0
	}
	return Tool(a*100 + b)
}

// String returns the version as dmidecode prints it.
func (t Tool) String() string { return strconv.Itoa(int(t/100)) + "." + strconv.Itoa(int(t%100)) }

// A term is a value of an enumeration of the specification, or a bit of a bit
// field: its code, and what dmidecode prints for it.
type term struct {
	code    uint16
	text    string
	renamed string // since dmidecode 3.7, "" if it kept its name
	since   Tool   // the first of our versions to know it, 0 for all
}

// An enum lists the terms that an enumeration may take in our machines.
type enum []term

// terms reads the notation of the tables in this package: texts separated by
// "|", their codes counted up from first or from a hexadecimal "code=" before
// the text; "@3.6" after a text is the version of dmidecode that first knew it,
// and "old>new" its name since 3.7.
func terms(first uint16, list string) enum {
	var e enum
	for text := range strings.SplitSeq(list, "|") {
		if hex, rest, ok := strings.Cut(text, "="); ok {
			code, err := strconv.ParseUint(hex, 16, 16)
			if err != nil {
				panic("smbios: bad term " + text)
			}
			first, text = uint16(code), rest
		}
		t := term{code: first}
		text, since, _ := strings.Cut(text, "@")
		t.since = ParseTool(since)
		t.text, t.renamed, _ = strings.Cut(text, ">")
		e = append(e, t)
		first++
	}
	return e
}

// name returns what a version of dmidecode prints for a term.
func (t term) name(tool Tool) string {
	switch {
	case tool < t.since:
		return ""
	case tool >= 307 && t.renamed != "":
		return t.renamed
	}
	return t.text
}

// text returns what a version of dmidecode prints for a code: "" if it does not
// know it, or if it says that the value is unknown. Of two terms with one code
// the later counts, from its version on.
func (e enum) text(code uint16, tool Tool) string {
	var text string
	for _, t := range e {
		if name := t.name(tool); t.code == code && name != "" {
			text = name
		}
	}
	if text == "Unknown" {
		return ""
	}
	return text
}

// bits returns the names of the bits that are set, in the order of the table,
// without the one that says "Unknown".
func (e enum) bits(value uint64, tool Tool) []string {
	var names []string
	for _, t := range e {
		if name := t.name(tool); value>>t.code&1 != 0 && name != "" && name != "Unknown" {
			names = append(names, name)
		}
	}
	return names
}
