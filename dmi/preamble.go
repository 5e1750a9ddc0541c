// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// preamble takes in a line before the first record: "# dmidecode 3.4",
// "Getting SMBIOS data from sysfs.", "SMBIOS 3.2.0 present.", and whatever
// another program printed before dmidecode started.
func (p *parser) preamble(line string) {
	if p.table.Preamble == nil {
		p.table.Preamble = make([]string, 0, slack)
	}
	p.table.Preamble = append(p.table.Preamble, line)
	text := strings.TrimSpace(line)
	if version, ok := strings.CutPrefix(strings.TrimPrefix(text, "# "), "dmidecode "); ok && p.table.Version == "" {
		p.table.Version = version
	}
	if version, ok := strings.CutSuffix(text, " present."); ok && p.table.SMBIOS == "" {
		version = strings.TrimPrefix(version, "Legacy ")
		for _, name := range [...]string{"SMBIOS ", "DMI "} {
			if after, ok := strings.CutPrefix(version, name); ok {
				p.table.SMBIOS = after
			}
		}
	}
}

// checkPreamble reports a text that has nothing of dmidecode's output, or in
// which it only says that it failed.
func (p *parser) checkPreamble(text string) {
	if len(p.table.Records) > 0 || len(p.table.Notes) > 0 || len(p.errs) > 0 {
		return
	}
	e := &ParseError{Line: 1, Column: 1, Err: ErrFormat}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRight(line, "\r\n")
		switch words := strings.TrimSpace(line); {
		case isFailure(words):
			p.errs.add(&ParseError{Line: number, Column: 1, Text: line, Err: ErrTool})
			return
		case isHeading(words):
			e = nil
		case e != nil && e.Text == "" && words != "":
			e.Line, e.Text = number, line
		}
	}
	if e != nil {
		p.errs.add(e)
	}
}

// isFailure reports whether dmidecode says in a line that it could not read the
// table, or what it was asked ("/dev/mem: Permission denied").
func isFailure(text string) bool {
	file, message, ok := strings.Cut(text, ": ")
	switch {
	case !ok:
		return strings.HasPrefix(text, "Can't read memory from ")
	case file == "/dev/mem", file == "dmidecode", strings.HasPrefix(file, "/sys/firmware/"):
		return message != "found" && !strings.Contains(message, " present")
	}
	return strings.HasPrefix(text, "Invalid type keyword") || strings.HasPrefix(text, "Invalid string keyword")
}

// isHeading reports whether dmidecode prints a line like text before the
// records (dmidecode.c 3.6, dmi_table_get and main).
func isHeading(text string) bool {
	for _, prefix := range [...]string{
		"# dmidecode ", "# SMBIOS ", "# No SMBIOS ", "# fully supported ", "# Writing ", "dmidecode ", "SMBIOS ", "DMI ", "Legacy DMI ", "PNP BIOS ", "SYSID ", "Table at ",
		"Getting SMBIOS data ", "Reading SMBIOS/DMI data ", "Scanning ", "Found SMBIOS entry point ",
		"/sys/firmware/",
	} {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return strings.Contains(text, " structures occupying ")
}
