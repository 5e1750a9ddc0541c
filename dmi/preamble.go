// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// preamble takes in a line before the first record: "# dmidecode 3.4",
// "Getting SMBIOS data from sysfs.", "SMBIOS 3.2.0 present.", and whatever
// another program printed before dmidecode started.
func (p *parser) preamble(line string) {
	if p.table.Preamble == nil {
		p.table.Preamble = make([]string, 0, slack)
		p.preambleLine = p.line
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

// checkPreamble reports a text that has nothing of dmidecode's output.
func (p *parser) checkPreamble() {
	lines := p.table.Preamble
	if len(lines) == 0 || len(p.table.Records) > 0 || len(p.table.Notes) > 0 {
		return
	}
	for _, line := range lines {
		if isHeading(strings.TrimSpace(line)) {
			return
		}
	}
	p.errs.add(&ParseError{Line: p.preambleLine, Column: 1, Text: lines[0], Err: ErrSyntax})
}

// isHeading reports whether dmidecode prints a line like text before the
// records (dmidecode.c 3.6, dmi_table_get and main).
func isHeading(text string) bool {
	for _, prefix := range [...]string{
		"# ", "dmidecode ", "SMBIOS ", "DMI ", "Legacy DMI ", "PNP BIOS ", "SYSID ", "Table at ",
		"Getting SMBIOS data ", "Reading SMBIOS/DMI data ", "Scanning ", "Found SMBIOS entry point ",
		"/dev/mem: ", "/sys/firmware/",
	} {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return strings.Contains(text, " structures occupying ")
}
