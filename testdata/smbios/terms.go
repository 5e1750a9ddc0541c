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
// field: its code, and what dmidecode 3.7 prints for it. Some words were spelled
// differently before, which package dmi evens out.
type term struct {
	code  uint16
	text  string
	since Tool // the first of our versions to know it, 0 for all
}

// An enum lists the terms that an enumeration may take in our machines.
type enum []term

// terms reads the notation of the tables in this package: texts separated by
// "|", their codes counted up from first or from a hexadecimal "code=" before
// the text; "@3.6" after a text is the version of dmidecode that first knew it.
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
		text, since, _ := strings.Cut(text, "@")
		e = append(e, term{first, text, ParseTool(since)})
		first++
	}
	return e
}

// name returns the text of a term, "" where a version of dmidecode does not
// know it, or where it says that the value is unknown.
func (t term) name(tool Tool) string {
	if tool < t.since || t.text == "Unknown" {
		return ""
	}
	return t.text
}

// text returns the name of a code.
func (e enum) text(code uint16, tool Tool) string {
	for _, t := range e {
		if t.code == code {
			return t.name(tool)
		}
	}
	return ""
}

// bits returns the names of the bits that are set, in the order of the table.
func (e enum) bits(value uint64, tool Tool) []string {
	var names []string
	for _, t := range e {
		if name := t.name(tool); value>>t.code&1 != 0 && name != "" {
			names = append(names, name)
		}
	}
	return names
}
