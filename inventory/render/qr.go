// SPDX-License-Identifier: Apache-2.0

package render

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/mchus/bee/inventory/report"
)

// QRPayload words a report in at most limit bytes, for a QR code. The first
// line always stands: a version, the system's serial number, the verdict and
// the beginning of the SHA-256 of the document, by which the document can be
// recognised. What else there is room for follows, line by line, the most
// useful first.
//
//	BEE1 SRV-2023-0042 ok 9f86d081884c7d65
//	Lab Systems Inc LX2 Server
//	2 CPU, 160 GiB in 4 DIMM, 10 drives, 2 NIC, 1 PSU
//	! Power supply PS2 has no input power.
//	- DIMM_P1_A2 runs at 4400 MT/s and could run at 4800 MT/s.
//	? sdd: smartctl could not ask it: could not open the drive
//
// The marks are of trouble, of what is for information and of what was not judged.
func QRPayload(r *report.Report, sha256 string, limit int) string {
	serial := "-"
	if r.System != nil && r.System.Serial != "" {
		serial = strings.Join(strings.Fields(clean(r.System.Serial)), "_")
	}
	rest := fmt.Sprintf(" %s %.16s", cut(clean(r.Summary.Health), maxHealth), sha256)
	const version = "BEE1 "
	payload := version + cut(serial, max(limit, qrCapacity[3])-len(version)-len(rest)) + rest
	for _, line := range qrLines(r) {
		if line == "" {
			continue
		}
		if len(payload)+1+len(line) > limit {
			break
		}
		payload += "\n" + line
	}
	return payload
}

// maxHealth is longer than any verdict.
const maxHealth = 16

// cut shortens text to at most limit bytes; a tilde shows that it did.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	end := limit - 1
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "~"
}

// qrLines are the lines that may follow the first, in the order of their use.
func qrLines(r *report.Report) []string {
	var lines []string
	if s := r.System; s != nil {
		lines = append(lines, join(" ", s.Manufacturer, s.Product))
	}
	lines = append(lines, Counts(r))
	for _, f := range r.Findings {
		mark := "! "
		if f.Severity == report.Info {
			mark = "- "
		}
		lines = append(lines, mark+clean(f.Text))
	}
	if r.Summary.Unjudged != nil {
		for _, u := range *r.Summary.Unjudged {
			lines = append(lines, "? "+clean(u.Why))
		}
	}
	return lines
}

// Counts words in a line what the machine has: "2 CPU, 160 GiB in 4 DIMM, 10
// drives". What nothing could tell is left out.
func Counts(r *report.Report) string {
	var parts []string
	add := func(n *int, one, many string) {
		switch {
		case n == nil:
		case *n == 1:
			parts = append(parts, "1 "+one)
		default:
			parts = append(parts, fmt.Sprintf("%d %s", *n, many))
		}
	}
	c := r.Summary.Counts
	add(c.CPU, "CPU", "CPU")
	if m := r.Memory; m != nil && m.TotalBytes > 0 {
		memory := size(m.TotalBytes)
		if c.DIMM != nil {
			memory += fmt.Sprintf(" in %d DIMM", *c.DIMM)
		}
		parts = append(parts, memory)
	}
	add(c.Drive, "drive", "drives")
	add(c.GPU, "GPU", "GPU")
	add(c.NIC, "NIC", "NIC")
	add(c.PSU, "PSU", "PSU")
	return strings.Join(parts, ", ")
}

// qrCapacity is how many bytes a QR code holds by its version, from 1, at
// error correction level L (ISO/IEC 18004, table 7).
var qrCapacity = [...]int{
	1: 17, 2: 32, 3: 53, 4: 78, 5: 106, 6: 134, 7: 154, 8: 192, 9: 230, 10: 271,
	11: 321, 12: 367, 13: 425, 14: 458, 15: 520,
}

// QRMargin is the quiet zone, in modules, that scanners need around a code.
const QRMargin = 4

// QRLimit returns how many bytes a QR code may hold that is drawn with half
// blocks, two modules a row, on a terminal with this many rows and columns. It
// leaves a row for the prompt.
func QRLimit(rows, columns int) int {
	limit := qrCapacity[3] // below that not even the first line fits
	for version, bytes := range qrCapacity {
		modules := 17 + 4*version + 2*QRMargin
		if version > 3 && (modules+1)/2 < rows && modules <= columns {
			limit = bytes
		}
	}
	return limit
}

// IsQR reports whether text is a drawing, as qrencode makes it, of half blocks in black and white, and
// no larger than the screen.
func IsQR(text string, rows, columns int) bool {
	text, ended := strings.CutSuffix(text, "\n")
	if !ended || !strings.Contains(text, "█") || !utf8.ValidString(text) || strings.Count(text, "\n")+1 >= max(rows, minQRRows) {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		line = withoutColors(line)
		if strings.Trim(line, " █▀▄") != "" || utf8.RuneCountInString(line) > max(columns, minQRColumns) {
			return false
		}
	}
	return true
}

// The size of the smallest code that QRLimit allows, version 3: a screen that
// is smaller still gets it and scrolls.
const (
	minQRColumns = 17 + 4*3 + 2*QRMargin
	minQRRows    = (minQRColumns+1)/2 + 1
)

// withoutColors removes the sequences that qrencode sets colours with.
func withoutColors(line string) string {
	for _, sequence := range []string{"\x1b[40;37;1m", "\x1b[37;40;1m", "\x1b[0m"} {
		line = strings.ReplaceAll(line, sequence, "")
	}
	return line
}
